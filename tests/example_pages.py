"""Pages with one of everything, plain and hostile, for the tests that look at pages in a browser."""

from pathlib import Path

import nbformat
import pandas as pd
from browsing import HOSTILE, RAN
from conftest import CORPUS, RUN, code, markdown, notebook, page_of, shown
from invented import ONE, corpus_of

from litreview import charts
from litreview.analysis import shares
from litreview.report import reference_list, tables
from litreview.report.execute import Failure, Task, failed_page
from litreview.report.publish import card, front_page


def report_of(word: str) -> str:
    """A page with one of everything, in which `word` stands wherever a stranger's text can come in."""
    papers = [
        ONE
        | {"paper_id": str(place), "title": f"{word} {place}", "authors": f"{word}; B", "venue": word}
        | {"published": pd.Timestamp(f"20{20 + place % 5}-0{1 + place % 9}-01")}
        | ({"url": f"javascript:{RAN}"} if place % 2 else {})
        for place in range(20)
    ]
    corpus = corpus_of(*papers)
    quoted = pd.DataFrame(
        [{"paper_id": "1", "quote": f"{word} x", "field": "abstract", "start": 0, "end": 2, "facet": word}]
    )
    years = shares.papers_over_time(corpus)
    names = pd.DataFrame({"name": [word, "b"], "n": [3, 2], "of": 5, "share": [0.6, 0.4], "low": 0.1, "high": 0.9})
    member = pd.DataFrame({"paper_id": [str(place) for place in range(20)], "facet": [word, "b"] * 10})
    titled = charts.bars(names, "name").properties(title={"text": word, "subtitle": word})
    timeline = charts.timeline(shares.dated_rows(corpus, member, "facet"), "facet")
    line = {"stage": "Identification", "box": "identified", "heads": True, "text": word, "n": 1}
    boxes = pd.DataFrame([line, line | {"box": "removed"}, line | {"stage": "Included", "box": "included"}])
    columns = {"title": word, "published": "Date", "n_records": "n"}
    listing = tables.table(corpus.papers, word, columns=columns)
    asked = shown(reference_list.quotes(quoted, corpus, by="facet"))
    cells = [
        markdown("A [link](https://arxiv.org/abs/1).\n\n## What we found"),
        code("1", "findings", shows=[{"text/markdown": f"- {word}\n- two"}]),
        markdown(f"## Section\n\nText with {word if word != HOSTILE else 'words'}.\n\n### Below"),
        code(f"x = {word!r}", "preview", shows=[shown(titled)]),
        code("y", shows=[shown(charts.papers_by_period(years)), shown(timeline)]),
        code("z", shows=[shown(listing), shown(charts.flow(boxes))]),
        code("q", shows=[asked, {"text/plain": word}, {"text/html": word}]),
        markdown("## References"),
        code("r", shows=[shown(reference_list.references(corpus))]),
    ]
    return page_of(*cells, title=word, question=word, parameters={"corpus": word})


def example_pages(folder: Path) -> dict[str, Path]:
    """A report, the front page, a failed report; the same with hostile words everywhere."""
    made = {}
    for kind, word in (("plain", "Plain words"), ("hostile", HOSTILE)):
        made[f"{kind} report"] = report_of(word)
        task = Task("x.ipynb", {}, RUN | {"title": word, "parameters": {"x": word}})
        made[f"{kind} failure"] = failed_page(task, Failure(word, word, 3, [word]))
        corpus = CORPUS | dict.fromkeys(["summary", "checksum", "as_of"], word)
        row = RUN | {"title": word, "question": word, "corpus": corpus, "problem": "", "outdated": ""}
        spec = shown(charts.papers_by_period(shares.papers_over_time(corpus_of(ONE))))
        first = notebook(
            code("1", "findings", shows=[{"text/markdown": f"- {word}"}]), code("2", "preview", shows=[spec])
        )
        cards = [card("one", row, nbformat.writes(first)), card("two", row | {"problem": word, "outdated": word}, "")]
        made[f"{kind} front"] = front_page(cards, word)
    for name, source in made.items():
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}

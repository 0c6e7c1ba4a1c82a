"""The papers of the room: a short row each for the browser, with what they can be filtered by; and as static tables."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from litreview.charts import style
from litreview.corpus.citations import cited, cited_papers
from litreview.judgement import by_paper, coding_sheet, exclusion_reasons, standing_decisions
from litreview.judgement.notes import SUGGESTED
from litreview.report.tables import Shown, table
from litreview.review import Review
from litreview.text.wording import NO_TITLE, date_text, label

LONGEST_TITLE = 240  # letters of a title in the list


def paper_table(review: Review) -> dict[str, Any]:
    """Give what the browser needs to list and filter the papers, as JSON; papers are told by their place in `papers`.

    `facets`: name, its values, and for each paper the places of those that it has. `within` is the value of the first
    facet that a question belongs to.
    """
    papers = review.papers
    dates = map(date_text, papers["published"], papers["date_precision"].fillna(""))
    titles = [(title or NO_TITLE)[:LONGEST_TITLE] for title in papers["title"]]
    told = {"ids": papers["paper_id"].tolist(), "title": titles, "who": cited(review).tolist(), "date": [*dates]}
    return told | {"facets": [*_facets(review)], "suggested": SUGGESTED, "reasons": exclusion_reasons(review)}


def _facets(review: Review) -> Iterator[dict[str, Any]]:
    titles = review.titles
    theme = _facet(review, "Theme", review.themes, "theme", titles, "papers.themes")
    yield theme | {"colours": style.colours(theme["keys"], "theme")}
    work = review.contribution
    kinds = {name: label(name) for name in sorted(work["contribution"].unique())}
    yield _facet(review, "Kind of work", work, "contribution", kinds, "papers.contribution")
    answers = review.answers[review.answers["role"] == "does"]
    for (theme, question), rows in answers.groupby(["theme", "question"], sort=False):
        asked = review.rules[theme].facets[question]
        asks = f"theme == '{theme}' and question == '{question}' and role == 'does'"
        named, code = review.rules[theme].labels(question), f'papers.answers.query("{asks}")'
        yield _facet(review, asked.question, rows, "answer", named, code) | {"within": titles[theme]}


def _facet(review: Review, name: str, rows: pd.DataFrame, by: str, titles: dict[str, str], code: str) -> dict[str, Any]:
    """A category, its values that papers have, those of each paper, and code that filters by it, from its table's."""
    values = [key for key in titles if (rows[by] == key).any()]
    numbers = rows[by].map({key: place for place, key in enumerate(values)})
    of = numbers.dropna().astype(int).groupby(rows["paper_id"]).agg(list).to_dict()
    told = {"name": name, "code": f'{code}.loc[lambda rows: rows["{by}"].isin(KEYS)]', "keys": values}
    places = [of.get(paper_id, []) for paper_id in review.papers["paper_id"]]
    return told | {"values": [titles[key] for key in values], "of": places}


def static_view(review: Review, paper_ids: list[str]) -> Shown:
    """Show papers with decision, reason and note, and the coding sheet of those that readers noted something of."""
    papers = cited_papers(review).set_index("paper_id").loc[paper_ids].reset_index()
    papers = papers.merge(standing_decisions(review.decisions), on="paper_id", how="left")
    decided = papers["decision"].notna()
    columns = {name: name.capitalize() for name in ("paper", "title", "decision", "reason", "note")}
    note = f"{decided.sum():,} of {len(papers):,} are decided." if decided.any() else "No paper is decided yet."
    shown = table(papers, f"The papers in the reading room. {note}", columns=columns).source
    notes = review.notes
    coded = review.where(notes["paper_id"].unique())
    if len(notes):
        sheet = coding_sheet(coded, [*review.titles], notes, coded.evidence.head(0))
        shown += table(by_paper(coded, sheet), "What readers noted").source
    return Shown(shown)

"""Texts to measure on: abstracts put together from sentences of the shipped corpus, with copies among them."""

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from litreview import assign_themes, build_corpus, extract_evidence, paths
from litreview.text.sentences import sentence_spans

SEED = 20_000
COPIES, NEAR_COPIES = 0.15, 0.05  # shares of the records
HEAD = ["Get trending papers in your email inbox!", "Subscribe", "Daily Papers", "byAK and the research community"]


def abstracts(count: int) -> list[tuple[str, str]]:
    """Titles and abstracts, the same for a count every time.

    A sentence stays in its third of an abstract: first, middle and last sentences do different work. A near copy has a
    letter twice.
    """
    draw = random.Random(SEED)  # noqa: S311  (no secret)
    papers = build_corpus(paths.PROJECT.raw_files, paths.PROJECT).papers
    titles, lengths = [title.split() for title in papers["title"]], []
    parts: list[list[str]] = [[], [], []]
    for text in filter(None, papers["abstract"]):
        spans = sentence_spans(text)
        lengths.append(len(spans))
        for place, (start, end) in enumerate(spans):
            parts[3 * place // len(spans)].append(text[start:end])
    made: list[tuple[str, str]] = []
    for number in range(count):
        chance = draw.random()
        if made and chance < COPIES + NEAR_COPIES:
            title, text = draw.choice(made)
            place = draw.randrange(len(text))
            made.append((title, text if chance < COPIES else text[:place] + text[place] + text[place:]))
            continue
        one, other, size = draw.choice(titles), draw.choice(titles), draw.choice(lengths)
        title = " ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :], str(number)])
        made.append((title, " ".join(draw.choice(parts[3 * place // size]) for place in range(size))))
    return made


def share_of_hits() -> str:
    """Say which share of abstracts has a theme, and how many rows of evidence it has, in real and in made text."""
    real = build_corpus(paths.PROJECT.raw_files, paths.PROJECT)
    with TemporaryDirectory() as folder:
        write_texts(abstracts(400), Path(folder, "400"))
        made = build_corpus(Path(folder, "400.txt"), paths.PROJECT)
    told = []
    for papers in (real, made):
        themed = assign_themes(papers)["paper_id"].nunique() / len(papers)
        told.append(
            f"{themed:.0%} of abstracts have a theme, {len(extract_evidence(papers)) / len(papers):.1f} rows each"
        )
    return f"In real text {told[0]} of evidence; in this one {told[1]}."


def write_texts(texts: list[tuple[str, str]], path: Path) -> None:
    """Write records as a saved listing, RIS, JSON lines (arXiv), CSV and BibTeX: `path` with the ending of each."""
    flat = [(title, " ".join(text.split())) for title, text in texts]
    lines = [
        json.dumps({"id": f"{2001 + n // 90_000}.{10_000 + n % 90_000}", "title": title, "abstract": text})
        for n, (title, text) in enumerate(texts)
    ]
    contents = {
        "txt": "\n\n".join([*HEAD, "Sep 11", *(part for pair in texts for part in pair)]) + "\n",
        "ris": "".join(f"TY  - JOUR\nTI  - {title}\nAB  - {text}\nER  - \n\n" for title, text in flat),
        "jsonl": "\n".join(lines) + "\n",
        "csv": pd.DataFrame(texts, columns=["title", "abstract"]).to_csv(index=False),
        "bib": "".join(
            f"@article{{k{n},\n title = {{{title}}},\n abstract = {{{text}}}\n}}\n"
            for n, (title, text) in enumerate(flat)
        ),
    }
    for ending, content in contents.items():
        path.with_suffix(f".{ending}").write_text(content, encoding="utf-8")

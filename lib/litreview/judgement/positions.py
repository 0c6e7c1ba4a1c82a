"""What papers of a theme found, and where they disagree: claims, each with papers and their words.

`data/curated/findings.yml` holds the findings, `data/curated/positions.yml` the questions that papers answer
differently. Both are written by readers; every quote is checked against the paper.
"""

from pathlib import Path

import pandas as pd
import pydantic

from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.errors import CurationError, shown
from litreview.judgement.notes import StrictEntry, load_entries

FINDINGS, POSITIONS = "findings.yml", "positions.yml"
_CLAIMS = ["claim", "paper_id", "paper", "url", "quote"]


class QuotedPaper(StrictEntry):
    """A paper, and the words of its title or abstract that bear a claim out."""

    paper_id: str
    quote: str


class Claim(StrictEntry):
    """A claim, and the papers that make it."""

    claim: str
    papers: list[QuotedPaper] = pydantic.Field(min_length=1)


class ThemeFinding(Claim):
    """A finding of a theme."""

    theme: str


class Disagreement(StrictEntry):
    """A question that papers of a theme answer differently, and what would settle it."""

    theme: str
    question: str
    positions: list[Claim] = pydantic.Field(min_length=2)
    settles: str


def findings_of(corpus: Corpus, theme: str, path: Path | None = None) -> pd.DataFrame:
    """List the findings of a theme that papers of the corpus bear out, a row a paper.

    Columns (str): claim, paper_id, paper (who, when), url, quote. Raises: `CurationError` for a quote that does not
    stand in its paper.
    """
    path = path or corpus.home.curated / FINDINGS
    rows = [row for each in load_entries(path, list[ThemeFinding]) if each.theme == theme for row in _rows(each)]
    return _checked(rows, [], corpus, path)


def positions_of(corpus: Corpus, theme: str, path: Path | None = None) -> pd.DataFrame:
    """List the positions of a theme that papers of the corpus take, a row a paper.

    Columns (str): question, settles, claim, paper_id, paper (who, when), url, quote. A question on which the papers
    that are here take one side only is left out. Raises: `CurationError` as `findings_of`.
    """
    path = path or corpus.home.curated / POSITIONS
    rows = [
        {"question": each.question, "settles": each.settles, **row}
        for each in load_entries(path, list[Disagreement])
        if each.theme == theme
        for side in each.positions
        for row in _rows(side)
    ]
    table = _checked(rows, ["question", "settles"], corpus, path)
    return table[table.groupby("question")["claim"].transform("nunique") > 1].reset_index(drop=True)


def _rows(claim: Claim) -> list[dict[str, str]]:
    return [{"claim": claim.claim, **paper.model_dump()} for paper in claim.papers]


def _checked(rows: list[dict[str, str]], first: list[str], corpus: Corpus, path: Path) -> pd.DataFrame:
    """The rows whose paper is in the corpus, with its citation, in the order of the file."""
    table = pd.DataFrame(rows, columns=[*first, "claim", "paper_id", "quote"], dtype="str")
    table = table.merge(cited_papers(corpus), on="paper_id")
    texts = corpus.papers.set_index("paper_id")[["title", "abstract"]].agg("\n".join, axis="columns")
    for row in table.itertuples():
        if row.quote not in texts[row.paper_id]:
            raise CurationError(f"{shown(path)}: '{row.quote}' does not stand in {row.paper_id}. Quote its words.")
    return table[[*first, *_CLAIMS]]

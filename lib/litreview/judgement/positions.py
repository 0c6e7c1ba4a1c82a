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
from litreview.judgement.notes import load_entries

FINDINGS, POSITIONS = "findings.yml", "positions.yml"


class QuotedPaper(pydantic.BaseModel):
    """A paper, and the words of its title or abstract that bear a claim out."""

    paper_id: str
    quote: str


class Claim(pydantic.BaseModel):
    """A claim, and the papers that make it."""

    claim: str
    papers: list[QuotedPaper] = pydantic.Field(min_length=1)


class ThemeFinding(Claim):
    """A finding of a theme."""

    theme: str


class Disagreement(pydantic.BaseModel):
    """A question that papers of a theme answer differently, and what would settle it."""

    theme: str
    question: str
    positions: list[Claim] = pydantic.Field(min_length=2)
    settles: str


def findings_of(corpus: Corpus, theme: str) -> pd.DataFrame:
    """List the findings of a theme that papers of the corpus bear out, a row a paper.

    Columns (str): claim, paper_id, paper (who, when), url, quote. Raises: `CurationError` for a quote that does not
    stand in its paper.
    """
    path = corpus.home.curated / FINDINGS
    found = [each for each in load_entries(path, list[ThemeFinding]) if each.theme == theme]
    return _checked([({}, each) for each in found], [], corpus, path)


def positions_of(corpus: Corpus, theme: str) -> pd.DataFrame:
    """List the positions of a theme that papers of the corpus take, a row a paper.

    Columns (str): question, settles, claim, paper_id, paper (who, when), url, quote. A question on which the papers
    that are here take one side only is left out. Raises: `CurationError` as `findings_of`.
    """
    path, about = corpus.home.curated / POSITIONS, {"question", "settles"}
    asked = [each for each in load_entries(path, list[Disagreement]) if each.theme == theme]
    sides = [(each.model_dump(include=about), side) for each in asked for side in each.positions]
    table = _checked(sides, ["question", "settles"], corpus, path)
    return table[table.groupby("question")["claim"].transform("nunique") > 1].reset_index(drop=True)


def _checked(claims: list[tuple[dict, Claim]], first: list[str], corpus: Corpus, path: Path) -> pd.DataFrame:
    """The claims, each with what is said about it, a row a paper that is in the corpus, in the order of the file."""
    rows = [{**about, "claim": each.claim, **paper.model_dump()} for about, each in claims for paper in each.papers]
    table = pd.DataFrame(rows, columns=[*first, "claim", "paper_id", "quote"], dtype="str")
    table = table.merge(cited_papers(corpus), on="paper_id")
    texts = corpus.papers.set_index("paper_id")[["title", "abstract"]].agg("\n".join, axis="columns")
    for row in table.itertuples():
        if row.quote not in texts[row.paper_id]:
            raise CurationError(f"{shown(path)}: '{row.quote}' does not stand in {row.paper_id}. Quote its words.")
    return table[[*first, "claim", "paper_id", "paper", "url", "quote"]]

"""How a text names each paper: who and when, with a letter where several share these."""

from functools import lru_cache

import pandas as pd

from litreview.corpus import Corpus
from litreview.text.escaping import visible
from litreview.text.person_names import names, split_name
from litreview.text.wording import NO_TITLE, dated


def citation(authors: object, published: pd.Timestamp, title: str, more: bool = False) -> str:
    """Name a paper as a text does: "Rafailov et al., 2023"; by title without authors. `more`: there are others."""
    found, shown = [split_name(name)[0] for name in names(authors)], visible(title)[:60]
    who = f"“{shown}”" if shown else NO_TITLE
    if found:
        who = f"{found[0]} et al." if more or len(found) > 2 else " and ".join(found)
    return f"{who}, {dated(published, 'year')}"


def cited(corpus: Corpus) -> pd.Series:
    """Name each paper (str) by paper_id: who, when, and a letter where several share these."""
    return pd.Series.add(*_named(corpus.whole)).reindex(corpus.papers["paper_id"])


def letters(corpus: Corpus) -> pd.Series:
    """Return the letter behind the year ("2024b") of papers that share names and year, else "" (str), by paper_id.

    They follow the order of titles in the whole corpus (Chicago Manual of Style, 15.20), so every page has the same.
    """
    return _named(corpus.whole)[1].reindex(corpus.papers["paper_id"])


@lru_cache(maxsize=2)  # every list of papers asks for these of the same corpus
def _named(whole: Corpus) -> tuple[pd.Series, pd.Series]:
    """Who and when, and the letter behind it, by paper_id in the order of titles."""
    papers = whole.papers.set_index("paper_id").assign(more_authors=more_authors(whole))
    papers = papers.sort_values("title", key=lambda titles: titles.map(visible).str.casefold(), kind="stable")
    rows = papers[["authors", "published", "title", "more_authors"]].itertuples(index=False)
    who = pd.Series([citation(*row) for row in rows], papers.index, dtype="str")
    places = zip(who, who.groupby(who).cumcount(), who.duplicated(keep=False), strict=True)
    found = [_letter(name, place) if shared else "" for name, place, shared in places]
    return who, pd.Series(found, who.index, dtype="str")


def _letter(name: str, place: int) -> str:
    """a, b, …, z, aa, ab, …; behind a hyphen where no year stands before it."""
    before = _letter(name, place // 26 - 1) if place >= 26 else "-" * name.endswith("undated")
    return before + chr(ord("a") + place % 26)


def more_authors(corpus: Corpus) -> pd.Series:
    """Say of each paper (bool), by paper_id, whether the source of its authors says that there are others."""
    sources = corpus.origins.set_index("paper_id")["authors"].reindex(corpus.papers["paper_id"])
    return sources.map(corpus.records.set_index("record_id")["more_authors"]).notna()


def cited_papers(corpus: Corpus) -> pd.DataFrame:
    """Return paper_id, paper (who, when), title and url (str) of each paper, the oldest first."""
    papers = corpus.papers.sort_values(["published", "paper_id"], ignore_index=True)
    return papers.assign(paper=papers["paper_id"].map(cited(corpus)))[["paper_id", "paper", "title", "url"]]

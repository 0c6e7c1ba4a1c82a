"""Where and when each paper was published: the facts of a citation, all from one record.

The records of a work may tell of different publications, a preprint of 2022 and a journal of 2023. Venue, date, volume,
issue, pages, publisher, kind and DOI belong together, so a citation takes them all from the record that gave the paper
its venue, else from the one that gave its DOI, else from the first; what that record does not say stays empty.
`papers.published`, the first submission, is the date that this library counts by; a paper is cited by it only where no
venue speaks against it. A venue that was looked up (metadata.csv, corrections.csv), or that an arXiv record names
beside its own date of submission, has the year that stands in its name.
"""

from functools import lru_cache

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.match_keys import PREPRINT_DOI
from litreview.text.escaping import visible
from litreview.text.person_names import names, surname
from litreview.text.wording import NO_TITLE

_SAID = ["kind", "format", "volume", "issue", "pages", "publisher"]
# What a paper has, and whose origin tells whether it is from the record that is cited.
_OWN = {"venue": "venue", "doi": "doi", "published": "published", "date_precision": "published"}
_SUBMISSIONS = {"atom", "arxiv_snapshot", "hub", "listing"}  # formats whose date is that of the submission
_YEAR = r"(?<!\d)((?:19|20)\d\d)(?!\d)"


def publications(corpus: Corpus) -> pd.DataFrame:
    """Return the facts by which each paper is cited, indexed by paper_id, in the order of `corpus.papers`.

    Columns: venue, doi, published, date_precision as in papers; kind, format, volume, issue, pages, publisher as in
    records; told_by (str): the record_id of the venue or the DOI; more_authors (bool): the source of the authors says
    that there are others.
    """
    papers = corpus.papers.set_index("paper_id")
    origins = corpus.origins.set_index("paper_id").reindex(papers.index)
    told_by = origins["venue"].fillna(origins["doi"])
    first = corpus.records.drop_duplicates("paper_id").set_index("paper_id")["record_id"].reindex(papers.index)
    own = _records(corpus, told_by)
    known = own["format"].notna()
    facts = papers[[*_OWN]].join(_records(corpus, told_by.fillna(first))[_SAID])
    for name, source in _OWN.items():
        another = known & (origins[source] != told_by) & _records(corpus, origins[source])["format"].notna()
        facts[name] = facts[name].mask(another, own[name])
    more = _records(corpus, origins["authors"])["more_authors"].notna()
    return _by_the_venue(facts, ~known | facts["format"].isin(_SUBMISSIONS)).assign(told_by=told_by, more_authors=more)


def _records(corpus: Corpus, ids: pd.Series) -> pd.DataFrame:
    """The record of each paper that `ids` names."""
    return corpus.records.set_index("record_id").reindex(ids).set_axis(ids.index)


def _by_the_venue(facts: pd.DataFrame, undated: pd.Series) -> pd.DataFrame:
    """Facts in which an `undated` venue has the year in its name, and no DOI of the preprint."""
    years = pd.to_datetime(facts["venue"].str.extract(_YEAR)[0].where(undated), format="%Y").astype("datetime64[us]")
    preprints = facts["doi"].str.match(PREPRINT_DOI, na=False)
    return facts.assign(
        published=years.fillna(facts["published"]),
        date_precision=facts["date_precision"].mask(years.notna(), "year"),
        doi=facts["doi"].mask(preprints & undated & facts["venue"].notna()),
    )


def citation(authors: object, published: pd.Timestamp, title: str, more: bool = False) -> str:
    """Name a paper as a text does: "Rafailov et al., 2023"; by title without authors. `more`: there are others."""
    found, shown = [surname(name) for name in names(authors)], visible(title)[:60]
    who = f"“{shown}”" if shown else NO_TITLE
    if found:
        who = f"{found[0]} et al." if more or len(found) > 2 else " and ".join(found)
    return f"{who}, {year_text(published)}"


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
    papers = whole.papers.set_index("paper_id").assign(more_authors=publications(whole)["more_authors"])
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


def cited_papers(corpus: Corpus) -> pd.DataFrame:
    """Return paper_id, paper (who, when), title and url (str) of each paper, the oldest first."""
    papers = corpus.papers.sort_values(["published", "paper_id"], ignore_index=True)
    return papers.assign(paper=papers["paper_id"].map(cited(corpus)))[["paper_id", "paper", "title", "url"]]


def year_text(day: pd.Timestamp) -> str:
    """Return the year of a date; "undated" for none."""
    return "undated" if pd.isna(day) else str(day.year)

"""Where and when each paper was published: the facts of a citation, all from one record.

The records of a work may tell of different publications, a preprint of 2022 and a journal of 2023. Venue, date, volume,
issue, pages, publisher, kind and DOI belong together, so a citation takes them all from the record that gave the paper
its venue, else from the one that gave its DOI, else from the first; what that record does not say stays empty.
`papers.published`, the first submission, is the date that this library counts by; a paper is cited by it only where no
venue speaks against it. A venue that was looked up (metadata.csv, corrections.csv), or that an arXiv record names
beside its own date of submission, has the year that stands in its name.
"""

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import more_authors
from litreview.corpus.match_keys import PREPRINT_DOI

_SAID = ["kind", "format", "volume", "issue", "pages", "publisher"]
# What a paper has, and whose origin tells whether it is from the record that is cited.
_OWN = {"venue": "venue", "doi": "doi", "published": "published", "date_precision": "published"}
_SUBMISSIONS = {"atom", "arxiv_snapshot", "hub", "listing"}  # formats whose date is that of the submission
_YEAR = r"(?<!\d)((?:19|20)\d\d)(?!\d)"


def publications(corpus: Corpus) -> pd.DataFrame:
    """Return the facts by which each paper is cited, indexed by paper_id, in the order of `corpus.papers`.

    Columns: venue, doi, published, date_precision as in papers; kind, format, volume, issue, pages, publisher as in
    records; more_authors (bool): the source of the authors says that there are others.
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
    facts = _by_the_venue(facts, ~known | facts["format"].isin(_SUBMISSIONS))
    return facts.assign(more_authors=more_authors(corpus))


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

"""What every writer gets of a paper: its fields as plain text on one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import publications
from litreview.errors import CorpusError
from litreview.exports.citation_keys import citation_key, unique_keys
from litreview.exports.reference_types import PREPRINT, kind_of
from litreview.text.escaping import one_line, web_link
from litreview.text.person_names import names
from litreview.text.wording import date_text

_TEXTS = "paper_id kind title abstract venue volume issue pages publisher arxiv_id doi pmid category".split()
_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")
_IN_VENUES = {"journal article", "conference paper", "chapter", "book", "web page"}  # others have a publisher alone


@dataclass(frozen=True)
class Entry:
    """One paper on its way out. What is not known is empty; `date` is a year, a month or a day (2023, 2023-05, …)."""

    keys: tuple[str, ...]  # to be cited by, the best first
    paper_id: str
    kind: str
    title: str
    abstract: str
    venue: str
    volume: str
    issue: str
    pages: str
    publisher: str
    arxiv_id: str
    doi: str
    pmid: str
    category: str
    url: str
    date: str
    authors: tuple[str, ...]
    more_authors: bool
    keywords: tuple[str, ...]
    reason: str


def entries(corpus: Corpus, reasons: Mapping[str, str] | pd.Series | None) -> list[Entry]:
    """The papers of a corpus, those with a reason first. Raises `CorpusError` for a reason without a paper."""
    told = {} if reasons is None else {str(paper): str(reason) for paper, reason in reasons.items()}
    known = corpus.papers["paper_id"].tolist()
    if unknown := sorted(set(told).difference(known)):
        raise CorpusError.unknown_papers(unknown, known)
    order = [*told, *(paper for paper in known if paper not in told)]
    rows = _facts(corpus).loc[order].reset_index().to_dict("records")
    return [_entry(row, told.get(row["paper_id"], "")) for row in rows]


def _facts(corpus: Corpus) -> pd.DataFrame:
    """All that an entry says, by paper_id: papers as they are cited, what only their records have, and their keys."""
    papers, cited = corpus.papers.set_index("paper_id"), publications(corpus)
    ours = [
        citation_key(names(authors), date_text(day, "year"), paper)
        for paper, authors, day in zip(papers.index, papers["authors"], papers["published"], strict=True)
    ]
    cited_first = corpus.records.sort_values("record_id", key=lambda ids: ~ids.isin(cited["told_by"]), kind="stable")
    keys = unique_keys(pd.Series(ours, papers.index, dtype="str"), cited_first)
    given = corpus.records.groupby("paper_id")[["keywords", "pmid"]].first()
    return papers.drop(columns=papers.columns.intersection(cited.columns)).join([cited, given, keys])


def _entry(row: dict, reason: str) -> Entry:
    texts = {name: one_line(row[name]) if isinstance(row[name], str) else "" for name in _TEXTS}
    texts["kind"] = kind_of(texts["kind"], str(row["format"]), texts["venue"], texts["arxiv_id"])
    if texts["kind"] not in _IN_VENUES:
        archive = "arXiv" if texts["kind"] == PREPRINT and texts["arxiv_id"] else ""
        texts |= {"publisher": texts["publisher"] or texts["venue"] or archive, "venue": ""}
    texts["pages"] = _DASHES.sub("-", texts["pages"])
    return Entry(
        keys=row["keys"],
        url=web_link(row["url"]),
        date=date_text(row["published"], row["date_precision"]),
        authors=tuple(names(row["authors"])),
        more_authors=bool(row["more_authors"]),
        keywords=tuple(names(row["keywords"])),
        reason=one_line(reason),
        **texts,
    )

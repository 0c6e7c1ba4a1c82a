"""What every writer gets of a paper: its fields as plain text on one line."""

import re
from dataclasses import dataclass, replace

import pandas as pd

from litreview.authors import names
from litreview.exports.keys import citation_key, unique_keys
from litreview.kinds import PREPRINT, kind_of
from litreview.markup import one_line, web_link

_DATES = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_TEXTS = (
    *("paper_id", "title", "abstract", "venue", "arxiv_id", "doi", "pmid", "category"),
    *("volume", "issue", "pages", "publisher"),
)
_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")
_IN_VENUES = {"journal article", "conference paper", "chapter", "book", "web page"}  # others have a publisher alone


@dataclass(frozen=True)
class Entry:
    """One paper on its way out. What is not known is empty; `date` is a year, a month or a day (2023, 2023-05, …)."""

    key: str
    other_keys: tuple[str, ...]
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


def entries(papers: pd.DataFrame, reasons: dict[str, str]) -> list[Entry]:
    """The entries of papers in their order; `reasons` by paper_id.

    papers: `schema.PAPERS` with the facts of `publications`, the day of first submission as `submitted`, keywords and
    pmid (str), and the keys that each came with (lists).
    """
    found = [_entry(row, reasons.get(row["paper_id"], "")) for row in papers.to_dict("records")]
    given = [keys if isinstance(keys, list) else [] for keys in papers["keys"]]
    keys = unique_keys([entry.key for entry in found], given)
    return [
        replace(entry, key=first, other_keys=tuple(others)) for entry, (first, *others) in zip(found, keys, strict=True)
    ]


def _entry(row: dict, reason: str) -> Entry:
    texts = {name: one_line(row[name]) if isinstance(row[name], str) else "" for name in _TEXTS}
    date, authors = date_text(row["published"], row["date_precision"]), tuple(names(row["authors"]))
    word = row["kind"] if isinstance(row["kind"], str) else ""
    kind = kind_of(word, str(row["format"]), texts["venue"], texts["arxiv_id"])
    if kind not in _IN_VENUES:
        archive = "arXiv" if kind == PREPRINT and texts["arxiv_id"] else ""
        texts |= {"publisher": texts["publisher"] or texts["venue"] or archive, "venue": ""}
    return Entry(
        key=citation_key(authors, date_text(row["submitted"], "year"), row["paper_id"]),
        other_keys=(),
        kind=kind,
        url=web_link(row["url"]),
        date=date,
        authors=authors,
        more_authors=bool(row["more_authors"]),
        keywords=tuple(names(row["keywords"])),
        reason=one_line(reason),
        **(texts | {"pages": _DASHES.sub("-", texts["pages"])}),
    )


def date_text(day: pd.Timestamp, precision: object) -> str:
    """A date as exactly as it is known: "2023", "2023-05", "2023-05-29"; empty for none."""
    return "" if pd.isna(day) else f"{day:{_DATES.get(str(precision), _DATES['day'])}}"

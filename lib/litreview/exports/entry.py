"""What every writer gets of a paper: its fields as plain text on one line, and a key to cite it by."""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

import pandas as pd

from litreview.authors import names, surname
from litreview.kinds import kind_of
from litreview.markup import one_line, web_link

_UNKEYED = re.compile(r"[^A-Za-z0-9.]+|\.{2,}")
_DATES = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_TEXTS = (
    *("paper_id", "title", "abstract", "venue", "arxiv_id", "doi", "pmid", "category"),
    *("volume", "issue", "pages", "publisher"),
)
_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")
_IN_VENUES = {"journal article", "conference paper", "chapter", "book", "web page"}  # others have a publisher alone
_KEYED = {"bibtex", "csl", "ris", "zotero"}  # formats whose key is one to cite by; others have accession numbers
_KEY = re.compile(r"(?=.*[^\W\d_])[^\s,{}()\"'#%~\\=@^$&]+")  # what BibTeX, Biber, LaTeX and pandoc all take


@dataclass(frozen=True)
class Entry:
    """One paper on its way out. What is not known is empty; `date` is a year, a month or a day (2023, 2023-05, …)."""

    key: str
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
    """The entries of papers in their order: `schema.PAPERS` with the facts of `publications`, the day of their first
    submission as `submitted`, keywords and pmid (str). `reasons` by paper_id.

    The key is that of the paper's source where it has one that can be cited and no other entry has it, else ours.
    """
    rows = papers.to_dict("records")
    found = [_entry(row, reasons.get(row["paper_id"], "")) for row in rows]
    given = [_given_key(row["source_key"], row["format"]) for row in rows]
    taken = Counter(key.casefold() for key in [*given, *(entry.key for entry in found)])
    return [
        replace(entry, key=key) if key and taken[key.casefold()] == 1 else entry
        for entry, key in zip(found, given, strict=True)
    ]


def _entry(row: dict, reason: str) -> Entry:
    texts = {name: one_line(row[name]) if isinstance(row[name], str) else "" for name in _TEXTS}
    date, authors = date_text(row["published"], row["date_precision"]), tuple(names(row["authors"]))
    word = row["kind"] if isinstance(row["kind"], str) else ""
    kind = kind_of(word, str(row["format"]), texts["venue"], texts["arxiv_id"])
    if kind not in _IN_VENUES:
        texts |= {"publisher": texts["publisher"] or texts["venue"], "venue": ""}
    return Entry(
        key=citation_key(authors, date_text(row["submitted"], "year"), row["paper_id"]),
        kind=kind,
        url=web_link(row["url"]),
        date=date,
        authors=authors,
        more_authors=bool(row["more_authors"]),
        keywords=tuple(names(row["keywords"])),
        reason=one_line(reason),
        **(texts | {"pages": _DASHES.sub("-", texts["pages"])}),
    )


def _given_key(key: object, format_: object) -> str:
    usable = isinstance(key, str) and format_ in _KEYED and "://" not in key and _KEY.fullmatch(key)
    return str(key) if usable else ""


def date_text(day: pd.Timestamp, precision: object) -> str:
    """A date as exactly as it is known: "2023", "2023-05", "2023-05-29"; empty for none."""
    return "" if pd.isna(day) else f"{day:{_DATES.get(str(precision), _DATES['day'])}}"


def citation_key(authors: tuple[str, ...], year: str, paper_id: str) -> str:
    """A key of ASCII letters, digits, dots and hyphens: "rafailov2023-2305.18290", by the year of first submission.

    It hangs on the paper alone, so it is the same in every export, and BibTeX, pandoc and Zotero take it as it is. An
    id that loses a sign on the way gets six digits of its checksum, so no two papers share a key.
    """
    who = _plain(surname(authors[0])) if authors else ""
    slug = _UNKEYED.sub("-", paper_id).strip("-.")
    whole = slug if slug == paper_id else f"{slug}-{hashlib.sha256(paper_id.encode()).hexdigest()[:6]}"
    return f"{who or 'paper'}{year}-{whole.strip('-')}"


def _plain(text: str) -> str:
    """A name in small ASCII letters: "Küttler" is "kuttler"; empty in another script."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in letters if letter.isalnum()).lower()

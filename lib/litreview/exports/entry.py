"""What every writer gets of a paper: its fields as plain text on one line, and a key to cite it by."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

from litreview.authors import names, surname
from litreview.markup import one_line, web_link

_UNKEYED = re.compile(r"[^A-Za-z0-9.]+|\.{2,}")
_DATES = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_TEXTS = ("paper_id", "title", "abstract", "venue", "arxiv_id", "doi", "pmid", "category")


@dataclass(frozen=True)
class Entry:
    """One paper on its way out. What is not known is empty; `date` is a year, a month or a day (2023, 2023-05, …)."""

    key: str
    paper_id: str
    title: str
    abstract: str
    venue: str
    arxiv_id: str
    doi: str
    pmid: str
    category: str
    url: str
    date: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    reason: str


def entries(papers: pd.DataFrame, reasons: dict[str, str]) -> list[Entry]:
    """The entries of `schema.PAPERS` with keywords and pmid (str), in its order; `reasons` by paper_id."""
    return [_entry(row, reasons.get(row["paper_id"], "")) for row in papers.to_dict("records")]


def _entry(row: dict, reason: str) -> Entry:
    texts = {name: one_line(row[name]) if isinstance(row[name], str) else "" for name in _TEXTS}
    date, authors = date_text(row["published"], row["date_precision"]), tuple(names(row["authors"]))
    return Entry(
        key=citation_key(authors, date, row["paper_id"]),
        url=web_link(row["url"]),
        date=date,
        authors=authors,
        keywords=tuple(names(row["keywords"])),
        reason=one_line(reason),
        **texts,
    )


def date_text(day: pd.Timestamp, precision: object) -> str:
    """A date as exactly as it is known: "2023", "2023-05", "2023-05-29"; empty for none."""
    return "" if pd.isna(day) else f"{day:{_DATES.get(str(precision), _DATES['day'])}}"


def citation_key(authors: tuple[str, ...], date: str, paper_id: str) -> str:
    """A key of ASCII letters, digits, dots and hyphens: "rafailov2023-2305.18290".

    It hangs on the paper alone, so it is the same in every export, and BibTeX, pandoc and Zotero take it as it is. An
    id that loses a sign on the way gets six digits of its checksum, so no two papers share a key.
    """
    who = _plain(surname(authors[0])) if authors else ""
    slug = _UNKEYED.sub("-", paper_id).strip("-.")
    whole = slug if slug == paper_id else f"{slug}-{hashlib.sha256(paper_id.encode()).hexdigest()[:6]}"
    return f"{who or 'paper'}{date[:4]}-{whole.strip('-')}"


def _plain(text: str) -> str:
    """A name in small ASCII letters: "Küttler" is "kuttler"; empty in another script."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in letters if letter.isalnum()).lower()

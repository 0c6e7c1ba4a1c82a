"""From the fields of a format to the columns of `schema.RECORDS`, by a table that is data: `data/curated/crosswalk.csv`.

The table has one row a format, field and column. Several fields of one column are tried in the order of the rows; all
fields of keywords are taken together. `split` says how a field holds its values (`splitting.py`). What no row takes
stays in the column `extra`, as JSON.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from litreview.paths import CURATED
from litreview.sources import dates, identifiers
from litreview.sources.entries import Entry, Rejection, texts, without
from litreview.sources.people import people, without_roles
from litreview.sources.splitting import ALONE, AS_WRITTEN, CITATION, pieces, venue_of

CROSSWALK = CURATED / "crosswalk.csv"
NAMELESS = "it has no title, no abstract and no identifier"
_Columns = dict[str, list[tuple[str, str]]]  # column → its fields, each with how it is split
_PRECISION = {4: "year", 7: "month", 10: "day"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\"<>{}]+", re.IGNORECASE)
_NO_ABSTRACT = re.compile(
    r"\W*(?:no abstract(?: available| provided)?|abstract not available|not available)\W*"
    r"|copyright of .{1,300} is the property of .*",  # EBSCO's, as an abstract of its own
    re.IGNORECASE | re.DOTALL,
)
_NO_TITLE = re.compile(r"[\[(] ?(?:no title|untitled)\b[^\])]*[\])]", re.IGNORECASE)  # as librarians and we write it
_MORE = re.compile(r"(?:^|[\s,;])(others|et\.? ?al\b\.?)\W*$", re.IGNORECASE)
_DATABASES = {"scopus", "pubmed", "medline", "embase", "web of science", "ieee xplore", "crossref", "openalex"}


@cache
def columns(format_: str) -> _Columns:
    """The columns that a format gives, each with its fields in order and how they are split."""
    found: _Columns = {}
    with CROSSWALK.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["format"] == format_:
                found.setdefault(row["column"], []).append((row["field"], row["split"]))
    return found


@lru_cache(maxsize=4096)
def _present(format_: str, names: frozenset[str]) -> _Columns:
    """The part of `columns` that an entry with these fields has; the records of a file have few different ones."""
    return {
        column: present
        for column, fields in columns(format_).items()
        if (present := [(path, split) for path, split in fields if {path, path.partition(".")[0]} & names])
    }


def record(entry: Entry) -> dict[str, Any] | Rejection:
    """The record that an entry makes; a rejection where it names nothing: no title, abstract or identifier."""
    used: set[str] = set()
    fields = _present(entry.format, frozenset(entry.fields))
    row: dict[str, Any] = {name: take(entry, fields, used) for name, take in _TAKEN.items()}
    row |= _dates(entry, fields, used)
    row |= _found_elsewhere(row)
    if not any(row[name] for name in ("title_raw", "abstract_raw", "doi", "arxiv_id", "pmid", "openalex_id")):
        begins = json.dumps(without(entry.fields, set()), ensure_ascii=False, default=str)
        return Rejection(entry.place, NAMELESS, sound(begins[:80]))
    extra = without(entry.fields, used)
    row["extra"] = json.dumps(extra, ensure_ascii=False, sort_keys=True, default=str) if extra else None
    row |= {"source_line": entry.place, "source_key": entry.key or row["source_key"], "format": entry.format}
    row = {name: sound(value) if isinstance(value, str) else value for name, value in row.items()}
    return row | {name: row[name] or "" for name in ("title_raw", "abstract_raw")}


def sound(text: str) -> str:
    """A text without lone surrogates, which no file can hold."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


_Take = Callable[[Entry, _Columns, set[str]], str | None]


def _fields(entry: Entry, fields: _Columns, column: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each field of a column that the entry has: its path, how it is split, and its texts."""
    for path, split in fields.get(column, ()):
        values = texts(entry.fields, path)
        if values:
            yield path, split, values


def _joined(column: str, mark: str, leave: Callable[[str], bool] = lambda _: False) -> _Take:
    """The texts of the first field there is, in one, but for those to `leave`; without a `mark` the first text only.

    A field that says the same is used up as well.
    """

    def take(entry: Entry, fields: _Columns, used: set[str]) -> str | None:
        chosen = None
        for path, split, values in _fields(entry, fields, column):
            kept = [value for value in values if not leave(value)]
            text = mark.join(kept) if mark else "".join(kept[:1])
            if split == CITATION:
                chosen = chosen or venue_of(text) or None
            elif kept and chosen in (None, text):
                chosen = text
                used |= {path} if len(kept) == len(values) and (mark or len(values) == 1) else set()
        return chosen

    return take


def _first(column: str, found_in: Callable[[str], str]) -> _Take:
    """What `found_in` finds in the first text that has any; the field is used up where it holds nothing else."""

    def take(entry: Entry, fields: _Columns, used: set[str]) -> str | None:
        for path, split, values in _fields(entry, fields, column):
            for value in values:
                found = found_in(value)
                alone = len(value) <= len(found) + 20
                if found and (alone or split != ALONE):
                    used |= {path} if alone and len(values) == 1 else set()
                    return found
        return None

    return take


def _authors(entry: Entry, fields: _Columns, used: set[str]) -> str | None:
    for path, split, values in _fields(entry, fields, "authors"):
        names = people(
            [name for value in values for name in pieces(without_roles(value), split)], reorder=split != AS_WRITTEN
        )
        if names:
            used.add(path)
            return names
    return None


def _keywords(entry: Entry, fields: _Columns, used: set[str]) -> str | None:
    found: dict[str, None] = {}
    for path, split, values in _fields(entry, fields, "keywords"):
        used.add(path)
        found |= dict.fromkeys(" ".join(piece.split()) for value in values for piece in pieces(value, split))
    return "; ".join(piece.replace(";", ",") for piece in found if piece) or None


def _more_authors(entry: Entry, fields: _Columns, used: set[str]) -> str | None:  # noqa: ARG001
    """The words behind the last author that stand for further ones."""
    last = [values[-1] for _, _, values in _fields(entry, fields, "authors")][:1]
    match = _MORE.search(last[0]) if last else None
    return match[1] if match else None


def _pages(entry: Entry, fields: _Columns, used: set[str]) -> str | None:
    """The pages, from one field or from that of the first and that of the last."""
    ends = [_joined(name, "")(entry, fields, used) for name in ("pages", "first_page", "last_page")]
    return ends[0] or "-".join(dict.fromkeys(filter(None, ends[1:]))) or None


def _dates(entry: Entry, fields: _Columns, used: set[str]) -> dict[str, str | None]:
    """`published` (ISO 8601, as far as it is known) and `date_precision`. A date of another year than the record's own
    is that of something else: an online version, a visit.
    """
    found = [(path, value) for path, _, values in _fields(entry, fields, "published") for value in values]
    years = [(path, dates.day(values[0])) for path, _, values in _fields(entry, fields, "year")]
    year = next((day[:4] for _, day in years if day), "")
    dated = [(path, dates.day(text) or (year and dates.day(f"{text} {year}"))) for path, text in found]
    dated += [(path, day) for path, day in years]
    parts = [next((values[0] for _, _, values in _fields(entry, fields, name)), "") for name in ("month", "day")]
    if year and parts[0]:
        dated.append(
            ("", dates.iso(year, dates.month(parts[0]), parts[1] if parts[1].isdigit() else _day_in(parts[0])))
        )
        used |= {path for name in ("month", "day") for path, _ in fields.get(name, ())}
    year = year or next((day[:4] for _, day in dated if day), "")
    best = max((day for _, day in dated if day and day[:4] == year), key=len, default="")
    used |= {path for path, day in dated if day and best.startswith(day) and path not in _several(found)}
    return {"published": best or None, "date_precision": _PRECISION.get(len(best))}


def _day_in(text: str) -> str:
    """The day in a month such as "12~may"."""
    digits = re.search(r"\d{1,2}", text)
    return digits[0] if digits and re.search("[a-zA-Z]", text) else ""


def _several(found: list[tuple[str, str]]) -> set[str]:
    paths = [path for path, _ in found]
    return {path for path in paths if paths.count(path) > 1}


def _found_elsewhere(row: dict[str, Any]) -> dict[str, str | None]:
    """Identifiers that stand in the address or the venue, and an arXiv id that is written as a DOI."""
    told = {}
    if not row["doi"] and row["url"] and "doi.org" in row["url"]:
        told["doi"] = identifiers.doi(row["url"]) or None
    if not row["pmid"] and row["url"]:
        told["pmid"] = identifiers.pmid(row["url"]) or None
    for text in (row["arxiv_id"], row["doi"], row["url"], row["venue"]):
        arxiv_id, version = identifiers.arxiv(text or "")
        if arxiv_id:
            return told | {"arxiv_id": arxiv_id, "arxiv_version": version or row["arxiv_version"]}
    return told | {"arxiv_id": None}


def _arxiv(text: str) -> str:
    arxiv_id, version = identifiers.arxiv(text)
    return f"{arxiv_id}v{version}" if version else arxiv_id


def _address(text: str) -> str:
    match = _ADDRESS.search(text)
    return match[0].rstrip(".,;") if match else ""


def _version(text: str) -> str:
    return text.strip().removeprefix("v") if re.fullmatch(r"\s*v?\d{1,2}\s*", text) else ""


def _last_version(entry: Entry, fields: _Columns, used: set[str]) -> str | None:  # noqa: ARG001
    """The highest version of the arXiv paper that the entry names."""
    named = [
        int(_version(value))
        for _, _, values in _fields(entry, fields, "version")
        for value in values
        if _version(value)
    ]
    return str(max(named)) if named else None


_TAKEN: dict[str, _Take] = {
    "title_raw": _joined("title", "", lambda text: bool(_NO_TITLE.fullmatch(text.strip()))),
    "abstract_raw": _joined("abstract", "\n", lambda text: bool(_NO_ABSTRACT.fullmatch(text))),
    "authors": _authors,
    "venue": _joined("venue", "", lambda text: text.strip().lower() in _DATABASES),
    "doi": _first("doi", identifiers.doi),
    "arxiv_id": _first("arxiv_id", _arxiv),
    "arxiv_version": _last_version,
    "pmid": _first("pmid", identifiers.pmid),
    "openalex_id": _first("openalex_id", identifiers.openalex),
    "url": _first("url", _address),
    "keywords": _keywords,
    "category": _first("category", lambda text: text.split()[0]),
    "kind": _joined("kind", "; "),
    "volume": _joined("volume", ""),
    "issue": _joined("issue", "", lambda text: bool(_arxiv(text))),  # CSL numbers a preprint by its arXiv id
    "pages": _pages,
    "publisher": _joined("publisher", ""),
    "more_authors": _more_authors,
    "source_key": _first("key", str.strip),
}


def first_days(days: pd.Series) -> pd.Series:
    """Years, months and days as text → the first day of each (datetime64[us]); missing stays missing."""
    return pd.to_datetime((days.astype("str") + "-01-01").str[:10], format="%Y-%m-%d").astype("datetime64[us]")

"""From the fields of a format to the columns of `schema.RECORDS`, by a table: `crosswalk.csv`.

The table has one row a format, field and column. Several fields of one column are tried in the order of the rows; all
fields of keywords are taken together. `split` says how a field holds its values: the marks that stand between them, or
a word. "names": what stands between them has to be guessed; "as it stands": a name in reading order; "lines": one value
a line; "citation": a whole source string, with venue, date, volume, issue and pages; "alone": an identifier counts only
where the text is little else. The column `extra` keeps the whole record as JSON, but for title and abstract.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import filterfalse
from typing import Any

from litreview.sources import dates, identifiers
from litreview.sources.author_names import people, split_names
from litreview.sources.dates import source_parts, venue_of
from litreview.sources.file_content import Entry, Rejection, shipped_pattern, shipped_table
from litreview.sources.identifiers import ARXIV_NUMBER, unescaped

NAMELESS = "it has no title, no abstract and no identifier"
_NAMING = ("title_raw", "abstract_raw", "doi", "arxiv_id", "pmid", "openalex_id")
_ADDRESS = re.compile(r"https?://[^\s\"<>{}]*[^\s\"<>{}.,;]", re.IGNORECASE)
_MORE_AUTHORS = re.compile(r"(?:^|[\s,;])(others|et\.? ?al\b\.?)\W*$", re.IGNORECASE)
_CATEGORY = re.compile(r"(?<![\w.])(?!arxiv:)[a-z][a-z-]*(?:\.[a-z-]+)?", re.IGNORECASE)
_DATABASES = re.compile("scopus|pubmed|medline|embase|web of science|ieee xplore|crossref|openalex", re.IGNORECASE)


_NO_TITLE, _NOTHING = (shipped_pattern("missing_values.csv", field).fullmatch for field in ("title", "any"))
_says_nothing = lru_cache(maxsize=4096)(_NOTHING)  # a file says the same short words again and again
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, check_circular=False).encode

_Found = list[tuple[str, list[str]]]  # the fields of a column that an entry has: how each is split, and its texts


@cache
def crosswalk_rows(format_: str) -> list[tuple[str, str, str]]:
    """Return field, column and split of each row of a format, in order."""
    rows = shipped_table("crosswalk.csv")
    return [(row["field"], row["column"], row["split"]) for row in rows if row["format"] == format_]


def record(entry: Entry) -> dict[str, Any] | Rejection:
    """Make the record of an entry, without what is missing; reject one that names no paper, or lies too deep."""
    try:
        plan, shown = _plan(entry.format, *entry.fields)
        row = _row(entry, plan)
        row["extra"] = _extra(entry, row, shown)
    except RecursionError:
        return Rejection(entry.place, "its parts lie too deep in each other", "")
    if not any(map(row.get, _NAMING)):
        return Rejection(entry.place, NAMELESS, (row["extra"] or "")[:80])
    return row


def texts_at(value: Any, path: Sequence[str]) -> list[str]:
    """Return every text at a path of names, in order; lists are walked through, and other shapes are missing.

    The text of an object is its part "", else its first text.
    """
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        return [value] if value and not path and not value.isspace() else []
    if isinstance(value, list):
        return [text for part in value for text in texts_at(part, path)]
    if isinstance(value, dict) and path:
        return texts_at(value.get(path[0]), path[1:])
    if isinstance(value, dict):
        texts = (text for name, text in value.items() if isinstance(text, str) and name[:1] != "@")
        return texts_at(value[""] if "" in value else next(texts, ""), path)
    return [str(value)] if type(value) in (int, float) and not path else []


def is_missing(text: str) -> bool:
    """Return whether a text only says that nothing is there: "NA", "-", "[No abstract available]"."""
    return (len(text) < 150 or text[:9].lower() == "copyright") and _says_nothing(text) is not None


def pieces(text: str, split: str) -> list[str]:
    """Cut a text into its values; an entity such as "&amp;" is a letter, and its ";" stands between nothing."""
    text = unescaped(text)
    if split == "names":
        found = split_names(text)
    elif split == "lines":
        found = re.split("[;\n]", text)
    else:
        marks = f"{split}\n" if split not in ("", "as it stands") else ""
        mark = next((mark for mark in marks if mark in text), "")
        found = text.split(mark) if mark else [text]
    return [piece for piece in found if not is_missing(piece)]


def _extra(entry: Entry, row: Mapping[str, Any], shown: set[str]) -> str | None:
    """The whole record as JSON, but for title and abstract as they stand in their columns."""
    extra = {}
    for name, value in entry.fields.items():
        single = value[0] if isinstance(value, list) and len(value) == 1 else value
        if name in shown and single in (row["title_raw"], row["abstract_raw"]):
            continue
        if not (is_missing(single) if isinstance(single, str) else single in (None, [], {})):
            extra[name] = single
    return _encode(extra) if extra else None


@lru_cache(maxsize=4096)  # the records of a file have the same fields, or nearly
def _plan(format_: str, *names: str) -> tuple[list[tuple], set[str]]:
    """The rows of a format that begin at some fields, in order: column, split, field, the names further on, and what
    finds that a text is missing; and the fields of title and abstract. A name may have dots in it.
    """
    plan = []
    for field, column, split in crosswalk_rows(format_):
        first, *path = field.split(".")
        nothing = _NO_TITLE if column == "title" else is_missing
        plan += [(column, split, name, way, nothing) for name, way in {field: [], first: path}.items() if name in names]
    return plan, {name for column, _, name, *_ in plan if column in ("title", "abstract")}


def _found(entry: Entry, plan: list[tuple]) -> dict[str, _Found]:
    """For each column the fields that the entry has, in the order of the crosswalk."""
    found: dict[str, _Found] = {}
    for column, split, name, path, nothing in plan:
        if values := [*filterfalse(nothing, texts_at(entry.fields[name], path))]:
            found.setdefault(column, []).append((split, values))
    for split, (citation, *_) in found.get("venue", ()):
        for name, text in source_parts(citation).items() if split == "citation" else ():
            found.setdefault(name, []).append(("", [text]))
    return found


def _row(entry: Entry, plan: list[tuple]) -> dict[str, Any]:
    """The columns of an entry, as far as its fields tell them."""
    found = _found(entry, plan)
    row: dict[str, Any] = {column: _COLUMNS[column](fields) for column, fields in found.items() if column in _COLUMNS}
    row["title_raw"], row["abstract_raw"] = _title(found), row.get("abstract") or ""
    row["format"], row["source_line"], row["source_key"] = entry.format, entry.place, entry.key or row.get("key")
    if ends := [*filter(None, map(row.get, ("first_page", "last_page")))]:
        row.setdefault("pages", "-".join(dict.fromkeys(ends)))
    if "authors" in found and (others := _MORE_AUTHORS.search(found["authors"][0][1][-1][-60:])):
        row["more_authors"] = others[1]
    if published := _published(found):
        row |= {"published": published, "date_precision": {4: "year", 7: "month", 10: "day"}[len(published)]}
    return row | _found_elsewhere(row)


def _text_of(found: _Found, mark: str = "", leave: Callable[[str], object] | None = None) -> str | None:
    """The texts of the first field there is, as one, but for those to `leave`; without a `mark` the first text only."""
    for split, values in found:
        kept = [value for value in values if not leave(value.strip())] if leave else values
        text = mark.join(kept if mark else kept[:1])
        text = venue_of(text) if split == "citation" else text
        if text:
            return text
    return None


def _title(found: Mapping[str, _Found]) -> str:
    """The title with its subtitle, where that stands apart."""
    title = _text_of(found.get("title", [])) or ""
    subtitle = (title and _text_of(found.get("subtitle", []))) or ""
    return title if subtitle in title else f"{title.rstrip(' :')}: {subtitle}"


def _first(find: Callable[[str], str], found: _Found) -> str | None:
    """What `find` finds in the first text that has any."""
    for split, values in found:
        for value in values:
            if (told := find(value)) and (split != "alone" or len(value) <= len(told) + 20):
                return told
    return None


def _authors(found: _Found) -> str | None:
    """The names of the first field that has any."""
    for split, values in found:
        names = [name for value in values for name in pieces(value, split)]
        if told := people(names, reorder=split != "as it stands"):
            return told
    return None


def _keywords(found: _Found) -> str | None:
    words = [" ".join(piece.split()) for split, values in found for value in values for piece in pieces(value, split)]
    return "; ".join(word.replace(";", ",") for word in dict.fromkeys(words) if word) or None


def _published(found: Mapping[str, _Found]) -> str:
    """The date in ISO 8601, as far as it is known.

    A date of another year than the record's own is that of something else: an online version, a visit.
    """
    if "published" not in found and "year" not in found:
        return ""
    years = [day for _, values in found.get("year", ()) if (day := dates.day(values[0]))]
    year = years[0][:4] if years else ""
    texts = [value for _, values in found.get("published", ()) for value in values]
    days = [dates.day(text) or (dates.day(f"{text} {year}") if year else "") for text in texts] + years
    if year and "month" in found:
        month, day = (_text_of(found.get(name, [])) or "" for name in ("month", "day"))
        month = month.replace("~", " ")  # BibTeX has "12~may"
        days += [dates.iso(year, dates.month(month), day if day.isdigit() else ""), dates.day(f"{month} {year}")]
    year = year or next((day[:4] for day in days if day), "")
    return max((day for day in days if day and day[:4] == year), key=len, default="")


def _found_elsewhere(row: dict[str, Any]) -> dict[str, str | None]:
    """Identifiers that stand in the address or the venue, and an arXiv id that is written as a DOI."""
    url, told = row.get("url") or "", {}
    if "doi.org" in url and not row.get("doi"):
        told["doi"] = identifiers.doi(url)
    if "ncbi.nlm" in url and not row.get("pmid"):
        told["pmid"] = identifiers.pmid(url)
    texts = (row.get(name) or "" for name in ("arxiv_id", "doi", "url", "venue"))
    arxiv_id, version = next(filter(any, map(identifiers.arxiv, filter(ARXIV_NUMBER.search, texts))), (None, ""))
    return told | {"arxiv_id": arxiv_id, "arxiv_version": version or row.get("arxiv_version")}


def _arxiv(text: str) -> str:
    return "v".join(filter(None, identifiers.arxiv(text)))


def _matched(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


_COLUMNS: dict[str, Callable[[_Found], str | None]] = {
    **dict.fromkeys(("volume", "publisher", "pages", "first_page", "last_page"), _text_of),
    "abstract": lambda found: _text_of(found, "\n"),
    "venue": lambda found: _text_of(found, leave=_DATABASES.fullmatch),
    "kind": lambda found: _text_of(found, "; "),
    "issue": lambda found: _text_of(found, leave=_arxiv),  # CSL numbers a preprint by its arXiv id
    "doi": partial(_first, identifiers.doi),
    "arxiv_id": partial(_first, _arxiv),
    "arxiv_version": lambda found: re.sub(r"\D", "", found[0][1][-1])[:2] or None,  # the last of the snapshot's
    "pmid": partial(_first, identifiers.pmid),
    "openalex_id": partial(_first, identifiers.openalex),
    "url": partial(_first, partial(_matched, _ADDRESS)),
    "category": partial(_first, partial(_matched, _CATEGORY)),
    "key": partial(_first, str.strip),
    "authors": _authors,
    "keywords": _keywords,
}

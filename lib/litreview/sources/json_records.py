"""JSON of Hugging Face, arXiv, OpenAlex, Semantic Scholar, Crossref, CSL and Zotero, or a plain table.

A file is one document, or has a record a line. A document is a record, a list of them, or an object with a list of them
in it; the place of a record is then its number, in JSON lines its line. Each record says by its own fields which format
it is of. A value of an unexpected shape counts as missing (`_shaped`).
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from litreview.errors import SourceError
from litreview.sources import dates, tabular
from litreview.sources.file_content import RECORD, Content, Entry, Rejection, shipped_table, too_long

NAME = "JSON and JSON lines (Hugging Face, arXiv, OpenAlex, Semantic Scholar, Crossref, CSL, Zotero)"
_BEGINS = re.compile(r"[\ufeff\s\x1e]*(?:\{\s*(?:[\"}]|$)|\[\s*(?:[\[{\]n]|$))")
_LONE_SURROGATE = re.compile(r"\\u[dD](?:[89abAB]\w\w(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]\w\w\\u[dD])[c-fC-F]\w\w)")
_decode = json.JSONDecoder(strict=False).decode
_DEEPEST = 4  # objects in each other in which a list of records is looked for
_LOOKED_AT = 20  # objects of a list that show whether it holds records
_INSIDE = ("citingPaper", "citedPaper", "row", "data", "message")  # where an object keeps the record that it is about
_NO_PAPERS = ["attachment", "note", "annotation"]  # of Zotero
# Of each format the names that an object must all have, of which it must have one, and that it must not have.
_FORMATS: list[Any] = [
    (row["format"], *({*row[names].split()} for names in ("every", "some", "none")))
    for row in shipped_table("json_formats.csv")
]
_SCHEMA = ("object", "array", "string")  # types of a JSON schema
# Names that other things than papers have as well; columns that name a paper, and that tell of one.
_VAGUE = set("id Date Description Summary Source Type Kind Extra Contributors".split())
_NAMING = {"title", "doi", "pmid", "arxiv_id"}
_TELLING = _NAMING | {"abstract", "authors", "venue", "published", "year", "kind"}
# Roles of Zotero's creators who are no authors.
_HELPERS = "editor seriesEditor translator contributor reviewedAuthor commenter recipient counsel interviewer".split()
_LONGEST = 100_000  # words of an inverted abstract


def _shaped(kind: type, value: Any) -> Any:
    """The value where it is of that kind; else an empty one."""
    return value if isinstance(value, kind) else kind()


def recognises(content: Content) -> bool:
    """Return whether the file begins as JSON does."""
    return bool(_BEGINS.match(content.head))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the records, in order. Raises `SourceError` for a document that is no JSON, or holds no list of papers."""
    for place, item in _lines(content) if _is_lines(content) else _items(content):
        yield item if isinstance(item, Rejection) else _entry(place, item)


def _is_lines(content: Content) -> bool:
    """Whether the first line is an object of its own, and another one follows."""
    begins = content.head.lstrip("\ufeff \t\r\n\x1e").startswith("{")
    lines = (line for _, line in content.lines() if line.strip())
    return begins and _loads(next(lines, "").strip("\x1e,")) is not None and next(lines, None) is not None


def parse_json(text: str) -> Any:
    """Return what a JSON text holds, with U+FFFD for lone surrogates, which no file can hold."""
    return _decode(_LONE_SURROGATE.sub(r"\\ufffd", text) if "\\" in text else text)


def _loads(text: str) -> Any:
    try:
        return parse_json(text)
    except (ValueError, RecursionError):
        return None


def _lines(content: Content) -> Iterator[tuple[int, Any]]:
    for number, line in content.lines():
        text = line.strip(" \t\r\n\x1e,")
        if len(text) > RECORD:
            yield number, too_long(number, text, RECORD)
        elif text:
            item = _loads(text)
            yield number, Rejection(number, "the line is no JSON", text[:80]) if item is None else item


def _items(content: Content) -> Iterator[tuple[int, Any]]:
    try:
        document = parse_json(content.text())
    except (ValueError, RecursionError) as error:
        raise SourceError.damaged(content.name, "JSON", str(error)) from error
    lists = _lists(document, _DEEPEST)
    hold_papers = (items for items in lists if any(_is_record(_inside(item)) for item in items[:_LOOKED_AT]))
    items = max(hold_papers, key=len, default=None)
    answer = _shaped(dict, document)
    answer = answer | _shaped(dict, answer.get("message"))  # of Crossref
    if items is None and document != [] and [] not in (answer.get(name) for name in ("results", "items", "data")):
        raise SourceError.no_records(content.name, "JSON", sorted(_shaped(dict, document)))
    yield from enumerate(items or [], start=1)


def _lists(value: Any, depth: int) -> Iterator[list]:
    """The lists in a document, the objects that an object holds, and a record by itself."""
    if isinstance(value, list):
        yield value
    elif isinstance(value, dict) and _is_record(_inside(value)):
        yield [value]
    elif isinstance(value, dict) and depth:
        yield [part for part in value.values() if isinstance(part, dict)]
        for part in value.values():
            yield from _lists(part, depth - 1)


def _inside(item: Any) -> Any:
    """The record that an object is about: of a citation, of a row, of an answer."""
    held = (item[name] for name in _INSIDE if name in item) if isinstance(item, dict) else ()
    return next(filter(_is_record, held), item)


def _is_record(item: Any) -> bool:
    """Whether an object has the marks of a format, or names a title or an identifier, and what else papers have."""
    if not isinstance(item, dict) or item.get("type") in _SCHEMA:
        return False
    columns = tabular.columns_of(name for name in map(str, item) if tabular.spelt(name) not in _VAGUE) & _TELLING
    return _mark(item) != "" or (len(columns) > 1 and not columns.isdisjoint(_NAMING))


def _mark(item: dict) -> str:
    """The format whose marks an object has; "" if it has none."""
    if "openalex.org/W" in _shaped(str, item.get("id")):
        return "openalex"
    names = frozenset(item) if isinstance(item.get("paper", {}), dict) else frozenset(item) - {"paper"}
    format_ = _format_of(names)  # BibTeX that was made JSON has its authors in one text.
    return "" if format_ == "csl" and isinstance(item.get("author"), str) else format_


@lru_cache(maxsize=256)  # the records of a file have the same names, or nearly
def _format_of(names: frozenset[str]) -> str:
    fits = (row[0] for row in _FORMATS if row[1] <= names and not names & row[3] and (names & row[2] or not row[2]))
    return next(fits, "")


def _entry(place: int, item: Any) -> Entry | Rejection:
    item = _inside(item)
    if not isinstance(item, dict):
        return Rejection(place, "it is no object with fields", _shaped(str, item)[:80])
    format_ = _mark(item) or "table"
    if item.get("itemType") in _NO_PAPERS:
        return Rejection(place, "it is no paper, but a note or a file of Zotero", _shaped(str, item.get("title"))[:80])
    fields = {tabular.spelt(name): value for name, value in item.items()} if format_ == "table" else item
    # A text for what has parts: names, dates, inverted abstracts. Names and dates keep their parts.
    known = _PARTED.keys() & fields.keys()
    parted = {name: _PARTED[name][1](fields[name]) for name in known if isinstance(fields[name], _PARTED[name][0])}
    return Entry(format_, place, fields | parted)


def _with_names(people: list) -> list:
    """The people with their names in one text, "Family, Given"; of Zotero's creators the authors, if there are any."""
    roles = [_shaped(str, _shaped(dict, one).get("creatorType", "author")) for one in people]
    made = next((role for role in ("author", *roles) if role in roles and role not in _HELPERS), "editor")
    pairs = zip(people, roles, strict=True)
    return [{**one, "": _name(one) if role == made else ""} if isinstance(one, dict) else one for one, role in pairs]


def _name(person: dict) -> str:
    parts = {name: value.strip() for name, value in person.items() if isinstance(value, str)}
    if whole := parts.get("literal") or parts.get("name"):
        return whole.replace(",", " ") if "literal" in parts else whole
    particle = parts.get("non-dropping-particle") or parts.get("dropping-particle") or ""
    family = parts.get("family") or parts.get("lastName") or parts.get("last_name") or ""
    given = parts.get("given") or parts.get("firstName") or parts.get("first_name")
    return ", ".join(filter(None, (f"{particle} {family}".strip(), given, parts.get("suffix"))))


def _with_day(date: dict) -> dict:
    """A date of CSL with its text in ISO 8601; of a range, its beginning."""
    first = _shaped(list, next(iter(_shaped(list, date.get("date-parts"))), None))
    numbers = [part if isinstance(part, int | str) else None for part in first[:3]]
    told = (_shaped(str, date.get(name)) for name in ("raw", "literal", "date-time"))
    return date | {"": dates.iso(*numbers) if numbers else next(filter(None, told), "")}


def _parsed(people: list) -> list[str]:
    """Names of the arXiv snapshot, "Family, Given, Suffix"."""
    parts = ([_shaped(str, part).strip() for part in _shaped(list, name)] for name in people)
    return [", ".join(filter(None, each)) for each in parts]


def _uninverted(index: dict) -> str:
    """The words of an abstract in their places (the index gives each word the list of its places)."""
    words = [(place, word) for word, at in index.items() for place in (at if isinstance(at, list) else [at])]
    known = [(place, word) for place, word in words if isinstance(place, int) and not isinstance(place, bool)]
    return " ".join(word for _, word in sorted(known)[:_LONGEST])


_PARTED: dict[str, tuple[type, Callable[[Any], Any]]] = {
    **dict.fromkeys(("author", "Author", "Authors", "Creators"), (list, _with_names)),
    **dict.fromkeys(("issued", "published", "published-print", "published-online", "created"), (dict, _with_day)),
    "authors_parsed": (list, _parsed),
    "abstract_inverted_index": (dict, _uninverted),
}

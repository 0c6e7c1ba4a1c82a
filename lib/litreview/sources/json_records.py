"""JSON of Hugging Face, arXiv, OpenAlex, Semantic Scholar, Crossref, CSL and Zotero, or a plain table.

A file is one document, or has a record a line. A document is a record, a list of them, or an object with a list of them
in it; the place of a record is then its number, in JSON lines its line. Each record says by its own fields which format
it is of. A value of an unexpected shape counts as missing (`_shaped`).
"""

import itertools
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
_DECODER = json.JSONDecoder(strict=False)
_BETWEEN = " \t\r\n\x1e,"  # records
_DEEPEST = 4  # objects in each other in which a list of records is looked for
_LOOKED_AT = 20  # objects of a list that show whether it holds records
_INSIDE = dict.fromkeys(("citingPaper", "citedPaper", "row", "data", "message")).keys()  # what keeps a record in it
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

# The format of objects with the same names, "table" if it is none; the names in the crosswalk; those of what has parts.
_Layout = tuple[str, list[str], list[str]]


def _shaped(kind: type, value: Any) -> Any:
    """The value where it is of that kind; else an empty one."""
    return value if isinstance(value, kind) else kind()


def recognises(content: Content) -> bool:
    """Return whether the file begins as JSON does."""
    return bool(_BEGINS.match(content.head))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the records, in order. Raises `SourceError` for a document that is no JSON, or holds no list of papers."""
    return itertools.starmap(_entry, _lines(content) if _is_lines(content) else _items(content))


def _is_lines(content: Content) -> bool:
    """Whether the first line is an object of its own, and another one follows."""
    begins = content.head.lstrip("\ufeff \t\r\n\x1e").startswith("{")
    lines = (line for _, line in content.lines() if line.strip())
    return begins and _loads(next(lines, "").strip(_BETWEEN)) is not None and next(lines, None) is not None


def parse_json(text: str) -> Any:
    """Return what a JSON text holds, with U+FFFD for lone surrogates, which no file can hold."""
    return _DECODER.decode(_whole_letters(text))


def _whole_letters(text: str) -> str:
    return _LONE_SURROGATE.sub(lambda _: r"\ufffd", text) if "\\" in text else text


def _loads(text: str) -> Any:
    """What a text holds that begins and ends with JSON; None where it does not."""
    try:
        value, end = _DECODER.raw_decode(_whole_letters(text))
    except (ValueError, RecursionError):
        return None
    return value if end == len(text) else None


def _lines(content: Content) -> Iterator[tuple[int, Any]]:
    for number, line in content.lines():
        text = line.strip(_BETWEEN)
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
    return _layout_of(item)[0] != "table" or (len(columns) > 1 and not columns.isdisjoint(_NAMING))


def _layout_of(item: dict) -> _Layout:
    names, whole = tuple(item), isinstance(item.get("paper", {}), dict)
    if "id" in item and "openalex.org/W" in _shaped(str, item["id"]):
        return _layout(names, "openalex")
    layout = _layout(names, "", "" if whole else "paper")
    # BibTeX that was made JSON has its authors in one text.
    return _layout(names, "table") if layout[0] == "csl" and isinstance(item.get("author"), str) else layout


@lru_cache(maxsize=256)  # the records of a file have the same names, or nearly
def _layout(names: tuple[str, ...], format_: str = "", but: str = "") -> _Layout:
    given = frozenset(names) - {but}
    fits = (row[0] for row in _FORMATS if row[1] <= given and not given & row[3] and (given & row[2] or not row[2]))
    format_ = format_ or next(fits, "table")
    spelt = [*map(tabular.spelt, names)] if format_ == "table" else [*names]
    return format_, spelt, [name for name in _PARTED if name in spelt]


def _entry(place: int, item: Any) -> Entry | Rejection:
    if isinstance(item, dict) and not _INSIDE.isdisjoint(item):
        item = _inside(item)
    if not isinstance(item, dict):
        text = _shaped(str, item)[:80]
        return item if isinstance(item, Rejection) else Rejection(place, "it is no object with fields", text)
    if item.get("itemType") in _NO_PAPERS:
        return Rejection(place, "it is no paper, but a note or a file of Zotero", _shaped(str, item.get("title"))[:80])
    format_, names, parted = _layout_of(item)
    fields = dict(zip(names, item.values()))  # noqa: B905  (as many; to compare takes as long as to join)
    if parted:  # what has parts gets a text; names and dates keep their parts
        fields |= {
            name: _PARTED[name][1](fields[name]) for name in parted if isinstance(fields[name], _PARTED[name][0])
        }
    return Entry(format_, place, fields)


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

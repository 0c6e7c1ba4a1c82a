"""JSON: one document, or a line a record; of Hugging Face, arXiv, OpenAlex, Semantic Scholar, CSL, Zotero or a plain table.

Each record says by its own fields which format it is of. A document is a record, a list of them, or an object with a list
of them in it; the place of a record is then its number, in JSON lines its line.
"""

import json
from collections.abc import Iterator
from typing import Any

from litreview.errors import SourceError
from litreview.sources import json_formats, table
from litreview.sources.content import RECORD, Content
from litreview.sources.entries import Entry, Rejection, too_long

NAME = "JSON and JSON lines (Hugging Face, arXiv, OpenAlex, Semantic Scholar, CSL, Zotero)"
_LISTS = (
    "results",
    "data",
    "items",
    "papers",
    "dailyPapers",
    "records",
    "works",
    "references",
    "hits",
    "docs",
    "entries",
)
_WRAPPERS = ("citingPaper", "citedPaper", "message", "response", "search-results", "data")
_DEEPEST = 4


def recognises(content: Content) -> bool:
    """Whether it begins as JSON does."""
    start = content.head.lstrip("\ufeff \t\r\n\x1e")
    return start[:1] == "{" or (start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "]", "n", "[", ""))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records, in order. Raises `SourceError` for a document that is no JSON, or holds no list of papers."""
    for place, item in _lines(content) if _is_lines(content) else _items(content):
        yield item if isinstance(item, Rejection) else _entry(place, item)


def _is_lines(content: Content) -> bool:
    """Whether each of the first lines is an object of its own, and there is more than one."""
    lines = [line.strip() for line in content.head.splitlines() if line.strip()]
    if len(lines) < 2:
        return content.head.lstrip()[:1] == "{" and _goes_on(content)
    whole = sum(line[0] == "{" and line[-1] == "}" and len(line) > 2 for line in lines[:5])
    return whole * 2 > len(lines[:5]) or (whole > 0 and lines[0][0] == "{" and _loads(lines[0]) is not None)


def _goes_on(content: Content) -> bool:
    """Whether a long first line is an object, and another line follows."""
    lines = (line for _, line in content.lines() if line.strip())
    return _loads(next(lines, "")) is not None and next(lines, None) is not None


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
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
        document = json.loads(content.text(), strict=False)
    except (ValueError, RecursionError) as error:
        raise SourceError.damaged(content.name, "JSON", str(error)) from error
    items = _records_in(document)
    if items is None:
        raise SourceError.no_records(content.name, "JSON", sorted(document) if isinstance(document, dict) else [])
    yield from enumerate(items, start=1)


def _records_in(document: Any, depth: int = 0) -> list | None:
    """The records of a document; None if it is an object without any."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or depth > _DEEPEST:
        return None
    if json_formats.format_of(document):
        return [document]
    for name in _LISTS:
        if isinstance(document.get(name), list):
            return document[name]
    lists = [
        value
        for value in document.values()
        if isinstance(value, list) and any(isinstance(part, dict) for part in value)
    ]
    if len(lists) == 1:
        return lists[0]
    inner = [_records_in(document[name], depth + 1) for name in _WRAPPERS if isinstance(document.get(name), dict)]
    return next((found for found in inner if found is not None), None)


def _entry(place: int, item: Any) -> Entry | Rejection:
    for name in ("citingPaper", "citedPaper", "row"):
        if isinstance(item, dict) and isinstance(item.get(name), dict):
            item = item[name]
    if not isinstance(item, dict):
        return Rejection(place, "it is no object with fields", json.dumps(item, ensure_ascii=False, default=str)[:80])
    format_ = json_formats.format_of(item)
    if format_:
        return Entry(format_, place, json_formats.prepared(format_, item), json_formats.key_of(format_, item))
    return Entry("table", place, table.renamed(item))

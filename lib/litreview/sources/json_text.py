"""JSON: one document, or a line a record; of Hugging Face, arXiv, OpenAlex, Semantic Scholar, CSL, Zotero or a plain table.

Each record says by its own fields which format it is of. A document is a record, a list of them, or an object with a list
of them in it; the place of a record is then its number, in JSON lines its line.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from litreview.errors import SourceError
from litreview.sources import json_formats
from litreview.sources.content import RECORD, Content
from litreview.sources.entries import Entry, Rejection, too_long

NAME = "JSON and JSON lines (Hugging Face, arXiv, OpenAlex, Semantic Scholar, CSL, Zotero, answers of databases)"
_DEEPEST = 4
_NESTED = 100  # parts in each other; a record is not so deep
_LOOKED_AT = 20  # objects of a list that show whether it holds records
_TOO_DEEP = f"its parts lie more than {_NESTED} deep in each other"
_BLANKS = re.compile(r"[\s\ufeff\x1e,]*")
_INSIDE = ("citingPaper", "citedPaper", "row")
_NO_PAPERS = ("attachment", "note", "annotation")  # of Zotero


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
            reason = "the line is no JSON" if item is None else _TOO_DEEP if _is_deep(item) else ""
            yield number, Rejection(number, reason, text[:80]) if reason else item


def _items(content: Content) -> Iterator[tuple[int, Any]]:
    documents = _documents(content)
    document = documents[0] if len(documents) == 1 else documents
    items = _records_in(document)
    if items is None:
        raise SourceError.no_records(content.name, "JSON", sorted(document) if isinstance(document, dict) else [])
    yield from enumerate(items, start=1)


def _documents(content: Content) -> list:
    """The document of a file, or those that stand one after the other in it."""
    found: list = []
    text, decoder, place = content.text(), json.JSONDecoder(strict=False), 0
    try:
        while rest := _BLANKS.match(text, place):
            place = rest.end()
            if found and place == len(text):
                break
            document, place = decoder.raw_decode(text, place)
            found.append(document)
    except (ValueError, RecursionError) as error:
        raise SourceError.damaged(content.name, "JSON", str(error)) from error
    if _is_deep(found):
        raise SourceError.damaged(content.name, "JSON", _TOO_DEEP)
    return found


def _is_deep(value: Any) -> bool:
    """Whether parts lie too deep in each other to be walked through."""
    level = [value]
    for _ in range(_NESTED):
        inner = (part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list))
        level = [part for parts in inner for part in parts if isinstance(part, dict | list)]
    return bool(level)


def _records_in(document: Any, depth: int = 0) -> list | None:
    """The records of a document; None if it is an object without any.

    In this order: it is a record; a list of it holds records; its objects are records; such a list or object lies
    deeper; it has a single list.
    """
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or depth > _DEEPEST:
        return None
    if json_formats.is_record(document):
        return [document]
    lists = [value for value in document.values() if isinstance(value, list)]
    objects = [value for value in document.values() if isinstance(value, dict)]
    holding = [some for some in lists if any(json_formats.is_record(_inside(part)) for part in some[:_LOOKED_AT])]
    if holding:
        return max(holding, key=len)
    records = [value for value in objects if json_formats.is_record(value)]
    if records:
        return records
    deeper = [some for value in objects if (some := _records_in(value, depth + 1)) is not None]
    single = [some for some in lists if some and isinstance(some[0], dict)]
    if deeper or len(single) == 1:
        return (deeper or single)[0]
    return [] if lists and not any(lists) else None


def _inside(item: Any) -> Any:
    """The paper that an object is about: of a citation, of a row."""
    for name in _INSIDE:
        if isinstance(item, dict) and isinstance(item.get(name), dict):
            item = item[name]
    return item


def _entry(place: int, item: Any) -> Entry | Rejection:
    item = _inside(item)
    if not isinstance(item, dict):
        return Rejection(place, "it is no object with fields", json.dumps(item, ensure_ascii=False, default=str)[:80])
    format_ = json_formats.format_of(item)
    fields = json_formats.prepared(format_, item)
    if format_ == "zotero" and fields.get("itemType") in _NO_PAPERS:
        return Rejection(
            place, f"it is no paper: Zotero calls it {fields['itemType']}", str(fields.get("title", ""))[:80]
        )
    return Entry(format_, place, fields, json_formats.key_of(format_, item))

"""Tables with one field a row, as Embase writes them: its name, then its values. An empty row ends a record."""

import re
from collections.abc import Iterator

from litreview.sources import separated, table
from litreview.sources.content import Content
from litreview.sources.entries import Entry, Rejection

NAME = "table with a field on each row (Embase)"
_LABEL = re.compile(r'^"?([A-Z][A-Z ]{2,40})"?,', re.MULTILINE)
_FEWEST = 3  # fields of ours that must begin a row


def recognises(content: Content) -> bool:
    """Whether rows begin with the names of fields, a title among them."""
    labels = set(_LABEL.findall(content.head))
    return "TITLE" in labels and sum(map(table.knows, labels)) >= _FEWEST


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records, each with the line it begins on; the field that the file begins with begins each of them."""
    fields: dict[str, list[str]] = {}
    begins, first = 0, ""
    for each in separated.rows(content, ",", 0):
        if isinstance(each, Rejection):
            yield each
            continue
        place, (label, *values) = each[0], each[1] or [""]
        first = first or label
        if fields and label in ("", first):
            yield Entry("table", begins, fields)
            fields = {}
        if label:
            begins = begins if fields else place
            fields.setdefault(table.spelt(label), []).extend(values)
    if fields:
        yield Entry("table", begins, fields)

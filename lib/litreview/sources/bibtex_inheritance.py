"""What a BibTeX entry takes from another one: `crossref` from the book it stands in, `xdata` from a store of data.

BibTeX takes every field that the entry lacks, BibLaTeX most of them (its manual, appendix B). Here only what tells of
the book or the journal is taken: its identifiers, pages and abstract are not those of the paper in it.
"""

import re

from litreview.sources.file_content import Entry

_NAMES = re.compile(r"(?:^|[\s,{])(?:crossref|xdata)\s*=", re.IGNORECASE)
_OF_THE_BOOK = (
    "booktitle maintitle journal journaltitle series editor publisher organization institution school"
    " year month date volume number address location isbn issn eventtitle venue"
).split()
_DEEPEST, _MOST = 3, 10  # entries that take from each other, and that one takes from
_NEVER = {"kind", "crossref", "xdata", "mended", "unread"}
_DATES = {"year", "month", "date"}


def names_another(line: str) -> bool:
    """Whether a line of a file says that an entry takes fields from another one."""
    return bool(_NAMES.search(line))


def inherited(entry: Entry, others: dict[str, Entry], depth: int = 0) -> Entry:
    """The entry with what it takes; `others` are the file's entries by their keys in lower case."""
    fields = dict(entry.fields)
    for link in ("xdata", "crossref"):
        keys = dict.fromkeys(key.strip().lower() for text in entry.fields.get(link, ()) for key in text.split(","))
        for other in [others[key] for key in [*keys][:_MOST] if key in others and depth < _DEEPEST]:
            taken = _given(inherited(other, others, depth + 1), link)
            dated = _DATES & fields.keys()
            fields = {name: value for name, value in taken.items() if not (dated and name in _DATES)} | fields
    return Entry(entry.format, entry.place, fields, entry.key)


def _given(other: Entry, link: str) -> dict[str, list[str]]:
    if link == "xdata":
        return {name: value for name, value in other.fields.items() if name not in _NEVER}
    given = {name: other.fields[name] for name in _OF_THE_BOOK if name in other.fields}
    title = "journaltitle" if other.fields["kind"] == ["periodical"] else "booktitle"
    return {title: other.fields["title"]} | given if "title" in other.fields else given

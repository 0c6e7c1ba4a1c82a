"""RIS, by the tags that Zotero, EndNote and Mendeley share (Research Information Systems, 2001; Zotero's translator).

A value is one line, so no text can end a record or begin a field. The reason is a note (N1).
"""

from collections.abc import Iterable, Iterator

from litreview.authors import inverted
from litreview.exports.entry import Entry


def write(entries: Iterable[Entry]) -> str:
    """The entries as a RIS file."""
    records = ("\n".join(f"{tag}  - {value}" for tag, value in _fields(entry) if value) for entry in entries)
    return "".join(f"{record}\nER  - \n\n" for record in records)


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if entry.venue else "UNPB"
    yield "ID", entry.key
    yield "TI", entry.title
    yield from (("AU", inverted(name)) for name in entry.authors)
    yield "PY", entry.date[:4]
    yield "DA", _date(entry.date)
    yield "T2", entry.venue
    yield "AB", entry.abstract
    yield "DO", entry.doi
    yield "DB", "arXiv" if entry.arxiv_id else ""
    yield "AN", entry.arxiv_id
    yield "UR", entry.url
    yield from (("KW", keyword) for keyword in entry.keywords)
    yield "N1", entry.reason


def _date(date: str) -> str:
    """YYYY/MM/DD/ with the unknown parts left empty."""
    return "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""

"""RIS, by the tags that Zotero, EndNote and Mendeley share (Research Information Systems, 2001; Zotero's translator).

A value is one line, so no text can end a record or begin a field. The reason is a note (N1).
"""

from collections.abc import Iterable, Iterator

from litreview.exports.entry import Entry
from litreview.exports.reference_types import word_for
from litreview.text.person_names import inverted, parts
from litreview.text.wording import NO_TITLE


def write(entries: Iterable[Entry]) -> str:
    """The entries as a RIS file."""
    records = ("\n".join(f"{tag}  - {value}" for tag, value in _fields(entry) if value) for entry in entries)
    return "".join(f"{record}\nER  - \n\n" for record in records)


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    first, _, last = entry.pages.partition("-") if entry.pages.count("-") == 1 else (entry.pages, "", "")
    yield "TY", word_for(entry.kind, "ris")
    yield "ID", entry.keys[0]
    yield "TI", entry.title or NO_TITLE
    yield from (("AU", _name(name)) for name in entry.authors)
    yield "AU", "others" if entry.more_authors else ""
    yield "PY", entry.date[:4]
    yield "DA", _date(entry.date)
    yield "T2", entry.venue
    yield "C3", entry.venue if entry.kind == "conference paper" else ""  # where Zotero looks for the proceedings
    yield "VL", entry.volume
    yield "IS", entry.issue
    yield "SP", first
    yield "EP", last
    yield "PB", entry.publisher
    yield "AB", entry.abstract
    yield "DO", entry.doi
    yield "DB", "arXiv" if entry.arxiv_id else ""
    yield "AN", entry.arxiv_id
    yield "UR", entry.url
    yield from (("KW", keyword) for keyword in entry.keywords)
    yield "N1", entry.reason


def _name(name: str) -> str:
    """ "Family, Given, Suffix"; a comma behind a body's name says that it has no other part."""
    return inverted(name) + "," * (not parts(name)[1])


def _date(date: str) -> str:
    """YYYY/MM/DD/ with the unknown parts left empty."""
    return "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""

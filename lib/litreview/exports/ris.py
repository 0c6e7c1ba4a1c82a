"""RIS, by the tags that Zotero, EndNote and Mendeley share (Research Information Systems, 2001; Zotero's translator).

A value is one line, so no text can end a record or begin a field. The reason is a note (N1).
"""

from collections.abc import Iterable, Iterator

from litreview.exports.entry import Reference
from litreview.exports.reference_types import word_for
from litreview.text.person_names import inverted, split_name
from litreview.text.wording import NO_TITLE


def write_ris(references: Iterable[Reference]) -> str:
    """Write references as a RIS file."""
    records = ("\n".join(f"{tag}  - {value}" for tag, value in _fields(entry) if value) for entry in references)
    return "".join(f"{record}\nER  - \n\n" for record in records)


def _fields(entry: Reference) -> Iterator[tuple[str, str]]:
    first, _, last = entry.pages.partition("-") if entry.pages.count("-") == 1 else (entry.pages, "", "")
    yield from [("TY", word_for(entry.kind, "ris")), ("ID", entry.keys[0]), ("TI", entry.title or NO_TITLE)]
    yield from (("AU", _name(name)) for name in entry.authors)
    yield from [("AU", "others" if entry.more_authors else ""), ("PY", entry.date[:4]), ("DA", _date(entry.date))]
    proceedings = entry.venue if entry.kind == "conference paper" else ""  # C3 is where Zotero looks for them
    yield from [("T2", entry.venue), ("C3", proceedings), ("VL", entry.volume), ("IS", entry.issue)]
    yield from [("SP", first), ("EP", last), ("PB", entry.publisher), ("AB", entry.abstract), ("DO", entry.doi)]
    yield from [("DB", "arXiv" if entry.arxiv_id else ""), ("AN", entry.arxiv_id), ("UR", entry.url)]
    yield from (("KW", keyword) for keyword in entry.keywords)
    yield "N1", entry.reason


def _name(name: str) -> str:
    """ "Family, Given, Suffix"; a comma behind a body's name says that it has no other part."""
    return inverted(name) + "," * (not split_name(name)[1])


def _date(date: str) -> str:
    """YYYY/MM/DD/ with the unknown parts left empty."""
    return "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""

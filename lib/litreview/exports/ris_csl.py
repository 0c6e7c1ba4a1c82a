"""RIS and CSL-JSON, which reference managers exchange.

RIS: by the tags that Zotero, EndNote and Mendeley share (Research Information Systems, 2001; Zotero's translator).

A value is one line, so no text can end a record or begin a field. The reason is a note (N1).

CSL-JSON: as Zotero and pandoc read it: only keys of its schema (citation-style-language/schema, csl-data.json).

The reason is a note. It has "Reason: " before it, because Zotero and pandoc take a note that begins "key: value" for a
field of that name. "others" is how BibTeX, pandoc and Zotero name the authors that a source leaves out.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from litreview.exports.entry import Reference, inverted
from litreview.exports.reference_types import PREPRINT, word_for
from litreview.text.person_names import split_name
from litreview.text.wording import NO_TITLE

REASON = "Reason: "


def write_csl(references: Iterable[Reference]) -> str:
    """Write references as a CSL-JSON file."""
    return json.dumps([_item(entry) for entry in references], ensure_ascii=False, indent=2) + "\n"


def _item(entry: Reference) -> dict[str, Any]:
    fields = {
        "id": entry.key,
        "type": word_for(entry.kind, "csl"),
        "title": entry.title or NO_TITLE,
        "author": [_csl_name(name) for name in entry.authors] + [{"literal": "others"}] * entry.more_authors,
        "issued": {"date-parts": [[int(part) for part in entry.published.split("-")]]} if entry.published else None,
        "collection-title" if entry.kind == "book" else "container-title": entry.venue,
        "number" if entry.kind in ("report", "patent") else "issue": entry.issue,
        "page": entry.pages,
        **{name: getattr(entry, name.lower()) for name in ("volume", "abstract", "DOI", "PMID", "URL", "publisher")},
        "keyword": ", ".join(entry.keywords + entry.marks),
        "note": REASON + entry.reason if entry.reason else "",
    }
    if entry.arxiv_id and entry.kind == PREPRINT:
        fields["number"] = f"arXiv:{entry.arxiv_id}"
    elif entry.arxiv_id not in entry.url:  # styles print an archive as well, so an address that names it is enough
        fields |= {"archive": "arXiv", "archive_location": entry.arxiv_id}
    return {name: value for name, value in fields.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    family, given, suffix = split_name(name)
    parts = {"family": family, "given": given, "suffix": suffix} if given else {"literal": family}
    return {name: part for name, part in parts.items() if part}


def write_ris(references: Iterable[Reference]) -> str:
    """Write references as a RIS file."""
    records = ("\n".join(f"{tag}  - {value}" for tag, value in _fields(entry) if value) for entry in references)
    return "".join(f"{record}\nER  - \n\n" for record in records)


def _fields(entry: Reference) -> Iterator[tuple[str, str]]:
    date = "/".join([*entry.published.split("-"), "", "", ""][:4])  # YYYY/MM/DD/, an unknown part is empty
    first, _, last = entry.pages.partition("-") if entry.pages.count("-") == 1 else (entry.pages, "", "")
    yield from [("TY", word_for(entry.kind, "ris")), ("ID", entry.key), ("TI", entry.title or NO_TITLE)]
    # A comma behind a body's name says that it has no other part.
    yield from (("AU", inverted(name) + "," * (not split_name(name)[1])) for name in entry.authors)
    yield from [("AU", "others" if entry.more_authors else ""), ("PY", entry.published[:4])]
    yield "DA", date if entry.published else ""
    yield from [("T2", entry.venue), ("C3", entry.venue if entry.kind == "conference paper" else "")]  # for Zotero
    yield from [("VL", entry.volume), ("IS", entry.issue)]
    yield from [("SP", first), ("EP", last), ("PB", entry.publisher), ("AB", entry.abstract), ("DO", entry.doi)]
    yield from [("DB", "arXiv" if entry.arxiv_id else ""), ("AN", entry.arxiv_id), ("UR", entry.url)]
    yield from (("KW", keyword) for keyword in entry.keywords + entry.marks)
    yield "N1", entry.reason

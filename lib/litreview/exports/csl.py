"""CSL-JSON 1.0, as Zotero and pandoc read it: only keys of its schema (citation-style-language/schema, csl-data.json).

The reason is a note. It has "Reason: " before it, because Zotero and pandoc take a note that begins "key: value" for a
field of that name. "others" is how BibTeX, pandoc and Zotero name the authors that a source leaves out.
"""

import json
from collections.abc import Iterable
from typing import Any

from litreview.exports.entry import Reference
from litreview.exports.reference_types import PREPRINT, word_for
from litreview.text.person_names import split_name
from litreview.text.wording import NO_TITLE

REASON = "Reason: "
_SAME = {"volume": "volume", "page": "pages", "abstract": "abstract", "DOI": "doi", "PMID": "pmid", "URL": "url"}
_SAME |= {"publisher": "publisher"}


def write_csl(references: Iterable[Reference]) -> str:
    """Write references as a CSL-JSON file."""
    return json.dumps([_item(entry) for entry in references], ensure_ascii=False, indent=2) + "\n"


def _item(entry: Reference) -> dict[str, Any]:
    fields = {
        "id": entry.keys[0],
        "type": word_for(entry.kind, "csl"),
        "title": entry.title or NO_TITLE,
        "author": [_name(name) for name in entry.authors] + [{"literal": "others"}] * entry.more_authors,
        "issued": {"date-parts": [[int(part) for part in entry.date.split("-")]]} if entry.date else None,
        "collection-title" if entry.kind == "book" else "container-title": entry.venue,
        "number" if entry.kind in ("report", "patent") else "issue": entry.issue,
        **{name: getattr(entry, ours) for name, ours in _SAME.items()},
        "keyword": ", ".join(entry.keywords),
        "note": REASON + entry.reason if entry.reason else "",
    }
    if entry.arxiv_id and entry.kind == PREPRINT:
        fields["number"] = f"arXiv:{entry.arxiv_id}"
    elif entry.arxiv_id not in entry.url:  # styles print an archive as well, so an address that names it is enough
        fields |= {"archive": "arXiv", "archive_location": entry.arxiv_id}
    return {name: value for name, value in fields.items() if value}


def _name(name: str) -> dict[str, str]:
    family, given, suffix = split_name(name)
    if not given:
        return {"literal": family}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})

"""CSL-JSON 1.0, as Zotero and pandoc read it: only keys of its schema (citation-style-language/schema, csl-data.json).

The reason is a note. It has "Reason: " before it, because Zotero and pandoc take a note that begins "key: value" for a
field of that name.
"""

import json
from collections.abc import Iterable
from typing import Any

from litreview.authors import surname
from litreview.exports.entry import Entry

REASON = "Reason: "


def write(entries: Iterable[Entry]) -> str:
    """The entries as a CSL-JSON file."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    preprint = bool(entry.arxiv_id and not entry.venue)
    fields = {
        "title": entry.title,
        "author": [_name(name) for name in entry.authors],
        "issued": {"date-parts": [[int(part) for part in entry.date.split("-")]]} if entry.date else None,
        "container-title": entry.venue,
        "abstract": entry.abstract,
        "DOI": entry.doi,
        "PMID": entry.pmid,
        "archive": "arXiv" if entry.arxiv_id else "",
        "archive_location": entry.arxiv_id,
        "number": f"arXiv:{entry.arxiv_id}" if preprint else "",
        "publisher": "arXiv" if preprint else "",
        "URL": entry.url,
        "keyword": ", ".join(entry.keywords),
        "note": REASON + entry.reason if entry.reason else "",
    }
    told = {name: value for name, value in fields.items() if value}
    return {"id": entry.key, "type": "article-journal" if entry.venue else "article", **told}


def _name(name: str) -> dict[str, str]:
    family = surname(name)
    given = name.partition(",")[2].strip() if "," in name else name.removesuffix(family).strip()
    return {"family": family, "given": given} if given else {"literal": name}

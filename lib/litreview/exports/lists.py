"""Lists that people read: CSV for a spreadsheet, Markdown for a page.

A spreadsheet opens the CSV (RFC 4180) without running anything: no cell is a formula.
"""

import csv
import re
from collections.abc import Iterable
from urllib.parse import quote

import pandas as pd

from litreview.exports.entry import Reference, inverted
from litreview.text.escaping import harmless
from litreview.text.person_names import names
from litreview.text.wording import NO_TITLE, ended

COLUMNS = "paper_id title authors published kind venue volume issue pages publisher abstract arxiv_id doi pmid".split()
COLUMNS += "category url keywords reason rank decision".split()
MOST_NAMES = 8  # authors that a reference names before "et al."
_MEANING = re.compile(r"([\\`*_\[\]<>&~|$#^@])")


def write_csv(references: Iterable[Reference]) -> str:
    """Write references as comma-separated text, every cell in quotes."""
    rows = [vars(one) | {"authors": _authors(one), "keywords": "; ".join(one.keywords)} for one in references]
    cells = pd.DataFrame(rows, columns=COLUMNS).map(harmless)
    return "\ufeff" + cells.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")  # as Excel wants UTF-8


def _authors(one: Reference) -> str:
    """Join the names by semicolons, with one behind a name alone that could be read as several."""
    told = [*one.authors, *["et al."] * one.more_authors]
    return "; ".join(told) + ";" * bool(len(told) == 1 and re.search(r",|\||&|\band\b", told[0]))


def write_markdown(references: Iterable[Reference]) -> str:
    """Write references as a reading list: a numbered item a paper, with its reason below."""
    return "\n".join(f"{place}. {_item(one)}" for place, one in enumerate(references, start=1)) + "\n"


def _item(one: Reference) -> str:
    authors = _plain(author_line("; ".join(one.authors), one.more_authors))
    venue = f"*{ended(_plain(one.venue))}*" if one.venue else ""
    reason = f"  \n   – {_plain(one.reason)}" if one.reason else ""
    parts = [f"**{_plain(one.title) or NO_TITLE}**", authors, f"({one.published[:4] or 'undated'}).", venue, _link(one)]
    return " ".join(filter(None, parts)) + f"{reason}\n"


def _plain(text: str) -> str:
    """Escape the signs that mean something in a line of Markdown; "@" cites and "^" raises in pandoc."""
    return _MEANING.sub(r"\\\1", text)


def _link(one: Reference) -> str:
    name = f"arXiv:{one.arxiv_id}" if one.arxiv_id else f"doi:{one.doi}" if one.doi else one.url
    address = one.url or (f"https://doi.org/{one.doi}" if one.doi else "")
    return f"[{_plain(name)}](<{quote(address, safe=':/?#[]@!$&()*+,;=%~')}>)" if address else _plain(name)


def author_line(authors: object, more: bool = False) -> str:
    """Join names as a reference list does: at most eight, the first one surname first. `more`: there are others."""
    found = names(authors)
    shown = [*map(inverted, found[:1]), *found[1:MOST_NAMES]]
    return ", ".join(shown) + (", et al." if shown and (more or len(found) > MOST_NAMES) else "")

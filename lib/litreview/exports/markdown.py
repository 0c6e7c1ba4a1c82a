"""Markdown: a reading list for people, a numbered item a paper, with its reason below."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from litreview.corpus.citations import author_line
from litreview.exports.entry import Entry
from litreview.text.wording import NO_TITLE, ended

_MEANING = re.compile(r"([\\`*_\[\]<>&~|$#^@])")
_BEGINS = re.compile(r"^(\d*)([-+=.)])")  # a list, a line or a heading, where a line begins with it


def write(entries: Iterable[Entry]) -> str:
    """The entries as a Markdown list."""
    return "\n".join(f"{place}. {_item(entry)}" for place, entry in enumerate(entries, start=1)) + "\n"


def _item(entry: Entry) -> str:
    authors, year = author_line("; ".join(entry.authors), entry.more_authors), entry.date[:4] or "undated"
    parts = [
        f"**{escaped(entry.title) or NO_TITLE}**",
        f"{escaped(authors)} ({year})." if authors else f"({year}).",
        f"*{ended(escaped(entry.venue))}*" if entry.venue else "",
        _link(entry),
    ]
    reason = f"\n   {escaped(entry.reason)}" if entry.reason else ""
    return " ".join(part for part in parts if part) + ("  " if reason else "") + f"{reason}\n"


def escaped(text: str) -> str:
    """The text with the signs escaped that mean something in a line of Markdown; "@" cites and "^" raises in pandoc."""
    return _BEGINS.sub(r"\1\\\2", _MEANING.sub(r"\\\1", text))


def _link(entry: Entry) -> str:
    name = f"arXiv:{entry.arxiv_id}" if entry.arxiv_id else f"doi:{entry.doi}" if entry.doi else entry.url
    address = entry.url or (f"https://doi.org/{entry.doi}" if entry.doi else "")
    return f"[{escaped(name)}](<{quote(address, safe=':/?#[]@!$&()*+,;=%~')}>)" if address else escaped(name)

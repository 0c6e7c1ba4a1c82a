r"""BibTeX, as Zotero, JabRef, BibLaTeX and pandoc read it.

The signs that mean something to TeX become commands. BibTeX counts every brace, even "\{", so each gets an
invisible partner, as Zotero writes it. Capitals inside a title stand in braces, so that no style makes "DPO" small.
The reason is a comment, which programs keep and no style prints.
"""

import re
from collections.abc import Iterable

from litreview.exports.entry import Reference
from litreview.exports.reference_types import word_for
from litreview.text.person_names import split_name
from litreview.text.wording import NO_TITLE

_VENUES = {"conference paper": "booktitle", "chapter": "booktitle", "book": "series", "web page": "organization"}
_PUBLISHERS = {"report": "institution", "thesis": "school", "master's thesis": "school"}
_PUBLISHERS |= dict.fromkeys(("manuscript", "other"), "howpublished")
_SIGNS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SIGNS |= {"{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}"} | {sign: f"\\{sign}" for sign in "#$%&_"}
_COMMANDS = str.maketrans(_SIGNS)
_VERBATIM = {"doi": "doi", "pmid": "pmid", "url": "url", "eprint": "arxiv_id"}  # BibLaTeX and Zotero read no commands
_ENCODED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)")  # "--" is a dash to TeX, "''" a quote, "?`" a sign
# A word with a capital or a digit before a capital ("DPO", "iPhone", "A3C"), and a capital alone ("Q", not "A").
_CAPITALS = re.compile(r"(?<![\\A-Za-z0-9])(?:[A-Za-z0-9]+[A-Z][A-Za-z0-9]*|[B-Z](?![A-Za-z0-9]))")


def write_bibtex(references: Iterable[Reference]) -> str:
    """Write references as a BibTeX file."""
    return "\n\n".join(map(_entry, references)) + "\n"


def _entry(entry: Reference) -> str:
    fields = {
        "title": _CAPITALS.sub(r"{\g<0>}", _escaped(entry.title or NO_TITLE)),
        "author": " and ".join([*map(_name, entry.authors), *["others"] * entry.more_authors]),
        "date": entry.published,
        "year": entry.published[:4],
        _VENUES.get(entry.kind, "journal"): _escaped(entry.venue),
        "number": _escaped(entry.issue),
        "pages": _escaped(entry.pages).replace("-", "--"),
        _PUBLISHERS.get(entry.kind, "publisher"): _escaped(entry.publisher),
        **{name: _escaped(getattr(entry, name)) for name in ("volume", "abstract")},
        **{name: getattr(entry, ours).translate(_ENCODED) for name, ours in _VERBATIM.items()},
        "archiveprefix": "arXiv" if entry.arxiv_id else "",
        "primaryclass": _escaped(entry.category) if entry.arxiv_id else "",
        "keywords": _escaped(", ".join(entry.keywords + entry.marks)),
        "comment": _escaped(entry.reason),
    }
    lines = [f"\t{name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@{word_for(entry.kind, 'bibtex')}{{{entry.key}", *lines]) + "\n}"


def _escaped(text: str) -> str:
    """Write TeX's signs as commands, and leave nothing that TeX would join."""
    return _JOINED.sub("{}", text.translate(_COMMANDS))


def _name(name: str) -> str:
    """ "Family, Suffix, Given"; braces keep a body's name in one."""
    family, given, suffix = (_escaped(part) for part in split_name(name))
    return ", ".join(part for part in (family, suffix, given) if part) if given else f"{{{family}}}"

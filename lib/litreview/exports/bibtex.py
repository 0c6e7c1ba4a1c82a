r"""BibTeX, as Zotero, JabRef, BibLaTeX and pandoc read it.

The signs that mean something to TeX become commands. BibTeX counts every brace, even "\{", so one that has no partner
gets an invisible one, as Zotero writes it. Capitals inside a title stand in braces, so that no style makes "DPO" small.
The reason is a comment, which programs keep and no style prints. Further keys that a paper came with are `ids`, by
which BibLaTeX and pandoc cite it as well.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as Block
from bibtexparser.model import Field

from litreview.exports.entry import Entry
from litreview.exports.reference_types import word_for
from litreview.text.person_names import parts
from litreview.text.wording import NO_TITLE

_VENUES = {"conference paper": "booktitle", "chapter": "booktitle", "book": "series", "web page": "organization"}
_PUBLISHERS = {
    "report": "institution",
    "thesis": "school",
    "master's thesis": "school",
    "manuscript": "howpublished",
    "other": "howpublished",
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_COMMANDS = str.maketrans(_SIGNS)
_SINGLE_BRACES = str.maketrans({**_SIGNS, "{": r"\{\vphantom{\}}", "}": r"\vphantom{\{}\}"})
_ENCODED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)")  # "--" is a dash to TeX, "''" a quote, "?`" a sign
# A word with a capital or a digit before a capital ("DPO", "iPhone", "A3C"), and a capital alone ("Q", not "A").
_CAPITALS = re.compile(r"(?<![\\A-Za-z])(?:[A-Za-z0-9]+[A-Z][A-Za-z0-9]*|[B-Z](?![A-Za-z0-9]))")


def write(entries: Iterable[Entry]) -> str:
    """The entries as a BibTeX file."""
    return write_string(Library([_block(entry) for entry in entries]), unparse_stack=[])


def _block(entry: Entry) -> Block:
    authors = [*map(_name, entry.authors), *["others"] * entry.more_authors]
    fields = {
        "title": _CAPITALS.sub(r"{\g<0>}", escaped(entry.title or NO_TITLE)),
        "author": " and ".join(authors),
        "date": entry.date,
        "year": entry.date[:4],
        "month": MONTHS[int(entry.date[5:7]) - 1] if len(entry.date) > 4 else "",
        _VENUES.get(entry.kind, "journal"): escaped(entry.venue),
        "volume": escaped(entry.volume),
        "number": escaped(entry.issue),
        "pages": escaped(entry.pages).replace("-", "--"),
        _PUBLISHERS.get(entry.kind, "publisher"): escaped(entry.publisher),
        "abstract": escaped(entry.abstract),
        "doi": verbatim(entry.doi),
        "eprint": verbatim(entry.arxiv_id),
        "archiveprefix": "arXiv" if entry.arxiv_id else "",
        "primaryclass": escaped(entry.category) if entry.arxiv_id else "",
        "pmid": verbatim(entry.pmid),
        "url": verbatim(entry.url),
        "keywords": escaped(", ".join(entry.keywords)),
        "ids": ",".join(entry.keys[1:]),
        "comment": escaped(entry.reason),
    }
    told = [Field(name, value if name == "month" else f"{{{value}}}") for name, value in fields.items() if value]
    return Block(word_for(entry.kind, "bibtex"), entry.keys[0], told)


def escaped(text: str) -> str:
    """The text with TeX's signs as commands, and nothing in it that TeX would join."""
    return _JOINED.sub("{}", text.translate(_COMMANDS if _is_balanced(text) else _SINGLE_BRACES))


def verbatim(address: str) -> str:
    """An address or identifier as it stands, as BibLaTeX and Zotero take it; what would end the field is encoded."""
    return address.translate(_ENCODED)


def _is_balanced(text: str) -> bool:
    """Whether every brace has its partner."""
    depth = [{"{": 1, "}": -1}.get(sign, 0) for sign in text]
    return not sum(depth) and min(accumulate(depth), default=0) >= 0


def _name(name: str) -> str:
    """ "Family, Suffix, Given"; braces keep a body's name in one."""
    family, given, suffix = (escaped(part) for part in parts(name))
    return ", ".join(part for part in (family, suffix, given) if part) if given else f"{{{family}}}"

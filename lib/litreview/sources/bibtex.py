r"""BibTeX and BibLaTeX.

The file is cut before every line that begins an entry, so that a broken entry harms no other and a long file needs
little memory. A comma or a last bracket that is missing is made up for, and the field `repaired` says so, also of
an entry with a bracket too many, where it ends. One that is still broken is rejected with its line.

LaTeX letters are BibTeX's way to write letters, so {\"o} becomes ö. Formulas stay.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db

from litreview.sources.author_names import split_names
from litreview.sources.crosswalk import NAMELESS
from litreview.sources.file_content import RECORD, Content, Entry, Rejection, shipped_table, too_long

NAME = "BibTeX"
BROKEN = "it is no BibTeX: a bracket, a quote or a comma is wrong"

_BEGINS = re.compile(r"^[ \t\ufeff]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_BLOCK = re.compile(r"@\s*(\w+)\s*([{(])")
_KEY = re.compile(r"""\s*(?:([^,={}"]*),|([^\s,={}()]+)[ \t]*(?=\n))?""")  # the comma behind it may be missing
_GAP = re.compile(r"""(?:[^\w{})"%]|\)(?=\s*\w)|%[^\n]*)*""")  # between fields, with comments and signs gone astray
_NAME = re.compile(r"""(\w[^={}",]{0,80}?)\s*=\s*""")
_BARE = re.compile(r"""(?:[^\s,#={}"]|[ \t]{1,80}(?=[^\s,#={}"]))*""")
_NEXT = re.compile(r"""\s*(\#)\s*|[ \t]*(?=[^\s,\#=)}%])(?![A-Za-z][\w:+-]{0,80}\s*=)|\s*(?=["{])""")  # a further part
# A quote that a field, a sign of addition or the end follows; any other one belongs to the value.
_QUOTE_ENDS = re.compile(
    r"""(?x)(?<!\\)"(?=\s{0,80}(?: \# | (?:,|(?<=\n))\s{0,80}(?:%[^\n]{0,200}\n\s{0,80})?[A-Za-z][\w:+-]{0,80}\s{0,80}=
    | (?:,\s{0,80})?(?: \Z | [)}]\s{0,80}(?:@|\n|\Z))))"""
)
_BRACE = re.compile(r"(?<!\\)[{}]")
_NO_ENTRY, _REPAIRED = ("comment", "preamble"), ["a comma or a bracket was wrong"]
_LONGEST_ABBREVIATION = 500  # letters; a longer one would let few letters stand for many
_LINE = re.compile(r"^([ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*\{)(.*)(\},?[ \t]*)$", re.MULTILINE)  # a field on one line
_FIELD = r"\n[ \t]{0,80},?[ \t]{0,80}[A-Za-z][\w:+-]*[ \t]*=[ \t]*"
_TOLD = re.compile(r"\b(?:title|author|abstract|doi|url|eprint)\s*=", re.IGNORECASE)  # or it is source code
# A field in the value of another one: on a line of its own, or behind a comma, where BibLaTeX has the parts of a name.
_SWALLOWED = re.compile(
    rf"{_FIELD}[{{\"]|[}}\"\d]{_FIELD}\d|[}}\"],[ \t]*(?!given|family|prefix|suffix)[A-Za-z][\w:+-]*[ \t]*=[ \t]*[{{\"]"
)
_VERBATIM, _PEOPLE = {"url", "doi", "file", "eprint", "link", "ee", "pmid"}, {"author", "authors", "editor"}


def recognises(content: Content) -> bool:
    """Return whether a line near the top begins an entry, in a file that is no web page."""
    head = content.head.replace("\r", "\n")
    return bool(_BEGINS.search(head)) and not head.lstrip("\ufeff \t\n").startswith("<")


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the entries, in order; comments, preambles and abbreviations are none."""
    abbreviations: dict[str, str] = {}
    for line, text in _chunks(content):
        if len(text) > RECORD:
            yield too_long(line, text, RECORD)
        elif _BEGINS.match(text):
            yield from _parsed(line, text, abbreviations)
        elif "@" in text and _TOLD.search(text):
            yield Rejection(line, BROKEN, text[:80])


def _chunks(content: Content) -> Iterator[tuple[int, str]]:
    """Each block with the line it begins on; what stands before the first one is a comment."""
    start, size = 1, 0
    lines: list[str] = []
    for number, line in content.lines():
        if lines and _BEGINS.match(line):
            yield start, "\n".join(lines)
            start, lines, size = number, [], 0
        if size <= RECORD:
            lines.append(line)
            size += len(line)
    if lines:
        yield start, "\n".join(lines)


def _parsed(line: int, text: str, abbreviations: dict[str, str]) -> list[Any]:
    """The entries of a block, as it stands or else without braces that do not pair; or its rejection."""
    if (found := _entries(line, text, abbreviations)) is None:
        found = _entries(line, _LINE.sub(_without_odd_braces, text), abbreviations)
        for entry in found or ():
            entry.fields["repaired"] = _REPAIRED  # type: ignore[index]
    return [Rejection(line, BROKEN if _TOLD.search(text) else NAMELESS, text[:80])] if found is None else found


def _entries(line: int, text: str, abbreviations: dict[str, str]) -> list[Entry] | None:
    """A block and whatever follows it on its last line; None where a value does not end, or swallows the next field."""
    found: list[Entry] = []
    begin, before = _BLOCK.search(text), 0
    while begin and (kind := begin[1].lower()) not in _NO_ENTRY:
        line, before = line + text.count("\n", before, begin.start()), begin.start()
        key: Any = _KEY.match(text, begin.end())
        values, place, wrong = _fields(text, begin.end() if kind == "string" else key.end(), begin[2], abbreviations)
        if place < 0:
            return None
        begin = _BLOCK.search(text, place)
        left = "=" in text[place : begin.start() if begin else None]  # behind a bracket too many
        if kind == "string":
            abbreviations |= {name.lower(): value for name, value in values if len(value) <= _LONGEST_ABBREVIATION}
        else:
            notes = {"repaired": _REPAIRED} if wrong or left or key[1] is None else {}
            found.append(Entry("bibtex", line, _decoded_fields(kind, values) | notes, (key[1] or key[2] or "").strip()))
    return found


_Values = list[tuple[str, str]]


def _fields(text: str, place: int, bracket: str, abbreviations: dict[str, str]) -> tuple[_Values, int, bool]:
    """The names and values of an entry, where it ends (-1 if it is broken), and whether a comma or bracket is wrong."""
    values: _Values = []
    wrong = False
    while True:
        gap: Any = _GAP.match(text, place)
        place = gap.end()
        if text[place : place + 1] in ("", "}" if bracket == "{" else ")"):
            return values, place + 1, wrong or place >= len(text)
        name = _NAME.match(text, place)
        value, place = _value(text, name.end(), abbreviations) if name else ("", -1)
        if not name or place < 0 or ("=" in value and _SWALLOWED.search(value)):
            return values, -1, True
        wrong |= re.sub(r"%[^\n]*", "", gap[0]).strip() != ("," if values else "")
        values.append((name[1].lower(), value))


def _value(text: str, place: int, abbreviations: dict[str, str]) -> tuple[str, int]:
    """A value without its brackets or quotes, the parts of `a # " b"` joined; and where it ends, -1 if it does not."""
    parts: list[str] = []
    while True:
        if text[place : place + 1] in ("{", '"'):
            end = _closed(text, place)
            parts.append(text[place + 1 : end - 1])
        else:
            bare: Any = _BARE.match(text, place)
            end = bare.end()
            parts.append(abbreviations.get(bare[0].lower(), bare[0]))
        follows: Any = _NEXT.match(text, max(end, 0))
        if end < 0 or not follows:
            return "".join(parts), end
        place = follows.end()
        parts += [] if follows[1] else [" "]


def _closed(text: str, place: int) -> int:
    """Where the bracket or quote that opens at a place has closed; -1 if it does not."""
    if text[place] == '"':
        quote = _QUOTE_ENDS.search(text, place + 1)
        return quote.end() if quote else -1
    depth = 0
    for brace in _BRACE.finditer(text, place):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return -1


def _without_odd_braces(field: re.Match) -> str:
    """A field on a line of its own, without the braces in it where they do not pair (EBSCO's key words)."""
    depths = [*itertools.accumulate(1 if sign == "{" else -1 for sign in re.findall("[{}]", field[2]))]
    pairs = not depths or (min(depths) >= 0 and depths[-1] == 0)
    return field[0] if pairs else field[1] + re.sub("[{}]", "", field[2]) + field[3]


def _decoded_fields(kind: str, values: _Values) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {"kind": [kind]}
    for name, value in values:
        if name in _PEOPLE:
            texts = _names(value)
        else:
            texts = [re.sub(r"\\([_%&#~])", r"\1", value) if name in _VERBATIM else decode_latex(value)]
        fields.setdefault(name, []).extend(text.strip() for text in texts)
    return fields


# An "and" between names, outside of braces.
_AND = re.compile(r"(?<!\S)and(?!\S)(?![^{}]{0,300}\})", re.IGNORECASE)
_LITERAL = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def _names(value: str) -> list[str]:
    """The names of a list. Other programs put ";" or commas between them; a name of BibTeX has two commas at most."""
    names = [name.strip(" \t\n,") for name in _AND.split(value) if name.strip(" \t\n,")]
    if len(names) == 1 and ";" in names[0] and not _LITERAL.fullmatch(names[0]):
        names = decode_latex(names[0]).split(";")
    found = [name for each in names for name in _parted(each.strip())]
    return [decode_latex(" ".join(re.sub(r"(?<!\\)~", " ", name).split())) for name in found if name]


# Of a name of BibLaTeX.
_PART = re.compile(r"\b(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|\{(?:[^{}]|\{[^{}]*\})*\}|[^,]*)")


def _parted(name: str) -> list[str]:
    """One name, or those that commas part."""
    parts = {part: text.strip(' "{}') for part, text in _PART.findall(name)}
    if "family" in parts:
        family = f"{parts.get('prefix', '')} {parts['family']}".strip()
        return [", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))]
    if _LITERAL.fullmatch(name):
        return [name.replace(",", " ")]
    return [name] if name.count(",") <= 2 else split_names(name)


_FORMULA = r"(?<!\\)(?P<formula>(\$\$?)(?=\S)[^$\n]{1,2000}?(?<=[^\s\\])\2(?!\d)|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\])"
_BRACES = re.compile(rf"{_FORMULA}|(?<!\\)[{{}}]")
_SIGNS = {(row["use"], row["name"]): row["sign"] for row in shipped_table("latex_signs.csv")}  # beside pylatexenc's
_ACCENTS = "|".join(re.escape(name) + r"(?![A-Za-z])" * name.isalpha() for use, name in _SIGNS if use == "accent")
_TEX = re.compile(
    rf"""(?sx){_FORMULA} | [{{}}]                                            # formulas stay, braces go
    | \\(?P<accent>{_ACCENTS})\s{{0,9}}(?:                              # an accent with its letters
        \{{(?P<braced>(?:[^{{}}]|\{{[^{{}}]{{0,40}}\}}){{0,40}})\}}
        | (?P<bare>\\(?:[A-Za-z]{{1,20}}\s*|["'`^~=.]\s?\w)|[^\W\d_]|[=<>])?)
    | \\[a-z]{{0,4}}frac\{{(?P<over>[^{{}}]{{0,80}})\}}\{{(?P<under>[^{{}}]{{0,80}})\}}
    | \\ifmmode.{{0,80}}?\\else\s*(?P<text>.{{0,80}}?)\\fi(?:\{{\}}|\s+|(?![A-Za-z]))   # of the journals of the APS
    | \\(?:[nN]oopsort|SortNoop|begin|end|textcolor|[vh]phantom)\s*\{{(?:[^{{}}\\]|\\.){{0,200}}\}}  # without words
    | \\(?P<pointer>cite[a-z]*|[a-zA-Z]*ref|label|[hv]space)\*?(?:\[[^\[\]{{}}]{{0,99}}\]){{0,2}}\{{[^{{}}]{{0,200}}\}}
    | \\(?:(?P<name>[A-Za-z]+)(?P<gap>\s*) | (?P<sign>.))               # a sign by its name; other macros vanish
    | (?P<typed>``|\'\'|---?|[!?]`)"""
)
_LINK = re.compile(r"\\(?:url|path|href)\s*\{([^{}]*)\}(?:\s*\{([^{}]*)\})?")


def decode_latex(text: str) -> str:
    r"""Write LaTeX letters and signs as Unicode, without the braces that only protect capitals; {\"o} gives ö.

    Formulas stay, and so does the name of a macro that is all of the text.
    """
    if "\\" not in text:
        return _BRACES.sub(lambda match: match["formula"] or "", text) if "{" in text or "}" in text else text
    plain = _LINK.sub(lambda match: " ".join(filter(None, match.group(2, 1))), text)
    return _TEX.sub(_decoded, plain) or text.strip(" \\{}")


def _decoded(match: re.Match) -> str:
    """What a macro, an accent or a typed sign stands for."""
    found = match.groupdict("")
    if accent := found["accent"]:
        letters = decode_latex(found["braced"] or found["bare"]).translate({305: "i", 567: "j"})
        return unicodedata.normalize("NFC", "".join(letter + _SIGNS["accent", accent] for letter in letters))
    if name := found["name"] or found["pointer"] or found["sign"]:
        word = _SIGNS.get(("word", name))
        return _signs().get(name, "") if word is None else word + found["gap"]
    text = found["text"] or "/".join(filter(None, (found["over"], found["under"])))
    return found["formula"] or decode_latex(text) or _SIGNS.get(("typed", found["typed"]), "")


@cache
def _signs() -> dict[str, str]:
    """The signs that have a name in LaTeX."""
    macros = {macro.macroname: macro.simplify_repl for macro in get_default_latex_context_db().iter_macro_specs()}
    signs = {name: sign for name, sign in macros.items() if isinstance(sign, str) and "%" not in sign}
    return signs | {"\n": " "} | {name: sign for (use, name), sign in _SIGNS.items() if use == "sign"}

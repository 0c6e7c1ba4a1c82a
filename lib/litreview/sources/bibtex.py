r"""BibTeX and BibLaTeX, by bibtexparser.

The file is cut before every line that begins an entry, so that a broken entry harms no other and a long file needs
little memory. A comma or a last bracket that is missing is put in, and the field `repaired` says so; an entry that is
still broken is rejected with its line. What stands behind a bracket too many is kept in the field `unread`.

LaTeX letters are BibTeX's way to write letters, so {\"o} becomes ö. Formulas stay.
"""

import itertools
import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from bibtexparser import model
from bibtexparser.splitter import Splitter
from pylatexenc.latex2text import get_default_latex_context_db

from litreview.sources.author_names import split_names
from litreview.sources.crosswalk import NAMELESS
from litreview.sources.file_content import RECORD, Content, Entry, Rejection, shipped_table, too_long

NAME = "BibTeX"
BROKEN = "it is no BibTeX: a bracket, a quote or a comma is wrong"

for library in ("bibtexparser", "pylatexenc"):
    logging.getLogger(library).setLevel(logging.CRITICAL)  # the ledger tells what failed

_BEGINS = re.compile(r"\s*@\s*([A-Za-z]+)\s*([{(])")
_ENTRY = re.compile(r"^[ \t\ufeff]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_NO_ENTRY = re.compile(r"@(?:comment|string|preamble)\b", re.IGNORECASE)
_FIELD = r"\n[ \t]{0,80},?[ \t]{0,80}[A-Za-z][\w:+-]*[ \t]*=[ \t]*"
_REPAIRS = (
    (re.compile(r"^(@\w+[{(]\s*)(?=[A-Za-z][\w-]*\s*=)"), r"\1,"),  # no key, and no comma
    (re.compile(r"^(@\w+[{(]\s*[^\s,={}()]+)(?=[ \t]*\n)"), r"\1,"),  # no comma behind the key
    # No comma behind a field.
    (re.compile(r"([}\"\d])(?=[ \t]*\n\s{0,80}[A-Za-z][\w-]{0,80}\s{0,80}=\s{0,80}[{\"\w])"), r"\1,"),
    (
        re.compile(r",(?:\s{0,80},|[ \t]{0,80}%[^\n]{0,200}(?=\n))+"),
        ",",
    ),  # further commas, and comments, behind a comma
)
_LONGEST_ABBREVIATION = 500  # letters; a longer one would let few letters stand for many
_LINE = re.compile(r"^([ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*\{)(.*)(\},?[ \t]*)$", re.MULTILINE)  # a field on one line
_TOLD = re.compile(r"\b(?:title|author|abstract|doi|url|eprint)\s*=", re.IGNORECASE)  # or it is source code
# A field in the value of another one: on a line of its own, or behind a comma, where BibLaTeX has the parts of a name.
_SWALLOWED = re.compile(
    rf"{_FIELD}[{{\"]|[}}\"\d]{_FIELD}\d|[}}\"],[ \t]*(?!given|family|prefix|suffix)[A-Za-z][\w:+-]*[ \t]*=[ \t]*[{{\"]"
)
_VERBATIM = {"url", "doi", "file", "eprint", "link", "ee", "pmid"}
_PEOPLE = {"author", "authors", "editor"}


def recognises(content: Content) -> bool:
    """Return whether a line near the top begins an entry, in a file that is no web page."""
    head = content.head.replace("\r", "\n")
    return bool(_ENTRY.search(head)) and not head.lstrip("\ufeff \t\n").startswith("<")


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the entries, in order; comments, preambles and abbreviations are none."""
    abbreviations: dict[str, str] = {}
    for line, text in _chunks(content):
        match = _BEGINS.match(text)
        if len(text) > RECORD:
            yield too_long(line, text, RECORD)
        elif match:
            yield from _parsed(line, _BEGINS.sub(r"@\1\2", text, count=1), abbreviations)
        elif "@" in text and _TOLD.search(text):
            yield Rejection(line, BROKEN, text[:80])


def _chunks(content: Content) -> Iterator[tuple[int, str]]:
    """Each block with the line it begins on; what stands before the first one is a comment."""
    start, size = 1, 0
    lines: list[str] = []
    for number, line in content.lines():
        if _BEGINS.match(line):
            if lines:
                yield start, "\n".join(lines)
            start, lines, size = number, [], 0
        if size <= RECORD:
            lines.append(line)
            size += len(line)
    if lines:
        yield start, "\n".join(lines)


def _parsed(line: int, text: str, abbreviations: dict[str, str]) -> Iterator[Entry | Rejection]:
    """What a block is, and whatever follows it on its last line."""
    tried, blocks = next(((each, found) for each in _attempts(text) if _is_sound(found := _blocks(each))), (text, []))
    notes = {} if tried == text else {"repaired": ["a comma or a bracket was wrong"]}
    if not blocks and not _NO_ENTRY.match(text):
        yield Rejection(line, BROKEN if _TOLD.search(text) else NAMELESS, text[:80])
    for block, behind in itertools.zip_longest(blocks, blocks[1:]):
        if isinstance(block, model.String):
            value = _value(block.value, abbreviations)
            abbreviations |= {block.key.lower(): value} if len(value) <= _LONGEST_ABBREVIATION else {}
        elif isinstance(block, model.Entry):
            comment = behind.comment if isinstance(behind, model.ImplicitComment) else ""
            left = {"unread": [comment]} if "=" in comment else {}
            yield _entry(line + (block.start_line or 0), block, abbreviations, notes | left)


def _attempts(text: str) -> Iterator[str]:
    """The text as it stands, and repaired: only by commas and a last bracket, then by braces as well."""
    yield text
    if not _NO_ENTRY.match(text):
        for pattern, replacement in _REPAIRS:
            text = pattern.sub(replacement, text)
        text = text.rstrip(", \t\r\n\v\f") + "\n}"  # no bracket at the end
        yield text
        yield _LINE.sub(_without_odd_braces, text)


def _without_odd_braces(field: re.Match) -> str:
    """A field on a line of its own, without the braces in it where they do not pair (EBSCO's key words)."""
    depths = [*itertools.accumulate(1 if sign == "{" else -1 for sign in re.findall("[{}]", field[2]))]
    pairs = not depths or (min(depths) >= 0 and depths[-1] == 0)
    return field[0] if pairs else field[1] + re.sub("[{}]", "", field[2]) + field[3]


def _blocks(text: str) -> list[model.Block]:
    """The blocks of a text. An entry that only repeats a field or a key has not failed."""
    repeats = model.DuplicateFieldKeyBlock | model.DuplicateBlockKeyBlock
    blocks = Splitter(text).split().blocks
    return [block.ignore_error_block or block if isinstance(block, repeats) else block for block in blocks]


def _is_sound(blocks: list[model.Block]) -> bool:
    """Whether every block was parsed, and no value has swallowed the next field."""
    read = [block for block in blocks if isinstance(block, model.Entry | model.String)]
    values = [str(field.value) for block in read if isinstance(block, model.Entry) for field in block.fields]
    failed = any(isinstance(block, model.ParsingFailedBlock) for block in blocks)
    return bool(read) and not failed and not any(map(_SWALLOWED.search, values))


def _entry(line: int, block: model.Entry, abbreviations: dict[str, str], notes: dict[str, list[str]]) -> Entry:
    fields: dict[str, list[str]] = {"kind": [block.entry_type.lower()]} | notes
    for field in block.fields:
        name = (field.key.lower().splitlines()[-1:] or [""])[0].strip()  # without a comment above it
        value = _value(str(field.value), abbreviations)
        fields.setdefault(name, []).extend(_names(value) if name in _PEOPLE else [_text(name, value)])
    return Entry("bibtex", line, fields, block.key)


_PART_OF_SUM = re.compile(r"\s*(\{.*\}|\".*\"|[^\s{}\"]+)\s*", re.DOTALL)


def _value(raw: str, abbreviations: dict[str, str]) -> str:
    """A value without its brackets or quotes, abbreviations written out, the parts of `a # " b"` joined."""
    matches = [_PART_OF_SUM.fullmatch(part) for part in raw.split("#")]
    parts = [match[1] for match in matches if match]
    return "".join(_unwrapped(part, abbreviations) for part in (parts if len(parts) == len(matches) else [raw.strip()]))


def _unwrapped(token: str, abbreviations: dict[str, str]) -> str:
    if (token[:1] == "{" and token[-1:] == "}") or (len(token) > 1 and token[0] == token[-1] == '"'):
        return token[1:-1]
    return abbreviations.get(token.lower(), token)


# "and" outside of braces. The function of bibtexparser loses the \v of a name such as \v{S}imek.
_AND = re.compile(r"(?<!\S)and(?!\S)(?![^{}]{0,300}\})", re.IGNORECASE)
_LITERAL = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def _names(value: str) -> list[str]:
    """The names of a list. Other programs put ";" or commas between them; a name of BibTeX has two commas at most."""
    names = [name.strip(" \t\n,") for name in _AND.split(value) if name.strip(" \t\n,")]
    if len(names) == 1 and ";" in names[0] and not _LITERAL.fullmatch(names[0]):
        names = decode_latex(names[0]).split(";")
    found = [name for each in names for name in _parted(each.strip())]
    return [decode_latex(" ".join(re.sub(r"(?<!\\)~", " ", name).split())) for name in found if name]


_PART = re.compile(
    r"\b(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|\{(?:[^{}]|\{[^{}]*\})*\}|[^,]*)"
)  # of a name of BibLaTeX


def _parted(name: str) -> list[str]:
    """One name, or those that commas part."""
    parts = {part: text.strip(' "{}') for part, text in _PART.findall(name)}
    if "family" in parts:
        family = f"{parts.get('prefix', '')} {parts['family']}".strip()
        return [", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))]
    if _LITERAL.fullmatch(name):
        return [name.replace(",", " ")]
    return [name] if name.count(",") <= 2 else split_names(name)


def _text(name: str, value: str) -> str:
    return (re.sub(r"\\([_%&#~])", r"\1", value) if name in _VERBATIM else decode_latex(value)).strip()


_FORMULA = r"(?<!\\)(?P<formula>(\$\$?)(?=\S)[^$\n]{1,2000}?(?<=[^\s\\])\2(?!\d)|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\])"
_BRACES = re.compile(rf"{_FORMULA}|(?<!\\)[{{}}]")
_SIGNS = {(row["use"], row["name"]): row["sign"] for row in shipped_table("latex_signs.csv")}  # beside pylatexenc's
_ACCENTS = "|".join(re.escape(name) + r"(?![A-Za-z])" * name.isalpha() for use, name in _SIGNS if use == "accent")
_TEX = re.compile(
    rf"""{_FORMULA} | [{{}}]                                            # formulas stay, braces go
    | \\(?P<accent>{_ACCENTS})\s{{0,9}}(?:                              # an accent with its letters
        \{{(?P<braced>(?:[^{{}}]|\{{[^{{}}]{{0,40}}\}}){{0,40}})\}}
        | (?P<bare>\\(?:[A-Za-z]{{1,20}}\s*|["'`^~=.]\s?\w)|[^\W\d_]|[=<>])?)
    | \\[a-z]{{0,4}}frac\{{(?P<over>[^{{}}]{{0,80}})\}}\{{(?P<under>[^{{}}]{{0,80}})\}}
    | \\ifmmode.{{0,80}}?\\else\s*(?P<text>.{{0,80}}?)\\fi(?:\{{\}}|\s+|(?![A-Za-z]))   # of the journals of the APS
    | \\(?:[nN]oopsort|SortNoop|begin|end|textcolor|[vh]phantom)\s*\{{(?:[^{{}}\\]|\\.){{0,200}}\}}  # without words
    | \\(?P<pointer>cite[a-z]*|[a-zA-Z]*ref|label|[hv]space)\*?(?:\[[^\[\]{{}}]{{0,99}}\]){{0,2}}\{{[^{{}}]{{0,200}}\}}
    | \\(?:(?P<name>[A-Za-z]+)(?P<gap>\s*) | (?P<sign>.))               # a sign by its name; other macros vanish
    | (?P<typed>``|\'\'|---?|[!?]`)""",
    re.DOTALL | re.VERBOSE,
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

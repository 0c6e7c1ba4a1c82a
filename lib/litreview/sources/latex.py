r"""LaTeX letters to Unicode, by pylatexenc: {\"o}, \v{S}, \textendash, \&. Formulas, and signs that only TeX reads, stay."""

import re
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text

_LONGEST = 200_000  # letters; what is longer holds no few accents, but a paper
_DEEPEST = 40  # brackets in each other
_FORMULA = re.compile(r"(?<!\\)(\$\$?)(?=\S)[^$\n]{1,2000}?(?<=[^\s\\])\1(?!\d)")
_SIGNS = "%&#^_~$"  # a comment, an alignment … to TeX; in a reference they mean themselves
# A sign that means itself, with a backslash or alone; but \^ and \~ are accents. To pylatexenc \textasciicircum is one too.
_MEANT = re.compile(r"\\([%&#_$])|(?<!\\)([%&#^_~$])|\\textasciicircum(?:\{\}|(?![A-Za-z]) ?)")
_HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate(_SIGNS)}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})
# What pylatexenc does not know, or leaves in brackets, or out.
_NAMED = dict(
    zip(
        "textless textgreater textbar textquotedbl euro pounds S P slash ddag copyright".split(),
        '<>|"€£§¶/‡©',
        strict=True,
    )
) | {
    name: name for name in "TeX LaTeX LaTeXe BibTeX BibLaTeX XeTeX XeLaTeX LuaTeX LuaLaTeX pdfTeX pdfLaTeX TikZ".split()
}
_NAME = re.compile(rf"\\({'|'.join(_NAMED)})(?![A-Za-z])(?:\{{\}})?")
_BOX = re.compile(r"\\(?:mbox|texttt|textsf)\s*(?=\{)")
_LINK = re.compile(r"\\(?:url|path|href)\s*\{([^{}]*)\}(?:\s*\{([^{}]*)\})?")
_BRACES = re.compile(r"(?<!\\)[{}]")


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=False)


def decoded(text: str) -> str:
    """`text` with its letters and signs as Unicode and without the braces that only protect capitals."""
    if "\\" not in text and "{" not in text:
        return text
    parts, place = [], 0
    for formula in _FORMULA.finditer(text):
        parts += [_plain(text[place : formula.start()]), formula[0]]
        place = formula.end()
    return "".join([*parts, _plain(text[place:])])


def _plain(text: str) -> str:
    if "\\" not in text or len(text) > _LONGEST or _depth(text) > _DEEPEST:
        return _BRACES.sub("", text)
    text = _NAME.sub(lambda match: _NAMED[match[1]], text)
    text = _BOX.sub("", text)
    text = _LINK.sub(lambda match: " ".join(filter(None, match.group(2, 1))), text)
    hidden = _MEANT.sub(lambda match: _HIDDEN[match[1] or match[2] or "^"], text)
    lead, tail = hidden[: len(hidden) - len(hidden.lstrip())], hidden[len(hidden.rstrip()) :]
    try:
        found = _decoder().latex_to_text(hidden.strip())
    except Exception:
        return _BRACES.sub("", text)
    return f"{lead}{found}{tail}".translate(_SHOWN)


def _depth(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        deepest = max(deepest, depth)
    return deepest

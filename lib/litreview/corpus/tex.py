"""What TeX leaves in a title or an abstract, as steps that repair it.

Listing pages drop the backslash of some commands ("mathcal O", "1.22times") and keep it in others, so both are known.
A bare name is repaired only where it cannot be an English word: "times" after a digit, "left" before a bracket.
"""

import re
import unicodedata
from collections.abc import Iterator

from litreview.corpus.text_edits import Edit, Step, groups, translate

_ALONE = r"(?<![A-Za-z])"
_ENDS = r"(?![A-Za-z])"
_PART = r"(?:[^{}]|\{[^{}]*\})+"
_MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331"
_ACCENT_MARKS = dict(zip("` ' ^ ~ = u . \" r H v d c k b".split(), _MARKS, strict=True))
_ACCENT = re.compile(
    r"(\{)?\\(?:(?P<sign>[`'^\"~=.])|(?P<name>[uvHcdbkr])\s*(?=\{))"
    r"(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z]))(?(1)\})"
)
_LETTERS = dict(zip("L l O o ss ae AE oe OE aa AA".split(), "Ł ł Ø ø ß æ Æ œ Œ å Å".split(), strict=True))
_SYMBOLS = {
    **dict(zip("times cdot pm leq le geq ge neq ne ll gg".split(), "×·±≤≤≥≥≠≠≪≫", strict=True)),
    **dict(zip("approx sim star ast infty to rightarrow longrightarrow".split(), "≈~**∞→→→", strict=True)),
    **dict(zip("leftarrow leftrightarrow uparrow downarrow ldots cdots dots".split(), "←↔↑↓………", strict=True)),
}
_BARE = ("rightarrow", "infty", "leq", "geq")
_FRACTION = rf"(\\?{_ALONE}[dt]?frac\{{)%s(\}}\s*\{{)%s(\}})"
_CALLED = r"(?:(?:(?<=\b[A-Za-z])|(?<=Omega)|(?<=Theta)) )?"
# Commands that only say how something looks.
_LAYOUT = (
    rf"\\?{_ALONE}(?:(?:math(?:cal|rm|bf|bb|sf|it|tt|scr|frak)|operatorname|boldsymbol)(?:\s+(?=[A-Za-z{{])|(?![a-z]))"
    r"|(?:text(?:bf|it|tt|sc|rm|sf|up)?|emph|mbox|underline|url)(?=\{))"
)


def _accents(text: str) -> Iterator[Edit]:
    r"""An accent and its letter, where Unicode has the two as one: \'e, \"{o}, {\c{c}}. Not we\'re, nor it\'s."""
    for match in _ACCENT.finditer(text):
        letter = match["braced"] or match["bare"]
        contraction = match["sign"] == "'" and match["bare"] and letter not in "aeiouyAEIOUY"
        composed = unicodedata.normalize("NFC", letter + _ACCENT_MARKS[match["sign"] or match["name"]])
        if len(composed) == 1 and not contraction:
            yield match.start(), match.end(), composed


TEX = (
    # What points to a list of references that is not there: \citep{name}.
    groups(("cite",), r"([\s~]{0,3}\\?(?<![A-Za-z])cite[a-z]{0,6}\*?(?:\[[^\]]{0,40}\]){0,2}\{[\w:,./ -]{1,200}\})"),
    # Formulas in dollars. The rule that tells them from money is Pandoc's (`tex_math_dollars`): no blank inside the
    # dollars, no digit after them. Beside a word they part it, but for the "th" of "$k$th"; and an amount with prose
    # behind it is money as well.
    groups(
        "$",
        r"(?<![\\$\w])(\$\$?)(?=[^\s$])(?!\d[^$]*\s[a-z]{3,})[^$]{0,300}(?<=[^\s\\$])(\$\$?)"
        r"(?!(?!(?:th|st|nd|rd|s)\b)\w|\$)",
    ),
    # JSON and program text escape their quotes; so \"online\" is not önline.
    groups("\\", r"(?<!\w)(\\)[\"'][^\"'\\{}]{1,200}(\\)[\"'](?!\w)"),
    Step("\\", _accents),
    translate("\\", rf"(\{{)?\\({'|'.join(_LETTERS)})(?![A-Za-z(])(?:\{{\}}|\s+(?=[A-Za-z]))?(?(1)\}})", _LETTERS),
    groups("{", _FRACTION % (r"\w+", r"\w+"), "", "/"),
    groups("{", _FRACTION % (_PART, _PART), "(", ")/(", ")"),
    # \left( and \right) in pairs, the innermost first, with the blanks inside, and the one before where "O" is called.
    groups(
        ("right)", "right]", "right|"),
        rf"({_CALLED}\\?{_ALONE}left)[(\[|]( ?)(?:(?!left[(\[|]).){{0,300}}?( ?\\?{_ALONE}right)[)\]|]",
    ),
    groups("\\", r"(\\href\{)[^{}]*(\}\s*\{)[^{}]*(\})", "", " "),
    # mathcal{O}, \emph{word}: the command goes, and the braces round what it is for.
    groups(("\\", "{", "math"), rf"({_LAYOUT})(?:(\{{){_PART}(\}}))?"),
    groups("{", rf"\\?{_ALONE}(?:wide)?(?:tilde|hat|bar)(\{{)\s*\w(\s*\}})", " "),  # a mark over a letter: "tilde{O}"
    translate("\\", rf"\\({'|'.join(_SYMBOLS)}){_ENDS}", _SYMBOLS),
    # Names that lost their backslash and are no English words.
    translate(("times",), rf"times(?<=[\d}}]times){_ENDS}", _SYMBOLS),
    translate(("cdot",), rf"(cdot)(?<![a-z]cdot)(?:\s|{_ENDS})", _SYMBOLS),
    translate(_BARE, rf"{_ALONE}((?:long)?rightarrow|infty|leq|geq){_ENDS}", _SYMBOLS),
    groups("{", r"(?<![\w^_}\\])\d+(\{)\d+(\})", "/"),  # "\frac{1}{2}" without its command
    # Braces that only group. Sub- and superscripts, sets ("{0, 1}") and arguments ("min{…}") keep theirs.
    groups("{", r"(?<![\w^_}\\])(\{)[\w-]*[^\W\d_](?:[\w .'-]*\w)?(\})"),
    groups("{", r"(?<=[\^_])(\{)\w(\})(?!\w)"),
    groups("{", r"(\{\}(?<![\^_\\]\{\}))|(\{)(?<=\w\{)-(\})(?=\w)"),
    # Whatever backslash is left: one that glues a command to a word parts them, one before a blank stands for it.
    groups("\\", r"(?<=[A-Za-z0-9])(\\)(?=[A-Za-z]{2})|(\\[\\,;:]\s*|\\\s+)|(\\-(?=\w)|\\!?)", " ", " ", in_links=True),
    groups("~", r"(?:(?<=[A-Za-z.,;:)\]}])(~)(?=[\w(\[\\$])|(?<=\d)(~)(?=[A-Za-z]))(?![A-Za-z]+\()", " ", " "),
    # Quotes and dashes.
    groups("`", r"(``)(?<!```)(?!`)(?:(?!``).){1,400}?(?<!')('')(?!')", "“", "”"),
    groups(("''",), r"('')(?<![\w']'')(?=\w)[^'\n]{1,200}(?<=\S)('')(?![\w'])", "“", "”"),
    translate(("--",), r"(--(?<=[^-\s!<]--)-?(?![-\s>])|--(?<=\s--)-?(?=\s))", lambda dashes: "–—"[len(dashes) - 2]),
)

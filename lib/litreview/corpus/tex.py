"""What TeX leaves in a title or an abstract, as finders of edits.

Listing pages drop the backslash of some commands ("mathcal O", "1.22times") and keep it in others, so both are known.
A bare name is mended only where it cannot be an English word: "times" after a digit, "left" before a bracket.
"""

import re
import unicodedata
from collections.abc import Iterator

from litreview.corpus.text_edits import Edit, groups, translate

_ALONE = r"(?<![A-Za-z])"
_ENDS = r"(?![A-Za-z])"

# Formulas in dollars. The rule that tells them from money is Pandoc's (`tex_math_dollars`): no blank inside the
# dollars, no digit after them. Beside a word they part it, but for the "th" of "$k$th"; and an amount with prose behind
# it is money as well.
formulas = groups(
    r"(?<![\\$\w])(\$\$?)(?=[^\s$])(?!\d[^$]*\s[a-z]{3,})[^$]{0,300}(?<=[^\s\\$])(\$\$?)(?!(?!(?:th|st|nd|rd|s)\b)\w|\$)",
)

# Blanks inside the dollars: a formula only where it is short and begins with a letter or a command, so never money.
_SYMBOL = r"(?:\\[A-Za-z]+|[A-Za-z](?![a-z]))[^\s$]{0,12}"
loose_formulas = groups(
    rf"(?<![\\$\w])(\$ ){_SYMBOL}(?: (?:{_SYMBOL}|(?:poly)?log\S{{0,20}}|[^\sA-Za-z$\\][^\s$]{{0,6}})){{0,4}}( \$)(?![\w$])",
)

# What points to a list of references that is not there.
citations = groups(
    r"((?:(?<![\s~])[\s~]+)?\\?(?<![A-Za-z])cite(?:p|t|alp|author|year)?\*?(?:\[[^\]]{0,40}\]){0,2}\{[\w:,./ -]{1,200}\})",
)

# JSON and program text escape their quotes; so \"online\" is not önline.
escaped_quotes = groups(r"(?<!\w)(\\)[\"'][^\"'\\{}]{1,200}(\\)[\"'](?!\w)")

_MARKS = dict(
    zip(
        "` ' ^ ~ = u . \" r H v d c k b".split(),
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331",
        strict=True,
    )
)
_ACCENT = re.compile(
    r"(\{)?\\(?:(?P<sign>[`'^\"~=.])|(?P<name>[uvHcdbkr])\s*(?=\{))"
    r"(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z])(?=(?P<next>\w?)))(?(1)\})"
)


def accents(text: str) -> Iterator[Edit]:
    r"""An accent and its letter, where Unicode has the two as one: \'e, \"{o}, {\c{c}}. Not we\'re, nor it\'s."""
    for match in _ACCENT.finditer(text):
        letter = match["braced"] or match["bare"]
        contraction = match["sign"] == "'" and match["bare"] and not _takes_acute(letter, match["next"])
        composed = unicodedata.normalize("NFC", letter + _MARKS[match["sign"] or match["name"]])
        if len(composed) == 1 and not contraction:
            yield match.start(), match.end(), composed


def _takes_acute(letter: str, following: str) -> bool:
    return letter in "aeiouyAEIOUY" or (letter in "cnszCNSZ" and following != "")


letters = translate(
    r"(?P<brace>\{)?\\(L|l|O|o|ss|ae|AE|oe|OE|aa|AA)(?![A-Za-z(])(?:\{\}|\s+(?=[A-Za-z]))?(?(brace)\})",
    dict(zip("L l O o ss ae AE oe OE aa AA".split(), "Ł ł Ø ø ß æ Æ œ Œ å Å".split(), strict=True)),
)

_SYMBOLS = {
    **dict(zip("times cdot pm leq le geq ge neq ne ll gg".split(), "×·±≤≤≥≥≠≠≪≫", strict=True)),
    **dict(zip("approx sim star ast infty to rightarrow longrightarrow".split(), "≈~**∞→→→", strict=True)),
    **dict(zip("leftarrow leftrightarrow uparrow downarrow ldots cdots dots".split(), "←↔↑↓………", strict=True)),
}
symbols = translate(rf"\\({'|'.join(_SYMBOLS)}){_ENDS}", _SYMBOLS)
# Names that lost their backslash and are no English words.
bare_symbols = translate(
    rf"(times)(?<=[\d}}]times){_ENDS}|(?<![a-z])(cdot)(?:\s|{_ENDS})|{_ALONE}((?:long)?rightarrow|leq|geq|infty){_ENDS}",
    _SYMBOLS,
)

_PART = r"(?:[^{}]|\{[^{}]*\})+"
_FRACTION = re.compile(rf"\\?{_ALONE}[dt]?frac\{{({_PART})(\}}\s*\{{)({_PART})\}}")


def fractions(text: str) -> Iterator[Edit]:
    r"""\frac{a}{b+c} as a/(b+c)."""
    for match in _FRACTION.finditer(text):
        above, below = (bool(re.search(r"[-+ ]", part.strip())) for part in (match[1], match[3]))
        yield match.start(), match.start(1), "(" * above
        yield match.start(2), match.end(2), ")" * above + "/" + "(" * below
        yield match.end(3), match.end(), ")" * below


# "\frac{1}{2}" without its command.
bare_fractions = groups(r"(?<![\w^_}\\])\d+(\{)\d+(\})", "/")

# \left( and \right) in pairs, the innermost first, with the blanks inside, and the one before where "O" or "f" is
# called.
brackets = groups(
    rf"((?:(?:(?<=\b[A-Za-z])|(?<=Omega)|(?<=Theta)) )?\\?{_ALONE}left)[(\[|]( ?)(?:(?!left[(\[|]).){{0,300}}?"
    rf"( ?\\?{_ALONE}right)[)\]|]",
)
sizes = groups(r"(\\[bB]igg?[lmr]?)\s*[(\[)\]|{}/\\]")

hyperlinks = groups(r"(\\href\{)[^{}]*(\}\s*\{)[^{}]*(\})", "", " ")

_LAYOUT = re.compile(
    rf"\\?{_ALONE}(?:(?:math(?:cal|rm|bf|bb|sf|it|tt|scr|frak)|operatorname|boldsymbol)(?:\s+(?=[A-Za-z{{])|(?![a-z]))"
    r"|(?:text(?:bf|it|tt|sc|rm|sf|up)?|emph|mbox|underline|url)(?=\{))"
)


def layout(text: str) -> Iterator[Edit]:
    r"""Commands that only say how something looks, and the braces round it: mathcal{O}, \emph{word}."""
    edits: set[Edit] = set()
    for match in _LAYOUT.finditer(text):
        edits.add((match.start(), match.end(), ""))
        closing = _closing(text, match.end())
        if closing:
            edits |= {(match.end(), match.end() + 1, ""), (closing, closing + 1, "")}
    yield from sorted(edits)


_NEARBY = 1000  # letters; a text of nothing but opening braces costs no more than its length


def _closing(text: str, opening: int) -> int:
    """Where the brace that opens at `opening` closes; 0 if none opens there or it does not close nearby."""
    depth = 0
    for place in range(opening, min(len(text), opening + _NEARBY)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth <= 0:
            return place if place > opening else 0
    return 0


# Braces that only group. Sub- and superscripts, sets ("{0, 1}") and arguments ("min{…}") keep theirs.
braces = groups(r"(?<![\w^_}\\])(\{)[\w-]*[^\W\d_](?:[\w .'-]*\w)?(\})")
lone_braces = groups(r"(?<=[\^_])(\{)\w(\})(?!\w)")
empty_braces = groups(r"(\{\}(?<![\^_\\]\{\}))|(\{)(?<=\w\{)-(\})(?=\w)")

# Whatever backslash is left: one that glues a command to a word parts them, one before a blank stands for it.
backslashes = groups(r"(?<=[A-Za-z0-9])(\\)(?=[A-Za-z]{2})|(\\[\\,;:]?\s+|\\[\\,;:])|(\\-(?=\w)|\\!|\\)", " ", " ")

# A mark over one letter: "tilde{O}"; over nothing it is dropped. And the thin blank inside a number.
marks = groups(
    rf"\\?{_ALONE}(?:wide)?(?:tilde|hat|bar)(\{{)\s*\w(\s*\}})|(\\?{_ALONE}(?:wide)?(?:tilde|hat|bar)\{{\}})",
    " ",
)
thin_blanks = groups(r"(?<=\d)(\\,)(?=\d{3}(?!\d))")

ties = groups(r"(?:(?<=[A-Za-z.,;:)\]}])(~)(?=[\w(\[\\$])|(?<=\d)(~)(?=[A-Za-z]))(?![A-Za-z]+\()", " ", " ")
quotes = groups(r"(?<!`)(``)(?!`)(?:(?!``).){1,400}?(?<!')('')(?!')", "“", "”")
doubled_quotes = groups(r"(?<![\w'])('')(?=\w)[^'\n]{1,200}(?<=\S)('')(?![\w'])", "“", "”")
opening_quotes = groups(r"(?<!`)(``)(?=\w)", "“")
dashes = translate(
    r"(--(?<=[^-\s!<]--)-?(?![-\s>])|--(?<=\s--)-?(?=\s))", lambda found: "–" if len(found) == 2 else "—"
)

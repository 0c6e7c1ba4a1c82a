"""What TeX leaves in a title or an abstract, as steps that repair it.

Listing pages drop the backslash of some commands ("mathcal O", "1.22times") and keep it in others, so both are known.
A bare name is repaired only where it cannot be an English word: "times" after a digit, "left" before a bracket.
"""

import re

from litreview.corpus.text_edits import Step
from litreview.sources.bibtex import decode_latex

_ALONE, _ENDS = r"(?<![A-Za-z])", r"(?![A-Za-z])"
_PART = r"(?:[^{}]|\{[^{}]*\})+"
_ACCENT = r"\\(?:[`'^\"~=.]|[uvHcdbkr]\s*(?=\{))(?:\{\s*\\?[A-Za-z]\s*\}|\\?[A-Za-z])"
_LETTERS = "L Ł l ł O Ø o ø ss ß ae æ AE Æ oe œ OE Œ aa å AA Å"
_SYMBOLS = """
    times × cdot · pm ± leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ~ star * ast * infty ∞ to →
    rightarrow → longrightarrow → leftarrow ← leftrightarrow ↔ uparrow ↑ downarrow ↓ ldots … cdots … dots …
"""
_SIGNS = dict(re.findall(r"(\S+)\s+(\S+)", f"{_LETTERS} {_SYMBOLS}"))
_LETTER = rf"\\(?:{'|'.join(_LETTERS.split()[::2])})(?![A-Za-z(])(?:\{{\}}|\s+(?=[A-Za-z]))?"
_CALLED = r"(?:(?:(?<=\b[A-Za-z])|(?<=Omega)|(?<=Theta)) )?"
# Commands that only say how something looks.
_FONTS = "mathcal|mathrm|mathbf|mathbb|mathsf|mathit|mathtt|mathscr|mathfrak|operatorname|boldsymbol"
_BRACED = "text|textbf|textit|texttt|textsc|textrm|textsf|textup|emph|mbox|underline|url"  # only before a brace
_LAYOUT = rf"\\?{_ALONE}(?:(?:{_FONTS})(?:\s+(?=[A-Za-z{{])|(?![a-z]))|(?:{_BRACED})(?=\{{))"


def _plain(command: str) -> str:
    """A command without backslash, braces and blanks."""
    return re.sub(r"[{}\\\s]", "", command)


def _accented(command: str) -> str:
    r"""An accent and its letter, where Unicode has the two as one: \'e, \"{o}, {\c{c}}. Not we\'re, nor it\'s."""
    sign, letter = [*_plain(command)]
    contraction = sign == "'" and "{" not in command and letter not in "aeiouyAEIOUY"
    composed = decode_latex(f"\\{sign}{{{letter}}}")
    return composed if len(composed) == 1 and not contraction else command


def _sign(command: str) -> str:
    return _SIGNS[_plain(command)]


TEX = (
    # Formulas in dollars. The rule that tells them from money is Pandoc's (`tex_math_dollars`): no blank inside the
    # dollars, no digit after them. Beside a word they part it, but for the "th" of "$k$th"; and an amount with prose
    # behind it is money as well.
    Step(
        "$",
        r"(?<![\\$\w])(\$\$?)(?=[^\s$])(?!\d[^$]*\s[a-z]{3,})[^$]{0,300}(?<=[^\s\\$])(\$\$?)"
        r"(?!(?!(?:th|st|nd|rd|s)\b)\w|\$)",
    ),
    # JSON and program text escape their quotes; so \"online\" is not önline.
    Step("\\", r"(?<!\w)(\\)[\"'][^\"'\\{}]{1,200}(\\)[\"'](?!\w)"),
    Step("\\", rf"(\{{{_ACCENT}\}}|{_ACCENT})", _accented),
    Step("\\", rf"(\{{{_LETTER}\}}|{_LETTER})", _sign),
    # \left( and \right) in pairs, the innermost first, with the blanks inside, and the one before where "O" is called.
    Step(
        ("right)", "right]", "right|"),
        rf"({_CALLED}\\?{_ALONE}left)[(\[|]( ?)(?:(?!left[(\[|]).){{0,300}}?( ?\\?{_ALONE}right)[)\]|]",
    ),
    # mathcal{O}, \emph{word}: the command goes, and the braces round what it is for.
    Step((*_FONTS.split("|"), *(f"{name}{{" for name in _BRACED.split("|"))), rf"({_LAYOUT})(?:(\{{){_PART}(\}}))?"),
    Step("\\", rf"(\\(?:{'|'.join(_SYMBOLS.split()[::2])}){_ENDS})", _sign),
    # Names that lost their backslash and are no English words.
    Step(("times", "cdot"), rf"(times(?<=[\d}}]times){_ENDS}|cdot(?<![a-z]cdot)(?:\s|{_ENDS}))", _sign),
    Step(("rightarrow", "infty", "leq", "geq"), rf"{_ALONE}((?:long)?rightarrow|infty|leq|geq){_ENDS}", _sign),
    Step("{", r"\d(?<![\w^_}\\].)\d*(\{)\d+(\})", "/"),  # "\frac{1}{2}" without its command
    # Braces that only group. Sub- and superscripts, sets ("{0, 1}") and arguments ("min{…}") keep theirs.
    Step("{", r"(\{)(?<![\w^_}\\].)[\w-]*[^\W\d_](?:[\w .'-]*\w)?(\})"),
    Step("{", r"(\{)(?:(?<=[\^_].)\w(\})(?!\w)|(\})(?<![\^_\\]..)|(?<=\w.)-(\})(?=\w))"),
    # Whatever backslash is left: one that glues a command to a word parts them, one before a blank stands for it.
    Step("\\", r"(?<=[A-Za-z0-9])(\\)(?=[A-Za-z]{2})|(\\[\\,;:]\s*|\\\s+)|(\\-(?=\w)|\\!?)", " ", " ", in_links=True),
    Step("~", r"(?:(?<=[A-Za-z.,;:)\]}])(~)(?=[\w(\[\\$])|(?<=\d)(~)(?=[A-Za-z]))(?![A-Za-z]+\()", " ", " "),
    # Quotes and dashes.
    Step("`", r"(``)(?<!```)(?!`)(?:(?!``).){1,400}?(?<!')('')(?!')", "“", "”"),
    Step(("''",), r"('')(?<![\w']'')(?=\w)[^'\n]{1,200}(?<=\S)('')(?![\w'])", "“", "”"),
    Step(("--",), r"(--(?<=[^-\s!<]--)-?(?![-\s>])|--(?<=\s--)-?(?=\s))", lambda dashes: "–—"[len(dashes) - 2]),
)

"""Titles and abstracts without what TeX and markup left behind; no word changes.

A step finds edits. `clean` and `raw_spans` make the same edits, the one in the text alone, the other also in the list
of where each code point came from. The steps run in order, and again until none finds anything, because a repair can
lay bare another ("&amp;lt;"); so cleaning a clean text changes nothing.

What is left alone: words (Greek letters and functions such as "varepsilon" or "sqrt" stay letters), sub- and
superscripts ("T^{2/3}"), sets ("{0, 1}"), a blank that is missing after a full stop, and everything inside a link but
TeX's escapes.
"""

import html
import re
from functools import partial
from unicodedata import is_normalized, normalize

import pandas as pd

from litreview.corpus.phrases import phrases
from litreview.corpus.tex import TEX
from litreview.corpus.text_edits import Edit, Span, Step, apply_edits
from litreview.text.patterns import PatternSet

_MOST_PASSES = 100  # a repair lays bare another a few times, not in a text that was written to be slow
_LINK = re.compile(r"https?://[^\s<>\"{}]+")
# What no sign tells: signs that cannot be seen, blanks at an end, letters apart from their accents.
_ODD = _UNSEEN, _ENDS, _APART = ("unseen",), ("ends",), ("apart",)


def clean_columns(records: pd.DataFrame) -> pd.DataFrame:
    """Return records with `title` and `abstract` (str), cleaned from `title_raw` and `abstract_raw`, "" where missing;
    authors, venue, publisher and keywords are cleaned and missing where they were.
    """
    others = {name: clean_column(records[name]) for name in ("authors", "venue", "publisher", "keywords")}
    texts = {name: clean_column(records[f"{name}_raw"]).fillna("") for name in ("title", "abstract")}
    return records.assign(**others, **texts)


def clean_column(texts: pd.Series) -> pd.Series:
    """Repair a column of texts (str). Index and name stay, and what is missing is missing."""
    doubtful = texts.str.contains(_DOUBTFUL, case=False, na=False) | texts.str.endswith(" ", na=False)
    return texts.mask(doubtful, texts[doubtful].map(clean))


def clean(text: str) -> str:
    """Return `text`, repaired. Cleaning it again changes nothing."""
    return _repair(text, [])[0]


def raw_spans(raw: str) -> list[Span]:
    """Return for each code point of `clean(raw)` the code points [start, end) of `raw` it stands for, in order."""
    return _repair(raw, [(place, place + 1) for place in range(len(raw))])[1]


def _repair(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    for _ in range(_MOST_PASSES):
        before, signs = text, signs_of_damage(text)
        for step in STEPS if signs else ():
            if not signs.isdisjoint(step.needs) and (edits := _outside_links(step, text)):
                text, spans = apply_edits(text, spans, edits)
        if text == before:
            break
    return text, spans


def signs_of_damage(text: str) -> set[str]:
    """Return the signs in a text, in any case, of which steps say that they need them."""
    odd = (not text.isprintable(), text.strip(" ") != text, not (text.isascii() or is_normalized("NFC", text)))
    return {*_SIGNS.found(text), *(sign for (sign,), is_so in zip(_ODD, odd, strict=True) if is_so)}


def _outside_links(step: Step, text: str) -> list[Edit]:
    edits = [*step.edits(text)]
    if edits and not step.in_links:
        links = [match.span() for match in _LINK.finditer(text)]
        edits = [edit for edit in edits if not any(start < edit[1] and edit[0] < end for start, end in links)]
    return edits


# Control characters, soft hyphens and marks of direction.
_HIDDEN = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ENTITY = r"(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
_ATTRIBUTES = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*/?>"
_PREFIX = r"(?:(?:jats|mml|m|ce|sb|tei|x?html|ns\d):)"  # of JATS, MathML, Elsevier, …
_HEAD = rf"{_PREFIX}?(?:title|h[1-6])"
_BLOCK, _INLINE = phrases("block tag"), phrases("inline tag")
# What databases and search engines put round a title: its file in front, its kind behind.
_OF_FILE, _KIND = "(?:pdf|html|book|citation)", phrases("kind")

STEPS = (
    # Blanks and what cannot be seen. A line broken after a hyphen is joined: "offline-\nto-online".
    Step("\n", r"(?<=\w-)([ \t\r]*\n\s*)(?=\w)"),
    Step(_UNSEEN, rf"([^\S ])|({_HIDDEN})", " ", in_links=True),
    # Markup of web pages.
    Step("&", _ENTITY, html.unescape, in_links=True),
    Step(("<!", "]]>"), r"(<!--.{0,2000}?-->)|(<!\[CDATA\[)|(\]\]>)"),
    # Headings of an abstract, <AbstractText Label="AIM"> and <title>Aim</title>, stand before their part: "Aim: …".
    Step(">", r"(?i)(<abstracttext\s[^<>]*\blabel=\")[^\"<>]*(\"[^<>]*>)", " ", ": ", in_links=True),
    Step(">", rf"(?i)(<{_HEAD}{_ATTRIBUTES}\s*(?:abstract|summary)\W{{0,3}}</{_HEAD}>)(?=\s*\S)", " "),
    Step(("</",), rf"(?i)(?<=[\w)])(\s*</{_HEAD}>)(?=\s*\S)", ": "),
    Step(">", rf"(?i)(</?{_PREFIX}?(?:{_BLOCK}){_ATTRIBUTES})", " ", in_links=True),
    Step(">", rf"(?i)(</?(?:{_PREFIX}[\w-]+|(?:{_INLINE})){_ATTRIBUTES})", in_links=True),
    Step("[", rf"(?i)(\[(?:(?<=^\[){_OF_FILE}\]\s*|(?<!^\[)(?:{_KIND})\](?:\s*\[(?:{_KIND}|[a-z]+)\])*\.?\s*$))"),
    # Letters and their accents as one code point, a run of non-ASCII text at a time; ligatures as their letters.
    Step(_APART, r"([\x00-\x7f]?[^\x00-\x7f]+)", partial(normalize, "NFC"), in_links=True),
    Step("ﬀﬁﬂﬃﬄﬅﬆ", "([ﬀ-ﬆ])", partial(normalize, "NFKC")),
    *TEX,
    # Blanks before a comma, and doubled ones.
    Step((" ,",), r"(?<=\w)( +),(?=\s)"),
    Step(("  ",), r" ( +)"),
    Step(_ENDS, r"^( +)|( +)$"),
)
_SIGNS = PatternSet({sign: re.escape(sign) for step in STEPS if step.needs not in _ODD for sign in step.needs})
# What no step finds anything without, but for a blank at the end, which RE2 is slow to find. Latin letters, dashes and
# quotation marks alone are no damage.
_DOUBTFUL = "|".join(["(?-i:[^ -~¡-¬®-ɏ–—‘’“”…])|^ ", *_SIGNS.patterns.values()])

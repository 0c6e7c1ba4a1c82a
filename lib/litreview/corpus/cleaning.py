"""Titles and abstracts as a careful reader would set them: what TeX and markup left behind is mended, no word changes.

A step finds edits. `clean` and `raw_spans` make the same edits, the one in the text alone, the other also in the list
of where each code point came from. The steps run in order, and again until none finds anything, because a mend can lay
bare another ("&amp;lt;"); so cleaning a clean text changes nothing.

What is left alone: words (Greek letters and functions such as "varepsilon" or "sqrt" stay letters), sub- and
superscripts ("T^{2/3}"), sets ("{0, 1}"), a blank that is missing after a full stop, and everything inside a link but
TeX's escapes.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from litreview.corpus import tex
from litreview.corpus.text_edits import Edit, Find, Span, applied, groups, moved, translate


@dataclass(frozen=True)
class Step:
    """One mend. `needs` is a quick test: where it fails, `find` finds nothing."""

    name: str
    needs: Callable[[str], bool]
    find: Find
    in_links: bool = False


def clean(text: str) -> str:
    """`text`, mended. Cleaning it again changes nothing."""
    return _mended(text, None)[0]


def clean_column(texts: pd.Series) -> pd.Series:
    """A column of texts (str), mended; a missing text becomes an empty one. Index and name stay."""
    cleaned = [clean(text) for text in texts.fillna("")]
    return pd.Series(cleaned, index=texts.index, name=texts.name, dtype="str")


def raw_spans(raw: str) -> list[Span]:
    """For each code point of `clean(raw)` the code points [start, end) of `raw` it stands for; they never run back."""
    return _mended(raw, [(place, place + 1) for place in range(len(raw))])[1] or []


def _mended(text: str, spans: list[Span] | None) -> tuple[str, list[Span] | None]:
    changed = True
    while changed:
        changed = False
        for step in STEPS:
            edits = _edits(step, text) if step.needs(text) else []
            if edits:
                text, spans, changed = applied(text, edits), spans and moved(spans, edits), True
    return text, spans


_LINK = re.compile(r"https?://[^\s<>\"{}]+")


def _edits(step: Step, text: str) -> list[Edit]:
    edits = [edit for edit in step.find(text) if text[edit[0] : edit[1]] != edit[2]]
    if step.in_links or not edits or "://" not in text:
        return edits
    links = [match.span() for match in _LINK.finditer(text)]
    return [edit for edit in edits if not any(start < edit[1] and edit[0] < end for start, end in links)]


def _composed(text: str) -> Iterator[Edit]:
    """Letters and their accents as one code point (Unicode NFC), a run of non-ASCII text at a time."""
    if not unicodedata.is_normalized("NFC", text):
        for match in re.finditer(r"[\x00-\x7f]?[^\x00-\x7f]+", text):
            yield match.start(), match.end(), unicodedata.normalize("NFC", match[0])


_BLANKS = [chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) != " "]
_SEEN = {**dict.fromkeys(_BLANKS, " "), **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")}
# Control characters, soft hyphens, marks of direction, and joiners: these shape Persian and Indic words and emoji, but
# beside ASCII they do nothing.
_UNSEEN = (
    f"[{''.join(_BLANKS)}\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?:^|(?<=[\x00-\x7f]))[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\x7f]|$)"
)
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ATTRIBUTES = r"(?:\s+[\w:-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>"
_BLOCKS = rf"</?(?:jats:)?(?:p|br|div|title|sec){_ATTRIBUTES}"
_INLINE = rf"</?(?:jats:)?(?:span|i|b|u|em|strong|sub|sup|italic|bold|tt|code){_ATTRIBUTES}"


def _has(*parts: str) -> Callable[[str], bool]:
    return lambda text: any(part in text for part in parts)


def _beyond_ascii(text: str) -> bool:
    return not text.isascii()


def _ragged(text: str) -> bool:
    return "  " in text or text[:1] == " " or text[-1:] == " "


STEPS = (
    # Blanks and what cannot be seen. A line broken after a hyphen is joined: "offline-\nto-online".
    Step("hyphens", _has("\n"), groups(r"(?<=\w-)([ \t\r]*\n\s*)(?=\w)")),
    Step(
        "unseen",
        lambda text: not text.isprintable(),
        translate(_UNSEEN, lambda found: _SEEN.get(found, "")),
        in_links=True,
    ),
    # Markup of web pages.
    Step("entities", _has("&"), translate(_ENTITY, html.unescape), in_links=True),
    Step("blocks", _has(">"), translate(_BLOCKS, lambda _: " ")),
    Step("inline", _has(">"), translate(_INLINE, lambda _: "")),
    Step("composed", _beyond_ascii, _composed, in_links=True),
    Step("ligatures", _beyond_ascii, translate(f"([{''.join(_LIGATURES)}])", _LIGATURES)),
    # TeX.
    Step("citations", _has("cite"), tex.citations),
    Step("formulas", _has("$"), tex.formulas),
    Step("loose formulas", _has("$ "), tex.loose_formulas),
    Step("thin blanks", _has("\\,"), tex.thin_blanks),
    Step("escaped quotes", _has("\\"), tex.escaped_quotes),
    Step("accents", _has("\\"), tex.accents),
    Step("letters", _has("\\"), tex.letters),
    Step("sizes", _has("\\"), tex.sizes),
    Step("fractions", _has("frac{"), tex.fractions),
    Step("brackets", _has("right"), tex.brackets),
    Step("hyperlinks", _has("\\"), tex.hyperlinks),
    Step("layout", _has("\\", "{", "math"), tex.layout),
    Step("marks", _has("{"), tex.marks),
    Step("symbols", _has("\\"), tex.symbols),
    Step("bare symbols", _has("times", "arrow", "infty", "cdot", "leq", "geq"), tex.bare_symbols),
    Step("bare fractions", _has("{"), tex.bare_fractions),
    Step("braces", _has("{"), tex.braces),
    Step("lone braces", _has("{"), tex.lone_braces),
    Step("empty braces", _has("{"), tex.empty_braces),
    Step("backslashes", _has("\\"), tex.backslashes, in_links=True),
    Step("ties", _has("~"), tex.ties),
    # Quotes, dashes and blanks.
    Step("quotes", _has("`"), tex.quotes),
    Step("opening quotes", _has("`"), tex.opening_quotes),
    Step("doubled quotes", _has("''"), tex.doubled_quotes),
    Step("dashes", _has("--"), tex.dashes),
    Step("commas", _has(" ,"), groups(r"(?<=\w)( +),(?=\s)")),
    Step("doubled blanks", _ragged, groups(r"(?:^( +)| ( +)|( +)$)")),
)

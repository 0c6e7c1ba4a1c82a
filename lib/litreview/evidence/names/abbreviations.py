"""What a name looks like, and where an abbreviation is defined.

Abbreviations are paired with their long forms by the method of Schwartz and Hearst (2003,
doi:10.1142/9789812776303_0042): a short form in brackets, its letters found from right to left in the words before it.
That method takes the shortest stretch, which is too short for "Proximal Policy Optimization (PPO)"; so initials are
tried first.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from litreview.text.patterns import any_word

TOKEN = re.compile(r"[^\s,;:()\[\]{}\"“”‘`<>|!?—]+")
EDGES = ".'’\\/-–=&"
ENDINGS = any_word("accelerated agnostic aware based derived driven free inspired level like style trained tuned")
SUFFIX = re.compile(rf"(?:['’]s|-{ENDINGS})$")
ROMAN = re.compile(r"[IVX]+")
FORMULA = re.compile(r"^\d|^[A-Za-z]_|[\^=\\$<>]")  # 3D, x_t, R^d
# Units and statistics are written as names are.
QUANTITIES = frozenset("ANOVA AUC BMI CI CIs GHz HR Hz IQR kHz kPa MHz mmHg NS OR pH RR SD SDs SE SEM".split())
_MEASURE = "[munpkcd]?(?:[glLm]|IU|[mM]ol|m2)|min|h"
UNIT = re.compile(rf"(?:{_MEASURE}|beats|[a-z]{{2,5}})(?:/(?:{_MEASURE}|day))+")
TITLED = re.compile(r"[A-Z][\w-]+(?: (?:(?:of|for|to|and|with|from|in) )?[A-Z][\w-]+)+$")
REACH = 300  # characters before a bracket in which its long form may begin
PART = re.compile(r"[^\W_][^\s–-]*")  # of a hyphenated word, or a whole one
SMALL = frozenset("a an and as at by for from in of on or the to via with".split())  # no initial need stand for them
WORD = re.compile(r"\S+")
BRACKET = re.compile(r"\(\s*([^()\[\];,:]{2,24}?)\s*(?=[),;:])")
PLAUSIBLE = re.compile(r"(?=[^\W_])\S*[^\W\d_]\S*$")  # a short form begins with a letter or digit, and has a letter


class TextSpan(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int
    text: str


def span_at(text: str, start: int, end: int) -> TextSpan:
    """Return the span of text[start:end]."""
    return TextSpan(start, end, text[start:end])


class Definition(NamedTuple):
    """An abbreviation and the words it stands for."""

    short: TextSpan
    long: TextSpan

    @property
    def name(self) -> TextSpan:
        """The abbreviation, unless the long form is itself a name of one word: "TeachMyAgent (TA)"."""
        return self.long if " " not in self.long.text and looks_like_a_name(self.long.text) else self.short


def tokens(text: str, start: int, end: int) -> Iterator[TextSpan]:
    """Yield the words at a place without the punctuation round them and without endings such as "-based" or "'s"."""
    return filter(None, (_trimmed(match.end(), match[0]) for match in TOKEN.finditer(text, start, end)))


def _trimmed(end: int, word: str) -> TextSpan | None:
    """Return a word without punctuation and endings; none where nothing is left."""
    word, bare = word.lstrip(EDGES + "*"), ""
    start = end - len(word)
    while word != bare:
        bare = word.rstrip(EDGES)
        suffix = SUFFIX.search(bare)
        word = bare[: suffix.start()] if suffix and suffix.start() else bare
    return TextSpan(start, start + len(word), word) if word else None


@lru_cache(maxsize=1 << 16)
def looks_like_a_name(word: str) -> bool:
    """Whether a word is written as names are: DPO, SwAV, netFound, T5, U2UData-2; not Multi-Agent, II, 7B or R^d."""
    if FORMULA.search(word) or ROMAN.fullmatch(word) or word in QUANTITIES or UNIT.fullmatch(word):
        return False
    parts = re.split(r"[-–/]", word)
    return word != word.lower() and any(re.search(r"\d", part) or part[1:] != part[1:].lower() for part in parts)


def name_spans(text: str) -> list[TextSpan]:
    """Return the words of `text` that are written as names."""
    words = (_trimmed(match.end(), match[0]) for match in TOKEN.finditer(text) if not match[0].islower())
    return [word for word in words if word and looks_like_a_name(word.text)]


def definitions(text: str) -> list[Definition]:
    """Find every "long form (SF)" and "SF (long form)" in a text."""
    found = []
    for match in BRACKET.finditer(text):
        short = span_at(text, *match.span(1))
        if len(short.text) <= 14 and PLAUSIBLE.match(short.text):
            long = _long_form(text, match.start(), short.text) or _titled(text, match.start(), short.text)
            found += [Definition(short, long)] if long else []
    return found


def _titled(text: str, end: int, short: str) -> TextSpan | None:
    """Return the capitalised words before a name in brackets: "Exploratory Preference Optimization (XPO)"."""
    stop = len(text[:end].rstrip())
    run = TITLED.search(text, max(0, stop - REACH), stop) if looks_like_a_name(short) else None
    return span_at(text, *run.span()) if run else None


def _long_form(text: str, end: int, short: str) -> TextSpan | None:
    """Return the words before `end` that spell `short`: its letters in order, the first at the start of a word."""
    letters = [character.lower() for character in short if character.isalnum()]
    stop = len(text[:end].rstrip())
    words = list(WORD.finditer(text, max(0, stop - REACH), stop))
    if not words:
        return None
    floor = words[-min(len(letters) + 5, 2 * len(letters), len(words))].start()
    before = text[floor:stop].replace("İ", "I").lower()  # as long as the text
    begin = next((at for at in (_initials(before, letters), _backwards(before, letters)) if at >= 0), -1)
    place = _word_start(text, floor + begin)
    return span_at(text, place, stop) if begin >= 0 and stop - place > len(short) else None


def _initials(before: str, letters: list[str]) -> int:
    """Return where the words begin of which `letters` are the initials, up to the end of the text; -1 for none."""
    parts = [(match.start(), match[0]) for match in PART.finditer(before)]
    for counted in ([part for part in parts if part[1] not in SMALL], parts):
        if [word[0] for _, word in counted[-len(letters) :]] == letters:
            return counted[-len(letters)][0]
    return -1


def _backwards(before: str, letters: list[str]) -> int:
    """Return where the letters begin, each taken from right to left at its nearest place; -1 for nowhere."""
    place = len(before)
    for letter in letters[:0:-1]:
        place = before.rfind(letter, 0, place)
        if place < 0:
            return -1
    place = before.rfind(letters[0], 0, place)
    while place > 0 and before[place - 1].isalnum():
        place = before.rfind(letters[0], 0, place)
    return place


def _word_start(text: str, place: int) -> int:
    """Return where the hyphenated word round `place` begins."""
    while place > 0 and not text[place - 1].isspace() and text[place - 1] not in '(["“':
        place -= 1
    return place

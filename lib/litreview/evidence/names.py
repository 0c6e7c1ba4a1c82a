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

from litreview.evidence.word_classes import any_word, verbose

TOKEN = re.compile(r"[^\s,;:()\[\]{}\"“”‘`<>|!?—]+")
EDGES = ".'’\\/-–=&"
ENDINGS = any_word(
    "a accelerated agnostic an annotated augmented aware based centric compatible derived driven efficient enhanced "
    "family finetuned free friendly generated guided initialized inspired labeled level like only optimal powered "
    "pre-trained pretrained specific style that the trained tuned type which wise"
)
SUFFIX = re.compile(rf"(?:['’]s|-{ENDINGS})$")
ROMAN = re.compile(r"[IVX]+")
FORMULA = verbose(
    r"""
    [\^=\\$<>]  |  ^[A-Za-z]_          # R^d, x_t
    |  ^\d+[A-Za-z]?$  |  \d{4}\)?$     # 3D, 2021
    |  ^\d+(?:\.\d+)?[KMBTkmbx×%]$     # 7B, 1.5x
    |  ^\d(?![A-Z]{2,}\w*[a-z])        # 7B-parameter, but not 3DMOTFormer
    |  ^[A-Z][a-z]*\.$                 # Fig.
    """,
    flags=0,
)
TITLED = re.compile(r"[A-Z][\w-]+(?: (?:(?:of|for|to|and|with|from|in) )?[A-Z][\w-]+)+$")
REACH = 300  # characters before a bracket in which its long form may begin
SMALL = frozenset("a an and as at by for from in of on or the to via with".split())
BRACKET = re.compile(r"\(\s*([^()\[\];,:]{2,24}?)\s*(?=[),;:])")
BEFORE_BRACKET = re.compile(r"([A-Z][\w+-]{1,13})\s\(([^()]{6,90})\)")
WORD = r"(?:\d[A-Z])?[A-Z](?:[\w+*'’-]|&(?=[A-Z]))*(?:\.[\w+*'’-]+)*"
MIXED = r"[a-z]+[A-Z][\w+*'’-]*|[a-z]+-[A-Z][\w-]*"  # netFound, mT5, pi-Nets
NUMBER = r"v?\d+(?:x\d+)?(?:\.\d+)?[BMbm]?(?![\w.])"  # PaLM 540B, AlpacaEval 2.0
SMALL_WORD = r"(?:of|for|to|the|in|with) (?=[A-Z])"  # Capture the Flag
RUN = re.compile(rf"(?:{WORD}|{MIXED})(?:[ /](?:{SMALL_WORD})?(?:{WORD}|{NUMBER}))*")
NO_NAME = verbose(
    any_word(
        r"also an? and as based both by called each e\.g for from in including it its namely on one or our such "
        "specifically that the then these this thus to using we where which while whose with"
    )
    + r"(?![\w-])"
)
BRACKETED = re.compile(r"\s\(([^()\s]{2,20})\)")
ASIDE = r"(?:\s\([^()]*(?:\d|et al)[^()]*\)|\s?\[[\d, –-]+\])?"  # "(98.8%)", "(Doe et al.)", "[12]"
JOIN = re.compile(rf"{ASIDE}(?:,? and |, (?:and )?|/| & |,? as well as )(?:the )?(?=\S)")
ENDED = re.compile(rf"{ASIDE}\s?(?:[,.;)]|$|(?:and|or|by|on|in|with|at|for|while|under|across)\b)")
OR = re.compile(rf"{ASIDE},? or (?=\S)")


class TextSpan(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int
    text: str


def span_at(text: str, start: int, end: int) -> TextSpan:
    """Return the span of text[start:end]."""
    return TextSpan(start, end, text[start:end])


def span_of(match: re.Match[str], group: int | str = 0) -> TextSpan:
    """Return the span of a match or of one of its groups."""
    return TextSpan(*match.span(group), match[group])


class Definition(NamedTuple):
    """An abbreviation and the words it stands for."""

    short: TextSpan
    long: TextSpan


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[TextSpan]:
    """Yield the words of a text without the punctuation round them and without endings such as "-based" or "'s"."""
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        left = match.end() - len(match[0].lstrip(EDGES + "*"))
        right = _trimmed(text, left, match.end())
        if left < right:
            yield span_at(text, left, right)


def _trimmed(text: str, left: int, right: int) -> int:
    """Return where the word that begins at `left` ends, without endings and punctuation."""
    while right > left:
        suffix = SUFFIX.search(text, left, right)
        if suffix and suffix.start() > left:
            right = suffix.start()
        elif text[right - 1] in EDGES:
            right -= 1
        else:
            return right
    return right


@lru_cache(maxsize=1 << 16)
def looks_like_a_name(word: str) -> bool:
    """Whether a word is written as names are: DPO, SwAV, netFound, T5, U2UData-2; not Paper, II, 7B or R^d."""
    if FORMULA.search(word) or ROMAN.fullmatch(word):
        return False
    parts = [part for part in re.split(r"[-–/]", word) if part]
    if len(parts) > 1 and not any(_has_digit(part) or part[1:] != part[1:].lower() for part in parts):
        return len(parts[0]) == 1 and parts[1][0].isupper()  # U-Net, not Multi-Agent
    capitals = sum(map(str.isupper, word))
    inner = len(word) > 2 and any(map(str.isupper, word[1:]))
    return capitals > 1 or inner or (capitals == 1 and (word.endswith("*") or _has_digit(word)))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def name_spans(text: str, start: int = 0, end: int | None = None) -> list[TextSpan]:
    """Return the words of `text` that are written as names."""
    return [token for token in tokens(text, start, end) if looks_like_a_name(token.text)]


def definitions(text: str) -> list[Definition]:
    """Find every "long form (SF)" and "SF (long form)" in a text."""
    found = []
    for match in BRACKET.finditer(text):
        short = span_of(match, 1)
        if " " not in short.text and _plausible(short.text):
            long = _long_form(text, match.start(), short.text) or _titled(text, match.start(), short.text)
            found += [Definition(short, long)] if long else []
    return found + list(_reversed(text))


def _titled(text: str, end: int, short: str) -> TextSpan | None:
    """Return the capitalised words before a name in brackets: "Exploratory Preference Optimization (XPO)"."""
    stop = len(text[:end].rstrip())
    run = TITLED.search(text, max(0, stop - REACH), stop) if looks_like_a_name(short) else None
    return span_of(run) if run else None


def _plausible(short: str) -> bool:
    return 2 <= len(short) <= 14 and any(map(str.isalpha, short)) and short[0].isalnum()


def _long_form(text: str, end: int, short: str) -> TextSpan | None:
    """Return the words before `end` that spell `short`: its letters in order, the first at the start of a word."""
    letters = [character.lower() for character in short if character.isalnum()]
    if letters[-1] == "s" and short[-1] == "s" and len(letters) > 2:
        letters.pop()
    stop = len(text[:end].rstrip())
    words = list(re.compile(r"\S+").finditer(text, max(0, stop - REACH), stop))
    if not words:
        return None
    floor = words[-min(len(letters) + 5, 2 * len(letters), len(words))].start()
    initials = _by_initials(text, floor, stop, letters)
    if initials:
        return initials
    # From right to left, each letter at its nearest place: atomic groups never look for it further on.
    first, *others = map(re.escape, letters)
    spelling = "".join(rf"(?>.*?{letter})" for letter in reversed(others)) + rf".*?{first}(?![^\W_])"
    backwards = re.match(spelling, text[floor:stop][::-1], re.IGNORECASE | re.DOTALL)
    place = _word_start(text, stop - backwards.end()) if backwards else stop
    return span_at(text, place, stop) if stop - place > len(short) else None


def _word_start(text: str, place: int) -> int:
    """Return where the hyphenated word round `place` begins."""
    while place > 0 and not text[place - 1].isspace() and text[place - 1] not in '(["“':
        place -= 1
    return place


def _by_initials(text: str, floor: int, end: int, letters: list[str]) -> TextSpan | None:
    """Return the words before `end` whose initials are `letters`; small words in between may stay out."""
    words = list(re.compile(r"[^\s\-–(\[\"“]+").finditer(text, floor, end))
    wanted = list(letters)
    for word in reversed(words):
        if word[0][0].lower() == wanted[-1]:
            wanted.pop()
        elif word[0].lower() not in SMALL:
            return None
        if not wanted:
            return span_at(text, _word_start(text, word.start()), end)
    return None


def _reversed(text: str) -> Iterator[Definition]:
    """Find a short form before the bracket with its words: "GNMT (Google Neural Machine Translation)"."""
    for match in BEFORE_BRACKET.finditer(text):
        long = _long_form(text, match.end(2), match[1])
        if long and match.start(2) <= long.start <= match.start(2) + 4:
            yield Definition(span_of(match, 1), span_of(match, 2))


def run_at(text: str, place: int) -> TextSpan | None:
    """Return the capitalised run at `place` without closing punctuation; none where a word ends in "-based" or so."""
    run = RUN.match(text, place)
    words = run[0].rstrip(".'’") if run else ""
    if not words or NO_NAME.match(words) or any(SUFFIX.search(word) for word in words.split()):
        return None
    return TextSpan(place, place + len(words), words)


def abbreviated(text: str, span: TextSpan) -> TextSpan:
    """Return the name in the bracket behind a phrase of several words, else the phrase."""
    bracketed = BRACKETED.match(text, span.end) if " " in span.text else None
    if bracketed and looks_like_a_name(bracketed[1]):
        return span_of(bracketed, 1)
    return span


def with_joined(text: str, first: TextSpan, plain: bool = False) -> list[TextSpan]:
    """Return a name and those joined to it by commas and "and"; of "long form, or SF" the short form.

    Those joined must be written as names, or with `plain` be one capitalised word that is followed by no other word.
    """
    names = [first]
    while True:
        alternative = OR.match(text, names[-1].end)
        join = alternative or JOIN.match(text, names[-1].end)
        run = run_at(text, join.end()) if join else None
        if not run or not (looks_like_a_name(run.text.split()[0]) or (plain and ENDED.match(text, run.end))):
            return names
        if alternative:
            names.pop()
        names.append(run)

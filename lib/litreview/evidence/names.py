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

TOKEN = re.compile(r"[^\s,;:()\[\]{}\"“”‘`<>|!?—]+")
EDGES = ".'’\\/-–=&"
SUFFIX = re.compile(
    r"(?:['’]s|-(?:based|like|style|type|trained|tuned|finetuned|powered|driven|guided|inspired|free|enhanced"
    r"|augmented|"
    r"level|only|generated|optimal|that|which|a|an|the|style|family|specific|aware|pretrained|pre-trained|derived"
    r"|accelerated|efficient|friendly|agnostic|centric|wise|compatible|initialized|labeled|annotated))$"
)
ROMAN = re.compile(r"[IVX]+")
FORMULA = re.compile(
    r"[\^=\\$<>]|^[A-Za-z]_|^\d+[A-Za-z]?$|^\d+(?:\.\d+)?[KMBTkmbx×%]$|\d{4}\)?$|^\d(?![A-Z]{2,}\w*[a-z])"
    r"|^[A-Z][a-z]*\.$"
)
TITLED = re.compile(r"[A-Z][\w-]+(?: (?:(?:of|for|to|and|with|from|in) )?[A-Z][\w-]+)+$")
REACH = 300  # characters before a bracket in which its long form may begin
SMALL = frozenset("a an and as at by for from in of on or the to via with".split())
BRACKET = re.compile(r"\(\s*([^()\[\];,:]{2,24}?)\s*(?=[),;:])")


class TextSpan(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int
    text: str


class Definition(NamedTuple):
    """An abbreviation and the words it stands for."""

    short: TextSpan
    long: TextSpan


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[TextSpan]:
    """The words of a text without the punctuation round them and without endings such as "-based" or "'s"."""
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        left, right = match.span()
        while left < right and text[left] in EDGES + "*":
            left += 1
        right = _trimmed(text, left, right)
        if left < right:
            yield TextSpan(left, right, text[left:right])


def _trimmed(text: str, left: int, right: int) -> int:
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
    capitals = sum(character.isupper() for character in word)
    inner = any(character.isupper() for character in word[1:] if character.isalpha())
    parts = [part for part in re.split(r"[-–/]", word) if part]
    only_hyphenated = len(parts) > 1 and all(
        part[1:] == part[1:].lower() and not any(map(str.isdigit, part)) for part in parts
    )
    if only_hyphenated:
        return len(parts[0]) == 1 and parts[1][0].isupper()
    return (
        capitals >= 2
        or (capitals and word.endswith("*"))
        or (inner and len(word) > 2)
        or (capitals >= 1 and any(map(str.isdigit, word)))
    )


def name_spans(text: str, start: int = 0, end: int | None = None) -> list[TextSpan]:
    """The words of `text` that are written as names."""
    return [token for token in tokens(text, start, end) if looks_like_a_name(token.text)]


def definitions(text: str) -> list[Definition]:
    """Every "long form (SF)" and "SF (long form)" in a text."""
    found = []
    for match in BRACKET.finditer(text):
        short = TextSpan(match.start(1), match.end(1), match[1])
        if " " not in short.text and _plausible(short.text):
            long = _long_form(text, match.start(), short.text) or _titled(text, match.start(), short.text)
            if long:
                found.append(Definition(short, long))
    return found + list(_reversed(text))


def _titled(text: str, end: int, short: str) -> TextSpan | None:
    """Return the capitalised words before a name in brackets: "Exploratory Preference Optimization (XPO)"."""
    stop = len(text[:end].rstrip())
    run = TITLED.search(text, max(0, stop - REACH), stop) if looks_like_a_name(short) else None
    return TextSpan(run.start(), run.end(), run[0]) if run else None


def _plausible(short: str) -> bool:
    return 2 <= len(short) <= 14 and any(map(str.isalpha, short)) and short[0].isalnum()


def _long_form(text: str, end: int, short: str) -> TextSpan | None:
    """The words before `end` that spell `short`: each of its letters in order, the first at the start of a word."""
    letters = [character.lower() for character in short if character.isalnum()]
    if letters[-1] == "s" and short[-1] == "s" and len(letters) > 2:
        letters.pop()
    stop = len(text[:end].rstrip())
    words = list(re.compile(r"\S+").finditer(text, max(0, stop - REACH), stop))
    words = words[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return None
    floor = words[0].start()
    initials = _by_initials(text, floor, stop, letters)
    if initials:
        return initials
    place = stop
    for number, letter in reversed(list(enumerate(letters))):
        place -= 1
        while place >= floor and (
            text[place].lower() != letter or (number == 0 and place > 0 and text[place - 1].isalnum())
        ):
            place -= 1
        if place < floor:
            return None
    place = _word_start(text, place)
    return TextSpan(place, stop, text[place:stop]) if stop - place > len(short) else None


def _word_start(text: str, place: int) -> int:
    """Where the hyphenated word round `place` begins."""
    while place > 0 and not text[place - 1].isspace() and text[place - 1] not in '(["“':
        place -= 1
    return place


def _by_initials(text: str, floor: int, end: int, letters: list[str]) -> TextSpan | None:
    """The words before `end` whose initials are `letters`; small words in between may stay out."""
    words = list(re.compile(r"[^\s\-–(\[\"“]+").finditer(text, floor, end))
    wanted = list(letters)
    for word in reversed(words):
        if word[0][0].lower() == wanted[-1]:
            wanted.pop()
        elif word[0].lower() not in SMALL:
            return None
        if not wanted:
            start = _word_start(text, word.start())
            return TextSpan(start, end, text[start:end])
    return None


def _reversed(text: str) -> Iterator[Definition]:
    """ "SC2LE (StarCraft II Learning Environment)": the short form before the bracket."""
    for match in re.finditer(r"([A-Z][\w+-]{1,13})\s\(([^()]{6,90})\)", text):
        long = _long_form(text, match.end(2), match[1])
        if long and long.start <= match.start(2) + 4 and long.start >= match.start(2):
            yield Definition(
                TextSpan(match.start(1), match.end(1), match[1]), TextSpan(match.start(2), match.end(2), match[2])
            )


WORD = r"(?:\d[A-Z])?[A-Z](?:[\w+*'’-]|&(?=[A-Z]))*(?:\.[\w+*'’-]+)*"
MIXED = r"[a-z]+[A-Z][\w+*'’-]*|[a-z]+-[A-Z][\w-]*"  # netFound, mT5, pi-Nets
NUMBER = r"v?\d+(?:x\d+)?(?:\.\d+)?[BMbm]?(?![\w.])"  # PaLM 540B, AlpacaEval 2.0
SMALL_WORD = r"(?:of|for|to|the|in|with) (?=[A-Z])"  # Capture the Flag
RUN = re.compile(rf"(?:{WORD}|{MIXED})(?:[ /](?:{SMALL_WORD})?(?:{WORD}|{NUMBER}))*")
NO_NAME = re.compile(
    r"(?:an?|the|this|these|which|that|and|where|with|our|its|in|by|for|to|one|both|each|such|including|also|then"
    r"|thus|based|namely|"
    r"e\.g|using|as|specifically|called|or|we|whose|while|on|from|it)(?![\w-])",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\s\(([^()\s]{2,20})\)")
ASIDE = r"(?:\s\([^()]*(?:\d|et al)[^()]*\)|\s?\[[\d, –-]+\])?"  # "(98.8%)", "(Doe et al.)", "[12]"
JOIN = re.compile(rf"{ASIDE}(?:,? and |, (?:and )?|/| & |,? as well as )(?:the )?(?=\S)")
ENDED = re.compile(rf"{ASIDE}\s?(?:[,.;)]|$|(?:and|or|by|on|in|with|at|for|while|under|across)\b)")
OR = re.compile(rf"{ASIDE},? or (?=\S)")


def run_at(text: str, place: int) -> TextSpan | None:
    """The run at `place` without closing punctuation; none where a word of it ends in "-based" or the like."""
    run = RUN.match(text, place)
    words = run[0].rstrip(".'’") if run else ""
    if not words or NO_NAME.match(words) or any(SUFFIX.search(word) for word in words.split()):
        return None
    return TextSpan(place, place + len(words), words)


def abbreviated(text: str, span: TextSpan) -> TextSpan:
    """The name in the bracket behind a phrase of several words, else the phrase."""
    bracketed = BRACKETED.match(text, span.end) if " " in span.text else None
    if bracketed and looks_like_a_name(bracketed[1]):
        return TextSpan(bracketed.start(1), bracketed.end(1), bracketed[1])
    return span


def with_joined(text: str, first: TextSpan, plain: bool = False) -> list[TextSpan]:
    """A name and those joined to it by commas and "and"; of "long form, or SF" the short form.

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

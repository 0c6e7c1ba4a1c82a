"""The field's own names and their aliases, found in a text and resolved to one name.

The entries are in data/curated/lexicon.yml. Matching ignores hyphens, blanks, British spelling and a plural s, so that
"CIFAR-100" finds "CIFAR100s". Case counts where it carries the meaning: an entry of four letters or fewer must stand as
it is written ("PRO" is a method, "pro" is not), and one with capitals needs a capital in the text.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import yaml

from litreview.errors import LexiconError
from litreview.paths import CURATED

KINDS = ("methods", "techniques", "models", "datasets", "benchmarks", "environments", "metrics", "fields")
SHORT = 4  # letters: up to here an entry is matched in its own case only
WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
GAP = re.compile(r"\s?[-‐-–/'’.+_~·:@;&]?|\s[-–/&]?\s?|\(")
BRITISH = (("isation", "ization"), ("ise", "ize"), ("behaviour", "behavior"), ("neighbour", "neighbor"))


class Mention(NamedTuple):
    """An entry of the lexicon where it stands in a text."""

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """One spelling of one name."""

    spelling: str
    name: str
    kind: str

    def reads(self, text: str) -> bool:
        """Whether `text`, which has the same letters, also has the case that this entry needs."""
        letters, own = _letters(text), _letters(self.spelling)
        if own == own.lower():
            return True
        if len(own) <= SHORT or own == own.upper():
            return letters.removesuffix("s") == own.removesuffix("s")
        return text != text.lower()


class Lexicon:
    """All entries, by their folded spelling."""

    def __init__(self, kinds: dict[str, dict[str, str | list[str] | None]]) -> None:
        self.entries: dict[str, list[Entry]] = {}
        for kind, names in kinds.items():
            for name, aliases in names.items():
                for spelling in [name, *([aliases] if isinstance(aliases, str) else aliases or [])]:
                    self.entries.setdefault(_key(spelling), []).append(Entry(spelling, name, kind))
        self.longest = max(
            (len(WORD.findall(entry.spelling)) for found in self.entries.values() for entry in found), default=0
        )
        self.openings = {key[:count] for key in self.entries for count in (1, 2, 3)}

    def entry(self, text: str) -> Entry | None:
        """The entry that `text` as a whole names, or none."""
        return next((entry for entry in self.entries.get(_key(text), ()) if entry.reads(text)), None)

    def name(self, text: str) -> str:
        """The one name under which `text` is counted; `text` itself where the lexicon does not know it."""
        entry = self.entry(text)
        return entry.name if entry else text

    @cached_property
    def spellings(self) -> dict[str, int]:
        """Name → in how many ways the lexicon spells it."""
        return Counter(entry.name for found in self.entries.values() for entry in found)

    def mentions(self, text: str) -> list[Mention]:
        """Every entry in `text`, longest first at each place, in order and without overlap."""
        words = [match.span() for match in WORD.finditer(text)]
        found, place = [], 0
        while place < len(words):
            hit = self._longest_at(text, words, place)
            if hit:
                found.append(hit[0])
            place += hit[1] if hit else 1
        return found

    def _longest_at(self, text: str, words: list[tuple[int, int]], place: int) -> tuple[Mention, int] | None:
        if not self._opens(text[slice(*words[place])]):
            return None
        start = words[place][0]
        for count in range(min(self._reach(text, words, place), self.longest), 0, -1):
            end = words[place + count - 1][1]
            entry = self.entry(text[start:end])
            if entry:
                return Mention(start, _closed(text, start, end), entry.name, entry.kind), count
        return None

    def _opens(self, word: str) -> bool:
        return _key(word)[:3] in self.openings

    def _reach(self, text: str, words: list[tuple[int, int]], place: int) -> int:
        """How many words from `place` on stand together, with nothing but blanks and hyphens between them."""
        count = 1
        while place + count < len(words) and count < self.longest:
            if not GAP.fullmatch(text, words[place + count - 1][1], words[place + count][0]):
                break
            count += 1
        return count


@cache
def load_lexicon(path: Path = CURATED / "lexicon.yml") -> Lexicon:
    """The lexicon in a YAML file of kind → name → alias or aliases; raises `LexiconError` where it is not one."""
    try:
        kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconError.unreadable(path, error) from error
    if not isinstance(kinds, dict) or not all(isinstance(names, dict) for names in kinds.values()):
        raise LexiconError.no_mapping(path)
    for kind in kinds:
        if kind not in KINDS:
            raise LexiconError.unknown_kind(path, kind, KINDS)
    return Lexicon(kinds)


@cache
def folded(text: str) -> str:
    """The letters and digits of `text` in lower case and American spelling: what two spellings of a name share."""
    key = "".join(WORD.findall(text.casefold()))
    for british, american in BRITISH:
        key = key.replace(british, american)
    return key


def _key(text: str) -> str:
    """The folded text without a plural s."""
    return folded(text).removesuffix("s")


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _closed(text: str, start: int, end: int) -> int:
    """`end`, moved behind a bracket that the span opened: "TD(0)"."""
    return end + 1 if "(" in text[start:end] and text[end : end + 1] == ")" else end

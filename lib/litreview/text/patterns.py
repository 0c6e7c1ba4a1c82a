"""Phrases of plain words, and many patterns at once over a text.

RE2 takes time linear in the text whatever the pattern, and its `Set` tells in one pass which of many patterns occur.
Only those are then looked for one by one, so that offsets cost nothing where there is nothing to find.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import re2

_OPTIONS = re2.Options()
_OPTIONS.case_sensitive = _OPTIONS.log_errors = False
_OPTIONS.longest_match = True
_OPTIONS.max_mem = 256 << 20  # bytes for the automaton of a whole set; above what hundreds of phrases need
BLANK, HYPHEN = r"[\s‐-–-]+", r"[\s‐-–-]*"
ANY_END = r"[\w\pL\pM\pN]*"
# Two letters of one word. Scripts that put no blanks between words, and Korean with its endings, are left out.
WITHIN = re.compile("[^\\W_\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]{2}")
# What is spelled in two ways: where it stands, the pattern of both, and the one that stands for both.
SPELLINGS = (
    (re.compile(r"(?<=\w\w)i[sz](?=(?:e|ed|es|er|ers|ing|ation|ations)\b)"), "i[sz]", "iz"),
    (re.compile(r"(behavi|col|fav|lab|neighb)ou?r"), r"\1ou?r", r"\1or"),
    (re.compile(r"(mod|lab)ell?(?=(?:ed|ing)\b)"), r"\1ell?", r"\1el"),
)


def phrase_pattern(phrase: str) -> str:
    """Return the RE2 pattern of a phrase: what a reader means by it, in the spellings a text may have.

    Case never counts. A blank stands for blanks or a hyphen; a hyphen also for nothing (fine-tuning, fine tuning,
    finetuning). The last word may be plural. British and American spellings are one (-ise/-ize, -our/-or,
    -lled/-led). A word that ends in * takes any ending.
    """
    return _plural("".join(map(_piece, re.split(r"(\s+|-)", phrase.strip()))))


def _piece(piece: str) -> str:
    if piece == "-" or piece.isspace():
        return HYPHEN if piece == "-" else BLANK
    pattern = re.escape(piece.removesuffix("*"))
    for spelling, both, _ in SPELLINGS:
        pattern = spelling.sub(both, pattern)
    return pattern + (r"\w*" if piece.isascii() else ANY_END) * piece.endswith("*")


def any_of(patterns: Iterable[str]) -> str:
    """Return one pattern for any of several, each as whole words.

    RE2 knows the edges of ASCII words alone; `PatternSet.spans` looks at the edges of others.
    """
    return "(?:" + "|".join(f"{_edge(pattern[:1])}(?:{pattern}){_edge(pattern[-6:])}" for pattern in patterns) + ")"


def _edge(signs: str) -> str:
    return r"\b" if signs.isascii() and signs != ANY_END[-6:] else ""


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> "re2._Regexp":
    """Return an RE2 pattern that ignores case and takes the longest match; raises `re2.error` when it is not RE2
    syntax.
    """
    return re2.compile(pattern, _OPTIONS)


class PatternSet:
    """Many patterns of RE2 by key, asked of one text in one pass."""

    def __init__(self, patterns: dict[Any, str]):
        self.patterns, self._keys = patterns, [*patterns]
        self._set = re2.Set.SearchSet(_OPTIONS)
        for pattern in patterns.values():
            self._set.Add(pattern)
        self._set.Compile()

    def found(self, text: str) -> list[Any]:
        """Return the keys of the patterns that occur in `text`, in their order."""
        return [self._keys[place] for place in sorted(self._set.Match(text) or ())]

    def spans(self, text: str, keys: Sequence[Any]) -> Iterator[tuple[Any, int, int]]:
        """Return (key, start, end) of every match of some of the patterns that is not empty, in code points."""
        raw = text.encode()  # of a str, RE2 would count the letters at each match
        place: Sequence[int] = range(len(raw) + 1)
        if len(raw) > len(text):  # letters before each byte; those below -64 go on with one
            place = [0, *np.cumsum(np.frombuffer(raw, "int8") >= -64).tolist()]
        for key in keys:
            for match in compiled(self.patterns[key]).finditer(raw):
                start, end = map(place.__getitem__, match.span())
                if end > start and not (start and WITHIN.match(text, start - 1)) and not WITHIN.match(text, end - 1):
                    yield key, start, end


class Cues:
    """Patterns of `re` by key, asked of one text: one pass leaves out what cannot be there, `re` finds the rest."""

    def __init__(self, patterns: dict[Any, re.Pattern[str]]):
        self._patterns = patterns
        self._loosened = PatternSet({key: _loosened(pattern) for key, pattern in patterns.items()})

    def matches(self, text: str) -> Iterator[tuple[Any, re.Match[str]]]:
        """Return each match with the key of its pattern, in the order of the patterns."""
        return ((key, match) for key in self._possible(text) for match in self._patterns[key].finditer(text))

    def found(self, text: str) -> list[Any]:
        """Return the keys of the patterns that occur in `text`, in their order."""
        return [key for key in self._possible(text) if self._patterns[key].search(text)]

    def _possible(self, text: str) -> list[Any]:
        return self._loosened.found(text if text.isascii() else FOREIGN.sub("x", text))


FOREIGN = re.compile(r"[^\W\x00-\x7f]")  # letters that are none to RE2
# An escape, a class; a look around, a count; layout; any other sign.
PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\{\d+,?\d*\}|\s+|\#[^\n]*|.")


def _loosened(pattern: re.Pattern[str]) -> str:
    """Return a pattern of RE2 that finds at least what `pattern` finds: it looks round no place and counts nothing."""
    pieces, layout, inside = [], pattern.flags & re.VERBOSE, 0
    for piece in PIECE.findall(FOREIGN.sub("x", pattern.pattern)):
        if inside or piece in ("(?=", "(?!", "(?<=", "(?<!"):
            inside += piece.startswith("(") - (piece == ")")
        elif not layout or not (piece.isspace() or piece[0] == "#"):
            pieces.append(piece if piece[0] != "{" else "*" if piece[1] == "0" else "+")
    return f"(?{'i' if pattern.flags & re.IGNORECASE else '-i'}:{''.join(pieces)})"


def verbose(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with `re.VERBOSE` that ignores case, but let a single blank between signs stand for a blank.

    Line breaks, indentation and wider gaps are layout, so that phrases read as they are written. Inside (?-i:…) case
    counts.
    """
    return re.compile(re.sub(r"(?<=[^\s\\]) (?=\S)", r"\\ ", pattern), re.IGNORECASE | re.VERBOSE)


def any_word(words: str) -> str:
    """Return the pattern for any of some words or stems, given as one text with blanks between them."""
    return f"(?:{'|'.join(words.split())})"


def nouns(words: str) -> str:
    """Return the pattern for any of some regular nouns, singular or plural."""
    return any_word(" ".join(map(_plural, words.split())))


def _plural(noun: str) -> str:
    """A pattern that ends in a letter, with the endings of a plural."""
    return re.sub(r"(?<=[a-zA-Z])$", "(?:e?s)?", re.sub(r"(?<=[^aeiou])y$", "(?:y|ies)", noun))


def inflected(words: str) -> str:
    """Return the pattern for any form of some regular verbs: "propose" also finds proposes, proposed, proposing."""
    return any_word(re.sub(r"(?<=\w)(?!\S)", "(?:e?s|ed|ing)?", re.sub(r"e(?!\S)", "(?:es?|ed|ing)", words)))

"""Word classes that several rules share, and the functions that write patterns of them."""

import re


def verbose(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern with `re.VERBOSE`, but let a single blank between two signs stand for a blank.

    Line breaks, indentation and wider gaps are layout, so that phrases read as they are written.
    """
    return re.compile(re.sub(r"(?<=[^\s\\]) (?=\S)", r"\\ ", pattern), flags | re.VERBOSE)


def any_word(words: str) -> str:
    """Return the pattern for any of some words or stems, given as one text with blanks between them."""
    return f"(?:{'|'.join(words.split())})"


def nouns(words: str) -> str:
    """Return the pattern for any of some regular nouns, singular or plural."""
    return any_word(" ".join(_with_plural(word) for word in words.split()))


def inflected(words: str) -> str:
    """Return the pattern for any form of some regular verbs: "propose" also finds proposes, proposed, proposing."""
    return any_word(" ".join(_with_endings(word) for word in words.split()))


def _with_plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}(?:y|ies)"
    return f"{noun}(?:es)?" if re.search(r"(?:s|x|ch|sh)$", noun) else f"{noun}s?"


def _with_endings(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb[:-1]}(?:es?|ed|ing)"
    return f"{verb}(?:es|ed|ing)?" if re.search(r"(?:s|x|ch|sh)$", verb) else f"{verb}(?:s|ed|ing)?"


METHOD = nouns(
    "agent algorithm approach architecture framework LLM method model optimi[sz]er policy procedure rule schedule "
    "scheduler strategy system technique tool"
)
DATA = nouns(r"benchmark challenge corpus dataset data\s?set environment platform simulator suite test\s?bed")
MORE_DATA = nouns("collection domain game harness leaderboard repository task")
BENCHMARK = rf"(?:{DATA}|{MORE_DATA}|corpora|instances|test\s(?:sets?|splits?)|validation)"
PAPER = any_word("approach article framework manuscript paper report research study thesis work")

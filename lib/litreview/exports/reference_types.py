"""What kind of work a paper is: ours for the word of a source, and the word of a format for ours, by a table that is
data: `reference_types.csv`.

Of several words of a kind in one format, the first is written and all are read; a word without a format is read in
every format. The rows of "venue" name words by which a venue tells its kind, for a source that does not.
"""

import csv
import re
from functools import cache
from pathlib import Path

KINDS = Path(__file__).with_name("reference_types.csv")
VENUE, ARTICLE, PREPRINT, OTHER = "venue", "journal article", "preprint", "other"


def kind_of(word: str, format_: str, venue: str, arxiv_id: str) -> str:
    """Return the kind of a work that a source calls `word`; by its venue, else by its arXiv id, where that says
    nothing.

    A source may give several words ("JournalArticle; Conference"): the last that is known counts.
    """
    words = [_key(each) for each in (word, *reversed(word.split(";"))) if each]
    found = next((kind for each in words for of in (format_, "") if (kind := _read().get((of, each)))), "")
    if not venue and found in ("", OTHER):
        return PREPRINT if arxiv_id else OTHER
    named = ((kind, rf"\b{re.escape(word)}\b") for kind, of, word in _rows() if of == VENUE)
    return found or next((kind for kind, pattern in named if re.search(pattern, venue, re.IGNORECASE)), ARTICLE)


def word_for(kind: str, format_: str) -> str:
    """Return what a format calls a kind."""
    return next(word for each, of, word in _rows() if (each, of) == (kind, format_))


@cache
def _rows() -> list[list[str]]:
    """Kind, format and word of each row."""
    return [*csv.reader(KINDS.read_text(encoding="utf-8").splitlines())][1:]


@cache
def _read() -> dict[tuple[str, str], str]:
    return {(format_, _key(word)): kind for kind, format_, word in _rows() if format_ != VENUE}


def _key(word: str) -> str:
    """Its letters, in lower case: "JournalArticle" is "journal article"."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())

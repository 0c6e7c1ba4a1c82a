"""A source's word for a work, in ours, and ours in a format's."""

import csv

import pytest

from litreview.exports.reference_types import KINDS, VENUE, kind_of, word_for

# (word of the source, format, venue, arXiv id, kind)
WORDS = [
    ("article", "bibtex", "Nature", "", "journal article"),
    ("article", "csl", "", "", "preprint"),  # the same word means another thing in CSL
    ("Article; Proceedings Paper", "wos", "Physica A", "", "journal article"),  # a paper that had been on a conference
    ("JournalArticle; Conference", "semantic_scholar", "ICLR", "", "conference paper"),
    ("conferencePaper", "zotero", "ICML", "", "conference paper"),
    ("proceedings-article", "openalex", "", "", "conference paper"),
    ("misc", "bibtex", "", "2305.18290", "preprint"),
    ("misc", "bibtex", "A poster", "2305.18290", "other"),
    ("", "listing", "ICLR 2024", "", "conference paper"),  # no word: the venue tells
    ("", "atom", "Proc. of the 9th Workshop on Queues", "2001.00001", "conference paper"),
    ("", "table", "Proceedings of the IEEE journal", "", "journal article"),
    ("", "table", "Sacred Texts", "", "journal article"),  # "SAC" stands in a word
    ("", "table", "arXiv (Cornell)", "", "preprint"),
    ("", "listing", "", "2001.00001", "preprint"),
    ("", "table", "", "", "other"),
    ("nonsense", "table", "", "", "other"),
]


@pytest.mark.parametrize(("word", "format_", "venue", "arxiv_id", "expected"), WORDS)
def test_what_a_source_calls_a_work_has_one_kind(word, format_, venue, arxiv_id, expected):
    assert kind_of(word, format_, venue, arxiv_id) == expected


def test_every_kind_has_a_word_in_every_format_that_is_written():
    rows = list(csv.DictReader(KINDS.read_text(encoding="utf-8").splitlines()))
    for kind in {row["kind"] for row in rows}:
        assert all(word_for(kind, name) for name in ("bibtex", "ris", "csl"))
        assert kind_of(kind, "table", "", "") == kind
    venues = [row["word"] for row in rows if row["format"] == VENUE]
    assert len(set(venues)) == len(venues)

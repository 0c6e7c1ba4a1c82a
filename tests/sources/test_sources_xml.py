"""XML of arXiv, PubMed and EndNote; and no trap in it."""

import pytest
from reading import SAMPLES, rejected, rows

from litreview.errors import SourceError


def test_an_atom_entry_of_arxiv():
    first, second = rows((SAMPLES / "atom.xml").read_bytes())
    assert (first["arxiv_id"], first["arxiv_version"], first["category"]) == ("2305.18290", "3", "cs.LG")
    assert (first["doi"], first["venue"]) == ("10.1000/journal.1", "J. Queues 3 (2024)")
    assert first["published"] == "2023-05-29"  # not when it was last updated
    assert first["abstract_raw"] == "While queues <learn> and $x < y$,\nthey wait."
    assert first["authors"] == "Ann Lee; Suresh K"
    assert second["arxiv_id"] == "hep-th/9901001"
    assert rejected((SAMPLES / "atom.xml").read_bytes()) == [(3, "arXiv answered with an error")]


def test_pubmed_gives_names_and_dates_in_parts_and_words_in_italics():
    first, second = rows((SAMPLES / "pubmed.xml").read_bytes())
    assert (first["pmid"], first["doi"], first["published"]) == ("12345678", "10.1000/abc.1", "2019-07")
    assert first["authors"] == "John A Smith; The Ward Group"
    assert first["title_raw"] == "A trial of H2O in a ward."
    assert first["abstract_raw"] == "Wards have queues.\nWe wait."
    assert second["pmid"] == "2"  # and not the number of a paper it comments on


def test_endnote_sets_words_in_styles():
    (row,) = rows((SAMPLES / "endnote.xml").read_bytes())
    assert (row["title_raw"], row["kind"], row["published"]) == ("Queues in EndNote", "Journal Article", "2012-05-12")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<feed><entry><title>&b;</title></entry></feed>"
)
OUTSIDE = '<!DOCTYPE feed [<!ENTITY a SYSTEM "secret.txt">]><feed><entry><title>&a;</title></entry></feed>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, "declares entities"),
        (f'<?xml version="1.0"?>{OUTSIDE}', "declares entities"),
        ("<feed>" + "<entry>" * 10_000, "looks like XML"),
        ("<feed><entry>" + "<a>" * 10_000 + "</a>" * 10_000 + "</entry></feed>", "looks like XML"),
        ("<feed><entry><title>A</title></entry>", "looks like XML"),  # cut short: nothing of it is loaded
        ("<feed><entry><title>A & B</title></entry></feed>", "looks like XML"),
    ],
)
def test_a_trap_or_a_broken_file_is_told(text, message):
    with pytest.raises(SourceError, match=message):
        rows(text)


def test_a_feed_without_entries_holds_no_records():
    assert rows('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>') == []

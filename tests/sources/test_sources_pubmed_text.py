"""PubMed's text formats: what each paragraph or sentence of a numbered citation is."""

import json

import pytest
from reading import SAMPLES, rows

from litreview.errors import SourceError


def test_an_abstract_as_text_is_told_from_the_paragraphs_round_it():
    first, second, third = rows((SAMPLES / "pubmed_abstract.txt").read_bytes())
    assert first["title_raw"] == "A title of queues that runs over the\nend of a line: a trial."
    assert first["authors"] == "J Doe; AB Roe; van der Berg C 3rd; Queue Study Group"
    assert first["abstract_raw"].splitlines()[0] == "BACKGROUND: Queues are long. "
    assert first["abstract_raw"].splitlines()[-1] == "2. Another such."  # a number that is no record's
    assert (first["doi"], first["pmid"], first["venue"]) == ("10.5555/jim9030700", "32999999", "J Invent Med")
    assert (first["published"], second["published"], third["published"]) == ("2020-03-05", "1999-07", "2023-08-08")
    assert json.loads(first["extra"])["notes"][-1] == "Conflict of interest statement: None."
    assert "authors" not in second
    assert "abstract_raw" not in second
    assert (third["authors"], third["abstract_raw"]) == ("H Solo", "Excerpt of it.")


def test_a_summary_is_one_paragraph():
    first, second, third = rows((SAMPLES / "pubmed_summary.txt").read_bytes())
    assert first["title_raw"] == "A title of queues: is it good?"
    assert (first["authors"], first["venue"]) == ("J Doe; AB Roe; van der Berg C 3rd", "J Invent Med")
    assert (first["published"], first["doi"], first["pmid"]) == ("2020-03-05", "10.5555/jim9030700", "32999999")
    assert (second["title_raw"], second["venue"]) == ("Queues. Part 2.", "Proc Natl Acad Sci U S A")
    assert third["title_raw"] == "[On queues]."  # no authors


def test_a_numbered_list_that_is_not_pubmeds_is_not_taken_for_it():
    with pytest.raises(SourceError):
        rows("1. Doe J. A paper. Journal. 2019.\n\n2. Roe R. Another. Journal. 2020.\n")

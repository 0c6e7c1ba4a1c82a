"""A text twice as long takes twice the work, however it is made."""

import sys

import invented
import pytest

import litreview as lr


def calls(abstract: str) -> int:
    """How many functions, of Python or C, are called to read an abstract."""
    corpus, seen = invented.corpus_of({"paper_id": "p", "title": "Bandits", "abstract": abstract}), []
    sys.setprofile(lambda _frame, event, _arg: seen.append(event.endswith("call")))
    lr.assign_themes(corpus)
    lr.extract_evidence(corpus)
    sys.setprofile(None)
    return sum(seen)


@pytest.mark.parametrize("token", [". ", "! ", "e.g. ", "vs. ", "RLHF-", "arXiv:", "We propose RLHF. "])
def test_work_grows_no_faster_than_the_text(token: str) -> None:
    lr.extract_evidence(invented.corpus_of({"paper_id": "p", "title": "Bandits", "abstract": token}))  # rules are read
    short, long = (calls(token * times) for times in (400, 800))
    assert long < 2.2 * short

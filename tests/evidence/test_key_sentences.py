"""The sentences that state the problem, the findings and the limitations, and what only looks like them."""

import pytest

from litreview.evidence.abstract_sentences import Reading
from litreview.evidence.key_sentences import key_sentences

BACKGROUND = "Queues are everywhere."
PROBLEM = "However, existing schedulers fail when queues are long."
PROPOSAL = "We propose FooQueue, a scheduler with two lanes."
FINDING = "Experiments on five ports show that FooQueue outperforms all baselines by 12%."
LIMIT = "However, we also find that FooQueue cannot handle express lanes."
KEPT = [
    ("problem", PROBLEM),
    ("problem", "Why long queues stall is still poorly understood, and remains an open problem."),
    ("finding", FINDING),
    ("finding", "We prove that no queue needs more than two lanes."),
    ("finding", "Surprisingly, we find that shorter queues are slower."),
    ("finding", "FooQueue achieves state-of-the-art results while being 3x faster."),
    ("limitation", LIMIT),
    ("limitation", "We show that all tested schedulers degrade on Sundays."),
    ("limitation", "The main limitation is that drivers must be alone."),
]
NO_FINDING = [
    PROPOSAL,
    "We will show that FooQueue outperforms all baselines.",  # a promise
    "Recent studies have shown that two lanes are better than one.",  # theirs
    "To shorten queues, our scheduler combines lanes and utilizes signals.",  # how it is done
    "To go beyond this, we use the observed waits to derive lanes.",  # a step
    "Ours is the first scheduler with two lanes.",  # novelty, without a result
    "We conclude this survey by showing which lanes might reduce waits.",  # what a survey does
    "Two lanes matter in light of a recent paper by Doe who show that one lane suffices.",  # of another
    "FooQueue makes two contributions: (1) lanes that outperform all baselines, (2) signals.",  # a list of contents
    "The diversity is also reflected in wide ranges, spanning over two orders of magnitude.",  # what a benchmark holds
]
NO_LIMITATION = [
    PROBLEM,  # the failure of others is why the paper is written
    "We show that FooQueue works even when signals fail.",  # overcome
    "We show that FooQueue does not require traffic lights.",  # a strength
    "We show that FooQueue halves the wait with no measurable degradation.",
    "While no lane can be closed, we show that two suffice.",  # the main clause resolves it
]


def sentences(kind, *abstract):
    reading = Reading("Lanes for Long Queues", " ".join(abstract))
    return [reading.text(found) for found in key_sentences(reading) if found.kind == kind]


@pytest.mark.parametrize(("kind", "sentence"), KEPT)
def test_the_sentence_is_found_whole_in_its_place(kind, sentence):
    before, after = ([BACKGROUND], [PROPOSAL]) if kind == "problem" else ([BACKGROUND, PROBLEM, PROPOSAL], [])
    assert sentences(kind, *before, sentence, *after) == [sentence]


@pytest.mark.parametrize("sentence", NO_FINDING)
def test_what_only_announces_is_no_finding(sentence):
    assert sentences("finding", BACKGROUND, PROBLEM, sentence) == []


@pytest.mark.parametrize("sentence", NO_LIMITATION)
def test_what_others_fail_at_is_no_limitation(sentence):
    assert sentences("limitation", BACKGROUND, sentence, PROPOSAL, FINDING) == []


def test_the_best_finding_comes_first_and_silence_is_an_answer():
    for less in (
        "We demonstrate the effectiveness of FooQueue.",
        "Moreover, we prove that it outperforms others by 9%.",
    ):
        assert sentences("finding", BACKGROUND, PROPOSAL, less, FINDING) == [FINDING, less]
    assert [*key_sentences(Reading("Queues Outperform Lanes", ""))] == []
    assert sentences("problem", "Recent schedulers rely on lanes to tame this problem.", PROPOSAL) == []  # none stated

"""The role of each named method, sentence by sentence, with what would mislead."""

import pytest
from invented import LEXICON

from litreview.evidence.abstract_sentences import Reading
from litreview.evidence.method_roles import ROLES, named_roles

COMPARES, STUDIES, BUILDS, MENTIONS = ROLES
BETTER, EQUAL, UNCLEAR = [(COMPARES, outcome) for outcome in ("better", "equal", "unclear")]
A_STUDY = "Why does sorting work?"


def roles(abstract: str, title: str = "Sorting", own: set[str] = frozenset()) -> dict[str, tuple[str, ...]]:
    """Name as it stands → role, with the outcome of a comparison."""
    found = named_roles(Reading(title, abstract), LEXICON, own)
    return {abstract[one.start : one.end]: (one.kind, one.outcome) if one.outcome else (one.kind,) for one in found}


SENTENCES = [
    ("Our sorter matches or exceeds PPO, and matches DPO.", {"PPO": BETTER, "DPO": EQUAL}),
    ("Our sorter approaches the results of PPO.", {"PPO": (COMPARES, "worse")}),
    ("We compare our sorter with FooNet.", {"FooNet": UNCLEAR}),
    ("Compared with FooNet, our sorter is faster.", {"FooNet": BETTER}),
    ("Our sorter not only beats FooNet but is small.", {"FooNet": BETTER}),
    ("In contrast to packet spraying, we send one by one.", {"packet spraying": BETTER}),  # spelled out
    ("Ours beats schedules (linear, slope, and hill).", {"linear": BETTER, "slope": BETTER, "hill": BETTER}),
    ("We beat networks with plain solvers, such as Adam and SGD.", {"Adam": BETTER, "SGD": BETTER}),  # by their noun
    ("We outperform RL methods.", {}),  # an area
    ("We beat behavior cloning and offline RL.", {"behavior cloning": BETTER, "offline RL": BETTER}),  # in a list
    ("We beat all bots in this game, namely Quillo and its successor Terno.", {"Quillo": BETTER, "Terno": BETTER}),
    ("We improve the accuracy over the FooScore metric.", {}),
    ("Our bound is better than their O(n) one.", {}),
    ("Our sorter, based on packet spraying, is new.", {"packet spraying": (BUILDS,)}),
    ("We sort by recursively sampling the items.", {}),  # a verb
    ("We use pruning. Our warmup, a novel parcel routing, helps.", {"pruning": (BUILDS,)}),  # others: everyday, own
    ("Experiments on T0 tasks are ours.", {}),  # a model's name on a benchmark
    ("We build on the OpenAI Gym framework.", {"OpenAI Gym": (BUILDS,)}),
    ("We propose a new RLHF algorithm.", {}),  # what the paper is about
    ("We show that packet spraying fails.", {"packet spraying": (STUDIES,)}),
    ("We show that tide learning fails.", {}),  # too wide
    ("We beat FooNet training systems such as DeepSpeed.", {"DeepSpeed": BETTER}),  # the name only tells the kind
    ("We outperform a method based on packet spraying.", {}),  # theirs is based on it
    ("We prove an equivalence between PPO and DPO.", {"PPO": (STUDIES,), "DPO": (STUDIES,)}),
    ("PPO is popular. We train with PPO. We beat PPO.", {"PPO": BETTER}),  # the strongest
    ("Existing methods such as FooNet fail.", {"FooNet": (MENTIONS,)}),
]


@pytest.mark.parametrize(("abstract", "found"), SENTENCES)
def test_a_name_has_the_role_of_its_frame_or_else_of_its_sentence(abstract, found):
    assert roles(abstract) == found


def test_a_paper_that_introduces_nothing_studies_what_it_names():
    assert roles("Our tests ask what PPO needs.", A_STUDY) == {"PPO": (STUDIES,)}
    assert roles("Our tests ask what PPO needs.") == {"PPO": (BUILDS,)}
    assert roles("We propose tests that PPO passes.", A_STUDY) == {"PPO": (BUILDS,)}


def test_of_two_methods_that_a_study_compares_neither_is_its_own():
    assert roles("We study how PPO and DPO sort. Overall, PPO outperforms DPO.", A_STUDY)["DPO"] == UNCLEAR


def test_a_method_may_be_both_a_base_and_a_rival():
    found = named_roles(Reading("Sorting", "We propose a variant of PPO. It beats PPO."), LEXICON, set())
    assert [one.kind for one in found] == [COMPARES, BUILDS]


def test_what_a_paper_introduces_has_no_role():
    assert roles("We propose Low-Rank Sorting (LoSo). LoSo beats Adam.", own={"loso"}) == {"Adam": BETTER}

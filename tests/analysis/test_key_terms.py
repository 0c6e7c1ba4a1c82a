"""Words, phrases, and the log-odds ratio that sets a group of papers apart."""

import math

import invented
import numpy as np
import pytest
from invented import categories
from scipy.sparse import csr_array

from litreview import schema
from litreview.analysis import key_terms
from litreview.corpus import Corpus


def corpus_of(*abstracts: str) -> Corpus:
    """A corpus of papers p0, p1, … with these abstracts and no titles."""
    return invented.corpus_of(*({"paper_id": f"p{i}", "title": "", "abstract": s} for i, s in enumerate(abstracts)))


RUNS = [
    ("Offline policies learn.", [["offline", "policy", "learn"]]),
    ("offline/online data", [["offline"], ["online", "data"]]),  # a slash parts what it joins
    ("off-policy, on-policy", [["off-policy"], ["on-policy"]]),  # a hyphen does not
    ("(RL) agents' model's", [["rl"], ["agent"], ["model"]]),
    ("GPT-3.5 and GPT-4", [["gpt-3.5", "and", "gpt-4"]]),  # a point inside a number is part of the word
    ("a 7 b 1.22× k-means", [["k-mean"]]),  # single letters, numbers and signs say nothing
    ("see https://example.org/models?x=1 now", [["see"], ["now"]]),  # an address has no words
    ("naïve Übung 強化学習", [["naïve", "übung", "強化学習"]]),
    ("don’t stop", [["don’t", "stop"]]),
    ("--- ' '' -", []),
]


@pytest.mark.parametrize(("text", "expected"), RUNS)
def test_words_come_in_runs_that_nothing_interrupts(text, expected):
    assert key_terms.word_runs(text) == expected


SINGULAR = "policies policy, models model, losses loss, approaches approach, boxes box, databases database, llms llm"
INVARIABLE = "loss bias analysis corpus series gas rl"


@pytest.mark.parametrize(
    ("word", "expected"), [*map(str.split, SINGULAR.split(", ")), *((word, word) for word in INVARIABLE.split())]
)
def test_the_singular_loses_the_plural_ending_and_no_more(word, expected):
    assert key_terms.singular(word) == expected


def test_the_log_odds_ratio_counts_papers_and_weighs_the_prior_as_thirty_average_papers():
    """Monroe et al. (2008) by hand: "ant" stands in 2 of 2 papers and 1 of 2; "bee", the only other, in 1 and 2."""
    matrix = csr_array(np.array([[1, 0], [1, 1], [1, 1], [0, 1]]))  # papers × terms
    table = key_terms.contrast(matrix, np.array([True, True, False, False]), ["ant", "bee"]).set_index("term")
    assert table[["n_in", "of_in", "n_out", "of_out"]].loc["ant"].tolist() == [2, 2, 1, 2]
    prior = 30 * 3 / 4  # each term stands in 3 of 4 papers
    ratio = math.log((2 + prior) / (1 + prior)) - math.log((1 + prior) / (2 + prior))
    z = ratio / math.sqrt(1 / (2 + prior) + 1 / (1 + prior))
    assert table.loc["ant", ["log_odds", "z"]].tolist() == pytest.approx([ratio, z])


BIRDS = ["Wild geese fly south.", "The wild geese rest. Geese!", "Wild geese and ducks."] * 6
FISH = ["Red herring swim north.", "A red herring feeds.", "Red herring and cod."] * 6
IDS = [f"p{i}" for i in range(36)]


def test_each_group_gets_the_terms_that_set_it_apart():
    groups = categories("theme", birds=IDS[:18], fish=IDS[18:])
    table = key_terms.distinctive_terms(corpus_of(*BIRDS, *FISH), groups, "theme")
    schema.check(table, schema.TERMS)
    assert table.groupby("group")["term"].agg(list).to_dict() == {"birds": ["wild geese"], "fish": ["red herring"]}
    assert table.iloc[0][["n_in", "of_in", "n_out", "of_out"]].tolist() == [18, 18, 0, 18]


def test_what_every_abstract_says_sets_no_group_apart_and_a_phrase_may_hold_of_alone():
    """No stop list names "vivid": the prior, which has it everywhere, keeps it out."""
    abstracts = ["A mixture of experts meets the truth or dare. Vivid."] * 9 + [f"{text} Vivid." for text in FISH]
    terms = key_terms.distinctive_terms(corpus_of(*abstracts), categories("theme", a=IDS[:9]), "theme")["term"]
    assert "mixture of expert" in {*terms}
    assert not [term for term in terms if " or " in term or "vivid" in term]


@pytest.mark.parametrize("abstracts", [[], ["One paper."], ["Same words here."] * 3, ["odd gnu", "odd gnu", *FISH]])
def test_few_papers_give_an_empty_table(abstracts):
    terms = key_terms.distinctive_terms(corpus_of(*abstracts), categories("theme", few=IDS[:2]), "theme")
    assert schema.check(terms, schema.TERMS).empty

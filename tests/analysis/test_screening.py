"""What is left to screen is ranked by what was decided, and the hint to stop is the hypergeometric test."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from litreview.analysis.screening import control_sample, rank_papers, recall_so_far, stopping_hint, vocabulary
from litreview.errors import SearchError

SOIL = ["Soil carbon in meadows", "Carbon of the soil", "How soil stores carbon", "Meadows and soil carbon"]
SEA = ["Waves at the coast", "Coast and storm waves", "How waves break", "Storm waves of the sea"]
PAPERS = pd.DataFrame({"paper_id": [*"abcdefgh"], "title": [*SOIL, *SEA], "abstract": "We measure this for years."})


RANKED = [
    ("a", "e", "", "bcd"),
    ("f", "b", "", "eh"),
    ("a", "", "", "bcd"),  # earlier inclusions alone: by likeness
    ("", "", "Carbon that a soil stores", "abcd"),  # a sentence of free text alone
    ("", "e", "carbon of a soil", "abcd"),
]


@pytest.mark.parametrize(("included", "excluded", "query", "first"), RANKED)
def test_papers_like_the_included_ones_and_the_query_come_first(included, excluded, query, first):
    ranked = rank_papers(vocabulary(PAPERS), included, excluded, query)
    assert set(ranked["paper_id"].head(len(first))) == set(first)
    assert sorted([*ranked["paper_id"], *included, *excluded]) == [*"abcdefgh"]
    assert ranked["rank"].tolist() == [*range(1, len(ranked) + 1)]
    assert ranked["score"].is_monotonic_decreasing
    shuffled = vocabulary(PAPERS.sample(frac=1, random_state=1))
    again = rank_papers(shuffled, included, excluded, query).set_index("paper_id")["score"]
    assert again[ranked["paper_id"]].tolist() == pytest.approx(ranked["score"].tolist(), abs=1e-3)


def test_the_words_that_decide_are_told_for_the_first_papers():
    ranked = rank_papers(vocabulary(PAPERS), "a", "e", told=4).set_index("paper_id")
    assert ranked.loc["b", "words_for"] == "carbon; soil"  # not "of the"
    assert (ranked["words_for"] != "").sum() == 3  # papers of the sea have none
    everything = rank_papers(vocabulary(PAPERS), "a", "e").set_index("paper_id")
    assert everything.loc["f", "words_against"] == "coast; waves"


@pytest.mark.parametrize("query", [" ", "zebra"])
def test_without_an_included_paper_or_a_word_nothing_can_be_ranked(query):
    with pytest.raises(SearchError, match="nothing to rank by"):
        rank_papers(vocabulary(PAPERS), [], "e", query)
    with pytest.raises(SearchError, match="No word tells"):
        vocabulary(PAPERS.assign(title="", abstract=""))


def test_a_control_sample_is_drawn_among_those_left_whatever_their_order():
    drawn = control_sample("hgfedcba", 3)
    assert drawn == control_sample("abcdefgh", 3) != control_sample("abcdefgh", 3, seed=1)
    assert len(set(drawn) & set("abcdefgh")) == 3
    assert sorted(control_sample("ab", 3)) == ["a", "b"]


def least_chance(decisions: list[bool], total: int, missed: int) -> float:
    """The test by its definition: scipy's on every run of papers read last."""
    left, runs = total - len(decisions), [(n, sum(decisions[-n:])) for n in range(1, len(decisions) + 1)]
    return min(hypergeom.cdf(k, left + n, k + missed, n) if missed <= left else 0.0 for n, k in runs)


@pytest.mark.parametrize("seed", range(6))
def test_the_hint_is_the_hypergeometric_test_on_all_papers_read_last(seed):
    draw = np.random.default_rng(seed)
    decisions = [*(draw.random(30) < 0.6), *(draw.random(int(draw.integers(20, 200))) < 0.02)]
    total = len(decisions) + int(draw.integers(1, 150))
    found, hint = sum(decisions), stopping_hint(decisions, total)
    short = next(missed for missed in range(99) if found / (found + missed) < 0.95)
    assert hint.p == pytest.approx(least_chance(decisions, total, short))
    assert hint.stop == (hint.p < 0.05) == (hint.recall_at_least >= 0.95)
    for missed, chance in ((hint.missed, 0.5), (hint.missed_at_most, 0.05)):
        assert least_chance(decisions, total, missed + 1) < chance
        assert not missed or least_chance(decisions, total, missed) >= chance


SAMPLED = [
    ([True] * 19 + [False] * 10, 79, 10, False, hypergeom.cdf(0, 60, 2, 10), 14),
    ([True] * 19 + [False] * 57, 79, 57, True, hypergeom.cdf(0, 60, 2, 57), 0),
    ([True] * 19 + [True] + [False] * 29, 79, 30, False, hypergeom.cdf(1, 60, 3, 30), 6),  # one in the sample
    ([True, False], 2, 0, True, 0.0, 0),  # all is read
    ([], 9, 0, False, 1.0, 9),  # nothing is read
    ([False] * 5, 9, 0, False, 4 / 9, 2),  # nothing is found
]


@pytest.mark.parametrize(("decisions", "total", "sampled", "stop", "p", "missed_at_most"), SAMPLED)
def test_a_control_sample_alone_is_tested_when_there_is_one(decisions, total, sampled, stop, p, missed_at_most):
    hint = stopping_hint(decisions, total, sampled)
    assert (hint.stop, hint.p, hint.missed_at_most) == (stop, pytest.approx(p), missed_at_most)
    assert hint.said.startswith("Enough is read" if stop else "Read on")
    assert f"Of the {total - len(decisions)} left" in hint.said
    assert f"at most {missed_at_most} are relevant" in hint.said


def test_the_recall_so_far_lies_between_what_is_missed_at_most_and_nothing():
    decisions = [True] * 4 + [False] * 30
    hint, curve = stopping_hint(decisions, 50), recall_so_far(decisions, 50)
    assert curve.iloc[0].tolist() == [1 / 50, 1 / (4 + hint.missed), 1 / (4 + hint.missed_at_most), 1 / 4, 50]
    assert curve.iloc[-1].tolist() == [34 / 50, 4 / (4 + hint.missed), hint.recall_at_least, 1, 50]
    assert len(recall_so_far(decisions * 10, 500)) == 100
    assert recall_so_far([], 9).empty

"""Figures stand beside what their own sentence names; a bound says whose it is."""

import pandas as pd
import pytest

from litreview import analysis


@pytest.fixture
def evidence(corpus):
    """Two papers' evidence, invented."""
    first, second = corpus.papers.sort_values(["published", "paper_id"])["paper_id"].head(2)
    twice = "FooNet scores 61% on BarBench and 52% on QuuxSet, above BazNet"  # each figure has its own benchmark
    clause = "On BarBench this QuuxNet reaches 71.2%, above BazNet"
    rows = [
        (first, "introduces", "FooNet", "", "We propose FooNet."),
        (first, "evaluated_on", "BarBench", "", "Tests are run on BarBench."),  # named earlier, and in the clause
        (first, "evaluated_on", "QuuxSet", "", "QuuxSet is also used."),  # not in the clause
        (first, "compares_to", "BazNet", "", clause),
        (first, "compares_to", "Baz", "", "Baz is older."),  # a name inside another
        (first, "compares_to", "QuuxNet", "", "A QuuxNet is older too."),  # "this QuuxNet" is the paper's own
        (first, "claim", "71.2%", "", clause),
        (first, "claim", "52%", "", twice),
        (first, "claim", "5%", "", "It gains 5% on BarBench, as well as beating BazNet on QuuxSet"),  # two results
        *((first, "evaluated_on", name, "", "We test it.") for name in ("A", "B")),
        *((first, "claim", f"{n}%", "", "It beats BazNet-X by 7% and 8% on A and B, respectively") for n in (7, 8)),
        *((first, "builds_on", name, "", "We use it.") for name in ("BERT", "GPT-2")),  # which of the two?
        *((second, "builds_on", name, "", "We use it.") for name in ("GPT-2", "PPO")),  # one is a model of the lexicon
        (second, "claim", "3x", "", "It is 3x faster."),  # set against nothing
        (second, "claim", "4x", "", "It is 4x faster than older networks."),  # against others without a name
        (second, "bound", "O(T)", "damaged", "The regret is O(T)."),
        (second, "bound", "O(log T)", "own", "We prove O(log T)."),
    ]
    table = pd.DataFrame(rows, columns=["paper_id", "kind", "text", "of", "quote"])
    return table.assign(name=table["text"], rule="")


def test_a_figure_stands_beside_what_its_sentence_names(corpus, evidence):
    grid = analysis.results_grid(corpus, evidence).fillna("")
    shown = grid[["method", "figure", "benchmark", "baseline", "built_on"]].to_numpy().tolist()
    assert shown == [
        ["FooNet", "71.2%", "BarBench", "BazNet", ""],
        ["FooNet", "52%", "QuuxSet", "BazNet", ""],
        ["FooNet", "5%", "BarBench", "", ""],
        *(["FooNet", figure, name, "", ""] for figure, name in [("7%", "A"), ("8%", "B")]),  # BazNet-X is another
        ["", "4x", "", "", "GPT-2"],
    ]


def test_a_bound_says_whose_it_is_and_in_which_setting_and_a_damaged_one_is_no_result(corpus, evidence):
    stated = evidence[evidence["kind"] == "bound"].assign(paper_id="2301.12942", start=0)
    assert analysis.guarantees(corpus, stated)[["setting", "bound", "whose"]].to_numpy().tolist() == [
        ["Linear structure", "O(log T)", "Proved here"],
        ["Linear structure", "O(T)", "Damaged in the saved page"],
    ]


BOUNDS = [
    ("own", "Under bandit feedback, regret is O(T), which is optimal.", ["Under bandit feedback", "optimal", ""]),
    ("other", "If losses are convex, others have O(T), which is tight.", ["If losses are convex", "", ""]),
    ("own", "Understanding it, an optimal policy needs O(T) when using masks.", ["", "", ""]),
    ("own", "Even when it is known, regret is O(T).", ["", "", ""]),  # no assumption
    ("lower", "We show that no greedy algorithm beats O(T).", ["", "", "no greedy algorithm beats O(T)"]),
]


@pytest.mark.parametrize(("of", "quote", "expected"), BOUNDS)
def test_what_a_bound_assumes_and_whether_it_is_matched_stands_in_the_words_of_its_sentence(
    corpus, of, quote, expected
):
    row = {"paper_id": corpus.papers["paper_id"].iloc[0], "kind": "bound", "text": "O(T)", "of": of, "quote": quote}
    row["start"] = 0
    told = analysis.guarantees(corpus, pd.DataFrame([row])).fillna("")
    assert told[["assumption", "matched", "negative_result"]].to_numpy().tolist() == [expected]
    assert analysis.guarantees(corpus, pd.DataFrame([row])[:0]).empty


def test_a_lower_bound_says_what_it_matches_of_the_bounds_before_it(corpus):
    stated = pd.DataFrame({"of": ["own", "lower", "own"], "start": [0, 50, 90], "text": ["O(T)", "Omega(T)", "O(S)"]})
    stated["quote"] = ["We need O(T).", "Omega(T) shows that ours is nearly tight.", "For S, O(S) queries do."]
    told = analysis.guarantees(corpus, stated.assign(kind="bound", paper_id=corpus.papers["paper_id"].iloc[0]))
    assert dict(zip(told["bound"], told["matched"].fillna(""), strict=True)) == {
        "O(T)": "nearly tight",
        "Omega(T)": "nearly tight",
        "O(S)": "",
    }

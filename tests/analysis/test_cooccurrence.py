"""What stands together: counts by hand, for whole corpora and for none."""

from itertools import permutations

import pytest
from invented import categories, corpus, evidence

from litreview.analysis import cooccurrence

FOUR = corpus(p1="2023-01-01", p2="2022-01-01", p3=None, p4="2024-01-01")


def test_two_themes_meet_in_a_paper_that_has_both_and_chance_is_told():
    table = categories("theme", a=["p1", "p2"], b=["p1", "p3"], c=["p4"])
    found = cooccurrence.together(FOUR, table, "theme").set_index(["a", "b"])
    assert found.loc[("a", "b"), ["n", "of", "n_a", "expected"]].tolist() == [1, 4, 2, 1.0]
    assert found["n"].to_dict() == {pair: int("c" not in pair) for pair in permutations("abc", 2)}


def test_rows_and_columns_meet_in_papers_most_frequent_first():
    methods = categories("name", DPO=["p1", "p2", "p3"], PPO=["p1"])
    benchmarks = categories("name", MMLU=["p1"], D4RL=["p1", "p2"])
    found = cooccurrence.crossed(FOUR, methods, benchmarks, "name", "name")  # of 2 papers: p3 is on no benchmark
    expected = [["DPO", "D4RL", 2, 2], ["DPO", "MMLU", 1, 2], ["PPO", "D4RL", 1, 2], ["PPO", "MMLU", 1, 2]]
    assert found.to_numpy().tolist() == expected


def test_a_method_is_tied_once_to_each_known_method_by_the_closest_link():
    rows = [("p2", "introduces", "ABC"), ("p1", "compares_to", "ABC"), ("p1", "builds_on", "ABC")]
    rows += [("p1", "studies", "DPO"), ("p1", "builds_on", "no method"), ("p3", "studies", "ABC")]  # p3: undated
    rows += [("p2", "builds_on", "ABC"), ("p4", "introduces", "DEF"), ("p4", "introduces", "GHI")]
    rows += [("p4", "compares_to", "ABC"), ("gone", "compares_to", "DPO")]
    found = cooccurrence.lineage(FOUR, evidence(*rows))[["child", "parent", "link"]]
    assert found.to_numpy().tolist() == [
        ["“Title of p1”, 2023", "ABC", "builds on"],
        ["“Title of p1”, 2023", "DPO", "studies"],
        ["DEF", "ABC", "compares with"],  # by the first name that it introduces
    ]


@pytest.mark.parametrize("text", ["github.com/a", "https://a.io:80/x?y#z"])
def test_a_link_stands_once_a_paper_with_an_address_that_can_be_opened(text):
    table = evidence(("p1", "link", text), ("p1", "link", text), ("p1", "claim", "1%"))
    found = cooccurrence.abstract_links(FOUR, table)["address"].tolist()
    assert found == ["https://" + text.removeprefix("https://")]


FIVE = corpus(p1="2023-01-01", p2="2022-01-01", p3=None, p4=None, p5=None)
AUTHORS = "Ada Bell; Cy Dorn; Eva Fox, Cy Dorn; Ada Bell; Gus Hale, Gus Hale; Eva Fox, Ada Bell; Ada Bell"
FIVE.papers["authors"] = [*AUTHORS.split(", "), None]
FIVE.papers["venue"] = ["ICLR 2023", "ICLR", "Journal of Ships, 2021", "2021", None]


def test_an_author_counts_once_a_paper():
    wrote = cooccurrence.authorships(FIVE)
    assert wrote.groupby("author").size().to_dict() == {"Ada Bell": 3, "Cy Dorn": 2, "Eva Fox": 2, "Gus Hale": 2}


def test_a_venue_counts_without_its_year_and_a_bare_year_is_none():
    assert cooccurrence.venues(FIVE)["venue"].tolist() == ["ICLR", "ICLR", "Journal of Ships"]

"""What stands together: counts by hand, for whole corpora and for none."""

import pytest
from invented import categories, corpus, evidence

from litreview.analysis import cooccurrence

FOUR = corpus(p1="2023-01-01", p2="2022-01-01", p3=None, p4="2024-01-01")


def test_two_themes_meet_in_a_paper_that_has_both_and_chance_is_told():
    table = categories("theme", a=["p1", "p2"], b=["p1", "p3"], c=["p4"])
    found = cooccurrence.together(FOUR, table, "theme").set_index(["a", "b"])
    assert found.loc[("a", "b"), ["n", "n_a", "n_b", "of", "expected"]].tolist() == [1, 2, 2, 4, 1.0]
    assert found["n"].to_dict()["b", "a"] == 1
    assert found["n"].to_dict()["a", "c"] == 0
    assert ("a", "a") not in found.index


def test_rows_and_columns_meet_in_papers_most_frequent_first():
    methods = categories("name", DPO=["p1", "p2", "p3"], PPO=["p1"])
    benchmarks = categories("name", MMLU=["p1"], D4RL=["p1", "p2"])
    found = cooccurrence.crossed(FOUR, methods, benchmarks, "name", "name")  # of 2 papers: p3 is on no benchmark
    expected = [["DPO", "D4RL", 2, 2], ["DPO", "MMLU", 1, 2], ["PPO", "D4RL", 1, 2], ["PPO", "MMLU", 1, 2]]
    assert found.to_numpy().tolist() == expected


COMPARED = [
    *[("p1", "introduces", "ABC"), ("p1", "introduces", "DEF"), ("p1", "compares_to", "DPO")],
    *[("p2", "compares_to", "ABC"), ("p3", "compares_to", "DPO"), ("p3", "compares_to", "DPO")],  # said twice
    ("gone", "compares_to", "DPO"),  # not in the corpus
]


def test_an_edge_leads_from_a_paper_to_each_name_it_compares_with():
    found = cooccurrence.comparisons(FOUR, evidence(*COMPARED))
    expected = [["Title of p2", "ABC"], ["ABC", "DPO"], ["Title of p3", "DPO"]]  # undated: last
    assert found[["source", "name"]].to_numpy().tolist() == expected


def test_a_method_is_tied_once_to_each_known_method_by_the_closest_link():
    rows = [("p2", "introduces", "ABC"), ("p1", "builds_on", "ABC"), ("p1", "compares_to", "ABC")]
    rows += [
        ("p1", "studies", "DPO"),
        ("p1", "builds_on", "no method"),
        ("p2", "builds_on", "ABC"),
        ("p3", "studies", "ABC"),
    ]
    found = cooccurrence.lineage(FOUR, evidence(*rows))[["child", "parent", "link"]]
    assert found.to_numpy().tolist() == [
        ["“Title of p1”, 2023", "ABC", "builds on"],
        ["“Title of p1”, 2023", "DPO", "studies"],
    ]


LINKS = {
    "github.com/a": ["github.com", "https://github.com/a"],  # an address that can be opened
    **{
        link: [host, link]
        for link, host in [("http://www.Example.org", "example.org"), ("https://a.io:80/x?y#z", "a.io")]
    },
}


@pytest.mark.parametrize("text", LINKS)
def test_a_link_stands_once_a_paper_with_its_host_and_address(text):
    table = evidence(("p1", "link", text), ("p1", "link", text), ("p1", "claim", "1%"))
    assert cooccurrence.abstract_links(FOUR, table)[["host", "address"]].to_numpy().tolist() == [LINKS[text]]


def test_an_empty_corpus_gives_empty_tables_with_their_columns():
    none, table, names = corpus(), categories("theme", a=["p1"]), evidence()
    cells = cooccurrence.crossed(none, table, names, "theme", "name")
    assert cells.columns.tolist() == ["row", "column", "n", "of"]
    empty = [cells, cooccurrence.together(none, table, "theme")]
    empty += [of(none, names) for of in (cooccurrence.comparisons, cooccurrence.abstract_links)]
    assert all(found.empty for found in empty)

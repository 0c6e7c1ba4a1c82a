"""The tables of a report, on small corpora by hand and on none."""

from dataclasses import replace

import pandas as pd
import pytest
from invented import categories, corpus, evidence

from litreview import themes
from litreview.analysis import summary_tables
from litreview.themes import definitions
from litreview.themes.definitions import Rule, Theme

THREE = corpus(p1="2024-01-01", p2="2023-01-01", p3="2022-01-01")


def facets(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A table of facets from (paper_id, facet, quote)."""
    return pd.DataFrame(rows, columns=["paper_id", "facet", "quote"], dtype="str")


def test_a_sample_takes_the_surest_rows_of_each_category_one_a_paper():
    rows = facets(("p1", "b", "first"), ("p2", "b", "second"), ("p2", "b", "again"), ("p3", "a", "third"))
    found = summary_tables.sample(rows.assign(score=[1.0, 3.0, 2.0, 1.0]), "facet", 1, ["b", "a"])
    assert found[["facet", "quote"]].to_numpy().tolist() == [["b", "second"], ["a", "third"]]


def test_counts_of_several_papers_and_tables_stand_side_by_side():
    loose, strict = categories("facet", a=["p1", "p2"]), categories("facet", a=["p1"], c=["p2"])
    choices = {"loose": (THREE, loose), "strict": (THREE, strict), "newest": (THREE.where(["p1"]), loose)}
    found = summary_tables.compare_counts(choices, "facet", {"a": "First"})
    assert found.to_numpy().tolist() == [["First", "2 of 3", "1 of 3", "1 of 1"], ["C", "0 of 3", "1 of 3", "0 of 1"]]


def test_every_answer_stands_under_its_question_in_the_order_of_the_file():
    """Two questions may name an answer alike; what no question knows, and who is not in the corpus, stay out."""
    yes, no = (definitions.Answer.model_construct(title=title) for title in ("Yes", "No"))
    old = definitions.Dimension(question="Is it old?", threshold=1.0, values={"yes": yes})
    big = definitions.Dimension(question="Is it big?", threshold=1.0, values={"no": no, "yes": yes})
    known = themes.load_themes()["scheduling"].model_copy(update={"facets": {"old": old, "big": big}})
    found = facets(("p1", "yes", "Big."), ("p2", "no", "Small."), ("p3", "yes", "Old."), ("p9", "yes", "Far."))
    found = found.rename(columns={"facet": "answer"}).assign(question=["big", "big", "old", "old"], role="does")
    rows = summary_tables.every_answer(THREE, known, found)
    expected = [["Is it old?", "Yes", "Old."], ["Is it big?", "No", "Small."], ["Is it big?", "Yes", "Big."]]
    assert rows[["question", "answer", "quote"]].to_numpy().tolist() == expected
    assert summary_tables.every_answer(THREE, known.model_copy(update={"facets": {}}), found).empty


def test_the_names_of_a_paper_stand_in_one_row_each_name_once_with_its_first_sentences():
    said = evidence(*(("p1", "introduces", name) for name in "AAB"), ("p1", "link", "x"))
    said = pd.concat([said, evidence(("p1", "finding", "It works."), ("p1", "finding", "It is fast."))])
    found = summary_tables.overview(THREE, said, categories("contribution", empirical_study=["p1"]))
    columns = ["paper_id", "contribution", "introduces", "link", "finding"]
    unsaid = ["Not said", "", "", ""]
    first = ["p1", "Empirical study", "A; B", "x", "It works."]
    assert found[columns].fillna("").to_numpy().tolist() == [["p3", *unsaid], ["p2", *unsaid], first]


def test_a_name_stands_once_with_the_papers_that_have_it():
    found = summary_tables.names_with_papers(THREE, categories("name", DPO=["p1", "p2", "p1"], PPO=["p3"]))
    expected = [["DPO", 2, "“Title of p1”, 2024; “Title of p2”, 2023"], ["PPO", 1, "“Title of p3”, 2022"]]
    assert found.to_numpy().tolist() == expected


FINDINGS = [
    (["It works.", "It sorts lists."], "“It works.”"),  # the best
    (["The established lists work."], None),  # points at what stands elsewhere
    (["It is O().", "It works."], "“It works.”"),  # a damaged formula is no result
    (["We conclude this survey with lists.", "It works."], "“It works.”"),
    (["We observe that current sorting fails."], None),  # what others lack
]


@pytest.mark.parametrize(("said", "quoted"), FINDINGS)
def test_the_best_finding_that_says_something_is_quoted(said, quoted):
    evidence = pd.DataFrame({"paper_id": "p1", "kind": "finding", "text": said, "quote": said, "of": ""})
    broken = pd.DataFrame({"paper_id": ["p1"], "kind": "bound", "quote": "It is O().", "of": "damaged"})
    claims = summary_tables.first_findings(THREE, pd.concat([evidence, broken]), ["p3", "p1"])["claim"]
    assert claims.tolist() == ([quoted] if quoted else [])


# Points in an abstract's first sentence are weight × 1.5: "apple" 3, "pear" 1.5, "worm" -1.5.
RULES = [
    Rule(name="apples", weight=2.0, phrases=["apple"]),
    Rule(name="pears", weight=1.0, phrases=["pear"], field="abstract"),
    Rule(name="worms", weight=-1.0, phrases=["worm"], needs=["apple"]),
]
FRUIT = Theme(name="fruit", title="Fruit", about="Apples.", threshold=3.0, rules=RULES)
# 4.5 points; 3.0, on the threshold; 1.5; 1.5; none.
ABSTRACTS = {"p1": "An apple and a pear", "p2": "Apples", "p3": "An apple with a worm", "p4": "A pear", "p5": "Nothing"}
BASKET = corpus(p1="2024-01-01", p2="2023-01-01", p3="2022-01-01", p4=None, p5="2021-01-01")
BASKET = replace(BASKET, papers=BASKET.papers.assign(abstract=BASKET.papers["paper_id"].map(ABSTRACTS).astype("str")))
MEMBERS = BASKET.where(["p1", "p2"])
FOUND = themes.theme_matches(BASKET, FRUIT)


def test_a_rule_shows_whom_it_finds_and_by_which_words():
    found = summary_tables.theme_rules(BASKET, FRUIT, FOUND, MEMBERS).set_index("rule")
    expected = [[2, 1, "apple; apples"], [1, 1, "pear"], [0, 1, "worm"]]
    assert found[["papers_in", "papers_out", "words"]].to_numpy().tolist() == expected


def test_near_misses_are_the_papers_out_of_the_theme_with_the_highest_scores():
    found = summary_tables.near_misses(BASKET, FOUND, MEMBERS)
    expected = [["Title of p3", 1.5, "apples"], ["Title of p4", 1.5, "pears"]]  # the rule that adds most
    assert found[["title", "score", "rule"]].to_numpy().tolist() == expected
    assert len(summary_tables.near_misses(BASKET, FOUND, MEMBERS, most=1)) == 1

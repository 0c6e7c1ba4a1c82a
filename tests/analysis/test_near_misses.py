"""Which rules of a theme find what, and which papers are nearest to it."""

from dataclasses import replace

from invented import corpus

from litreview import analysis, themes
from litreview.themes.definitions import Rule, Theme

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
    found = analysis.theme_rules(BASKET, FRUIT, FOUND, MEMBERS).set_index("rule")
    expected = [[2, 1, "apple; apples"], [1, 1, "pear"], [0, 1, "worm"]]
    assert found[["papers_in", "papers_out", "words"]].to_numpy().tolist() == expected


def test_near_misses_are_the_papers_out_of_the_theme_with_the_highest_scores():
    found = analysis.near_misses(BASKET, FOUND, MEMBERS)
    expected = [["Title of p3", 1.5, "apples"], ["Title of p4", 1.5, "pears"]]  # the rule that adds most
    assert found[["title", "score", "rule"]].to_numpy().tolist() == expected
    assert len(analysis.near_misses(BASKET, FOUND, MEMBERS, most=1)) == 1

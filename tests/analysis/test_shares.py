"""Counts, shares and changes: by hand, and for corpora of any size."""

import pandas as pd
import pytest
from hypothesis import given, settings
from invented import PAPERS, THEMES, categories, corpus, yearly

from litreview.analysis import shares
from litreview.errors import CorpusError


def test_a_paper_counts_once_in_a_category_and_in_each_of_its_categories():
    table = categories("theme", b=["p1"], a=["p1", "p1", "p2"], aa=["p1"], c=["not_here"])
    found = shares.counts(corpus(p1="2023-01-01", p2=None, p3=None), table, "theme")
    assert found[["theme", "n", "of"]].to_numpy().tolist() == [["a", 2, 3], ["aa", 1, 3], ["b", 1, 3]]


PERIODS = [
    ("year", [["2020", 2, False, 1], ["2021", 0, False, 1], ["2022", 2, True, 1]]),
    # the paper of which only the year is known is in no part of it
    ("half", [["2021 H1", 0, False, 2], ["2021 H2", 0, False, 2], ["2022 H1", 2, True, 2]]),
    ("quarter", [["2022 Q1", 1, False, 2], ["2022 Q2", 1, True, 2]]),
]


@pytest.mark.parametrize(("period", "expected"), PERIODS)
def test_periods_without_papers_are_there_and_the_last_one_is_unfinished(period, expected):
    whole = corpus(p1="2020-07-01", p2="2022-03-31", p3="2022-04-01", p4=None, p5="2020-01-01")
    whole.papers["date_precision"] = ["day", "day", "month", None, "year"]
    found = shares.papers_over_time(whole, period)[["period", "n", "unfinished", "undated"]].to_numpy().tolist()
    assert found[-len(expected) :] == expected
    table = shares.shares_over_time(whole, categories("theme", a=["p3", "p5"]), "theme", period)
    assert table[["period", "of"]].to_numpy().tolist() == [row[:2] for row in found]
    with pytest.raises(CorpusError, match="period is 'month'; it can be 'year', 'half' or 'quarter'"):
        shares.papers_over_time(whole, "month")


def test_shares_have_their_denominator_and_say_where_it_is_too_small():
    whole = yearly(y2021=2, y2022=10)
    table = categories("theme", a=["y2021_0", "y2022_0", "y2022_1"], b=["y2022_0"])
    found = shares.shares_over_time(whole, table, "theme").set_index(["theme", "period"])
    assert found["n"].to_dict() == {("a", "2021"): 1, ("a", "2022"): 2, ("b", "2021"): 0, ("b", "2022"): 1}
    expected = [[2, False, False], [10, True, True]] * 2
    assert found[["of", "enough", "unfinished"]].to_numpy().tolist() == expected


def test_the_strongest_category_wins_then_the_first_name():
    table = categories("facet", b=["p1", "p2"], a=["p1", "p2"]).assign(score=[2.0, 1.0, 1.0, 1.0])
    found = shares.strongest(corpus(p1=None, p2=None), table, "facet")
    assert found.to_numpy().tolist() == [["p1", "b"], ["p2", "a"]]


def test_a_time_line_has_one_row_a_dated_paper_oldest_first_and_links_to_https_alone():
    whole = corpus(p1="2023-02-01", p2="2022-02-01", p3=None)
    whole.papers.loc[0, "url"] = "javascript:alert(1)"
    found = shares.dated_rows(whole, categories("theme", a=["p1", "p3"], b=["p1"]), "theme")
    assert found[["paper_id", "undated"]].to_numpy().tolist() == [["p2", 1], ["p1", 1]]
    assert found[["theme", "url"]].isna().to_numpy().tolist() == [[True, False], [False, True]]


@settings(max_examples=25)
@given(PAPERS, THEMES)
def test_whatever_the_corpus_the_counts_add_up(dates, pairs):
    whole = corpus(**dates)
    table = pd.DataFrame(pairs, columns=["paper_id", "theme"], dtype="str")
    found = shares.shares_over_time(whole, table, "theme")
    dated = {name for name, date in dates.items() if date}
    expected = {(paper, theme) for paper, theme in pairs if paper in dated}
    assert found["n"].sum() == len(expected)
    assert (found["n"] <= found["of"]).all()
    assert (found.groupby("theme")["of"].sum() == len(dated)).all()
    assert found["share"].dropna().between(0, 1).all()
    assert shares.counts(whole, table, "theme")["n"].sum() == len({pair for pair in pairs if pair[0] in dates})


PARTS = [
    (12, 29, "12 of 29 papers (41%)"),
    (0, 29, "none of 29 papers (0%)"),
    (3, 7, "3 of 7 papers"),  # too few for a percentage
    (0, 0, "no paper"),
]


@pytest.mark.parametrize(("n", "of", "expected"), PARTS)
def test_a_part_has_its_whole_and_a_percentage_from_ten_on(n, of, expected):
    assert shares.part(n, of) == expected

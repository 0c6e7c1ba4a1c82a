"""Every chart form on the shipped corpus, on three papers and on none: drawn, told in words, small, and honest."""

import json
import re
import struct
from functools import cache
from typing import NamedTuple

import pandas as pd
import pytest
import vl_convert
from invented import categories, corpus, yearly

import litreview as lr
from litreview import charts
from litreview.analysis import cooccurrence, learning_rate_schedules, shares, similarity
from litreview.analysis.screening import prisma_counts
from litreview.charts import style
from litreview.corpus import Corpus
from litreview.evaluation import simulation

FORMS = {
    "bars": lambda g: charts.bars(shares.counts(g.corpus, g.themes, "theme"), "theme"),
    "bars of names": lambda g: charts.bars(
        shares.counts(g.corpus, g.evidence, "name"), "name", theme="offline_rl", most=9
    ),
    "years": lambda g: charts.papers_by_period(shares.papers_over_time(g.corpus)),
    "quarters": lambda g: charts.papers_by_period(shares.papers_over_time(g.corpus, "quarter")),
    "shares": lambda g: charts.shares(shares.shares_over_time(g.corpus, g.themes, "theme"), "theme"),
    "one share": lambda g: charts.shares(shares.shares_over_time(g.corpus, g.offline, "theme"), "theme"),
    "time line": lambda g: charts.timeline(shares.dated_rows(g.corpus, g.facets, "answer"), "answer"),
    "family tree": lambda g: charts.family_tree(cooccurrence.lineage(g.corpus, g.evidence), theme="offline_rl"),
    "scores": lambda g: charts.scores(SCORES.head(len(g.corpus)), "kind"),
    "together": lambda g: charts.matrix(cooccurrence.together(g.corpus, g.themes, "theme")),
    "crossed": lambda g: charts.matrix(cooccurrence.crossed(g.corpus, g.themes, g.evidence, "theme", "kind")),
    "map": lambda g: charts.corpus_map(shares.placed(g.corpus, similarity.map_positions(g.corpus), g.themes, "theme")),
    "flow": lambda g: charts.flow(prisma_counts(g.corpus)),
    "profiles": lambda _: charts.profiles(learning_rate_schedules.lr_profiles(), "Curves"),
    "recall": lambda g: charts.recall_curves(simulation.recall_curve(REPLAYED) if len(g.corpus) else REPLAYED[:0], "R"),
}
SCORES = pd.DataFrame({"kind": ["claim", "link", "bound"], "n": 9, "f1": 0.8, "low": 0.7, "high": 0.9})
SCORES.loc[0, ["f1", "low", "high"]] = None  # without a score
REPLAYED = pd.DataFrame([(start, place, place % (2 + start) == 1) for start in (0, 1) for place in range(1, 244)])
REPLAYED.columns = ["start", "place", "included"]
SIZES = {"whole": None, "three": 3, "none": 0}
everywhere = pytest.mark.parametrize(("form", "size"), [(form, size) for form in FORMS for size in SIZES])


class Given(NamedTuple):
    """What a chart is made from: a corpus with its themes, one of them, its evidence and the answers to a question."""

    corpus: Corpus
    themes: pd.DataFrame
    offline: pd.DataFrame
    evidence: pd.DataFrame
    facets: pd.DataFrame


@cache
def given(size: str) -> Given:
    """The shipped corpus, or its first papers, with the tables of all."""
    whole = lr.open_review()
    papers = whole.where(whole.papers["paper_id"].head(SIZES[size]))
    if size != "whole":
        return given("whole")._replace(corpus=papers)
    facets = whole.answers.query("theme == 'preference_optimization' and question == 'approach'")
    return Given(papers, whole.themes, whole.themes.query("theme == 'offline_rl'"), whole.evidence, facets)


@cache
def specification(form: str, size: str) -> dict:
    """A chart form on a corpus of this size, checked against the schema of Vega-Lite."""
    return FORMS[form](given(size)).to_dict()


def fields(spec: object) -> list[dict]:
    """Every encoding of a column, wherever in a specification."""
    parts = spec if isinstance(spec, list) else spec.values() if isinstance(spec, dict) else ()
    own = [spec] if isinstance(spec, dict) and "field" in spec else []
    return own + [found for part in parts for found in fields(part)]


def rows(spec: dict) -> list[dict]:
    """The rows of all data sets."""
    return [row for data in spec.get("datasets", {}).values() for row in data]


def test_every_form_has_a_row_here():
    drawn = {name for form in FORMS.values() for name in form.__code__.co_names}
    assert set(charts.__all__) <= drawn


@everywhere
def test_a_chart_says_what_it_is_in_words_and_where_it_comes_from(form, size):
    """A dozen lines read aloud are no help; the table beside the chart has them. A flow diagram is all in its boxes."""
    spec = specification(form, size)
    assert "".join(spec["title"]["text"])
    assert "".join(spec["title"]["subtitle"])
    assert spec["description"].startswith(spec["title"]["text"][0])
    assert len(spec["description"].split()) <= (80 if form == "flow" else 60)
    about = spec["usermeta"]["litreview"]
    modules = "shares|cooccurrence|learning_rate_schedules|evaluation|screening|simulation"
    assert re.fullmatch(rf"(?:{modules})\.\w+" if about["n"] else "", about["source"])  # an empty chart shows no table


SINGLE = pd.DataFrame({"theme": ["a"], "n": 9, "of": 9})
ONES = pd.DataFrame({"theme": ["a", "b"], "n": 1, "of": 9})
EQUALS = pd.DataFrame({"theme": ["a", "b", "c"], "n": [3, 2, 2], "of": 9})
ONE_YEAR = {"y2021_0": "2021-01-01", "y2021_1": "2021-05-01"}
FLAT = [
    charts.bars(SINGLE, "theme"),
    charts.bars(ONES, "theme"),
    charts.bars(EQUALS, "theme", most=2),  # equals are drawn all or not at all
    charts.matrix(cooccurrence.together(yearly(y2021=2), categories("theme", a=["y2021_0"], b=["y2021_0"]), "theme")),
    charts.papers_by_period(shares.papers_over_time(corpus(**ONE_YEAR))),
    charts.shares(shares.shares_over_time(corpus(**ONE_YEAR), categories("theme", a=["y2021_0"]), "theme"), "theme"),
    charts.timeline(shares.dated_rows(yearly(y2021=1), categories("theme", a=["y2021_0"]), "theme"), "theme"),
    charts.scores(SCORES.head(2), "kind"),
]


@pytest.mark.parametrize("chart", FLAT)
def test_a_chart_of_one_mark_or_of_ones_is_not_drawn(chart):
    """A page leaves out a chart of no paper."""
    spec = chart.to_dict()
    assert (spec["title"]["text"], spec["usermeta"]["litreview"]["n"]) == (["Nothing to draw"], 0)


def test_bars_that_are_cut_say_how_many_are_left_out():
    cut = charts.bars(pd.DataFrame({"theme": [*"abcd"], "n": [4, 3, 2, 2], "of": 9}), "theme", most=3).to_dict()
    assert "2 more rows not drawn" in " ".join(cut["title"]["subtitle"])


def test_papers_whose_words_set_none_apart_make_no_map():
    places = similarity.map_positions(given("three").corpus).assign(x=0.0, y=0.0)
    drawn = charts.corpus_map(shares.placed(given("three").corpus, places, given("three").themes, "theme"))
    assert drawn.to_dict()["title"]["text"] == ["Nothing to draw"]


@everywhere
def test_a_chart_is_small_and_holds_only_what_it_draws(form, size):
    """vega-tooltip makes a field named title a heading and one named image a picture, so no tooltip has one."""
    spec = specification(form, size)
    assert len(json.dumps(spec)) < 72_000
    assert not {"abstract", "authors", "quote"} & {column for row in rows(spec) for column in row}
    assert not [part for part in fields(spec) if {part["field"], part.get("title")} & {"title", "image"}]


@everywhere
def test_a_chart_can_be_drawn_by_reports_and_by_jupyterlab(form, size):
    """6.4 is what reports hold; 5.8 is the oldest at hand, JupyterLab has 5.6."""
    spec = specification(form, size)
    width, height = struct.unpack(">II", vl_convert.vegalite_to_png(spec, vl_version="6.4")[16:24])
    assert (100 < width <= 900, 60 < height <= 1600) == (True, True)
    assert vl_convert.vegalite_to_vega({**spec, "$schema": style.SCHEMA}, vl_version="5.8")["marks"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_table_gives_the_same_chart(form):
    assert FORMS[form](given("whole")).to_dict() == specification(form, "whole")


@pytest.mark.parametrize("form", ["bars", "bars of names"])
def test_bars_start_at_zero(form):
    scales = [part.get("scale", {}) for part in fields(specification(form, "whole")) if part["field"] == "n"]
    assert {scale["domain"][0] for scale in scales if "domain" in scale} == {0}


@pytest.mark.parametrize("form", FORMS)
def test_no_letter_is_too_small_to_read(form):
    drawn = vl_convert.vegalite_to_svg(specification(form, "whole"), vl_version="6.4")
    assert min(float(found) for found in re.findall(r'font-size="([0-9.]+)px"', drawn)) >= 11


def test_a_share_of_too_few_papers_is_not_in_the_chart_but_its_count_is():
    whole = yearly(y2021=3, y2022=10)
    table = shares.shares_over_time(whole, categories("theme", a=["y2021_0", "y2022_0"]), "theme")
    found = {row["period"]: row for row in rows(charts.shares(table, "theme").to_dict())}
    assert [found["2021"][name] for name in ("share", "n", "of")] == [None, 1, 3]
    assert found["2022"]["share"] == 0.1


NO_SHARE = "No complete period has the ten papers that a share needs"


SHARES = [
    ({"y2020": 1, "y2021": 3}, {"a": ["y2021_0"]}, NO_SHARE),
    ({"y2020": 1, "y2021": 10}, {"a": ["y2021_0"]}, NO_SHARE),  # not over
    ({"y2020": 10, "y2021": 20, "y2022": 1}, {"a": ["y2021_0"]}, "A has the largest share in 2021: 5%"),
    ({"y2021": 10, "y2022": 1}, {"a": ["y2021_0"], "b": ["y2021_1"]}, "A has the largest share in 2021: 10%"),
]


@pytest.mark.parametrize(("sizes", "members", "expected"), SHARES)
def test_the_title_of_shares_is_their_finding(sizes, members, expected):
    table = shares.shares_over_time(yearly(**sizes), categories("theme", **members), "theme")
    assert charts.shares(table, "theme").to_dict()["title"]["text"] == [expected]


def test_a_text_alternative_tells_the_range_and_what_is_left_out_or_not_over():
    whole = yearly(y2021=3, y2022=1)
    table = categories("theme", a=["y2021_0", "y2021_1"], b=["y2021_1"], c=["y2021_2"])
    bars = shares.counts(whole, table, "theme")
    assert charts.bars(bars, "theme").to_dict()["description"].endswith("Bar chart, 3 rows: A (2) to C (1).")
    columns = charts.papers_by_period(shares.papers_over_time(whole)).to_dict()
    assert "2022 (dashed) is not over" in columns["description"]
    assert columns["title"]["text"] == ["4 of 4 papers are from 2021 or later"]
    dates = {"y2021_0": "2021-01-01", "y2021_1": "2020-01-01", "p2": None, "p3": None}
    yearly_shares = shares.shares_over_time(corpus(**dates), table, "theme")
    assert "2 undated papers left out" in charts.shares(yearly_shares, "theme").to_dict()["description"]
    met = categories("theme", a=["y2021_0", "y2021_1"], b=["y2021_0", "y2021_1"], c=["y2021_0"])
    pairs = charts.matrix(cooccurrence.together(whole, met, "theme")).to_dict()
    assert "3 pairs with papers, 2 at most" in pairs["description"]


@pytest.mark.parametrize("form", ["time line", "bars of names", "one share"])
def test_what_is_no_theme_has_one_colour(form):
    """Colour says theme: a reader who has learnt them would take any other for a theme."""
    text = json.dumps({key: part for key, part in specification(form, "whole").items() if key != "config"})
    assert sum(hue in text for hue in [*style.HUES, style.GREY]) == 1


def test_a_date_is_written_as_exactly_as_it_is_known():
    whole = corpus(p1="2020-01-01", p2="2021-05-02")
    whole.papers["date_precision"] = ["year", "day"]
    table = shares.dated_rows(whole, categories("facet", a=["p1", "p2"]), "facet")
    found = charts.timeline(table, "facet").to_dict()
    assert [row["date"] for row in rows(found) if "date" in row] == ["2020", "2 May 2021"]
    drawn = vl_convert.vegalite_to_svg(found, vl_version="6.4")
    told = [words in drawn for words in ("2020 · Title of p1", "May 2021 · Title of p2", "Jan 2020")]
    assert told == [True, True, False]


TITLES = [
    ("{First}: {amount}", {"a": 3, "b": 1}, "Alpha: 3 of 4 papers"),
    ("Most is {first}: {amount}", {"a": 3, "b": 1}, "Most is alpha: 3 of 4 papers"),
    ("Most is {first}: {amount}", {"a": 3, "b": 3}, "Most is alpha and B{first}: 3 of 4 papers each"),
    ("Who? {First}, {amount}", dict.fromkeys("abcd", 3), "Who? None stands out: 4 have 3 of 4 papers each"),
    ("Most: {first}", {"a": 2, "b": 1}, "None of these has more than 2 papers"),
    ("{braces} stay", {"a": 3, "b": 1}, "{braces} stay"),
]


@pytest.mark.parametrize(("title", "sizes", "expected"), TITLES)
def test_a_title_takes_its_facts_from_the_table(title, sizes, expected):
    """A label with braces in it is not filled again."""
    table = pd.DataFrame({"theme": list(sizes), "n": list(sizes.values()), "of": 4})
    spec = charts.bars(table, "theme", title, labels={"a": "Alpha", "b": "B{first}"}).to_dict()
    assert " ".join(spec["title"]["text"]) == expected


@pytest.mark.parametrize("form", ["time line", "map", "shares", "profiles"])
def test_joined_views_tell_how_narrow_they_may_be(form):
    """A report gives them the width there is; see charts.js."""
    spec = specification(form, "whole")
    about = spec["usermeta"]["litreview"]
    assert about["panel"] + about["beside"] <= 350  # of a telephone's 390 pixels
    views = spec.get("vconcat") or spec.get("concat") or [spec["spec"]]
    assert all(isinstance(view["width"], int) for view in views)

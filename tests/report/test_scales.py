import pandas as pd
import pytest

from litreview import charts
from litreview.analysis import trends
from litreview.report.scales import differences, measured, with_shared_scales


def bars(*rows, share=True):
    """A bar chart of (name, n, of)."""
    table = pd.DataFrame([{"name": name, "n": n, "of": of} for name, n, of in rows])
    table = table.assign(share=table["n"] / table["of"], low=0.0, high=table["n"] / table["of"])
    return charts.bars(table, "name", share=share).to_dict()


def domains(spec, channel):
    found = []

    def walk(value):
        if isinstance(value, dict):
            scale = value.get("encoding", {}).get(channel, {}).get("scale", {})
            found.extend([scale["domain"]] if "domain" in scale else [])
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk({key: each for key, each in spec.items() if key != "datasets"})
    return found


def test_an_axis_reaches_as_far_as_the_widest_of_the_runs():
    one, two = bars(("a", 1, 10)), bars(("a", 9, 10))
    (first,), (last,) = (set(map(tuple, domains(spec, "x"))) for spec in with_shared_scales([one, two]))
    assert first == last
    assert first[1] >= 0.9 > domains(one, "x")[0][1]


def test_the_charts_themselves_stay_as_they_are():
    one, two = bars(("a", 1, 10)), bars(("a", 9, 10))
    before = domains(one, "x")
    with_shared_scales([one, two])
    assert domains(one, "x") == before


def test_years_are_all_there_in_their_order_and_days_begin_together():
    def spec(kind, *values):
        x = {"field": "when", "type": kind}
        return {"datasets": {"d": [{"when": value} for value in values]}, "mark": "bar", "encoding": {"x": x}}

    shared = with_shared_scales([spec("ordinal", "2021", "2023"), spec("ordinal", "2022")])
    assert [domains(each, "x") for each in shared] == [[["2021", "2022", "2023"]]] * 2
    shared = with_shared_scales([spec("ordinal", 2021, 2023), spec("ordinal", 2022)])
    assert domains(shared[1], "x") == [[2021, 2022, 2023]]
    shared = with_shared_scales(
        [spec("temporal", "2021-05-01T00:00:00"), spec("temporal", "2019-02-03T00:00:00", None)]
    )
    assert domains(shared[0], "x") == [[{"year": 2019, "month": 2, "date": 3}, {"year": 2021, "month": 5, "date": 1}]]


def test_columns_that_bear_their_numbers_are_as_high_as_each_other():
    """Without an axis, and without a domain of their own."""
    y = {"field": "n", "type": "quantitative", "axis": None}
    specs = [{"datasets": {"d": [{"n": n}]}, "mark": "bar", "encoding": {"y": y}} for n in (3, 12)]
    assert [domains(each, "y") for each in with_shared_scales(specs)] == [[[0, 12]]] * 2


def test_where_rows_are_laid_out_is_not_an_axis():
    """A time line without an axis along y is as high as its rows; stretching it would tear it apart."""
    y = {"field": "level", "type": "quantitative", "axis": None, "scale": {"domain": [0, 50]}}
    specs = [{"mark": "point", "encoding": {"y": y | {"scale": {"domain": [0, top]}}}} for top in (50, 100)]
    assert [domains(each, "y") for each in with_shared_scales(specs)] == [[[0, 50]], [[0, 100]]]


def test_differences_are_told_largest_first_and_what_is_missing_is_no_zero():
    runs = {
        "one": bars(("a", 1, 10), ("b", 5, 10), ("c", 2, 10)),
        "two": bars(("a", 8, 10), ("b", 5, 10), ("d", 1, 10)),
    }
    table = differences(runs)
    assert table["name"].tolist() == ["A", "B", "C", "D"]
    assert table["apart"].round(4).tolist()[:2] == [0.7, 0.0]
    assert table["apart"].isna().tolist() == [False, False, True, True]
    assert table.attrs["form"] == ".0%"


@pytest.mark.parametrize(
    "runs",
    [
        {"one": bars(("a", 1, 10))},
        {"one": bars(("a", 1, 10)), "two": bars(("b", 1, 10))},  # nothing in common
        {"one": bars(("a", 1, 10)), "two": bars(("a", 1, 10), share=False)},  # shares and counts
        {"one": bars(("a", 1, 10)), "two": charts.bars(pd.DataFrame(columns=["name", "n", "of"]), "name").to_dict()},
    ],
)
def test_what_cannot_be_compared_is_not(runs):
    assert differences(runs) is None


def test_a_time_line_measures_nothing(three_papers):
    table = pd.DataFrame({"paper_id": three_papers.papers["paper_id"], "facet": ["x", "y", "y"]})
    spec = charts.timeline(trends.dated_rows(three_papers, table, "facet"), "facet").to_dict()
    assert measured(spec) is None

import base64
import gzip
import json
import re

import pytest

from litreview.charts import style
from litreview.report import chart_html
from litreview.report.page import asset

SPEC = {
    "$schema": style.SCHEMA,
    "title": {"text": ["A long", "title"], "subtitle": "Papers, n = 3"},
    "description": "Three papers.",
    "usermeta": {"litreview": {"source": "trends.by_year", "n": 3}, "embedOptions": {"actions": True}},
    "config": {"axis": {"labelColor": style.INK, "gridColor": style.GRID}},
    "datasets": {"data-1": [{"year": 2020, "n": 3}]},
    "data": {"name": "data-1"},
    "mark": {"type": "bar", "color": style.HUES[0]},
    "encoding": {
        "x": {"field": "year", "type": "ordinal", "axis": {"title": "Year"}},
        "y": {"field": "n", "title": "Papers"},
        "color": {"field": "n", "scale": {"range": [style.PAPER, style.INK]}},
    },
}


def made(spec=SPEC, datasets=None):
    return chart_html.figure(spec, 1, {} if datasets is None else datasets)


def test_a_figure_takes_title_description_and_provenance_out_of_the_drawing():
    figure = made()
    assert (figure["title"], figure["subtitle"], figure["alt"]) == ("A long title", "Papers, n = 3", "Three papers.")
    assert (figure["source"], figure["n"]) == ("trends.by_year", 3)
    spec = json.loads(figure["json"])["spec"]
    assert not {"title", "description", "usermeta", "datasets", "$schema"} & set(spec)


def test_a_picture_that_leaves_the_page_breaks_its_title_as_the_chart_does():
    """In one line it would be cut at the edge."""
    assert json.loads(made(SPEC)["json"])["title"] == [["A long", "title"], ["Papers, n = 3"]]


def test_a_chart_that_fits_its_place_does_so_again_on_the_page():
    about = {"usermeta": {"litreview": {**SPEC["usermeta"]["litreview"], "fits": True}}}
    assert json.loads(made({**SPEC, "width": 720, **about})["json"])["spec"]["width"] == "container"
    assert json.loads(made({**SPEC, "width": 720})["json"])["spec"]["width"] == 720


def test_the_specification_that_a_notebook_holds_stays_as_it_was():
    before = json.dumps(SPEC)
    made()
    assert json.dumps(SPEC) == before


def test_charts_on_the_same_table_share_one_copy_of_it():
    datasets = {}
    first, second = made(datasets=datasets), made(datasets=datasets)
    assert datasets == {"data-1": [{"year": 2020, "n": 3}]}
    assert json.loads(first["json"])["datasets"] == json.loads(second["json"])["datasets"] == ["data-1"]


def test_a_year_in_a_table_is_no_quantity():
    spec = SPEC | {"datasets": {"data-1": [{"year": 2020, "n": 3000}]}}
    assert '<td class="number">2020</td><td class="number">3,000</td>' in made(spec)["tables"]


def heads(spec):
    """The column heads of each table of a figure."""
    tables = made(spec)["tables"].split("<table")[1:]
    return [re.findall(r'<th scope="col"[^>]*>(?:<button[^>]*>)?([^<]*)', each) for each in tables]


def drawn(**datasets):
    return {"datasets": datasets, "encoding": {"x": {"field": "a", "title": "A"}, "y": {"field": "b", "title": "B"}}}


@pytest.mark.parametrize(
    ("datasets", "expected"),
    [
        ({"d": [{"a": 1, "b": 2, "foot": 3}]}, [["A", "B"]]),  # a column without words says how it is drawn
        ({"d": [{"a": 1, "b": 2}], "e": [{"a": 1, "foot": 3}]}, [["A", "B"]]),  # and so does a whole data set
        ({"d": [{"a": 1, "b": 2}], "e": [{"b": 2, "a": 1, "c": 1}]}, [["A", "B"], ["B", "A"]]),
        ({"d": [{"a": 1, "b": 2}], "e": [{"a": 1, "b": 2, "c": 1}]}, [["A", "B"]]),  # the same rows are told once
        ({"d": [{"c": 1, "foot": 3}]}, [["c", "foot"]]),  # better than nothing
    ],
)
def test_a_table_holds_what_has_words(datasets, expected):
    assert heads(drawn(**datasets)) == expected


def test_columns_are_called_what_tooltips_call_them_or_else_axes():
    """An axis speaks of all that is drawn along it: "F1" stands at the end of an interval too."""
    assert heads(SPEC) == [["Year", "Papers"]]
    channels = {"x": {"field": "low", "title": "F1"}, "y": {"field": "b", "title": "B"}}
    channels["tooltip"] = [{"field": "low", "title": "95% interval from"}]
    assert heads({"datasets": {"d": [{"low": 1, "b": 2}]}, "encoding": channels}) == [["95% interval from", "B"]]


def test_house_greys_follow_the_page_and_scales_keep_theirs():
    spec = json.loads(made()["json"])["spec"]
    assert spec["config"]["axis"] == {"labelColor": f"var(--ink,{style.INK})", "gridColor": f"var(--grid,{style.GRID})"}
    assert spec["encoding"]["color"]["scale"]["range"] == [style.PAPER, style.INK]
    assert spec["mark"]["color"] == style.HUES[0]


@pytest.mark.parametrize("grey", chart_html.GREYS)
def test_the_page_paints_each_grey_as_the_charts_do(grey):
    light = asset("page.css").split("@media", 1)[0]
    assert f"{chart_html.GREYS[grey]}: {grey};" in light


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("</script><script>alert(1)</script>", "</script><script>alert(1)</script>"),
        ("\u202eevil", "evil"),
        (float("nan"), None),  # JSON has no NaN, and a browser would stop at it
        (["a\nb"], ["a b"]),
    ],
)
def test_data_from_strangers_is_legible_and_stays_data(value, expected):
    datasets = {}
    made({**SPEC, "datasets": {"data-1": [{"n": value}]}}, datasets)
    assert datasets["data-1"] == [{"n": expected}]


def test_a_title_from_a_stranger_cannot_end_the_script_element():
    assert "<" not in made({**SPEC, "title": "</script><b>"})["json"]


def test_the_bundle_is_the_same_from_the_cache_and_survives_a_broken_one(tmp_path, monkeypatch):
    monkeypatch.setattr(chart_html, "CACHE", tmp_path)
    fresh = chart_html.vega_bundle.__wrapped__()
    (kept,) = tmp_path.iterdir()
    assert chart_html.vega_bundle.__wrapped__() == fresh
    kept.write_bytes(gzip.compress(b"x")[:9])  # as a full disk leaves it
    assert chart_html.vega_bundle.__wrapped__() == fresh


def test_the_bundle_can_stand_in_a_page():
    source = gzip.decompress(chart_html.base64.b64decode(chart_html.vega_bundle()[0])).decode()
    assert "</script" not in source
    assert "<!--" not in source
    assert chart_html.policy_hash(source) == chart_html.vega_bundle()[1]


def test_a_mark_links_to_web_addresses_only():
    datasets = {}
    rows = [{"url": "https://arxiv.org/abs/1"}, {"url": "javascript:alert(1)"}, {"url": None}]
    made({**SPEC, "datasets": {"data-1": rows}}, datasets)
    assert [row["url"] for row in datasets["data-1"]] == ["https://arxiv.org/abs/1", None, None]


BARS = {
    "title": "A title that a card has no room for",
    "background": style.PAPER,
    "datasets": {"d": [{"name": "<script>alert(1)</script>", "n": 2}, {"name": "b", "n": 1}]},
    "data": {"name": "d"},
    "width": "container",
    "height": {"step": 26},
    "mark": "bar",
    "encoding": {
        "y": {"field": "name", "type": "nominal"},
        "x": {"field": "n", "type": "quantitative", "title": "Papers"},
    },
}


def thumbnail(spec) -> str:
    """The drawing behind the address of a thumbnail."""
    address = chart_html.thumbnail(spec)
    assert address == chart_html.thumbnail(spec)  # the same bytes
    start = "data:image/svg+xml;base64,"
    assert address.startswith(start) or not address
    return base64.b64decode(address.removeprefix(start)).decode()


def test_a_thumbnail_is_a_drawing_without_a_title():
    drawing = thumbnail(BARS)
    assert drawing.startswith("<svg")
    assert "Papers" in drawing
    assert "A title" not in drawing


def test_names_from_strangers_are_text_in_a_thumbnail():
    assert "<script" not in thumbnail(BARS)
    assert "&lt;script&gt;" in thumbnail(BARS)


def test_a_thumbnail_leads_to_no_address_that_is_not_of_the_web():
    rows = [{"name": "a", "n": 1, "url": "javascript:alert(1)"}, {"name": "b", "n": 1, "url": "https://arxiv.org"}]
    linked = {**BARS["encoding"], "href": {"field": "url", "type": "nominal"}}
    assert "javascript" not in thumbnail(BARS | {"datasets": {"d": rows}, "encoding": linked})


def test_a_control_character_ends_no_process():
    """As it would: the library that draws stops the interpreter over one in a text that it measures."""
    rows = [{"name": f"a\x00b{place}", "n": 1} for place in range(2)]
    assert "ab1" in thumbnail(BARS | {"datasets": {"d": rows}, "usermeta": {"x": "\x01"}})


@pytest.mark.parametrize("joined", ["vconcat", "hconcat", "concat"])
def test_of_joined_charts_the_first_is_shown(joined):
    outer = {key: BARS[key] for key in ("title", "datasets")}
    view = {key: value for key, value in BARS.items() if key not in outer}
    assert "&lt;script&gt;" in thumbnail({**outer, joined: [view, {"data": {"name": "d"}, "mark": "point"}]})


@pytest.mark.parametrize("spec", [BARS | {"usermeta": {"litreview": {"n": 0}}}, {"mark": "no such mark"}, {}])
def test_a_chart_that_shows_no_paper_or_cannot_be_drawn_has_no_thumbnail(spec):
    assert thumbnail(spec) == ""

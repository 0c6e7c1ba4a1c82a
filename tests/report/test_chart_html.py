import base64
import json
import re

import pytest

from litreview.charts import style, svg_export
from litreview.report import chart_html
from litreview.report.tables import asset

SPEC = {
    "$schema": style.SCHEMA,
    "title": {"text": ["A long", "title"], "subtitle": "Papers, n = 3"},
    "description": "Three papers.",
    "usermeta": {"litreview": {"source": "shares.papers_over_time", "n": 3}, "embedOptions": {"actions": True}},
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
    assert (figure["source"], figure["n"]) == ("shares.papers_over_time", 3)
    spec = json.loads(figure["json"])["spec"]
    assert not {"title", "description", "usermeta", "datasets", "$schema"} & set(spec)
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', figure["tables"]) == ["Year", "Papers"]
    assert '<td class="number">2020</td><td class="number">3</td>' in figure["tables"]
    assert "<" not in made({**SPEC, "title": "</script><b>"})["json"]


WORDED = [
    ([{"low": 1, "b": 2, "foot": 3}], ["95% interval from", "B"]),  # words of tooltips; "foot" has none
    ([{"c": 1, "foot": 3}], ["c", "foot"]),  # better than nothing
]


@pytest.mark.parametrize(("rows", "expected"), WORDED)
def test_a_table_holds_what_has_words(rows, expected):
    channels = {"x": {"field": "low", "title": "F1"}, "y": {"field": "b", "title": "B"}}
    channels["tooltip"] = [{"field": "low", "title": "95% interval from"}]
    tables = made({"datasets": {"d": rows}, "encoding": channels})["tables"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', tables) == expected


def test_house_greys_follow_the_page_and_scales_keep_theirs():
    spec = json.loads(made()["json"])["spec"]
    assert spec["config"]["axis"] == {"labelColor": f"var(--ink,{style.INK})", "gridColor": f"var(--grid,{style.GRID})"}
    assert spec["encoding"]["color"]["scale"]["range"] == [style.PAPER, style.INK]
    assert spec["mark"]["color"] == style.HUES[0]


@pytest.mark.parametrize("grey", style.GREYS)
def test_the_page_paints_each_grey_as_the_charts_do(grey):
    light = asset("page.css").split("@media", 1)[0]
    assert f"{style.ON_A_PAGE[grey]}: {grey};" in light


DATA = [
    ("</script><script>alert(1)</script>", "</script><script>alert(1)</script>"),
    ("\u202eevil", "evil"),
    (float("nan"), None),  # JSON has no NaN, and a browser would stop at it
    (["a\nb"], ["a b"]),
    ({"url": "https://arxiv.org/abs/1"}, {"url": "https://arxiv.org/abs/1"}),  # a mark links to the web alone
    ({"url": "javascript:alert(1)"}, {"url": None}),
    ({"url": None}, {"url": None}),
]


@pytest.mark.parametrize(("value", "expected"), DATA)
def test_data_from_strangers_is_legible_and_stays_data(value, expected):
    datasets = {}
    made({**SPEC, "datasets": {"data-1": [{"n": value}]}}, datasets)
    assert datasets["data-1"] == [{"n": expected}]


BARS = {
    "title": "A title that a card has no room for",
    "background": style.PAPER,
    "datasets": {
        "d": [{"name": "<script>alert(1)</script>", "n": 2}, {"name": "a\x00b1", "n": 1, "url": "javascript:x"}]
    },
    "data": {"name": "d"},
    "width": "container",
    "height": {"step": 26},
    "mark": "bar",
    "encoding": {"y": {"field": "name"}, "x": {"field": "n", "type": "quantitative", "title": "Papers"}},
}


def thumbnail(spec) -> str:
    """The drawing behind the address of a thumbnail."""
    address = svg_export.thumbnail(spec)
    assert address == svg_export.thumbnail(spec)  # the same bytes
    start = "data:image/svg+xml;base64,"
    assert address.startswith(start) or not address
    return base64.b64decode(address.removeprefix(start)).decode()


def test_a_thumbnail_is_a_drawing_without_a_title_in_which_names_are_text_and_links_lead_to_the_web():
    """A control character in a text ends the process of the library that draws, were it not taken out."""
    linked = {**BARS["encoding"], "href": {"field": "url", "type": "nominal"}}
    drawing = thumbnail(BARS | {"encoding": linked, "usermeta": {"x": "\x01"}})
    assert drawing.startswith("<svg")
    for words in ("Papers", "&lt;script&gt;", "ab1"):
        assert words in drawing
    for words in ("A title", "<script", "javascript"):
        assert words not in drawing
    assert thumbnail({"mark": "no such mark"}) == ""

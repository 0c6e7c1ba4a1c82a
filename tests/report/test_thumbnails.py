import re

import pytest

from litreview.charts import style
from litreview.report.thumbnails import TALL, preview

BARS = {
    "title": "A title that a card has no room for",
    "background": style.PAPER,
    "config": {"axis": {"labelColor": style.INK}},
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


def test_a_preview_is_shapes_and_text_in_the_pages_colours():
    drawing = preview(BARS)
    assert drawing.startswith("<svg")
    assert "<path" in drawing
    assert 'fill="var(--ink)"' in drawing
    assert "viewBox" in drawing


def test_a_preview_is_hidden_from_those_who_hear_the_card():
    assert 'aria-hidden="true"' in preview(BARS)


def test_words_that_a_card_has_no_room_for_are_left_out():
    assert "A title" not in preview(BARS)
    assert "Papers" not in preview(BARS)


def test_names_from_strangers_are_text():
    assert "<script" not in preview(BARS)
    assert "&lt;script&gt;" in preview(BARS)


def test_a_control_character_ends_no_process():
    """As it would: the library that draws stops the interpreter over one in a text that it measures."""
    rows = [{"name": f"a\x00b{place}", "n": 1} for place in range(2)]
    assert "ab1" in preview(BARS | {"datasets": {"d": rows}, "usermeta": {"x": "\x01"}})


def test_what_is_no_shape_is_left_out():
    linked = BARS | {"mark": {"type": "bar", "href": "javascript:alert(1)", "tooltip": True}}
    drawing = preview(linked)
    assert "javascript" not in drawing
    assert "<a" not in drawing
    assert "aria-label" not in drawing


@pytest.mark.parametrize("joined", ["vconcat", "hconcat", "concat"])
def test_of_joined_charts_the_first_is_shown(joined):
    outer = {key: BARS[key] for key in ("title", "config", "datasets")}
    view = {key: value for key, value in BARS.items() if key not in outer}
    assert "&lt;script&gt;" in preview({**outer, joined: [view, {"data": {"name": "d"}, "mark": "point"}]})


def test_long_names_stand_in_two_lines_as_on_a_phone():
    """The form of a phone is chosen by the place that a chart has; a drawing has none, and names its own."""
    broken = "containerSize()[0] < 500 ? ['first line', 'second line'] : datum.label"
    encoding = BARS["encoding"] | {"y": BARS["encoding"]["y"] | {"axis": {"labelExpr": broken}}}
    assert re.search(
        r'<tspan>first line</tspan><tspan x="0" dy="\d+">second line', preview(BARS | {"encoding": encoding})
    )


@pytest.mark.parametrize(("height", "shown", "cut"), [(200, 200, False), (400, TALL, False), (900, TALL, True)])
def test_a_tall_chart_is_drawn_closer_or_cut(height, shown, cut):
    drawing = preview(BARS | {"height": height})
    assert shown <= float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', drawing)[1]) <= shown + 40
    assert ('class="more"' in drawing) == cut


def test_a_chart_without_a_paper_has_no_preview():
    assert preview(BARS | {"usermeta": {"litreview": {"n": 0}}}) == ""


def test_the_same_chart_gives_the_same_drawing():
    assert preview(BARS) == preview(BARS)


def test_what_cannot_be_drawn_leaves_the_card_without_a_picture():
    assert preview({"mark": "no such mark"}) == ""

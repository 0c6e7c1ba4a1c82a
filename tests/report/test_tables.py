import re

import pandas as pd
import pytest

from litreview.report import tables
from litreview.report.page_safety import clean_html
from litreview.report.tables import page_part, table

ROWS = pd.DataFrame({"title": ["One", "<b>Two</b>"], "n": [1200, 3], "share": [0.25, 0.5]})
ROWS["published"] = pd.to_datetime(["2024-05-01", None])
ROWS["url"] = ["https://arxiv.org/abs/1", "javascript:alert(1)"]


def source(*args, **options):
    return table(*args, **options).source


def test_a_table_has_a_caption_and_heads_that_say_what_they_head():
    shown = source(ROWS, "Papers & more", columns={"title": "Paper", "n": "Papers"})
    assert "<caption>Papers &amp; more</caption>" in shown
    assert '<th scope="col">Paper</th><th scope="col" class="number">Papers</th>' in shown
    assert '<th scope="row"><a href="https://arxiv.org/abs/1">One</a></th><td class="number">1,200</td>' in shown
    assert 'role="region" tabindex="0" aria-label="Papers &amp; more"' in shown
    assert "&lt;b&gt;Two&lt;/b&gt;" in shown
    assert "javascript" not in shown  # only web addresses become links


def test_a_column_that_says_nothing_is_left_out():
    shown = source(pd.DataFrame({"a": ["x", "y"], "b": ["", None], "c": [None, "z"]}), "T")
    assert re.findall("<th scope=.col.>(.)<", shown) == ["A", "C"]


def test_a_date_shows_as_exactly_as_it_is_known():
    shown = source(ROWS.assign(date_precision=["month", None]), "T", columns={"published": "When"})
    assert re.findall("<th scope=.row.>(.*?)<", shown) == ["2024-05", "–"]


def test_values_and_headings_show_as_text():
    hostile = '<img src=x onerror="alert(1)">\u202e'
    shown = source(pd.DataFrame({hostile: [hostile]}), hostile)
    assert "<img" not in shown
    assert "\u202e" not in shown
    assert shown.count("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;") == 4  # region, caption, head, cell


HOSTILE = "<img src=x onerror=1><script>x</script> x<y"
STYLED = pd.DataFrame({HOSTILE: [HOSTILE], "n": 1.5}, index=[HOSTILE]).rename_axis(HOSTILE).rename_axis(columns=HOSTILE)
LEVELS = STYLED.set_axis(pd.MultiIndex.from_tuples([(HOSTILE, "a"), ("b", HOSTILE)]), axis=1)
STYLES = [
    STYLED.style,  # a cell, two heads, and the names of both
    LEVELS.style,
    STYLED.style.format({"n": "{:.0%}"}),  # pandas escapes nothing where a format is given
    STYLED.style.format(escape="html"),
    STYLED.style.format('<a href="javascript:{0}">{0}</a>', subset=[HOSTILE]),
    STYLED.style.set_caption(HOSTILE),
    STYLED.style.set_tooltips("</style>" + STYLED[[HOSTILE]]),
]


@pytest.mark.parametrize("style", STYLES)
def test_a_table_that_pandas_styles_shows_its_texts_and_nothing_acts_in_it(style):
    before = style.to_latex()
    shown = tables.styled(style).source
    assert shown.count("&lt;img src=x onerror=1&gt;&lt;script&gt;x&lt;/script&gt; x&lt;y") == 5
    assert not re.search("<img|<script|href=.javascript", shown.partition("</style>")[2])
    assert style.to_latex() == before


VALUES = [
    ([1.0, 1200.0, None], "", ["1", "1,200", "–"]),  # integers that a missing value has made floats
    ([0.0004, 0.2], "", ["0.0004", "0.2"]),
    ([0.251, 0.5], ".0%", ["25%", "50%"]),
    ([float("inf"), 1.0], "", ["inf", "1"]),
    ([True, False], "", ["yes", "no"]),
    (["a\nb", None], "", ["a b", "–"]),
    (pd.to_datetime(["2024-05-01", None]), "", ["2024-05-01", "–"]),
]


@pytest.mark.parametrize(("values", "form", "expected"), VALUES)
def test_values_show_as_a_reader_expects(values, form, expected):
    shown = source(pd.DataFrame({"name": "x", "value": values}), "T", formats={"value": form})
    assert re.findall("<td[^>]*>(.*?)</td>", shown) == expected


@pytest.mark.parametrize(("rows", "searchable", "expected"), [(14, True, False), (15, True, True), (15, False, False)])
def test_long_tables_can_be_searched(rows, searchable, expected):
    shown = source(pd.DataFrame({"a": range(rows)}), "x", searchable=searchable)
    assert ("data-searchable" in shown) is expected


def test_a_table_survives_the_cleaning_of_a_page():
    shown = source(pd.concat([ROWS.assign(reason="word " * 20)] * 8), "x")
    assert shown.count('<td class="long">') == 16
    kept = clean_html(shown).replace('data-searchable=""', "data-searchable")
    assert kept == shown


def test_a_page_has_the_first_rows_of_a_long_table_and_a_notebook_what_its_server_lets_through(monkeypatch):
    monkeypatch.setattr(tables, "MOST", 2)
    monkeypatch.setattr(tables, "ROOM", 200)
    shown = table(pd.DataFrame({"a": ["</script>", *"bcdefgh"]}), "x")
    assert (shown.source.count("<tr>"), shown.more.count("<tr>")) == (3, 4)  # with the head; six rows fit
    assert "The first 2 of 8 are shown" in shown.source
    assert page_part(shown._repr_html_()) == shown.source
    assert "</script>" not in shown.source + shown.more


def test_a_table_is_words_in_a_terminal():
    assert repr(table(pd.DataFrame({"term": ["a & b"], "n": [2]}), "T")).split() == "T Term Papers a & b 2".split()

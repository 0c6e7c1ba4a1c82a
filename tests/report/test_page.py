import re

import pytest
from conftest import code, markdown, notebook
from nbformat import v4

from litreview.charts import style
from litreview.report.page import ReportExporter, export, render_page
from litreview.report.page_checks import problems

CHART = {
    style.MIME: {
        "title": "A chart title",
        "description": "What the chart says.",
        "datasets": {"data-1": [{"x": 1}]},
        "data": {"name": "data-1"},
        "mark": "point",
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    },
    "text/plain": "[Chart]",
}
TABLE = '<table><caption>Some</caption><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
RUN = {
    "name": "offline-rl",
    "title": "From the catalogue",
    "question": "Another question?",
    "notebook": "21.ipynb",
    "parameters": {"since": "2020"},
    "corpus": {"checksum": "3f2a", "summary": "3 papers", "as_of": "2025-01-01", "papers": 3, "of": 3, "frame": ""},
}


def page(*cells, **metadata):
    return export(notebook(markdown("# Title\n\nWhat is asked?\n\nMore."), *cells, **metadata))


def test_a_page_of_everything_keeps_all_rules():
    cells = [
        markdown("## Section\n\nText."),
        code("1", "findings", shows=[{"text/markdown": "- one\n- two"}]),
        code("2", shows=[CHART, {"text/html": TABLE}, {"text/plain": "plain"}]),
    ]
    assert problems(page(*cells)) == []
    assert problems(page(*cells, litreview=RUN)) == []


def test_the_same_notebook_gives_the_same_bytes():
    cells = [markdown("## Section"), code("2", shows=[CHART, {"text/html": TABLE}])]
    assert page(*cells) == page(*cells)


def test_title_and_question_stand_once_at_the_head():
    source = page()
    assert source.count("<h1>Title</h1>") == 1
    assert source.count("What is asked?") == 1
    assert "<title>Title</title>" in source


def test_the_catalogue_names_a_report_that_its_notebook_cannot():
    source = page(litreview=RUN | {"title": "Themes <b>&", "question": "Q <i>?"})
    assert "<h1>Themes &lt;b&gt;&amp;</h1>" in source
    assert "Q &lt;i&gt;?" in source
    assert "What is asked?" not in source


def test_a_notebook_without_a_title_is_named_by_its_metadata():
    assert "<h1>Named &lt;b&gt;</h1>" in export(notebook(markdown("text"), title="Named <b>"))


def test_findings_are_set_off():
    assert '<div class="findings prose"><ul>' in page(code("1", "findings", shows=[{"text/markdown": "- one"}]))


def test_the_bundle_comes_once_with_charts_and_not_at_all_without():
    assert page(code("1", shows=[CHART, CHART])).count('id="vega"') == 1
    assert page(code("1", shows=[CHART, CHART])).count('data-dataset="data-1"') == 1
    assert 'id="vega"' not in page()
    assert len(page()) < 40_000


def test_a_chart_names_its_table_and_its_corpus():
    spec = CHART[style.MIME] | {"usermeta": {"litreview": {"source": "trends.by_year", "n": 29}}}
    source = page(code("1", shows=[{style.MIME: spec}]), litreview=RUN)
    assert "From table <i>trends.by_year</i>, n = 29; corpus 3f2a" in source


def test_the_policy_allows_each_script_by_its_hash_and_nothing_else():
    source = page(code("1", shows=[CHART]))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)[1]
    assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy
    assert policy.count("sha256-") == 3  # the page's script, the charts' script, the bundle
    assert "unsafe-eval" not in policy


def test_code_is_behind_the_switch_and_warnings_with_it():
    cell = code("x = 1")
    cell.outputs = [
        v4.new_output("stream", name="stderr", text="careful"),
        v4.new_output("stream", name="stdout", text="\x1b[31mfound\x1b[0m"),
    ]
    source = page(cell)
    assert re.search(r'<div class="code">.*?x.*?<pre class="warning">careful</pre></div>', source, re.DOTALL)
    assert '<pre class="output" tabindex="0">found</pre>' in source


HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>{{ 7*7 }}'


@pytest.mark.parametrize(
    "shown",
    [
        {"text/html": HOSTILE},
        {"text/markdown": HOSTILE},
        {"text/plain": HOSTILE},
        {style.MIME: CHART[style.MIME] | {"title": HOSTILE, "description": HOSTILE}},
        {style.MIME: CHART[style.MIME] | {"datasets": {"data-1": [{"x": HOSTILE}]}}},
        {style.MIME: CHART[style.MIME] | {"datasets": {HOSTILE: [{"x": 1}]}, "data": {"name": HOSTILE}}},
        {style.MIME: CHART[style.MIME] | {"usermeta": {"litreview": {"source": HOSTILE, "n": HOSTILE}}}},
        {"image/png": "AAAA", "text/plain": HOSTILE},
    ],
)
def test_what_strangers_write_never_becomes_an_element(shown):
    source = page(code("1", shows=[shown]))
    ours = page(code("1", shows=[CHART if style.MIME in shown else {"text/plain": "x"}]))
    assert source.count("<script") == ours.count("<script")
    assert "<img src=x" not in source
    assert problems(source) == []


def test_hostile_words_in_code_titles_and_parameters_show_as_text():
    run = RUN | {"title": HOSTILE, "question": HOSTILE, "parameters": {"corpus": HOSTILE}}
    source = page(code(f"x = {HOSTILE!r}"), markdown(f"## {HOSTILE}"), litreview=run)
    assert source.count("<script>") == page(litreview=RUN).count("<script>")
    assert "<img" not in source
    assert "{{ 7*7 }}" in source


def test_nbconvert_finds_the_exporter_by_its_name():
    from nbconvert.exporters.base import get_exporter

    assert get_exporter("litreview") is ReportExporter


def test_other_pages_have_the_look_and_escape_what_they_show():
    source = render_page(
        "front.html.j2", page={"title": "<b>", "policy": "x", "style": "", "scripts": []}, cards=[], summary="<i>"
    )
    assert "<h1>&lt;b&gt;</h1>" in source
    assert "<p>&lt;i&gt;</p>" in source

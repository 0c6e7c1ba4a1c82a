import re

import pytest
from conftest import code, markdown, notebook
from nbformat import v4

from litreview.charts import style
from litreview.report.page import Contents, export_page, markdown_html, scope
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
TABLE = (
    '<table><caption>Some</caption><thead><tr><th scope="col">a</th></tr></thead>'
    "<tbody><tr><td>1</td></tr></tbody></table>"
)
CORPUS = {"checksum": "3f2a", "summary": "3 papers", "as_of": "2025-01-01", "papers": 3, "of": 9, "frame": "2020"}
RUN = {"name": "offline-rl", "title": "From the catalogue", "question": "Another question?", "notebook": "21.ipynb"}
RUN |= {"parameters": {"since": "2020"}, "rules": {"themes.yml": "1a2b"}, "corpus": CORPUS}


def page(*cells, **metadata):
    return export_page(notebook(markdown("# Title\n\nWhat is asked?\n\nMore."), *cells, **metadata))


def test_a_page_of_everything_keeps_all_rules_and_has_the_same_bytes_twice():
    cells = [
        markdown("## Section\n\nText."),
        code("1", "findings", shows=[{"text/markdown": "- one\n- two"}]),
        code("2", shows=[CHART, {"text/html": TABLE}, {"text/plain": "plain"}]),
    ]
    assert problems(page(*cells)) == []
    assert problems(page(*cells, litreview=RUN)) == []
    assert page(*cells) == page(*cells)


@pytest.mark.parametrize("source", ["text first\n\n# Title", ""])
def test_a_notebook_without_a_title_is_named_by_its_metadata(source):
    assert "<h1>Named &lt;b&gt;</h1>" in export_page(notebook(markdown(source), title="Named <b>"))


def test_a_page_has_title_and_question_once_and_names_its_corpus_and_its_rules():
    own, run = page(), page(code("1", "findings", shows=[{"text/markdown": "- one"}]), litreview=RUN)
    assert own.count("<h1>Title</h1>") == own.count("What is asked?") == 1
    assert "<title>Title</title>" in own
    assert "<h1>From the catalogue</h1>" in run
    assert "What is asked?" not in run
    assert '<div class="findings prose"><ul>' in run
    assert "<dt>Corpus</dt><dd>3f2a: 3 papers; as of 2025-01-01</dd>" in run
    assert "<dt>Rules</dt><dd>themes.yml 1a2b</dd>" in run


def test_the_bundle_comes_once_with_charts_and_the_policy_allows_each_script_by_its_hash():
    source = page(code("1", shows=[CHART, CHART]))
    assert source.count('id="vega"') == source.count('data-dataset="data-1"') == 1
    assert 'id="vega"' not in page()
    assert len(page()) < 40_000
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
    run = RUN | {"title": HOSTILE, "question": HOSTILE, "parameters": {"corpus": HOSTILE}}
    source = page(code(f"x = {HOSTILE!r}", shows=[shown]), markdown(f"## {HOSTILE}"), litreview=run)
    ours = page(code("1", shows=[CHART if style.MIME in shown else {"text/plain": "x"}]))
    assert source.count("<script") == ours.count("<script")
    assert "text/html" not in shown or "was left out" in source
    assert "<img src=x" not in source
    assert "{{ 7*7 }}" in source
    assert problems(source) == []


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (2, "2 of 9 papers, May 2021"),  # of the whole corpus, whatever the period; the time is that of the two
        (3, "3 papers"),
    ],
)
def test_a_page_says_how_many_papers_the_report_itself_says_it_looks_at(n, expected):
    """Not how many its chart shows, which leaves undated papers out and may count records."""
    made = code("findings.made(corpus, papers)", shows=[{"text/markdown": "Made."}])
    made.outputs[0].metadata = {"text/markdown": {"papers": n, "frame": "May 2021"}}
    assert scope(notebook(made), CORPUS) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>\n"),
        (r"\$5 or \<b\> \_x\_", "<p>$5 or &lt;b&gt; _x_</p>\n"),  # escaped by findings.escape
        ("[x](javascript:alert(1))", None),
        ("<script>alert(1)</script>", None),
        ("<img src=x onerror=alert(1)>", None),
    ],
)
def test_markdown_becomes_clean_html(source, expected):
    result = markdown_html(source)
    assert "alert" not in result or "javascript" not in result
    assert "<script" not in result
    assert "onerror" not in result
    assert expected is None or result == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h2>Why <em>not</em> &amp; how</h2>", [(2, "why-not-how", "Why not & how")]),
        ("<h2>Why?</h2><h3>Why?</h3>", [(2, "why", "Why?"), (3, "why-2", "Why?")]),
        ('<h4 id="paper-1">One</h4><h4 id="paper-1">Two</h4>', [(4, "paper-1", "One"), (4, "paper-1-2", "Two")]),
        ("<h2>Main</h2>", [(2, "main-2", "Main")]),  # the page has an anchor of that name
        ("<h2>Über 3×</h2><h2>?!</h2>", [(2, "über-3", "Über 3×"), (2, "section", "?!")]),
    ],
)
def test_headings_get_anchors_that_differ_and_make_the_contents(source, expected):
    contents = Contents()
    result = contents.anchored(source)
    assert [tuple(heading.values()) for heading in contents.headings] == expected
    assert all(f' id="{name}">' in result and f'href="#{name}"' in result for _, name, _ in expected)


@pytest.mark.parametrize(
    ("outputs", "stays"),
    [
        ([{"text/html": '<p class="empty"><strong>Some:</strong> nothing to show.</p>'}], False),
        ([{style.MIME: CHART[style.MIME] | {"usermeta": {"litreview": {"n": 0}}}, "text/plain": ""}], False),
        ([{"text/markdown": ""}, {"text/html": " "}], False),
        ([{"text/html": '<p class="empty">x</p>'}, {"text/plain": "one"}], True),  # the part that says something
        ([], True),  # prose, and code that shows nothing
    ],
)
def test_a_section_that_shows_nothing_is_left_out_and_the_next_one_stays(outputs, stays):
    cells = [markdown("Before.\n\n## Empty?\n\nProse."), markdown("### Under it"), code("1", shows=outputs)]
    source = page(*cells, markdown("## Next\n\nText."))
    assert ("Empty?" in source) == ("Prose." in source) == ("Under it" in source) == stays
    assert "Before." in source
    assert ">Next<" in source
    assert 'class="empty"' not in source
    assert "nothing to show" not in source
    assert page(code("1\n## no heading\n2", shows=[{"text/plain": "once"}])).count("once") == 1

import re

import pytest
from conftest import CORPUS, RUN, code, markdown, notebook, page_of
from nbformat import v4

from litreview.charts import style
from litreview.report.page import Contents, export_pages, markdown_html, scope
from litreview.report.page_safety import clean_html, problems

SPEC = {
    "title": "A chart title",
    "description": "What the chart says.",
    "datasets": {"data-1": [{"x": 1}]},
    "data": {"name": "data-1"},
    "mark": "point",
    "encoding": {"x": {"field": "x", "type": "quantitative"}},
}
CHART = {style.MIME: SPEC, "text/plain": "[Chart]"}
TABLE = '<table><caption>Some</caption><tbody><tr><th scope="row">a</th><td>1</td></tr></tbody></table>'


def test_a_page_has_its_title_and_question_once_and_names_its_corpus_and_its_rules():
    cells = code("1", "findings", shows=[{"text/markdown": "- one"}]), code("2", shows=[CHART, {"text/html": TABLE}])
    page = page_of(*cells)
    assert problems(page) == []
    assert page == page_of(*cells)  # the same bytes
    assert "<title>Plain words</title>" in page
    assert page.count("<h1>Plain words</h1>") == page.count("What?") == 1
    assert "<h1>T</h1>" not in page
    assert "Q?" not in page
    assert '<div class="findings prose"><ul>' in page
    assert "3f2a: 3 papers; as of 2025-01-01</dd>" in page
    assert "<dd>themes.yml 1a2b</dd>" in page
    assert '<p class="question">Q?</p>' in page_of(question="")  # of a notebook that the catalogue does not have


@pytest.mark.parametrize("source", ["text first\n\n# Title", ""])
def test_a_notebook_that_begins_otherwise_has_its_title_all_the_same(source):
    page = export_pages(notebook(markdown(source), litreview=RUN))["one.html"]
    assert page.count("<h1>Plain words</h1>") == 1
    assert ("text first" in page) == bool(source)


def test_the_bundle_comes_once_with_charts_and_the_policy_allows_each_script_by_its_hash():
    page = page_of(code("1", shows=[CHART, CHART]))
    assert page.count('id="vega"') == page.count('data-dataset="data-1"') == 1
    assert 'id="vega"' not in page_of()
    assert len(page_of()) < 40_000
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src &#39;none&#39;" in policy
    assert policy.count("sha256-") == 3  # the page's script, the charts' script, the bundle
    assert "unsafe-eval" not in policy


def test_code_is_behind_the_switch_and_warnings_with_it():
    cell = code("x = 1")
    cell.outputs = [
        v4.new_output("stream", name="stderr", text="careful"),
        v4.new_output("stream", name="stdout", text="\x1b[31mfound\x1b[0m"),
        v4.new_output("error", ename="E", evalue="", traceback=["what", "went wrong"]),  # where a cell may raise
    ]
    page = page_of(cell)
    assert re.search(r'<div class="code">.*?x.*?<pre class="warning">careful</pre></div>', page, re.DOTALL)
    for text in ("found", "what\nwent wrong"):
        assert f'<pre class="output" tabindex="0">{text}</pre>' in page


HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>{{ 7*7 }}'


STRANGE = [
    {"text/html": HOSTILE},
    {"text/markdown": HOSTILE},
    {"text/plain": HOSTILE},
    {style.MIME: SPEC | {"title": HOSTILE, "description": HOSTILE, "datasets": {"data-1": [{"x": HOSTILE}]}}},
    {style.MIME: SPEC | {"datasets": {HOSTILE: [{"x": 1}]}, "data": {"name": HOSTILE}}},
    {style.MIME: SPEC | {"usermeta": {"litreview": {"source": HOSTILE, "n": HOSTILE}}}},
    {"image/png": "AAAA", "text/plain": HOSTILE},
]


@pytest.mark.parametrize("shown", STRANGE)
def test_what_strangers_write_never_becomes_an_element(shown):
    facts = {"title": HOSTILE, "question": HOSTILE, "parameters": {"corpus": HOSTILE}}
    page = page_of(code(f"x = {HOSTILE!r}", shows=[shown]), markdown(f"## {HOSTILE}"), **facts)
    ours = page_of(code("1", shows=[CHART if style.MIME in shown else {"text/plain": "x"}]))
    assert page.count("<script") == ours.count("<script")
    assert "<img src=x" not in page
    assert "{{ 7*7 }}" in page
    assert problems(page) == []


# Of the whole corpus, whatever the period; the time is that of the two.
@pytest.mark.parametrize(("n", "expected"), [(2, "2 of 9 papers, May 2021"), (9, "9 papers, May 2021")])
def test_a_page_says_how_many_papers_the_report_itself_says_it_looks_at(n, expected):
    """Not how many its chart shows, which leaves undated papers out and may count records."""
    made = code("findings.made(corpus, papers)", shows=[{"text/markdown": "Made."}])
    made.outputs[0].metadata = {"text/markdown": {"papers": n, "frame": "May 2021"}}
    assert scope(notebook(made), CORPUS) == expected


MARKDOWN = [
    ("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>"),
    (r"\$5 or \<b\> \_x\_", "<p>$5 or &lt;b&gt; _x_</p>"),  # escaped by findings.escape
    ("[x](javascript:alert(1))", '<p><a href="#harmful-link">x</a></p>'),
    ("<script>alert(1)</script>", ""),
    ("<img src=x onerror=alert(1)>", ""),
]


@pytest.mark.parametrize(("source", "expected"), MARKDOWN)
def test_markdown_becomes_clean_html(source, expected):
    assert markdown_html(source).strip() == expected


HEADINGS = [
    ("<h2>Why <em>not</em> &amp; how</h2>", [(2, "why-not-how", "Why not & how")]),
    ("<h2>Why?</h2><h3>Why?</h3>", [(2, "why", "Why?"), (3, "why-2", "Why?")]),
    ('<h4 id="paper-1">One</h4><h4 id="paper-1">Two</h4>', [(4, "paper-1", "One"), (4, "paper-1-2", "Two")]),
    ("<h2>Main</h2>", [(2, "main-2", "Main")]),  # the page has an anchor of that name
    ("<h2>Über 3×</h2><h2>?!</h2>", [(2, "über-3", "Über 3×"), (2, "section", "?!")]),
]


@pytest.mark.parametrize(("source", "expected"), HEADINGS)
def test_headings_get_anchors_that_differ_and_make_the_contents(source, expected):
    contents = Contents("one")
    result = contents.anchored(source)
    assert [tuple(heading.values()) for heading in contents.headings] == expected
    assert all(f' id="{name}">' in result and f'href="#{name}"' in result for _, name, _ in expected)


SECTIONS = [
    ([{"text/html": '<p class="empty"><strong>Some:</strong> nothing to show.</p>'}], False),
    ([{style.MIME: SPEC | {"usermeta": {"litreview": {"n": 0}}}, "text/plain": ""}], False),
    ([{"text/markdown": ""}, {"text/html": " "}], False),
    ([{"text/html": '<p class="empty">x</p>'}, {"text/plain": "one"}], True),  # the part that says something
    ([], True),  # prose, and code that shows nothing
]


@pytest.mark.parametrize(("outputs", "stays"), SECTIONS)
def test_a_section_that_shows_nothing_is_left_out_and_the_next_one_stays(outputs, stays):
    cells = [markdown("Before.\n\n## Empty?\n\nProse."), markdown("### Under it"), code("1", shows=outputs)]
    page = page_of(*cells, markdown("## Next\n\nText."))
    assert ("Empty?" in page) == ("Prose." in page) == ("Under it" in page) == stays
    assert "Before." in page
    assert ">Next<" in page
    assert 'class="empty"' not in page
    assert page_of(code("1\n## no heading\n2", shows=[{"text/plain": "once"}])).count("once") == 1


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        ("<script>alert(1)</script>ok", "alert"),
        ("<style>body{display:none}</style>ok", "display"),
        ('<meta http-equiv="refresh" content="0;url=https://evil.example">ok', "evil"),
        ('<img src=x onerror="alert(1)" alt="y">ok', "alert"),
        ('<img src="https://evil.example/pixel.png" alt="y">ok', "evil"),
        ('<a href="javascript:alert(1)">ok</a>', "javascript"),
        ('<a href="data:text/html;base64,AAAA">ok</a>', "data:"),
        ('<form action="https://evil.example"><input></form>ok', "evil"),
        ('<iframe src="https://evil.example"></iframe>ok', "evil"),
        ('<p style="background:url(https://evil.example)">ok</p>', "evil"),
        ('<svg><use href="https://evil.example#x"/></svg>ok', "evil"),
        ('<p id="vega" class="chart table">ok</p>', "vega"),  # an id of the page's own would hide it from the script
    ],
)
def test_cleaned_html_keeps_the_text_and_loses_what_acts(source, gone):
    cleaned = clean_html(source)
    assert gone not in cleaned
    assert "ok" in cleaned

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.text.escaping import LONGEST, SHORT, anchor, clean_html, escape, legible, script_json, visible, web_link

SHOWN = [
    ("two\nlines\tand a tab", "two lines and a tab"),
    ("\u202egnirts\u202c", "gnirts"),  # right-to-left override: shows "string" for something else
    ("a\u200bb\ufeff", "ab"),  # zero-width space hides a word from search
    ("\x1b[31mred\x07", "red"),
    ("half \ud800 pair", "half pair"),  # no file can hold it
    ("می‌خواهم", "می‌خواهم"),  # the joiner inside a Persian word belongs to it
    ("👩‍🔬", "👩‍🔬"),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_what_is_shown_has_no_unseen_characters(text, expected):
    assert visible(text) == expected


def test_a_text_of_a_megabyte_is_cut_and_says_so():
    assert visible("x" * 1_000_000) == "x" * LONGEST + "…"
    assert escape("<" * 1_000_000) == "&lt;" * SHORT + "…"


@given(st.text())
def test_escaped_text_reads_back_as_the_visible_text(text):
    assert html.unescape(escape(text)) == visible(text)
    assert not set('<>"') & set(escape(text))


LINKS = [
    ("https://arxiv.org/abs/2305.18290", "https://arxiv.org/abs/2305.18290"),
    ("JaVaScRiPt:alert(1)", ""),
    ("java\nscript:alert(1)", ""),  # browsers drop the line break
    ("data:text/html,<script>", ""),
    ("//evil.example/x", ""),
    ("https://[half", ""),  # urlsplit raises
    ("https://a b", ""),
    (float("nan"), ""),
]


@pytest.mark.parametrize(("url", "expected"), LINKS)
def test_only_web_addresses_become_links(url, expected):
    assert web_link(url) == expected


def test_a_link_cannot_leave_its_attribute():
    link = '<a href="https://a.b/&quot;onclick=&quot;x">&quot;&gt;&lt;b&gt;</a>'
    assert anchor('"><b>', 'https://a.b/"onclick="x') == link
    assert anchor("a title", "javascript:alert(1)") == "a title"


ACTING = [
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
]


@pytest.mark.parametrize(("source", "gone"), ACTING)
def test_cleaned_html_keeps_the_text_and_loses_what_acts(source, gone):
    cleaned = clean_html(source)
    assert gone not in cleaned
    assert "ok" in cleaned


def test_cleaned_html_keeps_what_our_tables_are_made_of():
    source = '<div class="table" data-searchable=""><ul><li id="ref-2305.18290">x</li></ul><th scope="col">a</th></div>'
    assert 'data-searchable=""' in clean_html(source)
    assert 'id="ref-2305.18290"' in clean_html(source)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b", "\u2028", "\ud800"])
def test_json_stays_inside_its_script_element(text):
    source = script_json({"title": text})
    assert json.loads(source) == {"title": text}
    assert not set("<>&\u2028\ud800") & set(source)


def test_program_output_keeps_its_lines_and_loses_its_colours():
    assert legible("\x1b[0;31mValueError\x1b[0m: x\n  at \u202eline\n") == "ValueError: x\n  at line"

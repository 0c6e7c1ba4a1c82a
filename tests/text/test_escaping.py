import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.report.page_safety import script_json
from litreview.text.escaping import LONGEST, SHORT, anchor, escape, legible, visible, web_link

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


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b", "\u2028", "\ud800"])
def test_json_stays_inside_its_script_element(text):
    source = script_json({"title": text})
    assert json.loads(source) == {"title": text}
    assert not set("<>&\u2028\ud800") & set(source)


def test_program_output_keeps_its_lines_and_loses_its_colours():
    assert legible("\x1b[0;31mValueError\x1b[0m: x\n  at \u202eline\n") == "ValueError: x\n  at line"

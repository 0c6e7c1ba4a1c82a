import nbformat
import pytest
from conftest import code, markdown, notebook
from test_thumbnails import BARS

from litreview.charts import style
from litreview.report.index_page import card, front_page
from litreview.report.page_checks import problems

ENTRY = {
    "title": "A <b>title",
    "question": "What?",
    "problem": "",
    "corpus": {"summary": "3 papers, 2020 to 2024", "papers": 3, "of": 3, "frame": "2020 to 2024"},
}
NOTEBOOK = nbformat.writes(
    notebook(
        markdown("# T"),
        code("1", "findings", shows=[{"text/markdown": "- **First** thing\n- second"}]),
        code("2", "preview", shows=[{"text/plain": "x"}, {style.MIME: BARS}]),
    )
)


def test_a_card_has_the_headline_and_a_small_chart():
    made = card("one", ENTRY, NOTEBOOK)
    assert made.headline == "<strong>First</strong> thing"
    assert made.drawing.startswith("<svg")


@pytest.mark.parametrize(
    ("n", "scope"),
    [
        (2, "2 of 9 papers, May 2021"),  # of the whole corpus, whatever the period; the time is that of the two
        (3, "3 of 9 papers, 2020 to 2024, 1 without a date"),
        (None, "3 of 9 papers, 2020 to 2024, 1 without a date"),
    ],
)
def test_a_card_says_how_many_papers_the_report_itself_says_it_looks_at(n, scope):
    """Not how many its chart shows, which leaves undated papers out and may count records."""
    made = code("findings.made(pile, papers)", shows=[{"text/markdown": "Made."}])
    made.outputs[0].metadata = {} if n is None else {"text/markdown": {"papers": n, "frame": "May 2021"}}
    corpus = {"summary": "3 of 9 papers, 2020 to 2024, 1 without a date", "papers": 3, "of": 9, "frame": "2020 to 2024"}
    assert card("one", ENTRY | {"corpus": corpus}, nbformat.writes(notebook(made))).scope == scope


def test_a_notebook_without_findings_or_preview_makes_a_card_of_words():
    made = card("one", ENTRY, nbformat.writes(notebook(markdown("# T"))))
    assert (made.headline, made.drawing) == ("", "")


def test_a_comparison_brings_its_headline_in_its_row():
    assert card("two", ENTRY | {"headline": "Furthest apart: <b>"}, "").headline == "Furthest apart: &lt;b&gt;"


def test_the_front_page_links_each_report_and_flags_what_failed():
    failed = card("two", ENTRY | {"problem": "ValueError: <script>"}, "")
    page = front_page([card("one", ENTRY, NOTEBOOK), failed], "3 papers")
    assert '<a href="one.html">A &lt;b&gt;title</a>' in page
    assert '<span class="status-failed">Failed.</span> ValueError: &lt;script&gt;' in page
    assert problems(page) == []


def test_a_card_says_that_its_page_is_out_of_date_and_still_what_it_found():
    page = front_page([card("one", ENTRY | {"outdated": "made with another <b>"}, NOTEBOOK)], "3 papers")
    assert '<span class="status-failed">Out of date.</span> Made with another &lt;b&gt;.' in page
    assert "<strong>First</strong> thing" in page
    assert problems(page) == []


def test_a_front_page_without_reports_is_a_page():
    assert problems(front_page([], "")) == []

"""Charts of a page as a browser shows them: drawn, told in words and data, taken away, on paper."""

from pathlib import Path

import pandas as pd
import pytest
from browsing import Visit
from conftest import code, page_of, shown

from litreview import charts

pytestmark = pytest.mark.browser


def test_charts_are_drawn_and_say_what_they_show(report):
    drawings = report.page.locator("figure.chart svg.marks")
    assert drawings.count() == 4
    for drawing in drawings.all():
        assert drawing.get_attribute("role") == "img"
        assert len(drawing.get_attribute("aria-label")) > 20
        assert drawing.locator("path").count() > 0


def test_a_chart_follows_light_dark_and_print(report):
    colours = []
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
        report.page.emulate_media(media=media, color_scheme=scheme)
        colours.append(report.page.evaluate("getComputedStyle(document.querySelector('.role-axis-label text')).fill"))
    light, dark, printed = (sum(map(int, colour[4:-1].split(","))) for colour in colours)
    assert dark > 400 > light
    assert printed < 400


def test_the_data_of_a_chart_is_one_key_away(report):
    report.page.locator("figure.chart details summary").first.focus()
    report.page.keyboard.press("Enter")
    table = report.page.locator("figure.chart details table").first
    table.wait_for()
    assert table.locator("caption").inner_text() == "Data of chart 1: Plain words"
    assert table.locator("tbody tr").count() == 2
    assert table.locator("th[scope=col]").count() > 1


def test_a_chart_can_be_taken_away(report):
    for kind, start in {"csv": b"\xef\xbb\xbf", "svg": b"<svg", "png": b"\x89PNG"}.items():
        with report.page.expect_download() as download:
            report.page.locator(f"figure.chart button[data-download={kind}]").first.click()
        assert download.value.suggested_filename == f"plain%20report-chart-1.{kind}"
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(start)
        assert b"var(--" not in content
        assert kind != "svg" or b"Plain words" in content


def test_a_spreadsheet_takes_no_text_for_a_formula(browser, tmp_path):
    names = pd.DataFrame({"name": ["=HYPERLINK(1)", "+1", "-2", "@x", 'a"b'], "n": 2, "of": 5, "share": 0.6})
    names = names.assign(low=0.1, high=0.9)
    cell = code("1", shows=[shown(charts.bars(names, "name"))])
    (tmp_path / "page.html").write_text(page_of(cell), encoding="utf-8")
    visit = Visit(browser, tmp_path / "page.html")
    with visit.page.expect_download() as download:
        visit.page.locator("button[data-download=csv]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert '"\'=HYPERLINK(1)"' in text
    assert '"\'+1"' in text
    assert '""b"' in text


def test_forced_colours_reach_the_charts(report):
    """Words of a chart have the reader's colour for text, and the switch and the contents still show their state."""
    page = report.page
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        word = page.evaluate("getComputedStyle(document.querySelector('.role-axis-label text')).fill")
        assert word == page.evaluate("getComputedStyle(document.body).color")
        state = "getComputedStyle(document.querySelector('#show-code')).backgroundColor"
        page.get_by_label("Show code").uncheck()
        off = page.evaluate(state)
        page.get_by_label("Show code").check()
        assert page.evaluate(state) != off
        lines = "[...document.querySelectorAll('nav.contents a')].map(a => getComputedStyle(a).borderLeftColor)"
        assert len(set(page.evaluate(lines))) == 2


def test_paper_has_the_charts_and_no_furniture(report):
    page = report.page
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".masthead").is_visible()
    assert not page.locator(".downloads").first.is_visible()
    assert page.locator("figure.chart svg.marks").first.is_visible()
    after = "getComputedStyle(document.querySelector('.prose a[href^=http]'), '::after').content"
    assert "arxiv.org/abs/1" in page.evaluate(after)
    assert not page.locator("th button").first.is_visible()
    assert all(page.pdf(format=paper).startswith(b"%PDF") for paper in ("A4", "Letter"))


def test_a_page_reads_well_without_script(browser, pages):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(pages["plain report"].as_uri())
    assert page.locator("nav.contents ol").is_visible()
    assert page.get_by_text("The drawing itself needs JavaScript.").first.is_visible()
    assert not page.locator(".downloads").first.is_visible()
    page.locator("figure.chart summary").first.click()
    assert page.locator("figure.chart table").first.is_visible()


def test_a_chart_that_cannot_be_drawn_says_so_and_keeps_its_data(browser, tmp_path):
    spec = {"title": "T", "description": "Words.", "mark": "nonsense", "datasets": {"d": [{"a": 1}]}, "encoding": {}}
    broken = {"application/vnd.vegalite.v5+json": spec | {"data": {"name": "d"}}}
    two = pd.DataFrame({"name": ["a", "b"], "n": [2, 1], "of": 3})
    cell = code("1", shows=[broken, shown(charts.bars(two, "name"))])
    (tmp_path / "page.html").write_text(page_of(cell), encoding="utf-8")
    page = Visit(browser, tmp_path / "page.html").page
    assert "could not be drawn" in page.locator("#chart-1").inner_text()
    page.locator("#chart-1 summary").click()
    assert page.locator("#chart-1 table").count() == 1
    assert page.locator("#chart-2 svg.marks").count() == 1

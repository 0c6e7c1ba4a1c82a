"""Pages as a browser shows them: no request, no foreign script, charts drawn, readable by all, on any width."""

import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from browsing import HOSTILE, RAN, Visit, barriers, overflowing, whole_page
from conftest import code, markdown, notebook
from invented import ONE, corpus_of
from test_comparison import compared, executed
from test_page import RUN

from litreview import charts
from litreview.analysis import trends
from litreview.paths import REPORTS
from litreview.report import quotes, references, table
from litreview.report.execute import Failure, Outcome, Task, failed_page
from litreview.report.index_page import card, front_page
from litreview.report.page import export

pytestmark = pytest.mark.browser


def shown(value) -> dict:
    """What an object displays, as a notebook keeps it."""
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        return bundle[0] if isinstance(bundle, tuple) else bundle
    return {"text/html": value._repr_html_(), "text/plain": "x"}


def report_of(word: str, corpus=None) -> str:
    """A page with one of everything, in which `word` stands wherever a stranger's text can come in."""
    papers = [
        {**ONE, "paper_id": str(place), "title": f"{word} {place}", "authors": f"{word}; B", "venue": word,
         "published": pd.Timestamp(f"20{20 + place % 5}-0{1 + place % 9}-01"), "url": f"javascript:{RAN}" if place % 2 else ONE["url"]}
        for place in range(20)
    ]  # fmt: skip
    corpus = corpus_of(*papers)
    quoted = pd.DataFrame(
        [{"paper_id": "1", "quote": f"{word} x", "field": "abstract", "start": 0, "end": 2, "facet": word}]
    )
    years = trends.by_year(corpus)
    names = pd.DataFrame({"name": [word, "b"], "n": [3, 2], "of": 5, "share": [0.6, 0.4], "low": 0.1, "high": 0.9})
    member = pd.DataFrame({"paper_id": [str(place) for place in range(20)], "facet": [word, "b"] * 10})
    cells = [
        markdown("# A title\n\nWhat is asked?\n\nA [link](https://arxiv.org/abs/1)."),
        markdown("## What we found"),
        code("1", "findings", shows=[{"text/markdown": f"- {word}\n- two"}]),
        markdown(f"## Section\n\nText with {word if word != HOSTILE else 'words'}.\n\n### Below"),
        code(f"x = {word!r}", "preview", shows=[shown(charts.bars(names, "name").properties(title={"text": word, "subtitle": word}))]),
        code("y", shows=[shown(charts.years(years)), shown(charts.timeline(trends.timeline(corpus, member, "facet"), "facet"))]),
        code("z", shows=[shown(table(corpus.papers, word, columns={"title": word, "published": "Date", "n_records": "n"}, links={"title": "url"}, note=word))]),
        code("q", shows=[shown(quotes(quoted, corpus, by="facet")), {"text/plain": word}, {"text/html": word}]),
        markdown("## References"),
        code("r", shows=[shown(references(corpus))]),
    ]  # fmt: skip
    run = RUN | {"title": word, "question": word, "parameters": {"corpus": word}}
    return export(notebook(*cells, litreview=run))


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """A report, the front page, a failed report; the same with hostile words everywhere."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for kind, word in (("plain", "Plain words"), ("hostile", HOSTILE)):
        made[f"{kind} report"] = report_of(word)
        task = Task("x.ipynb", {}, RUN | {"title": word, "parameters": {"x": word}})
        made[f"{kind} failure"] = failed_page(task, Failure(word, word, 3, [word]))
        entry = {
            "title": word,
            "question": word,
            "problem": "",
            "corpus": {"summary": word, "papers": 20, "of": 20, "frame": word},
        }
        spec = shown(charts.years(trends.by_year(corpus_of(ONE))))
        first = notebook(
            code("1", "findings", shows=[{"text/markdown": f"- {word}"}]), code("2", "preview", shows=[spec])
        )
        cards = [card("one", entry, nbformat.writes(first)), card("two", entry | {"problem": word}, "")]
        made[f"{kind} front"] = front_page(cards, word)
        runs = [Outcome(name, "", executed(word, (word, n, 10))) for n, name in enumerate(("t--k-1", "t--k-2"), 1)]
        made[f"{kind} comparison"] = compared(*runs, word=word)[1].page
    for name, source in made.items():
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


every_page = pytest.mark.parametrize(
    "name", [f"{kind} {page}" for kind in ("plain", "hostile") for page in ("report", "failure", "front", "comparison")]
)


@every_page
def test_a_page_asks_for_nothing_and_has_nothing_to_complain_about(browser, pages, name):
    visit = Visit(browser, pages[name])
    assert visit.requests == []
    assert visit.complaints == []


@every_page
def test_no_strange_script_runs_and_nothing_a_stranger_wrote_hides_the_page(browser, pages, name):
    visit = Visit(browser, pages[name])
    page = visit.page
    for figure in page.query_selector_all("figure.chart"):
        figure.query_selector("details summary").click()
        for mark in figure.query_selector_all("svg path, svg text")[:60]:
            mark.dispatch_event("mousemove")  # a tooltip writes what it was given
    page.wait_for_timeout(200)
    assert page.url == pages[name].as_uri()
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.evaluate("window.getComputedStyle(document.querySelector('h1')).display") == "block"
    assert page.locator("a[href^='javascript']").count() == 0


def test_hostile_words_are_there_to_be_read(browser, pages):
    text = Visit(browser, pages["hostile report"]).page.inner_text("main")
    assert text.count("<script>") > 20
    assert "\u202e" not in text


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser, pages, name, scheme):
    """With WCAG 2.2 A and AA and best practice; data tables open, code shown."""
    assert barriers(Visit(browser, pages[name], color_scheme=scheme, bypass_csp=True).page) == []


@every_page
def test_a_phone_scrolls_no_page_sideways(browser, pages, name):
    assert overflowing(Visit(browser, pages[name], viewport={"width": 390, "height": 844}).page) == []


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.html")), ids=lambda path: path.stem)
def test_the_rendered_reports_hold_what_the_small_pages_prove(browser, path):
    """In the dark on a phone, as they lie in reports/."""
    whole_page(browser, path, "dark", 390)


@pytest.fixture
def report(browser, pages) -> Visit:
    return Visit(browser, pages["plain report"])


def test_charts_are_drawn_and_say_what_they_show(report):
    drawings = report.page.locator("figure.chart svg.marks")
    assert drawings.count() == 3
    for drawing in drawings.all():
        assert drawing.get_attribute("role") == "img"
        assert len(drawing.get_attribute("aria-label")) > 20
        assert drawing.locator("path").count() > 0


def test_a_chart_follows_light_dark_and_print(browser, pages):
    colours = []
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
        page = Visit(browser, pages["plain report"], color_scheme=scheme).page
        page.emulate_media(media=media)
        colours.append(page.evaluate("getComputedStyle(document.querySelector('.role-axis-label text')).fill"))
    light, dark, printed = (sum(map(int, colour[4:-1].split(","))) for colour in colours)
    assert dark > 400 > light
    assert printed < 400


def test_the_data_of_a_chart_is_one_key_away(report):
    summary = report.page.locator("figure.chart details summary").first
    summary.focus()
    report.page.keyboard.press("Enter")
    table = report.page.locator("figure.chart details table").first
    table.wait_for()
    assert table.locator("caption").inner_text() == "Data of chart 1: Plain words"
    assert table.locator("tbody tr").count() == 2
    assert table.locator("th[scope=col]").count() > 1


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_chart_can_be_taken_away(report, tmp_path, kind, start):
    with report.page.expect_download() as download:
        report.page.locator(f"figure.chart button[data-download={kind}]").first.click()
    assert download.value.suggested_filename == f"plain%20report-chart-1.{kind}"
    download.value.save_as(tmp_path / "file")
    content = (tmp_path / "file").read_bytes()
    assert content.startswith(start)
    assert b"var(--" not in content
    assert kind != "svg" or b"Plain words" in content


def test_a_spreadsheet_takes_no_text_for_a_formula(browser, tmp_path):
    names = pd.DataFrame(
        {"name": ["=HYPERLINK(1)", "+1", "-2", "@x", 'a"b'], "n": -1, "of": 5, "share": 0.6, "low": 0.1, "high": 0.9}
    )
    cells = [markdown("# T\n\nQ?"), code("1", shows=[shown(charts.bars(names, "name"))])]
    (tmp_path / "page.html").write_text(export(notebook(*cells)), encoding="utf-8")
    visit = Visit(browser, tmp_path / "page.html")
    with visit.page.expect_download() as download:
        visit.page.locator("button[data-download=csv]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert '"\'=HYPERLINK(1)"' in text
    assert '"\'+1"' in text
    assert '""b"' in text


def test_a_long_table_can_be_searched_and_sorted(report):
    holder = report.page.locator(".table[data-searchable]").first
    rows = holder.locator("tbody tr")
    search = report.page.get_by_label("Search this table").first
    search.fill("words 17")
    assert [row.is_visible() for row in rows.all()].count(True) == 1
    assert report.page.locator(".searchbar output").first.inner_text() == "1 of 20"
    search.fill("")
    head = holder.locator("thead th").nth(1)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    days = rows.locator("td:nth-child(2)").all_inner_texts()
    assert days == sorted(days)
    head.get_by_role("button").click()
    assert rows.locator("td:nth-child(2)").all_inner_texts() == sorted(days, reverse=True)


def test_the_contents_follow_the_scroll_and_headings_can_be_linked(report):
    page = report.page
    assert page.locator("nav.contents a[aria-current]").inner_text() == "What we found"
    page.locator("#references").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    assert page.locator("nav.contents a[aria-current]").inner_text() == "References"
    page.goto(page.url + "#section")
    assert page.locator("#section .permalink").get_attribute("href") == "#section"


def test_code_shows_with_one_switch(report):
    code_of = report.page.locator(".code").first
    assert not code_of.is_visible()
    report.page.get_by_label("Show code").check()
    assert code_of.is_visible()


def test_a_phone_has_its_contents_folded(browser, pages):
    page = Visit(browser, pages["plain report"], viewport={"width": 390, "height": 844}).page
    assert not page.locator("nav.contents ol").is_visible()
    page.get_by_role("button", name="Contents").click()
    assert page.locator("nav.contents ol").is_visible()


def test_the_keyboard_reaches_the_content_first(report):
    report.page.keyboard.press("Tab")
    assert report.page.evaluate("document.activeElement.className") == "skip"


def test_the_keyboard_reaches_everything_and_shows_where_it_is(report):
    reached, hidden = set(), []
    for _ in range(60):
        report.page.keyboard.press("Tab")
        name, outline = report.page.evaluate(
            "(() => { const e = document.activeElement; return [e.matches('th button') ? 'sort' : e.type || e.className || e.localName, getComputedStyle(e).outlineStyle] })()"
        )
        reached.add(name)
        hidden += [name] if outline == "none" and name != "body" else []
    assert {"skip", "checkbox", "view", "button", "summary", "search", "sort", "scroll"} <= reached
    assert hidden == []


@pytest.mark.parametrize(("wish", "motion"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_those_who_ask_for_rest(browser, pages, wish, motion):
    page = Visit(browser, pages["plain report"], reduced_motion=wish).page
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == motion


SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(each => each.checkVisibility() && each.className !== 'for-ears' &&
  !each.closest('svg') && getComputedStyle(each).overflowX === 'hidden' && each.scrollWidth > each.clientWidth + 1).length"""


@every_page
def test_wider_spaced_text_is_cut_nowhere(browser, pages, name):
    """WCAG 1.4.12; at the width of a page enlarged to twice its size as well (1.4.4)."""
    page = Visit(browser, pages[name], bypass_csp=True).page
    page.add_style_tag(content=SPACED)
    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(CLIPPED) == 0


SMALL = """() => [...document.querySelectorAll('button, summary, input, select, .switch, nav a')].filter(each => {
  const box = (each.closest('th, label') ?? each).getBoundingClientRect();
  return each.checkVisibility() && Math.min(box.width, box.height) < 24;
}).map(each => each.outerHTML)"""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_pressed_is_large_enough(browser, pages, width):
    """WCAG 2.5.8: 24 pixels; a head sorts wherever it is pressed, and a label is a part of its field."""
    assert Visit(browser, pages["plain report"], viewport={"width": width, "height": 900}).page.evaluate(SMALL) == []


def test_nothing_that_stays_in_place_hides_what_has_the_focus(browser, pages):
    """WCAG 2.4.11, going backwards: what was reached lies below the head of its table."""
    page = Visit(browser, pages["plain report"], viewport={"width": 700, "height": 500}, reduced_motion="reduce").page
    page.get_by_label("Search this table").last.focus()
    links = page.locator("[data-searchable] td a, [data-searchable] th a").all()
    for link in reversed(links):
        link.focus()
        hidden = "e => { const r = e.getClientRects()[0]; return !e.contains(document.elementFromPoint(r.left + 2, r.top + r.height / 2)) }"
        assert not link.evaluate(hidden)
    assert len(links) > 5


def test_a_table_that_goes_on_shows_it_and_keeps_its_caption(browser, pages):
    """By a shade that needs no script, and that paper does not have."""
    page = Visit(browser, pages["plain report"], viewport={"width": 390, "height": 844}).page
    holder = page.locator("[data-searchable] .scroll").first
    holder.locator("table").evaluate("e => { e.style.minWidth = '60rem' }")
    assert holder.evaluate("e => e.scrollWidth > e.clientWidth + 80")
    assert "local" in holder.evaluate("e => getComputedStyle(e).backgroundAttachment")
    holder.evaluate("e => { e.scrollLeft = 80 }")
    boxes = holder.bounding_box(), holder.locator("caption").bounding_box()
    assert boxes[1]["x"] >= boxes[0]["x"]
    assert boxes[1]["x"] + boxes[1]["width"] <= boxes[0]["x"] + boxes[0]["width"] + 1
    page.emulate_media(media="print")
    assert holder.evaluate("e => getComputedStyle(e).backgroundImage") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_reach_the_charts(browser, pages, scheme):
    """Words of a chart have the reader's colour for text, and the switch and the contents still show their state."""
    page = Visit(browser, pages["plain report"], forced_colors="active", color_scheme=scheme).page
    word = page.evaluate("getComputedStyle(document.querySelector('.role-axis-label text')).fill")
    assert word == page.evaluate("getComputedStyle(document.body).color")
    state = "getComputedStyle(document.querySelector('#show-code')).backgroundColor"
    off = page.evaluate(state)
    page.get_by_label("Show code").check()
    assert page.evaluate(state) != off
    lines = "[...document.querySelectorAll('nav.contents a')].map(a => getComputedStyle(a).borderLeftColor)"
    assert len(set(page.evaluate(lines))) == 2


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper_has_the_charts_and_no_furniture(browser, pages, paper, tmp_path):
    page = Visit(browser, pages["plain report"], color_scheme="dark").page
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible()
    assert not page.locator(".downloads").first.is_visible()
    assert page.locator("figure.chart svg.marks").first.is_visible()
    assert "arxiv.org/abs/1" in page.evaluate(
        "getComputedStyle(document.querySelector('.prose a[href^=http]'), '::after').content"
    )
    assert not page.locator("th button").first.is_visible()
    page.pdf(path=tmp_path / "page.pdf", format=paper)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_a_chart_taller_than_paper_is_drawn_smaller(browser, tmp_path):
    """A4 has 259 mm between its margins and Letter 241; title and source need some of them. Its shape stays."""
    spec = {"data": {"values": [{"x": 1}]}, "mark": "bar", "height": 2000, "width": 500, "encoding": {}, "title": "T"}
    cells = [markdown("# T\n\nQ?"), code("1", shows=[{"application/vnd.vegalite.v5+json": spec}])]
    (tmp_path / "page.html").write_text(export(notebook(*cells)), encoding="utf-8")
    page = Visit(browser, tmp_path / "page.html").page
    drawing = page.locator("svg.marks")
    on_screen = drawing.bounding_box()
    page.emulate_media(media="print")
    on_paper = drawing.bounding_box()
    assert on_screen["height"] > 2000
    assert on_paper["height"] <= 205 / 25.4 * 96 + 1
    assert on_paper["width"] / on_paper["height"] == pytest.approx(on_screen["width"] / on_screen["height"], rel=0.01)


def test_a_page_reads_well_without_script(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["plain report"].as_uri())
    assert page.locator("nav.contents ol").is_visible()
    assert page.get_by_text("The drawing itself needs JavaScript.").first.is_visible()
    assert not page.locator(".downloads").first.is_visible()
    page.locator("figure.chart summary").first.click()
    assert page.locator("figure.chart table").first.is_visible()


def test_a_chart_that_cannot_be_drawn_says_so_and_keeps_its_data(browser, tmp_path):
    broken = {
        "application/vnd.vegalite.v5+json": {
            "title": "T",
            "description": "Words.",
            "mark": "nonsense",
            "datasets": {"d": [{"a": 1}]},
            "data": {"name": "d"},
            "encoding": {},
        }
    }
    cells = [markdown("# T\n\nQ?"), code("1", shows=[broken, shown(charts.years(trends.by_year(corpus_of(ONE))))])]
    (tmp_path / "page.html").write_text(export(notebook(*cells)), encoding="utf-8")
    page = Visit(browser, tmp_path / "page.html").page
    assert "could not be drawn" in page.locator("#chart-1").inner_text()
    page.locator("#chart-1 summary").click()
    assert page.locator("#chart-1 table").count() == 1
    assert page.locator("#chart-2 svg.marks").count() == 1


def test_what_the_page_says_of_itself_is_json(pages):
    source = pages["hostile report"].read_text(encoding="utf-8")
    specification = source.split('class="specification">')[1].split("</script>")[0]
    assert json.loads(specification)["datasets"]

"""Pages as a browser shows them: no request, no foreign script, readable by all, on any width."""

import pytest
from browsing import Visit, barriers, harmless_text, overflowing

pytestmark = pytest.mark.browser


every_page = pytest.mark.parametrize(
    "name", [f"{kind} {page}" for kind in ("plain", "hostile") for page in ("report", "failure", "front")]
)


@every_page
def test_a_page_asks_for_nothing_and_no_strange_script_runs_or_hides_it(browser, pages, name):
    text = harmless_text(browser, pages[name])
    assert "<script>" in text or name.startswith("plain")  # hostile words are there to be read


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }"""
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(each => each.checkVisibility() &&
  each.className !== 'for-ears' && !each.closest('svg') && getComputedStyle(each).overflowX === 'hidden' &&
  each.scrollWidth > each.clientWidth + 1).length"""


@every_page
def test_axe_finds_no_barrier_and_nothing_is_cut_in_a_narrow_window_or_where_text_is_spaced(browser, pages, name):
    """WCAG 2.2 A and AA and best practice, all that opens open; spaced text (1.4.12), at twice its size too (1.4.4)."""
    assert barriers(Visit(browser, pages[name], bypass_csp=True).page) == []
    page = Visit(
        browser, pages[name], color_scheme="dark", bypass_csp=True, viewport={"width": 390, "height": 844}
    ).page
    assert barriers(page) == []
    assert overflowing(page) == []
    page.add_style_tag(content=SPACED)
    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(CLIPPED) == 0


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
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    assert page.locator("nav.contents a[aria-current]").inner_text() == "References"
    page.goto(page.url + "#section")
    assert page.locator("#section .permalink").get_attribute("href") == "#section"


def test_a_phone_has_its_contents_folded_and_code_shows_with_one_switch(browser, pages):
    page = Visit(browser, pages["plain report"], viewport={"width": 390, "height": 844}).page
    assert not page.locator(".code").first.is_visible()
    page.get_by_label("Show code").check()
    assert page.locator(".code").first.is_visible()
    assert not page.locator("nav.contents ol").is_visible()
    page.get_by_role("button", name="Contents").click()
    assert page.locator("nav.contents ol").is_visible()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(report):
    reached, hidden = [], []
    for _ in range(60):
        report.page.keyboard.press("Tab")
        name, outline = report.page.evaluate(
            """() => { const e = document.activeElement;
              const name = e.matches('th button') ? 'sort' : e.type || e.className || e.localName;
              return [name, getComputedStyle(e).outlineStyle] }"""
        )
        reached.append(name)
        hidden += [name] if outline == "none" and name != "body" else []
    assert reached[0] == "skip"
    assert {"checkbox", "view", "button", "summary", "search", "sort", "scroll"} <= set(reached)
    assert hidden == []


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
    hidden = """e => { const r = e.getClientRects()[0];
      return !e.contains(document.elementFromPoint(r.left + 2, r.top + r.height / 2)) }"""
    for link in reversed(links):
        link.focus()
        assert not link.evaluate(hidden)
    assert len(links) > 5
    motion = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(motion) == "auto"  # nothing moves for those who ask for rest
    assert Visit(browser, pages["plain report"]).page.evaluate(motion) == "smooth"

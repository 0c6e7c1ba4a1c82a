"""The page of cards in a browser: found by words, filtered by label, reached by address, safe and without a barrier."""

from pathlib import Path

import pytest
from browsing import HOSTILE, Visit, whole_page
from conftest import code, markdown, page_of, shown
from playwright.sync_api import Browser, Page

import litreview as lr
from litreview.analysis import similarity
from litreview.report import paper_cards

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_of_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty cards of the shipped corpus; the title and the authors of one of them are hostile."""
    whole = lr.open_review()
    few = whole.where(whole.papers["paper_id"].iloc[100:140])
    few.papers.loc[3, ["title", "authors"]] = HOSTILE
    cells = markdown("## All"), code("1", shows=[shown(paper_cards.cards(few, similarity.neighbours(few)))])
    path = tmp_path_factory.mktemp("cards") / "papers.html"
    path.write_text(page_of(*cells), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, page_of_cards: Path) -> Page:
    return Visit(browser, page_of_cards).page


def visible(page: Page) -> int:
    return page.locator("article:visible").count()


def test_words_of_a_card_find_it_and_words_of_its_neighbours_do_not(page):
    first = page.locator("article").first
    aside = first.locator("[data-aside] li a").first.text_content()
    page.get_by_label("Search the cards").fill(first.locator("h4").text_content().removesuffix("#"))
    assert page.locator("article:visible h4").first.get_attribute("id") == first.locator("h4").get_attribute("id")
    page.get_by_label("Search the cards").fill(aside)
    assert not first.is_visible()


def test_filters_and_search_hold_together_and_years_without_a_card_leave(page):
    theme = page.get_by_label("Theme").locator("option").nth(1)
    page.get_by_label("Theme").select_option(theme.get_attribute("value"))
    chosen = visible(page)
    assert theme.text_content().endswith(f"({chosen})")
    assert page.locator("output").text_content() == f"{chosen} of 40"
    years = (page.locator(f".papers section{kind}").count() for kind in (":visible", ":has(article:visible)"))
    assert len({*years}) == 1
    page.get_by_label("Search the cards").fill("no card has these words")
    assert visible(page) == page.locator("h3:visible").count() == 0


def test_an_address_leads_to_its_card_even_when_a_search_hides_it_and_the_keyboard_to_the_filters(page):
    name = page.locator("h4").last.get_attribute("id")
    page.get_by_label("Search the cards").fill("no card has these words")
    page.evaluate("name => { location.hash = name; }", name)
    page.wait_for_function("!document.querySelector('article[hidden]')")
    assert visible(page) == 40
    assert page.locator(f"[id='{name}']").bounding_box()["y"] < 900
    page.get_by_label("Search the cards").focus()
    for label in ("Search the cards", "Contribution", "Theme", "Year"):  # by keyboard alone
        assert page.evaluate("document.activeElement.labels?.[0]?.firstChild.textContent.trim()") == label
        page.keyboard.press("Tab")


def test_cards_are_safe_and_without_a_barrier(browser, page_of_cards):
    whole_page(browser, page_of_cards)

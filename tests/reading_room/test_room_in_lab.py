"""The room in JupyterLab, as a reader uses it: by keys, by words, with a kernel that ends and a stranger's text."""

import csv
import os
import shutil
import signal

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import HOSTILE
from conftest import code, waited
from test_lab import folder, lab, opened  # noqa: F401  (fixtures)

import litreview as lr
from litreview.paths import present_review

pytestmark = pytest.mark.browser
HERE = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
FIRST = "2406.02900"
CELL = """import os
import litreview as lr
review = lr.open_review({!r})
(review.home.root / "pid").write_text(str(os.getpid()))
{}room = lr.room(review, who="Ada")
room"""
BROWSE = """import litreview as lr
review = lr.open_review({!r})
table = lr.browse(review.papers[["paper_id", "title"]])
left = review.home.root / "left"
table.observe(lambda _: left.write_text(" ".join(table.rows["paper_id"])), "places")
table"""
PLANT = "hostile = {!r}\nreview.papers.loc[:, ['title', 'abstract', 'authors', 'venue']] = hostile\n"
SELECT = """() => {
  const part = document.querySelector('.lr-paper .tags + p').firstChild, text = part.firstChild ?? part;
  getSelection().setBaseAndExtent(text, 2, text, 20);
}"""


@pytest.fixture
def review(tmp_path):
    """A copy of the shipped review that a reader may write to."""
    shutil.copytree(present_review().root / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture
def room(opened, review):  # noqa: F811
    """A function that opens the room and waits for its list."""

    def show(before="", cell=CELL, awaits=".lr-row"):
        page = opened(code(cell.format(str(review), before)), awaits=".jp-CodeCell")
        page.wait_for_function("() => document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')")
        page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(awaits, timeout=120_000)
        return page

    return show


def lines(path):
    return [*csv.DictReader(path.open(encoding="utf-8"))] if path.exists() else []


def says(page, words):
    page.wait_for_function("words => document.querySelector('.lr-status').textContent.includes(words)", arg=words)


def test_a_reader_searches_decides_and_codes_by_keys_and_loses_nothing_when_the_kernel_ends(room, review):
    page, curated = room(), review / "data" / "curated"
    page.fill(".lr-search", "reward over-optimization")
    page.wait_for_function("() => document.querySelector('.lr-total').textContent.includes(' of ')")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_selector(".lr-paper mark")
    page.keyboard.press("i")
    says(page, "Included.")
    page.keyboard.press("e")
    page.keyboard.press("1")
    says(page, "Excluded (off topic).")
    page.keyboard.press("u")
    says(page, "Taken back: ")
    decided = lines(curated / "decisions.csv")
    assert [(row["paper_id"], row["decision"], row["who"]) for row in decided][:1] == [(FIRST, "include", "Ada")]
    assert [row["decision"] for row in decided] == ["include", "exclude", ""]
    page.wait_for_selector(".lr-paper .tags + p")
    page.evaluate(SELECT)
    page.keyboard.press("2")
    says(page, "Noted.")
    assert lines(curated / "notes.csv")[-1]["who"] == "Ada"
    os.kill(int((review / "pid").read_text()), signal.SIGKILL)
    page.wait_for_selector(".jp-Dialog")  # the kernel has died, and starts anew without the room
    page.keyboard.press("Enter")
    page.locator(".lr-list").focus()
    page.keyboard.press("i")
    says(page, "Python does not answer")
    assert page.locator(".lr-row").count() > 3
    assert lines(curated / "decisions.csv") == decided
    assert page.said == []


def test_keys_count_once_and_the_focus_stays_in_the_room(room, review):
    page, decisions = room(), review / "data" / "curated" / "decisions.csv"
    page.wait_for_selector(".lr-names button")
    for part in (".lr-names button", ".lr-status", ".lr-years button", ".lr-filters legend"):
        page.locator(part).first.click(force=True)
        assert page.evaluate("document.activeElement.closest('.lr-room') !== null"), part
    page.keyboard.press("x")
    page.keyboard.type("jiii")  # a hurried reader
    says(page, "Included.")
    page.keyboard.type("nnot sure")  # and what is typed before the paper has come is a note, and no key
    page.wait_for_selector(".lr-paper .paper")
    assert page.input_value(".lr-note") == "not sure"
    page.keyboard.type("\nm")
    says(page, "Maybe.")
    assert [(row["decision"], row["note"]) for row in lines(decisions)] == [("include", ""), ("maybe", "not sure")]
    page.wait_for_selector(".lr-paper .paper")
    page.keyboard.type("ss2")  # words are selected and coded without a mouse
    says(page, "Noted. Idea")
    assert lines(decisions.with_name("notes.csv"))[-1]["quote"] != ""


def test_the_filters_the_map_and_the_years_narrow_the_same_list(room, review):
    page = room()
    total = page.locator(".lr-total")
    page.locator(".lr-filters label", has_text="Offline reinforcement learning").click()
    assert total.inner_text() == "22 of 243"
    page.locator(".lr-years [data-year='2023']").click()
    assert waited(lambda: total.inner_text() != "22 of 243", 5)
    for name in ("Purely offline", "Open"):
        page.locator(".lr-filters label", has_text=name).first.click()
    page.locator(".lr-room button", has_text="Code").click()
    says(page, "papers = review")
    scope = {"review": lr.open_review(review), "lr": lr}
    exec(page.locator(".lr-status").inner_text().split(": ", 1)[1].replace("; ", "\n"), scope)  # noqa: S102  (our own)
    assert total.inner_text() == f"{len(scope['papers'])} of 243" != "22 of 243"
    page.locator(".lr-list").focus()
    page.keyboard.press("x")
    assert waited(lambda: total.inner_text() == "243 papers", 5)
    page.wait_for_selector(".lr-names button")
    box = page.locator(".lr-map canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 10, steps=4)
    page.mouse.up()
    assert waited(lambda: " of 243" in total.inner_text(), 5)
    found = Axe().run(page, context=".lr-room")
    assert found.response["violations"] == []
    assert [url for url in page.asked if not url.startswith(HERE)] == []


def test_words_of_strangers_do_not_run_in_the_room_nor_in_a_table_that_pandas_styles(room, review):
    for name in ("notes.csv", "corrections.csv"):  # their quotes stand in no such abstract
        (review / "data" / "curated" / name).unlink()
    page = room(PLANT.format(HOSTILE) + "display(review.papers.head(2).set_index('title').style)\n")
    assert "onerror=" in page.locator("table[id^='T_']").text_content()
    page.locator(".lr-row").first.click()
    page.wait_for_selector(".lr-paper .paper")
    page.keyboard.press("l")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.dataset.ran ?? ''") == ""
    assert page.locator(".lr-room :is(img, svg, meta)").count() == 0


def test_what_a_search_leaves_of_a_table_comes_back_to_python_in_the_order_that_is_shown(room, review):
    page = room(cell=BROWSE, awaits=".searchbar input")
    page.fill(".searchbar input", "offline")
    page.locator("th button[aria-label='Sort by title']").click()
    papers = lr.open_review(review).papers.sort_values("title", key=lambda titles: titles.str.casefold())
    found = papers.loc[papers["title"].str.contains("offline", case=False), "paper_id"].tolist()
    assert len(found) > 5
    assert waited(lambda: (review / "left").read_text().split() == found, 5)

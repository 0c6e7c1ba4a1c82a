"""What the room's browser asks and what Python answers; the same papers as tables where no widget can live."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from browsing import HOSTILE

import litreview as lr
from litreview import schema
from litreview.errors import CorpusError
from litreview.paths import ReviewFolder, present_review
from litreview.reading_room.room import LIKE

pytestmark = pytest.mark.filterwarnings("ignore::litreview.errors.SearchHint")
FIRST, SECOND, THIRD = "2406.02900", "2310.04373", "2410.11677"
REASON = "off topic"


@pytest.fixture
def review(corpus, tmp_path):
    """The shipped review, with judgement in a folder that a test may write to."""
    shutil.copytree(present_review().curated, tmp_path / "data" / "curated")
    return replace(corpus, papers=corpus.papers.copy(), home=ReviewFolder(tmp_path))


@pytest.fixture
def room(review):
    return lr.room(review, who="Ada")


def test_what_the_browser_holds_has_a_row_for_every_paper_and_facets_whose_figures_close(room, review):
    told = room.answer({"do": "open"})
    assert json.loads(json.dumps(told))["ids"] == review.papers["paper_id"].tolist()
    placed = room.answer({"do": "place"})
    assert {*map(len, (told["title"], told["who"], told["date"], placed["x"], placed["y"]))} == {len(review)}
    theme, work = told["facets"][:2]
    counted = [sum(place in of for of in theme["of"]) for place in range(len(theme["keys"]))]
    sizes = review.themes.groupby("theme")["paper_id"].nunique()
    assert counted == sizes.reindex(theme["keys"]).tolist()
    assert sum(map(len, work["of"])) == len(review.contribution)
    assert {facet["within"] for facet in told["facets"][2:]} <= set(theme["values"])
    nothing = lr.room(review.where([])).answer({"do": "open"})
    assert (nothing["ids"], nothing["facets"][0]["of"]) == ([], [])


SEARCHES = [
    ("reward overoptimisation", [FIRST, SECOND, THIRD], ""),
    ("zxqwv reward overoptimization", [FIRST], "No paper has 'zxqwv'."),
]


@pytest.mark.parametrize(("query", "first", "hint"), SEARCHES)
def test_a_search_lists_papers_with_the_words_that_matched(room, query, first, hint):
    found = room.answer({"do": "search", "query": query})
    assert (found["papers"][: len(first)], found["hint"]) == (first, hint)
    assert "reward" in found["why"][0]
    assert room.results["paper_id"].tolist() == found["papers"]


WRONG = [
    ({"do": "search", "query": "the"}, "has no word to look for"),
    ({"do": "decide", "paper": FIRST, "decision": "exclude"}, "reason '' cannot be used"),
    ({"do": "decide", "paper": "none", "decision": "include"}, "The corpus has no paper 'none'"),
    ({"do": "note", "paper": FIRST, "field": "idea", "value": "x", "quote": "not there"}, "not there"),
]


@pytest.mark.parametrize(("message", "text"), WRONG)
def test_what_goes_wrong_is_told_in_words_and_records_nothing(room, review, message, text):
    noted, answer = len(review.notes), room.answer(message)
    assert answer["is"] == "failed"
    assert text in answer["text"]
    assert (len(review.notes), len(review.decisions)) == (noted, 0)


def test_a_decision_is_on_the_disk_when_it_is_answered_and_can_be_taken_back(room, review):
    said = room.answer({"do": "decide", "paper": FIRST, "decision": "exclude", "reason": REASON, "rank_shown": 3})
    assert said["decided"] == {FIRST: "exclude"}
    row = review.decisions.iloc[0]
    assert [row.paper_id, row.decision, row.reason, row.who, row.rank_shown] == [FIRST, "exclude", REASON, "Ada", 3]
    back = room.answer({"do": "decide", "paper": FIRST, **said["before"], "back": True})
    assert (back["decided"], back["before"]) == ({}, None)
    assert len((review.home.curated / "decisions.csv").read_text().splitlines()) == 3  # nothing is erased


def test_what_is_taken_back_is_the_readers_own_and_others_decisions_stay(room, review):
    other = lr.room(review, who="B")
    room.answer({"do": "decide", "paper": FIRST, "decision": "exclude", "reason": REASON, "note": "of Ada"})
    assert other.answer({"do": "paper", "paper": FIRST})["decided"] == {}  # B reads for herself
    assert lr.room(review).answer({"do": "open"})["decisions"] == {FIRST: "exclude"}  # nobody by name sees all
    said = other.answer({"do": "decide", "paper": FIRST, "decision": "include"})
    assert said["before"] == {"decision": "", "reason": "", "note": ""}
    assert len(other.answer({"do": "rank", "query": ""})["papers"]) == len(review) - 1
    assert "nothing to rank by" in room.answer({"do": "rank", "query": ""})["text"]  # Ada has included none
    again = room.answer({"do": "decide", "paper": FIRST, "decision": "maybe"})
    assert again["before"] == {"decision": "exclude", "reason": REASON, "note": "of Ada"}


def test_a_paper_comes_with_its_card_the_answering_sentence_and_its_fields(room, review):
    pane = room.answer({"do": "paper", "paper": FIRST, "query": "overoptimization"})
    assert pane["answer"] in pane["abstract"]
    assert 'class="paper"' in pane["html"]
    assert "<mark" in pane["html"]
    assert [each["paper_id"] for each in pane["near"]] == lr.similar(review, FIRST, 5)["paper_id"].tolist()
    assert {"problem", "idea", "data", "result"} <= {field["name"] for field in pane["fields"]}
    assert "scheduled" not in {field["name"] for field in pane["fields"]}  # asked of papers of another theme
    assert room.paper["paper_id"] == room.chosen == FIRST
    like = room.answer({"do": "like", "paper": FIRST})["papers"]
    assert like == lr.similar(review, FIRST, LIKE)["paper_id"].tolist()
    assert "By both" in room.answer({"do": "pin", "paper": FIRST, "beside": SECOND})["html"]


def test_a_note_of_the_reader_comes_before_that_of_any_other(room, review):
    words = review.where([FIRST]).papers["abstract"].iloc[0][:40]
    noted = room.answer({"do": "note", "paper": FIRST, "field": "idea", "value": "mine", "quote": words})
    assert {field["name"]: (field["value"], field["who"]) for field in noted["fields"]}["idea"] == ("mine", "Ada")
    room.answer({"do": "note", "paper": FIRST, "field": "idea", "value": ""})
    assert "Ada" not in set(review.notes["who"])


def test_python_sees_the_list_and_the_code_that_gives_its_papers_and_puts_papers_into_it(room, review):
    steps = ['papers = papers.where(papers.themes.query("theme in [\\"offline_rl\\"]")["paper_id"])']
    seen = []
    room.observe(lambda change: seen.append(change["new"]), names="selected")
    room.answer({"do": "select", "papers": [SECOND, FIRST], "steps": steps})
    assert seen == [[SECOND, FIRST]]
    assert schema.check(room.selection, schema.PAPERS)["paper_id"].tolist() == [SECOND, FIRST]
    scope = {"review": review, "lr": lr}
    exec(room.code, scope)  # noqa: S102  (it is our own)
    offline = review.theme("offline_rl")
    assert len(scope["papers"]) == len(offline)
    sent: list[dict] = []
    room.send = sent.append
    for papers in (offline, offline.papers, [FIRST]):
        room.show(papers)
    assert [len(each["papers"]) for each in sent] == [len(offline), len(offline), 1]
    with pytest.raises(CorpusError, match="no paper 'none'"):
        room.show(["none"])


def test_where_no_widget_lives_papers_decisions_and_notes_are_tables(room, review):
    data, _ = room._repr_mimebundle_()
    assert "No paper is decided yet." in data["text/html"]
    assert data["text/html"].count("<table>") == 2  # the papers, and what readers noted
    room.answer({"do": "decide", "paper": FIRST, "decision": "exclude", "reason": REASON})
    after = room._repr_mimebundle_()[0]["text/html"]
    assert f"1 of {len(review)} are decided." in after
    assert REASON in after


def test_words_of_strangers_stay_words(review):
    review.papers.loc[0, ["title", "authors", "venue"]] = HOSTILE
    room = lr.room(review)
    paper = review.papers["paper_id"][0]
    room.answer({"do": "decide", "paper": paper, "decision": "exclude", "reason": REASON, "note": HOSTILE})
    for shown in (room._repr_mimebundle_()[0]["text/html"], room.answer({"do": "paper", "paper": paper})["html"]):
        assert "<img" not in shown
        assert "<svg" not in shown


def test_the_styles_of_the_room_touch_nothing_outside_it():
    style = (Path(lr.reading_room.__file__).parent / "static" / "room.css").read_text()
    outer = [line for line in style.splitlines() if line[:1] not in ("", " ", "}", "@", "/")]
    assert [line for line in outer if not re.match(r'(\[data-jp-theme-light="false"\] )?\.lr-', line)] == []

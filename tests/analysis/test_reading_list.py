"""What to read first: an order with reasons, the same every time."""

import pandas as pd
import pytest
from invented import corpus_of

from litreview import schema
from litreview.analysis import reading_list
from litreview.corpus import Corpus
from litreview.themes import assign_themes

OFFLINE = "Offline reinforcement learning learns from a fixed dataset without interaction. "


# Title before "in Offline Reinforcement Learning", date, and what the abstract adds.
SMALL = [
    ("Plain Work", "2020-01-01", OFFLINE + "Offline RL it is."),
    ("A Survey of Methods", "2021-01-01", "This survey reviews the literature."),
    ("FooBarNet: Values", "2019-01-01", "We propose FooBarNet, a new algorithm."),
    ("Beyond Values", "2024-05-01", "Our method outperforms FooBarNet on every task."),
]


@pytest.fixture
def small() -> Corpus:
    rows = [
        {"title": f"{title} in Offline Reinforcement Learning", "published": date, "abstract": OFFLINE + more}
        for title, date, more in SMALL
    ]
    rows.append({"title": "Cooking with Gas", "abstract": "A cookbook."})
    return corpus_of(*(row | {"paper_id": f"p{place}"} for place, row in enumerate(rows)))


def test_each_question_names_its_paper_in_turn(small):
    listed = schema.check(reading_list.reading_list(small, "offline_rl", 4), schema.READING).set_index("paper_id")
    assert listed["reason"].head(2).to_dict() == {
        "p1": "A survey or position paper",
        "p2": "Others measure themselves against its FooBarNet",
    }
    assert "p4" not in listed.index
    assert listed["says"]["p3"] == "Our method outperforms FooBarNet on every task."


def test_an_excluded_paper_leaves_the_list_and_another_decision_stands_behind_the_reason(small, monkeypatch):
    decided = pd.Series(["open", "exclude", "include", "maybe", "open"], small.papers["paper_id"])
    monkeypatch.setattr(reading_list, "decisions_by_paper", lambda _: decided)
    reasons = reading_list.reading_list(small, "offline_rl", 0).set_index("paper_id")["reason"]
    assert set(reasons.index) == {"p0", "p2", "p3"}
    assert reasons["p2"] == "Others measure themselves against its FooBarNet (decided: include)"
    assert reasons["p3"].endswith(" (decided: maybe)")
    assert "decided" not in reasons["p0"]


def test_every_paper_of_the_theme_is_listed_once_with_a_reason(corpus):
    listed = reading_list.reading_list(corpus, "offline_rl", 0)
    members = assign_themes(corpus).query("theme == 'offline_rl'")["paper_id"]
    assert sorted(listed["paper_id"]) == sorted(members)
    assert (listed["says"] != "").all()  # readers have noted the idea of each
    assert listed["rank"].tolist() == list(range(1, len(members) + 1))
    pd.testing.assert_frame_equal(listed.head(7), reading_list.reading_list(corpus, "offline_rl", 7))


def test_nothing_to_read_is_an_empty_list(empty_corpus):
    assert schema.check(reading_list.reading_list(empty_corpus, "offline_rl"), schema.READING).empty

"""Every message says what, where, the value, what is allowed and how to mend it, in one plain text."""

import inspect
from pathlib import Path

import pytest

from litreview import errors
from litreview.errors import CorpusError, CurationError, LitreviewError, SourceError, listed, nearest, shown

CLASSES = [
    value
    for _, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, LitreviewError) and value is not LitreviewError
]

# (message, what it must say)
MESSAGES = [
    (SourceError.unreadable(Path("a.txt"), "Permission denied"), ["a.txt", "Permission denied", "permissions"]),
    (SourceError.none_given(), ["No file", "Give at least one"]),
    (SourceError.none_read(["a: x", "b: y"]), ["None of the files", "- a: x\n- b: y"]),
    (CurationError.unreadable(Path("m.csv"), "bad quote"), ["m.csv", "bad quote", "UTF-8"]),
    (CurationError.missing_columns(Path("m.csv"), ["title"], ["a"]), ["m.csv, line 1", "lacks 'title'", "It has 'a'"]),
    (
        CurationError.bad_value(Path("m.csv"), 7, "published", "soon", "a date"),
        ["m.csv, line 7", "'published'", "'soon'", "Allowed: a date"],
    ),
    (CorpusError.missing(Path("review")), ["review", "litreview corpus FILES --to review"]),
    (CorpusError.damaged(Path("p.parquet"), "it is cut"), ["p.parquet", "it is cut", "Build the corpus again"]),
    (CorpusError.other_format(Path("m.json"), 9, 1), ["m.json", "format 9", "format 1", "Update litreview"]),
    (CorpusError.unwritable(Path("review"), OSError(28, "No space left")), ["review", "No space left. Make room"]),
    (CorpusError.unwritable(Path("review"), OSError(13, "No")), ["No. Choose a place you may write to."]),
    (CorpusError.unwritable(Path("review"), OSError(20, "No")), ["No. A file stands where a folder is needed"]),
    (CorpusError.unwritable(Path("review"), OSError("a reader's own words")), ["own words. Try again, or choose"]),
    (CorpusError.impossible_period(2024, 2020), ["since=2024, until=2020", "0 is no limit"]),
    (CorpusError.unknown_papers(["2401.1234"], ["2401.12345"]), ["'2401.1234'", "paper_id", "Did you mean '2401.12345'?"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "parts"), MESSAGES, ids=[f"{type(e).__name__}-{i}" for i, (e, _) in enumerate(MESSAGES)]
)
def test_a_message_says_what_it_must(error, parts):
    assert [part for part in parts if part not in str(error)] == []


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_class_says_when_it_is_raised(error):
    assert (error.__doc__ or "").strip()


def test_names_are_listed_and_the_nearest_is_offered():
    assert listed(["a", "b"]) == "'a', 'b'"
    assert listed([]) == "nothing"
    assert nearest("offlin_rl", ["offline_rl", "scheduling"]) == " Did you mean 'offline_rl'?"
    assert nearest("Offline RL", ["offline_rl", "scheduling"]) == " Did you mean 'offline_rl'?"
    assert nearest("zzz", ["offline_rl"]) == nearest("nix", ["continual_learning"]) == ""
    assert nearest("x", []) == ""


def test_a_path_is_shown_as_it_was_typed(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / "b.txt") == "a/b.txt"
    assert shown(Path("a.txt")) == "a.txt"
    assert shown(Path("/elsewhere/b.txt")) == "/elsewhere/b.txt"
    assert shown(Path("a\n\x1b[31mé\udcff.txt")) == r"a\n\x1b[31mé\udcff.txt"

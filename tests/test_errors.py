"""Messages of several callers say what, where and how to fix it; names and paths are shown as they were typed."""

from pathlib import Path

import pytest

from litreview.errors import CorpusError, CurationError, SourceError, listed, nearest, shown

# (message, what it must say)
MESSAGES = [
    (SourceError.unreadable(Path("a.txt"), "Permission denied"), ["a.txt", "Permission denied", "permissions"]),
    (CurationError.unreadable(Path("m.csv"), "bad quote"), ["m.csv", "bad quote", "UTF-8"]),
    (CorpusError.unwritable(Path("review"), OSError(28, "No space left")), ["review", "No space left. Choose another"]),
]  # fmt: skip


@pytest.mark.parametrize(("error", "parts"), MESSAGES)
def test_a_message_says_what_it_must(error, parts):
    assert [part for part in parts if part not in str(error)] == []


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

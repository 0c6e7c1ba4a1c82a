"""A file of themes is read as a domain person means it, and everything wrong in it is told at once, with its line."""

import re
from pathlib import Path

import pytest

from litreview.errors import ThemeFileError
from litreview.themes.definitions import load_themes

GOOD = """\
lists:
  language model: &model [language model, LLM]
themes:
  bandits:
    title: Bandits
    about: Choosing arms.
    threshold: 2
    rules:
      - name: names bandits
        weight: 3
        phrases: [bandit, multi-armed bandit]
        patterns: ['(?-i:UCB\\w*)']
      - name: tunes a language model
        weight: 1.5
        phrases: [fine-tuning]
        in: title
        needs: *model
      - name: slot machines
        weight: -2
        phrases: [casino]
    facets:
      setting:
        question: What does the learner see?
        threshold: 1
        values:
          contextual:
            title: With context
            rules:
              - {name: speaks of context, weight: 1, phrases: [context]}
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes a file of themes in an otherwise empty folder and gives its path."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "themes.yml"

    def write(text: str | bytes) -> Path:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_good_file_is_read_whole(written) -> None:
    theme = load_themes(written(GOOD))["bandits"]
    assert (theme.title, theme.about, theme.threshold) == ("Bandits", "Choosing arms.", 2)
    names, tunes, _ = theme.rules
    assert [rule.weight for rule in theme.rules] == [3, 1.5, -2]
    assert (names.field, names.needs, tunes.field, tunes.needs) == (None, (), "title", ("language model", "LLM"))
    assert theme.labels("setting") == {"contextual": "With context"}


# What is replaced in the good file, by what, and what the message says.
BROKEN = [
    ("phrases: [casino]", "phrase: [casino]", "line 20: {}, rules, item 3, phrase: there is no 'phrase'. Did you mean"),
    ("        phrases: [casino]\n", "", "line 18: {}, rules, item 3: has neither phrases nor patterns"),
    (r"'(?-i:UCB\w*)'", "'UCB(?=s)'", "line 12: {}, rules, item 1, patterns: 'UCB(?=s)' is not RE2 syntax: invalid"),
    # Two halves that would close and open the library's own bracket.
    (r"'(?-i:UCB\w*)'", "'a)|(b'", "line 12: {}, rules, item 1, patterns: 'a)|(b' is not RE2 syntax: unexpected )"),
    ("  bandits:\n", "  bandits: {}\n  bandits:\n", "line 5: this is not YAML ('bandits' stands twice, first on line "),
    ("    threshold: 2\n", "", "line 4: {}, threshold: is missing; add it."),
    ("    threshold: 2\n", "    threshold: two\n", "line 7: {}, threshold: Input should be a valid number (it is"),
    ("    threshold: 2\n", "    threshold: 0\n", "line 7: {}, threshold: Input should be greater than 0 (it is 0)."),
    ("weight: 1,", "weight: 0,", "line 28: {}, facets, setting, values, contextual, rules: has no rule with a weight"),
    ("[bandit, multi-armed bandit]", "bandit", "line 11: {}, rules, item 1, phrases: must be a list (it is 'bandit')."),
    (r"'(?-i:UCB\w*)'", f"'{'a?' * 2_501}'", "line 12: {}, rules, item 1, patterns, item 1: String should have at"),
    ("[bandit, multi-armed bandit]", "[bandit, no]", "line 11: {}, rules, item 1, phrases, item 2: must be a text; pu"),
    ("in: title", "in: titel", "line 16: {}, rules, item 2, in: Input should be 'title' or 'abstract' (it is 'tit"),
    ("needs: *model", "needs: *models", "line 17: this is not YAML (found undefined alias 'models')"),
    ("  bandits:\n", "  My bandits:\n", "line 4: themes, My bandits: may only have a-z, 0-9 and _, and must begin wit"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "told"), BROKEN, ids=[bad.strip()[:40] for _, bad, _ in BROKEN])
def test_a_broken_file_tells_line_place_and_what_is_allowed(written, good: str, bad: str, told: str) -> None:
    assert GOOD.count(good) == 1
    with pytest.raises(ThemeFileError, match=r"^themes\.yml(.|\n)*" + re.escape(told.replace("{}", "themes, bandits"))):
        load_themes(written(GOOD.replace(good, bad)))


NO_THEMES = [
    ("[]", "the file: must be a mapping (key: value)"),
    ("a: b", "there is no 'a'. Allowed: 'lists', 'themes'"),
    ("themes: 3", "must be a mapping (key: value) (it is 3)"),
    ("themes: {a: }", "themes, a: must be a mapping"),
    ("themes: {a: {rules: []}}", "themes, a, rules: Tuple should have at least 1 item"),
    ("lists: 3", "lists: must be a mapping"),
    ("themes:\n  a: one: two\n  c: d", "line 2: this is not YAML (mapping values are not allowed here)"),
    ("themes:\n\ta: b", "line 2: this is not YAML (found character"),
    ("themes: &a {x: *a}", "themes, x, x: there is no 'x'"),  # a node inside itself
    ("themes: \x00", "this is not YAML ("),
    (b"themes: \xff\xfe", "not UTF-8 text"),
]


@pytest.mark.parametrize(("text", "told"), NO_THEMES)
def test_a_file_of_another_kind_is_told_without_a_traceback(written, text: str | bytes, told: str) -> None:
    with pytest.raises(ThemeFileError, match=re.escape(told)):
        load_themes(written(text))


def test_a_new_review_has_no_themes(written) -> None:
    assert [load_themes(written(text)) for text in ("", "# none yet\n", "themes: {}")] == [{}, {}, {}]
    assert load_themes("none.yml") == {}


def test_all_problems_are_told_in_the_order_of_the_file(written) -> None:
    text = GOOD.replace("weight: 3", "weight: x").replace("threshold: 2", "threshold: 0").replace("contextual:", "A:")
    with pytest.raises(ThemeFileError, match=r"\n  line 7: .*\n  line 10: .*\n  line 26: .*$"):
        load_themes(written(text))

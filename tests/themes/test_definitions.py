"""A file of themes is read as a domain person means it, and everything wrong in it is told at once, with its line."""

import subprocess
from pathlib import Path

import pytest

from litreview.errors import ThemeFileError
from litreview.themes import definitions
from litreview.themes.definitions import THEME_FILE, load_themes

GOOD = """\
lists:
  language model: [language model, LLM]
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
        needs: language model
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
      kind:
        question: Which kind is it?
        threshold: 1
        of: setting
        values:
          rich: {title: Rich, gathers: [contextual]}
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes a file of themes in an otherwise empty folder and gives its path."""
    monkeypatch.chdir(tmp_path)

    def write(text: str | bytes) -> Path:
        path = tmp_path / "themes.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_good_file_is_read_whole(written) -> None:
    theme = load_themes(written(GOOD))["bandits"]
    assert (theme.title, theme.about, theme.threshold) == ("Bandits", "Choosing arms.", 2)
    names, tunes, against = theme.rules
    assert (names.weight, names.fields, names.needs) == (3, ("title", "abstract"), "")
    assert (tunes.weight, tunes.fields) == (1.5, ("title",))
    assert "language" in tunes.needs
    assert against.weight == -2
    assert theme.facets["setting"].values["contextual"].title == "With context"
    assert theme.facets["kind"].values["rich"].gathers == ("contextual",)
    assert theme.labels("setting") == {"contextual": "With context"}
    assert theme.labels("no such dimension") == {}


# What is replaced in the good file, by what, and what is told.
BROKEN = [
    (
        "        phrases: [casino]",
        "        phrase: [casino]",
        [
            "line 18: rule 'slot machines' of theme 'bandits' has neither phrases nor patterns; give it one of them.",
            "line 20: a rule of theme 'bandits' has the unknown key 'phrase'. Did you mean 'phrases'? "
            "Allowed: 'name', 'weight', 'phrases', 'patterns', 'in', 'needs'.",
        ],
    ),
    (
        r"'(?-i:UCB\w*)'",
        "'UCB(?=s)'",
        [
            "line 12: pattern 'UCB(?=s)' of rule 'names bandits' of theme 'bandits' is not RE2 syntax: "
            "invalid perl operator: (?=."
        ],
    ),
    (
        r"'(?-i:UCB\w*)'",
        "'a)|(b'",  # two halves that would close and open the library's own bracket
        ["line 12: pattern 'a)|(b' of rule 'names bandits' of theme 'bandits' is not RE2 syntax: unexpected ): a)|(b."],
    ),
    (
        "      - name: slot machines",
        "      - name: names bandits",
        ["line 9: two rules of theme 'bandits' have the name 'names bandits'; give each its own."],
    ),
    (
        "  bandits:\n",
        "  bandits: {title: A, about: B, threshold: 1, rules: [{name: x, weight: 1, phrases: [y]}]}\n  bandits:\n",
        ["line 5: themes has 'bandits' twice (first on line 4); rename or remove one."],
    ),
    (
        "    threshold: 2\n",
        "",
        ["line 5: theme 'bandits' has no 'threshold'; add it."],
    ),
    (
        "    threshold: 2\n",
        "    threshold: two\n",
        ["line 7: threshold of theme 'bandits' must be a number, not the text 'two'."],
    ),
    (
        "    threshold: 2\n",
        "    threshold: .inf\n",
        ["line 7: threshold of theme 'bandits' must be a number, not the text '.inf'."],
    ),
    (
        "    threshold: 2\n",
        "    threshold: 0\n",  # every paper with any match would be in
        ["line 7: threshold of theme 'bandits' is 0; it must be above 0."],
    ),
    (
        "        weight: 3\n",
        "        weight: 0\n",
        ["line 10: weight of rule 'names bandits' of theme 'bandits' is 0; it must be above or below 0."],
    ),
    (
        "        phrases: [bandit, multi-armed bandit]\n",
        "        phrases: bandit\n",
        ["line 11: phrases of rule 'names bandits' of theme 'bandits' must be a list, not the text 'bandit'."],
    ),
    (
        "[bandit, multi-armed bandit]",
        "[bandit, '']",
        ["line 11: phrases of rule 'names bandits' of theme 'bandits' must be a text, not empty."],
    ),
    (
        "        in: title\n",
        "        in: titel\n",
        [
            "line 16: in of rule 'tunes a language model' of theme 'bandits' is 'titel'. Did you mean 'title'? "
            "Allowed: 'title', 'abstract'."
        ],
    ),
    (
        "        needs: language model\n",
        "        needs: language models\n",
        [
            "line 17: needs of rule 'tunes a language model' of theme 'bandits' is 'language models'. "
            "Did you mean 'language model'? Allowed: 'language model'."
        ],
    ),
    (
        "        of: setting\n",
        "        of: settings\n",
        [
            "line 33: facet 'kind' of theme 'bandits' gathers from 'settings', which is no facet above it. "
            "Did you mean 'setting'? Allowed: 'setting'."
        ],
    ),
    (
        "gathers: [contextual]",
        "gathers: [textual]",
        [
            "line 35: value 'rich' of facet 'kind' of theme 'bandits' gathers 'textual', which is no answer there. "
            "Did you mean 'contextual'? Allowed: 'contextual'."
        ],
    ),
    (
        "  bandits:\n",
        "  Bandits and more:\n",
        ["line 4: themes: the name 'Bandits and more' may only have a-z, 0-9 and _ and starts with a letter."],
    ),
    (
        "    threshold: 2\n",
        "    threshold: 2\n    colour: red\n",
        [
            "line 8: theme 'bandits' has the unknown key 'colour'. "
            "Allowed: 'title', 'about', 'threshold', 'rules', 'facets'."
        ],
    ),
]


@pytest.mark.parametrize(("good", "bad", "problems"), BROKEN, ids=[bad.strip()[:40] for _, bad, _ in BROKEN])
def test_a_broken_file_tells_line_and_mend(written, good: str, bad: str, problems: list[str]) -> None:
    assert GOOD.count(good) == 1
    path = written(GOOD.replace(good, bad))
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
    with pytest.raises(ThemeFileError) as told:
        load_themes(path)
    lines = "".join(f"\n  {problem}" for problem in problems)
    assert str(told.value) == f"themes.yml has {count}; mend each line and try again.{lines}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty; it needs 'themes:'"),
        ("[]", "the file must be a mapping (key: value), not a list"),
        ("a: b", "the file has the unknown key 'a'. Allowed: 'themes', 'lists'"),
        ("themes: {}", "themes is empty"),
        ("themes: 3", "themes must be a mapping (key: value), not the text '3'"),
        ("themes: {a: }", "theme 'a' must be a mapping (key: value), not empty"),
        ("themes: {a: {rules: []}}", "rules of theme 'a' is an empty list"),
        ("themes: {? [x] : y}", "themes has a key that is a list; a key is a word"),
        (
            "themes:\n  a: [b,\n\n\n",
            "line 2: this is not YAML (expected the node content, but found '<stream end>'); a bracket",
        ),
        ("themes:\n  a: [b\n\n\n", "<stream end>'); the bracket that opens here is not closed"),
        ("themes:\n  a: 'b\n  c: d\n", "line 2: this is not YAML (found unexpected end of stream); the quotation mark"),
        (
            "themes:\n  a: one: two\n  c: d",
            "line 2: this is not YAML (mapping values are not allowed here); quote a value",
        ),
        ("themes:\n  a\n  c: d", "line 3: this is not YAML (mapping values are not allowed here); quote a value"),
        ("themes:\n  a: b\n c: d", "line 3: this is not YAML (expected <block end>"),
        ("themes:\n\ta: b", "use blanks"),
        ("a: @b", "quote a value that begins with such a sign"),
        ('a: "\\w+"', "in single quotes only"),
        ("a: *", "line 1: this is not YAML"),
        ("themes: &a {x: *a}", "theme 'x' has the unknown key 'x'"),  # a node inside itself
        ("a: \t!!python/object:os.system b", "this is not YAML"),
        ("[" * 5000, "this is not YAML ("),
        ("themes: \x00", "this is not YAML ("),
        (b"themes: \xff\xfe", "it is not UTF-8 text"),
    ],
)
def test_a_file_of_another_kind_is_told_without_a_traceback(written, text: str | bytes, told: str) -> None:
    with pytest.raises(ThemeFileError) as error:
        load_themes(written(text))
    assert told in str(error.value)


def test_all_problems_are_told_in_the_order_of_the_file(written) -> None:
    text = GOOD.replace("weight: 3", "weight: many").replace("question: Which kind is it?", "questions: Which?")
    with pytest.raises(ThemeFileError) as told:
        load_themes(written(text))
    lines = [int(line.split(":")[0].removeprefix("  line ")) for line in str(told.value).splitlines()[1:]]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ThemeFileError, match=r"none\.yml: the themes cannot be read: No such file"):
        load_themes(tmp_path / "none.yml")


def test_the_shipped_file_has_the_themes_the_reports_name() -> None:
    themes = load_themes(THEME_FILE)
    assert list(themes) == [
        *["preference_optimization", "offline_rl", "scheduling", "online_learning_and_bandits", "continual_learning"],
        *["moe_and_routing", "rl_theory", "llm_post_training", "multi_agent", "curriculum_and_data_selection"],
        *["federated_learning", "vision_and_multimodal"],
    ]
    assert {name: list(theme.facets) for name, theme in themes.items() if theme.facets} == {
        "preference_optimization": ["approach", "data", "over_optimization"],
        "offline_rl": ["setting", "difficulty", "kind", "language"],
        "scheduling": ["object", "tool", "community"],
    }


def test_the_themes_of_the_last_commit_are_what_an_edit_is_compared_with(tmp_path, monkeypatch):
    edited = tmp_path / "themes.yml"
    edited.write_text(THEME_FILE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(definitions, "THEME_FILE", edited)
    with pytest.raises(ThemeFileError, match="is in no git commit"):
        definitions.committed_themes()
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "themes.yml"], ["commit", "-qm", "why"]):
        subprocess.run([*git, *words], check=True)
    edited.write_text("themes: cut")
    assert list(definitions.committed_themes()) == list(load_themes(THEME_FILE))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ThemeFileError, match="is in no git commit"):
        definitions.committed_themes()

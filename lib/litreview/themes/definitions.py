"""Themes as a file that a domain person can read and edit: themes.yml to checked `Theme` objects.

A rule is a set of phrases and RE2 patterns with one weight. Every problem of a file is collected before any is told,
so that one message names them all, each with its line.
"""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import re2
import yaml

from litreview.errors import ThemeFileError
from litreview.paths import CURATED
from litreview.text.checked_yaml import NUMBER, NodeReader, syntax_problem
from litreview.text.patterns import any_of, compiled, phrase_pattern

THEME_FILE = CURATED / "themes.yml"
FIELDS = ("title", "abstract")


@dataclass(frozen=True)
class Rule:
    """Phrases and patterns, joined in one RE2 `pattern`, that speak for (weight > 0) or against (< 0) an answer.

    Empty `needs` says the rule always counts; else it counts only in a paper where that pattern also occurs.
    """

    name: str
    weight: float
    pattern: str
    fields: tuple[str, ...] = FIELDS
    needs: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer to a dimension's question: by rules of its own, or gathered from the answers to another question."""

    title: str
    rules: tuple[Rule, ...] = ()
    gathers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """A question asked of each paper of a theme, and its possible answers by name.

    `of` names the dimension whose answers are gathered; empty where the values have rules.
    """

    question: str
    threshold: float
    values: dict[str, Answer]
    of: str = ""


@dataclass(frozen=True)
class Theme:
    """A theme, the rules that assign it, and the dimensions that describe its papers."""

    name: str
    title: str
    about: str
    threshold: float
    rules: tuple[Rule, ...]
    facets: dict[str, Dimension] = field(default_factory=dict)

    def labels(self, dimension: str) -> dict[str, str]:
        """The facets of a dimension in the file's order, each with its title; empty when there is no such dimension."""
        asked = self.facets.get(dimension)
        return {key: answer.title for key, answer in asked.values.items()} if asked else {}


def load_themes(path: Path | str | None = None) -> dict[str, Theme]:
    """The themes of a file (the shipped one without `path`), by name, in the order of the file.

    Raises `ThemeFileError`, which lists every problem of the file with its line and how to mend it.
    """
    file = Path(path) if path else THEME_FILE
    reader = _Reader()
    themes = reader.themes(_root(file))
    if reader.problems:
        raise ThemeFileError.broken(file, sorted(set(reader.problems)))
    return themes


def committed_themes() -> dict[str, Theme]:
    """The shipped themes as they stand in the last git commit, to compare the edited file with.

    Raises: ThemeFileError when there is no such commit, or no git.
    """
    git = ["git", "-C", str(THEME_FILE.parent), "show", f"HEAD:./{THEME_FILE.name}"]
    try:
        text = subprocess.run(git, capture_output=True, check=True).stdout  # noqa: S603  (fixed words and our own path)
    except (OSError, subprocess.CalledProcessError):
        raise ThemeFileError.nothing_to_compare(THEME_FILE) from None
    with TemporaryDirectory() as folder:
        old = Path(folder) / THEME_FILE.name
        old.write_bytes(text)
        return load_themes(old)


def _root(path: Path) -> yaml.Node | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ThemeFileError.unreadable(path, error) from None
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ThemeFileError.broken(path, [syntax_problem(error, text)]) from None


class _Reader(NodeReader):
    """Reads themes from the nodes of one file."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: dict[str, str] = {}

    def themes(self, root: yaml.Node | None) -> dict[str, Theme]:
        if root is None:
            self.problems.append((1, "the file is empty; it needs 'themes:'"))
            return {}
        keys = self.keys(root, "the file", needed=("themes",), optional=("lists",))
        for name, node in self.named(keys.get("lists"), "lists", plain=False):
            self.lists[name] = any_of(phrase_pattern(phrase) for phrase in self.texts(node, f"list '{name}'"))
        return {name: self.theme(name, node) for name, node in self.named(keys.get("themes"), "themes")}

    def theme(self, name: str, node: yaml.Node) -> Theme:
        what = f"theme '{name}'"
        keys = self.keys(node, what, needed=("title", "about", "threshold", "rules"), optional=("facets",))
        facets: dict[str, Dimension] = {}
        for key, facet in self.named(keys.get("facets"), f"facets of {what}"):
            facets[key] = self.dimension(facet, f"facet '{key}' of {what}", facets)
        return Theme(
            name=name,
            title=self.text(keys.get("title"), f"title of {what}"),
            about=self.text(keys.get("about"), f"about of {what}"),
            threshold=self.threshold(keys.get("threshold"), what),
            rules=self.rules(keys.get("rules"), what),
            facets=facets,
        )

    def dimension(self, node: yaml.Node, what: str, earlier: dict[str, Dimension]) -> Dimension:
        keys = self.keys(node, what, needed=("question", "threshold", "values"), optional=("of",))
        of = self.text(keys["of"], f"of in {what}") if "of" in keys else ""
        if of and of not in earlier:
            self.tell(keys["of"], f"{what} gathers from '{of}', which is no facet above it", of, earlier)
        answers = earlier[of].values if of in earlier else {}
        return Dimension(
            question=self.text(keys.get("question"), f"question of {what}"),
            threshold=self.threshold(keys.get("threshold"), what),
            values={
                key: self.answer(value, f"value '{key}' of {what}", bool(of), answers)
                for key, value in self.named(keys.get("values"), f"values of {what}")
            },
            of=of,
        )

    def answer(self, node: yaml.Node, what: str, gathers: bool, answers: dict[str, Answer]) -> Answer:
        keys = self.keys(node, what, needed=("title", "gathers" if gathers else "rules"))
        names = self.items(keys.get("gathers"), f"gathers of {what}")
        gathered = [self.text(name, f"gathers of {what}") for name in names]
        for item, name in zip(names, gathered, strict=True):
            if answers and name not in answers:
                self.tell(item, f"{what} gathers '{name}', which is no answer there", name, answers)
        rules = self.rules(keys.get("rules"), what)
        return Answer(self.text(keys.get("title"), f"title of {what}"), rules, tuple(gathered))

    def rules(self, node: yaml.Node | None, what: str) -> tuple[Rule, ...]:
        rules = [self.rule(item, what) for item in self.items(node, f"rules of {what}")]
        if rules and all(rule.weight < 0 for rule in rules):
            self.tell(node, f"{what} has no rule with a weight above 0, so no paper can have it")
        names = [rule.name for rule in rules]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.tell(node, f"two rules of {what} have the name '{name}'; give each its own")
        return tuple(rules)

    def rule(self, node: yaml.Node, owner: str) -> Rule:
        keys = self.keys(node, f"a rule of {owner}", ("name", "weight"), ("phrases", "patterns", "in", "needs"))
        name = self.text(keys.get("name"), f"name of a rule of {owner}")
        what = f"rule '{name}' of {owner}"
        phrases = self.texts(keys.get("phrases"), f"phrases of {what}")
        if keys and not ("phrases" in keys or "patterns" in keys):
            self.tell(node, f"{what} has neither phrases nor patterns; give it one of them")
        return Rule(
            name=name,
            weight=self.weight(keys.get("weight"), what),
            pattern=any_of([*map(phrase_pattern, phrases), *self.patterns(keys.get("patterns"), what)]),
            fields=(self.choice(keys["in"], f"in of {what}", FIELDS),) if "in" in keys else FIELDS,
            needs=self.needs(keys.get("needs"), what),
        )

    def needs(self, node: yaml.Node | None, what: str) -> str:
        return self.lists.get(self.choice(node, f"needs of {what}", tuple(self.lists)), "") if node else ""

    def patterns(self, node: yaml.Node | None, what: str) -> list[str]:
        good = []
        for item in self.items(node, f"patterns of {what}"):
            pattern = self.text(item, f"patterns of {what}")
            try:
                compiled(pattern)
                good.append(pattern)
            except re2.error as error:
                reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
                self.tell(item, f"pattern {pattern!r} of {what} is not RE2 syntax: {reason}")
        return good

    def weight(self, node: yaml.Node | None, what: str) -> float:
        found = self.number(node, f"weight of {what}")
        if isinstance(node, yaml.ScalarNode) and NUMBER.fullmatch(node.value) and not found:
            self.tell(node, f"weight of {what} is {node.value}; it must be above or below 0")
        return found

    def threshold(self, node: yaml.Node | None, what: str) -> float:
        found = self.number(node, f"threshold of {what}")
        if isinstance(node, yaml.ScalarNode) and NUMBER.fullmatch(node.value) and found <= 0:
            self.tell(node, f"threshold of {what} is {node.value}; it must be above 0")
        return found

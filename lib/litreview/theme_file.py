"""Themes as a file that a domain person can read and edit: themes.yml to checked `Theme` objects.

A rule is a set of phrases and RE2 patterns with one weight. Every problem of a file is collected before any is told,
so that one message names them all, each with its line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import re2
import yaml

from litreview.errors import ThemeFileError, listed, nearest
from litreview.paths import CURATED
from litreview.phrases import any_of, compiled, phrase_pattern

THEME_FILE = CURATED / "themes.yml"
FIELDS = ("title", "abstract")
NAME = re.compile(r"[a-z][a-z0-9_]*")


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
        return {key: answer.title for key, answer in asked.values.items()} if asked else {}  # noqa: PD011 (our dict)


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


def _root(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise ThemeFileError.unreadable(path, error) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ThemeFileError.broken(path, [(line, f"this is not YAML: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise ThemeFileError.broken(path, [(1, f"this is not YAML: {error}")]) from None


class _Reader:
    """Walks the nodes of one file. Whatever is wrong goes to `problems` with its line, and reading goes on."""

    def __init__(self) -> None:
        self.problems: list[tuple[int, str]] = []
        self.lists: dict[str, str] = {}

    def themes(self, root: yaml.Node | None) -> dict[str, Theme]:
        if root is None:
            self.problems.append((1, "the file is empty; it needs 'themes:'"))
            return {}
        keys = self.keys(root, "the file", needed=("themes",), optional=("lists",))
        for name, node in self.named(keys.get("lists"), "lists"):
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
            threshold=self.number(keys.get("threshold"), f"threshold of {what}"),
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
            threshold=self.number(keys.get("threshold"), f"threshold of {what}"),
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
        if node is not None and not any(rule.weight > 0 for rule in rules):
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
            weight=self.number(keys.get("weight"), f"weight of {what}"),
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

    def keys(
        self, node: yaml.Node, what: str, needed: Sequence[str], optional: Sequence[str] = ()
    ) -> dict[str, yaml.Node]:
        """The values of a mapping whose keys are fixed."""
        pairs = self.pairs(node, what)
        allowed = [*needed, *optional]
        for key, _ in pairs:
            if key.value not in allowed:
                self.tell(key, f"{what} has the unknown key '{key.value}'", key.value, allowed)
        found = {key.value: value for key, value in pairs if key.value in allowed}
        for name in needed if isinstance(node, yaml.MappingNode) else ():
            if name not in found:
                self.tell(node, f"{what} has no '{name}'; add it")
        return found

    def named(self, node: yaml.Node | None, what: str) -> list[tuple[str, yaml.Node]]:
        """The values of a mapping whose keys are names of the writer's choice."""
        if node is None:
            return []
        pairs = self.pairs(node, what)
        for key, _ in pairs:
            if what != "lists" and not NAME.fullmatch(key.value):
                self.tell(key, f"{what}: the name '{key.value}' may only have a-z, 0-9 and _ and starts with a letter")
        if not pairs and isinstance(node, yaml.MappingNode):
            self.tell(node, f"{what} is empty")
        return [(key.value, value) for key, value in pairs]

    def pairs(self, node: yaml.Node, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self.tell(node, f"{what} must be a mapping (key: value), not {_kind(node)}")
            return []
        pairs = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.tell(key, f"{what} has a key that is {_kind(key)}; a key is a word")
            elif key.value in pairs:
                first = pairs[key.value][0].start_mark.line + 1
                self.tell(key, f"{what} has '{key.value}' twice (first on line {first}); rename or remove one")
            else:
                pairs[key.value] = (key, value)
        return list(pairs.values())

    def items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.tell(node, f"{what} must be a list, not {_kind(node)}")
            return []
        if not node.value:
            self.tell(node, f"{what} is an empty list")
        return list(node.value)

    def texts(self, node: yaml.Node | None, what: str) -> list[str]:
        return [self.text(item, what) for item in self.items(node, what)]

    def text(self, node: yaml.Node | None, what: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.tell(node, f"{what} must be a text, not {_kind(node)}")
            return ""
        return " ".join(node.value.split())

    def number(self, node: yaml.Node | None, what: str) -> float:
        try:
            return 0.0 if node is None else float(node.value)
        except (TypeError, ValueError):
            self.tell(node, f"{what} must be a number, not {_kind(node)}")
            return 0.0

    def choice(self, node: yaml.Node, what: str, allowed: Sequence[str]) -> str:
        found = self.text(node, what)
        if found and found not in allowed:
            self.tell(node, f"{what} is '{found}'", found, allowed)
        return found

    def tell(
        self, node: yaml.Node | None, text: str, name: str = "", allowed: Sequence[str] | dict | None = None
    ) -> None:
        mend = f".{nearest(name, allowed)} Allowed: {listed(allowed)}" if allowed is not None else ""
        self.problems.append((node.start_mark.line + 1 if node else 1, text + mend))


def _kind(node: yaml.Node | None) -> str:
    if isinstance(node, yaml.ScalarNode):
        return f"the text '{node.value}'" if node.value.strip() else "empty"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"

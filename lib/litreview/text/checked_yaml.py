"""YAML with the line of each value, so that a problem in it can be told with its line."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from litreview.errors import listed, nearest

# What PyYAML says of a text that is none, and how to fix it; behind "begins:" the line where it began is to blame.
_HINTS = {
    "mapping values are not allowed": 'quote a value that holds a colon (title: "A: B"), or end the key above with one',
    "unexpected end of stream": "begins: the quotation mark that opens here is not closed",
    "expected ',' or": "begins: the bracket that opens here is not closed, or a comma is missing in it",
    "<stream end>": "a bracket or a quotation mark above is not closed",
    "could not find expected ':'": "begins: this line has no colon after its key",
    "expected <block end>": "the line stands further left or right than those that it belongs to",
    "character '\\t'": "the line is indented with a tab; use blanks",
    "cannot start any token": "quote a value that begins with such a sign",
    "undefined alias": "quote a value that begins with *",
    "unknown escape": "a backslash stands as it is in single quotes only",
}


def load_yaml_with_lines(path: Path) -> tuple[Any, Callable[[Sequence[int | str]], int]]:
    """Return the data of a YAML file, and a function that gives the line of a place in it, such as (0, "title").

    For a place that is not there, it gives the line of the deepest part that is.

    Raises: OSError; ValueError with the line when the file is not YAML in UTF-8, or has a key twice.
    """
    text = path.read_text(encoding="utf-8-sig")
    try:
        loader = _UniqueKeys(text)
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    except (yaml.YAMLError, RecursionError) as error:
        line, problem = syntax_problem(error, text)
        raise ValueError(f"line {line}: {problem}") from None
    return data, lambda place: _line_of(root, place)


class _UniqueKeys(yaml.SafeLoader):
    """Tells of a key that stands twice in a mapping; PyYAML keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if (first := seen.setdefault(str(key.value), key.start_mark.line)) != key.start_mark.line:
                problem = f"'{key.value}' stands twice, first on line {first + 1}; rename or remove one"
                raise yaml.constructor.ConstructorError(problem=problem, problem_mark=key.start_mark)
        return super().construct_mapping(node, deep)


def _line_of(node: yaml.Node | None, place: Sequence[int | str]) -> int:
    line = 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            children = [(key.value, key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            children = [(at, item, item) for at, item in enumerate(node.value)]
        else:
            break
        if (found := next((child for child in children if str(child[0]) == str(part)), None)) is None:
            break
        line, node = found[1].start_mark.line + 1, found[2]
    return line


def syntax_problem(error: Exception, text: str) -> tuple[int, str]:
    """Return the line to correct in a text that is no YAML, and how, from what PyYAML raised."""
    said = " ".join((getattr(error, "problem", None) or str(error)).split())
    hint = next((f"; {hint}" for sign, hint in _HINTS.items() if sign in said), "")
    begun = getattr(error, "context_mark", None) if "begins: " in hint else None
    mark = begun or getattr(error, "problem_mark", None)
    line = min(mark.line + 1, len(text.rstrip().splitlines())) if mark else 1  # not beyond the end
    return line, f"this is not YAML ({said}){hint.replace('begins: ', '')}"


# What follows leaves when the lexicon is read with the function above.

NAME = re.compile(r"[a-z][a-z0-9_]*")


class NodeReader:
    """Reads values from nodes. Whatever is wrong goes to `problems` with its line, and reading goes on.

    `what` names the node in the words of the file. A wrong value is read as an empty one of its type.
    """

    def __init__(self) -> None:
        self.problems: list[tuple[int, str]] = []

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

    def named(self, node: yaml.Node | None, what: str, plain: bool = True) -> list[tuple[str, yaml.Node]]:
        """The values of a mapping whose keys are names of the writer's choice; `plain` ones have no blanks."""
        if node is None:
            return []
        pairs = self.pairs(node, what)
        for key, _ in pairs:
            if plain and not NAME.fullmatch(key.value):
                self.tell(key, f"{what}: the name '{key.value}' may only have a-z, 0-9 and _ and starts with a letter")
        if not pairs and isinstance(node, yaml.MappingNode):
            self.tell(node, f"{what} is empty")
        return [(key.value, value) for key, value in pairs]

    def pairs(self, node: yaml.Node, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values of a mapping, each key once (PyYAML itself keeps the last of two without a word)."""
        if not isinstance(node, yaml.MappingNode):
            self.tell(node, f"{what} must be a mapping (key: value), not {_kind(node)}")
            return []
        pairs: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
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
        """The items of a list that has some; none where there is no node."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.tell(node, f"{what} must be a list, not {_kind(node)}")
            return []
        if not node.value:
            self.tell(node, f"{what} is an empty list")
        return list(node.value)

    def texts(self, node: yaml.Node | None, what: str) -> list[str]:
        """The items of a list of texts."""
        return [self.text(item, what) for item in self.items(node, what)]

    def text(self, node: yaml.Node | None, what: str) -> str:
        """A text that is not blank, on one line."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.tell(node, f"{what} must be a text, not {_kind(node)}")
            return ""
        return " ".join(node.value.split())

    def tell(self, node: yaml.Node | None, text: str, name: str = "", allowed: Iterable[str] | None = None) -> None:
        """Keep a problem; with `allowed`, say what may stand instead of `name`."""
        mend = f".{nearest(name, allowed)} Allowed: {listed(allowed)}" if allowed is not None else ""
        self.problems.append((node.start_mark.line + 1 if node else 1, text + mend))


def _kind(node: yaml.Node | None) -> str:
    if isinstance(node, yaml.ScalarNode):
        return f"the text '{node.value}'" if node.value.strip() else "empty"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"

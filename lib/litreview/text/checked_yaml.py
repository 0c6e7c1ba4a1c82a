"""YAML with the line of each value, so that a problem in it can be told with its line."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

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
        line, problem = _syntax_problem(error, text)
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


def _syntax_problem(error: Exception, text: str) -> tuple[int, str]:
    """Return the line to correct in a text that is no YAML, and how, from what PyYAML raised."""
    said = " ".join((getattr(error, "problem", None) or str(error)).split())
    hint = next((f"; {hint}" for sign, hint in _HINTS.items() if sign in said), "")
    begun = getattr(error, "context_mark", None) if "begins: " in hint else None
    mark = begun or getattr(error, "problem_mark", None)
    line = min(mark.line + 1, len(text.rstrip().splitlines())) if mark else 1  # not beyond the end
    return line, f"this is not YAML ({said}){hint.replace('begins: ', '')}"

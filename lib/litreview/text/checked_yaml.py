"""YAML with the line of each value, so that a problem in it can be told with its line."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from litreview.errors import CurationError, LitreviewError, shown

# What pydantic's kinds of problem mean to someone who edits the file; for others its own words stand.
PROBLEMS = {
    "missing": "is missing; add it",
    "extra_forbidden": "there is no such key",
    "string_type": "must be a text; put what YAML reads as a number, date or yes/no in quotes",
    **dict.fromkeys(("list_type", "tuple_type"), "must be a list"),
    **dict.fromkeys(("dict_type", "model_type"), "must be a mapping (key: value)"),
}


def checked_yaml(path: Path, kind: Any, raised: type[LitreviewError] = CurationError) -> Any:
    """Load what a YAML file holds, as a `kind` such as dict[str, list[str]]; an empty one without the file.

    Raises: `raised`, which lists every problem of the file with its line, also a key that the kind does not know.
    """
    try:
        data, line_of = load_yaml_with_lines(path) if path.is_file() else (None, len)
        return TypeAdapter(kind).validate_python(kind() if data is None else data, extra="forbid")
    except ValidationError as error:
        told = sorted({(line_of(_place(each)), problem_text(each)) for each in error.errors()})
        problems = "".join(f"\n  line {line}: {text}." for line, text in told)
        raise raised(f"{shown(path)} has problems; correct these lines and try again.{problems}") from None
    except (OSError, ValueError) as error:
        why = "not UTF-8 text" if isinstance(error, UnicodeError) else error
        raise raised(f"{shown(path)}: the file cannot be read: {why}.") from None


def problem_text(error: Any) -> str:
    """Tell the place and what is wrong there: "themes, bandits, threshold: must be a number (it is 'two')"."""
    parts = (f"item {part + 1}" if isinstance(part, int) else part for part in _place(error) if part != "[key]")
    where, found = ", ".join(parts) or "the file", error["input"]
    value = f" (it is {found!r:.60})" if isinstance(found, str | int | float) else ""
    return f"{where}: {PROBLEMS.get(error['type'], error['msg'])}{value}"


def _place(error: Any) -> tuple[int | str, ...]:
    """Where in the file a problem is: keys, and numbers of list items."""
    return (*error["loc"], *error.get("ctx", {}).get("place", ()))


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
        said = " ".join((getattr(error, "problem", None) or str(error)).split())
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line + 1, len(text.rstrip().splitlines())) if mark else 1  # not beyond the end
        raise ValueError(f"line {line}: this is not YAML ({said})") from None
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


def _line_of(node: yaml.Node | None, place: Sequence[int | str], line: int = 1) -> int:
    for at, item in enumerate(node.value if place and isinstance(node, yaml.CollectionNode) else ()):
        key, begins, inside = (item[0].value, *item) if isinstance(node, yaml.MappingNode) else (at, item, item)
        if str(key) == str(place[0]):
            return _line_of(inside, place[1:], begins.start_mark.line + 1)
    return line

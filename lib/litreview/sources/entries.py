"""What a reader finds in a file: entries as the file has them, and what it has to reject."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One record, field by field, before the crosswalk.

    `format` names the part of the crosswalk. `place` is the line it begins on, or its number where lines make no sense.
    `fields` are its own names with their texts, lists of texts, or further fields. `key` is what the file calls it.
    """

    format: str
    place: int
    fields: Mapping[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Rejection:
    """A record that cannot be read, with the reason and how it begins."""

    place: int
    reason: str
    text: str


def too_long(place: int, text: str, limit: int) -> Rejection:
    """The rejection of a record of more letters than the limit."""
    return Rejection(place, f"it is longer than {limit // 2**20} million letters", text[:80])


def texts(fields: Mapping[str, Any], path: str) -> list[str]:
    """Every text at a path such as "authorships.author.display_name", in order; lists are walked through.

    A name with a dot in it is found as it stands.
    """
    values = _values(fields, path)
    return [text for text in map(_text, values) if text.strip()]


def without(fields: Mapping[str, Any], used: set[str]) -> dict[str, Any]:
    """The fields but for what stands at the `used` paths, and for what is empty; a list of one is its one."""
    left = {}
    for name, value in fields.items():
        if name in used:
            continue
        inner = {path.partition(".")[2] for path in used if path.startswith(f"{name}.")}
        kept = _left(value, inner)
        if kept not in (None, "", [], {}):
            left[str(name)] = kept
    return left


def _left(value: Any, used: set[str]) -> Any:
    if isinstance(value, Mapping):
        return without(value, used)
    if isinstance(value, list):
        kept = [_left(part, used) for part in value]
        return (kept[0] if len(kept) == 1 else kept) if any(part not in (None, "", [], {}) for part in kept) else []
    return value


def _values(value: Any, path: str) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _values(part, path)
    elif not path:
        yield value[""] if isinstance(value, Mapping) and "" in value else value
    elif isinstance(value, Mapping):
        if path in value:
            yield from _values(value[path], "")
        else:
            name, _, rest = path.partition(".")
            if name in value and rest:
                yield from _values(value[name], rest)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, Mapping | list | bool) else str(value)

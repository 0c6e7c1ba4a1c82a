"""CSL-JSON: names and dates in parts, as texts."""

from typing import Any

from litreview.sources import dates


def prepared(item: dict) -> dict:
    """The item with its authors as "Family, Given" and its dates in ISO 8601; what else is told of an author is kept."""
    ready = dict(item)
    if isinstance(item.get("author"), list):
        ready["author"] = [_name(name) for name in item["author"]]
        ready["author details"] = [_left(name) for name in item["author"] if isinstance(name, dict) and _left(name)]
    for name in ("issued", "published", "published-print", "published-online", "created"):
        if isinstance(item.get(name), dict):
            ready[name] = _date(item[name])
            if len(item[name].get("date-parts") or []) > 1:
                ready[f"{name} as given"] = item[name]  # a range: its end is kept
    return ready


_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "name", "sequence")


def _left(name: dict) -> dict:
    return {key: value for key, value in name.items() if key not in _NAME_PARTS}


def _name(name: Any) -> str:
    if not isinstance(name, dict):
        return str(name or "")
    if name.get("literal") or name.get("name"):
        return str(name.get("literal") or name.get("name")).replace(",", " ")
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    return inverted(f"{particle} {name.get('family') or ''}".strip(), name.get("given"), name.get("suffix"))


def _date(date: dict) -> str:
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [part if isinstance(part, int | str) else None for part in first[:3]]
    return (
        dates.iso(*numbers) if numbers else str(date.get("raw") or date.get("literal") or date.get("date-time") or "")
    )


def inverted(family: Any = "", given: Any = "", suffix: Any = "", *_: Any) -> str:
    """A name from its parts, the family name first."""
    return ", ".join(str(part).strip() for part in (family, given, suffix) if part)

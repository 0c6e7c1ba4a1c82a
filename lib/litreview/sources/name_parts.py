"""Names that a JSON document gives in parts, made whole, whatever the parts are called and wherever they stand."""

from typing import Any

from litreview.sources.csl import inverted
from litreview.sources.entries import texts

_DEEPEST = 20  # objects and lists in each other in which names are looked for
_FAMILY = tuple("keyname family lastName last_name familyName last surname Last Family".split())
_WHOLE = tuple("collectiveName name fullName full_name display_name displayName literal namePart creatorName".split())
_GIVEN = tuple("forenames given_name given firstName first_name givenName first given-names givenname First".split())


def with_names(value: Any, depth: int = 0) -> Any:
    """The same, and who has a family name, or stands in a list with one who has, has the name in one, as `inverted`."""
    if isinstance(value, list) and depth < _DEEPEST:
        parts = [with_names(part, depth + 1) for part in value]
        people = any(isinstance(part, dict) and "inverted" in part for part in parts)
        return [
            {"inverted": _text(part, _WHOLE), **part} if people and isinstance(part, dict) else part for part in parts
        ]
    if not isinstance(value, dict) or depth == _DEEPEST:
        return value
    inner = {name: with_names(part, depth + 1) for name, part in value.items()}
    family = _text(value, _FAMILY)
    return inner | {"inverted": inverted(family, _text(value, _GIVEN))} if family else inner


def _text(value: dict, names: tuple[str, ...]) -> str:
    return next((" ".join(found) for name in names if (found := texts(value, name))), "")

"""What can go wrong, in words a researcher can act on.

Every failure this library raises on purpose is a `LitreviewError`. Its text says what happened, where, the value that
was found, what is allowed, and how to mend it. The classmethods own the wording, so that a message can be tested and
reads the same wherever it is raised.
"""

from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import process


class LitreviewError(Exception):
    """Base of every error that this library raises on purpose."""


class SchemaError(LitreviewError):
    """A table does not have the columns, types or values its schema promises."""

    @classmethod
    def missing_columns(cls, table: str, missing: Iterable[str], found: Iterable[str]) -> "SchemaError":
        return cls(f"Table '{table}' lacks {listed(missing)}. It has {listed(found)}.")

    @classmethod
    def wrong_dtype(cls, table: str, column: str, found: object, expected: str) -> "SchemaError":
        return cls(f"Table '{table}', column '{column}': type is {found}, but {expected} is expected.")

    @classmethod
    def empty_value(cls, table: str, column: str, row: object) -> "SchemaError":
        return cls(f"Table '{table}', column '{column}', row {row}: the value is missing, but this column needs one.")


def listed(names: Iterable[str]) -> str:
    """Names in quotes, with commas: for the list of allowed values in a message."""
    return ", ".join(f"'{name}'" for name in names) or "nothing"


def nearest(name: str, allowed: Iterable[str]) -> str:
    """" Did you mean 'x'?" for the allowed name nearest to `name`, or "" when none is near."""
    match = process.extractOne(name, list(allowed), score_cutoff=60)
    return f" Did you mean '{match[0]}'?" if match else ""


def shown(path: Path) -> str:
    """A path as the reader typed it: relative to the working folder where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)

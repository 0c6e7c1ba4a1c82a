"""One thing found in one paper, before it becomes a row."""

from typing import NamedTuple


class Found(NamedTuple):
    """A kind of evidence, where it stands, and the rule that found it."""

    kind: str
    field: str
    start: int
    end: int
    rule: str

"""What records and databases say in fixed words, as data: `phrases.csv` has a row a pattern, and where it is unclear an
example. A list stands in the order in which its patterns are tried.
"""

import csv
from pathlib import Path

with Path(__file__).with_name("phrases.csv").open(encoding="utf-8", newline="") as file:
    _ROWS = list(csv.DictReader(file))


def phrases(of: str) -> str:
    """Return the patterns of a list as one pattern without a group of its own."""
    return "|".join(row["pattern"] for row in _ROWS if row["of"] == of)

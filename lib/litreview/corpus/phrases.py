"""What records and databases say in fixed words, as data: `phrases.csv` has a row a pattern, and where it is unclear an
example. A list stands in the order in which its patterns are tried.
"""

from litreview.sources.file_content import shipped_table

_ROWS = shipped_table("phrases.csv", __file__)


def phrases(of: str) -> str:
    """Return the patterns of a list as one pattern without a group of its own."""
    return "|".join(row["pattern"] for row in _ROWS if row["of"] == of)

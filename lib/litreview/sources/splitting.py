"""The values that one text holds, by what the column `split` of the crosswalk says of its field.

`split` is one or more marks that stand between the values, a word between blanks, "lines", or "names" where that has to
be guessed; names "as it stands" are in reading order already; the venue of a "citation" ends where the volume or the
date begins; an identifier counts "alone" where any could be named.
"""

import html
import re

from litreview.sources.people import split_names

NAMES, LINES, AS_WRITTEN, CITATION, ALONE = "names", "lines", "as it stands", "citation", "alone"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter"
_VENUE_ENDS = re.compile(
    rf"[\s.,;]{{1,9}}(?:vol\b|conference:|\(?\d|(?:{_MONTHS})[a-z]{{0,8}}\W.{{0,20}}\d)|[\s.,;]{{0,9}}$", re.IGNORECASE
)


def pieces(text: str, split: str) -> list[str]:
    """The values in a text; an entity such as "&amp;" is a letter, and its ";" stands between nothing."""
    text = html.unescape(text)
    if split == NAMES:
        return split_names(text)
    if split == AS_WRITTEN:
        return text.splitlines()
    if split == LINES:
        return re.split(r"[\n;]", text)
    if split.startswith(" "):
        return re.split(rf"\s+{split.strip()}\s+", text)
    mark = next((mark for mark in split and f"{split}\n" if mark in text), "")
    return text.split(mark) if mark else [text]


def venue_of(citation: str) -> str:
    """The journal or book at the beginning of "Journal of Queues. Vol.43(5), Sep 2015, pp. 623-634."."""
    return _VENUE_ENDS.split(citation.strip(), maxsplit=1)[0]

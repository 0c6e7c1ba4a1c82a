"""Names of authors: apart, and the parts of each. A column of authors holds them joined by "; "."""

import re

from litreview.text.escaping import visible

_PARTICLES = {"van", "von", "de", "der", "den", "di", "da", "la", "le", "del", "du", "dos", "ten", "ter", "el", "al"}
_SUFFIX = re.compile(r"jr\.?|sr\.?|ii|iii|iv", re.IGNORECASE)
# What no person's name has; a body keeps its words in their order, as BibTeX's braces and CSL's "literal" do.
_BODY = re.compile(
    r"(?i)\b(?:and|team|group|collaboration|consortium|organi[sz]ation|committee|commission|association|society"
    r"|institute|university|agency|ministry|department|foundation|initiative|project|laborator(?:y|ies)|labs?"
    r"|inc|ltd|llc|gmbh)\b"
)


def names(authors: object) -> list[str]:
    """Return the names in a value of `papers.authors`, in order; none where it is missing."""
    return [visible(name) for name in authors.split(";") if name.strip()] if isinstance(authors, str) else []


def split_name(name: str) -> tuple[str, str, str]:
    """Family name, given names and suffix of "Anna van der Berg Jr." or "Berg, Jr., Anna"; a body is all family name.

    The family name stands before a comma, else it is the last word with the particles before it.
    """
    if _BODY.search(name):
        return name, "", ""
    if "," in name:
        family, *rest = [part.strip() for part in name.split(",")]
        suffix = rest.pop(0) if len(rest) > 1 and _SUFFIX.fullmatch(rest[0]) else ""
        return family, ", ".join(rest), suffix
    words = name.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[: max(start, 0)]), suffix

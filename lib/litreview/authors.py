"""Names of authors: apart, and the family name of each. A column of authors holds them joined by "; "."""

from litreview.markup import visible

_PARTICLES = {"van", "von", "de", "der", "den", "di", "da", "la", "le", "del", "du", "dos", "ten", "ter", "el", "al"}


def names(authors: object) -> list[str]:
    """The names in a value of `papers.authors`, in order; none where it is missing."""
    return [visible(name) for name in authors.split(";") if name.strip()] if isinstance(authors, str) else []


def surname(name: str) -> str:
    """The family name: before a comma, else the last word with the particles before it ("van der Berg")."""
    if "," in name:
        return name.split(",")[0]
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def inverted(name: str) -> str:
    """The name with the family name first: "van der Berg, Anna". One of a single word stays as it is."""
    family = surname(name)
    given = name.removesuffix(family).strip()
    return name if "," in name or not given else f"{family}, {given}"

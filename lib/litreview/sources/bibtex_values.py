"""Values of BibTeX: what stands in braces or quotes, abbreviations, sums such as `nips # " 2019"`, and lists of names."""

import re

from litreview.sources.latex import decoded
from litreview.sources.people import split_names

_TOKENS = re.compile(r"\"(?:[^\"{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\"|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|[^\s#{}\"]+")
_LONGEST_SUM = 20_000  # letters; what is longer is an abstract with a "#" in it
_AND = re.compile(r"[{}]|(?<!\S)and(?!\S)", re.IGNORECASE)
_LITERAL = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_PART = re.compile(r"\b(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|\{[^}]*\}|[^,]*)")


def value_of(raw: object, abbreviations: dict[str, str]) -> str:
    """A value without its brackets or quotes, abbreviations written out, the parts of `a # " b"` joined."""
    text = str(raw).strip()
    tokens = _TOKENS.findall(text) if _is_sum(text) else [text]
    return "".join(_unwrapped(token, abbreviations) for token in tokens)


def _is_sum(text: str) -> bool:
    """Whether a value is nothing but values with "#" between them."""
    if "#" not in text or len(text) > _LONGEST_SUM:
        return False
    between = _TOKENS.sub("", text)
    return not between.replace("#", "").strip() and between.count("#") == len(_TOKENS.findall(text)) - 1


def _unwrapped(token: str, abbreviations: dict[str, str]) -> str:
    if (token[:1] == "{" and token[-1:] == "}") or (len(token) > 1 and token[0] == token[-1] == '"'):
        return token[1:-1]
    return abbreviations.get(token.lower(), token)


def names_in(value: str) -> list[str]:
    """The names of a list, apart by "and" outside of braces; one in braces is whole, and has no comma that matters.

    Other programs put ";" or commas between them; a name of BibTeX has two commas at most.
    """
    names = [name for name in _by_and(value) if name]
    if len(names) == 1 and ";" in names[0] and not _LITERAL.fullmatch(names[0]):
        names = [name.strip() for name in decoded(names[0]).split(";")]
    found = [name for each in names for name in (_by_comma(each) if each.count(",") > 2 else [each])]
    return [decoded(_plain(" ".join(name.replace("~", " ").split()))).strip() for name in found]


def _by_comma(text: str) -> list[str]:
    """ "Smith, John A., Doe, Jane" are pairs, where a family name without a blank shows it."""
    parts = [part.strip() for part in text.split(",")]
    paired = len(parts) % 2 == 0 and any(" " not in part for part in parts[::2])
    return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)] if paired else split_names(text)


def _by_and(value: str) -> list[str]:
    depth, start, names = 0, 0, []
    for match in _AND.finditer(value):
        depth += (match[0] == "{") - (match[0] == "}")
        if len(match[0]) > 1 and depth <= 0:
            names.append(value[start : match.start()].strip())
            start = match.end()
    return [*names, value[start:].strip(" \t\n,")]


def _plain(name: str) -> str:
    """A name in braces without its commas, and BibLaTeX's `family=…, given=…` with the family name first."""
    if _LITERAL.fullmatch(name):
        return name.replace(",", " ")
    parts = {part: text.strip(' "{}') for part, text in _PART.findall(name)}
    if "family" not in parts:
        return name
    family = " ".join(filter(None, (parts.get("prefix"), parts["family"])))
    return ", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))

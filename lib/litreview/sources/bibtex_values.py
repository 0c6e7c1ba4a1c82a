"""Values of BibTeX: what stands in braces or quotes, abbreviations, and sums such as `nips # " 2019"`."""

import re

_TOKENS = re.compile(r"\"(?:[^\"{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\"|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|[^\s#{}\"]+")
_LONGEST_SUM = 20_000  # letters; what is longer is an abstract with a "#" in it


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

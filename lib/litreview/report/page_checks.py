"""The gate of a report: what a page may not have, found by reading it.

A page is one file that asks nothing of a network, runs no script but its own, and can be read by ear, by keyboard and
on paper. `problems` lists what breaks that, in words; an empty list is a good page.
"""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from litreview.errors import ReportError

LARGEST = 3_000_000  # bytes
_LOADING = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "input": ("src",),
}
_FORBIDDEN = {"iframe", "frame", "object", "embed", "form", "base", "applet", "portal"}
_OUTSIDE_STYLE = re.compile(r"@import|url\(\s*['\"]?\s*(?!data:|#)", re.IGNORECASE)
_OUTSIDE_CHART = re.compile(r'"data":\{"url":|"(?:mark|type)":"image"|"bind":\{.*"element":"')
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LINK_SCHEMES = {"http", "https", "mailto"}
_UNSAFE_POLICY = ("'unsafe-eval'", "script-src *", "http:", "https:")


class _Reader(HTMLParser):
    """Reads a page once and notes what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.levels: list[int] = []
        self.policy = self.language = self.title = ""
        self.inside: list[str] = []
        self.captions: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.inside = [tag] if tag in ("style", "title", "script") else []
        self._safe(tag, values)
        self._loads(tag, values)
        self._accessible(tag, values)
        if tag == "html":
            self.language = values.get("lang", "")

    def _note(self, problem: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {problem}")

    def _safe(self, tag: str, values: dict[str, str]) -> None:
        if tag in _FORBIDDEN:
            self._note(f"<{tag}> is not allowed")
        for name in values:
            if name.startswith("on"):
                self._note(f"<{tag}> has {name}=, a script")
        if tag == "meta":
            self._meta(values)
        scheme = _SCHEME.match(values.get("href", "")) if tag in ("a", "area") else None
        if scheme and scheme[1].lower() not in _LINK_SCHEMES:
            self._note(f"<{tag}> links to {values['href'][:60]!r}")
        if _OUTSIDE_STYLE.search(values.get("style", "")):
            self._note(f"<{tag}> has a style that loads something")

    def _meta(self, values: dict[str, str]) -> None:
        kind = values.get("http-equiv", "").lower()
        if kind == "refresh":
            self._note("<meta> leaves the page by itself")
        if kind == "content-security-policy":
            self.policy = values.get("content", "")

    def _loads(self, tag: str, values: dict[str, str]) -> None:
        for name in _LOADING.get(tag, ()):
            address = values.get(name, "").strip()
            if address and not address.startswith(("data:", "#")):
                self._note(f"<{tag} {name}=> loads {address[:80]!r}")

    def _accessible(self, tag: str, values: dict[str, str]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img" and not values.get("alt", "").strip():
            self._note("a picture has no text alternative")
        if "data-alt" in values and not values["data-alt"].strip():
            self._note("a chart has no text alternative (description)")
        if tag == "table":
            self.captions.append(False)
        if tag == "caption" and self.captions:
            self.captions[-1] = True
        if tag == "th" and values.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            self._note("a table head does not say whether it heads a column or a row (scope)")

    def handle_endtag(self, tag: str) -> None:
        self.inside = []
        if tag == "table" and self.captions and not self.captions.pop():
            self._note("a table has no caption; show it with tables.table(…)")

    def handle_data(self, data: str) -> None:
        if self.inside == ["title"]:
            self.title += data
        if self.inside == ["style"] and _OUTSIDE_STYLE.search(data):
            self.found.append("a style sheet loads something from outside")
        if self.inside == ["script"] and data.startswith('{"spec":') and _OUTSIDE_CHART.search(data):
            self.found.append(
                "a chart loads data or pictures, or has an input elsewhere (bind.element); give it the data itself"
            )


def problems(page: str) -> list[str]:
    """What is wrong with a page, one line each, in the order of the page; empty when nothing is."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    size = len(page.encode(errors="replace"))
    found = [f"the page has {size:,} bytes; {LARGEST:,} are allowed"] if size > LARGEST else []
    return [*found, *_policy_problems(reader.policy), *_head_problems(reader), *dict.fromkeys(reader.found)]


def _policy_problems(policy: str) -> list[str]:
    if "default-src 'none'" not in policy or "script-src" not in policy:
        return ["there is no Content Security Policy that forbids all but the page's own scripts"]
    return [f"the Content Security Policy allows {word}" for word in _UNSAFE_POLICY if word in policy]


def _head_problems(reader: _Reader) -> list[str]:
    found = []
    if not reader.language:
        found.append("the page does not name its language (lang)")
    if not reader.title.strip():
        found.append("the page has no title")
    if reader.levels.count(1) != 1:
        found.append(f"there are {reader.levels.count(1)} headings of the first level; one is needed")
    steps = [f"a heading of level {b} follows one of level {a}" for a, b in pairwise(reader.levels) if b > a + 1]
    return found + steps


def verify(path: Path) -> list[str]:
    """`problems` of the page in a file.

    Raises: ReportError when the file cannot be read as UTF-8 text.
    """
    try:
        return problems(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError.unreadable(path, error) from None

"""What a page may have: cleaning reduces HTML to it, and reading a page finds what breaks it.

A page is one file that asks nothing of a network, runs no script but its own, and can be read by ear, by keyboard and
on paper. `problems` lists what breaks that, in words; an empty list is a good page.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import nh3

from litreview.text.escaping import UNSEEN

LARGEST = 3_000_000  # bytes
_FORBIDDEN = {"iframe", "frame", "object", "embed", "form", "base", "applet", "portal"}
# Attributes that load something; a link (<a>) leads elsewhere and loads nothing.
_LOADING = ("src", "srcset", "poster", "href", "xlink:href")
_OUTSIDE_STYLE = re.compile(r"@import|url\(\s*['\"]?\s*(?!data:|#)", re.IGNORECASE)
# Of a chart: data from elsewhere, pictures, and inputs elsewhere on the page.
_OUTSIDE_CHART = re.compile(r'"data":\{"url":|"(?:mark|type)":"image"|"bind":\{.*"element":"')
_OTHER_LINK = re.compile(r"[\x00-\x20]*(?!(?:https?|mailto):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNSAFE_POLICY = ("'unsafe-eval'", "script-src *", "http:", "https:")
_SCOPES = {"col", "row", "colgroup", "rowgroup"}
_TAGS = nh3.ALLOWED_TAGS - {"img"} | {"section"}
_ATTRIBUTES = nh3.ALLOWED_ATTRIBUTES | {"*": set("id title lang role tabindex aria-label".split())}
# The classes that the style sheet and the table script know.
_CLASSES = set(
    "table scroll number long date note quotes references source citation highlight papers paper line tags legend "
    "introduces compares_to studies builds_on evaluated_on claim bound link theme".split()
)
_ID = re.compile(r"(?:ref|paper)-[\w.-]+")


def script_json(value: object) -> str:
    """Return JSON that can neither end its script element nor open a comment in it."""
    return json.dumps(value, separators=(",", ":")).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})


def clean_html(source: str) -> str:
    """Return HTML reduced to the tags, attributes and addresses that a report may show.

    No script, style, form or frame; and no picture, for those of a report are outputs of their own.
    """
    return nh3.clean(
        UNSEEN.sub("", source),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=dict.fromkeys(_TAGS, _CLASSES),
        generic_attribute_prefixes={"data-"},
        url_schemes={"http", "https", "mailto"},
        attribute_filter=lambda _, name, value: value if name != "id" or _ID.fullmatch(value) else None,
        link_rel=None,  # no link opens a window, and the page sends no referrer
    )


def problems(page: str) -> list[str]:
    """Return what is wrong with a page, one line each; empty when nothing is."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    size, levels, policy = len(page.encode(errors="replace")), reader.levels, reader.policy
    closed = "default-src 'none'" in policy and "script-src" in policy
    checks = [
        (size > LARGEST, f"the page has {size:,} bytes; {LARGEST:,} are allowed"),
        (not closed, "there is no Content Security Policy that forbids all but the page's own scripts"),
        *((word in policy, f"the Content Security Policy allows {word}") for word in _UNSAFE_POLICY),
        (not reader.language, "the page does not name its language (lang)"),
        (not reader.title.strip(), "the page has no title"),
        (levels.count(1) != 1, f"there are {levels.count(1)} headings of the first level; one is needed"),
        *((b > a + 1, f"a heading of level {b} follows one of level {a}") for a, b in pairwise(levels)),
    ]
    return [problem for broken, problem in checks if broken] + list(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    """Reads a page once and notes what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.levels: list[int] = []
        self.policy = self.language = self.title = self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        told = [*_tag_problems(tag, values)]
        if self.inside == "table" and tag != "caption":
            told += ["a table has no caption before all else; show it with tables.table(…)"]
        self.found += [f"line {self.getpos()[0]}: {problem}" for problem in told]
        self.inside = tag
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = values.get("content", "")
        self.levels += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []

    def handle_endtag(self, _tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.title += data
        if self.inside == "style" and _OUTSIDE_STYLE.search(data):
            self.found.append("a style sheet loads something from outside")
        if self.inside == "script" and data.startswith('{"spec":') and _OUTSIDE_CHART.search(data):
            self.found.append("a chart loads data or pictures, or has an input elsewhere; give it the data itself")


def _tag_problems(tag: str, values: dict[str, str]) -> Iterator[str]:
    """What is wrong with one opening tag and its attributes."""
    yield from (f"<{tag}> has {name}=, a script" for name in values if name.startswith("on"))
    links = tag in ("a", "area")
    for name in _LOADING:
        address = values.get(name, "")
        if links and _OTHER_LINK.match(address):
            yield f"<{tag}> links to {address[:60]!r}"
        if not links and address and not address.startswith(("data:", "#")):
            yield f"<{tag} {name}=> loads {address[:80]!r}"
    checks = [
        (tag in _FORBIDDEN, f"<{tag}> is not allowed"),
        (values.get("http-equiv", "").lower() == "refresh", "<meta> leaves the page by itself"),
        (_OUTSIDE_STYLE.search(values.get("style", "")), f"<{tag}> has a style that loads something"),
        (tag == "img" and not values.get("alt"), "a picture has no text alternative"),
        (values.get("data-alt") == "", "a chart has no text alternative (description)"),
        (tag == "th" and values.get("scope") not in _SCOPES, "a table head has no scope (column or row)"),
    ]
    yield from (problem for broken, problem in checks if broken)

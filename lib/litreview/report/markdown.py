"""Markdown of a notebook as HTML of a page, with anchors on its headings and the contents they make."""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

import mistune

from litreview.text.escaping import clean_html, has_script

# Formulas stay as they are written: `$` means nothing here, so a price or a title with a dollar sign is safe.
_render = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])
_HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)
_OWN_ANCHOR = re.compile(r' id="([^"]+)"')
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ITEM = re.compile(r"<li>(?:\s*<p>)?(.*?)(?:</p>.*?)?</li>", re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")
_LEAD = re.compile(r"\s*<h1[^>]*>(?P<title>.*?)</h1>\s*(?:<p>(?P<question>.*?)</p>)?(?P<rest>.*)", re.DOTALL)
REFUSED = '<p class="note">A script in this output was left out: a report runs no scripts of its notebook.</p>'


class Heading(NamedTuple):
    """A line of the table of contents."""

    level: int
    anchor: str
    text: str


@dataclass
class Contents:
    """The headings of a page in order; every anchor is used once."""

    headings: list[Heading] = field(default_factory=list)
    used: set[str] = field(default_factory=lambda: {"main", "contents", "show-code"})

    def anchored(self, source: str) -> str:
        """The HTML with an id and a permanent link on each heading, which is noted; a heading may bring its own id."""
        return _HEADING.sub(self._anchored_heading, source)

    def _anchored_heading(self, match: re.Match) -> str:
        level, own, inner = int(match[1]), _OWN_ANCHOR.search(match[2]), match[3]
        text = plain(inner)
        name = self._unused(own[1] if own else slug(text))
        self.headings.append(Heading(level, name, text))
        link = f'<a class="permalink" href="#{name}" aria-label="Link to this section">#</a>'
        return f'<h{level} id="{name}">{inner}{link}</h{level}>'

    def _unused(self, name: str) -> str:
        count = 1
        while (numbered := name if count == 1 else f"{name}-{count}") in self.used:
            count += 1
        self.used.add(numbered)
        return numbered


class Lead(NamedTuple):
    """How a notebook opens: its title and question as inner HTML, and the HTML that follows them."""

    title: str
    question: str
    rest: str


def slug(text: str) -> str:
    """A heading as an anchor: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower()))[:80] or "section"


def plain(source: str) -> str:
    """The text of an HTML fragment."""
    return html.unescape(_TAG.sub("", source)).strip()


def markdown_html(source: str) -> str:
    """Markdown as cleaned HTML; its tables can be scrolled and reached by keyboard."""
    return cleaned(_TABLE.sub(_scrolling, str(_render(source))))


def _scrolling(match: re.Match) -> str:
    table = match[0].replace("<th>", '<th scope="col">').replace("<th ", '<th scope="col" ')
    return f'<div class="scroll" role="region" tabindex="0" aria-label="Table">{table}</div>'


def cleaned(source: str) -> str:
    """HTML of an output, cleaned; a note stands in for a script."""
    return clean_html(source) + (REFUSED if has_script(source) else "")


def lead(source: str) -> Lead | None:
    """Title, question (the first paragraph) and the rest of cleaned HTML that starts with a first-level heading."""
    match = _LEAD.fullmatch(source)
    return Lead(match["title"], match["question"] or "", match["rest"]) if match else None


def items(source: str) -> list[str]:
    """The list items of a Markdown text as cleaned inner HTML, without links."""
    return [_LINK.sub("", item).strip() for item in _ITEM.findall(markdown_html(source))]


def first_bullet(source: str) -> str:
    """The first list item of a Markdown text as cleaned inner HTML, without links; empty where there is none."""
    return next(iter(items(source)), "")

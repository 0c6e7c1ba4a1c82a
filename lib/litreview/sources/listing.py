"""The text of a saved Hugging Face listing page: furniture, then titles and abstracts in turn.

Nothing in such a text marks a title as a title. The reader finds the cheapest reading of the whole page (Viterbi 1967):
every paragraph is a title, the first paragraph of an abstract, or a further one. What a paragraph looks like
(`prose`) and what follows what (`_STEP`) both cost. A title and an abstract in turn cost nothing, so where the form
says little the order decides.

What stays ambiguous, and how it is read:

- After an abstract, a short sentence with a full stop, in sentence case ("Experiments confirm this."), is a further
  paragraph of the abstract. A title that is written so is lost in it.
- After a title, a short line that says little by its form ("No abstract", "N/A") is the abstract; one in title case is
  a second title. A title in sentence case whose own abstract and whose predecessor's is missing is taken for one.
- On a page whose papers no blank line parts, hard-wrapped text and titles cannot be told apart: it is refused.
- Prose before the first title has no title: it is rejected, with its line.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from litreview.errors import SourceError
from litreview.sources.file_content import Content, Entry, Rejection
from litreview.sources.furniture import furniture, is_day, is_page
from litreview.sources.paragraphs import BREAK, Paragraph, paragraphs_of

NAME = "Hugging Face listing, saved as text"

_MARKDOWN = re.compile(r"(?:#{1,6}|[*-])\s+(.*)", re.DOTALL)  # a title as a heading or a point of a list
_LINK = re.compile(r"\[(.+)\]\((\S+)\)", re.DOTALL)
_HEAD_PARAGRAPHS = 40

TITLE, ABSTRACT, FURTHER = range(3)
_NEVER = 99.0
# Cost of a kind of paragraph (column) after another (row); the last row is the top of the page.
_STEP = (
    (1.4, 0.0, _NEVER),  # after a title: another title leaves it without an abstract
    (0.0, _NEVER, 1.8),  # after the first paragraph of an abstract
    (0.0, _NEVER, 1.8),  # after a further one
    (0.0, 6.0, _NEVER),  # at the top
)
_SAME_BLOCK = 1.3  # what a further paragraph saves when it may be a wrapped line of the same block


def recognises(content: Content) -> bool:
    """Whether a line of the page's own furniture stands near the top."""
    text = content.head
    if "\0" in text or text.lstrip()[:1] in ("<", "{", "["):
        return False
    paragraphs = [paragraph.text for paragraph in paragraphs_of(text)[:_HEAD_PARAGRAPHS]]
    return any(map(is_page, paragraphs)) or any(map(is_day, paragraphs[:8]))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records of a page, raw text verbatim, and prose that stands before the first title as rejected.

    Raises `SourceError` for a page of wrapped lines without blank lines between its papers.
    """
    text = content.text()
    paragraphs = _without_furniture(paragraphs_of(text))
    kinds = _kinds(paragraphs)
    if _is_one_block(paragraphs, kinds):
        raise SourceError.wrapped_listing(content.name)
    title: Paragraph | None = None
    parts: list[Paragraph] = []
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        if kind == TITLE:
            if title:
                yield _entry(text, title, parts)
            title, parts = paragraph, []
        elif not title:
            yield Rejection(paragraph.line, "text before the first title", paragraph.text[:80])
        else:
            parts.append(paragraph)
    if title:
        yield _entry(text, title, parts)


def _is_one_block(paragraphs: list[Paragraph], kinds: list[int]) -> bool:
    """Whether several titles stand in the midst of wrapped text: alone, or as a line behind a full stop."""
    wrapped = [one.text for one in paragraphs if BREAK.search(one.text)]
    inside = [not one.apart for one, kind in zip(paragraphs, kinds, strict=True) if kind == TITLE]
    hidden = [
        line
        for text in wrapped
        for before, line in pairwise(BREAK.split(text))
        if _FULL_STOP.search(before.rstrip()) and prose(line.strip()) <= _SURELY_A_TITLE
    ]
    count = sum(inside) + len(hidden)
    return bool(wrapped) and count > max(1, _SOME * len(inside))


def _entry(text: str, title: Paragraph, parts: list[Paragraph]) -> Entry:
    abstract = text[parts[0].start : parts[-1].end] if parts else ""
    marked = _MARKDOWN.fullmatch(title.text)
    words = marked[1] if marked else title.text
    link = _LINK.fullmatch(words)
    told = {"title": link[1], "url": link[2]} if link else {"title": words}
    return Entry("listing", title.line, told | {"abstract": abstract})


def prose(text: str) -> float:
    """How much a paragraph looks like prose (above 0) rather than like a title (below 0)."""
    if len(text) > _NO_TITLE:
        return 6.0
    return (
        3.0 * bool(_FULL_STOP.search(text))
        + 2.0 * bool(_LINK_END.search(text))
        + 2.0 * bool(_SENTENCEBREAK.search(text))
        + 2.0 * bool(_LOWER.match(text))
        + 1.0 * bool(_FIRST_PERSON.search(text))
        + _length(text)
        + _capitals(text)
    )


_SURELY_A_TITLE = -2.5
_SOME = 0.1  # of the titles: an abstract may have a line in title case
_NO_TITLE = 500  # letters; no title is longer
_FULL_STOP = re.compile(r"[.!:;…。！][\"'”’)\]]*$")
_LINK_END = re.compile(r"\bhttps?://\S+$")
_SENTENCEBREAK = re.compile(r"(?<!\bvs)(?<!\bal)(?<!\be\.g)(?<!\bi\.e)[.!][\"'”’)]* +[A-Z]|[。！？]\S")
_FIRST_PERSON = re.compile(r"\b(?:we|our|this paper|this work)\b", re.IGNORECASE)
_LOWER = re.compile(r"[a-z]+(?:[ ,;]|$)")
_WORD = re.compile(r"[^\W\d_]{4,}")


def _length(text: str) -> float:
    """Titles of more than 160 characters are rare, of more than 250 unheard of; abstracts below 80 are rare."""
    return 3.0 if len(text) > 250 else 1.0 if len(text) > 160 else 0.0 if len(text) > 80 else -1.0


def _capitals(text: str) -> float:
    """Title case speaks for a title, less so in one or two words; sentence case a little against it."""
    words = [word for word in _WORD.findall(text) if word.upper() != word.lower()]
    if not words:
        return 0.0
    share = sum(word[0].isupper() for word in words) / len(words)
    if share >= 0.6:
        return -3.0 if len(words) > 2 else -1.5
    return 1.0 if share <= 0.35 else 0.0


def _kinds(paragraphs: list[Paragraph]) -> list[int]:
    """The kind of every paragraph in the cheapest reading of the page."""
    costs, chosen = [_NEVER, _NEVER, _NEVER, 0.0], []
    for paragraph in paragraphs:
        form = prose(paragraph.text)
        saved = 0.0 if paragraph.apart else _SAME_BLOCK
        own = (max(0.0, form), max(0.0, -form), max(0.0, -form) - saved)
        before = [min(range(len(costs)), key=lambda last: costs[last] + _STEP[last][kind]) for kind in range(3)]
        chosen.append(before)
        costs = [costs[before[kind]] + _STEP[before[kind]][kind] + own[kind] for kind in range(3)]
    return _trace(costs, chosen)


def _trace(costs: list[float], chosen: list[list[int]]) -> list[int]:
    kind = min(range(len(costs)), key=costs.__getitem__)
    kinds: list[int] = []
    for before in reversed(chosen):
        kinds.append(kind)
        kind = before[kind]
    return kinds[::-1]


def _without_furniture(paragraphs: list[Paragraph]) -> list[Paragraph]:
    own = furniture([paragraph.text for paragraph in paragraphs])
    return [paragraph for paragraph, page in zip(paragraphs, own, strict=True) if not page]

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
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_high

from litreview.errors import SourceError
from litreview.sources.content import Content
from litreview.sources.entries import Entry, Rejection

NAME = "Hugging Face listing, saved as text"

_BREAK = re.compile(r"\r\n|\n|\r")
# Blanks, control and invisible characters.
_BLANK = "".join(
    chr(code) for code in [*range(0x2070), 0x3000, 0xFEFF] if not chr(code).isprintable() or chr(code).isspace()
)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = re.compile(rf"(?:{_MONTH})[a-z]*\.? \d{{1,2}}(?:, \d{{4}})?", re.IGNORECASE)
_PAGE = re.compile(
    r"get trending papers in your email inbox!?|(?:trending |daily )papers|by ?ak and the research community"
    r"|hugging face|search (?:papers|models, datasets, users\.*)|view all activity",
    re.IGNORECASE,
)
# What a card of the page says beside title and abstract, as paragraphs of their own.
_CARD = re.compile(
    r"[·•–-]|·?\s*\d+ authors?|submitted by(?:\s+\S+)?|upvotes?(?: [\d.,]+k?)?|(?:github|arxiv page|project page)(?: [\d.,]+k?)?"
    r"|#\d+ paper of the day",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,]+k?")
_MARKDOWN = re.compile(r"(?:#{1,6}|[*-])\s+(.*)", re.DOTALL)  # a title as a heading or a point of a list
_LINK = re.compile(r"\[(.+)\]\((\S+)\)", re.DOTALL)
# Words of the navigation: furniture only beside such a line, or at the top or the end of the page.
_NAVIGATION = re.compile(
    r"new|subscribe|models|datasets|spaces|buckets|community|docs|enterprise|pricing|log in|sign up"
    r"|papers|daily|weekly|monthly|trending|previous|next"
    r"|company|tos|privacy|about|careers|website|system theme|© hugging face",
    re.IGNORECASE,
)
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
_WIDEST = 132  # letters; nobody wraps wider

_Line = tuple[int, int, int]  # number from 1, start and end in the text


@dataclass(frozen=True)
class _Paragraph:
    line: int  # from 1
    start: int  # offsets into the text
    end: int
    text: str
    apart: bool  # a blank line stands before it, or one of the two is too wide to have been wrapped


def recognises(content: Content) -> bool:
    """Whether a line of the page's own furniture stands near the top."""
    text = content.head
    if "\0" in text or text.lstrip()[:1] in ("<", "{", "["):
        return False
    paragraphs = [paragraph.text for paragraph in _paragraphs(text)[:_HEAD_PARAGRAPHS]]
    return any(_PAGE.fullmatch(text) for text in paragraphs) or any(_DAY.fullmatch(text) for text in paragraphs[:8])


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records of a page, raw text verbatim, and prose that stands before the first title as rejected.

    Raises `SourceError` for a page of wrapped lines without blank lines between its papers.
    """
    text = content.text()
    paragraphs = _without_furniture(_paragraphs(text))
    kinds = _kinds(paragraphs)
    if _is_one_block(paragraphs, kinds):
        raise SourceError.wrapped_listing(content.name)
    title: _Paragraph | None = None
    parts: list[_Paragraph] = []
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


def _is_one_block(paragraphs: list[_Paragraph], kinds: list[int]) -> bool:
    """Whether several titles stand in the midst of wrapped text: alone, or as a line behind a full stop."""
    wrapped = [one.text for one in paragraphs if _BREAK.search(one.text)]
    inside = [not one.apart for one, kind in zip(paragraphs, kinds, strict=True) if kind == TITLE]
    hidden = [
        line
        for text in wrapped
        for before, line in pairwise(_BREAK.split(text))
        if _FULL_STOP.search(before.rstrip()) and prose(line.strip()) <= _SURELY_A_TITLE
    ]
    count = sum(inside) + len(hidden)
    return bool(wrapped) and count > max(1, _SOME * len(inside))


def _entry(text: str, title: _Paragraph, parts: list[_Paragraph]) -> Entry:
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
        + 2.0 * bool(_SENTENCE_BREAK.search(text))
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
_SENTENCE_BREAK = re.compile(r"(?<!\bvs)(?<!\bal)(?<!\be\.g)(?<!\bi\.e)[.!][\"'”’)]* +[A-Z]|[。！？]\S")
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


def _kinds(paragraphs: list[_Paragraph]) -> list[int]:
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


def _without_furniture(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Paragraphs but for the page's own lines, and for words of the navigation that touch them or an end of the page."""
    own = [_own(paragraph.text) or bool(_CARD.fullmatch(paragraph.text)) for paragraph in paragraphs]
    texts = [paragraph.text for paragraph in paragraphs]
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    own = [this or _is_of_card(*three) for this, three in zip(own, around, strict=True)]
    words = [bool(_NAVIGATION.fullmatch(paragraph.text)) for paragraph in paragraphs]
    own = _spread(own, words)
    own = _spread(own[::-1], words[::-1])[::-1]
    return [paragraph for paragraph, furniture in zip(paragraphs, own, strict=True) if not furniture]


def _own(text: str) -> bool:
    """Whether a line is the page's own: no paper has it for a title."""
    return bool(_PAGE.fullmatch(text) or _DAY.fullmatch(text))


def _is_of_card(before: str, text: str, after: str) -> bool:
    """Whether it is a number beside a line of the card, or the one word below "Submitted by"."""
    number = _NUMBER.fullmatch(text) and (_CARD.fullmatch(before) or _CARD.fullmatch(after))
    return bool(number) or (before.lower() == "submitted by" and " " not in text)


def _spread(own: list[bool], words: list[bool]) -> list[bool]:
    """Furniture reaches on over the words of the navigation that follow it."""
    spread, before = [], True
    for furniture, word in zip(own, words, strict=True):
        before = furniture or (word and before)
        spread.append(before)
    return spread


def _paragraphs(text: str) -> list[_Paragraph]:
    """The paragraphs of a text: blocks between blank lines, hard-wrapped lines joined."""
    paragraphs: list[_Paragraph] = []
    block: list[_Line] = []
    for line in [*_lines(text), (0, 0, 0)]:
        if line[1] < line[2]:
            block.append(line)
        elif block:
            paragraphs += _unwrapped(text, block)
            block = []
    return paragraphs


def _lines(text: str) -> list[_Line]:
    """Number, start and end of every line, without the blanks and invisible characters round it."""
    ends = [*(match.span() for match in _BREAK.finditer(text)), (len(text), len(text))]
    lines, start = [], 0
    for number, (end, following) in enumerate(ends, start=1):
        line = text[start:end]
        begin = end - len(line.lstrip(_BLANK))
        lines.append((number, begin, max(begin, start + len(line.rstrip(_BLANK)))))
        start = following
    return lines


def _unwrapped(text: str, block: list[_Line]) -> list[_Paragraph]:
    """The paragraphs of a block. A line break is a wrap when the next word would not have fitted on the line.

    The width is the median of the lines that another one follows, so that a long link does not widen it; a line of
    more than `_WIDEST` letters was never wrapped.
    """
    paragraphs: list[_Paragraph] = []
    for wide, run in groupby(block, key=lambda line: line[2] - line[1] > _WIDEST):
        lines = list(run)
        width = median_high(end - start for _, start, end in lines[:-1] or lines)
        groups = [[lines[0]]]
        for before, line in pairwise(lines):
            fits = before[2] - before[1] + 1 + _first_word(text, line) <= width
            if wide or fits or _own(text[before[1] : before[2]]) or _own(text[line[1] : line[2]]):
                groups.append([line])
            else:
                groups[-1].append(line)
        paragraphs += [_joined(text, group, apart=wide or group[0] is lines[0]) for group in groups]
    return paragraphs


def _first_word(text: str, line: _Line) -> int:
    return len(text[line[1] : line[2]].split(None, 1)[0])


def _joined(text: str, lines: list[_Line], apart: bool) -> _Paragraph:
    start, end = lines[0][1], lines[-1][2]
    return _Paragraph(lines[0][0], start, end, text[start:end], apart)

"""Papers of Hugging Face: a listing, or the page of one paper, saved as text or HTML.

In a listing, a title is a paragraph of at most `_LONGEST_TITLE` letters that does not end like a sentence, or one below
an abstract in title case ("Attention Is All You Need."). Any other short sentence between an abstract and a paragraph
that is long may be a title: it is rejected, and so is the text below it. Wrapped text without blank lines is refused.
"""

import html
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from statistics import median_high
from typing import Any

from litreview.errors import SourceError, shown
from litreview.sources import dates
from litreview.sources.file_content import Content, Entry, Rejection, shipped_pattern
from litreview.sources.json_records import parse_json

NAME = "Hugging Face listing or paper page, saved as text or HTML"


_LISTING = shipped_pattern("page_boilerplate.csv", "listing")  # lines that stand on these pages and nowhere else
_DAY = shipped_pattern("page_boilerplate.csv", "day")
_FURNITURE = shipped_pattern("page_boilerplate.csv", "furniture")  # what is of no paper
_LONG_FURNITURE = shipped_pattern("page_boilerplate.csv", "any length")
_BELOW_ABSTRACT = re.compile(rf"(?m)^{shipped_pattern('page_boilerplate.csv', 'below').pattern}$", re.IGNORECASE)


def recognises(content: Content) -> bool:
    """Return whether the file is a page of Hugging Face, as HTML or as text."""
    return _is_listing(content) or bool(_HTML.match(content.head) or _paper_page(content.head))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the papers of a page, raw text verbatim, and text without a title as rejected.

    Raises `SourceError` for HTML without papers, and for a listing of wrapped lines without blank lines between papers.
    """
    if _HTML.match(content.head):
        return _read_html(content)
    page = _paper_page(content.head) and _paper_page(content.text())
    return iter([_entry_of_page(page)]) if page else _read_listing(content)


_DATA = re.compile(r"""\bdata-props=(?:"([^"]*)"|'([^']*)')""")  # JSON, for the scripts of a page
_HTML = re.compile(r"(?is)\W*<(?:!doctype html|html|!--|head|body|div|main).*?(?:hugging ?face|data-props)")


def _read_html(content: Content) -> Iterator[Entry]:
    """The papers of a page, in order, each once."""
    papers: dict[str, dict] = {}
    for match in _DATA.finditer(content.text()):
        with suppress(ValueError, RecursionError):
            for key, item in _papers(parse_json(html.unescape(match[1] or match[2] or "null"))):
                papers.setdefault(key, item)
    if not papers:
        raise SourceError.no_records(content.name, "HTML", [])
    for place, item in enumerate(papers.values(), start=1):
        yield Entry("hub", place, item)


def _papers(value: Any) -> Iterator[tuple[str, dict]]:
    """The id of every paper that has a title and a summary, with the object that holds it."""
    if isinstance(value, dict):
        paper = value["paper"] if isinstance(value.get("paper"), dict) else value
        if "summary" in paper and isinstance(paper.get("id"), str) and isinstance(paper.get("title"), str):
            yield paper["id"], value
            return
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from _papers(part)


# What a paper page has, in this order. Markup may be left over before the id; each part is looked for once.
_PAPER_PAGE = re.compile(
    r"""(?imsx) (?>(?P<above>.*?) ^(?:[^\n]*[ \t>])?arxiv:\s?(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)$)
    (?>(?P<title>.*?) ^Published\ on\ (?P<day>\w{3,9}\.?\ \d{1,2}(?:,\ \d{4})?))
    (?>(?P<people>.*?) ^Abstract$) (?P<below>.*)"""
)
_AUTHORS = re.compile(r"(?ims)^Authors?:(.*?)(?:\n\+ ?\d+|\Z)")  # long lists are cut
_OF_MACHINE = re.compile(r"^(?:AI-)?Generated (?:by|summary)\b.*$", re.IGNORECASE | re.MULTILINE)


def _paper_page(text: str) -> re.Match[str] | None:
    return _PAPER_PAGE.match("\n".join(line.lstrip("#").strip(_BLANK) for line in text.splitlines()))


def _entry_of_page(page: re.Match[str]) -> Entry:
    title = [line for line in page["title"].splitlines() if line and not _FURNITURE.fullmatch(line)]
    names = [" ".join(name.split()) for name in "".join(_AUTHORS.findall(page["people"])[:1]).split(",")]
    summary, abstract = _summary_and_abstract(_BELOW_ABSTRACT.split(page["below"], maxsplit=1)[0])
    day, month = page["day"], dates.month(page["day"])
    if month and not re.search(r"\d{4}", day):  # the year is that of the id, or the one before at the turn
        day = f"{day}, {2000 + int(page['id'][:2]) - (int(month) > int(page['id'][2:4]))}"
    fields: dict[str, Any] = {"id": page["id"], "title": " ".join(title), "summary": abstract, "ai_summary": summary}
    fields |= {"authors": [name for name in names if name and not _FURNITURE.fullmatch(name)], "publishedAt": day}
    return Entry("hub", page["above"].count("\n") + 1, fields)


def _summary_and_abstract(text: str) -> tuple[str, str]:
    """The AI summary and the authors' abstract; the summary must never be taken for the abstract.

    A line that says so stands below the summary, or above it. Then the summary is the first paragraph; where wrapped
    lines hide its end, all is summary. Without such a line there is no summary.
    """
    texts = _OF_MACHINE.split(text.replace("\nAsk HuggingChat about this Paper\n", "\n"))
    above, below = [part.strip() for part in ("", *texts)][-2:]
    if above or len(texts) == 1:
        return above, below
    wide = max(map(len, below.splitlines()), default=0) > _WIDEST
    summary, _, abstract = below.partition("\n\n" if "\n\n" in below or not wide else "\n")
    return summary, abstract.strip()


_LONGEST_TITLE, _WIDEST = 200, 132  # letters; nobody wraps wider
_ENDS, _CLOSING = (".", "!", ":", ";", "…", "。", "！"), "\"'”’)]"
_LINK_ENDS = re.compile(r"http(?<=\bhttp)s?://[^\s)]+$")
_MIDST = re.compile("[a-z]+[ ,;]")  # of a sentence
_BLANK = " \t\r\n\f\v\0\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff"  # or invisible


# The lines on which it begins and ends, from 1, its text, and whether no blank line stands before it.
_Paragraph = tuple[int, int, str, bool]


def _is_listing(content: Content) -> bool:
    """Whether a line that only these pages have stands near the top."""
    if "\0" in content.head or content.head.lstrip()[:1] in ("<", "{", "["):
        return False
    texts = [text for *_, text, _ in _paragraphs(content.head.encode().splitlines(keepends=True))[:40]]
    return any(map(_LISTING.fullmatch, texts)) or any(map(_DAY.fullmatch, texts[:8]))


def _read_listing(content: Content) -> Iterator[Entry | Rejection]:
    lines = content.verbatim_lines()
    paragraphs = _without_furniture(_paragraphs(lines))
    _check_blank_lines(content, paragraphs)
    titled, paper = False, list[_Paragraph]()
    for one, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        begins, doubtful = _is_title(text := one[2]), False
        if not begins and len(text) <= _LONGEST_TITLE:
            abstract = titled and len(paper) > 1
            begins = (abstract or not titled) and _in_title_case(text)
            doubtful = abstract and following is not None and len(following[2]) > _LONGEST_TITLE
        if paper and (begins or doubtful):
            yield _paper(lines, titled, paper)
            paper = []
        titled = titled if paper else begins
        paper.append(one)
    if paper:
        yield _paper(lines, titled, paper)


def _paper(lines: list[bytes], titled: bool, paragraphs: list[_Paragraph]) -> Entry | Rejection:
    (line, _, text, _), *rest = paragraphs
    if titled:
        return Entry("listing", line, {"title": text, "abstract": _verbatim(lines, rest)})
    return Rejection(line, "text without a title that is sure, up to the next title", text[:80])


def _is_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE or text.rstrip(_CLOSING).endswith(_ENDS):
        return False
    return not _MIDST.match(text) and not _LINK_ENDS.search(text)


def _in_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word.upper() != word.lower()]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _check_blank_lines(content: Content, paragraphs: list[_Paragraph]) -> None:
    """Raise `SourceError` where more than a tenth of the titles stand in the midst of wrapped text."""
    wraps = [pair for one, last, text, _ in paragraphs if one < last for pair in itertools.pairwise(text.splitlines())]
    hidden = sum(before.rstrip().endswith((".", "!", "?")) and _in_title_case(line) for before, line in wraps)
    inside = [inside for *_, text, inside in paragraphs if wraps and _is_title(text)]
    if sum(inside) + hidden > max(1, 0.1 * len(inside)):
        raise SourceError(
            f"{shown(content.name)}: lines are wrapped and no blank line parts its papers, so that titles cannot be "
            "told from the text. Nothing of it was loaded. Save the page as HTML, or as text with its blank lines."
        )


def _without_furniture(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs that are not the page's own. A word directly above a long paragraph is its title."""
    kept, before = [], ""
    for one, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        furniture = _FURNITURE if len(text := one[2]) <= _LONGEST_TITLE else _LONG_FURNITURE
        titled = text.isalpha() and following and len(following[2]) > _LONGEST_TITLE
        if not (len(before) == 12 and before.lower() == "submitted by") and (titled or not furniture.fullmatch(text)):
            kept.append(one)
        before = text
    return kept


def _paragraphs(lines: list[bytes]) -> list[_Paragraph]:
    """The paragraphs of some lines: blocks between blank lines, hard-wrapped lines joined.

    A line counts without the blanks and invisible characters round it, and without its end.
    """
    found, block = list[_Paragraph](), list[_Paragraph]()
    for number, line in enumerate([*lines, b""], start=1):
        if line != b"\n" and (kept := line.decode(errors="replace").strip(_BLANK)):
            block.append((number, number, kept, False))
        elif block:
            found += _unwrapped(lines, block) if len(block) > 1 else block
            block.clear()
    return found


def _verbatim(lines: list[bytes], paragraphs: list[_Paragraph]) -> str:
    """The text from the first of some paragraphs to the last, with what stands between them; "" of none."""
    if len(paragraphs) == 1:
        return paragraphs[0][2]
    told = b"".join(lines[paragraphs[0][0] - 1 : paragraphs[-1][1]]) if paragraphs else b""
    return told.decode(errors="replace").strip(_BLANK)


def _unwrapped(lines: list[bytes], block: list[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs of a block. A line break is a wrap when the next word would not have fitted on the line.

    The width is the median of the lines that another one follows, so that a long link does not widen it.
    """
    width = median_high([len(text) for *_, text, _ in block[:-1] if len(text) <= _WIDEST] or [0])
    groups = [block[:1]]
    for line in block[1:]:
        last, text = groups[-1][-1][2], line[2]
        fits = len(last) + 1 + len((text.split(None, 1) or [""])[0]) <= width
        wide = max(len(last), len(text)) > _WIDEST
        if fits or wide or _FURNITURE.fullmatch(last) or _FURNITURE.fullmatch(text):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [(one[0][0], one[-1][1], _verbatim(lines, one), one is not groups[0]) for one in groups]

"""The paragraphs of a text: blocks between blank lines, in which hard-wrapped lines are joined."""

import re
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_high

from litreview.sources.furniture import is_own

BREAK = re.compile(r"\r\n|\n|\r")
# Blanks, control and invisible characters.
_BLANK = "".join(
    chr(code) for code in [*range(0x2070), 0x3000, 0xFEFF] if not chr(code).isprintable() or chr(code).isspace()
)
_WIDEST = 132  # letters; nobody wraps wider

_Line = tuple[int, int, int]  # number from 1, start and end in the text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it stands in a text."""

    line: int  # from 1
    start: int  # offsets into the text
    end: int
    text: str
    apart: bool  # a blank line stands before it, or one of the two is too wide to have been wrapped


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a text: blocks between blank lines, hard-wrapped lines joined."""
    paragraphs: list[Paragraph] = []
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
    ends = [*(match.span() for match in BREAK.finditer(text)), (len(text), len(text))]
    lines, start = [], 0
    for number, (end, following) in enumerate(ends, start=1):
        line = text[start:end]
        begin = end - len(line.lstrip(_BLANK))
        lines.append((number, begin, max(begin, start + len(line.rstrip(_BLANK)))))
        start = following
    return lines


def _unwrapped(text: str, block: list[_Line]) -> list[Paragraph]:
    """The paragraphs of a block. A line break is a wrap when the next word would not have fitted on the line.

    The width is the median of the lines that another one follows, so that a long link does not widen it; a line of
    more than `_WIDEST` letters was never wrapped.
    """
    paragraphs: list[Paragraph] = []
    for wide, run in groupby(block, key=lambda line: line[2] - line[1] > _WIDEST):
        lines = list(run)
        width = median_high(end - start for _, start, end in lines[:-1] or lines)
        groups = [[lines[0]]]
        for before, line in pairwise(lines):
            fits = before[2] - before[1] + 1 + _first_word(text, line) <= width
            if wide or fits or is_own(text[before[1] : before[2]]) or is_own(text[line[1] : line[2]]):
                groups.append([line])
            else:
                groups[-1].append(line)
        paragraphs += [_joined(text, group, apart=wide or group[0] is lines[0]) for group in groups]
    return paragraphs


def _first_word(text: str, line: _Line) -> int:
    return len(text[line[1] : line[2]].split(None, 1)[0])


def _joined(text: str, lines: list[_Line], apart: bool) -> Paragraph:
    start, end = lines[0][1], lines[-1][2]
    return Paragraph(lines[0][0], start, end, text[start:end], apart)

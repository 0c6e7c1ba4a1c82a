"""A card for every paper: its abstract with the evidence marked in place, and everything that was read from it.

A card has an anchor that stays the same whatever else is in the corpus, so that other pages can link to it. What marks
a kind of evidence is a word behind it, and not only a colour. Readers search the cards, and filter them by what carries
`data-filter`; parts with `data-aside` speak of other papers, and the search leaves them out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import cited
from litreview.report.references import card_id, marked_html, where_to_read
from litreview.report.tables import Shown
from litreview.text.escaping import LONGEST, anchor, escape, piece, visible
from litreview.text.wording import NO_TITLE, dated, ended, label, plural

# What is marked in an abstract, by kind: the word behind the mark, and the heading; papers.css has a look for each.
MARKS = {
    "introduces": ("new", "Introduces"),
    "compares_to": ("versus", "Compares with"),
    "evaluated_on": ("on", "Evaluated on"),
    "claim": ("figure", "Claims"),
    "link": ("link", "Links to"),
    "theme": ("theme", "What decided a theme"),
}

Span = tuple[int, int, str]  # start, end, kind


@dataclass(frozen=True)
class _Known:
    """What is known of one paper: its row in each table, as tuples with the table's columns."""

    paper: Any
    themes: list[Any]
    evidence: list[Any]
    contribution: list[Any]
    near: list[Any]
    records: list[Any]


def cards(
    corpus: Corpus,
    themes: pd.DataFrame,
    evidence: pd.DataFrame,
    contribution: pd.DataFrame,
    near: pd.DataFrame,
    labels: dict[str, str] | None = None,
) -> Shown:
    """A card for every paper, the newest year first, to be searched and filtered by year, theme and contribution.

    themes, evidence, contribution, near: tables of `schema.THEMES`, EVIDENCE, CONTRIBUTION and NEIGHBOURS; rows about
    papers that the corpus does not have are left out. labels: how themes are called.
    """
    known = _known(corpus, themes, evidence, contribution, near)
    if not known:
        return Shown("<p>There is no paper to show.</p>", "No papers.")
    years: dict[str, list[_Known]] = defaultdict(list)
    for each in known:
        years[_year(each.paper)].append(each)
    groups = (
        f"<section><h3>{year}</h3>{''.join(_card(each, labels) for each in group)}</section>"
        for year, group in years.items()
    )
    text = "\n".join(f"{_date(each.paper)}: {visible(each.paper.title) or NO_TITLE}" for each in known)
    return Shown(f'<div class="papers" data-searchable>{"".join(groups)}</div>', text)


def highlighted(text: str, spans: Iterable[Span]) -> str:
    """A text as HTML with spans of it marked; where spans overlap, a mark has the classes of all of them.

    The text content is `text`, character for character (without what nobody can see, and cut at `markup.LONGEST`): the
    word behind a mark stands in `data-signs`, once for each span. Spans outside the text are left out.
    """
    text = text[:LONGEST]
    inside = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
    edges = sorted({0, len(text), *(edge for start, end, _ in inside for edge in (start, end))})
    return "".join(_piece(text[start:end], start, end, inside) for start, end in pairwise(edges))


def _piece(text: str, start: int, end: int, spans: list[Span]) -> str:
    """A part of the text that no span begins or ends in."""
    covering = [span for span in spans if span[0] <= start and end <= span[1]]
    if not covering:
        return piece(text)
    kinds, ended = {span[2] for span in covering}, {span[2] for span in covering if span[1] == end}
    classes = " ".join(kind for kind in MARKS if kind in kinds)
    signs = ", ".join(sign for kind, (sign, _) in MARKS.items() if kind in ended)
    return f'<mark class="{classes}"{f" data-signs={chr(34)}{signs}{chr(34)}" if signs else ""}>{piece(text)}</mark>'


def legend() -> Shown:
    """What the marks in an abstract mean."""
    items = "".join(
        f'<li><mark class="{kind}" data-signs="{sign}">{escape(heading)}</mark></li>'
        for kind, (sign, heading) in MARKS.items()
    )
    text = "; ".join(f"{heading}: {sign}" for sign, heading in MARKS.values())
    return Shown(f'<ul class="legend">{items}</ul>', text)


def _known(corpus: Corpus, *tables: pd.DataFrame) -> list[_Known]:
    """What is known of each paper, the newest first and the undated last."""
    papers = corpus.papers.sort_values(["published", "paper_id"], ascending=[False, True], na_position="last")
    names = cited(corpus)
    themes, evidence, contribution, near = tables
    near = near[near["neighbour_id"].isin(names.index)]
    near = near.assign(cited=near["neighbour_id"].map(names))
    near["title"] = near["neighbour_id"].map(corpus.papers.set_index("paper_id")["title"])
    rows = [_by_paper(table) for table in (themes, evidence, contribution, near, corpus.records)]
    return [_Known(paper, *(table[paper.paper_id] for table in rows)) for paper in papers.itertuples(index=False)]


def _by_paper(table: pd.DataFrame) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in table.itertuples(index=False):
        rows[row.paper_id].append(row)
    return rows


def _card(known: _Known, labels: dict[str, str] | None) -> str:
    paper = known.paper
    parts = [_byline(paper), _tags(known, labels), _abstract(known), _found(known.evidence), _reasons(known, labels)]
    return f'<article class="paper"><h4 id="{card_id(paper.paper_id)}">{escape(paper.title) or NO_TITLE}</h4>{"".join(parts)}</article>'


def _byline(paper: Any) -> str:
    """Who, where and when, and where to read it."""
    who = escape(paper.authors.replace("; ", ", ")) if _has(paper.authors) else "Authors unknown"
    venue = f" <i>{ended(escape(paper.venue))}</i>" if _has(paper.venue) else ""
    when = f'<span data-filter="Year" data-value="{_year(paper)}">{_date(paper)}</span>'
    return f"<p>{ended(who)} {when}.{venue}{where_to_read(paper)}</p>"


def _tags(known: _Known, labels: dict[str, str] | None) -> str:
    kinds = [f'<li data-filter="Contribution">{escape(label(row.contribution))}</li>' for row in known.contribution]
    kinds = kinds or ['<li data-filter="Contribution">Not said</li>']
    themes = [f'<li data-filter="Theme">{escape(label(row.theme, labels))}</li>' for row in known.themes]
    none = [] if themes else ['<li data-filter="Theme">No theme</li>']
    return f'<ul class="tags">{"".join([*kinds, *themes, *none])}</ul>'


def _abstract(known: _Known) -> str:
    if not known.paper.abstract:
        return "<p>No abstract was found.</p>"
    spans = [(row.start, row.end, row.kind) for row in known.evidence if row.field == "abstract"]
    spans += [(row.start, row.end, "theme") for row in known.themes if row.field == "abstract"]
    cut = "…" * (len(known.paper.abstract) > LONGEST)
    return f"<p>{highlighted(known.paper.abstract, spans)}{cut}</p>"


def _found(evidence: list[Any]) -> str:
    """The names, claims and links, a line a kind."""
    lines = []
    for kind, (_, heading) in MARKS.items():
        rows = [row for row in evidence if row.kind == kind]
        if rows:
            lines.append(f"<dt>{heading}</dt><dd>{'; '.join(_evidence(row) for row in rows)}</dd>")
    return f"<dl>{''.join(lines)}</dl>" if lines else ""


def _evidence(row: Any) -> str:
    if row.kind == "link":
        return anchor(row.text, row.text if "://" in row.text else f"https://{row.text}")
    if row.kind == "claim":
        return f"{escape(row.text)} (“{escape(row.quote)}”)"
    alias = f" (as “{escape(row.text)}”)" if row.text.casefold() != row.name.casefold() else ""
    return f"{escape(row.name)}{alias}"


def _reasons(known: _Known, labels: dict[str, str] | None) -> str:
    """Why the labels are what they are, which papers are near, and from which records the card is made."""
    why = [_reason(label(row.contribution), row.rule, piece(row.quote)) for row in known.contribution]
    why += [_reason(label(row.theme, labels), row.rule, _sentence(row, known.paper)) for row in known.themes]
    near = "".join(
        f'<li><a href="#{card_id(row.neighbour_id)}">{escape(row.title)}</a> ({escape(row.cited)})'
        f"{f'; both say {escape(row.shared)}' if row.shared else ''}</li>"
        for row in known.near
    )
    records = ", ".join(f"<code>{escape(row.source_file)}:{row.source_line}</code>" for row in known.records)
    neighbours = f"<div data-aside><p>Papers whose words are nearest</p><ul>{near}</ul></div>" if near else ""
    made = f"<p data-aside>From {plural(len(known.records), 'record')}: {records}</p>" if records else ""
    inner = f"<dl>{''.join(why)}</dl>{neighbours}{made}"
    return f"<details><summary>Reasons, neighbours and records</summary>{inner}</details>"


def _reason(name: str, rule: str, quote: str) -> str:
    return f"<dt>{escape(name)}</dt><dd>{escape(rule)}{f': “{quote}”' if quote else ''}</dd>"


def _sentence(row: Any, paper: Any) -> str:
    """The sentence that put a paper into a theme, with the words that matched marked."""
    return marked_html(row.quote, getattr(paper, row.field), row.start, row.end)


def _has(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _year(paper: Any) -> str:
    return "Undated" if pd.isna(paper.published) else str(paper.published.year)


def _date(paper: Any) -> str:
    """The date as exactly as it is known, at the start of a sentence."""
    return "Undated" if pd.isna(paper.published) else dated(paper.published, paper.date_precision)

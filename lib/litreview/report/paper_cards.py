"""One card a paper: its abstract with the evidence marked in place, and everything that was read from it.

The anchor of a card stays the same whatever else is in the corpus, so that other pages can link to it. Where cards are
too many for one page, each year has a page of its own, and the first page lists all papers. A mark names its
kind of evidence in a word, not only by colour. Readers search the cards, and filter them by what carries `data-filter`;
the search leaves out parts with `data-aside`, which speak of other papers.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from litreview.analysis.summary_tables import WHOSE
from litreview.corpus.citations import cited
from litreview.evidence.extraction import SENTENCES
from litreview.judgement.decisions import OPEN, decisions_by_paper
from litreview.report.reference_list import marked_html, piece, slug, where_to_read
from litreview.report.tables import EMPTY, Shown
from litreview.review import Review
from litreview.text.escaping import LONGEST, anchor, escape
from litreview.text.wording import NO_TITLE, dated, ended, label

# What is marked in an abstract, by kind: the word behind the mark, and the heading; output.css has a look for each.
MARKS = {
    "introduces": ("new", "Introduces"),
    "compares_to": ("versus", "Compares with"),
    "studies": ("studied", "Studies"),
    "builds_on": ("used", "Builds on"),
    "evaluated_on": ("on", "Evaluated on"),
    "claim": ("figure", "Claims"),
    "bound": ("bound", "Bounds"),
    "link": ("link", "Links to"),
    "theme": ("theme", "What decided a theme"),
}

LARGE = 2_000_000  # letters of cards on one page
_HOLDER = '<div class="papers" data-searchable>'
_GROUP = re.compile(r"<section><h3>(.*?)</h3>(.*?)</section>", re.DOTALL)
_CARD = re.compile(r'<h4 id="([^"]+)">(.*?)</h4><p>(.*?) <span')
_TO_CARD = re.compile(r'href="#(paper-[^"]+)"')


def cards(review: Review, near: pd.DataFrame) -> Shown:
    """Show a card for every paper, the newest year first, to be searched and filtered by year, theme and contribution,
    and by decision once there is one.

    near: a table of `schema.NEIGHBOURS`; rows about papers that the review does not have are left out.
    """
    if not len(review):
        return Shown(f"{EMPTY}There is no paper to show.</p>")
    papers = review.papers.fillna({"authors": "", "venue": ""})
    papers = papers.sort_values(["published", "paper_id"], ascending=[False, True], na_position="last")
    names = papers.set_index("paper_id")[["title"]].assign(cited=cited(review)).rename_axis("neighbour_id")
    themes = review.themes.assign(shown=lambda rows: rows["theme"].map(label, labels=review.titles))
    contribution = review.contribution.assign(shown=lambda rows: rows["contribution"].map(label))
    near = near.merge(names, on="neighbour_id")
    decided = decisions_by_paper(review).map(label).rename("shown").reset_index()
    decided = decided.head(len(decided) if (decided["shown"] != label(OPEN)).any() else 0)
    tables = [
        {name: list(rows.itertuples(index=False)) for name, rows in table.groupby("paper_id", sort=False)}
        for table in (themes, review.evidence, contribution, near, decided)
    ]
    groups = []
    for year, group in groupby(papers.itertuples(index=False), _year):
        shown = [_card(paper, *(rows.get(paper.paper_id, []) for rows in tables)) for paper in group]
        groups += [f"<section><h3>{name}</h3>{part}</section>" for name, part in _parts(year, shown)]
    return Shown(f"{_HOLDER}{''.join(groups)}</div>")


def _parts(year: str, shown: list[str]) -> Iterator[tuple[str, str]]:
    """The cards of a year in parts that each fit a page."""
    parts = pd.Series(shown).groupby(pd.Series([*map(len, shown)]).cumsum() // LARGE).agg("".join)
    for number, part in enumerate(parts, start=1):
        yield year if len(parts) == 1 else f"{year}, part {number}", part


def paged(source: str, page: str) -> tuple[str, dict[str, str]]:
    """Part the cards that are too many for the page of that name.

    Returns: a list of all papers, or only of the years where titles find no room, and the cards of each year by the
    name of their page. A link from card to card leads to the right page. Other HTML, and fewer cards, stay as they are.
    """
    if not source.startswith(_HOLDER) or len(source) <= LARGE:
        return source, {}
    groups = {f"{page}-{name.lower().replace(', part ', '-')}": (name, cards) for name, cards in _GROUP.findall(source)}
    heads = {of: _CARD.findall(cards) for of, (_, cards) in groups.items()}
    home = {card: of for of, found in heads.items() for card, *_ in found}
    shown = {}
    for of, (name, cards) in groups.items():
        linked = _TO_CARD.sub(lambda link: f'href="{home[link[1]]}.html#{link[1]}"', cards)
        shown[of] = f"<h2>Cards</h2>{_HOLDER}<section><h3>{name}</h3>{linked}</section></div>"
    line = '<article class="line" id="{1}"><a href="{0}.html#{1}">{2}</a> {3}</article>'.format
    lists = {of: "".join(line(of, *head) for head in found) for of, found in heads.items()}
    room = sum(map(len, lists.values())) <= LARGE + LARGE // 4
    links = {of: f'<h3><a href="{of}.html">{name}</a></h3>' for of, (name, _) in groups.items()}
    return f"{_HOLDER}{''.join(f'<section>{links[of]}{lists[of] * room}</section>' for of in groups)}</div>", shown


def highlighted(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Show a text as HTML with spans (start, end, kind) marked; where some overlap, a mark has the classes of all.

    The text content is `text`, character for character, without invisible ones and cut at `escaping.LONGEST`. The word
    behind a mark stands in `data-signs`, once for each span. Spans outside the text are left out.
    """
    text = text[:LONGEST]
    inside = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
    edges = sorted({0, len(text), *(edge for start, end, _ in inside for edge in (start, end))})
    return "".join(_piece(text[start:end], start, end, inside) for start, end in pairwise(edges))


def _piece(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> str:
    """A part of the text that no span begins or ends in."""
    covering = [span for span in spans if span[0] <= start and end <= span[1]]
    if not covering:
        return piece(text)
    kinds, ended = {span[2] for span in covering}, {span[2] for span in covering if span[1] == end}
    classes = " ".join(kind for kind in MARKS if kind in kinds)
    signs = ", ".join(sign for kind, (sign, _) in MARKS.items() if kind in ended)
    named = f' data-signs="{signs}"' if signs else ""
    return f'<mark class="{classes}"{named}>{piece(text)}</mark>'


def legend() -> Shown:
    """Explain what the marks in an abstract mean."""
    marks = (f'<mark class="{kind}" data-signs="{sign}">{heading}</mark>' for kind, (sign, heading) in MARKS.items())
    return Shown(f'<ul class="legend">{"".join(f"<li>{mark}</li>" for mark in marks)}</ul>')


def _card(paper: Any, themes: list, evidence: list, contribution: list, near: list, decided: list) -> str:
    title = escape(paper.title) or NO_TITLE
    reasons = "".join(_reason(row, paper) for row in [*contribution, *themes])
    head = f'<h4 id="paper-{slug(paper.paper_id)}">{title}</h4>{_byline(paper)}{_tags(themes, contribution, decided)}'
    more = f"<details><summary>Reasons and neighbours</summary><dl>{reasons}</dl>{_neighbours(near)}</details>"
    read = f"{_abstract(paper, evidence, themes)}{_findings(evidence)}"
    return f'<article class="paper">{head}{read}{more}</article>'


def _byline(paper: Any) -> str:
    """Who, where and when, and where to read it."""
    who = escape(paper.authors.replace("; ", ", ")) or "Authors unknown"
    venue = f" <i>{ended(escape(paper.venue))}</i>" if paper.venue else ""
    date = "Undated" if pd.isna(paper.published) else dated(paper.published, paper.date_precision)
    when = f'<span data-filter="Year" data-value="{_year(paper)}">{date}</span>'
    return f"<p>{ended(who)} {when}.{venue}{where_to_read(paper)}</p>"


def _tags(themes: list, contribution: list, decided: list) -> str:
    tags = [("Contribution", contribution, ["Not said"]), ("Theme", themes, ["No theme"]), ("Decision", decided, [])]
    named = [(kind, name) for kind, rows, none in tags for name in [row.shown for row in rows] or none]
    items = [f'<li data-filter="{kind}">{escape(name)}</li>' for kind, name in named]
    return f'<ul class="tags">{"".join(items)}</ul>'


def _abstract(paper: Any, evidence: list, themes: list) -> str:
    if not paper.abstract:
        return "<p>No abstract was found.</p>"
    spans = [(row.start, row.end, row.kind) for row in evidence if row.field == "abstract" and row.kind in MARKS]
    spans += [(row.start, row.end, "theme") for row in themes if row.field == "abstract"]
    return f"<p>{highlighted(paper.abstract, spans)}{'…' * (len(paper.abstract) > LONGEST)}</p>"


def _findings(evidence: list) -> str:
    """The first problem, finding and limitation, then the names, claims and links, a line a kind."""
    told = {kind.capitalize(): [escape(row.text) for row in evidence if row.kind == kind][:1] for kind in SENTENCES}
    told |= {heading: [_evidence(row) for row in evidence if row.kind == kind] for kind, (_, heading) in MARKS.items()}
    lines = [f"<dt>{heading}</dt><dd>{'; '.join(texts)}</dd>" for heading, texts in told.items() if texts]
    return f"<dl>{''.join(lines)}</dl>" if lines else ""


def _evidence(row: Any) -> str:
    if row.kind == "link":
        return anchor(row.text, row.text if "://" in row.text else f"https://{row.text}")
    if row.kind == "bound":
        return f"{escape(row.text)} ({WHOSE[row.of].lower()})"
    return f"{escape(row.text)} (“{escape(row.quote)}”)" if row.kind == "claim" else escape(row.name)


def _reason(row: Any, paper: Any) -> str:
    """The rule and the sentence behind a kind of contribution or a theme; only the latter has a place in the text."""
    placed = hasattr(row, "field")
    quote = marked_html(row.quote, getattr(paper, row.field), row.start, row.end) if placed else piece(row.quote)
    return f"<dt>{escape(row.shown)}</dt><dd>{escape(row.rule)}{f': “{quote}”' if quote else ''}</dd>"


def _neighbours(near: list) -> str:
    links = [f'<a href="#paper-{slug(row.neighbour_id)}">{escape(row.title)}</a> ({escape(row.cited)})' for row in near]
    shared = [f"; both say {escape(row.shared)}" if row.shared else "" for row in near]
    items = "".join(f"<li>{link}{words}</li>" for link, words in zip(links, shared, strict=True))
    return f"<div data-aside><p>Papers whose words are nearest</p><ul>{items}</ul></div>" if near else ""


def _year(paper: Any) -> str:
    return "Undated" if pd.isna(paper.published) else str(paper.published.year)

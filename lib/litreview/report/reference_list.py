"""The reference list of a page, and quotes that link to it.

References follow the author–date style (Chicago Manual of Style, 15.10): in the order of names. The year is that of the
first submission, by which all reports count, also where the venue is of a later year. Unknown facts are named: a paper
without a date is "undated", one without authors starts with its title. Each reference links to the paper's card
(paper_cards.py) on a page of its own.
"""

import html
import re
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import cited, letters, more_authors
from litreview.exports.lists import author_line
from litreview.report.tables import EMPTY, LONG, MOST, Shown, cut_off, scrolling
from litreview.text.escaping import UNSEEN, anchor, escape, visible
from litreview.text.person_names import names, split_name
from litreview.text.wording import NO_TITLE, Labels, dated, ended, label

CARDS = "papers.html"  # the page of cards, as catalog.yml names it


def references(corpus: Corpus) -> Shown:
    """List the papers of a corpus as references: authors, year, title, venue where known, and where to read it.

    Where they are too many, the page of cards takes their place.
    """
    more, letter = more_authors(corpus).to_numpy(), letters(corpus).to_numpy()
    papers = corpus.papers.fillna({"venue": ""}).assign(more_authors=more, letter=letter)
    rows = sorted(papers.itertuples(index=False), key=_sort_key)
    if not rows:
        return Shown(f"{EMPTY}There is no paper to list.</p>")
    if len(rows) > 2 * MOST:
        return Shown(f'<p><a href="{CARDS}">The papers</a> lists all {len(rows):,} of them.</p>')
    searchable = " data-searchable" if len(rows) >= LONG else ""
    body = f'<ul class="references">{"".join(map(_item, rows))}</ul>'
    return Shown(f'<div class="table" aria-label="References" role="group"{searchable}>{body}</div>')


def _sort_key(row: Any) -> tuple[str, str, str]:
    """Name, year and title, by which references are ordered."""
    found, year = names(row.authors), dated(row.published, "year")
    return split_name(found[0])[0].casefold() if found else "", year, visible(row.title).casefold()


def _item(row: Any) -> str:
    who = escape(author_line(row.authors, row.more_authors))
    year, title = dated(row.published, "year") + row.letter, escape(row.title) or NO_TITLE
    start = f"{who} ({year}). {ended(title)}" if who else f"{title} ({year})."
    venue = f" <i>{ended(escape(row.venue))}</i>" if row.venue else ""
    card = f'<a href="{CARDS}#paper-{slug(row.paper_id)}">card</a>'
    return f'<li id="ref-{slug(row.paper_id)}">{start}{venue}{where_to_read(row)} {card}</li>'


def quotes(rows: pd.DataFrame, corpus: Corpus, *, by: str = "", labels: Labels = None) -> Shown:
    """List sentences with the words that matched marked, each with a link to its paper in the reference list.

    rows: paper_id, quote, field, start, end, as in the tables of themes, facets and evidence; their order is kept.
    by: a column to name before each quote; labels: its values → how they are shown. A long list scrolls and can be
    searched.
    """
    papers, items = corpus.papers.set_index("paper_id").assign(cited=cited(corpus)), []
    for row in rows.head(MOST).to_dict("records"):
        paper = papers.loc[row["paper_id"]]
        name = f"<strong>{escape(label(row[by], labels))}.</strong> " if by else ""
        words = marked_html(row["quote"], paper[row["field"]], row["start"], row["end"])
        items.append(_said(f"{name}“{words}”", row["paper_id"], paper["cited"]))
    body = f'<ul class="quotes">{"".join(items)}</ul>' if items else f"{EMPTY}There is nothing to quote.</p>"
    if len(items) >= LONG:
        body = f'<div class="table" data-searchable>{scrolling(body, "Quotes")}{cut_off(len(rows))}</div>'
    return Shown(body)


def _said(words: str, paper_id: str, paper: str) -> str:
    """Words as HTML, with a link to the paper that says them."""
    link = f'<a href="#ref-{slug(paper_id)}">{escape(paper)}</a>'
    return f"<li><blockquote>{words}</blockquote><cite>{link}</cite></li>"


def marked_html(quote: str, text: str, start: int, end: int) -> str:
    """Show a quote as HTML with `text[start:end]` marked in it; unmarked where the quote does not hold these words."""
    place = text.rfind(quote, max(0, end - len(quote)), start + len(quote))
    if place < 0:
        return piece(quote)
    before, match, after = quote[: start - place], quote[start - place : end - place], quote[end - place :]
    return f"{piece(before)}<mark>{piece(match)}</mark>{piece(after)}"


def piece(text: str) -> str:
    """Return a part of a text as HTML that shows it: as `escape`, but its blanks and its length stay as they are."""
    return html.escape(UNSEEN.sub("", text))


def slug(paper_id: str) -> str:
    """Return a paper's id as its anchors have it, behind `ref-` in the reference list and `paper-` on its card."""
    return re.sub(r"[^\w.-]", "-", paper_id)


def where_to_read(row: Any) -> str:
    """Return a link to where a paper can be read: arXiv, else its DOI, else the address it came with."""
    ids = [("arXiv:", row.arxiv_id, "https://arxiv.org/abs/"), ("doi:", row.doi, "https://doi.org/"), ("", row.url, "")]
    ways = ((sign + key, home + key) for sign, key, home in ids if isinstance(key, str) and key)
    return next((f" {anchor(text, address)}" for text, address in ways), "")


def disagreements(table: pd.DataFrame) -> Shown:
    """Show each question of `judgement.positions_of`: the claims with their papers' words, and what would settle it."""
    parts = []
    for (question, settles), sides in table.groupby(["question", "settles"], sort=False):
        parts.append(f"<h3>{escape(question)}</h3>")
        for claim, papers in sides.groupby("claim", sort=False):
            said = "".join(_said(f"“{piece(row.quote)}”", row.paper_id, row.paper) for row in papers.itertuples())
            parts.append(f'<p><strong>{escape(claim)}</strong></p><ul class="quotes">{said}</ul>')
        parts.append(f"<p>What would settle it: {escape(settles)}</p>")
    return Shown("".join(parts) or f"{EMPTY}No two papers here answer one question differently.</p>")

"""Papers as a reader cites them: the reference list, and quotes that lead to it.

The list is in the order of names, as in the author–date style (Chicago Manual of Style, 15.10). The year is that of the
first submission, by which all reports count; a venue of another year has its own behind it. What is not known is said:
a paper without a date is "undated", one without authors starts with its title. Each entry leads to the paper's card
(cards.py), which stands on a page beside the report.
"""

import re
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import author_line, cited, letters, publications, year_text
from litreview.report.tables import LONG, Shown, scrolling
from litreview.text.escaping import anchor, escape, piece, visible
from litreview.text.person_names import names, surname
from litreview.text.wording import NO_TITLE, ended, label

CARDS = "papers.html"  # the page of cards, as catalog.yml names it


def references(corpus: Corpus) -> Shown:
    """The papers of a corpus as a reference list: authors, year, title, venue where known, and where to read it.

    Reads papers: paper_id, title, authors, published, venue, arxiv_id, doi, url.
    """
    facts = publications(corpus)
    papers = corpus.papers.assign(
        venue=_dated_venues(corpus, facts),
        more_authors=facts["more_authors"].to_numpy(),
        letter=letters(corpus).to_numpy(),
    )
    rows = sorted((row for _, row in papers.iterrows()), key=_place)
    items = "".join(_item(row) for row in rows)
    searchable = " data-searchable" if len(rows) >= LONG else ""
    text = "\n".join(
        f"{author_line(row['authors'], row['more_authors'])} ({year_text(row['published'])}). {visible(row['title']) or NO_TITLE}"
        for row in rows
    )
    body = f'<ul class="references">{items}</ul>' if rows else "<p>There is no paper to list.</p>"
    return Shown(
        f'<div class="table" aria-label="References" role="group"{searchable}>{body}</div>', text or "No papers."
    )


def _dated_venues(corpus: Corpus, facts: pd.DataFrame) -> list[str]:
    """The venue of each paper, with its year where that is not the first submission's and not in its name."""
    appeared = facts["published"].dt.strftime("%Y").fillna("")
    submitted = corpus.papers["published"].dt.strftime("%Y").fillna("")
    rows = zip(corpus.papers["venue"].fillna(""), appeared, submitted, strict=True)
    return [
        f"{venue}, {year}" if venue and year not in (first, "") and year not in venue else venue
        for venue, year, first in rows
    ]


def _place(row: pd.Series) -> tuple[str, str, str]:
    """What references are in the order of: name, year, title."""
    found = names(row["authors"])
    return surname(found[0]).casefold() if found else "", year_text(row["published"]), visible(row["title"]).casefold()


def _item(row: pd.Series) -> str:
    card = f'<a href="{CARDS}#{card_id(row.paper_id)}">card</a>'
    return f'<li id="{reference_id(row.paper_id)}">{_reference(row)} {card}</li>'


def quotes(rows: pd.DataFrame, corpus: Corpus, *, by: str = "", labels: dict[str, str] | None = None) -> Shown:
    """Sentences with the words that matched marked, each with a link to its paper in the reference list.

    rows: paper_id, quote, field, start, end, as in the tables of themes, facets and evidence. by: a column to name
    before each quote; labels: how its values are shown. The list keeps the order of the rows; a long one scrolls inside
    itself and can be searched.
    """
    papers = corpus.papers.set_index("paper_id").assign(cited=cited(corpus))
    names = [label(name, labels) for name in rows[by]] if by else [""] * len(rows)
    entries = [
        _quote(row, papers.loc[row["paper_id"]], name) for (_, row), name in zip(rows.iterrows(), names, strict=True)
    ]
    items = "".join(f"<li>{entry}</li>" for entry, _ in entries)
    body = f'<ul class="quotes">{items}</ul>' if entries else "<p>There is nothing to quote.</p>"
    if len(entries) >= LONG:
        body = f'<div class="table" data-searchable>{scrolling(body, "Quotes")}</div>'
    return Shown(body, "\n".join(text for _, text in entries) or "Nothing to quote.")


def _quote(row: pd.Series, paper: pd.Series, name: str) -> tuple[str, str]:
    """One quote as HTML and as text."""
    heading = f"<strong>{escape(name)}.</strong> " if name else ""
    link = f'<a href="#{reference_id(row.paper_id)}">{escape(paper["cited"])}</a>'
    words = f"{heading}“{marked_html(row['quote'], paper[row['field']], row['start'], row['end'])}”"
    return f"<blockquote>{words}</blockquote><cite>{link}</cite>", f"{visible(row['quote'])} ({paper['cited']})"


def marked_html(quote: str, text: str, start: int, end: int) -> str:
    """A quote as HTML with `text[start:end]` marked in it."""
    before, match, after = marked(quote, text, start, end)
    return f"{piece(before)}<mark>{piece(match)}</mark>{piece(after)}" if match else piece(quote)


def marked(quote: str, text: str, start: int, end: int) -> tuple[str, str, str]:
    """A quote in three parts: before, at and after `text[start:end]`; unmarked where it does not hold the match."""
    place = text.rfind(quote, max(0, end - len(quote)), start + len(quote))
    if place < 0:
        return quote, "", ""
    return quote[: start - place], quote[start - place : end - place], quote[end - place :]


def reference_id(paper_id: str) -> str:
    """The anchor of a paper in the reference list."""
    return "ref-" + re.sub(r"[^\w.-]", "-", paper_id)


def card_id(paper_id: str) -> str:
    """The anchor of a paper's card."""
    return "paper-" + re.sub(r"[^\w.-]", "-", paper_id)


def _reference(row: pd.Series) -> str:
    who = author_line(row["authors"], row["more_authors"])
    year, title = year_text(row["published"]) + row["letter"], escape(row["title"]) or NO_TITLE
    start = f"{escape(who)} ({year}). {ended(title)}" if who else f"{title} ({year})."
    venue = f" <i>{ended(escape(row['venue']))}</i>" if isinstance(row["venue"], str) and row["venue"] else ""
    return f"{start}{venue}{where_to_read(row)}"


def where_to_read(row: Any) -> str:
    """A link to where a paper can be read: arXiv, else its DOI, else the address it came with."""
    if isinstance(row.arxiv_id, str) and row.arxiv_id:
        return f" {anchor(f'arXiv:{row.arxiv_id}', f'https://arxiv.org/abs/{row.arxiv_id}')}"
    if isinstance(row.doi, str) and row.doi:
        return f" {anchor(f'doi:{row.doi}', f'https://doi.org/{row.doi}')}"
    return f" {anchor(row.url, row.url)}" if isinstance(row.url, str) and row.url else ""

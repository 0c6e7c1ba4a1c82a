"""The coding sheet: what readers note of each paper, each note with the words that it rests on.

`data/curated/fields.yml` names the fields, `data/curated/notes.csv` holds the notes, to which each new one adds a line.
Where no reader has noted anything, evidence gives a suggestion; a table always says which is which.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import pandas as pd
import pydantic

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.corpus.curated_tables import bad_cell, check_cells
from litreview.errors import CurationError
from litreview.judgement.appended_rows import append_row, appended_rows
from litreview.text.checked_yaml import checked_yaml
from litreview.text.wording import join_words

NOTES, FIELDS = "notes.csv", "fields.yml"
NOT_SAID = "not said"  # what a reader writes where the abstract is silent
SUGGESTED = "suggested by rules"
EXCLUSION = "exclusion"  # the field whose answers are the reasons to exclude a paper; nobody notes it
REASONS = ["off topic", "wrong kind of work", "wrong population or setting", "duplicate", "too little to judge by"]
STATUSES, SECTIONS = ("confirmed", "suggested", "cleared"), ("title", "abstract")
_COLUMNS = [name for name in schema.NOTES.names if name != "start"]


class Field(pydantic.BaseModel):
    """A question of the coding sheet.

    `suggested`: the kind of evidence that a suggestion is made from. `answers`: the only values; free words without.
    """

    title: str
    question: str
    themes: list[str] = []
    suggested: str = ""
    answers: list[str] = []


load_entries = cache(checked_yaml)  # each file is read once


def load_fields(corpus: Corpus) -> dict[str, Field]:
    """Load the fields of a review's coding sheet by name, in the order of its file. Raises: `CurationError`."""
    fields = load_entries(corpus.home.curated / FIELDS, dict[str, Field])
    return {name: field for name, field in fields.items() if name != EXCLUSION}


def exclusion_reasons(corpus: Corpus) -> list[str]:
    """List the reasons to exclude a paper: the answers of the field `exclusion` in fields.yml, else common ones."""
    field = load_entries(corpus.home.curated / FIELDS, dict[str, Field]).get(EXCLUSION)
    return field.answers if field and field.answers else REASONS


def note(
    review: Corpus, paper_id: str, field: str, value: str, quote: str = "", section: str = "abstract", who: str = ""
) -> None:
    """Record what a reader notes of a paper in a field of the coding sheet; an empty value takes the earlier note back.

    quote: the words of the title or abstract (`section`) that it rests on.
    Raises: `CorpusError` for a paper that the review does not have; `CurationError` for a field, value or section that
    is not allowed, words that do not stand there, or a file that cannot be written.
    """
    paper, fields, value = review.whole.where([paper_id]).papers.iloc[0], load_fields(review), value.strip()
    answers = fields[field].answers if field in fields else []
    values = [*answers, NOT_SAID] if value and answers else [value]
    if quote.strip() not in paper.get(section, ""):
        raise CurationError(f"Note on {paper_id}: '{quote}' does not stand in its {section}. Quote its words.")
    row = {"paper_id": paper_id, "field": field, "value": value, "quote": quote, "section": section, "who": who}
    row |= {"when": datetime.now(UTC).date().isoformat(), "status": "confirmed" if value else "cleared"}
    allowed = {"field": [*fields], "section": SECTIONS, "value": values}
    append_row(review.home.curated / NOTES, _COLUMNS, row, allowed)


def load_notes(corpus: Corpus) -> pd.DataFrame:
    """Load the notes on the papers of a corpus: `schema.NOTES`; the last note of a paper, field and reader stands.

    `start` (code point of the quote in its field) is found anew, so that a new cleaning rule breaks no note.
    Raises: `CurationError` for an unknown field or status, or a quote that does not stand in the paper.
    """
    path = corpus.home.curated / NOTES
    rows = appended_rows(path, _COLUMNS)
    for column, allowed in (("field", [*load_fields(corpus)]), ("status", STATUSES), ("section", SECTIONS)):
        check_cells(path, rows, column, allowed.__contains__, ", ".join(allowed))
    rows, texts = rows[rows["paper_id"].isin(corpus.ids)], corpus.papers.set_index("paper_id")
    rows = rows.assign(start=[texts.loc[row.paper_id, row.section].find(row.quote) for row in rows.itertuples()])
    for row in rows[rows["start"] < 0].itertuples():
        raise bad_cell(path, row.line, "quote", row.quote, f"words of the {row.section} of {row.paper_id}")
    last = rows.drop_duplicates(["paper_id", "field", "who"], keep="last")
    return schema.shape(last[last["status"] != "cleared"], schema.NOTES)[schema.NOTES.names]


def coding_sheet(
    corpus: Corpus, theme: str | Sequence[str], notes: pd.DataFrame, evidence: pd.DataFrame
) -> pd.DataFrame:
    """Answer every field of a theme, or of several: paper_id, field, value, quote, who (str), a row a paper and field.

    A note comes first (`who` is its reader), then a suggestion from evidence (`who` is "suggested by rules"); a field
    that neither fills has no row. Silence that a reader noted stands as "not said".
    """
    themes = {theme} if isinstance(theme, str) else {*theme}
    asked = [name for name, field in load_fields(corpus).items() if not field.themes or themes & {*field.themes}]
    rows = pd.concat([notes, _suggestions(corpus, evidence)]).drop_duplicates(["paper_id", "field"])
    rows = rows[rows["paper_id"].isin(corpus.ids) & rows["field"].isin(asked)]
    place = {name: at for names in (corpus.papers["paper_id"], asked) for at, name in enumerate(names)}
    rows = rows.sort_values(["paper_id", "field"], key=lambda column: column.map(place), ignore_index=True)
    return rows[["paper_id", "field", "value", "quote", "who"]]


def _suggestions(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """What evidence says of each field: the first sentence of its kind, or the names joined."""
    kinds = {field.suggested: name for name, field in load_fields(corpus).items() if field.suggested}
    groups = evidence[evidence["kind"].isin([*kinds])].groupby(["paper_id", "kind"], sort=False)
    first = groups.agg(quote=("quote", "first"), names=("name", join_words)).reset_index()
    value = first["quote"].where(first["kind"] != "compares_to", first["names"])
    return first.assign(field=first["kind"].map(kinds), value=value, who=SUGGESTED)


def by_paper(corpus: Corpus, sheet: pd.DataFrame) -> pd.DataFrame:
    """Lay the coding sheet out with a row a paper: paper (who, when), url, and a column a field (str).

    A value that no reader has noted ends in "(suggested by rules)".
    """
    said = sheet["value"].where(sheet["who"] != SUGGESTED, sheet["value"] + f" ({SUGGESTED})")
    wide = sheet.assign(said=said).pivot_table("said", "paper_id", "field", aggfunc="first")
    titles = {name: field.title for name, field in load_fields(corpus).items() if name in wide}
    wide = wide.reindex(columns=[*titles]).rename(columns=titles).reset_index()
    return cited_papers(corpus)[["paper_id", "paper", "url"]].merge(wide, on="paper_id").drop(columns="paper_id")

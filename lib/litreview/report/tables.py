"""Tables that a reader can trust, hear, search and print.

Each comes as an object that Jupyter shows as HTML and a terminal as text. Every value is a stranger's until escaped:
titles, names and quotes show as text, and only http and https addresses become links. Quotes and reference lists are
in citations.py; their names are here as well, so that a notebook needs one import.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from litreview.text.escaping import anchor, escape, visible
from litreview.text.wording import NO_TITLE

LONG = 15  # rows from which a table can be searched
PROSE = 60  # letters from which a text is prose, and wants a wide column
MISSING = "–"
_ADDRESSES = {"address": ("text",), "url": ("paper", "title")}  # a column of addresses, and what leads there
_UNSEEN = {"paper_id", *_ADDRESSES}
_HEADINGS = {"n": "Papers"}


@dataclass(frozen=True, repr=False)
class Shown:
    """What a cell displays: HTML where it can be, text elsewhere."""

    source: str
    text: str

    def _repr_html_(self) -> str:
        return self.source

    def __repr__(self) -> str:
        return self.text


def table(
    rows: pd.DataFrame,
    caption: str,
    *,
    columns: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
    formats: dict[str, str] | None = None,
    note: str = "",
    searchable: bool | None = None,
) -> Shown:
    """A table with a caption and column heads; a first column of text heads its rows.

    rows: any table. columns: column → heading, those to show, in order; without it, all but identifiers and addresses.
    links: column → the column that holds its address; without it, a paper leads to its `url` and a text to its
    `address`, where the table has them. formats: column → format of its numbers (".1%", ",.2f"). note: a line below.
    searchable: whether readers can search and sort it; without it, from 15 rows on. Numbers stand right, dates are days,
    what is missing is a dash. A table without rows is one line that says so.
    """
    if rows.empty:
        return _nothing(caption)
    headings = columns or {name: _heading(name) for name in map(str, rows.columns) if name not in _UNSEEN}
    kinds = {name: _kind(rows[name]) for name in headings}
    links = _usual_links(rows, headings) if links is None else links
    cells = {name: _cells(rows, name, (formats or {}).get(name, ""), links.get(name, "")) for name in headings}
    heads = first if kinds[first := next(iter(headings))] != "number" else ""
    body = [
        _line([_cell(values[place], kinds[name], name == heads) for name, values in cells.items()])
        for place in range(len(rows))
    ]
    head = _line([_head(heading, kinds[name]) for name, heading in headings.items()])
    whole = f"<table><caption>{escape(caption)}</caption><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"
    source = scrolling(whole, caption)
    asked = len(rows) >= LONG if searchable is None else searchable
    return Shown(_framed(source, note, asked), _plain(rows, headings, caption))


def _nothing(caption: str) -> Shown:
    """What stands for a table without rows."""
    return Shown(
        f"<p><strong>{escape(caption)}:</strong> nothing to show.</p>",
        f"{visible(caption)}: nothing to show.",
    )


def _heading(name: str) -> str:
    return _HEADINGS.get(name, name.replace("_", " ").capitalize())


def _usual_links(rows: pd.DataFrame, headings: dict[str, str]) -> dict[str, str]:
    """The shown column that leads to each column of addresses."""
    shown = {to: next((name for name in names if name in headings), "") for to, names in _ADDRESSES.items()}
    return {name: to for to, name in shown.items() if name and to in rows}


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _kind(column: pd.Series) -> str:
    """How a column is laid out: "number" on the right, "long" texts with room to read on a phone."""
    if _is_number(column):
        return "number"
    return "long" if column.astype("str").str.len().max() > PROSE else ""


def _cells(rows: pd.DataFrame, name: str, form: str, link: str) -> list[str]:
    """The values of a column as HTML."""
    texts = shown_values(rows[name], form)
    if name == "title":
        texts = [text or NO_TITLE for text in texts]
    if link:
        return [anchor(text, url) for text, url in zip(texts, rows[link], strict=True)]
    return [escape(text) for text in texts]


def shown_values(column: pd.Series, form: str = "") -> list[str]:
    """A column as a reader expects it: days, yes or no, numbers of one form, a dash for what is missing."""
    form = form or _form(column)
    return [MISSING if missing else _shown(value, form) for value, missing in zip(column, column.isna(), strict=True)]


def _form(column: pd.Series) -> str:
    """One format for all numbers of a column: whole where all are, else with two decimals, or more for small ones."""
    if not _is_number(column):
        return ""
    sizes = column[column.abs() < float("inf")].abs()
    if (sizes % 1 == 0).all():
        return ",.0f"
    return ",.2f" if sizes[sizes > 0].min() >= 0.01 else ".3g"


def _shown(value: Any, form: str) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, form) if form else visible(value)


def _cell(content: str, kind: str, heads: bool) -> str:
    return f'<th scope="row"{_class(kind)}>{content}</th>' if heads else f"<td{_class(kind)}>{content}</td>"


def _head(heading: str, kind: str) -> str:
    return f'<th scope="col"{_class(kind)}>{escape(heading)}</th>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _line(cells: list[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def scrolling(source: str, name: str) -> str:
    """HTML that scrolls inside itself, by keyboard as well, and is called `name`."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">{source}</div>'


def _framed(source: str, note: str, searchable: bool) -> str:
    below = f'<p class="note">{escape(note)}</p>' if note else ""
    asks = " data-searchable" if searchable else ""
    return f'<div class="table"{asks}>{source}{below}</div>'


def _plain(rows: pd.DataFrame, headings: dict[str, str], caption: str) -> str:
    """The table as text, for a terminal."""
    shown = pd.DataFrame({heading: shown_values(rows[name]) for name, heading in headings.items()})
    return f"{visible(caption)}\n{shown.to_string(index=False, max_rows=40, max_colwidth=60)}"

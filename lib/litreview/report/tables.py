"""What a cell displays, on a page and in JupyterLab; DataFrames as tables that readers can search, sort and print.

In JupyterLab the HTML of an output stands in a holder, and a line of script hands that to `lab.js`, which moves it into
a shadow root: no style leaks out of it or into it. Style and script themselves come once, with the first output that a
kernel shows, and again whenever that cell runs. Where no script may run (a notebook that is not trusted), the HTML
stays as it is, in a box that scrolls.

Every value may come from a stranger and is escaped: titles, names and quotes show as text, and only http and https
addresses become links.
"""

import html
import re
import sys
from copy import deepcopy
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import Any

import nh3
import pandas as pd
from markupsafe import Markup

from litreview.report.page_safety import script_json
from litreview.text.escaping import anchor, escape, legible, visible
from litreview.text.wording import NO_TITLE, Labels, date_text, plural

LONG = 15  # rows from which a table can be searched
MOST = 1_000  # rows that a page shows of a table or a list; JupyterLab shows ten times as many of a table
ROOM = 2_000_000  # letters of the rows in JupyterLab, whose server stops an output of 3 MB
_LONG = re.compile(r"(?s).{61}|\S{25}")  # prose, or a formula or an address that no blank breaks
TEMPLATES = Path(__file__).parent / "templates" / "litreview"
EMPTY = '<p class="empty">'  # how HTML begins that a page leaves out; a notebook shows it
_HOLDER = '<div class="litreview-output mathjax_ignore tex2jax_ignore" style="max-height: 40em; overflow: auto">'
_HANDED = "<script>(window.litreviewOutputs ??= []).push(document.currentScript)</script>"
_IN_LAB = re.compile(f"\\A{re.escape(_HOLDER)}(.*?)</div>(?:<script.*</script>)?{re.escape(_HANDED)}.*", re.DOTALL)
_bringing: dict[str, Any] = {}  # cell that brings style and script → the run in which it last did
_LINKS = {"text": "address", "paper": "url", "title": "url"}  # column → the one that has its address
_HIDDEN = {"paper_id", *_LINKS.values()}


class Shown:
    """A cell displays HTML in a notebook or page, its words in a terminal; `more` are rows for a notebook alone."""

    def __init__(self, source: str, more: str = "") -> None:
        self.source, self.more = source, more

    def _repr_html_(self) -> str:
        more = f'<script type="text/plain">{self.more}</script>' if self.more else ""
        script = f"<script>(() => {{\n{outputs_script()}}})();</script>" if _brings() else ""
        return f"{_HOLDER}{self.source}</div>{more}{_HANDED}{script}"

    def __repr__(self) -> str:
        return html.unescape(re.sub(r"<[^>]*>", " ", self.source.replace("</tr>", "\n"))).strip()


def page_part(source: str) -> str:
    """Return the HTML of an output without what only JupyterLab needs."""
    return _IN_LAB.sub(r"\1", source)


def _brings() -> bool:
    """Whether the present output brings style and script: the first of a kernel, and of that cell in a later run."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", bool)()
    run: dict[str, Any] = getattr(shell, "get_parent", dict)()
    cell = run.get("metadata", {}).get("cellId") or run.get("content", {}).get("code", "")
    number = run.get("header", {}).get("msg_id", object())  # outside a kernel every output does
    brings = not _bringing or _bringing.get(cell) not in (None, number)
    _bringing.update({cell: number} if brings else {})
    return brings


@cache
def outputs_script() -> str:
    """Return the script that mounts outputs in JupyterLab, with their style in it, for an element or a module."""
    style = script_json(asset("output.css") + asset("lab.css"))
    return f"{asset('output.js')}const look = {style};\n{asset('lab.js')}"


@cache
def asset(name: str) -> str:
    """Return a style sheet or script of the template, without indents and lines of comment."""
    lines = map(str.strip, (TEMPLATES / name).read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if not line.startswith(("//", "/*")))


def table(
    rows: pd.DataFrame, caption: str, *, columns: Labels = None, formats: Labels = None, searchable: bool = True
) -> Shown:
    """Show a DataFrame as a table with a caption; a first column of text gives the row headings.

    rows: any table. columns: column → heading, those to show, in order; default: all but identifiers and addresses.
    formats: column → format of its numbers (".1%", ",.2f"). searchable: whether readers can search and sort it from 15
    rows on. A paper links to its `url` and a text to its `address`, where the table has them. Dates show as days,
    missing values as a dash. Of a long table the first rows are shown. A column that says nothing is left out. A table
    without rows is one line that says so, and no part of a page.
    """
    if rows.empty:
        return Shown(f"{EMPTY}<strong>{escape(caption)}:</strong> nothing to show.</p>")
    whole, rows = len(rows), rows.head(10 * MOST)
    named = {name: name.replace("_", " ").capitalize() for name in map(str, rows.columns) if name not in _HIDDEN}
    headings = columns or named | ({"n": "Papers"} if "n" in named else {})
    empty = {name for name in [*headings][1:] if (rows[name].isna() | (rows[name].astype("str") == "")).all()}
    headings = {name: heading for name, heading in headings.items() if name not in empty}
    classes = {name: _class(rows[name]) for name in headings}
    head = "".join(f'<th scope="col"{classes[name]}>{escape(heading)}</th>' for name, heading in headings.items())
    cells = []
    for place, name in enumerate(headings):
        tag = "td" if place or _is_number(rows[name]) else 'th scope="row"'
        contents = _contents(rows, name, (formats or {}).get(name, ""))
        cells.append([f"<{tag}{classes[name]}>{content}</{tag[:2]}>" for content in contents])
    lines = [f"<tr>{''.join(line)}</tr>" for line in zip(*cells, strict=True)]
    fitting = [line for line, size in zip(lines, accumulate(map(len, lines)), strict=True) if size <= ROOM]
    body, more = "".join(lines[:MOST]), "".join(fitting[MOST:])
    drawn = f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    data = " data-searchable" if searchable and len(rows) >= LONG else ""
    return Shown(f'<div class="table"{data}>{scrolling(drawn, caption)}{cut_off(whole)}</div>', more)


def frame(rows: pd.DataFrame) -> Shown:
    """Show a DataFrame as it is: escaped, a page of rows at a time, to be searched and sorted; long texts are cut.

    An index of bare numbers is left out. What is no plain table (levels of columns, two columns of one name) shows as
    pandas has it.
    """
    bare = rows.index.names == [None] and rows.index.inferred_type == "integer"
    whole = rows.copy() if bare else rows.reset_index(allow_duplicates=True)
    if whole.columns.nlevels > 1 or not whole.columns.is_unique:
        return Shown(legible(rows.to_html(max_rows=60)))
    for name in whole.select_dtypes("str"):
        whole[name] = whole[name].map(lambda each: visible(each, 200), na_action="ignore")
    forms = {name: ".6g" if kind.kind == "f" else ".0f" for name, kind in whole.dtypes.items() if kind.kind in "iuf"}
    size = f"{plural(len(rows), 'row')}, {plural(len(rows.columns), 'column')}"
    return table(whole, size, columns={name: str(name) for name in whole}, formats=forms)


def styled(styler: Any) -> Shown:
    """Show `table.style`: its cells, heads and names are text, whatever they hold; only its author's formats are HTML.

    No script and no picture is left in it, also where a caption or a tooltip brings one.
    """
    styler = deepcopy(styler)  # in LaTeX its texts stay what they are
    for name, forms in vars(styler).items():
        if name.startswith("_display_funcs"):  # pandas escapes no head, and no cell once a format is given
            forms.default_factory = partial(partial, _formatted, forms.default_factory())
            forms.update({place: partial(_formatted, form) for place, form in forms.items()})
    style, end, rows = styler.to_html().partition("</style>")
    attributes = nh3.ALLOWED_ATTRIBUTES | {"*": {"id", "class", "title"}}
    return Shown(f"{style}{end}{nh3.clean(rows, tags=nh3.ALLOWED_TAGS - {'img'}, attributes=attributes)}")


def _formatted(form: Any, value: Any) -> Any:
    """A value as a format of pandas gives it, which gets a text as HTML that shows it."""
    return form(Markup.escape(legible(value)) if isinstance(value, str) else value)


def cut_off(whole: int) -> str:
    """Say below a table or a list that it is cut, where it is; `whole` is its length."""
    words = f"The first {MOST:,} of {whole:,} are shown; who runs the notebook has them all."
    return f'<p class="note" data-cut>{words}</p>' if whole > MOST else ""


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _class(column: pd.Series) -> str:
    """The class of a column's cells: numbers stand right, long texts get room to read, and break anywhere."""
    if _is_number(column):
        return ' class="number"'
    return ' class="long"' if column.astype("str").str.contains(_LONG).any() else ""


def _contents(rows: pd.DataFrame, name: str, form: str) -> list[str]:
    """The values of a column as HTML: days, yes or no, numbers in one format, a dash for what is missing."""
    if name == "published" and "date_precision" in rows:  # as exactly as it is known
        return [date_text(*each) or "–" for each in zip(rows[name], rows["date_precision"], strict=True)]
    missing = NO_TITLE if name == "title" else ""
    addresses = rows[link] if (link := _LINKS.get(name)) in rows else [""] * len(rows)
    form = form or _number_format(rows[name])
    texts = ["–" if gone else _shown(value, form) for value, gone in zip(rows[name], rows[name].isna(), strict=True)]
    return [anchor(text or missing, url) for text, url in zip(texts, addresses, strict=True)]


def _number_format(column: pd.Series) -> str:
    """One format for all numbers of a column: whole where all are, else two decimals, more where numbers are small."""
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


def scrolling(source: str, name: str) -> str:
    """Wrap HTML in a region called `name` that scrolls inside itself, by keyboard as well."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">{source}</div>'

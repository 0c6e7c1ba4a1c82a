"""Charts of a notebook as figures of a page.

A notebook shows a chart as a Vega-Lite specification. On the page its data sets move out, so that charts on the same
table share one copy; its title and description become text of the page; its greys become style sheet colours, so that
a chart follows light, dark and print with the rest. All charts share one compressed copy of Vega.
"""

import base64
import contextlib
import gzip
import hashlib
import html
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import vl_convert

from litreview.charts import style
from litreview.paths import CACHE
from litreview.report.tables import table
from litreview.text.atomic_files import write_file
from litreview.text.escaping import LONGEST, SHORT, script_json, visible, web_link

MIME_TYPES = ("application/vnd.vegalite.v5+json", "application/vnd.vegalite.v6+json")
# Greys of the house style and the style sheet colours that take their place. The fallback inside var() keeps the grey
# for a chart that leaves the page.
GREYS = {style.INK: "--ink", style.SOFT: "--muted", style.RULE: "--line", style.GRID: "--grid", style.PAPER: "--paper"}

# The page asks the bundle for one function; the rest of it stays inside.
_GLOBAL = "window.vegaEmbed=vegaEmbed;"


class Bundle(NamedTuple):
    """Vega as a page carries it: gzip in base64, and the hash under which the page's policy lets it run."""

    packed: str
    policy: str


def policy_hash(script: str) -> str:
    """The source expression that lets exactly this inline script run (Content Security Policy, section 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


@cache
def vega_bundle() -> Bundle:
    """Vega, Vega-Lite and Vega-Embed from vl-convert, kept in the cache folder: making them takes a second."""
    kept = CACHE / f"vega-{version('vl-convert-python')}.js.gz"
    try:
        packed = kept.read_bytes()
        source = gzip.decompress(packed)
    except (OSError, EOFError, gzip.BadGzipFile):
        # Wrapped, because the bundle's top-level names would become the page's.
        source = f"(()=>{{{vl_convert.javascript_bundle(_GLOBAL)}}})();".encode()
        packed = gzip.compress(source, 9, mtime=0)
        _keep(kept, packed)
    return Bundle(base64.b64encode(packed).decode(), policy_hash(source.decode()))


def _keep(path: Path, content: bytes) -> None:
    with contextlib.suppress(OSError):  # without a cache the next process takes a second more, nothing else
        write_file(path, content)


def svg(spec: dict[str, Any], width: int = style.WIDTH) -> str:
    """A chart as a picture that can be scaled, for a paper or a slide; its text alternative is its title."""
    drawn = vl_convert.vegalite_to_svg(_shown(spec) | {"width": width}, vl_version="6.4")
    words = html.escape(visible(spec.get("description", "")))
    return drawn.replace(">", f' role="img"><title>{words}</title>', 1)


def chart_in(data: dict[str, Any]) -> dict[str, Any] | None:
    """The Vega-Lite specification in an output's data, or None."""
    return next((data[mime] for mime in MIME_TYPES if mime in data), None)


def figure(spec: dict[str, Any], number: int, datasets: dict[str, Any]) -> dict[str, Any]:
    """One chart as the template needs it; its data sets are added to `datasets`, each once.

    Returns: `id`, `title`, `subtitle`, `alt` (plain text), `source`, `n` (provenance), `tables` (the data as HTML, for
    readers without a script as well), and `json`: the specification without data, the names of its data sets, the
    lines of its title and how narrow its panels may be, safe inside a script element.
    """
    spec = _shown(spec)
    lines = _title(spec.pop("title", None))
    title, subtitle = (" ".join(each) for each in lines)
    alt = spec.pop("description", "") or title
    origin = spec.pop("usermeta", {}).get("litreview", {})
    if origin.get("fits"):  # as wide as its place; a notebook gives such a chart a fixed width (style.render)
        spec["width"] = "container"
    spec.pop("$schema", None)  # the page's own Vega draws it, whatever it was written for
    names = list(spec.get("datasets", {}))
    tables = _data_tables(spec.get("datasets", {}), headings(spec), f"Data of chart {number}: {title}")
    _share(datasets, spec.pop("datasets", {}), spec)
    content = {"spec": themed(spec), "datasets": names, "title": lines}
    content |= {key: origin[key] for key in ("panel", "beside", "once") if key in origin}
    return {
        "id": f"chart-{number}",
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "source": origin.get("source", ""),
        "n": origin.get("n"),
        "tables": tables,
        "json": script_json(content),
    }


def _data_tables(datasets: dict[str, list[dict[str, Any]]], columns: dict[str, str], caption: str) -> str:
    """The data sets of a chart as tables, each once, headed by the words of its axes and tooltips.

    A column without words says how the chart is drawn, and so does a data set with less than two columns that have
    some. They have no place in a table, but in a chart that has no words at all.
    """
    whole = [pd.DataFrame(rows) for rows in datasets.values()]
    told = [rows[[name for name in rows.columns if name in columns or name in _links(rows)]] for rows in whole]
    told = [rows.rename(columns=columns).drop_duplicates() for rows in told if len({*rows.columns} & {*columns}) > 1]
    once = [rows for place, rows in enumerate(told) if not any(rows.equals(each) for each in told[:place])] or whole
    captions = [caption] if len(once) == 1 else [f"{caption} (part {part})" for part in range(1, len(once) + 1)]
    return "".join(_data_table(*each) for each in zip(once, captions, strict=True))


def _data_table(rows: pd.DataFrame, caption: str) -> str:
    for name in rows.columns[rows.dtypes == "str"]:
        rows[name] = rows[name].str.removesuffix("T00:00:00")
    named = {str(name): str(name) for name in rows.columns}
    years = {str(name): ".0f" for name in rows.select_dtypes("number") if str(name).casefold().endswith("year")}
    return table(rows, caption, columns=named, links=_links(rows), formats=years, searchable=False).source


def _links(rows: pd.DataFrame) -> dict[Any, Any]:
    """The columns of web addresses, as `tables.table` takes them."""
    return {name: name for name in rows.columns if any(web_link(value) for value in rows[name].head(1))}


def _shown(value: Any, longest: int = LONGEST) -> Any:
    """A copy of a specification in which every text is safe to look at; NaN, which JSON does not know, is null.

    (vl-convert ends the whole process over a control character.)
    """
    if isinstance(value, str):
        return visible(value, longest)
    if isinstance(value, dict):
        return {key: _shown(each, SHORT if key == "datasets" else longest) for key, each in value.items()}
    if isinstance(value, list):
        return [_shown(each, longest) for each in value]
    return None if value != value else value


def _share(datasets: dict[str, Any], own: dict[str, Any], spec: Any) -> None:
    """Add a chart's data sets to those of the page; columns that marks link to keep web addresses only.

    Vega stops at any other address. So the data set of a chart with links goes before the same one without.
    """
    linked = {encoding["field"] for channel, encoding in _fields(spec) if channel == "href"}
    for name, rows in own.items():
        if linked:
            datasets[name] = [_with_links(row, linked) for row in rows]
        else:
            datasets.setdefault(name, rows)


def _with_links(row: dict[str, Any], linked: set[str]) -> dict[str, Any]:
    return {key: (web_link(value) or None) if key in linked else value for key, value in row.items()}


def _title(title: Any) -> tuple[list[str], list[str]]:
    """The lines of the title and of the subtitle of a specification."""
    parts = title if isinstance(title, dict) else {"text": title}
    return _lines(parts.get("text")), _lines(parts.get("subtitle"))


def _lines(text: Any) -> list[str]:
    return text if isinstance(text, list) else [text] if isinstance(text, str) else []


def themed(spec: Any) -> Any:
    """The specification with style sheet colours for the house greys. Scales keep theirs, which may be interpolated."""
    if isinstance(spec, str):
        name = GREYS.get(spec.lower())
        return f"var({name},{spec})" if name else spec
    if isinstance(spec, dict):
        return {key: each if key == "scale" else themed(each) for key, each in spec.items()}
    return [themed(each) for each in spec] if isinstance(spec, list) else spec


def headings(spec: Any) -> dict[str, str]:
    """Column name → the words that tooltips, which stand in a list, use for it, else axes and legends."""
    found: dict[str, str] = {}
    for _, encoding in sorted(_fields(spec), key=lambda each: bool(each[0])):
        title = encoding.get("title") or (encoding.get("axis") or {}).get("title")
        if isinstance(title, str):
            found.setdefault(encoding["field"], title)
    return found


def _fields(spec: Any, key: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every encoding of a column in a specification, with its channel (empty in a list)."""
    if isinstance(spec, list):
        return [each for part in spec for each in _fields(part)]
    if not isinstance(spec, dict):
        return []
    own = [(key, spec)] if isinstance(spec.get("field"), str) else []
    return own + [each for name, part in spec.items() for each in _fields(part, name)]

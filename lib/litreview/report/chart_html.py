"""Charts of a notebook as figures of a page, and as pictures.

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
from typing import Any, NamedTuple

import pandas as pd
import vl_convert

from litreview.charts import style
from litreview.paths import CACHE
from litreview.report.tables import table
from litreview.text.atomic_files import write_file
from litreview.text.escaping import LONGEST, SHORT, script_json, visible, web_link

MIME_TYPES = ("application/vnd.vegalite.v5+json", "application/vnd.vegalite.v6+json")
# Greys of the charts and the style sheet colours that take their place. The fallback inside var() keeps the grey for a
# chart that leaves the page.
GREYS = {style.INK: "--ink", style.SOFT: "--muted", style.RULE: "--line", style.GRID: "--grid", style.PAPER: "--paper"}

THUMBNAIL = 380  # pixels across a small drawing on the front page
_BARE: dict[str, dict[str, Any]] = {
    "legend": {"disable": True},
    "axis": {"title": None, "labelFontSize": 11, "labelLimit": 150, "tickCount": 4},
    "axisX": {"labelOverlap": "greedy"},
    "axisY": {"labelOverlap": False},
    "header": {"labels": False, "title": None},
    "view": {"stroke": None, "continuousWidth": THUMBNAIL, "discreteWidth": THUMBNAIL, "continuousHeight": 190},
}


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
        # Wrapped, because the bundle's top-level names would become the page's; the page needs one function of it.
        source = f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed=vegaEmbed;')}}})();".encode()
        packed = gzip.compress(source, 9, mtime=0)
        with contextlib.suppress(OSError):  # without a cache the next process takes a second more, nothing else
            write_file(kept, packed)
    return Bundle(base64.b64encode(packed).decode(), policy_hash(source.decode()))


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
    own, words, lines = spec.pop("datasets", {}), _words(spec), _title(spec.pop("title", None))
    title, subtitle = (" ".join(each) for each in lines)
    alt = spec.pop("description", "") or title
    origin = spec.pop("usermeta", {}).get("litreview", {})
    if origin.get("fits"):  # as wide as its place; a notebook gives such a chart a fixed width (style.render)
        spec["width"] = "container"
    spec.pop("$schema", None)  # the page's own Vega draws it, whatever it was written for
    _share(datasets, own, spec)
    content = {"spec": themed(spec), "datasets": list(own), "title": lines}
    content |= {key: origin[key] for key in ("panel", "beside", "once") if key in origin}
    return {
        "id": f"chart-{number}",
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "source": origin.get("source", ""),
        "n": origin.get("n"),
        "tables": _data_tables(own, words, f"Data of chart {number}: {title}"),
        "json": script_json(content),
    }


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


def _title(title: Any) -> list[list[str]]:
    """The lines of the title and of the subtitle of a specification."""
    parts = title if isinstance(title, dict) else {"text": title}
    texts = (parts.get("text") or [], parts.get("subtitle") or [])
    return [text if isinstance(text, list) else [str(text)] for text in texts]


def _share(datasets: dict[str, Any], own: dict[str, Any], spec: Any) -> None:
    """Add a chart's data sets to those of the page; columns that marks link to keep web addresses only.

    Vega stops at any other address. So the data set of a chart with links goes before the same one without.
    """
    linked = {encoding["field"] for channel, encoding in _fields(spec) if channel == "href"}
    for name, rows in own.items():
        if not linked:
            datasets.setdefault(name, rows)
            continue
        datasets[name] = [row | {key: web_link(row[key]) or None for key in linked & row.keys()} for row in rows]


def _data_tables(datasets: dict[str, list[dict[str, Any]]], words: dict[str, str], caption: str) -> str:
    """The data sets of a chart as tables, each once, headed by the words of its axes and tooltips.

    A column without words says how the chart is drawn, and so does a data set with less than two columns that have
    some. They have no place in a table, but in a chart that has no words at all.
    """
    whole = [pd.DataFrame(rows) for rows in datasets.values()]
    told = [rows[[name for name in rows if name in words or name in _links(rows)]] for rows in whole]
    told = [rows.rename(columns=words).drop_duplicates() for rows in told if len({*rows.columns} & {*words}) > 1]
    once = list({rows.to_json(): rows for rows in told}.values()) or whole
    parts = [""] if len(once) == 1 else [f" (part {part})" for part in range(1, len(once) + 1)]
    return "".join(_data_table(rows, caption + part) for rows, part in zip(once, parts, strict=True))


def _data_table(rows: pd.DataFrame, caption: str) -> str:
    for name in rows.columns[rows.dtypes == "str"]:
        rows[name] = rows[name].str.removesuffix("T00:00:00")
    years = {str(name): ".0f" for name in rows.select_dtypes("number") if str(name).casefold().endswith("year")}
    named = {str(name): str(name) for name in rows.columns}
    return table(rows, caption, columns=named, links=_links(rows), formats=years, searchable=False).source


def _links(rows: pd.DataFrame) -> dict[Any, Any]:
    """The columns of web addresses, as `tables.table` takes them."""
    return {name: name for name in rows.columns if any(web_link(value) for value in rows[name].head(1))}


def themed(spec: Any) -> Any:
    """The specification with style sheet colours for greys. Scales keep theirs, which may be interpolated."""
    if isinstance(spec, str):
        name = GREYS.get(spec.lower())
        return f"var({name},{spec})" if name else spec
    if isinstance(spec, dict):
        return {key: each if key == "scale" else themed(each) for key, each in spec.items()}
    return [themed(each) for each in spec] if isinstance(spec, list) else spec


def _words(spec: Any) -> dict[str, str]:
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


def thumbnail(spec: dict[str, Any]) -> str:
    """A chart as the address of a small picture (`data:image/svg+xml`); of joined views the first.

    It has no titles and no legend: the card beside it has words. Empty where the chart cannot be drawn or shows no
    paper.
    """
    if spec.get("usermeta", {}).get("litreview", {}).get("n") == 0:
        return ""
    view = spec
    while joined := next((view[key] for key in ("vconcat", "hconcat", "concat") if key in view), None):
        view = joined[0]
    whole = {key: spec[key] for key in ("datasets", "data", "params") if key in spec}
    own = spec.get("config", {})
    config = own | {key: {**own.get(key, {}), **values} for key, values in _BARE.items()}
    small = {**whole, **view, "config": config, "background": None, "width": THUMBNAIL}
    try:
        drawn = vl_convert.vegalite_to_svg(_bare(small))
    except ValueError:
        return ""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def _bare(spec: Any) -> Any:
    """The specification without titles, tooltips and links (vl-convert fails on a link it does not allow)."""
    if isinstance(spec, list):
        return [_bare(each) for each in spec]
    if isinstance(spec, str):  # a chart that asks for its place gets this one
        return visible(spec).replace("containerSize()[0]", str(THUMBNAIL))
    if not isinstance(spec, dict):
        return spec
    kept = {key: each for key, each in spec.items() if key not in ("tooltip", "href", "usermeta")}
    if "title" in kept or {"field", "type"} <= kept.keys():
        kept["title"] = None
    return {key: _shown(each) if key == "datasets" else _bare(each) for key, each in kept.items()}

"""Charts of a notebook as figures of a page, and as pictures.

A notebook shows a chart as a Vega-Lite specification. On the page its data sets move out, so that charts on the same
table share one copy; its title and description become text of the page; its greys become style sheet colours, so that
a chart follows light, dark and print with the rest. All charts share one compressed copy of Vega.
"""

import base64
import gzip
import hashlib
import html
import json
from functools import cache
from typing import Any

import pandas as pd
import vl_convert

from litreview.charts import style
from litreview.report.tables import table
from litreview.text.escaping import LONGEST, SHORT, script_json, visible, web_link

PADDING = {"left": 30, "top": 8, "right": 8, "bottom": 8}  # of a small picture: browsers may have wider letters
MIME_TYPES = ("application/vnd.vegalite.v5+json", "application/vnd.vegalite.v6+json")
# Greys of the charts and the style sheet colours that take their place. The fallback inside var() keeps the grey for a
# chart that leaves the page.
GREYS = {style.INK: "--ink", style.SOFT: "--muted", style.RULE: "--line", style.GRID: "--grid", style.PAPER: "--paper"}


def policy_hash(script: str) -> str:
    """Return the source expression that lets this inline script run (Content Security Policy, section 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


@cache
def vega_bundle() -> tuple[str, str]:
    """Vega, Vega-Lite and Vega-Embed from vl-convert.

    Returns: gzip in base64, and the source expression under which a page's policy lets it run.
    """
    # Wrapped, because the bundle's top-level names would become the page's; the page needs one function of it.
    source = f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed=vegaEmbed;')}}})();"
    return base64.b64encode(gzip.compress(source.encode(), 9, mtime=0)).decode(), policy_hash(source)


def svg(spec: dict[str, Any]) -> str:
    """Return a chart as a picture that can be scaled, for a paper or a slide; its text alternative is its title."""
    drawn = vl_convert.vegalite_to_svg(_shown(spec) | {"width": style.WIDTH}, vl_version="6.4")
    words = html.escape(visible(spec.get("description", "")))
    return drawn.replace(">", f' role="img"><title>{words}</title>', 1)


def chart_in(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return the Vega-Lite specification in an output's data, or None."""
    return next((data[mime] for mime in MIME_TYPES if mime in data), None)


def figure(spec: dict[str, Any], number: int, datasets: dict[str, Any]) -> dict[str, Any]:
    """Return one chart as the template needs it; its data sets are added to `datasets`, each once.

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
    datasets.update(own)
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
    """A copy of a specification in which every text is safe to look at and a `url` is a web address or null.

    NaN, which JSON does not know, is null. Vega stops at another address, vl-convert at a control character.
    """
    if isinstance(value, str):
        return visible(value, longest)
    if isinstance(value, dict):
        shown = {key: _shown(each, SHORT if key == "datasets" else longest) for key, each in value.items()}
        return shown | ({"url": web_link(value["url"]) or None} if "url" in value else {})
    if isinstance(value, list):
        return [_shown(each, longest) for each in value]
    return None if value != value else value


def _title(title: Any) -> list[list[str]]:
    """The lines of the title and of the subtitle of a specification."""
    parts = title if isinstance(title, dict) else {"text": title}
    texts = (parts.get("text") or [], parts.get("subtitle") or [])
    return [text if isinstance(text, list) else [str(text)] for text in texts]


def _data_tables(datasets: dict[str, list[dict[str, Any]]], words: dict[str, str], caption: str) -> str:
    """The data sets of a chart as tables, each once, headed by the words of its axes and tooltips.

    Columns without words only place marks and are left out, as is a data set with fewer than two worded columns. A
    chart without any words shows everything.
    """
    whole = [pd.DataFrame(rows) for rows in datasets.values()]
    told = [rows[[name for name in rows if name in words]].drop_duplicates() for rows in whole]
    once = list({rows.to_json(): rows for rows in told if len(rows.columns) > 1}.values()) or whole
    tables = []
    for part, rows in enumerate(once, start=1):
        columns = {name: words.get(name, name) for name in map(str, rows.columns)}
        for name in rows.columns[rows.dtypes == "str"]:
            rows[name] = rows[name].str.removesuffix("T00:00:00")
        years = {name: ".0f" for name in rows.select_dtypes("number") if columns[name].casefold().endswith("year")}
        title = caption if len(once) == 1 else f"{caption} (part {part})"
        tables.append(table(rows, title, columns=columns, formats=years, searchable=False).source)
    return "".join(tables)


def themed(spec: Any) -> Any:
    """Return the specification with style sheet colours for greys. Scales keep theirs, which may be interpolated."""
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
    """Return a chart as the address of a small picture (`data:image/svg+xml`), without its title and list of papers.

    "" where drawing fails.
    """
    small = {**spec, **spec.get("vconcat", [{}])[0], "title": None, "background": None, "width": 380, "padding": PADDING}
    small.pop("vconcat", None)
    try:
        # A chart that asks for the size of its place gets this one.
        drawn = vl_convert.vegalite_to_svg(json.dumps(_shown(small)).replace("containerSize()[0]", "380"))
    except ValueError:
        return ""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()

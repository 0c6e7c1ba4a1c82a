"""Charts of a notebook as figures of a page.

A notebook shows a chart as a Vega-Lite specification. On the page its data sets move out, so that charts on the same
table share one copy; its title and description become text of the page; its greys become style sheet colours, so that
a chart follows light, dark and print with the rest. All charts share one compressed copy of Vega.
"""

import base64
import gzip
import hashlib
from functools import cache
from typing import Any

import pandas as pd
import vl_convert

from litreview.charts import style
from litreview.charts.svg_export import shown_safely, title_lines, words_of
from litreview.report.page_safety import script_json
from litreview.report.tables import TEMPLATES, table


def policy_hash(script: str) -> str:
    """Return the source expression that lets this inline script run (Content Security Policy, section 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


@cache
def vega_bundle() -> tuple[str, str, str]:
    """Vega, Vega-Lite and Vega-Embed from vl-convert.

    Returns: gzip in base64, the source expression under which a page's policy lets it run, and its licence.
    """
    # Wrapped, because the bundle's top-level names would become the page's; the page needs one function of it.
    source = f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed=vegaEmbed;')}}})();"
    data = gzip.compress(source.encode(), 9, mtime=0)
    packed = base64.b64encode(data[:9] + b"\3" + data[10:])  # for the system, where releases of Python differ
    return packed.decode(), policy_hash(source), (TEMPLATES / "vega-licence.txt").read_text(encoding="utf-8")


def figure(spec: dict[str, Any], number: int, datasets: dict[str, Any]) -> dict[str, Any]:
    """Return one chart as the template needs it; its data sets are added to `datasets`, each once.

    Returns: `id`, `title`, `subtitle`, `alt` (plain text), `source`, `n` (provenance), `tables` (the data as HTML, for
    readers without a script as well), and `json`: the specification without data, the names of its data sets, the
    lines of its title and how narrow its panels may be, safe inside a script element.
    """
    spec = shown_safely(spec)
    own, words, lines = spec.pop("datasets", {}), words_of(spec), title_lines(spec.pop("title", None))
    title, subtitle = (" ".join(each) for each in lines)
    alt = spec.pop("description", "") or title
    origin = spec.pop("usermeta", {}).get("litreview", {})
    if origin.get("fits"):  # as wide as its place; a notebook gives such a chart a fixed width (style.render)
        spec["width"] = "container"
    spec.pop("$schema", None)  # the page's own Vega draws it, whatever it was written for
    datasets.update(own)
    content = {"spec": style.themed(spec, style.ON_A_PAGE), "datasets": list(own), "title": lines}
    content |= {key: origin[key] for key in ("panel", "beside", "once") if key in origin}
    facts = {"title": title, "subtitle": subtitle, "alt": alt, "source": origin.get("source", ""), "n": origin.get("n")}
    tables = _data_tables(own, words, f"Data of chart {number}: {title}")
    return facts | {"id": f"chart-{number}", "tables": tables, "json": script_json(content)}


def _data_tables(datasets: dict[str, list[dict[str, Any]]], words: dict[str, str], caption: str) -> str:
    """The data sets of a chart as tables, each once, headed by the words of its axes and tooltips.

    Columns without words only place marks and are left out, as is a data set with fewer than two worded columns. A
    chart without any words shows everything.
    """
    whole = [pd.DataFrame(rows).replace("T00:00:00$", "", regex=True) for rows in datasets.values()]
    told = [rows[[name for name in rows if name in words]].drop_duplicates() for rows in whole]
    once = list({rows.to_json(): rows for rows in told if len(rows.columns) > 1}.values()) or whole
    tables = []
    for part, rows in enumerate(once, start=1):
        columns = {name: words.get(name, name) for name in map(str, rows.columns)}
        years = {name: ".0f" for name in rows.select_dtypes("number") if columns[name].casefold().endswith("year")}
        title = caption if len(once) == 1 else f"{caption} (part {part})"
        tables.append(table(rows, title, columns=columns, formats=years, searchable=False).source)
    return "".join(tables)

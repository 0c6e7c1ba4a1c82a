"""Charts as pictures: the specification that a notebook shows, made safe, and drawn as SVG."""

import base64
import html
import json
from pathlib import Path
from typing import Any

import vl_convert
from altair.typing import ChartType

from litreview.charts import style
from litreview.errors import ExportError
from litreview.text.atomic_files import write_file
from litreview.text.escaping import LONGEST, SHORT, visible, web_link

MIME_TYPES = ("application/vnd.vegalite.v5+json", "application/vnd.vegalite.v6+json")
PADDING = {"left": 30, "top": 8, "right": 8, "bottom": 8}  # of a small picture: browsers may have wider letters


def chart_in(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return the Vega-Lite specification in an output's data, or None."""
    return next((style.plain(data[mime]) for mime in MIME_TYPES if mime in data), None)


def svg(spec: dict[str, Any]) -> str:
    """Return a chart as a picture that can be scaled, for a paper or a slide; its text alternative is its title."""
    drawn = vl_convert.vegalite_to_svg(shown_safely(spec) | {"width": style.WIDTH}, vl_version="6.4")
    words = html.escape(visible(spec.get("description", "")))
    return drawn.replace(">", f' role="img"><title>{words}</title>', 1)


def save_svg(chart: ChartType, to: Path) -> None:
    """Write a chart into a file, as SVG. Raises: `ExportError` for a file that cannot be written."""
    with ExportError.writing(to):
        write_file(to, svg(chart.to_dict()))


def thumbnail(spec: dict[str, Any]) -> str:
    """Return a chart as the address of a small picture (`data:image/svg+xml`), without its title and list of papers.

    "" where drawing fails.
    """
    first = spec.get("vconcat", [{}])[0]
    small = {**spec, **first, "title": None, "background": None, "width": 380, "padding": PADDING}
    small.pop("vconcat", None)
    try:
        # A chart that asks for the size of its place gets this one.
        drawn = vl_convert.vegalite_to_svg(json.dumps(shown_safely(small)).replace("containerSize()[0]", "380"))
    except ValueError:
        return ""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def shown_safely(value: Any, longest: int = LONGEST) -> Any:
    """Return a copy of a specification in which every text is safe to look at and a `url` is a web address or null.

    NaN, which JSON does not know, is null. Vega stops at another address, vl-convert at a control character.
    """
    if isinstance(value, str):
        return visible(value, longest)
    if isinstance(value, dict):
        shown = {key: shown_safely(each, SHORT if key == "datasets" else longest) for key, each in value.items()}
        return shown | ({"url": web_link(value["url"]) or None} if "url" in value else {})
    if isinstance(value, list):
        return [shown_safely(each, longest) for each in value]
    return None if value != value else value


def title_lines(title: Any) -> list[list[str]]:
    """Return the lines of the title and of the subtitle of a specification."""
    parts = title if isinstance(title, dict) else {"text": title}
    texts = (parts.get("text") or [], parts.get("subtitle") or [])
    return [text if isinstance(text, list) else [str(text)] for text in texts]


def words_of(spec: Any) -> dict[str, str]:
    """Return column name → the words that tooltips, which stand in a list, use for it, else axes and legends."""
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

"""A chart as a small drawing on the front page: static SVG, reduced to shapes and text."""

import re
from typing import Any
from xml.etree import ElementTree

import vl_convert

from litreview.report.chart_html import GREYS
from litreview.text.escaping import visible

WIDTH = 380  # pixels of a drawing
TALL, TALLEST = 340, 420  # pixels: what is taller is drawn closer, or where that would crowd it, cut
_PADDING = {"left": 12, "right": 4, "top": 2, "bottom": 2}  # left: the page may set labels wider than vl-convert does
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"svg", "g", "path", "rect", "circle", "line", "text", "tspan"}
_LOOK = set(
    "d x y dy x1 x2 y1 y2 cx cy r width height viewBox transform fill fill-opacity stroke stroke-width stroke-opacity "
    "stroke-dasharray opacity text-anchor font-size font-weight font-style".split()
)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_HOSTILE = re.compile(r"url\(|javascript:", re.IGNORECASE)
# A preview has no room for words: the card beside it has them.
_BARE: dict[str, dict[str, Any]] = {
    "title": {"fontSize": 0, "subtitleFontSize": 0, "offset": 0},
    "legend": {"disable": True},
    "axis": {"title": None, "labelFontSize": 11, "labelLimit": 150, "tickCount": 4},
    "axisX": {"labelOverlap": "greedy"},
    "axisY": {"labelOverlap": False},
    "header": {"labels": False, "title": None},
    "view": {"stroke": None, "continuousWidth": WIDTH, "discreteWidth": WIDTH, "continuousHeight": 190},
}


def preview(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as an SVG element for the front page; empty where it cannot be drawn or shows no paper."""
    if spec.get("usermeta", {}).get("litreview", {}).get("n") == 0:
        return ""
    try:
        drawing = vl_convert.vegalite_to_svg(_small(spec))
    except ValueError:
        return ""
    return _reduced(ElementTree.fromstring(drawing))  # noqa: S314  (vl-convert wrote it; it has no entities)


def _small(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without title, legend and axis titles, at the size of a card; of joined charts the first."""
    view = spec
    while joined := next((view[key] for key in ("vconcat", "hconcat", "concat") if key in view), None):
        view = joined[0]
    whole = {key: _wordless(spec[key]) for key in ("datasets", "data", "params") if key in spec}
    config = {**spec.get("config", {})}
    config |= {key: {**config.get(key, {}), **values} for key, values in _BARE.items()}
    small = {**whole, **_wordless(view), "config": config, "background": None, "padding": _PADDING, "width": WIDTH}
    small.pop("title", None)
    height = view.get("height")
    if isinstance(height, int | float) and height <= TALLEST:
        small["height"] = min(height, TALL)
    return small


def _wordless(spec: Any) -> Any:
    """The specification without titles of axes, tooltips and links (vl-convert fails on a link it does not allow).

    Its texts can be seen: vl-convert ends the whole process over a control character.
    """
    if isinstance(spec, list):
        return [_wordless(each) for each in spec]
    if isinstance(spec, str):  # a chart that asks for its place gets the one of a phone
        return visible(spec).replace("containerSize()[0]", str(WIDTH))
    if not isinstance(spec, dict):
        return spec
    kept = {key: each for key, each in spec.items() if key not in ("href", "tooltip")}
    return {key: _untitled(each) if key in ("x", "y") else _wordless(each) for key, each in kept.items()}


def _untitled(channel: Any) -> Any:
    if not isinstance(channel, dict) or "value" in channel:
        return channel
    channel = _wordless(channel)
    return {**channel, "title": None} | ({"axis": {**channel["axis"], "title": None}} if channel.get("axis") else {})


def _reduced(element: ElementTree.Element) -> str:
    """Shapes and text of a drawing with nothing but their looks; the page's colours for the house greys."""
    for child in element.iter():
        child.tag = child.tag.removeprefix(_SVG)
        child.attrib = {
            name: _look(value) for name, value in child.attrib.items() if name in _LOOK and not _HOSTILE.search(value)
        }
        child.text = visible(child.text or "") or None
        child.tail = None
    _prune(element)
    _cut(element)
    element.set("aria-hidden", "true")
    return ElementTree.tostring(element, encoding="unicode")


def _cut(drawing: ElementTree.Element) -> None:
    """Of a drawing that is too tall the upper part, marked as such."""
    if float(drawing.get("height", 0)) > TALLEST + 60:
        drawing.set("class", "more")
        drawing.set("height", f"{TALL}")
        drawing.set("viewBox", f"0 0 {drawing.get('width')} {TALL}")


def _look(value: str) -> str:
    if name := GREYS.get(value.lower()):
        return f"var({name})"
    return _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), value)


def _prune(element: ElementTree.Element) -> None:
    for child in list(element):
        if child.tag in _SHAPES:
            _prune(child)
        else:
            element.remove(child)

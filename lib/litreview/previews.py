"""A chart as a small drawing on the front page: static SVG, reduced to shapes and text."""

import re
from typing import Any
from xml.etree import ElementTree

import vl_convert

from litreview.figures import GREYS
from litreview.markup import visible

WIDTH, HEIGHT = 300, 150  # pixels of the drawing area
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"svg", "g", "path", "rect", "circle", "line", "text", "tspan"}
_LOOK = set(
    "d x y x1 x2 y1 y2 cx cy r width height viewBox transform fill fill-opacity stroke stroke-width stroke-opacity "
    "stroke-dasharray opacity text-anchor font-size font-weight font-style".split()
)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_HOSTILE = re.compile(r"url\(|javascript:", re.IGNORECASE)
# A preview has no room for words: the card beside it has them.
_BARE: dict[str, dict[str, Any]] = {
    "title": {"fontSize": 0, "subtitleFontSize": 0, "offset": 0},
    "legend": {"disable": True},
    "axis": {"title": None, "labelFontSize": 11, "labelLimit": 90, "tickCount": 4},
    "header": {"labels": False, "title": None},
    "view": {"stroke": None, "continuousWidth": WIDTH, "discreteWidth": WIDTH, "continuousHeight": HEIGHT},
}


def preview(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as an SVG element for the front page; empty where it cannot be drawn."""
    try:
        drawing = vl_convert.vegalite_to_svg(_small(spec))
    except ValueError:
        return ""
    return _reduced(ElementTree.fromstring(drawing))  # noqa: S314  (vl-convert wrote it; it has no entities)


def _small(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without title, legend and axis titles, at the size of a card; of joined charts the first."""
    data = {key: spec[key] for key in ("datasets", "data", "params", "config") if key in spec}
    view = spec
    while joined := next((view[key] for key in ("vconcat", "hconcat", "concat") if key in view), None):
        view = joined[0]
    config = data.get("config", {})
    bare = {key: {**config.get(key, {}), **value} for key, value in _BARE.items()}
    sized = {**data, **view, "width": WIDTH, "background": None, "padding": 2, "config": {**config, **bare}}
    sized.pop("title", None)
    if isinstance(view.get("height"), int | float):
        sized["height"] = min(view["height"], HEIGHT)
    return sized


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
    element.set("aria-hidden", "true")
    return ElementTree.tostring(element, encoding="unicode")


def _look(value: str) -> str:
    name = GREYS.get(value.lower())
    return (
        f"var({name})" if name else _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), value)
    )


def _prune(element: ElementTree.Element) -> None:
    for child in list(element):
        if child.tag in _SHAPES:
            _prune(child)
        else:
            element.remove(child)

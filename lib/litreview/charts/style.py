"""The look of charts: colours, fonts, one Altair theme, one renderer.

Importing this module makes both current. The renderer gives `application/vnd.vegalite.v5+json`, which JupyterLab shows
live without a network and which reports pick up; Altair's own default needs a network, its `mimetype` renderer names a
type that no JupyterLab knows. The specifications keep to what Vega-Lite 5.6 and 6.4 both draw.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from litreview.themes.definitions import load_themes

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # a name, not an address to load; JupyterLab asks for 5
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif'
# Six hues and a grey. Each is 3:1 or more against white and against a dark card, and any two stay apart under the three
# kinds of colour blindness; tests measure both.
BLUE, RED, GREEN, MAGENTA, SAND, INDIGO = HUES = ("#2b97d6", "#c4400e", "#0b7a5c", "#b8429e", "#a58a4a", "#6653ee")
GREY = "#7f848a"
# Exactly these greys become colours of the style sheet of a report, or of JupyterLab's theme, so that a chart follows
# light, dark and print. The fallback inside var() keeps the grey for a chart that leaves the page.
GREYS = INK, SOFT, RULE, GRID, PAPER = "#1b1b1f", "#595959", "#c9c9cf", "#e8e8ec", "#ffffff"
ON_A_PAGE = dict(zip(GREYS, ("--ink", "--muted", "--line", "--grid", "--paper"), strict=True))
_LAB = ("content-font-color1", "content-font-color2", "border-color1", "border-color2", "layout-color0")
_IN_LAB = {grey: f"--jp-{name}" for grey, name in zip(GREYS, _LAB, strict=True)}
_EMBEDDED = {"renderer": "svg", "actions": False}  # a canvas knows no style sheet
_VARIABLE = re.compile(r"var\(--jp-[\w-]+,(#\w+)\)")
ACCENT = INDIGO
# Colour says theme, the same in every chart, and no chart needs it: a label stands beside each mark. The three themes
# with a notebook of their own and the two largest of the others have a hue; all other themes share the grey; what is no
# theme has the colour of the theme that it is a part of, else the accent.
THEMES = {"preference_optimization": BLUE, "offline_rl": RED, "scheduling": GREEN}
THEMES |= {"llm_post_training": MAGENTA, "deep_reinforcement_learning": SAND}
WIDTH = 720  # pixels of a chart that cannot follow its container (facets and joined charts)
FEW, MOST = 0.12, 0.78  # opacity of a cell: its number can be read on it in a light and in a dark scheme


def accent(theme: str = "") -> str:
    """Return the colour of a theme, of anything that is a part of it, or (without a theme) of what belongs to none."""
    return (THEMES.get(theme) or _own_hues().get(theme, GREY)) if theme else ACCENT


def colours(names: Iterable[str], by: str, theme: str = "") -> list[str]:
    """Return a colour for each name of a column `by`: themes have their own, anything else that of `theme`."""
    return [accent(name if by == "theme" else theme) for name in names]


def _own_hues() -> dict[str, str]:
    """Give the hues whose themes are not in the theme file to its other themes, in its order."""
    themes = load_themes()
    free = [hue for name, hue in THEMES.items() if name not in themes]
    return dict(zip([name for name in themes if name not in THEMES], free, strict=False))


@alt.theme.register("litreview", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Return the Altair theme: quiet axes, left-aligned titles, system fonts."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 12}
    axis = {"titleFontSize": 12, "titleFontWeight": "normal", "domain": False, "ticks": False, "labelPadding": 6}
    grid = {"grid": True, "gridColor": GRID, "labelLimit": 260, "labelSeparation": 6, "titlePadding": 10}
    title = {"anchor": "start", "frame": "bounds", "font": FONT, "fontSize": 16, "fontWeight": 600, "color": INK}
    subtitle = {"subtitleFont": FONT, "subtitleFontSize": 12.5, "subtitleColor": SOFT, "subtitlePadding": 5}
    header = {"labelFontSize": 12.5, "labelFontWeight": 600, "labelColor": INK, "labelAnchor": "start", "title": None}
    config = {
        "background": PAPER,
        "padding": 8,
        "font": FONT,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": 260, "discreteWidth": WIDTH},
        "title": {**title, **subtitle, "offset": 14},
        "axis": {**text, **axis, **grid},
        "legend": {**text, "orient": "top", "title": None, "symbolSize": 90, "labelLimit": 220, "padding": 0},
        "header": {**text, **header},
        "mark": {"color": ACCENT, "opacity": 1},
        "text": {"font": FONT, "fontSize": 12, "color": INK},
        "range": {"category": [*HUES, GREY]},
    }
    return {"config": config}


def render(spec: dict, **_: object) -> tuple[dict, dict]:
    """Return a chart as output data and its metadata: the specification, and its description as plain text."""
    spec = {**(_of_fixed_width(spec) if spec.get("width") == "container" else spec), "$schema": SCHEMA}
    spec = themed(spec, _IN_LAB) | {"usermeta": {**spec.get("usermeta", {}), "embedOptions": _EMBEDDED}}
    text = f"[Chart] {spec.get('description', 'without description')}"
    return {MIME: spec, "text/plain": text}, {MIME: {"embed_options": _EMBEDDED}}


def _of_fixed_width(spec: dict) -> dict:
    """JupyterLab's Vega never comes to rest over a chart as wide as its container, so a notebook has a fixed width.

    `usermeta.litreview.fits` tells a report to let the chart fill its place again.
    """
    about = spec.get("usermeta", {})
    fits = {**about, "litreview": {**about.get("litreview", {}), "fits": True}}
    return {**spec, "width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}, "usermeta": fits}


def themed(spec: Any, names: dict[str, str]) -> Any:
    """Return the specification with style sheet colours for greys. Scales keep theirs, which may be interpolated."""
    if isinstance(spec, str):
        return f"var({name},{spec})" if (name := names.get(spec.lower())) else spec
    if isinstance(spec, dict):
        return {key: each if key == "scale" else themed(each, names) for key, each in spec.items()}
    return [themed(each, names) for each in spec] if isinstance(spec, list) else spec


def plain(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the specification that a notebook keeps with its greys again."""
    return json.loads(_VARIABLE.sub(r"\1", json.dumps(spec)))


alt.renderers.register("litreview", render)
alt.renderers.enable("litreview")
pd.set_option("display.max_columns", 20)  # Altair names views by how a table prints: in every process alike

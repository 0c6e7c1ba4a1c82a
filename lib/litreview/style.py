"""The house style of charts: colours, fonts, one Altair theme, one renderer.

`enable()` makes both current. The renderer gives `application/vnd.vegalite.v5+json`, which JupyterLab shows live
without a network and which reports pick up; Altair's own default needs a network, its `mimetype` renderer names a type
that no JupyterLab knows. The specifications keep to what Vega-Lite 5.6 and 6.4 both draw.
"""

from collections.abc import Iterable

import altair as alt

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # a name, not an address to load; JupyterLab asks for 5
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif'
# Six hues and a grey. Each is 3:1 or more against white and against a dark card, and any two stay apart under the three
# kinds of colour blindness; tests measure both.
BLUE, RED, GREEN, MAGENTA, SAND, INDIGO = HUES = ("#2b97d6", "#c4400e", "#0b7a5c", "#b8429e", "#a58a4a", "#6653ee")
GREY = "#7f848a"
# Reports turn exactly these greys into colours of their style sheet, so that a chart follows light, dark and print.
INK, SOFT, RULE, GRID, PAPER = "#1b1b1f", "#595959", "#c9c9cf", "#e8e8ec", "#ffffff"
DARK_CARD = "#15171b"  # behind a chart where a reader asks for a dark scheme
ACCENT = INDIGO
# The same theme has the same colour everywhere. With twelve themes and seven colours, five stand out; the others share
# the grey and are told apart by their labels.
THEMES = {
    "preference_optimization": BLUE,
    "offline_rl": RED,
    "scheduling": GREEN,
    "llm_post_training": MAGENTA,
    "online_learning_and_bandits": SAND,
}
WIDTH = 720  # pixels of a chart that cannot follow its container (facets and joined charts)
SEQUENCE = ("#eceafb", "#8a7ce8")  # few to many, in cells: light enough for dark numbers throughout
ON_LIGHT, ON_DARK = "#1a1a1e", "#fefefe"  # numbers on colours: near the greys above, yet the same in every scheme


def accent(theme: str = "") -> str:
    """The one colour of a chart: the theme's where it has one of its own, else the house accent."""
    return THEMES.get(theme, ACCENT)


def colours(names: Iterable[str]) -> dict[str, str]:
    """A colour for each name. Themes have their own; other names take the hues in the order given, then the grey."""
    names = [*names]
    if set(names) & set(THEMES):
        return {name: THEMES.get(name, GREY) for name in names}
    return {name: HUES[place] if place < len(HUES) else GREY for place, name in enumerate(names)}


@alt.theme.register("litreview", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """The Altair theme: quiet axes, left-aligned titles, system fonts."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 12}
    quiet = {
        **text,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    config = {
        "background": PAPER,
        "padding": 8,
        "font": FONT,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": 260, "discreteWidth": WIDTH},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "font": FONT,
            "fontSize": 16,
            "fontWeight": 600,
            "color": INK,
            "subtitleFont": FONT,
            "subtitleFontSize": 12.5,
            "subtitleColor": SOFT,
            "subtitlePadding": 5,
            "offset": 14,
        },
        "axis": {**quiet, "grid": True, "gridColor": GRID, "labelLimit": 260, "titlePadding": 10},
        "legend": {**text, "orient": "top", "title": None, "symbolSize": 90, "labelLimit": 220, "padding": 0},
        "header": {
            **text,
            "labelFontSize": 12.5,
            "labelFontWeight": 600,
            "labelColor": INK,
            "labelAnchor": "start",
            "title": None,
        },
        "bar": {"color": ACCENT},
        "point": {"color": ACCENT, "filled": True, "size": 70, "opacity": 1},
        "line": {"color": ACCENT, "strokeWidth": 2},
        "rule": {"color": SOFT},
        "text": {"font": FONT, "fontSize": 12, "color": INK},
        "range": {"category": [*HUES, GREY]},
        "concat": {"spacing": 16},
    }
    return {"config": config}


def render(spec: dict, **_: object) -> tuple[dict, dict]:
    """A chart as output data and its metadata: the specification, and its description as plain text."""
    spec = {**(_of_fixed_width(spec) if spec.get("width") == "container" else spec), "$schema": SCHEMA}
    text = f"[Chart] {spec.get('description', 'without description')}"
    return {MIME: spec, "text/plain": text}, {MIME: {"embed_options": {"renderer": "svg", "actions": False}}}


def _of_fixed_width(spec: dict) -> dict:
    """JupyterLab's Vega never comes to rest over a chart as wide as its container, so a notebook has a fixed width.

    `usermeta.litreview.fits` tells a report to let the chart fill its place again.
    """
    about = spec.get("usermeta", {})
    fits = {**about, "litreview": {**about.get("litreview", {}), "fits": True}}
    return {**spec, "width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}, "usermeta": fits}


alt.renderers.register("litreview", render)


def enable() -> None:
    """Make the house theme and renderer current."""
    alt.theme.enable("litreview")
    alt.renderers.enable("litreview")

"""What every chart wears: title, subtitle, text alternative, provenance; and the chart that says there is nothing."""

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.wording import label, listed, plural, sentence, within

TITLE_LINE, SUBTITLE_LINE = 76, 105  # characters that fit the width of a chart
ROW = 28  # pixels of a row; a name may take two lines on a phone
PHONE, SHORT = 500, 20  # pixels of a narrow screen, characters of a line of a name there
PLACE = f"(containerSize()[0] || {style.WIDTH})"  # pixels that a chart has; outside a page no container says
NARROW = f"({PLACE} < {PHONE})"
NAME, NARROW_NAME = 260, 150  # pixels of a name, at most
BEHIND = 46  # pixels for the number behind a bar
PADDING = 16  # pixels left and right of a chart, together


def dress(
    chart: ChartType,
    title: str,
    subtitle: str,
    alternative: str,
    source: str,
    n: int,
    panel: int = 0,
    beside: int = 0,
    once: int = PADDING,
) -> ChartType:
    """The chart with its title, subtitle, description and provenance.

    `source` is the function that made the table, `n` the papers (or records) the chart speaks of. Joined views and
    panels cannot follow the width of their place by themselves: `panel` is the least width of one, `beside` what
    stands beside each, `once` what stands beside all of them, and a report gives each panel the width there is.
    """
    heading = alt.Title(text=wrap(title, TITLE_LINE) or [""], subtitle=wrap(subtitle, SUBTITLE_LINE) or [""])
    description = " ".join(sentence(text) for text in (title, subtitle, alternative) if text.strip())
    room = {"panel": panel, "beside": beside, "once": once} if panel else {}
    usermeta = {"litreview": {"source": source, "n": int(n), **room}}
    return chart.properties(title=heading, description=description, usermeta=usermeta)


def headline(template: str, **facts: str) -> str:
    """A title with facts of the table in it: `{first}` becomes the fact of that name, other braces stay."""
    return re.sub(r"\{(\w+)\}", lambda found: facts.get(found[1], found[0]), template)


def leader(
    keys: Sequence[str], sizes: Sequence[int], of: int, labels: dict[str, str] | None = None, noun: str = "paper"
) -> dict[str, str]:
    """What a title can say of the largest category: `first` (inside a sentence), `First` (at its start), `amount`.

    Categories of one size share the place: "DPO and PPO", "3 of 12 papers each"; more than three are only counted.
    """
    top = [key for key, size in zip(keys, sizes, strict=True) if size == max(sizes)]
    amount = f"{max(sizes):,} of {plural(of, noun)}{' each' if len(top) > 1 else ''}"
    if len(top) > 3:
        return dict.fromkeys(("first", "First"), f"{len(top):,} of them") | {"amount": amount}
    inside = [within(key, labels) for key in top]
    return {"first": listed(inside), "First": listed([label(top[0], labels), *inside[1:]]), "amount": amount}


def nothing(title: str, source: str) -> ChartType:
    """The chart of an empty table: a line that says so."""
    data = pd.DataFrame({"message": ["No paper here has what this chart shows."]})
    text = alt.Chart(data, width="container", height=40).mark_text(align="left", color=style.SOFT)
    text = text.encode(x=alt.value(0), text="message:N")
    title = title if title and "{" not in title else "Nothing to draw"
    return dress(text, title, "No paper", "The chart is empty", source, 0)


def told(form: str, rows: Iterable[tuple[str, object]], noun: str = "row") -> str:
    """A chart in words: its form, how many rows it has, and the first and the last of them, each with its value.

    All of them stand in the table that a report has one key away.
    """
    lines = [f"{name} ({value})" for name, value in rows]
    return f"{form}, {plural(len(lines), noun)}: {' to '.join(lines[:: max(len(lines) - 1, 1)])}"


def whole(title: str | None = None, most: int = 100) -> alt.Axis:
    """An axis of whole numbers up to `most`: whole ticks, few of them."""
    return alt.Axis(title=title, format=",d", tickMinStep=1, tickCount=min(5, max(most, 1)))


def percentages(title: str | None = None) -> alt.Axis:
    """An axis of shares, as percentages."""
    return alt.Axis(title=title, format=".0%", tickCount=5)


def names_axis(most: int = NARROW_NAME) -> alt.Axis:
    """The axis of row names: in ink, without lines; on a phone they are smaller, and long ones take two lines."""
    broken = f"{NARROW} && {breaks(SHORT)}"
    size, limit = alt.ExprRef(f"{NARROW} ? 11 : 12"), alt.ExprRef(f"{NARROW} ? {most} : {NAME}")
    up = {"condition": {"test": broken, "value": -6}, "value": 0}  # else the first of two lines is in the middle
    quiet = {"grid": False, "title": None, "labelColor": style.INK, "labelLineHeight": 12, "labelOffset": up}
    names = f"{broken} ? {two_lines(SHORT)} : datum.label"
    return alt.Axis(**quiet, labelExpr=names, labelFontSize=size, labelLimit=limit)


def numbered(top: float) -> alt.Scale:
    """The scale of bars from zero to `top`, with room for the number behind the longest."""
    return alt.Scale(domain=[0, top], nice=False, range=[0, alt.ExprRef(f"width - {BEHIND}")])


def breaks(fits: int) -> str:
    """The Vega expression that is true for a label longer than fits, with a blank to break it at."""
    return f"(length(datum.label) > {fits} && {_blank(fits)} > 0)"


def two_lines(fits: int) -> str:
    """The Vega expression that breaks a label at the last blank among the first characters that fit."""
    return f"[slice(datum.label, 0, {_blank(fits)}), slice(datum.label, {_blank(fits)} + 1)]"


def _blank(fits: int) -> str:
    return f"lastindexof(slice(datum.label, 0, {fits}), ' ')"


def panel_header(width: int) -> alt.Header:
    """The name above one of several panels; a long one breaks into two lines."""
    fits = width // 7
    return alt.Header(labelExpr=f"{breaks(fits)} ? {two_lines(fits)} : datum.label", labelLimit=width + 40)


def hues(shown: Iterable[str], colours: Iterable[str], legend: alt.Legend | None = None) -> alt.Color:
    """The colour of column `name`: a fixed colour for each shown name, in their order."""
    return alt.Color("name:N", legend=legend, scale=alt.Scale(domain=[*shown], range=[*colours]))


def paper_tooltip(category: str = "") -> list[alt.Tooltip]:
    """What a mark of one paper says: title, date, category. A field called `title` would become a heading."""
    fields = {"paper:N": "Paper", "date:N": "Submitted"} | ({"name:N": category} if category else {})
    return [alt.Tooltip(field, title=title) for field, title in fields.items()]


def share_tooltip(category: str) -> list[alt.Tooltip]:
    """What a mark of a share says: category, n, of, share and interval."""
    return [
        alt.Tooltip("name:N", title=category),
        alt.Tooltip("n:Q", title="Papers", format=",d"),
        alt.Tooltip("of:Q", title="Of", format=",d"),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
        alt.Tooltip("low:Q", title="95% interval from", format=".0%"),
        alt.Tooltip("high:Q", title="95% interval to", format=".0%"),
    ]


def unit(n: int, undated: pd.Series | None = None) -> str:
    """How many dated papers a chart holds, and how many it leaves out for want of a date."""
    left_out = int(undated.max()) if undated is not None and len(undated) else 0
    return f"{plural(n, 'dated paper')}" + (f"; {plural(left_out, 'undated paper')} left out" if left_out else "")

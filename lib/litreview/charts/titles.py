"""Title, subtitle, text alternative and provenance of every chart; and what stands for one that compares nothing."""

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import PADDING
from litreview.text.wording import Labels, ended, join_words, label, plural, within

UNNAMED = "Not said"
COMMON = "Most common: {first}, {amount}"
FEW = 3  # papers, from which on the largest category is named
TITLE_LINE, SUBTITLE_LINE = 76, 105  # characters that fit the width of a chart
MOST_DOTS = 2_000  # that a chart of one dot a paper draws


def dress(chart: ChartType, title: str, subtitle: str, alternative: str, source: str, n: int, **room: int) -> ChartType:
    """Add title, subtitle, description and provenance to a chart.

    `source` is the function that made the table, `n` the papers (or records) in the chart. Joined views and panels
    do not follow the width of their place. Their `room` is in pixels: `panel`, the least width of one; `beside`, what
    stands beside each; `once`, what stands beside all of them. A report gives each panel the width there is.
    """
    heading = alt.Title(text=wrap(title, TITLE_LINE) or [""], subtitle=wrap(subtitle, SUBTITLE_LINE) or [""])
    description = " ".join(ended(text.strip()) for text in (title, subtitle, alternative) if text.strip())
    room = {"panel": 0, "beside": 0, "once": PADDING} | room if room else {}
    usermeta = {"litreview": {"source": source, "n": int(n), **room}}
    return chart.properties(title=heading, description=description, usermeta=usermeta)


def headline(template: str, **facts: str) -> str:
    """Fill a title with facts of the table: `{first}` becomes the fact of that name, other braces stay."""
    return re.sub(r"\{(\w+)\}", lambda found: facts.get(found[1], found[0]), template)


def led(template: str, sizes: pd.Series, of: int, labels: Labels = None) -> str:
    """Fill a title with the largest category: `{first}` (inside a sentence), `{First}` (at its start), `{amount}`.

    sizes: papers by category. Categories of one size share the place: "DPO and PPO", "3 of 12 papers each". Where more
    than three do, or the largest has fewer than `FEW` papers, the title says that none stands out, after the question
    that the template asks.
    """
    top = sizes.index[sizes == sizes.max()].tolist()
    question = template[: template.find("? ") + 2] if "? " in template else ""
    if sizes.max() < FEW and (len(sizes) > 1 or of < FEW):
        return f"{question}None of these has more than {plural(sizes.max(), 'paper')}"
    amount = f"{sizes.max():,} of {plural(of, 'paper')}{' each' if len(top) > 1 else ''}"
    if len(top) > 3:
        return f"{question}None stands out: {len(top):,} have {amount}"
    inside = [set_apart(within(key, labels), top) for key in top]
    first = join_words([set_apart(label(top[0], labels), top), *inside[1:]])
    return headline(template, first=join_words(inside), First=first, amount=amount)


def set_apart(name: str, beside: Sequence[str]) -> str:
    """Return a name, that of several words in quotation marks where others stand beside it."""
    return f"“{name}”" if len(beside) > 1 and " " in name else name


def flat(sizes: pd.Series) -> bool:
    """Whether papers by category compare nothing: a single category or none, or one paper in each."""
    return len(sizes) < 2 or sizes.max() < 2


def nothing() -> ChartType:
    """Draw a line of words in place of a chart that is empty or compares nothing, of no table; a page leaves it out."""
    data = pd.DataFrame({"message": ["There is no paper, a single row, or one paper in each."]})
    text = alt.Chart(data, width="container", height=40).mark_text(align="left", color=style.SOFT)
    text = text.encode(x=alt.value(0), text="message:N")
    return dress(text, "Nothing to draw", "Nothing to compare", "The chart is empty", "", 0)


def thinned(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return every second, third … row of a chart of dots that has too many, and the words that say so."""
    every = -(-len(rows) // MOST_DOTS)
    return (rows, "") if every < 2 else (rows.iloc[::every], f"; one paper of {every} is drawn")


def told(form: str, rows: Iterable[tuple[str, object]], noun: str = "row") -> str:
    """Put a chart in words: its form, how many rows it has, and the first and the last of them, each with its value.

    The table behind the chart has all of them.
    """
    lines = [f"{name} ({value})" for name, value in rows]
    return f"{form}, {plural(len(lines), noun)}: {' to '.join(lines[:: max(len(lines) - 1, 1)])}"


def in_order(keys: pd.Series, labels: Labels) -> list[str]:
    """Return the categories that occur, in the order of `labels`, then by size and name; `UNNAMED` is last."""
    place, size = {name: at for at, name in enumerate(labels or {})}, keys.value_counts()
    return sorted(size.index, key=lambda name: (name == UNNAMED, place.get(name, len(place)), -size[name], name))


def unit(n: int, undated: pd.Series) -> str:
    """Say how many dated papers a chart holds, and how many have no date."""
    left_out = int(undated.max())
    return f"{plural(n, 'dated paper')}" + (f"; {plural(left_out, 'undated paper')} left out" if left_out else "")

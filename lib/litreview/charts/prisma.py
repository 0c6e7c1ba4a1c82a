"""The PRISMA 2020 flow diagram: boxes one below the other, what leaves beside them, arrows between."""

from textwrap import wrap

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.titles import dress, nothing
from litreview.text.wording import plural

SIDE = ("removed", "excluded")  # boxes of what leaves
LINE, PAD, GAP = 15, 10, 26  # pixels: a line of text, the blank above and below it, the way between two boxes
NARROW, WIDE = 21, 40  # characters of a line, on a narrow page and elsewhere, in the widest of the fonts
PAGE = 640  # pixels of a page that is not narrow
STRIP, LEFT, MIDDLE, RIGHT = 4.5, (6, 50.5), 28, (55.5, 100)  # places across, in percent


def flow(table: pd.DataFrame, title: str = "") -> ChartType:
    """Where the records go between the files and the review, from `prisma.flow`."""
    source, heads = "prisma.flow", table[table["heads"]].set_index("box")["n"]
    if table.empty or not heads["identified"]:
        return nothing(title, source)
    boxes = _placed(table)
    chart = alt.layer(*_strips(boxes), _frames(boxes), *_arrows(boxes), *_words(table, boxes))
    title = (
        title or f"{heads['identified']:,} records identified, {plural(heads['included'], 'study', 'studies')} included"
    )
    chart = chart.properties(width="container", height=float(boxes["y2"].max()))
    measure = "PRISMA 2020 flow diagram; n: records, but for the studies"
    lines = (f"{row.text}: {row.n:,}" for row in table.itertuples())
    words = f"Boxes with arrows, from the top. {'; '.join(lines)}"
    return dress(chart, title, measure, words, source, heads["identified"])


def _broken(lines: pd.DataFrame, width: int) -> list[tuple[str, bool]]:
    """The lines of a box, each with its n, broken to a width; and whether each belongs to the head of the box."""
    told = [
        f"{_short(text, width - 9)} (n\u00a0=\u00a0{n:,})" for text, n in zip(lines["text"], lines["n"], strict=True)
    ]
    return [(piece, head) for line, head in zip(told, lines["heads"], strict=True) for piece in wrap(line, width)]


def _short(text: str, most: int) -> str:
    """A long name without blanks, such as that of a file, with its middle left out."""
    if " " in text or len(text) <= most:
        return text
    return f"{text[: most // 2]}…{text[-(most // 2) :]}"


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """A row a box with its corners: x, x2 in percent, y, y2 in pixels from the top; and whether it stands beside.

    What leaves stands beside the box that it leaves. Heights are those of a phone, where texts are longest.
    """
    rows: list[dict] = []
    top = bottom = 0
    for box, lines in table.groupby("box", sort=False):
        tall = LINE * len(_broken(lines, NARROW)) + 2 * PAD
        beside = box in SIDE
        top = top if beside else bottom + (GAP if rows else 0)
        bottom = max(bottom, top + tall)
        left, right = RIGHT if beside else LEFT
        place = {"x": left, "x2": right, "y": top, "y2": top + tall, "beside": beside}
        rows.append({"box": box, "stage": lines["stage"].iloc[0], **place})
    return pd.DataFrame(rows)


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False))


def _down(field: str, boxes: pd.DataFrame) -> alt.Y:
    scale = alt.Scale(domain=[0, float(boxes["y2"].max())], reverse=True, nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _frames(boxes: pd.DataFrame) -> alt.Chart:
    """The boxes themselves."""
    box = alt.Chart(boxes[["x", "x2", "y", "y2"]]).mark_rect(fill=style.PAPER, stroke=style.SOFT, cornerRadius=3)
    return box.encode(x=_across("x"), x2="x2:Q", y=_down("y", boxes), y2="y2:Q")


def _strips(boxes: pd.DataFrame) -> list[alt.Chart]:
    """The name of each stage, upright at the left."""
    stages = boxes.groupby("stage", sort=False).agg(y=("y", "min"), y2=("y2", "max")).reset_index()
    stages = stages.assign(x=0.0, x2=STRIP, centre=STRIP / 2, middle=(stages["y"] + stages["y2"]) / 2)
    base = alt.Chart(stages)
    strip = base.mark_rect(fill=style.GRID, cornerRadius=3)
    name = base.mark_text(angle=270, fontSize=11, color=style.SOFT, baseline="middle", align="center")
    return [
        strip.encode(x=_across("x"), x2="x2:Q", y=_down("y", boxes), y2="y2:Q"),
        name.encode(x=_across("centre"), y=_down("middle", boxes), text="stage:N"),
    ]


def _words(table: pd.DataFrame, boxes: pd.DataFrame) -> list[alt.Chart]:
    """What the boxes say, once for a phone and once for a wide page; the width decides which is seen."""
    return [
        _text(table, boxes, NARROW, alt.ExprRef("min(10.5, width / 30)")).transform_filter(f"width < {PAGE}"),
        _text(table, boxes, WIDE, 12).transform_filter(f"width >= {PAGE}"),
    ]


def _text(table: pd.DataFrame, boxes: pd.DataFrame, width: int, size: float | alt.ExprRef) -> alt.Chart:
    """The lines of every box, in its middle; the head of a box is heavier."""
    rows = []
    for box in boxes.itertuples():
        lines = _broken(table[table["box"] == box.box], width)
        top = (box.y + box.y2 - LINE * len(lines)) / 2
        rows += [
            {"words": words, "head": head, "x": box.x + 1.6, "y": top + LINE * (place + 0.5)}
            for place, (words, head) in enumerate(lines)
        ]
    weight = alt.ExprRef(expr="datum.head ? 600 : 400")
    text = alt.Chart(pd.DataFrame(rows)).mark_text(align="left", baseline="middle", fontSize=size, fontWeight=weight)
    return text.encode(x=_across("x"), y=_down("y", boxes), text="words:N")


def _arrows(boxes: pd.DataFrame) -> list[alt.Chart]:
    """From each box down to the next, and across to what leaves."""
    main, aside = boxes[~boxes["beside"]], boxes[boxes["beside"]]
    down = pd.DataFrame({"x": MIDDLE, "y": main["y2"].iloc[:-1].to_numpy(), "tip": main["y"].iloc[1:].to_numpy()})
    left = main.set_index("stage").loc[aside["stage"], "y2"].to_numpy()
    level = (aside["y"] + aside["y2"].clip(upper=left)) / 2
    across = pd.DataFrame({"x": float(LEFT[1]), "tip": float(RIGHT[0]), "y": level})
    rule = {"color": style.SOFT, "strokeWidth": 1.5}
    head = {"color": style.SOFT, "filled": True, "size": 55, "opacity": 1}
    downs, acrosses = alt.Chart(down), alt.Chart(across)
    return [
        downs.mark_rule(**rule).encode(x=_across("x"), y=_down("y", boxes), y2="tip:Q"),
        downs.mark_point(shape="triangle-down", yOffset=-4, **head).encode(x=_across("x"), y=_down("tip", boxes)),
        acrosses.mark_rule(**rule).encode(x=_across("x"), x2="tip:Q", y=_down("y", boxes)),
        acrosses.mark_point(shape="triangle-right", xOffset=-4, **head).encode(x=_across("tip"), y=_down("y", boxes)),
    ]

"""The PRISMA 2020 flow diagram: boxes one below the other, what leaves beside them, arrows between."""

from textwrap import wrap

import altair as alt
import numpy as np
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.titles import dress, nothing
from litreview.text.wording import plural

SIDE = ("removed", "excluded")  # boxes of what leaves
LINE, PAD, GAP = 16, 10, 26  # pixels: a line of text, the blank above and below it, the way between two boxes
LETTERS = 42  # of a line in a box
LEFT, RIGHT, MIDDLE = (0, 340), (380, style.WIDTH), 170  # pixels across: the boxes, those beside them, the arrow down


def flow(table: pd.DataFrame) -> ChartType:
    """Draw where the records go between the files and the review, from `screening.prisma_counts`."""
    heads = table[table["heads"]].set_index("box")["n"]
    if table.empty or not heads["identified"]:
        return nothing()
    boxes, lines = _placed(table)
    chart = alt.layer(_frames(boxes), *_arrows(boxes), _text(lines))
    chart = chart.properties(width=style.WIDTH, height=int(boxes["y2"].max()))
    works = plural(heads["included"], "study")
    state = " included" if "screened" in heads else ", none screened"
    title = f"{plural(heads['identified'], 'record')} identified, {works}{state}"
    measure = "PRISMA 2020 flow diagram; n: number of records, or of studies where it says so"
    words = "Boxes with arrows, from the top. " + "; ".join(f"{row.text}: {row.n:,}" for row in table.itertuples())
    return dress(chart, title, measure, words, "screening.prisma_counts", heads["identified"], panel=style.WIDTH)


def _placed(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the boxes with their corners in pixels (x, x2, y, y2), and their lines of text (words, x, y, head).

    What leaves stands beside the box that it leaves (`beside`).
    """
    texts = [wrap(f"{row.text} (n\u00a0=\u00a0{row.n:,})", LETTERS) for row in table.itertuples()]
    lines = table.rename(columns={"heads": "head"}).assign(words=texts).explode("words")
    boxes = lines.groupby(["stage", "box"], sort=False).size().mul(LINE).add(2 * PAD).reset_index(name="height")
    rows = boxes.groupby("stage", sort=False)["height"].max() + GAP
    boxes["y"] = boxes["stage"].map(rows.cumsum() - rows)
    beside = boxes["box"].isin(SIDE)
    boxes = boxes.assign(y2=boxes["y"] + boxes["height"], beside=beside)
    boxes["x"], boxes["x2"] = np.where(beside, RIGHT[0], LEFT[0]), np.where(beside, RIGHT[1], LEFT[1])
    lines = lines.merge(boxes[["box", "x", "y"]], on="box")
    lines["y"] += PAD + LINE * (lines.groupby("box").cumcount() + 0.5)
    return boxes, lines.assign(x=lines["x"] + PAD)[["words", "head", "x", "y"]]


def _at(x: str = "x", y: str = "y") -> dict[str, alt.X | alt.Y]:
    """Return the channels of these columns, in pixels from the left and from the top."""
    across, down = alt.Scale(domain=[0, style.WIDTH], nice=False), alt.Scale(nice=False, zero=True, reverse=True)
    return {"x": alt.X(f"{x}:Q", axis=None, scale=across), "y": alt.Y(f"{y}:Q", axis=None, scale=down)}


def _frames(boxes: pd.DataFrame) -> alt.Chart:
    box = alt.Chart(boxes[["x", "x2", "y", "y2"]]).mark_rect(fill=style.PAPER, stroke=style.SOFT, cornerRadius=3)
    return box.encode(**_at(), x2="x2:Q", y2="y2:Q")


def _text(lines: pd.DataFrame) -> alt.Chart:
    """Write the lines of every box; the head of a box is heavier."""
    weight = alt.ExprRef("datum.head ? 600 : 400")
    text = alt.Chart(lines).mark_text(align="left", baseline="middle", fontWeight=weight)
    return text.encode(**_at(), text="words:N")


def _arrows(boxes: pd.DataFrame) -> list[alt.Chart]:
    """Draw an arrow from each box down to the next, and across to what leaves."""
    main, aside = boxes[~boxes["beside"]], boxes[boxes["beside"]]
    down = pd.DataFrame({"x": MIDDLE, "y": main["y2"][:-1].to_numpy(), "y2": main["y"][1:].to_numpy(), "head": "▼"})
    left = main.set_index("stage").loc[aside["stage"], "y2"].to_numpy()
    level = (aside["y"] + aside["y2"].clip(upper=left)) / 2
    across = pd.DataFrame({"x": LEFT[1], "x2": RIGHT[0], "y": level, "y2": level, "head": "▶"})
    arrows = alt.Chart(pd.concat([down.assign(x2=MIDDLE), across]))
    line = arrows.mark_rule(color=style.SOFT, strokeWidth=1.5).encode(**_at(), x2="x2:Q", y2="y2:Q")
    nudge = {way: alt.ExprRef(f"datum.head == '{head}' ? -5 : 0") for way, head in (("dx", "▶"), ("dy", "▼"))}
    return [line, arrows.mark_text(color=style.SOFT, **nudge).encode(**_at("x2", "y2"), text="head:N")]

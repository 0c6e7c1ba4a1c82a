"""The page that compares the runs of a sweep: findings side by side, the same chart of each on the same axes.

It is made from the executed notebooks, so it says nothing that the pages of the runs do not say.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from litreview.report import chart_html
from litreview.report.execute import Outcome, Task
from litreview.report.markdown import Contents, items, markdown_html, plain, slug
from litreview.report.page import findings_of, page_resources, render_page
from litreview.report.page_checks import problems
from litreview.report.scales import differences, with_shared_scales
from litreview.report.sweeps import Sweep
from litreview.report.tables import MISSING, scrolling, shown_values, table
from litreview.text.escaping import escape, script_json, visible

MOST = 10  # rows of a table of differences
_NUMBER = re.compile(r"<[^>]*>|&[^;]*;|(?P<number>\d[\d,.]*\d%?|\d%?)")
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


@dataclass
class Exhibit:
    """One chart cell of the notebook: the heading it stands under, and its chart in each run that has one."""

    heading: str
    charts: dict[str, dict[str, Any]] = field(default_factory=dict)


def with_comparisons(
    sweeps: list[Sweep], tasks: list[Task], results: list[Outcome]
) -> tuple[list[Task], list[Outcome]]:
    """Tasks and outcomes, and after them those of the comparisons."""
    made = [comparison(sweep, tasks, results) for sweep in sweeps]
    return tasks + [task for task, _ in made], results + [outcome for _, outcome in made]


def comparison(sweep: Sweep, tasks: list[Task], results: list[Outcome]) -> tuple[Task, Outcome]:
    """The page of a sweep, as the task and the outcome of one more report. Failed runs are named, and not compared."""
    runs = {task.run["name"]: task.run for task in tasks if task.run["name"] in sweep.runs}
    outcomes = {each.name: each for each in results if each.name in sweep.runs}
    notebooks = {
        name: nbformat.reads(each.notebook, as_version=4) for name, each in outcomes.items() if not each.problem
    }
    notebooks = {name: notebooks[name] for name in sweep.runs if name in notebooks}
    facts = _facts(sweep, next(iter(runs.values()))) | {"headline": _headline(sweep, notebooks)}
    page = _page(sweep, facts, runs, outcomes, notebooks)
    problem = "; ".join(problems(page))
    return Task("", {}, facts), Outcome(sweep.name, page, problem=problem)


def _facts(sweep: Sweep, run: dict[str, Any]) -> dict[str, Any]:
    """What the manifest and the front page say of the comparison."""
    values = {name: " | ".join(map(visible, values)) for name, values in sweep.parameters.items()}
    return {
        **{key: run[key] for key in ("notebook", "rules", "corpus")},
        "name": sweep.name,
        "title": visible(f"Compared: {sweep.title}"),
        "question": f"{len(sweep.runs)} runs: what changes with {' and '.join(sweep.parameters)}?",
        "parameters": {**run["parameters"], **values},
    }


def _headline(sweep: Sweep, notebooks: dict[str, NotebookNode]) -> str:
    """Where the runs are furthest apart, in the first chart in which they differ."""
    tables = (differences(exhibit.charts) for exhibit in exhibits(notebooks))
    return next((_furthest(rows, sweep) for rows in tables if _differ(rows)), "")


def _page(
    sweep: Sweep,
    facts: dict[str, Any],
    runs: dict[str, dict[str, Any]],
    outcomes: dict[str, Outcome],
    notebooks: dict[str, NotebookNode],
) -> str:
    contents = Contents()
    datasets: dict[str, Any] = {}
    listed = [
        {"name": name, "label": label, "run": runs[name], "problem": outcomes[name].problem}
        for name, label in sweep.runs.items()
    ]
    parts = {"runs": "The runs", "found": "What they found"}
    headings = {key: contents.anchored(f"<h2>{text}</h2>") for key, text in parts.items()}
    sections = _sections(exhibits(notebooks), sweep, contents, datasets)
    page = page_resources(charts=bool(sections)) | {
        "run": facts,
        "title": facts["title"],
        "question": facts["question"],
        "headings": contents.headings,
        "datasets": {name: script_json(rows) for name, rows in datasets.items()},
    }
    findings = _findings(sweep, notebooks)
    return render_page(
        "comparison.html.j2", page=page, heads=headings, runs=listed, findings=findings, sections=sections
    )


def _findings(sweep: Sweep, notebooks: dict[str, NotebookNode]) -> str:
    """The findings of the runs in rows, the numbers that not all of them share marked."""
    found = {name: items(findings_of(nb)) for name, nb in notebooks.items()}
    longest = max(map(len, found.values()), default=0)
    rows = [marked([each[place] if place < len(each) else "" for each in found.values()]) for place in range(longest)]
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(sweep.runs[name])}</th>' for name in found)
    body = "".join(f"<tr>{''.join(f'<td>{cell or MISSING}</td>' for cell in row)}</tr>" for row in rows)
    caption = "Each run's findings; marked: numbers that not every run has in the same row"
    whole = f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolling(whole, caption)


def marked(texts: list[str]) -> list[str]:
    """HTML texts with a mark on each number that not all of them have."""
    numbers = [{found["number"] for found in _NUMBER.finditer(text)} for text in texts]
    shared = set.intersection(*numbers) | {None}
    return [
        _NUMBER.sub(lambda found: found[0] if found["number"] in shared else f"<mark>{found[0]}</mark>", text)
        for text in texts
    ]


def exhibits(notebooks: dict[str, NotebookNode]) -> list[Exhibit]:
    """The chart cells of the runs, in the order of the notebook; a cell is known by its id."""
    found: dict[str, Exhibit] = {}
    for run, nb in notebooks.items():
        heading = ""
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                heading = next(reversed(_HEADING.findall(cell.source)), heading)
            for place, output in enumerate(cell.get("outputs", [])):
                if spec := chart_html.chart_in(output.get("data", {})):
                    exhibit = found.setdefault(f"{cell.id} {place}", Exhibit(plain(markdown_html(heading))))
                    exhibit.charts[run] = spec
    return list(found.values())


def _sections(found: list[Exhibit], sweep: Sweep, contents: Contents, datasets: dict[str, Any]) -> list[dict[str, Any]]:
    """The charts that several runs have, under the headings of the notebook."""
    sections: list[dict[str, Any]] = []
    for exhibit in found:
        if len(exhibit.charts) > 1:
            follows = bool(sections) and sections[-1]["title"] == exhibit.heading
            heading = "" if follows else contents.anchored(f"<h2>{escape(exhibit.heading or 'Charts')}</h2>")
            drawn = sum(len(section["charts"]) for section in sections)
            sections.append(
                {
                    "title": exhibit.heading,
                    "heading": heading,
                    "anchor": slug(exhibit.heading),
                    "charts": _charts(exhibit, sweep, drawn, datasets),
                    "differences": _difference_table(differences(exhibit.charts), sweep),
                }
            )
    return sections


def _charts(exhibit: Exhibit, sweep: Sweep, drawn: int, datasets: dict[str, Any]) -> list[dict[str, Any]]:
    """One chart of all runs, on the same axes."""
    specs = with_shared_scales(list(exhibit.charts.values()))
    return [
        {"run": run, "label": sweep.runs[run], "figure": chart_html.figure(spec, drawn + place, datasets)}
        for place, (run, spec) in enumerate(zip(exhibit.charts, specs, strict=True), start=1)
    ]


def _difference_table(rows: pd.DataFrame | None, sweep: Sweep) -> str:
    """Where the runs are furthest apart, as a table whose caption says it in words."""
    if rows is None:
        return ""
    if not _differ(rows):
        return "<p>Where these charts meet, they show the same numbers.</p>"
    runs = _runs(rows)
    shown = rows.head(MOST)
    columns = {"name": "Of what"} | {run: sweep.runs[run] for run in runs} | {"apart": "Apart"}
    formats = dict.fromkeys([*runs, "apart"], _form(rows))
    note = f"The {MOST} largest differences of {len(rows)} rows. " if len(rows) > MOST else ""
    return table(
        shown, _furthest(rows, sweep), columns=columns, formats=formats, searchable=False,
        note=f"{note}{MISSING}: the chart of that run does not show it.",
    ).source  # fmt: skip


def _differ(rows: pd.DataFrame | None) -> bool:
    return rows is not None and bool(rows["apart"].max())


def _runs(rows: pd.DataFrame) -> list[str]:
    return [name for name in rows.columns if name not in ("name", "apart")]


def _form(rows: pd.DataFrame) -> str:
    return rows.attrs["form"].replace(",d", ",.0f")


def _furthest(rows: pd.DataFrame, sweep: Sweep) -> str:
    """The first row of a table of differences, the largest, in words."""
    values = rows[_runs(rows)].iloc[0].dropna()
    said = {run: shown_values(pd.Series([value]), _form(rows))[0] for run, value in values.items()}
    low, high = values.idxmin(), values.idxmax()
    return f"Furthest apart: {rows['name'].iloc[0]}, {said[low]} with {sweep.runs[low]} and {said[high]} with {sweep.runs[high]}"

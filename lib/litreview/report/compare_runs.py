"""One report with several values of a parameter: a page for each value, and a page with the findings side by side.

`-p since=2020 -p since=2023` is two runs; a second parameter with three values makes six, one for each combination.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import nbformat

from litreview.report.catalog import THEME_NOTEBOOK, Report, theme_report
from litreview.report.execute import Outcome, Task
from litreview.report.page import findings_of, markdown_html, page_resources, render_page
from litreview.report.page_checks import problems
from litreview.text.escaping import visible

_LONGEST = 40  # characters of a value in the name of a file
Run = tuple[Report, dict[str, str]]  # a report and the parameters given for it


@dataclass(frozen=True)
class Sweep:
    """The runs of one report that belong together: the page that compares them, and the label of each by its name."""

    report: Report
    varied: dict[str, list[str]]
    labels: dict[str, str]


def planned(
    reports: Sequence[Report], given: dict[str, list[str]], catalog: dict[str, Report]
) -> tuple[list[Run], list[Sweep]]:
    """The runs of these reports with every combination of the given values, and the sweeps among them.

    Raises: UnknownTheme.
    """
    runs: list[Run] = []
    sweeps = []
    varied = {name: values for name, values in given.items() if len(values) > 1}
    combinations = [dict(zip(given, values, strict=True)) for values in product(*given.values())]
    for report in reports:
        own = [(_report_of(report, values, varied, catalog), values) for values in combinations]
        runs += own
        if varied:
            page = replace(report, name=own[0][0].comparison)
            labels = {run.name: _label({key: values[key] for key in varied}) for run, values in own}
            sweeps.append(Sweep(page, varied, labels))
    return runs, sweeps


def _report_of(
    report: Report, values: dict[str, str], varied: dict[str, list[str]], catalog: dict[str, Report]
) -> Report:
    """The report of one combination, under a name of its own where several are made."""
    on_any_theme = report.notebook.name == THEME_NOTEBOOK and "theme" not in report.parameters
    base = theme_report(values["theme"], catalog, report.notebook) if on_any_theme and "theme" in values else report
    if not varied:
        return base
    name = "--".join([report.name, *(f"{key}-{_part(values[key])}" for key in varied)])
    others = _label({key: values[key] for key in varied if key != "theme"})
    title = f"{base.title}, {others}" if others else base.title
    return replace(report, name=name, title=title, question=base.question, comparison="--".join([report.name, *varied]))


def _label(values: dict[str, str]) -> str:
    return ", ".join(f"{key} = {visible(value)[:_LONGEST] or 'empty'}" for key, value in values.items())


def _part(value: str) -> str:
    """A value as a part of a file name. What was changed for that is told apart by its checksum."""
    fit = re.sub(r"[^A-Za-z0-9_]+", "-", value)[:_LONGEST]
    return fit if fit == value and fit else f"{fit}-{hashlib.sha256(value.encode()).hexdigest()[:6]}"


def with_comparisons(
    sweeps: list[Sweep], tasks: list[Task], results: list[Outcome]
) -> tuple[list[Task], list[Outcome]]:
    """Tasks and outcomes, and after them those of the comparisons."""
    made = [_comparison(sweep, tasks, results) for sweep in sweeps]
    return tasks + [task for task, _ in made], results + [outcome for _, outcome in made]


def _comparison(sweep: Sweep, tasks: list[Task], results: list[Outcome]) -> tuple[Task, Outcome]:
    """The page of a sweep, as the task and the outcome of one more report. Failed runs are named."""
    facts = {task.run["name"]: task.run for task in tasks}
    outcomes = {each.name: each for each in results}
    runs = [{"label": label, "run": facts[name], "outcome": outcomes[name]} for name, label in sweep.labels.items()]
    for each in runs:
        executed = each["outcome"].notebook
        each["findings"] = markdown_html(findings_of(nbformat.reads(executed, as_version=4))) if executed else ""
    first = runs[0]["run"]
    varied = {name: " | ".join(map(visible, values)) for name, values in sweep.varied.items()}
    page_facts = first | {
        "name": sweep.report.name,
        "title": visible(f"Compared: {sweep.report.title}"),
        "question": f"{len(runs)} runs: what changes with {' and '.join(varied)}?",
        "parameters": first["parameters"] | varied,
        "comparison": "",
    }
    page = page_resources() | {"run": page_facts, "title": page_facts["title"], "question": page_facts["question"]}
    source = render_page("comparison.html.j2", page=page, runs=runs)
    return Task("", {}, page_facts), Outcome(sweep.report.name, source, problem="; ".join(problems(source)))

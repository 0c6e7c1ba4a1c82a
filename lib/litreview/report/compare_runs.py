"""One report with several values of a parameter: a page for each value, and a page with the findings side by side.

`-p since=2020 -p since=2023` is two runs; a second parameter with three values makes six, one for each combination.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import nbformat

from litreview.report.catalog import THEME_NOTEBOOK, Report, theme_report
from litreview.report.execute import Outcome, Task
from litreview.report.page import findings_of, markdown_html, page_resources, render_page
from litreview.report.page_checks import problems
from litreview.text.escaping import visible
from litreview.text.wording import join_words

_LONGEST = 40  # characters of a value in the name of a file
Run = tuple[Report, dict[str, str]]  # a report and the parameters given for it


def planned(reports: Sequence[Report], given: dict[str, list[str]], catalog: dict[str, Report]) -> list[Run]:
    """The runs of these reports with every combination of the given values.

    Raises: UnknownTheme.
    """
    varied = [name for name, values in given.items() if len(values) > 1]
    combinations = [dict(zip(given, values, strict=True)) for values in product(*given.values())]
    return [(_report_of(report, values, varied, catalog), values) for report in reports for values in combinations]


def _report_of(report: Report, values: dict[str, str], varied: list[str], catalog: dict[str, Report]) -> Report:
    """The report of one combination, under a name of its own where several are made."""
    on_any_theme = report.notebook.name == THEME_NOTEBOOK and "theme" not in report.parameters
    base = theme_report(values["theme"], catalog, report.notebook) if on_any_theme and "theme" in values else report
    if not varied:
        return base
    name = "--".join([report.name, *(f"{key}-{_part(values[key])}" for key in varied)])
    labels = [f"{key} = {visible(values[key])[:_LONGEST] or 'empty'}" for key in varied if key != "theme"]
    title = ", ".join([base.title, *labels])
    return replace(report, name=name, title=title, question=base.question, comparison="--".join([report.name, *varied]))


def _part(value: str) -> str:
    """A value as a part of a file name. What was changed for that is told apart by its checksum."""
    fit = re.sub(r"[^A-Za-z0-9_]+", "-", value)[:_LONGEST]
    return fit if fit == value and fit else f"{fit}-{hashlib.sha256(value.encode()).hexdigest()[:6]}"


def with_comparisons(tasks: list[Task], results: list[Outcome]) -> tuple[list[Task], list[Outcome]]:
    """Tasks and outcomes, and after them those of the pages that compare runs."""
    runs = [task.run for task in tasks if task.run["comparison"]]
    names = dict.fromkeys(run["comparison"] for run in runs)
    made = [_comparison(name, [run for run in runs if run["comparison"] == name], results) for name in names]
    return tasks + [task for task, _ in made], results + [outcome for _, outcome in made]


def _comparison(name: str, runs: list[dict[str, Any]], results: list[Outcome]) -> tuple[Task, Outcome]:
    """The page of several runs, as the task and the outcome of one more report. Failed runs are named."""
    outcomes = {each.name: each for each in results}
    pairs = [(run, outcomes[run["name"]]) for run in runs]
    shown = [{"run": run, "outcome": outcome, "findings": _findings(outcome)} for run, outcome in pairs]
    given = {key: dict.fromkeys(run["parameters"].get(key, "") for run in runs) for key in runs[0]["parameters"]}
    facts = runs[0] | {
        "name": name,
        "title": visible(f"Compared: {join_words(run['title'] for run in runs)}"),
        "question": f"What do {len(runs)} runs of {runs[0]['notebook']} find?",
        "parameters": {key: " | ".join(values) for key, values in given.items()},
        "comparison": "",
    }
    page = page_resources() | {"run": facts, "title": facts["title"], "question": facts["question"]}
    source = render_page("comparison.html.j2", page=page, runs=shown)
    return Task("", {}, facts), Outcome(name, source, problem="; ".join(problems(source)))


def _findings(outcome: Outcome) -> str:
    return markdown_html(findings_of(nbformat.reads(outcome.notebook, as_version=4))) if outcome.notebook else ""

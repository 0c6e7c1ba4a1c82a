"""Sweeps: one report with several values of a parameter. Each value has a page of its own, and one page compares them.

`-p since=2020 -p since=2023` is two runs; a second parameter with three values makes six, one for each combination.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from litreview.report.catalog import THEME_NOTEBOOK, Report, theme_report
from litreview.text.escaping import visible

_UNFIT = re.compile(r"[^A-Za-z0-9_]+")
_LONGEST = 40  # characters of a value in the name of a file


@dataclass(frozen=True)
class Sweep:
    """The runs of one report that belong together."""

    name: str
    title: str
    parameters: dict[str, list[str]]  # those with several values
    runs: dict[str, str]  # name of a run → how the page calls it


def combined(given: dict[str, list[str]]) -> list[dict[str, str]]:
    """Every combination of the values, the last parameter changing fastest; one, without parameters."""
    return [dict(zip(given, values, strict=True)) for values in product(*given.values())]


def swept(given: dict[str, list[str]]) -> dict[str, list[str]]:
    """The parameters that have several values."""
    return {name: values for name, values in given.items() if len(values) > 1}


def planned(
    reports: Sequence[Report], given: dict[str, list[str]], catalog: dict[str, Report]
) -> tuple[list[tuple[Report, dict[str, str]]], list[Sweep]]:
    """The runs of these reports with their parameters, and the sweeps among them.

    Raises: UnknownTheme.
    """
    if not swept(given):
        return [(_of_theme(report, values, catalog), values) for report in reports for values in combined(given)], []
    runs = [
        (report, [(_run(report, values, given, catalog), values) for values in combined(given)]) for report in reports
    ]
    return [run for _, own in runs for run in own], [_sweep(report, own, given) for report, own in runs]


def _of_theme(report: Report, values: dict[str, str], catalog: dict[str, Report]) -> Report:
    """The report on the theme that is asked for, where the report is the one on any theme."""
    asked = "theme" in values and report.notebook.name == THEME_NOTEBOOK and "theme" not in report.parameters
    return theme_report(values["theme"], catalog, report.notebook) if asked else report


def _run(report: Report, values: dict[str, str], given: dict[str, list[str]], catalog: dict[str, Report]) -> Report:
    """The report of one combination, under a name of its own."""
    name = f"{report.name}--{'--'.join(f'{key}-{_part(values[key])}' for key in swept(given))}"
    base = _of_theme(report, values, catalog)
    others = {key: value for key, value in values.items() if key in swept(given) and key != "theme"}
    title = f"{base.title}, {_label(others)}" if others else base.title
    return replace(report, name=name, title=title, question=base.question, comparison=_name(report, given))


def _sweep(report: Report, runs: list[tuple[Report, dict[str, str]]], given: dict[str, list[str]]) -> Sweep:
    several = swept(given)
    labels = {run.name: _label({key: values[key] for key in several}) for run, values in runs}
    return Sweep(_name(report, given), report.title, several, labels)


def _name(report: Report, given: dict[str, list[str]]) -> str:
    return f"{report.name}--{'--'.join(swept(given))}"


def _label(values: dict[str, str]) -> str:
    return ", ".join(f"{key} = {visible(value)[:_LONGEST] or 'empty'}" for key, value in values.items())


def _part(value: str) -> str:
    """A value as a part of a file name. What was changed for that is told apart by its checksum."""
    fit = _UNFIT.sub("-", value)[:_LONGEST]
    return fit if fit == value and fit else f"{fit}-{hashlib.sha256(value.encode()).hexdigest()[:6]}"

"""Parameters of a report, checked against its notebook before a kernel starts.

papermill takes any name and any type and says nothing. So each value is compared with the notebook's own cell tagged
`parameters`: known name, right type, and for the names that every notebook shares (`theme`, `since`, `until`) a value
that can mean something. Values reach the notebook as values, never as code.
"""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from litreview.errors import ParameterError, ReportError
from litreview.report.catalog import Report, cells_of
from litreview.themes.definitions import load_themes

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Parameter(NamedTuple):
    """One line of a notebook's parameters cell."""

    name: str
    kind: str
    about: str


_SPOKEN = {"int": "a whole number", "float": "a number", "bool": "true or false", "str": "text"}


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise ValueError
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
        raise ValueError
    return float(text)


def _yes_or_no(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


_PARSERS: dict[str, Callable[[str], Any]] = {"int": _whole, "float": _number, "bool": _yes_or_no, "str": str}


def known_parameters(notebook: Path) -> dict[str, Parameter]:
    """What a notebook's parameters cell assigns, by name.

    Read from its syntax: papermill's own inspection loses a line whose comment holds an equals sign.
    Raises: ReportError when the file is no notebook, ParameterError when it has no such cell.
    """
    source = next((cell.source for cell in cells_of(notebook) if "parameters" in cell.metadata.get("tags", [])), None)
    if source is None:
        raise ParameterError.no_parameters_cell(notebook)
    try:
        assigned = ast.parse(source).body
    except SyntaxError:
        raise ReportError.no_notebook(notebook, "its parameters are no Python") from None
    comments = _comments(source)
    found = [_parameter(each, comments) for each in assigned if isinstance(each, ast.AnnAssign)]
    return {each.name: each for each in found}


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _parameter(line: ast.AnnAssign, comments: dict[int, str]) -> Parameter:
    return Parameter(ast.unparse(line.target), ast.unparse(line.annotation), comments.get(line.lineno, ""))


def given_values(texts: Iterable[str]) -> dict[str, list[str]]:
    """The `key=value` texts of a command line by key; a key with several values asks for a run with each.

    Raises: ParameterError when one has no equals sign, or one occurs twice.
    """
    given: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ParameterError.malformed(text)
        values = given.setdefault(name.strip(), [])
        if value in values:
            raise ParameterError.given_twice(name.strip(), value)
        values.append(value)
    return given


def checked_parameters(report: Report, given: dict[str, str]) -> dict[str, Any]:
    """The parameters of one run, in their types: the catalogue's, and over them what was given as text.

    Raises: ParameterError.
    """
    known = known_parameters(report.notebook)
    for name in (*report.parameters, *given):
        if name not in known:
            raise ParameterError.unknown(name, report.name, known)
    values = {name: _of_type(value, known[name], report) for name, value in report.parameters.items()}
    for name, text in given.items():
        value = _parsed(text, known[name], report)
        if name == "theme" and values.get(name, value) != value:
            raise ParameterError.settled(name, values[name], report.name, f"litreview theme {text}")
        values[name] = value
    _check_theme(values, report)
    _check_years(values)
    return values


def _parsed(text: str, parameter: Parameter, report: Report) -> Any:
    try:
        return _PARSERS[parameter.kind](text)
    except (ValueError, KeyError):
        raise _wrong_type(text, parameter, report) from None


def _of_type(value: Any, parameter: Parameter, report: Report) -> Any:
    """A value of the catalogue; YAML has typed it already."""
    if type(value).__name__ == parameter.kind:
        return value
    raise _wrong_type(value, parameter, report)


def _wrong_type(value: object, parameter: Parameter, report: Report) -> ParameterError:
    return ParameterError.wrong_type(parameter.name, value, _SPOKEN[parameter.kind], report.name, parameter.about)


def _check_theme(values: dict[str, Any], report: Report) -> None:
    if "theme" in values and values["theme"] not in (themes := load_themes()):
        raise ParameterError.unknown_theme(values["theme"], report.name, themes)


def _check_years(values: dict[str, Any]) -> None:
    since, until = values.get("since", 0), values.get("until", 0)
    for name, year in (("since", since), ("until", until)):
        if year and not FIRST_YEAR <= year <= LAST_YEAR:
            raise ParameterError.no_year(name, year)
    if since and until and since > until:
        raise ParameterError.backwards(since, until)


def check_period(values: dict[str, Any], published: pd.Series) -> None:
    """Compare `since` and `until` with the dates of a corpus (`papers.published`).

    Raises: ParameterError when the whole period lies before the first or after the last paper.
    """
    since, until = values.get("since", 0), values.get("until", 0)
    years = published.dropna().dt.year
    if len(years) and ((since and since > years.max()) or (until and until < years.min())):
        raise ParameterError.outside_corpus(since, until, years.min(), years.max())

"""The catalogue of reports: which notebook, with which parameters, under which name and title.

`notebooks/catalog.yml` is a list with one row a report. A row has `name` (of the file that comes out), `notebook`,
`title`, `question`, and `parameters` where the notebook's own values are not the ones to use.

A notebook's parameters are what its cell tagged `parameters` assigns: typed scalars, each with its meaning as a
comment (`since: int = 0  # first year, 0 = no limit`). parameters.py checks every value against that cell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import yaml

from litreview.errors import CatalogError, ReportError, UnknownTheme, listed, nearest
from litreview.paths import NOTEBOOKS
from litreview.text.checked_yaml import syntax_problem
from litreview.themes.definitions import load_themes

CATALOG_FILE = NOTEBOOKS / "catalog.yml"
THEME_NOTEBOOK = "30-theme.ipynb"
_REQUIRED = ("name", "notebook", "title", "question")
_KEYS = (*_REQUIRED, "parameters")
# A name becomes a file name and an address, so it holds nothing that means something to either.
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = ("index", "manifest")


@dataclass(frozen=True)
class Report:
    """One row of the catalogue; `comparison` is the page that compares it with other runs, where there is one."""

    name: str
    notebook: Path
    title: str
    question: str
    parameters: dict[str, Any] = field(default_factory=dict)
    comparison: str = ""


def load_catalog(path: Path = CATALOG_FILE) -> dict[str, Report]:
    """The reports by name, in the order of the file.

    Raises: CatalogError, which lists every problem of the file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError.unreadable(path, error) from None
    try:
        rows = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        line, problem = syntax_problem(error, text)
        raise CatalogError.broken(path, [f"line {line}: {problem}"]) from None
    if not isinstance(rows, list) or not rows:
        raise CatalogError.broken(path, ["it is not a list of reports"])
    problems = [f"row {place}: {each}" for place, row in enumerate(rows, 1) for each in _row_problems(row)]
    if not problems:
        problems = [f"the name '{name}' occurs twice" for name in _repeated(row["name"] for row in rows)]
    if problems:
        raise CatalogError.broken(path, problems)
    return {row["name"]: Report(**row | {"notebook": path.parent / row["notebook"]}) for row in rows}


def _row_problems(row: Any) -> list[str]:
    if not isinstance(row, dict):
        return ["it is not a mapping of name, notebook, title and question"]
    unknown = [f"'{key}' is no key.{nearest(str(key), _KEYS)} Keys: {listed(_KEYS)}" for key in row if key not in _KEYS]
    texts = [key for key, value in row.items() if isinstance(value, str) and value.strip()]
    bad = [f"'{key}' is missing or is no text" for key in _REQUIRED if key not in texts]
    if not isinstance(row.get("parameters", {}), dict):
        bad.append("'parameters' is not a mapping")
    return unknown + (bad or _value_problems(row))


def _value_problems(row: dict[str, Any]) -> list[str]:
    found = []
    if not _NAME.fullmatch(row["name"]) or row["name"] in _TAKEN:
        found.append(f"the name '{row['name']}' is not made of small letters, digits and hyphens, or is taken")
    if Path(row["notebook"]).name != row["notebook"] or not row["notebook"].endswith(".ipynb"):
        found.append(f"'{row['notebook']}' is not the name of a notebook (.ipynb) beside the catalogue")
    return found


def _repeated(names: Iterable[str]) -> list[str]:
    names = list(names)
    return sorted({name for name in names if names.count(name) > 1})


def chosen_reports(names: list[str], catalog: dict[str, Report]) -> list[Report]:
    """The reports of these names, all of the catalogue without names, each once and in the catalogue's order.

    A name may also be that of a notebook, with or without its number (`30-theme` or `theme`): its report with the
    notebook's own values.
    Raises: CatalogError.
    """
    notebooks = {name: report.notebook for report in catalog.values() for name in _names_of(report.notebook)}
    for name in names:
        if name not in catalog and name not in notebooks:
            raise CatalogError.unknown_report(name, catalog)
    listed_rows = [report for name, report in catalog.items() if not names or name in names]
    others = dict.fromkeys(notebooks[name] for name in names if name not in catalog)
    return listed_rows + [_own_report(notebook) for notebook in others]


def _names_of(notebook: Path) -> tuple[str, str]:
    return notebook.stem, notebook.stem.lstrip("0123456789").lstrip("-")


def _own_report(notebook: Path) -> Report:
    """The report of a notebook as it stands: its first cell has the title and, in a paragraph, the question."""
    opening = next((cell.source for cell in cells_of(notebook)), "")
    title, _, rest = opening.partition("\n")
    return Report(notebook.stem, notebook, title.lstrip("# "), rest.strip().split("\n\n")[0])


def cells_of(notebook: Path) -> list[nbformat.NotebookNode]:
    """The cells of a notebook.

    Raises: ReportError when the file is none.
    """
    try:
        return nbformat.read(notebook, as_version=4).cells
    except (OSError, UnicodeDecodeError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise ReportError.no_notebook(notebook, getattr(error, "strerror", None) or "it is damaged") from None


def theme_report(name: str, catalog: dict[str, Report], notebook: Path = NOTEBOOKS / THEME_NOTEBOOK) -> Report:
    """The report on any theme of themes.yml: the catalogue's row where it has one, else a row made from the theme.

    Raises: UnknownTheme, ThemeFileError.
    """
    themes = load_themes()
    if name not in themes:
        raise UnknownTheme.theme(name, themes)
    listed_row = [each for each in catalog.values() if each.parameters.get("theme") == name]
    title, file = themes[name].title, f"theme-{name.replace('_', '-')}"
    made = Report(file, notebook, title, f"What do the papers on {title} ask and claim?", {"theme": name})
    return listed_row[0] if listed_row else made

"""The catalogue of reports, and the parameters of their notebooks, checked before a kernel starts.

`notebooks/catalog.yml` has one row a report: `name` (of the page), `notebook`, `title`, `question`, and `parameters`
where the notebook's own values are not the ones to use. A review has the reports of its own catalogue, those of the
library's catalogue that are `shared`, and a page for each theme that no report is about (`theme`). A notebook is looked
for among those of the review first, then among those of the library.

The parameters of a notebook are what its cell tagged `parameters` assigns: typed scalars with a comment each
(`since: int = 0  # first year, 0 = no limit`). papermill accepts any name and any type, so names and types are checked
here. Values reach the notebook as values, never as code.
"""

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import nbformat
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from litreview.corpus import Corpus
from litreview.errors import CatalogError, ParameterError, ReportError, listed, nearest, shown
from litreview.paths import NOTEBOOKS, ReviewFolder, present_review
from litreview.text.checked_yaml import checked_yaml
from litreview.text.wording import within
from litreview.themes import Theme, assign_themes, get_theme, load_themes, themes_of

CATALOG, THEME_NOTEBOOK = "catalog.yml", "30-theme.ipynb"
_TYPES = {"int": int, "float": float, "bool": bool, "str": str}


class Report(BaseModel):
    """One report to make, as a row of catalog.yml says it. A name becomes a file name and an address.

    `theme`: the theme that the report is about. `shared`: whether other reviews have it.
    """

    model_config = ConfigDict(strict=True, regex_engine="python-re")
    name: str = Field(pattern=r"^(?!(?:index|manifest)$)[a-z0-9][a-z0-9-]*$")
    notebook: Path = Field(strict=False)
    title: str = Field(pattern=r"\S")
    question: str
    parameters: dict[str, Any] = {}
    theme: str = ""
    shared: bool = False


def load_catalog(review: ReviewFolder | None = None) -> dict[str, Report]:
    """Return the reports of a review by name: those that the library shares, then its own, in the order of each file.

    Of two rows of one name the last counts.
    Without `review`, of the present one. Raises: CatalogError, which lists every problem of a file.
    """
    home = review or present_review()
    own, others = (checked_yaml(at / CATALOG, list[Report], CatalogError) for at in (home.notebooks, NOTEBOOKS))
    shared = [] if home.notebooks == NOTEBOOKS else [row for row in others if row.shared]
    for row in [*shared, *own]:
        row.notebook, row.theme = notebook_at(row.notebook, home), row.theme or row.parameters.get("theme", "")
    return {row.name: row for row in [*shared, *own]}


def notebook_at(name: str | Path, review: ReviewFolder) -> Path:
    """Return where a notebook lies: in the review, else in the library."""
    own = review.notebooks / name
    return own if own.is_file() else NOTEBOOKS / name


def _problem(error: Any, model: type[BaseModel]) -> str:
    """What pydantic found, with the name of the parameter and the value."""
    if error["type"] == "extra_forbidden":
        return f"there is no {_unknown('parameter', error['loc'][-1], model.model_fields)}"
    return f"parameter '{error['loc'][-1]}': {error['msg']}; found {str(error['input'])[:60]!r}."


def _unknown(kind: str, name: str, allowed: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest one, and all that are allowed."""
    return f"{kind} '{name}'.{nearest(name, allowed)} {kind.capitalize()}s: {listed(allowed)}."


def chosen_reports(names: list[str], catalog: dict[str, Report]) -> list[Report]:
    """Return the reports of these names, or of notebooks of these names (`21-offline-rl`), in the catalogue's order.

    Without names, all of them. The path of a notebook is a report as well: its row's, or its own. Raises: CatalogError.
    """
    paths = {name: Path(name) for name in names if name.endswith(".ipynb") and Path(name).is_file()}
    rows = {name: [row for row in catalog.values() if row.notebook.samefile(path)] for name, path in paths.items()}
    asked = {rows[name][0].name if len(rows.get(name, ())) == 1 else name for name in names}
    known = [*catalog, *(report.notebook.stem for report in catalog.values()), *paths]
    if unknown := next((name for name in names if name not in known), ""):
        raise CatalogError(f"There is no {_unknown('report', unknown, catalog)} A theme needs papers for a report.")
    chosen = [each for each in catalog.values() if not names or each.name in asked or each.notebook.stem in asked]
    return chosen + [_own_report(path) for name, path in paths.items() if name in asked]


def _own_report(notebook: Path) -> Report:
    """The report of a notebook without a row: its page has the name of the file, in the letters of an address."""
    name = "-".join(re.findall(r"[a-z0-9]+", notebook.stem.lower())) or "notebook"
    name = f"{name}-report" if name in ("index", "manifest") else name
    lines = (line for cell in _cells(notebook) if cell.cell_type == "markdown" for line in cell.source.splitlines())
    heading = next((line.strip("# ") for line in lines if line.startswith("# ")), notebook.stem)
    return Report(name=name, notebook=notebook, title=heading, question="")


def _theme_page(name: str, theme: Theme) -> Report:
    """The report of a theme that has none in the catalogue."""
    question = f"What do the papers on {within(name, {name: theme.title})} ask, find and leave open?"
    page, notebook = f"theme-{name.replace('_', '-')}", notebook_at(THEME_NOTEBOOK, present_review())
    facts: dict[str, Any] = {"title": theme.title, "question": question, "parameters": {"theme": name}}
    return Report(name=page, notebook=notebook, theme=name, **facts)


def with_theme_pages(catalog: dict[str, Report], corpus: Corpus) -> dict[str, Report]:
    """Return the reports that a corpus has papers for: those of the catalogue, and a page for each other theme.

    A theme needs one paper; a draft, and one that was written for the papers of another folder, three and 1% of all.
    """
    papers, about = assign_themes(corpus)["theme"].value_counts(), {report.theme for report in catalog.values()}
    rules, few = themes_of(corpus), max(3, len(corpus) / 100)
    elsewhere = not {path.name for path in corpus.home.raw_files}.issuperset(corpus.ledger["source_file"])
    least = {name: few if elsewhere or theme.status == "draft" else 1 for name, theme in rules.items()}
    enough = {name for name in least if papers.get(name, 0) >= least[name]}
    pages = [_theme_page(name, theme) for name, theme in rules.items() if name in enough - about]
    offered = {name: report for name, report in catalog.items() if report.theme in {"", *enough}}
    return offered | {page.name: page for page in pages}


def _cells(notebook: Path) -> list[nbformat.NotebookNode]:
    try:
        return nbformat.read(notebook, as_version=4).cells
    except (OSError, UnicodeDecodeError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise ReportError(f"{shown(notebook)}: the notebook cannot be read: {reason}. See {CATALOG}.") from None


def parameters_of(notebook: Path) -> type[BaseModel]:
    """Return what a notebook's parameters cell assigns, as a model with a field for each.

    Read from its syntax: papermill's own inspection loses a line whose comment holds an equals sign.
    Raises: ReportError when the file is no notebook, ParameterError when it has no such cell.
    """
    source = next((cell.source for cell in _cells(notebook) if "parameters" in cell.metadata.get("tags", [])), None)
    if source is None:
        raise ParameterError(f"{shown(notebook)} has no cell tagged 'parameters', so no value can be set. Tag one.")
    try:
        lines = [line for line in ast.parse(source).body if isinstance(line, ast.AnnAssign)]
    except SyntaxError:
        raise ParameterError(f"{shown(notebook)}: its parameters are no Python. Correct that cell.") from None
    types = {ast.unparse(line.target): _TYPES.get(ast.unparse(line.annotation), str) for line in lines}
    fields: dict[str, Any] = {name: (kind, None) for name, kind in types.items()}
    return create_model("Parameters", __config__=ConfigDict(extra="forbid", allow_inf_nan=False), **fields)


def given_values(texts: Sequence[str]) -> dict[str, str]:
    """Return the `key=value` texts of a command line by key, the last of each.

    Raises: ParameterError when one has no key or no equals sign.
    """
    if bare := next((text for text in texts if not text.partition("=")[0].strip() or "=" not in text), ""):
        raise ParameterError(f"Parameter '{bare}' has no value. Write key=value, as in -p since=2022.")
    return {name.strip(): value for name, _, value in (text.partition("=") for text in texts)}


def checked_parameters(report: Report, given: dict[str, str]) -> dict[str, Any]:
    """Return the parameters of one run, in their types: the catalogue's, and over them what was given as text.

    Raises: ParameterError, ReportError, UnknownTheme.
    """
    model, fixed = parameters_of(report.notebook), report.parameters.get("theme")
    if fixed and (asked := given.get("theme", fixed)) != fixed:
        raise ParameterError(f"Report '{report.name}' always has theme={fixed}. Run `litreview theme {asked}`.")
    try:
        values = model.model_validate(report.parameters | given).model_dump(exclude_unset=True)
    except ValidationError as error:
        problems = " ".join(_problem(each, model) for each in error.errors())
        raise ParameterError(f"Report '{report.name}': {problems}") from None
    if "theme" in values:
        get_theme(load_themes(), values["theme"])
    return values

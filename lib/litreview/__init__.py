"""Literature reviews in Jupyter notebooks.

The names below are what a notebook needs. Each is fetched when it is first used (PEP 562), so that `import litreview`
reads no data and loads no heavy package.
"""

import sys
from importlib import import_module
from typing import Any

# JupyterLab asks jsonschema for all its format checkers, and one of them builds a grammar while it is imported: a
# second in every process that imports Altair, papermill or nbconvert. None is Python's own mark for "not there", and
# jsonschema does without. Nothing here checks addresses by schema.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# The functions and classes of the face, with the module of each.
FUNCTIONS = {
    "open_review": "review",
    "Review": "review",
    "Corpus": "corpus",
    "load_corpus": "corpus",
    "build_corpus": "corpus",
    "write_corpus": "corpus",
    "read": "sources",
    "load_themes": "themes",
    "assign_themes": "themes",
    "assign_facets": "themes",
    "theme_matches": "themes",
    "extract_evidence": "evidence",
    "classify_contribution": "evidence",
    "search": "analysis.similarity",
    "similar": "analysis.similarity",
    "reading_list": "analysis.reading_list",
    "export": "exports",
    "LitreviewError": "errors",
}
PACKAGES = "analysis charts corpus evaluation evidence exports judgement report sources text themes".split()

LETTERS = 200  # of a text in a DataFrame that a notebook shows

__all__ = sorted([*FUNCTIONS, *PACKAGES])


def __getattr__(name: str) -> Any:
    if name in FUNCTIONS:
        return getattr(import_module(f"litreview.{FUNCTIONS[name]}"), name)
    if name in PACKAGES:
        return import_module(f"litreview.{name}")
    near = import_module("litreview.errors").nearest(name, __all__)
    raise AttributeError(f"module 'litreview' has no attribute '{name}'.{near} It has {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return __all__


def _table_html(rows: Any) -> str:
    """A DataFrame in a notebook: escaped, a page of rows at a time, to be searched and sorted; long texts are cut.

    An index of bare numbers is left out. What is no plain table (levels of columns, two columns of one name) shows as
    pandas has it.
    """
    report, text = import_module("litreview.report.tables"), import_module("litreview.text.escaping")
    plural = import_module("litreview.text.wording").plural
    bare = rows.index.names == [None] and rows.index.inferred_type == "integer"
    whole = rows.copy() if bare else rows.reset_index(allow_duplicates=True)
    if whole.columns.nlevels > 1 or not whole.columns.is_unique:
        return rows._repr_html_()
    for name in whole.select_dtypes("str"):
        whole[name] = whole[name].map(lambda each: text.visible(each, LETTERS), na_action="ignore")
    forms = {name: ".6g" if kind.kind == "f" else ".0f" for name, kind in whole.dtypes.items() if kind.kind in "iuf"}
    size = f"{plural(len(rows), 'row')}, {plural(len(rows.columns), 'column')}"
    return report.table(whole, size, columns={name: str(name) for name in whole}, formats=forms)._repr_html_()


def show_tables() -> None:
    """Show the DataFrames of the present notebook as tables of ours; without a notebook nothing happens."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", bool)()
    if formatter := getattr(shell, "display_formatter", None):
        formatter.formatters["text/html"].for_type_by_name("pandas", "DataFrame", _table_html)


show_tables()

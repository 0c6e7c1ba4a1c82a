"""Literature reviews in Jupyter notebooks.

The names below are what a notebook needs. Each is fetched when it is first used (PEP 562), so that `import litreview`
reads no data and loads no heavy package.
"""

import re
import sys
from importlib import import_module
from typing import Any

# JupyterLab asks jsonschema for all its format checkers, and one of them builds a grammar while it is imported: a
# second in every process that imports Altair, papermill or nbconvert. None is Python's own mark for "not there", and
# jsonschema does without. Nothing here checks addresses by schema.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# The functions and classes of the face, by the module that has them.
_NAMES = {
    "review": "open_review Review",
    "corpus": "Corpus load_corpus build_corpus write_corpus",
    "sources": "read",
    "themes": "load_themes assign_themes theme_matches",
    "evidence": "extract_evidence classify_contribution",
    "analysis.search": "search",
    "analysis.similarity": "similar",
    "analysis.reading_list": "reading_list",
    "exports": "export",
    "judgement": "decide note",
    "judgement.agreement": "agreement",
    "reading_room": "browse room",
    "errors": "LitreviewError",
}
FUNCTIONS = {name: module for module, names in _NAMES.items() for name in names.split()}
PACKAGES = "analysis charts corpus evaluation evidence exports judgement report sources text themes".split()

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


def _table_html(rows: Any, way: str = "frame") -> str:
    return getattr(import_module("litreview.report.tables"), way)(rows)._repr_html_()


def _review_html(review: Any) -> str:
    """A review in a notebook: its size and its time, and its themes with their papers."""
    themes = review.themes["theme"].value_counts().rename_axis("name").reset_index(name="papers")
    said = import_module("litreview.report.findings")
    size = f"{review.home.title}: {said.plural(len(review), 'paper')}, {said.covered(review)}"
    themes.insert(1, "theme", themes["name"].map(review.titles))
    return import_module("litreview.report.tables").table(themes, size)._repr_html_()


def _themes_after(line: str) -> list[str]:
    """The themes that a line can go on with: `review.theme("off` with offline_rl."""
    begun = re.search(r"""\.theme\(\s*["'](\w*)$""", line)
    return [name for name in import_module("litreview.themes").load_themes() if begun and name.startswith(begun[1])]


def show_tables() -> None:
    """Show DataFrames and reviews of the present notebook as tables, and complete themes; elsewhere nothing happens."""
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", bool)()
    if formatter := getattr(shell, "display_formatter", None):
        shell.Completer.custom_matchers.append(lambda _: _themes_after(shell.Completer.text_until_cursor))
        html = formatter.formatters["text/html"]
        html.for_type_by_name("pandas", "DataFrame", _table_html)
        html.for_type_by_name("pandas.io.formats.style", "Styler", lambda table: _table_html(table, "styled"))
        html.for_type_by_name("litreview.review", "Review", _review_html)


show_tables()

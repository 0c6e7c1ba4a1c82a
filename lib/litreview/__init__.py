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
    "search": "analysis.search",
    "similar": "analysis.similarity",
    "reading_list": "analysis.reading_list",
    "export": "exports",
    "decide": "judgement",
    "note": "judgement",
    "room": "reading_room",
    "agreement": "judgement.agreement",
    "LitreviewError": "errors",
}
PACKAGES = "analysis charts corpus evaluation evidence exports judgement report sources text themes".split()

__all__ = sorted([*FUNCTIONS, *PACKAGES])


def __getattr__(name: str) -> Any:
    if name in FUNCTIONS:
        return getattr(import_module(f"litreview.{FUNCTIONS[name]}"), name)
    if name in PACKAGES:
        return import_module(f"litreview.{name}")
    raise AttributeError(f"module 'litreview' has no attribute '{name}'. It has {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return __all__

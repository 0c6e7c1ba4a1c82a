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

_HOME = {
    "Corpus": "corpus",
    "load_corpus": "corpus",
    "build_corpus": "corpus",
    "refresh_corpus": "corpus",
    "write_corpus": "corpus",
    "read": "sources",
    "load_themes": "themes",
    "assign_themes": "themes",
    "assign_facets": "themes",
    "theme_matches": "themes",
    "extract_evidence": "evidence",
    "classify_contribution": "evidence",
    "search": "analysis.similarity",
    "export": "exports",
    "extend_corpus": "corpus",
    "reading_list": "analysis.reading_list",
    "LitreviewError": "errors",
}
_PACKAGES = "analysis charts corpus errors evaluation evidence exports paths report schema sources text themes".split()

__all__ = sorted([*_HOME, *_PACKAGES])


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"litreview.{_HOME[name]}"), name)
    if name in _PACKAGES:
        return import_module(f"litreview.{name}")
    raise AttributeError(f"module 'litreview' has no attribute '{name}'. It has {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return __all__

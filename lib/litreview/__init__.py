"""Literature reviews in Jupyter notebooks.

The names below are what a notebook needs. Each is fetched when it is first used (PEP 562), so that `import litreview`
reads no data and loads no heavy package.
"""

from importlib import import_module
from typing import Any

import litreview.quickstart  # noqa: F401  # before anything imports jsonschema

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
    "search": "similarity",
    "export": "exports",
    "extend_corpus": "corpus",
    "reading_list": "reading",
    "LitreviewError": "errors",
}
_ROOMS = (
    "errors schema paths sources cleaning matching curation corpus sentences themes terms evidence similarity "
    "evaluation trends crosstabs schedules tables citations exhibits membership changes reading prisma charts style "
    "findings news reports"
).split()

__all__ = sorted([*_HOME, *_ROOMS])


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"litreview.{_HOME[name]}"), name)
    if name in _ROOMS:
        return import_module(f"litreview.{name}")
    raise AttributeError(f"module 'litreview' has no attribute '{name}'. It has {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return __all__

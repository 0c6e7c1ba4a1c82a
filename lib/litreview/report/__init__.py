"""Display of tables and findings; an executed notebook becomes a page; run, publish, check.

The names below are what a notebook shows. Each is fetched when it is first used (PEP 562), so that importing a part of
this package loads no other.
"""

from importlib import import_module
from typing import Any

_NAMES = {
    "tables": "table",
    "reference_list": "disagreements references quotes",
    "paper_cards": "cards legend",
    "findings": "Finding bullets claims count largest largest_overlap sampling_frame ledger_totals "
    "date_basis best_and_worst provenance compared_corpora change_counts",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'. It shows {', '.join(_HOME)}.")

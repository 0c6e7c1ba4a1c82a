"""Tables in, tables out: shares and trends, co-occurrence, key terms, similarity, changes, screening, PRISMA.

Notebooks call these functions as `lr.analysis.counts(…)`. A name is fetched when it is first used (PEP 562), so that
importing the package is light. No function shares its name with a module, for importing the module would hide it.
"""

from importlib import import_module
from typing import Any

_MODULES = {
    "changes": "earlier moved_finds paper_changes theme_counts",
    "cooccurrence": "abstract_links authorships crossed lineage together venues",
    "ledger": "cleaned_abstracts closed completeness faulty idle merges shortened",
    "key_terms": "distinctive_terms",
    "learning_rate_schedules": "lr_profiles",
    "screening": "control_sample prisma_counts rank_papers read_next recall_so_far screened stopping_hint vocabulary",
    "similarity": "map_positions neighbours similar",
    "summary_tables": "compare_counts every_answer first_findings guarantees names_with_papers near_misses overview "
    "results_grid sample theme_rules",
    "shares": "ENOUGH counts dated_rows papers_over_time placed shares_over_time strongest with_share",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted(_HOME)  # noqa: PLE0605  (made from the table of names, so that they cannot differ)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'litreview.analysis' has no attribute '{name}'. It has {', '.join(__all__)}.")
    return getattr(import_module(f"litreview.analysis.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__

"""A review: the papers of a folder, with the tables that rules derive from them, computed once and kept.

A `Review` is a `Corpus`, so every function that takes a corpus takes a review, and filters give reviews. Its derived
tables lie as Parquet files beside the corpus. The name of each file holds a checksum of all that decides the table:
the corpus, the curated rules, and the code of whole packages. A file of another name is stale, and is replaced.
"""

import shutil
from collections import ChainMap
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from litreview.corpus import Corpus, build_corpus, corpus_folder, load_corpus, read_corpus
from litreview.corpus.storage import DERIVED_FOLDER, kept_name, read_table
from litreview.engine.worker_processes import in_batches
from litreview.errors import CorpusError, shown
from litreview.evidence import classify_contribution, extract_evidence
from litreview.judgement import load_decisions, load_notes, with_decision
from litreview.text.atomic_files import write_file
from litreview.themes import assign_answers, assign_themes, edited_theme, get_theme, themes_of

# Each derived table and the function that makes it.
DERIVED: dict[str, Callable[[Corpus], pd.DataFrame]] = {"themes": assign_themes, "answers": assign_answers}
DERIVED |= {"evidence": extract_evidence, "contribution": classify_contribution}


@dataclass(frozen=True, eq=False, repr=False)
class Review(Corpus):
    """The papers of a review, or some of them, and what the rules find in them."""

    themes = property(assign_themes, doc="Paper × theme: `schema.THEMES`.")
    answers = property(assign_answers, doc="Paper × question × answer, of all themes' questions: `schema.ANSWERS`.")
    evidence = property(extract_evidence, doc="Names by role, benchmarks, figures and links: `schema.EVIDENCE`.")
    contribution = property(classify_contribution, doc="The kind of work of each paper: `schema.CONTRIBUTION`.")
    notes = property(load_notes, doc="What readers noted of each paper: `schema.NOTES`.")
    decisions = property(load_decisions, doc="What readers decided on each paper: `schema.DECISIONS`.")
    rules = property(themes_of, doc="The themes by name, as themes.yml defines them.")

    @property
    def titles(self) -> dict[str, str]:
        """The titles of all themes, by name: how a theme is shown."""
        return {name: theme.title for name, theme in self.rules.items()}

    def derive(self) -> "Review":
        """Compute and keep the tables that are not kept yet, and return this review."""
        for name in DERIVED:
            self.kept[name]
        return self

    def theme(self, name: str) -> "Review":
        """Return the papers of one theme, as a review. Raises `UnknownTheme` for a name that themes.yml lacks."""
        get_theme(self.rules, name)
        return self.where(self.themes.loc[lambda rows: rows["theme"] == name, "paper_id"])

    def with_theme(self, name: str, **changes: Any) -> "Review":
        """Return this review with a theme edited or added; the file of themes stays as it is.

        changes: what a theme has in themes.yml (title, about, threshold, rules, facets); the rest stays.
        Raises: `ThemeFileError` for a change that no theme can have.

        >>> edited = review.with_theme("offline_rl", threshold=4)
        >>> lr.themes.differing_rows(review.themes, edited.themes, ["paper_id", "theme"])  # papers that enter or leave
        """
        whole = replace(self.whole, edited={**self.edited, name: edited_theme(self.rules, name, changes)}, kept={})
        tables = {"themes": in_batches(assign_themes, whole)}  # which the answers begin with
        answers = in_batches(assign_answers, replace(whole, kept=tables))
        kept = ChainMap({"answers": answers, **tables}, self.kept)
        return replace(self, edited=whole.edited, kept=kept, chosen_from=None if self.chosen_from is None else whole)


def open_review(folder: str | Path = "", since: int = 0, until: int = 0, decided: str = "") -> Review:
    """Open the review in a folder, or the one that the working folder lies in.

    folder: a review (it has `data/curated/`), or a folder made by `litreview corpus --to`. since, until: years of first
    submission, inclusive; 0 for no limit. Papers without a date leave with a limit, and are counted. decided: the
    decision that stands (include, exclude, maybe), "open" for none, "" for all papers.

    Raises: `CorpusError` for a folder without a corpus, a damaged one, an impossible period, or an unknown decision.

    >>> review = open_review(since=2022)
    >>> offline = review.theme("offline_rl")
    >>> offline.evidence  # of these papers only
    """
    corpus = load_corpus(folder)
    return with_decision(_review(corpus, KeptTables(corpus)).between(since, until), decided)


def last_build(folder: str | Path = "") -> Review:
    """Open a review as it was when it was last built, with the tables that were derived then; nothing is made anew.

    Raises: `CorpusError` where no corpus or not every derived table is kept.
    """
    return _review(read_corpus(corpus_folder(folder)), {name: last_kept(name, folder) for name in DERIVED})


def rebuilt(review: Corpus) -> Review:
    """Read the files of a review by the present code and rules, in memory; no file changes. Raises: `SourceError`."""
    built = build_corpus(review.home.raw_files, review.home)
    return _review(built, KeptTables(built))


def _review(corpus: Corpus, kept: MutableMapping[str, pd.DataFrame]) -> Review:
    return Review(**{field.name: getattr(corpus, field.name) for field in fields(corpus)} | {"kept": kept})


def last_kept(name: str, folder: str | Path = "") -> pd.DataFrame:
    """Read the derived table of that name that the last build of a corpus folder used, fresh or stale.

    Raises: `CorpusError` where none is kept.
    """
    place = corpus_folder(folder) / DERIVED_FOLDER
    for path in place.glob(f"{name}-*.parquet"):
        return read_table(path)
    raise CorpusError(f"{shown(place)}: no table '{name}' is kept to compare with. Run `litreview report` first.")


class KeptTables(dict[str, pd.DataFrame]):
    """The derived tables of a whole corpus by name, each read from its file or computed when first asked for.

    Those of a corpus that is in memory alone are as well: what lies in its folder may be of other papers.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def __contains__(self, name: object) -> bool:
        return name in DERIVED

    def __missing__(self, name: str) -> pd.DataFrame:
        if not (folder := self._corpus.folder):
            return self.setdefault(name, in_batches(DERIVED[name], self._corpus))
        path = folder / DERIVED_FOLDER / kept_name(name, folder, self._corpus.home)
        try:
            self[name] = read_table(path)
        except (OSError, ValueError, pa.ArrowException):  # none yet, or not whole
            self[name] = in_batches(DERIVED[name], self._corpus)
            with suppress(OSError):  # a folder that cannot be written costs time, not the result
                write_file(path, self[name].to_parquet(index=False))
                for old in {*path.parent.glob(f"{name}-*.parquet")} - {path}:
                    shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        return self[name]

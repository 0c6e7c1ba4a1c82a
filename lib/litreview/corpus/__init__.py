"""A corpus: the papers of some files, the records they come from, and the ledger of every file."""

import warnings
from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pandas as pd

from litreview import schema
from litreview.corpus import storage
from litreview.corpus.build import build_tables
from litreview.errors import CorpusError, LitreviewError, listed, nearest, shown
from litreview.paths import ReviewFolder, present_review, review_around
from litreview.text.atomic_files import remove_leftovers, sha256

_OF_PAPERS = ("papers", "records", "origins")  # the tables that have a column paper_id


@dataclass(frozen=True, eq=False)
class Corpus:
    """Papers with their records and their ledger. Filters give new ones; nothing changes one.

    papers, records, ledger, rejected, unread, sources, origins: the tables of those names in `schema`. The ledger, and
    what could not be read, describe the files and stay as they are when papers are left out. `since` and `until` are
    the period asked for (0: no limit), `decided` the decision ("": any); `undated_left_out` counts papers left out of
    the period because they have no date. `kept` holds derived tables of at least these papers, by name; a selection
    hands them on. `home` is the review whose rules and judgement the papers are read by, but for the themes `edited` in
    Python. `folder` is where the tables lie, None where they are in memory alone.
    """

    papers: pd.DataFrame
    records: pd.DataFrame
    ledger: pd.DataFrame
    rejected: pd.DataFrame
    sources: pd.DataFrame = field(default_factory=lambda: schema.empty(schema.SOURCES))
    unread: pd.DataFrame = field(default_factory=lambda: schema.empty(schema.UNREAD))
    origins: pd.DataFrame = field(default_factory=lambda: schema.empty(schema.ORIGINS))
    since: int = 0
    until: int = 0
    undated_left_out: int = 0
    decided: str = ""
    chosen_from: "Corpus | None" = None  # None: no paper was left out
    kept: MutableMapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    home: ReviewFolder = field(default_factory=present_review, repr=False)
    folder: Path | None = None
    edited: dict[str, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.papers)

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {len(self)} papers from {len(self.ledger)} files ({self.checksum})"

    @cached_property
    def ids(self) -> frozenset[str]:
        """The paper_ids."""
        return frozenset(self.papers["paper_id"])

    @property
    def checksum(self) -> str:
        """Twelve hex digits that stand for the content of `papers`."""
        return sha256(self.papers.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode())[:12]

    @property
    def whole(self) -> "Corpus":
        """The corpus as it was before papers were left out."""
        return self if self.chosen_from is None else self.chosen_from

    @property
    def as_of(self) -> pd.Timestamp:
        """The latest first submission in the corpus, before papers were left out; NaT when no paper is dated.

        A period is unfinished because the saved pages end there, and not because a filter does.
        """
        return self.whole.papers["published"].max()

    @property
    def as_of_precision(self) -> str:
        """How exactly `as_of` is known: day, month or year, by the paper of that date that is dated best."""
        papers = self.whole.papers
        return papers.loc[papers["published"] == self.as_of, "date_precision"].min()  # day < month < year

    @property
    def further_versions(self) -> int:
        """How many loaded records are a further version of a work, such as the article of a preprint that is here."""
        return int(self.records.loc[self.records["merged_into"].isna(), "paper_id"].duplicated().sum())

    def between(self, since: int = 0, until: int = 0) -> Self:
        """Return the papers first submitted in the years `since` to `until`, both inclusive; 0 is no limit.

        With a limit, papers without a date leave and are counted. Raises `CorpusError` for a period that is none.
        """
        if min(since, until) < 0 or since > until > 0:
            raise CorpusError(f"since={since}, until={until}: this is no period. Give years, the earlier one first.")
        if not since and not until:
            return self
        year = self.papers["published"].dt.year
        inside = (year >= since) & (year <= (until or 9999))
        undated = self.undated_left_out + int(year.isna().sum())
        return replace(self.where(inside), since=since, until=until, undated_left_out=undated)

    def where(self, chosen: Iterable[str] | pd.Series) -> Self:
        """Return the papers with these paper_ids, or those where a boolean column aligned with `papers` is true.

        Raises `CorpusError` for a paper_id that is not in the corpus.
        """
        if isinstance(chosen, pd.Series) and pd.api.types.is_bool_dtype(chosen):
            chosen = self.papers.loc[chosen.fillna(value=False), "paper_id"]
        ids = set(chosen)
        if unknown := sorted(ids - self.ids):
            hint = nearest(unknown[0], self.papers["paper_id"])
            raise CorpusError(f"The corpus has no paper {listed(unknown[:5])}. Papers are chosen by paper_id.{hint}")
        return replace(self, **{name: _rows(getattr(self, name), ids) for name in _OF_PAPERS}, chosen_from=self.whole)

    def derived(self, name: str, compute: Callable[["Corpus"], pd.DataFrame]) -> pd.DataFrame:
        """Return the rows of these papers in the kept table of that name, or what `compute` makes of this corpus.

        A kept table needs a column `paper_id`. The rows of a paper depend on that paper alone.
        """
        return _rows(self.kept[name], self.papers["paper_id"]) if name in self.kept else compute(self)


def _rows(table: pd.DataFrame, paper_ids: Iterable[str]) -> pd.DataFrame:
    return table[table["paper_id"].isin(paper_ids)].reset_index(drop=True)


def build_corpus(
    files: str | Path | Iterable[str | Path], review: ReviewFolder | None = None, to: Corpus | None = None
) -> Corpus:
    """Return the corpus of some files of any supported format, in memory; the order of the files does not matter.

    What people overrule comes from `review`, or the one that the working folder lies in. A file that cannot be read
    stands in `unread` with the reason, and the others load. to: a corpus that the files are added to, as if all were
    read together; a file of a name that it has already is a newer save and takes its place.
    Raises: `SourceError` when no file is given or none can be read, `CurationError` when a curated table is broken.
    """
    home = review or present_review()
    return Corpus(**build_tables(files, home, {} if to is None else _tables(to)), home=home)


def write_corpus(corpus: Corpus, folder: str | Path, inputs: dict[str, str] | None = None) -> None:
    """Put a corpus into a folder that `load_corpus` reads; the papers there before are kept as its previous state.

    `inputs`: what it was made from (`storage.fingerprint`). Raises: `CorpusError` where that cannot be written.
    """
    storage.write_tables(Path(folder), _tables(corpus), inputs or {}, corpus.checksum)


def load_corpus(folder: str | Path = "") -> Corpus:
    """Return the corpus of a review, which is built when it is missing or stale, or one that was built into a folder.

    folder: a review (it has `data/curated/`), or a folder made by `litreview corpus --to`; without one, the review that
    the working folder lies in. Where what was built cannot be kept, it is in memory alone, and a warning says so.
    Raises: `CorpusError` for a folder without a corpus, a damaged one, or one of another format.
    """
    home = ReviewFolder(Path(str(folder))) if folder else present_review()
    return refresh_corpus(review=home)[0] if home.curated.is_dir() else read_corpus(corpus_folder(folder))


def corpus_folder(folder: str | Path = "") -> Path:
    """Return where the corpus of a review lies, or of a folder made by `litreview corpus --to`."""
    home = ReviewFolder(Path(str(folder))) if folder else present_review()
    return home.corpus if not folder or home.curated.is_dir() or home.corpus.is_dir() else home.root


def read_corpus(folder: str | Path) -> Corpus:
    """Return the corpus that was built into a folder, stale or not. Raises: `CorpusError` as `load_corpus`."""
    tables = storage.read_tables(Path(folder))
    return Corpus(**tables, home=review_around(folder) or present_review(), folder=Path(folder))


def refresh_corpus(
    files: Iterable[str | Path] = (), folder: str | Path = "", *, anew: bool = False, review: ReviewFolder | None = None
) -> tuple[Corpus, bool]:
    """Return the corpus of some files, in a folder, and whether it had to be built: not when nothing has changed since.

    Without files, those in `data/raw/` of the review; without a folder, its `data/corpus/`. What counts are the
    checksums of the files, of the curated tables and of the code that builds a corpus. Where the papers change, their
    last state is kept. A corpus of the review that cannot be written is in memory alone, and a warning says so.

    Raises `CorpusError` where the folder has a corpus with files that are not among these, or that
    cannot be read now; with `anew` they leave. Also for a `folder` that cannot be written.
    """
    home = review or present_review()
    remove_leftovers(home.raw)
    chosen, place = list(files) or home.raw_files, Path(folder or home.corpus)
    inputs = storage.fingerprint(chosen, home)
    if storage.whole_manifest(place).get("inputs") == inputs:
        return Corpus(**storage.read_tables(place), home=home, folder=place), False
    corpus = build_corpus(chosen, home)
    if folder and not anew:
        check_nothing_is_lost(place, _tables(corpus))
    try:
        write_corpus(corpus, place, inputs)
    except CorpusError as error:
        if folder or not isinstance(error.__cause__, OSError):
            raise
        warnings.warn(f"{error} Until then its files are read anew each time.", stacklevel=3)
        return corpus, True
    return replace(corpus, folder=place), True


def check_nothing_is_lost(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Raise `CorpusError` where the corpus in a folder has files that these tables of another one do not have."""
    there = storage.read_table(folder / "ledger.parquet") if storage.whole_manifest(folder) else tables["ledger"]
    if lost := sorted({*there["source_file"]}.difference(tables["ledger"]["source_file"])):
        unread = [f"\nNot read: {shown(Path(row.source_file))}: {row.reason}" for row in tables["unread"].itertuples()]
        few = listed(shown(Path(name)) for name in lost[:5])
        told = f"this would drop the papers from {few}. Give these files again as well, or add --replace to begin anew."
        raise CorpusError(f"{shown(folder)}: nothing was changed, for {told}{''.join(unread)}")


def present_corpus(folder: str | Path = "") -> Corpus | None:
    """Return the corpus in a folder (of the review without one) as it is, stale or not; None where none can be read.

    In its folder `storage.PREVIOUS` lies the corpus as it was before its papers last changed.
    """
    try:
        return read_corpus(folder or present_review().corpus)
    except LitreviewError:
        return None


def _tables(corpus: Corpus) -> dict[str, pd.DataFrame]:
    return {name: getattr(corpus, name) for name in storage.TABLES}

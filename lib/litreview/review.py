"""A review: the papers of a folder, with the tables that rules derive from them, computed once and kept.

A `Review` is a `Corpus`, so every function that takes a corpus takes a review, and filters give reviews. Its derived
tables lie as Parquet files beside the corpus. The name of each file holds a checksum of all that decides the table:
the corpus, the curated rules, and the code of whole packages. A file of another name is stale, and is replaced.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa

from litreview import schema
from litreview.corpus import Corpus, corpus_folder, load_corpus, refresh_corpus
from litreview.corpus.curated_tables import SOURCES
from litreview.corpus.storage import MANIFEST
from litreview.errors import CorpusError, SourceError, shown
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.names.lexicon import PROPOSED, load_lexicon
from litreview.evidence.names.suggestions import as_yaml, suggest_names
from litreview.judgement import load_notes
from litreview.paths import ReviewFolder, chosen_review
from litreview.text.atomic_files import sha256, write_file
from litreview.themes import Theme, assign_answers, assign_themes, get_theme, themes_of

# Each derived table and the function that makes it, and the code and the curated files that decide them.
DERIVED: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "themes": assign_themes,
    "answers": assign_answers,
    "evidence": extract_evidence,
    "contribution": classify_contribution,
}
CODE = ("schema.py", "text", "corpus", "themes", "evidence")
RULES = ("themes.yml", "lexicon.yml", "corrections.csv")
FOLDER = "derived"  # inside the folder of the corpus
TEMPLATE = Path(__file__).parent / "review_template"  # what a new review begins with
LENT = ("themes.yml", "lexicon.yml", "fields.yml")  # what it takes from a review that it is to be like


@dataclass(frozen=True, eq=False, repr=False)
class Review(Corpus):
    """The papers of a review, or some of them, and what the rules find in them."""

    @property
    def themes(self) -> pd.DataFrame:
        """Paper × theme: `schema.THEMES`."""
        return assign_themes(self)

    @property
    def answers(self) -> pd.DataFrame:
        """Paper × question × answer, for the questions of all themes: `schema.ANSWERS`."""
        return assign_answers(self)

    @property
    def evidence(self) -> pd.DataFrame:
        """Names by role, benchmarks, figures and links: `schema.EVIDENCE`."""
        return extract_evidence(self)

    @property
    def contribution(self) -> pd.DataFrame:
        """The kind of work of each paper: `schema.CONTRIBUTION`."""
        return classify_contribution(self)

    @property
    def notes(self) -> pd.DataFrame:
        """What readers noted of each paper: `schema.NOTES`."""
        return load_notes(self)

    @property
    def rules(self) -> dict[str, Theme]:
        """The themes by name, as themes.yml defines them."""
        return themes_of(self)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of all themes, by name: how a theme is shown."""
        return {name: theme.title for name, theme in self.rules.items()}

    def theme(self, name: str) -> "Review":
        """Return the papers of one theme, as a review. Raises `UnknownTheme` for a name that themes.yml lacks."""
        get_theme(self.rules, name)
        themes = self.themes
        return self.where(themes.loc[themes["theme"] == name, "paper_id"])


def open_review(folder: str | Path = "", since: int = 0, until: int = 0) -> Review:
    """Open the review in a folder, or the one that the working folder lies in.

    folder: a review (it has `data/curated/`), or a folder made by `litreview corpus --to`. since, until: years of first
    submission, inclusive; 0 for no limit. Papers without a date leave with a limit, and are counted.

    Raises: `CorpusError` for a folder without a corpus, a damaged one, or an impossible period.

    >>> review = open_review(since=2022)
    >>> offline = review.theme("offline_rl")
    >>> offline.evidence  # of these papers only
    """
    corpus = load_corpus(folder)
    parts = {field.name: getattr(corpus, field.name) for field in fields(corpus)}
    return Review(**parts | {"kept": KeptTables(corpus, corpus_folder(folder))}).between(since, until)


def new_review(
    folder: str | Path, files: Iterable[str | Path], title: str = "", like: str | Path | None = None
) -> Review:
    """Make a review of some files in a new folder, and build its corpus; the files are copied.

    like: a review whose themes, lexicon and coding fields this one begins with. The folder appears when all is done.
    Raises: `CorpusError` for a folder that holds something, two files of one name, or a place that cannot be written;
    `SourceError` when no file can be read.
    """
    place, chosen = Path(folder), [Path(file) for file in files]
    _check_new(place, chosen)
    beside = ReviewFolder(place.absolute().with_name(f".{place.name}.{os.getpid()}"))
    try:
        beside.root.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(TEMPLATE, beside.root)
        for empty in (beside.raw, beside.reports):  # git keeps no empty folder in the template
            empty.mkdir(parents=True)
        (beside.root / "gitignore").rename(beside.root / ".gitignore")
        readme = beside.root / "README.md"
        heading = " ".join(title.split()) or place.name
        readme.write_text(readme.read_text(encoding="utf-8").replace("{{ title }}", heading), encoding="utf-8")
        for path in chosen:
            shutil.copyfile(path, beside.raw / path.name)
        for name in LENT if like else ():
            shutil.copyfile(chosen_review(like or "").curated / name, beside.curated / name)
        _name_sources(beside, chosen)
        corpus, *_ = refresh_corpus(review=beside)
        _propose_names(beside, corpus)
        beside.root.replace(place)
    except OSError as error:
        raise CorpusError.unwritable(place, error) from error
    finally:
        shutil.rmtree(beside.root, ignore_errors=True)
    return open_review(place)


def _check_new(place: Path, files: list[Path]) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise CorpusError(f"{shown(place)}: this is there already. Give a new review a folder that is not there yet.")
    names = [path.name for path in files]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise CorpusError(
            f"Two files have the name {shown(Path(twice))}. Rename one: a review tells its files by name."
        )
    for path in files:
        if not path.is_file():
            raise SourceError.unreadable(path, "there is no such file")


def _propose_names(review: ReviewFolder, corpus: Corpus) -> None:
    """Add names to the lexicon for people to accept, unless it has such a list."""
    lexicon = review.lexicon.read_text(encoding="utf-8")
    if f"{PROPOSED}:" not in lexicon:
        names = as_yaml(suggest_names(corpus, load_lexicon(review.lexicon)))
        write_file(review.lexicon, f"{lexicon.rstrip()}\n\n{names}" if names else lexicon)


def _name_sources(review: ReviewFolder, files: list[Path]) -> None:
    """List the files in sources.csv, for people to say where each comes from."""
    rows = pd.DataFrame({"source_file": sorted(path.name for path in files)})
    table = rows.reindex(columns=schema.SOURCES.names).to_csv(index=False, lineterminator="\n")
    write_file(review.curated / SOURCES, table)


def last_kept(name: str, folder: str | Path = "") -> pd.DataFrame:
    """Read the derived table of that name that the last build of a corpus folder used, fresh or stale.

    Raises: `CorpusError` where none is kept.
    """
    place = corpus_folder(folder) / FOLDER
    for path in place.glob(f"{name}-*.parquet"):
        return pd.read_parquet(path)
    raise CorpusError(f"{shown(place)}: no table '{name}' is kept to compare with. Make a report first.")


class KeptTables(dict[str, pd.DataFrame]):
    """The derived tables of a whole corpus by name, each read from its file or computed when first asked for."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        super().__init__()
        self._corpus, self._folder = corpus, folder / FOLDER

    def __contains__(self, name: object) -> bool:
        return name in DERIVED

    def __missing__(self, name: str) -> pd.DataFrame:
        self[name] = self._read_or_compute(name)
        return self[name]

    def _read_or_compute(self, name: str) -> pd.DataFrame:
        path = self._folder / f"{name}-{self._fingerprint()}.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError, pa.ArrowException):  # none yet, or not whole
            table = DERIVED[name](self._corpus)
        self._keep(path, table)
        return table

    def _keep(self, path: Path, table: pd.DataFrame) -> None:
        """Write a table in the place of stale ones. A folder that cannot be written costs time, not the result."""
        try:
            write_file(path, table.to_parquet(index=False))
            for old in path.parent.glob(f"{path.name.partition('-')[0]}-*.parquet"):
                if old != path:
                    old.unlink(missing_ok=True)
        except OSError:
            return

    def _fingerprint(self) -> str:
        rules = [_sum(self._corpus.home.curated / name) for name in RULES]
        manifest = _sum(self._folder.parent / MANIFEST)
        return sha256("".join([manifest, _code(), *rules]).encode())[:12]


@cache
def _code() -> str:
    """The checksum of the code that decides derived tables."""
    library = Path(__file__).parent
    found = (path for name in CODE for path in (library / name, *(library / name).rglob("*")))
    files = sorted(path for path in found if path.is_file() and path.suffix in (".py", ".yml"))
    return sha256("".join(map(_sum, files)).encode())


def _sum(path: Path) -> str:
    return sha256(path.read_bytes()) if path.is_file() else ""

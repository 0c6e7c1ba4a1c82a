"""Where a review keeps its things, and which review a command or a notebook stands in."""

import os
from dataclasses import dataclass
from pathlib import Path

from litreview.errors import CorpusError, shown

CHOSEN = "LITREVIEW_REVIEW"  # the environment variable that names the review, for a command and its kernels
JOBS = "LITREVIEW_JOBS"  # the one that says how many processes may work at a time
_LIBRARY = Path(__file__).resolve().parent


class Place:
    """A file or a folder of a review, by its path inside it."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __get__(self, review: "ReviewFolder | None", _: type) -> Path:
        return (review.root if review else Path()) / self._path


@dataclass(frozen=True)
class ReviewFolder:
    """A review: files as received, what people judged, notebooks of its own, and what is made of them.

    >>> ReviewFolder(Path("my-review")).themes
    PosixPath('my-review/data/curated/themes.yml')
    """

    root: Path

    raw = Place("data/raw")  # files as received
    curated = Place("data/curated")  # judgement as data, edited by people
    themes = Place("data/curated/themes.yml")  # the rules of the themes
    lexicon = Place("data/curated/lexicon.yml")  # the field's own names
    labels = Place("data/curated/labels")  # what readers found in abstracts: the labels that rules are scored against
    corpus = Place("data/corpus")  # what is built from the files
    notebooks = Place("notebooks")  # the catalogue of reports, and the notebooks that the review has of its own
    reports = Place("reports")  # the pages

    @property
    def raw_files(self) -> list[Path]:
        """The files as received, in the order of their names; hidden ones are none."""
        return sorted(self.raw.glob("[!.]*"))

    @property
    def title(self) -> str:
        """The heading of its README."""
        readme = self.root / "README.md"
        lines = readme.read_text(encoding="utf-8").splitlines() if readme.is_file() else []
        return next((line.strip("# ") for line in lines if line.startswith("# ")), "Literature review")


PROJECT = ReviewFolder(_LIBRARY.parents[1])  # in a checkout, the review that comes with the library
# In a wheel the notebooks travel inside the package; in a checkout they lie at the top.
NOTEBOOKS = _LIBRARY / "notebooks" if (_LIBRARY / "notebooks").is_dir() else PROJECT.notebooks


def review_around(place: str | Path) -> ReviewFolder | None:
    """Return the review that a place lies in, as git finds its repository: the nearest folder with `data/curated/`."""
    here = Path(place).absolute()
    folders = (ReviewFolder(folder) for folder in (here, *here.parents))
    return next((each for each in folders if each.curated.is_dir()), None)


def present_review() -> ReviewFolder:
    """Return the review that was chosen (`--review`), else the one around the working folder, else the shipped one.

    Where there is none, the working folder stands for one that nobody has judged anything in yet.
    Raises: `CorpusError` where the chosen folder lies in no review.
    """
    if chosen := os.environ.get(CHOSEN, ""):
        return chosen_review(chosen)
    here = ReviewFolder(Path.cwd())
    return review_around(here.root) or (PROJECT if PROJECT.curated.is_dir() else here)


def chosen_review(folder: str | Path) -> ReviewFolder:
    """Return the review that a folder lies in. Raises: `CorpusError` where it lies in none."""
    if found := review_around(folder):
        return found
    told = f"{shown(Path(folder))}: this is no review (a folder with data/curated/), and lies in none."
    raise CorpusError(f"{told} Make one with `litreview new FOLDER FILES`, or name another: --review FOLDER.")

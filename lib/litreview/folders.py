"""What makes and fills the folder of a review: a new one, further files, notebooks to edit, a copy for a co-author."""

import io
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from litreview import schema
from litreview.corpus import Corpus, build_corpus, refresh_corpus
from litreview.corpus.curated_tables import SOURCES, load_curated
from litreview.errors import CatalogError, CorpusError, ExportError, SourceError, listed, nearest, shown
from litreview.evidence.names.lexicon import PROPOSED, as_yaml, load_lexicon, suggest_names
from litreview.judgement.appended_rows import append_row
from litreview.paths import NOTEBOOKS, ReviewFolder, chosen_review
from litreview.review import Review, open_review
from litreview.text.atomic_files import remove_leftovers, temporary, write_file

TEMPLATE = Path(__file__).parent / "review_template"  # what a new review begins with
LENT = ("themes.yml", "kinds.yml", "lexicon.yml", "fields.yml")  # what it takes from a review that it is to be like
PACKED = ("README.md", ".gitignore", "data", "notebooks", "reports")  # what a co-author gets


def new_review(folder: str | Path, files: Iterable[str | Path], title: str = "", like: str | Path = "") -> Review:
    """Make a review of some files in a new folder, and build its corpus; the files are copied.

    like: a review whose themes, lexicon and coding fields this one begins with. The folder appears when all is done.
    Raises: `CorpusError` for a folder that holds something, two files of one name, or a place that cannot be written;
    `SourceError` when no file can be read.
    """
    place, chosen = Path(folder), [Path(file) for file in files]
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise CorpusError(f"{shown(place)}: this is there already. Give a new review a folder that is not there yet.")
    _check_names(chosen)
    beside = ReviewFolder(temporary(place.absolute()))
    try:
        with CorpusError.writing(place):
            beside.root.parent.mkdir(parents=True, exist_ok=True)
            remove_leftovers(beside.root.parent)
            shutil.copytree(TEMPLATE, beside.root)
            beside.raw.mkdir(parents=True)  # git keeps no empty folder in the template
            (beside.root / "gitignore").rename(beside.root / ".gitignore")
            readme = beside.root / "README.md"
            heading = " ".join(title.split()) or place.name
            readme.write_text(readme.read_text(encoding="utf-8").replace("{{ title }}", heading), encoding="utf-8")
            for path in chosen:
                shutil.copyfile(path, beside.raw / path.name)
            for name in LENT if like else ():
                (beside.curated / name).unlink()
                if (lent := chosen_review(like).curated / name).is_file():
                    shutil.copyfile(lent, beside.curated / name)
            _append_sources(beside, sorted(path.name for path in chosen))
            _propose_names(beside, refresh_corpus(review=beside)[0])
            beside.root.replace(place)
    finally:
        shutil.rmtree(beside.root, ignore_errors=True)
    return open_review(place)


def _check_names(files: list[Path]) -> None:
    for path in files:
        if [each.name.casefold() for each in files].count(path.name.casefold()) > 1:  # one file on Windows and macOS
            raise CorpusError(f"Two files have the name {shown(Path(path.name))}. Rename one: names tell files apart.")
        if not path.is_file():
            raise SourceError.unreadable(path, "there is no such file")


def _propose_names(review: ReviewFolder, corpus: Corpus) -> None:
    """Add names to the lexicon for people to accept, unless it has such a list."""
    lexicon = review.lexicon.read_text(encoding="utf-8")
    if f"{PROPOSED}:" not in lexicon:
        names = as_yaml(suggest_names(corpus, load_lexicon(review.lexicon)))
        write_file(review.lexicon, f"{lexicon.rstrip()}\n\n{names}" if names else lexicon)


def add_files(review: ReviewFolder, files: Iterable[str | Path]) -> tuple[Corpus, bool]:
    """Copy files into a review, build its corpus, and return it with whether the review lacked one; all join or none.

    When another process adds at the same time, the corpus that is built last has the files of both.
    Raises: `CorpusError` for a folder that is no review, a file that cannot be read, or a name that another file has;
    `SourceError` when no file can be read.
    """
    chosen_review(review.root)  # raises for a folder that is none
    chosen = [Path(file) for file in files]
    _check_names(chosen)
    if len(unread := build_corpus(chosen, review).unread):
        told = "".join(f"\nNot read: {row.source_file}: {row.reason}" for row in unread.itertuples())
        raise CorpusError(f"Nothing was added. Fix what was not read, or leave it out.{told}")
    contents = {review.raw / path.name: path.read_bytes() for path in chosen}
    for place, content in contents.items():
        if place.exists() and place.read_bytes() != content:
            told = "Rename the new file; or, if it is a newer save of the same list, put it in its place by hand."
            raise CorpusError(f"{shown(place)}: another file of this name is here, so nothing was added. {told}")
    with CorpusError.writing(review.root):
        new = [place for place in contents if not place.exists()]
        for place in new:
            write_file(place, contents[place])
        _append_sources(review, [place.name for place in new])
        while (built := refresh_corpus(review=review))[1] and built[0].folder:  # until no file came meanwhile
            pass
    return built[0], bool(new)


def _append_sources(review: ReviewFolder, names: list[str]) -> None:
    """Add rows to sources.csv for files that it lacks; what people wrote stays as it is."""
    known = load_curated(review).sources.index
    for name in [name for name in names if name not in known]:
        append_row(review.curated / SOURCES, schema.SOURCES.names, {"source_file": name})


def copy_notebook(name: str, review: ReviewFolder) -> Path:
    """Copy a notebook of the library into a review, to be edited there; none is overwritten. Raises: `CatalogError`."""
    stem = name.removesuffix(".ipynb")
    known = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    if stem not in known:
        raise CatalogError(f"The library has no notebook '{name}'.{nearest(stem, known)} It has {listed(known)}.")
    place = review.notebooks / f"{stem}.ipynb"
    if place.exists():
        raise CatalogError(f"{shown(place)}: this notebook stays as it is. Rename it for another copy.")
    write_file(place, (NOTEBOOKS / place.name).read_bytes())
    return place


def pack(review: Review, to: Path) -> int:
    """Put a review into one zip file, from which a co-author makes the same pages; return how many files it has.

    It holds files, judgement, notebooks, corpus and pages. The same folder gives the same bytes. Raises: `ExportError`.
    """
    root = review.derive().home.root
    found = [path for name in PACKED for path in (root / name, *(root / name).rglob("*")) if path.is_file()]
    names = sorted(path.relative_to(root).as_posix() for path in found)
    names = [name for name in names if name == ".gitignore" or "/." not in f"/{name}"]  # nothing hidden
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{root.resolve().name}/{name}")  # of 1980, the first time that it can tell
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, (root / name).read_bytes(), zipfile.ZIP_DEFLATED)
    with ExportError.writing(to):
        write_file(to, made.getvalue())
    return len(names)

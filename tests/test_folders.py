"""The folder of a review: made of files, filled with more, checked against a newer library, handed on as one file."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import litreview as lr
from litreview import folders, schema
from litreview.errors import CatalogError, CorpusError, ExportError, SourceError
from litreview.judgement.notes import REASONS, exclusion_reasons
from litreview.paths import PROJECT, ReviewFolder
from litreview.report.catalog import chosen_reports, load_catalog

RECORDS = (PROJECT.root / "examples" / "coastal-ecology" / "refs.ris").read_text(encoding="utf-8").split("\n\n")
THEME = """themes:
  reefs:
    title: Reefs
    about: Oyster reefs.
    threshold: 3
    rules: [{name: names them, weight: 2, phrases: [WORDS]}]
"""


def listing(folder: Path, name: str, *records: str) -> Path:
    (folder / name).write_text("\n\n".join(records), encoding="utf-8")
    return folder / name


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewFolder:
    """A review of ten papers, in which the working folder lies."""
    folders.new_review(tmp_path / "shore", [listing(tmp_path, "may.ris", *RECORDS[:10])], "The shore\nand more")
    monkeypatch.chdir(tmp_path / "shore" / "data")
    return ReviewFolder(tmp_path / "shore")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_review_has_its_files_and_its_own_judgement_or_that_of_the_review_it_is_like(home, tmp_path):
    made = [".gitignore", "data/raw/may.ris", "data/curated/themes.yml", "notebooks/catalog.yml"]
    assert {*contents(home.root)} >= {*made}
    assert home.title == "The shore and more"
    assert (home.curated / "decisions.csv").read_text() == ",".join(schema.DECISIONS.names) + "\n"
    assert exclusion_reasons(lr.open_review()) == REASONS  # those in its fields.yml
    assert (home.curated / "sources.csv").read_text().splitlines()[1].startswith('"may.ris",')
    assert lr.open_review().home.root == home.root
    assert not lr.open_review().rules
    home.themes.write_text(THEME.replace("WORDS", "oyster"), encoding="utf-8")
    other = folders.new_review(tmp_path / "other", [listing(tmp_path, "june.ris", *RECORDS[20:25])], like=home.root)
    assert (other.titles, len(other)) == ({"reefs": "Reefs"}, 5)


REFUSED = [
    ("shore", ["may.ris"], CorpusError, "this is there already"),
    ("new", ["may.ris", "shore/data/raw/May.ris"], CorpusError, "Two files have the name may.ris"),
    ("new", ["june.ris"], SourceError, "there is no such file"),
    ("new", ["shore/README.md"], SourceError, "none could be read"),
]


@pytest.mark.parametrize(("folder", "files", "problem", "said"), REFUSED)
def test_a_review_that_cannot_be_made_leaves_nothing_behind(home, folder, files, problem, said):
    above, before = home.root.parent, contents(home.root.parent)
    with pytest.raises(problem, match=said):
        folders.new_review(above / folder, [above / file for file in files])
    assert contents(above) == before
    assert not (above / "new").exists()


def test_files_join_a_review_once_and_whole(home, tmp_path):
    mine = "query,source_file,where_from,listed_on\noysters,may.ris,,"  # as a person left it
    (home.curated / "sources.csv").write_text(mine)
    june = listing(tmp_path, "june.ris", *RECORDS[10:14])
    for is_new in (True, False):
        corpus, added = folders.add_files(home, [june])
        assert (len(corpus), added) == (14, is_new)
    assert (home.curated / "sources.csv").read_text() == mine + '\n"","june.ris","",""\n'
    before = contents(home.root)
    listing(tmp_path, "june.ris", *RECORDS[14:16])
    for files, said in (([june], "another file of this name"), ([tmp_path / "may.ris", tmp_path], "no such file")):
        with pytest.raises((CorpusError, SourceError), match=said):
            folders.add_files(home, files)
    note = listing(tmp_path, "note.txt", "Dear all, nothing here.")
    with pytest.raises(CorpusError, match=r"Nothing was added(.|\n)*Not read: note.txt"):
        folders.add_files(home, [listing(tmp_path, "july.ris", *RECORDS[14:16]), note])
    assert contents(home.root) == before
    with pytest.raises(CorpusError, match="this is no review"):
        folders.add_files(ReviewFolder(tmp_path / "nowhere"), [june])


def test_no_addition_is_lost_when_two_run_at_once(home, tmp_path, litreview):
    files = [listing(tmp_path, f"list{number}.ris", RECORDS[10 + number]) for number in range(2)]
    words = [[sys.executable, "-m", "litreview", "corpus", str(file), "--add"] for file in files]
    running = [subprocess.Popen(each, stdout=subprocess.DEVNULL, cwd=home.root) for each in words]
    assert [each.wait() for each in running] == [0, 0]
    assert len(lr.load_corpus(home.root)) == 12
    assert litreview("check")[1].startswith("Nothing moves: 12 papers")


def test_a_notebook_is_copied_once_and_then_used(home):
    place = folders.copy_notebook("10-landscape", home)
    place.write_text(place.read_text().replace("# What lies", "# My own: what lies"))
    with pytest.raises(CatalogError, match="stays as it is"):
        folders.copy_notebook("10-landscape.ipynb", home)
    assert "My own" in place.read_text()
    with pytest.raises(CatalogError, match="Did you mean '30-theme'"):
        folders.copy_notebook("30-thme", home)
    catalog = load_catalog()
    assert catalog["landscape"].notebook == place
    shutil.copy(place, home.notebooks / "My Question.ipynb")
    chosen = chosen_reports([str(place), str(home.notebooks / "My Question.ipynb")], catalog)
    assert [(each.name, each.notebook.name) for each in chosen] == [
        ("landscape", "10-landscape.ipynb"),  # the row that is about it
        ("my-question", "My Question.ipynb"),  # none is
    ]


def test_a_pack_has_the_same_bytes_twice_and_opens_as_the_same_review(home, tmp_path):
    (home.notebooks / ".ipynb_checkpoints").mkdir()
    (home.notebooks / ".ipynb_checkpoints" / "x.ipynb").write_text("{}")
    review = lr.open_review()
    folders.pack(review, tmp_path / "one.zip")
    folders.pack(lr.open_review(), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "there")
    there = contents(tmp_path / "there" / "shore")
    assert not any("checkpoints" in name for name in there)
    assert there == {name: content for name, content in contents(home.root).items() if name in there}
    opened = lr.open_review(tmp_path / "there" / "shore")
    assert opened.checksum == review.checksum
    assert contents(tmp_path / "there" / "shore").keys() == there.keys()  # nothing had to be built
    shutil.rmtree(opened.home.corpus)  # made anew there, every table has the same bytes
    review.derive()
    lr.open_review(tmp_path / "there" / "shore").derive()
    assert contents(opened.home.corpus) == contents(home.corpus)
    with pytest.raises(ExportError, match="cannot be written"):
        folders.pack(review, tmp_path / "one.zip" / "two.zip")


def test_a_check_says_what_would_move_and_changes_no_file(home, litreview):
    home.themes.write_text(THEME.replace("WORDS", "oyster"), encoding="utf-8")
    lr.open_review().derive()
    before = contents(home.root)
    status, out, err = litreview("check")
    assert (status, out[:14], err) == (0, "Nothing moves:", "")
    home.themes.write_text(THEME.replace("WORDS", "mangrove"), encoding="utf-8")
    status, out, _ = litreview("check")
    assert status == 1
    assert [words for words in ("theme added: ", "theme lost: ", " (reefs)") if words not in out] == []
    home.themes.write_text(THEME.replace("WORDS", "oyster"), encoding="utf-8")
    assert contents(home.root) == before

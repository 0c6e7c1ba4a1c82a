"""A folder of reports is of one state, or `misfits` says which files are not."""

import json

import pytest

from litreview.report.manifest import FRONT, MANIFEST, checked, manifest_text, misfits, outdated, read_rows
from litreview.text.atomic_files import sha256

ROW = {
    "title": "A",
    "question": "?",
    "notebook": "a.ipynb",
    "parameters": {},
    "status": "ok",
    "problem": "",
    "corpus": {"checksum": "3f2a"},
    "files": {"a.html": sha256(b"page"), "a.ipynb": sha256(b"notebook")},
}


@pytest.fixture
def folder(tmp_path):
    """A folder of one report, as it was published."""
    contents = {"a.html": "page", "a.ipynb": "notebook", FRONT: "front", MANIFEST: manifest_text({"a": ROW}, "front")}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def test_a_folder_as_it_was_published_has_no_misfit(folder):
    assert misfits(folder) == {}
    assert read_rows(folder) == {"a": ROW}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.html", "older page", "is not the one that manifest.json names"),
        ("a.ipynb", "", "is not the one"),
        ("index.html", "older front", "is not the one"),
        ("a.html", None, "it is not there"),
        ("b.html", "page", "does not name this page"),
    ],
)
def test_a_file_of_another_state_is_named(folder, name, content, expected):
    (folder / name).unlink(missing_ok=True) if content is None else (folder / name).write_text(content)
    found = misfits(folder)
    assert list(found) == [name]
    assert expected in found[name]
    assert any(expected in problem for problem in checked(folder)[folder / name])


def test_a_folder_whose_publishing_was_cut_off_says_so(folder):
    (folder / ".new").mkdir()
    (folder / ".new" / ".gone").write_text("")
    (folder / "a.html").write_text("newer page")
    assert list(misfits(folder)) == [""]
    assert "carries it on" in checked(folder)[folder][0]


def test_a_page_alone_is_compared_with_the_manifest_beside_it_if_any(folder):
    (folder / "a.ipynb").unlink()
    assert not any("manifest" in problem for problem in checked(folder / "a.html")[folder / "a.html"])
    (folder / "a.html").write_text("older page")
    assert any("manifest" in problem for problem in checked(folder / "a.html")[folder / "a.html"])
    (folder / MANIFEST).unlink()
    assert not any("manifest" in problem for problem in checked(folder / "a.html")[folder / "a.html"])


NEWEST = [{"rules": {"themes.yml": "2", "lexicon.yml": "2"}, "corpus": {"checksum": name}} for name in ("one", "two")]


@pytest.mark.parametrize(
    ("rules", "corpus", "expected"),
    [
        ({"themes.yml": "2", "lexicon.yml": "2"}, "two", ""),  # one run may use two corpora
        ({"themes.yml": "1", "lexicon.yml": "2"}, "one", "another themes.yml than"),
        ({"themes.yml": "1", "lexicon.yml": "1"}, "old", "another themes.yml, lexicon.yml and corpus than"),
        ({"themes.yml": "2", "lexicon.yml": "2"}, "old", "another corpus than"),
        (None, "one", "another themes.yml and lexicon.yml than"),  # nobody noted what it was made with
    ],
)
def test_a_row_is_outdated_where_the_newest_were_made_with_something_else(rules, corpus, expected):
    row = {"corpus": {"checksum": corpus}} | ({} if rules is None else {"rules": rules})
    said = outdated(row, NEWEST)
    assert expected in said
    assert bool(said) == bool(expected)


def test_a_page_that_is_out_of_date_is_a_misfit_of_its_folder(folder):
    (folder / MANIFEST).write_text(manifest_text({"a": ROW | {"outdated": "made with another themes.yml"}}, "front"))
    assert misfits(folder) == {"a.html": "made with another themes.yml"}
    assert "made with another themes.yml" in checked(folder / "a.html")[folder / "a.html"]


@pytest.mark.parametrize("damaged", ["not json", "[]", "{}", '{"reports": 3}', '{"reports": {"a": 3}}'])
def test_what_is_damaged_in_a_manifest_is_left_out(folder, damaged):
    (folder / MANIFEST).write_text(damaged)
    assert read_rows(folder) == {}


@pytest.mark.parametrize("key", sorted(ROW))
def test_a_row_that_lacks_something_is_left_out(folder, key):
    (folder / MANIFEST).write_text(json.dumps({"reports": {"a": {k: v for k, v in ROW.items() if k != key}}}))
    assert read_rows(folder) == {}

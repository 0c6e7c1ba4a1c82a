"""A corpus folder is whole or told to be broken, and is built again only when something has changed."""

import json
from pathlib import Path

import pandas as pd
import pytest

from litreview import paths
from litreview.corpus import load_corpus, refresh_corpus, storage
from litreview.corpus import write_corpus as write
from litreview.errors import CorpusError


@pytest.fixture
def folder(tmp_path, three_papers):
    write(three_papers, tmp_path / "my-review")
    return tmp_path / "my-review"


def test_what_was_written_is_read_and_its_bytes_are_the_same(empty_corpus, three_papers, tmp_path, folder):
    for each, name in ((three_papers, "again"), (empty_corpus, "empty")):
        write(each, tmp_path / name)
        for table in storage.TABLES:
            pd.testing.assert_frame_equal(getattr(load_corpus(tmp_path / name), table), getattr(each, table))
    bytes_of = [{path.name: path.read_bytes() for path in place.iterdir()} for place in (folder, tmp_path / "again")]
    assert bytes_of[0] == bytes_of[1]


def test_only_a_change_of_files_tables_or_code_builds_again(tmp_path, monkeypatch):
    files, folder = [tmp_path / "a.txt"], tmp_path / "review"
    files[0].write_text("Daily Papers\n\nA Title of Some Words\n\nWe say so.")
    assert refresh_corpus(files, folder)[1]
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert not refresh_corpus(files, folder)[1]
    assert times == {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    files[0].write_text("Daily Papers\n\nA Title of Other Words\n\nWe say so.")
    assert refresh_corpus(files, folder)[1]
    (tmp_path / "corrections.csv").write_text("paper_id,what,field,value,date,reason\n")
    monkeypatch.setattr(paths.ReviewFolder, "curated", tmp_path)
    assert refresh_corpus(files, folder)[1]
    monkeypatch.setattr(storage, "CODE", ("schema.py",))
    assert refresh_corpus(files, folder)[1]
    assert not refresh_corpus(files, folder)[1]
    assert next(iter(storage.read_manifest(folder)["inputs"])) == "raw/a.txt"  # and no path
    (folder / "papers.parquet").unlink()
    assert refresh_corpus(files, folder)[1]


PAPER = "TY  - JOUR\nTI  - {}\nER  - \n"


def _titles(folder):
    return set(load_corpus(folder).papers["title"])


def test_a_file_that_is_not_given_again_stops_a_rebuild(tmp_path):
    folder, a, b = (tmp_path / name for name in ("review", "a.ris", "b.ris"))
    a.write_text(PAPER.format("First of the long way"))
    b.write_text(PAPER.format("Second of the road"))
    refresh_corpus([a, b], folder)
    a.write_text(PAPER.format("Third of the path"))  # a newer save of a.ris takes its place
    refresh_corpus([a, b], folder)
    assert _titles(folder) == {"Third of the path", "Second of the road"}
    state = {path: path.read_bytes() for path in folder.glob("*.*")}
    for files in ([a], [a, tmp_path / "bb.ris"], []):  # left out, misspelt, and the project's own corpus instead
        with pytest.raises(CorpusError, match=r"drop the papers from .*'b\.ris'"):
            refresh_corpus(files, folder)
    b.write_bytes(b"\x00\x01")
    with pytest.raises(CorpusError, match=r"'b\.ris'(?s:.*)Not read: b\.ris: no known format"):
        refresh_corpus([a, b], folder)
    assert state == {path: path.read_bytes() for path in folder.glob("*.*")}
    refresh_corpus([a], folder, anew=True)
    assert _titles(folder) == {"Third of the path"}


def test_a_folder_without_a_corpus_is_told(tmp_path):
    with pytest.raises(CorpusError, match="there is no corpus here.*litreview corpus"):
        load_corpus(tmp_path / "absent")
    with pytest.raises(CorpusError, match="2024: there is no corpus here"):
        load_corpus(2024)  # papermill makes a number of what looks like one


DAMAGE = [
    ("papers.parquet", "cut", "missing or not the one"),
    ("manifest.json", "{", "not the whole manifest"),
    ("manifest.json", json.dumps({"format": storage.FORMAT}), "not the whole manifest"),
    ("manifest.json", '{"format": 99}', "format 99.*update litreview"),
]


@pytest.mark.parametrize(("name", "content", "message"), DAMAGE)
def test_a_damaged_folder_is_told(folder, name, content, message):
    (folder / name).write_text(content)
    with pytest.raises(CorpusError, match=message):
        load_corpus(folder)


def test_the_corpus_of_the_project_is_built_where_it_is_missing_or_damaged(tmp_path, monkeypatch, corpus):
    monkeypatch.setattr(paths.ReviewFolder, "corpus", tmp_path)
    assert load_corpus().checksum == corpus.checksum
    (tmp_path / "manifest.json").write_text("{")
    assert load_corpus().checksum == corpus.checksum
    assert not refresh_corpus()[1]


def test_a_full_disk_leaves_the_old_corpus(folder, three_papers, corpus, monkeypatch):
    put, calls = Path.write_bytes, []

    def full_at_third(path, content):
        calls.append(path)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return put(path, content)

    monkeypatch.setattr(Path, "write_bytes", full_at_third)
    with pytest.raises(CorpusError, match="No space left"):
        write(corpus, folder)
    assert load_corpus(folder).checksum == three_papers.checksum
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_what_a_kill_left_between_two_corpora_is_told(folder, corpus, monkeypatch):
    replace = Path.replace

    def stopped_at_records(path, target):
        if target == folder / "records.parquet":
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stopped_at_records)
    with pytest.raises(KeyboardInterrupt):
        write(corpus, folder)
    with pytest.raises(CorpusError, match="not the one that the manifest names"):
        load_corpus(folder)


@pytest.mark.parametrize("name", ["thesis.docx", "manifest.json"])  # a folder of reports has a manifest as well
def test_a_corpus_keeps_out_of_a_folder_of_other_things(tmp_path, three_papers, name):
    (tmp_path / name).write_text("{}")
    with pytest.raises(CorpusError, match=f"this folder holds '{name}'"):
        write(three_papers, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["papers.parquet", ".DS_Store"])  # left by a build that broke off; unseen
def test_a_corpus_goes_where_one_was_begun(tmp_path, three_papers, name):
    (tmp_path / name).write_text("cut")
    write(three_papers, tmp_path)
    (tmp_path / "notes.txt").write_text("")  # beside a corpus that is there, anything may lie
    write(three_papers, tmp_path)

"""A review is a corpus whose derived tables are computed once, kept beside it, and narrowed with it."""

import re
import shutil
from html import unescape
from pathlib import Path
from unittest.mock import Mock

import pandas as pd
import pytest
import yaml
from conftest import listing

import litreview as lr
from litreview import review as module
from litreview.corpus import refresh_corpus, storage
from litreview.errors import CorpusError, ThemeFileError, UnknownTheme
from litreview.folders import new_review
from litreview.paths import PROJECT, ReviewFolder
from litreview.report.catalog import load_catalog, with_theme_pages
from litreview.report.execute import outcomes, prepare

TABLES = ("themes", "answers", "evidence", "contribution")


@pytest.fixture
def folder(tmp_path: Path, three_papers: lr.Corpus) -> Path:
    """A review of three papers in a folder."""
    lr.write_corpus(three_papers, tmp_path / "data" / "corpus")
    return tmp_path


def kept(folder: Path) -> dict[str, int]:
    """The files of the derived tables, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "data" / "corpus" / "derived").iterdir()}


@pytest.mark.parametrize("table", TABLES)
def test_a_review_has_the_tables_that_the_rules_make_and_a_theme_the_rows_of_its_papers(table, corpus):
    whole, offline = getattr(corpus, table), corpus.theme("offline_rl")
    pd.testing.assert_frame_equal(whole, module.DERIVED[table](lr.load_corpus()))
    assert isinstance(offline, lr.Review)
    rows = whole[whole["paper_id"].isin(offline.papers["paper_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(getattr(offline, table), rows)


def test_a_table_is_computed_once_and_read_by_the_next_review(folder, monkeypatch):
    first = lr.open_review(folder)
    tables = {name: getattr(first, name) for name in TABLES}
    before = kept(folder)
    monkeypatch.setattr(module, "DERIVED", dict.fromkeys(TABLES))  # nothing can be computed any more
    again = lr.open_review(folder)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(getattr(again, name), table)
    assert kept(folder) == before
    assert len(before) == len(TABLES)


@pytest.mark.parametrize("changed", ["rules", "code", "corpus"])
def test_a_change_of_rules_code_or_papers_makes_a_table_anew(changed, folder, tmp_path, monkeypatch, empty_corpus):
    assert len(lr.open_review(folder).evidence)
    before = kept(folder)
    if changed == "rules":
        monkeypatch.setattr(ReviewFolder, "curated", tmp_path / "none")  # a review without rules
    elif changed == "code":
        monkeypatch.setattr(storage, "code_sum", lambda _: "another")
    else:
        lr.write_corpus(empty_corpus, folder / "data" / "corpus")
    fresh = lr.open_review(folder).evidence
    assert set(kept(folder)).isdisjoint(before)
    assert len(kept(folder)) == 1
    assert bool(len(fresh)) == (changed != "corpus")


def test_a_table_that_is_not_whole_is_made_anew_and_a_folder_that_cannot_be_written_costs_no_result(folder):
    whole, derived = lr.open_review(folder).evidence, folder / "data" / "corpus" / "derived"
    (path,) = derived.iterdir()
    path.write_bytes(path.read_bytes()[:100])
    pd.testing.assert_frame_equal(lr.open_review(folder).evidence, whole)
    assert path.stat().st_size > 100
    shutil.rmtree(derived)
    derived.write_text("a file in the way")
    pd.testing.assert_frame_equal(lr.open_review(folder).evidence, whole)


def test_what_cannot_be_kept_is_read_anew_and_a_warning_says_so(tmp_path, monkeypatch):
    """A disk that is read-only or full, with the tables of another file."""
    kept_before = new_review(tmp_path / "shore", [EXAMPLE]).derive()
    listing(kept_before.home.raw / "listing.txt", 0, 3)
    before = {path: path.read_bytes() for path in kept_before.home.corpus.rglob("*.*")}
    monkeypatch.setattr(Path, "write_bytes", Mock(side_effect=OSError(30, "Read-only file system")))
    with pytest.warns(UserWarning, match="Read-only file system.*read anew each time"):
        review = lr.open_review(tmp_path / "shore")
    assert len(review) == len(kept_before) + 3
    assert review.evidence["paper_id"].nunique() > kept_before.evidence["paper_id"].nunique()
    assert review.kept["evidence"] is review.kept["evidence"]
    assert len(lr.search(review, "oyster"))
    assert before == {path: path.read_bytes() for path in kept_before.home.corpus.rglob("*.*")}
    with pytest.raises(CorpusError, match="cannot be written"):
        refresh_corpus(folder=tmp_path / "elsewhere", review=review.home)


def test_an_edit_is_compared_with_what_the_last_build_used(folder, monkeypatch):
    with pytest.raises(CorpusError, match="no table 'themes' is kept"):
        module.last_kept("themes", folder / "data" / "corpus")
    used = lr.open_review(folder).themes
    monkeypatch.setattr(storage, "code_sum", lambda _: "another")
    pd.testing.assert_frame_equal(module.last_kept("themes", folder / "data" / "corpus"), used)


def test_a_review_opens_with_the_papers_of_a_decision(folder):
    (folder / "data" / "curated").mkdir()
    (folder / "data" / "raw").mkdir()
    listing(folder / "data" / "raw" / "listing.txt", 0, 3)
    ids = lr.open_review(folder).papers["paper_id"].tolist()
    lr.decide(lr.open_review(folder), ids[0], "include", who="A")
    lr.decide(lr.open_review(folder), ids[1], "exclude", "off topic", who="A")
    for word, left in {"": ids, "include": ids[:1], "exclude": ids[1:2], "maybe": [], "open": ids[2:]}.items():
        narrowed = lr.open_review(folder, decided=word)
        assert isinstance(narrowed, lr.Review)
        assert narrowed.papers["paper_id"].tolist() == left
    assert lr.open_review(folder, decided="exclude").decisions["reason"].tolist() == ["off topic"]
    with pytest.raises(CorpusError, match="decided=yes: there is no such decision. Allowed: 'include'"):
        lr.open_review(folder, decided="yes")


def test_a_folder_made_for_a_corpus_opens_as_a_review_and_what_is_not_there_is_told(tmp_path, three_papers, corpus):
    lr.write_corpus(three_papers, tmp_path)
    assert len(lr.open_review(tmp_path)) == 3
    with pytest.raises(CorpusError):
        lr.open_review(tmp_path / "nowhere")
    with pytest.raises(UnknownTheme, match="'offlin_rl'. Did you mean 'offline_rl'"):
        corpus.theme("offlin_rl")


EXAMPLE = PROJECT.root / "examples" / "coastal-ecology" / "refs.ris"
RULES = "threshold: 3, rules: [{name: names it, weight: 2, phrases: [%s]}]"
SHORE = f"""
themes:
  restoration: {{title: Habitats, about: Of plants put back., {RULES % "restor*, transplant*"}}}
  walrus: {{title: Walrus, about: Nobody writes of it here., {RULES % "walrus"}}}
  chance: {{title: Two papers, about: Few fit., status: draft, {RULES % "thin-layer placement"}}}
"""


def words_of(page: str) -> str:
    """What a reader of a page can see, with its code, and without the style sheet and the scripts of all pages."""
    return unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(style|script).*?</\1>", "", page)))


def test_nothing_of_the_shipped_review_stands_on_the_pages_of_another(tmp_path, monkeypatch):
    shore = tmp_path / "my review"
    new_review(shore, [EXAMPLE], "The living shore").home.themes.write_text(SHORE, encoding="utf-8")
    monkeypatch.chdir(shore)
    reports = with_theme_pages(load_catalog(), lr.open_review())
    assert {*reports} == {"corpus", "landscape", "evidence", "papers", "reading-room", "changes", "theme-restoration"}
    made = list(outcomes(prepare([(report, {}) for report in reports.values()])))
    assert [each.problem for each in made] == [""] * len(made)

    themes = lr.load_themes(PROJECT.themes)
    lexicon = yaml.safe_load(PROJECT.lexicon.read_text(encoding="utf-8"))
    ours = {name for kind in ("methods", "models", "datasets", "benchmarks") for name in lexicon[kind]}
    ours |= {*themes, *(theme.title for theme in themes.values()), "F1", str(PROJECT.root), str(shore.parent)}
    for page in (each.files[f"{each.name}.html"] for each in made):
        seen = words_of(page)
        assert [name for name in ours if name in seen and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", seen)] == []
        assert "The living shore" in seen
        assert not re.search("othing to (show|draw|quote)|No paper here has", seen)
        assert not re.search(r"</h2>\s*</section>\s*(<section[^>]*>\s*<h2|</main>)", page)


def test_a_theme_is_edited_in_python_and_says_which_papers_enter_and_leave(folder):
    review = lr.open_review(folder)
    rules = [{"name": "any", "weight": 1, "patterns": ["(?i)the"]}]
    for corpus in (review, review.where(review.papers["paper_id"][:2])):  # a selection keeps to its papers
        edited = corpus.with_theme("all", threshold=1, rules=rules)
        moved = lr.themes.differing_rows(corpus.themes, edited.themes, ["paper_id", "theme"])
        assert [set(moved["theme"]), set(moved["change"])] == [{"all"}, {"added"}]
        assert set(edited.theme("all").papers["paper_id"]) == set(moved["paper_id"]) <= corpus.ids
        assert "all" not in corpus.rules
        pd.testing.assert_frame_equal(edited.evidence, corpus.evidence)
    with pytest.raises(ThemeFileError, match=r"'all' cannot be edited so\. threshold: .* valid number \(it is 'x'\)"):
        edited.with_theme("all", threshold="x")

"""The corpus: every record accounted for, every paper once, the same from any order of the same files."""

import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.corpus import build_corpus
from litreview.errors import CurationError, SourceError
from litreview.paths import PROJECT, ReviewFolder

SAYS = {
    "Noisy Comparisons": "We weigh every comparison by how far its annotators agree. The policy is close to the best.",
    "Job Shops by Hand": "Job shops are hard to schedule. This paper gives a bound and solves every known instance.",
    "Paging with Advice": "We cache pages with a predictor that errs. The algorithm is robust, and simple to state.",
}


def listing(folder: Path, name: str, *titles: str, **abstracts: str) -> Path:
    """A listing with these titles, each with its abstract in `SAYS` unless another is given."""
    parts = ["Daily Papers", "Aug 6"]
    parts += [part for title in titles for part in (title, abstracts.get(title, SAYS.get(title, "")))]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(part for part in parts if part), encoding="utf-8")
    return path


def judged(folder: Path, *corrections: str) -> ReviewFolder:
    """A review in which people wrote these rows of corrections.csv, and where the listing a.txt comes from."""
    review = ReviewFolder(folder)
    review.curated.mkdir(parents=True, exist_ok=True)
    rows = "\n".join(["paper_id,what,field,value,date,reason", *corrections])
    (review.curated / "corrections.csv").write_text(rows + "\n", encoding="utf-8")
    (review.curated / "sources.csv").write_text("source_file,where_from,query,listed_on\na.txt,a page,unknown,Aug 6\n")
    return review


# --- Files ---


@settings(max_examples=10)
@given(
    st.lists(st.lists(st.sampled_from(sorted(SAYS)), min_size=1, max_size=3), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
)
def test_any_split_of_records_over_files_gives_the_same_papers(tmp_path_factory, pages, random):
    folder = tmp_path_factory.mktemp("pages")
    files = [listing(folder, f"{place}.txt", *titles) for place, titles in enumerate(pages)]
    plain = build_corpus(files)
    random.shuffle(files)
    shuffled = build_corpus(files)
    assert shuffled.checksum == plain.checksum
    pd.testing.assert_frame_equal(shuffled.records, plain.records)
    assert set(plain.papers["title"]) == {title for titles in pages for title in titles}
    assert (plain.ledger["found"] == plain.ledger["loaded"] + plain.ledger["merged"] + plain.ledger["rejected"]).all()
    assert plain.ledger["loaded"].sum() == len(plain)


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path):
    files = [listing(tmp_path / folder, "a.txt", "Noisy Comparisons") for folder in ("one", "two")]
    built = build_corpus([*files, str(files[0]), tmp_path / "." / "one" / "a.txt"])  # a path given again counts once
    assert built.ledger["source_file"].tolist() == ["one/a.txt", "two/a.txt"]
    assert built.ledger["merged"].tolist() == [0, 1]
    assert built.records["record_id"].is_unique


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there every file name is text")
def test_a_file_whose_name_is_no_text_is_loaded_and_named(tmp_path):
    path = listing(tmp_path, "a\udcff.txt", "Noisy Comparisons")
    (tmp_path / "b\udcff.txt").write_text("Dear all, nothing here.")
    built = build_corpus([path, tmp_path / "b\udcff.txt"])
    assert built.ledger["source_file"].tolist() == [r"a\udcff.txt"]
    assert built.unread["source_file"].tolist() == [r"b\udcff.txt"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_load(tmp_path):
    good, note, absent = listing(tmp_path, "good.txt", "Noisy Comparisons"), tmp_path / "note.txt", tmp_path / "no.txt"
    note.write_text("Dear all, nothing here.")
    built = build_corpus([good, note, absent])
    assert len(built) == 1
    assert built.unread["source_file"].tolist() == ["no.txt", "note.txt"]
    with pytest.raises(SourceError, match=r"Of 2 files none(?s:.*)no such file(?s:.*)note\.txt: no known format"):
        build_corpus([note, absent])
    with pytest.raises(SourceError, match="Of 0 files"):
        build_corpus([])


def test_a_retraction_changes_the_title_of_a_paper_and_not_its_id(tmp_path):
    for name, mark in (("a.csv", ""), ("b.csv", "RETRACTED: ")):
        (tmp_path / name).write_text(f"title,year,abstract\n{mark}On queues and their keepers,2020,We count queues.\n")
    before = build_corpus(tmp_path / "a.csv").papers
    after = build_corpus([tmp_path / "a.csv", tmp_path / "b.csv"]).papers
    assert before["paper_id"].tolist() == after["paper_id"].tolist()
    assert after["title"].tolist() == ["RETRACTED: On queues and their keepers"]


def test_two_works_of_one_title_get_two_ids_and_no_metadata(tmp_path, corpus):
    title = corpus.papers["title"][5]
    first, second, _ = SAYS.values()
    built = build_corpus([listing(tmp_path, f"{says[:3]}.txt", title, **{title: says}) for says in (first, second)])
    assert len(built) == 2
    assert built.papers["paper_id"].is_unique
    assert built.papers["arxiv_id"].isna().all()


def test_a_preprint_and_its_journal_version_are_one_work_with_the_best_of_both(tmp_path):
    title, doi = "Noisy Comparisons of Many Annotators", "10.1000/abc"
    ris = ["TY  - JOUR", f"TI  - {title}", "AU  - Lee, Ann", "AU  - Doe, Bo", "T2  - Journal of Queues", "PY  - 2021"]
    (tmp_path / "a.ris").write_text("\n".join([*ris, f"DO  - {doi}", "ER  - \n"]))
    fields = "journal = {arXiv preprint arXiv:1905.00001}, date = {2019-05-12}, abstract = {We weigh.}"
    fields = f"author = {{Lee, Ann and Doe, Bo}}, {fields}"
    (tmp_path / "b.bib").write_text(f"@misc{{lee, title = {{{title}}}, {fields}}}")
    built = build_corpus(sorted(tmp_path.iterdir()))
    (paper,) = built.papers.to_dict("records")
    assert (paper["paper_id"], paper["doi"], paper["venue"]) == ("1905.00001", "10.1000/abc", "Journal of Queues")
    (origin,) = built.origins.to_dict("records")
    assert (origin["venue"], origin["published"], origin["abstract"]) == ("a.ris:1", "b.bib:1", "b.bib:1")
    assert built.ledger[["found", "loaded", "merged", "rejected"]].to_numpy().tolist() == [[1, 1, 0, 0], [1, 1, 0, 0]]


def test_every_field_says_where_it_is_from(corpus):
    papers = corpus.papers.set_index("paper_id")
    origins = corpus.origins.set_index("paper_id")
    assert (origins.index == papers.index).all()
    for name in origins.columns.drop("url"):  # an address may be made from an identifier
        has = papers[name].notna() & (papers[name] != "")
        assert (origins[name].notna() == has).all(), name
    assert set(origins["published"].dropna()) == {"metadata.csv"}
    by_hand = papers["abstract_from"].isna()  # passages that corrections.csv puts right
    assert (origins["abstract"] == papers["abstract_from"])[~by_hand].all()
    assert origins.loc[by_hand, "abstract"].str.startswith("corrections.csv, line").all()


# --- Corrections ---


def test_a_corrected_field_overrules_the_file(tmp_path):
    path = listing(tmp_path, "a.txt", "Noisy Comparisons")
    paper_id = build_corpus(path).papers["paper_id"][0]
    review = judged(
        tmp_path,
        f"{paper_id},field,venue,ICML 2024,2025-01-01,seen in the proceedings",
        f"{paper_id},field,published,2024-05,2025-01-01,seen on the page",
        f"{paper_id},field,abstract,A 2times speedup.,2025-01-01,the listing cut it",
        "9999.99999,field,venue,nowhere,2025-01-01,no such paper here",
    )
    built = build_corpus(path, review)
    paper, origin = built.papers.iloc[0], built.origins.iloc[0]
    assert (origin["venue"], origin["title"]) == ("corrections.csv, line 2", "a.txt:5")
    assert (paper["paper_id"], paper["venue"], paper["abstract"]) == (paper_id, "ICML 2024", "A 2× speedup.")
    assert (paper["published"], paper["date_precision"]) == (pd.Timestamp("2024-05-01"), "month")
    assert pd.isna(paper["abstract_from"])


def test_a_corrected_passage_is_put_right_in_the_files_of_the_project_alone(tmp_path):
    path = listing(tmp_path, "a.txt", "Paging with Advice")
    paper_id = build_corpus(path).papers["paper_id"][0]
    review = judged(tmp_path, f"{paper_id},passage,abstract,is robust => is O(√k) robust,2025-01-01,the page lost it")
    paper = build_corpus(path, review).papers.iloc[0]
    assert "The algorithm is O(√k) robust, and simple" in paper["abstract"]
    assert pd.isna(paper["abstract_from"])
    other = build_corpus(listing(tmp_path, "b.txt", "Paging with Advice"), review)  # may say it in other words
    assert other.papers["abstract_from"].notna().all()
    for words in ("is sturdy", "a"):  # not in the abstract, more than once in it
        review = judged(tmp_path, f"{paper_id},passage,abstract,{words} => is robust,2025-01-01,the page lost it")
        with pytest.raises(CurationError, match=r"line 2, column 'value': .* words that stand once in the abstract"):
            build_corpus(path, review)


def test_papers_are_merged_and_records_taken_out_by_hand(tmp_path):
    files = [listing(tmp_path, "a.txt", *SAYS), listing(tmp_path, "b.txt", "Noisy Comparisons")]
    ids = build_corpus(files).papers.set_index("title")["paper_id"]
    review = judged(
        tmp_path,
        f"{ids['Job Shops by Hand']},merge,,{ids['Paging with Advice']},2025-01-01,renamed",
        f"{ids['Noisy Comparisons']},unmerge,,b.txt:5,2025-01-01,another paper of that title",
    )
    built = build_corpus(files, review)
    records = built.records.set_index("record_id")
    assert len(built) == 3
    assert records.loc["a.txt:13", "merged_into"] == "a.txt:9"
    assert records.loc["a.txt:13", "merge_reason"] == "corrections.csv, line 2: renamed"
    assert records.loc["b.txt:5", "paper_id"] != records.loc["a.txt:5", "paper_id"]
    assert (built.ledger["found"] == built.ledger["loaded"] + built.ledger["merged"]).all()


def test_taking_out_the_first_record_makes_the_next_one_the_first(tmp_path):
    files = [listing(tmp_path, f"{name}.txt", "Noisy Comparisons") for name in "abc"]
    paper_id = build_corpus(files).papers["paper_id"][0]
    review = judged(tmp_path, f"{paper_id},unmerge,,a.txt:5,2025-01-01,another paper")
    records = build_corpus(files, review).records.set_index("record_id")
    assert records["merged_into"].fillna("").to_dict() == {"a.txt:5": "", "b.txt:5": "", "c.txt:5": "b.txt:5"}
    assert records["paper_id"].nunique() == 2


def test_a_record_that_is_not_of_the_paper_cannot_be_taken_out_of_it(tmp_path):
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nTI  - First of the long way home\nDO  - 10.1000/a\nER  - \n")
    review = judged(tmp_path, "10.1000/a,unmerge,,b.ris:1,2025-01-01,of a file that is not here")
    assert len(build_corpus(path, review)) == 1
    review = judged(tmp_path, "10.1000/a,unmerge,,a.ris:9,2025-01-01,no record begins there")
    with pytest.raises(CurationError, match=r"line 2, column 'value': 'a.ris:9' .* a record of 10.1000/a: a.ris:1"):
        build_corpus(path, review)


# --- Further files ---


def test_a_corpus_with_further_files_is_that_of_all_files(tmp_path):
    first, *rest = sorted(PROJECT.raw.iterdir())
    whole, extended = build_corpus([first, *rest]), build_corpus([first], to=build_corpus(rest))
    for name in ("papers", "records", "ledger", "rejected", "sources", "unread", "origins"):
        pd.testing.assert_frame_equal(getattr(whole, name), getattr(extended, name))


def test_a_file_that_loads_after_a_later_save_is_unread_no_more(tmp_path):
    good, path = listing(tmp_path, "a.txt", "Noisy Comparisons"), tmp_path / "june.txt"
    path.write_bytes(b"\x00\x01")
    old = build_corpus([good, path])
    again = build_corpus([good, path], to=old)
    assert old.unread["source_file"].tolist() == again.unread["source_file"].tolist() == ["june.txt"]
    new = build_corpus(listing(tmp_path, "june.txt", "Job Shops by Hand"), to=old)
    assert (len(new), len(new.unread)) == (2, 0)

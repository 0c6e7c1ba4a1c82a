"""The shipped corpus, every record accounted for; filters."""

from dataclasses import replace

import pandas as pd
import pytest

from litreview import paths
from litreview.corpus.cleaning import clean
from litreview.errors import CorpusError

PAGES = ["000_268296abfde70a8a.txt", "001_3fb21f5d25bb238b.txt", "003_3540fef8388e5b8c.txt", "004_5db1fc142ec420d6.txt"]
FOUND = dict(zip(PAGES, (56, 63, 89, 76), strict=True))


# --- The shipped corpus ---


def test_the_four_pages_give_243_papers_and_the_ledger_closes(corpus):
    ledger = corpus.ledger.set_index("source_file")
    assert ledger["found"].to_dict() == FOUND
    assert (ledger["found"] == ledger["loaded"] + ledger["merged"] + ledger["rejected"]).all()
    assert ledger[["loaded", "merged", "rejected"]].sum().tolist() == [243, 41, 0]
    assert (len(corpus), len(corpus.records), len(corpus.rejected), len(corpus.unread)) == (243, 284, 0, 0)
    assert corpus.sources["listed_on"].tolist() == ["Aug 6", "Mar 13", "Sep 11", "Sep 9"]


def test_merged_records_name_a_loaded_one_of_the_same_paper_and_a_reason(corpus):
    merged = corpus.records[corpus.records["merged_into"].notna()]
    loaded = corpus.records[corpus.records["merged_into"].isna()].set_index("record_id")
    assert merged["merge_reason"].notna().all()
    assert (loaded.loc[merged["merged_into"], "paper_id"].to_numpy() == merged["paper_id"].to_numpy()).all()
    firsts = loaded.loc[merged["merged_into"]]
    assert (firsts["source_file"].to_numpy() <= merged["source_file"].to_numpy()).all()


def test_raw_text_is_verbatim_and_papers_hold_it_cleaned(corpus):
    files = {name: (paths.PROJECT.raw / name).read_text(encoding="utf-8") for name in FOUND}
    records = corpus.records.set_index("record_id")
    for row in records.itertuples():
        assert row.title_raw in files[row.source_file]
        assert row.abstract_raw in files[row.source_file]
    uncorrected = corpus.papers[corpus.papers["abstract_from"].notna()]
    assert len(uncorrected) == len(corpus.papers) - 7
    for row in uncorrected.itertuples():
        assert row.abstract == clean(records.loc[row.abstract_from, "abstract_raw"])


def test_240_papers_are_dated_and_ids_are_of_one_of_the_three_kinds(corpus):
    papers, ids = corpus.papers, corpus.papers["paper_id"]
    assert papers["published"].isna().sum() == 3
    assert (papers["published"].isna() == papers["date_precision"].isna()).all()
    assert (papers.loc[papers["date_precision"] == "month", "published"].dt.day == 1).all()
    assert corpus.as_of == pd.Timestamp("2025-09-04")
    assert ids.is_unique
    assert ids.is_monotonic_increasing
    assert ids.str.fullmatch(r"\d{4}\.\d{4,5}|[0-9a-f]{12}").all()
    assert (ids == corpus.papers["arxiv_id"].fillna(ids)).all()


# --- Filters ---


def test_a_period_is_inclusive_and_counts_the_undated_that_leave(corpus, empty_corpus):
    part = corpus.between(2023, 2024)
    assert set(part.papers["published"].dt.year) == {2023, 2024}
    assert part.undated_left_out == 3
    assert (part.since, part.until) == (2023, 2024)
    assert len(corpus.between(2023)) + len(corpus.between(until=2022)) == 240
    assert corpus.between() is corpus
    assert (len(empty_corpus.between(2020)), pd.isna(empty_corpus.as_of)) == (0, True)
    assert corpus.between(until=2020).as_of == corpus.as_of  # where the pages end, not where a filter does
    assert set(part.records["paper_id"]) == set(part.papers["paper_id"])
    pd.testing.assert_frame_equal(part.ledger, corpus.ledger)


@pytest.mark.parametrize(("since", "until"), [(2024, 2023), (-1, 0), (0, -5)])
def test_a_period_that_is_none_is_an_error(corpus, since, until):
    with pytest.raises(CorpusError, match="no period"):
        corpus.between(since, until)


def test_papers_are_chosen_by_id_or_by_a_column(corpus):
    ids = corpus.papers["paper_id"][:5].tolist()
    assert corpus.where(ids).papers["paper_id"].tolist() == ids
    assert corpus.where(corpus.papers["published"].isna()).papers["published"].isna().all()
    assert len(corpus.where([])) == 0
    with pytest.raises(CorpusError, match="has no paper '2401.x'"):
        corpus.where(["2401.x"])


def test_kept_tables_follow_a_selection(corpus):
    table = pd.DataFrame({"paper_id": [*corpus.papers["paper_id"], "of.another.corpus"], "score": range(244)})
    kept, late = replace(corpus, kept={"scores": table}), corpus.between(since=2024)
    for part in (kept.between(since=2024), kept.where(late.papers["paper_id"])):
        scores = part.derived("scores", lambda _: pytest.fail("computed again"))
        assert scores["paper_id"].tolist() == late.papers["paper_id"].tolist()
        assert scores.index.tolist() == list(range(len(late)))
    assert kept.derived("others", len) == len(corpus)

"""The account of the records, on small invented corpora."""

from dataclasses import replace

import pandas as pd
import pytest
from invented import corpus

from litreview import schema
from litreview.analysis import ledger
from litreview.corpus import Corpus
from litreview.errors import LedgerError


def merged() -> Corpus:
    """Two papers, and a third record that repeats the first."""
    whole = corpus(p1="2023-05-01", p2=None)
    repeats = {"record_id": "a.txt:3", "merged_into": "a.txt:1", "merge_reason": "same words"}
    again = whole.records.head(1).assign(source_line=3, **repeats)
    return replace(whole, records=pd.concat([whole.records, again], ignore_index=True))


def test_rejected_and_repaired_records_stand_with_their_lines_and_reasons():
    whole = merged()
    rejected = schema.shape([{"source_file": "a.txt", "line": 9, "reason": "no title", "text": "x"}], schema.REJECTED)
    extra = ['{"repaired": "a bracket is missing"}', '{"note": {"repaired": "x"}}', '{"note": "repaired"}']
    records = whole.records.assign(extra=pd.array(extra, "str"))
    table = ledger.faulty(replace(whole, rejected=rejected, records=records))
    expected = [[1, "a bracket is missing", "repaired"], [9, "no title", "rejected"]]
    assert table[["line", "reason", "fate"]].to_numpy().tolist() == expected
    assert ledger.faulty(whole).empty


def test_a_correction_of_a_paper_that_is_not_here_is_told():
    rows = [("p1", "field"), ("gone", "field"), ("gone", "merge")]  # a merged paper may be gone because of its row
    idle = ledger.idle(merged(), pd.DataFrame(rows, columns=["paper_id", "what"]))
    assert idle.index.tolist() == [1]


def test_a_merged_record_names_what_it_repeats_and_why_and_a_version_the_first_record_of_its_work():
    whole = merged()
    paper = ["p1", "Title of p1", "https://example.org/p1"]
    repeated = ["a.txt:3", "same record", "a.txt:1", "same words", *paper]
    assert ledger.merges(whole).to_numpy().tolist() == [repeated]
    versions = replace(whole, records=whole.records.assign(merged_into=pd.Series([None] * 3, dtype="str")))
    assert ledger.merges(versions)["relation"].tolist() == ["version"]


def test_a_ledger_gets_its_totals_and_a_sum_that_does_not_close_stops_the_report():
    sums = corpus(p1=None, p2=None).ledger
    totals = ledger.closed(sums).iloc[-1]
    assert totals[["source_file", "found", "loaded", "merged", "rejected"]].tolist() == ["All files", 2, 2, 0, 0]
    with pytest.raises(LedgerError, match=r"a\.txt: .* Build the corpus again"):
        ledger.closed(sums.assign(merged=1))


def test_a_field_is_known_where_it_is_neither_missing_nor_empty():
    table = ledger.completeness(corpus(p1="2023-05-01", p2=None)).set_index("field")
    assert table["of"].unique().tolist() == [2]
    assert table.loc[["Title", "Date", "Abstract", "DOI"], "n"].tolist() == [2, 1, 0, 0]  # abstracts are there, empty


CLEANED = [
    (r"1.2\times", "1.2×", r"1.2\times", "1.2×"),
    (rf"{'x' * 60}\times", f"{'x' * 60}×", rf"…{'x' * 24}\times", f"…{'x' * 24}×"),
    (rf"\times {'y' * 60}", f"× {'y' * 60}", rf"\times {'y' * 23}…", f"× {'y' * 28}…"),
]


@pytest.mark.parametrize(("raw", "clean", "before", "after"), CLEANED)
def test_a_cleaned_place_is_shown_with_the_words_around_it(raw, clean, before, after):
    whole = corpus(p1="2023-05-01", p2="2023-05-01")
    records = whole.records.assign(abstract_raw=[raw, "the same"])
    about = {"abstract": [clean, "the same"], "abstract_from": records["record_id"], "authors": "Ada Ng"}
    table = ledger.cleaned_abstracts(replace(whole, records=records, papers=whole.papers.assign(**about)))
    assert table[["paper", "before", "after"]].to_numpy().tolist() == [["Ng, 2023a", before, after]]


def test_an_abstract_is_compared_with_the_record_that_it_is_from():
    """The first record of a paper may have none; nothing was cleaned then."""
    whole = merged()
    records = whole.records.assign(abstract_raw=["", "", "Its words."])
    papers = whole.papers.assign(abstract=["Its words.", ""], abstract_from=["a.txt:3", None])
    assert ledger.cleaned_abstracts(replace(whole, records=records, papers=papers)).empty

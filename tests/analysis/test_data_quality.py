"""The account of the records, on small invented corpora."""

from dataclasses import replace

import pandas as pd
import pytest
from invented import corpus

from litreview import schema
from litreview.analysis import data_quality
from litreview.corpus import Corpus
from litreview.errors import LedgerError


def told(**abstracts: tuple[str, str]) -> Corpus:
    """A corpus whose papers have these abstracts, as saved and as cleaned."""
    pile = corpus(**dict.fromkeys(abstracts, "2023-05-01"))
    raw, clean = zip(*abstracts.values(), strict=True)
    return replace(
        pile,
        papers=pile.papers.assign(abstract=[*clean], abstract_from=pile.records["record_id"], authors="Ada Ng"),
        records=pile.records.assign(abstract_raw=[*raw]),
    )


def merged() -> Corpus:
    """Two papers, and a third record that repeats the first."""
    pile = corpus(p1="2023-05-01", p2=None)
    again = pile.records.head(1).assign(
        record_id="a.txt:3", source_line=3, merged_into="a.txt:1", merge_reason="same words"
    )
    return replace(pile, records=pd.concat([pile.records, again], ignore_index=True))


def test_rejected_and_mended_records_stand_with_their_lines_and_reasons():
    pile = merged()
    rejected = schema.shape([{"source_file": "a.txt", "line": 9, "reason": "no title", "text": "x"}], schema.REJECTED)
    extra = [
        '{"mended": "a bracket is missing"}',
        '{"note": {"mended": "x"}}',
        '{"note": "mended"}',
    ]  # a word, not a fault
    table = data_quality.faulty(
        replace(pile, rejected=rejected, records=pile.records.assign(extra=pd.array(extra, "str")))
    )
    assert table[["line", "reason", "fate"]].to_numpy().tolist() == [
        [int(pile.records["source_line"][0]), "a bracket is missing", "mended"],
        [9, "no title", "rejected"],
    ]
    assert data_quality.faulty(pile).empty


def test_a_correction_of_a_paper_that_is_not_here_is_told():
    rows = [("p1", "field", "venue"), ("gone", "field", "venue"), ("gone", "merge", "")]
    corrections = pd.DataFrame(rows, columns=["paper_id", "what", "field"])
    assert data_quality.idle(merged(), corrections).index.tolist() == [
        1
    ]  # a merged paper may be gone because of its row


def test_a_merged_record_names_what_it_repeats_and_why():
    table = data_quality.merges(merged())
    assert table.to_dict("records") == [
        {
            "record_id": "a.txt:3",
            "relation": "same record",
            "merged_into": "a.txt:1",
            "merge_reason": "same words",
            "paper_id": "p1",
            "title": "Title of p1",
            "url": "https://example.org/p1",
        }
    ]


def test_a_ledger_that_closes_gets_its_totals():
    table = data_quality.closed(corpus(p1=None, p2=None).ledger)
    assert table["source_file"].tolist() == ["a.txt", "All files"]
    assert table.iloc[-1][["found", "loaded", "merged", "rejected"]].tolist() == [2, 2, 0, 0]


@pytest.mark.parametrize("column", ["found", "loaded", "merged", "rejected"])
def test_a_sum_that_does_not_close_stops_the_report(column):
    ledger = corpus(p1=None).ledger
    with pytest.raises(LedgerError, match=r"a\.txt: .* A record is lost or counted twice"):
        data_quality.closed(ledger.assign(**{column: ledger[column] + 1}))


def test_a_field_is_known_where_it_is_neither_missing_nor_empty():
    table = data_quality.completeness(corpus(p1="2023-05-01", p2=None)).set_index("field")
    assert table.loc["Date", ["n", "of"]].tolist() == [1, 2]
    assert table.loc["Title", ["n", "of"]].tolist() == [2, 2]
    assert table.loc["Abstract", "n"] == 0  # there, and empty
    assert table.loc["DOI", "n"] == 0


@pytest.mark.parametrize(
    ("raw", "clean", "before", "after"),
    [
        ("1.22times faster", "1.22× faster", "1.22times faster", "1.22× faster"),
        ("  two  blanks", "two blanks", "  two  blanks", "two blanks"),  # changed from the first character on
        ("cut at the end --", "cut at the end –", "cut at the end --", "cut at the end –"),
        (f"{'x' * 60}times", f"{'x' * 60}×", f"…{'x' * 24}times", f"…{'x' * 24}×"),
        (f"times{'y' * 60}", f"×{'y' * 60}", f"times{'y' * 25}…", f"×{'y' * 29}…"),
    ],
)
def test_a_cleaned_place_is_shown_with_the_words_around_it(raw, clean, before, after):
    table = data_quality.cleaned_abstracts(told(p1=(raw, clean), p2=("the same", "the same")))
    assert table["before"].tolist() == [before]
    assert table["after"].tolist() == [after]
    assert table["paper"].tolist() == ["Ng, 2023a"]


def test_an_abstract_is_compared_with_the_record_that_it_is_from():
    """The first record of a paper may have none; nothing was cleaned then."""
    pile = merged()
    records = pile.records.assign(abstract_raw=["", "", "Its words."])
    papers = pile.papers.assign(abstract=["Its words.", ""], abstract_from=["a.txt:3", None])
    assert data_quality.cleaned_abstracts(replace(pile, records=records, papers=papers)).empty

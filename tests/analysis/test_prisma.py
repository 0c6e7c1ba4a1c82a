"""The PRISMA flow: every record has one way, and the sums close."""

import xml.dom.minidom
from dataclasses import replace

import pandas as pd
import pytest
from invented import corpus, shaped

from litreview import charts, schema
from litreview.analysis import prisma
from litreview.corpus import Corpus
from litreview.errors import LedgerError
from litreview.report import chart_html

COUNTS = ["found", "loaded", "merged", "rejected"]


def corpus_of(ledger: dict[str, tuple[int, int, int, int]], works: list[str]) -> Corpus:
    """A corpus with these files, and a loaded record for each of `works` (two of one name are versions of a work)."""
    rows = [{"source_file": name, **dict(zip(COUNTS, counts, strict=True))} for name, counts in ledger.items()]
    whole, lines = corpus(**dict.fromkeys(works)), range(1, len(works) + 1)
    blank = {"source_file": "a", "title_raw": "", "abstract_raw": ""}
    records = [
        {"record_id": f"a:{n}", "paper_id": work, "source_line": n, **blank}
        for n, work in zip(lines, works, strict=True)
    ]
    return replace(whole, records=shaped(schema.RECORDS, records), ledger=shaped(schema.LEDGER, rows))


def decided(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["paper_id", "decision", "reason"], dtype="str")


def lines(table: pd.DataFrame) -> list[str]:
    schema.check(table, schema.FLOW)
    return [f"{row.box}{' ' if row.heads else ': '}{row.text} {row.n}" for row in table.itertuples()]


def test_a_file_is_merged_rejected_and_included():
    # 9 found = 6 loaded + 2 merged + 1 rejected; p1 has two versions, so 6 reports of 5 studies.
    corpus = corpus_of({"a": (9, 6, 2, 1)}, ["p1", "p1", "p2", "p3", "p4", "p5"])
    assert lines(prisma.prisma_counts(corpus)) == [
        "identified Records identified from files 9",
        "identified: a 9",
        "removed Records removed before screening 3",
        "removed: Duplicate records removed 2",
        "removed: Records marked as ineligible by automation tools 0",
        "removed: Records removed for other reasons 1",
        "included Studies included in review 5",
        "included: Reports of included studies 6",
    ]


def test_a_limit_on_years_is_an_automation_tool(corpus):
    table = prisma.prisma_counts(corpus.between(2023, 2024)).set_index("text")["n"]
    left = len(corpus) - len(corpus.between(2023, 2024))
    assert table["Records marked as ineligible by automation tools"] == left > 0
    assert table["Studies included in review"] == len(corpus) - left


def test_decisions_are_screening():
    corpus = corpus_of({"a": (6, 6, 0, 0)}, ["p1", "p1", "p2", "p3", "p4", "p5"])
    choices = decided(("p1", "include", ""), ("p2", "exclude", "No method"), ("p3", "exclude", ""))
    assert lines(prisma.prisma_counts(corpus, choices))[6:] == [
        "screened Records screened 4",
        "screened: Records not screened yet 2",
        "excluded Records excluded 2",
        "excluded: No method 1",
        "excluded: No reason given 1",
        "included Studies included in review 1",
        "included: Reports of included studies 2",
    ]


def test_many_files_are_told_together():
    ledger = {f"file{place}": (place, place, 0, 0) for place in range(1, 9)}
    table = prisma.prisma_counts(corpus_of(ledger, [f"p{place}" for place in range(36)]))
    files = table[(table["box"] == "identified") & ~table["heads"]]
    assert files["text"].tolist() == ["file8", "file7", "file6", "file5", "file4", "3 other files"]
    assert files["n"].tolist() == [8, 7, 6, 5, 4, 6]


@pytest.mark.parametrize(
    ("ledger", "works", "choices"),
    [
        ({"a": (9, 1, 0, 0)}, ["p1"], None),  # eight records have no way
        ({"a": (1, 1, 0, 0)}, ["p1", "p2"], None),  # more records than the ledger knows
        ({"a": (1, 1, 0, 0)}, ["p1"], [("p1", "include", ""), ("p1", "exclude", "x")]),  # decided twice
        ({"a": (1, 1, 0, 0)}, ["p1"], [("p1", "perhaps", "")]),  # no decision at all
    ],
)
def test_a_sum_that_does_not_close_is_no_diagram(ledger, works, choices):
    with pytest.raises(LedgerError, match="records are identified"):
        prisma.prisma_counts(corpus_of(ledger, works), decided(*choices) if choices else None)


def test_a_strangers_file_name_is_text_and_ends_no_process():
    table = prisma.prisma_counts(corpus_of({"</text><script>alert(1)</script>": (1, 1, 0, 0)}, ["p1"]))
    table.loc[table["n"] == 1, "text"] += "\x00"
    picture = chart_html.svg(charts.flow(table).to_dict())
    assert "<script" not in picture
    assert "\x00" not in picture
    xml.dom.minidom.parseString(picture)  # noqa: S318

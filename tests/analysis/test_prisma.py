"""The PRISMA flow: every record has one way, and the sums close."""

import xml.dom.minidom
from dataclasses import replace

import pytest
from invented import at_home, corpus, shaped

from litreview import charts, schema
from litreview.analysis.screening import prisma_counts
from litreview.charts import svg_export
from litreview.corpus import Corpus
from litreview.errors import LedgerError
from litreview.judgement import decide, with_decision

SIX = {"a": (9, 6, 2, 1)}, ["p1", "p1", "p2", "p3", "p4", "p5"]
COUNTS = ["found", "loaded", "merged", "rejected"]


def corpus_of(ledger: dict[str, tuple[int, int, int, int]], works: list[str]) -> Corpus:
    """A corpus with these files, and a loaded record for each of `works` (two of one name are versions of a work)."""
    rows = [{"source_file": name, **dict(zip(COUNTS, counts, strict=True))} for name, counts in ledger.items()]
    blank = {"source_file": "a", "title_raw": "", "abstract_raw": ""}
    told = [{"record_id": f"a:{n}", "paper_id": work, "source_line": n, **blank} for n, work in enumerate(works, 1)]
    whole = corpus(**dict.fromkeys(works))
    return replace(whole, records=shaped(schema.RECORDS, told), ledger=shaped(schema.LEDGER, rows))


def test_a_file_is_merged_rejected_and_included():
    # 9 found = 6 loaded + 2 merged + 1 rejected; p1 has two versions, so 6 reports of 5 studies.
    table = prisma_counts(corpus_of(*SIX))
    schema.check(table, schema.FLOW)
    assert [f"{row.box}{' ' if row.heads else ': '}{row.text} {row.n}" for row in table.itertuples()] == [
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
    table = prisma_counts(corpus.between(2023, 2024)).set_index("text")["n"]
    left = len(corpus) - len(corpus.between(2023, 2024))
    assert table["Records marked as ineligible by automation tools"] == left > 0
    assert table["Studies included in review"] == len(corpus) - left


def test_many_files_have_no_lines_of_their_own():
    ledger = {f"file{place}": (1, 1, 0, 0) for place in range(7)}
    table = prisma_counts(corpus_of(ledger, [f"p{place}" for place in range(7)]))
    assert table.loc[table["box"] == "identified", "text"].tolist() == ["Records identified from files"]


@pytest.mark.parametrize("word", ["", "include", "open"])  # whatever papers a page shows, the flow is the whole one
def test_decisions_are_the_screening(tmp_path, word):
    """Six reports of five studies: p1 (two reports) and p2 in, p3 out, p4 perhaps, p5 open."""
    decided = at_home(corpus_of(*SIX), tmp_path)
    for paper_id, decision in {"p1": "include", "p2": "include", "p3": "exclude", "p4": "maybe"}.items():
        decide(decided, paper_id, decision, "off topic" if decision == "exclude" else "")
    table = prisma_counts(with_decision(decided, word))
    assert [f"{row.box}{' ' if row.heads else ': '}{row.text} {row.n}" for row in table[6:].itertuples()] == [
        "screened Records screened 5",
        "screened: Of these without a final decision 1",
        "screened: Records not screened yet 1",
        "excluded Records excluded 1",
        "excluded: off topic 1",
        "included Studies included in review 2",
        "included: Reports of included studies 3",
    ]
    assert "Records excluded" in svg_export.svg(charts.flow(table).to_dict())


# Eight records have no way; more records than the ledger knows.
@pytest.mark.parametrize(("counts", "works"), [((9, 1, 0, 0), ["p1"]), ((1, 1, 0, 0), ["p1", "p2"])])
def test_a_sum_that_does_not_close_is_no_diagram(counts, works):
    with pytest.raises(LedgerError, match="records (?:found|are loaded), but"):
        prisma_counts(corpus_of({"a": counts}, works))


def test_a_strangers_file_name_is_text_and_ends_no_process():
    table = prisma_counts(corpus_of({"</text><script>alert(1)</script>": (1, 1, 0, 0)}, ["p1"]))
    table.loc[table["n"] == 1, "text"] += "\x00"
    picture = svg_export.svg(charts.flow(table).to_dict())
    assert "<script" not in picture
    assert "\x00" not in picture
    xml.dom.minidom.parseString(picture)  # noqa: S318

"""What changed between two corpora is told, and nothing else."""

from operator import itemgetter

import pytest
from invented import shaped

import litreview as lr
from litreview import schema
from litreview.analysis import changes
from litreview.corpus import Corpus

LONG = " ".join(f"word{place}" for place in range(60))


def corpus_of(**papers: dict) -> Corpus:
    """A corpus of papers, by id, each with one record of the same words (or those in `records`)."""
    rows, records = [], []
    for line, (name, fields) in enumerate(papers.items(), start=1):
        row = {"paper_id": name, "title": f"On the matter of {name}", "abstract": "", "n_records": 1} | fields
        titles = row.pop("records", [row["title"]])
        rows += [row]
        place = {"record_id": f"a.txt:{line}", "paper_id": name, "source_file": "a.txt", "source_line": line}
        place |= {"abstract_raw": row["abstract"], "format": "listing"}
        records += [place | {"title_raw": title} for title in titles]
    tables = shaped(schema.PAPERS, sorted(rows, key=itemgetter("paper_id"))), shaped(schema.RECORDS, records)
    return Corpus(*tables, schema.empty(schema.LEDGER), schema.empty(schema.REJECTED))


def told(old: Corpus, new: Corpus) -> list[tuple[str, ...]]:
    rows = schema.check(changes.paper_changes(old, new), schema.CHANGES)
    return list(rows[["change", "paper_id", "field", "before", "after"]].itertuples(index=False, name=None))


def worded(title: str) -> dict[str, str]:
    return {"title": title, "abstract": LONG}


MONTH = {"published": "2024-05-01", "date_precision": "month"}
FIRST, SECOND, BOTH = {"title": "First"}, {"title": "Second"}, {"title": "First", "records": ["First", "Second"]}
OLD, NEW = "The old and long name of it", "The new and long name of it"
ANOTHER_ID = [("changed", "2401.1", "paper_id", "hash", "2401.1")]
MERGED = ("merged", "title", "Second", "First")  # without the paper
STUDY, GONE = {"abstract": "We study."}, "This paper has been withdrawn by the authors."
RETITLED, BANK = ("title", "Retracted: a", "Retracted: b"), "Money was withdrawn from banks."

# Papers before, papers after, and the changes: kind, paper, field, before, after.
CHANGES = [
    ({"a": {}}, {"a": {}}, []),
    ({}, {"a": {}}, [("new", "a", "", "", "")]),
    ({"a": {}}, {}, [("gone", "a", "", "", "")]),
    # A date that is known more exactly is a change, though its first day is the same.
    ({"a": MONTH}, {"a": MONTH | {"date_precision": "day"}}, [("changed", "a", "published", "2024-05", "2024-05-01")]),
    ({"a": {"venue": None}}, {"a": {"venue": "ICML"}}, [("changed", "a", "venue", "", "ICML")]),
    # A further record, or another source of the abstract, is no change of the paper.
    ({"a": {"n_records": 1}}, {"a": {"n_records": 2}}, []),
    # It was given an identifier: the same words, another id.
    ({"hash": FIRST}, {"2401.1": FIRST}, ANOTHER_ID),
    # The words changed as well as the id; matching still finds it by its long abstract.
    ({"hash": worded(OLD)}, {"2401.1": worded(NEW)}, [*ANOTHER_ID, ("changed", "2401.1", "title", OLD, NEW)]),
    # b is a record of a now, and is taken apart again; two papers become one new paper.
    ({"a": FIRST, "b": SECOND}, {"a": BOTH}, [(MERGED[0], "a", *MERGED[1:])]),
    ({"a": BOTH}, {"a": FIRST, "b": SECOND}, [("parted", "b", "", "", "")]),
    ({"x": FIRST, "y": SECOND}, {"z": BOTH}, [(MERGED[0], "z", *MERGED[1:]), ("changed", "z", "paper_id", "x", "z")]),
    # Numbers tell two papers apart, here as everywhere.
    ({"x": worded("About Qwen2")}, {"y": worded("About Qwen3")}, [("new", "y", "", "", ""), ("gone", "x", "", "", "")]),
    # Withdrawn now, in the words of arXiv, and of a journal; then it was withdrawn before, and then others' money is.
    ({"a": STUDY}, {"a": STUDY | {"abstract": GONE}}, [("withdrawn", "a", "abstract", "We study.", GONE)]),
    ({"a": FIRST}, {"a": {"title": "RETRACTED: First"}}, [("withdrawn", "a", "title", "First", "RETRACTED: First")]),
    ({"a": {"title": "Retracted: a"}}, {"a": {"title": "Retracted: b"}}, [("changed", "a", *RETITLED)]),
    ({"a": STUDY}, {"a": STUDY | {"abstract": BANK}}, [("changed", "a", "abstract", "We study.", BANK)]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_each_change_is_told_once(old, new, expected):
    assert told(corpus_of(**old), corpus_of(**new)) == expected


def test_themes_are_counted_before_now_and_among_the_papers_that_came(corpus):
    part = corpus.where(corpus.papers["paper_id"].head(150))
    counted = changes.theme_counts(part, corpus, {"scheduling": "Timetables"}).set_index("theme")
    n = counted.apply(lambda column: column.str.extract(r"^(\d+) of")[0].astype(int))
    assert (n["before"] + n["came"] == n["now"]).all()
    assert counted.loc["Timetables", "before"].endswith(" of 150")


def test_an_earlier_corpus_is_the_one_that_is_named(tmp_path):
    lr.write_corpus(corpus_of(a={}), tmp_path / "old")
    assert changes.earlier(str(tmp_path / "old"), "").papers["paper_id"].tolist() == ["a"]

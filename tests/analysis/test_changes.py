"""What changed between two corpora is told, and nothing else."""

import pandas as pd
import pytest

import litreview as lr
from litreview import schema
from litreview.analysis import changes
from litreview.corpus import Corpus, previous_corpus, refresh_corpus
from litreview.errors import CorpusError

LONG = " ".join(f"word{place}" for place in range(60))


def corpus_of(**papers: dict) -> Corpus:
    """A corpus of papers, by id, each with one record of the same words (or those in `records`)."""
    blank = {"abstract": "", "n_records": 1}
    rows = [blank | {"paper_id": name, "title": f"On the matter of {name}"} | fields for name, fields in papers.items()]
    records = [
        {"record_id": f"a.txt:{place}", "paper_id": row["paper_id"], "source_file": "a.txt", "source_line": place,
         "title_raw": title, "abstract_raw": row["abstract"], "format": "listing", "extra": row.get("extra")}
        for place, row in enumerate(rows, start=1)
        for title in row.get("records", [row["title"]])
    ]  # fmt: skip
    tables = [
        schema.shape(table, of) if table else schema.empty(of)
        for table, of in ((rows, schema.PAPERS), (records, schema.RECORDS))
    ]
    papers_table = tables[0][schema.PAPERS.names].sort_values("paper_id", ignore_index=True)
    return Corpus(papers_table, tables[1], schema.empty(schema.LEDGER), schema.empty(schema.REJECTED))


def told(old: Corpus, new: Corpus) -> list[tuple[str, ...]]:
    rows = schema.check(changes.paper_changes(old, new), schema.CHANGES)
    return list(rows[["change", "paper_id", "field", "before", "after"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": {}}, {"a": {}}, []),
        ({}, {"a": {}}, [("new", "a", "", "", "")]),
        ({"a": {}}, {}, [("gone", "a", "", "", "")]),
        # A date that is known more exactly is a change, though its first day is the same.
        (
            {"a": {"published": "2024-05-01", "date_precision": "month"}},
            {"a": {"published": "2024-05-01", "date_precision": "day"}},
            [("changed", "a", "published", "2024-05", "2024-05-01")],
        ),
        ({"a": {"venue": None}}, {"a": {"venue": "ICML"}}, [("changed", "a", "venue", "", "ICML")]),
        ({"a": {"doi": "10.1/x"}}, {"a": {"doi": None}}, [("changed", "a", "doi", "10.1/x", "")]),
        # A further record, or another source of the abstract, is no change of the paper.
        ({"a": {"n_records": 1}}, {"a": {"n_records": 2}}, []),
        # It was given an identifier: the same words, another id.
        (
            {"hash": {"title": "One of its kind"}},
            {"2401.1": {"title": "One of its kind"}},
            [("changed", "2401.1", "paper_id", "hash", "2401.1")],
        ),
        # The words changed as well as the id; matching still finds it by its long abstract.
        (
            {"hash": {"title": "The old and long name of it", "abstract": LONG}},
            {"2401.1": {"title": "The new and long name of it", "abstract": LONG}},
            [
                ("changed", "2401.1", "paper_id", "hash", "2401.1"),
                ("changed", "2401.1", "title", "The old and long name of it", "The new and long name of it"),
            ],
        ),
        # b is a record of a now.
        (
            {"a": {"title": "First"}, "b": {"title": "Second"}},
            {"a": {"title": "First", "records": ["First", "Second"]}},
            [("merged", "a", "title", "Second", "First")],
        ),
        # … and taken apart again.
        (
            {"a": {"title": "First", "records": ["First", "Second"]}},
            {"a": {"title": "First"}, "b": {"title": "Second"}},
            [("parted", "b", "", "", "")],
        ),
        # Numbers tell two papers apart, here as everywhere.
        (
            {"x": {"title": "A long report on Qwen2", "abstract": LONG}},
            {"y": {"title": "A long report on Qwen3", "abstract": LONG}},
            [("new", "y", "", "", ""), ("gone", "x", "", "", "")],
        ),
        # Withdrawn now, in the words of arXiv.
        (
            {"a": {"abstract": "We study."}},
            {"a": {"abstract": "This paper has been withdrawn by the authors."}},
            [
                ("withdrawn", "a", "", "", "This paper has been withdrawn"),
                ("changed", "a", "abstract", "We study.", "This paper has been withdrawn by the authors."),
            ],
        ),
        # One of two records says so; the paper is called by the other.
        (
            {"a": {"title": "A claim"}},
            {"a": {"title": "A claim", "records": ["A claim", "RETRACTED: A claim"]}},
            [("withdrawn", "a", "", "", "RETRACTED")],
        ),
        # It was withdrawn before: nothing new.
        ({"a": {"title": "Retracted: a claim"}}, {"a": {"title": "Retracted: a claim"}}, []),
        # Others' withdrawal is the subject of a paper, not its fate.
        ({"a": {}}, {"a": {}, "b": {"abstract": "Money was withdrawn from banks."}}, [("new", "b", "", "", "")]),
        (
            {"a": {"extra": "{}"}},
            {"a": {"extra": '{"paper": {"withdrawnAt": "2024-05-01"}}'}},
            [("withdrawn", "a", "", "", "withdrawnAt")],
        ),
        ({"a": {}}, {"a": {"extra": '{"is_retracted": false}'}}, []),
    ],
)
def test_each_change_is_told_once(old, new, expected):
    assert told(corpus_of(**old), corpus_of(**new)) == expected


def test_two_papers_that_become_one_new_paper_are_a_change_and_a_merge():
    old = corpus_of(x={"title": "First"}, y={"title": "Second"})
    new = corpus_of(z={"title": "First", "records": ["First", "Second"]})
    assert told(old, new) == [("merged", "z", "title", "Second", "First"), ("changed", "z", "paper_id", "x", "z")]


def test_new_and_gone_change_places_with_the_corpora(corpus, three_papers):
    part = corpus.where(corpus.papers["paper_id"].tail(200))
    forth, back = changes.paper_changes(part, corpus), changes.paper_changes(corpus, part)
    assert set(forth["change"]) == {"new"}
    assert set(back["change"]) == {"gone"}
    assert forth["paper_id"].tolist() == back["paper_id"].tolist()
    assert len(forth) == len(corpus) - 200
    assert len(changes.paper_changes(corpus, corpus)) == 0


def test_shares_compare_the_papers_that_came_with_those_before(corpus):
    part = corpus.where(corpus.papers["paper_id"].head(150))
    moved = changes.share_changes(part, corpus)
    assert (moved["n_before"] + moved["n_after"] == moved["n_now"]).all()
    assert (moved["of_before"] + moved["of_after"] == moved["of_now"]).all()
    assert moved["difference"].is_monotonic_decreasing
    assert ((moved["low"] <= moved["difference"]) & (moved["difference"] <= moved["high"])).all()
    assert moved["enough"].all()


def test_shares_in_words_have_the_interval_or_say_why_not(corpus):
    part = corpus.where(corpus.papers["paper_id"].head(150))
    words = changes.shares_in_words(changes.share_changes(part, corpus), {"scheduling": "Timetables"})
    assert "Timetables" in words["theme"].tolist()
    assert words["difference"].str.fullmatch(r"[+−]\d+ points \(95% interval [+−]\d+ to [+−]\d+\)").all()
    assert words["before"].str.fullmatch(r"\d+ of 150").all()
    assert set(changes.shares_in_words(changes.share_changes(corpus, corpus))["difference"]) == {
        "too few papers for an interval"
    }


def test_new_names_are_those_of_the_new_evidence_only(corpus):
    part = corpus.where(corpus.papers["paper_id"].head(150))
    names = changes.new_names(part, corpus)
    evidence = lr.extract_evidence(corpus)
    known = lr.extract_evidence(part)
    methods = set(names.loc[names["kind"] == "method", "name"])
    assert methods
    assert methods <= set(evidence["name"])
    assert not methods & set(known.loc[known["kind"].isin(["introduces", "compares_to"]), "name"])
    assert changes.new_names(corpus, corpus).empty


def test_long_texts_are_cut_round_their_first_difference():
    rows = pd.DataFrame({"before": ["same " * 20 + "old"], "after": ["same " * 20 + "new"]})
    cut = changes.shortened(rows)
    assert cut["before"][0].startswith("…")
    assert cut["before"][0].endswith("old")
    assert cut["after"][0].endswith("new")


def listing(path, titles):
    """A saved page with these papers."""
    head = sorted((lr.paths.RAW).iterdir())[0].read_text(encoding="utf-8").split("\n\n")[:6]
    body = [part for title in titles for part in (title, f"We study {title} and find that it holds in every case.")]
    path.write_text("\n\n".join([*head, *body]) + "\n", encoding="utf-8")
    return path


def test_a_rebuild_with_other_papers_keeps_the_last_state(tmp_path):
    folder = tmp_path / "review"
    first = listing(tmp_path / "may.txt", ["Bandits in the Month of May", "Planning in the Month of May"])
    refresh_corpus([first], folder)
    assert previous_corpus(folder) is None
    second = listing(tmp_path / "june.txt", ["Exploration in the Month of June"])
    new, _ = refresh_corpus([first, second], folder)
    kept = previous_corpus(folder)
    assert len(kept) == 2
    assert len(new) == 3
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    assert changes.paper_changes(kept, new)["title"].tolist() == ["Exploration in the Month of June"]


def test_without_a_kept_state_the_last_file_is_left_out(tmp_path):
    files = [listing(tmp_path / f"{name}.txt", [f"Bandits in the Month of {name}"]) for name in ("1 May", "2 June")]
    refresh_corpus(files, tmp_path / "review")
    earlier = changes.earlier("", str(tmp_path / "review"))
    assert earlier.checksum == lr.build_corpus(files[0]).checksum
    assert earlier.ledger["source_file"].tolist() == ["1 May.txt"]
    refresh_corpus(files[:1], tmp_path / "one")
    assert changes.earlier("", str(tmp_path / "one")) is None


def test_the_papers_that_came_are_told_with_their_themes_the_latest_first(corpus):
    part = corpus.where(corpus.papers["paper_id"].head(150))
    found = changes.paper_changes(part, corpus)
    came = changes.came(found, corpus, {"scheduling": "Timetables"})
    assert len(came) == len(corpus) - 150
    assert came["submitted"].dropna().is_monotonic_decreasing
    assert came["themes"].str.contains("Timetables").any()
    assert changes.came(found[:0], corpus).empty


def test_an_earlier_corpus_is_the_one_that_is_named(tmp_path):
    lr.write_corpus(corpus_of(a={}), tmp_path / "old")
    assert changes.earlier(str(tmp_path / "old"), "").papers["paper_id"].tolist() == ["a"]
    with pytest.raises(CorpusError, match="there is no corpus here"):
        changes.earlier(str(tmp_path / "none"), "")

"""A decision is a line of its own that finds its paper again; the latest of a reader stands."""

from contextlib import nullcontext
from dataclasses import replace

import pandas as pd
import pytest
from invented import at_home
from invented import corpus as papers_of

import litreview as lr
from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.match_keys import title_hash
from litreview.errors import CorpusError, CurationError
from litreview.judgement import decisions, load_decisions, load_notes, standing_decisions
from litreview.judgement.notes import REASONS
from litreview.paths import ReviewFolder

REASON = REASONS[0]
FIELDS = "idea: {title: I, question: What}\ndata: {title: D, question: Whose, answers: [own, others]}"


@pytest.fixture
def review(tmp_path) -> Corpus:
    """Three papers; the review has no decisions.csv and no notes.csv yet."""
    made = at_home(papers_of(p1="2023-01-01", p2="2024-01-01", p3=None), tmp_path)
    (made.home.curated / "fields.yml").write_text(FIELDS)
    made.papers["abstract"] = "We learn to learn from data."
    return made


STANDING = [
    ([("p1", "include", "A")], ["p1 include A"]),
    ([("p1", "include", "A"), ("p1", "maybe", "A")], ["p1 maybe A"]),
    ([("p1", "include", "A"), ("p1", "", "A")], []),  # taken back
    ([("p1", "include", "A"), ("p1", "", "B")], ["p1 include A"]),  # nobody takes back what another decided
    ([("p1", "", "A"), ("p2", "exclude", "A")], ["p2 exclude A"]),
    ([("p1", "include", "A"), ("p1", "exclude", "B")], ["p1 include A", "p1 exclude B"]),
]


@pytest.mark.parametrize(("lines", "stand"), STANDING)
def test_the_latest_decision_of_each_reader_stands(review, lines, stand):
    for paper_id, decision, who in lines:
        lr.decide(review, paper_id, decision, REASON if decision == "exclude" else "", who=who)
    found = schema.check(load_decisions(review), schema.DECISIONS)
    assert [f"{row.paper_id} {row.decision} {row.who}" for row in found.itertuples()] == stand
    assert load_decisions(review.where(["p3"])).empty


def test_a_decision_says_why_by_whom_when_and_where_it_was_seen(review):
    lr.decide(review, "p3", "exclude", REASON, "=no\nwords", "A", 7)
    row = load_decisions(review).iloc[0]
    assert [row.paper_id, row.reason, row.note, row.who, row.rank_shown] == ["p3", REASON, "=no\nwords", "A", 7]
    assert pd.Timestamp(row.when).tzinfo is not None


REFUSED = [
    (lr.decide, ("p9", "include"), "no paper 'p9'"),
    (lr.decide, ("p1", "yes"), "decision 'yes' cannot be used. Allowed: 'include'"),
    (lr.decide, ("p1", "exclude"), "reason '' .* Allowed: 'off topic'"),
    (lr.decide, ("p1", "exclude", "dull"), "reason 'dull'.*Allowed: 'off topic'"),
    (lr.decide, ("p1", "include", "off topic"), "reason 'off topic'.*Allowed: ''"),
    (lr.note, ("p1", "colour", "red"), "field 'colour' cannot be used. Allowed: 'idea', 'data'"),
    (lr.note, ("p1", "data", "both"), "value 'both' cannot be used. Allowed: 'own', 'others', 'not said'"),
    (lr.note, ("p1", "idea", "x", "no such words"), "'no such words' does not stand in its abstract"),
    (lr.note, ("p1", "idea", "x", "learn", "title"), "'learn' does not stand in its title"),
    (lr.note, ("p1", "idea", "x", "", "footnote"), "section 'footnote' cannot be used"),
]


@pytest.mark.parametrize(("record", "words", "said"), REFUSED)
def test_what_cannot_be_recorded_is_refused_and_leaves_no_line(review, record, words, said):
    with pytest.raises((CorpusError, CurationError), match=said):
        record(review, *words)
    assert not [*review.home.curated.glob("*.csv")]


def test_a_review_gives_its_own_reasons(review):
    ours = "exclusion: {title: Reason, question: Why, answers: [no reefs, too old]}"
    (review.home.curated / "fields.yml").write_text(ours)
    own = replace(review, home=ReviewFolder(review.home.root / "data" / ".."))  # another path, for files are kept
    lr.decide(own, "p1", "exclude", "too old")
    with pytest.raises(CurationError, match="'no reefs', 'too old'"):
        lr.decide(own, "p1", "exclude", REASON)
    assert "exclusion" not in lr.judgement.load_fields(own)


SAME = title_hash("REEFS, grow!")
TITLE = "Reefs shrink"


FOUND = [
    ({"paper_id": "p1"}, [], ["p1"]),
    ({"doi": "10.1/a"}, [], ["p1"]),
    ({"arxiv_id": "2401.00001"}, [{"arxiv_id": "2401.00001"}], ["p1"]),  # its record is merged into p1
    ({"doi": "10.1/b"}, [{"doi": "10.1/b"}], ["p1"]),
    ({"doi": "10.1/b"}, [{"doi": "10.1/b"}, {"doi": "10.1/b", "paper_id": "p2"}], []),  # nobody knows which
    ({"title_hash": SAME}, [], ["p1"]),  # it had no identifier then
    ({"title_hash": title_hash(TITLE)}, [{"title_raw": TITLE}], ["p1"]),
    ({"title_hash": SAME, "arxiv_id": "2401.00002"}, [], ["p1"]),  # the preprint of an article
    ({"title_hash": SAME, "doi": "10.1/c"}, [], []),  # a namesake
    ({"title_hash": ""}, [], []),
]


@pytest.mark.parametrize(("line", "records", "found"), FOUND)
def test_a_line_finds_its_paper_after_a_new_build(review, line, records, found):
    papers = review.papers.assign(doi=["10.1/a", None, None], title=["Reefs grow", "Other", "Another"])
    blank = dict.fromkeys(["record_id", "source_file", "abstract_raw"], "") | {"paper_id": "p1", "source_line": 1}
    rows = [{**blank, "title_raw": "Reefs grow", **each} for each in [{}, *records]]
    made = replace(review, papers=papers, records=schema.shape(rows, schema.RECORDS))
    told = pd.DataFrame([{**dict.fromkeys(schema.DECISIONS.names, ""), "paper_id": "old", "decision": "maybe", **line}])
    told.to_csv(review.home.curated / decisions.DECISIONS, index=False)
    with nullcontext() if found else pytest.warns(UserWarning, match=r"1 paper of .*decisions.csv is not in this"):
        assert load_decisions(made)["paper_id"].tolist() == found


BAD_LINES = [
    ("p1,,,,perhaps,,,,,", "line 2, column 'decision': 'perhaps'"),
    ("p1,,,,exclude,,,A,2024-05-17,", "line 2, column 'reason': ''"),
    ("p1,,,,maybe,,,A,2024-05-17,first", "line 2, column 'rank_shown': 'first'"),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES)
def test_a_line_that_cannot_be_used_is_told(review, line, said):
    path = review.home.curated / decisions.DECISIONS
    path.write_text(",".join(schema.DECISIONS.names) + f"\n{line}\n")
    with pytest.raises(CurationError, match=said):
        load_decisions(review)


def test_over_all_readers_the_latest_decision_stands():
    rows = [("p1", "include", "A", "2024-01-02"), ("p1", "exclude", "B", "2024-01-01"), ("p2", "maybe", "B", "2024")]
    told = pd.DataFrame(rows, columns=["paper_id", "decision", "who", "when"])
    assert standing_decisions(told)[["decision", "who"]].to_numpy().tolist() == [["maybe", "B"], ["include", "A"]]


def test_a_note_is_kept_with_its_words_until_its_reader_clears_it(review):
    lr.note(review, "p1", "idea", "=learns\ntwice", "learn", who="A")
    lr.note(review, "p1", "data", "own", who="A")
    noted = load_notes(review)[["value", "quote", "start"]].to_numpy().tolist()
    assert noted == [["=learns\ntwice", "learn", 3], ["own", "", 0]]
    lr.note(review, "p1", "idea", " ", who="A")
    assert load_notes(review)["field"].tolist() == ["data"]

"""The labelled pairs of records: enough of them, every nasty case among them, and scores that say what is missed."""

import pandas as pd
import pytest

from litreview.commands.console import matching_text
from litreview.errors import CurationError
from litreview.evaluation.matching import PAIRS, evaluate_matching

NASTY = [
    *["Qwen2 and Qwen3", "Part 1 and Part 2", "Roman", "Chinese", "Russian", "without titles", "neither title nor abstract"],
    *["same DOI in other case", "preprint and journal", "subtitle dropped", "correction", "erratum", "retraction"],
    *["conference and journal", "arXiv v1 and v2", "PMID", "OpenAlex", "generic title", "C++", "translation", "protocol"],
]  # fmt: skip


@pytest.fixture(scope="module")
def evaluation():
    return evaluate_matching()


def test_there_are_pairs_of_every_sort(evaluation):
    pairs = evaluation[0]
    assert pairs["set"].value_counts().to_dict() == {"held out": 170, "fitted": 87}
    assert set(pairs["expected"]) == {"same record", "version", "apart"}
    assert pairs["note"].is_unique
    notes = " ".join(pairs["note"])
    assert [case for case in NASTY if case not in notes] == []


def test_different_works_are_not_joined_and_few_copies_are_missed(evaluation):
    scores = evaluation[1][evaluation[1]["set"] == "fitted"].set_index("question")
    pairs = evaluation[0][evaluation[0]["set"] == "fitted"]
    assert scores.loc["one work", "precision"] == 1.0
    assert scores.loc["one record", "precision"] == 1.0
    assert scores["recall"].min() >= 0.95
    assert (scores["tp"] + scores["fn"]).tolist() == [
        sum(pairs["expected"] != "apart"),
        sum(pairs["expected"] == "same record"),
    ]


def test_a_doi_is_read_as_a_file_would_have_it(tmp_path):
    rows = pd.read_csv(PAIRS, dtype="str", keep_default_na=False)[:2].assign(title=["A", "B"], abstract="")
    rows.assign(doi=["https://doi.org/10.1000/ABC", "10.1000/abc"]).to_csv(tmp_path / "pairs.csv", index=False)
    assert evaluate_matching(tmp_path / "pairs.csv")[0]["reason"].str.startswith("same doi").all()


def test_every_join_says_why(evaluation):
    joined = evaluation[0]["found"] != "apart"
    assert (evaluation[0].loc[joined, "reason"] != "").all()
    assert (evaluation[0].loc[~joined, "reason"] == "").all()


def test_the_order_of_a_pair_does_not_matter(evaluation, tmp_path):
    rows = pd.read_csv(PAIRS, dtype="str", keep_default_na=False)
    rows.iloc[::-1].to_csv(tmp_path / "reversed.csv", index=False)
    turned = evaluate_matching(tmp_path / "reversed.csv")[0].set_index("pair")["found"]
    assert turned.to_dict() == evaluation[0].set_index("pair")["found"].to_dict()


def test_a_wrong_expectation_is_told_with_its_note(tmp_path):
    rows = pd.read_csv(PAIRS, dtype="str", keep_default_na=False)[:2].assign(expected="apart", note="\x1b[2J")
    rows.to_csv(tmp_path / "pairs.csv", index=False)
    text = matching_text(*evaluate_matching(tmp_path / "pairs.csv"))
    assert "1 pairs, 1 judged otherwise" in text
    assert "apart expected, same record found" in text
    assert "\x1b" not in text


def test_a_file_that_holds_no_pairs_is_told(tmp_path):
    (tmp_path / "pairs.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CurationError, match="header lacks"):
        evaluate_matching(tmp_path / "pairs.csv")

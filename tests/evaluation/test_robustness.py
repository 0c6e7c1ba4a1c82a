"""Scores that the labelled papers could not have flattered."""

import json

import pytest

import litreview
from litreview import schema
from litreview.corpus import Corpus
from litreview.evaluation import evaluate
from litreview.evaluation.labels import KINDS
from litreview.evaluation.robustness import evaluate_unknown, refit_contribution, side_by_side

TEXT = "We propose FooNet, a network. FooNet is trained with PPO. It outperforms BarRank on the BarSet benchmark."


@pytest.fixture
def labelled(tmp_path):
    """A corpus of four papers, and a function that writes their labels."""
    kinds = ["method", "theory"] * 2
    rows = [{"paper_id": f"p{n}", "title": f"Paper {n}", "abstract": TEXT, "n_records": 1} for n in range(4)]
    corpus = Corpus(
        schema.shape(rows, schema.PAPERS), *map(schema.empty, (schema.RECORDS, schema.LEDGER, schema.REJECTED))
    )

    def write(**labels):
        path = tmp_path / "gold.json"
        papers = [{"title": f"Paper {n}", "contribution": [kind], **labels} for n, kind in enumerate(kinds)]
        path.write_text(json.dumps(papers), encoding="utf-8")
        return path

    return corpus, write


def test_without_its_lexicon_entry_only_a_pointed_at_name_is_found(labelled):
    corpus, write = labelled
    path = write(compares_to=["PPO", "BarRank"])
    known, unknown = (
        told(corpus, path).scores.set_index("kind").loc["compares_to"] for told in (evaluate, evaluate_unknown)
    )
    assert (known["tp"], known["fn"]) == (8, 0)
    assert (unknown["tp"], unknown["fn"]) == (4, 4)  # BarRank stands behind "outperforms"; PPO was known


def test_each_half_is_judged_by_weights_of_the_other(labelled):
    corpus, write = labelled
    table = refit_contribution(corpus, write())
    assert table["half"].tolist() == []  # a half of one kind teaches nothing


def test_every_labelled_paper_is_judged_once():
    table = refit_contribution(litreview.open_review())
    assert table["paper_id"].is_unique
    assert set(table["half"]) == {"first", "second"}
    assert 0.5 < table["right"].mean() < 1


def test_fitted_and_held_out_stand_side_by_side():
    table = side_by_side(litreview.open_review())
    assert table["kind"].tolist() == list(KINDS.values())
    assert (table.set_index("kind").loc[["compares_to", "evaluated_on"], "unknown"] < 0.9).all()
    assert table.drop(columns="kind").stack().between(0, 1).all()

"""The labels that ship with the project: whole, of its papers, and met by the rules as well as before."""

import json

import numpy as np
import pytest

from litreview import evaluation
from litreview.corpus.match_keys import canonical
from litreview.paths import PROJECT

HELD_OUT = PROJECT.labels / "evidence_held_out.json"
# Floors of F1 on labels that are in view: what was reached, less 0.02.
EVIDENCE = {"themes": 0.94, "introduces": 0.89, "evaluated_on": 0.89, "claim": 0.96, "link": 1.0, "contribution": 0.89}
ASIDE = {"themes": 0.96, "introduces": 0.89, "evaluated_on": 0.85, "claim": 0.98, "link": 1.0, "contribution": 0.96}
ROLE = {"compares_to": 0.81, "studies": 0.63, "builds_on": 0.72, "name_in_any_role": 0.75, "role_of_a_found_name": 0.89}
ANSWERS = {"offline_rl.setting": 0.93, "scheduling.tool": 0.93}
ROLE |= {"problem": 0.75, "finding": 0.83, "limitation": 0.85, "bound": 0.82}


@pytest.mark.parametrize(
    ("scores", "floors"),
    [
        (lambda whole: evaluation.evaluate_evidence(whole).scores, EVIDENCE),
        (lambda whole: evaluation.evaluate_evidence(whole, HELD_OUT).scores, ASIDE),
        (lambda whole: evaluation.evaluate_roles(whole).scores, ROLE),
        (lambda whole: evaluation.evaluate_answers(whole).scores, ANSWERS),
    ],
    ids=["evidence", "held out", "roles", "answers"],
)
def test_no_kind_falls_below_its_floor(corpus, scores, floors):
    table = scores(corpus)
    reached = table.set_index("kind")["f1"]
    assert {kind: reached[kind] for kind, least in floors.items() if not reached[kind] >= least} == {}
    known = table.dropna()
    assert (known["f1"].between(known["low"] - 1e-9, known["high"] + 1e-9)).all()


def test_the_labels_are_of_papers_of_the_corpus_and_no_paper_is_in_both_sets(corpus):
    titles = {}
    for name in ("evidence", "evidence_held_out", "roles", "roles_held_out"):
        papers = json.loads((PROJECT.labels / f"{name}.json").read_text())["papers"]
        titles[name] = {canonical(paper["title"]) for paper in papers}
        assert titles[name] <= set(corpus.papers["title"].map(canonical))
    assert not titles["evidence"] & titles["evidence_held_out"]
    assert not titles["roles"] & titles["roles_held_out"]


def test_first_looks_are_of_labels_that_are_here_and_each_f1_follows_from_its_rates(corpus):
    looks = evaluation.first_looks(corpus).dropna()  # of a sample of answers only the precision is known
    assert {name for name in looks["label_set"] if not list(PROJECT.labels.glob(f"{name}.*"))} == set()
    f1 = 2 * looks["precision"] * looks["recall"] / (looks["precision"] + looks["recall"])
    np.testing.assert_allclose(looks["f1"], f1, atol=0.002)
    assert looks["f1"].between(looks["low"], looks["high"]).all()
    questions = looks.loc[looks["kind"].str.contains(".", regex=False), "kind"]
    assert set(questions) <= set(evaluation.theme_questions(corpus)["kind"])

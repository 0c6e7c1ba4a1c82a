"""The counting is right, and the rules are as right as they were, by the labels of readers."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from invented import corpus_of

from litreview import evaluation
from litreview.commands.console import evaluation_text
from litreview.errors import LabelError
from litreview.evaluation.label_scores import KINDS
from litreview.paths import PROJECT, ReviewFolder

# Two papers whose evidence is plain; the labels in the tests are right or wrong about them on purpose.
BEATS = "FooNet outperforms DPO and PPO by 3% on ImageNet. See https://a.org/x."
FOO, BAR = "FooNet: Sorting", "BarNet: Sorting Again"
PAPERS = {FOO: f"We propose FooNet, a network. {BEATS}", BAR: "We propose BarNet, a network."}
ANSWER = "{title: T, rules: [{name: says so, weight: 1, phrases: [%s]}]}"
THEME = f"""
themes:
  sorting:
    title: Sorting
    about: Papers on sorting.
    threshold: 1
    rules: [{{name: names it, weight: 1, phrases: [sorting]}}]
    facets:
      how: {{question: 'How?', threshold: 1, values: {{net: {ANSWER % "network"}, better: {ANSWER % "outperforms"},
             hand: {ANSWER % "by hand"}}}}}
      where: {{question: 'Where?', threshold: 1, values: {{images: {ANSWER % "ImageNet"}}}}}
"""


@pytest.fixture
def review(tmp_path):
    """A function that makes a review of the two papers with these files of labels."""
    home = ReviewFolder(tmp_path)
    home.labels.mkdir(parents=True)
    home.themes.write_text(THEME)
    home.lexicon.write_text("{methods: {DPO: Direct Preference Optimization, PPO: []}, datasets: {ImageNet: []}}")
    papers = corpus_of(*({"paper_id": title, "title": title, "abstract": text} for title, text in PAPERS.items()))

    def make(**files: object):
        for name, content in files.items():
            (home.labels / f"{name}.json").write_text(json.dumps(content))
        return replace(papers, home=home)

    return make


def counts(scores: pd.DataFrame, kind: str) -> list[int]:
    return scores.set_index("kind").loc[kind, ["tp", "fp", "fn"]].tolist()


FINDS = [
    ({"introduces": ["foonet"]}, [1, 0, 0]),  # in any case
    ({"introduces": ["SAC"], "introduces_also_allowed": ["FooNet", "X"]}, [0, 0, 1]),  # named by one reader alone
    ({"evaluated_on": ["CIFAR"]}, [0, 1, 1]),
    ({"evaluated_on": [r"Image\'net"]}, [0, 1, 1]),  # an accent is another letter
    ({"claim_figures": ["3 %"]}, [1, 0, 0]),  # in one spelling
    ({"code_urls": ["https://a.org/x"]}, [1, 0, 0]),
    ({"contribution": ["theory", "method"]}, [1, 0, 0]),  # of two that are allowed either is right
    ({"contribution": ["theory", "system"]}, [0, 1, 1]),
    ({"themes": ["sorting"]}, [1, 0, 0]),
    ({"themes": []}, [0, 0, 0]),  # a theme that the labels do not name was not asked about
    ({"themes": ["alchemy"]}, [0, 0, 0]),  # nor is one that the review does not have
]


@pytest.mark.parametrize(("labels", "expected"), FINDS)
def test_right_wrong_and_missed_finds_are_counted(review, labels, expected):
    papers = [{"title": "FOONET  sorting", **labels}, {"title": "Nowhere", **labels}]  # found by title, however written
    result = evaluation.evaluate_evidence(review(evidence=papers))
    assert counts(result.scores, KINDS[next(iter(labels))]) == expected
    assert result.scores["n"].tolist() == [1]  # a kind that was not read for is not judged
    assert len(result.disagreements) == expected[1] + expected[2]


def test_a_theme_that_readers_were_asked_about_and_a_disagreement_with_its_rule_or_its_sentence(review):
    labels = {"themes_asked": ["sorting"], "papers": [{"title": BAR, "themes": [], "introduces": ["network"]}]}
    result = evaluation.evaluate_evidence(review(evidence=labels))
    assert counts(result.scores, "themes") == [0, 1, 0]  # asked, and not named
    missed, found = result.disagreements.query("kind == 'introduces'").sort_values("found").to_dict("records")
    assert (missed["expected"], missed["quote"]) == ("network", PAPERS[BAR])
    assert (found["found"], found["rule"] != "", found["quote"]) == ("BarNet", True, BAR)


NAMES, SENTENCES = ["compares_to", "studies", "builds_on", "mentions"], ["problem", "finding", "limitation", "bounds"]
NOTHING = {key: [] for key in [*NAMES, "names_also_allowed", *SENTENCES, *(f"{key}_also_allowed" for key in SENTENCES)]}
LONG = {"compares_to": ["Direct Preference Optimization (DPO)", "SAC"]}  # one is found, under its short form
OTHERWISE = {"compares_to": ["PPO"], "studies": ["DPO"]}  # both are found, one with another role


ROLES = [
    (LONG, "compares_to", [1, 1, 1]),
    (LONG, "name_in_any_role", [1, 1, 1]),
    (LONG, "role_of_a_found_name", [1, 0, 0]),
    (OTHERWISE, "compares_to", [1, 1, 0]),
    (OTHERWISE, "name_in_any_role", [2, 0, 0]),
    (OTHERWISE, "role_of_a_found_name", [1, 1, 1]),
    ({"names_also_allowed": [{"name": "dpo"}, {"name": "PPO"}]}, "compares_to", [0, 0, 0]),
    ({"finding": ["outperforms DPO and PPO by 3% on ImageNet"]}, "finding", [1, 0, 0]),  # a part of the sentence
    ({"finding_also_allowed": [BEATS.partition(" See")[0]]}, "finding", [0, 0, 0]),
    ({"bounds": [{"text": "O(n)", "of": "own"}, {"text": "O(m)", "of": "other"}]}, "bound", [0, 0, 1]),
]


@pytest.mark.parametrize(("labels", "kind", "expected"), ROLES)
def test_roles_sentences_and_bounds_are_counted_and_names_apart_from_their_role(review, labels, kind, expected):
    result = evaluation.evaluate_roles(review(roles=[{"title": FOO, **NOTHING, **labels}]))
    assert counts(result.scores, kind) == expected


def answered(*answers: str, also: bool = False) -> list[dict]:
    about = [answer.partition(".") for answer in answers]
    return [{"title": FOO, "theme": "sorting", "question": q, "answer": a, "also": also} for q, _, a in about]


ANSWERED = [
    (answered("how.net", "how.better"), [2, 0, 0], [1, 1]),
    (answered("how.hand"), [0, 2, 1], [1, 1]),
    (answered("how.net") + answered("how.better", also=True), [1, 0, 0], [1, 1]),
    # a paper that was read for a theme was read for all its labelled questions
    (answered("how.net", "where.images"), [1, 1, 0], [1, 0]),
    (answered("how.net", "why.fun"), [1, 1, 0], [1, 1]),  # no longer asked
]


@pytest.mark.parametrize(("labels", "how", "unjudged"), ANSWERED)
def test_answers_are_counted_and_those_that_no_reader_judged(review, labels, how, unjudged):
    corpus = review(answers={"labels": labels})
    assert counts(evaluation.evaluate_answers(corpus).scores, "sorting.how") == how
    table = evaluation.never_judged(corpus)
    assert (table["n"].tolist(), table["of"].tolist()) == (unjudged, [3, 1])
    word = f'"{BAR}",answer,sorting.how,+hand: BarNet,2025-01-31,says so\n'
    (corpus.home.curated / "corrections.csv").write_text(f"paper_id,what,field,value,date,reason\n{word}")
    assert evaluation.never_judged(corpus)["n"].tolist() == unjudged  # an answer that a person gave is judged


@pytest.mark.parametrize("files", [{}, {"evidence": [{"title": "Nowhere", "introduces": ["X"]}]}])
def test_without_labels_on_its_papers_a_review_has_no_scores_and_says_so_in_a_sentence(review, files):
    corpus = review(**files)
    (corpus.home.labels / "first_looks.csv").write_text((PROJECT.labels / "first_looks.csv").read_text())
    assert evaluation_text(corpus) == evaluation.NO_LABELS
    scored = evaluation.evaluate_evidence, evaluation.evaluate_roles, evaluation.evaluate_answers
    assert [len(each(corpus).scores) for each in scored] == [0, 0, 0]
    assert evaluation.first_looks(corpus).empty


def test_an_evaluation_is_told_with_first_looks_before_fitted_scores_and_disagreements(corpus):
    said = evaluation_text(corpus)
    order = ["not in view", "preference_optimization.approach", "fitted to", "disagreements"]
    assert sorted(order, key=said.index) == order


BAD = [
    ("[", "line 1 column 2"),
    ('[\n{"title": "A",}\n]', "line 2 column"),
    ('{"papers": {}}', "should be a valid list"),
    ("[[]]", "paper 0 .*valid dict"),
    ('[{"title": "A"}, {"title": " "}]', "paper 1, title .*at least 1"),
    ('[{"title": "A", "introduce": []}]', "paper 0, introduce .*not permitted"),
    ('[{"title": "A", "introduces": "X"}]', "paper 0, introduces .*valid list"),
    ('[{"title": "A", "introduces": [""]}]', "paper 0, introduces, 0 .*at least 1"),
    ("[" * 100_000, "cannot be read"),
    ("\udcff", "UTF-8"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_a_bad_file_of_labels_is_told_with_its_line_entry_or_paper(review, tmp_path, content, message):
    path = tmp_path / "labels.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(LabelError, match=message):
        evaluation.evaluate_evidence(review(), path)

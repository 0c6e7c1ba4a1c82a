"""How right the library is, by the labels of readers; and that the counting itself is right."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import litreview
from litreview import schema
from litreview.commands.console import evaluation_text
from litreview.corpus import Corpus
from litreview.errors import GoldError
from litreview.evaluation import GOLD_FILE, HELD_OUT, Evaluation, _one_form, evaluate, evaluate_facets
from litreview.evaluation.labels import KINDS, load_gold, noted, themes_asked
from litreview.themes import load_themes

# Floors of F1 on the shipped labels: what was reached, less 0.02. Nobody slides back unseen.
FLOORS = {
    "gold.json": {
        "themes": 0.94,
        "introduces": 0.93,
        "compares_to": 0.85,
        "evaluated_on": 0.92,
        "claim": 0.96,
        "link": 1.0,
        "contribution": 0.89,
    },
    "gold_held_out.json": {
        "themes": 0.96,
        "introduces": 0.91,
        "compares_to": 0.79,
        "evaluated_on": 0.85,
        "claim": 0.98,
        "link": 1.0,
        "contribution": 0.96,
    },
}
# Two papers whose evidence is plain; the labels in the tests are right or wrong about them on purpose.
PAPERS = [
    (
        "FooNet: Sorting",
        "We propose FooNet, a network. FooNet outperforms DPO and PPO by 3% on ImageNet. See https://a.org/x.",
    ),
    ("BarNet: Sorting Again", "We propose BarNet, a network."),
]


@pytest.fixture(scope="module")
def shipped() -> Evaluation:
    return evaluate(litreview.open_review())


@pytest.fixture
def corpus() -> Corpus:
    rows = [
        {"paper_id": f"p{n}", "title": title, "abstract": text, "n_records": 1}
        for n, (title, text) in enumerate(PAPERS)
    ]
    tables = (schema.RECORDS, schema.LEDGER, schema.REJECTED)
    return Corpus(schema.shape(rows, schema.PAPERS), *map(schema.empty, tables))


@pytest.fixture
def judged(corpus, tmp_path):
    """A function that evaluates the two papers against these labels."""

    def judge(*labels: dict) -> Evaluation:
        path = tmp_path / "gold.json"
        path.write_text(json.dumps(list(labels)), encoding="utf-8")
        return evaluate(corpus, path)

    return judge


def counts(evaluation: Evaluation, kind: str) -> tuple[int, int, int]:
    row = evaluation.scores.set_index("kind").loc[kind]
    return int(row["tp"]), int(row["fp"]), int(row["fn"])


@pytest.fixture(scope="module")
def held_out() -> Evaluation:
    return evaluate(litreview.open_review(), HELD_OUT)


@pytest.mark.parametrize(
    ("labels", "kind", "floor"), [(name, *floor) for name, floors in FLOORS.items() for floor in floors.items()]
)
def test_no_kind_falls_below_its_floor_on_the_shipped_labels(shipped, held_out, labels, kind, floor):
    checked = {GOLD_FILE.name: shipped, HELD_OUT.name: held_out}[labels]
    assert checked.scores.set_index("kind").loc[kind, "f1"] >= floor


def test_no_paper_has_labels_of_both_sorts(held_out):
    assert len(held_out.unmatched) == 0
    fitted, aside = (set(load_gold(path)[0]["key"]) for path in (GOLD_FILE, HELD_OUT))
    assert not fitted & aside


@pytest.mark.parametrize(("path", "what"), [(GOLD_FILE, "agreement"), (HELD_OUT, "first_look")])
def test_the_shipped_labels_note_a_share_for_every_kind(path, what):
    shares = noted(path, what)
    assert set(shares.index) == set(KINDS.values())
    assert shares.between(0, 1).all()


@pytest.mark.parametrize("note", ['{"themes": 2}', '{"theme": 0.5}', '{"themes": "a"}', "[]", "3"])
def test_a_note_that_is_no_share_of_a_kind_is_told(tmp_path, note):
    path = tmp_path / "gold.json"
    path.write_text(f'{{"agreement": {note}, "papers": []}}', encoding="utf-8")
    with pytest.raises(GoldError, match="'agreement' must give a share"):
        noted(path, "agreement")


def test_labels_without_a_note_have_none(tmp_path):
    path = tmp_path / "gold.json"
    path.write_text("[]", encoding="utf-8")
    assert len(noted(path, "agreement")) == 0


def test_the_long_form_of_a_labelled_name_is_no_error(tmp_path):
    row = {"paper_id": "p", "title": "A Sorter", "n_records": 1}
    text = "We outperform Fast Bar Search (FBS) by 3%. Fast Bar Search is beaten by our method."
    corpus = Corpus(
        schema.shape([row | {"abstract": text}], schema.PAPERS),
        *map(schema.empty, (schema.RECORDS, schema.LEDGER, schema.REJECTED)),
    )
    path = tmp_path / "gold.json"
    for label, wrong in (("FBS", 0), ("Other", 1)):
        path.write_text(json.dumps([{"title": "A Sorter", "compares_to": [label]}]), encoding="utf-8")
        assert counts(evaluate(corpus, path), "compares_to")[1] >= wrong
    found = pd.DataFrame({"paper_id": ["p", "p"], "kind": ["compares_to"] * 2, "name": ["fast bar search", "fbs"]})
    assert _one_form(found, found[1:], corpus)["name"].tolist() == ["fbs"]
    assert _one_form(found, found[:1], corpus)["name"].tolist() == ["fast bar search", "fbs"]


def test_links_are_never_wrong_and_never_missed(shipped):
    row = shipped.scores.set_index("kind").loc["link"]
    assert (row["precision"], row["recall"]) == (1, 1)


def test_every_labelled_paper_is_in_the_shipped_corpus(shipped):
    assert len(shipped.unmatched) == 0
    assert (shipped.scores["n"] == shipped.scores["n"].max()).all()


def test_scores_follow_from_the_counts(shipped):
    for table in (shipped.scores, shipped.themes):
        precision = table["tp"] / (table["tp"] + table["fp"])
        recall = table["tp"] / (table["tp"] + table["fn"])
        np.testing.assert_allclose(table["precision"], precision)
        np.testing.assert_allclose(table["recall"], recall)
        np.testing.assert_allclose(table["f1"], 2 * precision * recall / (precision + recall))
        assert (table["low"] <= table["f1"]).all()
        assert (table["f1"] <= table["high"]).all()


def test_themes_add_up_to_their_kind(shipped):
    total = shipped.scores.set_index("kind").loc["themes", ["tp", "fp", "fn"]]
    assert (shipped.themes[["tp", "fp", "fn"]].sum() == total).all()


def test_every_wrong_count_is_a_disagreement(shipped):
    wrong = shipped.scores.set_index("kind")[["fp", "fn"]].sum(axis=1)
    wrong["contribution"] //= 2  # one row tells what was expected and what was found
    told = shipped.disagreements.groupby("kind").size().reindex(wrong.index, fill_value=0)
    assert (told == wrong).all()
    found = shipped.disagreements[shipped.disagreements["found"] != ""]
    assert (found["rule"] != "").all()
    assert (found["quote"] != "").all()


def test_the_same_comparison_gives_the_same_tables(shipped):
    again = evaluate(litreview.open_review())
    pd.testing.assert_frame_equal(again.scores, shipped.scores)
    pd.testing.assert_frame_equal(again.disagreements, shipped.disagreements)


# The labels of the first paper name one theme and the rules find none; "asked" is what the readers were asked about.
@pytest.mark.parametrize(
    ("asked", "labels", "judged_themes", "missed"),
    [
        (["scheduling", "offline_rl"], ["scheduling"], ["scheduling"], 1),
        (["offline_rl"], ["scheduling"], [], 0),  # a label of what nobody was asked about counts nowhere
        (["SCHEDULING"], ["Scheduling"], ["scheduling"], 1),
        (None, ["scheduling"], ["scheduling"], 1),  # not said: the themes that the labels name
        (None, [], [], 0),
    ],
)
def test_only_themes_that_readers_were_asked_about_are_judged(corpus, tmp_path, asked, labels, judged_themes, missed):
    path = tmp_path / "gold.json"
    gold = {"papers": [{"title": PAPERS[0][0], "themes": labels}]} | ({"themes_asked": asked} if asked else {})
    path.write_text(json.dumps(gold), encoding="utf-8")
    result = evaluate(corpus, path)
    assert result.themes["theme"].tolist() == judged_themes
    assert counts(result, "themes") == (0, 0, missed)
    assert result.not_labelled == [name for name in load_themes() if name not in themes_asked(path)]


def test_a_label_of_a_theme_that_the_project_no_longer_has_is_told_and_not_judged(corpus, tmp_path):
    path = tmp_path / "gold.json"
    gold = {"themes_asked": ["scheduling", "alchemy"], "papers": [{"title": PAPERS[0][0], "themes": ["alchemy"]}]}
    path.write_text(json.dumps(gold), encoding="utf-8")
    result = evaluate(corpus, path)
    assert (result.not_in_file, counts(result, "themes")) == (["alchemy"], (0, 0, 0))
    assert "not in themes.yml, so not judged: alchemy" in evaluation_text(result)


def test_a_find_in_a_theme_without_labels_is_no_error(shipped, tmp_path):
    gold = json.loads(GOLD_FILE.read_text(encoding="utf-8"))
    gold["themes_asked"].remove("rl_theory")
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    result = evaluate(litreview.open_review(), path)
    assert result.not_labelled == ["rl_theory"]
    assert result.themes["theme"].tolist() == [name for name in shipped.themes["theme"] if name != "rl_theory"]


def test_readers_of_the_shipped_labels_were_asked_about_every_label():
    for path in (GOLD_FILE, HELD_OUT):
        labels = load_gold(path)[1]
        assert set(labels.loc[labels["kind"] == "themes", "name"]) <= set(themes_asked(path))


@pytest.mark.parametrize("asked", ['"scheduling"', "3", "[3]", "{}"])
def test_a_bad_list_of_themes_is_told(tmp_path, asked):
    path = tmp_path / "gold.json"
    path.write_text(f'{{"themes_asked": {asked}, "papers": []}}', encoding="utf-8")
    with pytest.raises(GoldError, match="'themes_asked' must be a list of names"):
        evaluate(litreview.open_review().where([]), path)


def test_right_missed_and_wrong_names_are_counted(judged):
    result = judged({"title": PAPERS[0][0], "compares_to": ["DPO", "SAC"]})
    assert counts(result, "compares_to") == (1, 1, 1)
    rows = result.disagreements.set_index("kind").loc["compares_to"]
    assert sorted(zip(rows["expected"], rows["found"], strict=True)) == [("", "PPO"), ("SAC", "")]


def test_names_match_in_any_case_after_the_same_cleaning(judged):
    result = judged({"title": PAPERS[0][0], "introduces": ["foonet"], "evaluated_on": [r"Image\'net"]})
    assert counts(result, "introduces") == (1, 0, 0)
    assert counts(result, "evaluated_on") == (0, 1, 1)  # an accent is another letter


def test_what_one_reader_named_counts_neither_way(judged):
    result = judged({"title": PAPERS[0][0], "compares_to": ["DPO"], "compares_to_also_allowed": ["PPO", "SAC"]})
    assert counts(result, "compares_to") == (1, 0, 0)


def test_figures_are_compared_in_their_one_spelling(judged):
    result = judged({"title": PAPERS[0][0], "claim_figures": ["3%"], "code_urls": ["https://a.org/x"]})
    assert counts(result, "claim") == (1, 0, 0)
    assert counts(result, "link") == (1, 0, 0)


def test_of_two_kinds_of_contribution_either_is_right(judged):
    for kinds in (["theory", "method"], ["method", "theory"]):
        assert counts(judged({"title": PAPERS[0][0], "contribution": kinds}), "contribution") == (1, 0, 0)
    wrong = judged({"title": PAPERS[0][0], "contribution": ["theory", "system"]})
    assert counts(wrong, "contribution") == (0, 1, 1)
    assert wrong.disagreements[["expected", "found"]].to_numpy().tolist() == [["theory", "method"]]


def test_a_key_that_was_not_read_for_is_not_judged(judged):
    result = judged({"title": PAPERS[0][0], "introduces": ["FooNet"]}, {"title": PAPERS[1][0], "compares_to": []})
    table = result.scores.set_index("kind")
    assert table.loc["introduces", ["n", "tp", "fp", "fn"]].tolist() == [1, 1, 0, 0]
    assert table.loc["compares_to", ["n", "tp", "fp", "fn"]].tolist() == [1, 0, 0, 0]
    assert np.isnan(table.loc["compares_to", "f1"])  # nothing to find, nothing found


def test_titles_match_whatever_their_case_and_punctuation(judged):
    assert len(judged({"title": "FOONET  Sorting", "introduces": ["FooNet"]}).unmatched) == 0


def test_labelled_papers_that_are_missing_are_told(judged):
    result = judged({"title": "Nowhere", "introduces": ["X"]}, {"title": PAPERS[0][0], "introduces": ["FooNet"]})
    assert result.unmatched.to_dict("records") == [{"entry": 1, "title": "Nowhere"}]
    assert counts(result, "introduces") == (1, 0, 0)


def test_no_paper_at_all_gives_empty_counts(judged):
    result = judged({"title": "Nowhere", "introduces": ["X"]})
    assert result.scores[["n", "tp", "fp", "fn"]].to_numpy().sum() == 0
    assert len(result.disagreements) == len(result.themes) == 0


def test_a_missed_name_is_quoted_by_its_sentence(judged):
    row = judged({"title": PAPERS[1][0], "introduces": ["BarNet", "network"]}).disagreements.iloc[0]
    assert (row["expected"], row["quote"]) == ("network", "We propose BarNet, a network.")


def test_an_empty_corpus_can_be_evaluated(tmp_path):
    empty = Corpus(*map(schema.empty, (schema.PAPERS, schema.RECORDS, schema.LEDGER, schema.REJECTED)))
    assert len(evaluate(empty).unmatched) > 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[", "line 1 is no JSON"),
        ('[\n{"title": "A",}\n]', "line 2 is no JSON"),
        ("{}", "neither a list of papers nor an object with 'papers'"),
        ("3", "neither a list"),
        ("[[]]", "entry 1: it has no title"),
        ('[{"title": " "}]', "entry 1: it has no title"),
        ('[{"title": "A"}, {"introduces": []}]', "entry 2: it has no title"),
        ('[{"title": "A", "introduce": []}]', "entry 1 .'A'.: there is no key 'introduce'. Did you mean 'introduces'"),
        ('[{"title": "A", "introduces": "X"}]', "'introduces' must be a list of texts"),
        ('[{"title": "A", "introduces": [1]}]', "'introduces' must be a list of texts"),
        ('[{"title": "A", "introduces": [""]}]', "'introduces' must be a list of texts"),
        ('[{"title": "A"}, {"title": "a."}]', "entry 2 .'a.'.: entry 1 has the same title"),
        ("[" * 100_000, "it is nested too deeply|is no JSON"),
    ],
)
def test_a_bad_gold_file_is_told_with_its_line_or_entry(tmp_path, content, message):
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        load_gold(path)


def test_a_gold_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(GoldError, match="No such file"):
        load_gold(tmp_path / "none.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GoldError, match="not UTF-8"):
        load_gold(tmp_path / "bytes.json")


def test_a_gold_file_may_be_a_plain_list_or_an_object(tmp_path):
    entry = {"title": "A", "introduces": ["X"], "introduces_also_allowed": ["Y"]}
    for name, content in (("list", [entry]), ("object", {"about": "…", "papers": [entry]})):
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    pd.testing.assert_frame_equal(load_gold(tmp_path / "list")[1], load_gold(tmp_path / "object")[1])


def test_the_shipped_labels_say_how_they_were_made():
    path = Path(litreview.paths.CURATED) / "gold.json"
    about = json.loads(path.read_text(encoding="utf-8"))["about"]
    assert "read" in about
    assert "spot-checked" in about
    assert set(load_gold(path)[0]["kind"]) == set(KINDS.values())


def test_answers_to_the_questions_of_themes_are_scored_on_the_papers_that_were_read_for_them():
    whole = litreview.open_review()
    scores = evaluate_facets(whole)
    asked = {name: theme for name, theme in load_themes().items() if theme.facets}
    gathered = sum(bool(dimension.of) for theme in asked.values() for dimension in theme.facets.values())
    assert len(scores) == sum(len(theme.facets) for theme in asked.values()) - gathered
    # What was reached, less 0.05: mending one answer may not spoil another unseen.
    assert (scores["precision"] >= 0.95).all()
    assert (scores["recall"] >= 0.95).all()
    one = whole.where(whole.papers["title"].str.startswith("A Dataset Perspective"))
    counts = evaluate_facets(one).query("n > 0")[["n", "tp", "fp", "fn"]]
    assert counts.to_numpy().tolist() == [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 0, 0]]


def test_answers_of_no_labelled_paper_have_no_scores():
    scores = evaluate_facets(litreview.open_review().where([]))
    assert len(scores)
    assert scores[["n", "tp", "fp", "fn"]].to_numpy().sum() == 0
    assert scores["precision"].isna().all()


def test_a_wrong_answer_and_a_missed_one_count_and_one_that_is_also_allowed_does_not(tmp_path, monkeypatch):
    known = litreview.open_review()
    title = known.papers["title"][known.papers["title"].str.startswith("A Dataset Perspective")].iloc[0]
    given = {"title": title, "theme": "offline_rl"}
    labels = [
        {**given, "dimension": "setting", "facet": "hybrid", "also": False},  # missed; "offline" is then wrong
        {**given, "dimension": "kind", "facet": "experiment", "also": True},
    ]
    first = [
        {"theme": "offline_rl", "dimension": name, "first_precision": 0.5, "first_recall": 0.5}
        for name in ("setting", "kind", "no longer asked")
    ]
    file = tmp_path / "facets.json"
    file.write_text(json.dumps({"first_look": first, "labels": labels}))
    monkeypatch.setattr("litreview.evaluation.FACETS_FILE", file)
    scores = evaluate_facets(known)
    assert scores[["n", "tp", "fp", "fn"]].to_numpy().tolist() == [[1, 0, 1, 1], [1, 0, 0, 0]]

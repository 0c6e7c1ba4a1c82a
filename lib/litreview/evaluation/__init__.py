"""How right the rules are: themes, names, figures, links and kinds of contribution against labels.

The labels that ship with the project are those of language-model readers. Nothing is learned from them here: they
measure.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.match_keys import canonical
from litreview.evaluation.labels import KINDS, comparable, load_gold
from litreview.evaluation.metrics import COUNTS, PAIR, compare_labels, precision_recall_f1, score_table
from litreview.evaluation.role_labels import evaluate_roles
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.names.lexicon import Lexicon, load_lexicon
from litreview.evidence.results import figures, same_figure
from litreview.paths import PROJECT
from litreview.text.sentences import sentence_at
from litreview.themes import assign_facets, assign_themes, load_themes

__all__ = ["Evaluation", "compare_label_sets", "evaluate", "evaluate_facets", "evaluate_roles"]

CURATED = PROJECT.curated
GOLD_FILE, HELD_OUT = CURATED / "gold.json", CURATED / "gold_held_out.json"
FACETS_FILE = CURATED / "gold_facets.json"
KNOWN_TO_ALL = ("fields", "metrics")  # kinds in the lexicon of what no paper compares with or is tested on


@dataclass(frozen=True)
class Evaluation:
    """The tables of one comparison.

    `scores`: kind (str), n (papers read for it), tp, fp, fn (int64), precision, recall, f1, low, high (float64; missing
    where nothing was to be found and nothing was found). A wrong kind of contribution counts as fp and as fn, so its
    three scores are its accuracy. `themes`: the same with the theme in place of the kind.
    `disagreements`: paper_id, title, kind, expected, found, quote, rule (str): one row a label that was missed (its
    sentence as quote, where the abstract has it) or a find without a label.
    `unmatched`: titles of labelled papers that the corpus does not have. `not_judged`: themes that only the project or
    only the labels have.
    """

    scores: pd.DataFrame
    themes: pd.DataFrame
    disagreements: pd.DataFrame
    unmatched: list[str]
    not_judged: list[str]


def evaluate(corpus: Corpus, gold_path: Path | str | None = None, lexicon: Lexicon | None = None) -> Evaluation:
    """Compare what the library finds in `corpus` with the labels of a gold file (default: the project's own).

    Papers are matched by title, whatever its case, blanks and punctuation; names as wholes in any case; figures in
    their one spelling. What stands under `*_also_allowed` counts neither way; a key that a paper lacks is not judged
    there, and a theme that readers were not asked about is not judged at all.
    Raises `GoldError` for a file that holds no labels.
    """
    readings, labels, asked = load_gold(Path(gold_path or GOLD_FILE))
    themes = set(load_themes())
    papers = corpus.papers.assign(key=corpus.papers["title"].map(canonical)).drop_duplicates("key")
    judged = readings[["key", "kind"]].merge(papers[["key", "paper_id"]], on="key").sort_values(PAIR)
    wanted = labels.merge(judged, on=["key", "kind"])
    found = _found(corpus.where(set(judged["paper_id"])), lexicon).merge(judged[PAIR], on=PAIR)
    both = themes & asked
    wanted, found = (rows[(rows["kind"] != "themes") | rows["name"].isin(both)] for rows in (wanted, found))
    compared = compare_labels(_allow_either(wanted, found), found)
    read = {kind: judged.loc[judged["kind"] == kind, "paper_id"] for kind in KINDS.values()}
    of_themes = compared[compared["kind"] == "themes"].rename(columns={"name": "theme"})
    return Evaluation(
        scores=score_table(compared, "kind", read),
        themes=score_table(of_themes, "theme", dict.fromkeys(sorted(of_themes["theme"].unique()), read["themes"])),
        disagreements=_disagreements(compared, papers),
        unmatched=readings.loc[~readings["key"].isin(judged["key"]), "title"].drop_duplicates().tolist(),
        not_judged=sorted(themes ^ asked),
    )


def _found(corpus: Corpus, lexicon: Lexicon | None) -> pd.DataFrame:
    """paper_id, kind, name (as compared), found (as written), quote, rule: one row a find."""
    evidence = extract_evidence(corpus, lexicon=lexicon)
    names = [
        sorted(map(same_figure, figures(text))) if kind == "claim" else [comparable(text, kind)]
        for text, kind in zip(evidence["text"], evidence["kind"], strict=True)
    ]
    tables = [
        evidence.assign(name=names).explode("name").rename(columns={"text": "found"}).dropna(subset="name"),
        assign_themes(corpus).rename(columns={"theme": "name"}).assign(kind="themes"),
        classify_contribution(corpus).rename(columns={"contribution": "name"}).assign(kind="contribution"),
    ]
    rows = pd.concat(tables)[[*PAIR, "name", "found", "quote", "rule"]]
    rows = rows.assign(found=rows["found"].fillna(rows["name"]))
    return rows.astype("str").drop_duplicates([*PAIR, "name"], ignore_index=True)


def _allow_either(labels: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Require one kind of contribution a paper: of two that readers allow the one that was found, else the first."""
    one = labels[(labels["kind"] == "contribution") & ~labels["also"]]
    hits = pd.MultiIndex.from_frame(found.loc[found["kind"] == "contribution", ["paper_id", "name"]])
    ranked = one.assign(missed=~pd.MultiIndex.from_frame(one[["paper_id", "name"]]).isin(hits))
    spare = ranked.sort_values("missed", kind="stable").duplicated("paper_id")
    return labels.assign(also=labels["also"] | labels.index.isin(spare.index[spare]))


def _disagreements(compared: pd.DataFrame, papers: pd.DataFrame) -> pd.DataFrame:
    """Every miss and every find without label, in the order of kinds and papers."""
    wrong = compared[(compared["fp"] == 1) | (compared["fn"] == 1)]
    rows = wrong.merge(papers[["paper_id", "title", "abstract"]], on="paper_id")
    rows = rows.rename(columns={"text": "expected"}).fillna({"expected": "", "found": "", "rule": ""})
    sentences = [_sentence_with(*row) for row in zip(rows["expected"], rows["abstract"], strict=True)]
    rows["quote"] = rows["quote"].fillna(pd.Series(sentences, index=rows.index, dtype="str"))
    rows["kind"] = pd.Categorical(rows["kind"], KINDS.values(), ordered=True)
    rows = rows.sort_values([*PAIR[::-1], "name"], ignore_index=True)
    return rows[["paper_id", "title", "kind", "expected", "found", "quote", "rule"]].astype("str")


def _sentence_with(text: str, abstract: str) -> str:
    """The sentence of the abstract in which a label stands; empty where it does not stand there as written."""
    start = abstract.casefold().find(text.casefold()) if text else -1
    if start < 0:
        return ""
    left, right = sentence_at(abstract, start, min(start + len(text), len(abstract)))
    return abstract[left:right]


def evaluate_facets(corpus: Corpus) -> pd.DataFrame:
    """Compare the answers to the themes' own questions with the labels of them that come with the project.

    Columns: theme (its title), question (str), n (papers read for it), tp, fp, fn (int64), precision, recall (float64),
    first_precision, first_recall (float64; of the rules as they were when the labels were given). A question that the
    themes no longer ask is left out.
    """
    content = json.loads(FACETS_FILE.read_text(encoding="utf-8"))
    named = {"dimension": "question", "facet": "name"}  # as the file of labels has them
    themes = load_themes().values()
    rows = [(each.name, key, each.title, asks.question) for each in themes for key, asks in each.facets.items()]
    questions = pd.DataFrame(rows, columns=["theme", "question", "title", "kind"])
    asked = pd.DataFrame(content["first_look"]).rename(columns=named).merge(questions, on=["theme", "question"])
    ids = dict(zip(corpus.papers["title"].map(canonical), corpus.papers["paper_id"], strict=True))
    labels = pd.DataFrame(content["labels"]).rename(columns=named)
    labels = labels.assign(paper_id=labels["title"].map(canonical).map(ids), text=labels["name"])
    labels = labels.dropna(subset="paper_id").astype({"paper_id": "str"}).merge(asked[["theme", "question", "kind"]])
    read = labels.groupby("theme")["paper_id"].agg(set)
    found = [assign_facets(corpus.where(papers), name).query("role == 'does'") for name, papers in read.items()]
    answers = pd.concat([schema.empty(schema.ANSWERS), *found]).rename(columns={"answer": "name"})
    compared = compare_labels(labels, answers.merge(asked[["theme", "question", "kind"]]))
    counts = compared.groupby("kind")[COUNTS].sum().reindex(asked["kind"], fill_value=0)
    asked["n"] = asked["theme"].map(read.map(len)).fillna(0).astype("int64")
    asked[COUNTS] = counts.to_numpy("int64")
    asked["precision"], asked["recall"], _ = precision_recall_f1(counts.to_numpy())
    columns = ["theme", "question", "n", *COUNTS, "precision", "recall", "first_precision", "first_recall"]
    return asked.drop(columns=["theme", "question"]).rename(columns={"title": "theme", "kind": "question"})[columns]


def compare_label_sets(corpus: Corpus) -> pd.DataFrame:
    """Set the F1 of each kind on the labels that the rules were fitted to beside that on labels kept aside.

    One row a kind that these labels have: kind (str); readers (how far two readers agree), fitted, first_look (on
    labels kept aside, before their errors were seen), held_out (on these now), unknown and unknown_held_out (with a
    lexicon that knows no method, model or benchmark of the labelled papers), float64.
    """
    table = evaluate(corpus, GOLD_FILE).scores[["kind", "f1"]].rename(columns={"f1": "fitted"})
    table.insert(1, "readers", _noted(GOLD_FILE, "agreement"))
    table["first_look"] = _noted(HELD_OUT, "first_look")
    table["held_out"] = evaluate(corpus, HELD_OUT).scores["f1"]
    for column, path in (("unknown", GOLD_FILE), ("unknown_held_out", HELD_OUT)):
        table[column] = evaluate(corpus, path, _lexicon_without_names(corpus, path)).scores["f1"]
    return table.dropna(subset="readers", ignore_index=True)


def _noted(path: Path, what: str) -> list[float]:
    """The shares that a shipped file notes, in the order of kinds."""
    shares = json.loads(path.read_text(encoding="utf-8"))[what]
    return [shares.get(key, float("nan")) for key in KINDS]


def _lexicon_without_names(corpus: Corpus, path: Path) -> Lexicon:
    """The lexicon without the methods, models and benchmarks that labelled papers name."""
    lexicon, keys = load_lexicon(), set(load_gold(path)[0]["key"])
    papers = corpus.papers[corpus.papers["title"].map(canonical).isin(keys)]
    mentions = [each for text in papers["title"] + " " + papers["abstract"] for each in lexicon.mentions(text)]
    return lexicon.without({mention.name for mention in mentions if mention.kind not in KNOWN_TO_ALL})

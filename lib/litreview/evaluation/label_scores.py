"""What the rules find and answer, kind by kind, against labels of it; and how many answers no reader has judged.

A label and a find meet in one of their forms. A name in a role has its long and its short part and its alias in the
lexicon, a sentence is as good as the sentence of the abstract that holds it, a figure or a bound has its one spelling.
Other texts are compared as wholes in any case, addresses as they are.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.corpus.match_keys import canonical
from litreview.evaluation.labels import ALSO, PAIR, ids_by_title, label_rows, read_labels, read_papers, theme_questions
from litreview.evaluation.metrics import COUNTS, Evaluation, evaluation, score_table, sentence_with
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.extraction import SENTENCES, lexicon_of
from litreview.evidence.method_roles import ROLES
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.results import figures, same_figure
from litreview.themes import assign_answers, assign_themes, themes_of

# key in the file → kind in the tables of this library
KINDS = {"themes": "themes", "introduces": "introduces", "evaluated_on": "evaluated_on"}
KINDS |= {"claim_figures": "claim", "code_urls": "link", "contribution": "contribution"}
# `names` are methods in any role, by readers who were not asked for roles; `claims` the clauses of the figures.
KEYS = ["claims", *(key + ending for key in (*KINDS, "names") for ending in ("", ALSO))]
BOUND = "bound"
NAME, RIGHT_ROLE = "name_in_any_role", "role_of_a_found_name"
BY_HAND = "by hand"  # how the rule of an answer begins that a person gave
_LONG_AND_SHORT = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")


def evaluate_evidence(corpus: Corpus, path: Path | None = None) -> Evaluation:
    """Compare what the rules find with a file of labels, by default the review's own, kind by kind.

    A paper has one kind of contribution: a wrong one counts as fp and as fn, so its three scores are its accuracy.
    Themes that the readers were not asked about (`themes_asked` in the file, else those that it names) are not judged.
    Raises: `LabelError` for a file that holds no labels.
    """
    file = path or corpus.home.labels / "evidence.json"
    papers = read_papers(corpus, file, KEYS)
    named = [theme for _, paper in papers for theme in paper.get("themes", [])]
    asked = {*themes_of(corpus)}.intersection(read_labels(file).get("themes_asked", named))
    rows = [(paper_id, *label) for paper_id, paper in papers for label in _evidence_labels(paper, asked)]
    found = _found(corpus).loc[lambda finds: (finds["kind"] != "themes") | finds["found"].isin(asked)]
    return evaluation(corpus, _compared(corpus, label_rows(rows), found))


def _evidence_labels(paper: dict[str, Any], asked: set[str]) -> Iterator[tuple[str, str | None, bool]]:
    """The rows of an entry as `label_rows` takes them, but for themes that were not asked about."""
    for key, kind in KINDS.items():
        if key in paper:
            yield kind, None, False
        for also in (False, True):
            texts = [text for text in paper.get(key + ALSO * also, []) if kind != "themes" or text in asked]
            one = kind == "contribution" and texts  # of two that readers allow, either is right
            yield from ((kind, text, also) for text in ([" or ".join(texts)] if one else texts))


def evaluate_roles(corpus: Corpus) -> Evaluation:
    """Compare roles, key sentences and own bounds with the review's labels of them, kind by kind.

    Two more kinds say what a role rests on, and have no disagreements of their own: `name_in_any_role` asks whether a
    name is found at all, `role_of_a_found_name` whether the labelled names that are found have the right role (its
    three scores are its accuracy).
    Raises: `LabelError` for a file that holds no labels.
    """
    papers = read_papers(corpus, corpus.home.labels / "roles.json")
    rows = [(paper_id, *label) for paper_id, paper in papers for label in _role_labels(paper)]
    compared = _compared(corpus, label_rows(rows), _found(corpus))
    named = compared.loc[(compared["kind"] == NAME) & (compared["tp"] == 1), ["paper_id", "expected"]]
    roles = compared[compared["kind"].isin(ROLES)].merge(named)
    roles = roles.assign(kind=RIGHT_ROLE, fp=1 - roles["tp"], fn=1 - roles["tp"])
    result = evaluation(corpus, compared[compared["kind"] != NAME])
    return result._replace(scores=score_table(pd.concat([compared, roles])))


def _role_labels(paper: dict[str, Any]) -> Iterator[tuple[str, str | None, bool]]:
    """The rows of an entry as `label_rows` takes them; what counts comes first."""
    yield from ((kind, None, False) for kind in (NAME, RIGHT_ROLE, *ROLES, *SENTENCES, BOUND))
    yield from ((kind, name, False) for role in ROLES for name in paper[role] for kind in (role, NAME))
    yield from ((kind, each["name"], True) for each in paper["names_also_allowed"] for kind in (*ROLES, NAME))
    for also in (False, True):
        yield from ((kind, text, also) for kind in SENTENCES for text in paper[kind + ALSO * also])
        yield from ((BOUND, each["text"], also or each["of"] != "own") for each in paper["bounds" + ALSO * also])


def evaluate_answers(corpus: Corpus) -> Evaluation:
    """Compare the answers to the themes' questions with the review's labels of them, question by question.

    A kind is "theme.question". A paper is judged on all labelled questions of a theme that it has been read for.
    Raises: `LabelError` for a file that cannot be read.
    """
    return evaluation(corpus, _compared(corpus, _answer_labels(corpus), _answers(corpus)))


def _answer_labels(corpus: Corpus) -> pd.DataFrame:
    content = read_labels(corpus.home.labels / "answers.json").get("labels", [])
    rows = pd.DataFrame(content, columns=["title", "theme", "question", "answer", "also"])
    rows = rows.assign(paper_id=ids_by_title(corpus, rows["title"]), kind=rows["theme"] + "." + rows["question"])
    rows = rows[(rows["paper_id"] != "") & rows["kind"].isin(theme_questions(corpus)["kind"])]
    read = rows[["theme", "kind"]].drop_duplicates().merge(rows[["theme", "paper_id"]], on="theme")
    return label_rows(pd.concat([read, rows])[[*PAIR, "answer", "also"]].to_numpy())


def _answers(corpus: Corpus) -> pd.DataFrame:
    """paper_id, kind, found, name, quote, rule: the answers that papers give, not those they only mention."""
    answers = assign_answers(corpus).query("role == 'does'").rename(columns={"answer": "found"})
    return answers.assign(kind=answers["theme"] + "." + answers["question"], name=answers["found"])


def never_judged(corpus: Corpus) -> pd.DataFrame:
    """Count the answers to each question that no reader has judged.

    Columns: kind, theme, question (as `theme_questions`), n (answers that are neither of a paper read for labels of
    this question nor given by hand), of (all answers) (int64).
    """
    answers, asked, read = _answers(corpus), theme_questions(corpus), _answer_labels(corpus)
    judged = pd.MultiIndex.from_frame(answers[PAIR]).isin(pd.MultiIndex.from_frame(read[PAIR]))
    judged |= answers["rule"].str.startswith(BY_HAND).to_numpy()
    counts = answers.assign(n=~judged).groupby("kind")["n"].agg(n="sum", of="size").astype("int64")
    return asked.join(counts.reindex(asked["kind"], fill_value=0), on="kind")


def _found(corpus: Corpus) -> pd.DataFrame:
    """paper_id, kind, found (as written), name, quote, rule: one row a find, a name once more in any role."""
    evidence = extract_evidence(corpus)
    evidence = evidence[(evidence["kind"] != BOUND) | (evidence["of"] == "own")]
    texts = [sorted(figures(row.text)) if row.kind == "claim" else [row.text] for row in evidence.itertuples()]
    evidence = evidence.assign(found=texts).explode("found").dropna(subset="found")
    named = evidence[evidence["kind"].isin(ROLES)].assign(kind=NAME)
    themes = assign_themes(corpus).rename(columns={"theme": "found"}).assign(kind="themes")
    work = classify_contribution(corpus).rename(columns={"contribution": "found"}).assign(kind="contribution")
    rows = pd.concat([evidence, named, themes, work])[[*PAIR, "found", "name", "quote", "rule"]].astype("str")
    return rows.assign(name=rows["name"].fillna(rows["found"])).drop_duplicates([*PAIR, "found"])


def _compared(corpus: Corpus, labels: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Labels that count, and finds that no label allows: paper_id, kind, expected, found, quote, rule, tp, fp, fn.

    Each paper and kind that was read for has a row as well, in which all counts are 0.
    """
    read = labels[labels["expected"].isna()]
    finds = found.merge(read[PAIR], on=PAIR).rename_axis("find").reset_index()
    wanted = labels.dropna(subset="expected").rename_axis("label").reset_index()
    left, right = _in_forms(corpus, wanted, "label", ["expected"]), _in_forms(corpus, finds, "find", ["found", "name"])
    met = left.merge(right, on=[*PAIR, "form"])
    due, beyond = wanted[~wanted["also"]], finds[~finds["find"].isin(met["find"])]
    hit = due["label"].isin(met["label"])
    rows = pd.concat([read, due.assign(tp=hit, fn=~hit), beyond.assign(fp=True)])
    return rows.fillna(dict.fromkeys(COUNTS, False)).astype(dict.fromkeys(COUNTS, "int64"))


def _in_forms(corpus: Corpus, rows: pd.DataFrame, key: str, texts: list[str]) -> pd.DataFrame:
    """The forms under which the texts of these columns are compared: paper_id, kind, `key`, form."""
    told, lexicon = rows.melt([*PAIR, key], texts, value_name="text"), lexicon_of(corpus)
    abstracts = told["paper_id"].map(corpus.papers.set_index("paper_id")["abstract"])
    each = zip(told["text"], told["kind"], abstracts, strict=True)
    return told.assign(form=[[*_forms(*one, lexicon)] for one in each])[[*PAIR, key, "form"]].explode("form")


def _forms(text: str, kind: str, abstract: str, lexicon: Lexicon) -> set[str]:
    """The forms under which a text is compared."""
    if kind in ("claim", BOUND):
        return {same_figure(text)}
    if kind in SENTENCES:
        return {canonical(text), canonical(sentence_with(text, abstract))}
    if kind in (*ROLES, NAME):
        parts = _LONG_AND_SHORT.fullmatch(text)
        written = {text, *(parts.groups() if parts else ())}
        return {canonical(form).removesuffix("s") for form in written | {*map(lexicon.name, written)}}
    return {*text.split(" or ")} if kind == "contribution" else {text if kind == "link" else clean(text).casefold()}

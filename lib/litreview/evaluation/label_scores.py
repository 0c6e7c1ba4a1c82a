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
from litreview.evaluation.labels import ALSO, Labels, ids_by_title, read_labels, read_papers, theme_questions
from litreview.evaluation.metrics import PAIR, Evaluation, compare_labels, evaluation, score_table, sentence_with
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.extraction import lexicon_of
from litreview.evidence.method_roles import ROLES
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.results import figures, same_figure
from litreview.themes import assign_answers, assign_themes, themes_of

# key in the file → kind in the tables of this library
KINDS = {"themes": "themes", "introduces": "introduces", "evaluated_on": "evaluated_on"}
KINDS |= {"claim_figures": "claim", "code_urls": "link", "contribution": "contribution"}
# `names` are methods in any role, by readers who were not asked for roles; `claims` the clauses of the figures.
KEYS = ["claims", *(key + ending for key in (*KINDS, "names") for ending in ("", ALSO))]
SENTENCES, BOUND = ("problem", "finding", "limitation"), "bound"
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
    read = [(paper_id, kind) for key, kind in KINDS.items() for paper_id, paper in papers if key in paper]
    rows = [(paper_id, *label) for paper_id, paper in papers for label in _evidence_labels(paper, asked)]
    labels, found = Labels.of_rows(read, rows), _found(corpus)
    found = found[(found["kind"] != "themes") | found["found"].isin(asked)]
    return evaluation(corpus, labels, _compared(corpus, labels, found))


def _evidence_labels(paper: dict[str, Any], asked: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Kind, text and also of each label of an entry, but for themes that were not asked about."""
    for key, kind in KINDS.items():
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
    kinds = [NAME, RIGHT_ROLE, *ROLES, *SENTENCES, BOUND]
    labels = Labels.of_rows([(paper_id, kind) for kind in kinds for paper_id, _ in papers], rows)
    compared = _compared(corpus, labels, _found(corpus))
    named = compared.loc[(compared["kind"] == NAME) & (compared["tp"] == 1), ["paper_id", "expected"]]
    roles = compared[compared["kind"].isin(ROLES)].merge(named)
    roles = roles.assign(kind=RIGHT_ROLE, fp=1 - roles["tp"], fn=1 - roles["tp"])
    result = evaluation(corpus, labels, compared[compared["kind"] != NAME])
    return result._replace(scores=score_table(pd.concat([compared, roles]), labels.read))


def _role_labels(paper: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Kind, text and also of each label of an entry; what counts comes first."""
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
    labels = _answer_labels(corpus)
    return evaluation(corpus, labels, _compared(corpus, labels, _answers(corpus)))


def _answer_labels(corpus: Corpus) -> Labels:
    content = read_labels(corpus.home.labels / "answers.json").get("labels", [])
    rows = pd.DataFrame(content, columns=["title", "theme", "question", "answer", "also"])
    rows = rows.assign(paper_id=ids_by_title(corpus, rows["title"]), kind=rows["theme"] + "." + rows["question"])
    rows = rows[(rows["paper_id"] != "") & rows["kind"].isin(theme_questions(corpus)["kind"])]
    read = rows[["theme", "kind"]].drop_duplicates().merge(rows[["theme", "paper_id"]], on="theme")
    return Labels.of_rows(read[PAIR].to_numpy(), rows[[*PAIR, "answer", "also"]].to_numpy())


def _answers(corpus: Corpus) -> pd.DataFrame:
    """paper_id, kind, found, name, quote, rule: the answers that papers give, not those they only mention."""
    answers = assign_answers(corpus).query("role == 'does'")
    return answers.assign(kind=answers["theme"] + "." + answers["question"], found=answers["answer"], name=None)


def never_judged(corpus: Corpus) -> pd.DataFrame:
    """Count the answers to each question that no reader has judged.

    Columns: kind, theme, question (as `theme_questions`), n (answers that are neither of a paper read for labels of
    this question nor given by hand), of (all answers) (int64).
    """
    answers = _answers(corpus).merge(_answer_labels(corpus).read, on=PAIR, how="left", indicator="judged")
    open_still = (answers["judged"] == "left_only") & ~answers["rule"].str.startswith(BY_HAND)
    counts = open_still.groupby(answers["kind"]).agg(n="sum", of="size")
    table = theme_questions(corpus).merge(counts, on="kind", how="left").fillna({"n": 0, "of": 0})
    return table.astype({"n": "int64", "of": "int64"})


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
    return rows.drop_duplicates([*PAIR, "found"])


def _compared(corpus: Corpus, labels: Labels, found: pd.DataFrame) -> pd.DataFrame:
    abstracts, lexicon = corpus.papers.set_index("paper_id")["abstract"], lexicon_of(corpus)

    def forms(paper_id: str, kind: str, *texts: str) -> set[str]:
        return {form for text in texts for form in _forms(text, kind, abstracts[paper_id], lexicon)}

    return compare_labels(labels, found.assign(name=found["name"].fillna(found["found"])), forms)


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

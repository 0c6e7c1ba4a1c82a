"""Roles of named methods, key sentences and bounds, against labels of them.

A name is compared without case and punctuation, in its long or its short form, or in an alias of the lexicon; a
sentence where one text holds the other; a bound in its one spelling.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.match_keys import canonical
from litreview.evaluation.labels import ALSO, ROLE_LABELS, Labels, read_papers
from litreview.evaluation.metrics import PAIR, Evaluation, compare_labels, evaluation, score_table
from litreview.evidence import extract_evidence
from litreview.evidence.extraction import lexicon_of
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.results import same_figure
from litreview.evidence.roles import ROLES

SENTENCES = ("problem", "finding", "limitation")
KINDS = [*ROLES, *SENTENCES, "bound"]
NAME, RIGHT_ROLE = "name_in_any_role", "role_of_a_found_name"
_LONG_AND_SHORT = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")


def evaluate_roles(corpus: Corpus) -> Evaluation:
    """Compare roles, key sentences and own bounds with the review's labels of them, kind by kind.

    Two more kinds say what a role rests on, and have no disagreements of their own: `name_in_any_role` asks whether a
    name is found at all, `role_of_a_found_name` whether the labelled names that are found have the right role (its
    three scores are its accuracy).
    Raises: `LabelError` for a file that holds no labels.
    """
    papers, unmatched = read_papers(corpus, corpus.home.labels / ROLE_LABELS)
    lexicon = lexicon_of(corpus)
    rows = [(paper_id, *label) for paper_id, paper in papers for label in _labels_of(paper, lexicon)]
    labels = Labels.of_rows([(paper_id, kind) for kind in KINDS for paper_id, _ in papers], rows, unmatched)
    finds = _found(corpus.where({paper_id for paper_id, _ in papers}), labels, lexicon)
    compared = compare_labels(labels, finds)
    result = evaluation(corpus, labels, compared)
    return replace(result, scores=pd.concat([_names_apart(labels, finds, compared), result.scores], ignore_index=True))


def _names_apart(labels: Labels, finds: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Score names whatever their role, and the roles of the labelled names that are found."""
    wanted, found = (
        rows[rows["kind"].isin(ROLES)].assign(kind=NAME) for rows in (labels.wanted.sort_values("also"), finds)
    )
    once = [rows.drop_duplicates(["paper_id", text]) for rows, text in ((wanted, "text"), (found, "found"))]
    read = labels.read.loc[labels.read["kind"] == ROLES[0], ["paper_id"]]
    every = Labels(read.assign(kind=NAME), once[0], [])
    names = compare_labels(every, once[1])
    met = names.loc[names["tp"] == 1, ["paper_id", "expected"]]
    roles = compared[compared["kind"].isin(ROLES)].merge(met).assign(kind=RIGHT_ROLE)
    roles = roles.assign(fp=1 - roles["tp"], fn=1 - roles["tp"])
    return score_table(pd.concat([names, roles]), pd.concat([every.read, read.assign(kind=RIGHT_ROLE)]))


def _labels_of(paper: dict[str, Any], lexicon: Lexicon) -> Iterator[tuple[str, str, set[str], bool]]:
    """Kind, text, forms and also of each label of an entry."""
    doubtful = [each["name"] for each in paper["names_also_allowed"]]
    for role in ROLES:
        for also, names in ((False, paper[role]), (True, doubtful)):
            yield from ((role, name, _forms(lexicon, name), also) for name in names)
    for kind in SENTENCES:
        for also in (False, True):
            yield from ((kind, text, {canonical(text)}, also) for text in paper[kind + ALSO * also])
    for also in (False, True):
        for bound in paper["bounds" + ALSO * also]:
            yield "bound", bound["text"], {same_figure(bound["text"])}, also or bound["of"] != "own"


def _found(corpus: Corpus, labels: Labels, lexicon: Lexicon) -> pd.DataFrame:
    """paper_id, kind, found (as written), forms, quote, rule: one row a find."""
    evidence = extract_evidence(corpus)
    rows = evidence[evidence["kind"].isin([*ROLES, *SENTENCES]) | (evidence["of"] == "own")]
    rows = rows.rename(columns={"text": "found"}).drop_duplicates([*PAIR, "found"])
    wanted = labels.wanted.groupby(PAIR)["forms"].agg(lambda forms: set().union(*forms)).to_dict()
    forms = []
    for row in rows.itertuples():
        if row.kind in ROLES:
            forms.append(_forms(lexicon, row.found, row.name))
        elif row.kind in SENTENCES:
            said = canonical(row.found)
            forms.append({said, *(each for each in wanted.get((row.paper_id, row.kind), ()) if each in said or said in each)})
        else:
            forms.append({same_figure(row.found)})
    return rows.assign(forms=forms)


def _forms(lexicon: Lexicon, *names: str) -> set[str]:
    """The forms under which a name is compared: as a whole, its long and its short part, and those in the lexicon."""
    parts = [part for name in names if (found := _LONG_AND_SHORT.fullmatch(name)) for part in found.groups()]
    written = {*names, *parts}
    return {canonical(form).removesuffix("s") for form in written | set(map(lexicon.name, written))}

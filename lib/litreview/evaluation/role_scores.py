"""Roles of named methods, key sentences and bounds, against labels of them.

A name is compared without case and punctuation, in its long or its short form, or in an alias of the lexicon; a
sentence as a whole or as the sentence of the abstract that holds it; a bound in its one spelling.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.match_keys import canonical
from litreview.evaluation.labels import ALSO, ROLE_LABELS, Labels, read_papers
from litreview.evaluation.metrics import PAIR, Evaluation, compare_labels, evaluation, score_table, sentence_with
from litreview.evidence import extract_evidence
from litreview.evidence.extraction import lexicon_of
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.results import same_figure
from litreview.evidence.roles import ROLES

SENTENCES, BOUND = ("problem", "finding", "limitation"), "bound"
NAME, RIGHT_ROLE = "name_in_any_role", "role_of_a_found_name"
KINDS = [NAME, RIGHT_ROLE, *ROLES, *SENTENCES, BOUND]
_LONG_AND_SHORT = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")


def evaluate_roles(corpus: Corpus, path: Path | None = None) -> Evaluation:
    """Compare roles, key sentences and own bounds with a file of labels, by default the review's own, kind by kind.

    Two more kinds say what a role rests on, and have no disagreements of their own: `name_in_any_role` asks whether a
    name is found at all, `role_of_a_found_name` whether the labelled names that are found have the right role (its
    three scores are its accuracy).
    Raises: `LabelError` for a file that holds no labels.
    """
    papers, unmatched = read_papers(corpus, path or corpus.home.labels / ROLE_LABELS)
    abstracts, lexicon = corpus.papers.set_index("paper_id")["abstract"], lexicon_of(corpus)
    rows = [(key, *label) for key, paper in papers for label in _labels_of(paper, abstracts[key], lexicon)]
    labels = Labels.of_rows([(paper_id, kind) for kind in KINDS for paper_id, _ in papers], rows, unmatched)
    compared = compare_labels(labels, _found(corpus.where({paper_id for paper_id, _ in papers}), lexicon))
    result = evaluation(corpus, labels, compared[compared["kind"] != NAME])
    return replace(result, scores=score_table(pd.concat([compared, _roles_of_found(compared)]), labels.read))


def _roles_of_found(compared: pd.DataFrame) -> pd.DataFrame:
    """Whether each labelled name that is found at all has the right role."""
    named = compared.loc[(compared["kind"] == NAME) & (compared["tp"] == 1), ["paper_id", "expected"]]
    roles = compared[compared["kind"].isin(ROLES)].merge(named)
    return roles.assign(kind=RIGHT_ROLE, fp=1 - roles["tp"], fn=1 - roles["tp"])


def _labels_of(paper: dict[str, Any], abstract: str, lexicon: Lexicon) -> Iterator[tuple[str, str, set[str], bool]]:
    """Kind, text, forms and also of each label of an entry; what counts comes first."""
    names = [(name, kind, False) for role in ROLES for name in paper[role] for kind in (role, NAME)]
    names += [(each["name"], kind, True) for each in paper["names_also_allowed"] for kind in (*ROLES, NAME)]
    yield from ((kind, name, _forms(name, kind, lexicon), also) for name, kind, also in names)
    for also in (False, True):
        for kind in SENTENCES:
            for text in paper[kind + ALSO * also]:
                yield kind, text, {canonical(text), canonical(sentence_with(text, abstract))}, also
        for bound in paper["bounds" + ALSO * also]:
            yield BOUND, bound["text"], _forms(bound["text"], BOUND, lexicon), also or bound["of"] != "own"


def _found(corpus: Corpus, lexicon: Lexicon) -> pd.DataFrame:
    """paper_id, kind, found (as written), forms, quote, rule: one row a find, a name once more in any role."""
    evidence = extract_evidence(corpus).rename(columns={"text": "found"})
    named = evidence[evidence["kind"].isin(ROLES)]
    others = evidence[evidence["kind"].isin(SENTENCES) | (evidence["of"] == "own")]
    rows = pd.concat([named, named.assign(kind=NAME), others]).drop_duplicates([*PAIR, "found"])
    pairs = zip(rows["found"], rows["name"].fillna(rows["found"]), rows["kind"], strict=True)
    return rows.assign(forms=[_forms(text, kind, lexicon) | _forms(name, kind, lexicon) for text, name, kind in pairs])


def _forms(text: str, kind: str, lexicon: Lexicon) -> set[str]:
    """The forms under which a text is compared; a name as a whole, its long and its short part, and by the lexicon."""
    if kind not in (*ROLES, NAME):
        return {same_figure(text) if kind == BOUND else canonical(text)}
    parts = _LONG_AND_SHORT.fullmatch(text)
    written = {text, *(parts.groups() if parts else ())}
    return {canonical(form).removesuffix("s") for form in written | {*map(lexicon.name, written)}}

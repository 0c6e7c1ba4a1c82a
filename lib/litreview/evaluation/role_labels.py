"""Roles of named methods, key sentences and bounds against labels of two readers (data/curated/labels/roles.json).

A name is compared without case and punctuation, in its long or its short form, or in an alias of the lexicon; a
sentence where one text holds the other; a bound in one spelling. What only one reader gave counts neither way.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.corpus.match_keys import canonical
from litreview.evaluation.metrics import score_table
from litreview.evidence import extract_evidence
from litreview.evidence.names.lexicon import load_lexicon
from litreview.evidence.results import same_figure
from litreview.evidence.roles import ROLES
from litreview.paths import PROJECT

LABELS = PROJECT.curated / "labels" / "roles.json"
SENTENCES = ("problem", "finding", "limitation")
_LONG_AND_SHORT = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")


def evaluate_roles(corpus: Corpus, path: Path = LABELS) -> pd.DataFrame:
    """Score roles, key sentences and own bounds, a row a kind, as `metrics.score_table` does.

    Columns: kind (str), n (papers read), tp, fp, fn (int64), precision, recall, f1, low, high (float64).
    """
    ids = dict(zip(corpus.papers["title"].map(canonical), corpus.papers["paper_id"], strict=True))
    labelled = {ids[key]: paper for paper in _papers(path) if (key := canonical(clean(paper["title"]))) in ids}
    evidence = extract_evidence(corpus.where(labelled))
    of_paper = dict(iter(evidence.groupby("paper_id")))
    rows = [
        {"paper_id": paper_id, **row}
        for paper_id, labels in labelled.items()
        for row in _compared(labels, of_paper.get(paper_id, evidence.head(0)))
    ]
    kinds = (*ROLES, *SENTENCES, "bound")
    compared = pd.DataFrame(rows, columns=["paper_id", "kind", "tp", "fp", "fn"])
    return score_table(compared, "kind", {kind: [*labelled] for kind in kinds})


def _papers(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


def _compared(labels: dict[str, Any], evidence: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """What is right, wrong and missed in one paper, by kind."""
    doubtful = [_forms(each["name"]) for each in labels["names_also_allowed"]]
    for role in ROLES:
        rows = evidence[evidence["kind"] == role]
        found = [_forms(text) | _forms(name) for text, name in zip(rows["text"], rows["name"], strict=True)]
        yield {"kind": role, **_counts([_forms(name) for name in labels[role]], doubtful, found)}
    for kind in SENTENCES:
        wanted, also = (labels[kind + ending] for ending in ("", "_also_allowed"))
        found = _texts(evidence.loc[evidence["kind"] == kind, "text"])
        yield {"kind": kind, **_counts(_texts(wanted), _texts(also), found)}
    own = [{same_figure(each["text"])} for each in labels["bounds"] if each["of"] == "own"]
    others = [{same_figure(each["text"])} for each in [*labels["bounds"], *labels["bounds_also_allowed"]]]
    found = [{same_figure(text)} for text in evidence.loc[evidence["of"] == "own", "text"]]
    yield {"kind": "bound", **_counts(own, [each for each in others if each not in own], found)}


def _texts(texts: Iterable[str]) -> list[set[str]]:
    return [{canonical(text)} for text in texts]


def _forms(name: str) -> set[str]:
    """The forms under which a name is compared: as a whole, its long and its short part, and those in the lexicon."""
    parts = _LONG_AND_SHORT.fullmatch(name)
    written = (name, *(parts.groups() if parts else ()))
    forms = {*written, *map(load_lexicon().name, written)}
    return {canonical(form).removesuffix("s") for form in forms}


def _counts(wanted: list[set[str]], also: list[set[str]], found: list[set[str]]) -> dict[str, int]:
    tp = sum(any(_same(one, label) for one in found) for label in wanted)
    fp = sum(not any(_same(one, label) for label in [*wanted, *also]) for one in found)
    return {"tp": tp, "fp": fp, "fn": len(wanted) - tp}


def _same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a text of the one is a text of the other, or a long one holds it as a part."""
    pairs = [sorted((a, b), key=len) for a in one for b in other]
    return any(short == long or (len(short) > 30 and short in long) for short, long in pairs)

"""Labels that readers gave: the files of a review's `data/curated/labels/`, checked.

A file is JSON: a list of papers, or an object whose `papers` is that list. An entry has a paper's `title`, and a list
for each key that its readers looked for. A label under a key that ends in `_also_allowed` counts neither way.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.corpus.match_keys import canonical
from litreview.errors import LabelError, listed, nearest, shown

ALSO = "_also_allowed"  # behind a key: what only one of two readers named
EVIDENCE, ROLE_LABELS, ANSWERS = "evidence.json", "roles.json", "answers.json"
FIRST_LOOKS = "first_looks.csv"
NO_LABELS = "No paper of this corpus has labels in data/curated/labels/, so no scores are printed."
_LOOKS = "date label_set kind n labels precision recall f1 low high version labelled_by".split()
_NUMBERS = {"n": "Int64", "labels": "int64", **dict.fromkeys(_LOOKS[5:10], "float64")}


class Labels(NamedTuple):
    """What readers found in papers of a corpus.

    `read`: paper_id, kind (str), one row a paper and kind that was read for. `wanted`: paper_id, kind, text (str),
    forms (set of str, the spellings that a find may have), also (bool, counts neither way). `unmatched`: titles of
    labelled papers that the corpus does not have.
    """

    read: pd.DataFrame
    wanted: pd.DataFrame
    unmatched: list[str]

    @classmethod
    def of_rows(cls, read: list[tuple], wanted: list[tuple], unmatched: list[str]) -> "Labels":
        """Make the tables, without repeated rows; the first of two that say the same stays."""
        asked = pd.DataFrame(read, columns=["paper_id", "kind"], dtype="str").drop_duplicates(ignore_index=True)
        labels = pd.DataFrame(wanted, columns=["paper_id", "kind", "text", "forms", "also"])
        labels = labels.astype({"paper_id": "str", "kind": "str", "text": "str", "also": "bool"})
        return cls(asked, labels.drop_duplicates(["paper_id", "kind", "text"], ignore_index=True), unmatched)


def first_looks(corpus: Corpus) -> pd.DataFrame:
    """Read how the rules did on labels that nobody had seen; no rows for a corpus without labelled papers.

    Columns: date, label_set, kind (str; a question is "theme.question"), n (papers read, Int64), labels (int64),
    precision, recall, f1, low, high (float64; the 95% bootstrap interval of f1), version (a commit), labelled_by (str).
    """
    path = corpus.home.labels / FIRST_LOOKS
    types = {name: _NUMBERS.get(name, "str") for name in _LOOKS}
    if path.is_file() and labelled_papers(corpus):
        return pd.read_csv(path, dtype=types)
    return pd.DataFrame(columns=[*types]).astype(types)


def readers_agree(corpus: Corpus) -> dict[str, float]:
    """Return how far two readers agree on each kind, as the F1 between their labels, where a file of labels says so."""
    files = [read_labels(path) for path in sorted(corpus.home.labels.glob("*.json"))]
    return {kind: f1 for content in files for kind, f1 in content.get("agreement", {}).items()}


def labelled_papers(corpus: Corpus) -> set[str]:
    """Return the ids of the papers that a file of labels has an entry for."""
    return {key for path in sorted(corpus.home.labels.glob("*.json")) for key, _ in read_papers(corpus, path)[0]}


def read_papers(corpus: Corpus, path: Path) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Read the entries of papers that a corpus has, each with its paper_id, and the titles of the others.

    Papers are matched by title, whatever its case, blanks and punctuation.
    Raises: `LabelError` with the line or the entry that cannot be used.
    """
    papers = read_labels(path).get("papers", [])
    if not isinstance(papers, list):
        raise LabelError(f"{shown(path)}: it must be a list of papers, or an object with such a list as 'papers'.")
    for entry, paper in enumerate(papers, start=1):
        title = paper.get("title") if isinstance(paper, dict) else None
        if not isinstance(title, str) or not title.strip():
            fix = "Each entry needs a 'title' and lists of labels."
            raise LabelError(f"{shown(path)}, entry {entry}: it has no title. {fix}")
    pairs = list(zip(ids_by_title(corpus, [paper["title"] for paper in papers]), papers, strict=True))
    return [(key, paper) for key, paper in pairs if key], [paper["title"] for key, paper in pairs if not key]


def read_labels(path: Path) -> dict[str, Any]:
    """Read a file of labels; none is an empty one. Raises: `LabelError`."""
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise LabelError.unreadable(path, error) from error
    return content if isinstance(content, dict) else {"papers": content}


def ids_by_title(corpus: Corpus, titles: Iterable[str]) -> list[str]:
    """Return the paper_id of each title; empty where the corpus has no such paper."""
    ids = dict(zip(corpus.papers["title"].map(canonical), corpus.papers["paper_id"], strict=True))
    return [ids.get(canonical(clean(title)), "") for title in titles]


def check_keys(path: Path, paper: dict[str, Any], keys: list[str]) -> None:
    """Raise `LabelError` for a key that no reader is asked for, or for a value that is no list of texts."""
    where = f"{shown(path)}, “{paper['title']}”"
    for key in paper.keys() - {"title"}:
        if key not in keys:
            raise LabelError(f"{where}: there is no key '{key}'.{nearest(key, keys)} Keys: {listed(keys)}.")
        if not (isinstance(paper[key], list) and all(isinstance(text, str) and text for text in paper[key])):
            raise LabelError(f'{where}: \'{key}\' must be a list of texts, such as ["DPO", "PPO"]; [] for nothing.')

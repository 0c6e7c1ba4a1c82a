"""Labels that readers gave: the files of a review's `data/curated/labels/`, checked.

A file is JSON: a list of papers, or an object whose `papers` is that list. An entry has a paper's `title`, and a list
for each key that its readers looked for. A label under a key that ends in `_also_allowed` counts neither way.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import pydantic

from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.corpus.match_keys import canonical
from litreview.errors import LabelError
from litreview.themes import themes_of

PAIR = ["paper_id", "kind"]
ALSO = "_also_allowed"  # behind a key: what only one of two readers named
NO_LABELS = "No paper of this corpus has labels in data/curated/labels/, so no scores are printed."
_LOOKS = dict.fromkeys("date label_set kind n labels precision recall f1 low high version labelled_by".split(), "str")
_LOOKS |= {"n": "Int64", "labels": "int64", **dict.fromkeys(["precision", "recall", "f1", "low", "high"], "float64")}
Text = Annotated[str, pydantic.StringConstraints(strip_whitespace=True, min_length=1)]


def label_rows(rows: Any) -> pd.DataFrame:
    """Make the table of what readers found in papers: paper_id, kind, expected (str), also (bool, counts neither way).

    A row without `expected` says that a paper was read for a kind. Of two rows that say the same the first stays.
    """
    table = pd.DataFrame(rows, columns=[*PAIR, "expected", "also"])
    table = table.drop_duplicates([*PAIR, "expected"], ignore_index=True)
    return table.astype({"paper_id": "str", "kind": "str", "expected": "str", "also": "bool"})


def first_looks(corpus: Corpus) -> pd.DataFrame:
    """Read how the rules did on labels that nobody had seen; no rows for a corpus without labelled papers.

    Columns: date, label_set, kind (str; a question is "theme.question"), n (papers read, Int64), labels (int64),
    precision, recall, f1, low, high (float64; the 95% bootstrap interval of f1), version (a commit), labelled_by (str).
    """
    path = corpus.home.labels / "first_looks.csv"
    known = pd.read_csv(path, dtype=_LOOKS) if path.is_file() else pd.DataFrame(columns=[*_LOOKS]).astype(_LOOKS)
    return known if labelled_papers(corpus) else known.head(0)


def readers_agree(corpus: Corpus) -> dict[str, float]:
    """Return how far two readers agree on each kind, as the F1 between their labels, where a file of labels says so."""
    files = [read_labels(path) for path in sorted(corpus.home.labels.glob("*.json"))]
    return {kind: f1 for content in files for kind, f1 in content.get("agreement", {}).items()}


def labelled_papers(corpus: Corpus) -> set[str]:
    """Return the ids of the papers that a file of labels has an entry for."""
    return {key for path in sorted(corpus.home.labels.glob("*.json")) for key, _ in read_papers(corpus, path)}


def theme_questions(corpus: Corpus) -> pd.DataFrame:
    """List what the themes of a review ask: kind ("theme.question"), theme (its title), question (str)."""
    themes = themes_of(corpus).values()
    rows = [(f"{one.name}.{key}", one.title, asks.question) for one in themes for key, asks in one.facets.items()]
    return pd.DataFrame(rows, columns=["kind", "theme", "question"], dtype="str")


def read_papers(corpus: Corpus, path: Path, keys: Iterable[str] = ()) -> list[tuple[str, dict]]:
    """Read the entries of papers that a corpus has, each with its paper_id; others are left out.

    Papers are matched by title, whatever its case, blanks and punctuation; an answer is an entry of its own. keys: the
    lists of texts that an entry may have; any when none is given. Raises: `LabelError` with the entry that is wrong.
    """
    texts: dict[str, Any] = dict.fromkeys(keys, (list[Text], []))
    entry = pydantic.create_model("Entry", __config__={"extra": "forbid" if texts else "allow"}, title=Text, **texts)
    several: Any = list[entry]  # type: ignore[valid-type]
    try:
        content = read_labels(path)
        entries = pydantic.TypeAdapter(several).validate_python(content.get("papers", content.get("labels", [])))
    except pydantic.ValidationError as error:
        where, said = error.errors()[0]["loc"], error.errors()[0]["msg"]
        raise LabelError.unreadable(path, f"paper {', '.join(map(str, where))} (from 0): {said}") from None
    ids = ids_by_title(corpus, [each.title for each in entries])
    return [(key, each.model_dump(exclude_unset=True)) for key, each in zip(ids, entries, strict=True) if key]


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

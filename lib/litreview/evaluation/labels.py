"""Labels that readers gave: a checked file, as one table.

A gold file is JSON: a list of papers, or an object whose `papers` is that list. Each paper has a `title` and any of the
keys below, a list of texts each; a key that is left out was not read for. An object may also say which themes the readers
were asked about (`themes_asked`), and note how far they agree, and how the rules did before anybody had seen what they
get wrong there. What each key means is told in data/README.md.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from litreview.corpus.cleaning import clean
from litreview.corpus.match_keys import canonical
from litreview.errors import GoldError
from litreview.evidence.results import same_figure

# key in the file → kind in the tables of this library
KINDS = {
    "themes": "themes",
    "introduces": "introduces",
    "compares_to": "compares_to",
    "evaluated_on": "evaluated_on",
    "claim_figures": "claim",
    "code_urls": "link",
    "contribution": "contribution",
}
NOTED = ("agreement", "first_look")  # what a gold file may say of its labels: key → share from 0 to 1
ALSO = "_also_allowed"  # behind a key: what only one of two readers named, neither required nor wrong
ALLOWED = ("title", "claims", *KINDS, *(key + ALSO for key in KINDS))


def load_gold(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The labels in a gold file, in two tables.

    `readings`: entry (int64, place in the file from 1), title, key (str, the canonical title), kind (str): one row a
    paper and kind that was read for. `labels`: entry, kind, name (str, as `folded`), text (str), also (bool).
    Raises `GoldError` for a file that is no such JSON, with the line or the entry.
    """
    papers = [_checked(path, entry, paper) for entry, paper in enumerate(_papers(path), start=1)]
    _check_titles(path, papers)
    readings = [
        {"entry": entry, "title": paper["title"], "key": canonical(clean(paper["title"])), "kind": kind}
        for entry, paper in enumerate(papers, start=1)
        for key, kind in KINDS.items()
        if key in paper
    ]
    labels = [
        {"entry": entry, "kind": kind, "name": folded(text, kind), "text": text, "also": also}
        for entry, paper in enumerate(papers, start=1)
        for key, kind in KINDS.items()
        for also in (False, True)
        for text in paper.get(key + ALSO * also, [])
    ]
    table = pd.DataFrame(labels, columns=["entry", "kind", "name", "text", "also"])
    types = {"entry": "int64", "kind": "str", "name": "str", "text": "str", "also": "bool"}
    return (
        pd.DataFrame(readings, columns=["entry", "title", "key", "kind"]).astype({"entry": "int64"}),
        table.astype(types).drop_duplicates(["entry", "kind", "name"], ignore_index=True),
    )


def noted(path: Path, what: str) -> pd.Series:
    """The shares that a gold file notes under `what`, one of `NOTED`: kind (str) → share (float64); empty without a note.

    Raises `GoldError` for a file that holds no labels, or a note that is no share of a kind.
    """
    content = _content(path)
    note = content.get(what, {}) if isinstance(content, dict) else {}
    good = isinstance(note, dict) and all(
        key in KINDS and isinstance(share, int | float) and 0 <= share <= 1 for key, share in note.items()
    )
    if not good:
        raise GoldError.unreadable(path, f"'{what}' must give a share from 0 to 1 for keys of {', '.join(KINDS)}")
    return pd.Series({KINDS[key]: share for key, share in note.items()}, name=what, dtype="float64").rename_axis("kind")


def themes_asked(path: Path) -> list[str]:
    """The themes that the readers of a gold file were asked about: its `themes_asked`, else those that its labels name.

    Of any other theme no label can tell whether a find is right. Raises `GoldError` for a file that holds no labels, or
    a `themes_asked` that is no list of texts.
    """
    content = _content(path)
    asked = content.get("themes_asked") if isinstance(content, dict) else None
    if asked is None:
        labels = load_gold(path)[1]
        asked = labels.loc[labels["kind"] == "themes", "name"].tolist()
    if not isinstance(asked, list) or not all(isinstance(name, str) for name in asked):
        raise GoldError.unreadable(path, "'themes_asked' must be a list of names of themes")
    return sorted({folded(name, "themes") for name in asked})


def folded(text: str, kind: str) -> str:
    """A text as it is compared: names cleaned, in lower case; figures in their one spelling; links as they are."""
    if kind == "claim":
        return same_figure(text)
    return text if kind == "link" else clean(text).casefold()


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError.unreadable(path, error.strerror or "it cannot be opened") from error
    except UnicodeDecodeError as error:
        raise GoldError.unreadable(path, "it is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise GoldError.unreadable(path, f"line {error.lineno} is no JSON ({error.msg})") from error
    except RecursionError as error:
        raise GoldError.unreadable(path, "it is nested too deeply") from error


def _papers(path: Path) -> list[Any]:
    content = _content(path)
    papers = content.get("papers") if isinstance(content, dict) else content
    if not isinstance(papers, list):
        raise GoldError.unreadable(path, "it is neither a list of papers nor an object with 'papers'")
    return papers


def _checked(path: Path, entry: int, paper: Any) -> dict[str, Any]:
    title = paper.get("title") if isinstance(paper, dict) else None
    if not isinstance(title, str) or not title.strip():
        raise GoldError.no_title(path, entry)
    for key, value in paper.items():
        if key not in ALLOWED:
            raise GoldError.unknown_key(path, entry, title, key, ALLOWED)
        if key != "title" and not (isinstance(value, list) and all(isinstance(text, str) and text for text in value)):
            raise GoldError.no_list(path, entry, title, key)
    return paper


def _check_titles(path: Path, papers: list[dict[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for entry, paper in enumerate(papers, start=1):
        first = seen.setdefault(canonical(clean(paper["title"])), entry)
        if first != entry:
            raise GoldError.twice(path, entry, paper["title"], first)

"""Labels that readers gave: a checked file as tables.

A gold file is JSON: a list of papers, or an object whose `papers` is that list. Each paper has a `title` and any of the
keys below, a list of texts each; readers did not look for a key that is left out. An object may also name the themes
that readers were asked about (`themes_asked`). data/README.md says what each key means.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from litreview.corpus.cleaning import clean
from litreview.corpus.match_keys import canonical
from litreview.errors import GoldError, listed, nearest, shown
from litreview.evidence.results import same_figure

# key in the file → kind in the tables of this library
_KEYS = "themes introduces compares_to evaluated_on claim_figures code_urls contribution".split()
KINDS = {key: {"claim_figures": "claim", "code_urls": "link"}.get(key, key) for key in _KEYS}
ALSO = "_also_allowed"  # behind a key: what only one of two readers named, neither required nor wrong
# `names` are methods in any role, as readers gave them who were not asked for roles; they are not scored.
ALLOWED = ("title", "claims", *(key + ending for key in (*KINDS, "names") for ending in ("", ALSO)))


def load_gold(path: Path) -> tuple[pd.DataFrame, pd.DataFrame, set[str]]:
    """Read the labels in a gold file, and the themes that readers were asked about (else those that the labels name).

    First table: title, key (the canonical title), kind (str): one row a paper and kind that was read for. Second table:
    key, kind, name (str, as `comparable`), text (str), also (bool).
    Raises `GoldError` with the line or the entry that cannot be used.
    """
    papers, asked = _content(path)
    keys: list[str] = []
    for entry, paper in enumerate(papers, start=1):
        _check(f"{shown(path)}, entry {entry}", paper)
        keys.append(canonical(clean(paper["title"])))
        if keys[-1] in keys[:-1]:
            first = keys.index(keys[-1]) + 1
            raise GoldError(f"{shown(path)}, entry {entry}: entry {first} has the same title. Join the two.")
    rows = [(key, paper, name, kind) for key, paper in zip(keys, papers, strict=True) for name, kind in KINDS.items()]
    readings = [(key, paper["title"], kind) for key, paper, name, kind in rows if name in paper]
    labels = [
        (key, kind, comparable(text, kind), text, also)
        for key, paper, name, kind in rows
        for also in (False, True)
        for text in paper.get(name + ALSO * also, [])
    ]
    table = pd.DataFrame(labels, columns=["key", "kind", "name", "text", "also"]).astype({"also": "bool"})
    table = table.drop_duplicates(["key", "kind", "name"], ignore_index=True)
    asked = table.loc[table["kind"] == "themes", "name"] if asked is None else asked
    asked = {comparable(name, "themes") for name in asked}
    return pd.DataFrame(readings, columns=["key", "title", "kind"]), table, asked


def comparable(text: str, kind: str) -> str:
    """Bring a text into the form in which it is compared: names in lower case, figures in one spelling."""
    if kind == "claim":
        return same_figure(text)
    return text if kind == "link" else clean(text).casefold()


def _content(path: Path) -> tuple[list[Any], Any]:
    """The papers and the themes asked about that a file holds."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = f"the labels cannot be read: {error}"
        raise GoldError(f"{shown(path)}: {reason}. Give a gold file in JSON, UTF-8.") from error
    content = content if isinstance(content, dict) else {"papers": content}
    papers, asked = content.get("papers"), content.get("themes_asked")
    if not isinstance(papers, list):
        raise GoldError(f"{shown(path)}: it must be a list of papers, or an object with such a list as 'papers'.")
    if asked is not None and not _is_texts(asked):
        raise GoldError(f"{shown(path)}: 'themes_asked' must be a list of names of themes.")
    return papers, asked


def _check(where: str, paper: Any) -> None:
    """Raise `GoldError` for an entry without a title, with an unknown key, or with a value that is no list of texts."""
    title = paper.get("title") if isinstance(paper, dict) else None
    if not isinstance(title, str) or not title.strip():
        raise GoldError(f"{where}: it has no title. Each entry needs a 'title' and lists of labels.")
    for key in paper.keys() - {"title"}:
        if key not in ALLOWED:
            raise GoldError(f"{where}: there is no key '{key}'.{nearest(key, ALLOWED)} Keys: {listed(ALLOWED)}.")
        if not _is_texts(paper[key]):
            raise GoldError(f'{where}: \'{key}\' must be a list of texts, such as ["DPO", "PPO"]; [] for nothing.')


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text for text in value)

"""Draft themes: rules of the terms that set clusters apart, how well they find them, and their place in themes.yml."""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from textwrap import indent

import numpy as np
import pandas as pd
import yaml

from litreview.corpus import Corpus
from litreview.errors import ThemeFileError, shown
from litreview.text.atomic_files import temporary, write_file
from litreview.text.patterns import any_of, compiled, phrase_pattern
from litreview.themes.assignment import assign_themes
from litreview.themes.definitions import Theme, load_themes

HIGHEST_WEIGHT, LOWEST_THRESHOLD = 3.0, 0.5
FIRST_TERMS, MOST_HEADS, LONGEST_TITLE = 6, 3, 40  # terms to choose from, and chosen; letters that a chart has room for
NO_HEAD = re.compile(
    r"""^\w{1,2}$ | [^e]ed$                                          # "gs"; "estimated"
      | ^\w+ed\ (?!\w+ed)\w+\ \w+$                                 # "measured surface elevation"
      | (?<!ed)\ (?:\w+ed|become|give|hold|keep|take|tell)\b         # "authority explained support": a clause""",
    re.VERBOSE,
)
STEM = 5  # letters that words of one meaning begin with
THEMES = re.compile(
    r"""^themes:[^\S\n]*(?:\{\})?[^\S\n]*\n  # the key; brackets stand for none
        (?P<body>(?:(?:[ #].*|\r?)\n)*)         # what is indented below it, comments, and blank lines""",
    re.MULTILINE | re.VERBOSE,
)
FIRST = re.compile(r"^ +(?=[^\s#])", re.MULTILINE)  # the blanks before the name of the first theme


def draft_themes(
    corpus: Corpus, terms: pd.DataFrame, members: pd.DataFrame, taken: Iterable[str]
) -> tuple[dict[str, Theme], pd.DataFrame]:
    """Make a theme of each group, in the order of the groups, and tell what its rules find.

    terms: `schema.TERMS`. members: paper_id, group, and what else is known. taken: names that are not given. A weight
    is a term's log-odds ratio, rounded up to the half. The threshold is the one of best F1; the higher one of equals.
    Return the themes by name, and the papers that are of a group or found by its rules: the columns of `members`
    (missing for a paper that is only found), theme, score and quote (missing without any words of the rules).
    """
    themes: dict[str, Theme] = {}
    names: dict[str, str] = {}
    texts = ["\n".join(corpus.papers[field]) for field in ("abstract", "title")]
    for group, rows in terms.groupby("group"):
        heads = _heads(rows)
        names[group] = name = _free_name(heads[0], {*taken, *themes})
        themes[name] = _theme(name, rows, " · ".join(_written(head, texts) for head in heads))
    scores = assign_themes(corpus, themes)[["paper_id", "theme", "score", "quote"]]
    own = members.assign(theme=members["group"].map(names)).dropna(subset="theme")
    papers = own.merge(scores, how="outer", on=["paper_id", "theme"])
    for name, rows in papers.groupby("theme"):
        inside = rows["group"].notna()
        reached = inside.groupby(rows["score"]).agg(["sum", "size"]).sort_index(ascending=False).cumsum()
        if len(reached):
            best = (reached["sum"] / (reached["size"] + inside.sum())).idxmax()
            themes[name] = themes[name].model_copy(update={"threshold": float(best)})
    return themes, papers


def _heads(rows: pd.DataFrame) -> list[str]:
    """The first terms that share no word, as far as a title reaches; a phrase stands for its word if as telling."""
    papers, heads = rows.set_index("term")["n_in"], list[str]()
    told = rows.loc[~rows["term"].str.contains(NO_HEAD), "term"]
    for term in told[:FIRST_TERMS]:
        longer = [each for each in told if f" {term} " in f" {each} " and 2 * papers[each] >= papers[term]]
        title = " · ".join([*heads, head := max(longer, key=len)])
        stems = [word[:STEM] for word in re.findall(r"\w{3,}", title)]
        if len(title) <= LONGEST_TITLE and len({*stems}) == len(stems):
            heads.append(head)
    return heads[:MOST_HEADS] or [*rows["term"][:1]]


def _written(term: str, texts: list[str]) -> str:
    """A term as papers write it most, in abstracts if there: "mesh term" → "MeSH terms"."""
    pattern = compiled(any_of([phrase_pattern(term)]))
    found = next((spelt for text in texts if (spelt := Counter(pattern.findall(text)))), Counter([term]))
    most = max(found, key=lambda spelling: (found[spelling], spelling))
    inside = most[:1].lower() + most[1:]  # as it is written where no sentence begins with it
    return " ".join((inside if 10 * found[inside] > found[most] else most).split())


def _theme(name: str, rows: pd.DataFrame, title: str) -> Theme:
    """A draft of the terms of a group, with rules by weight, heaviest first; its threshold is the lowest."""
    terms = rows["term"].groupby(-np.ceil(rows["log_odds"].clip(upper=HIGHEST_WEIGHT) * 2) / 2)
    rules = [{"name": ", ".join(of[:3]), "weight": -less, "phrases": [*of]} for less, of in terms]
    about = f"Papers that say {', '.join(rows['term'][:8])}."
    fields = {"title": title[:1].upper() + title[1:], "about": about, "status": "draft"}
    return Theme.model_validate({"name": name, **fields, "threshold": LOWEST_THRESHOLD, "rules": rules})


def _free_name(term: str, taken: set[str]) -> str:
    """A key for themes.yml: "policy gradient" → policy_gradient, or policy_gradient_2."""
    plain = re.sub("[^a-z0-9]+", "_", term).strip("_")
    base = plain if re.match("[a-z]", plain) else f"theme_{plain}".strip("_")
    return next(name for n in range(1, len(taken) + 2) if (name := f"{base}_{n}" if n > 1 else base) not in taken)


def write_drafts(file: Path, drafts: dict[str, Theme], remarks: dict[str, str]) -> None:
    """Replace the themes of a file that have `status: draft` by `drafts`, each with its remark as a comment.

    All other lines stay as they are. Raises: ThemeFileError for a file that cannot be read or written, and where drafts
    cannot be put among its themes.
    """
    before = load_themes(file)
    kept = {name: theme for name, theme in before.items() if theme.status != "draft"}
    beside = temporary(file)
    try:
        text = file.read_bytes().decode() if file.exists() else ""
        entries = "".join(_entry(theme, remarks[name]) for name, theme in drafts.items())
        write_file(beside, _replaced(text, before.keys() - kept, entries))
        with suppress(ThemeFileError):
            if load_themes(beside) == kept | drafts:
                beside.replace(file)
                return
        told = "Give `themes:` and each name below it a line of its own, without brackets and quotation marks."
        raise ThemeFileError(f"{shown(file)}: nothing was changed, for drafts find no place in it. {told}")
    except OSError as error:
        raise ThemeFileError.unwritable(file, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _entry(theme: Theme, remark: str) -> str:
    fields = theme.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    return f"{theme.name}:\n  # {remark}\n{indent(text, '  ')}"


def _replaced(text: str, earlier: Iterable[str], entries: str) -> str:
    """The text without the lines of earlier drafts, and with the new ones behind the themes that stay."""
    text += "\n" if text and not text.endswith("\n") else ""
    found = THEMES.search(text)
    above, body, below = (text[: found.start()], found["body"], text[found.end() :]) if found else (text, "", "")
    column = (FIRST.search(body) or ["  "])[0]
    for name in earlier:  # its line, and the lines that stand further right, with blank ones between them
        body = re.sub(rf"^{column}{name}:.*\n(?:(?:[^\S\n]*\n)*{column} .*\n)*", "", body, flags=re.MULTILINE)
    head = "themes:\n" if entries or FIRST.search(body) else ""
    return f"{above}{head}{body}{indent(entries, column)}{below}"

"""What changed between two corpora: papers, their fields, the shares of themes, the names that were not there before.

A paper of the one is a paper of the other when it has the same paper_id; else when a record says the same, word for
word; else when matching finds that two papers are one work (matching.py). So a paper that was given an identifier, or
that was merged into another, is told from one that is new or gone.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from litreview import schema
from litreview.analysis import data_quality, summary_tables, trends
from litreview.corpus import Corpus, load_corpus, previous_corpus, without_last_file
from litreview.corpus.matching import match_records
from litreview.evidence import extract_evidence
from litreview.text.wording import ENOUGH, Labels, date_text, label
from litreview.themes import assign_themes

FIELDS = ("paper_id", "title", "abstract", "published", "authors", "venue", "doi", "arxiv_id", "category")
KINDS = {"method": ("introduces", "compares_to"), "benchmark or data set": ("evaluated_on",)}
# As arXiv and journals say it, and the marks of the Hugging Face Hub, OpenAlex and PubMed.
_SAYS_SO = re.compile(
    r"(?i)\b(?:this|the) (?:paper|article|submission|manuscript|preprint|work|report|version) (?:has been|was|is) "
    r"(?:withdrawn|retracted)\b|^\W*(?:withdrawn|retracted)\b"
)
_MARKED = re.compile(r'"withdrawnAt": "|"is_retracted": true|\bRetracted Publication\b')

Row = tuple[str, str, str, str, str]  # change, paper_id, field, before, after


def earlier(old: str, corpus: str) -> Corpus | None:
    """What to compare a corpus folder with: the corpus in the folder `old`; else its state before its papers last changed;
    else, where none is kept, the corpus without its last file. None where that was its only file.
    """
    kept = load_corpus(old) if old else previous_corpus(corpus)
    return without_last_file(load_corpus(corpus)) if kept is None else kept


def changes(old: Corpus, new: Corpus) -> pd.DataFrame:
    """Every paper that differs, a row a difference: `schema.CHANGES`, by kind of change and in the order of papers.

    The kinds: new, gone, withdrawn (the data says so now and did not before), merged (into another paper), parted (from
    another paper), changed (a field).
    """
    pairs, before, after = _pairs(old, new), _texts(old), _texts(new)
    came = new.papers.loc[~new.papers["paper_id"].isin(pairs["new_id"]), "paper_id"]
    left = old.papers.loc[~old.papers["paper_id"].isin(pairs["old_id"]), "paper_id"]
    parted = came.isin(_by_records(new, old, came)["from_id"])
    found = [
        *_whole("new", came[~parted]),
        *_whole("gone", left),
        *_withdrawn(old, new, pairs),
        *_merged(pairs, before, after),
        *_whole("parted", came[parted]),
        *_changed(pairs, before, after),
    ]
    rows = pd.DataFrame(found, columns=["change", "paper_id", "field", "before", "after"], dtype="str")
    papers = pd.concat([new.papers, old.papers])[["paper_id", "title", "url"]].drop_duplicates("paper_id")
    return schema.shape(rows.merge(papers, on="paper_id", how="left"), schema.CHANGES)


def came(found: pd.DataFrame, new: Corpus, labels: Labels = None) -> pd.DataFrame:
    """The papers that are new, from `changes`, the latest first: title, submitted, themes (shown names), url (str)."""
    pile = new.where(found.loc[found["change"] == "new", "paper_id"])
    themes = assign_themes(pile).drop_duplicates(["paper_id", "theme"])
    names = themes["theme"].map(lambda name: label(name, labels)).groupby(themes["paper_id"]).agg("; ".join)
    rows = pile.papers.assign(submitted=_dates(pile.papers).replace("", None))
    rows = rows.assign(themes=rows["paper_id"].map(names).astype("str"))
    rows = rows.sort_values(["submitted", "title"], ascending=[False, True], ignore_index=True)
    return rows[["title", "submitted", "themes", "url"]]


def shares(old: Corpus, new: Corpus) -> pd.DataFrame:
    """How the share of each theme moved, largest difference first, by the themes as they are now.

    Columns: theme; n, of, share for each of `before` (the papers as they were), `now` (as they are) and `after` (those
    that came), such as n_before; difference, low, high between the papers that came and those before, and enough, as in
    `trends.change`. Two states of one pile share most of their papers, so an interval of before and now would mean
    nothing; the papers that came are others.
    """
    came = changes(old, new).query("change == 'new'")["paper_id"]
    known, found = assign_themes(old), assign_themes(new)
    table = pd.DataFrame({"theme": pd.Series(sorted({*known["theme"], *found["theme"]}), dtype="str")})
    sides = {}
    for side, corpus, themes in (("before", old, known), ("now", new, found), ("after", new.where(came), found)):
        members = trends.pairs_of(corpus, themes, "theme").groupby("theme").size()
        n = table["theme"].map(members).fillna(0).astype("int64")
        sides[side] = trends.wilson(n, pd.Series(len(corpus), index=n.index, dtype="int64"))
        table = table.assign(**{f"n_{side}": n, f"of_{side}": len(corpus), f"share_{side}": sides[side]["share"]})
    table = table.join(trends.newcombe(sides["before"], sides["after"]))
    table["enough"] = (table["of_before"] >= ENOUGH) & (table["of_after"] >= ENOUGH)
    return table.sort_values(["difference", "theme"], ascending=[False, True], ignore_index=True)


def spoken(moved: pd.DataFrame, labels: Labels = None) -> pd.DataFrame:
    """The table of `shares` in words: theme (shown name), before, now, came, difference (with its interval; str)."""
    sides = {"before": "before", "now": "now", "came": "after"}
    parts = {
        heading: moved[f"n_{side}"].astype("str") + " of " + moved[f"of_{side}"].astype("str")
        for heading, side in sides.items()
    }
    names = [label(name, labels) for name in moved["theme"]]
    words = [_difference(row) for row in moved.itertuples()]
    return pd.DataFrame({"theme": names, **parts, "difference": words}, index=moved.index, dtype="str")


def _difference(row: Any) -> str:
    """How the share among the papers that came differs from the share before, with its interval, in points."""
    if not row.enough:
        return "too few papers for an interval"
    ends = (100 * row.difference, 100 * row.low, 100 * row.high)
    return "{:+.0f} points (95% interval {:+.0f} to {:+.0f})".format(*ends).replace("-", "−")


def new_names(old: Corpus, new: Corpus) -> pd.DataFrame:
    """Methods and test beds that the evidence of `new` names and that of `old` does not.

    Columns: kind (method, benchmark or data set), name, n (int64, papers), papers (who, when; str).
    """
    known, found = extract_evidence(old), extract_evidence(new)
    told = [summary_tables.named(new, _unknown(known, found, kinds)).assign(kind=role) for role, kinds in KINDS.items()]
    return pd.concat(told, ignore_index=True)[["kind", "name", "n", "papers"]]


def _unknown(known: pd.DataFrame, found: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    """The evidence of these kinds whose names are not known."""
    found, known = (table[table["kind"].isin(kinds)] for table in (found, known))
    return found[~found["name"].isin(known["name"])]


def shortened(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `changes` with `before` and `after` cut to the words round the first difference."""
    return rows.assign(**data_quality.differing(rows["before"], rows["after"]))


def _pairs(old: Corpus, new: Corpus) -> pd.DataFrame:
    """Which paper of `new` each paper of `old` is: old_id, new_id, how (same id, same record, same work)."""
    there = old.papers["paper_id"].isin(new.papers["paper_id"])
    same = pd.DataFrame({"from_id": old.papers.loc[there, "paper_id"], "to_id": old.papers.loc[there, "paper_id"]})
    recorded = _by_records(old, new, old.papers.loc[~there, "paper_id"])
    rest = old.papers[~there & ~old.papers["paper_id"].isin(recorded["from_id"])]
    pairs = pd.concat([same, recorded, _by_matching(rest, new.papers)], ignore_index=True)
    return pairs.rename(columns={"from_id": "old_id", "to_id": "new_id"}).astype("str")


def _by_records(one: Corpus, other: Corpus, ids: pd.Series) -> pd.DataFrame:
    """Papers of `one` with these ids, and the paper of `other` that has a record with the same words: from_id, to_id."""
    words = ["title_raw", "abstract_raw"]
    mine = one.records.loc[one.records["paper_id"].isin(ids), ["paper_id", *words]]
    theirs = other.records[["paper_id", *words]].drop_duplicates(words)
    met = mine.merge(theirs, on=words, suffixes=("_from", "_to")).drop_duplicates("paper_id_from")
    return met.rename(columns={"paper_id_from": "from_id", "paper_id_to": "to_id"})[["from_id", "to_id"]]


def _by_matching(rest: pd.DataFrame, papers: pd.DataFrame) -> pd.DataFrame:
    """Papers that matching takes for one work with one of `papers`: from_id, to_id."""
    both = pd.concat([papers, rest], ignore_index=True)
    work = match_records(both)["work"]
    owner = both["paper_id"].iloc[work.iloc[len(papers) :]].to_numpy()
    met = pd.DataFrame({"from_id": rest["paper_id"].to_numpy(), "to_id": owner}, dtype="str")
    return met[work.iloc[len(papers) :].to_numpy() < len(papers)]


def _texts(corpus: Corpus) -> pd.DataFrame:
    """The fields of the papers as text, by paper_id; empty where nothing is known."""
    papers = corpus.papers
    texts = papers.assign(published=_dates(papers))[list(FIELDS)].fillna("")
    return texts.set_index("paper_id", drop=False).rename_axis(None)


def _dates(papers: pd.DataFrame) -> pd.Series:
    """When papers are of, each as exactly as it is known; empty where it is not."""
    dates = [date_text(*row) for row in zip(papers["published"], papers["date_precision"], strict=True)]
    return pd.Series(dates, papers.index, dtype="str")


def _whole(change: str, ids: pd.Series) -> Iterator[Row]:
    """Papers of which nothing more is to be said."""
    return ((change, paper, "", "", "") for paper in ids)


def _merged(pairs: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Row]:
    """Papers that are part of another now, with the titles of both."""
    rows = pairs[_is_merged(pairs)]
    for old_id, new_id in zip(rows["old_id"], rows["new_id"], strict=True):
        yield "merged", new_id, "title", before.loc[old_id, "title"], after.loc[new_id, "title"]


def _is_merged(pairs: pd.DataFrame) -> pd.Series:
    """Whether a pair is a paper that joined another: every pair of a new paper but the first, which keeps its id."""
    return pairs["new_id"].duplicated()


def _changed(pairs: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Row]:
    """The fields of the same paper that differ."""
    kept = pairs[~_is_merged(pairs)]
    was, now = before.loc[kept["old_id"]].to_numpy(), after.loc[kept["new_id"]].to_numpy()
    for place, at in np.argwhere(was != now):
        yield "changed", now[place, 0], FIELDS[at], was[place, at], now[place, at]


def _withdrawn(old: Corpus, new: Corpus, pairs: pd.DataFrame) -> Iterator[Row]:
    """Papers that the data calls withdrawn now and did not before, with what says so."""
    known = set(pairs.loc[pairs["old_id"].isin(_withdrawals(old)), "new_id"])
    said = _withdrawals(new)
    return (("withdrawn", paper, "", "", words) for paper, words in sorted(said.items()) if paper not in known)


def _withdrawals(corpus: Corpus) -> dict[str, str]:
    """The papers of which a record says by title, abstract or its source's mark that they are withdrawn, and its words."""
    records = corpus.records
    marks = records["extra"].fillna("") if "extra" in records else [""] * len(records)
    return {
        **_saying(_SAYS_SO, records["paper_id"], records["title_raw"] + "\n" + records["abstract_raw"]),
        **_saying(_MARKED, records["paper_id"], marks),
    }


def _saying(words: re.Pattern[str], ids: pd.Series, texts: Iterable[str]) -> dict[str, str]:
    """The ids whose texts have the words, and those words."""
    found = ((paper, words.search(text)) for paper, text in zip(ids, texts, strict=True))
    return {paper: match[0].strip('": ') for paper, match in found if match}

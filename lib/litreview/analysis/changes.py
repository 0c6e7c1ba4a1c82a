"""What changed between two corpora: papers, their fields, the shares of themes, the names that are new.

A paper of the one is a paper of the other when it has the same paper_id; else when a record has the same words; else
when matching finds that the two are one work (corpus/matching.py). So a paper that was given an identifier, or was
merged into another, is told apart from one that is new or gone.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from litreview import schema
from litreview.analysis import data_quality, summary_tables
from litreview.corpus import Corpus, corpus_folder, load_corpus, present_corpus, storage
from litreview.corpus.matching import match_records
from litreview.evidence import classify_contribution, extract_evidence
from litreview.text.wording import Labels, date_text
from litreview.themes import assign_answers, assign_themes, differing_rows

FIELDS = ("paper_id", "title", "abstract", "published", "authors", "venue", "doi", "arxiv_id", "category")
KINDS = {"method": ("introduces", "compares_to", "studies", "builds_on"), "benchmark or data set": ("evaluated_on",)}
FINDS = {  # what rules find of a paper, and the columns that tell one find from another
    "theme": (assign_themes, ["theme"]),
    "answer": (assign_answers, ["theme", "question", "answer", "role"]),
    "contribution": (classify_contribution, ["contribution"]),
    "evidence": (extract_evidence, ["kind", "text"]),
}
_WITHDRAWN = r"""(?ix)                # in a record's title, abstract or marks
    ( \b(?:this|the)\ (?:paper|article|submission|manuscript|preprint|work|report|version)
      \ (?:has\ been|was|is)\ (?:withdrawn|retracted)\b
    | \A\W*(?:withdrawn|retracted)\b   # arXiv and journals begin a title so
    | "withdrawnAt":\ "               # the Hugging Face Hub
    | "is_retracted":\ true           # OpenAlex
    | \bRetracted\ Publication\b )    # PubMed
"""

Row = tuple[str, str, str, str, str]  # change, paper_id, field, before, after


def earlier(old: str, corpus: str) -> Corpus | None:
    """Load what a corpus folder is compared with.

    It is the corpus in the folder `old`, else the state before the papers of `corpus` last changed; None where none is
    kept.
    """
    return load_corpus(old) if old else present_corpus(corpus_folder(corpus) / storage.PREVIOUS)


def paper_changes(old: Corpus, new: Corpus) -> pd.DataFrame:
    """List every paper that differs, a row a difference: `schema.CHANGES`, by kind and in the order of papers.

    The kinds: new, gone, withdrawn (the data says so now and did not before), merged (into another paper), parted (from
    another paper), changed (a field).
    """
    pairs, before, after = _pairs(old, new), _texts(old), _texts(new)
    known = pairs.loc[pairs["old_id"].isin(_withdrawn(old).index), "new_id"]
    came = new.papers.loc[~new.papers["paper_id"].isin(pairs["new_id"]), "paper_id"]
    left = old.papers.loc[~old.papers["paper_id"].isin(pairs["old_id"]), "paper_id"]
    parted = came.isin(_by_records(new, old, came)["from_id"])
    found: list[Row] = [
        *(("new", paper, "", "", "") for paper in came[~parted]),
        *(("gone", paper, "", "", "") for paper in left),
        *(("withdrawn", paper, "", "", words) for paper, words in _withdrawn(new).drop(known, errors="ignore").items()),
        *_merged(pairs, before, after),
        *(("parted", paper, "", "", "") for paper in came[parted]),
        *_changed(pairs, before, after),
    ]
    rows = pd.DataFrame(found, columns=["change", "paper_id", "field", "before", "after"], dtype="str")
    papers = pd.concat([new.papers, old.papers])[["paper_id", "title", "url"]].drop_duplicates("paper_id")
    return schema.shape(rows.merge(papers, on="paper_id", how="left"), schema.CHANGES)


def moved_finds(old: Corpus, new: Corpus) -> pd.DataFrame:
    """List what the rules find of a paper in one of two states only: `schema.CHANGES`, with the find behind the title.

    The change is "theme added", "answer lost" and so on; evidence goes by its kind.
    """
    titles = pd.concat([new.papers, old.papers]).drop_duplicates("paper_id").set_index("paper_id")[["title", "url"]]
    tables = []
    for what, (find, by) in FINDS.items():
        rows = differing_rows(find(old), find(new), ["paper_id", *by]).join(titles, on="paper_id")
        found = rows[by[0]].str.cat([rows[column] for column in by[1:]], sep=": ")
        changes, shown = what + " " + rows["change"], rows["title"] + " (" + found + ")"
        tables.append(rows[["paper_id", "url"]].assign(change=changes, title=shown, field="", before="", after=""))
    return schema.shape(pd.concat(tables, ignore_index=True), schema.CHANGES)


def theme_counts(old: Corpus, new: Corpus, labels: Labels = None) -> pd.DataFrame:
    """Count the papers of each theme: theme (shown name), before, now, came (the papers that are new; "n of all", str).

    Both corpora are read with the themes of today, so that no edit of a rule moves a count.
    """
    came = new.where(paper_changes(old, new).query("change == 'new'")["paper_id"])
    parts = {name: (part, assign_themes(part)) for name, part in (("before", old), ("now", new), ("came", came))}
    return summary_tables.compare_counts(parts, "theme", labels)


def new_names(old: Corpus, new: Corpus) -> pd.DataFrame:
    """List the methods and benchmarks that the evidence of `new` names and that of `old` does not.

    Columns: kind (method, benchmark or data set), name, n (int64, papers), papers (who, when; str).
    """
    known, found, tables = extract_evidence(old), extract_evidence(new), []
    for role, kinds in KINDS.items():
        told, before = (table[table["kind"].isin(kinds)] for table in (found, known))
        told = told[~told["name"].isin(before["name"])]
        tables.append(summary_tables.names_with_papers(new, told).assign(kind=role))
    return pd.concat(tables, ignore_index=True)[["kind", "name", "n", "papers"]]


def shortened(rows: pd.DataFrame) -> pd.DataFrame:
    """Cut `before` and `after` of `paper_changes` to the words around the first difference."""
    return rows.assign(**data_quality.differing(rows["before"], rows["after"]))


def _pairs(old: Corpus, new: Corpus) -> pd.DataFrame:
    """Which paper of `new` each paper of `old` is: old_id, new_id; same ids first, then same records, then matches."""
    there = old.papers["paper_id"].isin(new.papers["paper_id"])
    same = old.papers.loc[there, ["paper_id"]].rename(columns={"paper_id": "from_id"})
    recorded = _by_records(old, new, old.papers.loc[~there, "paper_id"])
    rest = old.papers[~there & ~old.papers["paper_id"].isin(recorded["from_id"])]
    pairs = pd.concat([same.assign(to_id=same["from_id"]), recorded, _by_matching(rest, new.papers)], ignore_index=True)
    return pairs.set_axis(["old_id", "new_id"], axis="columns").astype("str")


def _by_records(one: Corpus, other: Corpus, ids: pd.Series) -> pd.DataFrame:
    """Papers of `one` with these ids, and the paper of `other` with a record of the same words: from_id, to_id."""
    words = ["title_raw", "abstract_raw"]
    mine = one.records.loc[one.records["paper_id"].isin(ids), ["paper_id", *words]]
    theirs = other.records[["paper_id", *words]].drop_duplicates(words)
    met = mine.merge(theirs, on=words, suffixes=("_from", "_to")).drop_duplicates("paper_id_from")
    return met.rename(columns={"paper_id_from": "from_id", "paper_id_to": "to_id"})[["from_id", "to_id"]]


def _by_matching(rest: pd.DataFrame, papers: pd.DataFrame) -> pd.DataFrame:
    """Papers that matching takes for one work with one of `papers`: from_id, to_id."""
    both = pd.concat([papers, rest], ignore_index=True)
    work = match_records(both)["work"].iloc[len(papers) :].to_numpy()
    met = pd.DataFrame({"from_id": rest["paper_id"].to_numpy(), "to_id": both["paper_id"].iloc[work].to_numpy()})
    return met[work < len(papers)].astype("str")


def _texts(corpus: Corpus) -> pd.DataFrame:
    """The fields of the papers as text, by paper_id; empty where nothing is known."""
    known = zip(corpus.papers["published"], corpus.papers["date_precision"], strict=True)
    texts = corpus.papers.assign(published=[date_text(*each) for each in known])[[*FIELDS]].astype("str").fillna("")
    return texts.set_index("paper_id", drop=False).rename_axis(None)


def _merged(pairs: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Row]:
    """Papers that joined another, with the titles of both: every pair of a new paper but the first."""
    for old_id, new_id in pairs[pairs["new_id"].duplicated()].itertuples(index=False):
        yield "merged", new_id, "title", before.loc[old_id, "title"], after.loc[new_id, "title"]


def _changed(pairs: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Row]:
    """The fields of the same paper that differ."""
    kept = pairs[~pairs["new_id"].duplicated()]
    was, now = before.loc[kept["old_id"]].to_numpy(), after.loc[kept["new_id"]].to_numpy()
    for place, at in np.argwhere(was != now):
        yield "changed", now[place, 0], FIELDS[at], was[place, at], now[place, at]


def _withdrawn(corpus: Corpus) -> pd.Series:
    """The words by which a record calls a paper withdrawn, by the paper_id of such papers."""
    records = corpus.records
    texts = records["title_raw"] + "\n" + records["abstract_raw"] + "\n" + records["extra"].fillna("")
    said = texts.str.extract(_WITHDRAWN)[0].str.strip('": ')
    return said.groupby(records["paper_id"]).first().dropna()

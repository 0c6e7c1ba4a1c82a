"""What changed between two corpora: papers, their fields, what rules find in them, the sizes of themes.

A paper of the one is a paper of the other when it has the same paper_id; else when a record has the same words; else
when matching finds that the two are one work (corpus/matching.py). So a paper that was given an identifier, or was
merged into another, is told apart from one that is new or gone.
"""

import pandas as pd

from litreview import schema
from litreview.analysis import summary_tables
from litreview.corpus import Corpus, corpus_folder, load_corpus, present_corpus, storage
from litreview.corpus.matching import match_records
from litreview.evidence import classify_contribution, extract_evidence
from litreview.text.wording import Labels, date_text
from litreview.themes import assign_answers, assign_themes, differing_rows

FIELDS = ("paper_id", "title", "abstract", "published", "authors", "venue", "doi", "arxiv_id", "category")
FINDS = {  # what rules find of a paper, and the columns that tell one find from another
    "theme": (assign_themes, ["theme"]),
    "answer": (assign_answers, ["theme", "question", "answer", "role"]),
    "contribution": (classify_contribution, ["contribution"]),
    "evidence": (extract_evidence, ["kind", "text"]),
}
KINDS = "new gone parted withdrawn merged changed".split()
# How journals and arXiv begin a title, and how authors say it in the abstract.
WITHDRAWN = r"(?i)\A\W*(?:withdrawn|retracted)\b|\bthis [a-z]+ (?:has been|was|is) (?:withdrawn|retracted)\b"


def earlier(old: str, corpus: str) -> Corpus | None:
    """Load what a corpus folder is compared with.

    It is the corpus in the folder `old`, else the state before the papers of `corpus` last changed; None where none is
    kept.
    """
    return load_corpus(old) if old else present_corpus(corpus_folder(corpus) / storage.PREVIOUS)


def paper_changes(old: Corpus, new: Corpus) -> pd.DataFrame:
    """List every paper that differs, a row a difference: `schema.CHANGES`, by kind and in the order of papers.

    The kinds: new, gone, parted (from another paper), withdrawn (title or abstract says so now and did not before),
    merged (into another paper), changed (a field).
    """
    pairs = _pairs(old, new)
    papers = pd.concat([new.papers.assign(change="new"), old.papers.assign(change="gone")]).drop_duplicates("paper_id")
    alone = papers[~papers["paper_id"].isin([*pairs["old_id"], *pairs["new_id"]])]
    parted = alone["paper_id"].isin(_in_common(old, new)["new_id"])
    moved = _differing(pairs, old, new).merge(papers[["paper_id", "title", "url"]], on="paper_id")
    rows = pd.concat([alone.assign(change=alone["change"].mask(parted, "parted")), moved])
    rows = rows.fillna({"field": "", "before": "", "after": ""})
    rows = rows.sort_values("change", key=lambda kind: kind.map(KINDS.index), kind="stable")
    return schema.shape(rows, schema.CHANGES)[schema.CHANGES.names]


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


def _pairs(old: Corpus, new: Corpus) -> pd.DataFrame:
    """Which paper of `new` each paper of `old` is: old_id, new_id; same ids first, then same records, then matches."""
    known, papers = _in_common(old, new).drop_duplicates("old_id"), new.papers
    both = pd.concat([papers, old.papers[~old.papers["paper_id"].isin(known["old_id"])]], ignore_index=True)
    work = match_records(both)["work"][len(papers) :].loc[lambda at: at < len(papers)]
    matched = {"old_id": both["paper_id"][work.index].array, "new_id": both["paper_id"][work].array}
    return pd.concat([known, pd.DataFrame(matched)], ignore_index=True).astype("str")


def _in_common(old: Corpus, new: Corpus) -> pd.DataFrame:
    """Papers with the same id, then papers with the words of a record in common: old_id, new_id."""
    met = _known_by(old).merge(_known_by(new), on="key")[["paper_id_x", "paper_id_y"]]
    return met.set_axis(["old_id", "new_id"], axis="columns").drop_duplicates()


def _known_by(corpus: Corpus) -> pd.DataFrame:
    """What a paper is known by: its id, then the words of each of its records: paper_id, key."""
    words = corpus.records[["paper_id"]].assign(key=corpus.records["title_raw"] + "\n" + corpus.records["abstract_raw"])
    return pd.concat([corpus.papers[["paper_id"]].assign(key=corpus.papers["paper_id"]), words])


def _differing(pairs: pd.DataFrame, old: Corpus, new: Corpus) -> pd.DataFrame:
    """The titles of papers that joined another, and the fields of the same paper that differ."""
    joined = pairs.assign(joined=pairs["new_id"].duplicated())
    texts = joined.merge(_texts(old, "old_id", "before")).merge(_texts(new, "new_id", "after"))
    said = texts["after"].str.contains(WITHDRAWN) & ~texts["before"].str.contains(WITHDRAWN)
    texts["change"] = said.map({True: "withdrawn", False: "changed"}).mask(texts["joined"], "merged")
    told = (texts["field"] == "title").where(texts["joined"], texts["before"] != texts["after"])
    return texts[told].rename(columns={"new_id": "paper_id"})


def _texts(corpus: Corpus, by: str, text: str) -> pd.DataFrame:
    """The fields of the papers as text, a row a field, in the columns `by` (paper_id), field and `text`."""
    known = zip(corpus.papers["published"], corpus.papers["date_precision"], strict=True)
    texts = corpus.papers.assign(published=[date_text(*each) for each in known])[[*FIELDS]].astype("str").fillna("")
    return texts.assign(**{by: texts["paper_id"]}).melt(by, [*FIELDS], "field", text)

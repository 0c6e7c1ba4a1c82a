"""How right the library is: themes, names, figures, links and kinds of contribution against labels.

The labels that ship with the project are those of language-model readers. The rules are fixed and nothing is learned
while this runs: the labels measure.
Intervals are percentile bootstrap intervals over papers (Efron and Tibshirani 1993, An Introduction to the Bootstrap,
chapter 13; seeded): how far a score moves with other papers of the same sort.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.match_keys import canonical
from litreview.evaluation.labels import KINDS, folded, load_gold, themes_asked
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.lexicon import Lexicon
from litreview.evidence.names import definitions
from litreview.evidence.results import figures, same_figure
from litreview.paths import CURATED
from litreview.text.sentences import sentence_at
from litreview.themes import assign_facets, assign_themes, load_themes

GOLD_FILE, HELD_OUT = CURATED / "gold.json", CURATED / "gold_held_out.json"
FACETS_FILE = CURATED / "gold_facets.json"
RESAMPLES = 2000
TAILS = (2.5, 97.5)  # percentiles between which the interval lies
COUNTS = ["tp", "fp", "fn"]
PAIR = ["paper_id", "kind"]


@dataclass(frozen=True)
class Evaluation:
    """The tables of one comparison.

    `scores`: kind (str), n (papers read for it), tp, fp, fn (int64), precision, recall, f1, low, high (float64; missing
    where nothing was to be found and nothing was found). A wrong kind of contribution counts as fp and as fn, so that its
    three scores are its accuracy. `themes`: the same with the theme in place of the kind; `core`: one row for the themes
    that have facets, pooled.
    `disagreements`: paper_id, title, kind, expected, found, quote, rule (str): one row a label that was missed (its
    sentence as quote, where the abstract has it) or a find without a label; a wrong kind of contribution is one.
    `unmatched`: entry (int64), title (str): labelled papers that the corpus does not have.
    `not_labelled`: the themes of the project that the readers were not asked about; `not_in_file`: those that they were
    asked about and that the project no longer has. No table judges either.
    """

    scores: pd.DataFrame
    themes: pd.DataFrame
    core: pd.DataFrame
    disagreements: pd.DataFrame
    unmatched: pd.DataFrame
    not_labelled: list[str]
    not_in_file: list[str]


def evaluate(corpus: Corpus, gold_path: Path | str | None = None, lexicon: Lexicon | None = None) -> Evaluation:
    """Compare what the library finds in `corpus` with the labels of a gold file (the project's own when None).

    Papers are matched by title, whatever its case, blanks and punctuation; names as wholes in any case; figures in their
    one spelling; the long form of a name that is labelled in short is no error. What stands under `*_also_allowed` counts
    neither way, a key that a paper lacks is not judged there, and a theme that is not in `gold.themes_asked` nowhere.
    Raises `GoldError` for a file that holds no labels.
    """
    path = Path(gold_path) if gold_path else GOLD_FILE
    (readings, labels), asked, themes = load_gold(path), themes_asked(path), load_themes()
    papers = corpus.papers.assign(key=[canonical(title) for title in corpus.papers["title"]]).drop_duplicates("key")
    judged = readings.merge(papers[["key", "paper_id"]], on="key").sort_values(PAIR, ignore_index=True)
    labelled = corpus.where(set(judged["paper_id"]))
    both = [name for name in asked if name in themes]
    found = _of_asked(_found(labelled, lexicon), both).merge(judged[PAIR], on=PAIR)
    wanted = _either_is_right(_of_asked(labels, both).merge(judged, on=["entry", "kind"]), found)
    found = _one_form(found, wanted, labelled)
    compared = _compared(wanted, found)
    entries = readings.drop_duplicates("entry")
    of_themes, read = compared[compared["kind"] == "themes"], judged[judged["kind"] == "themes"]
    faceted = [name for name, theme in themes.items() if theme.facets]
    return Evaluation(
        scores=_scores(compared, judged, "kind"),
        themes=_scores(of_themes, read, "name"),
        core=_scores(of_themes[of_themes["name"].isin(faceted)].assign(name="themes with facets"), read, "name"),
        disagreements=_disagreements(compared, papers),
        unmatched=entries.loc[~entries["entry"].isin(judged["entry"]), ["entry", "title"]].reset_index(drop=True),
        not_labelled=[name for name in themes if name not in asked],
        not_in_file=[name for name in asked if name not in themes],
    )


def evaluate_facets(corpus: Corpus) -> pd.DataFrame:
    """Compare the answers to the themes' own questions with the labels of them that come with the project.

    Columns: theme (its title), question (str), n (papers read for it), tp, fp, fn (int64), precision, recall (float64),
    first_precision, first_recall (float64; of the rules as they were when the labels were given). A question that the
    themes no longer ask is left out.
    """
    content = json.loads(FACETS_FILE.read_text(encoding="utf-8"))
    asked = pd.DataFrame(content["first_look"]).merge(_questions(), on=["theme", "dimension"])
    labels = _labelled_answers(corpus, content["labels"]).merge(asked[["theme", "dimension", "kind"]])
    read = labels[["theme", "paper_id"]].drop_duplicates()
    found = [assign_facets(corpus.where(rows["paper_id"]), name) for name, rows in read.groupby("theme")]
    answers = pd.concat([schema.empty(schema.FACETS), *found]).merge(asked[["theme", "dimension", "kind"]])
    compared = _compared(labels, answers.rename(columns={"facet": "name"}))
    counts = compared.groupby("kind")[COUNTS].sum().reindex(asked["kind"], fill_value=0).astype("int64")
    asked["n"] = asked["theme"].map(read.groupby("theme").size()).fillna(0).astype("int64")
    asked[COUNTS] = counts.to_numpy()
    asked["precision"], asked["recall"], _ = _rates(counts.to_numpy())
    columns = ["n", *COUNTS, "precision", "recall", "first_precision", "first_recall"]
    asked = asked.drop(columns="theme").rename(columns={"title": "theme", "kind": "question"})
    return asked[["theme", "question", *columns]]


def _questions() -> pd.DataFrame:
    """The questions of the themes: theme, title (of the theme), dimension, kind (the question)."""
    rows = [
        {"theme": name, "title": theme.title, "dimension": key, "kind": dimension.question}
        for name, theme in load_themes().items()
        for key, dimension in theme.facets.items()
    ]
    return pd.DataFrame(rows, columns=["theme", "title", "dimension", "kind"], dtype="str")


def _labelled_answers(corpus: Corpus, labels: list[dict]) -> pd.DataFrame:
    """The labels of the papers that the corpus has: theme, dimension, name, text (str), also (bool), paper_id."""
    keys = {canonical(row.title): row.paper_id for row in corpus.papers.itertuples()}
    rows = pd.DataFrame(labels).rename(columns={"facet": "name"})
    rows["paper_id"] = [keys.get(canonical(title)) for title in rows["title"]]
    return rows.dropna(subset="paper_id").assign(text=rows["name"])


def _of_asked(table: pd.DataFrame, asked: list[str]) -> pd.DataFrame:
    """The rows without those of other themes than these."""
    return table[(table["kind"] != "themes") | table["name"].isin(asked)]


def _found(corpus: Corpus, lexicon: Lexicon | None) -> pd.DataFrame:
    """paper_id, kind, name (as compared), found (as written), quote, rule: one row a find."""
    evidence = extract_evidence(corpus, lexicon=lexicon)
    names = [
        sorted(map(same_figure, figures(text))) if kind == "claim" else [folded(text, kind)]
        for text, kind in zip(evidence["text"], evidence["kind"], strict=True)
    ]
    tables = [
        evidence.assign(name=names).explode("name").rename(columns={"text": "found"}),
        assign_themes(corpus).assign(kind="themes").rename(columns={"theme": "name"}),
        classify_contribution(corpus).assign(kind="contribution").rename(columns={"contribution": "name"}),
    ]
    columns = ["paper_id", "kind", "name", "found", "quote", "rule"]
    rows = pd.concat([table.reindex(columns=columns) for table in tables], ignore_index=True).dropna(subset="name")
    rows["found"] = rows["found"].fillna(rows["name"])
    return rows.astype(dict.fromkeys(columns, "str")).drop_duplicates([*PAIR, "name"])


def _one_form(found: pd.DataFrame, wanted: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The finds without long forms of names that are labelled in short: naming the long form too is no error."""
    columns = (corpus.papers[name] for name in ("paper_id", "abstract"))
    forms = [
        {"paper_id": paper_id, "name": folded(pair.long.text, "name"), "short": folded(pair.short.text, "name")}
        for paper_id, abstract in zip(*columns, strict=True)
        for pair in definitions(abstract)
    ]
    pairs = pd.DataFrame(forms, columns=["paper_id", "name", "short"], dtype="str").drop_duplicates()
    labelled = pd.MultiIndex.from_frame(wanted[[*PAIR, "name"]])
    long = found.merge(pairs, on=["paper_id", "name"])
    spare = long[pd.MultiIndex.from_frame(long[[*PAIR, "short"]]).isin(labelled)]
    keys = pd.MultiIndex.from_frame(found[[*PAIR, "name"]])
    return found[~keys.isin(pd.MultiIndex.from_frame(spare[[*PAIR, "name"]])) | keys.isin(labelled)]


def _either_is_right(labels: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The labels with one kind of contribution a paper: where readers gave two, the one that was found, else the first."""
    one = labels[(labels["kind"] == "contribution") & ~labels["also"]]
    hit = one.merge(found, on=[*PAIR, "name"])[[*PAIR, "name"]].assign(hit=True)
    ranked = one.reset_index().merge(hit, on=[*PAIR, "name"], how="left").sort_values("hit", kind="stable")
    spare = ranked.loc[ranked.duplicated("paper_id"), "index"]
    return labels.assign(also=labels["also"] | labels.index.isin(spare))


def _compared(wanted: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """One row a label or find, with tp, fp and fn; a label that only one reader gave counts nowhere."""
    rows = wanted[[*PAIR, "name", "text", "also"]].merge(found, on=[*PAIR, "name"], how="outer", indicator="side")
    must = ~rows["also"].fillna(value=False).astype(bool)
    return rows.assign(
        tp=((rows["side"] == "both") & must).astype("int64"),
        fp=(rows["side"] == "right_only").astype("int64"),
        fn=((rows["side"] == "left_only") & must).astype("int64"),
    )


def _scores(compared: pd.DataFrame, judged: pd.DataFrame, by: str) -> pd.DataFrame:
    """The counts and scores of each group, with the interval of F1."""
    order = list(KINDS.values()) if by == "kind" else sorted(compared["name"].unique())
    rows = []
    for group in order:
        papers = judged.loc[judged["kind"] == (group if by == "kind" else "themes"), "paper_id"]
        counts = compared[compared[by] == group].groupby("paper_id")[COUNTS].sum().reindex(papers, fill_value=0)
        total = counts.sum().astype("int64")
        low, high = _interval(counts.to_numpy())
        precision, recall, f1 = _rates(total.to_numpy())
        rows.append(
            {
                by: group,
                "n": len(papers),
                **total,
                "precision": precision,
                "recall": recall,
                "f1": f1,
                "low": low,
                "high": high,
            }
        )
    columns = [by, "n", *COUNTS, "precision", "recall", "f1", "low", "high"]
    table = pd.DataFrame(rows, columns=columns).astype({by: "str", "n": "int64", **dict.fromkeys(COUNTS, "int64")})
    return table.rename(columns={"name": "theme"})


def _rates(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 of the last axis (tp, fp, fn); NaN where there is nothing to divide by."""
    tp, fp, fn = np.moveaxis(counts.astype(float), -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)


def _interval(counts: np.ndarray) -> tuple[float, float]:
    """Between which values 95% of the F1s lie when the papers are drawn again with replacement."""
    if not counts.sum():
        return np.nan, np.nan
    draws = np.random.default_rng(0).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=RESAMPLES)
    low, high = np.nanpercentile(_rates(draws @ counts)[2], TAILS)
    return float(low), float(high)


def _disagreements(compared: pd.DataFrame, papers: pd.DataFrame) -> pd.DataFrame:
    """Every miss and every find without label, in the order of kinds and papers."""
    rows = compared[(compared["fp"] == 1) | (compared["fn"] == 1)].merge(
        papers[["paper_id", "title", "abstract"]], on="paper_id"
    )
    missed = [
        _sentence_with(text, abstract) for text, abstract in zip(rows["text"].fillna(""), rows["abstract"], strict=True)
    ]
    table = rows.assign(
        expected=rows["text"].fillna(""),
        found=rows["found"].fillna(""),
        quote=rows["quote"].fillna(pd.Series(missed, index=rows.index, dtype="str")),
        rule=rows["rule"].fillna(""),
        place=rows["kind"].map({kind: place for place, kind in enumerate(KINDS.values())}),
    ).sort_values(["place", "paper_id", "name"], ignore_index=True)
    return _joined(table[["paper_id", "title", "kind", "expected", "found", "quote", "rule"]].astype("str"))


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """The table with one row for a wrong kind of contribution: what was expected beside what was found instead."""
    found = table[(table["kind"] == "contribution") & (table["found"] != "")].set_index("paper_id")
    missed = (table["kind"] == "contribution") & (table["expected"] != "") & table["paper_id"].isin(found.index)
    for column in ("found", "quote", "rule"):
        table.loc[missed, column] = table.loc[missed, "paper_id"].map(found[column])
    return table[missed | (table["kind"] != "contribution") | (table["expected"] != "")].reset_index(drop=True)


def _sentence_with(text: str, abstract: str) -> str:
    """The sentence of the abstract in which a label stands; empty where it does not stand there as written."""
    start = abstract.casefold().find(text.casefold()) if text else -1
    if start < 0:
        return ""
    left, right = sentence_at(abstract, start, min(start + len(text), len(abstract)))
    return abstract[left:right]

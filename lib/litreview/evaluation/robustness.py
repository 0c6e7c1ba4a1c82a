"""How right the rules are where they could not have been fitted to the papers that they are scored on.

Two parts of the rules can be taken back. The lexicon is used without every name that stands in a labelled paper: what is
then found is found by patterns of language alone. The weights of the cues for kinds of contribution are fitted anew to
one half of the labelled papers and tried on the other, both ways round (two-fold cross-validation; Stone 1974,
doi:10.1111/j.2517-6161.1974.tb00994.x). The patterns and cues themselves were written with labels in view; that cannot
be taken back.
"""

from pathlib import Path

import pandas as pd
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from litreview.corpus import Corpus
from litreview.corpus.match_keys import canonical
from litreview.evaluation import GOLD_FILE, HELD_OUT, Evaluation, evaluate
from litreview.evaluation.labels import load_gold, noted
from litreview.evidence import contribution_cues
from litreview.evidence.lexicon import load_lexicon

COMMON = ("fields", "metrics")  # areas and measures: no name that a paper compares with or is tested on
RIDGE = 0.3  # scikit-learn's C: the inverse of the penalty, as for the weights in use


def evaluate_unknown(corpus: Corpus, gold_path: Path | str | None = None) -> Evaluation:
    """`evaluate` with a lexicon that knows no method, model or test bed of the labelled papers.

    Raises `GoldError` for a file that holds no labels.
    """
    lexicon, papers = load_lexicon(), _labelled(corpus, gold_path)[["title", "abstract"]]
    mentions = [mention for column in papers for text in papers[column] for mention in lexicon.mentions(text)]
    names = {mention.name for mention in mentions if mention.kind not in COMMON}
    return evaluate(corpus, gold_path, lexicon.without(names))


def refit_contribution(corpus: Corpus, gold_path: Path | str | None = None) -> pd.DataFrame:
    """The kinds of contribution that weights fitted to the other half of the labelled papers give.

    One row a paper: paper_id, half, contribution (str), right (bool, whether a reader gave it). Empty where a half has
    fewer than two kinds. Raises `GoldError` for a file that holds no labels.
    """
    papers = _labelled(corpus, gold_path)
    cues = contribution_cues(corpus.where(set(papers["paper_id"])))
    papers = papers[papers["kinds"].str.len() > 0].assign(half=lambda table: range(len(table))).reset_index(drop=True)
    papers["half"] = (papers["half"] % 2).map({0: "first", 1: "second"})
    return pd.concat([_tried(papers, cues, half) for half in ("first", "second")], ignore_index=True)


def side_by_side(corpus: Corpus) -> pd.DataFrame:
    """The F1 of each kind as it was fitted, at first look on labels kept aside, on these now, and without what was seen.

    One row a kind: kind (str); `readers` (how far two readers agree), `fitted`, `first_look`, `held_out`, `unknown` and
    `unknown_held_out` (with `evaluate_unknown`; of contribution, the accuracy with `refit_contribution`), float64.
    """
    table = evaluate(corpus, GOLD_FILE).scores[["kind", "f1"]].rename(columns={"f1": "fitted"})
    table["held_out"] = evaluate(corpus, HELD_OUT).scores["f1"]
    table["readers"] = table["kind"].map(noted(GOLD_FILE, "agreement"))
    table["first_look"] = table["kind"].map(noted(HELD_OUT, "first_look"))
    for column, path in (("unknown", GOLD_FILE), ("unknown_held_out", HELD_OUT)):
        table[column] = evaluate_unknown(corpus, path).scores["f1"]
        refitted = table["kind"] == "contribution"
        table.loc[refitted, column] = refit_contribution(corpus, path)["right"].mean()
    return table[["kind", "readers", "fitted", "first_look", "held_out", "unknown", "unknown_held_out"]]


def _tried(papers: pd.DataFrame, cues: dict[str, dict[str, int]], half: str) -> pd.DataFrame:
    """The kinds of one half by weights of the other."""
    seen, kept = papers[papers["half"] != half], papers[papers["half"] == half]
    kinds = [kinds[0] for kinds in seen["kinds"]]
    if len(set(kinds)) < 2 or kept.empty:
        return pd.DataFrame({"paper_id": [], "half": [], "contribution": [], "right": []}).astype({"right": "bool"})
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=RIDGE, max_iter=2000))
    model.fit([cues[paper_id] for paper_id in seen["paper_id"]], kinds)
    given = model.predict([cues[paper_id] for paper_id in kept["paper_id"]])
    right = [kind in allowed for kind, allowed in zip(given, kept["kinds"], strict=True)]
    return kept[["paper_id", "half"]].assign(contribution=given.astype(str), right=right)


def _labelled(corpus: Corpus, gold_path: Path | str | None) -> pd.DataFrame:
    """paper_id, title, abstract of the labelled papers, with `kinds`: the kinds of contribution that readers gave."""
    readings, labels = load_gold(Path(gold_path) if gold_path else GOLD_FILE)
    given = labels[(labels["kind"] == "contribution") & ~labels["also"]].groupby("entry")["name"].agg(list)
    entries = readings.drop_duplicates("entry").assign(kinds=lambda table: table["entry"].map(given))
    entries["kinds"] = [kinds if isinstance(kinds, list) else [] for kinds in entries["kinds"]]
    papers = corpus.papers.assign(key=[canonical(title) for title in corpus.papers["title"]]).drop_duplicates("key")
    return papers[["paper_id", "title", "abstract", "key"]].merge(entries[["key", "kinds"]], on="key")

"""A screening that people finished, replayed in the order of `screening.rank_papers`: how much reading it would save.

Each start knows one included and one excluded paper, drawn at random. The papers at the head of the ranking are read in
batches, and the ranking learns from each. The papers of the start are not counted.

**WSS@95** is the work saved over sampling (Cohen et al. 2006, doi:10.1197/jamia.M1929): of the papers, the share that
need not be read to find 95% of the included ones, less the 5% that leaving off at random would save. An interval is
Student's 95% interval of the mean over starts; it says how much the start matters, and nothing of other reviews.
"""

import json
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from scipy.stats import t

from litreview.analysis.screening import Vocabulary, even_places, rank_papers
from litreview.errors import SourceError, listed, nearest

YES = frozenset("1 1.0 true yes y include included relevant".split())
NO = frozenset("0 0.0 false no n exclude excluded irrelevant".split())
Pair = tuple[str, str]  # an included paper, and an excluded one


def screened_set(records: pd.DataFrame, column: str) -> pd.DataFrame:
    """Give the records that people decided on (`schema.RECORDS`): paper_id, title, abstract (str), included (bool).

    `column` is what their file calls the decision. A record without one is left out.
    Raises: SourceError for a column that the file does not have, or a value that is neither yes nor no.
    """
    extra = pd.DataFrame([json.loads(each) if isinstance(each, str) else {} for each in records["extra"]])
    if column not in extra:
        raise SourceError(f"There is no column '{column}'. There are {listed(extra)}.{nearest(column, extra)}")
    said = extra[column].fillna("").astype("str").str.strip().str.lower()
    if odd := sorted(set(said) - YES - NO - {""}):
        raise SourceError(f"Column '{column}': '{odd[0][:40]}' is no decision. Write 1 (included) or 0 (excluded).")
    table = records[["record_id", "title_raw", "abstract_raw"]].set_axis(["paper_id", "title", "abstract"], axis=1)
    return table.assign(included=said.isin(YES).array)[(said != "").array].reset_index(drop=True)


def starting_pairs(papers: pd.DataFrame, n: int = 10) -> list[Pair]:
    """Draw an included and an excluded paper for each of `n` starts, each with its seed (paper_id, included).

    Raises: SourceError with fewer than two included papers or one excluded paper.
    """
    yes, no = (papers.loc[papers["included"] == value, "paper_id"].tolist() for value in (True, False))
    if len(yes) < 2 or not no:
        told = "a replay needs two included papers and an excluded one. Name the column of the final decisions."
        raise SourceError(f"{len(yes)} included and {len(no)} excluded: {told}")
    draws = [np.random.default_rng(seed) for seed in range(n)]
    return [(str(draw.choice(yes)), str(draw.choice(no))) for draw in draws]


def simulate(words: Vocabulary, included: pd.Series, starts: Iterable[Pair], batch: int = 10) -> pd.DataFrame:
    """Replay a screening from each start: start (from 0), place (from 1), paper_id, included; in the order of reading.

    words: `screening.vocabulary` of the papers; included (bool): whether each was, in their order; batch: papers read
    before the ranking learns anew.
    """
    relevant = pd.Series(included.array, index=words.paper_id)
    orders = [pd.Series([*_in_order(words, relevant, pair, batch)], name="paper_id", dtype="str") for pair in starts]
    read = pd.concat(orders, keys=range(len(orders)), names=["start", "place"]).reset_index()
    return read.assign(place=read["place"] + 1, included=relevant[read["paper_id"]].array)


def _in_order(words: Vocabulary, relevant: pd.Series, pair: Pair, batch: int) -> Iterator[str]:
    """The papers in the order of reading; what is left when all are found comes in one batch."""
    yes, no = [pair[0]], [pair[1]]
    while len(yes) + len(no) < len(relevant):
        ranked = rank_papers(words, yes, no, told=0)["paper_id"].tolist()
        for paper in ranked[: batch if len(yes) < relevant.sum() else None]:
            (yes if relevant[paper] else no).append(paper)
            yield paper


def screening_scores(screened: pd.DataFrame) -> pd.DataFrame:
    """Score each start of `simulate`: start, wss_95, recall_10 (float64)."""
    return screened.groupby("start")["included"].agg(wss_95=wss, recall_10=recall_at).reset_index()


def summary(screened: pd.DataFrame) -> pd.DataFrame:
    """Sum the scores up: score (the columns of `screening_scores`), mean, low, high; one start has no interval."""
    return screening_scores(screened).set_index("start").apply(over_starts).T.rename_axis("score").reset_index()


def wss(found: pd.Series, target: float = 0.95) -> float:
    """Work saved over sampling at a recall, of papers in the order of reading (bool: included)."""
    read = int(np.searchsorted(found.cumsum(), np.ceil(target * found.sum() - 1e-9))) + 1
    return target - read / len(found)


def recall_at(found: pd.Series, part: float = 0.1) -> float:
    """The part of the included papers that is found when a part of all papers is read."""
    return float(found.iloc[: round(part * len(found))].sum() / found.sum())


def recall_curve(screened: pd.DataFrame, points: int = 100) -> pd.DataFrame:
    """Give the recall by the part of the papers read: read, recall (mean over starts), low, high (float64), of (int64).

    `of` is the number of papers.
    """
    curves = screened.pivot_table("included", "place", "start", aggfunc="sum").cumsum()
    places = even_places(len(curves), points)
    shares = (curves / curves.iloc[-1]).loc[places]
    table = shares.apply(over_starts, axis=1).rename(columns={"mean": "recall"}).clip(0, 1).reset_index(drop=True)
    return table.assign(read=places / len(curves), of=len(curves))


def over_starts(values: pd.Series) -> pd.Series:
    """Mean over starts with Student's 95% interval: mean, low, high; one start has no interval (NaN)."""
    mean, n = values.mean(), len(values)
    half = t.ppf(0.975, n - 1) * values.std() / np.sqrt(n) if n > 1 else np.nan
    return pd.Series({"mean": mean, "low": mean - half, "high": mean + half})

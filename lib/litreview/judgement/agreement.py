"""How far two readers agree: Cohen's kappa with its interval, and where they differ.

Kappa (Cohen 1960, Educational and Psychological Measurement 20:37) is the agreement beyond that of chance. The interval
is that of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72:323), for large samples.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from litreview.errors import CurationError

Z = 1.959964  # 97.5 % of the normal distribution
TINY = 1e-12  # a variance that is 0 but for rounding
MEASURES = "field n agreed observed expected kappa low high".split()


class Agreement(NamedTuple):
    """How far two readers agree on each field, and what they read differently; see `agreement`."""

    measures: pd.DataFrame
    disagreements: pd.DataFrame


def agreement(a: pd.DataFrame, b: pd.DataFrame) -> Agreement:
    """Compare what two readers decided, or noted, on the papers that both have a row for.

    a, b: rows of one reader each, of `schema.DECISIONS` or of `schema.NOTES`.
    Returns: measures, a row a field ("decision" for decisions): field, n (papers that both judged), agreed, observed
    (their share), expected (the share by chance), kappa, low, high (its 95 % interval); disagreements: paper_id, field,
    a, b. Kappa is missing where both gave one answer throughout. So is the interval, and where one of them did or they
    differ on nothing: it has no width there, which says nothing.
    Raises: `CurationError` for a table with two rows on one thing.

    >>> agreement(notes[notes["who"] == "A"], notes[notes["who"] == "B"]).measures
    """
    both = _judgements(a, "a").merge(_judgements(b, "b"), on=["paper_id", "field"])
    rows = [[field, *_kappa(group)] for field, group in both.groupby("field", sort=False)]
    return Agreement(pd.DataFrame(rows, columns=MEASURES), both[both["a"] != both["b"]].reset_index(drop=True))


def _judgements(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of a reader as paper_id and field, with the value as a column of that name."""
    rows = rows.assign(field="decision", value=rows["decision"]) if "decision" in rows else rows
    for twice in rows[rows.duplicated(["paper_id", "field"])].itertuples():
        told = "and a reader has one. Give the rows of one reader, such as notes[notes['who'] == 'A']"
        raise CurationError(f"Table {name}: there are two rows on {twice.paper_id}, {twice.field}, {told}.")
    return rows[["paper_id", "field", "value"]].rename(columns={"value": name})


def _kappa(pairs: pd.DataFrame) -> list[float]:
    """The measures of one field, in their order."""
    values = sorted({*pairs["a"], *pairs["b"]})
    shares = pd.crosstab(pairs["a"], pairs["b"], normalize=True)
    p = shares.reindex(index=values, columns=values, fill_value=0).to_numpy()
    rows, columns, same = p.sum(axis=1), p.sum(axis=0), np.diag(p)
    observed, expected = same.sum(), rows @ columns
    beyond = 1 - expected if len(values) > 1 else np.nan
    on = same @ (beyond - (rows + columns) * (1 - observed)) ** 2
    off = (1 - observed) ** 2 * (((columns[:, None] + rows) ** 2 * p).sum() - same @ (rows + columns) ** 2)
    variance = (on + off - (observed * expected - 2 * expected + observed) ** 2) / (len(pairs) * beyond**4)
    kappa, reach = (observed - expected) / beyond, Z * np.sqrt(variance) if variance > TINY else np.nan
    return [len(pairs), (pairs["a"] == pairs["b"]).sum(), observed, expected, kappa, kappa - reach, kappa + reach]

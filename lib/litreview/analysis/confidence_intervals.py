"""Intervals of shares: Wilson's, and Newcombe's of a difference.

Wilson 1927, JASA 22; Newcombe 1998, Statistics in Medicine 17, method 10 (hybrid score interval).
"""

from statistics import NormalDist

import numpy as np
import pandas as pd

Z = NormalDist().inv_cdf(0.975)


def wilson(n: pd.Series, of: pd.Series) -> pd.DataFrame:
    """Return n / of with its 95% Wilson score interval: columns share, low, high (float64, NaN where `of` is 0)."""
    whole = of.astype("float64").where(of > 0)
    share = n / whole
    centre = (share + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2)) / (1 + Z**2 / whole)
    low, high = (centre - half).clip(0, share), (centre + half).clip(share, 1)
    return pd.DataFrame({"share": share, "low": low, "high": high})


def newcombe(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return difference of two shares, after - before, with its 95% Newcombe interval: columns difference, low, high.

    Both tables have share, low and high as `wilson` gives them, on the same index.
    """
    difference = after["share"] - before["share"]
    down = np.hypot(after["share"] - after["low"], before["high"] - before["share"])
    up = np.hypot(after["high"] - after["share"], before["share"] - before["low"])
    return pd.DataFrame({"difference": difference, "low": difference - down, "high": difference + up})

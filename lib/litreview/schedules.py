"""Learning-rate profiles as their sources define them: part of training done → learning rate as part of its peak.

A profile is the shape alone (Chen, Wolfe and Kyrillidis 2021, arXiv:2107.04197, tell profile and sampling rate apart).
Warm-up is drawn only where the source makes it part of the schedule.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

Array = np.ndarray
WARM_UP, COOL_DOWN = 0.05, 0.1  # parts of training, where a source leaves them open
POWER = -0.51  # exponent of the power law, fitted in arXiv:2408.13359


@dataclass(frozen=True)
class Profile:
    """One profile: its key, name, formula in words of its source, where it is defined, and the function itself."""

    name: str
    title: str
    formula: str
    source: str
    rate: Callable[[Array], Array]


def linear(t: Array) -> Array:
    """1 - t."""
    return 1 - t


def cosine(t: Array) -> Array:
    """Half a cosine wave, without restarts."""
    return (1 + np.cos(np.pi * t)) / 2


def step(t: Array) -> Array:
    """A tenth after 30, 60 and 90 per cent of training."""
    return 0.1 ** np.searchsorted([0.3, 0.6, 0.9], t, side="right").astype(float)


def exponential(t: Array) -> Array:
    """A tenth after each half of training: it ends at one per cent."""
    return 10.0 ** (-2 * t)


def rex(t: Array) -> Array:
    """The reflected exponential: slow first, fast at the end."""
    return (1 - t) / (0.5 + (1 - t) / 2)


def power(t: Array) -> Array:
    """Linear warm-up, then a power law of the tokens seen, then a linear way to zero."""
    law = np.maximum(np.minimum(t, 1 - COOL_DOWN), WARM_UP) / WARM_UP
    return np.minimum(t / WARM_UP, 1) * law**POWER * np.clip((1 - t) / COOL_DOWN, 0, 1)


def one_cycle(t: Array) -> Array:
    """Up from a tenth of the peak, down again, then far below the start."""
    return np.interp(t, [0, 0.45, 0.9, 1], [0.1, 1, 0.1, 0.001])


PROFILES = (
    Profile("linear", "Linear", "1 − t", "Defazio et al. 2023, arXiv:2310.07831", linear),
    Profile("cosine", "Cosine", "(1 + cos πt) / 2", "Loshchilov and Hutter 2017, arXiv:1608.03983", cosine),
    Profile("step", "Step (30-60-90)", "0.1 to the steps passed", "He et al. 2016, arXiv:1512.03385", step),
    Profile(
        "exponential", "Exponential", "10^(−2t)", "Senior et al. 2013, doi:10.1109/ICASSP.2013.6638963", exponential
    ),
    Profile("rex", "REX", "(1 − t) / (½ + ½(1 − t))", "Chen et al. 2021, arXiv:2107.04197", rex),
    Profile("power", "Power", "t^−0.51 after warm-up", "Shen et al. 2024, arXiv:2408.13359", power),
    Profile("one_cycle", "One-cycle", "up, down, then near zero", "Smith and Topin 2018, arXiv:1708.07120", one_cycle),
)


def profiles(points: int = 41) -> pd.DataFrame:
    """Every profile at evenly spaced moments: profile, title, formula, source (str), progress, rate (float64, 0–1)."""
    t = np.linspace(0, 1, points)
    tables = [
        pd.DataFrame({"progress": t, "rate": profile.rate(t)}).assign(
            profile=profile.name, title=profile.title, formula=profile.formula, source=profile.source
        )
        for profile in PROFILES
    ]
    return pd.concat(tables, ignore_index=True)[["profile", "title", "formula", "source", "progress", "rate"]]

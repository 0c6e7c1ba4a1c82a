"""Learning-rate profiles as their sources define them: part of training done → learning rate as part of its peak.

A profile is the shape alone (Chen, Wolfe and Kyrillidis 2021, arXiv:2107.04197, tell profile and sampling rate apart).
Warm-up is drawn only where the source makes it part of the schedule. Which papers name a profile is a question of the
theme of scheduling.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

WARM_UP, COOL_DOWN = 0.05, 0.1  # parts of training, where a source leaves them open
POWER = -0.51  # exponent of the power law, fitted in arXiv:2408.13359

# Name, title, formula in the words of the source, and the source.
PROFILES = {
    "linear": ("Linear", "1 − t", "Defazio et al. 2023, arXiv:2310.07831"),
    "cosine": ("Cosine", "(1 + cos πt) / 2", "Loshchilov and Hutter 2017, arXiv:1608.03983"),
    "step": ("Step (30-60-90)", "0.1 to the steps passed", "He et al. 2016, arXiv:1512.03385"),
    "exponential": ("Exponential", "10^(−2t)", "Senior et al. 2013, doi:10.1109/ICASSP.2013.6638963"),
    "rex": ("REX", "(1 − t) / (½ + ½(1 − t))", "Chen et al. 2021, arXiv:2107.04197"),
    "wsd": ("WSD", "warm-up, constant, linear to zero", "Hu et al. 2024, arXiv:2404.06395"),
    "power": ("Power", "t^−0.51 after warm-up", "Shen et al. 2024, arXiv:2408.13359"),
    "one_cycle": ("One-cycle", "up, down, then near zero", "Smith and Topin 2018, arXiv:1708.07120"),
}


RATES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda t: 1 - t,
    "cosine": lambda t: (1 + np.cos(np.pi * t)) / 2,  # half a wave, without restarts
    "step": lambda t: 0.1 ** np.searchsorted([0.3, 0.6, 0.9], t, side="right").astype(float),
    "exponential": lambda t: 10.0 ** (-2 * t),  # a tenth after each half of training
    "rex": lambda t: (1 - t) / (0.5 + (1 - t) / 2),  # the reflected exponential
    "wsd": lambda t: np.interp(t, [0, WARM_UP, 1 - COOL_DOWN, 1], [0, 1, 1, 0]),
    "power": lambda t: RATES["wsd"](t) * (np.clip(t, WARM_UP, 1 - COOL_DOWN) / WARM_UP) ** POWER,
    "one_cycle": lambda t: np.interp(t, [0, 0.45, 0.9, 1], [0.1, 1, 0.1, 0.001]),
}


def lr_profiles(points: int = 61) -> pd.DataFrame:
    """Draw every profile at even moments: profile, title, formula, source (str), progress, rate (float64, 0–1)."""
    known = pd.DataFrame.from_dict(PROFILES, orient="index", columns=["title", "formula", "source"], dtype="str")
    t = np.linspace(0, 1, points)
    drawn = known.rename_axis("profile").reset_index().merge(pd.DataFrame({"progress": t}), how="cross")
    return drawn.assign(rate=np.concatenate([RATES[name](t) for name in PROFILES]))

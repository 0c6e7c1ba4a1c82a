"""Bounds with whose they are, and the formulas that a saved page has damaged."""

import pytest

from litreview.evidence.abstract_sentences import Reading
from litreview.evidence.bounds import bounds

WHOSE = [
    ("We prove a regret of tilde O(sqrt{T}).", [("tilde O(sqrt{T})", "own")]),
    ("We need O(n) steps, better than their O(n^2).", [("O(n)", "own"), ("O(n^2)", "other")]),
    ("We sort. Doe et al. (2020) show that O(n^2) steps suffice.", [("O(n^2)", "other")]),
    ("We show that any rule needs Omega(n) steps.", [("Omega(n)", "lower")]),
    ("We prove the hardness of sublinear regret.", [("sublinear regret", "lower")]),
    ("We find an O(e)-optimal rule if the error is O(e^2).", [("O(e^2)", "condition")]),  # no accuracy
    ("When m = O(n), we show that O(m) steps suffice.", [("O(n)", "condition"), ("O(m)", "own")]),
    ("Using existing results, one can show O(n) regret.", [("O(n)", "other")]),
    ("Unlike the baseline of O(n^2), we need O(n) steps.", [("O(n^2)", "other"), ("O(n)", "own")]),
    ("We show that no queue algorithm runs in polynomial time.", [("polynomial time", "lower")]),
    ("We improve the competitive ratio from 0.59 to 0.61.", [("0.59", "other"), ("0.61", "own")]),
    ("Our odds ratio falls from 0.59 to 0.31 at 9 cm H2O (95% CI 0.2 to 0.4).", []),  # measured, not proved
    ("We give a (1 - 1/e)-approximation.", [("(1 - 1/e)-approximation", "own")]),
    ("Our error falls at a rate of order (1+b)^{-N}.", [("(1+b)^{-N}", "own")]),
    ("Our method has superlinear convergence.", [("superlinear convergence", "own")]),
    ("We train linear models with a polynomial kernel (see O(n.", []),  # no growth; a bracket is gone
]
DAMAGED = [  # a formula that cannot be right, and what only looks like one
    ("We prove O(ST) regret.", [("O(ST)", "damaged")]),  # the root is gone: no algorithm does worse
    ("We prove O(T log T) regret.", [("O(T log T)", "damaged")]),
    ("We prove O(log T) regret.", [("O(log T)", "own")]),
    ("We prove O(T^{2/3}) regret in time O(n).", [("O(T^{2/3})", "own"), ("O(n)", "own")]),
    ("We show that all rules have Omega(T) regret.", [("Omega(T)", "lower")]),  # a lower bound may be linear
    ("Existing bounds on regret are Omega(T).", [("Omega(T)", "other")]),  # not a word against it: others' lower bound
    ("We converge at O(1/ n).", [("O(1/ n)", "damaged")]),
    ("We converge at O(1 / n).", [("O(1 / n)", "own")]),
    ("We need O(T 3/4) steps.", [("O(T 3/4)", "damaged")]),
    ("We need O(alphabeta) steps.", [("O(alphabeta)", "own")]),  # two letters side by side
]


@pytest.mark.parametrize(("abstract", "expected"), WHOSE + DAMAGED)
def test_a_bound_is_given_to_whom_it_belongs_and_a_formula_that_cannot_be_right_is_marked(abstract, expected):
    reading = Reading("A Rule", abstract)
    assert [(reading.text(one), one.of) for one in bounds(reading)] == expected

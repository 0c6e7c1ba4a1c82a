"""Learning-rate profiles do what their definitions say."""

import numpy as np
import pytest
from invented import corpus_of

from litreview.analysis import learning_rate_schedules
from litreview.analysis.learning_rate_schedules import RATES
from litreview.themes import assign_answers

T = np.linspace(0, 1, 201)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        *[("linear", 1, 0), ("cosine", 1, 0), ("step", 1, 0.001), ("exponential", 1, 0.01), ("rex", 1, 0)],
        *[("wsd", 0, 0), ("power", 0, 0), ("one_cycle", 0.1, 0.001)],
    ],
)
def test_a_profile_reaches_its_peak_and_starts_and_ends_where_its_source_says(name, start, end):
    rate = RATES[name](T)
    assert (rate.min() >= 0, rate.max()) == (True, pytest.approx(1))
    assert RATES[name](np.array([0.0, 1.0])).tolist() == pytest.approx([start, end])
    assert start != 1 or (np.diff(rate) <= 0).all()  # a decay never goes up


def test_the_middle_of_each_profile_is_as_defined():
    """By hand: REX (1 - 1/2) / (1/2 + 1/4) = 2/3; two steps of three are passed after 60 per cent."""
    assert RATES["rex"](np.array([0.5])) == pytest.approx(2 / 3)
    assert RATES["cosine"](np.array([0.5])) == pytest.approx(0.5)
    assert RATES["step"](np.array([0.29, 0.3, 0.6, 0.9])) == pytest.approx([1, 0.1, 0.01, 0.001])
    assert RATES["power"](np.array([0.1])) == pytest.approx(2**learning_rate_schedules.POWER)


NAMED = [
    ("Cosine annealing wins.", {"cosine"}),
    ("It beats schedules (linear, exponential, and others) and cosine.", {"linear", "exponential"}),
    ("A linear learning rate schedule is enough, or linear decay.", {"linear"}),
    ("We test step, exponential decay, and OneCycle.", {"exponential", "one_cycle"}),
    ("A reflected exponential (REX).", {"rex"}),  # which is not the exponential one
    ("The power-law schedule.", {"power"}),
    ("The WSD scheduler has two decays.", {"wsd"}),
    ("A step-size schedule for linear regression.", set()),  # the words, but as other things
    ("Training steps and linear layers decay.", set()),
]


@pytest.mark.parametrize(("sentence", "named"), NAMED)
def test_a_profile_is_named_by_its_schedule(sentence, named):
    told = {"paper_id": "p1", "title": "Scheduling learning rates", "abstract": f"{sentence} It is a schedule."}
    found = assign_answers(corpus_of(told)).query("question == 'profile'")
    assert set(found["answer"]) == named <= {*RATES}

"""Two readers are compared as the literature does, and where they differ is told."""

import numpy as np
import pandas as pd
import pytest

import litreview as lr
from litreview.errors import CurationError

MEASURES = ["kappa", "low", "high"]


def readers(counts: list[list[int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The decisions of two readers, from the table of their counts: rows for the first, columns for the second."""
    pairs = [(a, b) for a, row in enumerate(counts) for b, n in enumerate(row) for _ in range(n)]
    ids = [f"p{place}" for place in range(len(pairs))]
    return tuple(pd.DataFrame({"paper_id": ids, "decision": [str(pair[of]) for pair in pairs]}) for of in (0, 1))


KAPPA = [
    # SAS/STAT User's Guide, PROC FREQ, "Agreement Study": two dermatologists, 88 patients.
    ([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]], [0.3449, 0.2030, 0.4868]),
    # Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, section 18.1: 100 diagnoses.
    ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], [0.6765, 0.5046, 0.8484]),
    ([[5, 0], [0, 5]], [1, np.nan, np.nan]),  # they differ on nothing
    ([[0, 5], [5, 0]], [-1, np.nan, np.nan]),
    ([[5, 0], [3, 0]], [0, np.nan, np.nan]),  # one of them gave one answer
    ([[5]], [np.nan] * 3),
]


@pytest.mark.parametrize(("counts", "expected"), KAPPA)
def test_kappa_and_its_interval_are_those_of_the_textbooks(counts, expected):
    measures = lr.agreement(*readers(counts)).measures
    assert measures[MEASURES].iloc[0].tolist() == pytest.approx(expected, abs=5e-5, nan_ok=True)
    assert measures[["field", "n", "agreed"]].iloc[0].tolist() == ["decision", np.sum(counts), np.trace(counts)]


def test_each_field_is_measured_on_the_papers_that_both_read_and_the_differences_are_listed():
    columns, own = ["paper_id", "field", "value"], ("p1", "data", "own")
    a = pd.DataFrame([own, ("p2", "data", "own"), ("p2", "goal", "x"), ("p3", "data", "z")], columns=columns)
    b = pd.DataFrame([own, ("p2", "data", "others"), ("p2", "goal", "x")], columns=columns)
    found = lr.agreement(a, b)
    measured = found.measures[["field", "n", "agreed", "observed"]].to_numpy().tolist()
    assert measured == [["data", 2, 1, 0.5], ["goal", 1, 1, 1.0]]
    assert found.disagreements.to_dict("records") == [{"paper_id": "p2", "field": "data", "a": "own", "b": "others"}]


def test_no_paper_in_common_gives_nothing_and_a_table_of_several_readers_is_refused():
    a, b = readers([[1]])
    assert [len(table) for table in lr.agreement(a, b.assign(paper_id="other"))] == [0, 0]
    with pytest.raises(CurationError, match="Table b: there are two rows on p0, decision"):
        lr.agreement(a, pd.concat([b, b]))

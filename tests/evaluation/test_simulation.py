"""A replay reads every paper once, and its scores are those of the field."""

import json

import pandas as pd
import pytest

from litreview.analysis.screening import vocabulary
from litreview.errors import SourceError
from litreview.evaluation import recall_curve, screened_set, simulate, starting_pairs
from litreview.evaluation.simulation import over_starts, recall_at, summary, wss

TITLES = [f"{a} {b}" for a in ("Soil", "Meadow", "Peat", "Root") for b in ("carbon", "depth", "age", "loss", "water")]


def order(places: list[int], n: int) -> pd.Series:
    """Papers in the order of reading, relevant at these places."""
    return pd.Series([place in places for place in range(1, n + 1)])


SCORES = [
    ([1, 2, 4], 20, 0.95 - 4 / 20, 2 / 3),
    ([20], 20, -0.05, 0),  # as bad as it gets
    ([1], 20, 0.9, 1),
    ([*range(1, 21), 100], 100, 0.95 - 20 / 100, 10 / 21),  # 95% of 21 are 19.95: 20
    ([*range(1, 21)], 100, 0.95 - 19 / 100, 0.5),  # 95% of 20 are 19, not 20 by rounding
]


@pytest.mark.parametrize(("places", "n", "saved", "early"), SCORES)
def test_scores_by_hand(places, n, saved, early):
    assert wss(order(places, n)) == pytest.approx(saved)
    assert recall_at(order(places, n)) == pytest.approx(early)


def test_a_replay_reads_every_paper_but_the_start_once_and_always_the_same():
    ids = [f"p{place:02}" for place in range(20)]
    read = pd.DataFrame({"paper_id": ids, "title": TITLES, "abstract": "Measured for years."})
    read["included"] = read["title"].str.contains("carbon")
    pairs = starting_pairs(read, 3)
    found = simulate(vocabulary(read), read["included"], pairs, batch=2)
    for start, rows in found.groupby("start"):
        assert sorted([*rows["paper_id"], *pairs[start]]) == read["paper_id"].tolist()
        assert rows["place"].tolist() == [*range(1, 19)]
        assert rows["included"].tolist() == rows["paper_id"].map(read.set_index("paper_id")["included"]).tolist()
        assert rows["included"].head(3).all()  # "carbon" is what the three others share with the first
    pd.testing.assert_frame_equal(found, simulate(vocabulary(read), read["included"], pairs, batch=2))


def test_the_curve_and_the_summary_are_means_over_starts_with_students_interval():
    both = pd.concat([order([1, 2], 4), order([2, 4], 4)], keys=[0, 1], names=["start", "row"])
    found = both.rename("included").reset_index().assign(place=[1, 2, 3, 4] * 2)
    curve = recall_curve(found)
    assert (curve["read"].tolist(), curve["recall"].tolist()) == ([0.25, 0.5, 0.75, 1], [0.25, 0.75, 0.75, 1])
    assert summary(found)["mean"].tolist() == pytest.approx([(0.45 - 0.05) / 2, 0])
    assert over_starts(pd.Series([0.5, 0.7])).tolist() == pytest.approx([0.6, 0.6 - 1.27062, 0.6 + 1.27062], abs=1e-5)
    assert recall_curve(found.query("start == 0"))[["low", "high"]].isna().all(axis=None)


def records(*decisions: object) -> pd.DataFrame:
    """Records with these decisions, as readers give them."""
    extra = [None if said is None else json.dumps({"label": said}) for said in decisions]
    ids = [f"a.csv:{line}" for line in range(2, len(decisions) + 2)]
    return pd.DataFrame({"record_id": ids, "title_raw": "T", "abstract_raw": "", "paper_id": "", "extra": extra})


def test_decisions_are_read_in_the_words_of_several_programs_and_records_without_one_are_left_out():
    read = screened_set(records("1", "Included", " yes ", "1.0", "0", "excluded", "FALSE", "", None), "label")
    assert read["included"].tolist() == [True] * 4 + [False] * 3
    assert read["paper_id"].tolist()[-1] == "a.csv:8"


REFUSED = [
    (["1", "perhaps"], "label", "'perhaps' is no decision. Write 1"),
    (["1", "0"], "lable", "There is no column 'lable'. There are 'label'. Did you mean 'label'"),
    (["1", "0"], "label", "1 included and 1 excluded: a replay needs two"),
    (["1", "1"], "label", "2 included and 0 excluded"),
]


@pytest.mark.parametrize(("decisions", "column", "message"), REFUSED)
def test_a_set_that_cannot_be_replayed_is_refused(decisions, column, message):
    with pytest.raises(SourceError, match=message):
        starting_pairs(screened_set(records(*decisions), column))

"""What changed, in sentences that hold for nothing, one and many."""

from dataclasses import replace

import pandas as pd
import pytest
from invented import corpus

from litreview.report import news


def changed(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["change", "paper_id"], dtype="str")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "No paper changed."),
        ([("new", "a")], "1 paper is new."),
        ([("changed", "a"), ("changed", "a")], "1 paper is changed in a field."),  # two fields of one paper
        (
            [("gone", "c"), ("new", "a"), ("new", "b"), ("merged", "d")],
            "2 papers are new, 1 paper is gone and 1 paper is merged into another.",
        ),
    ],
)
def test_papers_are_counted_once_for_each_kind_of_change(rows, expected):
    assert news.told(changed(*rows)) == expected


def test_what_is_compared_is_named_by_its_checksum_and_by_the_files_that_came():
    old, new = corpus(a=None), corpus(a=None, b=None)
    assert news.compared(old, new) == (
        f"Corpus `{old.checksum}` of 1 paper is compared with corpus `{new.checksum}` of 2 papers."
    )
    more = replace(new, ledger=pd.concat([new.ledger, new.ledger.assign(source_file="<b>.ris")]))
    assert " of 1 paper without the file “\\<b\\>\\.ris” is compared " in news.compared(old, more)
    assert "nothing to compare it with yet" in news.compared(None, new)


def shares(*rows: tuple[str, int, int, float, float, float, bool]) -> pd.DataFrame:
    columns = ["theme", "n_before", "n_after", "difference", "low", "high", "enough"]
    return pd.DataFrame(rows, columns=columns).assign(of_before=20, of_after=10)


def test_only_a_clear_difference_of_themes_is_told():
    table = shares(
        ("a_theme", 2, 8, 0.7, 0.3, 0.9, True),
        ("flat", 5, 3, 0.05, -0.2, 0.3, True),
        ("<b>", 15, 1, -0.65, -0.8, -0.3, True),
    )
    said = news.moved(table, {"a_theme": "One *theme*"})
    assert said == (
        "Clearly more frequent among the papers that came: **One \\*theme\\*** (8 of 10 that came, 2 of 20 before); "
        "clearly less frequent among the papers that came: **\\<b\\>** (1 of 10 that came, 15 of 20 before) "
        "(3 comparisons at 95%, of which one in twenty stands out by chance alone)."
    )
    assert news.moved(table.iloc[[1]]).startswith("No theme is clearly more or less frequent")


def test_too_few_papers_are_no_comparison():
    assert news.moved(shares(("a", 1, 1, 0.1, 0.0, 0.2, False))).startswith("Too few papers")
    assert news.moved(shares()).startswith("Too few papers")


def test_new_names_are_counted_and_the_first_are_told():
    names = [("method", f"M*{place}") for place in range(10)] + [("benchmark or data set", "B")]
    said = news.named(pd.DataFrame(names, columns=["kind", "name"]))
    assert said.startswith("10 new methods: M\\*0, M\\*1")
    assert said.endswith("M\\*7 and 2 more; 1 new benchmark or data set: B.")
    assert news.named(pd.DataFrame(columns=["kind", "name"])).startswith("No method and no test bed")

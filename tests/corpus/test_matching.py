"""Same record, same work, or neither: digits, short titles and scripts are told apart, spellings are not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.corpus.match_keys import canonical
from litreview.corpus.matching import compare, group_pairs, match_records

LONG = (
    "We study the problem of aligning language models with human preferences when the comparisons are noisy and the "
    "annotators disagree with each other. Our method weighs every comparison by how far its annotators agree, and we "
    "prove that the resulting policy is close to the best one. On three public benchmarks it wins against the baseline."
)
OTHER = (
    "Job shops with setup times are hard to schedule by hand. This paper gives a branch and bound algorithm that uses "
    "a new lower bound from the relaxed machine order. It solves every instance of the standard library to optimality "
    "within an hour, and it finds good schedules for instances that are ten times larger than those."
)
REVISED = LONG.replace(
    "On three public benchmarks it wins against the baseline.", "We test it on four benchmarks, and release the code."
)
TITLE = "Aligning Language Models with Noisy Comparisons"


def matched(*rows: tuple, **identifiers: list) -> pd.DataFrame:
    return match_records(pd.DataFrame(rows, columns=["title", "abstract"], dtype="str").assign(**identifiers))


def relation(a: tuple, b: tuple, **identifiers: list) -> str:
    table = matched(a, b, **identifiers)
    return "same record" if table["first"][1] == 0 else "version" if table["work"][1] == 0 else "apart"


SAME = [
    ((TITLE, LONG), (TITLE, LONG.replace("prove that", "prove  that --"))),  # blanks and dashes
    ((TITLE, LONG), (TITLE, LONG.replace("annotators", "anotators", 1))),  # a typo
    ((TITLE, LONG), (TITLE, "")),  # an abstract is missing
    ((TITLE + ": A Study", LONG), (TITLE, LONG)),  # a subtitle is missing
    (("Ｆｕｌｌ Width Titles of Old Databases", LONG), ("Full width titles of old databases", LONG)),
    (("Очереди с ещё более ограниченным ожиданием", ""), ("Очереди с еще более ограниченным ожиданием", "")),
    (("الكِتَابُ المُخْتَصَر في حِسَاب الجَبْر", ""), ("الكتاب المختصر في حساب الجبر", "")),
    (("Can REDD+ Work for People in the Hills", ""), ("Can REDD plus work for people in the hills", "")),
    (("Randomised Trials of Tumour Growth and Anaemia", ""), ("Randomized Trials of Tumor Growth and Anemia", "")),
]  # fmt: skip
APART = [
    (("Qwen2 Technical Report", LONG), ("Qwen3 Technical Report", LONG)),
    (("强化学习综述", ""), ("强化学习综述", "")),  # a short title without abstract says too little
    (("", ""), ("", "")),
    (("か行の学習とその応用について", ""), ("が行の学習とその応用について", "")),  # a mark that makes another letter
    (("Data from: " + TITLE, LONG), (TITLE, LONG)),  # as data repositories repeat the abstract
    (("Editorial Notes on Searching with A", ""), ("Editorial Notes on Searching with A*", "")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "expected"), [*((*pair, "same record") for pair in SAME), *((*pair, "apart") for pair in APART)]
)
def test_spellings_of_one_record_and_different_works(a, b, expected):
    assert relation(a, b) == relation(b, a) == expected


DOI, DOIS = {"doi": ["10.1/a"] * 2}, {"doi": ["10.1/a", "10.2/b"]}
ONE, TWO, OTHERS = (
    {"authors": names} for names in (["Ann Lee"] * 2, ["Ann Lee; Bo Doe"] * 2, ["Ann Lee; Bo Doe", "Cy Roe"])
)
IDENTIFIED = [
    # the same identifier: the same record, a version when the text differs, whatever the titles
    (DOI, (TITLE, LONG), (TITLE, LONG), "same record"),
    (DOI, (TITLE, LONG), ("Renamed", OTHER), "version"),
    (DOI | {"pmid": ["1", "2"]}, (TITLE, LONG), (TITLE, LONG), "version"),  # and another one of another kind
    # another identifier of the same kind: preprint and journal are one work, never one record
    (DOIS, (TITLE, LONG), (TITLE, LONG), "version"),
    ({"arxiv_id": ["2401.00001"] * 2, "arxiv_version": ["1", "2"]}, (TITLE, LONG), (TITLE, LONG), "version"),
    ({"doi": ["10.1101/2019.05.12.123456v1", "10.1101/2019.05.12.123456v2"]}, (TITLE, ""), ("Renamed", ""), "version"),
    # one text of several journals is one work; with other authors, or over a title of every issue, it is not
    (DOIS | ONE, (TITLE, LONG), (TITLE, LONG), "version"),
    (DOIS | OTHERS, (TITLE, LONG), (TITLE, LONG), "apart"),
    # a conference and its journal: title and several authors agree, under two DOIs; one author writes many a column
    (DOIS | TWO, (TITLE, LONG), (TITLE, OTHER), "version"),
    # the DOI of a volume on papers by others, and the abstract of an issue
    (DOI | OTHERS, (TITLE, LONG), ("Job Shops", OTHER), "apart"),
    (DOI | OTHERS, ("Kites in the North", ""), ("Kites in the South", ""), "apart"),  # chapters with alike titles
    (OTHERS, (TITLE, LONG), ("Job Shops", LONG), "apart"),
    (TWO, (TITLE, LONG), ("Job Shops", LONG), "version"),
    # authors speak where an abstract is missing
    ({"authors": ["Jörg Müller", "J. Muller"]}, (TITLE, ""), (TITLE, ""), "same record"),
    # without identifiers: reworked, renamed, two works of one title
    ({}, (TITLE, LONG), ("Robust Alignment When Annotators Disagree", LONG), "version"),
]  # fmt: skip


@pytest.mark.parametrize(("identifiers", "a", "b", "expected"), IDENTIFIED)
def test_identifiers_authors_and_texts_decide_in_this_order(identifiers, a, b, expected):
    assert relation(a, b, **identifiers) == expected


def test_the_first_record_is_the_loaded_one_and_every_other_says_why():
    twice = [(TITLE, LONG.replace("wins", "won"))] * 2
    table = matched((TITLE, LONG), ("X", OTHER), (TITLE.upper(), LONG), *twice)
    assert table["first"].tolist() == [0, 1, 0, 0, 0]
    assert table["reason"].isna().tolist() == [True, True, False, False, False]
    assert table["reason"][2] == "same title, same abstract"
    assert table["reason"][3:].str.startswith("same title, abstract 99.").all()


def test_a_record_that_is_there_often_is_compared_once():
    before = compare.cache_info().misses
    assert set(matched(*[("Lamps", LONG)] * 1_000)["first"]) == {0}
    assert compare.cache_info().misses == before + 1


def test_the_volumes_of_a_work_are_not_joined_by_its_name_alone():
    rows = [("Harbour Engineering", ""), ("Harbour Engineering: Quays", ""), ("Harbour Engineering: Cranes", "")]
    table = matched(*rows, authors=["Ann Lee"] * 3, published=[pd.Timestamp("2020-05-01")] * 3)
    assert table["work"][1] != table["work"][2]


def test_canonical_keeps_letters_digits_and_signs_that_name():
    assert canonical("  Q*-Learning, “C++” & Straße 10² ") == "q*learningc++strasse102"


titles = st.sampled_from([TITLE, TITLE + " 2", TITLE + " 3", "Editorial", "", "强化学习", "Renamed Work of Four"])
abstracts = st.sampled_from([LONG, LONG + " ", REVISED, OTHER, "", "No abstract."])


@given(st.lists(st.tuples(titles, abstracts), max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_change_what_belongs_together(rows, random):
    """The same groups come out, and the same number of loaded records, whatever the order."""
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = matched(*(rows[place] for place in order))
    plain = matched(*rows)
    for column in ("work", "first"):
        groups = {frozenset(at) for at in plain.groupby(column).groups.values()}
        again = {frozenset(order[place] for place in at) for at in shuffled.groupby(column).groups.values()}
        assert groups == again


@given(st.lists(st.tuples(titles, abstracts), max_size=8))
def test_firsts_and_works_are_consistent(rows):
    """Every first is loaded, comes no later, and is of the same work; only what is not first has a reason."""
    table = matched(*rows)
    assert (table["first"] <= table.index).all()
    assert (table["work"] <= table["first"]).all()
    assert (table.loc[table["first"], "first"].to_numpy() == table["first"].to_numpy()).all()
    assert (table.loc[table["first"], "work"].to_numpy() == table["work"].to_numpy()).all()
    assert (table["reason"].isna() == (table["work"] == table.index)).all()


# --- Groups: what hangs together is joined, what is apart is not joined through a third ---


def test_two_that_are_apart_are_not_joined_through_a_third():
    assert group_pairs(3, [(0, 1), (1, 2)], {(0, 2)}) == [0, 0, 2]
    assert group_pairs(3, [(1, 2), (0, 1)], {(0, 2)}) == [0, 1, 1]  # the surer pair comes first
    assert group_pairs(4, [(0, 1), (2, 3), (1, 2)], {(0, 3)}) == [0, 0, 2, 2]


places = st.integers(0, 9)
pairs = st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=20)


@given(pairs, pairs)
def test_no_group_holds_two_that_are_apart(joined, apart):
    groups = group_pairs(10, joined, set(apart))
    assert all(groups[a] != groups[b] for a, b in apart)
    assert all(first <= place and groups[first] == first for place, first in enumerate(groups))

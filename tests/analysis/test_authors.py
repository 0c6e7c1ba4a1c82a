"""Authors, their groups and venues."""

import pytest
from invented import corpus

from litreview.analysis import cooccurrence

FIVE = corpus(p1="2023-01-01", p2="2022-01-01", p3=None, p4=None, p5=None)
FIVE.papers["authors"] = [
    "Ada Bell; Cy Dorn; Eva Fox",
    "Cy Dorn; Ada Bell; Gus Hale",
    "Gus Hale; Eva Fox",
    "Ada Bell; Ada Bell",
    None,
]
FIVE.papers["venue"] = ["ICLR 2023", "ICLR", "Journal of Ships, 2021", "2021", None]


def test_an_author_counts_once_a_paper():
    wrote = cooccurrence.authorships(FIVE)
    assert wrote.groupby("author").size().to_dict() == {"Ada Bell": 3, "Cy Dorn": 2, "Eva Fox": 2, "Gus Hale": 2}


def test_a_venue_counts_without_its_year_and_a_bare_year_is_none():
    assert cooccurrence.venues(FIVE)["venue"].tolist() == ["ICLR", "ICLR", "Journal of Ships"]


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        (2, [["Ada Bell; Cy Dorn", 2, 2]]),
        (3, []),
        (1, [["Ada Bell; Cy Dorn; Eva Fox; Gus Hale", 4, 3]]),
    ],
)
def test_a_group_is_of_authors_who_share_papers(least, expected):
    groups = cooccurrence.author_groups(FIVE, least)
    assert groups[["authors", "n_authors", "n"]].to_numpy().tolist() == expected


def test_papers_without_authors_make_no_group():
    assert cooccurrence.author_groups(FIVE.where(["p5"])).empty

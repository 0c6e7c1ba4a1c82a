"""Names apart, and the family name of each."""

import pytest

from litreview.exports.entry import inverted
from litreview.text.person_names import names, split_name

NAMES = [
    ("Richard S. Sutton", "Sutton", "Sutton, Richard S."),
    ("Anna van der Berg", "van der Berg", "van der Berg, Anna"),
    ("van Gogh", "Gogh", "Gogh, van"),  # a particle in front is taken for a given name: it may be one
    ("Watkins, Chris", "Watkins", "Watkins, Chris"),
    ("John Smith Jr.", "Smith", "Smith, John, Jr."),
    ("Smith, Jr., John", "Smith", "Smith, John, Jr."),
    ("Smith Jr.", "Jr.", "Jr., Smith"),  # two words: the last is the family name
    ("Barnes and Noble", "Barnes and Noble", "Barnes and Noble"),
    ("Sandy Anders", "Anders", "Anders, Sandy"),  # "and" stands in words
    ("OpenAI", "OpenAI", "OpenAI"),
]


@pytest.mark.parametrize(("name", "family", "turned"), NAMES)
def test_a_family_name_is_found(name, family, turned):
    assert (split_name(name)[0], inverted(name)) == (family, turned)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [("A. B; C. D", ["A. B", "C. D"]), (" A ;; B ", ["A", "B"]), ("", []), (None, []), (float("nan"), [])],
)
def test_names_come_apart_at_semicolons(authors, expected):
    assert names(authors) == expected

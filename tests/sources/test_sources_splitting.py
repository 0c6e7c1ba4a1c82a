"""Several values in one text, and the venue at the beginning of a citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.sources.splitting import LINES, NAMES, pieces, venue_of

PIECES = [
    ("a; b;c", ";", ["a", " b", "c"]),
    ("a, b", ";,", ["a", " b"]),
    ("a, b; c, d", ";,", ["a, b", " c, d"]),  # the first mark that there is
    ("R&amp;D; M&uuml;ller", ";", ["R&D", " Müller"]),  # the ";" of an entity
    ("a\nb;c", LINES, ["a", "b", "c"]),
    ("Doe and Roe  and Anders", " and", ["Doe", "Roe", "Anders"]),
    ("Doe, J., Roe, R.", NAMES, ["Doe, J.", "Roe, R."]),
    ("a; b", "", ["a; b"]),
]
VENUES = [
    ("Queue Science Quarterly.   28(2):103-106, April 2015.", "Queue Science Quarterly"),
    ("Queueing. Vol.43(5), Sep 2015, pp. 623-634.", "Queueing"),
    ("Invented Proceedings. Conference: 2nd Queue Day. Spain. 12, 2018.", "Invented Proceedings"),
    ("INVENTOR'S Health & Waiting January/February 2010;14(1):56", "INVENTOR'S Health & Waiting"),
    ("Journal of Queues 12, Winter 2007: 7-14.", "Journal of Queues"),
    ("20 century queues. 2009;20(4):454-81.", "20 century queues"),  # a number that is of the name
    ("The Marching Journal", "The Marching Journal"),  # no March
    ("Proc. Natl. Queues", "Proc. Natl. Queues"),
    ("Trials.", "Trials"),
]


@pytest.mark.parametrize(("text", "split", "values"), PIECES)
def test_a_text_is_parted_by_what_its_field_says(text, split, values):
    assert pieces(text, split) == values


@pytest.mark.parametrize(("citation", "venue"), VENUES)
def test_a_venue_ends_where_its_volume_or_date_begins(citation, venue):
    assert venue_of(citation) == venue


@given(st.text())
def test_a_venue_is_the_beginning_of_its_citation(citation):
    assert citation.strip().startswith(venue_of(citation))

"""Groups: what hangs together is joined, what is apart is not joined through a third."""

from hypothesis import given
from hypothesis import strategies as st

from litreview.corpus.linking import linked


def test_pairs_make_groups_named_by_their_first():
    assert linked(5, [(3, 4), (1, 3)], set()) == [0, 1, 2, 1, 1]
    assert linked(0, [], set()) == []


def test_two_that_are_apart_are_not_joined_through_a_third():
    assert linked(3, [(0, 1), (1, 2)], {(0, 2)}) == [0, 0, 2]
    assert linked(3, [(1, 2), (0, 1)], {(0, 2)}) == [0, 1, 1]  # the surer pair comes first
    assert linked(4, [(0, 1), (2, 3), (1, 2)], {(0, 3)}) == [0, 0, 2, 2]


places = st.integers(0, 9)
pairs = st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=20)


@given(pairs, pairs)
def test_no_group_holds_two_that_are_apart(joined, apart):
    groups = linked(10, joined, set(apart))
    assert all(groups[a] != groups[b] for a, b in apart)
    assert all(first <= place and groups[first] == first for place, first in enumerate(groups))


@given(pairs)
def test_without_anything_apart_the_order_of_pairs_does_not_matter(joined):
    assert linked(10, joined, set()) == linked(10, joined[::-1], set())
    assert all(linked(10, joined, set())[a] == linked(10, joined, set())[b] for a, b in joined)

"""Search: words, phrases and conditions, in any spelling."""

import math
from contextlib import suppress

import invented
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_similarity import ABSTRACTS, CORPUS, corpus_of

from litreview import schema
from litreview.analysis.search import search
from litreview.errors import SearchError, SearchHint

pytestmark = pytest.mark.filterwarnings("ignore::litreview.errors.SearchHint")


FOUND = [
    ("Thompson sampling", "bandit", "thompson sampling"),
    ("sampling thompson", "bandit", "sampling; thompson"),  # any order; but the phrase is not there
    ("the quality of an image", "images", "quality; image"),  # function words do not count
    ("noise-schedule", "video", "noise schedule"),  # a hyphen is a blank
    ("regret zebra", "arms", "regret"),  # not every word needs to be there; the shorter paper first
]


@pytest.mark.parametrize(("query", "first", "matched"), FOUND)
def test_search_finds_the_paper_that_says_it(query, first, matched):
    hit = schema.check(search(CORPUS, query), schema.HITS).iloc[0]
    assert (hit["paper_id"], set(hit["matched"].split("; "))) == (first, set(matched.split("; ")))


def test_a_hit_shows_the_sentence_that_says_most_and_where_it_stands():
    hit = search(CORPUS, "image quality").iloc[0]
    told = ABSTRACTS["images"][hit["start"] : hit["end"]]
    assert hit["quote"] == told == "Image quality depends on the noise schedule."
    titled = corpus_of({"a": "", "b": "Grouse fly. Hens sit."}, {"a": "On grouse", "b": "Birds"})
    hits = search(titled, "grouse")[["paper_id", "field", "quote", "start", "end"]]  # a title counts twice
    assert hits.to_numpy().tolist() == [["a", "title", "On grouse", 0, 9], ["b", "abstract", "Grouse fly.", 0, 11]]


def test_the_score_is_okapi_bm25():
    """By hand: "cat" stands once in 2 of 3 papers, of 1, 3 and 5 words and pairs of words; the mean is 3."""
    hits = search(corpus_of({"a": "cat", "b": "cat dog", "c": "dog dog cow"}), "cat").set_index("paper_id")["score"]
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = {name: rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * n / 3)) for name, n in (("a", 1), ("b", 3))}
    assert hits.to_dict() == pytest.approx(expected, abs=1e-5)


QUOTED = [
    ('"hens sit"', ["a"]),  # in this order
    ("“Hens  sit” grouse", ["a"]),  # any quotation marks, any case, any blanks; the phrase is needed
    ('"hen sits', ["a", "b"]),  # no phrase without its end
    ('"" hens', ["a", "b"]),
    ('hens "\ud800 ( fly"', []),
]


@pytest.mark.parametrize(("query", "found"), QUOTED)
def test_a_phrase_in_quotes_is_needed_as_it_stands(query, found):
    corpus = corpus_of({"a": "Grouse fly. Hens sit.", "b": "Hens fly and sit like a grouse."}, {"a": "A", "b": "B"})
    assert sorted(search(corpus, query)["paper_id"]) == found


def test_what_no_paper_has_is_told():
    with pytest.warns(SearchHint) as told:
        search(CORPUS, "zxqwv regret")
    assert [(str(each.message), each.filename) for each in told] == [("No paper has 'zxqwv'.", __file__)]


@pytest.mark.parametrize("query", ["", "   ", "the of", "???", "a b c", "1 2 3", "\x00", "\ud800", "method"])
def test_a_query_without_a_word_to_look_for_is_told(query):
    with pytest.raises(SearchError, match="has no word to look for"):
        search(CORPUS, query)


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_query_gives_hits_or_one_kind_of_error(query):
    """Brackets, patterns and control characters are text like any other."""
    with suppress(SearchError):
        assert (search(CORPUS, query)["score"] >= 0).all()


SPELLINGS = {"a": "Reward over-optimization.", "b": "Reward overoptimization.", "c": "Reward over-optimisation."}


@pytest.mark.parametrize("query", ["over-optimization", "overoptimization", "Over-Optimisation"])
def test_the_spelling_of_a_word_does_not_count(query):
    assert sorted(search(corpus_of(SPELLINGS | {"d": "Reward optimality."}), query)["paper_id"]) == ["a", "b", "c"]


NARROWED = [
    ('title:"on hens"', ["b"]),
    ("Title: hen author:li", ["b"]),  # a blank, a capital, a plural
    ("author:muller", ["a"]),
    ("author:ller", []),  # from where a name begins
    ("author:muller " * 50_000, ["a"]),  # asked once
    ("since:2021 until:2021", ["b"]),
    ("fly -grouse", ["b"]),
    ('fly -"grouse fly"', ["b"]),
    ("well-being fly", ["a", "b"]),  # a hyphen inside a word is no minus
    ("fly title:zebra", []),
]


@pytest.mark.parametrize(("query", "found"), NARROWED)
def test_conditions_narrow_what_words_rank(query, found):
    rows = (
        {"title": "On grouse", "abstract": "Grouse fly.", "authors": "Müller, Jan", "published": "2020-05-01"},
        {"title": "On hens", "abstract": "Hens fly.", "authors": "Li, Wei", "published": "2021-05-01"},
    )
    corpus = invented.corpus_of(*({"paper_id": name, **row} for name, row in zip("ab", rows, strict=True)))
    assert sorted(search(corpus, query)["paper_id"]) == found


def test_papers_without_words_give_no_hit_and_a_year_that_is_none_is_told():
    assert all(schema.check(search(corpus_of(each), "zebra"), schema.HITS).empty for each in ({}, {"a": ""}))
    with pytest.raises(SearchError, match="since:soon: this is no year. Give one in four digits, as in since:2021."):
        search(CORPUS, "bandit since:soon")

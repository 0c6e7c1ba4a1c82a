"""Neighbours, the map and search."""

import math
from contextlib import suppress

import invented
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview import schema
from litreview.analysis import similarity
from litreview.corpus import Corpus
from litreview.errors import CorpusError, SearchError, SearchHint

ABSTRACTS = {
    "bandit": "Thompson sampling for linear bandits. The regret of a bandit algorithm grows with the horizon.",
    "arms": "A bandit algorithm with many arms has small regret.",
    "images": "Diffusion models draw images. Image quality depends on the noise schedule.",
    "video": "Video diffusion models need a noise schedule of their own.",
    "nothing": "",
}
SUBJECTS = ["bandit regret", "image diffusion", "job scheduling", "federated client", "offline policy", "expert router"]


def corpus_of(abstracts: dict[str, str], titles: dict[str, str] | None = None) -> Corpus:
    """A corpus of these papers by id; the title is empty where none is given."""
    rows = ({"paper_id": name, "title": (titles or {}).get(name, "")} for name in sorted(abstracts))
    return invented.corpus_of(*(row | {"abstract": abstracts[row["paper_id"]]} for row in rows))


def many(n: int) -> Corpus:
    """A corpus of `n` papers on six subjects, each with words of its own."""
    return corpus_of({f"p{i:03}": f"The {SUBJECTS[i % 6]} meets item{i} and tool{i % 7}." for i in range(n)})


CORPUS = corpus_of(ABSTRACTS)
pytestmark = pytest.mark.filterwarnings("ignore::litreview.errors.SearchHint")


def test_the_nearest_paper_speaks_of_the_same_with_the_terms_both_have():
    table = schema.check(similarity.neighbours(CORPUS, k=1), schema.NEIGHBOURS).set_index("paper_id")
    assert table["neighbour_id"].to_dict() == {"arms": "bandit", "bandit": "arms", "images": "video", "video": "images"}
    assert table.loc["arms", "shared"].split("; ") == ["bandit algorithm", "regret"]


def test_the_papers_nearest_to_one_are_told_with_their_titles_and_what_they_share():
    found = similarity.similar(corpus_of(ABSTRACTS, {"arms": "Many Arms"}), "bandit", 1)
    assert found.columns.tolist() == ["paper_id", "title", "similarity", "shared", "url"]
    assert found.iloc[0][["paper_id", "title", "shared"]].tolist() == ["arms", "Many Arms", "bandit algorithm; regret"]
    assert similarity.similar(CORPUS, "nothing").empty
    with pytest.raises(CorpusError, match="The corpus has no paper 'bandits'. .* Did you mean 'bandit'"):
        similarity.similar(CORPUS, "bandits")


def test_a_paper_is_no_neighbour_of_itself_and_two_equal_papers_are_nearest():
    twins = similarity.neighbours(corpus_of({**ABSTRACTS, "copy": ABSTRACTS["bandit"]}), k=4)
    first = twins[twins["rank"] == 1].set_index("paper_id")
    assert first.loc["bandit", ["neighbour_id", "similarity"]].tolist() == ["copy", 1.0]


def test_neighbours_are_ranked_from_one_by_falling_similarity():
    table = similarity.neighbours(many(90), k=5)
    assert (table["paper_id"] != table["neighbour_id"]).all()
    ranked = table.sort_values(["paper_id", "similarity"], ascending=[True, False], kind="stable")
    assert ranked["rank"].tolist() == (table.groupby("paper_id").cumcount() + 1).tolist()
    assert table["similarity"].between(0, 1, inclusive="right").all()


@pytest.mark.parametrize("n", [0, 1, 12, 90])
def test_the_map_places_every_paper_inside_the_square_and_twice_at_the_same_place(n):
    corpus = many(n)
    table = similarity.map_positions(corpus)
    assert table["paper_id"].tolist() == corpus.papers["paper_id"].tolist()
    assert table[["x", "y"]].abs().to_numpy().max(initial=0) <= 1
    pd.testing.assert_frame_equal(table, similarity.map_positions(corpus))


@pytest.mark.parametrize("abstracts", [{}, {"a": ""}, dict.fromkeys("abc", ""), {"a": "ant", "b": "bee", "c": "cow"}])
def test_a_corpus_that_shares_no_words_gives_whole_tables(abstracts):
    corpus = corpus_of(abstracts)
    assert schema.check(similarity.neighbours(corpus), schema.NEIGHBOURS).empty
    assert len(similarity.map_positions(corpus)) == len(abstracts)
    assert schema.check(similarity.search(corpus, "zebra"), schema.HITS).empty


@pytest.mark.parametrize(
    ("query", "first", "matched"),
    [
        ("Thompson sampling", "bandit", "thompson sampling"),
        ("sampling thompson", "bandit", "sampling; thompson"),  # any order; but the phrase is not there
        ("VIDEOS", "video", "video"),  # case and plural
        ("the quality of an image", "images", "quality; image"),  # function words do not count
        ("noise-schedule", "video", "noise schedule"),  # a hyphen is a blank
        ("regret zebra", "arms", "regret"),  # not every word needs to be there; the shorter paper first
    ],
)
def test_search_finds_the_paper_that_says_it(query, first, matched):
    hit = schema.check(similarity.search(CORPUS, query), schema.HITS).iloc[0]
    assert (hit["paper_id"], set(hit["matched"].split("; "))) == (first, set(matched.split("; ")))


def test_a_hit_shows_the_sentence_that_says_most_and_where_it_stands():
    hit = similarity.search(CORPUS, "image quality").iloc[0]
    told = ABSTRACTS["images"][hit["start"] : hit["end"]]
    assert hit["quote"] == told == "Image quality depends on the noise schedule."
    titled = corpus_of({"a": "", "b": "Grouse fly. Hens sit."}, {"a": "On grouse", "b": "Birds"})
    hits = similarity.search(titled, "grouse")[["paper_id", "field", "quote", "start", "end"]]  # a title counts twice
    assert hits.to_numpy().tolist() == [["a", "title", "On grouse", 0, 9], ["b", "abstract", "Grouse fly.", 0, 11]]


def test_the_score_is_okapi_bm25():
    """By hand: "cat" stands once in 2 of 3 papers, of 1, 2 and 3 words."""
    corpus = corpus_of({"a": "cat", "b": "cat dog", "c": "dog dog cow"})
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    length = {"a": 1, "b": 3}  # words and pairs of words; c has 5, so the mean is 3
    expected = {name: rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * n / 3)) for name, n in length.items()}
    hits = similarity.search(corpus, "cat").set_index("paper_id")["score"]
    assert hits.to_dict() == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"hens sit"', ["a"]),  # in this order
        ('"sit hens"', []),
        ("“Hens  sit” grouse", ["a"]),  # any quotation marks, any case, any blanks; the phrase is needed
        ('hens "GROUSE fly" "hens sit"', ["a"]),  # every phrase is needed
        ('"hen sits', ["a", "b"]),  # no phrase without its end
        ('"" hens', ["a", "b"]),
        ('"hens-sit"', ["a"]),
        ('hens "["', ["a", "b"]),  # no word, no phrase
        ('hens "\ud800 ( fly"', []),
    ],
)
def test_a_phrase_in_quotes_is_needed_as_it_stands(query, found):
    corpus = corpus_of({"a": "Grouse fly. Hens sit.", "b": "Hens fly and sit like a grouse."}, {"a": "A", "b": "B"})
    assert sorted(similarity.search(corpus, query)["paper_id"]) == found


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("Thomson sampling", "No paper has 'thomson'; did you mean 'thompson'?"),
        ("zxqwv regret", "No paper has 'zxqwv'."),
        ('"sampling thompson"', "No paper has all that stands in quotes. Without quotes the words may stand anywhere."),
    ],
)
def test_what_no_paper_has_is_told_with_the_nearest_word_that_some_have(query, hint):
    with pytest.warns(SearchHint) as told:
        similarity.search(CORPUS, query)
    assert [(str(each.message), each.filename) for each in told] == [(hint, __file__)]


@pytest.mark.parametrize("query", ["", "   ", "the of", "???", "a b c", "1 2 3", "\x00", "\ud800", "method"])
def test_a_query_without_a_word_to_look_for_is_told(query):
    with pytest.raises(SearchError, match="has no word to look for"):
        similarity.search(CORPUS, query)


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_query_gives_hits_or_one_kind_of_error(query):
    """Brackets, patterns and control characters are text like any other."""
    with suppress(SearchError):
        assert (similarity.search(CORPUS, query)["score"] > 0).all()

"""Neighbours and the map."""

import invented
import pandas as pd
import pytest

from litreview import schema
from litreview.analysis import similarity
from litreview.corpus import Corpus
from litreview.errors import CorpusError

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


def test_the_nearest_paper_speaks_of_the_same_with_the_terms_both_have():
    table = schema.check(similarity.neighbours(CORPUS, k=1), schema.NEIGHBOURS).set_index("paper_id")
    assert table["neighbour_id"].to_dict() == {"arms": "bandit", "bandit": "arms", "images": "video", "video": "images"}
    assert table.loc["arms", "shared"].split("; ") == ["bandit algorithm", "regret"]


def test_the_papers_nearest_to_one_are_told_with_their_titles_and_what_they_share():
    found = similarity.similar(corpus_of(ABSTRACTS, {"arms": "Many Arms"}), "bandit", 1)
    assert found.iloc[0][["paper_id", "title", "shared"]].tolist() == ["arms", "Many Arms", "bandit algorithm; regret"]
    assert similarity.similar(CORPUS, "nothing").empty
    with pytest.raises(CorpusError, match="The corpus has no paper 'bandits'. .* Did you mean 'bandit'"):
        similarity.similar(CORPUS, "bandits")


def test_neighbours_are_ranked_from_one_by_falling_similarity_and_two_equal_papers_are_nearest():
    table = similarity.neighbours(corpus_of({**ABSTRACTS, "copy": ABSTRACTS["bandit"]}), k=4)
    assert (table["paper_id"] != table["neighbour_id"]).all()
    first = table[table["rank"] == 1].set_index("paper_id")
    assert first.loc["bandit", ["neighbour_id", "similarity"]].tolist() == ["copy", 1.0]
    ranked = table.sort_values(["paper_id", "similarity"], ascending=[True, False], kind="stable")
    assert ranked["rank"].tolist() == (table.groupby("paper_id").cumcount() + 1).tolist()


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

"""A citation's facts are those of one record."""

import json

import pytest
from exported import text_of

import litreview as lr
from litreview.corpus import citations
from litreview.exports.publications import publications
from litreview.text.wording import date_text

TITLE = "The long way home on foot through the queue"
PREPRINT = {"type": "article", "title": TITLE, "number": "arXiv:2201.00001", "issued": {"date-parts": [[2022, 1, 5]]}}
VENUE = {"type": "article-journal", "title": TITLE, "container-title": "Journal of Queues"}
VENUE |= {"URL": "https://arxiv.org/abs/2201.00001"}
JOURNAL = VENUE | {"volume": "3", "page": "1-9", "DOI": "10.1000/a", "issued": {"date-parts": [[2023]]}}
AUTHORS = {"author": [{"family": "Lee", "given": "Ann"}, {"literal": "others"}]}


def cited(tmp_path, *items):
    """The facts of the one paper that these items describe, as text."""
    path = tmp_path / "in.json"
    path.write_text(json.dumps([{"id": f"k{place}", **item} for place, item in enumerate(items)]), encoding="utf-8")
    corpus = lr.build_corpus(path)
    assert len(corpus) == 1
    row = publications(corpus).iloc[0]
    facts = {name: value for name, value in row.items() if isinstance(value, str)}
    return facts | {"date": date_text(row["published"], row["date_precision"]), "more": row["more_authors"]}, corpus


@pytest.mark.parametrize("order", [1, -1])
def test_venue_year_volume_and_doi_come_from_one_record(order, tmp_path):
    """A preprint of 2022 and a journal of 2023 are cited as the journal of 2023; the corpus counts by 2022."""
    facts, corpus = cited(tmp_path, *[PREPRINT, JOURNAL][::order])
    told = {"venue": "Journal of Queues", "date": "2023", "volume": "3", "doi": "10.1000/a"}
    assert told.items() <= facts.items()
    assert corpus.papers["published"].dt.year.tolist() == [2022]
    assert "year = {2023}" in text_of(corpus, ".bib")


def test_what_the_record_of_the_venue_does_not_say_is_not_taken_from_another(tmp_path):
    facts, _ = cited(tmp_path, PREPRINT | {"DOI": "10.48550/arxiv.2201.00001", "volume": "7"}, VENUE)
    assert (facts["venue"], facts["date"]) == ("Journal of Queues", "")
    assert not {"doi", "volume"} & set(facts)


def test_a_paper_without_a_venue_is_cited_by_the_record_of_its_doi(tmp_path):
    without = {key: value for key, value in JOURNAL.items() if key != "container-title"}
    facts, _ = cited(tmp_path, PREPRINT, without)
    assert (facts["doi"], facts["date"]) == ("10.1000/a", "2023")


@pytest.mark.parametrize(("items", "more"), [([JOURNAL | AUTHORS], True), ([JOURNAL], False)])
def test_it_is_known_that_a_source_names_not_all_authors(items, more, tmp_path):
    facts, corpus = cited(tmp_path, *items)
    assert facts["more"] == more
    assert ("et al." in citations.cited(corpus).iloc[0]) == more


def test_a_venue_that_was_looked_up_has_the_year_in_its_name(corpus):
    facts = publications(corpus).set_index(corpus.papers.index)
    named = facts["venue"].str.extract(r"\b(20\d\d)\b")[0]
    assert named.notna().any()
    assert (facts["published"].dt.strftime("%Y")[named.notna()] == named.dropna()).all()
    unnamed = facts["venue"].isna()
    assert facts["published"][unnamed].equals(corpus.papers["published"][unnamed])

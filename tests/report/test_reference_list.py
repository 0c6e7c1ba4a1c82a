import re

import pandas as pd
import pytest
from invented import ONE, corpus_of

from litreview.corpus.citations import citation, cited
from litreview.exports.lists import author_line
from litreview.report.page_safety import clean_html
from litreview.report.reference_list import marked_html, quotes, references, slug


def test_a_reference_has_authors_year_title_venue_and_where_to_read_it():
    shown = references(corpus_of(ONE)).source
    assert (
        '<li id="ref-2305.18290">Rafailov, Rafael, Archit Sharma, Chelsea Finn (2023). Direct preference optimization. '
        '<i>NeurIPS 2023.</i> <a href="https://arxiv.org/abs/2305.18290">arXiv:2305.18290</a> '
        '<a href="papers.html#paper-2305.18290">card</a></li>' in shown
    )


def test_papers_that_would_be_cited_alike_have_letters_in_the_order_of_titles_on_every_page():
    ids = ["b", "a", "other", "undated", "undated too"]
    differ = [{"title": "Zebra"}, {"title": "aardvark"}, {"published": pd.Timestamp("2021-01-01")}]  # a year of its own
    differ += [{"published": pd.NaT, "title": "First"}, {"published": pd.NaT, "title": "Second"}]
    corpus = corpus_of(*(ONE | {"paper_id": name} | own for name, own in zip(ids, differ, strict=True)))
    who = "Rafailov et al., "
    expected = ["2023b", "2023a", "2021", "undated-a", "undated-b"]
    assert cited(corpus)[ids].tolist() == [who + when for when in expected]
    assert cited(corpus.where(["b"])).tolist() == [f"{who}2023b"]
    assert "(2023b). Zebra" in references(corpus.where(["b"])).source


CITED = {"Rafael Rafailov; Chelsea Finn": "Rafailov and Finn", "A B; C D; E F": "B et al.", "Plato": "Plato"}
CITED |= {"Laurens van der Maaten": "van der Maaten", "de Freitas, Nando": "de Freitas", None: "“A title”"}


@pytest.mark.parametrize("authors", CITED)
def test_a_paper_is_cited_by_its_first_names(authors):
    assert citation(authors, pd.Timestamp("2023-05-01"), "A title") == f"{CITED[authors]}, 2023"
    assert citation("Ann Lee", pd.Timestamp("2023-01-01"), "T", more=True) == "Lee et al., 2023"
    assert author_line("Ann Lee", more=True) == "Lee, Ann, et al."


def test_references_stand_in_the_order_of_names_years_and_titles():
    facts = [("Ann Zhou", "2020"), ("Bob van den Berg", "2021"), ("Bob van den Berg", "2020"), (None, None)]
    facts += [("Adams, Eve", None)]
    papers = [{"authors": who, "published": pd.Timestamp(when)} for who, when in facts]
    papers = [each | {"paper_id": name, "title": "Without"} for name, each in zip("abcde", papers, strict=True)]
    shown = references(corpus_of(*papers)).source
    assert re.findall(r'id="ref-(\w)"', shown) == ["d", "e", "c", "b", "a"]


REFERENCES = [
    ({"paper_id": "x", "title": "Why?", "authors": "A B"}, "B, A (undated). Why? <a"),
    ({"paper_id": "x", "title": "Alone"}, "Alone (undated). <a"),
    ({"paper_id": "x", "title": "It ends.", "authors": "A B"}, "(undated). It ends. <a"),
    ({"paper_id": "x", "title": ""}, ">(no title) (undated). <a"),
    ({"paper_id": "x", "authors": "; ".join(f"N{i} Name" for i in range(9))}, "N7 Name, et al. (undated)"),
    ({"paper_id": "x", "doi": "10.1/a"}, '<a href="https://doi.org/10.1/a">doi:10.1/a</a>'),
    ({"paper_id": "x", "url": "https://a.b/c"}, '<a href="https://a.b/c">https://a.b/c</a>'),
    ({"paper_id": "x", "url": "javascript:alert(1)"}, " javascript:alert(1) <a"),  # shown, but no link
    ({"paper_id": "x", "title": "<script>x</script>", "authors": "<b>"}, "&lt;b&gt; (undated). &lt;script&gt;"),
]


@pytest.mark.parametrize(("paper", "expected"), REFERENCES)
def test_what_is_not_known_is_said_and_strangers_text_is_text(paper, expected):
    assert expected in references(corpus_of(paper)).source


QUOTED = [
    ("Ours beats PPO by far.", 17, "Ours <mark>beats PPO</mark> by far."),
    ("Beats PPO again.", 35, "<mark>Beats PPO</mark> again."),
    ("Not in the text.", 17, "Not in the text."),
    ("We compare.", 17, "We compare."),  # the match lies outside the quote
]


@pytest.mark.parametrize(("quote", "start", "expected"), QUOTED)
def test_the_words_that_matched_are_marked_in_the_quote(quote, start, expected):
    assert marked_html(quote, ONE["abstract"], start, start + 9) == expected
    assert marked_html("<b>x</b> &", "<b>x</b> &", 3, 4) == "&lt;b&gt;<mark>x</mark>&lt;/b&gt; &amp;"


@pytest.mark.parametrize(("count", "many"), [(1, False), (14, False), (15, True)])
def test_a_quote_marks_the_match_and_leads_to_its_reference_and_many_scroll_and_can_be_searched(count, many):
    quote = {"quote": "Ours beats PPO by far.", "field": "abstract", "start": 17, "end": 26, "facet": "hybrid_data"}
    rows = pd.DataFrame([{"paper_id": "2305.18290", **quote}] * count)
    shown = quotes(rows, corpus_of(ONE), by="facet", labels={"hybrid_data": "Both <b>"}).source
    assert shown.count("<strong>Both &lt;b&gt;.</strong> “Ours <mark>beats PPO</mark> by far.”") == count
    assert shown.count('<a href="#ref-2305.18290">Rafailov et al., 2023</a>') == count
    assert ("data-searchable" in shown and 'role="region"' in shown) is many


@pytest.mark.parametrize("paper_id", ["10.1145/3442188.3445922", '"><script>', "hep-th/9901001"])
def test_an_anchor_survives_the_cleaning_of_a_page(paper_id):
    shown = references(corpus_of({"paper_id": paper_id})).source
    assert f'id="ref-{slug(paper_id)}"' in clean_html(shown)

"""The tables of a report, on small corpora by hand and on none."""

import pandas as pd
import pytest
from invented import categories, corpus, evidence

from litreview import themes
from litreview.analysis import summary_tables
from litreview.themes import definitions

THREE = corpus(p1="2024-01-01", p2="2023-01-01", p3="2022-01-01")


def facets(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A table of facets from (paper_id, facet, quote)."""
    return pd.DataFrame(rows, columns=["paper_id", "facet", "quote"], dtype="str")


def test_a_sample_takes_the_surest_rows_of_each_category_one_a_paper():
    rows = facets(("p1", "b", "first"), ("p2", "b", "second"), ("p2", "b", "again"), ("p3", "a", "third"))
    found = summary_tables.sample(rows.assign(score=[1.0, 3.0, 2.0, 1.0]), "facet", 1, ["b", "a"])
    assert found[["facet", "quote"]].to_numpy().tolist() == [["b", "second"], ["a", "third"]]


def test_counts_of_several_papers_and_tables_stand_side_by_side():
    loose, strict = categories("facet", a=["p1", "p2"]), categories("facet", a=["p1"], c=["p2"])
    choices = {"loose": (THREE, loose), "strict": (THREE, strict), "newest": (THREE.where(["p1"]), loose)}
    found = summary_tables.compare_counts(choices, "facet", {"a": "First"})
    assert found.to_numpy().tolist() == [["First", "2 of 3", "1 of 3", "1 of 1"], ["C", "0 of 3", "1 of 3", "0 of 1"]]


def test_every_answer_stands_under_its_question_in_the_order_of_the_file():
    """Two questions may name an answer alike; what no question knows, and who is not in the corpus, stay out."""
    yes, no = (definitions.Answer.model_construct(title=title) for title in ("Yes", "No"))
    old = definitions.Dimension(question="Is it old?", threshold=1.0, values={"yes": yes})
    big = definitions.Dimension(question="Is it big?", threshold=1.0, values={"no": no, "yes": yes})
    known = themes.load_themes()["scheduling"].model_copy(update={"facets": {"old": old, "big": big}})
    found = facets(("p1", "yes", "Big."), ("p2", "no", "Small."), ("p3", "yes", "Old."), ("p9", "yes", "Far."))
    found = found.rename(columns={"facet": "answer"}).assign(question=["big", "big", "old", "old"], role="does")
    rows = summary_tables.every_answer(THREE, known, found)
    expected = [["Is it old?", "Yes", "Old."], ["Is it big?", "No", "Small."], ["Is it big?", "Yes", "Big."]]
    assert rows[["question", "answer", "quote"]].to_numpy().tolist() == expected
    assert summary_tables.every_answer(THREE, known.model_copy(update={"facets": {}}), found).empty


def test_the_names_of_a_paper_stand_in_one_row_each_name_once_with_its_first_sentences():
    said = evidence(*(("p1", "introduces", name) for name in "AAB"), ("p1", "link", "x"))
    said = pd.concat([said, evidence(("p1", "finding", "It works."), ("p1", "finding", "It is fast."))])
    found = summary_tables.overview(THREE, said, categories("contribution", empirical_study=["p1"]))
    columns = ["paper_id", "contribution", "introduces", "link", "finding"]
    unsaid = ["Not said", "", "", ""]
    first = ["p1", "Empirical study", "A; B", "x", "It works."]
    assert found[columns].fillna("").to_numpy().tolist() == [["p3", *unsaid], ["p2", *unsaid], first]


def test_a_name_stands_once_with_the_papers_that_have_it():
    found = summary_tables.names_with_papers(THREE, categories("name", DPO=["p1", "p2", "p1"], PPO=["p3"]))
    expected = [["DPO", 2, "“Title of p1”, 2024; “Title of p2”, 2023"], ["PPO", 1, "“Title of p3”, 2022"]]
    assert found.to_numpy().tolist() == expected


FINDINGS = [
    (["It works.", "It sorts lists."], "“It works.”"),  # the best
    (["The established lists work."], None),  # points at what stands elsewhere
    (["It is O().", "It works."], "“It works.”"),  # a damaged formula is no result
    (["We conclude this survey with lists.", "It works."], "“It works.”"),
    (["We observe that current sorting fails."], None),  # what others lack
]


@pytest.mark.parametrize(("said", "quoted"), FINDINGS)
def test_the_best_finding_that_says_something_is_quoted(said, quoted):
    evidence = pd.DataFrame({"paper_id": "p1", "kind": "finding", "text": said, "quote": said, "of": ""})
    broken = pd.DataFrame({"paper_id": ["p1"], "kind": "bound", "quote": "It is O().", "of": "damaged"})
    claims = summary_tables.first_findings(THREE, pd.concat([evidence, broken]), ["p3", "p1"])["claim"]
    assert claims.tolist() == ([quoted] if quoted else [])

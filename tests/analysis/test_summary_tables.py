"""What a report lays on the table: small tables by hand, and none of them from nothing."""

from dataclasses import replace

import pandas as pd
from invented import categories, corpus, evidence

from litreview import themes
from litreview.analysis import cooccurrence, summary_tables
from litreview.themes import definitions

THREE = corpus(p1="2024-01-01", p2="2023-01-01", p3="2022-01-01")
NONE = corpus()


def facets(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A table of facets from (paper_id, facet, quote)."""
    return pd.DataFrame(rows, columns=["paper_id", "facet", "quote"], dtype="str")


def titled(**titles: str):
    """A corpus of papers of one day with these titles."""
    papers = corpus(**dict.fromkeys(titles, "2024-01-01"))
    return replace(papers, papers=papers.papers.assign(title=papers.papers["paper_id"].map(titles).astype("str")))


def test_a_sample_takes_the_surest_rows_of_each_category_one_a_paper():
    rows = facets(("p1", "b", "first"), ("p2", "b", "second"), ("p2", "b", "again"), ("p3", "a", "third"))
    found = summary_tables.sample(rows.assign(score=[1.0, 3.0, 2.0, 1.0]), "facet", 1)
    assert found[["facet", "quote"]].to_numpy().tolist() == [["b", "second"], ["a", "third"]]
    assert summary_tables.sample(rows.assign(score=1.0), "facet", 0)["quote"].tolist() == ["first", "second", "third"]
    assert summary_tables.sample(rows.assign(score=1.0), "facet", 1, ["a"])["facet"].tolist() == ["a", "b"]


def test_a_choice_of_papers_is_counted_beside_another():
    table = categories("facet", a=["p1", "p2"], b=["p3"])
    found = summary_tables.side_by_side({"all": THREE, "newest": THREE.where(["p1"])}, table, "facet", {"a": "First"})
    assert found.to_numpy().tolist() == [["First", "2 of 3", "1 of 1"], ["B", "1 of 3", "0 of 1"]]


def test_papers_are_recounted_by_another_table_and_a_category_of_that_table_alone_is_there():
    tables = {"loose": categories("facet", a=["p1", "p2"]), "strict": categories("facet", a=["p1"], c=["p2"])}
    found = summary_tables.recounted(THREE, tables, "facet")
    assert found.to_numpy().tolist() == [["A", "2 of 3", "1 of 3"], ["C", "0 of 3", "1 of 3"]]


def test_answers_stand_side_by_side_oldest_first_and_a_sentence_is_not_repeated():
    table = facets(
        ("p1", "on", "Online is better."),
        ("p1", "off", "Offline is cheap."),
        ("p2", "off", "Offline or online?"),
        ("p2", "on", "Offline or online?"),
        ("p3", "on", "Online alone."),
    )
    found = summary_tables.answers(THREE, table, {"off": "Offline", "on": "Online"}, least=2)
    assert found[["Offline", "Online"]].to_numpy().tolist() == [
        ["Offline or online?", "The same sentence."],
        ["Offline is cheap.", "Online is better."],
    ]
    assert len(summary_tables.answers(THREE, table, {"off": "Offline", "on": "Online"})) == 3
    assert summary_tables.answers(NONE, table, {"off": "Offline"}).columns.tolist() == ["paper", "url", "Offline"]


def test_a_missing_answer_is_missing_and_not_a_repeat():
    found = summary_tables.answers(THREE, facets(("p3", "on", "Online alone.")), {"off": "Offline", "on": "Online"})
    assert found["Offline"].isna().tolist() == [True]
    assert found["Online"].tolist() == ["Online alone."]


def test_every_answer_stands_under_its_question_in_the_order_of_the_file():
    """Two questions may name an answer alike; what no question knows, and who is not in the corpus, stay out."""
    yes, no = definitions.Answer("Yes"), definitions.Answer("No")
    asked = {
        "old": definitions.Dimension("Is it old?", 1.0, {"yes": yes}),
        "big": definitions.Dimension("Is it big?", 1.0, {"no": no, "yes": yes}),
    }
    known = replace(themes.Theme("size", "Size", "", 1.0, ()), facets=asked)
    found = facets(("p1", "yes", "Big."), ("p2", "no", "Small."), ("p3", "yes", "Old."), ("p9", "yes", "Far."))
    found = found.assign(dimension=["big", "big", "old", "old"])
    rows = summary_tables.every_answer(THREE, known, found)
    assert rows[["question", "answer", "quote"]].to_numpy().tolist() == [
        ["Is it old?", "Yes", "Old."],
        ["Is it big?", "No", "Small."],
        ["Is it big?", "Yes", "Big."],
    ]
    assert summary_tables.every_answer(NONE, replace(known, facets={}), found).columns.tolist() == rows.columns.tolist()


def test_the_nearest_theme_is_the_one_that_misses_its_threshold_by_least():
    papers = titled(p1="Dogs and cats", p2="Stones", p3="Cats")
    known = {
        name: themes.Theme(name, name.title(), "", threshold, (themes_rule(name),))
        for name, threshold in (("dogs", 8.0), ("cats", 5.0))
    }
    found = summary_tables.nearest(papers, known)
    assert found[["paper_id", "theme", "threshold"]].to_numpy().tolist()[:2] == [
        ["p1", "Cats", 5.0],
        ["p3", "Cats", 5.0],
    ]
    assert found["score"].tolist()[0] == 2.0
    assert found.loc[2, ["theme", "score", "quote"]].isna().all()


def themes_rule(word: str):
    """A rule that gives a point for a word."""
    return themes.Rule(f"says {word}", 1.0, f"(?i){word}")


def test_nothing_is_near_in_an_empty_corpus():
    assert summary_tables.nearest(NONE).empty


def test_a_threshold_moves_every_theme():
    papers = titled(p1="Scheduling", p2="Stones")
    found = summary_tables.at_thresholds(papers, {"as set": 1.0, "never": 1000.0})
    assert found["as set"]["theme"].tolist() == ["scheduling"]
    assert found["never"].empty


def test_a_pair_stands_once_by_its_shown_names_with_what_chance_would_give():
    met = cooccurrence.together(THREE, categories("theme", a=["p1", "p2"], b=["p1"], c=["p3"]), "theme")
    found = summary_tables.pairs(met, {"a": "First"})
    assert found[["a", "b", "n", "n_a", "n_b"]].to_numpy().tolist() == [["First", "B", 1, 2, 1]]
    assert found["expected"].round(2).tolist() == [0.67]


def test_every_paper_counts_once_in_the_number_of_its_categories():
    table = categories("theme", a=["p1", "p2"], b=["p1", "p1"])
    found = summary_tables.per_paper(THREE, table, "theme")
    assert found[["categories", "n", "of"]].to_numpy().tolist() == [[0, 1, 3], [1, 1, 3], [2, 1, 3]]
    assert summary_tables.per_paper(NONE, table, "theme").empty


def test_the_names_of_a_paper_stand_in_one_row_each_name_once():
    found = summary_tables.overview(
        THREE,
        evidence(("p1", "introduces", "A"), ("p1", "introduces", "A"), ("p1", "introduces", "B"), ("p1", "link", "x")),
        pd.DataFrame({"paper_id": ["p1"], "contribution": ["empirical_study"]}, dtype="str"),
    ).set_index("paper_id")
    assert found.index.tolist() == ["p3", "p2", "p1"]
    assert found.loc["p1", ["contribution", "introduces", "link"]].tolist() == ["Empirical study", "A; B", "x"]
    assert found.loc["p1", ["compares_to", "claim"]].isna().all()
    assert found.loc["p2", "contribution"] == "Not said"


def test_a_name_stands_once_with_the_papers_that_have_it():
    found = summary_tables.named(THREE, categories("name", DPO=["p1", "p2", "p1"], PPO=["p3"]))
    assert found[["name", "n"]].to_numpy().tolist() == [["DPO", 2], ["PPO", 1]]
    assert found["papers"].tolist()[0] == "“Title of p1”, 2024; “Title of p2”, 2023"
    assert summary_tables.named(NONE, categories("shape", a=["p1"]), "shape").columns.tolist() == [
        "shape",
        "n",
        "papers",
    ]


def test_claims_are_sorted_by_kind_of_figure_and_lead_to_their_papers():
    found = summary_tables.claims(THREE, evidence(("p1", "claim", "2×"), ("p2", "claim", "5%"), ("p1", "link", "x")))
    assert found[["figure", "text", "url"]].to_numpy().tolist() == [
        ["speed-up", "2×", "https://example.org/p1"],
        ["percentage", "5%", "https://example.org/p2"],
    ]
    assert summary_tables.claims(NONE, evidence()).empty


def test_papers_speak_for_themselves_in_the_order_of_the_labels_then_by_date():
    said = facets(("p1", "method", "We build."), ("p2", "method", "We prove."), ("p3", "method", "We ask."))
    table = categories("facet", b=["p1"], a=["p2", "p3"])
    found = summary_tables.own_words(THREE, said, table, "facet", {"b": "First", "a": "Then"})
    assert found[["facet", "quote"]].to_numpy().tolist() == [
        ["First", "We build."],
        ["Then", "We ask."],
        ["Then", "We prove."],
    ]
    without = summary_tables.own_words(THREE, said, table[table["facet"] == "b"], "facet")
    assert without["facet"].isna().tolist() == [False, True, True]  # papers without a category come last
    assert summary_tables.own_words(NONE, said, table, "facet").empty
    silent = summary_tables.own_words(THREE, said[said["paper_id"] == "p1"], table, "facet")  # the others have no quote
    assert silent["quote"].isna().tolist() == [True, True, False]


def test_the_names_of_each_row_are_gathered_on_one_line_with_their_papers():
    sides = categories("side", left=["p1", "p2"], right=["p3"])
    names = categories("name", DPO=["p1", "p2"], PPO=["p2"], SAC=["p3"])
    found = summary_tables.gathered(cooccurrence.crossed(THREE, sides, names, "side", "name"), {"left": "On the left"})
    assert found.to_numpy().tolist() == [["On the left", 2, "DPO (2); PPO"], ["Right", 1, "SAC"]]
    assert summary_tables.gathered(cooccurrence.crossed(NONE, sides, names, "side", "name")).empty


def test_the_papers_of_a_theme_come_surest_first_with_their_reasons():
    papers = titled(p1="Job-shop scheduling", p2="Stones", p3="Scheduling")
    found = summary_tables.assigned(papers, themes.assign_themes(papers), "scheduling")
    assert found["title"].tolist() == ["Job-shop scheduling", "Scheduling"]
    assert (found["score"].diff().dropna() <= 0).all()
    assert summary_tables.assigned(NONE, themes.assign_themes(NONE), "scheduling").empty

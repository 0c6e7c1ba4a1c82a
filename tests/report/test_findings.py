"""Sentences hold for no paper, one and many; their numbers come from the table; strangers' text shows and does nothing."""

import re
from dataclasses import replace

import mistune
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import categories, corpus, evidence, yearly

from litreview import schema
from litreview.analysis import cooccurrence, trends
from litreview.corpus import Corpus
from litreview.report import findings

slowly = settings(deadline=None, max_examples=60)  # how fast it is, is no matter of these tests
LABELS = {"a": "The first", "b": "The second"}


def counted(of: int, **sizes: int) -> pd.DataFrame:
    """A table like that of `trends.counts`."""
    return trends.with_share(pd.DataFrame([{"theme": name, "n": n, "of": of} for name, n in sizes.items()]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DPO", "DPO"),
        ("a*b_c", r"a\*b\_c"),
        ("<img src=x>", r"\<img src\=x\>"),
        ("[x](javascript:1)", r"\[x\]\(javascript\:1\)"),
        ("# not\na heading", r"\# not a heading"),
        ("$x$ `y` {{z}}", r"\$x\$ \`y\` \{\{z\}\}"),
        ("right\u202eleft\x00", "rightleft"),  # an override of direction, a control character
        ("Pokémon × 2", "Pokémon × 2"),
    ],
)
def test_a_strangers_text_is_escaped(text, expected):
    assert findings.escape(text) == expected


@slowly
@given(st.text())
def test_escaped_text_shows_as_it_is_and_makes_no_markup(text):
    page = mistune.html(f"T: {findings.escape(text)}")
    assert re.sub(r"&\w+;|&#\d+;", "", page).count("<") == 2  # the paragraph alone
    assert findings.escape(text).count("\n") == 0


def test_a_finding_is_text_and_markdown():
    finding = findings.bullets(["one", "", "two"])
    assert finding == "- one\n- two"
    assert finding._repr_markdown_() == finding


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({}, "No theme was found in these papers."),
        ({"a": 1}, "The most frequent theme is **the first**: 1 of 12 papers (8%, 95% interval 1–35%)."),
        (
            {"a": 5, "b": 3, "c": 1, "d": 1},
            "The most frequent theme is **the first**: 5 of 12 papers (42%, 95% interval 19–68%), "
            "then **the second** (3) and **C** (1).",
        ),
        (
            {"a": 2, "b": 2, "c": 1},
            "The most frequent themes are **the first** and **the second**, with 2 of 12 papers (17%, 95% interval 5–45%) each.",
        ),
        (
            dict.fromkeys("abcd", 1),
            "No theme stands out: 4 of them share the first place, with 1 of 12 papers (8%, 95% interval 1–35%) each.",
        ),
    ],
)
def test_the_largest_category(sizes, expected):
    table = counted(12, **sizes) if sizes else trends.counts(corpus(), categories("theme"), "theme")
    assert findings.largest(table, "theme", labels=LABELS) == expected


@pytest.mark.parametrize(
    ("n", "of", "expected"),
    [
        (0, 0, "No paper links to code."),
        (0, 1, "No paper links to code."),
        (0, 3, "Not one of 3 papers links to code."),
        (1, 3, "1 of 3 papers links to code."),
        (12, 12, "12 of 12 papers (100%, 95% interval 76–100%) link to code."),
    ],
)
def test_a_count_of_a_whole(n, of, expected):
    assert findings.count("link to code", n, of) == expected


def shares(**sizes: int) -> pd.DataFrame:
    whole = yearly(**sizes)
    first = [name for name in whole.papers["paper_id"] if name.endswith("_0")]
    return trends.shares_over_time(whole, categories("theme", a=first), "theme")


@pytest.mark.parametrize(
    ("sizes", "category", "expected"),
    [
        ({"y2021": 10, "y2022": 20}, "z", "No dated paper belongs to **Z**."),
        (
            {"y2021": 10, "y2022": 20},
            "a",
            "**The first**: 1 of 10 papers (10%, 95% interval 2–40%) in 2021, "
            "then 1 of 20 papers (5%, 95% interval 1–24%) in 2022, which is not over.",
        ),
        ({"y2022": 20}, "a", "**The first**: 1 of 20 papers (5%, 95% interval 1–24%) in 2022, which is not over."),
        (
            {"y2021": 2, "y2023": 3},
            "a",
            "**The first**: 2 dated papers (2021–2023); too few papers a period for a share.",
        ),
        ({"y2021": 2}, "a", "**The first**: 1 dated paper (2021); too few papers a period for a share."),
    ],
)
def test_a_share_over_time(sizes, category, expected):
    assert findings.over_time(shares(**sizes), "theme", category, LABELS) == expected


def test_a_change_beyond_chance_is_told_with_both_sides():
    whole = yearly(y2020=20, y2021=20)
    table = categories("theme", a=[f"y2021_{i}" for i in range(12)], b=["y2020_0"])
    assert findings.changed(trends.change(whole, table, "theme"), "theme", LABELS) == (
        "Between the 20 papers before 2021 and the 20 from then on, 1 of 2 shares changed: **The first** "
        "from 0 of 20 (0%) to 12 of 20 (60%), 60 points more (95% interval 33 to 78) "
        "(2 comparisons at 95%, of which one in twenty stands out by chance alone)."
    )


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"y2020": 10, "y2021": 10}, "no share changed by more than chance allows"),
        ({"y2020": 3, "y2021": 3}, "Too few dated papers to compare two periods."),
        ({}, "Too few dated papers to compare two periods."),
    ],
)
def test_no_change_is_told_as_such(sizes, expected):
    table = trends.change(yearly(**sizes), categories("theme", a=["y2020_0", "y2021_0"]), "theme")
    assert expected in findings.changed(table, "theme")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"a": ["p1"], "b": ["p2"]}, "No paper belongs to two of them."),
        (
            {"a": ["p1"], "b": ["p1"]},
            "**The first** and **the second** meet most often: 1 of 3 papers belongs to both, "
            "where 0.3 would be expected if the two were independent.",
        ),
        (
            {"a": ["p1", "p2"], "b": ["p1", "p2"]},
            "**The first** and **the second** meet most often: 2 of 3 papers belong to both, "
            "where 1.3 would be expected if the two were independent.",
        ),
    ],
)
def test_the_two_themes_that_meet_most(members, expected):
    table = cooccurrence.together(corpus(p1=None, p2=None, p3=None), categories("theme", **members), "theme")
    assert findings.overlaps(table, LABELS) == expected


def test_the_papers_of_a_theme_are_the_whole_where_one_is_asked_for():
    table = cooccurrence.together(
        corpus(p1=None, p2=None, p3=None), categories("theme", a=["p1", "p2"], b=["p1"], c=["p2", "p3"]), "theme"
    )
    assert findings.overlaps(table, LABELS, of="b").startswith(
        "**The second** meets **the first** most often: 1 of 1 paper"
    )


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([], "No paper has one of each."),
        (["p1"], "No pair meets in more than one paper; 1 pair meets in one."),
        (["p1", "p2"], "**The first** and **MMLU** meet most often, in 2 of 2 papers that have one of each."),
    ],
)
def test_the_fullest_cell(papers, expected):
    names = evidence(*((paper, "evaluated_on", "MMLU") for paper in papers))
    table = cooccurrence.crossed(corpus(p1=None, p2=None), categories("theme", a=["p1", "p2"]), names, "theme", "name")
    assert findings.meeting(table, LABELS) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "No name was found, so none stands in more than one group."),
        ([("DPO", 1, 3)], "The one name that was found stands in one group only."),
        ([("DPO", 1, 3), ("PPO", 1, 1)], "Not one of 2 names stands in more than one group."),
        ([("DPO", 2, 3), ("PPO", 1, 1)], "1 of 2 names stands in more than one group: **DPO**."),
        ([("A*", 2, 3), ("PPO", 2, 1)], r"2 of 2 names stand in more than one group: **A\*** and **PPO**."),
    ],
)
def test_names_in_common(rows, expected):
    assert findings.in_common(pd.DataFrame(rows, columns=["column", "rows", "n"])) == expected


def test_the_overlap_of_files():
    whole = corpus(p1=None, p2=None)
    assert findings.pages(cooccurrence.file_overlap(corpus())) == "No paper, so no overlap of files."
    assert findings.pages(cooccurrence.file_overlap(whole)) == "2 of 2 papers stand in one file only."


def test_the_vocabulary_of_each_group():
    row = {"group": "a", "term": "nash", "z": 4.25, "paper_id": "p", "quote": "q", "n_in": 1, "of_in": 1, "n_out": 0}
    table = schema.shape([{**row, "of_out": 1}], schema.TERMS)
    assert findings.vocabulary(table, LABELS) == "- **The first**: *nash* (z = 4.2)."
    assert findings.vocabulary(schema.empty(schema.TERMS)) == "No group has a term that sets it apart."


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        (corpus(), "No paper is left to look at."),
        (
            corpus(p1=None),
            "1 paper from 1 saved file whose queries are unknown: what is said here holds for this pile of papers, not "
            "for the field, and the intervals, which speak of chance alone, do not cover that. No paper here has a date.",
        ),
        (corpus(p1="2021-03-04", p2=None), "1 paper has none and stays out of every trend."),
        (corpus(p1="2021-03-04", p2=None, p3=None), "2 papers have none and stay out of every trend."),
        (corpus(p1="2021-03-04"), "The latest paper of these files is of 4 March 2021, so 2021 counts as not over."),
        (
            corpus(p1="2021-03-04", p2="2019-01-01", p3=None).between(2020, 2022),
            "Only papers from 2020 on and up to the end of 2022 are in; 1 undated paper left with that limit.",
        ),
        (corpus(p1="2021-03-04").between(until=2022), "Only papers up to the end of 2022 are in."),
        (corpus(p1="2021-03-04").between(since=2022), "Only papers from 2022 on are in."),
    ],
)
def test_the_frame_names_the_pile_its_dates_and_its_limits(papers, expected):
    assert expected in findings.frame(papers)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [("day", "is of 1 February 2025"), ("month", "is of February 2025"), ("year", "is of 2025")],
)
def test_the_latest_date_is_told_as_exactly_as_it_is_known(precision, expected):
    pile = corpus(p1="2025-02-01", p2="2019-01-01")
    pile = replace(pile, papers=pile.papers.assign(date_precision=[precision, "day"]))
    narrowed = pile.between(until=2020)
    for papers in (pile, narrowed, narrowed.where(["p2"]), narrowed | narrowed):
        assert f"{expected}, so 2025" in findings.dates(papers)


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        (["a.bib:1", "a.bib:2"], "Dates are those that the records give."),
        (["metadata.csv", "metadata.csv"], "Dates are those of first submission to arXiv, looked up by title."),
        (
            ["a.bib:1", "metadata.csv"],
            "Of 2 dates, 1 is of first submission to arXiv, looked up by title; the records give the others.",
        ),
        (
            ["a.bib:1", "corrections.csv, line 2"],
            "Of 2 dates, 1 is set by hand in corrections.csv; the records give the others.",
        ),
        (
            ["metadata.csv", "corrections.csv, line 2"],
            "Of 2 dates, 1 is of first submission to arXiv, looked up by title and 1 is set by hand in corrections.csv.",
        ),
    ],
)
def test_it_is_told_where_the_dates_come_from(origins, expected):
    pile = corpus(p1="2021-03-04", p2="2021-03-05")
    rows = [{"paper_id": name, "published": origin} for name, origin in zip(("p1", "p2"), origins, strict=True)]
    pile = replace(pile, origins=schema.shape(rows, schema.ORIGINS))
    assert findings.dates(pile).startswith(f"{expected} The latest")


NOBODY = " Nobody noted the query behind any file, so nobody can say which papers had a chance to be there."


@pytest.mark.parametrize(
    ("known", "query", "expected"),
    [
        ({}, "unknown", f"none has authors, none has an identifier and none has a date of its own.{NOBODY}"),
        (
            {"authors": ["Ada Ng", "Bo Li"], "doi": [None, "10.1/x"]},
            "offline RL",
            "2 have authors, 1 has an identifier and none has a date of its own.",
        ),
    ],
)
def test_what_the_records_bring_along_is_told_of_any_kind_of_file(known, query, expected):
    pile = corpus(p1=None, p2=None)
    row = {"source_file": "a.txt", "where_from": "x", "query": query, "listed_on": "unknown"}
    records = schema.shape(pile.records.assign(format="bibtex", **known), schema.RECORDS)
    pile = replace(pile, records=records, sources=schema.shape([row], schema.SOURCES))
    assert findings.given(pile) == f"Of 2 records (bibtex), {expected}"
    assert findings.given(replace(pile, records=records.head(0))) == "No record is here."


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ([], ""),
        (["A", "B"], "Every paper has a title."),
        (["A", ""], "1 of 2 papers has no title and stands here as “(no title)”."),
        (["", ""], "2 of 2 papers have no title and stand here as “(no title)”."),
    ],
)
def test_papers_without_a_title_are_counted(titles, expected):
    pile = corpus(**{f"p{place}": None for place in range(len(titles))})
    assert findings.untitled(replace(pile, papers=pile.papers.assign(title=titles))) == expected


def test_a_known_query_is_told():
    sources = schema.shape(
        [{"source_file": "a.txt", "where_from": "x", "query": "offline RL", "listed_on": "unknown"}], schema.SOURCES
    )
    papers = corpus(p1="2021-03-04")
    known = Corpus(papers.papers, papers.records, papers.ledger, papers.rejected, sources)
    assert "1 saved file with 1 known query" in findings.frame(known)


def test_the_account_closes_and_names_the_papers_looked_at():
    papers = corpus(p1="2021-03-04", p2=None)
    expected = "Records in 1 file: 2 found = 2 loaded + 0 merged with one of these + 0 rejected. This report looks at"
    assert findings.looked_at(papers) == f"{expected} 2 papers."
    assert findings.looked_at(papers.between(since=2021)) == f"{expected} 1 paper."
    assert findings.looked_at(papers.where([])) == f"{expected} no paper."
    both = replace(papers.where(["p1"]), records=papers.records.assign(paper_id="p1"))
    assert findings.looked_at(both) == f"{expected} 1 paper, with 1 further version of a work."


SPOKEN = re.compile(r"\b(nan|NaN|NaT|None|inf)\b|\b0 papers\b|\b1 papers\b|\s[.,;]|\(\)|  ")
papers = st.dictionaries(
    st.sampled_from([f"p{i}" for i in range(30)]), st.none() | st.sampled_from([f"20{y}-05-01" for y in range(18, 26)])
)
pairs = st.lists(st.tuples(st.sampled_from([f"p{i}" for i in range(30)]), st.sampled_from("abc")))


@slowly
@given(papers, pairs)
def test_whatever_the_corpus_the_sentences_read_well(dates, found):
    whole = corpus(**dates)
    table = pd.DataFrame(found, columns=["paper_id", "theme"], dtype="str")
    said = [
        findings.frame(whole),
        findings.looked_at(whole),
        findings.largest(trends.counts(whole, table, "theme"), "theme"),
        findings.over_time(trends.shares_over_time(whole, table, "theme"), "theme", "a"),
        findings.changed(trends.change(whole, table, "theme"), "theme"),
        findings.overlaps(cooccurrence.together(whole, table, "theme")),
        findings.pages(cooccurrence.file_overlap(whole)),
    ]
    for sentence in said:
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence.startswith("**")
        assert sentence.endswith(".")
        assert not SPOKEN.search(sentence), sentence


@pytest.mark.parametrize(
    ("f1", "expected"),
    [
        ({}, "No labelled paper has anything to compare."),
        ({"link": None}, "No labelled paper has anything to compare."),
        ({"link": 0.5}, "The rules are equally sure of all: **Link** (F1 0.50, 95% interval 0.40–0.60)."),
        (
            {"link": 1.0, "claim": 0.5, "themes": 0.7},
            "Of 3 kinds, the rules are surest of **Link** (F1 1.00, 95% interval 0.40–0.60), "
            "and least sure of **Claim** (F1 0.50, 95% interval 0.40–0.60).",
        ),
        (
            {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0, "x_y": 0.5, "z": 0.501},
            "Of 6 kinds, the rules are surest of 4 of them (F1 1.00), and least sure of **X y** and **Z** (F1 0.50).",
        ),
    ],
)
def test_scores_name_the_best_and_the_worst(f1, expected):
    table = pd.DataFrame({"kind": list(f1), "f1": pd.Series(list(f1.values()), dtype="float64")}).assign(
        low=0.4, high=0.6
    )
    assert findings.scored(table, "kind") == expected


def test_scores_name_the_labels_they_are_on_and_give_no_interval_that_they_lack():
    table = pd.DataFrame({"kind": ["link", "claim"], "f1": [1.0, 0.5]})
    said = "On labels kept aside, of 2 kinds, the rules are surest of **Link** (F1 1.00), and least sure of **Claim** (F1 0.50)."
    assert findings.scored(table, "kind", on="labels kept aside") == said


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([], "no dates"),
        ([("2021-05-03", "day")], "May 2021"),
        ([("2021-05-03", "day"), ("2021-05-30", "day")], "May 2021"),
        # a year that is known alone gets no month
        ([("2020-01-01", "year"), ("2021-05-01", "month")], "2020 to May 2021"),
        ([("2021-05-01", "month"), (None, None)], "May 2021, 1 without a date"),
        ([(None, None)], "no dates, 1 without a date"),
    ],
)
def test_the_time_that_papers_cover_is_told_as_well_as_it_is_known(dates, words):
    rows = [
        {
            "paper_id": str(n),
            "title": "T",
            "abstract": "",
            "n_records": 1,
            "published": date,
            "date_precision": precision,
        }
        for n, (date, precision) in enumerate(dates)
    ]
    papers = schema.shape(rows, schema.PAPERS) if rows else schema.empty(schema.PAPERS)
    tables = [schema.empty(table) for table in (schema.RECORDS, schema.LEDGER, schema.REJECTED)]
    assert findings.covered(Corpus(papers, *tables)) == words

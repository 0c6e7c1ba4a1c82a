"""Sentences hold for no paper, one and many; their numbers come from the table; strangers' text does nothing."""

import html
import re
from dataclasses import replace

import mistune
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented import PAPERS, THEMES, categories, corpus, corpus_of

from litreview.analysis import cooccurrence, shares
from litreview.report import findings
from litreview.text.escaping import visible

PERIOD = corpus(p1="2021-03-04", p2="2019-01-01", p3=None).between(2020, 2022)
LABELS = {"a": "The first", "b": "The second"}
FIRST, NONE = "The most frequent theme is **the first**: 5 of 12 papers (42%)", "No theme stands out:"


def counted(of: int, **sizes: int) -> pd.DataFrame:
    """A table like that of `shares.counts`."""
    rows = pd.DataFrame({"theme": [*sizes], "n": [*sizes.values()]}).assign(of=of, named=of)
    return shares.with_share(rows)


@settings(max_examples=25)
@given(st.text())
@example("<img src=x> [x](javascript:1)")
@example("# not\na heading")
@example("$x$ `y` {{z}}")
def test_escaped_text_shows_as_it_is_and_makes_no_markup(text):
    page = mistune.html(f"T: {findings.escape_markdown(text)}")
    assert html.unescape(page) == f"<p>{f'T: {visible(text)}'.rstrip()}</p>\n"


def test_a_finding_shows_what_would_act_also_where_a_notebook_forgets_to_escape():
    text = r"<b> \<b> \\<b> [x](javascript:1) [a]: b ![i](//e.org) $x$ {{y}} [**ok**](#ref-1) [w](https://e.org)"
    text = f"\u202e\x1b[31m{text}"
    said = "&lt;b&gt; &lt;b&gt; \\&lt;b&gt; [x](javascript:1) [a]: b ![i](//e.org) $x$ {{y}}"
    said = re.sub(r"[\\$]", r"<span>\g<0></span>", said)  # in which MathJax finds no formula
    links = '<a href="#ref-1"><strong>ok</strong></a> <a href="https://e.org">w</a>'
    assert mistune.html(findings.Finding(text)._repr_markdown_()) == f"<p>{said} {links}</p>\n"


LARGEST = [
    ({}, ""),  # nothing to say
    ({"a": 2, "b": 1}, "No theme stands out: none has more than 2 papers."),
    # equals are named together, or not at all
    ({"a": 5, "b": 3, "c": 3}, f"{FIRST}, then **the second** (3) and **C** (3)."),
    ({"a": 5, "b": 3, "c": 1, "d": 1}, f"{FIRST}, then **the second** (3)."),
    (dict.fromkeys("abcd", 3), f"{NONE} 4 of them share the first place, each with 3 of 12 papers (25%)."),
]


@pytest.mark.parametrize(("sizes", "expected"), LARGEST)
def test_the_largest_category(sizes, expected):
    assert findings.largest(counted(12, **sizes), "theme", labels=LABELS) == expected


COUNTS = [
    (0, 0, "No paper"),
    (0, 1, "Not one of 1 paper"),
    (0, 3, "Not one of 3 papers"),
    (1, 3, "1 of 3 papers"),
    (12, 12, "12 of 12 papers (100%)"),
]


@pytest.mark.parametrize(("n", "of", "expected"), COUNTS)
def test_a_count_of_a_whole(n, of, expected):
    assert findings.count("link to code", n, of) == f"{expected} link{'s' if n < 2 else ''} to code."


OVERLAPS = [
    (["p1", "p2", ""], "", "No paper belongs to two of them."),
    (
        ["p1", "p1", ""],
        "",
        "The largest overlap is of **The first** with **the second**: 1 of 3 papers, 0.3 expected",
    ),
    (["p1", "p1 p2", "p2"], "b", "**the first** and **C**: 1 of 2 papers each, 0.7 and 0.7 expected"),
    (["p1", "p1 p2", "p2"], "", "No pair stands out: 2 pairs share 1 of 3 papers each."),
    (["p1 p2", "p1", "p2 p3"], "b", "**the first**: 1 of 1 paper, 0.7 expected if themes were independent."),
]


@pytest.mark.parametrize(("members", "of", "expected"), OVERLAPS)
def test_the_largest_overlap_of_two_themes(members, of, expected):
    members = categories("theme", **{name: papers.split() for name, papers in zip("abc", members, strict=True)})
    table = cooccurrence.together(corpus(p1=None, p2=None, p3=None), members, "theme")
    assert expected in findings.largest_overlap(table, LABELS, of=of)


FRAMES = [
    (corpus(), "No paper is left to look at."),
    (corpus(p1=None), "1 paper from 1 saved file whose queries are unknown, counted in full: the results hold for"),
    (corpus(p1=None), "for this corpus, not for the field. No paper here has a date."),
    (corpus(p1="2021-03-04", p2=None, p3=None), "; 2 undated papers stay out of every trend."),
    (corpus(p1="2021-03-04"), "The latest paper of these files is of 4 March 2021, so 2021 counts as unfinished."),
    (PERIOD, "Only papers from 2020 on and up to the end of 2022 are included, without 1 undated paper."),
]


@pytest.mark.parametrize(("papers", "expected"), FRAMES)
def test_the_frame_names_the_corpus_its_dates_and_its_limits(papers, expected):
    assert expected in findings.sampling_frame(papers)


def test_the_ledger_adds_up_and_the_papers_looked_at_are_named():
    papers = corpus(p1="2021-03-04", p2=None)
    expected = "Records in 1 file: 2 found = 2 loaded + 0 merged with one of these + 0 rejected. This report looks at"
    assert findings.ledger_totals(papers) == f"{expected} 2 papers."
    assert findings.ledger_totals(papers.between(since=2021)) == f"{expected} 1 paper."
    both = replace(papers.where(["p1"]), records=papers.records.assign(paper_id="p1"))
    assert findings.ledger_totals(both) == f"{expected} 1 paper, with 1 further version of a work."


SPOKEN = re.compile(r"\b(nan|NaN|NaT|None|inf)\b|\b0 papers\b|\b1 papers\b|\s[.,;]|\(\)|  ")


@settings(max_examples=25)
@given(PAPERS, THEMES)
def test_whatever_the_corpus_the_sentences_read_well(dates, found):
    whole = corpus(**dates)
    table = pd.DataFrame(found, columns=["paper_id", "theme"], dtype="str")
    said = [
        findings.sampling_frame(whole),
        findings.sampling_frame(whole.between(2022)),
        findings.date_basis(whole.between(2022)),
        findings.ledger_totals(whole),
        findings.largest(shares.counts(whole, table, "theme"), "theme"),
        findings.largest_overlap(cooccurrence.together(whole, table, "theme")),
        findings.compared_corpora(whole.between(2022), whole),
    ]
    for sentence in filter(None, said):
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence.startswith("**")
        assert sentence.endswith(".")
        assert not SPOKEN.search(sentence), sentence


SCORES = [
    ([None], "", "No labelled paper has anything to compare."),
    ([0.5], "", "The rules are equally good at **Link** (F1 0.50)."),
    ([1.0, 0.5], "labels kept aside", "On labels kept aside, the rules are best at **Link** (F1 1.00) and worst"),
    ([1.0, 0.5, 0.5], "", " and worst at **Claim** and **Themes** (F1 0.50)."),
]


@pytest.mark.parametrize(("f1", "on", "expected"), SCORES)
def test_scores_name_the_best_and_the_worst(f1, on, expected):
    table = pd.DataFrame({"kind": ["link", "claim", "themes"][: len(f1)], "f1": pd.Series(f1, dtype="float64")})
    assert expected in findings.best_and_worst(table, "kind", on=on)


COVERED = [
    ([], "no dates"),
    ([("2021-05-03", "day"), ("2021-05-30", "day")], "May 2021"),
    # a year that is known alone gets no month
    ([("2020-01-01", "year"), ("2021-05-01", "month")], "2020 to May 2021"),
    ([(None, None)], "no dates"),
]


@pytest.mark.parametrize(("dates", "words"), COVERED)
def test_the_time_that_papers_cover_is_told_as_exactly_as_it_is_known(dates, words):
    facts = ({"published": day, "date_precision": precise} for day, precise in dates)
    papers = corpus_of(*(each | {"paper_id": str(n)} for n, each in enumerate(facts)))
    assert findings.covered(papers) == words
    made = findings.provenance(papers, papers)._repr_markdown_()
    assert made[1] == {"papers": len(dates), "frame": words}


def test_what_is_compared_is_named_by_its_checksum():
    old, new = corpus(a=None), corpus(a=None, b=None)
    told = f"Corpus `{old.checksum}` of 1 paper is compared with corpus `{new.checksum}` of 2 papers."
    assert findings.compared_corpora(old, new) == told
    assert "nothing to compare it with yet" in findings.compared_corpora(None, new)


def test_changed_papers_are_counted():
    changes = pd.DataFrame({"change": ["gone", "new", "new", "new"], "paper_id": list("cabb")})
    assert findings.change_counts(changes) == "Papers: 1 gone and 2 new."
    assert findings.change_counts(changes[:0]) == "No paper changed."

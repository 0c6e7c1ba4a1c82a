"""A card shows all that is known of a paper, marks its abstract without changing a letter, and lets nothing run."""

import html
import re
from dataclasses import fields

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import ONE, corpus_of, shaped

from litreview import schema
from litreview.corpus.cleaning import clean
from litreview.report import paper_cards
from litreview.report.page_safety import clean_html
from litreview.report.paper_cards import MARKS, cards, highlighted, paged
from litreview.review import DERIVED, Review
from litreview.text.escaping import visible

HOSTILE = '<img src=x onerror="alert(1)"></p></article><script>alert(1)</script>\u202e{{7*7}} [a](javascript:x)'
ID = {"paper_id": "2305.18290"}
ABSTRACT = "We propose DPO, which beats PPO by 12% on TL;DR. Code: https://example.org/dpo"


def text_of(source: str) -> str:
    """What a reader of the HTML sees, without what style sheets add."""
    return html.unescape(re.sub(r"<[^>]*>", "", source))


SPANS = [
    ("", [(0, 0, "claim")], ""),
    ("a < b", [], "a &lt; b"),
    # one inside the other: the sign of the outer one stands where it ends
    ("a DPO b", [(0, 7, "theme"), (2, 5, "introduces")], "[theme|a ][introduces theme/new|DPO][theme/theme| b]"),
    # crossing
    ("abc", [(0, 2, "studies"), (1, 3, "link")], "[studies|a][studies link/studied|b][link/link|c]"),
    # outside the text, empty, or the wrong way round: left out
    ("abc", [(2, 9, "claim"), (1, 1, "claim"), (2, 1, "claim"), (-1, 2, "claim")], "abc"),
    ("<b>&", [(0, 3, "claim")], "[claim/figure|&lt;b&gt;]&amp;"),
    ("a\u202eb", [(0, 3, "link")], "[link/link|ab]"),  # no direction overrides
]


@pytest.mark.parametrize(("text", "spans", "expected"), SPANS)
def test_spans_are_marked_where_they_stand(text, spans, expected):
    marked = re.sub(r'<mark class="([^"]+)">', r"[\1|", highlighted(text, spans)).replace("</mark>", "]")
    assert re.sub(r'<mark class="([^"]+)" data-signs="([^"]+)">', r"[\1/\2|", marked) == expected


@given(
    st.text().map(clean).filter(lambda text: text == visible(text)),
    st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60), st.sampled_from(sorted(MARKS)))),
)
def test_marking_changes_no_letter_of_an_abstract(text, spans):
    assert text_of(highlighted(text, spans)) == text


def evidence_row(kind: str, text: str, name: str = "", of: str = ABSTRACT) -> dict:
    place = {"field": "abstract", "start": of.index(text), "end": of.index(text) + len(text)}
    return {**ID, "kind": kind, "text": text, "name": name or text, "quote": of, "rule": "a rule", **place}


PLACE = {"quote": "Direct preference optimization", "field": "title", "start": 7, "end": 17}
THEME = {**ID, "theme": "preference_optimization", "score": 5.0, "rule": "names it", **PLACE}
NEAR = {**ID, "neighbour_id": "2401.00001", "rank": 1, "similarity": 0.5, "shared": "a; b"}
WORK = {**ID, "contribution": "method", "rule": "proposes", "quote": "We propose."}


def cards_of(papers: list[dict], near: list[dict] = [], **tables: list[dict]) -> str:  # noqa: B006
    """The cards of these papers, of which the rules found this."""
    corpus = corpus_of(*({"date_precision": "day", **paper} for paper in papers))
    kept = {name: shaped(getattr(schema, name.upper()), tables.get(name, [])) for name in DERIVED}
    review = Review(**{each.name: getattr(corpus, each.name) for each in fields(corpus)} | {"kept": kept})
    return cards(review, shaped(schema.NEIGHBOURS, near)).source


def shown(papers: list[dict], **tables: list[dict]) -> str:
    """The cards as a page lets them through."""
    return clean_html(cards_of(papers, **tables))


EVIDENCE = [("introduces", "DPO"), ("compares_to", "PPO", "proximal policy optimization"), ("claim", "12%")]
EVIDENCE += [("link", "https://example.org/dpo")]
DPO = ONE | {"abstract": ABSTRACT, "authors": "Rafael Rafailov; Chelsea Finn"}


@pytest.mark.parametrize(("word", "n"), [("include", 1), ("open", 0)])  # no filter before the first decision
def test_cards_are_filtered_by_decision_once_there_is_one(word, n, monkeypatch):
    monkeypatch.setattr(paper_cards, "decisions_by_paper", lambda one: pd.Series([word], one.papers["paper_id"]))
    assert shown([DPO]).count('<li data-filter="Decision">Include</li>') == n


def test_a_card_has_all_that_is_known_of_a_paper():
    page = shown(
        [DPO, {"paper_id": "2401.00001", "title": "Another paper", "published": pd.Timestamp("2024-01-01")}],
        themes=[THEME],
        evidence=[evidence_row(*row) for row in EVIDENCE],
        contribution=[WORK],
        near=[NEAR],
    )
    card = page[page.index('<h4 id="paper-2305.18290">') :]
    for part in (
        "Rafael Rafailov, Chelsea Finn.",
        '<span data-filter="Year" data-value="2023">29 May 2023</span>. <i>NeurIPS 2023.</i>',
        '<a href="https://arxiv.org/abs/2305.18290">arXiv:2305.18290</a>',
        '<li data-filter="Contribution">Method</li>',
        '<li data-filter="Theme">Preference optimization</li>',
        '<mark class="introduces" data-signs="new">DPO</mark>',
        "<dt>Introduces</dt><dd>DPO</dd>",
        "<dt>Compares with</dt><dd>proximal policy optimization</dd>",
        "<dt>Claims</dt><dd>12% (“",
        '<dt>Links to</dt><dd><a href="https://example.org/dpo"',
        "<dt>Method</dt><dd>proposes: “We propose.”</dd>",
        "<dd>names it: “Direct <mark>preference</mark> optimization”</dd>",
        '<a href="#paper-2401.00001">Another paper</a> (“Another paper”, 2024); both say a; b',
    ):
        assert part in card


UNKNOWN = [
    ({}, '<p>Authors unknown. <span data-filter="Year" data-value="Undated">Undated</span>'),
    ({}, 'Contribution">Not said</li><li data-filter="Theme">No theme</li></ul><p>No abstract was'),
    ({"published": pd.Timestamp("2023-05-01"), "date_precision": "month"}, ">May 2023<"),
    ({"published": pd.Timestamp("2023-01-01"), "date_precision": "year"}, ">2023<"),
    ({"authors": "B, A."}, "<p>B, A. <span"),  # one full stop
    ({"venue": "J. Mach. Learn. Res."}, "<i>J. Mach. Learn. Res.</i><"),
    ({"title": ""}, ">(no title)</h4>"),
]


@pytest.mark.parametrize(("paper", "expected"), UNKNOWN)
def test_what_is_not_known_is_said(paper, expected):
    assert expected in shown([{"paper_id": "x", **paper}])


def test_strangers_text_is_text_everywhere():
    paper = dict.fromkeys(["paper_id", "title", "abstract", "authors", "venue", "url", "arxiv_id"], HOSTILE)
    row = evidence_row("introduces", HOSTILE, of=HOSTILE) | {"paper_id": HOSTILE, "rule": HOSTILE}
    texts = dict.fromkeys(["paper_id", "rule", "quote"], HOSTILE)
    page = shown(
        [paper],
        themes=[THEME | texts | {"theme": HOSTILE}],
        evidence=[row, row | {"kind": "link"}, row | {"kind": "claim"}],
        contribution=[WORK | texts | {"contribution": HOSTILE}],
        near=[NEAR | dict.fromkeys(["paper_id", "neighbour_id", "shared"], HOSTILE)],
    )
    assert page.count("<article") == page.count("</article>") == 1
    assert not re.search(r"<script|<img|href=\"javascript|\u202e", page)
    assert page.count("&lt;script&gt;") > 15


def test_cards_that_are_too_many_have_a_page_a_year_and_a_list_leads_to_them(monkeypatch):
    monkeypatch.setattr(paper_cards, "LARGE", 1_000)
    dates = {f"p{number}": f"{2020 + number % 2}-01-01" for number in range(8)} | {"p8": None}
    papers = [{"paper_id": name, "published": date, "abstract": ABSTRACT} for name, date in dates.items()]
    source = cards_of(papers, [{"paper_id": "p0", "neighbour_id": "p1", "rank": 1, "similarity": 0.5, "shared": ""}])
    listed, pages = paged(source, "papers")
    assert {*pages} == {"papers-2020-1", "papers-2020-2", "papers-2021-1", "papers-2021-2", "papers-undated"}
    assert all(len(page) < 2_000 for page in pages.values())
    for name in dates:
        (home,) = [page for page, shown in pages.items() if f'<h4 id="paper-{name}">' in shown]
        assert f'id="paper-{name}"><a href="{home}.html#paper-{name}">' in listed
        if name == "p1":
            assert f'href="{home}.html#paper-p1"' in pages["papers-2020-1"]  # a neighbour on another page
    monkeypatch.setattr(paper_cards, "LARGE", 100)
    assert paged(source, "papers")[0].count("<h3>") == len(paged(source, "papers")[1])  # the years alone
    assert paged("<p>other</p>" * 100, "papers") == ("<p>other</p>" * 100, {})

"""The evidence table over whole corpora: every row in its place, in the clean and the raw text, whatever the style."""

from contextlib import nullcontext
from dataclasses import replace

import invented
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import corrected

import litreview
from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.errors import CurationError
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.extraction import AS_WRITTEN, KINDS

TEX = r"We propose \FooNet, a \textbf{fast} method. It improves accuracy by 82.9\% on Pok\'emon over DPO."


def corpus_of(*texts: tuple[str, str]) -> Corpus:
    """A corpus of papers with these raw titles and abstracts, named p0, p1, …"""
    papers, records = [], []
    for n, (title, text) in enumerate(texts):
        names = {"paper_id": f"p{n}", "source_file": "a", "source_line": n}
        papers += [{"title": clean(title), "abstract": clean(text), "abstract_from": f"a:{n}"} | names]
        records += [{"record_id": f"a:{n}", "title_raw": title, "abstract_raw": text} | names]
    return replace(invented.corpus_of(*papers), records=invented.shaped(schema.RECORDS, records))


def check_places(corpus: Corpus, evidence: pd.DataFrame) -> None:
    """Every row's text stands where the row says, and its raw place cleans to something that holds it."""
    papers = corpus.papers.set_index("paper_id")
    raw = corpus.records[corpus.records["merged_into"].isna()].drop_duplicates("paper_id").set_index("paper_id")
    for row in evidence.itertuples():
        assert papers.loc[row.paper_id, row.field][row.start : row.end] == row.text
        assert row.text.strip() == row.text != ""
        assert row.text in row.quote
        if row.field == "abstract" and pd.isna(papers.loc[row.paper_id, "abstract_from"]):
            assert pd.isna(row.raw_start)
        else:
            assert 0 <= row.raw_start < row.raw_end <= len(raw.loc[row.paper_id, f"{row.field}_raw"])


ONE = corpus_of(("Title", TEX))
SENTENCES = ("problem", "finding", "limitation")


@pytest.fixture(scope="module")
def evidence(corpus: Corpus) -> pd.DataFrame:
    return extract_evidence(corpus)


def test_every_row_stands_in_its_place_and_the_raw_place_holds_the_text_as_it_came(corpus, evidence):
    check_places(corpus, evidence)
    raw = corpus.records[corpus.records["merged_into"].isna()].drop_duplicates("paper_id").set_index("paper_id")
    differ = [
        (row.text, source)
        for row in evidence[~evidence["kind"].isin(SENTENCES) & evidence["raw_start"].notna()].itertuples()
        if (source := raw.loc[row.paper_id, f"{row.field}_raw"][row.raw_start : row.raw_end]) != row.text
    ]
    assert 0 < len(differ) < len(evidence) / 10
    signs = ("times", "\\", "mathcal", "left", "{", "}", "rightarrow", "~", "--")
    assert [pair for pair in differ if not any(sign in pair[1] for sign in signs)] == []


def test_a_name_has_one_row_a_paper_and_kind(evidence):
    named = evidence[~evidence["kind"].isin(AS_WRITTEN)]
    assert not named.assign(key=named["text"].str.casefold()).duplicated(["paper_id", "kind", "key"]).any()


def test_rows_stand_in_the_order_of_papers_kinds_and_text(corpus, evidence):
    order = evidence["paper_id"].map({name: n for n, name in enumerate(corpus.papers["paper_id"])})
    kinds, fields = evidence["kind"].map(KINDS.index), (evidence["field"] != "title").astype(int)
    places = evidence["start"].mask(evidence["kind"].isin(SENTENCES), 0)  # best first
    keys = list(zip(order, kinds, fields, places, strict=True))
    assert keys == sorted(keys)


def test_each_paper_stands_alone(corpus, evidence):
    some = litreview.load_corpus().where(list(corpus.papers["paper_id"][::40]))  # no table kept beside it
    alone = evidence[evidence["paper_id"].isin(some.papers["paper_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(extract_evidence(some), alone)


def test_a_paper_with_nothing_to_go_by_has_no_kind_of_contribution():
    read = ("A Survey of Sorting", ""), ("Untitled", "Lists are long.")  # a title with a cue; something was read
    assert classify_contribution(corpus_of(("Untitled", ""), ("", " "), *read))["paper_id"].tolist() == ["p2", "p3"]


def test_aliases_share_a_name_and_keep_their_text():
    long = "reinforcement learning from human feedback"
    evidence = extract_evidence(corpus_of(("A", "We compare it with RLHF."), ("B", f"We compare it with {long}.")))
    assert list(evidence["text"]) == ["RLHF", long]
    assert list(evidence["name"]) == ["RLHF", "RLHF"]


def test_tex_is_cleaned_in_the_text_and_kept_in_the_raw_place():
    evidence = extract_evidence(ONE).set_index("kind")
    check_places(ONE, evidence.reset_index())
    claim = evidence.loc["claim"]
    assert claim["text"] == "82.9%"
    assert TEX[claim["raw_start"] : claim["raw_end"]] == r"82.9\%"
    assert evidence.loc["introduces", "text"] == "FooNet"


def test_a_claim_is_quoted_by_its_clause():
    gains, faster = "Our solver gains 7%, 4%, and 3%", "Foo is ours, and our net is 4 times faster"
    evidence = extract_evidence(corpus_of(("T", f"{gains}, and reduces nothing. {faster}; no more.")))
    assert evidence.query("kind == 'claim'")["quote"].tolist() == [gains] * 3 + [faster]


STYLES = [
    " ",
    "WE PROPOSE GPS, A GRAPH SCHEDULER, WHICH OUTPERFORMS EDF-VD BY 17% ON RANDOM TASK SETS.",  # all capitals
    "we propose foonet, a network, which outperforms dpo by 3% on imagenet.",  # no capitals
    r"We prove $\mathcal{O}\left(\sqrt{\frac{SAT}{H}}\right)$ and $\Omega(2^{H})$ for $\gamma \to 1$.",  # TeX maths
    "Wir schlagen FooNetz vor. Nous proposons QUIX. 提案手法はABCを上回る。",  # not English
    "((((((((((DPO))))))))))[[[]]](((",  # brackets that never close
    "We propose (X) (Y) (Z). " * 50,
    "We propose FooNet, a method. " * 800,  # 5,000 words
    "we-" * 5000,
    "1.2.3.4 %%% ×××" * 200,
    "\x00\u202e\ud7ff\U0001f600 O(" * 20,
]


@pytest.mark.parametrize("abstract", STYLES)
def test_any_style_yields_what_it_has_and_never_fails(abstract):
    corpus = corpus_of(("", abstract), (abstract[:500], "We propose FooNet, a network."))
    check_places(corpus, extract_evidence(corpus))
    read = 2 if abstract.strip() else 1  # no title, no abstract: nothing to go by
    assert len(classify_contribution(corpus)) == read


def test_an_empty_corpus_gives_empty_tables():
    assert extract_evidence(corpus_of()).columns.tolist() == schema.EVIDENCE.names
    assert len(classify_contribution(corpus_of())) == 0


PHRASES = (
    'we propose our method DPO PPO FooNet (FN) outperforms than , . ; : - — called "X" ImageNet on the dataset 3% 4× '
    "2.5 to O( sqrt T ) https://github.com/a/b. which and BERT a new state-of-the-art \\% {x} RLHF policy learning"
)
WORDS = st.sampled_from(PHRASES.split(" "))


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=80))
def test_places_hold_for_any_text(abstract, noise):
    corpus = corpus_of((abstract[:60], abstract), (noise, noise + " " + abstract))
    check_places(corpus, extract_evidence(corpus))


OVERRULED = [
    ("compares_to", "DPO", []),
    ("studies", "DPO", ["compares_to"]),  # not the role that the rules gave: nothing to take out
    ("studies", "+DPO", ["studies"]),
]
BY_HAND = [
    ("survey_or_position", TEX[:9], ""),
    ("review", TEX[:9], "line 2, column 'field': 'review'"),
    ("theory", "no such words", "line 2, column 'value': 'no such words'"),
]


@pytest.mark.parametrize(("field", "value", "roles"), OVERRULED)
def test_a_fact_that_a_person_overruled_is_left_out_or_has_another_role(tmp_path, field, value, roles):
    kept = extract_evidence(corrected(ONE, tmp_path, ("p0", "fact", field, value)))
    assert kept.loc[kept["text"] == "DPO", "kind"].tolist() == roles


@pytest.mark.parametrize(("field", "value", "told"), BY_HAND)
def test_a_person_can_say_of_what_kind_a_paper_is_by_its_words(tmp_path, field, value, told):
    with pytest.raises(CurationError, match=told) if told else nullcontext():
        table = classify_contribution(corrected(ONE, tmp_path, ("p0", "contribution", field, value)))
        assert table.iloc[0].tolist() == ["p0", field, "by hand: read", value]


def test_a_corrected_abstract_has_no_place_in_the_raw_text():
    """The words of a correction stand in corrections.csv, not in what was saved."""
    by_hand = ONE.papers.assign(abstract_from=pd.Series([pd.NA], dtype="str"))
    assert extract_evidence(replace(ONE, papers=by_hand))[["raw_start", "raw_end"]].isna().all(axis=None)


def test_an_abstract_from_a_merged_record_has_its_place_in_that_record():
    """The first record may lack the abstract that a later one of the same paper has."""
    later = ONE.records.assign(record_id="b.txt:1", merged_into="a:0", abstract_raw="  " + TEX)
    records = pd.concat([ONE.records.assign(abstract_raw=""), later], ignore_index=True)
    whole = replace(ONE, papers=ONE.papers.assign(abstract_from="b.txt:1"), records=records)
    row = extract_evidence(whole).query("text == '82.9%'").iloc[0]
    assert ("  " + TEX)[row["raw_start"] : row["raw_end"]] == r"82.9\%"

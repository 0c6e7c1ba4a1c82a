"""Exports say what the corpus says, in the terms of each format, and nothing in them runs."""

import csv
import json
import re
from itertools import accumulate

import bibtexparser
import pandas as pd
import pytest
from exported import HOSTILE, READ_AGAIN, corpus_of, read_again, text_of
from hypothesis import given
from hypothesis import strategies as st

import litreview as lr
from litreview.errors import CorpusError, ExportError
from litreview.exports import FORMATS, entry, export
from litreview.exports.entry import citation_key
from litreview.text.escaping import harmless, restored
from litreview.text.wording import NO_TITLE

# Every key that an item may have (citation-style-language/schema, schemas/input/csl-data.json), of those used here.
CSL_KEYS = {*"id type title author issued container-title collection-title volume issue page abstract DOI".split()}
CSL_KEYS |= {*"archive archive_location number publisher URL note PMID keyword".split()}


AUTHORS = [
    *["Barnes and Noble", "Plato"],  # "and" in the name of one
    "Ann Lee; World Health Organization; Gemini Team",  # bodies have no given name
    "Anna van der Berg; Ludwig van Beethoven; Hado Van Hasselt; John Smith Jr.; Martin Luther King III",
    "Md Rahman; PhD Ann",  # given names that look like degrees
]


@pytest.mark.parametrize("name", READ_AGAIN)
def test_names_come_back_whole(name, tmp_path):
    corpus = corpus_of(*({"authors": authors} for authors in AUTHORS))
    assert read_again(corpus, name, tmp_path)["authors"].tolist() == AUTHORS


KINDS = [
    ("journal article", "article journal", "JOUR", "article-journal container-title"),
    ("conference paper", "inproceedings booktitle", "CONF", "paper-conference container-title"),
    ("chapter", "incollection booktitle", "CHAP", "chapter container-title"),
    ("book", "book series", "BOOK", "book collection-title"),
    ("thesis", "phdthesis school", "THES", "thesis publisher"),
    ("master's thesis", "mastersthesis school", "THES", "thesis publisher"),
    ("report", "techreport institution", "RPRT", "report publisher"),
    ("preprint", "misc publisher", "UNPB", "article publisher"),
]


@pytest.mark.parametrize(("kind", "bibtex", "ris", "csl"), KINDS)
def test_a_kind_has_its_type_and_its_venue_their_place(kind, bibtex, ris, csl):
    corpus, (type_, field) = corpus_of({"kind": kind, "venue": "Somewhere"}), csl.split()
    item = json.loads(text_of(corpus, ".json"))[0]
    assert (item["type"], item[field]) == (type_, "Somewhere")
    type_, field = bibtex.split()
    assert re.match(rf"@{type_}{{(.|\n)*\t{field} = {{Somewhere}}", text_of(corpus, ".bib"))
    assert text_of(corpus, ".ris").startswith(f"TY  - {ris}\n")


RANKED = [
    (".bib", "keywords = {rank: 1, decision: include}"),
    (".ris", "KW  - rank: 1\nKW  - decision: include\n"),
    (".json", '"keyword": "rank: 1, decision: include"'),
    (".csv", ',"why","1","include"\n'),
]


@pytest.mark.parametrize(("name", "said"), RANKED)
def test_a_paper_leaves_with_its_rank_and_the_decision_on_it(name, said, monkeypatch):
    corpus = corpus_of({}, {})
    decided = pd.Series(["open", "include"], corpus.papers["paper_id"])
    monkeypatch.setattr(entry, "decisions_by_paper", lambda _: decided)
    text = text_of(corpus, name, {"p1": "why"})
    assert said in text
    assert text.count("include") == 1
    assert "rank: 2" not in text


# By format, with those that another paper has, or that cannot be cited; in RIS it is a number within the file.
KEYS = {"bibtex": ["lee", "DBLP:conf/nips/Smith20", "Smith", "smith", "two words", "a{b", None, "paper-p0"]}
KEYS |= {"csl": ["http://zotero.org/items/A"], "ris": ["17"]}


def test_a_paper_leaves_under_the_key_that_it_came_with_where_that_can_be_cited_and_is_its_own():
    rows = [{"format": format_, "source_key": key} for format_, keys in KEYS.items() for key in keys]
    items = json.loads(text_of(corpus_of(*rows), ".json"))
    assert [item["id"] for item in items] == [*KEYS["bibtex"][:2], *(f"paper-p{place}" for place in range(2, 10))]


@pytest.mark.parametrize("name", [".bib", ".ris", ".json"])
def test_a_paper_without_a_title_says_so_and_is_read_without_one(name, tmp_path):
    corpus = corpus_of({"title": "", "doi": "10.1000/a"})
    assert NO_TITLE in text_of(corpus, name)
    assert read_again(corpus, name, tmp_path)["title_raw"].tolist() == [""]


@given(st.one_of(st.sampled_from(HOSTILE), st.text()))
def test_no_cell_is_a_formula_and_each_gives_its_text_back(text):
    cell = harmless(text)
    assert not re.match(r"\s*[=+\-@]", cell)
    assert restored(cell) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_bibtex_file_has_balanced_braces_and_one_entry(text):
    """BibTeX itself counts every brace, also one behind a backslash."""
    source = text_of(corpus_of({"title": text, "abstract": text, "venue": text}), ".bib", {"p0": text})
    depth = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in source))
    assert (min(depth), depth[-1], len(bibtexparser.parse_string(source).entries)) == (0, 0, 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_a_text_and_does_nothing_else(text):
    source = text_of(corpus_of({"title": text, "url": "https://example.org/a>b"}), ".md", {"p0": text})
    assert not re.search(r"(?<!\\)(?:\*{3}|`|\[x\]|<script)", source)
    assert not re.search(r"(?m)^ +(?:[-+=]|\d+[.)])", source)  # no list or heading begins below the item
    assert "<https://example.org/a%3Eb>" in source
    assert source.startswith("1. **")


def test_csl_has_the_keys_of_its_schema_and_ids_that_are_ascii_unique_and_the_same_in_every_selection(corpus):
    items = json.loads(text_of(corpus, ".json", {corpus.papers["paper_id"][0]: "why"}))
    assert {key for item in items for key in item} <= CSL_KEYS
    assert {item["type"] for item in items} == {"article", "article-journal", "paper-conference", "document"}
    ids = [item["id"] for item in items]
    assert len({*ids}) == len(corpus)
    assert all(re.fullmatch(r"[a-z]+(?:\d{4})?-[A-Za-z0-9.-]+", each) for each in ids)
    last = text_of(corpus.where(corpus.papers["paper_id"].tail(9)), ".json")
    assert [item["id"] for item in json.loads(last)] == ids[-9:]


CITED = [
    (("Rafael Rafailov", "B C"), "2023", "2305.18290", "rafailov2023-2305.18290"),
    (("Heinrich Küttler",), "2017", "1708.04782", "kuttler2017-1708.04782"),
    (("李明",), "2020", "2001.00001", "paper2020-2001.00001"),  # no letter of the name is ASCII
    ((), "", "1360984996ff", "paper-1360984996ff"),
    (("A. O'Shea",), "2020", "10.1145/1.2", "oshea2020-10.1145-1.2-9ec5ec"),
    (("A. B",), "2020", "10.1145/1..2", None),  # two dots do not hold in a key of pandoc
    (("A. B",), "2020", "10.1145/1-2", None),  # the same letters as the next, so the checksum parts them
    (("A. B",), "2020", "10.1145-1/2", None),
]


@pytest.mark.parametrize(("authors", "year", "paper_id", "expected"), CITED)
def test_a_key_names_author_year_and_paper(authors, year, paper_id, expected):
    key = citation_key(paper_id, "; ".join(authors), pd.Timestamp(year) if year else pd.NaT)
    assert re.fullmatch(r"[a-z]+(?:\d{4})?(?:[-.][A-Za-z0-9]+)+", key)
    assert expected in (None, key)


def test_a_preprint_has_its_arxiv_id_where_each_format_looks_for_it():
    paper = {"arxiv_id": "2305.18290", "category": "cs.LG", "published": "2023-05-29", "date_precision": "day"}
    paper["title"] = "A DPO of Q-values on iPhones, GPT-4 and A3C: La La"
    title = "title = {A {DPO} of {Q}-values on {iPhones}, {GPT}-4 and {A3C}: La La}"  # kept from styles
    bibtex = [title, "@misc{", "eprint = {2305.18290}", "archiveprefix = {arXiv}", "primaryclass = {cs.LG}"]
    expected = {".bib": bibtex, ".ris": ["TY  - UNPB", "DA  - 2023/05/29/"], ".json": ['"number": "arXiv:2305.18290"']}
    for name, parts in expected.items():
        assert [part for part in parts if part not in text_of(corpus_of(paper), name)] == []


@pytest.mark.parametrize("name", READ_AGAIN)
def test_keywords_and_the_number_of_pubmed_leave_as_they_came(name, tmp_path):
    item = {"id": "a", "type": "article", "title": "The way home", "PMID": "12345", "keyword": "one way, two"}
    (tmp_path / "in.json").write_text(json.dumps([item]), encoding="utf-8")
    back = read_again(lr.build_corpus(tmp_path / "in.json"), name, tmp_path)
    assert back["keywords"].tolist() == ["one way; two"]
    assert name == ".ris" or back["pmid"].tolist() == ["12345"]  # RIS has no tag for it


def test_papers_with_a_reason_come_first_in_the_order_of_the_reasons():
    back = csv.DictReader(text_of(corpus_of({}, {}, {}), ".csv", {"p2": "newest", "p1": "survey"})[1:].splitlines())
    assert [(row["paper_id"], row["reason"]) for row in back] == [("p2", "newest"), ("p1", "survey"), ("p0", "")]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_has_the_format_of_its_ending(name, tmp_path):
    path = tmp_path / f"list{name.upper()}"
    corpus = corpus_of({"title": "强化"})
    export(corpus, path)
    assert path.read_text(encoding="utf-8") == text_of(corpus, name)
    assert "A title" not in text_of(corpus_of(), name)  # of no papers
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert name != ".csv" or path.read_bytes().startswith(b'\xef\xbb\xbf"paper_id"')  # the mark that Excel looks for


def test_what_cannot_be_written_is_told(tmp_path):
    corpus = corpus_of({})
    with pytest.raises(CorpusError, match="no paper 'p9'"):
        text_of(corpus, ".csv", {"p9": "why"})
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export(corpus, tmp_path / "file" / "list.bib")

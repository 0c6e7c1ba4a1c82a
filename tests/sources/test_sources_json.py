"""JSON in every shape: which format a record is of, and what in it is no plain text."""

import json

import pytest
from reading import rejected, rows

from litreview.sources import read


def one(item: dict) -> dict:
    (row,) = rows(json.dumps([item]))
    return row


WORK = {"id": "https://openalex.org/W12", "title": "A", "authorships": []}
PAPER = {"paperId": "abc", "title": "A"}

SHAPES = [
    WORK,
    {"meta": {}, "results": [WORK]},
    PAPER,
    {"offset": 0, "data": [{"contexts": [], "citedPaper": PAPER}]},
    {"message": {"items": [{"DOI": "10.1000/a", "type": "journal-article", "title": ["A"]}]}},
    {"items": [{"itemType": "book", "title": "A"}]},
    [{"key": "X", "version": 1, "data": {"key": "X", "itemType": "book", "title": "A"}}],
    {"paper": {"id": "2401.00001", "title": "A", "summary": "x"}, "publishedAt": "2024-01-02"},
    [{"title": "A", "abstract": "x", "year": 2019}],  # a plain table as JSON
]


@pytest.mark.parametrize("document", SHAPES, ids=lambda document: json.dumps(document)[:40])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_record_is_found_alone_in_a_list_and_inside_an_answer(document, indent):
    assert [row["title_raw"] for row in rows(json.dumps(document, indent=indent))] == ["A"]


def test_lines_of_json_are_read_one_by_one_and_a_broken_one_is_told():
    text = "\n".join([json.dumps(WORK), '{"id": ', "", json.dumps(WORK | {"title": "B"}), "[1]", "null"])
    assert [(row["title_raw"], row["source_line"]) for row in rows(text)] == [("A", 1), ("B", 4)]
    assert [line for line, _ in rejected(text)] == [2, 5, 6]


INVERTED = [
    ({"b": [1], "a": [0, 2]}, "a b a"),
    ({"a": 0, "b": [True, "x", 1]}, "a b"),  # what is no place is left out
    (None, None),
]


@pytest.mark.parametrize(("index", "abstract"), INVERTED)
def test_openalex_abstracts_are_turned_round(index, abstract):
    assert one(WORK | {"abstract_inverted_index": index}).get("abstract_raw") == abstract


CSL = [
    ({"issued": {"date-parts": [[2019, 5, 12]]}}, "published", "2019-05-12"),
    ({"author": [{"literal": "The Ward, Group"}]}, "authors", "The Ward Group"),
    ({"author": [{"family": "Berg", "given": "A", "non-dropping-particle": "van der"}]}, "authors", "A van der Berg"),
    ({"container-title": ["Journal", "J."]}, "venue", "Journal"),
    ({"categories": ["Seals", "Timetables"], "abstract": "x"}, "keywords", "Seals; Timetables"),  # DataCite's, no arXiv
    ({"creators": [{"lastName": "Doe"}, {"creatorType": "editor", "name": "Roe"}]}, "authors", "Doe"),
    ({"creators": [{"lastName": "Doe", "firstName": "J"}]}, "authors", "J Doe"),
]


@pytest.mark.parametrize(("fields", "column", "value"), CSL)
def test_what_a_csl_item_says(fields, column, value):
    assert one({"type": "book", "id": "x", "title": "A", **fields}).get(column) == value


def test_lone_surrogates_and_nul_bytes_are_made_sound(tmp_path):
    (tmp_path / "a.json").write_text('[{"type": "book", "id": "\\ud800", "title": "A\\ud800\\u0000B", "x": "\\udfff"}]')
    records, _ = read(tmp_path / "a.json")
    assert records["title_raw"][0].startswith("A\ufffd")
    records.to_parquet(tmp_path / "records.parquet")


def test_zotero_s_notes_and_files_are_no_papers_and_told():
    items = [{"itemType": "book", "title": "A"}, {"itemType": "attachment", "title": "PDF"}, {"itemType": "note"}]
    text = json.dumps([{"key": "x", "data": item} for item in items])
    assert [row["title_raw"] for row in rows(text)] == ["A"]
    assert [line for line, _ in rejected(text)] == [2, 3]


def test_a_record_that_lies_too_deep_is_rejected_and_the_others_load():
    deep = '{"title": "A", "year": 2001, "authors": ' + "[" * 5000 + '"A"' + ', "B"]' * 5000 + "}"
    text = f"{json.dumps(WORK)}\n{deep}\n{json.dumps(WORK)}"
    assert (len(rows(text)), [line for line, _ in rejected(text)]) == (2, [2])
    assert len(rows(text.replace("[" * 4400, "").replace(', "B"]' * 4400, ""))) == 3  # six hundred deep

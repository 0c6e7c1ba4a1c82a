"""A small invented file of each format: its records and their lines, and that nothing breaks a reader."""

import gzip
import json
import shutil

import pytest
from reading import SAMPLES, rows

from litreview import schema
from litreview.sources import read
from litreview.sources.crosswalk import texts_at

# sample → (format, records found, lines of the loaded ones, lines of the rejected ones)
EXPECTED = {
    "arxiv_snapshot.jsonl": ("arxiv_snapshot", 2, [1, 2], []),
    "arxiv_snapshot.jsonl.gz": ("arxiv_snapshot", 2, [1, 2], []),
    "asreview.csv": ("table", 4, [2, 3, 4], [5]),  # a row of nothing but a number and a label
    "atom.xml": ("atom", 3, [1, 2], [3]),  # arXiv's own error as an entry
    "crossref.json": ("csl", 1, [1], []),
    "daily_papers.json": ("hub", 1, [1], []),
    "dimensions.csv": ("table", 1, [3], []),  # a line above the header
    "endnote.xml": ("endnote_xml", 1, [1], []),
    "eric.nbib": ("nbib", 2, [2, 15], []),  # no PMID
    "ieee.csv": ("table", 2, [2, 3], []),
    "list_page.html": ("hub", 2, [1, 2], []),
    "mixed.bib": ("bibtex", 12, [10, 22, 32, 33, 34, 37, 37, 40, 48, 52, 65], [63]),
    "mixed.ris": ("ris", 7, [3, 25, 36, 41, 54, 57], [49]),  # numbers and queries between, an end missing
    "one_blank.ris": ("ris", 2, [1, 6], []),  # one blank before the dash, CRLF
    "openalex.json": ("openalex", 2, [1, 2], []),
    "ovid_labels.txt": ("named", 2, [1, 23], []),
    "ovid_tagged.ovd": ("labelled", 2, [1, 20], []),  # an address with a blank line, prose that begins with "<"
    "ovid.csv": ("table", 2, [2, 8], []),  # names and keywords on lines of their own
    "paper_page.html": ("hub", 1, [1], []),
    "paper_page.txt": ("hub", 1, [3], []),
    "pubmed.nbib": ("nbib", 2, [2, 28], []),
    "pubmed.xml": ("pubmed_xml", 2, [1, 2], []),
    "refer.enw": ("endnote", 2, [1, 16], []),  # a blank line inside an abstract
    "refer_title_first.enw": ("endnote", 2, [1, 7], []),  # records that do not begin with their type
    "s2_bulk.jsonl": ("semantic_scholar", 3, [1, 4], [2]),  # a line that breaks off
    "savedrecs.txt": ("wos", 2, [3, 28], []),
    "scopus.csv": ("table", 2, [2, 4], []),  # a line break in a cell
    "scopus.xlsx": ("table", 2, [4, 5], []),  # lines above the header, a sheet without papers
    "semantic_scholar.json": ("semantic_scholar", 3, [1, 2], [3]),  # null, where nothing was found
    "semicolon_cp1252.csv": ("table", 2, [2, 4], []),  # a row of nothing but semicolons
    "springer.csv": ("table", 2, [2, 3], []),
    "stray_quote.csv": ("table", 6, [2, 3, 4, 6, 7], [8]),  # the header again
    "wos_tab.txt": ("wos", 2, [2, 3], []),  # UTF-16, and a quote that does not close
    "zotero.csl.json": ("csl", 2, [1, 2], []),
}


def test_every_sample_is_expected():
    assert sorted(path.name for path in SAMPLES.iterdir()) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_record_of_a_sample_is_accounted_for(name):
    format_, found, loaded, rejected = EXPECTED[name]
    records, ledger = read(SAMPLES / name)
    assert (ledger.found, ledger.loaded, ledger.merged, ledger.rejected) == (found, len(loaded), 0, len(rejected))
    assert records["source_line"].tolist() == loaded
    assert ledger.rejections["line"].tolist() == rejected
    assert (ledger.rejections["reason"] != "").all()
    assert set(records["format"]) == {format_}
    assert records["record_id"].is_unique
    schema.check(records, schema.RECORDS)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_known_by_its_content_packed_or_under_another_name(name, tmp_path):
    shutil.copy(SAMPLES / name, tmp_path / "file.dat")
    assert read(tmp_path / "file.dat")[1].found == EXPECTED[name][1]
    if not name.endswith(".gz"):
        (tmp_path / "file.txt").write_bytes(gzip.compress((SAMPLES / name).read_bytes()))
        assert read(tmp_path / "file.txt")[1].found == EXPECTED[name][1]


# sample, place of a record in it, what it says
SAID = [
    # the day of the first version
    ("arxiv_snapshot.jsonl", 0, {"published": "2007-04-02", "arxiv_version": 2, "category": "hep-ph"}),
    ("arxiv_snapshot.jsonl", 0, {"authors": "C. Balazs; E. L. Berger Jr.; C. -P. Yuan"}),
    ("arxiv_snapshot.jsonl", 1, {"arxiv_id": "hep-th/9901001", "published": "1999-01-01"}),
    ("atom.xml", 0, {"arxiv_id": "2305.18290", "arxiv_version": 3, "category": "cs.LG", "doi": "10.1000/journal.1"}),
    ("atom.xml", 0, {"published": "2023-05-29", "venue": "J. Queues 3 (2024)", "authors": "Ann Lee; Suresh K"}),
    ("atom.xml", 0, {"abstract_raw": "While queues <learn> and $x < y$,\nthey wait."}),
    ("daily_papers.json", 0, {"published": "2024-07-18", "abstract_raw": "The authors' own\nabstract."}),
    ("endnote.xml", 0, {"title_raw": "Queues in EndNote", "kind": "Journal Article", "published": "2012-05-12"}),
    ("list_page.html", 0, {"title_raw": "A <b> Benchmark", "arxiv_id": "2407.13168", "published": "2024-07-18"}),
    ("openalex.json", 0, {"openalex_id": "W2741809807", "doi": "10.7717/peerj.4375", "pmid": "29456894"}),
    ("openalex.json", 0, {"authors": "Heather P.; Jason Doe"}),  # an initial behind a name stays there
    # lines in a cell
    ("ovid.csv", 0, {"authors": "A. Lira; B. Øst", "keywords": "queues; waiting", "doi": "10.1000/q.1"}),
    ("ovid_labels.txt", 0, {"title_raw": "Queues of 28 people.[Article]", "authors": "Jane Doe; Ann B. Roe"}),
    ("ovid_labels.txt", 0, {"abstract_raw": "Background: they wait.\n\nResults: they go.", "published": "2015-04"}),
    ("ovid_labels.txt", 1, {"title_raw": "Second", "venue": "Invented Journal", "published": "2014-09"}),
    ("ovid_tagged.ovd", 0, {"authors": "J. Doe; Ann B. Roe", "venue": "Invented Proceedings", "published": "2018"}),
    ("ovid_tagged.ovd", 0, {"abstract_raw": "Background: queues.\nMethod(s): <5 minutes of waiting."}),
    ("ovid_tagged.ovd", 0, {"doi": "10.5555/s12919-018-0099-8", "keywords": "queues; waiting; patience"}),
    ("ovid_tagged.ovd", 1, {"venue": "INVENTOR'S Health & Waiting Journal", "published": "2010-01"}),
    ("paper_page.html", 0, {"abstract_raw": "The authors' own."}),
    ("pubmed.xml", 0, {"doi": "10.1000/abc.1", "published": "2019-07", "authors": "John A Smith; The Ward Group"}),
    ("pubmed.xml", 0, {"title_raw": "A trial of H2O in a ward."}),
    ("pubmed.xml", 0, {"abstract_raw": "BACKGROUND: Wards have queues.\nMETHODS: We wait."}),
    ("pubmed.xml", 1, {"pmid": "2"}),  # and not the number of a paper it comments on
    ("savedrecs.txt", 0, {"authors": "Eli A. Selva; Maneka Jayasinghe", "source_key": "WOS:000591804300001"}),
    ("savedrecs.txt", 0, {"title_raw": "Dynamic modelling of queues\nand their relation", "published": "2021-05-12"}),
    ("savedrecs.txt", 0, {"keywords": "queues; energy consumption; growth; TIME-SERIES; UNIT-ROOT"}),
    ("savedrecs.txt", 0, {"pmid": "33333333"}),
    ("savedrecs.txt", 1, {"venue": "BOOK OF QUEUES"}),
]


@pytest.mark.parametrize(("name", "place", "said"), SAID)
def test_what_a_sample_says(name, place, said):
    row = rows((SAMPLES / name).read_bytes())[place]
    assert {column: row.get(column) for column in said} == said


# sample, place of a record in it, a field that has no column of its own, its texts
KEPT = [
    ("daily_papers.json", 0, "paper.submittedOnDailyAt", ["2024-07-22T00:00:00.000Z"]),  # the third of its dates
    ("daily_papers.json", 0, "paper.ai_summary", ["A machine's summary."]),
    ("mixed.bib", 1, "funding_details", ["One fund", "Another fund"]),
    ("openalex.json", 0, "cited_by_count", ["7"]),
    ("ovid_tagged.ovd", 0, "CR", ["Copyright 2018."]),  # the number of the next record is not of this one
    ("paper_page.txt", 0, "ai_summary", ["A machine's summary, which is not the abstract."]),
    ("savedrecs.txt", 0, "CR", ["LEE CC, 2008, ENERG ECON, V30", "BALAGUER J, 2002, APPL ECON"]),
]


@pytest.mark.parametrize(("name", "place", "path", "texts"), KEPT)
def test_what_has_no_column_is_kept(name, place, path, texts):
    assert texts_at(json.loads(rows((SAMPLES / name).read_bytes())[place]["extra"]), path.split(".")) == texts


TEXT = [name for name in EXPECTED if not name.endswith((".gz", ".xlsx")) and name != "wos_tab.txt"]


SAVES = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "no newline at the end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_a_sample_may_be_saved_in_other_ways(name, save, tmp_path):
    data = (SAMPLES / name).read_bytes()
    text = data.decode("cp1252" if "cp1252" in name else "utf-8-sig").replace("\r\n", "\n")
    if name.endswith(".xml"):
        text = text.replace(' encoding="UTF-8"', "")
    (tmp_path / "file").write_bytes(save(text))
    records, ledger = read(tmp_path / "file")
    assert (ledger.found, ledger.rejected) == (EXPECTED[name][1], len(EXPECTED[name][3]))
    assert records["title_raw"].tolist() == read(SAMPLES / name)[0]["title_raw"].tolist()

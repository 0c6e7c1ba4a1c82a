"""What leaves for other programs says what the corpus says, whatever is in it, and does nothing there."""

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import bibtexparser
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

import litreview as lr
from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.errors import CorpusError, ExportError
from litreview.exports import FORMATS, export
from litreview.exports.bibtex import MONTHS
from litreview.exports.citation_keys import citation_key
from litreview.exports.csl import REASON
from litreview.exports.csv import COLUMNS
from litreview.exports.reference_types import kind_of
from litreview.text.csv_safety import harmless, restored
from litreview.text.escaping import one_line
from litreview.text.wording import NO_TITLE, date_text

# Every key that an item may have (citation-style-language/schema, schemas/input/csl-data.json), of those used here.
# What a cell says where nothing is known; our reader takes such a cell for an empty one.
UNKNOWN = {"none", "na", "n/a", "nan", "null", "<na>", "nat", "#n/a", "-", "--", "–", "—", "unknown", "n.a."}
CSL_KEYS = set(
    "id type title author issued container-title collection-title volume issue page abstract DOI archive "
    "archive_location number publisher URL note PMID keyword".split()
)
HOSTILE = [
    r"Braces {0, 1}, an open { and a close }, a \ and a \command{x}",
    "100% of $5 & #1_2 ~ ^ tilde",
    '"Quoted", with; commas and semicolons',
    "=1+1",
    "+49 30",
    "-5 degrees",
    "@misc{evil, title={x}}",
    "'=apostrophe first",
    "''+twice",
    "＝SUM(A1)",  # full width: a formula in some spreadsheets
    "ER  - and TY  - JOUR stand in a text",
    "强化学习综述 и обзор مراجعة",
    "<script>alert(1)</script> [x](javascript:alert(1)) **b** `c`",
    "Doi: 10.1/x",  # "key: value", which Zotero would take for a field
    "e\u0301 composed, naïve Küttler",
    "1. a list? # no heading | no table",
]
ABSENT = {"doi": None, "arxiv_id": None, "venue": None, "category": None, "authors": None, "url": None}


SAID = "kind format volume issue pages publisher source_key more_authors".split()


def corpus_of(*rows: dict) -> Corpus:
    """A corpus of papers with these fields, each told by one record."""
    blank = {"title": "A title", "abstract": "", "n_records": 1, "published": None, "date_precision": None, **ABSENT}
    papers = [blank | {"paper_id": f"p{place}"} | row for place, row in enumerate(rows)]
    same = ("venue", "doi", "published", "date_precision", *SAID)
    records = [
        {"format": "table", "record_id": f"r{place}", "source_file": "r", "source_line": 1, "title_raw": "", "abstract_raw": ""}
        | {name: paper[name] for name in (*same, "paper_id") if name in paper}
        for place, paper in enumerate(papers)
    ]  # fmt: skip
    origins = [
        {"paper_id": paper["paper_id"], **{name: f"r{place}" for name in ("venue", "doi", "published", "authors") if paper[name]}}
        for place, paper in enumerate(papers)
    ]  # fmt: skip
    return Corpus(
        schema.shape([{name: paper.get(name) for name in schema.PAPERS.names} for paper in papers], schema.PAPERS),
        schema.shape(records, schema.RECORDS),
        schema.empty(schema.LEDGER),
        schema.empty(schema.REJECTED),
        origins=schema.shape(origins, schema.ORIGINS),
    )


def read_again(corpus: Corpus, name: str, folder: Path) -> pd.DataFrame:
    """The records that our own reader makes of what went out."""
    path = folder / f"out{FORMATS[name].ending}"
    export(corpus, path)
    return lr.read(path)[0]


def plain(latex: str) -> str:
    """What TeX would print; pylatexenc gives an accent for the caret."""
    latex = latex.replace(r"\textasciicircum{}", "^")
    return LatexNodes2Text(keep_braced_groups=False, math_mode="verbatim", strict_latex_spaces=True).latex_to_text(
        latex
    )


def natural(name: str) -> str:
    """A name in reading order."""
    return " ".join(name.split(", ", 1)[::-1])


def from_bibtex(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    rows = []
    for entry in library.entries:
        fields = {field.key: plain(field.value) for field in entry.fields}
        fields |= {name: entry[name] for name in ("url", "doi", "eprint") if name in fields}
        authors = [natural(plain(name)) for name in re.split(r" and (?![^{]*\})", entry.fields_dict["author"].value)] if "author" in fields else []  # fmt: skip
        named = {"venue": "journal", "arxiv_id": "eprint", "category": "primaryclass", "reason": "comment"}
        rows.append({"key": entry.key, **fields, **{ours: fields.get(name, "") for ours, name in named.items()}, "authors": authors})  # fmt: skip
    return rows


def from_ris(text: str) -> list[dict[str, str]]:
    rows = []
    for record in text.split("ER  - \n\n")[:-1]:
        pairs = [line.split("  - ", 1) for line in record.splitlines()]
        tags = dict(pairs)
        names = {"key": "ID", "title": "TI", "abstract": "AB", "venue": "T2", "doi": "DO", "arxiv_id": "AN", "url": "UR", "reason": "N1"}  # fmt: skip
        authors = [natural(value.rstrip(",")) for tag, value in pairs if tag == "AU"]
        date = "-".join(part for part in tags.get("DA", "").split("/") if part)
        rows.append({ours: tags.get(tag, "") for ours, tag in names.items()} | {"date": date, "authors": authors})  # fmt: skip
    return rows


def from_csl(text: str) -> list[dict[str, str]]:
    names = {"key": "id", "title": "title", "abstract": "abstract", "venue": "container-title", "doi": "DOI", "arxiv_id": "archive_location", "url": "URL"}  # fmt: skip
    rows = []
    for item in json.loads(text):
        date = "-".join(f"{part:02}" for part in item.get("issued", {"date-parts": [[]]})["date-parts"][0])
        people = [name.get("literal") or f"{name['given']} {name['family']}" for name in item.get("author", [])]
        rows.append(
            {ours: item.get(key, "") for ours, key in names.items()}
            | {"date": date, "authors": people, "reason": item.get("note", "").removeprefix(REASON)}
        )
        rows[-1]["arxiv_id"] = rows[-1]["arxiv_id"] or item.get("number", "").removeprefix("arXiv:")  # fmt: skip
    return rows


def from_csv(text: str) -> list[dict[str, str]]:
    rows = [{name: restored(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text))]
    return [row | {"date": row["published"], "authors": [name for name in row["authors"].rstrip(";").split("; ") if name]} for row in rows]  # fmt: skip


READERS = {"bibtex": from_bibtex, "ris": from_ris, "csl-json": from_csl, "csv": from_csv}
LOST = {"bibtex": set(), "ris": {"category"}, "csl-json": {"category"}, "csv": {"key"}}
texts = (
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
    .map(one_line)
    .filter(lambda text: clean(text) and clean(text).casefold() not in UNKNOWN)
)
words = st.from_regex(r"[A-Z][a-zé]{2,8}", fullmatch=True)
NAMES = ["Hado van Hasselt", "李明", "OpenAI", "Anna-Lena O'Shea", "Мария Иванова", "J. R. Smith"]
people = st.lists(st.one_of(st.builds("{} {}".format, words, words), st.sampled_from(NAMES)), max_size=4, unique=True)
papers = st.fixed_dictionaries(
    {
        "title": texts,
        "abstract": st.one_of(st.just(""), texts),
        "authors": people.map("; ".join).map(lambda names: names or None),
    },
    optional={
        "venue": texts,
        "doi": st.from_regex(r"10\.[0-9]{4}/[a-z0-9._;()-]{0,11}[a-z0-9]", fullmatch=True),
        "arxiv_id": st.from_regex(r"2[0-3](0[1-9]|1[0-2])\.[0-9]{5}", fullmatch=True),
        "url": st.from_regex(r"https://example\.org/[a-z0-9%&#_~=-]{0,12}", fullmatch=True),
    },
)
dated = st.one_of(
    st.just({}),
    st.builds(
        lambda day, precision: {"published": day, "date_precision": precision},
        st.dates(min_value=pd.Timestamp("1950-01-01").date(), max_value=pd.Timestamp("2030-01-01").date()),
        st.sampled_from(["year", "month", "day"]),
    ),
)


def expected(row: pd.Series, reason: str) -> dict:
    known = {name: row[name] if isinstance(row[name], str) else "" for name in ("title", "abstract", "venue", "doi", "arxiv_id", "url")}  # fmt: skip
    authors = row["authors"].split("; ") if isinstance(row["authors"], str) else []
    return known | {"authors": authors, "date": date_text(row["published"], row["date_precision"]), "reason": reason}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.builds(lambda a, b: a | b, papers, dated), min_size=1, max_size=2), reason=texts)
def test_what_goes_out_comes_back_whatever_the_text(name, rows, reason):
    corpus = corpus_of(*rows)
    back = READERS[name](export(corpus, name, {"p0": reason}))
    assert len(back) == len(corpus)
    for found, (_, row) in zip(back, corpus.papers.iterrows(), strict=True):
        for field, value in expected(row, reason if row["paper_id"] == "p0" else "").items():
            assert field in LOST[name] or found.get(field, "") == value


def known(row: pd.Series) -> dict:
    """The fields of a paper, or of a record, as text that can be compared."""
    names = {"title": "title_raw", "abstract": "abstract_raw"}
    fields = ("title", "abstract", "venue", "doi", "arxiv_id", "url", "authors")
    texts = {name: row[name] if name in row else row[names[name]] for name in fields}
    cleaned = {name: clean(text) if isinstance(text, str) else "" for name, text in texts.items()}
    return cleaned | {"date": date_text(row["published"], row["date_precision"])}


def said(record: Mapping) -> dict:
    """What a record says of its publication, in words that do not hang on its format."""
    texts = {name: record[name] if isinstance(record[name], str) else "" for name in (*SAID, "venue", "arxiv_id")}
    kind = kind_of(texts["kind"], texts["format"], texts["venue"], texts["arxiv_id"])
    told = {name: texts[name] for name in ("volume", "issue", "publisher")}
    pages = re.sub("[-–]+", "-", texts["pages"])
    told["publisher"] = told["publisher"].removeprefix("arXiv")  # of every preprint that lies there
    return told | {"kind": kind, "pages": pages, "more": bool(texts["more_authors"])}


numbers = st.from_regex(r"[1-9][0-9]{0,2}", fullmatch=True)
published = st.fixed_dictionaries(
    {"kind": st.sampled_from(["journal article", "conference paper", "chapter", "book"]), "venue": words},
    optional={
        "volume": numbers,
        "issue": numbers,
        "pages": st.one_of(
            numbers, st.lists(numbers, min_size=2, max_size=2, unique=True).map("-".join), st.just("e123")
        ),
        "publisher": words,
        "more_authors": st.just("et al."),
    },
)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.builds(lambda a, b, c: a | b | c, papers, dated, published | st.just({})), min_size=1, max_size=2),
    reason=texts,
)
def test_our_own_reader_gives_every_paper_back(name, rows, reason, tmp_path):
    """What cleaning has made of a paper is what is read again; the reason is kept beside."""
    for row in rows:
        row |= {field: clean(row[field]) for field in ("title", "abstract")}
        if not row["authors"]:
            row.pop("more_authors", None)
    corpus = corpus_of(*rows)
    path = tmp_path / f"out{FORMATS[name].ending}"
    export(corpus, path, {"p0": reason})
    records, ledger = lr.read(path)
    assert (ledger.found, ledger.rejected) == (len(corpus), 0)
    assert [known(row) for _, row in records.iterrows()] == [known(row) for _, row in corpus.papers.iterrows()]
    assert [said(row) for _, row in records.iterrows()] == [said({**row, "arxiv_id": paper["arxiv_id"]}) for (_, row), (_, paper) in zip(corpus.records.iterrows(), corpus.papers.iterrows(), strict=True)]  # fmt: skip
    assert clean(reason) in [clean(text.removeprefix(REASON)) for text in json.loads(records["extra"][0]).values()]


@pytest.mark.parametrize("name", READERS)
def test_every_kind_of_work_comes_back_as_itself(name, tmp_path):
    kinds = ["thesis", "report", "manuscript", "data set", "software", "web page", "patent", "other"]
    corpus = corpus_of(*({"kind": kind, "publisher": "MIT", "authors": "Ann Lee"} for kind in kinds))
    back = [said(row) for _, row in read_again(corpus, name, tmp_path).iterrows()]
    assert [(found["kind"], found["publisher"]) for found in back] == [(kind, "MIT") for kind in kinds]


AUTHORS = [
    "Barnes and Noble",  # "and" in the name of one
    "Ann Lee; World Health Organization; Gemini Team",  # bodies have no given name
    "Anna van der Berg; Ludwig van Beethoven; Hado Van Hasselt",
    "John Smith Jr.; Martin Luther King III",
    "Md Rahman; PhD Ann",  # given names that look like degrees
    "Plato",
]


@pytest.mark.parametrize("name", READERS)
def test_names_come_back_whole(name, tmp_path):
    corpus = corpus_of(*({"authors": authors} for authors in AUTHORS))
    assert read_again(corpus, name, tmp_path)["authors"].tolist() == AUTHORS


@pytest.mark.parametrize(
    ("kind", "bibtex", "ris", "csl"),
    [
        ("journal article", "article journal", "JOUR", "article-journal container-title"),
        ("conference paper", "inproceedings booktitle", "CONF", "paper-conference container-title"),
        ("chapter", "incollection booktitle", "CHAP", "chapter container-title"),
        ("book", "book series", "BOOK", "book collection-title"),
        ("thesis", "phdthesis school", "THES", "thesis publisher"),
        ("master's thesis", "mastersthesis school", "THES", "thesis publisher"),
        ("report", "techreport institution", "RPRT", "report publisher"),
        ("preprint", "misc publisher", "UNPB", "article publisher"),
    ],
)
def test_a_kind_has_its_type_and_its_venue_their_place(kind, bibtex, ris, csl):
    corpus = corpus_of({"kind": kind, "venue": "Somewhere"})
    item = json.loads(export(corpus, "csl-json"))[0]
    type_, field = bibtex.split()
    source = export(corpus, "bibtex")
    assert source.startswith(f"@{type_}{{")
    assert f"{field} = {{Somewhere}}" in source
    assert export(corpus, "ris").startswith(f"TY  - {ris}\n")
    assert (item["type"], item[csl.split()[1]]) == (csl.split()[0], "Somewhere")


# (format, key in the source, whether it leaves)
KEYS = [
    ("bibtex", "smith2020deep", True),
    ("bibtex", "DBLP:conf/nips/Smith20", True),
    ("bibtex", "müller_2020+x", True),
    ("csl", "smith2020", True),
    ("csl", "http://zotero.org/users/1/items/ABC", False),
    ("bibtex", "two words", False),
    ("bibtex", "a,b", False),
    ("bibtex", "a{b", False),
    ("ris", "17", False),  # a number within the file
    ("nbib", "12345x", False),  # an accession number
    ("bibtex", None, False),
]


@pytest.mark.parametrize(("format_", "key", "kept"), KEYS)
def test_a_paper_leaves_under_the_key_that_it_came_with(format_, key, kept):
    items = json.loads(export(corpus_of({"format": format_, "source_key": key}), "csl-json"))
    assert items[0]["id"] == (key if kept else "paper-p0")


def test_a_key_that_two_papers_came_with_is_none():
    rows = [{"format": "bibtex", "source_key": key} for key in ("Smith", "smith", "paper-p0", "lee")]
    assert [item["id"] for item in json.loads(export(corpus_of(*rows), "csl-json"))] == ["paper-p0", "paper-p1", "paper-p2", "lee"]  # fmt: skip


def test_a_paper_that_came_twice_has_both_keys(tmp_path):
    """BibLaTeX and pandoc find an entry by its `ids` as well; the record of the venue names it."""
    source = "@misc{lee2022, title={The long way home on foot}, author={Lee, Ann}, eprint={2201.00001}, year=2022}\n"
    (tmp_path / "in.bib").write_text(source + source.replace("misc{lee2022", "article{lee2023, journal={Queues}"))
    text = export(lr.build_corpus(tmp_path / "in.bib"), "bibtex")
    assert text.startswith("@article{lee2023,")
    assert "ids = {lee2022}" in text


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json"])
def test_a_paper_without_a_title_says_so_and_is_read_without_one(name, tmp_path):
    corpus = corpus_of({"title": "", "doi": "10.1000/a"})
    assert NO_TITLE in export(corpus, name)
    assert known(read_again(corpus, name, tmp_path).iloc[0])["title"] == ""


@given(st.one_of(st.sampled_from(HOSTILE), st.text()))
def test_no_cell_is_a_formula_and_each_gives_its_text_back(text):
    cell = harmless(text)
    assert not re.match(r"\s*[=+\-@]", cell)
    assert restored(cell) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_bibtex_file_has_balanced_braces_and_one_entry(text):
    """BibTeX itself counts every brace, also one behind a backslash."""
    source = export(corpus_of({"title": text, "abstract": text, "venue": text}), "bibtex", {"p0": text})
    depth = 0
    for sign in source:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert len(bibtexparser.parse_string(source).entries) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_a_text_and_does_nothing_else(text):
    source = export(corpus_of({"title": text, "url": "https://example.org/a>b"}), "markdown", {"p0": text})
    assert not re.search(r"(?<!\\)(?:\*{3}|`|\[x\]|<script)", source)
    assert not re.search(r"(?m)^ +(?:[-+=]|\d+[.)])", source)  # no list or heading begins below the item
    assert "<https://example.org/a%3Eb>" in source
    assert source.startswith("1. **")


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_corpus_is_a_file_without_papers(name):
    text = export(corpus_of(), name)
    assert "A title" not in text
    assert name not in READERS or READERS[name](text) == []


def test_csl_has_the_keys_of_its_schema_and_unique_ids(corpus):
    items = json.loads(export(corpus, "csl-json", {corpus.papers["paper_id"][0]: "why"}))
    assert {key for item in items for key in item} <= CSL_KEYS
    assert len({item["id"] for item in items}) == len(items) == len(corpus)
    assert {item["type"] for item in items} == {"article", "article-journal", "paper-conference", "document"}


def test_bibtex_keys_are_ascii_unique_and_the_same_in_every_selection(corpus):
    last = corpus.where(corpus.papers["paper_id"].tail(9))
    whole, part = (re.findall(r"(?m)^@\w+\{(.*),$", export(chosen, "bibtex")) for chosen in (corpus, last))
    assert len(whole) == len(corpus)
    assert len(set(whole)) == len(whole)
    assert all(re.fullmatch(r"[a-z]+(?:\d{4})?-[A-Za-z0-9.-]+", key) for key in whole)
    assert part == whole[-9:]


@pytest.mark.parametrize(
    ("authors", "year", "paper_id", "expected"),
    [
        (("Rafael Rafailov", "B C"), "2023", "2305.18290", "rafailov2023-2305.18290"),
        (("Heinrich Küttler",), "2017", "1708.04782", "kuttler2017-1708.04782"),
        (("李明",), "2020", "2001.00001", "paper2020-2001.00001"),  # no letter of the name is ASCII
        ((), "", "1360984996ff", "paper-1360984996ff"),
        (("A. O'Shea",), "2020", "10.1145/1.2", "oshea2020-10.1145-1.2-9ec5ec"),
        (("A. B",), "2020", "10.1145/1..2", None),  # two dots do not hold in a key of pandoc
        (("A. B",), "2020", "10.1145/1-2", None),  # the same letters as the next, so the checksum parts them
        (("A. B",), "2020", "10.1145-1/2", None),
    ],
)
def test_a_key_names_author_year_and_paper(authors, year, paper_id, expected):
    key = citation_key(authors, year, paper_id)
    assert re.fullmatch(r"[a-z]+(?:\d{4})?(?:[-.][A-Za-z0-9]+)+", key)
    assert expected in (None, key)


def test_ids_that_differ_in_signs_alone_have_two_keys():
    assert len({citation_key((), "", text) for text in ("10.1/a-b", "10.1-a/b", "10.1/a/b", "10.1/a-b-")}) == 4


def test_a_preprint_has_its_arxiv_id_where_each_format_looks_for_it():
    corpus = corpus_of({"arxiv_id": "2305.18290", "category": "cs.LG", "published": "2023-05-29", "date_precision": "day"})  # fmt: skip
    bibtex, ris = export(corpus, "bibtex"), export(corpus, "ris")
    assert bibtex.startswith("@misc{")
    assert all(
        part in bibtex for part in ("eprint = {2305.18290}", "archiveprefix = {arXiv}", "primaryclass = {cs.LG}")
    )
    assert f"month = {MONTHS[4]}" in bibtex
    assert "TY  - UNPB" in ris
    assert "DA  - 2023/05/29/" in ris
    assert json.loads(export(corpus, "csl-json"))[0]["number"] == "arXiv:2305.18290"


@pytest.mark.parametrize("name", READERS)
def test_keywords_and_the_number_of_pubmed_leave_as_they_came(name, tmp_path):
    item = {"id": "a", "type": "article", "title": "The way home", "PMID": "12345", "keyword": "one way, two"}
    (tmp_path / "in.json").write_text(json.dumps([item]), encoding="utf-8")
    back = read_again(lr.build_corpus(tmp_path / "in.json"), name, tmp_path)
    assert back["keywords"].tolist() == ["one way; two"]
    assert name == "ris" or back["pmid"].tolist() == ["12345"]  # RIS has no tag for it


def test_a_name_with_and_in_it_stays_one_name():
    corpus = corpus_of({"authors": "Barnes and Noble"})
    assert "author = {{Barnes and Noble}}" in export(corpus, "bibtex")
    assert '"Barnes and Noble;"' in export(corpus, "csv")


def test_capitals_inside_a_title_are_kept_from_the_style():
    bibtex = export(corpus_of({"title": "A DPO of Q-values on iPhones, GPT-4 and A3C: La La"}), "bibtex")
    assert "title = {A {DPO} of {Q}-values on {iPhones}, {GPT}-4 and {A3C}: La La}" in bibtex


def test_papers_with_a_reason_come_first_in_the_order_of_the_reasons():
    corpus = corpus_of({"title": "First"}, {"title": "Second"}, {"title": "Third"})
    back = from_csv(export(corpus, "csv", {"p2": "newest", "p1": "survey"}))
    assert [(row["title"], row["reason"]) for row in back] == [("Third", "newest"), ("Second", "survey"), ("First", "")]


def test_a_long_abstract_leaves_whole():
    text = "word " * 9_000 + "end"
    assert from_csv(export(corpus_of({"abstract": text}), "csv"))[0]["abstract"] == text


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_has_the_format_of_its_ending(name, tmp_path):
    path = tmp_path / f"list{FORMATS[name].ending}"
    corpus = corpus_of({"title": "强化"})
    assert export(corpus, path) is None
    assert path.read_text(encoding=FORMATS[name].encoding) == export(corpus, name)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_named_format_wins_over_the_ending(tmp_path):
    export(corpus_of({}), tmp_path / "list.txt", format_name="ris")
    assert (tmp_path / "list.txt").read_text().startswith("TY  - ")


def test_csv_says_its_encoding_to_excel_and_has_a_header(tmp_path):
    export(corpus_of({}), tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_bytes().startswith(b'\xef\xbb\xbf"paper_id"')
    assert list(csv.reader([export(corpus_of({}), "csv").splitlines()[0]])) == [COLUMNS]


def test_what_cannot_be_written_is_told(tmp_path):
    corpus = corpus_of({})
    with pytest.raises(ExportError, match=r"ending '\.docx' names no format.*'\.bib'"):
        export(corpus, tmp_path / "list.docx")
    with pytest.raises(ExportError, match=r"no format 'bibtx'\. Did you mean 'bibtex'"):
        export(corpus, tmp_path / "list.bib", format_name="bibtx")
    with pytest.raises(CorpusError, match="no paper 'p9'"):
        export(corpus, "csv", {"p9": "why"})
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export(corpus, tmp_path / "file" / "list.bib")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_corpus_gives_the_same_bytes(name, corpus):
    assert export(corpus, name) == export(corpus, name)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": ""}, "**(no title)** (undated)."),
        ({"title": "T", "venue": "J. Stat."}, "**T** (undated). *J. Stat.*\n"),
        ({"title": "T", "venue": "ICML"}, "**T** (undated). *ICML.*\n"),
    ],
)
def test_a_reading_list_says_what_has_no_title_and_ends_in_one_stop(fields, expected):
    assert expected in export(corpus_of(fields), "markdown")

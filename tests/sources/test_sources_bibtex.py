r"""BibTeX: what bibtexparser fails on is saved or rejected aloud, {\"o} is ö, and what an entry has from another one."""

import json

import pytest
from reading import SAMPLES, rejected, rows

from litreview.sources.latex import decoded


def entry(*fields: str) -> str:
    return "@article{key,\n" + ",\n".join(fields) + "\n}\n"


# (fields, column, value)
FIELDS = [
    (["title = {A}"], "title_raw", "A"),
    (['title = "A {B} C"'], "title_raw", "A B C"),
    (["title = {{A {DPO} B}}"], "title_raw", "A DPO B"),
    (["TITLE = {A}"], "title_raw", "A"),
    (["title = {A = B, 50% of #1 & more}"], "title_raw", "A = B, 50% of #1 & more"),
    (["title = {Costs $x^2$ and \\$5}"], "title_raw", "Costs $x^2$ and $5"),
    (["title = {A}", "author = {Doe, Jane and Roe, R. and others}"], "authors", "Jane Doe; R. Roe"),
    (["title = {A}", "author = {M{\\\"u}ller, J{\\'o}zef and\n  van der Berg, Anna}"], "authors", "Józef Müller; Anna van der Berg"),
    (["title = {A}", "author = {Doe, Jr., Jane}"], "authors", "Jane Doe Jr."),
    (["title = {A}", "author = {{The Queue Consortium}}"], "authors", "The Queue Consortium"),
    (["title = {A}", "author = {{Barnes and Noble} AND Roe, R.\nand {Queues, Inc.}}"], "authors", "Barnes and Noble; R. Roe; Queues Inc."),
    (["title = {A}", "author = {Rahman, Md and Doe, C.~M. and}"], "authors", "Md Rahman; C. M. Doe"),
    (["title = {A}", "author = {family=Berg, given=Anna, prefix=van der and Roe, R.}"], "authors", "Anna van der Berg; R. Roe"),
    (["title = {A}", "author = {Doe, Jane A.; Roe, Richard}"], "authors", "Jane A. Doe; Richard Roe"),  # no BibTeX, but written
    (["title = {A}", "author = {Doe, Jane A., Roe, Richard}"], "authors", "Jane A. Doe; Richard Roe"),
    (["title = {A}", "year = 2019", "month = mar"], "published", "2019-03"),
    (["title = {A}", "year = 2019", 'month = "12~" # may'], "published", "2019-05-12"),
    (["title = {A}", "date = {2019-05-12}"], "published", "2019-05-12"),
    (["title = {A}", "date = {2019-05/2019-07}"], "published", "2019-05"),
    (["title = {A}", "year = {in press}"], "published", None),
    (["title = {A}", "doi = {https://doi.org/10.1000/A\\_b}"], "doi", "10.1000/a_b"),
    (["title = {A}", "eprint = {2305.18290}"], "arxiv_id", "2305.18290"),
    (["title = {A}", "eprint = {hep-th/9901001v3}"], "arxiv_id", "hep-th/9901001"),
    (["title = {A}", "journal = {arXiv preprint arXiv:2305.18290}"], "arxiv_id", "2305.18290"),
    (["title = {A}", "eprint = {12345678}", "eprinttype = {pubmed}"], "arxiv_id", None),
    (["title = {A}", "url = {\\url{http://x.org/a_b~c%20d}}"], "url", "http://x.org/a_b~c%20d"),
    (["title = {A}", "keywords = {a, b}"], "keywords", "a; b"),
    (["title = {A}", "keywords = {a; b, c}"], "keywords", "a; b, c"),
    (["title = {A}", "booktitle = {B}"], "venue", "B"),
    (["title = {A}", "% a comment\n  url = {http://x.org}"], "url", "http://x.org"),
    (["title = {A}", 'abstract = "He said {"}hi{"}"'], "abstract_raw", 'He said "hi"'),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "column", "value"), FIELDS)
def test_what_an_entry_says(fields, column, value):
    (row,) = rows(entry(*fields))
    assert row.get(column) == value
    assert row["source_key"] == "key"


# (file, titles): what is broken, and read all the same
RECOVERED = [
    (entry("title = {A}", "note = {x}", "note = {y}"), ["A"]),  # a repeated field, as Scopus writes it
    (entry("title = {A}") + entry("title = {B}"), ["A", "B"]),  # a repeated key
    ("@article{a, title = {A}} @article{a, title = {B}}", ["A", "B"]),  # … on one line
    ("@misc{, title = {A}}", ["A"]),
    ("@misc{title = {A}}", ["A"]),
    ("@misc{a, title = {A},,}", ["A"]),
    ("@misc{a,\n title = {A}\n year = {2011}\n}", ["A"]),  # a comma is missing
    ("@misc{a, title = {A}\n\n@misc{b, title = {B}}", ["A", "B"]),  # not closed
    ("@misc{a, title = {A\n\n@misc{b, title = {B}}", ["A", "B"]),
    ("@misc{a, title = {A {b}, author = {X Y}, year = 2020}\n@misc{b, title = {B}}", ["A b", "B"]),  # a bracket too many
    ("@ misc {a, title = {A}}", ["A"]),
    ("@misc(a, title = {A})", ["A"]),
    ("@misc{a, title = {A}}\n@misc\n(\n b,\n title = {B}\n)", ["A", "B"]),  # the type on a line of its own
    ("Prose before.\n\n@comment{x}\n@preamble{\"y\"}\n@misc{a, title = {A}}\nProse behind.", ["A"]),
    ("@string{x = {A}}\n@misc{a, title = x # { B}}", ["A B"]),
    ("@commentary{a, title = {A}}\n@commented{b, title = {B}}", ["A", "B"]),  # types that begin as a comment does
    ("@misc{a, title = {A\n  x = 5}, year = {2001}}", ["A\n  x = 5"]),  # looks like a field
    ("@misc{a, title = {A}, abstract = {Mail\n@someone, who\n@article was read}}", ["A"]),
]  # fmt: skip


# (fields of an entry that is broken, what is read of it)
SAVED = [
    ("a,\n title = {A {B},\n year = {2001}\n}", {"title_raw": "A B", "published": "2001"}),  # a bracket is missing
    ("a,\n title = {A}},\n year = {2001}\n}", {"title_raw": "A", "published": "2001"}),  # … or one too many
    ("a,\n title = {A},\n year = 2001\n", {"title_raw": "A", "published": "2001"}),  # it does not end
    ("a\n title = {A},\n year = 2001}", {"title_raw": "A", "published": "2001"}),  # no comma behind the key
    ("a, title = {A}, @type:Person, year = 2001}", {"title_raw": "A", "published": "2001"}),  # no field
    ("a, title = {A}, issn = {1},% a remark\n year = 2001,% another\n}", {"title_raw": "A", "published": "2001"}),
    ('a, title = {A} # { "B" }, x = {{, year = 2001\n}', {"title_raw": 'A "B"'}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), SAVED)
def test_a_broken_entry_gives_what_can_be_read_and_says_what_is_wrong(text, told):
    (row,) = rows(f"@article{{{text}")
    assert {name: row[name] for name in told} == told
    assert row["source_key"] == "a"
    assert "mended" in json.loads(row["extra"])


def test_what_stands_between_fields_is_kept():
    (row,) = rows("@article{a, title = {A}, @type:Person, year = 2001}")
    assert json.loads(row["extra"])["unread"] == "@type:Person"


BOOK = "@proceedings{B, title = {Queues 2001}, year = 2001, editor = {Roe, R.}, doi = {10.1000/b}, abstract = {All}}\n"


def test_an_entry_takes_what_tells_of_its_book_and_not_the_identifiers_of_the_book():
    first, second = rows("@inproceedings{a, title = {A}, author = {Doe, J.}, crossref = {b}}\n" + BOOK)
    assert (first["title_raw"], first["venue"], first["published"]) == ("A", "Queues 2001", "2001")
    assert (first["authors"], first.get("doi"), first.get("abstract_raw")) == ("J. Doe", None, None)
    assert second["title_raw"] == "Queues 2001"


def test_an_entry_keeps_what_it_says_itself():
    (first, _) = rows("@inproceedings{a, title = {A}, date = {2002-05}, booktitle = {Own}, crossref = {B}}\n" + BOOK)
    assert (first["venue"], first["published"]) == ("Own", "2002-05")


def test_a_store_of_data_is_no_paper_and_gives_every_field():
    text = "@xdata{x, journal = {J}, date = {2001-03}}\n@article{a, title = {A}, xdata = {x}}\n"
    assert [(row["venue"], row["published"]) for row in rows(text)] == [("J", "2001-03")]
    assert [line for line, _ in rejected(text)] == [1]


def test_entries_that_take_from_each_other_come_to_an_end():
    assert len(rows("@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}}")) == 2


@pytest.mark.parametrize(("text", "titles"), RECOVERED)
def test_a_broken_entry_is_mended_and_harms_no_other(text, titles):
    assert [row["title_raw"] for row in rows(text)] == titles
    assert rejected(text) == []


def test_what_cannot_be_mended_is_rejected_with_its_line_and_the_rest_is_read():
    text = entry("title = {A}") + "\n@article{b {{{ x\n" + entry("title = {C}")
    assert [row["title_raw"] for row in rows(text)] == ["A", "C"]
    ((line, reason),) = rejected(text)
    assert line == 5
    assert reason


def test_no_value_of_a_repeated_field_is_lost():
    row = rows((SAMPLES / "mixed.bib").read_bytes())[1]
    assert json.loads(row["extra"])["funding_details"] == ["One fund", "Another fund"]


LETTERS = [
    (r"Garc{\'\i}a L{\'o}pez \& S{\o}ren", "García López & Søren"),
    (r"\v{S}a \c{c} \H{o} {\ss} {\AA}", "Ša ç ő ß Å"),
    (r"{\textquoteleft}x{\textquoteright} \textendash{} {\textless}i{\textgreater}", "‘x’ – <i>"),
    ("{DPO} and {{RLHF}}", "DPO and RLHF"),
    (r"$\alpha_{1}$ stays", r"$\alpha_{1}$ stays"),
    (r"\emph{in vivo} \url{http://x_y}", "in vivo http://x_y"),
    (r"The {\TeX}book in \texttt{a_b}, \copyright{} \LaTeX", "The TeXbook in a_b, © LaTeX"),
    ("50% stays", "50% stays"),
    ("no TeX", "no TeX"),
    ("{" * 1000 + r"\'e", r"\'e"),  # too deep to be a letter
]


@pytest.mark.parametrize(("text", "plain"), LETTERS)
def test_latex_letters_become_letters_and_formulas_stay(text, plain):
    assert decoded(text) == plain

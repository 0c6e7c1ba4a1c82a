r"""BibTeX: a broken entry is rejected and harms no other, {\"o} is ö, and what an entry has from its book."""

import json

import pytest
from reading import SAMPLES, rejected, rows

from litreview.sources.bibtex import decode_latex


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
    (["title = {A}", "journal = {\\mnras}"], "venue", "mnras"),  # a macro of ADS
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


# (names as BibTeX lists them, names)
AUTHORS = [
    ("Doe, Jane and Roe, R. and others", "Jane Doe; R. Roe"),
    ("M{\\\"u}ller, J{\\'o}zef and\n  van der Berg, Anna", "Józef Müller; Anna van der Berg"),
    ("Doe, Jr., Jane", "Jane Doe Jr."),
    ("{The Queue Consortium}", "The Queue Consortium"),
    ("{Barnes and Noble} AND Roe, R.\nand {Queues, Inc.}", "Barnes and Noble; R. Roe; Queues Inc."),
    ("Rahman, Md and Doe, C.~M. and", "Md Rahman; C. M. Doe"),
    ("family=Berg, given=Anna, prefix=van der and Roe, R.", "Anna van der Berg; R. Roe"),
    ("family=Berg, given=Anna, given-i={{An}}, prefix=von, useprefix=true", "Anna von Berg"),
    ("\\v{S}imek, O. and \\v{S}imek, P.", "O. Šimek; P. Šimek"),
    ("Doe, Jane A.; Roe, Richard", "Jane A. Doe; Richard Roe"),  # no BibTeX, but written
    ("Doe, Jane A., Roe, Richard", "Jane A. Doe; Richard Roe"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "names"), AUTHORS)
def test_a_list_of_names(written, names):
    (row,) = rows(entry("title = {A}", f"author = {{{written}}}"))
    assert row["authors"] == names


# (file, titles): unusual or wrong, and read all the same
RECOVERED = [
    (entry("title = {A}", "note = {x}", "note = {y}"), ["A"]),  # a repeated field, as Scopus writes it
    (entry("title = {A}") + entry("title = {B}"), ["A", "B"]),  # a repeated key
    ("@article{a, title = {A}} @article{a, title = {B}}", ["A", "B"]),  # … on one line
    ("@misc{, title = {A}}", ["A"]),
    ("@misc{a,\n title = {A}\n year = {2011}\n}", ["A"]),  # a comma is missing
    ("@misc{title = {A}}", ["A"]),
    ("@misc{a\n title = {A}}", ["A"]),
    ("@misc{a,\n, title = {A},, year = 2001,% a remark\n note = {x}\n}", ["A"]),  # commas too many
    ("@misc{a, title = {A}\n\n@misc{b, title = {B}}", ["A", "B"]),  # not closed
    ("@ misc {a, title = {A}}", ["A"]),
    ("@misc(a, title = {A})", ["A"]),
    ("Prose before.\n\n@comment{x}\n@preamble{\"y\"}\n@misc{a, title = {A}}\nProse behind.", ["A"]),
    ("@comment{ {x }\n@misc{a, title = {A}}", ["A"]),  # a broken comment is a comment
    ("@string{x = {A}}\n@misc{a, title = x # { B}}", ["A B"]),
    ("@misc{a, title = {A\n  x = 5}, year = {2001}}", ["A\n  x = 5"]),  # looks like a field
    ("@misc{a, title = {A}, abstract = {Mail\n@someone, who\n@article was read}}", ["A"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "titles"), RECOVERED)
def test_an_unusual_entry_is_read(text, titles):
    assert [row["title_raw"] for row in rows(text)] == titles
    assert rejected(text) == []


BROKEN = [
    "@article{b,\n title = {B {x},\n year = {2001}\n}",  # a bracket is missing
    "@article{b, title = {B {x}, author = {X Y}, year = 2020}",
    "@article{b, title = {B}, @type:Person, year = 2001}",
    "@article{b, title = {{{ x",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_entry_is_rejected_with_its_line_and_harms_no_other(broken):
    text = f"{entry('title = {A}')}\n{broken}\n{entry('title = {C}')}"
    assert [row["title_raw"] for row in rows(text)] == ["A", "C"]
    ((line, reason),) = rejected(text)
    assert line == 5
    assert reason


def test_what_stands_behind_a_bracket_too_many_is_kept():
    (row,) = rows("@article{a,\n title = {A}},\n year = {2001}\n}")
    assert (row["title_raw"], json.loads(row["extra"])["unread"]) == ("A", ",\n year = {2001}\n}")


BOOK = "@proceedings{B, title = {Queues 2001}, year = 2001, editor = {Roe, R.}, doi = {10.1000/b}, abstract = {All}}\n"


def test_an_entry_takes_what_tells_of_its_book_and_not_the_identifiers_of_the_book():
    first, second = rows("@inproceedings{a, title = {A}, author = {Doe, J.}, crossref = {b}}\n" + BOOK)
    assert (first["title_raw"], first["venue"], first["published"]) == ("A", "Queues 2001", "2001")
    assert (first["authors"], first.get("doi"), first.get("abstract_raw")) == ("J. Doe", None, None)
    assert second["title_raw"] == "Queues 2001"


def test_an_entry_keeps_what_it_says_itself():
    (first, _) = rows("@inproceedings{a, title = {A}, date = {2002-05}, booktitle = {Own}, crossref = {B}}\n" + BOOK)
    assert (first["venue"], first["published"]) == ("Own", "2002-05")


def test_entries_that_take_from_each_other_come_to_an_end():
    assert len(rows("@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}}")) == 2


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
    (r"Skibi\ifmmode \acute{n}\else \'{n}\fi{}ska", "Skibińska"),
    (r"{DPO} costs \$5, not $6 & ~10% of it", "DPO costs $5, not $6 & ~10% of it"),
    ("{" * 1000 + r"\'e", r"\'e"),  # too deep to be a letter
]


@pytest.mark.parametrize(("text", "plain"), LETTERS)
def test_latex_letters_become_letters_and_formulas_stay(text, plain):
    assert decode_latex(text) == plain

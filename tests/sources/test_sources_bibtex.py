r"""BibTeX: a broken entry is rejected and harms no other, {\"o} is ö, and names are told apart."""

import pytest
from reading import rejected, rows

from litreview.sources.bibtex import decode_latex


def entry(*fields: str) -> str:
    return "@article{key,\n" + ",\n".join(fields) + "\n}\n"


# (fields, column, value)
FIELDS = [
    (["title = {{A {DPO} B}}"], "title_raw", "A DPO B"),
    (["title = {A = B, 50% of #1 & more}"], "title_raw", "A = B, 50% of #1 & more"),
    (["title = {Costs $x^2$ and \\$5}"], "title_raw", "Costs $x^2$ and $5"),
    (["title = {A}", "journal = {\\mnras}"], "venue", "mnras"),  # a macro of ADS
    (["title = {A}", "year = 2019", 'month = "12~" # may'], "published", "2019-05-12"),
    (["title = {A}", "doi = {https://doi.org/10.1000/A\\_b}"], "doi", "10.1000/a_b"),
    (["title = {A}", "journal = {arXiv preprint arXiv:2305.18290}"], "arxiv_id", "2305.18290"),
    (["title = {A}", "url = {\\url{http://x.org/a_b~c%20d}}"], "url", "http://x.org/a_b~c%20d"),
    (["title = {A}", "% a comment\n  url = {http://x.org}"], "url", "http://x.org"),
    (["title = {A}", "annote = {Times cited: 20}"], "abstract_raw", None),
    (["title = {A}", "eprint = {1508.00882}", "primaryclass = {math, stat}"], "category", "math"),
    (["title = {A}", "keywords = {a, ).b(), @c}, d:{e, f = []}"], "keywords", "a; ).b(); @c; d:e; f = []"),  # of EBSCO
    (["title = {A}", 'abstract = "He said {"}hi{"}"'], "abstract_raw", 'He said "hi"'),
]  # fmt: skip
# (names as BibTeX lists them, names)
AUTHORS = [
    ("Doe, Jane and Roe, R. and others", "Jane Doe; R. Roe"),
    ("M{\\\"u}ller, J{\\'o}zef and\n  van der Berg, Anna", "Józef Müller; Anna van der Berg"),
    ("{Barnes and Noble} AND Roe, R.\nand {Queues, Inc.}", "Barnes and Noble; R. Roe; Queues Inc."),
    ("Rahman, Md and Doe, C.~M. and", "Md Rahman; C. M. Doe"),
    ("\\v{S}imek, O. and \\v{S}imek, P.", "O. Šimek; P. Šimek"),
    ("family=Oordt, given=Aron, prefix=van den, useprefix=true and Doe, Jane", "Aron van den Oordt; Jane Doe"),
    ("family=Bennet, given={Frank G.}, suffix=Jr., given-i={{Fr}}", "Frank G. Bennet Jr."),
    ("Doe, Jane A.; Roe, Richard", "Jane A. Doe; Richard Roe"),  # no BibTeX, but written
]  # fmt: skip
SAID = FIELDS + [(["title = {A}", f"author = {{{written}}}"], "authors", names) for written, names in AUTHORS]


@pytest.mark.parametrize(("fields", "column", "value"), SAID)
def test_what_an_entry_says(fields, column, value):
    (row,) = rows(entry(*fields))
    assert row.get(column) == value
    assert row["source_key"] == "key"


# (file, titles): unusual or wrong, and read all the same
RECOVERED = [
    (entry("title = {A}", "note = {x}", "note = {y}"), ["A"]),  # a repeated field, as Scopus writes it
    ("@misc{a,\n title = {A}\n year = {2011}\n}", ["A"]),  # a comma is missing
    ("@misc{a,\n, title = {A},, year = 2001,% a remark\n note = {x}\n}", ["A"]),  # commas too many
    ("@misc{a, title = {A}\n\n@misc{b, title = {B}}", ["A", "B"]),  # not closed
    ("@misc{a,\n title = {A}},\n year = {2001}\n}", ["A"]),  # a bracket too many
    ("Prose before.\n\n@comment{x}\n@preamble{\"y\"}\n@misc{a, title = {A}}\nProse behind.", ["A"]),
    ("@string{x = {A}}\n@misc{a, title = x # { B}}", ["A B"]),
    ("@misc{a, title = {A\n  x = 5}, year = {2001}}", ["A\n  x = 5"]),  # looks like a field
    ("@misc{a, title = {A}, abstract = {Mail\n@someone, who\n@article was read}}", ["A"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "titles"), RECOVERED)
def test_an_unusual_entry_is_read(text, titles):
    assert [row["title_raw"] for row in rows(text)] == titles
    assert rejected(text) == []


BROKEN = [
    "@article{b,\n title = {B {x\n y},\n year = {2001}\n}",  # a bracket is missing
    "@article{b, title = {{{ x",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_entry_is_rejected_with_its_line_and_harms_no_other(broken):
    text = f"{entry('title = {A}')}\n{broken}\n{entry('title = {C}')}"
    assert [row["title_raw"] for row in rows(text)] == ["A", "C"]
    ((line, reason),) = rejected(text)
    assert line == 5
    assert reason


def test_an_abbreviation_stays_short_however_often_it_doubles():
    doubled = "".join(f"@string{{a{place + 1} = a{place} # a{place}}}\n" for place in range(60))
    (row,) = rows(f'@string{{a0 = "xx"}}\n{doubled}@misc{{k, title = a7, note = a60 # a60}}')
    assert row["title_raw"] == "x" * 256
    assert len(row["extra"]) < 2_000


def test_an_entry_without_its_bracket_is_told():
    assert [line for line, _ in rejected("@Article,\n title = {A},\n}\n\n@Comment{x}")] == [1]


LETTERS = [
    (r"Garc{\'\i}a L{\'o}pez \& S{\o}ren", "García López & Søren"),
    (r"\v{S}a \c{c} \H{o} {\ss} {\AA}", "Ša ç ő ß Å"),
    (r"{\textquoteleft}x{\textquoteright} \textendash{} {\textless}i{\textgreater}", "‘x’ – <i>"),
    ("{DPO} and {{RLHF}}", "DPO and RLHF"),
    (r"The {\TeX}book in \texttt{a_b}, \copyright{} \LaTeX", "The TeXbook in a_b, © LaTeX"),
    (r"Skibi\ifmmode \acute{n}\else \'{n}\fi{}ska", "Skibińska"),
    (r"{DPO} costs \$5, not $6 & ~10% of it", "DPO costs $5, not $6 & ~10% of it"),
    (r"Nguy{\~{\^e}}n, \not\in, \frac{a}{b}, \foo{x} \cite{y}", "Nguyễn, ∉, a/b, x <cit.>"),
    (r"\sqrt[{" * 100 + r"\'e", "√[" * 100 + "é"),  # as deep as one likes
]


@pytest.mark.parametrize(("text", "plain"), LETTERS)
def test_latex_letters_become_letters_and_formulas_stay(text, plain):
    assert decode_latex(text) == plain

"""RIS, NBIB and Web of Science: where a record begins, where it ends, and what a line belongs to."""

import pytest
from reading import rejected, rows


def ris(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", *lines, "ER  - ", ""])


# (records, titles)
BOUNDS = [
    (ris("TI  - A").replace("ER  - \n", "") + ris("TI  - B"), ["A", "B"]),  # an end is missing
    (ris("TI  - A") + "NL  - J Abbr\n\nLink: x\n\n2.\n" + ris("TI  - B"), ["A", "B"]),  # behind the end
    (ris("TI  - A", "AB  - x", "ER - positive"), ["A"]),  # prose that begins like an end
    (ris("TI  - A", "AB  - x", "TY - is a receptor"), ["A"]),  # prose that begins like a record
    (ris("PMID  - 123", "TI  - A", "KW  - x"), ["A"]),  # PsycINFO gives PubMed's number in a RIS file
    ("TI  - A\nTY  - JOUR\nER  - \nTI  - B\nTY  - BOOK\nER  - \n", ["A", "B"]),  # the type is not first
    ("\n\n" + ris("", "TI  - A", "", "AB  - x", ""), ["A"]),  # blank lines everywhere
    ("Record #3 of 18\nProvider: x\n\nTY  -  JOUR\nTI  -  A\nER  -  \n\n\nRecord #4 of 18\n", ["A"]),  # Cochrane
    ("JF  - J\nT1  - A\nER  -\nT1  - B\nER  -\n", ["A", "B"]),  # no types at all
    (ris("TI  - A", "AB  - x", "", "two", "", "three", "KW  - y"), ["A"]),  # blank lines inside an abstract
    (ris("TI  - A").replace("\n", "\r"), ["A"]),  # lines of old Macs
    ("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n", ["A", "B"]),  # PubMed's, without the blank line
]


@pytest.mark.parametrize(("text", "titles"), BOUNDS)
def test_where_a_record_begins_and_ends(text, titles):
    assert [row["title_raw"] for row in rows(text)] == titles


# (lines, column, value)
FIELDS = [
    (["T2  - Journal", "DO  - 10.1000/x"], "title_raw", None),  # a journal is no title
    (["TI  - A", "AB  - one", "N2  - two"], "abstract_raw", "one"),
    (["TI  - A", "AB  - one", "AB  - two"], "abstract_raw", "one\ntwo"),  # repeated
    (["TI  - A", "AB  - one", "two"], "abstract_raw", "one\ntwo"),  # carried on
    (["TI  - A", "N1  - Comment on a study, doi:10.1000/other, and more"], "doi", None),  # another paper's
    (["TI  - A", "N1  - doi:10.1201/b19107-2"], "doi", "10.1201/b19107-2"),
    (["TI  - A", "C3  - PUBMED 38407106,EMBASE 643589775"], "pmid", "38407106"),
    (["TI  - A", "AU  - Doe, Jane", "AU  - Roe, R, Jr."], "authors", "Jane Doe; R Roe Jr."),
    (["TI  - A", "AU  - M&uuml;ller, J."], "authors", "J. Müller"),  # the ";" of an entity
    (["TI  - A", "KW  - a", "b", "KW  - c"], "keywords", "a; b; c"),  # EndNote carries keywords on
    (["TI  - A", "A1  - Doe J", "AU  - Roe R", "AU  - Moe B"], "authors", "J Doe; R Roe; B Moe"),  # the first one apart
    (["TI  - A", "AU  - Roe R", "A1  - Doe J"], "authors", "R Roe"),  # of the book
    (["TI  - A", "AB  - NA", "KW  - NA"], "abstract_raw", None),  # R writes this where nothing is
    (["TI  - A", "SO  - Journal"], "venue", "Journal"),
    (["TI  - A", "DO  - 10.1000/12(2004)024 [ 0141:AB]2.0.CO;2"], "doi", "10.1000/12(2004)024[0141:ab]2.0.co;2"),
    (["TI  - A", "PY  - 2019", "DA  - 2021/01/01"], "published", "2019"),  # a date of another year is of something else
    (["TI  - A", "UR  - https://www.ncbi.nlm.nih.gov/pubmed/24584310"], "pmid", "24584310"),
]


@pytest.mark.parametrize(("lines", "column", "value"), FIELDS)
def test_what_a_ris_record_says(lines, column, value):
    (row,) = rows(ris(*lines))
    assert row.get(column) == value


def test_a_record_that_names_nothing_is_rejected_with_its_line():
    assert rejected("\n" + ris("AU  - Doe, Jane")) == [(2, "it has no title, no abstract and no identifier")]
    assert rejected(ris("DO  - 10.1000/x")) == []


NBIB = [
    ("TI  - A title over\n      two lines.", "title_raw", "A title over\ntwo lines."),
    ("TI  - A\nFAU - Smith, John A\nAU  - Smith JA", "authors", "John A Smith"),
    ("TI  - A\nLID - S0140 [pii]\nLID - 10.1000/abc.1 [doi]", "doi", "10.1000/abc.1"),
    ("TI  - A\nDP  - 2019 Jul-Aug", "published", "2019-07"),
    ("TI  - A\nOAB - Publisher: Abstract available from the publisher.", "abstract_raw", None),
]


@pytest.mark.parametrize(("lines", "column", "value"), NBIB)
def test_what_an_nbib_record_says(lines, column, value):
    (row,) = rows(f"PMID- 123\n{lines}\n")
    assert (row["pmid"], row["source_key"], row.get(column)) == ("123", "123", value)

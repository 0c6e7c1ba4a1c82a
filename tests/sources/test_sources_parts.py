"""The parts of a record that every format writes otherwise: names, dates, identifiers; and the crosswalk itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview import schema
from litreview.sources import crosswalk, dates, identifiers
from litreview.sources.author_names import people, person, split_names
from litreview.sources.crosswalk import pieces, texts_at
from litreview.sources.file_content import Entry, shipped_table

# (function, what is written, what is read)
PARTS = {
    person: [
        ("Smith, John A.", "John A. Smith"),
        ("de Oliveira Filho ASB", "ASB de Oliveira Filho"),
        ("John Smith III", "John Smith III"),
        ("WANG LI", "WANG LI"),  # capitals are no initials where all is in capitals
        ("Smith, John (57190000001)", "John Smith"),
        ("Smith, John A Jr", "John A Smith Jr"),
        ("Smith, John A 2nd", "John A Smith 2nd"),
        ("Rahman, Abdul Md", "Abdul Md Rahman"),
        ("", ""),
    ],
    split_names: [
        ("Doe, Jane; Roe, R & Moe, Bo", ["Doe, Jane", " Roe, R", "Moe, Bo"]),
        ("Smith & Sons; Doe, Jane", ["Smith & Sons", " Doe, Jane"]),
        ("Smith J.A., Doe B.", ["Smith J.A.", "Doe B."]),
        ("Smith, J., Doe, B.", ["Smith, J.", "Doe, B."]),
        ("Jane Doe, R Roe, et al.", ["Jane Doe", "R Roe"]),
        ("Doe, Jane, Jr.", ["Doe, Jane, Jr."]),
    ],
    dates.day: [
        ("20190512", "2019-05-12"),
        ("12-14 May 2019", "2019-05-12"),
        ("2019 Jul-Aug", "2019-07"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ("13/05/2019", "2019-05-13"),
        ("05/06/2019", "2019"),  # May or June?
        ("12.05.2019", "2019-05-12"),
        ("2019-13-40", "2019"),
        ("2019-02-30", "2019-02"),
        ("MAY 12", ""),  # no year
        ("Marketing 2019", "2019"),  # no March
        ("", ""),
    ],
    dates.source_parts: [
        ("Tide Notes. Conference: 2nd Queue Day. Spain. 12, 2018.", {"venue": "Tide Notes", "published": "2018"}),
        ("20 queues. 2009;20(4).", {"venue": "20 queues", "published": "2009", "volume": "20", "issue": "4"}),
        ("Proc. Natl. Queues", {"venue": "Proc. Natl. Queues"}),
    ],
    identifiers.doi: [
        ("(10.1000/abc)", "10.1000/abc"),
        ("10.1002/(SICI)17:15<1661::AID-S8>3.0.CO;2-2", "10.1002/(sici)17:15<1661::aid-s8>3.0.co;2-2"),
        ("http://x?id=doi:10.1000%2Fabc", "10.1000/abc"),
        ("\u200e10.1000/abc\u200f", "10.1000/abc"),
    ],
    identifiers.pmid: [("https://pubmed.ncbi.nlm.nih.gov/29456894/", "29456894"), ("123456789", "")],
    identifiers.openalex: [
        ("https://openalex.org/W12", "W12"),
        ("W2741809807", "W2741809807"),
        ("https://openalex.org/A5069892096", ""),
    ],
    identifiers.arxiv: [
        ("arXiv:2305.18290v3 [cs.LG]", ("2305.18290", "3")),
        ("10.48550/ARXIV.2305.18290", ("2305.18290", "")),
        ("https://huggingface.co/papers/2305.18290", ("2305.18290", "")),
        ("hep-th/9901001v1", ("hep-th/9901001", "1")),
        ("math.GT/0309136", ("math.gt/0309136", "")),
        ("10.1000/2305.18290", None),
        ("version 2305.18290 of a thing", None),
    ],
}


@pytest.mark.parametrize(("read", "written", "part"), [(read, *row) for read, rows in PARTS.items() for row in rows])
def test_names_dates_venues_and_identifiers_are_read_as_far_as_they_are_certain(read, written, part):
    assert read(written) == part


def test_a_name_in_reading_order_stays_so():
    assert person("Suresh K", reorder=False) == "Suresh K"
    assert people(["Doe, Jane", "others", "", "Roe; R"]) == "Jane Doe; R Roe"


@given(st.text(max_size=80))
def test_no_text_breaks_a_part(text):
    for read in PARTS:
        read(text)
    people(split_names(text))


PIECES = [
    ("a; b;c", ";", ["a", " b", "c"]),
    ("a, b; c, d", ";,", ["a, b", " c, d"]),  # the first mark that there is
    ("R&amp;D; M&uuml;ller", ";", ["R&D", " Müller"]),  # the ";" of an entity
    ("a\nb;c", "lines", ["a", "b", "c"]),
    ("Doe, J., Roe, R.", "names", ["Doe, J.", "Roe, R."]),
]


@pytest.mark.parametrize(("text", "split", "values"), PIECES)
def test_a_text_is_parted_by_what_its_field_says(text, split, values):
    assert pieces(text, split) == values


def test_paths_walk_through_lists():
    fields = {"a": [{"b": "x"}, {"b": ["y", None]}], "e": {"": "text", "@n": "1"}, "f": True}
    found = {path: texts_at(fields, path.split(".")) for path in ("a.b", "e", "f", "g")}
    assert found == {"a.b": ["x", "y"], "e": ["text"], "f": [], "g": []}


def test_the_crosswalk_names_columns_that_exist_and_no_field_twice():
    rows = shipped_table("crosswalk.csv")
    ours = "title subtitle abstract year month day key first_page last_page".split()
    assert {row["column"] for row in rows} <= {*schema.RECORDS.names, *ours}
    keys = [(row["format"], row["field"], row["column"]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_the_whole_record_is_kept_but_for_title_and_abstract():
    fields = {"TI": ["A"], "T1": ["A"], "ST": ["Short A"], "PY": ["2019"], "ZZ": ["x", "y"]}
    columns, _ = crosswalk.records([(Entry("ris", 1, fields), "id")], "")
    assert (columns["title_raw"], columns["published"]) == (["A"], ["2019"])
    assert columns["extra"] == ['{"PY": "2019", "ST": "Short A", "ZZ": ["x", "y"]}']

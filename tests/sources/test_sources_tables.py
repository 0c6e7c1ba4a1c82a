"""Tables: which row is the header, what parts cells and rows, and what the shapes of databases say."""

import csv
import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import content_of, rows

from litreview.errors import SourceError
from litreview.sources import read, tabular

DELIMITED = [
    "Title,Abstract,Year\nA,x,2019\nB,y,2020\n",
    "Title;Abstract;Year\nA;x;2019\nB;y;2020\n",
    "sep=;\nTitle;Abstract;Year\nA;x;2019\nB;y;2020\n",  # Excel's own hint
    '"Exported, on May 12"\n\nTitle,Abstract,Year\nA,x,2019\n\nB,y,2020\n,,\n',  # lines above, empty rows
    "\ufeffTITLE,abstract ,publication_year\nA,x,2019\nB,y,2020",
    '"Title","Abstract","Year"\n"A","x","2019"\n"B","y","2020"\n'.encode("utf-16-be"),  # without a mark
    "\ufeffsep=;\nTitle;Abstract;Year\nA;x;2019\nB;y;2020\n".encode("utf-16-le"),
]


@pytest.mark.parametrize("text", DELIMITED)
def test_delimiter_and_header_are_found(text):
    found = [(row["title_raw"], row["abstract_raw"], row["published"]) for row in rows(text)]
    assert found == [("A", "x", "2019"), ("B", "y", "2020")]


# (rows below the header "title,abstract", titles)
QUOTED = [
    ('"A, B","x"\n', ["A, B"]),
    ('"A ""B""",x\n', ['A "B"']),
    ('A,"x\n\ny"\nB,z\n', ["A", "B"]),  # line breaks in a cell
    ('"A,x\nB,y\nC,z\n', ['"A', "B", "C"]),  # a quote that never closes
    ('"A,x\nB,y\n"C",z\n', ['"A', "B", "C"]),  # … or only in another row
    ("A\nB,y\n", ["A", "B"]),  # a cell is missing
    ("@SUM(1),x\nB,y\n", ["@SUM(1)", "B"]),  # begins a line as BibTeX does
    ('A,"x\n@misc{a,\n title = {T}}"\nB,y\n', ["A", "B"]),
    ('A,"x\nTY  - JOUR\nTI  - T\nER  - "\nB,y\n', ["A", "B"]),  # … or as RIS
]


@pytest.mark.parametrize(("text", "titles"), QUOTED)
def test_quotes_and_line_breaks(text, titles):
    for above in ("", "sep=,\n", "\ufeffMy references\nExported on 2024-05-12\n\n"):
        assert [row["title_raw"] for row in rows(f"{above}title,abstract\n{text}")] == titles


CELLS = st.text(alphabet="xé “'\"\n,;\t|\\", max_size=12)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6)


@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_a_program_writes_as_csv_is_read_cell_by_cell(cells, delimiter, quoting):
    written = [[f"T{title}", abstract, note] for title, abstract, note in cells]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting).writerows([["Title", "Abstract", "note"], *written])
    found = [each.fields for each in tabular.read(content_of(file.getvalue()))]
    names = ("Title", "Abstract", "note")
    filled = [[cell if cell.strip() else "" for cell in row] for row in written]
    assert [[fields.get(name, [""])[0] for name in names] for fields in found] == filled


IDENTIFIERS = [
    ("PMID,included\n30000011,1\n", "pmid", "30000011"),
    ("arXiv ID\tnote\n2305.00001v2\tx\n", "arxiv_id", "2305.00001"),
]


@pytest.mark.parametrize(("text", "column", "value"), IDENTIFIERS)
def test_a_table_of_identifiers_is_a_table_of_papers(text, column, value):
    assert [row[column] for row in rows(text)] == [value]


# (header and row, column, value), each in the shape of one database or program
SHAPES = [
    ('Authors,Title,Year\n"Smith J.A., Doe B.",A,2019', "authors", "J.A. Smith; B. Doe"),  # Scopus
    ('Author full names,Title\n"Smith, John (57); Doe, Bert (58)",A', "authors", "John Smith; Bert Doe"),
    ("Item Title,Authors\nA,Datong WeiCan LiuJan van Dieken", "authors", "Datong Wei; Can Liu; Jan van Dieken"),
    ('PMID,Title,Authors\n3,A,"Lira R, de Oliveira Filho ASB."', "authors", "R Lira; ASB de Oliveira Filho"),
    ("title,authors\nA,\"['Marx, Karl', 'Lindgren, Astrid']\"", "authors", "Karl Marx; Astrid Lindgren"),  # ASReview
    ('Key,Author,Title,Manual Tags\nAB,"Doe, Jane; Roe, R",A,a; b', "keywords", "a; b"),  # Zotero
    ("PMID,Title,Citation\n3,A,J Q. 2021 Dec 21;14(2):1-9. doi: x", "published", "2021-12-21"),  # PubMed
    ("PMID,Title,Citation\n3,A,J Q. 2021 Dec;14(2):1-9. doi: x", "issue", "2"),
    (",title,GScites,Scopuscites\n1,A,7,NF", "authors", None),  # a title is enough beside columns of any name
    ("display_name,authorships.author.display_name\nA,Ann Lee|Bo Doe", "authors", "Ann Lee; Bo Doe"),  # OpenAlex
    ("Titulo,Ano,Título de la fuente\nA,2020,Nature", "venue", "Nature"),  # accents lost
    ("Title-题名,Author-作者,Source-文献来源\nA,张伟;李娜;,计算机学报", "authors", "张伟; 李娜"),
]


@pytest.mark.parametrize(("text", "column", "value"), SHAPES)
def test_the_shapes_of_databases_and_programs(text, column, value):
    (found,) = rows(text)
    assert (found["title_raw"], found.get(column)) == ("A", value)


def workbook(*sheets: list[list]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for cells in sheets:
        sheet = book.create_sheet()
        for row in cells:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_sheet_by_sheet():
    dated = ["A", "x_x000D_y", 2019, "10.1000/a", datetime.date(2019, 5, 12), 0.1 + 0.2]
    first = [
        ["Search of May"],
        [],
        ["Title", "Abstract", "Year", "DOI", "Date", "Score"],
        dated,
        [None] * 6,
        ["B", None, 2020.0],
    ]
    found = rows(workbook(first, [["notes"], ["nothing"]], [["Title", "Authors"], ["C", "Doe, Jane"]]))
    assert [(row["title_raw"], row["source_line"]) for row in found] == [("A", 4), ("B", 6), ("C", 2)]
    assert (found[0]["abstract_raw"], json.loads(found[0]["extra"])["Score"]) == ("x\ry", "0.3")  # as Excel shows it
    assert (found[0]["published"], found[0]["doi"], found[1]["published"]) == ("2019-05-12", "10.1000/a", "2020")


def test_a_workbook_without_papers_or_damaged_is_told(tmp_path):
    (tmp_path / "file").write_bytes(workbook([["day", "rain"], [1, 0]]))
    with pytest.raises(SourceError, match="no papers are found"):
        read(tmp_path / "file")
    data = workbook([["Title", "Year"], ["A", 2019]])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name)[: 40 if "sheet1" in name else None])
    with pytest.raises(SourceError, match="looks like an Excel workbook"):
        rows(broken.getvalue())


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70 * 2**20)
    with pytest.raises(SourceError, match="unpacks to far more"):
        rows(file.getvalue())

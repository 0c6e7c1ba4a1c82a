"""Tables: which row is the header, what parts cells and rows, and what the shapes of databases say."""

import csv
import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SAMPLES, rejected, rows

from litreview.errors import SourceError
from litreview.sources import tabular
from litreview.sources.file_content import Content

DELIMITED = [
    "Title,Abstract,Year\nA,x,2019\nB,y,2020\n",
    "Title;Abstract;Year\nA;x;2019\nB;y;2020\n",
    "Title\tAbstract\tYear\nA\tx\t2019\nB\ty\t2020\n",
    "Title|Abstract|Year\nA|x|2019\nB|y|2020\n",
    "sep=;\nTitle;Abstract;Year\nA;x;2019\nB;y;2020\n",  # Excel's own hint
    '"Exported, on May 12"\n\nTitle,Abstract,Year\nA,x,2019\n\nB,y,2020\n,,\n',  # lines above, empty rows
    "\ufeffTITLE,abstract ,publication_year\nA,x,2019\nB,y,2020",
]


@pytest.mark.parametrize("text", DELIMITED)
def test_delimiter_and_header_are_found(text):
    assert [(row["title_raw"], row["abstract_raw"], row["published"]) for row in rows(text)] == [
        ("A", "x", "2019"),
        ("B", "y", "2020"),
    ]


# (rows below the header "title,abstract", titles)
QUOTED = [
    ('"A, B","x"\n', ["A, B"]),
    ('"A ""B""",x\n', ['A "B"']),
    ('A,"x\n\ny"\nB,z\n', ["A", "B"]),  # line breaks in a cell
    ('5" disks,x\nB,y\n', ['5" disks', "B"]),  # a quote inside a cell opens nothing
    ('"A,x\nB,y\nC,z\n', ['"A', "B", "C"]),  # a quote that never closes
    ('"A,x\nB,y\n"C",z\n', ['"A', "B", "C"]),  # … or only in another row
    ("A,x,beyond\nB,y\n", ["A", "B"]),
    ("A\nB,y\n", ["A", "B"]),  # a cell is missing
    ("=SUM(1),x\n", ["=SUM(1)"]),
]


@pytest.mark.parametrize(("text", "titles"), QUOTED)
def test_quotes_and_line_breaks(text, titles):
    assert [row["title_raw"] for row in rows("title,abstract\n" + text)] == titles


CELLS = st.text(alphabet="xé “'\"\n,;\t|\\", max_size=12)


@settings(deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_program_writes_as_csv_is_read_cell_by_cell(cells, delimiter, quoting):
    written = [[f"T{title}", abstract, note] for title, abstract, note in cells]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting).writerows([["Title", "Abstract", "note"], *written])
    found = [each.fields for each in tabular.read(Content(data=file.getvalue().encode()))]
    names = ("Title", "Abstract", "note")
    assert [[fields.get(name, [""])[0] for name in names] for fields in found] == [
        [cell if cell.strip() else "" for cell in row] for row in written
    ]


def test_what_lies_beyond_the_header_is_kept():
    assert json.loads(rows("title,abstract\nA,x,1,2\n")[0]["extra"]) == {"beyond the header": ["1", "2"]}


def test_a_list_of_titles_may_have_commas():
    assert [row["title_raw"] for row in rows("Title\nA, B\n\nC; D\n")] == ["A, B", "C; D"]


def test_what_is_no_record_is_told():
    text = "title,abstract,note\nA,x,\nTitle,Abstract,note\n,,only this\nB,y,\n"
    assert rejected(text) == [(3, "the header again"), (4, "it has no title, no abstract and no identifier")]
    assert [row["title_raw"] for row in rows(text)] == ["A", "B"]


IDENTIFIERS = [
    ("PMID,included\n30000011,1\n", "pmid", "30000011"),
    ("record;DOI\n1;10.1000/a\n", "doi", "10.1000/a"),
    ("arXiv ID\tnote\n2305.00001v2\tx\n", "arxiv_id", "2305.00001"),
    ("DOI\n10.1000/a(1,2)\n", "doi", "10.1000/a(1,2)"),
    ("PMID\n30000011\n", "pmid", "30000011"),
]


@pytest.mark.parametrize(("text", "column", "value"), IDENTIFIERS)
def test_a_table_of_identifiers_is_a_table_of_papers(text, column, value):
    assert [row[column] for row in rows(text)] == [value]


def test_a_line_that_tells_of_a_search_is_no_header():
    (row,) = rows("DOI,10.1000/x\nTitle,Authors,DOI\nA,Doe J,10.1000/a\n")
    assert (row["title_raw"], row["doi"]) == ("A", "10.1000/a")


@pytest.mark.parametrize("text", [",title\n0,A\n1,B\n", "Title,\nA,\nB,\n"])
def test_titles_alone_may_have_a_column_without_a_name(text):
    assert [row["title_raw"] for row in rows(text)] == ["A", "B"]


NO_TABLES = ["day,rain\n1,0\n", "title of the thing is long, and abstract it is not\n", "", "Dear all,\nplease.\n"]


@pytest.mark.parametrize("text", NO_TABLES)
def test_a_table_without_titles_is_no_table_of_papers(text):
    with pytest.raises(SourceError, match="no known format"):
        rows(text)


# (header, row, column, value), each in the shape of one database or program
SHAPES = [
    # Scopus, old and new
    ("Authors,Title,Year,Source title", '"Smith J.A., Doe B.",A,2019,Nature', "authors", "J.A. Smith; B. Doe"),
    ("Authors,Author full names,Title",
     '"Smith, J.; Doe, B.","Smith, John (57); Doe, Bert (58)",A', "authors", "John Smith; Bert Doe"),
    ("Title,Source title,Source,EID", "A,,Scopus,2-s2.0-1", "venue", None),
    ("Title,Abstract,EID", "A,[No abstract available],2-s2.0-1", "abstract_raw", None),
    # Springer glues names
    ("Item Title,Authors,Item DOI",
     "A,Datong WeiCan LiuJan van Dieken,10.1007/x", "authors", "Datong Wei; Can Liu; Jan van Dieken"),
    # IEEE
    ("Document Title,Authors,Publication Title", "A,A. Lee; B. Doe,Trans. Q", "venue", "Trans. Q"),
    # Web of Science, full names and tags
    ("PT\tTI\tAU\tPY\tPD", "J\tA\tDoe, J; Roe, R\t2019\tMAY 12", "published", "2019-05-12"),
    # PubMed
    ("PMID,Title,Authors,Journal/Book",
     '30000011,A,"Lira R, de Oliveira Filho ASB.",J', "authors", "R Lira; ASB de Oliveira Filho"),
    ("PMID,Title,Publication Year", "30000011.0,A,2019.0", "pmid", "30000011"),
    # Embase
    ("Title,Author Names,Source",
     '"A","Liu R., Adler D.G.","Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"', "published", "2004-08-25"),
    # ASReview
    ("record_id,title,abstract,authors",
     "0,A,x,\"['Marx, Karl', 'Lindgren, Astrid']\"", "authors", "Karl Marx; Astrid Lindgren"),
    ("record_id,title,abstract,included", "0,A,x,1", "source_key", "0"),
    # Zotero, Rayyan, Covidence, Publish or Perish
    ("Key,Item Type,Author,Title,Manual Tags", 'AB,book,"Doe, Jane; Roe, R",A,a; b', "keywords", "a; b"),
    # Lens, Dimensions, OpenAlex
    ("Publication ID,Title,PubYear", "pub.1,A,2019", "source_key", "pub.1"),
    ("id,display_name,authorships.author.display_name,doi",
     "https://openalex.org/W12,A,Ann Lee|Bo Doe,https://doi.org/10.1000/X", "authors", "Ann Lee; Bo Doe"),
    # what pandas and NumPy write into a cell
    ("title,externalIds,year", "A,\"{'DOI': '10.1000/s1', 'ArXiv': '2305.00001'}\",2023", "arxiv_id", "2305.00001"),
    ("title,authors", "A,\"[{'authorId': '1', 'name': 'Ann Lee'}, {'name': 'Bo Doe'}]\"", "authors", "Ann Lee; Bo Doe"),
    ("title,abstract", "A,[Article in French]", "abstract_raw", "[Article in French]"),
    ("id,title,versions",
     "0704.0001,A,\"[{'version': 'v1', 'created': 'Mon, 2 Apr 2007 19:18:42 GMT'}]\"", "published", "2007-04-02"),
    # other languages
    ("Titel;Autor, Hrsg. oder Institution;Zeitschrift/Zeitung", "A;Müller, Jörg;Nature", "venue", "Nature"),
    ("Autores,Titulo,Ano,Título de la fuente", '"Lee A., Doe B.",A,2020,Nature', "venue", "Nature"),  # accents lost
    ("Title-题名,Author-作者,Source-文献来源", "A,张伟;李娜;,计算机学报", "authors", "张伟; 李娜"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "column", "value"), SHAPES)
def test_the_shapes_of_databases_and_programs(header, row, column, value):
    (found,) = rows(f"{header}\n{row}\n")
    assert found["title_raw"] == "A"
    assert found.get(column) == value


def test_an_unquoted_tab_table_in_utf_16_is_read():
    first, second = rows((SAMPLES / "wos_tab.txt").read_bytes())
    assert (first["title_raw"], second["title_raw"]) == ('Dynamic "queues', "The second")


def archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return file.getvalue()


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
    data = workbook(
        [
            ["Search of May"],
            [],
            ["Title", "Abstract", "Year", "DOI", "Date"],
            ["A", "x\ny", 2019, "10.1000/a", datetime.date(2019, 5, 12)],
            [None] * 5,
            ["B", None, 2020.0, None, None],
        ],
        [["notes"], ["nothing"]],
        [["Title", "Authors"], ["C", "Doe, Jane"]],
    )
    found = rows(data)
    assert [(row["title_raw"], row["source_line"]) for row in found] == [("A", 4), ("B", 6), ("C", 2)]
    assert (found[0]["published"], found[0]["doi"], found[1]["published"]) == ("2019-05-12", "10.1000/a", "2020")


def test_a_workbook_without_papers_or_damaged_is_told():
    with pytest.raises(SourceError, match="no sheet of this workbook has a header"):
        rows(workbook([["day", "rain"], [1, 0]]))
    data = workbook([["Title", "Year"], ["A", 2019]])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name)[: 40 if "sheet1" in name else None])
    with pytest.raises(SourceError, match="looks like an Excel workbook"):
        rows(broken.getvalue())


def test_a_workbook_of_old_is_read():
    first, second = rows((SAMPLES / "savedrecs.xls").read_bytes())
    assert (first["title_raw"], first["authors"]) == ("Queues that learn: an invented study", "Ana Lira; Bo Øst")
    assert (first["published"], first["pmid"], first["abstract_raw"][-3:]) == ("2019-05-12", "30000011", "研究.")
    assert json.loads(second["extra"])["Date of Export"] == "2024-03-01"


def test_what_a_workbook_writes_for_control_characters_and_rounding():
    data = workbook([["Title", "Abstract", "DOI", "Score"], ["A", "x_x000D_y", "10.1000/a", 0.1 + 0.2]])
    (row,) = rows(data)
    assert (row["abstract_raw"], json.loads(row["extra"])["Score"]) == ("x\ry", "0.3")


OTHER_OFFICE = [
    bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,  # a document of Word
    archive({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}),
]


@pytest.mark.parametrize("data", OTHER_OFFICE)
def test_an_office_document_that_is_not_read_is_told_how_to_be_saved(data):
    with pytest.raises(SourceError, match="save it as .xlsx"):
        rows(data)


def test_lines_in_a_cell_part_names_and_keywords():
    first, _ = rows((SAMPLES / "ovid.csv").read_text(encoding="utf-8"))
    assert (first["authors"], first["keywords"]) == ("A. Lira; B. Øst", "queues; waiting")
    assert (first["venue"], first["doi"], first["pmid"]) == ("Journal of Queues", "10.1000/q.1", "30000011")


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70 * 2**20)
    with pytest.raises(SourceError, match="unpacks to far more"):
        rows(file.getvalue())


def test_a_row_of_too_many_letters_is_rejected_alone(monkeypatch):
    monkeypatch.setattr("litreview.sources.tabular.RECORD", 50)
    text = f"title,abstract\nA,{'x' * 60}\nB,y\n"
    assert [row["title_raw"] for row in rows(text)] == ["B"]
    assert rejected(text) == [(2, "it is longer than 0 million letters")]

"""Tables: which row is the header, what parts cells and rows, and what the shapes of databases say."""

import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from reading import SAMPLES, rejected, rows

from litreview.errors import SourceError
from litreview.sources import content

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


def test_what_lies_beyond_the_header_is_kept():
    assert json.loads(rows("title,abstract\nA,x,1,2\n")[0]["extra"]) == {"beyond the header": ["1", "2"]}


def test_a_list_of_titles_may_have_commas():
    assert [row["title_raw"] for row in rows("Title\nA, B\n\nC; D\n")] == ["A, B", "C; D"]


def test_the_header_again_and_a_row_of_nothing_are_told():
    text = "title,abstract,note\nA,x,\ntitle,abstract,note\n,,only this\n"
    assert rejected(text) == [(3, "the header again"), (4, "it has no title, no abstract and no identifier")]


NO_TABLES = ["day,rain\n1,0\n", "title of the thing is long, and abstract it is not\n", "", "Dear all,\nplease.\n"]


@pytest.mark.parametrize("text", NO_TABLES)
def test_a_table_without_titles_is_no_table_of_papers(text):
    with pytest.raises(SourceError, match="no known format"):
        rows(text)


# (header, row, column, value), each in the shape of one database or program
SHAPES = [
    # Scopus, old and new
    ("Authors,Title,Year,Source title", '"Smith J.A., Doe B.",A,2019,Nature', "authors", "J.A. Smith; B. Doe"),
    ("Authors,Author full names,Title", '"Smith, J.; Doe, B.","Smith, John (57); Doe, Bert (58)",A', "authors", "John Smith; Bert Doe"),
    ("Title,Source title,Source,EID", "A,,Scopus,2-s2.0-1", "venue", None),
    ("Title,Abstract,EID", "A,[No abstract available],2-s2.0-1", "abstract_raw", None),
    # Springer glues names
    ("Item Title,Authors,Item DOI", "A,Datong WeiCan LiuJan van Dieken,10.1007/x", "authors", "Datong Wei; Can Liu; Jan van Dieken"),
    ("Item Title,Authors,Item DOI", "A,Ann McDonaldYann LeCun,10.1007/x", "authors", "Ann McDonald; Yann LeCun"),
    # IEEE
    ("Document Title,Authors,Publication Title", "A,A. Lee; B. Doe,Trans. Q", "venue", "Trans. Q"),
    # Web of Science, full names and tags
    ("Article Title,Author Full Names,UT (Unique WOS ID)", 'A,"Doe, Jane; Roe, R",WOS:1', "authors", "Jane Doe; R Roe"),
    ("PT\tTI\tAU\tPY\tPD", "J\tA\tDoe, J; Roe, R\t2019\tMAY 12", "published", "2019-05-12"),
    # PubMed
    ("PMID,Title,Authors,Journal/Book", '30000011,A,"Lira R, de Oliveira Filho ASB.",J', "authors", "R Lira; ASB de Oliveira Filho"),
    ("PMID,Title,Publication Year", "30000011.0,A,2019.0", "pmid", "30000011"),
    ("PMID,Title,Publication Year", "30000011.0,A,2019.0", "published", "2019"),  # numbers that pandas wrote
    # Embase
    ("Title,Author Names,Source", '"A","Liu R., Adler D.G.","Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"', "published", "2004-08-25"),
    # ASReview
    ("record_id,title,abstract,authors", "0,A,x,\"['Marx, Karl', 'Lindgren, Astrid']\"", "authors", "Karl Marx; Astrid Lindgren"),
    ("record_id,title,abstract,included", "0,A,x,1", "source_key", "0"),
    # Zotero, Rayyan, Covidence, Publish or Perish
    ("Key,Item Type,Author,Title,Manual Tags", 'AB,book,"Doe, Jane; Roe, R",A,a; b', "keywords", "a; b"),
    ("key,title,authors,year", 'rayyan-1,A,"Doe, J. and Roe, R.",2019', "authors", "J. Doe; R. Roe"),
    ("Title,Published Year,Published Month,Covidence #", "A,2019,May,#1", "published", "2019-05"),
    ("Cites,Authors,Title,Source,GSRank", '5,"J Doe, R Roe",A,Nature,1', "authors", "J Doe; R Roe"),
    # Lens, Dimensions, OpenAlex
    ("Lens ID,Title,Author/s,Date Published", "000-1,A,Ann Lee; Bo Doe,2020-11-22", "published", "2020-11-22"),
    ("Publication ID,Title,PubYear", "pub.1,A,2019", "source_key", "pub.1"),
    ("id,display_name,authorships.author.display_name,doi", "https://openalex.org/W12,A,Ann Lee|Bo Doe,https://doi.org/10.1000/X", "authors", "Ann Lee; Bo Doe"),
    ("id,display_name,doi", "https://openalex.org/W12,A,", "openalex_id", "W12"),
    # other languages
    ("Titel;Autoren;Jahr", "A;Müller, Jörg;2019", "authors", "Jörg Müller"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "column", "value"), SHAPES)
def test_the_shapes_of_databases_and_programs(header, row, column, value):
    (found,) = rows(f"{header}\n{row}\n")
    assert found["title_raw"] == "A"
    assert found.get(column) == value


def test_an_unquoted_tab_table_in_utf_16_is_read():
    first, second = rows((SAMPLES / "wos_tab.txt").read_bytes())
    assert (first["title_raw"], second["title_raw"]) == ('Dynamic "queues', "The second")


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
    with pytest.raises(SourceError, match="looks like Excel workbook"):
        rows(broken.getvalue())


def test_a_workbook_of_old_is_told_how_to_be_saved():
    with pytest.raises(SourceError, match="save it as .xlsx"):
        rows(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70 * 2**20)
    with pytest.raises(SourceError, match="unpacks to far more"):
        rows(file.getvalue())


def test_a_row_of_too_many_letters_is_rejected_alone(monkeypatch):
    monkeypatch.setattr("litreview.sources.separated.RECORD", 50)
    text = f"title,abstract\nA,{'x' * 60}\nB,y\n"
    assert [row["title_raw"] for row in rows(text)] == ["B"]
    assert rejected(text) == [(2, "it is longer than 0 million letters")]
    assert content.RECORD > 10**7

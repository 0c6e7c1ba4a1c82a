"""Curated tables: what they hold fits the corpus, and a row that cannot be used is told with its line."""

import pandas as pd
import pytest

from litreview.corpus import curated_tables
from litreview.corpus.match_keys import canonical
from litreview.errors import CurationError
from litreview.paths import PROJECT

METADATA = "title,arxiv_id,published,date_precision,primary_category,venue,authors,confidence\n"
CORRECTIONS = "paper_id,what,field,value,date,reason\n"


def test_every_row_of_metadata_names_a_paper_of_the_corpus(corpus):
    known = curated_tables.load_metadata(PROJECT.curated / curated_tables.METADATA)
    assert set(known.index) == set(corpus.papers["title"].map(canonical))
    assert known["published"].notna().sum() == 240


def test_the_shipped_corrections_name_papers_of_the_corpus(corpus):
    table = curated_tables.load_corrections(PROJECT.curated / curated_tables.CORRECTIONS)
    assert set(table["paper_id"]) <= set(corpus.papers["paper_id"])


def test_a_date_is_a_year_a_month_or_a_day_that_exists():
    right = ["2024", "2024-05", "2024-02-29"]
    wrong = ["2023-02-29", "2024-13", "May 2024", "24-05-01", "2024-5-1", ""]
    assert [text for text in right + wrong if curated_tables.is_date(text)] == right


def test_years_and_months_become_their_first_day():
    dates = pd.Series(["2024", "2024-05", "2024-05-17", None], dtype="str")
    days = curated_tables.first_days(dates).dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert days == ["2024-01-01", "2024-05-01", "2024-05-17", ""]
    assert curated_tables.precisions(dates).fillna("").tolist() == ["year", "month", "day", ""]


# (table, what the message says)
BAD = [
    (METADATA + "A,,May 2024,,,,,\n", "line 2, column 'published': 'May 2024' cannot be used"),
    (METADATA + "A,,,,,,,\nB,2401.1v2,,,,,,\n", "line 3, column 'arxiv_id': '2401.1v2' cannot be used"),
    (METADATA + "A b,,,,,,,\n\"C\nd\",,,,,,,\na-B.,,,,,,,\n", "line 5, column 'title': 'a-B.'"),  # a cell of two lines
    ("title;arxiv_id\nA;1\n", "line 1: the header lacks"),
    ("", "line 1: the header lacks"),
    (METADATA + "\"A,,,", "cannot be read"),
    (CORRECTIONS + "1,fields,venue,X,2025-01-01,why\n", "column 'what': 'fields' cannot be used. Allowed: field"),
    (CORRECTIONS + "1,field,venu,X,2025-01-01,why\n", "line 2, column 'field': 'venu' cannot be used. Allowed: title"),
    (CORRECTIONS + "1,field,published,soon,2025-01-01,why\n", "line 2, column 'value': 'soon'"),
    (CORRECTIONS + "1,passage,abstract,O(T),2025-01-01,why\n", "column 'value': 'O(T)' cannot be used. Allowed: wrong"),
    (CORRECTIONS + "1,passage,title,a => b,2025-01-01,why\n", "column 'field': 'title' cannot be used"),
    (CORRECTIONS + "1,field,title,,2025-01-01,why\n", "line 2, column 'value': ''"),
    (CORRECTIONS + "1,field,venue,X,yesterday,why\n", "line 2, column 'date': 'yesterday'"),
    (CORRECTIONS + "1,field,venue,X,2025-01-01,\n", "line 2, column 'reason': ''"),
    (CORRECTIONS + ",field,venue,X,2025-01-01,why\n", "line 2, column 'paper_id': ''"),
    (CORRECTIONS + "1,merge,,,2025-01-01,why\n", "line 2, column 'value': ''"),
    (METADATA + "\udce9,,,,,,,\n", "cannot be read: not UTF-8 text"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "message"), BAD)
def test_a_bad_table_is_told(tmp_path, table, message):
    path = tmp_path / "table.csv"
    path.write_text(table, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(CurationError, match="table.csv") as failure:
        (curated_tables.load_corrections if table.startswith(CORRECTIONS) else curated_tables.load_metadata)(path)
    assert message in str(failure.value)


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path):
    """A byte order mark and CRLF are what spreadsheets write."""
    path = tmp_path / "corrections.csv"
    path.write_text(CORRECTIONS + " 1 ,field,venue,X,2025-01-01,why\n", encoding="utf-8-sig", newline="\r\n")
    assert curated_tables.load_corrections(path)["paper_id"].tolist() == ["1"]

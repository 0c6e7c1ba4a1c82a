"""Tables keep what their schema promises, and the documentation says what the schema says."""

import hashlib
import re

import pandas as pd
import pytest

from litreview import paths, schema
from litreview.errors import SchemaError

MARK = "<!-- columns: generated from lib/litreview/schema.py, checked by tests/test_schema.py -->\n"
CORPUS_TABLES = [*schema.TABLES.items()][:8]


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=schema.TABLES)
def test_an_empty_table_passes_its_own_check_and_every_column_has_a_name_and_a_meaning(table):
    assert list(schema.check(schema.empty(table), table).columns) == table.names
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning for column in table.columns)


def test_shape_orders_columns_sets_types_and_keeps_what_else_there_is():
    rows = [{"loaded": 1, "extra": "x", "found": 1, "merged": 0, "rejected": 0, "source_file": "a"}]
    frame = schema.check(schema.shape(rows, schema.LEDGER), schema.LEDGER)
    assert list(frame.columns) == [*schema.LEDGER.names, "extra"]
    assert schema.shape([], schema.LEDGER).dtypes.to_dict() == schema.empty(schema.LEDGER).dtypes.to_dict()


def test_what_breaks_a_table_is_named():
    good = schema.shape([{"source_file": "a", "found": 1, "loaded": 1, "merged": 0, "rejected": 0}], schema.LEDGER)
    with pytest.raises(SchemaError, match="'ledger' lacks 'found'.*It has 'source_file'"):
        schema.check(good.drop(columns="found"), schema.LEDGER)
    with pytest.raises(SchemaError, match="column 'found': type is float64, but int64"):
        schema.check(good.astype({"found": float}), schema.LEDGER)
    holed = good.assign(source_file=pd.Series([None], dtype="str"))
    with pytest.raises(SchemaError, match="column 'source_file', row 0: the value is missing"):
        schema.check(holed, schema.LEDGER)


def described(name: str, table: schema.Table) -> str:
    """The columns of a table as a Markdown table."""
    head = [f"### {name}", "", "| column | type | may be missing | meaning |", "|---|---|---|---|"]
    rows = [f"| `{c.name}` | {c.dtype} | {'yes' if c.nullable else 'no'} | {c.meaning} |" for c in table.columns]
    return "\n".join([*head, *rows])


def test_data_readme_shows_the_columns_of_every_table():
    shown = (paths.PROJECT.root / "data" / "README.md").read_text(encoding="utf-8").partition(MARK)[2]
    expected = "\n\n".join(described(*each) for each in CORPUS_TABLES)
    assert shown.strip() == expected, f"below its mark, data/README.md should read:\n\n{expected}"


def test_data_readme_shows_every_raw_file_with_its_checksum():
    text = (paths.PROJECT.root / "data" / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"\| `(\S+\.txt)` \|.*\| `([0-9a-f]{64})` \|", text))
    files = {path.name: path.read_bytes() for path in paths.PROJECT.raw.iterdir() if not path.name.startswith(".")}
    assert shown == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    sizes = dict(re.findall(r"\| `(\S+\.txt)` \|.*\| (\d+) \| `", text))
    assert sizes == {name: str(len(data)) for name, data in files.items()}

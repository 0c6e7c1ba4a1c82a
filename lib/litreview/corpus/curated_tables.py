"""The curated tables: metadata.csv on papers, sources.csv on files, corrections.csv with what people overrule."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from litreview import schema
from litreview.corpus.match_keys import canonical
from litreview.errors import CurationError, listed, shown
from litreview.paths import ReviewFolder
from litreview.sources import dates, identifiers

METADATA, SOURCES, CORRECTIONS = (Path(f"{name}.csv") for name in ("metadata", "sources", "corrections"))
CORRECTABLE = ("title", "abstract", "published", "arxiv_id", "doi", "authors", "venue", "category", "url")
_KINDS = ("field", "passage", "theme", "answer", "fact", "contribution", "merge", "unmerge")
_OF_NAMES = "introduces compares_to studies builds_on mentions evaluated_on".split()
_FACTS = (*_OF_NAMES, "claim", "bound", "link", "problem", "finding", "limitation")


class Curated(NamedTuple):
    """What people know of the papers and files of a review, and what they overrule; see `load_curated`."""

    metadata: pd.DataFrame
    sources: pd.DataFrame
    corrections: pd.DataFrame


def load_curated(review: ReviewFolder) -> Curated:
    """Load metadata.csv, sources.csv (by source_file) and corrections.csv of a review. Raises: `CurationError`."""
    folder = review.curated
    sources = table_rows(folder / SOURCES, schema.SOURCES.names)[schema.SOURCES.names].set_index("source_file")
    return Curated(load_metadata(folder / METADATA), sources.replace("", pd.NA), load_corrections(folder / CORRECTIONS))


def load_metadata(path: Path) -> pd.DataFrame:
    """Load what is known of papers by their title, one row a normalised title, with that as the index.

    Columns: arxiv_id, published (text: year, month or day), category, venue, authors (str; missing where unknown).
    Raises: `CurationError` for an impossible date or arXiv id, or two rows of one title.
    """
    rows = table_rows(path, ("title", "arxiv_id", "published", "primary_category", "venue", "authors"))
    check_cells(path, rows[rows["published"] != ""], "published", is_date, "a date such as 2024, 2024-05, 2024-05-17")
    ids = rows[rows["arxiv_id"] != ""]
    check_cells(path, ids, "arxiv_id", lambda i: identifiers.arxiv(i) == (i.lower(), ""), "an arXiv id, no version")
    keys = rows["title"].map(canonical)
    check_cells(path, rows[keys.duplicated()], "title", lambda _: False, "one row for each title")
    known = rows.rename(columns={"primary_category": "category"}).set_index(pd.Index(keys, name="key"))
    return known[["arxiv_id", "published", "category", "venue", "authors"]].replace("", pd.NA)


def load_corrections(path: Path) -> pd.DataFrame:
    """Load corrections by hand: `schema.CORRECTIONS`, in the order of the file.

    Raises: `CurationError`, with the line, for a row without paper, date or reason, or of an unknown kind.
    """
    rows = table_rows(path, schema.CORRECTIONS.names[:-1])
    check_cells(path, rows, "paper_id", bool, "the paper_id of a paper")
    check_cells(path, rows, "what", _KINDS.__contains__, ", ".join(_KINDS))
    check_cells(path, rows, "date", lambda value: len(value) == 10 and is_date(value), "a day such as 2024-05-17")
    check_cells(path, rows, "reason", bool, "why it was overruled, in a few words")
    fields = rows[rows["what"] == "field"]
    check_cells(path, rows.drop(fields.index), "value", bool, "what it is about; see data/README.md")
    check_cells(path, fields, "field", CORRECTABLE.__contains__, ", ".join(CORRECTABLE))
    check_cells(path, passages := rows[rows["what"] == "passage"], "field", "abstract".__eq__, "abstract")
    check_cells(path, passages, "value", lambda value: all(value.partition(" => ")), "wrong words => right words")
    check_cells(path, rows[rows["what"] == "fact"], "field", _FACTS.__contains__, ", ".join(_FACTS))
    dated = fields[(fields["field"] == "published") & (fields["value"] != "")]
    check_cells(path, fields[fields["field"] == "title"], "value", bool, "a title; a paper cannot be without")
    check_cells(path, dated, "value", is_date, "a date such as 2024, 2024-05, 2024-05-17")
    return schema.shape(rows, schema.CORRECTIONS)[schema.CORRECTIONS.names]


def put_right(abstract: str, value: str, line: int) -> str:
    """Put the right words of a passage in place of the wrong. Raises: `CurationError` if these do not stand once."""
    wrong, _, right = value.partition(" => ")
    if abstract.count(wrong) != 1:
        raise bad_cell(CORRECTIONS, line, "value", value, "words that stand once in the abstract => right words")
    return abstract.replace(wrong, right)


def regrouped(records: pd.DataFrame, by_hand: pd.DataFrame) -> pd.DataFrame:
    """Merge papers, and take records out of papers, by the rows of `corrections.csv`.

    `records`: record_id, source_file, paper_id; work, first, reason as `match_records` gives them. A row on a paper or
    a file that is not here does nothing. Raises: `CurationError` for a record that is not of its paper.
    """
    records = records.copy()
    for row in by_hand.itertuples():
        chosen = records["paper_id"] == row.paper_id
        if row.what == "merge":
            both = chosen | (records["paper_id"] == row.value)
            if records.loc[both, "paper_id"].nunique() == 2:
                first = records.index[both][0]
                reason = f"corrections.csv, line {row.line}: {row.reason}"
                records.loc[both & (records["work"] != first), "reason"] = reason
                records.loc[both, ["work", "first"]] = first
        elif chosen.any() and row.value.rpartition(":")[0] in set(records["source_file"]):
            if row.value not in set(ids := records.loc[chosen, "record_id"]):
                allowed = f"a record of {row.paper_id}: {', '.join(ids[:5])}"
                raise bad_cell(CORRECTIONS, row.line, "value", row.value, allowed)
            records.loc[chosen & (records["record_id"] == row.value), ["work", "first"]] = -row.line  # its own group
    for group in ("work", "first"):  # named after the first record that is left in it
        records[group] = records.index.to_series().groupby(records[group]).transform("min")
    return records.assign(reason=records["reason"].mask(records["work"] == records.index))


def is_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day that exists, in ISO 8601."""
    return dates.day(text) == text != ""


def first_days(texts: pd.Series) -> pd.Series:
    """Turn years, months and days as text into their first day (datetime64[us]); missing where there is none."""
    return pd.Series(texts.fillna("NaT").to_numpy("U").astype(schema.DATE), texts.index)


def precisions(texts: pd.Series) -> pd.Series:
    """Say of years, months and days as text what they are: "year", "month" or "day" (str); missing stays missing."""
    return texts.str.count("-").map({0: "year", 1: "month", 2: "day"}).astype("str")


def table_rows(path: Path, columns: Sequence[str], text: str | None = None) -> pd.DataFrame:
    """Read the rows of a CSV table as text, with the `line` on which each begins; none where there is no such file.

    `text`: what the file holds, where it was read already. Raises: `CurationError`.
    """
    try:
        if text is None:
            text = path.read_bytes().decode("utf-8-sig") if path.exists() else ",".join(columns)
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        header = list(reader.fieldnames or [])
        rows = [[*((row.get(name) or "").strip() for name in columns), reader.line_num] for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CurationError.unreadable(path, error) from error
    if missing := [name for name in columns if name not in header]:
        raise CurationError(f"{shown(path)}, line 1: the header lacks {listed(missing)}. It has {listed(header)}.")
    table = pd.DataFrame(rows, columns=[*columns, "line"]).astype({**dict.fromkeys(columns, "str"), "line": "int64"})
    return table.assign(line=table["line"].shift(fill_value=1) + 1)  # a row begins below the end of the one before


def bad_cell(path: Path, line: int, column: str, value: object, right: str) -> CurationError:
    """Return the error of a cell that cannot be used."""
    return CurationError(f"{shown(path)}, line {line}, column '{column}': '{value}' cannot be used. Allowed: {right}.")


def check_cells(path: Path, rows: pd.DataFrame, column: str, allowed: Callable[[str], object], wording: str) -> None:
    """Raise `CurationError`, with the line, for the first cell of a column that is not allowed."""
    for value, line in zip(rows[column], rows["line"], strict=True):
        if not allowed(value):
            raise bad_cell(path, line, column, value, wording)

"""Reviewed judgement as data: what is known of the papers, of the files, and what a person has overruled."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from litreview import schema
from litreview.corpus.match_keys import canonical
from litreview.errors import CurationError
from litreview.paths import CURATED

METADATA, SOURCES, CORRECTIONS = (CURATED / f"{name}.csv" for name in ("metadata", "sources", "corrections"))
CORRECTABLE = ("title", "abstract", "published", "arxiv_id", "doi", "authors", "venue", "category", "url")
_KINDS = ("field", "theme", "fact", "merge", "unmerge")
_FACTS = ("introduces", "compares_to", "evaluated_on", "claim", "link")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
_A_DATE = "a date such as 2024, 2024-05, 2024-05-17"
_PRECISION = {1: "year", 2: "month", 3: "day"}


def load_metadata(path: Path = METADATA) -> pd.DataFrame:
    """What is known of papers by their title, one row a normalised title, with that as the index.

    Columns: arxiv_id, published (text: year, month or day), category, venue, authors (str; missing where unknown).
    Raises `CurationError` for a date that is none, an arXiv id that is none, or two rows of one title.
    """
    rows = table_rows(path, ("title", "arxiv_id", "published", "primary_category", "venue", "authors"))
    _check(path, rows[rows["published"] != ""], "published", is_date, _A_DATE)
    _check(path, rows[rows["arxiv_id"] != ""], "arxiv_id", _ARXIV.fullmatch, "an arXiv id, no version")
    keys = rows["title"].map(canonical)
    again = rows[keys.duplicated()]
    _check(path, again, "title", lambda _: False, "one row for each title")
    known = rows.rename(columns={"primary_category": "category"}).set_index(pd.Index(keys, name="key"))
    return known[["arxiv_id", "published", "category", "venue", "authors"]].replace("", pd.NA)


def load_sources(path: Path = SOURCES) -> pd.DataFrame:
    """What is known of the files: `schema.SOURCES`."""
    rows = table_rows(path, schema.SOURCES.names)
    return schema.shape(rows, schema.SOURCES)[schema.SOURCES.names]


def load_corrections(path: Path = CORRECTIONS) -> pd.DataFrame:
    """What a person has overruled: `schema.CORRECTIONS`, in the order of the file.

    Raises `CurationError`, with the line, for a row without paper, date or reason, or of an unknown kind.
    """
    rows = table_rows(path, schema.CORRECTIONS.names[:-1])
    _check(path, rows, "paper_id", bool, "the paper_id of a paper")
    _check(path, rows, "what", _KINDS.__contains__, ", ".join(_KINDS))
    _check(path, rows, "date", lambda value: len(value) == 10 and is_date(value), "a day such as 2024-05-17")
    _check(path, rows, "reason", bool, "why it was overruled, in a few words")
    fields = rows[rows["what"] == "field"]
    _check(path, rows.drop(fields.index), "value", bool, "what it is about; see data/README.md")
    _check(path, fields, "field", CORRECTABLE.__contains__, ", ".join(CORRECTABLE))
    _check(path, rows[rows["what"] == "fact"], "field", _FACTS.__contains__, ", ".join(_FACTS))
    dates = fields[(fields["field"] == "published") & (fields["value"] != "")]
    _check(path, fields[fields["field"] == "title"], "value", bool, "a title; a paper cannot be without")
    _check(path, dates, "value", is_date, _A_DATE)
    return schema.shape(rows, schema.CORRECTIONS)[schema.CORRECTIONS.names]


def regrouped(records: pd.DataFrame, by_hand: pd.DataFrame) -> pd.DataFrame:
    """Records merged and taken apart by the rows of `corrections.csv`; `apart` marks those that stand alone now.

    `records`: record_id, source_file, paper_id, work, first, reason as `matching.match_records` gives them, apart (bool).
    Raises `CurationError` for a record that is not of its paper.
    """
    for row in by_hand.to_dict("records"):
        if row["what"] == "merge":
            chosen = records["paper_id"].isin([row["paper_id"], row["value"]])
            if {row["paper_id"], row["value"]} <= set(records.loc[chosen, "paper_id"]):
                records = _merged(records, chosen, f"corrections.csv, line {row['line']}: {row['reason']}")
        else:
            records = _taken_out(records, _chosen(records, row))
    return records


def _chosen(records: pd.DataFrame, row: dict[str, Any]) -> pd.Series:
    """The record that a row takes out of a paper. Raises `CurationError` where its file is here and the paper has no such
    record; a file or a paper that is not here is of another corpus.
    """
    paper = records[records["paper_id"] == row["paper_id"]]
    here = len(paper) and row["value"].rpartition(":")[0] in set(records["source_file"])
    if here and row["value"] not in set(paper["record_id"]):
        of_paper = f"a record of {row['paper_id']}: {', '.join(paper['record_id'].head(5))}"
        raise CurationError.bad_value(CORRECTIONS, row["line"], "value", row["value"], of_paper)
    return (records["paper_id"] == row["paper_id"]) & (records["record_id"] == row["value"])


def _merged(records: pd.DataFrame, chosen: pd.Series, reason: str) -> pd.DataFrame:
    first = records.index[chosen][0]
    newly = chosen & (records["work"] != first)
    records = records.assign(reason=records["reason"].mask(newly, reason))
    records.loc[chosen, ["work", "first"]] = first
    return records


def _taken_out(records: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:
    for place in records.index[chosen]:
        for group in ("work", "first"):
            others = records.index[(records[group] == records.loc[place, group]) & (records.index != place)]
            if len(others):
                records.loc[others, group] = others[0]
            records.loc[place, group] = place
        records.loc[place, "apart"] = True
    alone = records["work"] == records.index
    return records.assign(reason=records["reason"].mask(alone, None))


def is_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day that exists."""
    match = _DATE.fullmatch(text)
    return bool(match) and not pd.isna(pd.to_datetime(_first_day(text), format="%Y-%m-%d", errors="coerce"))


def first_days(dates: pd.Series) -> pd.Series:
    """Years, months and days as text → the first day of each (datetime64[us]); missing stays missing."""
    texts = [_first_day(date) if isinstance(date, str) else None for date in dates]
    return pd.Series(pd.to_datetime(texts, format="%Y-%m-%d"), index=dates.index).astype(schema.DATE)


def precisions(dates: pd.Series) -> pd.Series:
    """Years, months and days as text → "year", "month" or "day" (str); missing stays missing."""
    return dates.str.count("-").add(1).map(_PRECISION).astype("str")


def _first_day(date: str) -> str:
    return (date + "-01-01")[:10]


def table_rows(path: Path, columns: tuple[str, ...] | list[str]) -> pd.DataFrame:
    """The rows of a table as text, with the `line` each begins on."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows, line = [], 2
            for row in reader:
                rows.append({**{name: (row.get(name) or "").strip() for name in columns}, "line": line})
                line = reader.line_num + 1
            header = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CurationError.unreadable(path, error) from error
    missing = [name for name in columns if name not in header]
    if missing:
        raise CurationError.missing_columns(path, missing, header)
    return pd.DataFrame(rows, columns=[*columns, "line"]).astype({**dict.fromkeys(columns, "str"), "line": "int64"})


def _check(path: Path, rows: pd.DataFrame, column: str, allowed: Callable[[str], object], wording: str) -> None:
    for value, line in zip(rows[column], rows["line"], strict=True):
        if not allowed(value):
            raise CurationError.bad_value(path, line, column, value, wording)

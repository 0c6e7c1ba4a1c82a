"""Reading what a test writes down."""

from pathlib import Path

import pandas as pd

from litreview.sources import crosswalk, reader_of
from litreview.sources.file_content import Content, Rejection

SAMPLES = Path(__file__).parent / "samples"


def rows(text: str | bytes) -> list[dict]:
    """The records of a file that holds this text, missing fields left out."""
    found = [record for record in everything(text) if not isinstance(record, Rejection)]
    return [{name: value for name, value in row.items() if not _is_missing(value)} for row in found]


def rejected(text: str | bytes) -> list[tuple[int, str]]:
    """Line and reason of what is rejected."""
    return [(each.place, each.reason) for each in everything(text) if isinstance(each, Rejection)]


def everything(text: str | bytes) -> list[dict | Rejection]:
    """Every record and every rejection, in order."""
    content = Content(data=text.encode("utf-8", errors="surrogatepass") if isinstance(text, str) else text)
    found = reader_of(content).read(content)
    return [each if isinstance(each, Rejection) else crosswalk.record(each) for each in found]


def _is_missing(value: object) -> bool:
    return value is None or value == "" or (not isinstance(value, str) and pd.isna(value))

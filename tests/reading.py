"""Reading what a test writes down."""

import tempfile
from pathlib import Path

import pandas as pd

from litreview.sources import crosswalk, reader_of
from litreview.sources.file_content import Content, Rejection

SAMPLES = Path(__file__).parent / "samples"
FOLDER = tempfile.TemporaryDirectory()


def rows(text: str | bytes) -> list[dict]:
    """The records of a file that holds this text, missing fields left out."""
    found = [record for record in everything(text) if not isinstance(record, Rejection)]
    return [{name: value for name, value in row.items() if value != "" and pd.notna(value)} for row in found]


def content_of(text: str | bytes) -> Content:
    """A file that holds this text, until the next one is made."""
    path = Path(FOLDER.name) / "file"
    path.write_bytes(text.encode(errors="surrogatepass") if isinstance(text, str) else text)
    return Content(path)


def rejected(text: str | bytes) -> list[tuple[int, str]]:
    """Line and reason of what is rejected."""
    return [(each.place, each.reason) for each in everything(text) if isinstance(each, Rejection)]


def everything(text: str | bytes) -> list[dict | Rejection]:
    """Every record and every rejection, in order."""
    found = reader_of(content := content_of(text)).read(content)
    return [each if isinstance(each, Rejection) else crosswalk.record(each) for each in found]

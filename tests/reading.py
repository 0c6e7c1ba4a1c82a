"""Reading what a test writes down."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from litreview.sources import crosswalk, reader_of
from litreview.sources.file_content import Content

SAMPLES = Path(__file__).parent / "samples"
FOLDER = tempfile.TemporaryDirectory()


def rows(text: str | bytes) -> list[dict]:
    """The records of a file that holds this text, missing fields left out."""
    kept = {name: column for name, column in crosswalk.records(found(text), "")[0].items() if column}
    every = zip(*kept.values(), strict=True)
    return [{name: value for name, value in zip(kept, row, strict=True) if value} for row in every]


def content_of(text: str | bytes) -> Content:
    """A file that holds this text, until the next one is made."""
    path = Path(FOLDER.name) / "file"
    path.write_bytes(text.encode(errors="surrogatepass") if isinstance(text, str) else text)
    return Content(path)


def rejected(text: str | bytes) -> list[tuple[int, str]]:
    """Line and reason of what is rejected."""
    return [(each.place, each.reason) for each in crosswalk.records(found(text), "")[1]]


def found(text: str | bytes) -> Iterator[crosswalk.Named]:
    """Every entry and rejection, in order, each with an id."""
    content = content_of(text)
    return ((each, str(number)) for number, each in enumerate(reader_of(content).read(content)))

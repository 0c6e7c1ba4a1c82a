"""What can go wrong, in words a researcher can act on.

Every failure that this library raises on purpose is a `LitreviewError`. Its text says what happened, where, the value
that was found, what is allowed, and how to fix it. The text stands where the error is raised.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from rapidfuzz import process
from rapidfuzz.utils import default_process


class LitreviewError(Exception):
    """Base of every error that this library raises on purpose."""


class FileError(LitreviewError):
    """A file or folder cannot be read or written; each kind says what it `holds`, and which `form` is read."""

    holds = form = ""

    def __init_subclass__(cls, holds: str, form: str = "") -> None:
        cls.holds, cls.form = holds, form

    @classmethod
    def unreadable(cls, path: Path, reason: object) -> Self:
        why = "not UTF-8 text" if isinstance(reason, UnicodeError) else getattr(reason, "strerror", None) or reason
        return cls(f"{shown(path)}: {cls.holds} cannot be read: {why}. {cls.form}")

    @classmethod
    def unwritable(cls, path: Path, error: OSError) -> Self:
        return cls(f"{shown(path)}: {cls.holds} cannot be written: {error.strerror or error}. Choose another place.")

    @classmethod
    @contextmanager
    def writing(cls, path: Path) -> Iterator[None]:
        """Tell what goes wrong inside a `with` as a file or folder that cannot be written."""
        try:
            yield
        except OSError as error:
            raise cls.unwritable(path, error) from error


class SchemaError(LitreviewError):
    """A table does not have the columns, types or values its schema promises."""


class SourceError(FileError, holds="the file", form="Check its permissions, or copy it elsewhere."):
    """A file of papers cannot be read, or is of no known format."""

    @classmethod
    def damaged(cls, path: Path, form: str, reason: str) -> "SourceError":
        why, told = " ".join(reason.split())[:300], "Nothing of it was loaded. Fetch or export it again."
        return cls(f"{shown(path)}: this looks like {form}, but cannot be read as such: {why}. {told}")

    @classmethod
    def no_records(cls, path: Path, form: str, found: Sequence[str]) -> "SourceError":
        inside = f" It has {listed(found[:10])}." if found else ""
        told = "Expected: a paper, or a list of papers, as its source gives them."
        return cls(f"{shown(path)}: this is {form}, but no papers are found in it.{inside} {told}")


class CurationError(FileError, holds="the table", form="Save it as comma-separated text in UTF-8."):
    """A curated table (metadata.csv, sources.csv, corrections.csv) holds a row that cannot be used."""


class CorpusError(FileError, holds="the corpus", form="Build it again with `litreview corpus FILES --to FOLDER`."):
    """A corpus folder cannot be loaded or written, or a part of a corpus that was asked for cannot be."""


class ThemeFileError(FileError, holds="the themes", form="Give the path of a themes file in YAML, UTF-8."):
    """A file of themes cannot be used; the text lists every problem with its line."""


class UnknownTheme(LitreviewError):
    """A theme or a question that the file of themes does not have."""


class LexiconError(FileError, holds="the lexicon", form="It must be YAML: kind, then 'Name: alias'."):
    """The lexicon of the field's names cannot be used; the text lists every problem with its line."""


class LabelError(FileError, holds="the labels", form="Give a file of labels in JSON, UTF-8."):
    """A file of labels cannot be used."""


class SearchError(LitreviewError):
    """A search without anything to look for."""


class SearchHint(UserWarning):
    """What no paper has of a search; no error, for the other words may find what is looked for."""


class CatalogError(LitreviewError):
    """The catalogue of reports cannot be used, or does not have a report that was asked for."""


class ParameterError(LitreviewError):
    """A parameter of a report is unknown, or its value cannot be used."""


class ReportError(FileError, holds="the reports", form="Give the path of a page, or of a folder of reports."):
    """Reports cannot be written, or one cannot be read back."""


def listed(names: Iterable[str]) -> str:
    """List names in quotes, with commas: the allowed values in a message."""
    return ", ".join(f"'{name}'" for name in names) or "nothing"


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Hint at the allowed name nearest to `name`: " Did you mean 'x'?"; empty when none is near."""
    match = process.extractOne(name, list(allowed), processor=default_process, score_cutoff=65)
    return f" Did you mean '{match[0]}'?" if match else ""


def shown(path: Path) -> str:
    """Show a path as the reader typed it: relative to the working folder where it lies there, odd signs spelled out."""
    here = Path.cwd()
    text = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


class LedgerError(LitreviewError):
    """The account of a file does not close."""


class ExportError(FileError, holds="the file"):
    """Papers cannot be written for another program."""

"""What can go wrong, in words a researcher can act on.

Every failure this library raises on purpose is a `LitreviewError`. Its text says what happened, where, the value that
was found, what is allowed, and how to mend it. The classmethods own the wording, so that a message can be tested and
reads the same wherever it is raised.
"""

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Self

from rapidfuzz import process
from rapidfuzz.utils import default_process


class LitreviewError(Exception):
    """Base of every error that this library raises on purpose."""


class FileError(LitreviewError):
    """A file or folder cannot be read or written; each kind says what it `holds`, and which `form` is read."""

    holds: ClassVar[str]
    form: ClassVar[str]

    @classmethod
    def unreadable(cls, path: Path, reason: object) -> Self:
        return cls(f"{shown(path)}: {cls.holds} cannot be read: {_reason(reason)}. {cls.form}")

    @classmethod
    def unwritable(cls, path: Path, error: OSError) -> Self:
        return cls(f"{shown(path)}: {cls.holds} cannot be written: {mended(error)}")

    @classmethod
    def broken(cls, path: Path, problems: Iterable[str | tuple[int, str]]) -> Self:
        told = [each if isinstance(each, str) else f"line {each[0]}: {each[1]}" for each in problems]
        count = f"{len(told)} problem{'s' if len(told) > 1 else ''}"
        return cls(
            f"{shown(path)} has {count}; mend each line and try again." + "".join(f"\n  {each}." for each in told)
        )


class SchemaError(LitreviewError):
    """A table does not have the columns, types or values its schema promises."""

    @classmethod
    def missing_columns(cls, table: str, missing: Iterable[str], found: Iterable[str]) -> "SchemaError":
        return cls(f"Table '{table}' lacks {listed(missing)}. It has {listed(found)}.")

    @classmethod
    def wrong_dtype(cls, table: str, column: str, found: object, expected: str) -> "SchemaError":
        return cls(f"Table '{table}', column '{column}': type is {found}, but {expected} is expected.")

    @classmethod
    def empty_value(cls, table: str, column: str, row: object) -> "SchemaError":
        return cls(f"Table '{table}', column '{column}', row {row}: the value is missing, but this column needs one.")


class SourceError(FileError):
    """A file of papers cannot be read, or is of no known format."""

    holds, form = "the file", "Check its permissions, or copy it elsewhere."

    @classmethod
    def damaged(cls, path: Path, form: str, reason: str) -> "SourceError":
        return cls(
            f"{shown(path)}: this looks like {form}, but cannot be read as such: {' '.join(reason.split())[:300]}. "
            "Nothing of it was loaded. Fetch or export it again."
        )

    @classmethod
    def no_records(cls, path: Path, form: str, found: Iterable[str]) -> "SourceError":
        fields = list(found)
        inside = f" It has {listed(fields[:10])}." if fields else ""
        return cls(
            f"{shown(path)}: this is {form}, but no papers are found in it.{inside} "
            "Expected: a paper, or a list of papers, as its source gives them."
        )

    @classmethod
    def wrapped_listing(cls, path: Path) -> "SourceError":
        return cls(
            f"{shown(path)}: the lines of this listing are wrapped and no blank line parts its papers, so that titles "
            "cannot be told from the text. Nothing of it was loaded. Save the page anew: as a web page (HTML), or as "
            "text with its blank lines."
        )

    @classmethod
    def none_given(cls) -> "SourceError":
        return cls("No file was given to build a corpus from. Give at least one saved listing.")

    @classmethod
    def none_read(cls, reasons: Iterable[str]) -> "SourceError":
        return cls("None of the files could be read.\n" + "\n".join(f"- {reason}" for reason in reasons))


class CurationError(FileError):
    """A curated table (metadata.csv, sources.csv, corrections.csv) holds a row that cannot be used."""

    holds, form = "the table", "Save it as comma-separated text in UTF-8."

    @classmethod
    def missing_columns(cls, path: Path, missing: Iterable[str], found: Iterable[str]) -> "CurationError":
        return cls(f"{shown(path)}, line 1: the header lacks {listed(missing)}. It has {listed(found)}.")

    @classmethod
    def bad_value(cls, path: Path, line: int, column: str, value: object, allowed: str) -> "CurationError":
        return cls(f"{shown(path)}, line {line}, column '{column}': '{value}' cannot be used. Allowed: {allowed}.")


class CorpusError(FileError):
    """A corpus folder cannot be loaded or written, or a part of a corpus that was asked for cannot be."""

    holds = "the corpus"

    @classmethod
    def missing(cls, folder: Path) -> "CorpusError":
        return cls(
            f"{shown(folder)}: there is no corpus here. Build one with `litreview corpus FILES --to {shown(folder)}`, "
            "or leave the folder empty for the corpus that comes with the project."
        )

    @classmethod
    def damaged(cls, path: Path, reason: str) -> "CorpusError":
        return cls(f"{shown(path)}: {reason}. Build the corpus again with `litreview corpus FILES --to FOLDER`.")

    @classmethod
    def other_format(cls, path: Path, found: object, known: int) -> "CorpusError":
        return cls(
            f"{shown(path)}: the corpus has format {found}, but this version reads format {known}. "
            "Update litreview if the format is newer, or build the corpus again if it is older."
        )

    @classmethod
    def other_things(cls, folder: Path, found: list[str]) -> "CorpusError":
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        return cls(
            f"{shown(folder)}: this folder holds {listed(found[:5])}{more}, and a corpus needs one of its own. "
            f"Name a new one: --to {shown(folder / 'corpus')}"
        )

    @classmethod
    def files_lost(cls, folder: Path, lost: list[str], unread: Iterable[str]) -> "CorpusError":
        names = listed(shown(Path(name)) for name in lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
        return cls(
            f"{shown(folder)}: nothing was changed, for the corpus here has papers from {names}, and this "
            "would drop them. Give these files again as well; or add --add, to put new files with those that are here; "
            "or --replace, to begin anew." + "".join(f"\nNot read: {each}" for each in unread)
        )

    @classmethod
    def not_added(cls, folder: Path, unread: Iterable[str]) -> "CorpusError":
        return cls(
            f"{shown(folder)}: nothing was added, for not every file could be read. Mend these, or leave them out."
            + "".join(f"\nNot read: {each}" for each in unread)
        )

    @classmethod
    def impossible_period(cls, since: object, until: object) -> "CorpusError":
        return cls(
            f"since={since}, until={until}: this is no period. Both are years, since is not after until; 0 is no limit."
        )

    @classmethod
    def unknown_papers(cls, unknown: Iterable[str], known: Iterable[str]) -> "CorpusError":
        names = list(unknown)
        return cls(
            f"The corpus has no paper {listed(names[:5])}. Papers are chosen by paper_id."
            f"{nearest(names[0], known) if names else ''}"
        )


class ThemeFileError(FileError):
    """A file of themes cannot be used; the text lists every problem with its line."""

    holds, form = "the themes", "Give the path of a themes file in YAML, UTF-8."


class UnknownTheme(LitreviewError):
    """A theme or facet name that the file of themes does not have."""

    @classmethod
    def theme(cls, name: str, allowed: Iterable[str]) -> "UnknownTheme":
        return cls(f"There is {_no('theme', name, allowed)}")


class LexiconError(FileError):
    """The lexicon of the field's names cannot be used; the text lists every problem with its line."""

    holds, form = "the lexicon", "It must be YAML: kind, then 'Name: alias'."


class GoldError(FileError):
    """A file of labels cannot be used."""


class SearchError(LitreviewError):
    """A search without anything to look for."""


class SearchHint(UserWarning):
    """What no paper has of a search; no error, for the other words may find what is looked for."""


class CatalogError(LitreviewError):
    """The catalogue of reports cannot be used, or does not have a report that was asked for."""


class ParameterError(LitreviewError):
    """A parameter of a report is unknown, or its value cannot be used."""


class ReportError(LitreviewError):
    """A report cannot be written, or read back."""


def _reason(reason: object) -> str:
    """Words, or those of an error."""
    return (
        "it is not UTF-8 text" if isinstance(reason, UnicodeError) else getattr(reason, "strerror", None) or str(reason)
    )


def _no(kind: str, name: object, allowed: Iterable[str]) -> str:
    """That a name is unknown, with the nearest and all that are known: the end of a message."""
    names = list(allowed)
    return f"no {kind} '{name}'.{nearest(str(name), names)} {kind.capitalize()}s: {listed(names)}."


def listed(names: Iterable[str]) -> str:
    """Names in quotes, with commas: for the list of allowed values in a message."""
    return ", ".join(f"'{name}'" for name in names) or "nothing"


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Hint at the allowed name nearest to `name`: " Did you mean 'x'?"; empty when none is near."""
    match = process.extractOne(name, list(allowed), processor=default_process, score_cutoff=65)
    return f" Did you mean '{match[0]}'?" if match else ""


def shown(path: Path) -> str:
    """A path as the reader typed it: relative to the working folder where that is shorter, odd signs spelled out."""
    here = Path.cwd()
    text = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def mended(error: OSError) -> str:
    """What the system says, and what helps: the end of a message about a place that cannot be written."""
    remedies = {
        **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Make room there, or choose another place"),
        **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "Choose a place you may write to"),
        **dict.fromkeys(
            (errno.ENOTDIR, errno.EEXIST, errno.EISDIR),
            "A file stands where a folder is needed, or the other way round; choose another name",
        ),
        errno.ENAMETOOLONG: "Choose a shorter name",
    }
    return f"{error.strerror or error}. {remedies.get(error.errno or 0, 'Try again, or choose another place')}."


class LedgerError(LitreviewError):
    """The account of a file does not close."""


class ExportError(FileError):
    """Papers cannot be written for another program."""

    holds = "the file"

    @classmethod
    def unknown_format(cls, name: str, formats: Iterable[str]) -> "ExportError":
        return cls(f"There is {_no('format', name, formats)}")

    @classmethod
    def unknown_ending(cls, path: Path, endings: Iterable[str], formats: Iterable[str]) -> "ExportError":
        return cls(
            f"{shown(path)}: the ending '{path.suffix}' names no format. Endings: {listed(endings)}; "
            f"or name the format: {listed(formats)}."
        )

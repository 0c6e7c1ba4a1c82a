"""Papers for other programs: a selection with the reason for each paper, as BibTeX, RIS, CSL-JSON, CSV or Markdown.

One small writer a format. Each takes entries, whose fields are plain text, and gives the text of a file; what a format
has no place for stays out. The reader of the same format in `sources` gives the fields back.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from litreview.corpus import Corpus
from litreview.errors import ExportError
from litreview.exports import bibtex, csl, csv, markdown, ris
from litreview.exports.entry import Entry, entries
from litreview.text.atomic_files import write_file


class Format(NamedTuple):
    """How a format is written: the ending of its files, their encoding, and the writer."""

    ending: str
    encoding: str
    write: Callable[[Iterable[Entry]], str]


FORMATS = {
    "bibtex": Format(".bib", "utf-8", bibtex.write),
    "ris": Format(".ris", "utf-8", ris.write),
    "csl-json": Format(".json", "utf-8", csl.write),
    "csv": Format(".csv", "utf-8-sig", csv.write),  # with the mark by which Excel knows UTF-8
    "markdown": Format(".md", "utf-8", markdown.write),
}


def export(
    corpus: Corpus, to: str | Path, reasons: Mapping[str, str] | pd.Series | None = None, format_name: str = ""
) -> str | None:
    """The papers of a corpus as a text, or written into a file.

    to: the name of a format ("bibtex"), and the text is returned; or the path of a file, which is written whole, in the
    format of its ending. format_name: the format of a file with another ending. reasons: by paper_id, why a paper is in
    the list; these papers come first, in the order of the reasons, and the others follow in that of the corpus.

    Raises: `ExportError` for an unknown format or a file that cannot be written, `CorpusError` for a reason for a paper
    that is not in the corpus.
    """
    named = str(to) in FORMATS and not format_name
    form = FORMATS[str(to)] if named else _format_of(Path(to), format_name)
    text = form.write(entries(corpus, reasons))
    if named:
        return text
    try:
        write_file(Path(to), text.encode(form.encoding))
    except OSError as error:
        raise ExportError.unwritable(Path(to), error) from error
    return None


def _format_of(path: Path, name: str) -> Format:
    by_ending = {form.ending: form for form in FORMATS.values()}
    if name and name not in FORMATS:
        raise ExportError.unknown_format(name, FORMATS)
    if not name and path.suffix.lower() not in by_ending:
        raise ExportError.unknown_ending(path, by_ending, FORMATS)
    return FORMATS[name] if name else by_ending[path.suffix.lower()]

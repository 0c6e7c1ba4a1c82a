"""Papers for other programs: a selection with the reason for each paper, as BibTeX, RIS, CSL-JSON, CSV or Markdown.

One small writer a format. Each takes references, whose fields are plain text, and returns the text of a file; what a
format has no place for stays out. The reader of the same format in `sources` reads the fields back.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from litreview.corpus import Corpus
from litreview.errors import ExportError, shown
from litreview.exports.bibtex import write_bibtex
from litreview.exports.entry import Reference, references_of
from litreview.exports.lists import write_csv, write_markdown
from litreview.exports.ris_csl import write_csl, write_ris
from litreview.text.atomic_files import write_file

# The name of a format: the ending of its files, their encoding, and the writer.
FORMATS: dict[str, tuple[str, str, Callable[[Iterable[Reference]], str]]] = {
    "bibtex": (".bib", "utf-8", write_bibtex),
    "ris": (".ris", "utf-8", write_ris),
    "csl-json": (".json", "utf-8", write_csl),
    "csv": (".csv", "utf-8-sig", write_csv),  # with the mark by which Excel knows UTF-8
    "markdown": (".md", "utf-8", write_markdown),
}


def export(corpus: Corpus, to: str | Path, reasons: Mapping[str, str] | pd.Series | None = None) -> str | None:
    """Write the papers of a corpus or a review as a text, or into a file.

    to: the name of a format ("bibtex"), and the text is returned; or the path of a file, which is written whole, in the
    format of its ending. reasons: by paper_id, why a paper is in the list; these papers come first, in the order of the
    reasons, and the others follow in that of the corpus.

    Raises: `ExportError` for an unknown format or a file that cannot be written, `CorpusError` for a reason for a paper
    that is not in the corpus.

    >>> export(review.theme("offline_rl"), "offline-rl.bib")
    """
    if str(to) in FORMATS:
        return FORMATS[str(to)][2](references_of(corpus, reasons))
    path, by_ending = Path(to), {ending: (encoding, write) for ending, encoding, write in FORMATS.values()}
    if path.suffix.lower() not in by_ending:
        raise ExportError(f"{shown(path)}: the ending '{path.suffix}' names no format. Use {', '.join(by_ending)}.")
    encoding, write = by_ending[path.suffix.lower()]
    try:
        write_file(path, write(references_of(corpus, reasons)).encode(encoding))
    except OSError as error:
        raise ExportError.unwritable(path, error) from error
    return None

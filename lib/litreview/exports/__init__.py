"""Papers for other programs: a selection with the reason for each paper, as BibTeX, RIS, CSL-JSON, CSV or Markdown.

One small writer a format. Each takes references, whose fields are plain text, and returns the text of a file; what a
format has no place for stays out. The reader of the same format in `sources` reads the fields back.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from litreview.corpus import Corpus
from litreview.errors import ExportError, shown
from litreview.exports.bibtex import write_bibtex
from litreview.exports.entry import references_of
from litreview.exports.lists import write_csv, write_markdown
from litreview.exports.ris_csl import write_csl, write_ris
from litreview.text.atomic_files import write_file

# Writers by the ending of their files. A text is written as UTF-8.
FORMATS = {".bib": write_bibtex, ".ris": write_ris, ".json": write_csl, ".csv": write_csv, ".md": write_markdown}


def export(corpus: Corpus, to: str | Path, reasons: Mapping[str, str] | pd.Series | None = None) -> None:
    """Write the papers of a corpus or a review into a file, in the format of its ending; it is written whole.

    reasons: by paper_id, why a paper is in the list; these papers come first, in the order of the reasons, and the
    others follow in that of the corpus.

    Raises: `ExportError` for an unknown format or a file that cannot be written, `CorpusError` for a reason for a paper
    that is not in the corpus.

    >>> export(review.theme("offline_rl"), "offline-rl.bib")
    """
    path = Path(to)
    if path.suffix.lower() not in FORMATS:
        raise ExportError(f"{shown(path)}: the ending '{path.suffix}' names no format. Use {', '.join(FORMATS)}.")
    with ExportError.writing(path):
        write_file(path, FORMATS[path.suffix.lower()](references_of(corpus, reasons)))

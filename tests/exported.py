"""Corpora to export, and readers of what other programs would see in the files."""

from pathlib import Path

import pandas as pd

import litreview as lr
from litreview import schema
from litreview.corpus import Corpus
from litreview.exports import FORMATS, export
from litreview.exports.entry import references_of

ABSENT = {"doi": None, "arxiv_id": None, "venue": None, "category": None, "authors": None, "url": None}
READ_AGAIN = (".bib", ".ris", ".json", ".csv")  # formats that our readers read
HOSTILE = [
    r"Braces {0, 1}, an open { and a close }, a \ and a \command{x}",
    "100% of $5 & #1_2 ~ ^ tilde",
    '"Quoted", with; commas and semicolons',
    "=1+1",
    "+49 30",
    "-5 degrees",
    "@misc{evil, title={x}}",
    "'=apostrophe first",
    "''+twice",
    "＝SUM(A1)",  # full width: a formula in some spreadsheets
    "ER  - and TY  - JOUR stand in a text",
    "强化学习综述 и обзор مراجعة",
    "<script>alert(1)</script> [x](javascript:alert(1)) **b** `c`",
    "Doi: 10.1/x",  # "key: value", which Zotero would take for a field
    "e\u0301 composed, naïve Küttler",
    "1. a list? # no heading | no table",
]

SAID = "kind format volume issue pages publisher source_key more_authors".split()


def corpus_of(*rows: dict) -> Corpus:
    """A corpus of papers with these fields, each told by one record."""
    blank = {"title": "A title", "abstract": "", "n_records": 1, "published": None, "date_precision": None, **ABSENT}
    papers = [blank | {"paper_id": f"p{place}"} | row for place, row in enumerate(rows)]
    told = {"format": "table", "source_file": "r", "source_line": 1, "title_raw": "", "abstract_raw": ""}
    same = ("paper_id", "venue", "doi", "published", "date_precision", *SAID)
    records, origins = [], []
    for place, paper in enumerate(papers):
        records += [told | {"record_id": f"r{place}"} | {name: paper[name] for name in same if name in paper}]
        origins += [{name: f"r{place}" for name in ("venue", "doi", "published", "authors") if paper[name]}]
        origins[-1]["paper_id"] = paper["paper_id"]
    known = [{name: paper.get(name) for name in schema.PAPERS.names} for paper in papers]
    empty = (schema.empty(schema.LEDGER), schema.empty(schema.REJECTED))
    tables = (schema.shape(known, schema.PAPERS), schema.shape(records, schema.RECORDS), *empty)
    return Corpus(*tables, origins=schema.shape(origins, schema.ORIGINS))


def text_of(corpus: Corpus, ending: str, reasons: dict[str, str] | None = None) -> str:
    """What goes into a file of a format."""
    return FORMATS[ending](references_of(corpus, reasons))


def read_again(corpus: Corpus, name: str, folder: Path) -> pd.DataFrame:
    """The records that our own reader makes of what went out."""
    path = folder / f"out{name}"
    export(corpus, path)
    return lr.read(path)[0]

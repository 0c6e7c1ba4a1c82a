"""Corpora to export, and readers of what other programs would see in the files."""

import csv
import io
import json
import re
from pathlib import Path

import bibtexparser
import pandas as pd
from pylatexenc.latex2text import LatexNodes2Text

import litreview as lr
from litreview import schema
from litreview.corpus import Corpus
from litreview.exports import FORMATS, export
from litreview.exports.csl import REASON
from litreview.text.csv_safety import restored

ABSENT = {"doi": None, "arxiv_id": None, "venue": None, "category": None, "authors": None, "url": None}
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
    same = ("venue", "doi", "published", "date_precision", *SAID)
    records = [
        {
            "format": "table",
            "record_id": f"r{place}",
            "source_file": "r",
            "source_line": 1,
            "title_raw": "",
            "abstract_raw": "",
        }
        | {name: paper[name] for name in (*same, "paper_id") if name in paper}
        for place, paper in enumerate(papers)
    ]
    origins = [
        {
            "paper_id": paper["paper_id"],
            **{name: f"r{place}" for name in ("venue", "doi", "published", "authors") if paper[name]},
        }
        for place, paper in enumerate(papers)
    ]
    return Corpus(
        schema.shape([{name: paper.get(name) for name in schema.PAPERS.names} for paper in papers], schema.PAPERS),
        schema.shape(records, schema.RECORDS),
        schema.empty(schema.LEDGER),
        schema.empty(schema.REJECTED),
        origins=schema.shape(origins, schema.ORIGINS),
    )


def read_again(corpus: Corpus, name: str, folder: Path) -> pd.DataFrame:
    """The records that our own reader makes of what went out."""
    path = folder / f"out{FORMATS[name][0]}"
    export(corpus, path)
    return lr.read(path)[0]


def plain(latex: str) -> str:
    """What TeX would print; pylatexenc gives an accent for the caret."""
    latex = latex.replace(r"\textasciicircum{}", "^")
    return LatexNodes2Text(keep_braced_groups=False, math_mode="verbatim", strict_latex_spaces=True).latex_to_text(
        latex
    )


def natural(name: str) -> str:
    """A name in reading order."""
    return " ".join(name.split(", ", 1)[::-1])


def from_bibtex(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    rows = []
    for entry in library.entries:
        fields = {field.key: plain(field.value) for field in entry.fields}
        fields |= {name: entry[name] for name in ("url", "doi", "eprint") if name in fields}
        authors = (
            [natural(plain(name)) for name in re.split(r" and (?![^{]*\})", entry.fields_dict["author"].value)]
            if "author" in fields
            else []
        )
        named = {"venue": "journal", "arxiv_id": "eprint", "category": "primaryclass", "reason": "comment"}
        rows.append(
            {
                "key": entry.key,
                **fields,
                **{ours: fields.get(name, "") for ours, name in named.items()},
                "authors": authors,
            }
        )
    return rows


def from_ris(text: str) -> list[dict[str, str]]:
    rows = []
    for record in text.split("ER  - \n\n")[:-1]:
        pairs = [line.split("  - ", 1) for line in record.splitlines()]
        tags = dict(pairs)
        names = {
            "key": "ID",
            "title": "TI",
            "abstract": "AB",
            "venue": "T2",
            "doi": "DO",
            "arxiv_id": "AN",
            "url": "UR",
            "reason": "N1",
        }
        authors = [natural(value.rstrip(",")) for tag, value in pairs if tag == "AU"]
        date = "-".join(part for part in tags.get("DA", "").split("/") if part)
        rows.append({ours: tags.get(tag, "") for ours, tag in names.items()} | {"date": date, "authors": authors})
    return rows


def from_csl(text: str) -> list[dict[str, str]]:
    names = {
        "key": "id",
        "title": "title",
        "abstract": "abstract",
        "venue": "container-title",
        "doi": "DOI",
        "arxiv_id": "archive_location",
        "url": "URL",
    }
    rows = []
    for item in json.loads(text):
        date = "-".join(f"{part:02}" for part in item.get("issued", {"date-parts": [[]]})["date-parts"][0])
        people = [name.get("literal") or f"{name['given']} {name['family']}" for name in item.get("author", [])]
        rows.append(
            {ours: item.get(key, "") for ours, key in names.items()}
            | {"date": date, "authors": people, "reason": item.get("note", "").removeprefix(REASON)}
        )
        rows[-1]["arxiv_id"] = rows[-1]["arxiv_id"] or item.get("number", "").removeprefix("arXiv:")
    return rows


def from_csv(text: str) -> list[dict[str, str]]:
    rows = [{name: restored(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text))]
    return [
        row | {"date": row["published"], "authors": [name for name in row["authors"].rstrip(";").split("; ") if name]}
        for row in rows
    ]


READERS = {"bibtex": from_bibtex, "ris": from_ris, "csl-json": from_csl, "csv": from_csv}
LOST = {"bibtex": set(), "ris": {"category"}, "csl-json": {"category"}, "csv": {"key"}}

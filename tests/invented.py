"""Small invented corpora and tables for tests: nothing here comes from a paper."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from litreview import schema
from litreview.corpus import Corpus
from litreview.evidence.abstract_sentences import Reading
from litreview.evidence.extraction import find
from litreview.evidence.names.lexicon import load_lexicon
from litreview.paths import PROJECT, ReviewFolder

LEXICON = load_lexicon()


def corpus(**dates: str | None) -> Corpus:
    """A corpus of papers with these dates ("2023-05-01"; None: undated), from one file; p1="2023-05-01" and so on."""
    papers = pd.DataFrame({"paper_id": [*dates], "published": [*dates.values()]}, dtype="str")
    papers = papers.assign(title="Title of " + papers["paper_id"], abstract="", n_records=1)
    papers["url"] = "https://example.org/" + papers["paper_id"]
    papers["date_precision"] = papers["published"].mask(papers["published"].notna(), "day")
    records = papers[["paper_id", "title"]].rename(columns={"title": "title_raw"}).assign(abstract_raw="")
    records = records.assign(source_file="a.txt", source_line=records.index + 1)
    records["record_id"] = "a.txt:" + records["source_line"].astype("str")
    size = len(dates)
    ledger = [{"source_file": "a.txt", "found": size, "loaded": size, "merged": 0, "rejected": 0}]
    tables = (papers, schema.PAPERS), (records, schema.RECORDS), (ledger, schema.LEDGER)
    return Corpus(*(schema.shape(*each) for each in tables), schema.empty(schema.REJECTED))


def yearly(**sizes: int) -> Corpus:
    """A corpus with so many papers of each year: y2021=3 gives papers y2021_0 to y2021_2, all of 1 June 2021."""
    return corpus(**{f"{year}_{i}": f"{year[1:]}-06-01" for year, n in sizes.items() for i in range(n)})


# Any papers, dated or not, and any themes of theirs: for what holds whatever the corpus.
PAPERS = st.dictionaries(
    st.sampled_from([f"p{i}" for i in range(40)]),
    st.none() | st.dates(date(2015, 1, 1), date(2025, 12, 31)).map(str),
)
THEMES = st.lists(st.tuples(st.sampled_from([f"p{i}" for i in range(40)]), st.sampled_from("abc")))


def categories(by: str, **members: list[str]) -> pd.DataFrame:
    """A table of categories: paper_id and `by`."""
    rows = [(paper, category) for category, papers in members.items() for paper in papers]
    return pd.DataFrame(rows, columns=["paper_id", by], dtype="str")


def evidence(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """An evidence table from (paper_id, kind, text)."""
    blank = {"quote": "q", "field": "abstract", "end": 1, "rule": "r"}
    full = [
        {**blank, "paper_id": paper, "kind": kind, "text": text, "name": text, "start": place}
        for place, (paper, kind, text) in enumerate(rows)
    ]
    return shaped(schema.EVIDENCE, full)


def shaped(table: schema.Table, rows: list[dict]) -> pd.DataFrame:
    """The rows in the table's columns and types; none of them is a table as well."""
    return schema.shape(rows, table) if rows else schema.empty(table)


def found(kind: str, abstract: str, title: str = "A Paper") -> list[str]:
    """The texts of one kind of evidence in an abstract."""
    reading = Reading(title, abstract)
    places = sorted((one.start, one) for one in find(reading, LEXICON) if one.kind == kind)
    return [reading.text(one) for _, one in places]


ONE = {
    "paper_id": "2305.18290",
    "title": "Direct preference optimization",
    "abstract": "We compare. Ours beats PPO by far. Beats PPO again.",
    "authors": "Rafael Rafailov; Archit Sharma; Chelsea Finn",
    "published": pd.Timestamp("2023-05-29"),
    "venue": "NeurIPS 2023",
    "arxiv_id": "2305.18290",
    "url": "https://arxiv.org/abs/2305.18290",
}


def corpus_of(*papers: dict) -> Corpus:
    """A corpus of papers with these columns, without records."""
    rows = [{"abstract": "", "n_records": 1, "title": "T", **paper} for paper in papers]
    tables = {name: schema.empty(getattr(schema, name.upper())) for name in ("records", "ledger", "rejected")}
    return Corpus(papers=shaped(schema.PAPERS, rows), **tables)


def at_home(made: Corpus, folder: Path) -> Corpus:
    """The corpus in a review whose folder has a place for judgement and nothing in it."""
    made = replace(made, home=ReviewFolder(folder))
    made.home.curated.mkdir(parents=True)
    return made


def corrected(made: Corpus, folder: Path, *rows: tuple[str, str, str, str]) -> Corpus:
    """The corpus in a review with the shipped themes and names and these corrections: paper_id, what, field, value."""
    made = at_home(made, folder)
    for rules in (PROJECT.themes, PROJECT.lexicon):
        shutil.copy(rules, made.home.curated)
    columns = ["paper_id", "what", "field", "value", "date", "reason"]
    table = pd.DataFrame([(*row, "2024-05-17", "read") for row in rows], columns=columns)
    table.to_csv(made.home.curated / "corrections.csv", index=False)
    return made

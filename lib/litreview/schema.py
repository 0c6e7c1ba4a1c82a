"""The columns of every table: name, type, whether a value may be missing, and what it means.

`check` is called where a table leaves its module, so that a wrong table is told at its source.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from litreview.errors import SchemaError, listed

TEXT = "str"
INTEGER = "int64"
NULLABLE_INTEGER = "Int64"
NUMBER = "float64"
BOOLEAN = "bool"
DATE = "datetime64[us]"


class Column(NamedTuple):
    """One column of a table."""

    name: str
    dtype: str
    nullable: bool
    meaning: str


class Table:
    """The columns of a table and their names, in order; the table has the name of its constant in lower case."""

    def __init__(self, *columns: Column) -> None:
        self.columns, self.names = columns, [column.name for column in columns]


def _columns(dtype: str, nullable: bool = False) -> Callable[..., list[Column]]:
    """Return a function that makes columns of one type from name=meaning."""
    return lambda **meanings: [Column(name, dtype, nullable, meaning) for name, meaning in meanings.items()]


_text, _optional = _columns(TEXT), _columns(TEXT, nullable=True)
_count, _number = _columns(INTEGER), _columns(NUMBER)


PAPERS = Table(
    *_text(paper_id="arXiv id without version, else DOI, else a hash of the normalised title", title="cleaned title"),
    Column("abstract", TEXT, False, "cleaned abstract; empty where none was found"),
    Column("published", DATE, True, "first submission; the first of the month where only the month is known"),
    *_optional(date_precision="day, month or year", arxiv_id="arXiv id without version", doi="DOI, lower case"),
    *_optional(authors="names separated by '; '", venue="journal or conference, where known"),
    *_optional(category="primary arXiv category, where known", url="where to read it"),
    Column("n_records", INTEGER, False, "records that describe this work"),
    Column("abstract_from", TEXT, True, "record_id of the abstract; missing where there is none or it was corrected"),
)
RECORDS = Table(
    *_text(record_id="source file and line: 'listing.txt:13'", paper_id="the work it describes"),
    Column("source_file", TEXT, False, "name of the file it came from"),
    Column("source_line", INTEGER, False, "line it begins on, or its number or row where lines make no sense; from 1"),
    Column("source_key", TEXT, True, "what the file calls it: a citation key, an accession number"),
    Column("format", TEXT, False, "which part of crosswalk.csv made it: bibtex, ris, openalex …"),
    *_text(title_raw="title, verbatim; may be empty", abstract_raw="abstract, verbatim; may be empty"),
    *_optional(authors="names in reading order, separated by '; '", venue="journal, conference or book"),
    Column("published", DATE, True, "the record's own date; the first of the month or year where no more is known"),
    *_optional(date_precision="day, month or year", doi="DOI, lower case", arxiv_id="arXiv id without version"),
    Column("arxiv_version", NULLABLE_INTEGER, True, "version of the arXiv paper, where the record names one"),
    *_optional(pmid="PubMed number", openalex_id="OpenAlex id, such as W2741809807", category="primary arXiv category"),
    *_optional(url="address that the record gives", keywords="keywords, separated by '; '"),
    Column("kind", TEXT, True, "the source's own word for what it is: article, JOUR, preprint …"),
    *_optional(volume="volume of the journal or series", issue="number within the volume, or of a report"),
    *_optional(pages="pages or article number", publisher="publisher; of a thesis or report the institution"),
    Column("more_authors", TEXT, True, "how the source says that it names not all authors: others, et al."),
    Column("extra", TEXT, True, "the whole record but title and abstract, as JSON with sorted names"),
    Column("merged_into", TEXT, True, "record_id of the loaded record that says the same; missing when loaded"),
    Column("merge_reason", TEXT, True, "why it was merged, or is a further version; missing for the first of a paper"),
)
LEDGER = Table(
    Column("source_file", TEXT, False, "name of the file"),
    *_count(found="records seen", loaded="records that stand: the first of each paper, and further versions of it"),
    *_count(merged="records that say the same as a loaded one", rejected="records that could not be read"),
)
REJECTED = Table(
    Column("source_file", TEXT, False, "name of the file"),
    Column("line", INTEGER, False, "line where the record starts, from 1"),
    *_text(reason="why it could not be read", text="how the record begins"),
)
UNREAD = Table(*_text(source_file="name of a file that could not be read", reason="why, and what was tried"))
_FROM = "title abstract published arxiv_id doi authors venue category url".split()
ORIGINS = Table(
    Column("paper_id", TEXT, False, "the paper"),
    *_optional(**dict.fromkeys(_FROM, "where it is from: a record_id, metadata.csv, or a line of corrections.csv")),
)
SOURCES = Table(
    *_text(source_file="name of the file", where_from="where it came from, or unknown"),
    *_text(query="what was asked for there, or unknown", listed_on="the day that the page shows, or unknown"),
)
CORRECTIONS = Table(
    *_text(paper_id="the paper", what="field, passage, theme, answer, fact, contribution, merge or unmerge"),
    Column("field", TEXT, False, "a column of papers; theme.question for an answer; a kind of fact or of contribution"),
    Column("value", TEXT, False, "what is right; wrong => right; + or - and a theme; words of the paper; an id"),
    *_text(date="day of the decision, 2024-05-17", reason="why, in a few words"),
    Column("line", INTEGER, False, "line of the row in the file"),
)
_SPAN = (
    *_text(quote="the sentence or clause that says so", field="title or abstract"),
    *_count(start="first code point of the match in the field", end="code point after the match"),
)
_RULED = (
    Column("score", NUMBER, False, "points of the rules that matched, as themes.yml explains"),
    Column("rule", TEXT, False, "the strongest rule that matched"),
    *_SPAN,
)
THEMES = Table(*_text(paper_id="the paper", theme="key in themes.yml"), *_RULED)
ANSWERS = Table(
    *THEMES.columns[:2],
    *_text(question="key of the question in themes.yml", answer="key of the answer in themes.yml"),
    Column("role", TEXT, False, "does, or mentions: only background says so, and it is not counted"),
    *_RULED,
)
EVIDENCE = Table(
    Column("paper_id", TEXT, False, "the paper"),
    *_text(kind="introduces or a role of a name; evaluated_on; claim, bound, link; problem, finding, limitation"),
    Column("text", TEXT, False, "the name, figure, address or sentence as it stands in the cleaned text"),
    Column("name", TEXT, False, "the one name under which its aliases are counted; the text where it is no name"),
    *_text(outcome="how the own work does in a comparison: better, equal, worse or unclear; empty for others"),
    *_text(of="whose a bound is: own, lower, other, condition, or damaged by the saved page; empty for others"),
    *_SPAN,
    Column("raw_start", NULLABLE_INTEGER, True, "first code point in the raw text of the loaded record"),
    Column("raw_end", NULLABLE_INTEGER, True, "code point after it in the raw text"),
    Column("rule", TEXT, False, "the rule that matched"),
)
CONTRIBUTION = Table(
    Column("paper_id", TEXT, False, "the paper; absent without an abstract or a cue in the title"),
    *_text(contribution="kind of work: method, system, theory, benchmark_or_dataset, …", rule="the rule that decided"),
    Column("quote", TEXT, False, "the sentence it decided on"),
)
NOTES = Table(
    *_text(paper_id="the paper", field="key in fields.yml", value="what the reader notes", quote="the words for it"),
    *_text(section="title or abstract: where the quote stands"),
    *_count(start="first code point of the quote in the section"),
    *_text(who="the reader", when="day of the note, 2024-05-17", status="confirmed, suggested or cleared"),
)
DECISIONS = Table(
    *_text(paper_id="the paper", doi="its DOI, or empty", arxiv_id="its arXiv id, or empty", title_hash="of its title"),
    *_text(decision="include, exclude or maybe", reason="why it is excluded", note="words of the reader"),
    *_text(who="the reader; may be empty", when="date and time, 2024-05-17T09:30:00+00:00"),
    Column("rank_shown", NULLABLE_INTEGER, True, "place in the list that the reader saw"),
)
TERMS = Table(
    *_text(group="the group of papers, such as a theme", term="word or phrase, lower case, singular"),
    *_count(n_in="papers of the group that have the term", of_in="papers of the group"),
    *_count(n_out="other papers of the corpus that have the term", of_out="other papers of the corpus"),
    Column("log_odds", NUMBER, False, "log-odds ratio with an informative Dirichlet prior; natural logarithm"),
    Column("z", NUMBER, False, "log-odds ratio in standard deviations"),
)
NEIGHBOURS = Table(
    *_text(paper_id="the paper", neighbour_id="a paper near it"),
    Column("rank", INTEGER, False, "1 for the nearest"),
    Column("similarity", NUMBER, False, "cosine of the two in the latent space; above 0, at most 1"),
    Column("shared", TEXT, False, "the terms that both have and that weigh most: 'a; b'; may be empty"),
)
HITS = Table(
    *_text(paper_id="the paper", title="its title"),
    Column("score", NUMBER, False, "Okapi BM25; comparable within one search only"),
    Column("matched", TEXT, False, "the terms of the query that it has: 'a; b'"),
    *_SPAN,
)
CHANGES = Table(
    Column("change", TEXT, False, "new, gone, parted, withdrawn, merged or changed"),
    *_text(paper_id="the paper, as the newer corpus knows it; as the older does where it is gone", title="its title"),
    Column("url", TEXT, True, "where to read it"),
    Column("field", TEXT, False, "what changed; empty where the whole paper did"),
    Column("before", TEXT, False, "what stood there, as text; empty where nothing did"),
    Column("after", TEXT, False, "what stands there now"),
)
FLOW = Table(
    *_text(stage="Identification, Screening or Included", box="the box of the diagram that the line stands in"),
    Column("heads", BOOLEAN, False, "whether the line is the first of its box; its n is the whole of the box"),
    Column("text", TEXT, False, "the words of PRISMA 2020, the name of a file, or a reason"),
    Column("n", INTEGER, False, "records; studies in the line that says so"),
)
READING = Table(
    Column("rank", INTEGER, False, "1 for the paper to read first"),
    *_text(paper_id="the paper", paper="how a text names it: who, when", title="its title"),
    Column("url", TEXT, True, "where to read it"),
    *_text(reason="its part in the theme", says="what it does or found: a reader's note, else a sentence of its own"),
)
TABLES = {name.lower(): each for name, each in [*globals().items()] if isinstance(each, Table)}


def empty(table: Table) -> pd.DataFrame:
    """Return a table without rows, with the right columns and types."""
    return pd.DataFrame({column.name: pd.Series(dtype=column.dtype) for column in table.columns})


def shape(rows: pd.DataFrame | list[dict], table: Table) -> pd.DataFrame:
    """Return `rows` with the columns of `table` first, each in its type; other columns stay behind them."""
    frame, types = pd.DataFrame(rows).reset_index(drop=True), {column.name: column.dtype for column in table.columns}
    lacking = {name: pd.Series(index=frame.index, dtype=types[name]) for name in types if name not in frame}
    return frame.assign(**lacking)[[*types, *(name for name in frame if name not in types)]].astype(types)


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `frame` unchanged. Raises: `SchemaError`, which names the bad column and row."""
    named = next(f"Table '{name}'" for name, each in TABLES.items() if each is table)
    if missing := [name for name in table.names if name not in frame.columns]:
        raise SchemaError(f"{named} lacks {listed(missing)}. It has {listed(map(str, frame.columns))}.")
    for column in table.columns:
        here, values = f"{named}, column '{column.name}'", frame[column.name]
        if str(values.dtype) != column.dtype:
            raise SchemaError(f"{here}: type is {values.dtype}, but {column.dtype} is expected.")
        if not column.nullable and values.isna().any():
            raise SchemaError(f"{here}, row {values.index[values.isna()][0]}: the value is missing.")
    return frame

"""The columns of every table: name, type, whether a value may be missing, and what it means.

`check` is called where a table leaves its module, so that a wrong table is told at its source.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from litreview.errors import SchemaError, listed

NUMBER, DATE = "float64", "datetime64[us]"


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


_text, _optional = _columns("str"), _columns("str", nullable=True)
_whole, _optional_whole = _columns("int64"), _columns("Int64", nullable=True)
_number, _flag, _date = _columns(NUMBER), _columns("bool"), _columns(DATE, nullable=True)


PAPERS = Table(
    *_text(paper_id="arXiv id without version, else DOI, else a hash of the normalised title", title="cleaned title"),
    *_text(abstract="cleaned abstract; empty where none was found"),
    *_date(published="first submission; the first of the month where only the month is known"),
    *_optional(date_precision="day, month or year", arxiv_id="arXiv id without version", doi="DOI, lower case"),
    *_optional(authors="names separated by '; '", venue="journal or conference, where known"),
    *_optional(category="primary arXiv category, where known", url="where to read it"),
    *_whole(n_records="records that describe this work"),
    *_optional(abstract_from="record_id of the abstract; missing where there is none or it was corrected"),
)
RECORDS = Table(
    *_text(record_id="source file and line: 'listing.txt:13'", paper_id="the work it describes"),
    *_text(source_file="name of the file it came from"),
    *_whole(source_line="line it begins on, or its number or row where lines make no sense; from 1"),
    *_optional(source_key="what the file calls it: a citation key, an accession number"),
    *_text(format="which part of crosswalk.csv made it: bibtex, ris, openalex …"),
    *_text(title_raw="title, verbatim; may be empty", abstract_raw="abstract, verbatim; may be empty"),
    *_optional(authors="names in reading order, separated by '; '", venue="journal, conference or book"),
    *_date(published="the record's own date; the first of the month or year where no more is known"),
    *_optional(date_precision="day, month or year", doi="DOI, lower case", arxiv_id="arXiv id without version"),
    *_optional_whole(arxiv_version="version of the arXiv paper, where the record names one"),
    *_optional(pmid="PubMed number", openalex_id="OpenAlex id, such as W2741809807", category="primary arXiv category"),
    *_optional(url="address that the record gives", keywords="keywords, separated by '; '"),
    *_optional(kind="the source's own word for what it is: article, JOUR, preprint …"),
    *_optional(volume="volume of the journal or series", issue="number within the volume, or of a report"),
    *_optional(pages="pages or article number", publisher="publisher; of a thesis or report the institution"),
    *_optional(more_authors="how the source says that it names not all authors: others, et al."),
    *_optional(extra="the whole record but title and abstract, as JSON with sorted names"),
    *_optional(merged_into="record_id of the loaded record that says the same; missing when loaded"),
    *_optional(merge_reason="why it was merged, or is a further version; missing for the first of a paper"),
)
LEDGER = Table(
    *_text(source_file="name of the file"),
    *_whole(found="records seen", loaded="records that stand: the first of each paper, and further versions of it"),
    *_whole(merged="records that say the same as a loaded one", rejected="records that could not be read"),
)
REJECTED = Table(
    *_text(source_file="name of the file"),
    *_whole(line="line where the record starts, from 1"),
    *_text(reason="why it could not be read", text="how the record begins"),
)
UNREAD = Table(*_text(source_file="name of a file that could not be read", reason="why, and what was tried"))
_FROM = "title abstract published arxiv_id doi authors venue category url".split()
ORIGINS = Table(
    *_text(paper_id="the paper"),
    *_optional(**dict.fromkeys(_FROM, "where it is from: a record_id, metadata.csv, or a line of corrections.csv")),
)
SOURCES = Table(
    *_text(source_file="name of the file", where_from="where it came from, or unknown"),
    *_text(query="what was asked for there, or unknown", listed_on="the day that the page shows, or unknown"),
)
CORRECTIONS = Table(
    *_text(paper_id="the paper", what="field, passage, theme, answer, fact, contribution, merge or unmerge"),
    *_text(field="a column of papers; theme.question for an answer; a kind of fact or of contribution"),
    *_text(value="what is right; wrong => right; + or - and a theme; words of the paper; an id"),
    *_text(date="day of the decision, 2024-05-17", reason="why, in a few words"),
    *_whole(line="line of the row in the file"),
)
_SPAN = (
    *_text(quote="the sentence or clause that says so", field="title or abstract"),
    *_whole(start="first code point of the match in the field", end="code point after the match"),
)
_RULED = (
    *_number(score="points of the rules that matched, as themes.yml explains"),
    *_text(rule="the strongest rule that matched"),
    *_SPAN,
)
THEMES = Table(*_text(paper_id="the paper", theme="key in themes.yml"), *_RULED)
ANSWERS = Table(
    *THEMES.columns[:2],
    *_text(question="key of the question in themes.yml", answer="key of the answer in themes.yml"),
    *_text(role="does, or mentions: only background says so, and it is not counted"),
    *_RULED,
)
EVIDENCE = Table(
    *_text(paper_id="the paper"),
    *_text(kind="introduces or a role of a name; evaluated_on; claim, bound, link; problem, finding, limitation"),
    *_text(text="the name, figure, address or sentence as it stands in the cleaned text"),
    *_text(name="the one name under which its aliases are counted; the text where it is no name"),
    *_text(outcome="how the own work does in a comparison: better, equal, worse or unclear; empty for others"),
    *_text(of="whose a bound is: own, lower, other, condition, or damaged by the saved page; empty for others"),
    *_SPAN,
    *_optional_whole(raw_start="first code point in the raw text of the loaded record"),
    *_optional_whole(raw_end="code point after it in the raw text"),
    *_text(rule="the rule that matched"),
)
CONTRIBUTION = Table(
    *_text(paper_id="the paper; absent without an abstract or a cue in the title"),
    *_text(contribution="kind of work: method, system, theory, benchmark_or_dataset, …", rule="the rule that decided"),
    *_text(quote="the sentence it decided on"),
)
NOTES = Table(
    *_text(paper_id="the paper", field="key in fields.yml", value="what the reader notes", quote="the words for it"),
    *_text(section="title or abstract: where the quote stands"),
    *_whole(start="first code point of the quote in the section"),
    *_text(who="the reader", when="day of the note, 2024-05-17", status="confirmed, suggested or cleared"),
)
DECISIONS = Table(
    *_text(paper_id="the paper", doi="its DOI, or empty", arxiv_id="its arXiv id, or empty", title_hash="of its title"),
    *_text(decision="include, exclude or maybe", reason="why it is excluded", note="words of the reader"),
    *_text(who="the reader; may be empty", when="date and time, 2024-05-17T09:30:00+00:00"),
    *_optional_whole(rank_shown="place in the list that the reader saw"),
)
TERMS = Table(
    *_text(group="the group of papers, such as a theme", term="word or phrase, lower case, singular"),
    *_whole(n_in="papers of the group that have the term", of_in="papers of the group"),
    *_whole(n_out="other papers of the corpus that have the term", of_out="other papers of the corpus"),
    *_number(log_odds="log-odds ratio with an informative Dirichlet prior; natural logarithm"),
    *_number(z="log-odds ratio in standard deviations"),
)
NEIGHBOURS = Table(
    *_text(paper_id="the paper", neighbour_id="a paper near it"),
    *_whole(rank="1 for the nearest"),
    *_number(similarity="cosine of the two in the latent space; above 0, at most 1"),
    *_text(shared="the terms that both have and that weigh most: 'a; b'; may be empty"),
)
HITS = Table(
    *_text(paper_id="the paper", title="its title"),
    *_number(score="Okapi BM25; comparable within one search only"),
    *_text(matched="the terms of the query that it has: 'a; b'"),
    *_SPAN,
)
CHANGES = Table(
    *_text(change="new, gone, parted, withdrawn, merged or changed"),
    *_text(paper_id="the paper, as the newer corpus knows it; as the older does where it is gone", title="its title"),
    *_optional(url="where to read it"),
    *_text(field="what changed; empty where the whole paper did"),
    *_text(before="what stood there, as text; empty where nothing did", after="what stands there now"),
)
FLOW = Table(
    *_text(stage="Identification, Screening or Included", box="the box of the diagram that the line stands in"),
    *_flag(heads="whether the line is the first of its box; its n is the whole of the box"),
    *_text(text="the words of PRISMA 2020, the name of a file, or a reason"),
    *_whole(n="records; studies in the line that says so"),
)
READING = Table(
    *_whole(rank="1 for the paper to read first"),
    *_text(paper_id="the paper", paper="how a text names it: who, when", title="its title"),
    *_optional(url="where to read it"),
    *_text(reason="its part in the theme", says="what it does or found: a reader's note, else a sentence of its own"),
)
TABLES = {name.lower(): each for name, each in [*globals().items()] if isinstance(each, Table)}


def empty(table: Table) -> pd.DataFrame:
    """Return a table without rows, with the right columns and types."""
    return pd.DataFrame({column.name: pd.array([], column.dtype) for column in table.columns})


def shape(rows: pd.DataFrame | list[dict], table: Table) -> pd.DataFrame:
    """Return `rows` with the columns of `table` first, each in its type; other columns stay behind them."""
    frame, types = pd.DataFrame(rows).reset_index(drop=True), {column.name: column.dtype for column in table.columns}
    lacking = {name: pd.Series(index=frame.index, dtype=types[name]) for name in types if name not in frame}
    given = {name: frame[name].astype(types.get(name, frame[name].dtype)) for name in frame}
    return pd.DataFrame({name: (given | lacking)[name] for name in [*types, *given]}, index=frame.index)


def from_lists(columns: dict[str, list], table: Table) -> pd.DataFrame:
    """Return a table of a list a column; what goes straight from Python to Arrow is there in a third of the time."""
    made, kinds = {}, {"str": pa.large_string(), "Int64": pa.int64()}
    for name, dtype, *_ in table.columns:
        values = pa.array(columns[name], kinds[dtype]) if dtype in kinds else columns[name]
        made[name] = pd.array(values, dtype)
    return pd.DataFrame(made)


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

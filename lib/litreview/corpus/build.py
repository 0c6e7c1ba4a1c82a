"""From files to the tables of a corpus.

    records of each file → cleaned → matched → one row a work → what is known of it by its title → corrections

What a file says of its paper wins over `metadata.csv`, which fills what is missing; where the two name different arXiv
papers, nothing is filled. A row of `corrections.csv` wins over both. `origins` says of each field where it came from.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from litreview import schema
from litreview.corpus import curated_tables as curated
from litreview.corpus.cleaning import clean, clean_columns
from litreview.corpus.fusion import best_records
from litreview.corpus.match_keys import canonical, title_hash, without_notice
from litreview.corpus.matching import Pair, match_records
from litreview.errors import SourceError, shown
from litreview.paths import ReviewFolder
from litreview.sources import EVERY, Part, read
from litreview.text.atomic_files import sha256

Tables = dict[str, pd.DataFrame]


def build_tables(files: str | Path | Iterable[str | Path], review: ReviewFolder, to: Tables) -> Tables:
    """Build the tables of a corpus, by name: papers, records, ledger, rejected, sources, unread, origins.

    The curated tables are those of the review. to: tables of a corpus that the files are added to, as if all had been
    read together; a file of a name that is there already is a newer save of it and takes its place.

    Raises: `SourceError` when no file is given or none can be read; `CurationError`.
    """
    named = name_files([files] if isinstance(files, str | Path) else files)
    tables = all_files([read_file(path, name) for path, name in named])
    if to:
        new = tables["ledger"]["source_file"]
        kept = {name: to[name][~to[name]["source_file"].isin(new)] for name in tables}
        tables = {name: pd.concat([kept[name], table]) for name, table in tables.items()}
    judged = curated.load_curated(review)
    records = tables["records"].sort_values(["source_file", "source_line"], ignore_index=True)
    works = work_tables(clean_columns(records), judged)
    return file_tables(tables, merged_of(works["records"]), judged) | works


def work_tables(records: pd.DataFrame, judged: curated.Curated, pairs: list[Pair] | None = None) -> Tables:
    """Build papers, records and origins from cleaned records in their order; `pairs` as `match_records` takes them."""
    records, papers, origins = _linked(records, judged, pairs)
    papers, origins = _overruled(papers, origins, judged)
    return {
        "papers": schema.check(papers, schema.PAPERS),
        "records": schema.check(records.drop(columns=["title", "abstract"]), schema.RECORDS),
        "origins": schema.check(origins, schema.ORIGINS),
    }


def file_tables(tables: Tables, merged: pd.Series, judged: curated.Curated) -> Tables:
    """Build ledger, rejected, unread and sources, by file; `merged` as `merged_of` counts."""
    orders = {"ledger": ["source_file"], "rejected": ["source_file", "line"], "unread": ["source_file"]}
    found = {name: tables[name].sort_values(by, kind="stable", ignore_index=True) for name, by in orders.items()}
    ledger = found["ledger"].assign(merged=found["ledger"]["source_file"].map(merged).fillna(0).astype("int64"))
    # "unknown" where sources.csv says nothing
    sources = judged.sources.reindex(ledger["source_file"]).fillna("unknown").reset_index()
    return found | {
        "ledger": ledger.assign(loaded=ledger["found"] - ledger["rejected"] - ledger["merged"]),
        "unread": found["unread"].drop_duplicates("source_file", keep="last", ignore_index=True),
        "sources": schema.shape(sources, schema.SOURCES),
    }


def merged_of(records: pd.DataFrame) -> pd.Series:
    """Count the records of each file that say the same as another."""
    return records.loc[records["merged_into"].notna(), "source_file"].value_counts()


def name_files(files: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """Return each file once, with its name, and with as many of its folders as tell files of one name apart."""
    by_place = {Path(path).absolute(): Path(path) for path in files}
    endings = {place: ["/".join(place.parts[-count:]) for count in range(1, len(place.parts))] for place in by_place}
    seen = Counter(name for names in endings.values() for name in names)
    names = {place: next(name for name in [*endings[place], str(place)] if seen[name] < 2) for place in by_place}
    # A table holds UTF-8 only.
    named = [(path, names[place].encode(errors="backslashreplace").decode()) for place, path in by_place.items()]
    return sorted(named, key=lambda each: each[1])


def read_file(path: Path, name: str, part: Part = EVERY) -> Tables:
    """Read the records of a file, its ledger, and what was rejected; or its row of `unread` where it cannot be read."""
    tables = {each: schema.empty(getattr(schema, each.upper())) for each in ("records", "ledger", "rejected", "unread")}
    try:
        records, ledger = read(path, name, part)
    except SourceError as problem:
        unread = [{"source_file": name, "reason": str(problem).removeprefix(f"{shown(path)}: ")}]
        return tables | {"unread": schema.shape(unread, schema.UNREAD)}
    row = schema.shape([ledger._asdict()], schema.LEDGER)[schema.LEDGER.names]
    return tables | {"records": records, "ledger": row, "rejected": ledger.rejections}


def all_files(read: list[Tables]) -> Tables:
    """Put together what was read of files. Raises: `SourceError` when no file is given or none could be read."""
    unread = [row for tables in read for row in tables["unread"].itertuples()]
    if len(unread) == len(read):
        told = dict.fromkeys(f"\n- {row.source_file}: {row.reason}" for row in unread)
        raise SourceError(f"Of {len(told)} files none could be read. Give a saved listing or an export.{''.join(told)}")
    return {name: pd.concat([tables[name] for tables in read], ignore_index=True) for name in read[0]}


def _linked(
    records: pd.DataFrame, judged: curated.Curated, pairs: list[Pair] | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Records with their `paper_id` and `merged_into`, one row a work, and its origins, both by `paper_id`."""
    records = records.assign(**match_records(records, pairs))
    papers, origins = fuse_records(records, judged.metadata)
    by_hand = judged.corrections[judged.corrections["what"].isin(["merge", "unmerge"])]
    if len(by_hand):
        records = curated.regrouped(records.assign(paper_id=records["work"].map(papers["paper_id"])), by_hand)
        papers, origins = fuse_records(records, judged.metadata)
    merged_into = records["first"].map(records["record_id"]).mask(records["first"] == records.index)
    records["merged_into"], records["merge_reason"] = merged_into.astype("str"), records["reason"]
    records["paper_id"] = records["work"].map(papers["paper_id"]).astype("str")
    papers, origins = (each.set_index(papers["paper_id"]).sort_index() for each in (papers, origins))
    return records.drop(columns=["work", "first", "reason"]), papers, origins


def fuse_records(records: pd.DataFrame, metadata: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row a work, indexed by it, and from which record each of its fields is.

    `records`: those of `schema.RECORDS` with title, abstract and `work`, as `clean_columns` and `match_records` give
    them. Each field is from the record that has it best, then from `metadata` (`curated_tables.load_metadata`).
    """
    papers = pd.DataFrame({"n_records": records["work"].value_counts(sort=False)}).sort_index()
    origins = pd.DataFrame(index=papers.index)
    for name, best in best_records(records).items():
        chosen = records.loc[best, [name, "record_id"]].set_axis(best.index)
        papers[name], origins[name] = chosen[name], chosen["record_id"]
    papers = papers.fillna({"title": "", "abstract": ""}).assign(abstract_from=origins["abstract"])
    filled = _with_metadata(papers, metadata)
    looked_up = papers[origins.columns].isna() & filled[origins.columns].notna()
    origins = origins.mask(looked_up, curated.METADATA.name)
    return filled.assign(paper_id=_paper_ids(filled)), origins.drop(columns="date_precision")


def _with_metadata(papers: pd.DataFrame, metadata: pd.DataFrame) -> pd.DataFrame:
    """Papers with their gaps filled by title; not where a title names several works, or the arXiv ids differ."""
    keys = papers["title"].map(cache(lambda title: canonical(without_notice(title))))
    known = metadata.reindex(keys.mask(keys.duplicated(keep=False), "")).set_index(papers.index)
    other = papers["arxiv_id"].notna() & known["arxiv_id"].notna() & (papers["arxiv_id"] != known["arxiv_id"])
    known = known[~other].reindex(papers.index)
    dated = known["published"].where(papers["published"].isna())
    known = known.assign(published=curated.first_days(dated), date_precision=curated.precisions(dated))
    filled = papers.assign(**{name: papers[name].fillna(known[name]) for name in known})
    addresses = ("https://arxiv.org/abs/" + filled["arxiv_id"]).fillna("https://doi.org/" + filled["doi"])
    return filled.assign(url=filled["url"].fillna(addresses))


def _paper_ids(papers: pd.DataFrame) -> pd.Series:
    """The arXiv id, else the DOI, else a hash of the title; a hash of the abstract parts two works of one id."""
    ids = papers["arxiv_id"].fillna(papers["doi"].astype("str"))
    ids = ids.fillna(papers["title"][ids.isna()].map(cache(title_hash))).astype("str")
    again = papers.assign(paper_id=ids)[ids.duplicated(keep=False)]
    counts = again.groupby(["paper_id", "abstract"]).cumcount().astype("str")
    parted = again["paper_id"] + "-" + (again["abstract"] + counts).map(lambda text: sha256(text.encode())[:6])
    return parted.reindex(ids.index).fillna(ids).astype("str")


def _overruled(papers: pd.DataFrame, origins: pd.DataFrame, judged: curated.Curated) -> list[pd.DataFrame]:
    """Papers with the fields that a person has corrected; a correction of a paper that is not here does nothing.

    Nor does one of a passage where the abstract is from a file that sources.csv does not list: it may have it intact.
    """
    ours = papers.index[papers["abstract_from"].str.replace(r":[^:]*$", "", regex=True).isin(judged.sources.index)]
    places = {"field": papers.index, "passage": ours}
    for row in judged.corrections.itertuples():
        if row.paper_id not in places.get(row.what, ()):
            continue
        value = row.value
        if row.what == "passage":
            value = curated.put_right(papers.loc[row.paper_id, "abstract"], value, row.line)
        new: dict[str, object] = {row.field: clean(value) or None}
        if row.field == "abstract":
            new = {"abstract": clean(value), "abstract_from": None}
        elif row.field == "published":
            date = pd.Series([value or None], dtype="str")
            new = {"published": curated.first_days(date)[0], "date_precision": curated.precisions(date)[0]}
        papers.loc[row.paper_id, [*new]] = [*new.values()]
        origins.loc[row.paper_id, row.field] = f"corrections.csv, line {row.line}"
    return [schema.shape(papers, schema.PAPERS), schema.shape(origins.reset_index(), schema.ORIGINS)]

"""A corpus made by the workers of a cluster, part by part, in the rows that one process would make.

    files → pieces of cleaned records → pairs of records, by shuffled keys → parts → papers, themes, evidence

Each step reads and writes Parquet files, so no process holds more than a piece or a part, a worker that dies costs a
step of one part, and only keys and pairs of places come to the client. The functions are those of a corpus that is
built in one process. They get whole blocks of one key to find pairs in, and parts that are closed: records that are
one work, or share an identifier or a title, are in one part.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import fields
from functools import cache, partial
from itertools import starmap
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from distributed import Client
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from litreview import schema
from litreview.analysis.ledger import faulty
from litreview.corpus import Corpus, check_nothing_is_lost
from litreview.corpus.build import Tables, all_files, file_tables, merged_of, name_files, read_file, work_tables
from litreview.corpus.cleaning import clean_columns
from litreview.corpus.curated_tables import Curated, load_curated
from litreview.corpus.match_keys import IDENTIFIERS, MATCHED, Identity, identities, title_hash
from litreview.corpus.matching import Entries, alike_pairs, blocking_keys, candidate_pairs, key_number
from litreview.corpus.storage import DERIVED_FOLDER, fingerprint, kept_name, whole_manifest, write_manifest
from litreview.engine.cluster import spread
from litreview.errors import CorpusError, shown
from litreview.paths import ReviewFolder
from litreview.sources import Part
from litreview.text.atomic_files import remove_leftovers, temporary, write_file

PART = 20_000  # records of a piece, and about of a part; the same on every cluster, and so the parts are
ROWS = 500  # of a group that a reader takes or leaves as a whole
Watch = Callable[[str, Iterable[Any], int], Iterable[Any]]  # shows how far a step is: its name, results, their number
Derived = dict[str, Callable[[Corpus], pd.DataFrame]]  # the tables to derive, in this order, and what makes each


def build_on_cluster(
    files: Iterable[Path],
    folder: Path,
    home: ReviewFolder,
    derived: Derived,
    client: Client,
    watch: Watch,
    *,
    anew: bool = False,
) -> tuple[Tables, Counter[str]]:
    """Build a corpus and its derived tables into a folder: papers, records, origins and what rules derive in parts.

    A corpus that is in the folder is replaced, and its state is not kept; anew: also where it has files that are not
    among these.
    Returns the tables of the files, and `faulty` records; and how many papers, undated ones and further versions there
    are.
    Raises: `CorpusError` for a folder of other things, or that cannot be written; as `build_corpus`, `refresh_corpus`.
    """
    scratch = temporary(folder.absolute())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not whole_manifest(folder):
            raise CorpusError(f"{shown(folder)}: something is there already. Name a new folder: --to FOLDER")
        shutil.rmtree(scratch, ignore_errors=True)
        remove_leftovers(scratch.parent)
        told = _built(name_files(files), scratch, home, derived, client, watch)
        if not anew:
            check_nothing_is_lost(folder, told[0])
        for new in (scratch / "made").iterdir():  # nothing else that is in the folder is touched
            if (folder / new.name).exists():
                (folder / new.name).replace(scratch / new.name)
            new.replace(folder / new.name)
    except OSError as error:
        raise CorpusError.unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return told


def _run(client: Client, watch: Watch, step: str, function: Callable[..., Any], *columns: Collection[Any]) -> list[Any]:
    found = dict(watch(step, spread(client, function, *columns), len(columns[0])))
    return [found[place] for place in sorted(found)]


def _built(
    named: list[tuple[Path, str]], scratch: Path, home: ReviewFolder, derived: Derived, client: Client, watch: Watch
) -> tuple[Tables, Counter[str]]:
    run = partial(_run, client, watch)
    judged, made = load_curated(home), scratch / "made"
    # Few large files: several workers read through each, which costs less than the records that one makes of it.
    shares = max(1, len(client.nthreads()) // max(1, len(named)))
    each_share = [(number, *file, share) for number, file in enumerate(named) for share in range(shares)]
    read = run("files read", partial(_read, scratch, PART, shares), each_share)
    tables = all_files([each for each, _ in read])
    sums = tables["ledger"].groupby("source_file").sum().reset_index()
    tables |= {"ledger": sums[~sums["source_file"].isin(tables["unread"]["source_file"])]}
    lengths = dict(sorted((piece, length) for _, pieces in read for piece, length in pieces.items()))
    names, starts = [*lengths], np.cumsum([0, *lengths.values()])
    each_piece, parts = (names, starts[:-1].tolist()), int(starts[-1]) // PART + 1
    keys = pd.concat(run("pieces keyed", partial(_keys, scratch, _by_hand(judged)), *each_piece))
    keys = keys[keys.duplicated(["number", "closes"], keep=False)]
    keys.loc[~keys["closes"], ["number"]].drop_duplicates().to_parquet(scratch / "repeated.parquet")
    run("pieces shuffled", partial(_shuffle_keys, scratch, parts), *each_piece)
    pairs = pd.concat(run("parts compared", partial(_pairs, scratch, parts), range(parts)))
    places = _closed_parts(keys, pairs[pairs["alike"]], int(starts[-1]))
    a, b = (places.loc[pairs[name], ["work", "part"]].reset_index(drop=True) for name in ("a", "b"))
    pairs = pairs.reset_index(drop=True).assign(part=a["part"])[a["work"] == b["work"]].drop_duplicates(["a", "b"])
    _write(scratch / "pairs.parquet", pairs.sort_values(["part", "a", "b"]))
    _write(scratch / "places.parquet", places)
    run("pieces shuffled by work", partial(_shuffle_records, scratch), *each_piece)
    counts = run("parts built", partial(_part, scratch, home, derived), sorted({0, *places["part"]}))
    merged, sizes, faults = zip(*counts, strict=True)
    tables = file_tables(tables, pd.Series(sum(merged, Counter[str]()), dtype="int64"), judged)
    for name, table in tables.items():
        write_file(made / f"{name}.parquet", table.to_parquet(index=False))
    for left in made.rglob(".*"):  # by a worker that died while it wrote
        left.unlink()
    write_manifest(made, fingerprint([path for path, _ in named], home))
    for name in derived:
        (made / DERIVED_FOLDER / name).rename(made / DERIVED_FOLDER / kept_name(name, made, home))
    told = pd.concat([tables["rejected"].assign(fate="rejected"), *faults]).sort_values(["source_file", "line"])
    return tables | {"faulty": told}, sum(sizes, Counter[str]())


def _read(scratch: Path, size: int, shares: int, of: tuple[int, Path, str, int]) -> tuple[Tables, dict[str, int]]:
    """Read a share of a file, and keep its cleaned records in pieces; gives its other tables, and sizes of pieces."""
    number, path, name, share = of
    lengths: dict[str, int] = {}

    def keep(place: int, records: pd.DataFrame) -> pd.DataFrame:
        lengths[piece := f"{number:06}-{place:06}"] = len(records)
        _write(scratch / "pieces" / piece, clean_columns(records))
        return records.iloc[:0]

    tables = read_file(path, name, Part(size, share, shares, keep))
    records = tables.pop("records")
    if len(tables["unread"]) or not lengths:  # a piece without records
        lengths.clear()
        keep(share, records)
    return tables, lengths


def _keys(scratch: Path, by_hand: set[str], piece: str, start: int) -> pd.DataFrame:
    """The numbers of the keys of a piece: those that records are compared by, and those that a part is closed under.

    These are what ids of papers are made of, for they depend on all papers that share one, and what a person regroups.
    """
    records = pd.read_parquet(scratch / "pieces" / piece, columns=[*MATCHED])
    types = {field.name: field.type for field in fields(Identity)}
    rows = pd.DataFrame(identities(records), columns=[*types]).astype(types)  # also where there is no record
    _write(scratch / "identities" / piece, rows)
    keys = ((place, key_number(key)) for place, row in _entries(rows).items() for key in blocking_keys(row))
    compared = pd.DataFrame(keys, columns=["place", "number"], dtype="int64").assign(closes=False)
    titles = records["title"].map(title_hash)
    known = [f"{name} " + records[name].dropna() for name in IDENTIFIERS]
    ids = pd.concat([records["arxiv_id"], records["doi"], titles])
    closing = pd.concat([*known, "title " + titles, ids[ids.isin(by_hand)].map(lambda _: "by hand").astype("str")])
    closing = pd.DataFrame({"place": closing.index, "number": closing.map(key_number).astype("int64"), "closes": True})
    _write(scratch / "numbers" / piece, compared)
    both = pd.concat([compared, closing], ignore_index=True)
    return both.assign(place=both["place"] + start)


def _entries(rows: pd.DataFrame) -> Entries:
    """What matching looks at, by the index of the rows."""
    entries = zip(*(rows[name].tolist() for name in rows), strict=True)
    return dict(zip(rows.index.tolist(), starmap(cache(Identity), entries), strict=True))


def _by_hand(judged: Curated) -> set[str]:
    """The papers that corrections regroup, by the ids that they may have before."""
    rows = judged.corrections[judged.corrections["what"].isin(["merge", "unmerge"])]
    named = {*rows["paper_id"], *rows["value"]}
    return named | {name.rpartition("-")[0] for name in named}


def _shuffle_keys(scratch: Path, parts: int, piece: str, start: int) -> None:
    """Keep the records of a piece that share a key with others, once for each part that has the block of one."""
    rows, keys = (pd.read_parquet(scratch / name / piece) for name in ("identities", "numbers"))
    keys = keys.merge(pd.read_parquet(scratch / "repeated.parquet"))
    keys = keys.assign(part=keys["number"] % parts).drop_duplicates(["place", "part"]).sort_values("part")
    rows = rows.loc[keys["place"]].assign(place=keys["place"].to_numpy() + start, part=keys["part"].to_numpy())
    _write(scratch / "keyed" / piece, rows)


def _pairs(scratch: Path, parts: int, part: int) -> pd.DataFrame:
    """The pairs of places that the blocks of one part of the keys have, and whether they are alike."""
    entries = _entries(_shuffled(scratch / "keyed", part).set_index("place").drop(columns="part"))
    pairs = candidate_pairs(entries, part, parts)
    alike = alike_pairs(entries, pairs)
    found = pd.DataFrame(pairs, columns=["a", "b"], dtype="int64")
    return found.assign(alike=np.array([pair in alike for pair in pairs], dtype="bool"))


def _closed_parts(keys: pd.DataFrame, alike: pd.DataFrame, count: int) -> pd.DataFrame:
    """Number the parts that records are built in, by place; `work` numbers those that hang together."""
    closing = keys[keys["closes"]]
    left = np.concatenate([closing.groupby("number")["place"].transform("min"), alike["a"]])
    right = np.concatenate([closing["place"], alike["b"]])
    links = coo_matrix((np.ones(len(left), dtype="int8"), (left, right)), shape=(count, count))
    work = connected_components(links, directed=False)[1]
    firsts = np.unique(work, return_index=True)[1]
    return pd.DataFrame({"place": np.arange(count), "work": work, "part": firsts[work] // PART})


def _shuffle_records(scratch: Path, piece: str, start: int) -> None:
    records = pd.read_parquet(scratch / "pieces" / piece)
    there = [("place", ">=", start), ("place", "<", start + len(records))]
    places = pd.read_parquet(scratch / "places.parquet", filters=there)
    _write(scratch / "regrouped" / piece, records.join(places[["place", "part"]]).sort_values("part"))


def _part(
    scratch: Path, home: ReviewFolder, derive: Derived, part: int
) -> tuple[Counter[str], Counter[str], pd.DataFrame]:
    """Build one part of all tables; gives the merged records by file, the sizes of the part, and repaired records."""
    records = _shuffled(scratch / "regrouped", part)
    linked = pd.read_parquet(scratch / "pairs.parquet", filters=[("part", "==", part)]).sort_values(["a", "b"])
    pairs = [(int(a), int(b)) for a, b in np.searchsorted(records["place"], linked[["a", "b"]].to_numpy())]
    tables = work_tables(records.drop(columns=["place", "part"]), load_curated(home), pairs)
    derived: Tables = {}
    empty = {name: schema.empty(getattr(schema, name.upper())) for name in ("ledger", "rejected")}
    corpus = Corpus(tables["papers"], tables["records"], **empty, kept=derived, home=home)
    for name, rules in derive.items():
        derived[name] = rules(corpus)
    found = {f"{name}.parquet": table for name, table in tables.items()}
    found |= {f"{DERIVED_FOLDER}/{name}": table for name, table in derived.items()}
    for name, table in found.items():
        write_file(scratch / "made" / name / f"part-{part:06}.parquet", table.to_parquet(index=False))
    undated = int(corpus.papers["published"].isna().sum())
    sizes = Counter(papers=len(corpus), undated=undated, versions=corpus.further_versions)
    return Counter(merged_of(corpus.records).to_dict()), sizes, faulty(corpus)


def _write(path: Path, table: pd.DataFrame) -> None:
    write_file(path, table.to_parquet(index=False, row_group_size=ROWS, compression="lz4"))


def _shuffled(folder: Path, part: int) -> pd.DataFrame:
    """The rows of one part from all pieces, in the order of their places."""
    return pd.read_parquet(folder, filters=[("part", "==", part)]).sort_values("place", ignore_index=True)

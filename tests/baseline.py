"""What must not change while code moves: the corpus, its tables and exports, the reports, and what the loader reads.

    python tests/baseline.py FOLDER [--only corpus,tables,exports,reports,loader]

Where FOLDER, or a part in it, does not exist, it is written: text files to look at and to compare. Where it exists, the
same is computed again and each difference printed, before → now; the exit status is 1 when there is any. The reports
and samples are those of the checkout one stands in, the library is the one that Python finds. Only the public face of
the library is used, so that this works before and after the move.
"""

import argparse
import contextlib
import csv
import difflib
import hashlib
import shutil
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from generated_files import generated_files

import litreview as lr

SHOWN = 20  # differences of a kind that are printed
WIDTH = 160  # letters of a value that are printed
CELL = 300  # letters of a value that are kept; of a longer one the beginning and a checksum
FILES = 2_000
NONE = "no such column"
TABLES = "papers records ledger rejected sources unread origins".split()  # of a corpus
# Columns that name a row, a file; those not listed are named by their first column.
KEYS = {"corpus/rejected.csv": 2, "tables/themes.csv": 2, "tables/answers.csv": 4, "tables/evidence.csv": 3}


def write_corpus(folder: Path) -> None:
    """The checksum of the shipped corpus, its tables, and the hash of each."""
    corpus = lr.load_corpus()
    tables = {name: getattr(corpus, name) for name in TABLES}
    _write_tables(folder, tables, [("checksum", corpus.checksum)])


def write_tables(folder: Path) -> None:
    """What the rules find in the shipped corpus."""
    corpus = lr.load_corpus()
    found = {
        "themes": lr.assign_themes(corpus),
        "answers": lr.open_review().answers,
        "evidence": lr.extract_evidence(corpus),
    }
    _write_tables(folder, found | {"contribution": lr.classify_contribution(corpus)})


def write_exports(folder: Path) -> None:
    """The shipped corpus in each format, as it is written for others, and the hash of each file."""
    corpus = lr.load_corpus()
    files = [folder / f"corpus{ending}" for ending in (".bib", ".ris", ".json", ".csv", ".md")]
    for path in files:
        lr.export(corpus, path)
    _write_hashes(folder, files)


def write_reports(folder: Path) -> None:
    """The hash of each report in the checkout."""
    _write_hashes(folder, sorted(Path("reports").glob("*.html")))


def write_loader(folder: Path) -> None:
    """What the loader makes of each sample and of many generated files, a row a file."""
    with tempfile.TemporaryDirectory() as made:
        for name, data in generated_files(FILES):
            (Path(made) / name).write_bytes(data)
        for name, place in (("samples", Path("tests/samples").resolve()), ("generated", Path(made))):
            with contextlib.chdir(place):  # messages then name the file without its folder
                rows = [{"file": path.name, **_read(path)} for path in sorted(Path().iterdir())]
            _write_frame(folder / f"{name}.csv", pd.DataFrame(rows, dtype=object))


_WRITERS = (write_corpus, write_tables, write_exports, write_reports, write_loader)
PARTS = {write.__name__.removeprefix("write_"): write for write in _WRITERS}


def _read(path: Path) -> dict[str, object]:
    """The account of a file, every column of its records as one text, and their hash; or why it is not read."""
    try:
        records, ledger = lr.read(path)
    except Exception as error:  # another than LitreviewError is a mistake, and worth a line as well
        foreign = "" if isinstance(error, lr.LitreviewError) else "NOT OURS: "
        return {"error": f"{foreign}{type(error).__name__}: {str(error)[:80]}"}
    counts = {name: getattr(ledger, name) for name in ("found", "loaded", "merged", "rejected")}
    rejections = zip(ledger.rejections["line"].tolist(), ledger.rejections["reason"].tolist(), strict=True)
    why = " | ".join(f"{line}: {reason}" for line, reason in rejections)
    texts = {name: _texts(records[name]) for name in sorted(records.columns.drop("source_file"))}
    texts["record_id"] = [text.removeprefix(path.name) for text in texts["record_id"]]
    joined = {name: " | ".join(values) for name, values in texts.items()}
    return {"error": "", **counts, "rejections": why, "sha256": _sha(repr(texts).encode()), **joined}


def _texts(column: pd.Series) -> list[str]:
    """A column as texts: NFC, a missing value empty, of a date the day."""
    values = ("" if pd.isna(value) else value for value in column.tolist())
    texts = (str(value)[:10] if isinstance(value, pd.Timestamp) else str(value) for value in values)
    return [unicodedata.normalize("NFC", text) for text in texts]


def _write_tables(folder: Path, tables: dict[str, pd.DataFrame], facts: list[tuple[str, str]] | None = None) -> None:
    rows = list(facts or [])
    for name, table in tables.items():
        _write_frame(folder / f"{name}.csv", table)
        text = table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
        rows.append((f"{name}, in order", _sha(text.encode())))
    _write_rows(folder / "hashes.csv", ["what", "sha256"], rows)


def _write_frame(path: Path, table: pd.DataFrame) -> None:
    columns = ([_short(text) for text in _texts(table[name])] for name in table.columns)
    _write_rows(path, list(table.columns), sorted(zip(*columns, strict=True)))


def _write_rows(path: Path, columns: list[str], rows: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def _write_hashes(folder: Path, files: list[Path]) -> None:
    _write_rows(folder / "hashes.csv", ["file", "sha256"], [(path.name, _sha(path.read_bytes())) for path in files])


def _short(text: str) -> str:
    line = text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0")
    return line if len(line) <= CELL else f"{line[:CELL]}… {_sha(text.encode(errors='backslashreplace'))[:16]}"


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def differences(before: Path, now: Path, part: str) -> Iterator[tuple[str, str]]:
    """The kind of each difference between two folders of a part, and the difference in words."""
    for name in sorted({path.name for folder in (before, now) for path in folder.iterdir()}):
        if not (before / name).exists() or not (now / name).exists():
            yield f"{part}/{name}", "gone" if (before / name).exists() else "new"
        elif (before / name).read_bytes() != (now / name).read_bytes():
            compare = _lines if part == "exports" and name != "hashes.csv" else _cells
            yield from compare(before / name, now / name, f"{part}/{name}")


def _cells(before: Path, now: Path, kind: str) -> Iterator[tuple[str, str]]:
    old, new = (_keyed(path, KEYS.get(kind, 1)) for path in (before, now))
    for key in sorted(old.keys() | new.keys()):
        told = ", ".join(part for part in key if part)
        if key not in old or key not in new:
            rest = {name: value for name, value in (old.get(key) or new[key]).items() if value}
            yield f"{kind}, rows {'gone' if key in old else 'new'}", f"{told}: {rest}"[: 2 * WIDTH]
            continue
        pairs = {name: (old[key].get(name, NONE), new[key].get(name, NONE)) for name in {**old[key], **new[key]}}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        for name, pair in changed.items():
            if name != "sha256" or len(changed) == 1:  # a hash says something where nothing else does
                yield f"{kind}, {name}", f"{told}: {_place(*pair)}"


def _keyed(path: Path, size: int) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows of a file by what names them; a second one of a name also has its number."""
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    seen: Counter[tuple[str, ...]] = Counter()
    keyed = {}
    for row in rows:
        key = tuple(row[:size])
        seen[key] += 1
        keyed[(*key, f"no. {seen[key]}" if seen[key] > 1 else "")] = dict(zip(columns, row, strict=True))
    return keyed


def _place(old: str, new: str) -> str:
    """Two values from a little before where they part."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))) - 20
    cut = (value[max(0, start) : max(0, start) + WIDTH] for value in (old, new))
    return " → ".join(f"{'…' if start > 0 else ''}{value!r}" for value in cut)


def _lines(before: Path, now: Path, kind: str) -> Iterator[tuple[str, str]]:
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, now))
    changed = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]  # without the names of the files
    yield from ((kind, line[:WIDTH]) for line in changed if not line.startswith("@@"))


def _report(found: list[tuple[str, str]]) -> None:
    for kind, count in Counter(kind for kind, _ in found).items():
        told = [text for of, text in found if of == kind]
        shown = told[:: -(-count // SHOWN)]  # spread over all
        sys.stdout.write(f"{kind} ({count})\n" + "".join(f"    {text}\n" for text in shown))


def main() -> int:
    """Write what is not there yet, compare what is; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    asked = parser.parse_args()
    chosen = asked.only.split(",")
    sys.stdout.write(f"The library is {Path(lr.__file__).parent}\n")
    found: list[tuple[str, str]] = []
    for part in chosen:
        with tempfile.TemporaryDirectory() as place:
            PARTS[part](Path(place))
            if (asked.folder / part).exists():
                found += differences(asked.folder / part, Path(place), part)
            else:
                shutil.copytree(place, asked.folder / part)
                sys.stdout.write(f"{part}: written\n")
    _report(found)
    sys.stdout.write(f"{len(found)} differences\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

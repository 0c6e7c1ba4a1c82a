"""What the main steps cost, for 1,000 and 20,000 records: `make bench`; for others: `make bench SIZES="1000 100000"`.

Each step runs in a process of its own, once to warm up and five times more, on texts that are made for it
(`bench_texts`). A figure stands beside what `import pandas` costs here and beside a floor on the same text: a loop over
lines, cleaning by `str` methods, scikit-learn that counts words. A picture to compare by, not a test. Other programs
are measured where `make bench-peers` has installed them.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import altair as alt
import pandas as pd
from bench_texts import abstracts, share_of_hits, write_texts

from litreview.charts.svg_export import svg

PROJECT = Path(__file__).resolve().parents[1]
WORKERS, ARXIV = 16, 2_700_000
PANDAS, LOOP, CLEANED, COUNTED = "import pandas", "loop over lines", "clean by str", "count words"
READ = {f"read {name}": LOOP for name in ("listing", "RIS", "JSON lines", "CSV", "BibTeX")}
DERIVED = {"themes": CLEANED, "answers": CLEANED, "evidence": COUNTED, "contribution": COUNTED}
ON_TWO = {f"{name}, two processes": DERIVED[name] for name in ("themes", "evidence")}
STEPS = {LOOP: LOOP, CLEANED: CLEANED, COUNTED: COUNTED, **READ, "build": CLEANED, **DERIVED, **ON_TWO}
STEPS |= {"key terms": COUNTED}
DASK = "all of it on Dask, two workers"
PEERS = {
    "litstudy": "import litstudy; work = lambda: litstudy.load_ris_file(path)",
    "asreview": "from asreview import ASReviewData; work = lambda: ASReviewData.from_file(path)",
}
TIMED = """
import json, os, re, sys
from time import perf_counter, process_time
path = sys.argv[1]
{}
runs = []
for _ in range(6):
    cpu, wall = process_time() + sum(os.times()[2:4]), perf_counter()
    work()
    runs.append((process_time() + sum(os.times()[2:4]) - cpu, perf_counter() - wall))
print(json.dumps([runs[1:], int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])]))
"""  # the peak as Linux tells it; getrusage would give that of the process which started this one, if it is higher
OURS = "from bench import work_of; work = work_of(sys.argv[2], path)"


def work_of(name: str, path: str) -> Callable[[], Any]:
    """The work of a step, after what it needs is loaded; `path` is that of the records without its ending."""
    if name == PANDAS:
        return lambda: subprocess.run([sys.executable, "-c", "import pandas"], check=True)
    if name in (LOOP, CLEANED, COUNTED):
        return floor_of(name, Path(f"{path}.txt").read_text(encoding="utf-8"))
    import litreview as lr
    from litreview.analysis import distinctive_terms
    from litreview.engine.worker_processes import in_batches
    from litreview.review import DERIVED

    if name in READ:
        endings = {"listing": "txt", "JSON lines": "jsonl", "BibTeX": "bib"}
        return lambda: lr.read(f"{path}.{endings.get(name[5:], name[5:].lower())}")
    if name == "build":
        return lambda: lr.build_corpus(f"{path}.txt")
    corpus = lr.build_corpus(f"{path}.txt")
    if name == "key terms":
        themes = lr.assign_themes(corpus)
        return lambda: distinctive_terms(corpus, themes, "theme")
    derive = DERIVED[name.partition(",")[0]]
    derive(corpus.where(corpus.papers["paper_id"][:20]))  # what is loaded once is not timed
    return lambda: in_batches(derive, corpus)


def floor_of(name: str, text: str) -> Callable[[], Any]:
    """About the least that can be done with a text."""
    lines = [line for line in text.split("\n") if line]
    if name == LOOP:
        return lambda: [line.strip() for line in text.split("\n") if line]
    if name == CLEANED:
        return lambda: [" ".join((x if x.isascii() else unicodedata.normalize("NFKC", x)).split()) for x in lines]
    from sklearn.feature_extraction.text import CountVectorizer

    return lambda: CountVectorizer(ngram_range=(1, 2)).fit_transform(lines)


def measured(python: str, script: str, path: Path, name: str) -> dict[str, float]:
    """Median CPU and wall seconds of five runs in a warm process of its own, and its peak in MB."""
    places = os.pathsep.join([str(PROJECT / "lib"), str(PROJECT / "tests")])
    jobs = "2" if name.endswith("two processes") else "1"
    command, env = [python, "-c", TIMED.format(script), str(path), name], {**os.environ, "LITREVIEW_JOBS": jobs}
    env |= {"PYTHONPATH": places}  # in the folder of the texts: some programs leave files where they stand
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env, cwd=path.parent)
    runs, peak = json.loads(out.stdout.splitlines()[-1])
    cpu, wall = (median(each) for each in zip(*runs, strict=True))
    print(f"{name:<32}{path.name:>9}{cpu:9.2f} s CPU{wall:9.2f} s{peak / 1e3:8.0f} MB", flush=True)
    return {"CPU s": cpu, "wall s": wall, "peak MB": peak / 1e3}


def on_dask(path: Path) -> dict[str, float]:
    """What a corpus with themes and evidence costs on two workers, in one run: start, shuffles and all."""
    before, start = sum(os.times()[:4]), perf_counter()
    command = [sys.executable, "-m", "litreview", "corpus", f"{path}.txt", "--to", f"{path}.made", "--engine", "dask"]
    subprocess.run([*command, "--jobs", "2"], check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return {"CPU s": sum(os.times()[:4]) - before, "wall s": perf_counter() - start, "peak MB": math.nan}


def figures(sizes: list[int], folder: Path) -> pd.DataFrame:
    """A row a step: what it costs for the most records, beside its floor, and how it grows from the fewest."""
    found = {}
    for size in sizes:
        write_texts(abstracts(size), folder / str(size))
        found |= {(name, size): measured(sys.executable, OURS, folder / str(size), name) for name in STEPS}
    most, fewest = max(sizes), min(sizes)
    pandas = measured(sys.executable, OURS, folder, PANDAS)["CPU s"]
    found[DASK, most] = on_dask(folder / str(most))
    for peer, script in PEERS.items():
        python = PROJECT / ".peers" / peer / "bin" / "python"
        if python.is_file():
            found[f"read RIS, {peer}", most] = measured(str(python), script, folder / f"{most}.ris", peer)
        else:
            print(f"{peer} is not installed, so it is left out: make bench-peers")
    rows = [{"step": name, **row} for (name, size), row in found.items() if size == most]
    table = pd.DataFrame(rows).set_index("step")
    table["records a CPU s"] = most / table["CPU s"]
    table["× import pandas"] = table["CPU s"] / pandas
    table["floor"] = table.index.map({**STEPS, DASK: COUNTED, **{f"read RIS, {peer}": LOOP for peer in PEERS}})
    table["× floor"] = table["CPU s"] / table["floor"].map(table["CPU s"])
    small = {name: row["CPU s"] for (name, size), row in found.items() if size == fewest < most}
    growth = {name: math.log(table.loc[name, "CPU s"] / cpu) / math.log(most / fewest) for name, cpu in small.items()}
    return table.assign(exponent=table.index.map(growth))


def hours_for_arxiv(table: pd.DataFrame, size: int) -> float:
    """Hours of a cluster for all of arXiv: each step as it grows here, and what Dask adds to their sum here."""
    steps = table.loc[["read listing", "build", *DERIVED]]
    grown = (steps["CPU s"] * (ARXIV / size) ** steps["exponent"].clip(lower=1)).sum()
    return grown * table.loc[DASK, "CPU s"] / steps["CPU s"].sum() / WORKERS / 3600


def write_page(table: pd.DataFrame, remarks: list[str]) -> None:
    """Write reports/benchmark.html: the remarks, a chart and the table; and the chart alone, for the README."""
    ours = {*STEPS, DASK}.difference(STEPS.values())
    who = ["ours" if step in ours else "floor" if step in STEPS else "others" for step in table.index]
    rows = table.reset_index()[["step", "records a CPU s"]].assign(who=who)
    speed = alt.X("records a CPU s", title=None).scale(type="log").axis(values=[10**power for power in range(2, 7)])
    step, color = alt.Y("step", sort=None, title=None), alt.Color("who", title=None)
    base = alt.Chart(rows, title="Records a CPU second").encode(speed, step, color)
    number = base.mark_text(align="left", dx=8).encode(alt.Text("records a CPU s", format=",.0f"))
    drawn = svg((base.mark_circle(size=80) + number).properties(padding=24, description="A dot a step").to_dict())
    page = PROJECT / "reports" / "benchmark.html"
    page.with_suffix(".svg").write_text(drawn, encoding="utf-8")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head += "<style>svg {max-width: 100%; height: auto} table {display: block; overflow-x: auto}</style>"
    head += "<title>Benchmark</title><h1>Benchmark</h1>"
    body = "".join(f"<p>{remark}</p>" for remark in remarks) + drawn
    page.write_text(f"{head}{body}{table.to_html(float_format='{:,.2f}'.format, na_rep='')}</html>", encoding="utf-8")
    print(f"{page}: written")


def main() -> None:
    """Measure, print, write the page."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 20_000]
    with tempfile.TemporaryDirectory(prefix="litreview-bench-") as folder:
        table = figures(sizes, Path(folder))
    print(table.to_string(float_format="{:,.2f}".format))
    remarks = [f"{max(sizes):,} records; medians of five; load {os.getloadavg()[1]:.1f}.", share_of_hits()]
    if len(sizes) > 1:
        hours = hours_for_arxiv(table, max(sizes))
        remarks += [f"Estimate from this growth: {ARXIV:,} papers take {WORKERS} workers {hours:.1f} hours."]
    print("\n".join(remarks))
    write_page(table, remarks)


if __name__ == "__main__":
    main()

"""What changed, in sentences: the findings of `changes`."""

import pandas as pd

from litreview.corpus import Corpus
from litreview.report.findings import Finding, beyond_chance, by_chance, escape
from litreview.text.wording import Labels, label, listed, plural

KINDS = {
    "new": "new",
    "gone": "gone",
    "withdrawn": "called withdrawn",
    "merged": "merged into another",
    "parted": "taken out of another",
    "changed": "changed in a field",
}
MOST = 8  # names in a sentence


def compared(before: Corpus | None, now: Corpus) -> Finding:
    """What is compared with what; `before` is None where there is nothing to compare with."""
    if before is None:
        return Finding(
            "This corpus has one file and no earlier state is kept, so there is nothing to compare it with yet. Once "
            "another file has come, this page says what it brought."
        )
    came = sorted(set(now.ledger["source_file"]) - set(before.ledger["source_file"]))
    files = listed([f"“{escape(name)}”" for name in came[:MOST]] + [f"{len(came) - MOST:,} more"] * (len(came) > MOST))
    without = f" without the {'file' if len(came) == 1 else 'files'} {files}" if came else ""
    return Finding(
        f"Corpus `{before.checksum}` of {plural(len(before), 'paper')}{without} is compared with corpus "
        f"`{now.checksum}` of {plural(len(now), 'paper')}."
    )


def told(changes: pd.DataFrame) -> Finding:
    """How many papers changed in which way, from `changes.paper_changes`."""
    n = changes.groupby("change")["paper_id"].nunique()
    said = [
        f"{plural(int(n[kind]), 'paper')} {'is' if n[kind] == 1 else 'are'} {what}"
        for kind, what in KINDS.items()
        if kind in n
    ]
    return Finding(f"{listed(said)}." if said else "No paper changed.")


def moved(shares: pd.DataFrame, labels: Labels = None) -> Finding:
    """Which themes the papers that came have more, or less, often than those before, from `changes.share_changes`."""
    if shares.empty or not shares["enough"].any():
        return Finding("Too few papers came, or were there before, to compare their themes.")
    rows = shares[shares["enough"]]
    clear, chance = beyond_chance(rows), by_chance(rows)
    if clear.empty:
        return Finding(f"No theme is clearly more or less frequent among the papers that came ({chance}).")
    said = [
        f"**{escape(label(row.theme, labels))}** ({row.n_after:,} of {row.of_after:,} that came, "
        f"{row.n_before:,} of {row.of_before:,} before)"
        for row in clear.itertuples()
    ]
    rises = clear["difference"].tolist()
    sides = {
        "more": [words for words, rise in zip(said, rises, strict=True) if rise > 0],
        "less": [words for words, rise in zip(said, rises, strict=True) if rise < 0],
    }
    parts = [f"{side} frequent among the papers that came: {listed(words)}" for side, words in sides.items() if words]
    return Finding(f"Clearly {'; clearly '.join(parts)} ({chance}).")


def named(names: pd.DataFrame) -> Finding:
    """How many names are new, and the first of each kind, from `changes.new_names`."""
    if names.empty:
        return Finding("No method and no test bed is named that was not named before.")
    said = []
    for kind, rows in names.groupby("kind", sort=False):
        first = [escape(name) for name in rows["name"].head(MOST)]
        more = [f"{len(rows) - MOST:,} more"] if len(rows) > MOST else []
        said.append(f"{plural(len(rows), f'new {kind}', _several(kind))}: {listed([*first, *more])}")
    return Finding(f"{'; '.join(said)}.")


def _several(kind: str) -> str:
    return "new methods" if kind == "method" else "new benchmarks or data sets"

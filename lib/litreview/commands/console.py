"""Tables as lines for a terminal. Strangers' text is legible, and can neither move the cursor nor fake a line."""

import re
import sys
from collections.abc import Callable
from textwrap import fill
from typing import Any

import pandas as pd

from litreview.analysis import changes, data_quality
from litreview.analysis.key_terms import singular
from litreview.corpus import Corpus
from litreview.corpus.citations import citation
from litreview.corpus.corrections import load_corrections
from litreview.evaluation import Evaluation
from litreview.evaluation.matching import MatchingEvaluation
from litreview.text.escaping import visible
from litreview.text.person_names import names
from litreview.text.wording import NO_TITLE, dated, plural

MOST = 20  # papers that a list on the terminal names
REPLACED = "A file took the place of the one of its name; to keep both, give it another name."
WORD_PART = re.compile(r"[^\W_]+")


def columns(rows: pd.DataFrame) -> str:
    """A table in aligned columns: text left, numbers right, rates with two decimals, a dash for what is missing."""
    texts = pd.DataFrame({name: [_text(value) for value in rows[name]] for name in rows.columns})
    sides = {name: str.ljust if rows[name].dtype == "str" else str.rjust for name in rows.columns}
    lines = [list(map(visible, rows.columns)), *texts.to_numpy().tolist()]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(side(text, width) for text, width, side in zip(line, widths, sides.values(), strict=True)).rstrip()
        for line in lines
    )


def _text(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.2f}"
    return visible(value)


def ledger_text(corpus: Corpus) -> str:
    """The account of a corpus: each file, the sums, what was rejected or mended, and what could not be read."""
    undated = int(corpus.papers["published"].isna().sum())
    return "\n".join(
        [
            columns(data_quality.closed(corpus.ledger).rename(columns={"source_file": "file"})),
            f"{plural(len(corpus), 'paper')}, {undated} without a date. Corpus {corpus.checksum}",
            *_further_versions(corpus),
            *(
                f"{fate}: {visible(file)}, line {line}: {visible(why)}"
                for file, line, why, fate in _rows(data_quality.faulty(corpus), "line", "reason", "fate")
            ),
            *(
                f"corrections.csv, line {row.line}: did nothing; this corpus has no paper '{visible(row.paper_id)}'"
                for row in data_quality.idle(corpus, load_corrections()).itertuples()
            ),
            *_not_read(corpus.unread),
            *_left_out(corpus),
        ]
    )


def _further_versions(corpus: Corpus) -> list[str]:
    """Why there are more loaded records than papers, where there are."""
    n = corpus.further_versions
    versions = plural(n, "further version of a work")
    return [f"{len(corpus) + n:,} loaded records: {plural(len(corpus), 'paper')} and {versions}."] if n else []


def _not_read(unread: pd.DataFrame) -> list[str]:
    """The files that could not be read, each with the reason."""
    return [f"not read: {visible(file)}: {visible(why)}" for file, why in _rows(unread, "reason")]


def _left_out(corpus: Corpus) -> list[str]:
    """That files are missing from the corpus, where some are."""
    files = plural(len(corpus.unread), "file")
    return [f"{files} could not be read; the corpus has none of what is in there."] if len(corpus.unread) else []


def _rows(table: pd.DataFrame, *names: str) -> list[tuple]:
    return list(table[["source_file", *names]].itertuples(index=False, name=None))


def hits_text(
    hits: pd.DataFrame, papers: pd.DataFrame, emphasis: Callable[[str], str] = str, width: int = sys.maxsize
) -> str:
    """What a search found, best first: title, who and when, where to read it, and the sentence that matched.

    hits: `schema.HITS`; papers: `schema.PAPERS`. `emphasis` marks a word that was looked for; lines break at `width`.
    """
    found = hits[["paper_id", "matched", "field", "quote"]].merge(papers, on="paper_id")
    told = [_hit(place, row, emphasis, max(width, 20)) for place, row in enumerate(found.itertuples(), start=1)]
    return "\n".join(told) or "No paper answers this."


def _hit(place: int, row: Any, emphasis: Callable[[str], str], width: int) -> str:
    """One paper; its title is not said again where that is all that matched."""
    wanted, rest = set(re.split("; | ", row.matched)), " " * 5
    who = citation(row.authors, row.published, row.title) if names(row.authors) else dated(row.published, "year")
    blocks = [(f"{place:>3}. ", visible(row.title) or NO_TITLE)]
    blocks += [(rest, f"“{visible(row.quote)}”")] if row.field != "title" else []
    shown = [
        WORD_PART.sub(
            lambda word: emphasis(word[0]) if singular(word[0].lower()) in wanted else word[0],
            fill(text, width, initial_indent=start, subsequent_indent=rest, break_long_words=False),
        )
        for start, text in blocks
    ]
    shown.insert(1, f"{rest}{who} · {visible(row.url if isinstance(row.url, str) else row.paper_id)}")
    return "\n".join(shown)


def changes_text(name: str, changes: pd.DataFrame, papers: pd.DataFrame) -> str:
    """What an edited theme adds and loses, each paper with the rule and the sentence. Takes `themes.preview`'s columns."""
    rows = changes.merge(papers[["paper_id", "title"]], on="paper_id")
    added = int((rows["change"] == "added").sum())
    told = [
        f"\n{row.change}: {visible(row.title) or NO_TITLE}\n  rule {visible(row.rule)}: “{visible(row.quote)}”"
        for row in rows.itertuples()
    ]
    return "\n".join([f"{visible(name)}: {added} papers added, {len(rows) - added} lost", *told])


def diff_text(old: Corpus, new: Corpus, labels: dict[str, str] | None = None) -> str:
    """What changed between two corpora: the papers, the shares of themes, the names that were not there before.

    The difference is between the papers that came and those before, as in `changes.share_changes`. labels: themes → shown names.
    """
    table, moved, names = changes.paper_changes(old, new), changes.share_changes(old, new), changes.new_names(old, new)
    came = sorted(set(new.ledger["source_file"]) - set(old.ledger["source_file"]))
    lines = [
        f"{len(old):,} papers before, {len(new):,} now. Corpus {old.checksum} → {new.checksum}",
        *(f"new file: {visible(name)}" for name in came),
        *_not_read(new.unread[~new.unread["source_file"].isin(old.unread["source_file"])]),
    ]
    for change, rows in table.groupby("change", sort=False):
        lines.append(f"\n{change}: {plural(rows['paper_id'].nunique(), 'paper')}")
        lines += [
            f"  {visible(row.title) or NO_TITLE}{_what(row)}" for row in changes.shortened(rows.head(MOST)).itertuples()
        ]
        lines += [f"  and {len(rows) - MOST:,} more; --to FOLDER makes a page of all"] if len(rows) > MOST else []
    lines += ["No paper changed."] if table.empty else [f"\n{columns(changes.shares_in_words(moved, labels))}"]
    for kind, rows in names.groupby("kind", sort=False):
        lines.append(f"\nnew names, {kind}: {', '.join(visible(name) for name in rows['name'])}")
    return "\n".join(lines)


def rebuilt_text(old: Corpus, new: Corpus) -> str:
    """What new files did to the papers of a corpus, in a line."""
    counts = changes.paper_changes(old, new).groupby("change", sort=False)["paper_id"].nunique()
    told = "; ".join(f"{change}: {plural(n, 'paper')}" for change, n in counts.items()) or "No paper changed"
    replaced = "gone" in counts and set(old.ledger["source_file"]) <= set(new.ledger["source_file"])
    return f"{told}. {REPLACED if replaced else ''}".rstrip()


def _what(row: Any) -> str:
    """The field that changed, with what stood and stands there."""
    return f"\n    {row.field}: “{visible(row.before)}” → “{visible(row.after)}”" if row.field else ""


def evaluation_text(result: Evaluation) -> str:
    """Precision, recall and F1 by kind and by theme, then every label missed and every find without a label."""
    wrong = result.disagreements
    parts = [
        columns(result.scores),
        columns(pd.concat([result.themes, result.core], ignore_index=True)),
        f"{len(wrong):,} disagreements",
        *(_disagreement(row) for row in wrong.itertuples()),
    ]
    if result.not_labelled:
        parts.append(f"not labelled, so not judged: {', '.join(result.not_labelled)}")
    if result.not_in_file:
        parts.append(f"labelled, but not in themes.yml, so not judged: {', '.join(result.not_in_file)}")
    if len(result.unmatched):
        parts.append(f"{len(result.unmatched):,} labelled papers are not in this corpus")
    return "\n\n".join(parts)


def _disagreement(row: Any) -> str:
    """One disagreement: what the labels say, what the rules say, where, and by which rule."""
    sides = [f"the labels say {visible(row.expected)}" if row.expected else "no label says so"]
    sides.append(f"the rules say {visible(row.found)} ({visible(row.rule)})" if row.found else "the rules miss it")
    quote = f"\n  “{visible(row.quote)}”" if row.quote else ""
    return f"{row.kind}: {'; '.join(sides)}\n  {visible(row.title)}{quote}"


def matching_text(result: MatchingEvaluation) -> str:
    """Precision and recall of matching, then every pair that was judged otherwise than expected."""
    wrong = result.pairs[result.pairs["expected"] != result.pairs["found"]]
    told = [
        f"pair {row.pair}: {row.expected} expected, {row.found} found: {visible(row.note)}"
        + (f"\n  {visible(row.reason)}" if row.reason else "")
        for row in wrong.itertuples()
    ]
    return "\n".join([columns(result.scores), f"\n{len(result.pairs):,} pairs, {len(wrong)} judged otherwise", *told])

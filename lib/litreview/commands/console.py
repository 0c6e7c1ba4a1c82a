"""Results as lines for a terminal. Strangers' text is made visible: it can neither move the cursor nor fake a line.

Nothing heavy is loaded before there is something to say (see the face).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import litreview as lr
from litreview.errors import listed
from litreview.text.escaping import SHORT, visible
from litreview.text.wording import NO_TITLE, percent, plural

if TYPE_CHECKING:
    import pandas as pd

    from litreview.analysis.draft_themes import Suggestion

RATES = ["precision", "recall", "f1", "low", "high"]
MOST = 20  # papers that a list on the terminal names
EXAMPLES = 3  # typical and borderline papers of a draft theme


def _table(rows: pd.DataFrame) -> str:
    """A table whose first column names the rows; rates with two decimals, a dash for what is missing."""
    safe = rows.map(lambda value: visible(value) if isinstance(value, str) else value)
    return safe.set_index(rows.columns[0]).rename_axis(index=None).to_string(na_rep="–", float_format="{:.2f}".format)


def _title(row: Any) -> str:
    return visible(row.title, SHORT) or NO_TITLE


def ledger_text(corpus: lr.Corpus) -> str:
    """Print the ledger: each file, the sums, what was rejected or repaired, and what could not be read."""
    from litreview.corpus.curated_tables import CORRECTIONS, load_corrections

    sizes = {"papers": len(corpus), "undated": int(corpus.papers["published"].isna().sum())}
    sizes["versions"] = corpus.further_versions
    text = account_text(vars(corpus), sizes, f"Corpus {corpus.checksum}", lr.analysis.faulty(corpus))
    idle = lr.analysis.idle(corpus, load_corrections(corpus.home.curated / CORRECTIONS))
    if len(idle):
        absent = listed(map(visible, idle["paper_id"].unique()[:MOST]))
        text += f"\ncorrections.csv: {plural(len(idle), 'row')} did nothing; this corpus has no paper {absent}"
    return text


def account_text(tables: dict[str, pd.DataFrame], sizes: dict[str, int], place: str, faulty: pd.DataFrame) -> str:
    """Print the ledger of files (tables: ledger, unread), the papers with where they are, and faulty records."""
    papers, versions = plural(sizes["papers"], "paper"), plural(sizes["versions"], "further version of a work")
    sums = f"{papers}, {sizes['undated']} without a date, {versions}. {place}"
    lines = [_table(lr.analysis.closed(tables["ledger"])), sums]
    lines += [visible(f"{row.fate}: {row.source_file}, line {row.line}: {row.reason}") for row in faulty.itertuples()]
    return "\n".join([*lines, *_not_read(tables["unread"])])


def next_steps(review: lr.Review, folder: object) -> str:
    """Say of how many papers of a new review each field is known, and what to do next."""
    lines = ["What is known of the papers:", _table(lr.analysis.completeness(review)[["field", "n", "of"]])]
    lines += ["Next:", f"  cd {visible(folder)}"]
    lines += ["  litreview report          make the pages; begin at reports/index.html"]
    lines += ["  data/curated/sources.csv  say where each file comes from"]
    lines += [f"  data/curated/themes.yml   {plural(len(review.rules), 'theme')}; read, rename, merge or drop them"]
    return "\n".join(lines)


def _not_read(unread: pd.DataFrame) -> list[str]:
    return [visible(f"not read: {row.source_file}: {row.reason}") for row in unread.itertuples()]


def hits_text(hits: pd.DataFrame, corpus: lr.Corpus) -> str:
    """Print what a search found (`schema.HITS`), best first: title, who and when, where to read it, and its sentence.

    Papers are named as on the pages.
    """
    from litreview.corpus.citations import cited_papers

    found = hits[["paper_id", "field", "quote"]].merge(cited_papers(corpus), on="paper_id")
    lines = []
    for place, row in enumerate(found.itertuples(), start=1):
        where = visible(row.url if isinstance(row.url, str) else row.paper_id)
        lines += [f"{place:>3}. {_title(row)}", f"     {row.paper} · {where}"]
        lines += [f"     “{visible(row.quote)}”"] if row.field != "title" else []  # the title is not said twice
    return "\n".join(lines) or "No paper answers this."


def preview_text(name: str, changes: pd.DataFrame, papers: pd.DataFrame) -> str:
    """Print what an edited theme adds and loses, from `themes.preview`: each paper with the rule and the sentence."""
    rows = changes.merge(papers[["paper_id", "title"]], on="paper_id")
    added = int((rows["change"] == "added").sum())
    lines = [f"{visible(name)}: {added} papers added, {len(rows) - added} lost"]
    for row in rows.itertuples():
        lines += [f"\n{row.change}: {_title(row)}", f"  rule {visible(row.rule)}: “{visible(row.quote)}”"]
    return "\n".join(lines)


def remarks_on_drafts(found: Suggestion) -> dict[str, str]:
    """Say what speaks for each draft theme: its papers, its stability, and what its rules alone find."""
    least = found.papers["theme"].map({name: theme.threshold for name, theme in found.themes.items()})
    rows = found.papers.assign(own=found.papers["margin"].notna(), reached=found.papers["score"] >= least)
    return {
        name: f"{plural(of['own'].sum(), 'paper')}; stability {of['stability'].max():.2f} of 1; its rules alone find "
        f"{(of['reached'] & of['own']).sum():,} of them and {plural((of['reached'] & ~of['own']).sum(), 'other')}"
        for name, of in rows.groupby("theme")
    }


def drafts_text(found: Suggestion, papers: pd.DataFrame) -> str:
    """Print draft themes, each with its terms, what speaks for it, and the papers to look at."""
    titled = found.papers.dropna(subset="margin").merge(papers[["paper_id", "title"]], on="paper_id")
    lines, remarks = [*found.told], remarks_on_drafts(found)
    for name, theme in found.themes.items():
        terms = ", ".join(phrase for rule in theme.rules for phrase in rule.phrases)
        lines += [f"\n{name}: {theme.title}", f"  {remarks[name]}", f"  terms: {terms}"]
        own = titled[titled["theme"] == name]
        for role, rows in {"typical": own.head(EXAMPLES), "borderline": own[EXAMPLES:].tail(EXAMPLES)}.items():
            lines += [f"  {role}: {_title(row)}" for row in rows.itertuples()]
    if found.themes:
        lines += ["\nEdit or drop the drafts in data/curated/themes.yml; one without `status: draft` is kept."]
    return "\n".join(lines)


def diff_text(old: lr.Corpus, new: lr.Corpus) -> str:
    """Print what changed between two corpora: the papers and the themes."""
    titles = {name: theme.title for name, theme in lr.themes.themes_of(new).items()}
    table = lr.analysis.paper_changes(old, new)
    came = sorted(set(new.ledger["source_file"]) - set(old.ledger["source_file"]))
    lines = [f"{len(old):,} papers before, {len(new):,} now. Corpus {old.checksum} → {new.checksum}"]
    lines += [f"new file: {visible(name)}" for name in came]
    lines += _not_read(new.unread[~new.unread["source_file"].isin(old.unread["source_file"])])
    lines += _changed_papers(table)
    lines += ["No paper changed."] if table.empty else ["", _table(lr.analysis.theme_counts(old, new, titles))]
    return "\n".join(lines)


def moves_text(last: lr.Corpus, now: lr.Corpus) -> str:
    """Print what the present rules find that the last build did not, and the other way round; "" where nothing is."""
    papers, finds = lr.analysis.paper_changes(last, now), lr.analysis.moved_finds(last, now)
    return "\n".join([*_changed_papers(papers), *_changed_papers(finds)])


def _changed_papers(table: pd.DataFrame) -> list[str]:
    lines = []
    for change, rows in table.groupby("change", sort=False):
        lines += [f"\n{change}: {plural(rows['paper_id'].nunique(), 'paper')}"]
        for row in lr.analysis.shortened(rows.head(MOST)).itertuples():
            lines += [f"  {_title(row)}"]
            lines += [f"    {row.field}: “{visible(row.before)}” → “{visible(row.after)}”"] if row.field else []
        lines += [f"  and {len(rows) - MOST:,} more"] if len(rows) > MOST else []
    return lines


def simulation_text(screened: pd.DataFrame) -> str:
    """Print what `simulation.simulate` gives: the scores, and the recall when each tenth of the papers is read."""
    found, n = screened.loc[screened["start"] == 0, "included"], screened["start"].nunique()
    tenths = lr.evaluation.recall_curve(screened, 11).iloc[1:]
    tenths = tenths.assign(read=tenths["read"].map(percent))[["read", "recall", "low", "high"]]
    told = f"{plural(len(found), 'paper')}, {found.sum():,} of them relevant, without the two of a start."
    sure = f"Means of {plural(n, 'start')}, with the 95% interval of the mean:"
    return "\n\n".join([told, sure, _table(lr.evaluation.simulation.summary(screened)), _table(tenths)])


def simulation_json(screened: pd.DataFrame, pairs: list[tuple[str, str]]) -> str:
    """Print what `simulation.simulate` gives, as JSON: summary, starts (the papers and scores of each), and curve."""
    included, excluded = zip(*pairs, strict=True)
    tables = {"summary": lr.evaluation.simulation.summary(screened), "curve": lr.evaluation.recall_curve(screened)}
    tables["starts"] = lr.evaluation.screening_scores(screened).assign(included=included, excluded=excluded)
    return json.dumps({name: json.loads(table.round(5).to_json(orient="records")) for name, table in tables.items()})


def evaluation_text(corpus: lr.Corpus) -> str:
    """Print the first looks, then the scores of today by kind, and how many disagreements there are."""
    if not lr.evaluation.labelled_papers(corpus):
        return lr.evaluation.NO_LABELS
    result, looks = lr.evaluation.evaluate_evidence(corpus), lr.evaluation.first_looks(corpus)
    lines = [] if looks.empty else ["First look, on labels not in view:", _table(looks[["kind", "n", *RATES]])]
    lines += ["Today, on labels that the rules may be fitted to:", _table(result.scores)]
    lines += [f"{plural(len(result.disagreements), 'disagreement')}: `litreview report evaluation` lists them"]
    return "\n\n".join(lines)

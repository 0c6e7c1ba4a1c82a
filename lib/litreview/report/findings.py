"""Sentences for reports; every number in them comes from a table.

A finding is Markdown. Each sentence holds for no paper, one and many, and gives n with its whole, and a share where the
whole is ten papers or more. Names, titles and labels may come from strangers and are escaped. `labels` maps keys to
shown names, as in `charts`.
"""

import re
from collections.abc import Callable, Iterable
from importlib.metadata import version

import pandas as pd

from litreview.analysis import shares
from litreview.corpus import Corpus
from litreview.corpus.curated_tables import CORRECTIONS, METADATA
from litreview.report.reference_list import slug
from litreview.text.escaping import legible, visible
from litreview.text.wording import Labels, agreed, dated, join_words, label, plural, within

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
FEW = NAMED = 3  # papers, from which on the most frequent category is named; categories in a sentence
# What Markdown would act on, unless escaped: HTML, a formula, an image, a link to elsewhere than this page and the web.
LIVE = re.compile(r"(?<!\\)((?:\\\\)*)([<${]|!(?=\[)|\](?!\((?:#|https?:)))")
# Where JupyterLab and nbconvert have made text of Markdown, MathJax looks for formulas in it. A sign that stands in an
# element of its own begins none; a page takes the element away.
ALONE = re.compile(r"\\[\\$]")


class Finding(str):
    """Markdown that a notebook shows as text, and that does nothing else, whoever wrote its words.

    `metadata` goes with the output, for the head of the page.
    """

    metadata: dict[str, object] | None = None

    def _repr_markdown_(self) -> str | tuple[str, dict[str, object]]:
        shown = ALONE.sub(r"<span>\g<0></span>", LIVE.sub(r"\1\\\2", legible(self)))
        return (shown, self.metadata) if self.metadata else shown


def escape_markdown(text: object) -> str:
    """Escape a stranger's text so that Markdown shows it and does nothing else: one line, no live punctuation."""
    return PUNCTUATION.sub(r"\\\1", visible(text))


def bullets(findings: Iterable[str]) -> Finding:
    """List findings, one an item; empty ones are left out."""
    return Finding("\n".join(f"- {finding}" for finding in findings if finding))


def sampling_frame(corpus: Corpus) -> Finding:
    """Say what the papers are a sample of, and what not; this stands in every report."""
    if not len(corpus):
        return Finding(f"No paper is left to look at. {_limits(corpus)}".strip())
    files = corpus.records["source_file"].unique()
    queries = corpus.sources[corpus.sources["source_file"].isin(files)].query("query != 'unknown'")["query"]
    known = f"with {plural(queries.nunique(), 'known query')}" if len(queries) else "whose queries are unknown"
    source = f"{plural(len(corpus), 'paper')} from {plural(len(files), 'saved file')} {known}"
    holds = f"{_capital(source)}, counted in full: the results hold for this corpus, not for the field."
    return Finding(f"{holds} {date_basis(corpus)} {_limits(corpus)}".strip())


def _limits(corpus: Corpus) -> str:
    """The period and the decision asked for, and how many undated papers it leaves out."""
    limits = [f"from {corpus.since} on"] if corpus.since else []
    limits += [f"up to the end of {corpus.until}"] if corpus.until else []
    limits += [f"with the decision '{corpus.decided}'"] if corpus.decided else []
    out = f", without {plural(undated, 'undated paper')}" if (undated := corpus.undated_left_out) else ""
    return f"Only papers {' and '.join(limits)} are included{out}." if limits else ""


def ledger_totals(corpus: Corpus) -> Finding:
    """Add up the ledger: found = loaded + merged + rejected, and how many papers this report looks at."""
    found, loaded, merged, rejected = corpus.ledger[["found", "loaded", "merged", "rejected"]].sum().astype(int)
    sums = f"{found:,} found = {loaded:,} loaded + {merged:,} merged with one of these + {rejected:,} rejected"
    unread = f" {_capital(plural(len(corpus.unread), 'file'))} could not be read." if len(corpus.unread) else ""
    also = f", with {plural(n, 'further version of a work')}" if (n := corpus.further_versions) else ""
    looks = f"This report looks at {plural(len(corpus), 'paper')}{also}."
    return Finding(f"Records in {plural(len(corpus.ledger), 'file')}: {sums}.{unread} {looks}")


def date_basis(corpus: Corpus) -> Finding:
    """Say where the dates come from, how many papers have none, and which date is the latest."""
    if pd.isna(corpus.as_of):
        return Finding("No paper here has a date.")
    with_date = corpus.papers.loc[corpus.papers["published"].notna(), "paper_id"]
    origins = corpus.origins.loc[corpus.origins["paper_id"].isin(with_date), "published"].fillna("")
    counts = {"are of first submission to arXiv, looked up by title": (origins == METADATA.name).sum()}
    counts[f"are set by hand in {CORRECTIONS.name}"] = origins.str.startswith(CORRECTIONS.name).sum()
    counts["are from the records"] = len(with_date) - sum(counts.values())
    basis = join_words(f"{plural(n, 'date')} {agreed(n, what)}" for what, n in counts.items() if n)
    undated = int(corpus.papers["published"].isna().sum())
    without = f"; {plural(undated, 'undated paper')} {agreed(undated, 'stay')} out of every trend" if undated else ""
    latest = dated(corpus.as_of, corpus.as_of_precision)
    ends = f"The latest paper of these files is of {latest}, so {corpus.as_of.year} counts as unfinished."
    return Finding(f"{_capital(basis or 'no date is in this period')}{without}. {ends}")


def largest(table: pd.DataFrame, by: str, what: str = "", labels: Labels = None) -> Finding:
    """Name the most frequent category of `shares.counts`, and the next two; of equals all or none.

    `what` names the kind ("approach"). Where there is none, nothing is said.
    """
    what = what or by.replace("_", " ")
    rows = table[table["n"] > 0]
    if rows.empty:
        return Finding()
    first = rows[rows["n"] == rows["n"].iloc[0]]
    if (top := int(rows["n"].iloc[0])) < FEW:
        return Finding(f"No {what} stands out: none has more than {plural(top, 'paper')}.")
    amount, names = _amount(first.iloc[0]), _bold(first[by], labels, within)
    if len(first) > 1:
        shared = f"{join_words(names)} share" if len(first) <= 3 else f"{len(first):,} of them share"
        return Finding(f"No {what} stands out: {shared} the first place, each with {amount}.")
    then = rows[rows["n"].rank(method="max", ascending=False) <= NAMED].iloc[1:]
    rest = [f"{name} ({n:,})" for name, n in zip(_bold(then[by], labels, within), then["n"], strict=True)]
    return Finding(f"The most frequent {what} is {names[0]}: {amount}{f', then {join_words(rest)}' if rest else ''}.")


def _amount(row: pd.Series) -> str:
    """Say a part of all papers, or of those that have any category where these are fewer than three quarters."""
    if 4 * (named := row["named"]) >= 3 * row["of"]:
        return shares.part(row["n"], row["of"])
    return f"{row['n']:,} of the {plural(named, 'paper')} that have one (of {row['of']:,} in all)"


def count(does: str, n: int, of: int, noun: str = "paper") -> Finding:
    """Count how many do or have something: "12 of 29 papers (41%) link to code."

    `does` is in the plural ("link to code"); it agrees with n.
    """
    amount = _capital(shares.part(n, of, noun)) if n or not of else f"Not one of {plural(of, noun)}"
    return Finding(f"{amount} {escape_markdown(agreed(n or 1, does))}.")


def largest_overlap(table: pd.DataFrame, labels: Labels = None, of: str = "") -> Finding:
    """Name the two categories of `cooccurrence.together` that share most papers, and how many chance would have it.

    With `of`, only the pairs of that category count, its papers are the whole, and equals are named.
    """
    one_way = table["a"] == of if of else table["a"] < table["b"]
    met = table[(table["n"] > 0) & one_way].sort_values("n", ascending=False, kind="stable")
    if met.empty:
        return Finding("No paper belongs to two of them." if len(table) else "")
    top = met[met["n"] == met["n"].iloc[0]]
    whole = plural(top["n_a"].iloc[0] if of else top["of"].iloc[0], "paper")
    amount = f"{top['n'].iloc[0]:,} of {whole}{' each' if len(top) > 1 else ''}"
    if len(top) > 1 and not of:
        return Finding(f"No pair stands out: {len(top):,} pairs share {amount}.")
    pair = f"{_bold(top['a'], labels)[0]} with {join_words(_bold(top['b'], labels, within))}"
    chance = join_words(f"{n:,.1f}" for n in top["expected"])
    return Finding(f"The largest overlap is of {pair}: {amount}, {chance} expected if themes were independent.")


def best_and_worst(table: pd.DataFrame, by: str, labels: Labels = None, on: str = "") -> Finding:
    """Name what the rules recognise best and worst, by f1; `on` names the labels that they were compared with."""
    f1 = table["f1"].round(2)
    if f1.isna().all():
        return Finding("No labelled paper has anything to compare.")
    ends = {"best at": f1.max(), "worst at": f1.min()} if f1.max() > f1.min() else {"equally good at": f1.max()}
    said = (f"{how} {join_words(_bold(table[f1 == end][by], labels))} (F1 {end:.2f})" for how, end in ends.items())
    return Finding(_capital(f"{f'on {on}, ' if on else ''}the rules are {' and '.join(said)}."))


def provenance(corpus: Corpus, papers: Corpus) -> Finding:
    """Say from what corpus and with which versions a report is made, so that it can be made again.

    Its output tells the page how many `papers` the report looks at, and of which time.
    """
    versions = join_words(f"{name} {version(name)}" for name in ("litreview", "pandas", "altair", "nltk", "papermill"))
    looks = f"{plural(len(corpus), 'paper')}; this report looks at {plural(len(papers), 'paper')} of it"
    told = f"Corpus `{corpus.checksum}`, {looks}. Made with {versions}."
    text = Finding(f"{told} The same corpus and parameters give the same report, byte for byte.")
    text.metadata = {"papers": len(papers), "frame": covered(papers)}
    return text


def covered(corpus: Corpus) -> str:
    """Return the time that some papers cover, as exactly as it is known: "May 2020 to 2022, 1 without a date"."""
    known = corpus.papers.dropna(subset="published").sort_values("published", kind="stable")
    ends = known.iloc[[0, -1]] if len(known) else known
    exact = zip(ends["published"], ends["date_precision"] == "year", strict=True)
    said = dict.fromkeys(f"{date:%Y}" if year else f"{date:%B %Y}" for date, year in exact)
    undated = {"": (len(corpus) - len(known)) * bool(said), " left out": corpus.undated_left_out}
    without = "".join(f", {n} without a date{how}" for how, n in undated.items() if n)
    return f"{' to '.join(said) or 'no dates'}{without}"


def compared_corpora(before: Corpus | None, now: Corpus) -> Finding:
    """Say which corpora are compared; `before` is None where there is nothing to compare with."""
    if before is None:
        return Finding("No earlier state of this corpus is kept, so there is nothing to compare it with yet.")
    old, new = (f"`{each.checksum}` of {plural(len(each), 'paper')}" for each in (before, now))
    return Finding(f"Corpus {old} is compared with corpus {new}.")


def change_counts(changes: pd.DataFrame) -> Finding:
    """Count the papers of `changes.paper_changes` by kind of change."""
    counts = changes.groupby("change", sort=False)["paper_id"].nunique()
    said = join_words(f"{n:,} {change}" for change, n in counts.items())
    return Finding(f"Papers: {said}." if said else "No paper changed.")


def _bold(names: Iterable[str], labels: Labels = None, shown: Callable[..., str] = label) -> list[str]:
    return [f"**{escape_markdown(shown(name, labels))}**" for name in names]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def claims(table: pd.DataFrame) -> list[str]:
    """Say each claim of `judgement.findings_of` once, with links to the papers that bear it out."""
    linked = [f"[{escape_markdown(row.paper)}](#ref-{slug(row.paper_id)})" for row in table.itertuples()]
    papers = table.assign(linked=linked).groupby("claim", sort=False)["linked"].unique().map("; ".join)
    return [f"{escape_markdown(claim.rstrip('.'))} ({who})." for claim, who in papers.items()]

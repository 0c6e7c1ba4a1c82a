"""Tables in, sentences out: every number in the prose of a report comes from here.

A finding is Markdown. Each sentence holds for no paper, one and many, gives n with its whole, and a 95% interval where
the whole is ten papers or more. Names, titles and labels are strangers' text and are escaped. `labels` maps keys to
shown names, as in `charts`.
"""

import re
from collections.abc import Callable, Iterable
from importlib.metadata import version

import pandas as pd

from litreview.analysis import trends
from litreview.corpus import Corpus
from litreview.corpus.build import METADATA
from litreview.corpus.corrections import CORRECTIONS
from litreview.text.escaping import visible
from litreview.text.wording import (
    NO_TITLE,
    agreed,
    dated,
    label,
    listed,
    many,
    number,
    part,
    percent,
    plural,
    within,
    years,
)

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
UNKNOWN = "unknown"
CHANGES, TERMS, NAMES = 3, 4, 5  # of these in a sentence, at most
IDENTIFIERS = ["doi", "arxiv_id", "pmid", "openalex_id"]


class Finding(str):
    """Markdown that a notebook shows as text."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


class Made(Finding):
    """What a report is made from; its output says which papers the report looks at, for the head of the page."""

    papers: int
    frame: str

    def _repr_markdown_(self) -> tuple[str, dict[str, object]]:  # type: ignore[override]  # with the output's metadata
        return str(self), {"papers": self.papers, "frame": self.frame}


def escape(text: object) -> str:
    """A stranger's text as Markdown that shows it and does nothing else: one line, every punctuation mark escaped."""
    return PUNCTUATION.sub(r"\\\1", visible(text))


def bullets(findings: Iterable[str]) -> Finding:
    """Findings as a list, one an item; empty ones are left out."""
    return Finding("\n".join(f"- {finding}" for finding in findings if finding))


def frame(corpus: Corpus) -> Finding:
    """What the papers are a sample of, and what not: to stand in every report."""
    if not len(corpus):
        return Finding(" ".join(words for words in ("No paper is left to look at.", _period(corpus)) if words))
    asked = corpus.sources.loc[corpus.sources["query"] != UNKNOWN, "query"].nunique()
    files = plural(len(corpus.ledger), "saved file")
    known = f"with {plural(asked, 'known query', 'known queries')}" if asked else "whose queries are unknown"
    said = [
        f"{_capital(plural(len(corpus), 'paper'))} from {files} {known}: what is said here holds for this pile of "
        "papers, not for the field, and the intervals, which speak of chance alone, do not cover that.",
        dates(corpus),
        _period(corpus),
    ]
    return Finding(" ".join(words for words in said if words))


def looked_at(corpus: Corpus) -> Finding:
    """The account of the files: found = loaded + merged + rejected, and how many papers this report looks at."""
    found, loaded, merged, rejected = (
        int(corpus.ledger[name].sum()) for name in ("found", "loaded", "merged", "rejected")
    )
    account = f"{found:,} found = {loaded:,} loaded + {merged:,} merged with one of these + {rejected:,} rejected"
    unread = plural(len(corpus.unread), "file") + " could not be read. " if len(corpus.unread) else ""
    files, papers = plural(len(corpus.ledger), "file"), plural(len(corpus), "paper")
    versions = corpus.further_versions
    versions_too = f", with {plural(versions, 'further version of a work')}" if versions else ""
    return Finding(f"Records in {files}: {account}. {_capital(unread)}This report looks at {papers}{versions_too}.")


def dates(corpus: Corpus) -> Finding:
    """The date basis, the undated papers, and the date up to which this is known."""
    if pd.isna(corpus.as_of):
        return Finding("No paper here has a date.")
    undated = trends.undated(corpus)
    stay = "has none and stays" if undated == 1 else "have none and stay"
    without = f"; {plural(undated, 'paper')} {stay} out of every trend"
    latest = dated(corpus.as_of, corpus.as_of_precision)
    return Finding(
        f"{_basis(corpus)}{without if undated else ''}. "
        f"The latest paper of these files is of {latest}, so {corpus.as_of.year} counts as not over."
    )


def given(corpus: Corpus) -> Finding:
    """What the records bring along, by format, and of how many files the query is unknown."""
    records, files = corpus.records, len(corpus.ledger)
    if records.empty:
        return Finding("No record is here.")
    has = {
        "authors": records["authors"].notna(),
        "an identifier": records[IDENTIFIERS].notna().any(axis=1),
        "a date": records["published"].notna(),
    }
    counts = {what: int(known.sum()) for what, known in has.items()}
    told = [f"{n or 'none'} {agreed(n or 1, 'have')} {what}" for what, n in counts.items()]
    forms = listed(escape(form) for form in sorted(records["format"].dropna().unique()))
    unasked = files - int((corpus.sources["query"] != UNKNOWN).sum())
    which = "any file" if unasked == files else f"{unasked:,} of {plural(files, 'file')}"
    chance = f" Nobody noted the query behind {which}, so nobody can say which papers had a chance to be there."
    return Finding(
        f"Of {plural(len(records), 'record')} ({forms}), {listed(told)} of its own.{chance if unasked else ''}"
    )


def untitled(corpus: Corpus) -> Finding:
    """How many papers have no title."""
    n, whole = int((corpus.papers["title"] == "").sum()), plural(len(corpus), "paper")
    if not n:
        return Finding("Every paper has a title." if len(corpus) else "")
    return Finding(f"{n:,} of {whole} {agreed(n, 'have')} no title and {agreed(n, 'stand')} here as “{NO_TITLE}”.")


def largest(table: pd.DataFrame, by: str, what: str = "", labels: dict[str, str] | None = None) -> Finding:
    """The most frequent category of `trends.counts`, and the next two; `what` names the kind ("approach")."""
    what = what or by.replace("_", " ")
    rows = table[table["n"] > 0]
    if rows.empty:
        return Finding(f"No {what} was found in these papers.")
    first = rows[rows["n"] == rows["n"].iloc[0]]
    amount, names = part(first.iloc[0]), _bold(first[by], labels, within)
    if len(first) > 3:
        return Finding(f"No {what} stands out: {len(first):,} of them share the first place, with {amount} each.")
    if len(first) > 1:
        return Finding(f"The most frequent {many(what)} are {listed(names)}, with {amount} each.")
    then = rows.iloc[1:3]
    rest = [f"{name} ({n:,})" for name, n in zip(_bold(then[by], labels, within), then["n"], strict=True)]
    return Finding(f"The most frequent {what} is {names[0]}: {amount}{f', then {listed(rest)}' if rest else ''}.")


def count(does: str, n: int, of: int, noun: str = "paper") -> Finding:
    """How many do or have something: "12 of 29 papers (41%, 95% interval 25–59%) link to code."

    `does` is in the plural ("link to code"); it agrees with n.
    """
    row = trends.with_share(pd.DataFrame({"n": [n], "of": [of]})).iloc[0]
    amount = _capital(part(row, noun)) if n or not of else f"Not one of {plural(of, noun)}" if of > 1 else f"No {noun}"
    return Finding(f"{amount} {escape(agreed(n or 1, does))}.")


def over_time(table: pd.DataFrame, by: str, category: str, labels: dict[str, str] | None = None) -> Finding:
    """The share of one category of `trends.shares_over_time`, in the first period that allows one and in the last."""
    rows = table[table[by] == category]
    name, told = _bold([category], labels)[0], rows[rows["enough"]]
    if rows.empty or not rows["n"].sum():
        return Finding(f"No dated paper belongs to {name}.")
    if told.empty:
        span = years(rows.loc[rows["n"] > 0, "year"].tolist())
        return Finding(
            f"{name}: {plural(rows['n'].sum(), 'dated paper')} ({span}); too few papers a period for a share."
        )
    ends = told.iloc[[0, -1]] if len(told) > 1 else told
    said = [
        f"{part(row)} in {row['period']}{', which is not over' if row['unfinished'] else ''}"
        for _, row in ends.iterrows()
    ]
    return Finding(f"{name}: {', then '.join(said)}.")


def changed(table: pd.DataFrame, by: str, labels: dict[str, str] | None = None) -> Finding:
    """Which shares of `trends.change` differ between the two eras by more than chance alone would allow."""
    rows = table[table["enough"]]
    if rows.empty:
        return Finding("Too few dated papers to compare two periods.")
    first = rows.iloc[0]
    eras = f"the {first['of_before']:,} papers before {first['split']} and the {first['of_after']:,} from then on"
    clear = beyond_chance(rows).sort_values("difference", key=abs, ascending=False, kind="stable")
    if clear.empty:
        return Finding(f"Between {eras}, no share changed by more than chance allows ({by_chance(rows)}).")
    said = [_difference(row, _bold([row[by]], labels)[0]) for _, row in clear.head(CHANGES).iterrows()]
    return Finding(
        f"Between {eras}, {len(clear)} of {plural(len(rows), 'share')} changed: {'; '.join(said)} ({by_chance(rows)})."
    )


def beyond_chance(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a difference whose interval, `low` to `high`, has zero outside."""
    return rows[(rows["low"] > 0) | (rows["high"] < 0)]


def by_chance(rows: pd.DataFrame) -> str:
    """How many of these comparisons stand out by chance alone."""
    return f"{plural(len(rows), 'comparison')} at 95%, of which one in twenty stands out by chance alone"


def overlaps(table: pd.DataFrame, labels: dict[str, str] | None = None, of: str = "") -> Finding:
    """Which two categories of `cooccurrence.together` meet most often, and how often chance would have it.

    With `of`, only the pairs of that category, and its papers are the whole.
    """
    one_way = table["a"] == of if of else table["a"] < table["b"]
    met = table[(table["n"] > 0) & one_way].sort_values("n", ascending=False, kind="stable")
    if met.empty:
        return Finding("No paper belongs to two of them.")
    top = met.iloc[0]
    a, b = _bold([top["a"]], labels)[0], _bold([top["b"]], labels, within)[0]
    meet = f"{a} meets {b} most often" if of else f"{a} and {b} meet most often"
    whole, belong = top["n_a"] if of else top["of"], agreed(top["n"], "belong")
    return Finding(
        f"{meet}: {top['n']:,} of {plural(whole, 'paper')} {belong} to both, "
        f"where {number(top['expected'])} would be expected if the two were independent."
    )


def meeting(table: pd.DataFrame, labels: dict[str, str] | None = None) -> Finding:
    """The fullest cell of `cooccurrence.crossed`."""
    met = table[table["n"] > 0].sort_values("n", ascending=False, kind="stable")
    if met.empty:
        return Finding("No paper has one of each.")
    top, cells = met.iloc[0], plural(len(met), "pair")
    if top["n"] == 1:
        return Finding(f"No pair meets in more than one paper; {cells} {agreed(len(met), 'meet')} in one.")
    row, column = _bold([top["row"]], labels)[0], _bold([top["column"]], labels, within)[0]
    return Finding(
        f"{row} and {column} meet most often, in {top['n']:,} of {plural(top['of'], 'paper')} that have one of each."
    )


def in_common(table: pd.DataFrame, what: str = "name", by: str = "group") -> Finding:
    """Which columns of `cooccurrence.shared` stand in more than one row, such as methods that two communities name."""
    both = table[table["rows"] > 1]
    if table.empty:
        return Finding(f"No {what} was found, so none stands in more than one {by}.")
    if both.empty and len(table) == 1:
        return Finding(f"The one {what} that was found stands in one {by} only.")
    if both.empty:
        return Finding(f"Not one of {plural(len(table), what)} stands in more than one {by}.")
    names = [*_bold(both["column"].head(NAMES)), *(["others"] if len(both) > NAMES else [])]
    total = plural(len(table), what)
    return Finding(f"{len(both):,} of {total} {agreed(len(both), 'stand')} in more than one {by}: {listed(names)}.")


def pages(table: pd.DataFrame) -> Finding:
    """How far the source files of `cooccurrence.file_overlap` overlap."""
    sets = table.drop_duplicates("pages")
    if sets.empty:
        return Finding("No paper, so no overlap of files.")
    alone, of = int(sets.loc[sets["n_pages"] == 1, "n"].sum()), int(sets["of"].iloc[0])
    widest = int(sets["n_pages"].max())
    on_most = int(sets.loc[sets["n_pages"] == widest, "n"].sum())
    more = f"; {plural(on_most, 'paper')} {agreed(on_most, 'stand')} in {widest}" if widest > 1 else ""
    return Finding(f"{alone:,} of {plural(of, 'paper')} {agreed(alone, 'stand')} in one file only{more}.")


def vocabulary(table: pd.DataFrame, labels: dict[str, str] | None = None) -> Finding:
    """The terms of `key_terms.distinctive_terms` that set each group apart, a list item a group."""
    if table.empty:
        return Finding("No group has a term that sets it apart.")
    items = []
    for group, rows in table.sort_values("z", ascending=False, kind="stable").groupby("group"):
        said = [f"*{escape(term)}* (z = {z:.1f})" for term, z in zip(rows["term"].head(TERMS), rows["z"], strict=False)]
        items.append(f"{_bold([group], labels)[0]}: {listed(said)}.")
    return bullets(items)


def scored(table: pd.DataFrame, by: str, labels: dict[str, str] | None = None, on: str = "") -> Finding:
    """Where the rules are surest and where least, by f1 and, where the table has low and high, its 95% interval.

    `on` names the labels that they were compared with.
    """
    known = table.dropna(subset=["f1"])
    if known.empty:
        return Finding("No labelled paper has anything to compare.")
    f1, on = known["f1"].round(2), f"on {on}, " if on else ""
    best, worst = (_scores(known[f1 == end], by, labels) for end in (f1.max(), f1.min()))
    if f1.max() == f1.min():
        return Finding(_capital(f"{on}the rules are equally sure of all: {best}."))
    return Finding(
        _capital(f"{on}of {plural(len(known), by)}, the rules are surest of {best}, and least sure of {worst}.")
    )


def made(pile: Corpus, papers: Corpus) -> Made:
    """From what and with which versions a report is made, so that it can be made again."""
    packages = ("litreview", "pandas", "altair", "nltk", "papermill")
    versions = listed(f"{name} {version(name)}" for name in packages)
    text = Made(
        f"Corpus `{pile.checksum}`, {plural(len(pile), 'paper')}; this report looks at {plural(len(papers), 'paper')} "
        f"of it. Made with {versions}. The same corpus and parameters give the same report, byte for byte."
    )
    text.papers, text.frame = len(papers), covered(papers)
    return text


def covered(corpus: Corpus) -> str:
    """The time that some papers cover, as well as it is known: "May 2020 to 2022, 1 without a date"."""
    dated = corpus.papers.dropna(subset="published").sort_values("published", kind="stable")
    ends = dated.iloc[[0, -1]] if len(dated) else dated
    known = zip(ends["published"], ends["date_precision"], strict=True)
    said = dict.fromkeys(f"{date:%Y}" if precision == "year" else f"{date:%B %Y}" for date, precision in known)
    undated, left = len(corpus) - len(dated), corpus.undated_left_out
    without = f", {undated} without a date" if undated else ""
    out = f", {left} without a date left out" if left else ""
    return f"{' to '.join(said) or 'no dates'}{without}{out}"


def _basis(corpus: Corpus) -> str:
    """Where the dates come from: looked up by title, set by hand, or the records' own."""
    with_date = corpus.papers.loc[corpus.papers["published"].notna(), "paper_id"]
    origins = corpus.origins.loc[corpus.origins["paper_id"].isin(with_date), "published"].dropna()
    arxiv, n = "of first submission to arXiv, looked up by title", len(with_date)
    counts = {
        arxiv: int((origins == METADATA).sum()),
        f"set by hand in {CORRECTIONS.name}": int(origins.str.startswith(CORRECTIONS.name).sum()),
    }
    if not sum(counts.values()):
        return "Dates are those that the records give"
    if counts[arxiv] == n:
        return f"Dates are those {arxiv}"
    said = listed(f"{count:,} {agreed(count, 'are')} {what}" for what, count in counts.items() if count)
    others = "; the records give the others" if sum(counts.values()) < n else ""
    return f"Of {plural(n, 'date')}, {said}{others}"


def _period(corpus: Corpus) -> str:
    """The period asked for, and who left with it."""
    if not corpus.since and not corpus.until:
        return ""
    limits = [
        f"from {corpus.since} on" if corpus.since else "",
        f"up to the end of {corpus.until}" if corpus.until else "",
    ]
    left = corpus.undated_left_out
    out = f"; {plural(left, 'undated paper')} left with that limit" if left else ""
    return f"Only papers {' and '.join(words for words in limits if words)} are in{out}."


def _difference(row: pd.Series, name: str) -> str:
    more = "more" if row["difference"] > 0 else "less"
    low, high = sorted(abs(100 * row[["low", "high"]].astype(float)))
    return (
        f"{name} from {row['n_before']:,} of {row['of_before']:,} ({percent(row['share_before'])}) "
        f"to {row['n_after']:,} of {row['of_after']:,} ({percent(row['share_after'])}), "
        f"{abs(100 * row['difference']):.0f} points {more} (95% interval {low:.0f} to {high:.0f})"
    )


def _scores(rows: pd.DataFrame, by: str, labels: dict[str, str] | None) -> str:
    """Categories with one score: up to three names, else their number; the interval where there is one name."""
    f1 = f"F1 {rows['f1'].iloc[0]:.2f}"
    if len(rows) > 3:
        return f"{len(rows):,} of them ({f1})"
    span = (
        f", 95% interval {rows['low'].iloc[0]:.2f}–{rows['high'].iloc[0]:.2f}"
        if len(rows) == 1 and "low" in rows
        else ""
    )
    return f"{listed(_bold(rows[by], labels))} ({f1}{span})"


def _bold(names: Iterable[str], labels: dict[str, str] | None = None, shown: Callable[..., str] = label) -> list[str]:
    return [f"**{escape(shown(name, labels))}**" for name in names]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The tables of a report: rows to quote, names with papers, evidence of a paper, answers, counts, rules of a theme.

Lists inside a cell are joined by "; ".
"""

import re
from collections.abc import Iterable

import pandas as pd

from litreview.analysis import shares
from litreview.corpus import Corpus
from litreview.corpus.citations import cited, cited_papers
from litreview.evidence.extraction import SENTENCES, lexicon_of
from litreview.text.patterns import verbose
from litreview.text.wording import Labels, label
from litreview.themes import Theme, assign_answers, themes_of

SETTINGS = ("structure", "problem", "setting", "data")  # questions of themes: in which setting does a paper work?
WHOSE = {"own": "Proved here", "lower": "Lower bound, proved here", "other": "By others"}
WHOSE |= {"condition": "Condition", "damaged": "Damaged in the saved page"}
_SET_AGAINST = re.compile(r"\b(?:baselines?|compared|outperform\w*|(?:over|than)(?! \d)|versus)\b")
_NEXT = re.compile(r",? and (?=(?:[^\s,;]+ ){0,5}\d)|, (?=\d[\d.]*\s?[%×x])")  # what follows has a figure of its own
_MEASURED = re.compile(r"\d[\d.]*\s?[%×x]")
_APART = re.compile(r", (?:an? (?:additional|further)|as well as (?=\w+ing\b)) ?")  # what follows is another result
# What stands beside a bound, in the words of the abstract.
_END = r"[^,;.]*?(?=[,;.]|$|\ using\b|\ and\ (?:even|improv))"
_ASSUMED = verbose(rf"""
    (?<!even\ )\b(?:assuming|given access to|if|in the case where|provided that|under|when(?! using))\b{_END}
    |  \bwithout the \S+ requirement{_END}
    |  \bfor (?!all\b|some\b)(?=[^,;.]{{0,60}}\b(?:functions|instances|losses)\b){_END}  # "for convex functions"
""")
_FEEDBACK = verbose(r"""
    \b(?:bandit|delayed|full-information|human|one-sided|partial|preference(?:-based)?|semi-bandit) feedback\b
    |  \b(?:access to a simulator|expert demonstrations|extra observations|full information|generative model
    |  offline data|preference queries|reward-free|simulator-free|unlabeled and labeled data)\b
""")
_MATCHED = verbose(rf"""
    \bmatch(?:es|ing)\ [^,;.]{{0,90}}?\b(?:bounds?|complexity)\b{_END}  |  \bfully characteri[sz]e the minimax \w+
    |  (?<![-)\w])(?:(?:asymptotically|minimax|nearly|near)[ -])?(?:optimal|tight)  # said of a bound
       (?=[,;.)]|\ (?:if|in|rate|regret|up|when)\b)
""")
_CANNOT = verbose(rf"\b(?:hardness|impossib\w+|no [\w-]+ algorithm|needs? an exponential|suffers?)\b{_END}")
# What a survey does, what others lack, and what says nothing by itself.
_NO_FINDING = r"(?i)\b(?:(?:this|we(?: \w+)?) (?:survey|review)(?:ed)?|that (?:current|previous)|the established)\b"
MOST_WORDS = 6  # shown for a rule of a theme
# The names that a figure's sentence may hold, by kind of evidence, and the column that they make.
NAMES = {"evaluated_on": "benchmark", "compares_to": "baseline", "builds_on": "built_on"}


def sample(rows: pd.DataFrame, by: str, most: int, order: Iterable[str]) -> pd.DataFrame:
    """Choose the `most` rows of each category to quote: one a paper, the highest scores first.

    The categories stand in this order. Takes and gives the columns of `rows` (with paper_id, `by` and score).
    """
    ranked = rows.sort_values("score", ascending=False, kind="stable").drop_duplicates([by, "paper_id"])
    kept = ranked.groupby(by).head(most)
    return kept.sort_values(by, key=lambda names: names.map([*order].index), kind="stable", ignore_index=True)


def names_with_papers(corpus: Corpus, table: pd.DataFrame, by: str = "name") -> pd.DataFrame:
    """List the names in a column of evidence, most frequent first: `by`, n (int64, papers), papers (who, when; str)."""
    pairs = shares.pairs_of(corpus, table, by)
    pairs["papers"] = pairs["paper_id"].map(cited(corpus)).astype("str")
    names = pairs.groupby(by).agg(n=("paper_id", "size"), papers=("papers", "; ".join)).reset_index()
    return names.sort_values(["n", by], ascending=[False, True], ignore_index=True)


def overview(corpus: Corpus, evidence: pd.DataFrame, contribution: pd.DataFrame) -> pd.DataFrame:
    """Give one row of evidence a paper, by date: its kind of work, its names, figures and links, its first sentences.

    Columns: paper_id, paper (who, when), title, url, contribution, introduces, compares_to, evaluated_on, claim, link
    (all of a paper), problem, finding, limitation (the first; str; what was not found is missing, a contribution "Not
    said").
    """
    names = evidence.drop_duplicates(["paper_id", "kind", "name"])
    names = names[~names["kind"].isin(SENTENCES) | ~names.duplicated(["paper_id", "kind"])]
    wide = names.pivot_table(index="paper_id", columns="kind", values="name", aggfunc="; ".join)
    wide = wide.reindex(columns=["introduces", "compares_to", "evaluated_on", "claim", "link", *SENTENCES])
    papers, kind = cited_papers(corpus), contribution.set_index("paper_id")["contribution"].map(label)
    papers["contribution"] = papers["paper_id"].map(kind).astype("str").fillna("Not said")
    return papers.merge(wide.astype("str"), left_on="paper_id", right_index=True, how="left").reset_index(drop=True)


def compare_counts(choices: dict[str, tuple[Corpus, pd.DataFrame]], by: str, labels: Labels = None) -> pd.DataFrame:
    """Put counts side by side, each of a corpus and a table of categories, in the order of the first.

    Columns: `by` (shown name), and for each choice its name with "n of all" (str).
    """
    counts = {name: shares.counts(corpus, table, by).set_index(by)["n"] for name, (corpus, table) in choices.items()}
    n = pd.concat(counts, axis="columns", sort=False).fillna(0).astype("int64").astype("str").reset_index()
    said = {name: n[name] + f" of {len(corpus)}" for name, (corpus, _) in choices.items()}
    return n.assign(**{by: n[by].map(lambda name: label(name, labels))}, **said)


def first_findings(corpus: Corpus, evidence: pd.DataFrame, paper_ids: Iterable[str], k: int = 5) -> pd.DataFrame:
    """Quote the best finding of the first `k` of these papers that have one, in their order.

    A sentence with a formula that the saved page damaged is none, nor is one that says what a survey does or what
    others lack, or that says nothing by itself. Columns (str): claim (the sentence in quotation marks), paper_id, paper
    (who, when), url.
    """
    broken = evidence.loc[evidence["of"] == "damaged", ["paper_id", "quote"]]
    rows = evidence[(evidence["kind"] == "finding") & ~evidence["text"].str.contains(_NO_FINDING)]
    first = rows.merge(broken, how="left_anti").drop_duplicates("paper_id").set_index("paper_id")["text"]
    said = first.reindex(list(paper_ids)).dropna().head(k)
    rows = pd.DataFrame({"paper_id": said.index, "claim": "“" + said.to_numpy() + "”"}, dtype="str")
    return rows.merge(cited_papers(corpus), on="paper_id")[["claim", "paper_id", "paper", "url"]]


def every_answer(corpus: Corpus, theme: Theme, facets: pd.DataFrame) -> pd.DataFrame:
    """List each answer that a paper gives, with the sentence that decided it, in the order of the theme's questions.

    `facets` is a table of answers (`schema.ANSWERS`). Columns (str): question, answer, role (does, mentions), paper
    (who, when), url, quote.
    """
    words = [(key, name, said) for key in theme.facets for name, said in theme.labels(key).items()]
    asked = pd.DataFrame(words, columns=["question", "answer", "said"], dtype="str")
    rows = asked.merge(facets, on=["question", "answer"]).merge(cited_papers(corpus), on="paper_id")
    rows = rows.assign(question=[theme.facets[key].question for key in rows["question"]], answer=rows["said"])
    return rows[["question", "answer", "role", "paper", "url", "quote"]]


def guarantees(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """List the rates and bounds that abstracts state, oldest paper first; own ones before those of others.

    Uses the rows of kind `bound` of `schema.EVIDENCE`. Columns (str): paper, url, setting (as the paper answers the
    questions of all its themes), assumption (of the sentence), feedback (of the sentence, else of the abstract where
    that names one), bound, whose (in words; a formula that the saved page damaged says so and is no result), matched
    (by a lower bound or the best known one, as its sentence says, or that of a lower bound behind it), negative_result
    (what the sentence says cannot be done), quote. What the abstract does not say is missing.
    """
    bounds = evidence[evidence["kind"] == "bound"].rename(columns={"text": "bound"})
    bounds = bounds.sort_values("of", key=lambda of: of.map([*WHOSE].index), kind="stable")
    rows = cited_papers(corpus).merge(bounds, on="paper_id")
    quote, abstract = rows["quote"], corpus.papers.set_index("paper_id")["abstract"]
    lower = rows[rows["of"] == "lower"].groupby("paper_id").agg(said=("quote", " ".join), start=("start", "min"))
    lower = lower.reindex(rows["paper_id"]).set_axis(rows.index)
    both = quote + " " + lower["said"].where(rows["start"] <= lower["start"]).astype("str").fillna("")
    feedback = _words(rows["paper_id"].map(abstract), _FEEDBACK)
    rows = rows.assign(
        setting=rows["paper_id"].map(_settings(corpus)).astype("str"),
        assumption=_words(quote, _ASSUMED, rows["bound"]),
        feedback=_words(quote, _FEEDBACK, rows["bound"]).fillna(feedback.where(~feedback.str.contains("; ", na=False))),
        whose=rows["of"].map(WHOSE),
        matched=_words(both.where(rows["of"].isin(["own", "lower"])), _MATCHED),
        negative_result=_words(quote.where(rows["of"] != "other"), _CANNOT),
    )
    return rows["paper url setting assumption feedback bound whose matched negative_result quote".split()]


def _words(texts: pd.Series, pattern: re.Pattern[str], of: pd.Series | None = None) -> pd.Series:
    """The words of each text that a pattern finds, once each: "a; b"; missing where there are none.

    Where a text holds several of the bounds in `of`, each has the words that stand nearest to it.
    """
    texts = texts.astype("str").fillna("")
    found = [[*pattern.finditer(text)] for text in texts]
    if of is not None:
        rows = zip(found, texts, of, texts.duplicated(keep=False), strict=True)
        found = [_nearest(words, text.find(bound), bound) if several else words for words, text, bound, several in rows]
    said = ["; ".join(dict.fromkeys(word[0] for word in words)) for words in found]
    return pd.Series(said, index=texts.index, dtype="str").replace("", None)


def _nearest(words: list[re.Match[str]], start: int, bound: str) -> list[re.Match[str]]:
    """The one that has least between it and a bound, "a under b and c under d", if any."""
    return sorted(words, key=lambda word: max(word.start() - start - len(bound), start - word.end()))[:1]


def _settings(corpus: Corpus) -> pd.Series:
    """Say by paper_id in which setting it works: its answers to the questions `SETTINGS` of its themes, in words."""
    known = assign_answers(corpus).query("role == 'does' and question in @SETTINGS").sort_values(["paper_id", "start"])
    keys = zip(known["theme"], known["question"], known["answer"], strict=True)
    words = [themes_of(corpus)[theme].labels(question)[answer] for theme, question, answer in keys]
    return known.assign(words=words).groupby("paper_id")["words"].agg("; ".join)


def results_grid(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """Set each claimed figure beside what its sentence names, oldest paper first.

    Columns (str): paper, url, method (the first name that the paper introduces), figure, benchmark, baseline,
    built_on (names of the sentence; without one the model of the lexicon that the abstract builds on, where it is one
    alone), quote. A measured figure that is set against others without a name ("than previous methods") stays; one that
    is set against nothing is left out. What is not named is missing. Takes `schema.EVIDENCE`.
    """
    claims = evidence[evidence["kind"] == "claim"].rename(columns={"text": "figure"})
    for kind, column in NAMES.items():
        claims[column] = _named_in(claims, column, evidence[evidence["kind"] == kind])
    unnamed = claims["quote"].str.contains(_SET_AGAINST) & (claims["rule"] != "rate")
    claims = claims[(claims["benchmark"] != "") | (claims["baseline"] != "") | unnamed]
    methods = evidence[evidence["kind"] == "introduces"].drop_duplicates("paper_id").set_index("paper_id")["name"]
    models = lexicon_of(corpus).kinds.get("models", ())
    used = evidence[(evidence["kind"] == "builds_on") & evidence["name"].isin(models)][["paper_id", "name"]]
    alone = used.drop_duplicates().drop_duplicates("paper_id", keep=False).set_index("paper_id")["name"]
    claims = claims.assign(method=claims["paper_id"].map(methods)).replace("", None)
    claims["built_on"] = claims["built_on"].fillna(claims["paper_id"].map(alone).astype("str"))
    rows = cited_papers(corpus).merge(claims, on="paper_id")
    return rows["paper url method figure benchmark baseline built_on quote".split()]


def _part_with(column: str, quote: str, figure: str) -> str:
    """The part of a quote that ties a figure to a name: "61% on FooBench" of "61% on FooBench and 52% on BarBench"."""
    quote = next((part for part in _APART.split(quote) if figure in part), quote)
    own = next((part for part in _NEXT.split(quote) if figure in part), quote)
    alone = column == "benchmark" or (column == "baseline" and _SET_AGAINST.search(own))
    return own if alone and "respectively" not in quote else quote


def _named_in(claims: pd.DataFrame, column: str, names: pd.DataFrame) -> list[str]:
    """The names of each claim's paper that stand in its part of the quote: "a; b"; "this X" is the paper's own X.

    Of names and figures that are paired by "respectively", each figure has its own.
    """
    known = {paper: of.set_index("text")["name"].to_dict() for paper, of in names.groupby("paper_id")}
    found = []
    for paper, quote, figure in claims[["paper_id", "quote", "figure"]].itertuples(index=False):
        own = known.get(paper, {"": ""})
        longest_first = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
        whole = rf"(?<!this )(?<![\w-])(?:{longest_first})(?!\w|-[A-Z])"
        named = [*dict.fromkeys(own[text] for text in re.findall(whole, _part_with(column, quote, figure)))]
        paired = _MEASURED.findall(quote.rpartition("respectively")[0])
        one_each = figure in paired and len(named) == len(paired)
        found.append(named[paired.index(figure)] if one_each else "; ".join(named))
    return found


def theme_rules(corpus: Corpus, theme: Theme, matches: pd.DataFrame, members: Corpus) -> pd.DataFrame:
    """List the rules of a theme in the order of its file, and what they find; `matches` is from `theme_matches`.

    Columns: rule (str), weight (float64), papers_in, papers_out (int64; papers in the theme and not in it that have a
    mention), words (str; those found most often, in lower case).
    """
    names = [rule.name for rule in theme.rules]
    texts = corpus.papers.melt("paper_id", ["title", "abstract"], "field", "text")
    found = matches.merge(texts).assign(member=lambda rows: rows["paper_id"].isin(members.papers["paper_id"]))
    found["words"] = [row.text[row.start : row.end].lower() for row in found.itertuples()]
    once = found.drop_duplicates(["paper_id", "rule"])
    n = pd.crosstab(once["rule"], once["member"]).reindex(index=names, columns=[True, False], fill_value=0)
    most = found.groupby("rule")["words"].agg(lambda words: "; ".join(words.value_counts().index[:MOST_WORDS]))
    words = most.reindex(names).astype("str").fillna("")
    table = pd.DataFrame({"rule": names, "weight": [rule.weight for rule in theme.rules]})
    return table.assign(papers_in=n[True].array, papers_out=n[False].array, words=words.array)


def near_misses(corpus: Corpus, matches: pd.DataFrame, members: Corpus, most: int = 5) -> pd.DataFrame:
    """List the papers out of the theme that are nearest to it, highest score first; `matches` is from `theme_matches`.

    Columns: score (float64), paper (who, when), title, url, rule and quote of the mention that adds most (str).
    """
    rows = matches[~matches["paper_id"].isin(members.papers["paper_id"])]
    rows = rows.sort_values(["score", "paper_id", "points"], ascending=[False, True, False], kind="stable")
    near = rows.drop_duplicates("paper_id").head(most).merge(cited_papers(corpus))
    return near[["score", "paper", "title", "url", "rule", "quote"]]

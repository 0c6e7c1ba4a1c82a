"""Which papers belong to a theme, by the rules of themes.yml, each with its score, its strongest rule and a quote.

A paper belongs to a theme when the points of the theme's rules (see `scoring`) reach the theme's threshold. It has a
facet when the points of the facet's rules reach the threshold of the question. Manual corrections override the rules.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.curated_tables import CORRECTIONS, bad_cell, load_corrections
from litreview.errors import UnknownTheme, listed, nearest
from litreview.evidence.rhetorical_roles import Reading
from litreview.text.sentences import sentence_at
from litreview.themes.definitions import FIELDS, Rule, Theme, load_themes
from litreview.themes.scoring import Hits, Span, Texts, counted, hits, points

DOES, MENTIONS = "does", "mentions"  # what an answer says of the paper


class Overruling(NamedTuple):
    """What a person says of an answer: "+" that the paper gives it, by its words, or "-" that it does not."""

    sign: str
    words: str
    reason: str
    line: int


ByHand = dict[tuple[str, str], Overruling]  # question and answer to what is said


def assign_themes(
    corpus: Corpus, themes: dict[str, Theme] | None = None, corrections: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Assign themes to papers: `schema.THEMES`, one row a paper and theme, in the order of papers and themes.

    `rule` is the rule with the most points, `start` and `end` its best mention (in the title, if it is there), and
    `quote` the sentence around it, or the whole title. `corrections` (`schema.CORRECTIONS`; those of the review when
    None) may add a theme (`what` theme, `value` "+name") or remove it ("-name").
    Raises: CurationError for a correction that names no theme; UnknownTheme for themes that are no dict.
    """
    if themes is None and corrections is None:
        return corpus.derived("themes", lambda papers: _assigned(papers, themes_of(papers), None))
    return _assigned(corpus, _given(corpus, themes), corrections)


def _assigned(corpus: Corpus, themes: dict[str, Theme], corrections: pd.DataFrame | None) -> pd.DataFrame:
    groups = [(theme.rules, theme.threshold) for theme in themes.values()]
    texts, by_hand = _texts(corpus), _by_hand(corpus, corrections, themes)
    rows = []
    for paper_id, found in zip(texts, hits(texts.values(), groups), strict=True):
        for theme in themes.values():
            sign, reason = by_hand.get((paper_id, theme.name), ("", ""))
            row = None if sign == "-" else _membership(texts[paper_id], found, theme.rules, theme.threshold)
            if sign == "+":
                title = Span("title", 0, len(texts[paper_id]["title"]), 0)
                row = {"score": theme.threshold, "rule": f"by hand: {reason}", **_place(texts[paper_id], title)}
            rows += [{"paper_id": paper_id, "theme": theme.name, **row}] if row else []
    return schema.check(schema.shape(rows, schema.THEMES), schema.THEMES)


def assign_facets(
    corpus: Corpus, theme_name: str, themes: dict[str, Theme] | None = None, corrections: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Answer a theme's questions for its papers: `schema.ANSWERS`, one row a paper, question and answer.

    A dimension may have several facets; a theme without dimensions gives no rows. `corrections` (those of the review
    when None) may give an answer (`what` answer, `field` "theme.question", `value` "+answer: words of the paper") or
    turn it into a mention ("-answer").
    Raises: UnknownTheme when there is no such theme; CurationError for a correction that cannot be used.
    """
    theme = get_theme(_given(corpus, themes), theme_name)
    members = assign_themes(corpus, {theme.name: theme})
    return _answered(corpus, members, [theme], _corrections(corpus, corrections, "answer"))


def assign_answers(corpus: Corpus) -> pd.DataFrame:
    """Answer the questions of all themes: `schema.ANSWERS`, one row a paper of a theme, question and answer."""
    return corpus.derived("answers", _all_answered)


def _all_answered(corpus: Corpus) -> pd.DataFrame:
    asking = [theme for theme in themes_of(corpus).values() if theme.facets]
    found = _answered(corpus, assign_themes(corpus), asking, _corrections(corpus, None, "answer"))
    place = {paper_id: at for at, paper_id in enumerate(corpus.papers["paper_id"])}
    return found.sort_values("paper_id", key=lambda ids: ids.map(place), kind="stable", ignore_index=True)


def _answered(corpus: Corpus, members: pd.DataFrame, asking: list[Theme], corrections: pd.DataFrame) -> pd.DataFrame:
    texts = _texts(corpus)
    rows: list[dict] = []
    for theme in asking:
        by_hand = _answers_by_hand(corpus, corrections, theme)
        papers = {paper_id: texts[paper_id] for paper_id in members.loc[members["theme"] == theme.name, "paper_id"]}
        asked = ((each.threshold, [*each.values.values()]) for each in theme.facets.values())  # noqa: PD011
        groups = [(answer.rules, threshold) for threshold, answers in asked for answer in answers]
        for paper_id, found in zip(papers, hits(papers.values(), groups), strict=True):
            answered = _facets(papers[paper_id], found, theme, by_hand.get(paper_id, {}))
            rows += [{"paper_id": paper_id, "theme": theme.name, **row} for row in answered]
    return schema.check(schema.shape(rows, schema.ANSWERS), schema.ANSWERS)


def theme_matches(corpus: Corpus, theme: Theme) -> pd.DataFrame:
    """List every mention that counts for or against `theme`, in papers below the threshold too.

    Columns of `schema.THEMES` (`score` is the paper's), and `points` (float64): what the rule adds to the score.
    """
    texts = _texts(corpus)
    rows = []
    for paper_id, found in zip(texts, hits(texts.values(), [(theme.rules, 0)]), strict=True):
        kept = counted(found, theme.rules)
        added = {rule: points(rule, spans) for rule, spans in kept.items()}
        about = {"paper_id": paper_id, "theme": theme.name, "score": sum(added.values())}
        for rule, spans in kept.items():
            more = {"rule": rule.name, "points": added[rule]}
            rows += [{**about, **_place(texts[paper_id], span), **more} for span in spans]
    table = schema.shape(rows, schema.THEMES)
    return table if len(table) else table.assign(points=pd.Series(dtype=schema.NUMBER))


def preview(corpus: Corpus, name: str, before: pd.DataFrame, new: dict[str, Theme]) -> pd.DataFrame:
    """Compare an edited theme with the table of themes `before`: `schema.THEMES` rows that only one of them has.

    `change` says which: added or lost. Raises: UnknownTheme when neither has the theme.
    """
    before = before[before["theme"] == name]
    if before.empty:
        get_theme(new, name)
    after = assign_themes(corpus, {name: new[name]} if name in new else {})
    return differing_rows(before, after, ["paper_id"])


def differing_rows(before: pd.DataFrame, after: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the rows that one of two tables has alone, told by the columns `by`; `change` is added or lost."""
    was, now = (pd.MultiIndex.from_frame(table[by]) for table in (before, after))
    return pd.concat([after[~now.isin(was)].assign(change="added"), before[~was.isin(now)].assign(change="lost")])


def get_theme(themes: dict[str, Theme], name: str) -> Theme:
    """Look up a theme by name. Raises: UnknownTheme."""
    if name not in themes:
        raise UnknownTheme(f"There is no theme '{name}'.{nearest(name, themes)} Themes: {listed(themes)}.")
    return themes[name]


def themes_of(corpus: Corpus) -> dict[str, Theme]:
    """Load the themes of the review that a corpus belongs to, by name, as edited. Raises: ThemeFileError."""
    return load_themes(corpus.home.themes) | corpus.edited


def _given(corpus: Corpus, themes: dict[str, Theme] | None) -> dict[str, Theme]:
    """The themes that were given, or those of the review."""
    if themes is not None and not isinstance(themes, dict):
        said = f"Themes are a dict as load_themes() gives it, or None for all; this is {str(themes)[:80]!r}."
        raise UnknownTheme(f"{said} For one theme: {{name: load_themes()[name]}}.")
    return themes_of(corpus) if themes is None else themes


def _texts(corpus: Corpus) -> dict[str, Texts]:
    columns = (corpus.papers[name] for name in ("paper_id", *FIELDS))
    return {paper_id: dict(zip(FIELDS, texts, strict=True)) for paper_id, *texts in zip(*columns, strict=True)}


def _membership(texts: Texts, found: Hits, rules: Iterable[Rule], threshold: float) -> dict | None:
    """Score, rule and place of the rule with the most points, when the score reaches the threshold."""
    kept = counted(found, rules)
    added = {rule: points(rule, spans) for rule, spans in kept.items()}
    if not added or sum(added.values()) < threshold:
        return None
    rule = max(added, key=added.__getitem__)
    best = max(kept[rule], key=lambda span: span.worth)
    return {"score": sum(added.values()), "rule": rule.name, **_place(texts, best)}


def _facets(texts: Texts, found: Hits, theme: Theme, by_hand: ByHand) -> list[dict]:
    """The facets of one paper. A gathering facet takes over the strongest of the facets it gathers."""
    given: dict[tuple[str, str], dict] = {}
    reading = Reading(texts["title"], texts["abstract"])
    does = {rule: [span for span in spans if _does(span, reading)] for rule, spans in found.items()}
    for key, dimension in theme.facets.items():
        for name, answer in dimension.values.items():  # noqa: PD011  (a dict)
            gathered = [given[dimension.of, of] for of in answer.gathers if (dimension.of, of) in given]
            own = _membership(texts, found if dimension.background else does, answer.rules, dimension.threshold)
            said = own or _membership(
                texts, found, [each for each in answer.rules if each.weight > 0], dimension.threshold
            )
            said = said and {**said, "role": DOES if own else MENTIONS}
            row = max(gathered, key=itemgetter("score"), default=said)
            row = _overruled(texts, row, by_hand[key, name], dimension.threshold) if (key, name) in by_hand else row
            given |= {(key, name): {**row, "question": key, "answer": name}} if row else {}
    return list(given.values())


def _overruled(texts: Texts, row: dict | None, word: Overruling, threshold: float) -> dict | None:
    """The answer as a person has it: a mention, or what the quoted words of the paper give."""
    rule = f"by hand: {word.reason}"
    if word.sign == "-":
        return row and {**row, "role": MENTIONS, "rule": rule}
    field = next((name for name in FIELDS if word.words in texts[name]), None)
    if not field or not word.words:
        raise bad_cell(CORRECTIONS, word.line, "value", word.words, "+ and an answer: words of the title or abstract")
    start = texts[field].index(word.words)
    place = _place(texts, Span(field, start, start + len(word.words), 0))
    return {"score": threshold, "rule": rule, "role": DOES, **place}


def _does(span: Span, reading: Reading) -> bool:
    """Whether the paper does what a mention says, by the sentence: background is only mentioned."""
    sentence = reading.sentence_at(span.start)
    return span.field == "title" or bool(sentence and sentence.own)


def _answers_by_hand(corpus: Corpus, corrections: pd.DataFrame, theme: Theme) -> dict[str, ByHand]:
    """What corrections say of the answers to a theme's questions, by paper; the latest wins."""
    asked = [each for name, each in themes_of(corpus).items() if name != theme.name] + [theme]
    allowed = {f"{each.name}.{question}": each.labels(question) for each in asked for question in each.facets}
    said: dict[str, ByHand] = {}
    for row in corrections.itertuples():
        if row.field not in allowed:
            raise bad_cell(CORRECTIONS, row.line, "field", row.field, f"theme.question: {listed(allowed)}")
        answer, _, words = row.value[1:].partition(": ")
        if row.value[0] not in "+-" or answer not in allowed[row.field]:
            may = f"+ or - and an answer to {row.field}: {', '.join(allowed[row.field])}"
            raise bad_cell(CORRECTIONS, row.line, "value", row.value, may)
        of, _, question = row.field.partition(".")
        if of == theme.name:
            said.setdefault(row.paper_id, {})[question, answer] = Overruling(row.value[0], words, row.reason, row.line)
    return said


def _corrections(corpus: Corpus, corrections: pd.DataFrame | None, what: str) -> pd.DataFrame:
    """The corrections of one kind: those that are given, or of the review."""
    table = load_corrections(corpus.home.curated / CORRECTIONS) if corrections is None else corrections
    return table[table["what"] == what]


def _by_hand(
    corpus: Corpus, corrections: pd.DataFrame | None, themes: dict[str, Theme]
) -> dict[tuple[str, str], tuple[str, str]]:
    """What corrections say of a paper and a theme: "+" or "-", and the reason; the latest wins."""
    table = _corrections(corpus, corrections, "theme")
    known = set(themes) | (set(themes_of(corpus)) if len(table) else set())
    for value, line in zip(table["value"], table["line"], strict=True):
        if value[:1] not in ("+", "-") or value[1:] not in known:
            allowed = f"+ or - and the name of a theme: {', '.join(sorted(known))}"
            raise bad_cell(CORRECTIONS, line, "value", value, allowed)
    return {(row.paper_id, row.value[1:]): (row.value[0], row.reason) for row in table.itertuples()}


def _place(texts: Texts, span: Span) -> dict[str, object]:
    """Where a mention stands, with its quote: the sentence around it, or the whole title."""
    text = texts[span.field]
    around = slice(None) if span.field == "title" else slice(*sentence_at(text, span.start, span.end))
    return {"field": span.field, "start": span.start, "end": span.end, "quote": text[around]}

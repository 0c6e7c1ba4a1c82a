"""Which papers belong to a theme, by the rules of themes.yml, each with its score, its strongest rule and a quote.

A paper belongs to a theme when the points of the theme's rules (see `scoring`) reach the theme's threshold. It has a
facet when the points of the facet's rules reach the threshold of the question. Manual corrections override the rules.
"""

from collections.abc import Collection, Iterator, Mapping
from math import inf
from typing import Any

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.curated_tables import CORRECTIONS, bad_cell, load_corrections
from litreview.errors import listed
from litreview.evidence.abstract_sentences import Reading, readings
from litreview.text.sentences import sentence_at
from litreview.themes.definitions import Theme, get_theme, load_themes
from litreview.themes.scoring import Hits, Span, Texts, counted, hits, points

FIELDS = ["title", "abstract"]
DOES, MENTIONS = "does", "mentions"  # what an answer says of the paper


# By paper, "theme.question" ("" for a theme) and name, the row of corrections.csv in which a person says of a theme or
# an answer that the paper has it ("+", with its words), or has not ("-").
ByHand = dict[tuple[str, str, str], Any]


def assign_themes(corpus: Corpus, themes: dict[str, Theme] | None = None) -> pd.DataFrame:
    """Assign themes to papers: `schema.THEMES`, one row a paper and theme, in the order of papers and themes.

    `rule` is the rule with the most points, `start` and `end` its best mention (in the title, if it is there), and
    `quote` the sentence around it, or the whole title. Corrections of the review may add a theme (`what` theme, `value`
    "+name") or remove it ("-name"). `themes`: those of the review when None.
    Raises: CurationError for a correction that names no theme.
    """
    return corpus.derived("themes", _assigned) if themes is None else _assigned(corpus, themes)


def _assigned(corpus: Corpus, themes: dict[str, Theme] | None = None) -> pd.DataFrame:
    themes = themes_of(corpus) if themes is None else themes
    asked = [(theme.rules, theme.threshold) for theme in themes.values()]
    texts, by_hand = _texts(corpus), _by_hand(corpus, "theme", {"": [*(themes | themes_of(corpus))]})
    rows = []
    for paper_id, found in zip(texts, hits(texts.values(), asked), strict=True):
        for place, theme in enumerate(themes.values()):
            row = _membership(texts[paper_id], found[place], theme.threshold) if place in found else None
            if word := by_hand.get((paper_id, "", theme.name)):
                title = Span("title", 0, len(texts[paper_id]["title"]), 0)
                added = {"score": theme.threshold, "rule": f"by hand: {word.reason}", **_place(texts[paper_id], title)}
                row = added if word.value[0] == "+" else None
            rows += [{"paper_id": paper_id, "theme": theme.name, **row}] if row else []
    return schema.check(schema.shape(rows, schema.THEMES), schema.THEMES)


def assign_answers(corpus: Corpus) -> pd.DataFrame:
    """Answer the questions of all themes: `schema.ANSWERS`, one row a paper of a theme, question and answer.

    A question may have several answers. Corrections of the review may give one (`what` answer, `field`
    "theme.question", `value` "+answer: words of the paper") or turn it into a mention ("-answer").
    Raises: CurationError for a correction that cannot be used.
    """
    return corpus.derived("answers", _answered)


def _answered(corpus: Corpus) -> pd.DataFrame:
    texts, assigned, themes = _texts(corpus), assign_themes(corpus), themes_of(corpus)
    members = assigned.groupby("paper_id")["theme"].agg(list).to_dict()
    asked = {f"{one.name}.{question}": one.labels(question) for one in themes.values() for question in one.facets}
    by_hand = _by_hand(corpus, "answer", asked)
    found: dict[str, Iterator[dict[int, Hits]]] = {}
    for name, ids in assigned.groupby("theme")["paper_id"]:
        facets = themes[name].facets.values()
        rules = [(answer.rules, one.threshold) for one in facets for answer in one.values.values()]  # noqa: PD011
        found[name] = hits((texts[each] for each in ids), rules)
    rows: list[dict] = []
    for paper_id, reading in readings(corpus.papers):  # paper by paper, so that each is cut into sentences once
        for name in members.get(paper_id, ()):
            rows += _answers(paper_id, texts[paper_id], reading, next(found[name]), themes[name], by_hand)
    return schema.check(schema.shape(rows, schema.ANSWERS), schema.ANSWERS)


def theme_matches(corpus: Corpus, theme: Theme) -> pd.DataFrame:
    """List every mention that counts for or against `theme`, in papers below the threshold too.

    Columns of `schema.THEMES` (`score` is the paper's), and `points` (float64): what the rule adds to the score.
    """
    texts = _texts(corpus)
    rows = []
    for paper_id, found in zip(texts, hits(texts.values(), [(theme.rules, -inf)]), strict=True):
        kept = counted(found.get(0, {}))
        added = {rule: points(rule, spans) for rule, spans in kept.items()}
        about = {"paper_id": paper_id, "theme": theme.name, "score": sum(added.values())}
        for rule, spans in kept.items():
            about |= {"rule": rule.name, "points": added[rule]}
            rows += [{**about, **_place(texts[paper_id], span)} for span in spans]
    table = pd.DataFrame(rows, columns=[*schema.THEMES.names, "points"])
    return schema.shape(table, schema.THEMES).astype({"points": schema.NUMBER})


def preview(corpus: Corpus, name: str, before: pd.DataFrame, new: dict[str, Theme]) -> pd.DataFrame:
    """Compare an edited theme with the table of themes `before`: `schema.THEMES` rows that only one of them has.

    `change` says which: added or lost. Raises: UnknownTheme for a theme that is not among the `new`.
    """
    after = assign_themes(corpus, {name: get_theme(new, name)})
    return differing_rows(before[before["theme"] == name], after, ["paper_id"])


def differing_rows(before: pd.DataFrame, after: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the rows that one of two tables has alone, told by the columns `by`; `change` is added or lost."""
    was, now = (pd.MultiIndex.from_frame(table[by]) for table in (before, after))
    return pd.concat([after[~now.isin(was)].assign(change="added"), before[~was.isin(now)].assign(change="lost")])


def themes_of(corpus: Corpus) -> dict[str, Theme]:
    """Load the themes of the review that a corpus belongs to, by name, as edited. Raises: ThemeFileError."""
    return load_themes(corpus.home.themes) | corpus.edited


def _texts(corpus: Corpus) -> dict[str, Texts]:
    return corpus.papers.set_index("paper_id")[FIELDS].to_dict("index")


def _membership(texts: Texts, found: Hits, threshold: float) -> dict | None:
    """Score, rule and place of the rule with the most points, when the score reaches the threshold."""
    kept = counted(found)
    added = {rule: points(rule, spans) for rule, spans in kept.items()}
    if not added or sum(added.values()) < threshold:
        return None
    rule = max(added, key=added.__getitem__)
    best = max(kept[rule], key=lambda span: span.worth)
    return {"score": sum(added.values()), "rule": rule.name, **_place(texts, best)}


def _answers(
    paper_id: str, texts: Texts, reading: Reading, found: dict[int, Hits], theme: Theme, by_hand: ByHand
) -> Iterator[dict]:
    """The answers of one paper to the questions of a theme."""
    asked = [(question, name) for question, one in theme.facets.items() for name in one.values]  # noqa: PD011
    for place, (question, name) in enumerate(asked):
        says, facet = found.get(place, {}), theme.facets[question]
        does = {rule: [span for span in spans if _does(span, reading)] for rule, spans in says.items()}
        own = _membership(texts, says if facet.background else does, facet.threshold)
        speaking_for = {rule: spans for rule, spans in says.items() if rule.weight > 0}
        row = own or _membership(texts, speaking_for, facet.threshold)
        row = row and {**row, "role": DOES if own else MENTIONS}
        if word := by_hand.get((paper_id, f"{theme.name}.{question}", name)):
            row = _overruled(texts, row, word, facet.threshold)
        if row:
            yield {**row, "paper_id": paper_id, "theme": theme.name, "question": question, "answer": name}


def _overruled(texts: Texts, row: dict | None, word: Any, threshold: float) -> dict | None:
    """The answer as a person has it: a mention, or what the quoted words of the paper give."""
    rule, words = f"by hand: {word.reason}", word.value.partition(": ")[2]
    if word.value[0] == "-":
        return row and {**row, "role": MENTIONS, "rule": rule}
    field = next((name for name in FIELDS if words in texts[name]), None)
    if not field or not words:
        raise bad_cell(CORRECTIONS, word.line, "value", words, "+ and an answer: words of the title or abstract")
    start = texts[field].index(words)
    place = _place(texts, Span(field, start, start + len(words), 0))
    return {"score": threshold, "rule": rule, "role": DOES, **place}


def _does(span: Span, reading: Reading) -> bool:
    """Whether the paper does what a mention says, by the sentence: background is only mentioned."""
    return span.field == "title" or reading.sentence_at(span.start).own


def _by_hand(corpus: Corpus, what: str, allowed: Mapping[str, Collection[str]]) -> ByHand:
    """What corrections of one kind say, by paper, field and name; the latest wins."""
    table, said = load_corrections(corpus.home.curated / CORRECTIONS), {}
    for row in table[table["what"] == what].itertuples():
        name = row.value[1:].partition(": ")[0]
        if row.field not in allowed:
            raise bad_cell(CORRECTIONS, row.line, "field", row.field, listed(allowed))
        if row.value[0] not in "+-" or name not in allowed[row.field]:
            may = f"+ or - and one of {', '.join(allowed[row.field])}"
            raise bad_cell(CORRECTIONS, row.line, "value", row.value, may)
        said[row.paper_id, row.field, name] = row
    return said


def _place(texts: Texts, span: Span) -> dict[str, object]:
    """Where a mention stands, with its quote: the sentence around it, or the whole title."""
    text = texts[span.field]
    around = slice(None) if span.field == "title" else slice(*sentence_at(text, span.start, span.end))
    return {"field": span.field, "start": span.start, "end": span.end, "quote": text[around]}

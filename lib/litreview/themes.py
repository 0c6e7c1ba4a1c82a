"""Which papers belong to a theme, and where in it they stand: rules from themes.yml, each hit with its sentence.

A rule's points in a paper are its weight times its mentions, where a mention in the title counts `IN_TITLE`, the first
one in the abstract 1, each further one `FURTHER_MENTION`, and no rule counts for more than `MOST_MENTIONS`. A paper
belongs to a theme when the points of the theme's rules reach the theme's threshold; facets work alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.errors import UnknownTheme
from litreview.phrases import PatternSet
from litreview.sentences import sentence_at
from litreview.theme_file import FIELDS, Rule, Theme, load_themes

IN_TITLE = 2.0
FURTHER_MENTION = 0.5
MOST_MENTIONS = 3.0

Span = tuple[str, int, int]  # field, start, end
Hits = dict[Rule, list[Span]]


def assign_themes(corpus: Corpus, themes: dict[str, Theme] | None = None) -> pd.DataFrame:
    """`schema.THEMES`: one row a paper and theme whose score reaches the threshold, by paper and theme.

    `rule` is the rule with the most points, `start` and `end` its first match (in the title, where it is there), and
    `quote` the sentence round it; in the title, the whole title.
    """
    themes = load_themes() if themes is None else themes
    texts = _texts(corpus)
    rows = []
    for paper_id, hits in _hits(texts, [rule for theme in themes.values() for rule in theme.rules]):
        for theme in themes.values():
            row = _strongest(hits, theme.rules, theme.threshold)
            rows += [{"paper_id": paper_id, "theme": theme.name, **row}] if row else []
    return schema.check(schema.shape(_quoted(rows, texts), schema.THEMES), schema.THEMES)


def assign_facets(corpus: Corpus, theme_name: str, themes: dict[str, Theme] | None = None) -> pd.DataFrame:
    """`schema.FACETS`: one row a paper of the theme, dimension and facet; a dimension may have several facets.

    Raises `UnknownTheme` when the file has no such theme. A theme without dimensions gives no rows.
    """
    theme = _theme(load_themes() if themes is None else themes, theme_name)
    members = set(assign_themes(corpus, {theme.name: theme})["paper_id"])
    texts = {paper_id: fields for paper_id, fields in _texts(corpus).items() if paper_id in members}
    asked = [
        (key, name, answer)
        for key, dimension in theme.facets.items()
        for name, answer in dimension.values.items()  # noqa: PD011 (a dict of ours, not a column)
    ]
    rows = []
    for paper_id, hits in _hits(texts, [rule for _, _, answer in asked for rule in answer.rules]):
        found: dict[tuple[str, str], dict] = {}
        for key, name, answer in asked:
            dimension = theme.facets[key]
            gathered = [found[dimension.of, of] for of in answer.gathers if (dimension.of, of) in found]
            row = max(gathered, key=_score) if gathered else _strongest(hits, answer.rules, dimension.threshold)
            if row:
                found[key, name] = {**row, "dimension": key, "facet": name}
        rows += [{"paper_id": paper_id, "theme": theme.name, **row} for row in found.values()]
    return schema.check(schema.shape(_quoted(rows, texts), schema.FACETS), schema.FACETS)


def theme_matches(corpus: Corpus, theme: Theme) -> pd.DataFrame:
    """Every match of every rule of `theme`, for papers below the threshold too: why a paper is in or out.

    Columns of `schema.THEMES` (`score` is the paper's), and `points` (float64): what the rule adds to the score.
    """
    texts = _texts(corpus)
    rows = []
    for paper_id, hits in _hits(texts, theme.rules):
        points = {rule: _points(rule, spans) for rule, spans in hits.items()}
        about = {"paper_id": paper_id, "theme": theme.name, "score": sum(points.values())}
        for rule, spans in hits.items():
            rows += [{**about, **_place(span), "rule": rule.name, "points": points[rule]} for span in spans]
    table = schema.shape(_quoted(rows, texts), schema.THEMES)
    return table if len(table) else table.assign(points=pd.Series(dtype=schema.NUMBER))


def preview(corpus: Corpus, name: str, old: dict[str, Theme], new: dict[str, Theme]) -> pd.DataFrame:
    """What an edited theme adds and loses: `schema.THEMES` rows that only one has, with `change` ("added", "lost").

    Raises `UnknownTheme` when neither has the theme; a theme that only one has is all added or all lost.
    """
    _theme({**old, **new}, name)
    tables = [assign_themes(corpus, {name: themes[name]} if name in themes else {}) for themes in (old, new)]
    lost = tables[0][~tables[0]["paper_id"].isin(tables[1]["paper_id"])].assign(change="lost")
    added = tables[1][~tables[1]["paper_id"].isin(tables[0]["paper_id"])].assign(change="added")
    return pd.concat([added, lost], ignore_index=True)


def _theme(themes: dict[str, Theme], name: str) -> Theme:
    if name not in themes:
        raise UnknownTheme.theme(name, themes)
    return themes[name]


def _texts(corpus: Corpus) -> dict[str, dict[str, str]]:
    columns = (corpus.papers[name] for name in ("paper_id", *FIELDS))
    return {paper_id: dict(zip(FIELDS, texts, strict=True)) for paper_id, *texts in zip(*columns, strict=True)}


def _hits(texts: dict[str, dict[str, str]], rules: Sequence[Rule]) -> Iterator[tuple[str, Hits]]:
    """Per paper, the rules that count and where they match."""
    patterns = sorted({rule.pattern for rule in rules} | {rule.needs for rule in rules if rule.needs})
    searched = PatternSet(patterns)
    for paper_id, fields in texts.items():
        spans = defaultdict(list)
        for field, text in fields.items():
            for place, start, end in searched.spans(text):
                spans[patterns[place]].append((field, start, end))
        counted = {rule: spans[rule.pattern] for rule in rules if not rule.needs or spans.get(rule.needs)}
        inside = {rule: [span for span in found if span[0] in rule.fields] for rule, found in counted.items()}
        yield paper_id, {rule: found for rule, found in inside.items() if found}


def _points(rule: Rule, spans: list[Span]) -> float:
    in_title = any(field == "title" for field, _, _ in spans)
    in_abstract = sum(field == "abstract" for field, _, _ in spans)
    mentions = in_title * IN_TITLE + (1 + FURTHER_MENTION * (in_abstract - 1) if in_abstract else 0)
    return rule.weight * min(mentions, MOST_MENTIONS)


def _strongest(hits: Hits, rules: Iterable[Rule], threshold: float) -> dict | None:
    """Score, rule and place of the rule with the most points, when the score reaches the threshold."""
    points = {rule: _points(rule, hits[rule]) for rule in rules if rule in hits}
    if not points or sum(points.values()) < threshold:
        return None
    rule = max(points, key=lambda rule: points[rule])
    return {"score": sum(points.values()), "rule": rule.name, **_place(hits[rule][0])}


def _score(row: dict) -> float:
    return row["score"]


def _place(span: Span) -> dict[str, object]:
    return dict(zip(("field", "start", "end"), span, strict=True))


def _quoted(rows: list[dict], texts: dict[str, dict[str, str]]) -> list[dict]:
    """The rows with their `quote`: the sentence round the match, or the whole title."""
    return [{**row, "quote": _quote(texts[row["paper_id"]], row["field"], row["start"], row["end"])} for row in rows]


def _quote(fields: dict[str, str], field: str, start: int, end: int) -> str:
    left, right = (0, None) if field == "title" else sentence_at(fields[field], start, end)
    return fields[field][left:right]

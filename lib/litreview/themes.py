"""Which papers belong to a theme, and where in it they stand: rules from themes.yml, each hit with its sentence.

A rule's points in a paper are its weight times its mentions. A mention in the title is worth `IN_TITLE`, one in the
first sentence of the abstract or in a sentence that says what the paper does `IN_CLAIM`, any other 1. The best mention
of title and of abstract count in full, each further one `FURTHER`, and all together `MOST` at most. Words that a
heavier rule has counted are not counted again by a lighter one. A paper belongs to a theme when the points of the
theme's rules reach the theme's threshold; facets work alike.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.errors import UnknownTheme
from litreview.phrases import PatternSet
from litreview.sentences import sentence_at, sentence_spans
from litreview.theme_file import FIELDS, Rule, Theme, load_themes

IN_TITLE = 2.0
IN_CLAIM = 1.5
FURTHER = 0.5
MOST = 2.5
CLAIM = re.compile(
    r"\b(?:we|this (?:paper|work|article|survey|review|study|thesis|report|research)) (?:\w+ ){0,2}"
    r"(?:propos|present|introduc|stud|develop|investigat|consider|formulat|formali[sz]|design|analy[sz]|explor|address|"
    r"describ|examin|focus|deriv|review|survey|tackl)",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A mention: where it stands, and what it is worth there."""

    field: str
    start: int
    end: int
    worth: float


Hits = dict[Rule, list[Span]]


def assign_themes(corpus: Corpus, themes: dict[str, Theme] | None = None) -> pd.DataFrame:
    """`schema.THEMES`: one row a paper and theme whose score reaches the threshold, in the order of papers and themes.

    `rule` is the rule with the most points, `start` and `end` its best mention (in the title, where it is there), and
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
    rows = []
    for paper_id, hits in _hits(texts, _facet_rules(theme)):
        rows += [{"paper_id": paper_id, "theme": theme.name, **row} for row in _facets(hits, theme)]
    return schema.check(schema.shape(_quoted(rows, texts), schema.FACETS), schema.FACETS)


def theme_matches(corpus: Corpus, theme: Theme) -> pd.DataFrame:
    """Every mention that counts for or against `theme`, below the threshold too: why a paper is in or out.

    Columns of `schema.THEMES` (`score` is the paper's), and `points` (float64): what the rule adds to the score.
    """
    texts = _texts(corpus)
    rows = []
    for paper_id, hits in _hits(texts, theme.rules):
        counted = _counted(hits, theme.rules)
        points = {rule: _points(rule, spans) for rule, spans in counted.items()}
        about = {"paper_id": paper_id, "theme": theme.name, "score": sum(points.values())}
        for rule, spans in counted.items():
            rows += [{**about, **_place(span), "rule": rule.name, "points": points[rule]} for span in spans]
    table = schema.shape(_quoted(rows, texts), schema.THEMES)
    return table if len(table) else table.assign(points=pd.Series(dtype=schema.NUMBER))


def preview(corpus: Corpus, name: str, old: dict[str, Theme], new: dict[str, Theme]) -> pd.DataFrame:
    """What an edited theme adds and loses: `schema.THEMES` rows that only one has, with `change` ("added", "lost").

    Raises `UnknownTheme` when neither has the theme; a theme that only one has is all added or all lost.
    """
    _theme({**old, **new}, name)
    before, after = (
        assign_themes(corpus, {key: themes[key] for key in themes if key == name}) for themes in (old, new)
    )
    added = after[~after["paper_id"].isin(before["paper_id"])].assign(change="added")
    lost = before[~before["paper_id"].isin(after["paper_id"])].assign(change="lost")
    return pd.concat([added, lost], ignore_index=True)


def _theme(themes: dict[str, Theme], name: str) -> Theme:
    if name not in themes:
        raise UnknownTheme.theme(name, themes)
    return themes[name]


def _texts(corpus: Corpus) -> dict[str, dict[str, str]]:
    columns = (corpus.papers[name] for name in ("paper_id", *FIELDS))
    return {paper_id: dict(zip(FIELDS, texts, strict=True)) for paper_id, *texts in zip(*columns, strict=True)}


def _hits(texts: dict[str, dict[str, str]], rules: Sequence[Rule]) -> Iterator[tuple[str, Hits]]:
    """Per paper, the mentions of each rule that looks there and has what it needs."""
    patterns = sorted({rule.pattern for rule in rules} | {rule.needs for rule in rules if rule.needs})
    searched = PatternSet(patterns)
    for paper_id, fields in texts.items():
        claims = _claims(fields["abstract"])
        spans = defaultdict(list)
        for field, text in fields.items():
            for place, start, end in searched.spans(text):
                spans[patterns[place]].append(Span(field, start, end, _worth(field, start, claims)))
        counted = {rule: spans[rule.pattern] for rule in rules if not rule.needs or spans.get(rule.needs)}
        inside = {rule: [span for span in found if span.field in rule.fields] for rule, found in counted.items()}
        yield paper_id, {rule: found for rule, found in inside.items() if found}


def _claims(abstract: str) -> list[tuple[int, int]]:
    """The first sentence, and those that say what the paper does."""
    return [span for place, span in enumerate(sentence_spans(abstract)) if place == 0 or CLAIM.search(abstract, *span)]


def _worth(field: str, start: int, claims: list[tuple[int, int]]) -> float:
    if field == "title":
        return IN_TITLE
    return IN_CLAIM if any(left <= start < right for left, right in claims) else 1.0


def _counted(hits: Hits, rules: Iterable[Rule]) -> Hits:
    """The mentions of `rules`, heaviest rule first, without those that overlap one counted before."""
    taken: list[Span] = []
    counted = {}
    for rule in sorted((rule for rule in rules if rule in hits), key=lambda rule: -abs(rule.weight)):
        fresh = [span for span in hits[rule] if not any(_overlap(span, other) for other in taken)]
        taken += fresh
        counted |= {rule: fresh} if fresh else {}
    return counted


def _overlap(one: Span, other: Span) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _points(rule: Rule, spans: list[Span]) -> float:
    in_abstract = sorted((span.worth for span in spans if span.field == "abstract"), reverse=True)
    in_title = IN_TITLE if len(in_abstract) < len(spans) else 0.0
    return rule.weight * min(in_title + sum(in_abstract[:1]) + FURTHER * len(in_abstract[1:]), MOST)


def _strongest(hits: Hits, rules: Iterable[Rule], threshold: float) -> dict | None:
    """Score, rule and place of the rule with the most points, when the score reaches the threshold."""
    counted = _counted(hits, rules)
    points = {rule: _points(rule, spans) for rule, spans in counted.items()}
    if not points or sum(points.values()) < threshold:
        return None
    rule = max(points, key=points.__getitem__)
    return {"score": sum(points.values()), "rule": rule.name, **_place(max(counted[rule], key=lambda span: span.worth))}


def _facet_rules(theme: Theme) -> list[Rule]:
    answers = [answer for dimension in theme.facets.values() for answer in dimension.values.values()]  # noqa: PD011
    return [rule for answer in answers for rule in answer.rules]


def _facets(hits: Hits, theme: Theme) -> list[dict]:
    """The facets of one paper. A gathering facet takes over the strongest of the facets it gathers."""
    found: dict[tuple[str, str], dict] = {}
    for key, dimension in theme.facets.items():
        for name, answer in dimension.values.items():  # noqa: PD011 (a dict of ours, not a column)
            gathered = [found[dimension.of, of] for of in answer.gathers if (dimension.of, of) in found]
            row = max(gathered, key=itemgetter("score"), default=_strongest(hits, answer.rules, dimension.threshold))
            found |= {(key, name): {**row, "dimension": key, "facet": name}} if row else {}
    return list(found.values())


def _place(span: Span) -> dict[str, object]:
    return {"field": span.field, "start": span.start, "end": span.end}


def _quoted(rows: list[dict], texts: dict[str, dict[str, str]]) -> list[dict]:
    """The rows with their `quote`: the sentence round the match, or the whole title."""
    return [{**row, "quote": _quote(texts[row["paper_id"]], row["field"], row["start"], row["end"])} for row in rows]


def _quote(fields: dict[str, str], field: str, start: int, end: int) -> str:
    left, right = (0, None) if field == "title" else sentence_at(fields[field], start, end)
    return fields[field][left:right]

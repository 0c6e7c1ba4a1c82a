"""Where the rules of themes match in a paper, and how many points that makes.

The points of a rule are its weight times its mentions. A mention in the title is worth `IN_TITLE`. One in the first
sentence of the abstract, or in a sentence that says what the paper does, is worth `IN_CLAIM`, any other 1. The best
mention of title and of abstract count in full, each further one `FURTHER`, and all together at most `MOST`. Words that
a heavier rule has counted are not counted again by a lighter one; a rule of weight 0 goes before all. What an abstract
excludes ("without a reward model") or contrasts with ("unlike offline methods") is no mention.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from litreview.text.patterns import PatternSet
from litreview.text.sentences import sentence_spans
from litreview.themes.definitions import Rule

IN_TITLE = 2.0
IN_CLAIM = 1.5
FURTHER = 0.5
MOST = 2.5
CLAIM = re.compile(
    r"""\b(?:we|this\ (?:paper|work|article|survey|review|study|thesis|report|research))\ (?:\w+\ ){0,2}
        (?:propos|present|introduc|stud|develop|investigat|consider|formulat|formali[sz]|design|analy[sz]|explor|
           address|describ|examin|focus|deriv|review|survey|tackl)""",
    re.IGNORECASE | re.VERBOSE,
)
# What a paper excludes or contrasts itself with. Learning "without forgetting" is a topic, so such words are exempt.
ABSENT = re.compile(
    r"""\b(?:without|instead\ of|rather\ than|no\ need\ (?:for|of)
           |needs?\ no|(?:do|does)\ not\ (?:need|require|use|rely\ on)
           |(?:eliminat|obviat|remov|avoid|bypass|circumvent)\w*\ (?:the\ )?need\ (?:for|of|to)
        )\b(?:\ (?!forget|catastroph|regret|interfer|drift)[\w-]+){1,4}
      | \b(?:unlike|in\ contrast\ to|as\ opposed\ to|contrary\ to)\b[^,.;:]{1,160}""",
    re.IGNORECASE | re.VERBOSE,
)

Texts = dict[str, str]  # field (title, abstract) to text


class Span(NamedTuple):
    """A mention: where it stands, and what it is worth there."""

    field: str
    start: int
    end: int
    worth: float


Hits = dict[Rule, list[Span]]


def hits(papers: Iterable[Texts], rules: Sequence[Rule]) -> Iterator[Hits]:
    """For each paper the mentions of every rule that looks there and has what it needs, in the order of the rules."""
    patterns = tuple(sorted({rule.pattern for rule in rules} | {rule.needs for rule in rules if rule.needs}))
    searched = _pattern_set(patterns)
    for texts in papers:
        spans = defaultdict(list)
        for place, span in _spans(texts, searched):
            spans[patterns[place]].append(span)
        allowed = [rule for rule in rules if not rule.needs or rule.needs in spans]
        inside = {rule: [span for span in spans.get(rule.pattern, ()) if span.field in rule.fields] for rule in allowed}
        yield {rule: found for rule, found in inside.items() if found}


def counted(found: Hits, rules: Iterable[Rule]) -> Hits:
    """Return the mentions of `rules` without those that overlap one counted before.

    Rules of weight 0 go first, for their words are of others; then the heaviest.
    """
    taken: list[Span] = []
    kept: Hits = {}
    for rule in sorted((rule for rule in rules if rule in found), key=_first):
        fresh = [span for span in found[rule] if not any(_overlap(span, other) for other in taken)]
        taken += fresh
        kept |= {rule: fresh} if fresh else {}
    return kept


def _first(rule: Rule) -> tuple[bool, float]:
    return rule.weight != 0, -abs(rule.weight)


def points(rule: Rule, spans: list[Span]) -> float:
    """Return what the mentions of a rule add to the score."""
    in_abstract = sorted((span.worth for span in spans if span.field == "abstract"), reverse=True)
    in_title = IN_TITLE if len(in_abstract) < len(spans) else 0.0
    return rule.weight * min(in_title + sum(in_abstract[:1]) + FURTHER * len(in_abstract[1:]), MOST)


_pattern_set = lru_cache(maxsize=16)(PatternSet)  # a notebook asks for the same themes again and again


def _spans(texts: Texts, searched: PatternSet) -> Iterator[tuple[int, Span]]:
    claims, absent = _claims(texts["abstract"]), [match.span() for match in ABSENT.finditer(texts["abstract"])]
    for field, text in texts.items():
        for place, start, end in searched.spans(text):
            if field == "title" or not any(left < start < right for left, right in absent):
                yield place, Span(field, start, end, _worth(field, start, claims))


def _claims(abstract: str) -> list[tuple[int, int]]:
    """The first sentence, and those that say what the paper does."""
    return [span for place, span in enumerate(sentence_spans(abstract)) if place == 0 or CLAIM.search(abstract, *span)]


def _worth(field: str, start: int, claims: list[tuple[int, int]]) -> float:
    if field == "title":
        return IN_TITLE
    return IN_CLAIM if any(left <= start < right for left, right in claims) else 1.0


def _overlap(one: Span, other: Span) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end

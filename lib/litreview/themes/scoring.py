"""Where the rules of themes match in a paper, and how many points that makes.

The points of a rule are its weight times its mentions. A mention in the title is worth `IN_TITLE`. One in the first
sentence of the abstract, or in a sentence that says what the paper does, is worth `IN_CLAIM`, any other 1. The best
mention of title and of abstract count in full, each further one `FURTHER`, and all together at most `MOST`. Words that
a heavier rule has counted are not counted again by a lighter one; a rule of weight 0 goes before all. What an abstract
excludes ("without a reward model") or contrasts with ("unlike offline methods") is no mention.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from litreview.text.patterns import Cues, PatternSet, compiled, verbose
from litreview.text.sentences import sentence_spans
from litreview.themes.definitions import Rule

IN_TITLE = 2.0
IN_CLAIM = 1.5
FURTHER = 0.5
MOST = 2.5
CLAIM = compiled(
    r"\b(?:we|this (?:paper|work|article|survey|review|study|thesis|report|research)) (?:[\pL\pN_]+ ){0,2}"
    r"(?:propos|present|introduc|stud|develop|investigat|consider|formulat|formali[sz]|design|analy[sz]|explor|address"
    r"|describ|examin|focus|deriv|review|survey|tackl)"
)
# What a paper excludes or contrasts itself with. Learning "without forgetting" is a topic, so such words are exempt.
ABSENT = Cues(
    {
        "absent": verbose(r"""
    \b(?:without|instead of|rather than|no need (?:for|of)|needs? no|(?:do|does) not (?:need|require|use|rely on)
        |  (?:eliminat|obviat|remov|avoid|bypass|circumvent)\w* (?:the )?need (?:for|of|to)
    )\b(?:\ (?!forget|catastroph|regret|interfer|drift)[\w-]+){1,4}
    |  \b(?:unlike|in contrast to|as opposed to|contrary to)\b[^,.;:]{1,160}
""")
    }
)

Texts = dict[str, str]  # field (title, abstract) to text


class Span(NamedTuple):
    """A mention: where it stands, and what it is worth there."""

    field: str
    start: int
    end: int
    worth: float


Hits = dict[Rule, list[Span]]
Groups = Sequence[tuple[Sequence[Rule], float]]  # rules, and the points that they have to make together


def hits(papers: Iterable[Texts], groups: Groups) -> Iterator[Hits]:
    """For each paper the mentions of every rule that looks there and has what it needs.

    The rules of a group that cannot make its points in a paper are not looked for.
    """
    asking: dict[str, list[tuple[int, Rule]]] = {rule.needs: [] for rules, _ in groups for rule in rules if rule.needs}
    for group, (rules, _) in enumerate(groups):
        for rule in rules:
            asking.setdefault(rule.pattern, []).append((group, rule))
    searched = _pattern_set(tuple(asking))
    for texts in papers:
        seen = {field: searched.found(text) for field, text in texts.items()}
        sought = _reaching(
            [each for pattern in dict.fromkeys(chain(*seen.values())) for each in asking[pattern]], groups
        )
        wanted = {pattern for rule in sought for pattern in (rule.pattern, rule.needs)}
        spans: dict[str, list[Span]] = defaultdict(list)
        for field, text in texts.items():
            for pattern, span in _spans(field, text, searched, [each for each in seen[field] if each in wanted]):
                spans[pattern].append(span)
        able = (rule for rule in sought if not rule.needs or rule.needs in spans)
        inside = {rule: [span for span in spans.get(rule.pattern, ()) if span.field in rule.fields] for rule in able}
        yield {rule: mentions for rule, mentions in inside.items() if mentions}


@lru_cache(maxsize=16)  # a notebook asks for the same themes again and again
def _pattern_set(patterns: tuple[str, ...]) -> PatternSet:
    return PatternSet({pattern: pattern for pattern in patterns})


def _reaching(told: list[tuple[int, Rule]], groups: Groups) -> list[Rule]:
    """Return the rules, each told with the number of its group, of the groups that can make their points."""
    most = [1e-9 - least for _, least in groups]  # sums of weights are rounded
    for group, rule in told:
        most[group] += MOST * max(rule.weight, 0)
    return [rule for group, rule in told if most[group] > 0]


def counted(found: Hits, rules: Iterable[Rule]) -> Hits:
    """Return the mentions of `rules` without those that overlap one counted before.

    Rules of weight 0 go first, for their words are of others; then the heaviest.
    """
    taken: dict[str, set[int]] = {"title": set(), "abstract": set()}
    kept: Hits = {}
    order = sorted((rule for rule in rules if rule in found), key=lambda rule: (rule.weight != 0, -abs(rule.weight)))
    for rule in order:
        fresh = [span for span in found[rule] if taken[span.field].isdisjoint(range(span.start, span.end))]
        for span in fresh:
            taken[span.field].update(range(span.start, span.end))
        kept |= {rule: fresh} if fresh else {}
    return kept


def points(rule: Rule, spans: list[Span]) -> float:
    """Return what the mentions of a rule add to the score."""
    in_abstract = sorted((span.worth for span in spans if span.field == "abstract"), reverse=True)
    in_title = IN_TITLE if len(in_abstract) < len(spans) else 0.0
    return rule.weight * min(in_title + sum(in_abstract[:1]) + FURTHER * len(in_abstract[1:]), MOST)


def _spans(field: str, text: str, searched: PatternSet, patterns: list[str]) -> Iterator[tuple[str, Span]]:
    told = patterns and field == "abstract"
    claims = _claims(text) if told else []
    absent = [(match.start() + 1, match.end()) for _, match in ABSENT.matches(text)] if told else []
    for pattern, start, end in searched.spans(text, patterns):
        if not _inside(absent, start):
            worth = IN_TITLE if field == "title" else IN_CLAIM if _inside(claims, start) else 1.0
            yield pattern, Span(field, start, end, worth)


def _claims(abstract: str) -> list[tuple[int, int]]:
    """The first sentence, and those that say what the paper does."""
    spans = sentence_spans(abstract)
    claimed = {0, *(bisect_left(spans, (match.start() + 1,)) - 1 for match in CLAIM.finditer(abstract))}
    return [spans[place] for place in sorted(claimed)]


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether one of some spans, in order and disjoint, holds a place."""
    at = bisect_left(spans, (place + 1,)) - 1
    return at >= 0 and place < spans[at][1]

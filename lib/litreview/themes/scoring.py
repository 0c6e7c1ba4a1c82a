"""Where the rules of themes match in a paper, and how many points that makes.

The points of a rule are its weight times its mentions. A mention in the title is worth `IN_TITLE`. One in the first
sentence of the abstract, or in a sentence that says what the paper does, is worth `IN_CLAIM`, any other 1. The best
mention of title and of abstract count in full, each further one `FURTHER`, and all together at most `MOST`. Words that
a heavier rule has counted are not counted again by a lighter one; a rule of weight 0 goes before all. What an abstract
excludes ("without a reward model") or contrasts with ("unlike offline methods") is no mention.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from litreview.text.patterns import PatternSet, compiled, verbose
from litreview.text.sentences import sentence_spans
from litreview.themes.definitions import Rule

IN_TITLE, IN_CLAIM, FURTHER, MOST = 2.0, 1.5, 0.5, 2.5
BATCH = 250  # papers
CLAIM = compiled(
    r"\b(?:we|this (?:paper|work|article|survey|review|study|thesis|report|research)) (?:[\pL\pN_]+ ){0,2}"
    r"(?:propos|present|introduc|stud|develop|investigat|consider|formulat|formali[sz]|design|analy[sz]|explor|address"
    r"|describ|examin|focus|deriv|review|survey|tackl)"
)
# What a paper excludes or contrasts itself with. Learning "without forgetting" is a topic, so such words are exempt.
WITHOUT = (
    "without|instead of|rather than|no need (?:for|of)|needs? no|(?:do|does) not (?:need|require|use|rely on)"
    r"|(?:eliminat|obviat|remov|avoid|bypass|circumvent)\w* (?:the )?need (?:for|of|to)"
)
UNLIKE = "unlike|in contrast to|as opposed to|contrary to"
ABSENT = verbose(rf"""
    \b(?:{WITHOUT})\b(?:\ (?!forget|catastroph|regret|interfer|drift)[\w-]+){{1,4}}
    |  \b(?:{UNLIKE})\b[^,.;:]{{1,160}}
""")
BEGINS = compiled(rf"\b(?:{WITHOUT}|{UNLIKE})\b")  # where it may stand: RE2 is there sooner

Texts = dict[str, str]  # field (title, abstract) to text


class Span(NamedTuple):
    """A mention: where it stands, and what it is worth there."""

    field: str
    start: int
    end: int
    worth: float


Hits = dict[Rule, list[Span]]
Said = dict[str | None, Collection[str]]  # the patterns that a text matches, by its field; None for either
Asked = tuple[Iterable[Rule], float]  # rules, and the threshold that their points are to reach


def hits(papers: Iterable[Texts], asked: Sequence[Asked]) -> Iterator[dict[int, Hits]]:
    """For each paper, by the place of what is asked: the mentions of every rule that looks there and has what it needs.

    Where the threshold cannot be reached, however often the paper says what it says, nothing is looked for.
    """
    rules = [rule for of_one, _ in asked for rule in of_one]
    searched = _pattern_set(tuple(dict.fromkeys(chain.from_iterable((rule.pattern, rule.needed) for rule in rules))))
    for texts, said in _searched(papers, searched):
        able = _able(said, asked)
        wanted = {pattern for rules in able.values() for rule in rules for pattern in (rule.pattern, rule.needed)}
        spans: dict[str, list[Span]] = defaultdict(list)
        for field, text in texts.items():
            _add_spans(spans, field, text, searched, [each for each in said[field] if each in wanted])
        yield {place: _hits(rules, spans) for place, rules in able.items()}


def _searched(papers: Iterable[Texts], searched: PatternSet) -> Iterator[tuple[Texts, Said]]:
    """Each paper with what it says; `BATCH` of them are searched in a row, while the automaton is at hand."""
    each = iter(papers)
    while batch := list(islice(each, BATCH)):
        found: list[Said] = [{field: searched.found(text) for field, text in texts.items()} for texts in batch]
        for texts, said in zip(batch, found, strict=True):
            yield texts, {None: {*chain.from_iterable(said.values())}, **said}


@lru_cache(maxsize=16)  # a notebook asks for the same themes again and again
def _pattern_set(patterns: tuple[str, ...]) -> PatternSet:
    return PatternSet({pattern: pattern for pattern in patterns if pattern})


def _able(said: Said, asked: Sequence[Asked]) -> dict[int, list[Rule]]:
    """The rules whose patterns a paper says, by the place of what is asked, where they can reach the threshold."""
    reached = {}
    for place, (rules, threshold) in enumerate(asked):
        able = (rule for rule in rules if rule.pattern in said[rule.field])
        mine = [rule for rule in able if not rule.needed or rule.needed in said[None]]
        if mine and MOST * sum(rule.weight for rule in mine if rule.weight > 0) >= threshold:
            reached[place] = mine
    return reached


def _hits(rules: list[Rule], spans: dict[str, list[Span]]) -> Hits:
    able = (rule for rule in rules if not rule.needed or rule.needed in spans)
    inside = {rule: [span for span in spans.get(rule.pattern, ()) if rule.field in (None, span.field)] for rule in able}
    return {rule: mentions for rule, mentions in inside.items() if mentions}


def counted(found: Hits) -> Hits:
    """Return the mentions of rules without those that overlap one counted before.

    Rules of weight 0 go first, for their words are of others; then the heaviest.
    """
    taken: dict[str, set[int]] = {"title": set(), "abstract": set()}
    kept: Hits = {}
    for rule in sorted(found, key=lambda rule: (rule.weight != 0, -abs(rule.weight))):
        fresh = [span for span in found[rule] if taken[span.field].isdisjoint(range(span.start, span.end))]
        for span in fresh:
            taken[span.field].update(range(span.start, span.end))
        kept |= {rule: fresh} if fresh else {}
    return kept


def points(rule: Rule, spans: list[Span]) -> float:
    """Return what the mentions of a rule add to the score."""
    in_abstract = [span.worth for span in spans if span.field == "abstract"]
    in_title = IN_TITLE if len(in_abstract) < len(spans) else 0.0
    return rule.weight * min(in_title + max(in_abstract, default=0.0) + FURTHER * len(in_abstract[1:]), MOST)


def _add_spans(spans: dict[str, list[Span]], field: str, text: str, searched: PatternSet, patterns: list[str]) -> None:
    claims, absent = _parts(text) if patterns and field == "abstract" else ([], [])
    for pattern, start, end in searched.spans(text, patterns):
        if not (absent and _inside(absent, start)):
            worth = IN_TITLE if field == "title" else IN_CLAIM if _inside(claims, start) else 1.0
            spans[pattern].append(Span(field, start, end, worth))


@lru_cache(maxsize=1)  # each theme of a paper has questions
def _parts(abstract: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The first sentence and those that say what the paper does; what the abstract excludes."""
    spans = sentence_spans(abstract)
    claimed = {0, *(bisect_left(spans, (match.start() + 1,)) - 1 for match in CLAIM.finditer(abstract))}
    return [spans[place] for place in sorted(claimed)], _absent(abstract)


def _absent(abstract: str) -> list[tuple[int, int]]:
    spans, end = [], 0
    for start in (match.start() for match in BEGINS.finditer(abstract)):
        if start >= end and (match := ABSENT.match(abstract, start)):
            end = match.end()
            spans.append((start + 1, end))
    return spans


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether one of some spans, in order and disjoint, holds a place."""
    at = bisect_left(spans, (place + 1,)) - 1
    return at >= 0 and place < spans[at][1]

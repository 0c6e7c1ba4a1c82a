"""A mention is worth more where a paper says what it does, and words count once."""

import pytest

from litreview.themes.definitions import Rule
from litreview.themes.scoring import Hits, Span, counted, hits, points


def rule(phrase: str, weight: float = 1, **more) -> Rule:
    return Rule(name=phrase, weight=weight, phrases=[phrase], **more)


def found_in(title: str, abstract: str, *rules: Rule) -> Hits:
    (found,) = hits([{"title": title, "abstract": abstract}], [(rules, 0)])
    return found.get(0, {})


BANDIT = rule("bandit", 3)


MENTIONS = [
    ("Bandits", "Nothing.", 2),
    ("Nothing", "Bandits are old.", 1.5),  # the first sentence
    ("Nothing", "A start. Some use a bandit.", 1),
    ("Nothing", "A start. We propose a bandit.", 1.5),
    ("Nothing", "A start. This survey reviews bandits.", 1.5),
    ("Nothing", "A start. Some use a bandit. We propose a bandit.", 2),  # the best counts in full, the other half
    ("Bandits and bandits", "Nothing.", 2),  # a title counts once
    ("Bandits", "Bandits. Bandits. Bandits. Bandits.", 2.5),  # no more than this, however often
]


@pytest.mark.parametrize(("title", "abstract", "mentions"), MENTIONS)
def test_points_are_weight_times_mentions(title: str, abstract: str, mentions: float) -> None:
    found = found_in(title, abstract, BANDIT)
    assert points(BANDIT, found[BANDIT]) == 3 * mentions


WITHOUT = [
    ("We sort without a bandit.", False),
    ("This removes the need for a bandit.", False),
    ("Unlike slow bandits, we sort.", False),  # what the paper sets itself against
    ("We use a sorter rather than a bandit.", False),
    ("Unlike sorters, our bandit learns.", True),  # behind the comma
    ("We learn without labels. A bandit chooses.", True),
]


@pytest.mark.parametrize(("abstract", "counts"), WITHOUT)
def test_what_an_abstract_does_without_is_not_mentioned(abstract: str, counts: bool) -> None:
    found = found_in("A bandit", abstract, BANDIT)
    assert any(span.field == "abstract" for span in found[BANDIT]) == counts


# What learning is to be without is its topic; else a rule for what is absent could never find it.
@pytest.mark.parametrize("sought", [rule("forgetting"), rule("without a bandit", -1)], ids=lambda sought: sought.name)
def test_some_words_count_where_the_abstract_does_without_them(sought: Rule) -> None:
    found = found_in("", "We sort without a bandit, without forgetting.", sought)
    assert found[sought]


def test_a_rule_looks_only_in_its_field_and_only_with_what_it_needs() -> None:
    with_model, with_bandit = (rule("routing", needs=[word]) for word in ("LLM", "bandit"))
    rules = [rule("bandit", field="title"), with_model, with_bandit]
    found = found_in("Routing", "A bandit routes.", *rules)
    assert list(found) == [with_bandit]


def test_a_heavier_rule_takes_the_words_whatever_its_sign() -> None:
    noise, schedule = rule("noise schedule", -4), rule("schedule", 2)
    found = found_in("A noise schedule", "A schedule.", schedule, noise)
    expected = {noise: [Span("title", 2, 16, 2.0)], schedule: [Span("abstract", 2, 10, 1.5)]}
    assert counted(found) == expected


def test_words_of_others_are_taken_first_and_count_for_nothing() -> None:
    others, schedule = rule("unlike a schedule", 0), rule("schedule", 2)
    kept = counted(found_in("Rates", "Ours, unlike a schedule. A schedule.", schedule, others))
    assert [points(each, spans) for each, spans in kept.items()] == [0, 2]
    assert found_in("", "", BANDIT) == {}


def test_nothing_is_looked_for_where_the_threshold_cannot_be_reached() -> None:
    asked = [([BANDIT], 7.5), ([BANDIT, rule("absent", 9)], 7.6)]
    assert [list(found) for found in hits([{"title": "Bandits", "abstract": "Bandits."}], asked)] == [[0]]

"""A phrase finds the spellings a reader means, and a set of patterns finds what each pattern finds alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.text.patterns import Cues, PatternSet, any_of, compiled, inflected, nouns, phrase_pattern, verbose

# (phrase, text, whether the phrase finds the text)
PHRASES = [
    ("offline RL", "Offline-RL", True),
    ("offline RL", "offline\nRL", True),
    ("offline RL", "offlineRL", False),  # a blank is not nothing
    ("fine-tuning", "finetuning", True),
    ("fine-tuning", "fine‐tuning", True),  # the hyphen that PDFs bring
    ("bandit", "bandits", True),
    ("policy", "policies", True),
    ("policy", "police", False),
    ("batch", "batches", True),
    ("optimization", "optimisation", True),
    ("optimisation", "optimization", True),
    ("loss", "losses", True),
    ("behavior policy", "behaviour policy", True),
    ("continually learn*", "continually learning", True),
    ("TD3+BC", "TD3+BC", True),
    ("GPT-4", "GPT4", True),
    ("naïve Bayes", "Naïve Bayes", True),
    ("schedule", "rescheduled", False),  # inside a word
    ("size", "sise", False),  # too short to be an -ize word
    ("C.", "CX", False),  # the full stop is a full stop
    ("обучение", "Обучение", True),  # RE2 takes no Cyrillic letter for one of a word
    ("обуч*", "обучения", True),
    ("нет", "интернет", False),
    ("μάθηση", "ΜΆΘΗΣΗ", True),
    ("café", "café", True),
    ("caf", "café", False),
    ("学習", "強化学習の理論", True),  # a script without blanks has no edges
    ("학습", "강화학습은", True),  # nor do nouns of Korean stand alone
]


@pytest.mark.parametrize(("phrase", "text", "found"), PHRASES)
def test_a_phrase_matches_its_spellings_and_nothing_else(phrase: str, text: str, found: bool) -> None:
    words = PatternSet({phrase: any_of([phrase_pattern(phrase)])})
    spans = [text[start:end] for _, start, end in words.spans(text, [phrase])]
    assert (" ".join(spans) in (text, phrase)) is found


def test_the_longest_match_wins() -> None:
    text = "offline reinforcement learning"
    pattern = any_of(map(phrase_pattern, ["offline", "offline reinforcement", text]))
    assert compiled(pattern).search(text).group() == text


def test_a_flag_of_one_pattern_does_not_leak_into_the_next() -> None:
    pattern = compiled(any_of(["(?-i)KTO", "ipo"]))
    assert [match.group() for match in pattern.finditer("kto KTO IPO ipo")] == ["KTO", "IPO", "ipo"]


def test_a_pattern_that_matches_nothing_at_all_gives_no_empty_spans() -> None:
    assert list(PatternSet({0: any_of(["x*"])}).spans("a b", [0])) == []


def test_nouns_are_found_in_both_numbers_and_verbs_in_every_form() -> None:
    forms = "propose proposes proposed proposing show shows showed showing proposs shower".split()
    assert [form for form in forms if re.fullmatch(inflected("propose show"), form)] == forms[:-2]
    found = [word for word in "policy policies box boxes policys".split() if re.fullmatch(nouns("policy box"), word)]
    assert found == ["policy", "policies", "box", "boxes"]


PATTERNS = {  # what RE2 does not know: a look ahead, one behind, a count beside a class, letters of no English word
    "ahead": verbose(r"\bto (?!be\b)\w{2,5}$"),
    "behind": verbose(r"(?<!not )\bshow[s{]?\b  # a comment"),
    "letters": verbose(r"\bna[iï]ve \w+ [^)#]"),
}


SPOKEN = st.sampled_from("to be learn not show shows naïve Übung é ( # – naive 我们".split())


@given(st.lists(SPOKEN, max_size=9).map(" ".join))
def test_cues_are_what_re_finds(text: str) -> None:
    cues = Cues(PATTERNS)
    assert cues.found(text) == [key for key, pattern in PATTERNS.items() if pattern.search(text)]
    assert [match[0] for _, match in cues.matches(text)] == [m[0] for p in PATTERNS.values() for m in p.finditer(text)]

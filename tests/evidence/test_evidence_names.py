"""What is written as a name, which words an abbreviation stands for, what the lexicon knows."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.errors import LexiconError
from litreview.evidence.names.abbreviations import definitions, looks_like_a_name, tokens
from litreview.evidence.names.lexicon import load_lexicon
from litreview.evidence.names.proper_names import run_at

SHIPPED = load_lexicon()


NAMES = "DPO SwAV netFound T5 U2UData-2 A-LoL pi_0-FAST RDS+ NEVIS'22".split()
ORDINARY = "Paper II A the Non-Markovian Frank-Wolfe Multi-Agent".split()
SIZES_AND_FORMULAS = "7B 7B-parameter 3D 100K 2x R^d x_t C_Phi a=b".split()
UNITS_AND_STATISTICS = "mmHg mg/dL mL/min kg/m2 beats/min CI SD kHz".split()


@pytest.mark.parametrize("word", [*NAMES, *ORDINARY, *SIZES_AND_FORMULAS, *UNITS_AND_STATISTICS])
def test_names_are_written_with_capitals_inside_or_digits(word):
    assert looks_like_a_name(word) == (word in NAMES)


def test_words_lose_punctuation_and_endings():
    text = "an LLaMA-3-8B-based DPO's (DPO). FedAvg—improving Retro*, **bold**"  # a dash that stands for a comma
    words = "an LLaMA-3-8B DPO DPO FedAvg improving Retro* bold**"
    assert [token.text for token in tokens(text, 0, len(text))] == words.split()


DEFINED = [
    ("We use ", "proximal policy optimization", "PPO"),
    ("", "Proximal Policy Optimization", "PPO"),  # not "Policy Optimization"
    ("", "mixtures of experts", "MoEs"),  # a plural
    ("", "Exploratory Preference Optimization", "XPO"),  # X inside
    ("", "Self-supervised Preference Optimization", "SPO"),
]


@pytest.mark.parametrize(("before", "long", "short"), DEFINED)
def test_abbreviations_are_paired_with_their_long_forms(before, long, short):
    (pair,) = definitions(f"{before}{long} ({short}).")
    assert (pair.short.text, pair.long.text) == (short, long)
    assert definitions("agents (e.g., robots), nested (brackets (DPO)) and people (2021); Doe et al.) () (") == []


@given(st.text())
def test_spans_of_definitions_and_words_hold_their_text(text):
    spans = [span for pair in definitions(text) for span in pair] + list(tokens(text, 0, len(text)))
    assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("run", ["Decision Transformer", "Mixtral 8x7B", "Capture the Flag", "AlpacaEval 2.0"])
def test_runs_of_capitals_are_one_name(run):
    assert run_at(f"{run}, an", 0).text == run
    assert run_at("SGD-based methods", 0) is None


SPELLINGS = [
    ("CIFAR100, CIFAR-100 and CIFAR 100", ["CIFAR-100"] * 3),
    ("behavioural cloning is behavior cloning", ["behavior cloning"] * 2),
    ("PRO tips, pro tips, Adam, adam, P. J. Adams, DPOs", ["Adam", "DPO"]),  # a short name only in its own case
    ("the ALIGN model; we align", ["ALIGN"]),  # all capitals stay capitals
    ("TD(0) and TD-0", ["TD(0)"] * 2),
    ("Atari. Games", ["Atari"]),
    ("Agnew reads AG news", ["AG News"]),
    ("Multiple experts know MultiPL-E", ["MultiPL-E"]),
    ("the natural policy gradient", ["NPG"]),  # the longest, not the policy gradient
]


@pytest.mark.parametrize(("text", "names"), SPELLINGS)
def test_the_lexicon_finds_names_in_their_spellings(text, names):
    assert [mention.name for mention in SHIPPED.mentions(text)] == names


@given(st.text())
def test_mentions_lie_in_the_text_in_order_and_apart(text):
    found = SHIPPED.mentions(text)
    places = [place for mention in found for place in (mention.start, mention.end)]
    assert places == sorted(places)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)


def test_every_shipped_entry_reads_its_own_spelling_and_no_alias_repeats_another():
    entries = list(SHIPPED.entries.values())
    assert [one.spelling for found in entries for one in found if not one.reads(one.spelling)] == []
    pairs = [pair for found in entries for pair in combinations(found, 2)]
    assert [(one, other) for one, other in pairs if one.name == other.name and one.reads(other.spelling)] == []


BROKEN = [
    ("methods: [DPO", "line 1: this is not YAML"),
    ("[]", "line 1: the file: must be a mapping"),
    ("method:\n  DPO:", "line 1: method: Input should be 'methods', 'techniques', "),
    ("methods:\n  DPO: {a: b}", "line 2: methods, DPO: must be a list"),
    ("methods:\n  DPO:\n  PPO: ['', 7]", "line 3: .* PPO, item 1: .*\n  line 3: .* PPO, item 2: must be a text"),
    ("methods:\n  DPO:\n  DPO:", "'DPO' stands twice"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_lexicon_is_told_with_its_line(tmp_path, content, message):
    path = tmp_path / "lexicon.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_lexicon(path)


@pytest.mark.parametrize("text", [None, "", "# methods:\n"])
def test_a_review_without_a_lexicon_knows_no_names(tmp_path, text):
    path = tmp_path / "lexicon.yml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert load_lexicon(path).mentions("DPO and PPO") == []

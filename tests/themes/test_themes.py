"""Papers get the themes a reader would give them, each with its reason and its sentence."""

from pathlib import Path

import invented
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview import schema
from litreview.corpus import Corpus
from litreview.errors import UnknownTheme
from litreview.themes import assign_answers, assign_themes, definitions, load_themes, preview, theme_matches

SHIPPED = load_themes()


def corpus_of(*texts: tuple[str, str]) -> Corpus:
    """A corpus of papers with these titles and abstracts, named p0, p1, …"""
    rows = ({"paper_id": f"p{n}", "title": title, "abstract": text} for n, (title, text) in enumerate(texts))
    return invented.corpus_of(*rows)


# Title, abstract, themes: written for these tests.
PAPERS = [
    ("Aligning chatbots",
     "We fit a language model to human preferences with DPO.", "preference_optimization llm_post_training"),
    ("Walking from comparisons",
     "We study preference-based reinforcement learning for robots.", "preference_optimization"),
    ("A Shop That Knows You", "The recommender system learns user preferences online from clicks.", ""),  # shoppers
    ("Learning from Logged Data", "Offline reinforcement learning learns policies from static datasets.", "offline_rl"),
    ("Off-line Signature Verification", "We verify scanned signatures offline.", "vision_and_multimodal"),  # not RL
    ("Better Planning", "We train a simulator offline and then plan.", ""),
    ("Cosine or Linear?", "We compare learning-rate schedules for deep networks.", "scheduling"),
    ("Job-Shop Scheduling with Graphs", "Jobs wait for machines.", "scheduling"),
    ("Visits", "Hospitals schedule visits. We predict who returns.", ""),  # a verb in passing
    ("Sharper Samples",
     "Our diffusion model gets a better noise schedule for image generation.", "vision_and_multimodal"),
    ("Linear Bandits", "We bound the regret.", "online_learning_and_bandits"),
    ("Online Shopping", "Online shopping platforms grow with online advertising.", ""),  # online is where it happens
    ("Poker", "Counterfactual regret minimization solves imperfect-information games.", "multi_agent"),  # a tool
    ("Learning without Forgetting", "Continual learning suffers from catastrophic forgetting.", "continual_learning"),
    ("Which Model for Which Query?", "We present an LLM router that picks the cheapest model.", "moe_and_routing"),
    ("Trucks", "We solve the vehicle routing problem with routing heuristics.", ""),  # routing on roads
    ("Tight Bounds for Linear MDPs", "We prove a regret bound for reinforcement learning.", "rl_theory"),
    ("Reasoning by GRPO", "Reinforcement learning with verifiable rewards improves LLMs.", "llm_post_training"),
    ("Hanabi", "We propose a multi-agent method.", "multi_agent"),
    ("From Easy to Hard", "A curriculum orders the examples.", "curriculum_and_data_selection"),
    ("FedAvg Converges", "Clients train without sharing data.", "federated_learning"),
    ("Segmenting Organs", "We propose a network for medical image segmentation.", "vision_and_multimodal"),
    ("A New Optimizer",
     "Our optimizer is fast. Tests on CIFAR-10 and ImageNet image classification agree.", ""),  # benchmarks
    ("Curious Agents", "We propose intrinsic rewards for deep RL.", "deep_reinforcement_learning"),
    ("Tours by Attention", "We solve TSP with a learned policy.", "combinatorial_optimization"),
    ("Tours by Hand", "We cut planes for the travelling salesman problem.", ""),  # nothing is learnt
    ("", "", ""),
    ("OFFLINE REINFORCEMENT LEARNING", "WE LEARN FROM LOGGED DATA.", "offline_rl"),
    ("Optimisation by Preference", "We propose preference optimisation of behaviour.", "preference_optimization"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "abstract", "themes"), PAPERS, ids=[title for title, *_ in PAPERS])
def test_a_paper_gets_the_themes_a_reader_gives_it(title: str, abstract: str, themes: str) -> None:
    assert sorted(assign_themes(corpus_of((title, abstract)))["theme"]) == sorted(themes.split())


def test_a_row_shows_rule_place_and_sentence() -> None:
    text = "Data is dear. We study offline reinforcement learning here. It works."
    row = assign_themes(corpus_of(("Nothing", text))).iloc[0]
    assert (row["field"], text[row["start"] : row["end"]]) == ("abstract", "offline reinforcement learning")
    expected = ["names offline reinforcement learning", "We study offline reinforcement learning here.", 4.5]
    assert row[["rule", "quote", "score"]].tolist() == expected
    row = assign_themes(corpus_of(("Bandits: old. And new", "Bandits."))).iloc[0]  # a title is quoted whole
    assert (row["field"], row["start"], row["end"], row["quote"]) == ("title", 0, 7, "Bandits: old. And new")


def test_an_empty_corpus_gives_empty_tables_of_the_right_shape() -> None:
    nothing = corpus_of()
    schema.check(assign_themes(nothing), schema.THEMES)
    schema.check(assign_answers(nothing), schema.ANSWERS)
    schema.check(theme_matches(nothing, SHIPPED["offline_rl"]), schema.THEMES)


SCRAPS = ["offline reinforcement learning", "bandits", "We propose", ". ", "é", "🤖", "我们", "\n", "images", "RLHF"]


@settings(max_examples=30)
@given(*[st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SCRAPS), max_size=15).map(" ".join))] * 2)
def test_offsets_and_quotes_hold_for_any_text(title: str, abstract: str) -> None:
    corpus, texts = corpus_of((title, abstract)), {"title": title, "abstract": abstract}
    tables = [assign_themes(corpus), assign_answers(corpus)]
    for row in pd.concat([*tables, theme_matches(corpus, SHIPPED["offline_rl"])]).itertuples():
        match = texts[row.field][row.start : row.end]
        assert match
        assert match in row.quote
        assert row.quote in texts[row.field]


def test_matches_tell_why_a_paper_below_the_threshold_is_out() -> None:
    theme = SHIPPED["online_learning_and_bandits"]
    matches = theme_matches(corpus_of(("Ads", "We sell by online advertising. A bandit helps.")), theme)
    assert matches[["points", "score"]].to_numpy().tolist() == [[3.0, 1.5], [-1.5, 1.5]]
    assert theme.threshold > 1.5


def test_a_preview_tells_what_an_edit_adds_and_loses() -> None:
    corpus = corpus_of(("Bandits", "Arms."), ("Casinos", "Slot machines."))
    theme = SHIPPED["online_learning_and_bandits"]
    slots = definitions.Rule(name="slots", weight=3, phrases=["slot machine"])
    new = {theme.name: theme.model_copy(update={"rules": (slots,)})}
    before = assign_themes(corpus)
    table = preview(corpus, theme.name, before, new)[["paper_id", "change", "quote"]]
    assert table.to_numpy().tolist() == [["p1", "added", "Slot machines."], ["p0", "lost", "Bandits"]]
    with pytest.raises(UnknownTheme, match="There is no theme 'casinos'.* Themes: 'online"):
        preview(corpus, "casinos", before, new)


def test_a_persons_word_stands_above_the_rules(tmp_path: Path) -> None:
    word = [("p0", "-online_learning_and_bandits"), ("p1", "+multi_agent"), ("elsewhere", "+multi_agent")]
    papers = corpus_of(("Bandits", "Arms."), ("Casinos", "Slot machines."))
    corpus = invented.corrected(papers, tmp_path, *((paper, "theme", "", value) for paper, value in word))
    found = assign_themes(corpus)[["paper_id", "theme", "rule", "quote"]]
    assert found.to_numpy().tolist() == [["p1", "multi_agent", "by hand: read", "Casinos"]]

"""The questions that themes ask: a paper answers by what it does or finds, not by what it says of others."""

from pathlib import Path

import invented
import pytest

from litreview.errors import CurationError
from litreview.themes import assign_answers, assign_themes

# For each theme a title and a first sentence that bring a paper in and answer none of its questions.
OPENINGS = {
    "preference_optimization": ("Learning from Raters", "We study preference learning."),
    "offline_rl": ("Learning from Logged Data", "We study reinforcement learning."),
    "scheduling": ("Schedules", "We study schedules."),
    "federated_learning": ("Federated Averages", "We study federated learning."),
    "online_learning_and_bandits": ("Regret", "We study online learning algorithms and their regret."),
    "continual_learning": ("Lifelong Machines", "We study continual learning."),
    "moe_and_routing": ("Expert Routing", "We study expert routing."),
    "rl_theory": ("Reward-free Exploration in RL", "We study reward-free exploration."),
    "llm_post_training": ("Post-training", "We study post-training of language models."),
    "multi_agent": ("Many Agents", "We study multi-agent learning."),
    "curriculum_and_data_selection": ("Quality Filtering", "We study data weighting and quality filtering."),
    "vision_and_multimodal": ("Cross-modal Learning", "We study cross-modal learning."),
    "deep_reinforcement_learning": ("Deep RL", "We study deep RL."),
    "combinatorial_optimization": ("Combinatorial Optimization", "We study learned rules."),
}
# A further sentence, and the answers that it gives: written for these tests.
SAID = [
    ("federated_learning", "Existing methods suffer from non-IID data.", ""),  # others'
    ("federated_learning", "We test on IID and non-IID data.", ""),  # how it is tested, not what it is about
    ("federated_learning", "Unlike secure aggregation, we send noise for differential privacy.", "privacy"),
    ("online_learning_and_bandits", "Our algorithm for bandits has sublinear regret.", "bandits regret"),
    ("online_learning_and_bandits", "Unlike bandits, we see all losses.", ""),
    ("online_learning_and_bandits", "We show the hardness of sublinear regret.", "lower_bound"),
    ("online_learning_and_bandits", "Using existing results, we get O(T) regret.", ""),  # what was known before
    ("continual_learning", "We propose a rehearsal-free method.", ""),  # without it
    ("continual_learning", "Rehearsal-based methods forget; we add task-specific prompts.", "separate_parts"),
    ("moe_and_routing", "We train a router between LoRA experts.", "adapters learned"),
    ("moe_and_routing", "Our method does model merging and outperforms hash routing.", "weights"),
    ("rl_theory", "We prove a regret bound for linear MDPs.", "linear regret"),
    ("rl_theory", "Unlike existing regret bounds, our regret bound needs no horizon.", "regret"),  # theirs and ours
    ("llm_post_training", "We use GRPO to improve mathematical reasoning.", "reinforcement reasoning"),
    ("llm_post_training", "The judge leverages its reasoning ability.", ""),  # a means, not an aim
    ("multi_agent", "We find a Nash equilibrium of zero-sum games.", "nash compete"),
    ("multi_agent", "Our solver learns via no-regret play.", ""),  # a means
    ("curriculum_and_data_selection", "We resample, inspired by active learning.", ""),
    ("vision_and_multimodal", "We do object detection in images.", "images locate"),
    ("deep_reinforcement_learning", "We learn a world model for Atari.", "model games"),
    ("combinatorial_optimization", "We solve vehicle routing as an MDP.", "construct routing"),
    ("combinatorial_optimization", "We compute the probability of selecting each item.", "construct"),
    ("combinatorial_optimization", "We are faster than SAT solvers.", ""),
    ("preference_optimization", "We propose a preference ranking loss.", "direct_alignment"),
    ("preference_optimization", "We ask for human or AI feedback.", ""),  # named beside people only
    ("preference_optimization", "We study the gap between online and offline alignment.", "compared"),
    ("preference_optimization", "While IPO is an offline method, we gather online data.", "online"),
    ("preference_optimization", "We show the equivalence between two games.", "theory"),
    ("offline_rl", "We do as well as any policy covered by the data.", ""),  # whom it is compared with
    # Background answers which difficulty is attacked and what is reached, and nothing else.
    ("offline_rl", "Existing methods suffer from distribution shift.", "distribution_shift"),
    ("offline_rl", "Existing language models fail.", "language_models"),
    ("scheduling", "We adapt the discount factor in reinforcement learning.", ""),  # scheduled, not the tool
]  # fmt: skip


@pytest.mark.parametrize(("theme", "sentence", "answers"), SAID, ids=[sentence for _, sentence, _ in SAID])
def test_a_sentence_gives_the_answers_an_expert_reads_in_it(theme: str, sentence: str, answers: str) -> None:
    title, opening = OPENINGS[theme]
    corpus = invented.corpus_of({"paper_id": "p", "title": title, "abstract": f"{opening} {sentence}"})
    found = assign_answers(corpus).query("theme == @theme and role == 'does'")
    assert sorted(found["answer"]) == sorted(answers.split())
    assert all(quote in f"{title} {opening} {sentence}" for quote in found["quote"])


OFFLINE = {"paper_id": "p", "title": "Offline RL", "abstract": "We study offline RL. What logs lack misleads it."}
OFFLINE = invented.corpus_of(OFFLINE)


def test_only_papers_of_a_theme_are_asked() -> None:
    bound = "we prove a regret bound under partial coverage."
    papers = [("p0", "Bandits", bound), ("p1", "Offline RL", f"Offline reinforcement learning: {bound}")]
    corpus = invented.corpus_of(*({"paper_id": name, "title": title, "abstract": text} for name, title, text in papers))
    found = assign_answers(corpus)
    assert found["paper_id"].is_monotonic_increasing  # papers in their order, and not themes in theirs
    found = found.query("theme == 'offline_rl'")
    assert set(found["paper_id"]) == {"p1"}
    assert {"offline", "coverage", "theory"} <= set(found["answer"])


SAID_BY_HAND = [
    ("setting", "-offline", ["offline", "mentions", "by hand: read", "Offline RL"]),
    # words of its own, which no rule knows
    ("difficulty", "+coverage: What logs lack", ["coverage", "does", "by hand: read", "What logs lack misleads it."]),
]


@pytest.mark.parametrize(("question", "value", "row"), SAID_BY_HAND)
def test_a_persons_word_on_an_answer_stands_above_the_rules(
    tmp_path: Path, question: str, value: str, row: list
) -> None:
    corpus = invented.corrected(OFFLINE, tmp_path, ("p", "answer", f"offline_rl.{question}", value))
    found = assign_answers(corpus).query("question == @question")
    assert found[["answer", "role", "rule", "quote"]].to_numpy().tolist() == [row]


UNUSABLE = [
    *(("theme", "", value, "value") for value in ("multi_agent", "+multi_agents", "", "+")),
    ("theme", "title", "+multi_agent", "field"),
    ("answer", "offline_rl.settings", "-offline", "field"),
    ("answer", "offline_rl.setting", "offline", "value"),
    ("answer", "offline_rl.setting", "+line", "value"),
    ("answer", "offline_rl.setting", "+offline", "value"),  # no words
    ("answer", "offline_rl.setting", "+offline: no such words", "value"),
]


@pytest.mark.parametrize(("what", "field", "value", "column"), UNUSABLE)
def test_a_persons_word_that_cannot_be_used_is_told(
    tmp_path: Path, what: str, field: str, value: str, column: str
) -> None:
    corpus = invented.corrected(OFFLINE, tmp_path, ("p", what, field, value))
    with pytest.raises(CurationError, match=f"line 2, column '{column}'"):
        (assign_themes if what == "theme" else assign_answers)(corpus)

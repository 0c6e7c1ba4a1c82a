"""Draft themes: clusters of invented papers, what is said where there are none, and their place in themes.yml."""

from pathlib import Path

import invented
import numpy as np
import pytest

from litreview.analysis.draft_themes import Suggestion, suggest_themes
from litreview.commands.console import drafts_text, remarks_on_drafts
from litreview.corpus import Corpus
from litreview.errors import ThemeFileError
from litreview.themes import load_themes
from litreview.themes.drafts import write_drafts

TOPICS = {
    "birds": "feather nest egg wing song migration beak flock plumage breeding perch chick",
    "fish": "fin scale reef river gill salmon spawning trout tide plankton shoal hatchery",
    "rocks": "granite mineral crystal lava basalt quartz sediment erosion magma fossil strata volcano",
}


def papers(sizes: dict[str, int], words_of: dict[str, str] = TOPICS) -> Corpus:
    """Papers of some topics, each of six words drawn from its topic, and of two that papers of all topics use."""
    random, rows = np.random.default_rng(1), []
    for topic, size in sizes.items():
        for number in range(size):
            words = [*random.choice(words_of[topic].split(), 6, replace=False), "field", "season"]
            text = f"We saw the {', the '.join(words)}. Nothing else was there."
            rows += [{"paper_id": f"{topic}{number:02}", "title": f"On the {words[0]}", "abstract": text}]
    return invented.corpus_of(*rows)


@pytest.fixture(scope="module")
def clear() -> tuple[Corpus, Suggestion]:
    """Forty birds, thirty fish and twenty rocks, with what is suggested for them."""
    corpus = papers({"birds": 40, "fish": 30, "rocks": 20})
    return corpus, suggest_themes(corpus, {})


def test_each_clear_topic_is_a_draft_named_by_its_own_words_and_found_by_its_rules(clear):
    corpus, found = clear
    own = found.papers.dropna(subset="margin")
    topics = own["paper_id"].str.rstrip("0123456789")
    assert own.groupby("theme")["paper_id"].size().sort_values(ascending=False).tolist() == [40, 30, 20]
    assert topics.groupby(own["theme"]).nunique().tolist() == [1, 1, 1]
    assert topics.drop_duplicates().tolist() != []
    for name, theme in found.themes.items():
        (topic,) = set(topics[own["theme"] == name])
        assert {phrase for rule in theme.rules for phrase in rule.phrases} <= {*TOPICS[topic].split(), "scales"}
        assert (theme.name, theme.status) == (name, "draft")
    print(drafts_text(found, corpus.papers)); assert 0

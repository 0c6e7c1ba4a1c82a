"""Draft themes: clusters of invented papers, what is said where there are none, and their place in themes.yml."""

from pathlib import Path

import invented
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from litreview.analysis import draft_themes
from litreview.analysis.draft_themes import Suggestion, suggest_themes
from litreview.commands.console import drafts_text, remarks_on_drafts
from litreview.corpus import Corpus
from litreview.errors import ThemeFileError
from litreview.themes import clusters, load_themes
from litreview.themes.draft_rules import draft_themes as drafts_of
from litreview.themes.draft_rules import write_drafts

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


def test_each_clear_topic_is_a_draft_of_its_own_words_whose_rules_find_it(clear):
    corpus, found = clear
    own = found.papers.dropna(subset="margin").assign(topic=lambda rows: rows["paper_id"].str.rstrip("0123456789"))
    assert own.groupby(["theme", "topic"]).size().sort_values(ascending=False).tolist() == [40, 30, 20]
    assert list(own.groupby("theme").size()[[*found.themes]]) == [40, 30, 20]  # largest first
    for name, rows in own.groupby("theme"):
        phrases = {phrase for rule in found.themes[name].rules for phrase in rule.phrases}
        assert phrases <= {*TOPICS[rows["topic"].iloc[0]].split()}  # none of "field", "season"
    counts = ("40 papers", "30 papers", "20 papers")
    told = [f"{n}; stability 1.00 of 1; its rules alone find {n[:2]} of them and no other" for n in counts]
    assert [remarks_on_drafts(found)[name] for name in found.themes] == told
    assert sum(drafts_text(found, corpus.papers).count(role) for role in ("  typical: ", "  borderline: ")) == 3 * 6


def test_the_same_papers_give_the_same_drafts_and_a_kept_theme_has_its_papers(clear):
    corpus, found = clear
    again = suggest_themes(corpus, {})
    assert (again.themes, again.told) == (found.themes, found.told)
    assert again.papers.equals(found.papers)
    first = next(iter(found.themes))
    rest = suggest_themes(corpus, {first: found.themes[first]})
    assert rest.told[0].startswith("50 papers without a theme")
    assert len(rest.themes) == 2


TERMS = [
    ({"google scholar": 4, "gs": 4, "scholarly": 3, "coverage": 3}, "Google Scholar · coverage"),  # no word twice
    ({"scholar": 4, "google scholar": 3}, "Google Scholar"),  # a phrase stands for its word
    ({"measured": 4, "authority explained support": 4, "mesh term": 3}, "MeSH terms"),  # a verb names nothing
]


@pytest.mark.parametrize(("terms", "title"), TERMS)
def test_a_draft_is_named_as_papers_write_its_terms(terms, title):
    said = "Google Scholar, GS, is scholarly. Its coverage of MeSH terms is measured. The authority explained support."
    rows = pd.DataFrame({"group": "0", "term": [*terms], "n_in": [*terms.values()], "log_odds": 1.0})
    members = pd.DataFrame({"paper_id": ["1"], "group": ["0"]})
    drafts, _ = drafts_of(invented.corpus_of({"paper_id": "1", "abstract": said}), rows, members, ())
    assert [theme.title for theme in drafts.values()] == [title]


def test_beyond_the_limit_a_sample_is_clustered_and_the_others_join_the_nearest_cluster(clear, monkeypatch):
    for module in (clusters, draft_themes):
        monkeypatch.setattr(module, "MOST_ROWS", 60)
    corpus, found = clear
    sampled = suggest_themes(corpus, {})
    assert "A fixed sample of 60 was clustered" in sampled.told[2]
    members = [each.papers.dropna(subset="margin").sort_values("paper_id") for each in (found, sampled)]
    assert adjusted_mutual_info_score(*(each["theme"] for each in members)) == pytest.approx(1)


TOO_LITTLE = [
    ({}, TOPICS, "no paper without a theme, with no term in common. Draft themes need 30"),
    ({"birds": 29}, TOPICS, "29 papers without a theme, with 15 terms in common. Draft themes need 30 papers"),
    ({"all": 100}, {"all": " ".join(TOPICS.values())}, "100 papers left out: samples agree too little on them"),
]


@pytest.mark.parametrize(("sizes", "words_of", "why"), TOO_LITTLE)
def test_without_enough_papers_or_structure_there_are_no_drafts_and_it_is_said_why(sizes, words_of, why):
    found = suggest_themes(papers(sizes, words_of), {})
    assert (found.themes, len(found.papers), remarks_on_drafts(found)) == ({}, 0, {})
    assert why in " ".join(found.told)


KEPT = """\
  birds:  # mine
    title: Birds
    about: Of birds.
    threshold: 4
    rules: [{name: wings, weight: 3, phrases: [wing]}]
"""
OLD = KEPT.replace("birds:  # mine", "old:").replace("    threshold", "    status: draft\n\n    threshold")
BRACKETS = "{title: x, about: y, status: draft, threshold: 1, rules: [{name: a, weight: 1, phrases: [a]}]}"
LISTS = "lists:\n  old: [age]\n"


PLACES = [
    (None, "themes:\n{}"),
    ("# How themes work\n", "# How themes work\nthemes:\n{}"),
    ("themes: {}\n", "themes:\n{}"),
    ("themes:\n" + KEPT.rstrip(), "themes:\n" + KEPT + "{}"),  # the last line is not closed
    ("themes:\n" + OLD + LISTS, "themes:\n{}" + LISTS),  # a list of the same name stays
    (LISTS + "themes:\n" + OLD + "  # a note\n" + KEPT, LISTS + "themes:\n  # a note\n" + KEPT + "{}"),
    ("themes:\r\n" + KEPT.replace("\n", "\r\n"), "themes:\n" + KEPT.replace("\n", "\r\n") + "{}"),
    (LISTS + f"themes: {{old: {BRACKETS}}}\n", ""),  # no line of its own
]


@pytest.mark.parametrize(("before", "after"), PLACES)
def test_drafts_take_the_place_of_drafts_and_every_other_line_stays(tmp_path: Path, clear, before, after):
    file = tmp_path / "themes.yml"
    if before is not None:
        file.write_bytes(before.encode())
    remarks = remarks_on_drafts(clear[1])
    if not after:
        with pytest.raises(ThemeFileError, match="nothing was changed, for drafts find no place"):
            write_drafts(file, clear[1].themes, remarks)
        after = before
    else:
        for _ in range(2):  # a second time changes nothing
            write_drafts(file, clear[1].themes, remarks)
        assert [*load_themes(file)] == (["birds"] if "mine" in after else []) + [*clear[1].themes]
    (start, _, end), written = after.partition("{}"), file.read_bytes().decode()
    assert (written[: len(start)], written[len(written) - len(end) :]) == (start, end)
    assert [path.name for path in tmp_path.iterdir()] == ["themes.yml"]


def test_papers_of_the_same_words_are_one_cluster():
    said = {"title": "", "abstract": "oak elm ash fir yew birch alder maple hazel willow poplar and beech"}
    alike = invented.corpus_of(*({"paper_id": str(place)} | said for place in range(40)))
    assert suggest_themes(alike, {}).told[1].startswith("They make 1 cluster;")

"""Figures, links and the kind of work, sentence by sentence."""

import pytest
from invented import LEXICON, found

from litreview.evidence.abstract_sentences import Reading
from litreview.evidence.extraction import find
from litreview.evidence.paper_type import AskedKinds, contribution
from litreview.evidence.results import figures, same_figure
from litreview.folders import TEMPLATE
from litreview.text.checked_yaml import checked_yaml

CLAIMED = [
    ("Our method improves accuracy by 82.9%.", ["82.9%"]),
    ("We reach a speed-up of 1.4-1.95x.", ["1.4-1.95x"]),
    ("Our solver is at least 4 times faster.", ["4 times"]),
    ("It gains 3.4 percentage points and 2 BLEU in our tests.", ["3.4", "2"]),
    ("We improve the competitive ratio from 0.596 to 0.611.", ["0.596 to 0.611"]),
    ("We show O(sqrt{K (T+1)}) regret and an Omega(T^{2/3}) bound.", ["O(sqrt{K (T+1)})", "Omega(T^{2/3})"]),
    ("We improve on the best known O(T^{2/3}).", []),  # theirs
    ("We train a model with 7B parameters on 100,000 samples and 10 datasets.", []),  # sizes
    ("We use ResNet-50 and AlpacaEval 2.0 and GPT-3.5.", []),  # numbers in names
    ("We report a 95% confidence interval.", []),
    ("Our model reaches 29.5%, surpassing FooNet (45.9%).", ["29.5%"]),  # theirs
    ("We use 1.28 million examples to achieve more.", []),
]
LINKED = [  # without the punctuation round them
    ("(https://foo.github.io/bar/).", ["https://foo.github.io/bar/"]),
    ("at github.com/foo/bar-baz. Next", ["github.com/foo/bar-baz"]),  # the scheme is lost
    ("See https://en.wikipedia.org/wiki/Game_(dice), please", ["https://en.wikipedia.org/wiki/Game_(dice)"]),
    ("http://a.b/c and https://ibm.biz/BdKhLa", ["https://ibm.biz/BdKhLa"]),
    ("www.foo.org/data (CC-BY)", ["www.foo.org/data"]),
    ("javascript:alert(1) data:text/html,x ftp://foo.org/x", []),
    ("https:// and https://localhost/x and https://[bad", []),
    ("someone@github.com", []),
    ("CC BY: https://creativecommons.org/licenses/by/4.0/", []),  # no code, no data
    ("A talk: https://youtu.be/gCu (part 1)", []),
]
FOUND = [("claim", *row) for row in CLAIMED] + [("link", *row) for row in LINKED]


@pytest.mark.parametrize(("kind", "abstract", "texts"), FOUND)
def test_figures_are_claims_where_they_tell_of_results_and_addresses_are_links(kind, abstract, texts):
    assert found(kind, abstract) == texts


SPELLED = [
    ("a speed-up of 1.4-1.95x", {"1.4x", "1.95x"}),
    (r"by 82.9\%", {"82.9%"}),
    ("six percent", set()),
    ("10,000 times", {"10000x"}),
    ("from 63 to 79%", {"63%", "79%"}),
    ("O left( KT + (m+M)K right)", {"o(kt+(m+m)k)"}),
    ("mathcal O(K^{2/3}).", {"o(k^2/3)"}),
]
TWO_SPELLINGS = [
    (r"\tilde{O}(\sqrt{T})", "O(√T)", True),
    ("widetilde O((S log T)/n)", "o(fracslogtn)", True),  # a fraction, set and spelled
    ("O(n^{2/3})", "o(n^(2/3))", True),
    ("O(n)", "O(m)", False),
    ("1.2x", "12x", False),
]


@pytest.mark.parametrize(("text", "canonical"), SPELLED)
def test_figures_have_one_spelling(text, canonical):
    assert figures(text) == canonical


@pytest.mark.parametrize(("one", "other", "same"), TWO_SPELLINGS)
def test_two_spellings_of_a_figure_are_the_same(one, other, same):
    assert (same_figure(one) == same_figure(other)) == same


KINDS = [
    ("A Survey of Sorting", "This survey reviews sorting methods.", "survey_or_position"),
    ("SortBench: A Benchmark for Sorting", "We introduce SortBench, a benchmark of lists.", "benchmark_or_dataset"),
    ("Near-Optimal Regret for Sorting Bandits", "We prove matching upper and lower bounds on the regret.", "theory"),
    ("The Weight of Age", "We quantify the effect of age. We observe that old lists matter less.", "empirical_study"),
    ("SortServe: A Serving System", "We present SortServe, an open-source system with low latency.", "system"),
    ("Anvil: Checkpoints", "We built Anvil, a system that is 5x faster in experiments, 3x in production.", "system"),
    ("SortNet: Learning to Sort", "We propose SortNet, a novel network. Our method outperforms others.", "method"),
    # A named data set outweighs that something is named; a data set as a step of training does not.
    ("Reefs by Ear", "We release KelpSet, a large dataset, and evaluate two models.", "benchmark_or_dataset"),
    ("Sorting by Example", "We collect a dataset and train a policy on it. Our method is a novel approach.", "method"),
]


@pytest.mark.parametrize(("title", "abstract", "kind"), KINDS)
def test_the_kind_of_contribution_is_what_the_cues_say(title, abstract, kind):
    reading = Reading(title, abstract)
    verdict = contribution(reading, any(one.kind == "introduces" for one in find(reading, LEXICON)))
    assert verdict.kind == kind
    assert verdict.rule
    assert verdict.quote in (title, *(sentence.text for sentence in reading.sentences))


ASKED = [
    ("Aspirin: a systematic review", "We randomized patients.", "systematic_review"),  # the title decides
    ("Aspirin", "Earlier systematic reviews disagree. In this trial we randomized 90 patients.", "randomized_trial"),
    ("Aspirin", "A 61-year-old woman was admitted.", "case_report"),
    ("Reply to Doe", "", "opinion_or_concept"),
    ("Aspirin", "In reply to Doe, we say no.", None),  # a phrase for titles
    ("Aspirin", "Nothing is said of how.", None),
]


@pytest.mark.parametrize(("title", "abstract", "kind"), ASKED)
def test_a_new_review_tells_the_kinds_of_many_fields(title, abstract, kind):
    kinds = checked_yaml(TEMPLATE / "data" / "curated" / "kinds.yml", dict[str, list[str]])
    verdict = AskedKinds(kinds).kind_of(Reading(title, abstract))
    assert (verdict and verdict.kind) == kind
    assert not verdict or verdict.quote in (title, *abstract.split(". "), abstract)

"""Names that a paper introduces and is evaluated on, sentence by sentence, with what would mislead."""

import pytest
from invented import found

INTRODUCED = [
    ("We propose FooNet, a network for sorting, and present Zelda, a net.", ["FooNet", "Zelda"]),
    ("This paper introduces Sorted Preference Learning (SoPL), which sorts.", ["SoPL"]),
    ("Our method, dubbed Zorro, sorts.", ["Zorro"]),
    ("We present an online algorithm, SwAV, that clusters.", ["SwAV"]),  # known elsewhere, but the object here
    ("We develop a new scheduler, Gentle scheduler, that waits.", ["Gentle scheduler"]),
    ("We call the resulting models TalkGPT.", ["TalkGPT"]),
    ("The proposed PAK-UCB algorithm explores. We give a new algorithm (GLOW) that sorts.", ["PAK-UCB", "GLOW"]),
    ("We release FooNet. We show that Flan-FooNet is better.", ["FooNet", "Flan-FooNet"]),
    ("Here we present BirdSet (Birds and Sounds dataSet), a dataset.", ["BirdSet"]),
    ("We call our method Nash tuning from weak feedback (NTWF).", ["NTWF"]),  # the phrase goes on behind "from"
    ("Our main result is an algorithm, BoundedMop, with few misses.", ["BoundedMop"]),
    ("We present a fast, GPU-accelerated implementation that sorts.", []),
    ("We introduce a variant of FooNet, named BarNet, that sorts.", ["BarNet"]),  # what it varies is another's
    ("Prior work proposes FooNet, a network for sorting.", []),  # theirs
    ("We propose a new DPO-style loss.", []),  # the known name describes
    ("We propose a method for large language models (LLMs).", []),  # behind the word that leads away
    ("We refer to this phenomenon as stream barrier.", []),  # a problem, not a product
    ("We release our code at https://github.com/Foo/BarBaz.", []),
    ("We propose a 7B model trained on 3D scenes in R^d.", []),
    ("We propose a sample-efficient reinforcement learning method.", []),  # described, not named
]

TITLES = [  # they introduce too
    ("FooNet: Sorting with Networks", "We sort.", ["FooNet"]),
    ("Balance: A Solver", "Our solver Balance is quick.", ["Balance"]),  # a word, but written as a name
    ("Balance: A Solver", "We balance trees.", []),
    ("StarCraft II: A New Challenge", "We play StarCraft II.", []),  # a known environment
    ("Sorted Preference Learning for Robots", "Sorted Preference Learning (SoPL) sorts.", ["SoPL"]),
    ("Sorted Preference Learning: Why", "Sorted Preference Learning (SoPL).", ["SoPL"]),  # short, not both
]

EVALUATED = [
    ("We evaluate on CIFAR-100, Tiny ImageNet and SVHN.", ["CIFAR-100", "Tiny ImageNet", "SVHN"]),
    ("We test on benchmarks such as FooBench and BarSuite.", ["FooBench", "BarSuite"]),
    ("On the image dataset Clothing-1M, we reach 2% more.", ["Clothing-1M"]),
    ("We reach 80% on AIME24 and AIME25.", ["AIME24", "AIME25"]),  # two benchmarks, although one entry knows both
    ("ImageNet changed the field. We sort.", []),  # background
    ("We test on the Coastal Routing Olympiad (CRO) and the Harbour Zone Olympiad (HZO).", ["CRO", "HZO"]),
    ("Our model scores best on FooSet (98.8%), BarSet (97.1%), and BazSet (95%).", ["FooSet", "BarSet", "BazSet"]),
    ("Our simulator is based on the OpenAI Gym framework. We test on Procgen.", ["Procgen"]),  # built on
    ("We test on the Helpful and Harmless dataset.", ["Helpful and Harmless"]),  # one name
    ("Trained on Procgen, our net reaches 2% more on ImageNet.", ["ImageNet"]),
    ("We test on both the TL;DR summarization and the Fooful Barful (FB) dataset.", ["TL;DR", "FB"]),
    ("We test our tutor on data sets from FooTutor.", ["FooTutor"]),
    ("We curate cases of domains such as Routing, MPLS and Ethics.", []),  # nothing is measured
    ("We introduce job shops (JSSP). Experiments on JSSP instances are ours.", []),  # a problem, not a data set
]
FOUND = [("introduces", "A Paper", *row) for row in INTRODUCED] + [("introduces", *row) for row in TITLES]
FOUND += [("evaluated_on", "A Paper", *row) for row in EVALUATED]


@pytest.mark.parametrize(("kind", "title", "abstract", "names"), FOUND)
def test_names_are_found_where_the_paper_introduces_them_or_is_evaluated_on_them(kind, title, abstract, names):
    assert found(kind, abstract, title) == names

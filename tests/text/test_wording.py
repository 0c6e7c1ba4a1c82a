"""Numbers in words."""

import pandas as pd
import pytest

from litreview.text import wording


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.plural(0, "paper"), "no paper"),
        (wording.plural(1, "paper"), "1 paper"),
        (wording.plural(1204, "paper"), "1,204 papers"),
        (wording.plural(2, "datum", "data"), "2 data"),
        (wording.join_words(""), ""),
        (wording.join_words("abc"), "a, b and c"),
        (wording.sentence(" a b "), "A b."),
        (wording.ended("J. Stat."), "J. Stat."),
        (wording.ended("npj A"), "npj A."),
        (wording.year_span([]), ""),
        (wording.year_span([2021, 2017, 2020]), "2017–2021"),
        (wording.number(0), "0.0"),
        (wording.number(9.97), "10"),
        (wording.dated(pd.Timestamp("2023-05-09"), "day"), "9 May 2023"),
        (wording.dated(pd.Timestamp("2023-05-01"), "month"), "May 2023"),
        (wording.dated(pd.Timestamp("2023-01-01"), "year"), "2023"),
        (wording.dated(pd.NaT, None), "undated"),
    ],
)
def test_numbers_dates_and_lists_read_as_in_a_sentence(said, expected):
    assert said == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("benchmark", "benchmarks"),
        ("query", "queries"),
        ("survey", "surveys"),  # a vowel before the y
        ("kind of work", "kinds of work"),
        ("approach", "approaches"),
        ("epoch", "epochs"),  # a "ch" that is said as "k"
        ("error analysis", "error analyses"),
        ("bias", "biases"),
        ("index", "indexes"),
        ("matrix", "matrices"),
        ("corpus", "corpora"),
        ("data", "data"),
        ("LLM", "LLMs"),
    ],
)
def test_the_head_of_a_phrase_takes_the_plural(noun, expected):
    assert wording.many(noun) == expected


@pytest.mark.parametrize(
    ("n", "does", "expected"),
    [
        (0, "link to code", "link to code"),
        (1, "link to code", "links to code"),
        (1, "have a date", "has a date"),
        (1, "reach language models", "reaches language models"),
        (1, "speak", "speaks"),
    ],
)
def test_what_papers_do_agrees_with_their_number(n, does, expected):
    assert wording.agreed(n, does) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0%"), (0.001, "under 1%"), (0.006, "1%"), (0.414, "41%"), (0.994, "99%"), (0.999, "over 99%"), (1, "100%")],
)
def test_a_percentage_never_says_none_or_all_when_it_is_not(share, expected):
    assert wording.percent(share) == expected


@pytest.mark.parametrize(
    ("n", "of", "expected"),
    [
        (12, 29, "12 of 29 papers (41%, 95% interval 26–59%)"),
        (0, 29, "none of 29 papers (0%, 95% interval 0–12%)"),
        (3, 7, "3 of 7 papers"),  # too few for a percentage
        (1, 1, "1 of 1 paper"),
        (0, 0, "no paper"),
    ],
)
def test_a_part_has_its_whole_and_an_interval_from_ten_on(n, of, expected):
    from litreview.analysis.trends import with_share

    assert wording.part(with_share(pd.DataFrame({"n": [n], "of": [of]})).iloc[0]) == expected


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("offline_rl", {"offline_rl": "Offline RL"}, "Offline RL"),
        ("survey_or_position", None, "Survey or position"),
        ("muP", None, "muP"),  # a name keeps its spelling
        ("github.com", None, "github.com"),
        ("", None, ""),
    ],
)
def test_a_key_is_shown_by_its_title_or_with_blanks_and_a_name_as_written(name, labels, expected):
    assert wording.label(name, labels) == expected


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("offline_rl", {"offline_rl": "Offline reinforcement learning"}, "offline reinforcement learning"),
        ("rlhf", {"rlhf": "RLHF first"}, "RLHF first"),
        ("rm", {"rm": "Reward-model RLHF"}, "reward-model RLHF"),
        ("bo", {"bo": "Bayesian optimization"}, "Bayesian optimization"),  # named after a person
        ("Adam", None, "Adam"),
        ("", None, ""),
    ],
)
def test_a_title_gives_up_its_capital_inside_a_sentence_and_a_name_does_not(name, labels, expected):
    assert wording.within(name, labels) == expected

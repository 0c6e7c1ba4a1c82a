"""Numbers in words."""

import pandas as pd
import pytest

from litreview.text import wording

# (what is said, how it should read)
SAID = [
    (wording.plural(0, "paper"), "no paper"),
    (wording.plural(1204, "paper"), "1,204 papers"),
    # the head of a phrase takes the plural
    (wording.plural(2, "kind of work"), "2 kinds of work"),
    (wording.plural(2, "survey"), "2 surveys"),  # a vowel before the y
    (wording.plural(2, "study"), "2 studies"),
    (wording.plural(2, "epoch"), "2 epochs"),  # a "ch" that is said as "k"
    (wording.plural(2, "error analysis"), "2 error analyses"),
    (wording.plural(2, "bias"), "2 biases"),
    (wording.join_words("abc"), "a, b and c"),
    (wording.ended("J. Stat."), "J. Stat."),
    (wording.dated(pd.Timestamp("2023-05-09"), "day"), "9 May 2023"),
    (wording.dated(pd.Timestamp("2023-05-01"), "month"), "May 2023"),
    (wording.dated(pd.NaT, None), "undated"),
    # what papers do agrees with their number
    (wording.agreed(1, "link to code"), "links to code"),
    (wording.agreed(1, "have a date"), "has a date"),
    # a percentage never says none or all when it is not
    (wording.percent(0.001), "under 1%"),
    (wording.percent(0.414), "41%"),
    (wording.percent(0.999), "over 99%"),
    # a key is shown by its title or with blanks, a name as written
    (wording.label("offline_rl", {"offline_rl": "Offline RL"}), "Offline RL"),
    (wording.label("survey_or_position"), "Survey or position"),
    (wording.label("muP"), "muP"),
    # a title gives up its capital inside a sentence, a name does not
    (wording.within("offline_rl", {"offline_rl": "Offline reinforcement learning"}), "offline reinforcement learning"),
    (wording.within("rlhf", {"rlhf": "RLHF first"}), "RLHF first"),
    (wording.within("bo", {"bo": "Bayesian optimization"}), "Bayesian optimization"),  # named after a person
    (wording.within("wos", {"wos": "Web of Science · Scopus"}), "Web of Science · Scopus"),  # a name of words
    (wording.within(""), ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), SAID)
def test_numbers_dates_names_and_lists_read_as_in_a_sentence(said, expected):
    assert said == expected

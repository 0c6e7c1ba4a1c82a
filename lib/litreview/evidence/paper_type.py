"""What kind of contribution a paper makes: the kind for which its cues weigh most, with the strongest of them."""

import re
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import yaml

from litreview.evidence.abstract_sentences import Reading
from litreview.text.patterns import Cues, PatternSet, any_of, any_word, phrase_pattern, verbose

METHOD, SYSTEM, THEORY = "method", "system", "theory"
BENCHMARK, STUDY, SURVEY = "benchmark_or_dataset", "empirical_study", "survey_or_position"
PRIOR = {METHOD: 1.7, SURVEY: 0.9, STUDY: 0.6, THEORY: 0.4, BENCHMARK: -1.2, SYSTEM: -2.5}
NAMES_SOMETHING = {METHOD: 1.3, BENCHMARK: 0.5, STUDY: -0.7, SURVEY: -0.9}
THEORY_TERM = {THEORY: 0.9, STUDY: -0.3, BENCHMARK: -0.25, SURVEY: -0.25}
CUES = Path(__file__).with_name("paper_type_cues.yml")
NAMES, TERMS = "names what it introduces", "terms of theory"
KIND_RULES, IN_TITLE = "kinds.yml", "title:"  # of a review; what a phrase for titles alone begins with

THEORETICAL = any_word(
    "bandits? characteri[sz]\\w+ coverage equilibri\\w+ guarantees? learning-augmented minimax near-optimal regret "
    "polynomial\\w* realizability prov(?:ably|able|es|ed|e) rigorous(?:ly)? statistical(?:ly)? sublinear theor(?:em|y) "
    "theoretical(?:ly)? worst-case"
)
THEORY_TERMS = verbose(rf"""
    \b(?:(?:approximation|competitive) ratio  |  (?:lower|upper) bounds?  |  (?:query|sample) complexity
      |  (?:convergence|optimal) rates?  |  best possible  |  formal separation  |  equivalent to  |  {THEORETICAL})\b
""")


class Cue(NamedTuple):
    """A pattern, where it is looked for (title or own sentences), and its weight for each kind that it bears on."""

    where: str
    pattern: re.Pattern[str]
    weights: dict[str, float]


@cache
def load_cues() -> dict[str, Cue]:
    """Return the cues of paper_type_cues.yml by name, with the pieces put into their patterns."""
    read = yaml.safe_load(CUES.read_text(encoding="utf-8"))
    cues = {NAMES: Cue("", re.compile(""), NAMES_SOMETHING)}
    for row in read["cues"]:
        pattern = "|".join(map("".join, row["patterns"]))
        for name, piece in read["pieces"].items():
            pattern = pattern.replace(f"{{{name}}}", "".join(piece))
        cues[row["name"]] = Cue(row["where"], re.compile(pattern, re.IGNORECASE), row["weights"])
    return cues | {TERMS: Cue("own", THEORY_TERMS, THEORY_TERM)}


@cache
def _looked_for(where: str) -> Cues:
    return Cues({name: cue.pattern for name, cue in load_cues().items() if cue.where == where})


class Verdict(NamedTuple):
    """The kind decided on, the strongest cue for it, and the title or sentence in which it stands."""

    kind: str
    rule: str
    quote: str


class AskedKinds:
    """The kinds of work that a review asks for, each with phrases; those named first stand above the others."""

    def __init__(self, kinds: dict[str, list[str]]) -> None:
        self._rules = [(kind, phrase) for kind, phrases in kinds.items() for phrase in phrases]
        said = (phrase.removeprefix(IN_TITLE) for _, phrase in self._rules)
        self._searched = PatternSet({rank: any_of([phrase_pattern(phrase)]) for rank, phrase in enumerate(said)})

    def kind_of(self, reading: Reading) -> Verdict | None:
        """Return the first kind that the title says; else that a sentence on the paper's own work says; else any."""
        sentences = [(2 - one.own, reading.abstract[one.start : one.end]) for one in reading.sentences]
        found = [
            (place, rank, text)
            for place, text in [(0, reading.title), *sentences]
            for rank, *_ in self._searched.spans(text, self._searched.found(text))
            if not (place and self._rules[rank][1].startswith(IN_TITLE))
        ]
        _, rank, quote = min(found, key=itemgetter(0, 1), default=(0, 0, ""))
        return Verdict(*self._rules[rank], quote) if found else None


def contribution(reading: Reading, names_something: bool) -> Verdict | None:
    """Return the kind with the largest sum of weights; `method`, the commonest, without a cue for another.

    None where there is nothing to go by: no abstract, and a title without a cue.
    """
    told = {name: texts for name, texts in _told(reading, names_something).items() if texts}

    def weight(name: str, kind: str) -> float:
        return len(told[name]) * load_cues()[name].weights.get(kind, 0)

    scores = {kind: prior + sum(weight(name, kind) for name in told) for kind, prior in PRIOR.items()}
    kind = max(scores, key=scores.__getitem__)
    strongest = max(told, key=lambda name: weight(name, kind), default="")
    if strongest and weight(strongest, kind) > 0:
        return Verdict(kind, strongest, told[strongest][0])
    return Verdict(METHOD, "nothing speaks for another kind", reading.title) if reading.sentences else None


def _told(reading: Reading, names_something: bool) -> dict[str, list[str]]:
    """Return the title or sentences that have each cue; of theory one for each of its terms, told once or often."""
    told: dict[str, list[str]] = {name: [] for name in load_cues()}
    told[NAMES] += [reading.title] if names_something else []
    for where, text in [("title", reading.title), *(("own", one.text) for one in reading.sentences if one.own)]:
        for name in _looked_for(where).found(text):
            told[name].append(text)
    terms = {match[0].casefold() for text in told[TERMS] for match in THEORY_TERMS.finditer(text)}
    return told | {TERMS: told[TERMS][:1] * len(terms)}

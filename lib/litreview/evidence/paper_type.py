"""What kind of contribution a paper makes: the kind for which its cues weigh most, with the strongest of them."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from litreview.evidence.rhetorical_roles import Reading
from litreview.text.patterns import any_word, verbose

METHOD, SYSTEM, THEORY = "method", "system", "theory"
BENCHMARK, STUDY, SURVEY = "benchmark_or_dataset", "empirical_study", "survey_or_position"
PRIOR = {METHOD: 1.7, SURVEY: 0.9, STUDY: 0.6, THEORY: 0.4, BENCHMARK: -1.2, SYSTEM: -2.5}
NAMES_SOMETHING = {METHOD: 1.3, BENCHMARK: 0.5, STUDY: -0.7, SURVEY: -0.9}
THEORY_TERM = {THEORY: 0.9, STUDY: -0.3, BENCHMARK: -0.25, SURVEY: -0.25}
CUES = Path(__file__).with_name("paper_type_cues.yml")
MOST_TERMS = 8  # distinct terms that count
MOST_SENTENCES = 3  # sentences in which a cue counts

THEORETICAL = any_word(
    "analytically asymptotic\\w* characteri[sz]\\w+ competitive coverage equilibri\\w+ guarantees? hardness "
    "information-theoretic\\w* learning-augmented minimax near-optimal oracle polylogarithmic polynomial\\w* proofs? "
    "prov(?:ably|able|es|ed|e) realizability regret rigorous(?:ly)? statistical(?:ly)? sublinear submodular "
    "suboptimality theorem theoretical(?:ly)? theory worst-case bandits?"
)
THEORY_TERMS = verbose(rf"""
    \b(?:(?:approximation|competitive) ratio  |  (?:lower|tight|upper) bounds?  |  (?:query|sample) complexity
      |  (?:convergence|fast|learning-theoretic|minimax|optimal|parametric|slow|statistical) rates?
      |  rates? of convergence  |  theoretical framework  |  linear mdps?  |  black-box reduction
      |  best possible  |  necessary and sufficient  |  optimal algorithm  |  {THEORETICAL})\b
""")


class Cue(NamedTuple):
    """A pattern, where it is looked for (title or own sentences), and its weight for each kind that it bears on."""

    name: str
    where: str
    pattern: re.Pattern[str]
    weights: dict[str, float]


@cache
def load_cues() -> list[Cue]:
    """Return the cues of paper_type_cues.yml, with the pieces put into their patterns."""
    read = yaml.safe_load(CUES.read_text(encoding="utf-8"))
    cues = []
    for row in read["cues"]:
        pattern = "|".join(map("".join, row["patterns"]))
        for name, piece in read["pieces"].items():
            pattern = pattern.replace(f"{{{name}}}", "".join(piece))
        cues.append(Cue(row["name"], row["where"], re.compile(pattern, re.IGNORECASE), row["weights"]))
    return cues


class Verdict(NamedTuple):
    """The kind decided on, the cue that spoke loudest for it, and the title or sentence in which it stands."""

    kind: str
    rule: str
    quote: str


class Voice(NamedTuple):
    """What a cue found in one paper: how often, and the first place."""

    name: str
    times: int
    weights: dict[str, float]
    quote: str

    def for_kind(self, kind: str) -> float:
        """Return what it weighs for a kind."""
        return self.times * self.weights.get(kind, 0)


def contribution(reading: Reading, names_something: bool) -> Verdict | None:
    """Return the kind with the largest sum of weights; `method`, the commonest, where an abstract speaks for no other.

    None where there is nothing to go by: no abstract, and a title without a cue.
    """
    voices = _voices(reading, names_something)
    scores = {kind: prior + sum(voice.for_kind(kind) for voice in voices) for kind, prior in PRIOR.items()}
    spoken_for = [kind for kind in scores if any(voice.for_kind(kind) > 0 for voice in voices)]
    kind = max([METHOD, *spoken_for], key=lambda name: scores[name])
    loudest = max(voices, key=lambda voice: voice.for_kind(kind), default=None)
    if loudest is None or loudest.for_kind(kind) <= 0:
        nothing = Verdict(METHOD, "nothing speaks for another kind", reading.title)
        return nothing if reading.sentences else None
    return Verdict(kind, loudest.name, loudest.quote)


def cues_found(reading: Reading, names_something: bool) -> dict[str, int]:
    """Count how often each cue speaks in a paper, by its name."""
    return {voice.name: voice.times for voice in _voices(reading, names_something)}


def _voices(reading: Reading, names_something: bool) -> list[Voice]:
    own = [sentence.text for sentence in reading.sentences if sentence.own]
    voices = [_voice(cue, [reading.title] if cue.where == "title" else own) for cue in load_cues()]
    with_terms = [text for text in own if THEORY_TERMS.search(text)]
    terms = {match[0].casefold() for text in own for match in THEORY_TERMS.finditer(text)}
    quote = with_terms[0] if with_terms else ""
    voices.append(Voice("terms of theory", min(len(terms), MOST_TERMS), THEORY_TERM, quote))
    voices.append(Voice("names what it introduces", int(names_something), NAMES_SOMETHING, reading.title))
    return [voice for voice in voices if voice.times]


def _voice(cue: Cue, texts: list[str]) -> Voice:
    found = [text for text in texts if cue.pattern.search(text)]
    return Voice(cue.name, min(len(found), MOST_SENTENCES), cue.weights, found[0] if found else "")

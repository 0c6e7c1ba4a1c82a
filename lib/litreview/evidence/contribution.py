"""What kind of contribution a paper makes: the kind for which its cues weigh most, with the strongest of them."""

from typing import NamedTuple

from litreview.evidence.cues import (
    CUES,
    METHOD,
    MOST_SENTENCES,
    MOST_TERMS,
    NAMES_SOMETHING,
    PRIOR,
    THEORY_TERM,
    THEORY_TERMS,
    Cue,
)
from litreview.evidence.reading import Reading


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
        """What it weighs for a kind."""
        return self.times * self.weights.get(kind, 0)


def contribution(reading: Reading, names_something: bool) -> Verdict | None:
    """The kind with the largest sum of weights; `method`, the commonest, where an abstract speaks for no other.

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
    """How often each cue speaks in a paper, by its name."""
    return {voice.name: voice.times for voice in _voices(reading, names_something)}


def _voices(reading: Reading, names_something: bool) -> list[Voice]:
    own = [sentence.text for sentence in reading.sentences if sentence.own]
    voices = [_voice(cue, [reading.title] if cue.where == "title" else own) for cue in CUES]
    with_terms = [text for text in own if THEORY_TERMS.search(text)]
    terms = {match[0].casefold() for text in own for match in THEORY_TERMS.finditer(text)}
    voices.append(
        Voice("terms of theory", min(len(terms), MOST_TERMS), THEORY_TERM, with_terms[0] if with_terms else "")
    )
    voices.append(Voice("names what it introduces", int(names_something), NAMES_SOMETHING, reading.title))
    return [voice for voice in voices if voice.times]


def _voice(cue: Cue, texts: list[str]) -> Voice:
    found = [text for text in texts if cue.pattern.search(text)]
    return Voice(cue.name, min(len(found), MOST_SENTENCES), cue.weights, found[0] if found else "")

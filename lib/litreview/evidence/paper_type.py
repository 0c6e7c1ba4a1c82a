"""What kind of contribution a paper makes: the kind for which its cues weigh most, with the strongest of them."""

import re
from typing import NamedTuple

from litreview.evidence.rhetorical_roles import Reading

METHOD, SYSTEM, THEORY = "method", "system", "theory"
BENCHMARK, STUDY, SURVEY = "benchmark_or_dataset", "empirical_study", "survey_or_position"
PRIOR = {METHOD: 1.7, SURVEY: 0.9, STUDY: 0.6, THEORY: 0.4, BENCHMARK: -1.2, SYSTEM: -2.5}
NAMES_SOMETHING = {METHOD: 1.3, BENCHMARK: 0.5, STUDY: -0.7, SURVEY: -0.9}
THEORY_TERM = {THEORY: 0.9, STUDY: -0.3, BENCHMARK: -0.25, SURVEY: -0.25}
MOST_TERMS = 8  # distinct terms that count
MOST_SENTENCES = 3  # sentences in which a cue counts

DO = r"(?:propos|introduc|present|develop|devis|design|deriv)\w*"
MAKE = (
    r"(?:introduc|present|propos|releas|construct|creat|develop|build|built|collect|curat|describ|provid|implement)\w*"
)
THING = (
    r"(?:algorithms?|methods?|approach|framework|model|architecture|network|technique|strategy|scheme|mechanism|objective|loss|paradigm|"
    r"schedul\w+|optimi[sz]er|agent|module|procedure|regulari[sz]ation|pipeline|solution)"
)
BED = r"(?:benchmarks?|datasets?|data ?sets?|corpus|suite|test ?bed|environment|test|platform)"
NO_METHOD = r" (?:an? |the |our )?(?:[\w-]+ ){0,2}(?:study|studies|analysis|evaluation|survey|comparison|investigation|benchmark|dataset)\b"
AS_A_STEP = r"[^.;]{0,80}\b(?:to|and|then|which we use to|used to) (?:then |further )?(?:train|fine-?tune|distil|pre-?train|supervise)"
NEW_NAME = r"(?:the |an? )?(?-i:[A-Z])[\w-]*(?: \([^()]*\))?"
TOOL = r"(?:systems?|platform|library|toolkit|toolbox|infrastructure|package|recipe|workflow|software|framework for (?:training|serving))"
THEORY_TERMS = re.compile(
    r"\b(?:regret|lower bounds?|upper bounds?|tight bounds?|minimax|theorem|prov(?:e|es|ed|ably|able)|proofs?|guarantees?|sample complexity|"
    r"query complexity|polynomial\w*|polylogarithmic|near-optimal|competitive ratio|approximation ratio|(?:convergence|statistical|optimal|fast|slow|parametric|minimax|learning-theoretic) rates?|rates? of convergence|theoretical framework|sublinear|"
    r"equilibri\w+|information-theoretic\w*|statistical(?:ly)?|characteri[sz]\w+|theoretical(?:ly)?|theory|realizability|coverage|"
    r"linear mdps?|hardness|oracle|suboptimality|asymptotic\w*|worst-case|black-box reduction|submodular|best possible|learning-augmented|"
    r"analytically|rigorous(?:ly)?|necessary and sufficient|optimal algorithm|competitive|bandits?)\b",
    re.IGNORECASE,
)


class Cue(NamedTuple):
    """A pattern, where it is looked for (title or own sentences), and its weight for each kind that it bears on."""

    name: str
    where: str
    pattern: re.Pattern[str]
    weights: dict[str, float]


def _cue(name: str, where: str, pattern: str, weights: dict[str, float]) -> Cue:
    return Cue(name, where, re.compile(pattern, re.IGNORECASE), weights)


CUES = (
    _cue(
        "title of a survey",
        "title",
        r"\b(?:survey|review|overview|roadmap|position|tutorial|primer|taxonomy|opportunities)\b",
        {SURVEY: 1.2},
    ),
    _cue(
        "title with a test bed",
        "title",
        r"\b(?:benchmark(?:s|ing)?|datasets?|data ?set|suite|corpus|test ?bed|a new challenge|(?:learning )?environments?\b(?! design)|gym)\b",
        {BENCHMARK: 0.4, METHOD: -0.7},
    ),
    _cue(
        "title that is a test bed",
        "title",
        r"^[^:]{2,30}: .*\b(?:benchmark|datasets?|data ?set|corpus|suite|challenge|gym|test ?bed|tasks)\b|\b(?:dataset|benchmark) (?:for|of)\b",
        {BENCHMARK: 1.5, METHOD: -0.9},
    ),
    _cue(
        "title of theory",
        "title",
        r"\b(?:provabl[ey]|theor(?:y|etic\w*)|bounds?|regret|convergence|optimality|complexity|guarantees?|minimax|near-optimal|optimal algorithms?|bandits?|hardness|equilibri\w+|competitive ratio|efficient algorithms|fast rates|mdps?|markov games?|rewards)\b",
        {THEORY: 0.5, METHOD: -1.0},
    ),
    _cue(
        "title of a study",
        "title",
        r"\?|\b(?:empirical|study|analysis|understanding|revisiting|investigat\w+|rethinking|reality check|lessons|evaluating|assessing|comparison|case study|exploring|effects? of|impact of|what matters|do(?:es)?|unpacking|emergent|scaling laws?|benefits of|importance of|gap)\b",
        {STUDY: 1.3, METHOD: -1.4},
    ),
    _cue(
        "title with a system",
        "title",
        r"\b(?:system|platform|library|toolkit|toolbox|infrastructure|workflow|open-source|serving|technical report)\b",
        {SYSTEM: 0.8, METHOD: -0.5},
    ),
    _cue(
        "title that is a system",
        "title",
        r"^[^:]{2,30}: .*\b(?:system|library|toolkit|platform|toolbox|software|workflow|distributed framework|serving)\b|\bsystem design\b|\btoolbox\b",
        {SYSTEM: 1.3, METHOD: -1.0},
    ),
    _cue("title with a name before a colon", "title", r"^\S+:", {BENCHMARK: 0.4, SYSTEM: 0.5, STUDY: -0.5}),
    _cue(
        "calls itself a survey",
        "own",
        r"\bthis (?:survey|review|overview|tutorial|position paper)\b|\bwe (?:critically )?(?:survey|review)|\b(?:overview|survey|comprehensive review|taxonomy) (?:of|on)\b|\bposition paper\b|\baims to provide an overview",
        {SURVEY: 1.6, METHOD: -0.6, STUDY: -0.4, THEORY: -0.4},
    ),
    _cue(
        "introduces a test bed",
        "own",
        rf"\b(?:we|this paper|this work|authors)\b[^.;]{{0,40}}?\b(?!describ|provid|implement){MAKE}\b(?: \S+){{0,7}}? {BED}\b(?! (?:for|of) training)(?!{AS_A_STEP})",
        {BENCHMARK: 2.0, METHOD: -0.8, THEORY: -1.0},
    ),
    _cue(
        "names a test bed",
        "own",
        rf"\b(?:introduc|present|propos|releas|construct|creat|develop|build|built|collect|curat)\w* {NEW_NAME}(?:,| -| –|:)? (?:an? |the )(?:[\w-]+,? ){{0,6}}?{BED}\b",
        {BENCHMARK: 1.2, METHOD: -0.6},
    ),
    _cue(
        "studies an effect",
        "own",
        r"\b(?:stud(?:y|ies)|analy[sz]es?|quantif(?:y|ies)|measures?|investigates?|examines?|assess(?:es)?|understand) (?:\w+ )?(?:the )?"
        r"(?:\w+ )?(?:effects?|impacts?|influence|role|extent|sensitivity|contribution) (?:of|to which)\b",
        {STUDY: 1.0, METHOD: -0.5},
    ),
    _cue(
        "speaks of its test bed",
        "own",
        r"\b(?:this|our|the) (?:dataset|benchmark|corpus|environment|platform)\b|\bis (?:a|the) [^.;,]{0,40}(?:benchmark|dataset)\b",
        {BENCHMARK: 0.7, METHOD: -0.4},
    ),
    _cue(
        "proves",
        "own",
        r"\b(?:we|our [\w ]{0,30}?|this paper) (?:\w+ ){0,3}(?:prove|establish|characteri[sz]e|derive)\b|\bwe show (?:that|how)\b[^.;]{0,80}(?:regret|bound|complexity|optimal|polynomial|equilibri|rate)",
        {METHOD: -0.6},
    ),
    _cue("states a rate", "own", r"(?:\bO|Omega|Theta|tilde O) ?\(?[({]|\bpoly\(", {THEORY: 0.8, METHOD: -0.5}),
    _cue(
        "experiments",
        "own",
        r"\b(?:experiments?|experimental(?:ly)?|empirical(?:ly)?|benchmarks?|evaluat\w+|datasets?)\b",
        {SYSTEM: 0.8, SURVEY: -0.5, THEORY: -0.7},
    ),
    _cue(
        "does better than others",
        "own",
        r"\b(?:outperform\w*|state-of-the-art|superior\w*|surpass\w*|sota|competitive performance)\b",
        {METHOD: 0.6, THEORY: -0.6},
    ),
    _cue("gives a figure", "own", r"\d\s?(?:%|×|x\b|times\b)", {SYSTEM: 0.6, SURVEY: -0.4, THEORY: -0.7}),
    _cue(
        "reports findings",
        "own",
        r"\bwe (?:\w+ ){0,2}(?:find|found|observe|reveal|uncover|discover)\b|\bour (?:findings|analysis|study|results|investigation) (?:\w+ )?(?:reveal|show|suggest|indicate|highlight|sheds?|provide|demonstrate)|\bfindings\b",
        {STUDY: 0.8, BENCHMARK: 0.4, SURVEY: -0.5, SYSTEM: -0.4},
    ),
    _cue(
        "studies",
        "own",
        r"\b(?:we|this (?:paper|work|study|thesis)) (?:\w+ ){0,2}(?:stud(?:y|ies)|investigates?|examines?|analy[sz]es?|explores?|compares?|revisits?|reviews?|assess|evaluate)\b",
        {BENCHMARK: 0.4, METHOD: -0.4, SYSTEM: -0.4},
    ),
    _cue(
        "calls itself a study",
        "own",
        r"\b(?:empirical study|extensive (?:empirical )?(?:study|experimentation|empirical studies)|comprehensive (?:study|analysis|evaluation)|systematic(?:ally)? (?:study|analysis|evaluat\w+|compar\w+|investigat\w+)|large-scale (?:study|evaluation)|case study|ablation study|controlled (?:experiments|study))\b",
        {METHOD: -0.9, SYSTEM: 0.6, THEORY: 0.4},
    ),
    _cue(
        "introduces a system",
        "own",
        rf"\b(?:we|this (?:paper|work)|our (?:work|paper))\b[^.;]{{0,40}}?\b{MAKE}\b(?: \S+){{0,6}}? {TOOL}\b",
        {SYSTEM: 1.1, METHOD: -0.7},
    ),
    _cue(
        "names a system",
        "own",
        rf"\b{NEW_NAME}(?:,| is| -| –) an? (?:[\w-]+,? ){{0,4}}?(?:system|library|toolkit|platform|package|simulator|runtime|compiler|engine)\b(?! of)",
        {SYSTEM: 1.2, METHOD: -0.4},
    ),
    _cue(
        "speaks of a system",
        "own",
        r"\b(?:open-source\w*|scalab\w+|throughput|latency|modular|API|GPU-accelerated|production|deployed|plugin|interface|package|toolkit|library)\b",
        {SYSTEM: 1.2, STUDY: -0.6, THEORY: -0.5},
    ),
    _cue(
        "proposes a method",
        "own",
        rf"\b(?:we|this (?:paper|work|article|research|study)|which|and|to) (?:\w+ ){{0,3}}?{DO}\b(?!{NO_METHOD})[^.;]{{0,80}}?\b{THING}\b",
        {METHOD: 1.1, THEORY: 0.4, SURVEY: -0.7, STUDY: -0.9},
    ),
    _cue(
        "speaks of its method",
        "own",
        r"\b(?:our|the proposed) (?:[\w-]+ ){0,2}?(?:method|approach|framework|model|technique|scheme|network|strategy)\b",
        {METHOD: 1.1, BENCHMARK: -0.5},
    ),
    _cue("speaks of its algorithm", "own", r"\bour (?:[\w-]+ ){0,2}?algorithms?\b", {THEORY: 0.5}),
    _cue("calls itself novel", "own", r"\bnovel\b", {METHOD: 0.5, BENCHMARK: -0.6, THEORY: -0.5}),
)


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

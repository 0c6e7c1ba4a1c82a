"""Words of a sentence that may name a method: known names, words written as names, and noun phrases for techniques.

A noun phrase counts when its head is a way to do something ("packet spraying", "ridge regression"): not a task, a
problem, a quantity or a verb form. What stands before the head belongs to it as long as it tells which kind it is.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.abbreviations import FORMULA, looks_like_a_name, name_spans
from litreview.evidence.benchmarks import is_framework
from litreview.evidence.lexicon import Lexicon, mentions
from litreview.evidence.proper_names import BENCHMARK, METHOD, members, run_at
from litreview.evidence.rhetorical_roles import Reading, Sentence
from litreview.text.patterns import any_word, nouns, verbose

GERUNDS = any_word(
    "annealing averaging bagging boosting bootstrapping caching clipping cloning clustering decoding distilling editing "
    "ensembling filtering finetuning fine-tuning hashing learning masking matching merging mining mixing modeling "
    "modelling planning pooling pre-training pretraining probing prompting pruning reranking resampling reweighting "
    "routing sampling scheduling searching shaping smoothing spraying steering teaching training tuning upcycling "
    "voting weighting"
)
NOUNS = any_word(
    "adaptation aggregation alignment ascent attention augmentation bandits? cascades? classifiers? constraints? "
    "convolutions? critic curricul(?:um|a) decomposition descent diffusion distillation dropout elimination "
    "ensembles? estimators? factori[sz]ation features filters? flows? forests? gradients? imitation injection "
    "interpolation iteration laws? LP loss(?:es)? learners? multipliers networks? normali[sz]ation optimi[sz]ation "
    "parameteri[sz]ation passing penalt(?:y|ies) perceptrons? processes programming programs? projections? propagation "
    "pursuit quanti[sz]ation randomi[sz]ation regression regulari[sz]ation regulari[sz]ers? rehearsal relaxation "
    "replay restarts routers? rules? search selection sparsity splines? splitting supervision transfer transformers? "
    "transport trees? updates? walks?"
)
HEAD = verbose(rf"(?<![\w’'])(?:[a-z]+-)?(?:{GERUNDS}|{NOUNS})(?![\w’']|-(?!based|style))")
HEAD_LAST = verbose(rf"(?:{GERUNDS}|{NOUNS})$")
MORE_CLASSES = nouns(
    "baseline bot competitor counterpart function heuristic idea loss mechanism objective paradigm pipeline principle "
    "process scheme solver trick"
)
CLASS = rf"(?:{METHOD}|{MORE_CLASSES})"
CLASS_NOUN = re.compile(rf"\s(?!baseline|counterpart|competitor){CLASS}\b")
LISTED = verbose(rf"\b{CLASS} \((?:e\.g\.,? |i\.e\.,? |including |such as )?([^()]{{3,160}})\)")
# What a noun phrase stands before when it only tells of which kind something else is.
OTHER_HEAD = re.compile(
    r"[ -](?!based)"
    + nouns(
        "agent bias budget capability community cost curve data dataset dynamic environment error example experiment "
        "label literature loop nature overhead parameter performance phase problem rate regime research reward scenario "
        "setting speed stage step structure task term theory time weight"
    )
    + r"\b"
)
OBJECT = re.compile(r"(?<=ing) (?:an?|the|its|their|our|these|this)\b")  # behind a verb: "learning the …"
PROBLEM = verbose(r"\b(?:forget|overfit|collaps|hack|drift|bias|noise|shift|attack|leak|hallucinat|over-?optimi)\w*")
NO_MODIFIER = frozenset(
    "a about across ad-hoc additional adopt advanced after against all also alternative an and any apply appropriate "
    "are as at available based baseline be been before better between both but by can canonical cheap classic "
    "classical combine common compare competitive complex conventional costly current customized design devise did "
    "different diverse do does during each effective enable ensure efficient either employ even existing expensive extensive extra "
    "find first following for from full further general generic good guide handle has had have high how ideal if improve in include "
    "individual initial innovative instead integrate into introduce is it its large large-scale latest leading less leverage lightweight like limited "
    "make many may meticulous might minimal modern more most multiple naive naïve new no nor not novel obtain of on one only "
    "optimal or original other our over own perform plain popular powerful practical present previous prior propose "
    "pure recent reduce same second separate several show similar simple single small so some specific stable standard "
    "state-of-the-art strong study such support than that the their then there these third this those three through to top "
    "traditional train two typical under unified unlike unstable use usual vanilla various via was we well well-known "
    "were what when where whether which while who whose will with within without would".split()
)
PARTICIPLES = frozenset(
    "constrained coupled decoupled distributed federated guided masked mixed nested paired randomized regularized "
    "shared structured supervised unconstrained unsupervised weighted".split()
)
GENERAL = re.compile(r"(?:online|offline|deep|theoretical|human|sample-efficient|scalable|distributed)\b", re.IGNORECASE)  # of an area, no technique of its own
CITED = re.compile(
    r"\[[A-Z][^\W\d]+ (?:et al|and|&)[^\[\]]{0,60}\]|[A-Z][^\W\d]+ (?:et al\.?|(?:and|&) [A-Z][^\W\d]+),? \(\d{4}\)"
)
MOST_MODIFIERS = 4
TOOLS = frozenset("BO GP MoE PEFT PETL SSM GNN".split())  # areas of the lexicon whose name is also that of a tool
AREAS = frozenset("RLHF RLAIF RLVR".split())


class Candidate(NamedTuple):
    """What may name a method: its extent in the sentence, its place, the name it goes by, and its kind."""

    left: int
    right: int
    start: int
    end: int
    name: str
    kind: str


def candidates(sentence: Sentence, reading: Reading, lexicon: Lexicon, own: set[str]) -> list[Candidate]:
    """Return what may name a method in a sentence, in order and without overlap; not the paper's own names."""
    text = sentence.text
    phrases = _phrases(text)
    known = [_widened(text, one, phrases) for one in _known(sentence, reading, lexicon)]
    known = [one for one in known if one.kind or not any(_overlap(one, phrase) for phrase in phrases)]
    taken = list(_parts(sentence, lexicon, own))
    for one in (*_listed(text, lexicon), *_cited(text), *known, *_defined(sentence), *phrases, *_written(text, reading)):
        if not any(_overlap(one, other) for other in taken) and not _own(text, one, own):
            taken.append(one)
    return [_with_noun(text, one) for one in sorted(taken) if one.kind]


def _parts(sentence: Sentence, lexicon: Lexicon, own: set[str]) -> Iterator[Candidate]:
    """Find known methods that the long form of an own name holds: "Statistical Rejection Sampling Optimization (RSO)"."""
    for pair in sentence.defined:
        if pair.short.text.casefold() in own:
            for one in lexicon.mentions(pair.long.text):
                start, end = pair.long.start + one.start, pair.long.start + one.end
                if one.kind in ("methods", "techniques") and len(one.name) < len(pair.long.text) and (start, end) != pair.long[:2]:
                    yield Candidate(start, end, start, end, one.name, one.kind)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.left < other.right and other.left < one.right


def _own(text: str, one: Candidate, own: set[str]) -> bool:
    """Whether a candidate is a name of the paper's own, holds one ("UL2 20B") or begins one."""
    name, whole = one.name.casefold(), text[one.start : one.end].casefold()
    words = {name, whole, text[one.left : one.right].casefold(), *re.split(r"[ -]", whole)}
    return bool(words & own) or (one.kind in ("written", "capitals") and any(long.startswith(f"{name} ") for long in own))


def _with_noun(text: str, one: Candidate) -> Candidate:
    """Return an area or a technique with the noun behind it that tells what it is: "policy constraint algorithms"."""
    noun = CLASS_NOUN.match(text, one.right) if one.kind in ("fields", "phrase") and not one.name.istitle() else None
    return one._replace(right=noun.end(), end=noun.end() if one.end == one.right else one.end) if noun else one


def _cited(text: str) -> Iterator[Candidate]:
    """Find work that is named by its authors: "[Doe et al., 2024]", "Doe and Roe (2020)"."""
    for match in CITED.finditer(text):
        yield Candidate(*match.span(), *match.span(), match[0].strip("[]"), "cited")


def _listed(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Find the members of a bracketed list of methods: "schedules (linear, cosine, and OneCycle)"."""
    for match in LISTED.finditer(text):
        spans = [span for span in members(match) if span.text]
        if len(spans) > 2 and all(len(span.text.split()) <= 4 and not FORMULA.search(span.text) for span in spans):
            yield from (Candidate(*span[:2], *span[:2], lexicon.name(span.text), "written") for span in spans)


def _known(sentence: Sentence, reading: Reading, lexicon: Lexicon) -> Iterator[Candidate]:
    """Find the names of the lexicon; those of data, measures and the like without a kind, as they name no method."""
    for one in mentions(sentence, reading, lexicon):
        pair = next((p for p in sentence.defined if p.short[:2] == (one.start, one.end)), None)
        left, right = (pair.long.start, pair.short.end + 1) if pair else (one.start, one.end)
        if pair and pair.short.end < pair.long.start:
            left, right = pair.short.start, pair.long.end + 1
        kind = one.kind if one.kind in ("methods", "models", "techniques", "fields") else ""
        if kind == "fields" and not any(HEAD_LAST.search(s) for s in [one.name, *lexicon.kinds[kind][one.name]]):
            kind = ""
        if is_framework(sentence.text, one): kind = "models"
        if one.name in TOOLS: kind = "techniques"
        if one.name in AREAS: kind = "fields"
        if re.match(rf"\)?\s{BENCHMARK}\b", sentence.text[one.end :], re.IGNORECASE) or OTHER_HEAD.match(sentence.text, right):
            kind = ""
        yield Candidate(left, right, one.start, one.end, one.name, kind)


def _widened(text: str, one: Candidate, phrases: list[Candidate]) -> Candidate:
    """Return a technique or field with the words that tell which kind it is: "structured pruning"."""
    whole = next((p for p in phrases if p.left < one.left < p.right <= one.right), None)
    if not whole or one.kind not in ("techniques", "fields") or one.left != one.start:
        return one
    words = text[whole.start : one.end]
    if one.kind == "fields" and GENERAL.match(words):
        return one
    kind, name = ("phrase", words) if one.kind == "fields" else (one.kind, one.name)
    return one._replace(left=whole.left, start=whole.left, kind=kind, name=name)


def _defined(sentence: Sentence) -> Iterator[Candidate]:
    """Find techniques that the sentence abbreviates; what else it abbreviates names no method."""
    for short, long in sentence.defined:
        left, right = min(short.start, long.start), max(short.end, long.end) + 1
        kind = "phrase" if HEAD_LAST.search(long.text) else ""
        yield Candidate(left, right, short.start, short.end, short.text, kind)


def _phrases(text: str) -> list[Candidate]:
    """Find noun phrases for techniques, the longest at each place."""
    found: dict[int, Candidate] = {}
    for head in HEAD.finditer(text):
        start, end = _phrase_start(text, head.start()), head.end()
        words = text[start:end]
        named = " " in words or "-" in words or text[:start].endswith(("“", '"')) or (words == "transformer" and text[end:].startswith("-"))
        if named and not (OTHER_HEAD.match(text, end) or PROBLEM.search(words) or OBJECT.match(text, end)):
            found[start] = Candidate(start, end, start, end, words, "phrase")
    return list(found.values())


def _phrase_start(text: str, start: int) -> int:
    """Return where the words begin that tell of which kind a head is."""
    for _ in range(MOST_MODIFIERS):
        word = re.search(r"(?:^|(?<=[\s(“\"]))[A-Za-z0-9][\w*+'’/-]* $", text[max(0, start - 40) : start])
        if not word or not _modifies(word[0].strip()):
            return start
        start -= len(word[0])
    return start


def _modifies(word: str) -> bool:
    plain = word.casefold()
    if plain in NO_MODIFIER or plain.endswith("ly") or re.search(r"(?<![sui])s$", plain) or plain.isdigit():
        return False
    if "-" in plain or plain in PARTICIPLES:
        return not plain.startswith("well-") and not HEAD_LAST.search(plain.removesuffix("-based"))
    return not plain.endswith(("ed", "ing")) or bool(re.fullmatch(GERUNDS, plain))


def _written(text: str, reading: Reading) -> Iterator[Candidate]:
    """Find words written as names, and runs of capitalised words inside the sentence."""
    for one in name_spans(text):
        long = reading.abbreviations.get(one.text) or reading.abbreviations.get(one.text.removesuffix("s"))
        kind = "written" if not long or HEAD_LAST.search(long) else ""
        if re.match(rf"\)?\s{BENCHMARK}\b", text[one.end :], re.IGNORECASE) or one.text.startswith("no-"): kind = ""
        yield Candidate(one.start, one.end, one.start, one.end, one.text, kind)
    for opening in re.finditer(r"(?<=[a-z,(] )(?=[A-Z])|(?<=\()(?=[A-Z])", text):
        run = run_at(text, opening.end())
        if run and len(run.text) > 2:
            yield Candidate(run.start, run.end, run.start, run.end, run.text, "written" if looks_like_a_name(run.text.split()[0]) else "capitals")

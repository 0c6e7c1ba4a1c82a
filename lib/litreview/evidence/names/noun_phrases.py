"""What in a sentence may name a method: known names, words written as names, citations, noun phrases for techniques.

A noun phrase counts when its head is a way to do something ("packet spraying", "ridge regression"): not a task, a
quantity or a verb form. What stands before the head belongs to it as long as it tells which kind it is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from litreview.evidence.abstract_sentences import Sentence, apart
from litreview.evidence.benchmarks import is_framework
from litreview.evidence.names.abbreviations import Definition
from litreview.evidence.names.lexicon import Lexicon, Mention, mentions
from litreview.evidence.names.proper_names import CLASS, RUN
from litreview.text.patterns import Cues, PatternSet, any_word, nouns, verbose

NAMES = ("methods", "models", "written")  # kinds that name a method wherever they stand
HEADS = any_word(
    "adaptation aggregation alignment annealing ascent attention augmentation averaging bandits? boosting cloning "
    "clustering constraints? critic curricul(?:um|a) decoding decomposition descent diffusion distillation dropout "
    "ensembles? estimators? factori[sz]ation filtering finetuning fine-tuning flows? forests? gradients? interpolation "
    "iteration laws? learners? learning LP loss(?:es)? masking matching merging modell?ing networks? normali[sz]ation "
    "optimi[sz]ation passing penalt(?:y|ies) planning pre-?training processes programming projections? prompting "
    "propagation pruning quanti[sz]ation randomi[sz]ation regression regulari[sz]ation regulari[sz]ers? replay "
    "resampling reweighting routing rules? sampling scheduling search selection shaping smoothing sparsity spraying "
    "training transfer transformers? transport trees? tuning updates?"
)
HEAD = PatternSet({"head": rf"\b(?:[a-z]+-)?{HEADS}\b"})
ONLY_HEAD = verbose(HEADS)
CLASS_NOUN = re.compile(rf"\s{CLASS}\b")
LISTED = Cues({"listed": verbose(rf"\b{CLASS} \((?:e\.g\.,? |i\.e\.,? |including |such as )?([^()]{{3,160}})\)")})
MEMBER = re.compile(r"\s*(?:and |or )?([^,]+)(?<!\s)")  # "linear, cosine, and OneCycle"
# What a name stands before when it only tells of which kind something else is.
OTHER = nouns(
    "agent benchmark budget cost curve data dataset dynamic environment error experiment label metric overhead "
    "parameter performance phase problem rate reward scenario setting speed stage step structure task term theory time"
)
OTHER_HEAD = re.compile(rf"[ -](?:{OTHER}|\w+ing {CLASS})\b")  # "MoE training systems"
# Words before a name that do not belong to it: which, how many, how good.
QUALIFIERS = (
    "a additional advanced all an any baseline both canonical cheap classic classical common competitive conventional "
    "current different diverse each efficient effective existing expensive feasible first full general ideal "
    "individual innovative its large large-scale latest many minimal modern more most multiple naive naïve new novel "
    "one optimal original other plain popular powerful previous prior proposed pure recent same several similar simple "
    "single small some specific stable standard static strong such the their these those three traditional two typical "
    "unstable used vanilla various well-known"
)
NO_MODIFIERS = (
    "about across after against apply before between combine employ from handle into like only over state-of-the-art "
    "than that then this through train under unlike when where whether which while with without"
)
NO_MODIFIER = frozenset(f"{QUALIFIERS} {NO_MODIFIERS}".split())
PARTICIPLES = frozenset("constrained distributed masked mixed regularized structured supervised weighted".split())
MODIFIER = re.compile(r"[A-Za-z0-9][\w*+'’/-]*")
MOST_MODIFIERS, LONGEST = 3, 40  # words before a head, and letters of one
TOOLS = frozenset("BO GP MoE PEFT PETL SSM GNN".split())  # areas of the lexicon whose name is also that of a tool


class Candidate(NamedTuple):
    """What may name a method: its extent in the sentence, its place, the name it goes by, and its kind.

    `opens` is where the list begins in which it stands, `example` whether that list gives examples of something.
    """

    left: int
    right: int
    start: int
    end: int
    name: str
    kind: str
    opens: int = 0
    example: bool = False


def candidates(sentence: Sentence, lexicon: Lexicon, own: set[str]) -> list[Candidate]:
    """Return what may name a method in a sentence, in order and without overlap; not the paper's own names."""
    text = sentence.text
    phrases = _phrases(text)
    known = [_widened(text, one, phrases) for one in _known(sentence, lexicon)]
    known = [one for one in known if one.kind or not any(one.left < p.right and p.left < one.right for p in phrases)]
    found = apart([*_listed(text), *known, *_defined(sentence), *phrases, *_written(sentence)])
    return [_with_noun(text, one) for one in found if _names_a_method(text, one, own)]


def _names_a_method(text: str, one: Candidate, own: set[str]) -> bool:
    """Whether a candidate is no name of the paper's own, and stands for itself: not "RL methods", "T0 tasks"."""
    if not one.kind or own & {one.name.casefold(), text[one.start : one.end].casefold()}:
        return False
    return not ((one.kind == "fields" and CLASS_NOUN.match(text, one.right)) or OTHER_HEAD.match(text, one.right))


def _with_noun(text: str, one: Candidate) -> Candidate:
    """Return a technique with the noun behind it that tells what it is: "policy constraint algorithms"."""
    noun = CLASS_NOUN.match(text, one.right) if one.kind == "phrase" else None
    return one._replace(right=noun.end(), end=noun.end()) if noun else one


def _listed(text: str) -> Iterator[Candidate]:
    """Find the members of a bracketed list of methods: "schedules (linear, cosine, and OneCycle)"."""
    for _, match in LISTED.matches(text):
        spans = [member.span(1) for member in MEMBER.finditer(text, *match.span(1))]
        for start, end in spans if len(spans) > 2 else ():
            yield Candidate(start, end, start, end, text[start:end], "written")


def _known(sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    for one in mentions(sentence, lexicon):
        pair = next((p for p in sentence.defined if p.short[:2] == (one.start, one.end)), None)
        left, right = _extent(pair) if pair else (one.start, one.end)
        yield Candidate(left, right, one.start, one.end, one.name, _kind(sentence.text, one, lexicon))


def _extent(pair: Definition) -> tuple[int, int]:
    return min(pair.short.start, pair.long.start), max(pair.short.end, pair.long.end)


def _kind(text: str, one: Mention, lexicon: Lexicon) -> str:
    """Return the kind of a known name; none where it names no way to do something: data, a measure, a problem."""
    if one.name in TOOLS or is_framework(text, one):
        return "techniques"
    if one.kind == "fields":
        return "fields" if any(map(_ends_in_head, (one.name, *lexicon.kinds["fields"][one.name]))) else ""
    return one.kind if one.kind in (*NAMES, "techniques") else ""


@lru_cache(maxsize=1 << 12)
def _ends_in_head(name: str) -> bool:
    return bool(ONLY_HEAD.fullmatch(re.split(r"\W", name)[-1]))


def _widened(text: str, one: Candidate, phrases: list[Candidate]) -> Candidate:
    """Return a technique or an area with the words that tell which kind it is: "structured pruning"."""
    whole = next((p for p in phrases if p.left < one.left < p.right <= one.right), None)
    if not whole or one.kind not in ("techniques", "fields") or one.left != one.start:
        return one
    kind, name = ("phrase", text[whole.start : one.end]) if one.kind == "fields" else (one.kind, one.name)
    return one._replace(left=whole.left, start=whole.left, kind=kind, name=name)


def _defined(sentence: Sentence) -> Iterator[Candidate]:
    """Find techniques that the sentence abbreviates; what else it abbreviates names no method."""
    for pair in sentence.defined:
        kind = "phrase" if _ends_in_head(pair.long.text) else ""
        yield Candidate(*_extent(pair), *pair.short[:2], pair.short.text, kind)


def _phrases(text: str) -> list[Candidate]:
    """Find noun phrases for techniques, the longest at each place."""
    found: dict[int, Candidate] = {}
    for _, head, end in HEAD.spans(text, ["head"]):
        last, start = next(reversed(found.values()), None), _with_modifiers(text, head)
        start = last.start if last and last.end == start - 1 else start  # "stream learning adaptive ensembles"
        words = text[start:end]
        if not ONLY_HEAD.fullmatch(words):
            found[start] = Candidate(start, end, start, end, words, "phrase")
    return list(found.values())


def _with_modifiers(text: str, start: int) -> int:
    """Return where a phrase begins whose head begins at `start`: with the words that tell of which kind it is."""
    for _ in range(MOST_MODIFIERS):
        word = text[max(0, start - LONGEST) : start - 1].rsplit(" ", 1)[-1]
        if text[start - 1 : start] != " " or not MODIFIER.fullmatch(word) or not _modifies(word):
            break
        start -= len(word) + 1
    return start


def _modifies(word: str) -> bool:
    """Whether a word before a head may tell of which kind it is: no small word, no verb, no plural, no praise."""
    small, plain = len(word) < 4 and not word[1:].isupper(), word.casefold()
    if small or plain.startswith("well-") or plain in NO_MODIFIER or re.search(r"(?<![sui])s$", plain):
        return False
    return "-" in plain or plain.removeprefix("un") in PARTICIPLES or not plain.endswith(("ed", "ing", "ly"))


def _written(sentence: Sentence) -> Iterator[Candidate]:
    """Find words written as names, and runs of capitalised words inside the sentence."""
    for one in sentence.names:
        yield Candidate(one.start, one.end, *one, "written")
    for run in RUN.finditer(sentence.text, 1):  # the first word of a sentence has a capital anyway
        kind = "written" if " " in run[0] else "capitals" if len(run[0]) > 2 else ""
        yield Candidate(*run.span(), *run.span(), run[0], kind)

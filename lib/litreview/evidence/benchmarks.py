"""Data sets, benchmarks and environments that an abstract says it evaluates on.

A benchmark of the lexicon counts wherever the paper speaks of its own work. A name that the lexicon does not have
counts where the sentence points at it as one: "on the X dataset", "benchmarks such as X and Y", "results on X and Y".
What the paper itself introduces counts where it is used: "we train PPO on X".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.lexicon import Lexicon, Mention, mentions
from litreview.evidence.names import ASIDE, TextSpan, looks_like_a_name, run_at
from litreview.evidence.rhetorical_roles import Found, Reading, Sentence

BENCHMARK_KINDS = ("datasets", "benchmarks", "environments")
NOUN = (
    r"(?:datasets?|data ?sets?|benchmarks?|environments?|suites?|corpus|corpora|leaderboards?|challenges?"
    r"|test ?beds?|harness|"
    r"simulators?|tasks?|domains?|games?|instances|repositor(?:y|ies)|test (?:sets?|splits?)|validation|collections?)"
)
NAMED_SO = re.compile(rf"(?:,? and [\w-]+)? {NOUN}\b", re.IGNORECASE)
AFTER_NAME = re.compile(rf"\)?\s*(?:\([^()]*\)\s*)?(?:[a-z][\w-]* ){{0,2}}?{NOUN}\b", re.IGNORECASE)
POINTER = re.compile(
    rf"\b(?P<listed>{NOUN}(?: \(| \[| \{{| from|,? (?:such as|like|including|e\.g\.,?|i\.e\.,?|namely|called)|:|,)?)\s+"
    r"|\b(?P<on>on|across|over)\s(?:(?:the|both|several|all|a|an)\s){0,2}|\b(?P<in>in|using|from|solv\w+|play\w*"
    r"|tackl\w+|master\w*|complet\w+|winning|wins?)\s(?:the\s)?",
    re.IGNORECASE,
)
LOWER = re.compile(r"(?:[a-z][a-z-]*\s){0,4}")
JOIN = re.compile(
    rf"\)?{ASIDE}(?: (?!and )[a-z-]+(?= and the ))?(?:,? (?:and |& )(?:the )?(?:on )?(?:the )?|, (?:the )?|/)"
)
EVALUATION = re.compile(
    r"\b(?:evaluat|experiment|results?\b|achiev|outperform|accurac|scor|test|validat|improv|benchmark|perform"
    r"|compar|surpass|"
    r"state-of-the-art|SOTA|reach|demonstrat|raises?|gain|implement|hurt|drop|degrad|transfer|generali[sz]|exceed"
    r"|beat|match|success|error|lowers)|\d%",
    re.IGNORECASE,
)
BED = r"(?:datasets?|data sets?|benchmark|environment|suite|corpus|simulator|platform|challenge|test ?bed)"
DOUBLE = re.compile(r"[A-Z][a-z]+-[A-Z][a-z]+")
USED = re.compile(
    r"\b(?:(?:evaluat|train|test|experiment|studi|study|perform|result|compar|assess|baselin|agent|accurac"
    r"|scor)\w*\b[^.;]{0,60}\bon|use) "
    r"(?:the |our )?$",
    re.IGNORECASE,
)


BUILT_ON = re.compile(
    r"\b(?:(?:buil[dt]|based|buil[dt] up) (?:up)?on(?: top of)?|on top of|extend(?:s|ing)|extension of"
    r"|compatible with|wrapper (?:for|around)|"
    r"inspired by|(?:derived|sourced|crawled|scraped|extracted|curated|collected) from|modelled on|similar to"
    r"|follow(?:s|ing)) (?:the |an? )?$",
    re.IGNORECASE,
)
FRAMEWORK = re.compile(r"\s(?:framework|interface|API|toolkit|wrapper|standard|format|compatible)\b")
METHOD_WORD = re.compile(
    r"(?:Learning|Optimi[sz]ation|Networks?|Models?|Transformers?|Algorithms?|Methods?|Training|Descent"
    r"|Gradients?|Search|Policy|Policies|"
    r"Process(?:es)?|Programming|Units?|Modeling|Problems?|Equations?|Regression)$"
)
PROPER = re.compile(r"[A-Z]\S*(?: (?:(?:of|for|in|to|and|on|the|with) )*[A-Z]\S*)+")
TITLED = re.compile(rf" {NOUN}(?: v?\d+(?:\.\d+)?)?$", re.IGNORECASE)  # Human Preference Dataset v2


class Pointer(NamedTuple):
    """How a sentence points at a list of names."""

    way: str
    names: list[TextSpan]
    length: int
    noun: bool
    named: bool


def evaluated(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """Find the benchmarks, in the order of the text; the caller keeps one row a name."""
    for sentence in reading.sentences:
        if sentence.own:
            known = list(mentions(sentence, reading, lexicon))
            for mention in known:
                if mention.name.casefold() not in own and _is_benchmark(sentence.text, mention):
                    yield _found(sentence, mention.start, mention.end, "known benchmark")
            for span in _pointed_at(sentence, reading, known):
                if span.text.casefold() not in own:
                    yield _found(sentence, span.start, span.end, "named as a benchmark")
    yield from _own_benchmarks_in_use(reading, own)


def _own_benchmarks_in_use(reading: Reading, own: set[str]) -> Iterator[Found]:
    """Introduced names that a word such as "benchmark" stands near, where the paper runs experiments on them."""
    text = f"{reading.title} {reading.abstract}"
    beds = [
        name
        for name in own
        if re.search(rf"{re.escape(name)}\W(?:(?! on )[^.]){{0,60}}?\b{BED}\b", text, re.IGNORECASE)
    ]
    for sentence in reading.sentences if beds else ():
        for match in re.finditer(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(beds)))})(?![\w-])", sentence.text, re.IGNORECASE
        ):
            if sentence.own and USED.search(sentence.text[: match.start()]):
                yield _found(sentence, *match.span(), "own benchmark, used")


def _is_benchmark(text: str, mention: Mention) -> bool:
    """A known benchmark, or a known method that names one here: "FLAN tasks"."""
    if BUILT_ON.search(text[: mention.start]) or is_framework(text, mention):
        return False
    return mention.kind in BENCHMARK_KINDS or (
        mention.kind in ("methods", "models") and bool(NAMED_SO.match(text, mention.end))
    )


def is_framework(text: str, mention: Mention) -> bool:
    """Whether a known benchmark is named as what the paper builds on: "the OpenAI Gym framework"."""
    return mention.kind in BENCHMARK_KINDS and bool(FRAMEWORK.match(text, mention.end))


def _pointed_at(sentence: Sentence, reading: Reading, known: list[Mention]) -> Iterator[TextSpan]:
    """Unknown names in a list at which the sentence points."""
    evaluation = bool(EVALUATION.search(sentence.text))
    for pointer in _pointers(sentence, known):
        for name in pointer.names:
            long = reading.abbreviations.get(name.text) or reading.abbreviations.get(name.text.removesuffix("s"))
            if (not long or _long_benchmark(long, pointer, evaluation)) and _counts(pointer, name.text, evaluation):
                yield name


def _long_benchmark(long: str, pointer: Pointer, evaluation: bool) -> bool:
    """Whether an abbreviation stands for a benchmark: by its noun, or as a proper name at which the sentence points."""
    if re.search(rf"{BED}$", long, re.IGNORECASE):
        return True
    proper = PROPER.fullmatch(long) and not METHOD_WORD.search(long)
    return bool(proper and (pointer.noun or (pointer.way == "on" and evaluation)))


def _counts(pointer: Pointer, name: str, evaluation: bool) -> bool:
    """Whether a name is a benchmark, by how it is written and how the sentence points at it."""
    written = any(looks_like_a_name(word) for word in name.split())
    titled = bool(TITLED.search(name))
    if pointer.way == "listed":
        return evaluation and (written or (pointer.length > 1 and pointer.noun))
    if pointer.way == "on":
        capitalised = pointer.named or titled or (bool(DOUBLE.fullmatch(name)) and evaluation)
        return capitalised or (written and (evaluation or pointer.noun))
    return titled or (written and pointer.noun)


def _pointers(sentence: Sentence, known: list[Mention]) -> Iterator[Pointer]:
    text = sentence.text
    beds = {mention.start: mention.end for mention in known if mention.kind in BENCHMARK_KINDS}
    others = [mention for mention in known if mention.kind not in BENCHMARK_KINDS]
    for match in POINTER.finditer(text):
        names: list[TextSpan] = []
        place, length, end = match.end(), 0, 0
        lower = LOWER.match(text, place) if match.lastgroup == "on" else None
        described = lower is not None and lower.end() > place
        place = lower.end() if lower else place
        while place in beds or (run := _name_at(text, place, others, sentence)):
            name = None if place in beds else run
            names += [name] if name else []
            end, length = name.end if name else beds[place], length + 1
            join = JOIN.match(text, end)
            if not join:
                break
            place = join.end()
        noun = bool(names and (AFTER_NAME.match(text, end) or match.lastgroup == "listed"))
        if names and (noun or not described):
            yield Pointer(str(match.lastgroup), names, length, noun, bool(NAMED_SO.match(text, end)))


def _name_at(text: str, place: int, others: list[Mention], sentence: Sentence) -> TextSpan | None:
    """The run of capitalised words at a place, unless it is a method; its abbreviation where the sentence has one."""
    run = run_at(text, place)
    if not run:
        return None
    pair = next((p for p in sentence.defined if p.long.start < run.end and run.start < p.long.end), None)
    name = pair.short if pair else run
    return None if any(_is_other(span, mention) for span in (run, name) for mention in others) else name


def _is_other(run: TextSpan, mention: Mention) -> bool:
    """Whether a run is a known method or area; "LM Evaluation Harness" is neither, although LM is."""
    overlap = mention.start < run.end and run.start < mention.end
    return overlap and not (mention.kind == "fields" and TITLED.search(run.text))


def _found(sentence: Sentence, start: int, end: int, rule: str) -> Found:
    return Found("evaluated_on", "abstract", sentence.start + start, sentence.start + end, rule)

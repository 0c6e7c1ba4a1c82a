"""Data sets, benchmarks and environments that an abstract says it evaluates on.

A benchmark of the lexicon counts wherever the paper speaks of its own work. A name that the lexicon does not have
counts where the sentence points at it as one: "on the X dataset", "benchmarks such as X and Y", "results on X and Y".
What the paper itself introduces counts where it is used: "we train PPO on X".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.names.abbreviations import TextSpan, looks_like_a_name, span_at, span_of
from litreview.evidence.names.lexicon import Lexicon, Mention, mentions
from litreview.evidence.names.proper_names import ASIDE, BENCHMARK, DATA, run_at
from litreview.evidence.rhetorical_roles import Found, Reading, Sentence
from litreview.text.patterns import any_word, nouns, verbose

BENCHMARK_KINDS = ("datasets", "benchmarks", "environments")
RUN_ON = rf"(?:{DATA}|platforms?)"
NAMED_SO = verbose(rf"(?:,? and [\w-]+)?\s{BENCHMARK}\b")
AFTER_NAME = verbose(rf"\)?\s*(?:\([^()]*\)\s*)?(?:[a-z][\w-]* ){{0,2}}?{BENCHMARK}\b")
POINTER = verbose(rf"""
    \b(?P<listed>{BENCHMARK}
        (?:\s\(|\s\[|\s\{{|\sfrom|,? (?:such as|like|including|e\.g\.,?|i\.e\.,?|namely|called)|:|,)?)\s+
    |  \b(?P<on>on|across|over)\s(?:(?:the|both|several|all|a|an)\s){{0,2}}
    |  \b(?P<in>in|using|from|solv\w+|play\w*|tackl\w+|master\w*|complet\w+|winning|wins?)\s(?:the\s)?
""")
LOWER = re.compile(r"(?:[a-z][a-z-]*\s){0,4}")
JOIN = re.compile(
    rf"\)?{ASIDE}(?: (?!and )[a-z-]+(?= and the ))?(?:,? (?:and |& )(?:the )?(?:on )?(?:the )?|, (?:the )?|/)"
)
EVALUATION = verbose(
    r"\d%|\bresults?\b|\b"
    + any_word(
        "accurac achiev beat benchmark compar degrad demonstrat drop error evaluat exceed experiment gain generali[sz] "
        "hurt implement improv lowers match outperform perform raises? reach scor SOTA state-of-the-art success "
        "surpass test transfer validat"
    )
)
DOUBLE = re.compile(r"[A-Z][a-z]+-[A-Z][a-z]+")
MEASURED = any_word("accurac agent assess baselin compar evaluat experiment perform result scor studi study test train")
USED = verbose(rf"\b(?:{MEASURED}\w*\b[^.;]{{0,60}}\bon|use) (?:the |our )?$")
BUILT_ON = verbose(r"""
    \b(?:(?:buil[dt]|based|buil[dt] up) (?:up)?on(?: top of)?  |  on top of  |  extend(?:s|ing)  |  extension of
      |  (?:derived|sourced|crawled|scraped|extracted|curated|collected) from
      |  compatible with  |  wrapper (?:for|around)  |  inspired by  |  modelled on  |  similar to  |  follow(?:s|ing)
    )\ (?:the |an? )?$
""")
FRAMEWORK = re.compile(r"\s(?:framework|interface|API|toolkit|wrapper|standard|format|compatible)\b")
METHOD_WORD = re.compile(
    nouns(
        "Algorithm Descent Equation Gradient Learning Method Model Modeling Network Optimi[sz]ation Policy Problem "
        "Process Programming Regression Search Training Transformer Unit"
    )
    + "$"
)
PROPER = re.compile(r"[A-Z]\S*(?: (?:(?:of|for|in|to|and|on|the|with) )*[A-Z]\S*)+")
TITLED = verbose(rf"\s{BENCHMARK}(?:\sv?\d+(?:\.\d+)?)?$")  # Human Preference Dataset v2


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
                    span = span_at(sentence.text, mention.start, mention.end)
                    yield sentence.found("evaluated_on", span, "known benchmark")
            for span in _pointed_at(sentence, reading, known):
                if span.text.casefold() not in own:
                    yield sentence.found("evaluated_on", span, "named as a benchmark")
    yield from _own_benchmarks_in_use(reading, own)


def _own_benchmarks_in_use(reading: Reading, own: set[str]) -> Iterator[Found]:
    """Find introduced names with a word such as "benchmark" near them, where the paper runs experiments on them."""
    text = f"{reading.title} {reading.abstract}"
    near = rf"\W(?:(?! on )[^.]){{0,60}}?\b{RUN_ON}\b"
    names = [re.escape(name) for name in sorted(own) if re.search(re.escape(name) + near, text, re.IGNORECASE)]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE)
    for sentence in reading.sentences if names else ():
        for match in pattern.finditer(sentence.text) if sentence.own else ():
            if USED.search(sentence.text[: match.start()]):
                yield sentence.found("evaluated_on", span_of(match), "own benchmark, used")


def _is_benchmark(text: str, mention: Mention) -> bool:
    """Whether a mention is a known benchmark, or a known method that names one here: "FLAN tasks"."""
    if BUILT_ON.search(text[: mention.start]) or is_framework(text, mention):
        return False
    names_one = mention.kind in ("methods", "models") and NAMED_SO.match(text, mention.end)
    return mention.kind in BENCHMARK_KINDS or bool(names_one)


def is_framework(text: str, mention: Mention) -> bool:
    """Whether a known benchmark is named as what the paper builds on: "the OpenAI Gym framework"."""
    return mention.kind in BENCHMARK_KINDS and bool(FRAMEWORK.match(text, mention.end))


def _pointed_at(sentence: Sentence, reading: Reading, known: list[Mention]) -> Iterator[TextSpan]:
    """Find unknown names in a list at which the sentence points."""
    evaluation = bool(EVALUATION.search(sentence.text))
    for pointer in _pointers(sentence, known):
        for name in pointer.names:
            long = reading.abbreviations.get(name.text) or reading.abbreviations.get(name.text.removesuffix("s"))
            if (not long or _long_benchmark(long, pointer, evaluation)) and _counts(pointer, name.text, evaluation):
                yield name


def _long_benchmark(long: str, pointer: Pointer, evaluation: bool) -> bool:
    """Whether an abbreviation stands for a benchmark: by its noun, or as a proper name at which the sentence points."""
    if re.search(rf"{RUN_ON}$", long, re.IGNORECASE):
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
    """Find every list of names that a sentence points at; members that the lexicon knows count for its length."""
    text = sentence.text
    for match in POINTER.finditer(text):
        lower = LOWER.match(text, match.end()) if match.lastgroup == "on" else None
        start = lower.end() if lower else match.end()
        names, length, end = _list_at(sentence, start, known)
        noun = bool(names and (AFTER_NAME.match(text, end) or match.lastgroup == "listed"))
        if names and (noun or start == match.end()):
            yield Pointer(str(match.lastgroup), names, length, noun, bool(NAMED_SO.match(text, end)))


def _list_at(sentence: Sentence, place: int, known: list[Mention]) -> tuple[list[TextSpan], int, int]:
    """Return the unknown names of the list at a place, how many members it has, and where it ends."""
    benchmarks = {mention.start: mention.end for mention in known if mention.kind in BENCHMARK_KINDS}
    others = [mention for mention in known if mention.kind not in BENCHMARK_KINDS]
    names: list[TextSpan] = []
    length, end = 0, 0
    while place in benchmarks or (name := _name_at(sentence, place, others)):
        names += [name] if place not in benchmarks and name else []
        end, length = benchmarks.get(place) or names[-1].end, length + 1
        join = JOIN.match(sentence.text, end)
        if not join:
            break
        place = join.end()
    return names, length, end


def _name_at(sentence: Sentence, place: int, others: list[Mention]) -> TextSpan | None:
    """Return the run of capitals at a place, unless it is a method; its abbreviation where the sentence has one."""
    run = run_at(sentence.text, place)
    if not run:
        return None
    pair = next((p for p in sentence.defined if p.long.start < run.end and run.start < p.long.end), None)
    name = pair.short if pair else run
    return None if any(_is_other(span, mention) for span in (run, name) for mention in others) else name


def _is_other(run: TextSpan, mention: Mention) -> bool:
    """Whether a run is a known method or area; "LM Evaluation Harness" is neither, although LM is."""
    overlap = mention.start < run.end and run.start < mention.end
    return overlap and not (mention.kind == "fields" and TITLED.search(run.text))

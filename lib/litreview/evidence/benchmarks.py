"""Data sets, benchmarks and environments that an abstract says it evaluates on.

A benchmark of the lexicon counts wherever the paper speaks of its own work. A name that the lexicon does not have
counts where the sentence points at it as one: "on the X dataset", "benchmarks such as X and Y", "results on X and Y".
"""

import re
from collections.abc import Iterator, Sequence

from litreview.evidence.abstract_sentences import Found, Reading, Sentence
from litreview.evidence.names.abbreviations import TextSpan, looks_like_a_name
from litreview.evidence.names.lexicon import Lexicon, Mention, mentions
from litreview.evidence.names.proper_names import ASIDE, BENCHMARK, run_at
from litreview.text.patterns import Cues, any_word, verbose

BENCHMARK_KINDS = ("datasets", "benchmarks", "environments")
NAMED_SO = verbose(rf"(?:,? and [\w-]+)?\s{BENCHMARK}\b")
AFTER_NAME = verbose(rf"\)?\s*(?:\([^()]*\)\s*)?(?:[a-z][\w-]* ){{0,2}}?{BENCHMARK}\b")
POINTER = verbose(rf"""
    \b{BENCHMARK}(?:\sfrom|,? (?:such as|like|including|e\.g\.,?|i\.e\.,?|namely|called)|:|,)?\s+
    |  \b(?P<on>on|across|over)\s(?:(?:the|both|several|all|a|an)\s){{0,2}}
""")
POINTERS = Cues({"pointer": POINTER})
LOWER = re.compile(r"(?:[a-z][a-z-]*\s){0,2}")
JOIN = re.compile(rf"\)?{ASIDE}(?: (?!and )[a-z-]+(?= and the ))?(?:,? (?:and|&) |, |/)(?:on )?(?:the )?")
EVALUATION = verbose(rf"\d%  |  \b{any_word('accurac achiev evaluat experiment outperform perform result test')}")
TRAINED_ON = re.compile(r"(?i)\btrain(?:ed|ing) [^,;.]*$")


def evaluated(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """Find the benchmarks, in the order of the text; the caller keeps one row a name."""
    for sentence in (one for one in reading.sentences if one.own):
        known = mentions(sentence, lexicon)
        found = [(one.name, *one[:2], "known benchmark") for one in known if _is_benchmark(sentence.text, one)]
        found += [(one.text, *one[:2], "named as a benchmark") for one in _pointed_at(sentence, known)]
        for name, start, end, rule in found:
            if name.casefold() not in own:
                yield sentence.found("evaluated_on", start, end, rule)


def _is_benchmark(text: str, mention: Mention) -> bool:
    """Whether a mention is a known benchmark, or a known method that names one here: "FLAN tasks"."""
    names_one = mention.kind in ("methods", "models") and NAMED_SO.match(text, mention.end)
    trained_on = TRAINED_ON.search(text[: mention.start])
    return bool(names_one or mention.kind in BENCHMARK_KINDS) and not (trained_on or is_framework(text, mention))


def is_framework(text: str, mention: Mention) -> bool:
    """Whether a known benchmark is named as what the paper builds on: "the OpenAI Gym framework"."""
    return mention.kind in BENCHMARK_KINDS and text.startswith(" framework", mention.end)


def _pointed_at(sentence: Sentence, known: Sequence[Mention]) -> Iterator[TextSpan]:
    """Find unknown names in a list that the sentence calls benchmarks, or on which it tells of results."""
    text = sentence.text
    for _, match in POINTERS.matches(text):
        lower = LOWER.match(text, match.end()) if match["on"] else None
        start = lower.end() if lower else match.end()
        names, end = _list_at(sentence, start, known)
        told = start == match.end() and EVALUATION.search(text)
        if names and (told or AFTER_NAME.match(text, end)):
            yield from (name for name in names if any(map(looks_like_a_name, name.text.split())))


def _list_at(sentence: Sentence, place: int, known: Sequence[Mention]) -> tuple[list[TextSpan], int]:
    """Return the unknown names of the list at a place, and where it ends."""
    benchmarks = {mention.start: mention.end for mention in known if mention.kind in BENCHMARK_KINDS}
    others = [mention for mention in known if mention.kind not in BENCHMARK_KINDS]
    names: list[TextSpan] = []
    end = 0
    while place in benchmarks or (name := _name_at(sentence, place, others)):
        names += [name] if place not in benchmarks and name else []
        end = benchmarks.get(place) or names[-1].end
        if not (join := JOIN.match(sentence.text, end)):
            break
        place = join.end()
    return names, end


def _name_at(sentence: Sentence, place: int, others: list[Mention]) -> TextSpan | None:
    """Return the run of capitals at a place, unless it is a method; its abbreviation where the sentence has one."""
    run = run_at(sentence.text, place)
    pair = next((p for p in sentence.defined if run and p.long.start < run.end and run.start < p.long.end), None)
    spans = [span for span in (run, pair.short if pair else None) if span]
    other = any(span.start < one.end and one.start < span.end for span in spans for one in others)
    return spans[-1] if spans and not other else None

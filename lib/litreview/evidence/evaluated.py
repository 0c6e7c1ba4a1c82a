"""Data sets, benchmarks and environments that an abstract says it evaluates on.

A test bed of the lexicon counts wherever the paper speaks of its own work. A name that the lexicon does not have counts
where the sentence points at it as a test bed: "on the X dataset", "benchmarks such as X and Y", "results on X, Y and Z".
"""

import re
from collections.abc import Iterator

from litreview.evidence.found import Found
from litreview.evidence.lexicon import Lexicon, Mention
from litreview.evidence.mentions import mentions
from litreview.evidence.names import Span, looks_like_a_name
from litreview.evidence.objects import RUN, run_at
from litreview.evidence.reading import Reading, Sentence

TEST_BEDS = ("datasets", "benchmarks", "environments")
NOUN = r"(?:datasets?|data ?sets?|benchmarks?|environments?|suites?|corpus|corpora|leaderboards?|challenges?|test ?beds?|simulators?|tasks?|domains?|games?|instances|repositor(?:y|ies)|test sets?|collections?)"
AFTER_NAME = re.compile(rf"\s*(?:\([^()]*\)\s*)?(?:[a-z][\w-]* ){{0,2}}?{NOUN}\b", re.IGNORECASE)
INTRO = re.compile(
    rf"\b{NOUN}(?:,)?(?: \(| \[|,? (?:such as|like|including|e\.g\.,?|i\.e\.,?|namely|called)|:|,)\s*"
    r"|\b(?:on|in|across|over|using|from) (?:the |both |several |popular |standard |public |challenging |large-scale )?"
)
EVALUATION = re.compile(
    r"\b(?:evaluat|experiment|results?\b|achiev|outperform|accurac|scor|test|validat|improv|benchmark|perform|compar|surpass|state-of-the-art|SOTA|reach|demonstrat|raises?|gain|train|success|error|lowers)",
    re.IGNORECASE,
)
JOIN = re.compile(r",? (?:and |& )(?:the )?|, (?:the )?|/")


def evaluated(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """The test beds, in the order of the text; the caller keeps one row a name."""
    for sentence in reading.sentences:
        if sentence.own:
            known = list(mentions(sentence, reading, lexicon))
            for mention in known:
                span = Span(mention.start, mention.end, sentence.text[mention.start : mention.end])
                if span.text.casefold() in own or mention.name.casefold() in own:
                    if re.search(r"\b(?:on|use|using) (?:the |our )?$", sentence.text[: mention.start]):
                        yield _found(sentence, span, "own test bed")
                elif mention.kind in TEST_BEDS or (
                    mention.kind in ("methods", "models") and AFTER_NAME.match(sentence.text, mention.end)
                ):
                    yield _found(sentence, span, "known test bed")
            for span in _pointed_at(sentence, lexicon, known):
                if span.text.casefold() not in own or re.search(
                    r"\b(?:on|use|using) (?:the |our )?$", sentence.text[: span.start]
                ):
                    yield _found(sentence, span, "named as a test bed")


def _pointed_at(sentence: Sentence, lexicon: Lexicon, known: list[Mention]) -> Iterator[Span]:
    """Unknown names in a list that the sentence opens as test beds."""
    beds = {mention.start: mention.end for mention in known if mention.kind in TEST_BEDS}
    others = [mention for mention in known if mention.kind not in TEST_BEDS]
    for match in INTRO.finditer(sentence.text):
        opened = not match[0].startswith(("on ", "in ", "across ", "over ", "using ", "from "))
        place, names, listed = match.end(), [], 0
        while True:
            run = run_at(sentence.text, place)
            end = beds.get(place) or (run.end if run else 0)
            if not end or (
                run
                and not beds.get(place)
                and any(mention.start < run.end and run.start < mention.end for mention in others)
            ):
                break
            listed += 1
            if run and place not in beds:
                names.append(run)
            join = JOIN.match(sentence.text, end)
            if not join:
                break
            place = join.end()
        noun = bool(listed and AFTER_NAME.match(sentence.text, end or place))
        evaluation = match[0].startswith("on ") and EVALUATION.search(sentence.text)
        for name in names:
            shaped = any(looks_like_a_name(part) for part in name.text.split())
            if (
                (noun and (shaped or name.text[0].isupper()))
                or (shaped and (opened or evaluation))
                or (opened and listed > 1)
            ):
                yield name


def _found(sentence: Sentence, span: Span, rule: str) -> Found:
    return Found("evaluated_on", "abstract", sentence.start + span.start, sentence.start + span.end, rule)

"""Known methods that a paper names as what falls short: "While X is popular, it needs labels."

Such a sentence tells the background, and yet it says what the paper sets itself against. A method counts there when the
sentence turns ("however", "despite") and a fault is told of it.
"""

import re
from collections.abc import Iterator

from litreview.evidence.lexicon import Mention
from litreview.evidence.names import Span

TURN = re.compile(
    r"\b(?:while|whilst|whereas|however|although|though|despite|in spite of|unfortunately|but|yet|nevertheless|notwithstanding|"
    r"still|traditional(?:ly)?|conventional(?:ly)?|even|unlike)\b",
    re.IGNORECASE,
)
FAULT = re.compile(
    r"\b(?:suffer|fail|struggl|limit(?:ed|ation|s)|cost(?:ly|s)|expensive|unstable|instabil|inefficien|lack|cannot|can not|hinder|"
    r"hamper|ignor|neglect|overlook|prone|poor|degrad|insufficient|challeng|bottleneck|drawback|shortcoming|brittle|impractical|"
    r"slow|intractable|may not|might not|do(?:es)? not|is not|are not|overestimat|overfit|bias|expos|sensitiv|rigid|catastrophic|"
    r"prohibitive|burden|restrict|vulnerab|difficult|hard to|sub-?optimal|falls? short|at the expense|unreliabl|unclear|wast)",
    re.IGNORECASE,
)
SUBJECT = 30  # characters from the sentence's beginning in which its subject stands
BRACKETED = re.compile(r"\([^()]*$")
CLAUSE = re.compile(r"[;:]\s")


def foils(text: str, known: list[Mention], listed: list[tuple[int, int]]) -> Iterator[tuple[Span, str]]:
    """The known methods and models of a sentence of background that tells their faults, or lists methods of their kind."""
    yield from (
        (Span(mention.start, mention.end, text[mention.start : mention.end]), "known, an example of its kind")
        for start, end in listed
        for mention in known
        if mention.kind == "methods" and start <= mention.start < end
    )
    turn = TURN.search(text)
    for mention in known if turn else ():
        fault = FAULT.search(text, mention.end)
        named = mention.kind in ("methods", "models") or (mention.kind == "techniques" and mention.start < SUBJECT)
        if (
            named
            and fault
            and not BRACKETED.search(text[: mention.start])
            and not CLAUSE.search(text, mention.end, fault.start())
        ):
            yield Span(mention.start, mention.end, text[mention.start : mention.end]), "known, with its fault told"

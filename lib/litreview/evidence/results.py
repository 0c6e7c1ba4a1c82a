"""Figures that an abstract claims for its own results, and addresses of its code and data.

Sizes of data and models, numbers in names and figures of others' work are not claims. Two claims are compared by
`figures`, one canonical spelling of the numbers in a text.
"""

import re
import unicodedata
from collections.abc import Iterator

from litreview.evidence.abstract_sentences import Found, Reading, apart
from litreview.evidence.bounds import OPENS
from litreview.evidence.names.abbreviations import looks_like_a_name
from litreview.text.patterns import Cues, verbose

NUMBER = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
UNIT = r"(?:\s?\\?%|\s?per ?cent\b|\s?[xX×](?![A-Za-z\d])|\s?times\b)"
RANGE = r"\s?(?:-|–|—|to|→)\s?"
QUANTITY = re.compile(rf"(?<![A-Za-z0-9.^_/-])(?:{NUMBER}{UNIT}?{RANGE})?{NUMBER}{UNIT}(?!\s(?:CI|confidence)\b)")
SCORE = re.compile(rf"(?<![\w.^_/])(?<![A-Za-z]-)(?:{NUMBER}{RANGE})?\d+\.\d+(?![\w.]*[A-Za-z^_])")
MEASURED = re.compile(rf"(?<![\w.^_/-]){NUMBER}(?=\s(?:percentage points?|points?|BLEU|seconds faster)\b)")
FIGURES = Cues({"percentage or multiple": QUANTITY, "score": SCORE, "score with its unit": MEASURED})
COMPARED = verbose(r"\b(?:outperform|surpass|than)[^,;()]*\($")  # "surpassing FooNet (45.9%)"
NO_SCORE = re.compile(r"[\s-]?(?:million|billion|thousand|hours?|days?|months?|years?|[KMGT]B|GHz)\b")
SCORE_WORDS = verbose(r"\b(?:accuracy|error|ratio|score|from|(?:achiev|decreas|improv|increas|reach|reduc)\w*)\b")
CLAUSE = verbose(r"""(?-i:
    [;:]\s+  |  ,?\s+(?:and\s+)?(?=\(?\d\)\s)  # "1) …, and 2) …"
    |  ,\s+(?:while|but|which|where)\s+
    |  ,\s+and\s+(?=[a-z]+(?:e[sd]|ins|[cv]ing)\b)  # "reduces", "obtains", "improving": no comma of a list
)""")
FIGURE = re.compile(rf"(?<![A-Za-z0-9.])({NUMBER})({UNIT})?(?:{RANGE}({NUMBER})({UNIT})?)?")
TYPESETTING = re.compile(r"[\\{}$\s]|mathcal|mathrm|widetilde|tilde|left|right")
LETTERS = dict(zip(map(ord, "√ÕΩΘ×ε·"), ["sqrt", "O", "Omega", "Theta", "x", "epsilon", "cdot"], strict=True))
HOSTS = r"(?:[\w-]+\.)*(?:github\.com|github\.io|gitlab\.com|huggingface\.co|zenodo\.org|sites\.google\.com)"
NO_CODE = r"(?:www\.)?(?:creativecommons|youtu(?:be)?)\."
ADDRESS = re.compile(
    rf"(?i)(?:https?://(?!{NO_CODE})(?:[\w-]+\.)+[a-z]{{2,}}|(?<![\w./@-])(?:www\.(?=\w)|{HOSTS}/(?=\w)))"
    r"[^\s<>\"“”‘’`|\\^{}]*"
)
LINKS = Cues({"address": ADDRESS})
AFTER = ".,;:!?'\"*_~-–—"
PAIRS = {")": "(", "]": "[", "}": "{"}


def result_figures(reading: Reading, proved: list[Found]) -> Iterator[Found]:
    """Find every figure claimed in the paper's own sentences: its own bounds of those `proved`, then measured ones."""
    rates = [one for one in proved if one.rule in ("formula", "ratio", "order")]
    yield from (one._replace(kind="claim", rule="rate", of="") for one in rates if one.of in ("own", "lower"))
    for sentence in reading.sentences:
        for start, end, rule in _figures_in(sentence.text) if sentence.own else ():
            found = sentence.found("claim", start, end, rule)
            if not any(found.start < one.end and one.start < found.end for one in rates):
                yield found


def _figures_in(text: str) -> list[tuple[int, int, str]]:
    """Find the figures of a sentence, each with its rule; of two that overlap, the kind that comes first here."""
    found = [(*match.span(), rule) for rule, match in FIGURES.matches(text) if rule != "score" or _is_score(match)]
    return [one for one in apart(found) if not COMPARED.search(text[: one[0]])]


def _is_score(match: re.Match[str]) -> bool:
    """Whether a number is told as a score, and neither a size nor a version: "AlpacaEval 2.0", "Section 3.1"."""
    text, before = match.string, re.search(r"([\w-]+) $", match.string[: match.start()])
    named = before and looks_like_a_name(before[1])
    return not (named or NO_SCORE.match(text, match.end())) and bool(SCORE_WORDS.search(text))


def clause_at(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause that holds [start, end): cut at semicolons, colons, and commas before a joining word."""
    cuts = [match.span() for match in CLAUSE.finditer(sentence)]
    left = max((right for _, right in cuts if right <= start), default=0)
    return left, min((cut for cut, _ in cuts if cut >= end), default=len(sentence))


def figures(text: str) -> set[str]:
    r"""Return the figures of a claim in one spelling: with percent or multiple, a bound without its typesetting.

    "a speed-up of 1.4-1.95x" gives {"1.4x", "1.95x"}; "by 82.9\%" gives {"82.9%"}; "O left( KT right)" {"o(kt)"}.
    """
    if OPENS.search(text):
        return {spelled(text)}
    found = FIGURE.findall(text)
    pairs = [pair for one, unit, two, unit2 in found for pair in ((one, unit or unit2), (two, unit2 or unit))]
    signs = {unit: unit and ("%" if re.search("%|cent", unit) else "x") for _, unit in pairs}
    return {number.replace(",", "") + signs[unit] for number, unit in pairs if number}


def spelled(figure: str) -> str:
    r"""Return one figure without typesetting and in small letters: "\tilde{O}(\sqrt{T})" and "O(√T)" are "o(sqrtt)"."""
    return TYPESETTING.sub("", unicodedata.normalize("NFKC", figure).translate(LETTERS)).rstrip(".,;").lower()


def same_figure(figure: str) -> str:
    """Return what two spellings of one figure share: without `frac`, "/" and brackets."""
    plain = spelled(figure)
    return re.sub(r"frac|text|[()/,]", "", plain) if plain[:1].isalpha() else plain


def given_links(reading: Reading) -> Iterator[Found]:
    """Find every well-formed http(s) address of the abstract, and addresses of known hosts that lost their scheme."""
    for _, match in LINKS.matches(reading.abstract):
        end = match.start() + len(_trimmed(match[0]))
        yield Found("link", "abstract", match.start(), end, "address in the abstract")


def _trimmed(address: str) -> str:
    """Return the address without the punctuation of the sentence it stands in."""
    while address[-1] in AFTER or address.count(address[-1]) > address.count(PAIRS.get(address[-1], address[-1])):
        address = address[:-1]
    return address

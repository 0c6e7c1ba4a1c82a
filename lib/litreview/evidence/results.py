"""Figures that an abstract claims for its own results: percentages, multiples, scores and rates.

Sizes of data and models, numbers in names and figures of others' work are not claims. Two claims are compared by
`figures`, one canonical spelling of the numbers in a text.
"""

import re
import unicodedata
from collections.abc import Iterator

from litreview.evidence.names import looks_like_a_name
from litreview.evidence.rhetorical_roles import Found, Reading, Sentence

NUMBER = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
UNIT = r"(?:\s?\\?%|\s?per ?cent\b|\s?×(?!\s?\d)|\s?[xX](?![A-Za-z\d])(?!\s\d)|\s?times\b|[\s-]?fold\b)"
RANGE = r"\s?(?:-|–|—|to|→|\\?rightarrow)\s?"
QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9.^_/-])(?:[+~≈-]\s?)?(?:{NUMBER}{UNIT}?{RANGE})?{NUMBER}{UNIT}(?:{RANGE}{NUMBER}{UNIT})?"
)
SCORE = re.compile(
    rf"(?<![\w.^_/])(?<![A-Za-z]-)(?:{NUMBER}{RANGE})?(?:\d+\.\d+)(?![\w.]*[A-Za-z^_])(?:(?:{RANGE}|/)\d+\.\d+)*"
)
MEASURED = re.compile(
    rf"(?<![\w.^_/-]){NUMBER}(?=\s(?:absolute |relative |more |extra )?(?:percentage )?(?:points?|pp|pts|BLEU"
    rf"|ROUGE|mAP|dB|Elo|nats|bits|seconds faster)\b)"
)
BOUNDED = re.compile(
    rf"\b(?:accuracy|F1|AUC|AUROC|FID|BLEU|mAP|mIoU|PSNR|SSIM|WER|MSE|RMSE|MAE|Elo|perplexity"
    rf"|PPL)\s?[<>≤≥=≈~]\s?({NUMBER})(?![\w.]*\w)"
)
MORE = re.compile(
    r"\s(?:(?:as|more|less|fewer|faster|slower|larger|smaller|higher|lower|better|cheaper|longer|shorter|greater"
    r"|speed|the|that|"
    r"improvement|reduction|acceleration|worse)|\w+er\b)"
)
BY = re.compile(
    r"\b(?:by|to|than|over|nearly|about|around|approximately|roughly|least|almost|is|are|of|up to|a) $", re.IGNORECASE
)
SETTING_BEFORE = re.compile(r"\b(?:mask\w*|top|bottom|corrupt\w*|dropout of)[ -](?:out |about |the )?$", re.IGNORECASE)
SETTING_AFTER = re.compile(
    r"\s(?:confidence|credible|percentile|quantile|dropout|masking|prediction intervals?)\b", re.IGNORECASE
)
NO_SCORE = re.compile(r"[\s-]?(?:million|billion|trillion|thousand|hours?|days?|months?|years?|[KMGT]B|GHz|Hz)\b")
RATE_START = re.compile(
    r"(?<![A-Za-z])(?:\\?(?:mathcal|tilde|widetilde)\s*\{?\s*)*"  # \tilde{\mathcal{O}}
    r"(?:[OΩΘÕ]|\\?Omega|\\?Theta)\s*\}?\s*(?:\\?left\s*)?\("
)
SCORE_WORDS = re.compile(
    r"\b(?:accuracy|score|bleu|rouge|f1|auc|auroc|map|miou|iou|fid|perplexity|win rate|ratio|points?|pts|elo"
    r"|correlation|error|"
    r"return|reward|precision|recall|mse|rmse|mae|wer|psnr|ssim|ndcg|r2|from|improv\w*|achiev\w*|reach\w*"
    r"|obtain\w*|attain\w*|increas\w*|reduc\w*|decreas\w*|outperform\w*)\b",
    re.IGNORECASE,
)
VERSIONED = re.compile(r"[vV]ersion|[Ss]ection|[Pp]ython|[Aa]pache|[Ff]igure|[Tt]able|[a-z]+\d[a-z]+|[A-Z][a-z]+")
OTHERS_RATE = re.compile(
    r"\b(?:existing|previous|prior|best[- ]known|known|than|their|classical|improv\w+ (?:over|upon)"
    r"|et al\.?[^.]*)\b[^,;]{0,40}$",
    re.IGNORECASE,
)


def claimed_figures(reading: Reading) -> Iterator[Found]:
    """Every figure claimed in the paper's own sentences, in order."""
    for sentence in reading.sentences:
        if sentence.own:
            for start, end, rule in _figures_in(sentence):
                yield Found("claim", "abstract", sentence.start + start, sentence.start + end, rule)


def _figures_in(sentence: Sentence) -> list[tuple[int, int, str]]:
    text = sentence.text
    rates = [(*span, "rate") for span in _rates(text)]
    quantities = [
        (match.start(), match.end(), "percentage or multiple")
        for match in QUANTITY.finditer(text)
        if not _is_setting(text, match.start(), match.end())
    ]
    scores = [
        (match.start(), match.end(), "score")
        for match in SCORE.finditer(text)
        if SCORE_WORDS.search(text) and not NO_SCORE.match(text, match.end()) and not _in_a_name(text, match.start())
    ]
    measured = [(match.start(), match.end(), "score with its unit") for match in MEASURED.finditer(text)]
    measured += [(*match.span(1), "score beside its measure") for match in BOUNDED.finditer(text)]
    taken: list[tuple[int, int, str]] = []
    for start, end, rule in [*rates, *quantities, *scores, *measured]:
        if all(end <= left or right <= start for left, right, _ in taken):
            taken.append((start, end, rule))
    return sorted(taken)


def _is_setting(text: str, start: int, end: int) -> bool:
    """Whether a percentage or multiple is a setting: "mask 15%", "a 95% interval", "repeated 5 times"."""
    if text[start:end].endswith("times"):
        return not (MORE.match(text, end) or BY.search(text[:start]))
    return bool(SETTING_BEFORE.search(text[:start]) or SETTING_AFTER.match(text, end))


def _in_a_name(text: str, start: int) -> bool:
    """Whether the number is a version: "AlpacaEval 2.0", "wav2vec 2.0", "Section 3.1"."""
    before = re.search(r"([\w-]+) $", text[:start])
    if not before or SCORE_WORDS.fullmatch(before[1]):
        return False
    return looks_like_a_name(before[1]) or bool(VERSIONED.fullmatch(before[1]))


def _rates(text: str) -> Iterator[tuple[int, int]]:
    """Bounds such as O(√T): from the letter to its closing bracket."""
    for match in RATE_START.finditer(text):
        end = _closing(text, match.end() - 1)
        if end and not OTHERS_RATE.search(text[: match.start()]):
            yield match.start(), end


def _closing(text: str, opening: int) -> int:
    """The place behind the bracket that closes the one at `opening`, or 0."""
    depth = 0
    for place in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return 0


def clause_at(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a sentence that holds [start, end): cut at semicolons, colons, and commas before a joining word."""
    cuts = [match.end() for match in CLAUSE.finditer(sentence)]
    left = max([cut for cut in cuts if cut <= start], default=0)
    right = min([match.start() for match in CLAUSE.finditer(sentence) if match.start() >= end], default=len(sentence))
    return left, right


CLAUSE = re.compile(
    r"[;:]\s+|,\s+(?:while|whereas|but|which|where|although)\s+|\s+[-–—]{1,3}\s+"
    r"|,\s+(?:and|with)\s+(?=(?:it|we|our|the|its|this|they|is|are|has|can|also|further|thus|even|only)\b"
    r"|(?:achiev|improv|reduc|outperform|increas|decreas|obtain|reach|cut|lower|rais|show|demonstrat|speed|enabl"
    r"|match|surpass|"
    r"provid|requir|sav|prov|establish|converg|attain|maintain)\w*\b)"
)

_UNIT = r"(?:\\?%|percent\b|\\times\b|times\b|×|[xX](?![A-Za-z])|-?fold\b)"
_FIGURE = re.compile(
    rf"(?<![A-Za-z0-9.])({NUMBER})\s*({_UNIT})?(?:\s*(?:-|–|to|→|\\?rightarrow)\s*({NUMBER})\s*({_UNIT})?)?"
)
_RATE = re.compile(r"(?:^|[^A-Za-z]|mathcal|tilde)\s*(?:O|Omega|Theta|[ΩΘÕ])\s*(?:left)?\s*\(")


TYPESETTING = re.compile(r"[\\{}$\s]|mathcal|mathrm|widetilde|tilde|left|right")
LETTERS = {
    ord("√"): "sqrt",
    ord("Õ"): "O",
    ord("Ω"): "Omega",
    ord("Θ"): "Theta",
    ord("×"): "x",
    ord("ε"): "epsilon",
    ord("·"): "cdot",
}
EXPONENT = re.compile(r"\^\(([^()]*)\)")


def figures(text: str) -> set[str]:
    r"""The figures of a claim in one spelling: percent and multiples keep their unit, a bound loses its typesetting.

    "a speed-up of 1.4-1.95x" gives {"1.4x", "1.95x"}; "by 82.9\%" gives {"82.9%"}; "O left( KT right)" {"o(kt)"}.
    """
    if _RATE.search(re.sub(r"[\\{}$]", "", text)):
        return {spelled(text)}
    found = set()
    for first, unit, second, unit2 in _FIGURE.findall(text):
        found.add(first.replace(",", "") + _canonical(unit or unit2))
        if second:
            found.add(second.replace(",", "") + _canonical(unit2 or unit))
    return found


def spelled(figure: str) -> str:
    r"""One figure without typesetting and in small letters: "\tilde{O}(\sqrt{T})" and "O(√T)" are "o(sqrtt)"."""
    plain = TYPESETTING.sub("", unicodedata.normalize("NFKC", figure).translate(LETTERS)).rstrip(".,;").lower()
    return EXPONENT.sub(r"^\1", plain)


def same_figure(figure: str) -> str:
    """Return what two spellings of one figure share: without `frac`, "/" and brackets."""
    plain = spelled(figure)
    return re.sub(r"frac|text|[()/,]", "", plain) if plain[:1].isalpha() else plain


def _canonical(unit: str) -> str:
    if not unit:
        return ""
    return "%" if "%" in unit or "percent" in unit else "x"

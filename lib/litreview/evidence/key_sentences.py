"""The sentences that carry a paper: the problem it starts from, what it found, and the limits that it reports.

Every sentence is scored for each kind by cues: the words a reader goes by, where it stands, and whose work it speaks
of. What reaches the threshold of a kind is kept, best first. A sentence stays whole, however many parts it has.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.rhetorical_roles import Found, Reading, Sentence
from litreview.text.patterns import any_word, inflected, verbose

REPORT = any_word(
    "(?:confirm|corroborat|demonstrat|identif|illustrat|indicat|reveal|show|substantiat|uncover|verif)\\w* "
    "(?:discover|document|find|observe|report|suggest)(?:s|e?d)? (?:establish|prov)(?:e?[sd]|es|e|ing)? found observing"
)
EVIDENCE = any_word(
    "analys[ie]s empirical(?:ly)? evaluations? evidence experiment(?:s|al|ation)? findings? numerical results? "
    "simulations? stud(?:y|ies) tests? theory validations?"
)
SET_UP = inflected(
    "address adopt aim analyze ask consider create define describe design develop discuss employ examine explore extend "
    "focus formulate introduce investigate leverage present propose provide pursue review study use"
)
SETS_OUT = verbose(rf"\b(?:we|article|paper|study|survey|thesis|work) (?:[\w-]+ ){{0,2}}?{SET_UP}\b")
TURN = any_word("address alleviate bridge fill mitigate overcome remedy solve tackle this\\ end")
BEATS = any_word("beats? exceed\\w* outperform\\w* sota state-of-the-art superior\\w* surpass\\w*")
THEIR_WORK = any_word(
    "agents? algorithms? approach(?:es)? attempts benchmarks? efforts? literature methods? models? projects research "
    "schemes solutions? solvers stud(?:y|ies) surveys systems? techniques? works?"
)
THEIRS = any_word("conventional current existing most prevalent previous prior recent standard such these traditional")
MISSING = any_word(
    "absence gap gaps hardly lack\\w* missing remain\\w* un(?:addressed|clear|explored|known|resolved|solved) "
    "under-?(?:explored|studied)"
)
STUDIED = any_word("understood known studied explored investigated")
FAILS = any_word(
    "compromis\\w+ confined degrad\\w+ deteriorat\\w+ drops? fail\\w* hamper\\w* hinder\\w* hurts? ignor\\w+ inferior "
    "neglect\\w* overlook\\w* prone restrict\\w* struggl\\w+ suffer\\w* susceptible unable vulnerab\\w+"
)
DIFFICULTY = any_word(
    "barrier bottlenecks? burden\\w* challeng(?:es?|ing) costly difficult(?:y|ies)? drawbacks? expensive hard hurdles? "
    "impractical inadequate inefficien\\w+ infeasible insufficient intractable issues? limit(?:s|ed|ing|ations?)? noisy "
    "obstacles? overheads? problems? prohibitive\\w* scarc\\w+ shortcomings? sparse suboptimal time-consuming unstable"
)
ONLY = any_word("heavily largely mainly merely mostly often only predominantly solely typically usually")
NOT = any_word("cannot few little neither never no not rarely without")
BETTER = any_word(
    "better boost\\w* enhanc\\w+ faster higher improv\\w+ increas\\w+ lower(?:s|ed)? reduc\\w+ sav(?:es|ings?) speed\\w* worse"
)
PROVES = any_word(
    "bounds? converge\\w* equivalen\\w+ guarantees? necessary\\ and\\ sufficient (?:near-)?optimal(?:ity)? provabl[ey] regret "
    "theorem"
)
FAILURE = rf"""(?:
    \b(?:cannot|do(?:es)? not|fail(?:s|ed)?|falls? short|falling short|struggl\w+|unable)\b
    |  \b(?:bottleneck\w*|declin\w+|degrad\w+|deteriorat\w+|drops|inferior|worse)\b
    |  \b(?:hardness|ill-suited|impossib\w+|intractab\w+|suboptimal|vulnerable)\b
    |  \bnot (?:a )?(?:enough|necessarily|sufficient|suitable)\b
    |  \bno \w+ (?:can|could|is|achieves?)\b  # "no method can sort all"
    |  \bopen (?:problem|question)s?\b  |  \bremains? (?:an? )?(?:challenging|difficult|unsolved)\b
    |  \b(?:is|are|being|remains?|the) limited\b
    |  \b(?:accuracy|scores?|rates?) of (?:only|less than)\b
    |  \b(?:longer|more (?:compute|flops|memory|time))\b
)"""


class Cue(NamedTuple):
    """What a sentence says, how much that weighs, and the words that say it."""

    name: str
    weight: float
    pattern: re.Pattern[str]


class Kind(NamedTuple):
    """A kind of key sentence: its cues, what its place weighs, the least score, and how many are kept."""

    cues: tuple[Cue, ...]
    places: dict[str, float]
    least: float
    most: int


PROBLEM = Kind(
    cues=(
        Cue("objects", 1.5, verbose(r"^\W*(?:but|however|still|unfortunately|yet)\b  |  , (?:but|yet)\b  |  \bhowever,")),
        Cue("grants and objects", 1, verbose(r"^\W*(?:although|despite|even though|though|while)\b")),
        Cue("something is missing", 1, verbose(rf"\b{MISSING}\b  |  \bopen \w*\s?(?:problem|question)\b")),
        Cue("something is not known", 1, verbose(rf"\bnot (?:\w+[ -]){{0,2}}?{STUDIED}\b  |  \blittle is known\b")),
        Cue("something fails", 1, verbose(rf"\b{FAILS}\b  |  \bfall(?:s|ing)? short\b")),
        Cue("existing work", 1, verbose(rf"\b{THEIRS} (?:[\w-]+ ){{0,4}}?{THEIR_WORK}\b")),
        Cue("not", 0.75, verbose(rf"\b{NOT}\b")),
        Cue("only", 0.75, verbose(rf"\b{ONLY}\b")),
        Cue("difficulty", 0.5, verbose(rf"\b{DIFFICULTY}\b")),
        Cue("question", 0.5, verbose(r"\?$  |  \b(?:how|whether|why)\b")),
        Cue("goes on", -0.5, verbose(r"^\W*(?:for example|furthermore|in particular|moreover|specifically|such|their|this)\b")),
    ),
    places={"own": -0.5, "first half": 1, "before it sets out": 0.5, "last before it sets out": 1, "answered": 1},
    least=3,
    most=1,
)
FINDING = Kind(
    cues=(
        Cue("we show", 1.5, verbose(rf"\bwe (?:[\w-]+ ){{0,3}}?{REPORT}\b")),
        Cue("experiments show", 1.5, verbose(rf"\b{EVIDENCE}\b[^.;]{{0,160}}?(?<!to )\b{REPORT}\b")),
        Cue("beats others", 1.5, verbose(rf"\b{BEATS}\b")),
        Cue("shows that", 1.25, verbose(rf"\b{REPORT} that\b  |  \b(?:demonstrating|showing)\b")),
        Cue("gives a figure", 1, verbose(r"\d\s?(?:\\?%|×|x\b|-?fold)  |  \b(?:times|\d+\.\d+|orders? of magnitude)\b")),
        Cue("gives a rate", 1, verbose(r"(?<![a-z])[OΩΘÕ]\s?\(  |  \bomega\b  |  \brate of\b")),
        Cue("surprises", 1, verbose(r"\b(?:importantly|(?:interesting|intriguing|remarkab|surprising|notab)(?:ly|le)?)\b")),
        Cue("achieves", 0.75, verbose(r"\b(?:accomplish|achiev|attain|gain(?!ing)|obtain|reach)(?:s|ed|es|e|ing)?\b")),
        Cue("compares", 0.75, verbose(r"\b(?:baselines?|compared (?:to|with)|over (?:\w+ )?(?:existing|methods?)|than)\b")),
        Cue("is the first", 0.75, verbose(r"\bthe first (?!(?:method|one|part|phase|stage|step)\b)  |  \bfor the first time\b")),
        Cue("main result", 0.75, verbose(rf"^\W*(?:in this \w+,? |here,? )we {REPORT}\b  |  \b(?:key|main) (?:finding|result)s?\b")),
        Cue("improves", 0.5, verbose(rf"\b{BETTER}\b")),
        Cue("on a par", 0.5, verbose(r"\b(?:as well as an?|comparable|competitive|match(?:es|ing)|on par)\b")),
        Cue("proves", 0.5, verbose(rf"\b{PROVES}\b")),
        Cue("sets out", -0.5, SETS_OUT),
        Cue("offers", -0.5, verbose(r"\b(?:available|code|github|open-source[ds]?|released?|website)\b")),
        Cue("purpose", -0.75, verbose(r"^\W*(?:in order to|to (?!our knowledge|the best)\w+|towards?)\b")),
        Cue("tells how", -1, verbose(r"\b(?:(?:combin|employ|incorporat|integrat|leverag|utili[sz])\w+|consists? of|designed to|is based on|builds? (?:up)?on|works? by)\b")),
    ),
    places={"own": 1, "result": 0.5, "second half": 0.75, "last third": 0.5, "first": -0.5, "repeated": -0.75},
    least=3.5,
    most=3,
)
LIMITATION = Kind(
    cues=(
        Cue("a failure", 2, verbose(FAILURE)),
        Cue("reports a failure", 1, verbose(rf"\b(?:{REPORT}|attribute|highlight|stat(?:e|ing))\b.*{FAILURE}")),
        Cue("objects", 0.5, verbose(r"^\W*(?:although|despite being|however|nevertheless|unfortunately|while|yet)\b")),
        Cue("overcomes it", -2, verbose(rf"\b(?:{BEATS}|(?:{TURN}|avoid|introduce|propose|reduce)\w*|despite (?!being)|even when|without)\b")),
    ),
    places={"before it sets out": -4, "second half": 0.5},
    least=3,
    most=3,
)
KINDS = {"problem": PROBLEM, "finding": FINDING, "limitation": LIMITATION}
ANSWERS = verbose(rf"^\W*(?:to {TURN}\b|in this (?:paper|work)\b|motivated by\b|therefore\b)")


def key_sentences(reading: Reading) -> Iterator[Found]:
    """Find the sentences that state the problem, the findings and the limitations: best first within a kind."""
    places = list(_places(reading.sentences))
    for name, kind in KINDS.items():
        scored = [(*_score(kind, one, at), one) for one, at in zip(reading.sentences, places, strict=True)]
        best = sorted((row for row in scored if row[1] and row[0] >= kind.least), key=lambda row: -row[0])
        for _, rule, sentence in best[: kind.most]:
            yield Found(name, "abstract", sentence.start, sentence.end, rule)


def _score(kind: Kind, sentence: Sentence, places: set[str]) -> tuple[float, str]:
    """Return the score of a sentence and the cue that speaks most for it, if any does."""
    said = [cue for cue in kind.cues if cue.pattern.search(sentence.text)]
    strongest = max((cue for cue in said if cue.weight > 0), key=lambda cue: cue.weight, default=None)
    placed = sum(weight for place, weight in kind.places.items() if place in places)
    return sum(cue.weight for cue in said) + placed, strongest.name if strongest else ""


def _places(sentences: list[Sentence]) -> Iterator[set[str]]:
    """Yield what the place of each sentence says: whose work it is, and the part of the abstract."""
    out = next((place for place, one in enumerate(sentences) if SETS_OUT.search(one.text)), len(sentences))
    reports = [any(cue.pattern.search(one.text) for cue in FINDING.cues[:2]) for one in sentences]
    answers = [False, *(bool(ANSWERS.search(one.text)) for one in sentences)]
    for place, one in enumerate(sentences):
        holds = {
            "own": one.own,
            "result": one.result,
            "first": place == 0,
            "first half": place < len(sentences) / 2,
            "second half": place >= len(sentences) / 2,
            "last third": place >= len(sentences) * 2 / 3,
            "before it sets out": place < out,
            "last before it sets out": place == out - 1,
            "answered": any(answers[place + 2 : place + 3]),
            "repeated": reports[place] and any(reports[:place]),
        }
        yield {name for name, true in holds.items() if true}

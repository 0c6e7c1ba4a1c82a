"""The sentences that carry a paper: the problem it starts from, what it found, and the limits that it reports.

Every sentence is scored for each kind by cues: the words a reader goes by, where it stands, and whose work it speaks
of. What reaches the threshold of a kind is kept, best first. A sentence stays whole, however many parts it has.
"""

from collections.abc import Iterator

from litreview.evidence.abstract_sentences import Found, Reading, Sentence
from litreview.text.patterns import Cues, any_word, inflected, verbose

REPORT = any_word(
    "(?:confirm|corroborat|demonstrat|identif|illustrat|indicat|observ|prove(?!n)|reveal|show|substantiat|uncover)\\w* "
    "(?:discover|establish|find|suggest|report)(?:s|ed)? found verif\\w*"
)
EVIDENCE = any_word("analys[ie]s evaluations? experiment\\w* findings? results? simulations? stud(?:y|ies)")
AIMS = inflected("address aim design develop examine explore introduce investigate present propose provide study use")
SETS_OUT = rf"\b(?:we|article|paper|study|survey|thesis|work) (?:[\w-]+ ){{0,2}}?{AIMS}\b"
THEY_SHOW = rf"\b{EVIDENCE}\b[^.;]{{0,160}}?(?<!to )\b{REPORT}\b"
STRIKING = any_word("(?:interesting|intriguing|notab|remarkab|surprising)(?:ly|le)? importantly the\\sfirst")
GAINS = any_word("(?:achiev|attain|obtain|reach)\\w* comparable competitive gains? maintains match(?:es|ing)")
BETTER = any_word("(?:boost|enhanc|improv|increas|reduc|speed)\\w* better faster higher lower(?:s|ed)? saves? worse")
SET_AGAINST = r"(?:associated with|baselines?|(?:compar|competi)\w+ (?:\w+ )?(?:to|with)|over (?:existing|other)|than)"
BEST_KNOWN = r"(?:sota|state-of-the-art) (?:[\w-]+ )?(?:accuracy|performance|results?)"  # reached, not only named
PROVEN = any_word("bounds? converge\\w* equivalen\\w+ guarantees? (?:near-)?optimal(?:ity)? provabl[ey] regret theorem")
WE_SHOW = rf"\bwe (?:(?!(?:the|an?)\b)[\w-]+ ){{0,3}}?(?:{REPORT}|provide (?:[\w-]+ ){{0,6}}?(?:{PROVEN}|analysis))\b"
MECHANISM = any_word("(?:combin|employ|incorporat|integrat|leverag|utili[sz])\\w+ based\\son spanning")
INTEND = any_word("aim conclude hope intend plan surveyed will")
THEIRS = any_word("conventional current existing most previous prior recent such these traditional")
WORKS = any_word("algorithms? approach(?:es)? efforts? methods? models? research stud(?:y|ies) techniques? works?")
LACKS = any_word(
    "(?:degrad|fail|hinder|ignor|lack|neglect|overlook|remain|restrict|struggl|suffer|vulnerab)\\w* gaps? prone "
    "un(?:able|addressed|clear|explored|known|resolved) under-?(?:explored|studied) not\\s(?:\\w+[\\s-]){0,2}understood"
)
ONLY = any_word("cannot few little never no not rarely without heavily largely mainly mostly often only typically")
HARD = any_word(
    "(?:challeng|difficult|inefficien|limit|prohibitive|scarc)\\w* bottlenecks? costly drawbacks? "
    "expensive hard inadequate insufficient intractable obstacles? suboptimal"
)
BREAKS = any_word(
    "(?:bottleneck|declin|degrad|deteriorat|impossib|intractab|struggl|underperform)\\w* brittle cannot fail(?:s|ed)? "
    "falls?\\sshort hardness ill-suited inferior unable worse no\\s(?:\\w+\\s)?can open\\sproblem "
    "(?:being|is|of|only|the)\\s(?:limited|less\\sthan) (?:longer|more)\\s(?:memory|time|training) "
    "not\\s(?:a\\s)?(?:enough|sufficient|suitable)"
)
OVERCOMES = any_word("(?:address|avoid|eliminat|improv|mitigat|outperform|overcom|prevent|reduc|surpass)\\w* without")
# Weights are those of a logistic regression over abstracts that were read, rounded: no place suffices without a cue.
CUES: dict[str, dict[str, tuple[float, str]]] = {  # kind → rule → weight and words
    "problem": {
        "objects": (1.5, r"^\W*(?:although|but|despite|however|though|unfortunately|while|yet)\b  |  , (?:but|yet)\b"),
        "something is missing": (1, rf"\b{LACKS}\b"),
        "existing work": (0.25, rf"\b{THEIRS} (?:[\w-]+ ){{0,4}}?{WORKS}\b"),
        "not, or only": (0.75, rf"\b{ONLY}\b"),
        "difficulty": (0.75, rf"\b{HARD}\b  |  \b(?:how|whether|why)\b"),
        "own doing": (-1.5, r"\bwe (?:\w+ )?(?:conduct|perform)\b|^\W*our work\b"),
        "goes on": (-1, r"^\W*(?:furthermore|in particular|moreover|specifically|such|their|this)\b"),
    },
    "finding": {
        "we show": (1.5, WE_SHOW),
        "experiments show": (1.5, THEY_SHOW),
        "beats others": (1.5, rf"\b(?:exceed|outperform|superior|surpass)\w*  |  \b{BEST_KNOWN}\b"),
        "shows that": (1.25, rf"\b{REPORT} that\b  |  \b(?:demonstrating|showcasing|showing)\b  |  ^\W*results?\s?:"),
        "figure": (1, r"\d\s?(?:\\?%|×|x\b)|\b(?:times|\d+\.\d+|orders? of magnitude)\b|\bO ?\(|-approximat"),
        "striking": (1, rf"(?<!seem )\b{STRIKING}\b"),
        "achieves": (0.75, rf"\b{GAINS}\b"),
        "compares": (0.75, rf"\b{SET_AGAINST}\b"),
        "improves or proves": (0.5, rf"\b(?:{BETTER}|{PROVEN})\b"),
        "sets out": (-0.5, SETS_OUT),
        "tells how": (-1, rf"\b{MECHANISM}\b  |  ^\W*to\b"),
        "tells of others": (-3, rf"\b(?:{THEIRS} (?:[\w-]+ )?{WORKS}|who) (?:ha(?:s|ve) )?{REPORT}\b"),
        "in passing": (0, r"^\W*(?:additionally|besides|furthermore|in addition|lastly|moreover|separately|we also)\b"),
        "only praises": (0, r"\b(?:effectiveness|promise|superiority)\b(?!.*\d)"),
        "claims novelty": (-2, r"^\W*(?:(?:ours|our \w+) is the first|to [\w ]*our knowledge)\b"),
        "promises": (-9, rf"\bwe (?:\w+ )?{INTEND}\b  |  \b(?:conducted|performed) to\b  |  \bcontributions?:"),
    },
    "limitation": {
        "reports a failure": (3, rf"(?:\b(?:{REPORT}|attribute)|^\W*(?:however|unfortunately|yet))\b.*\b{BREAKS}\b"),
        "names a limit": (3, r"\blimitations? (?:are|include|is|of (?:our|this))\b  |  \bremains? (?:to be|unclear)\b"),
        "overcomes it": (-2, rf"\b(?:{OVERCOMES}|even when|no (?:\w+ )?{BREAKS})\b"),
    },
    "place": {
        "begins": (0, rf"{SETS_OUT}  |  {WE_SHOW}"),
        "reports": (0, rf"{WE_SHOW}  |  {THEY_SHOW}"),
        "answers": (0, r"^\W*(?:to (?:address|alleviate|bridge|fill|mitigate|overcome|solve|tackle)|motivated by)\b"),
    },
}
PLACES = {
    "problem": {"own": -0.5, "second half": -1, "before it sets out": 0.5, "turn": 1.5},
    "finding": {"own": 1.5, "second half": 1, "repeated": -0.75},
    "limitation": {"second half": 0.5, "before it sets out": -4, "answered": -4},
}
KEPT = {"problem": (2.25, 1), "finding": (3.5, 3), "limitation": (3, 3)}  # the least score, how many at most
LATER, COST = ("in passing", "only praises"), 2  # what they cost in the order alone
SAID = Cues({(kind, name): verbose(words) for kind, cues in CUES.items() for name, (_, words) in cues.items()})


def key_sentences(reading: Reading) -> Iterator[Found]:
    """Find the sentences that state the problem, the findings and the limitations: best first within a kind.

    Yields whole sentences of the abstract as `problem` (one at most), `finding` and `limitation` (three at most); the
    rule is the cue that weighs most. A paper that states none has none.
    """
    said = [SAID.found(one.text) for one in reading.sentences]
    places = _places(reading.sentences, said)
    for kind, (least, most) in KEPT.items():
        rows = zip(said, places, reading.sentences, strict=True)
        scored = [(*_score(kind, cues, at), one) for cues, at, one in rows]
        best = sorted((row for row in scored if row[0] >= least), key=lambda row: -row[1])
        for _, _, rule, sentence in best[:most]:
            yield Found(kind, "abstract", sentence.start, sentence.end, rule)


def _score(kind: str, said: list[tuple[str, str]], places: set[str]) -> tuple[float, float, str]:
    """Return the score of a sentence by its cues and places, its score in the order, and the cue that weighs most."""
    weights = {name: CUES[kind][name][0] for of, name in said if of == kind}
    score = sum(weights.values()) + sum(PLACES[kind].get(place, 0) for place in places)
    later = COST * any(name in LATER for name in weights)
    return score, score - later, max(weights, key=weights.__getitem__, default="")


def _places(sentences: list[Sentence], said: list[list[tuple[str, str]]]) -> list[set[str]]:
    """Return what the place of each sentence says: whose work it is, and the part of the abstract.

    The turn is where an abstract comes from the problem to its own work; what the next sentence sets out to solve is
    answered; a report after the first one is repeated.
    """
    at = {name: [place for place, cues in enumerate(said) if ("place", name) in cues] for name in CUES["place"]}
    begin, answered = min(at["begins"], default=len(said)), {place - 1 for place in at["answers"]}
    holds = {
        "own": {place for place, one in enumerate(sentences) if one.own},
        "second half": set(range((len(said) + 1) // 2, len(said))),
        "before it sets out": set(range(begin)),
        "answered": answered,
        "turn": {begin - 1, *answered},
        "repeated": set(at["reports"][1:]),
    }
    return [{name for name, places in holds.items() if place in places} for place in range(len(said))]

"""The role of each method that an abstract names: compared with, studied, built on, or only mentioned.

Candidates are the methods, models and techniques of the lexicon, words written as names, citations in brackets, and
what a frame such as "outperforms …" or "based on …" has for an object. Each mention gets a role from the frame in
which it stands, else from the sentence: what an own sentence names is built on, what the background names is mentioned.
A name has one role, the strongest of its mentions (compares_to, studies, builds_on, mentions).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.abbreviations import TextSpan, looks_like_a_name, name_spans, span_at
from litreview.evidence.lexicon import Lexicon, folded_name, mentions
from litreview.evidence.proper_names import BENCHMARK, METHOD
from litreview.evidence.rhetorical_roles import Reading, Sentence
from litreview.text.patterns import any_word, inflected, nouns, verbose

ROLES = ("compares_to", "studies", "builds_on", "mentions")
NAMED = ("methods", "models", "techniques")

# What opens a list of names, by the role that it gives them.
BETTER = rf"""
    out-?perform(?:s|ed|ing)?  |  {inflected("surpass exceed beat")}  |  beating  |  superior to  |  superiority over
    |  (?:improv\w+|gains?|advantages?|speed-?ups?|reductions?)(?: [^,;.]{{0,40}}?)? (?:over|up?on)
    |  improv\w+ (?:up)?on  |  (?:better|faster|higher|lower|fewer|less|more|larger|smaller|\w+er)(?: [\w-]+){{0,6}}? than
    |  rather than  |  instead of  |  in place of  |  as opposed to  |  (?:in )?contrast(?:s|ed|ing)? (?:to|with)
    |  unlike  |  alternatives? to  |  replac(?:es?|ing)  |  different from  |  required by  |  favou?rabl[ey] (?:to|with)
    |  limitations? of  |  drawbacks? of  |  over
"""
EQUAL = rf"""
    match(?:es|ed|ing)?(?: or (?:even )?(?:exceed|surpass|outperform|beat)(?:s|ing)?)?(?: the performance of)?
    |  (?:competitive|comparabl[ey]|on[- ]par|equivalent|similar|as (?:well|good|effective|fast) as|close)(?: [\w-]+){{0,3}}? (?:to|with|as)
    |  approach(?:es|ing)? the performance of
"""
UNCLEAR = rf"""
    compar(?:e|es|ed|ing|isons?)(?: [\w-]+){{0,6}}? (?:to|with|against|between)  |  relative to  |  versus  |  vs\.?
    |  against  |  (?:differences?|gap) between  |  than
"""
COMPARES = verbose(rf"\b(?:(?P<better>{BETTER})|(?P<equal>{EQUAL})|(?P<unclear>{UNCLEAR}))(?=\W)")
BUILDS = verbose(rf"""
    \b(?:(?:buil[dt](?:s|ing)?|based|relies|rel(?:y|ied)) (?:up)?on(?: top of)?  |  on top of  |  extends?  |  extending
      |  us(?:e|es|ed|ing)  |  utili[sz]\w+  |  leverag\w+  |  {inflected("adopt employ combine integrate incorporate adapt apply")}
      |  via  |  through  |  by  |  with  |  {inflected("train finetune")}  |  fine-tun\w+  |  inspired by  |  motivated by
      |  (?:variants?|versions?|extensions?|modifications?|generali[sz]ations?|instances?|ensembles?|form) of
      |  generali[sz](?:es?|ing)  |  retrofit  |  recast\w*(?: [\w-]+){{0,3}}? as  |  implement\w*  |  into  |  under
    )(?=\W)
""")
STUDIES = verbose(rf"""
    \b(?:(?:we|paper|work|study|article)(?: \w+ly| also| further| then| first)*
         \ (?:stud(?:y|ies)|analy[sz]es?|investigates?|examines?|explores?|characteri[sz]es?|revisits?|show|prove|find
           |identif(?:y|ies)|observe|demonstrate|evaluates?|assess(?:es)?|focus(?:es)? on|understand|question|challenge)(?: that| whether| how| why)?
      |  (?:analysis|stud(?:y|ies)|understanding|theory|properties|limits?|limitations|convergence|behaviou?r|failures?|vulnerabilit(?:y|ies)
           |robustness|benefits?|role|effects?|impact|efficacy|capabilit(?:y|ies)|dynamics|complexity|bias|regret) of
      |  understanding  |  analy[sz]ing
    )(?=\W)
""")
NEGATED = verbose(r"\b(?:not|never|cannot|no|without)(?: [\w-]+){0,2} $")
END = verbose(r"[.;:](?:\s|$)|,? (?:which|that|while|whereas|where|when|although|but|because|since|if|by|achiev\w+|show\w*|demonstrat\w+|in terms of|on|for|across|in|under|at|to|using|with|without|while|through|via) ")
REACH = 110

LEAD = verbose(rf"""(?:(?:that|those|the|an?|its|their|our|both|all|any|either|each|such|of|performance|approach(?:es)?|methods?|algorithms?|techniques?|
    |existing|conventional|traditional|standard|canonical|classical?|vanilla|typical|recent(?:ly)?|proposed|state-of-the-art|sota|strong|other|several|many|various|popular
    |prior|previous|common(?:ly)?|used|widely|na[iï]ve|ideal|optimal|pure|simple|plain|usual|current|modern|advanced|leading|well-known|powerful|competitive|costly|unstable|expensive|baselines?|as|like|including|new|novel|different|two|three|only|even
    )\s+)*""")
STOP = any_word("a an the and or but nor of on in for with by to from at as into than that which who where when while using via is are was were be been has have had do does did can may we it they our this these those not both its their under over across between through without within during after before per each all any if so such also only even more less most least based trained directly respectively alone itself themselves significantly")
PHRASE = re.compile(rf"(?!{STOP}\b)[A-Za-z][\w+*/'’-]*(?: (?!{STOP}\b)[\w+*-]+){{0,4}}", re.IGNORECASE)
HEADS = re.compile(rf"(?: (?:{METHOD}|{nouns('baseline counterpart paradigm pipeline loss objective method mechanism process trick step solver family')}|schemes?|alternatives?|competitors?|training|performance|setting|works?))+$", re.IGNORECASE)
TECHNIQUE = re.compile(r"(?:ing|tion|ment|search|transport|laws?|replay|descent|rule|attention|distillation|policy gradients?|regression|injection|forests?|trees?|networks?|perceptrons?|boosting|averaging|ensembles?|sampling|optimi[sz]ation|selection|programming|clones?)$", re.IGNORECASE)
JOIN = re.compile(r"(?:\s\([^()]*\))?(?:,? (?:and|or) |, (?:and |or )?|/| & )(?:the |other )?")
CITED = re.compile(r"\[[A-Z][^\[\]]{2,60}\d{4}[a-z]?\]")
NO_NAME = re.compile(r"(?:methods?|models?|approach(?:es)?|work|state|art|baselines?|algorithms?|others?|one|those|ours|us|time|data|learning|training|prior work|human\w*|random|existing|previous work|task|tasks|existing methods?)$", re.IGNORECASE)


class Role(NamedTuple):
    """A name in a sentence, its role there, the rule that says so, and of a comparison the outcome."""

    start: int
    end: int
    name: str
    role: str
    rule: str
    outcome: str = ""


def roles(reading: Reading, lexicon: Lexicon, own: set[str]) -> list[Role]:
    """Find the methods that the abstract names, one row a name, with the strongest of its roles."""
    found: dict[str, Role] = {}
    for one in _all(reading, lexicon, own):
        key = folded_name(lexicon.name(one.name)).removesuffix("s")
        known = found.get(key)
        if key and (known is None or ROLES.index(one.role) < ROLES.index(known.role)):
            found[key] = one
    return list(found.values())


def _all(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Role]:
    short = {long.casefold(): abbreviation for abbreviation, long in reading.abbreviations.items()}
    own = own | {long for long, abbreviation in short.items() if abbreviation.casefold() in own}
    proposes = bool(own) or any(re.search(r"\b(?:we|paper) (?:\w+ )?(?:propose|introduce|present|develop|design)", s.text) for s in reading.sentences)
    for sentence in reading.sentences:
        text = sentence.text
        known = list(mentions(sentence, reading, lexicon))
        spans = [(m.start, m.end, m.kind) for m in known if m.kind in NAMED]
        spans += [
            (*pair[0][:2], "defined") for pair in sentence.defined
            if TECHNIQUE.search(pair.long.text) or looks_like_a_name(pair.short.text)
        ]
        taken = [(m.start, m.end) for m in known]
        spans += [
            (one.start, one.end, "written") for one in name_spans(text)
            if not any(a < one.end and one.start < b for a, b in taken)
        ]
        frames = list(_frames(sentence, proposes))
        for way, start, rule, outcome in frames:
            if way == "compares_to" or way == "builds_on":
                spans += [(a, b, way) for a, b in _objects(text, start, way) if not any(x <= a < y or a <= x < b for x, y, *_ in spans)]
        for start, end, kind in dict.fromkeys(spans):
            name = text[start:end]
            if name.casefold() in own or short.get(name.casefold(), "").casefold() in own or _benchmark(text, end):
                continue
            role = _role(sentence, start, end, kind, frames, proposes)
            if role:
                yield Role(sentence.start + start, sentence.start + end, short.get(name.casefold(), name), *role)


def _benchmark(text: str, end: int) -> bool:
    return bool(re.match(rf"\)?\s{BENCHMARK}\b", text[end:], re.IGNORECASE))


def _frames(sentence: Sentence, proposes: bool) -> Iterator[tuple[str, int, str, str]]:
    text = sentence.text
    if sentence.own:
        for match in COMPARES.finditer(text):
            if not NEGATED.search(text[: match.start()]):
                yield "compares_to", match.end(), match[0].casefold(), str(match.lastgroup)
        for match in STUDIES.finditer(text):
            yield "studies", match.end(), match[0].casefold(), ""
        for match in BUILDS.finditer(text):
            yield "builds_on", match.end(), match[0].casefold(), ""


def _objects(text: str, start: int, way: str) -> Iterator[tuple[int, int]]:
    """The noun phrases that a frame opens, without determiners and head nouns."""
    place = start
    while True:
        lead = LEAD.match(text, place + 1 if text[place : place + 1].isspace() else place)
        place = lead.end() if lead else place
        phrase = PHRASE.match(text, place)
        if not phrase:
            return
        core = HEADS.sub("", phrase[0])
        words = core.split()
        technique = len(words) > 1 and len(words) < 5 and TECHNIQUE.search(core)
        if not NO_NAME.fullmatch(core) and (technique or (way == "compares_to" and "-" in core and TECHNIQUE.search(core))):
            yield place, place + len(core)
        join = JOIN.match(text, phrase.end())
        if not join:
            return
        place = join.end()


def _role(sentence, start, end, kind, frames, proposes):
    text = sentence.text
    for way in ("compares_to", "studies", "builds_on"):
        for role, opens, rule, outcome in frames:
            if role != way or not opens <= start <= opens + REACH:
                continue
            between = text[opens:start]
            if END.search(between + " "):
                continue
            if way == "compares_to" and (kind != "techniques" or len(between) < 60):
                return "compares_to", f"after '{rule}'", outcome
            if way == "studies" and len(between) < 50 and kind != "written":
                return "studies", f"after '{rule}'"
            if way == "builds_on" and len(between) < 30 and kind != "written":
                return "builds_on", f"after '{rule}'"
    if kind in ("compares_to", "builds_on"):
        return None
    if re.match(r"\s(?:\w+ )?(?:baselines?|counterparts?)\b", text[end:]):
        return "compares_to", "called a baseline"
    if not sentence.own:
        return "mentions", "in the background"
    if kind == "written":
        return None
    return "builds_on", "named in an own sentence"

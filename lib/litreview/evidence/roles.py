"""The role of each method that an abstract names: compared with, studied, built on, or only mentioned.

A mention has the role of the frame in which it stands ("outperforms …", "an analysis of …", "based on …"), else that of
its sentence: a known name in an own sentence is built on, in the background it is mentioned. The members of a list have
the role of the noun that opens the list. A name has one role, the strongest of its mentions.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.lexicon import Lexicon, folded_name
from litreview.evidence.noun_phrases import CLASS, Candidate, candidates
from litreview.evidence.rhetorical_roles import Reading, Sentence
from litreview.text.patterns import any_word, inflected, nouns, verbose

ROLES = ("compares_to", "studies", "builds_on", "mentions")
STRONG = ("methods", "models", "written")  # kinds that name a method wherever they stand
SUCCESS = "(?:exceed|surpass|outperform|beat)(?:s|ed|ing)?"
BETTER = rf"""
    out-?perform(?:s|ed|ing)?  |  {inflected("surpass exceed beat")}  |  beating  |  tripling the performance of
    |  (?:superior|preferable) to  |  superiority over
    |  (?:improv\w+|gains?|advantages?|speed-?ups?|reductions?|increases?)(?: [^,;.]{{0,40}}?)? (?:over|up?on)
    |  (?:less|more|[a-z]{{3,}}[^nhtvd\W]er)(?: [\w-]+){{0,6}}? than  |  (?:better|faster|higher|fewer|greater|lower)(?: [\w-]+){{0,6}}? than
    |  less than\b[^,;.]{{0,40}}\brequired by
    |  rather than  |  instead of  |  in place of  |  as opposed to  |  (?:in )?contrast(?:s|ed|ing)? (?:to|with)
    |  unlike  |  alternatives? to  |  replac(?:es?|ing)  |  different from  |  differs? from  |  favou?rabl[ey] (?:to|with)
    |  avoid(?:s|ing)?  |  (?:circumvent|bypass)(?:s|es|ing)?
    |  (?:does|do) not require(?: \w+ing [\w ]+? nor)?
"""
EQUAL = rf"""
    match(?:es|ed|ing)?(?: or (?:even )?{SUCCESS})?(?! model)
    |  (?:competitive|comparabl[ey]|on[- ]par|equivalent|similar|close)(?: (?!in|to|with|as|combination)[\w-]+){{0,2}}? (?:to|with|as)
    |  as (?:well|good|effective|fast) as(?! in\b)  |  approach(?:es|ing)(?: the (?:performance|results) of)?
    |  between [^.;]+? and its
"""
WORSE = "falls? short of  |  falling short of  |  (?:worse|weaker|slower) than  |  lags? behind  |  inferior to"
UNCLEAR = r"""
    compar(?:e|es|ed|ing|isons?)(?: [\w-]+){0,6}? (?:to|with|against|between)  |  relative to(?: that of)?  |  versus
    |  vs\.?  |  gap between
    |  we (?:\w+ly )?(?:compare|benchmark)(?!(?: [\w-]+){0,7} (?:to|with|against)\b)(?: the [\w ]+? of)?
"""
FOUND = "(?:show|prove|find|reveal|observe|demonstrate|discover|conclude|establish|argue)s?"
FRAMES = {
    "compares_to": verbose(rf"""
        \b(?:(?P<worse>{WORSE})  |  (?P<better>{BETTER})  |  (?P<equal>{EQUAL})  |  (?P<unclear>{UNCLEAR}))(?=\W)
    """),
    "studies": verbose(rf"""
        \b(?:we|paper|work|study|article|experiments|results|findings|theory)(?: \w+ly| also| further| then| first){{0,2}}
          (?: stud(?:y|ies)| analy[sz]es?| investigates?| examines?| characteri[sz]es?| revisits?| assess(?:es)?
            | understand| question| challenges?| {FOUND},? that| show| find| unify)(?=\W)
      |  \b(?:analysis|understanding|theory|properties|limits?|limitations|failures?|vulnerabilit(?:y|ies)
           |benefits?|efficacy|competitive ratio|attribute this [a-z ]+) (?:of|to)(?=\W)
      |  \b(?:understanding|analy[sz]ing|unifying)(?=\W)
    """),
    "builds_on": verbose(rf"""
        \b(?:(?:buil[dt](?:s|ing)?|based|relies|rel(?:y|ied)) (?:up)?on(?: top of)?  |  on top of  |  extends?  |  extending
          |  utili[sz]\w+  |  leverag\w+  |  {inflected("adopt employ combine integrate incorporate adapt apply")}
          |  us(?:e|es|ed|ing)(?: both)?  |  via  |  through  |  expressed by
          |  (?:variants?|versions?|extensions?|modifications?|generali[sz]ations?|ensembles?) of
          |  generali[sz](?:es?|ing)  |  retrofit(?:s|ting)?  |  (?:recast|formulat|model)\w*(?: [\w-]+){{0,5}}? as
          |  inspired by(?: [\w ]+? in)?  |  combin(?:es?|ing|ed) [\w -]*?with  |  explore the use of
          |  is an?
        )(?=\W)
    """),
}
NEGATED = verbose(r"\b(?:not|never|cannot|no|without)(?: [\w-]+){0,2} $")
STOPS = "which that while whereas where when although but because since if is are we"
AWAY = "by in|terms|of on for across in under at to using with without through via than"
END = verbose(rf"""
    [.;:](?:\s|$)  |  \s(?:{any_word(STOPS)}|by|in|on|for|across|under|at|to|using|with|without|through|via|achiev\w+|show\w*
      |demonstrat\w+)\s
""")
FAR_END = verbose(rf"[.;:](?:\s|$)  |  \s{any_word(STOPS)}\s")
REACH = {"compares_to": 110, "studies": 50, "builds_on": 60}
LEAD = verbose(r"""
    (?:\s|["“(]|\b(?:that|those|the|an?|its|their|our|both|all|any|either|each|such|of|performance|approach(?:es)?|methods?|algorithms?|techniques?
    |existing|conventional|traditional|standard|canonical|classical?|vanilla|typical|recent(?:ly)?|proposed|state-of-the-art|sota|strong|other|several|many|various|popular|celebrated
    |prior|previous|common(?:ly)?|used|widely|na[iï]ve|ideal|optimal|pure|purely|simple|plain|usual|current|modern|advanced|leading|well-known|powerful|competitive|costly|unstable|expensive|baselines?
    |as|like|including|new|novel|different|two|three|only|even|most|customi[sz]ed|extended|concept|idea|ideas|from|principles|success(?:es)?|\d+B|online|offline|open-source|unconstrained|off-policy|dataset-constrained|constrained|adaptive|single|commonly|which|we|generalizable|scalable|celebrated)\b)*
""")
JOIN = verbose(rf"""
    (?: {CLASS})?(?:\s?\([^()]*\))?["”)]?
    (?:\s\(|,? (?:and|or|as well as|with|nor) |, (?:and |or )?|/| & )
""")
OPENS_LIST = verbose(rf"""
    \b(?:{CLASS}|{nouns("architecture objective orderings? kind model LLM baseline classifier network group loss family")})
    (?:,? \(?(?:such as|like|including|primarily|e\.g\.,?|i\.e\.,?|namely) |,? \(|\s?[:–—]\s?|, \w+ \()$
""")


class Role(NamedTuple):
    """A method that an abstract names: its place, name and role, the rule that says so, and how a comparison went."""

    start: int
    end: int
    name: str
    role: str
    rule: str
    outcome: str = ""


class Frame(NamedTuple):
    """A part of a sentence whose names have a role: from behind the words that open it to its end."""

    role: str
    start: int
    end: int
    rule: str
    outcome: str


PROPOSES = verbose(r"\b(?:we|paper|work|thesis) (?:\w+ )?(?:propose|introduce|present|develop|design)s?\b")
STUDY = verbose(r"\b(?:understanding|study|analysis|perspective|revisit\w*|importance|when|why|does|do|which|what|limits|benefits?|role|empirical|theory|survey|review|roadmap|lens)\b|\?$")
OWN_WINS = verbose(r"improv|better|superior|reduc|outperform|fewer|less|faster|higher|gain|minimal|able to")


def named_roles(reading: Reading, lexicon: Lexicon, own: set[str]) -> list[Role]:
    """Find the methods that the abstract names, one row a name, with the strongest of its roles."""
    found: dict[str, Role] = {}
    for one in _all(reading, lexicon, own):
        key = folded_name(one.name).removesuffix("s")
        known = found.get(key)
        if key and (known is None or ROLES.index(one.role) < ROLES.index(known.role)):
            found[key] = one
    return list(found.values())


def _all(reading, lexicon, own):
    short = {long.casefold(): abbreviation for abbreviation, long in reading.abbreviations.items()}
    own = own | {long for long, abbreviation in short.items() if abbreviation.casefold() in own}
    proposes = bool(own) or any(PROPOSES.search(s.text) for s in reading.sentences)
    studies = not proposes or STUDY.search(reading.title)
    for sentence in reading.sentences:
        frames = list(_frames(sentence)) if sentence.own else []
        anchors = []
        for one in candidates(sentence, reading, lexicon, own):
            anchors.append((one, _anchor(sentence.text, one, anchors)))
        at = [a for _, a in anchors]
        lists: dict[int, tuple] = {}
        for one, anchor in anchors:
            role = _role(sentence, one, anchor, frames, studies, at.count(anchor) > 1)
            if role is None and one.kind == "written" and anchor in lists: role = lists[anchor]
            if role:
                if one.kind in STRONG: lists[anchor] = role
                name = short.get(one.name.casefold(), one.name)
                yield Role(sentence.start + one.start, sentence.start + one.end, name, *role)


def _anchor(text, one, anchors):
    """Return where the list begins in which a candidate stands: its own place, or that of the noun it exemplifies."""
    if anchors:
        last, anchor = anchors[-1]
        gap = text[last.right : one.left]
        join = JOIN.match(gap) if len(gap) < 60 else None
        if join and LEAD.fullmatch(gap, join.end()):
            return anchor
    opening = OPENS_LIST.search(text[max(0, one.left - 70) : one.left])
    return max(0, one.left - 70) + opening.start() if opening else one.left


def _frames(sentence: Sentence) -> Iterator[Frame]:
    text = sentence.text
    for role, pattern in FRAMES.items():
        for match in pattern.finditer(text):
            if not NEGATED.search(text[: match.start()]):
                end = END.search(text, match.end() + 1, match.end() + REACH[role])
                stop = end.start() if end else min(len(text), match.end() + REACH[role])
                yield Frame(role, match.end(), stop, match[0].casefold(), _outcome(text, match) if role == "compares_to" else "")


def _outcome(text, match):
    way = match.lastgroup
    if way == "equal" and re.search(SUCCESS, text[max(0, match.start() - 12): match.end()]):
        return "better"
    if way == "unclear" and OWN_WINS.search(text):
        return "better"
    return way


def _role(sentence, one, anchor, frames, studies, listed):
    text = sentence.text
    for frame in frames:
        gap = text[frame.start : anchor] if frame.start <= anchor else "." * 200
        example = anchor != one.left and len(gap) < 60 and not FAR_END.search(gap)
        if not (frame.start <= anchor < frame.end or example):
            continue
        direct = LEAD.fullmatch(gap) or example
        if one.kind == "fields" and not (direct and listed) and frame.role == "compares_to": continue
        if frame.role == "compares_to" and (direct or one.kind in STRONG):
            return frame.role, f"after '{frame.rule}'", frame.outcome
        if frame.role == "studies" and direct and one.kind != "capitals":
            return frame.role, f"after '{frame.rule}'"
        if frame.role == "builds_on" and direct and one.kind not in ("fields", "capitals"):
            return frame.role, f"after '{frame.rule}'"
    if not sentence.own:
        return ("mentions", "in the background") if one.kind in ("methods", "models", "techniques") else None
    if re.match(r"\s(?:\w+ )?(?:baselines?|counterparts?)\b", text[one.end:]):
        return "compares_to", "called a baseline", "better"
    if re.match(r"-(?:based|style)", text[one.end:]) and one.kind != "fields":
        return "builds_on", "X-based"
    if one.kind in ("methods", "models", "techniques"):
        return ("studies" if studies else "builds_on"), "named in an own sentence, " + one.kind
    return None

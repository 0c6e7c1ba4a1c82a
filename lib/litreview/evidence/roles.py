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
SUCCESS = r"(?:exceed|surpass|outperform|beat)"
LESS = r"(?:better|faster|higher|lower|fewer|less|more|larger|smaller|stronger|simpler|cheaper|easier|greater|\w{3,}[^n]er)"
BETTER = rf"""
    out-?perform(?:s|ed|ing)?  |  {inflected("surpass exceed beat")}  |  beating  |  tripling the performance of
    |  (?:superior|preferable) to  |  superiority over
    |  (?:improv\w+|gains?|advantages?|speed-?ups?|reductions?|increases?)(?: [^,;.]{{0,40}}?)? (?:over|up?on)
    |  {LESS}(?: [\w-]+){{0,6}}? than  |  less than\b[^,;.]{{0,40}}\brequired by
    |  rather than  |  instead of  |  in place of  |  as opposed to  |  (?:in )?contrast(?:s|ed|ing)? (?:to|with)
    |  unlike  |  alternatives? to  |  replac(?:es?|ing)  |  different from  |  differs? from |  favou?rabl[ey] (?:to|with)
    |  short ?comings of | drawbacks? of | avoid(?:s|ing)? | (?:circumvent|bypass)(?:s|es|ing)? | (?:does|do) not require(?: \w+ing [\w ]+? nor)?
"""
EQUAL = rf"""
    match(?:es|ed|ing)?(?:\ or\ (?:even\ )?{SUCCESS}(?:s|es|ing)?)?
    |  (?:competitive|comparabl[ey]|on[- ]par|equivalent|similar|as (?:well|good|effective|fast) as|close)(?:\ (?!in|to|with|as|combination)[\w-]+){{0,2}}? (?:to|with|as)
    |  as (?:well|good|effective|fast)  as |  approach(?:es|ing)?\ the\ performance\ of |  competitive\ [\w ]+\ with\ respect\ to
"""
WORSE = r"(?:falls?|falling) short of  |  (?:worse|weaker|slower) than  |  lags? behind  |  inferior to | underperforms?"
UNCLEAR = r"""
    compar(?:e|es|ed|ing|isons?)(?:\ [\w-]+){0,6}?\ (?:to|with|against|between)  |  relative\ to(?:\ that\ of)?  |  versus  |  vs\.?
    |  (?:differences?|gap)\ between  |  we (?:\w+ly )?(?:compare|benchmark)(?!(?:\ [\w-]+){0,7}\ (?:to|with|against)\b) (?:\ the [\w ]+? of)?
"""
FRAMES = {
    "compares_to": verbose(rf"\b(?:(?P<worse>{WORSE})|(?P<better>{BETTER})|(?P<equal>{EQUAL})|(?P<unclear>{UNCLEAR}))(?=\W)"),
    "studies": verbose(rf"""
        \b(?:we|paper|work|study|article|experiments|results|findings)(?:\ \w+ly|\ also|\ further|\ then|\ first)*
         \ (?:stud(?:y|ies)|analy[sz]es?|investigates?|examines?|characteri[sz]es?|revisits?|(?:show|prove|find|reveal|observe|demonstrate|discover)s?(?:,?\ that)?
           |evaluates?|assess(?:es)?|understand|question|challenges?|unify|unifying)(?=\W)
      |  \b(?:analysis|understanding|theory|properties|limits?|limitations|failures?|vulnerabilit(?:y|ies)
           |benefits?|role|effects?|impact|efficacy|capabilit(?:y|ies)|performance)\ of(?=\W)
      |  \b(?:understanding|analy[sz]ing|unifying)(?=\W)
    """),
    "builds_on": verbose(rf"""
        \b(?:(?:buil[dt](?:s|ing)?|based|relies|rel(?:y|ied))\ (?:up)?on(?:\ top\ of)?  |  on\ top\ of  |  extends?  |  extending
          |  utili[sz]\w+  |  leverag\w+  |  {inflected("adopt employ combine integrate incorporate adapt apply")}
          |  us(?:e|es|ed|ing)(?:\ both)? | via | through | modeled (?:using|with) 
          |  (?:variants?|versions?|extensions?|modifications?|generali[sz]ations?|ensembles?)\ of
          |  generali[sz](?:es?|ing)  |  retrofit(?:s|ting)?  |  (?:recast|formulat)\w*(?:\ [\w-]+){{0,3}}?\ as  |  inspired\ by(?:\ [\w ]+?\ in)?
          |  combin(?:es?|ing)\ [\w -]+? with  |  explore\ the\ use\ of | is an? | we (?:propose|introduce|present|develop|devise) an?
        )(?=\W)
    """),
}
NEGATED = verbose(r"\b(?:not|never|cannot|no|without)(?: [\w-]+){0,2} $")
END = verbose(r"""
    [.;:](?:\s|$)  |  \s(?:which|that|while|whereas|where|when|although|but|because|since|if|by|in\ terms\ of
      |on|for|across|in|under|at|to|using|with|without|through|via|achiev\w+|show\w*|demonstrat\w+|is|are)\s
""")
FAR_END = verbose(r"[.;:](?:\s|$)  |  \s(?:which|that|while|whereas|where|when|although|but|because|since|if|by|is|are|we)\s")
REACH = {"compares_to": 110, "studies": 50, "builds_on": 60}
LEAD = verbose(r"""
    (?:\s|["“(]|\b(?:that|those|the|an?|its|their|our|both|all|any|either|each|such|of|performance|approach(?:es)?|methods?|algorithms?|techniques?
    |existing|conventional|traditional|standard|canonical|classical?|vanilla|typical|recent(?:ly)?|proposed|state-of-the-art|sota|strong|other|several|many|various|popular|celebrated
    |prior|previous|common(?:ly)?|used|widely|na[iï]ve|ideal|optimal|pure|purely|simple|plain|usual|current|modern|advanced|leading|well-known|powerful|competitive|costly|unstable|expensive|baselines?
    |as|like|including|new|novel|different|two|three|only|even|most|customi[sz]ed|extended|concept|idea|ideas|from|principles|success(?:es)?|\d+B|online|offline|open-source)\b)*
""")
JOIN = verbose(rf"(?:\ {CLASS})?(?:\s?\([^()]*\))?[\"”)]?(?:\s\(|,?\ (?:and|or|as\ well\ as|with|nor)\ |,\ (?:and\ |or\ )?|/|\ &\ )") 
OPENS_LIST = verbose(rf"\b{CLASS}(?:\ (?:in|for|of|on)\ [\w -]{{1,30}})?(?:,?\ \(?(?:such\ as|like|including|e\.g\.,?|i\.e\.,?|namely)\ |\ \(|\ ?[:–—]\ ?)$")


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


def named_roles(reading: Reading, lexicon: Lexicon, own: set[str]) -> list[Role]:
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
    for sentence in reading.sentences:
        frames = list(_frames(sentence)) if sentence.own else []
        anchors = []
        accepted = {}
        for one in candidates(sentence, reading, lexicon, own):
            anchors.append((one, _anchor(sentence.text, one, anchors)))
        at = [a for _, a in anchors]
        joined = [one for one, a in anchors if at.count(a) > 1]
        for one, anchor in anchors:
            role = _role(sentence, one, anchor, frames, proposes, joined)
            if role:
                name = short.get(one.name.casefold(), one.name)
                yield Role(sentence.start + one.start, sentence.start + one.end, name, *role)


PROPOSES = verbose(r"\b(?:we|paper|work|thesis) (?:\w+ )?(?:propose|introduce|present|develop|design)s?\b")


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
    if way == "unclear" and re.search(r"improv|better|superior|reduc|outperform|fewer|less|faster|higher|gain|minimal|able to", text):
        return "better"
    return way


def _role(sentence, one, anchor, frames, proposes, joined=()):
    text = sentence.text
    for frame in frames:
        gap = text[frame.start : anchor] if frame.start <= anchor else "."*200
        example = anchor != one.left and len(gap) < 60 and not FAR_END.search(gap)
        if not (frame.start <= anchor < frame.end or example):
            continue
        direct = LEAD.fullmatch(gap) or example
        if one.kind == "fields" and not (direct and one in joined): continue
        if frame.role == "compares_to" and (direct or one.kind in STRONG or (one.kind == "techniques" and len(gap) < 50)):
            return frame.role, f"after '{frame.rule}'", frame.outcome
        if frame.role == "studies" and one.kind not in ("capitals",) and direct and not (proposes and "show" not in frame.rule and "benefit" not in frame.rule and False):
            return frame.role, f"after '{frame.rule}'"
        if frame.role == "builds_on" and direct and one.kind not in ("fields", "capitals"):
            return frame.role, f"after '{frame.rule}'"
    if not sentence.own:
        return ("mentions", "in the background") if one.kind in (*STRONG[:2], "techniques") else None
    if re.match(r"\s(?:\w+ )?(?:baselines?|counterparts?)\b", text[one.end:]):
        return "compares_to", "called a baseline", "better"
    if re.match(r"-(?:based|style)", text[one.end:]) and one.kind != "fields":
        return "builds_on", "X-based"
    if one.kind in ("methods", "models", "techniques"):
        return ("builds_on" if proposes else "studies"), "named in an own sentence"
    return None

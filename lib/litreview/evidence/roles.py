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
from litreview.evidence.paper_type import contribution
from litreview.evidence.rhetorical_roles import Reading, Sentence
from litreview.text.patterns import any_word, inflected, nouns, verbose

ROLES = ("compares_to", "studies", "builds_on", "mentions")
STRONG = ("methods", "models", "written")  # kinds that name a method wherever they stand
SUCCESS = "(?:exceed|surpass|outperform|beat)(?:s|ed|ing)?"
BETTER = rf"""
    (?:na[iï]ve|standard|straightforward|common|conventional) (?:approach|solution|practice)\b[^,;.]{{0,40}}?
      \b(?:is|be|involves?(?: using)?|uses?)  |
    (?:fraction|\d%) of the [\w ]{{1,40}}?(?: of| by)  |
    out-?perform(?:s|ed|ing)?  |  {inflected("surpass exceed beat")}  |  beating  |  tripling the performance of
    |  (?:superior|preferable) to  |  superiority over
    |  (?:improv\w+|gains?|advantages?|speed-?ups?|reductions?|increases?)(?: [^,;.]{{0,40}}?)? (?:over|up?on)
    |  (?:(?:less|more) [\w-]+|[a-z]{{3,}}[^nhtvd\W]er|better|faster|higher|fewer|greater|lower)(?: [\w-]+){{0,6}}? than(?! \d)
    |  rather than  |  instead of  |  in place of  |  as opposed to  |  (?:in )?contrast(?:s|ed|ing)? (?:to|with)
    |  unlike  |  alternatives? to  |  replac(?:es?|ing)  |  different from  |  differs? from  |  favou?rabl[ey] (?:to|with)
    |  (?:does|do) not require(?: \w+ing [\w ]+? nor)?
"""
EQUAL = rf"""
    match(?:es|ed|ing)?(?: or (?:even )?{SUCCESS})?(?! model)
    |  (?:competitive|comparabl[ey]|on[- ]par|equivalent|similar|close)(?: (?!in|to|with|as|combination)[\w-]+){{0,2}}? (?:to|with|as)
    |  (?:perform\w*|nearly|almost|just) as (?:well|good|effective|fast|accurate) as  |  approach(?:es|ing)(?: the (?:performance|results) of)?
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
           |benefits?|competitive ratio|attribute this [a-z ]+) (?:of|to)(?=\W)
      |  \b(?:understanding|analy[sz]ing|unifying)(?=\W)
    """),
    "builds_on": verbose(rf"""
        \b(?:(?:buil[dt](?:s|ing)?|based|relies|rel(?:y|ied)) (?:up)?on(?: top of)?  |  on top of  |  extends?  |  extending
          |  utili[sz]\w+  |  leverag\w+(?: ideas from)?  |  combin(?:es?|ing|ed) [\w -]*?with  |  {inflected("adopt employ combine integrate incorporate adapt apply")}
          |  us(?:e|es|ed|ing)(?: both)?  |  via  |  through  |  expressed by
          |  (?:variants?|versions?|extensions?|modifications?|generali[sz]ations?|ensembles?) of
          |  generali[sz](?:es?|ing)  |  retrofit(?:s|ting)?  |  (?:recast|formulat)\w*(?: [\w-]+){{0,5}}? as
          |  inspired by(?: [\w ]+? in)?  |  explore the use of
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
    (?:\s|["“]|[\w-]+ (?:baselines?|competitors?|algorithms?|methods?),?|\b(?:that|those|the|an?|its|their|our|both|all|any|either|each|such|of|performance|approach(?:es)?|methods?|algorithms?|techniques?
    |existing|conventional|traditional|standard|canonical|classical?|vanilla|typical|recent(?:ly)?|proposed|state-of-the-art|sota|strong|other|several|many|various|popular|celebrated
    |prior|previous|common(?:ly)?|used|widely|na[iï]ve|ideal|optimal|pure|purely|simple|plain|usual|current|modern|advanced|leading|well-known|powerful|competitive|costly|unstable|expensive|baselines?
    |as|like|including|new|novel|different|two|three|only|even|most|customi[sz]ed|extended|concept|success(?:es)?|\d+B|online|offline|open-source|unconstrained|off-policy|dataset-constrained|constrained|adaptive|single|commonly|which|we|generalizable|scalable|celebrated)\b)*
""")
JOIN = verbose(rf"""
    (?: {CLASS})?(?:\s?\([^()]*\))?["”)]?
    (?:\s\(|,? (?:and|or|as well as|with|nor) |, (?:and |or )?|/| & )
""")
OPENS_LIST = verbose(rf"""
    \b(?:{CLASS}|{nouns("architecture objective ordering kind model LLM baseline classifier network group loss family")})(?: (?:in|for|of|on) (?:(?!task|benchmark|domain|dataset)[\w-]+ ){{0,4}}(?!task|benchmark|domain|dataset)[\w-]+)?
    (?:,? \(?(?:such as|like|including|primarily|e\.g\.,?|i\.e\.,?|namely) (?:\w+ and )?|,? \(|\s?[:–—]\s?|, \w+ \()$
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
DETERMINED = verbose(r"\b(?:an?|novel|new|our)\b")
BASELINE = verbose(r"\s(?:\w+ )?(?:baselines?|counterparts?)\b")
LONGEST_GAP = 80
PLAIN = ("methods", "models", "techniques", "written", "phrase")
KNOWN = ("methods", "models", "techniques")


class Member(NamedTuple):
    """A candidate, where the list begins in which it stands, and whether the list gives examples of something."""

    one: Candidate
    place: int
    example: bool


def named_roles(reading: Reading, lexicon: Lexicon, own: set[str]) -> list[Role]:
    """Find the methods that the abstract names, one row a name, with the strongest of its roles."""
    found: dict[str, Role] = {}
    for one in _all(reading, lexicon, own):
        key = folded_name(one.name).removesuffix("s")
        known = found.get(key)
        if key and (known is None or ROLES.index(one.role) < ROLES.index(known.role)):
            found[key] = one
    return list(found.values())


def _all(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Role]:
    short = {long.casefold(): abbreviation for abbreviation, long in reading.abbreviations.items()}
    longer = {long for long, abbreviation in short.items() if abbreviation.casefold() in own}
    studies = _studies(reading, own)
    for sentence in reading.sentences:
        frames = sorted(_frames(sentence.text), key=lambda f: (ROLES.index(f.role), -f.start)) if sentence.own else []
        members = _members(sentence.text, candidates(sentence, reading, lexicon, own | longer))
        places = [member.place for member in members]
        default = "mentions" if not sentence.own else "studies" if studies else "builds_on"
        lists = set()
        for member in members:
            one = member.one
            verdict = _framed(sentence.text, member, frames, places.count(member.place) > 1)
            if not verdict and sentence.own and member.example and re.match("baseline|competitor", sentence.text[member.place:], re.I):
                verdict = ("compares_to", "an example of a baseline", "better" if OWN_WINS.search(sentence.text) else "unclear")
            if not verdict and sentence.own: verdict = _beside(sentence.text, one)
            known = one.kind in KNOWN and (one.kind != "techniques" or re.search("[A-Z -]", sentence.text[one.start:one.end]))
            known = known or (not sentence.own and member.example and one.kind in ("phrase", "written"))
            known = known or (sentence.own and one.kind in ("written", *(["fields"] if studies else [])) and member.place in lists)
            if known and not verdict:
                verdict = (default, f"named in {'an own sentence' if sentence.own else 'the background'}"+" "+one.kind, "")
                lists.add(member.place)
            if verdict:
                name = short.get(one.name.casefold(), one.name)
                yield Role(sentence.start + one.start, sentence.start + one.end, name, *verdict)


def _studies(reading: Reading, own: set[str]) -> bool:
    """Whether the paper studies what others made: it introduces nothing, or its title says that it does."""
    title = reading.title.casefold()
    if any(name in title for name in own):
        return False
    verdict = contribution(reading, bool(own))
    if verdict and verdict.kind in ("method", "system") and not STUDY.search(title): return False
    proposes = own or any(PROPOSES.search(sentence.text) for sentence in reading.sentences)
    return not proposes or bool(STUDY.search(title))


def _members(text: str, found: list[Candidate]) -> list[Member]:
    members: list[Member] = []
    for one in found:
        last = members[-1] if members else None
        gap = text[last.one.right : one.left] if last else ""
        join = JOIN.match(gap) if len(gap) < LONGEST_GAP else None
        opening = OPENS_LIST.search(text, max(0, one.left - LONGEST_GAP), one.left)
        if last and join and LEAD.fullmatch(gap, join.end()):
            members.append(Member(one, last.place, last.example))
        else:
            members.append(Member(one, opening.start() if opening else one.left, bool(opening)))
    return members


def _frames(text: str) -> Iterator[Frame]:
    for role, pattern in FRAMES.items():
        for match in pattern.finditer(text):
            if not NEGATED.search(text[: match.start()]):
                end = END.search(text, match.end() + 1, match.end() + REACH[role])
                stop = end.start() if end else min(len(text), match.end() + REACH[role])
                yield Frame(role, match.end(), stop, match[0].casefold(), _outcome(text, match) if role == "compares_to" else "")




def _outcome(text: str, match: re.Match[str]) -> str:
    way = str(match.lastgroup)
    if way == "equal" and re.search(SUCCESS, text[max(0, match.start() - 12) : match.end()]):
        return "better"
    return "better" if way == "unclear" and OWN_WINS.search(text) else way


def _framed(text: str, member: Member, frames: list[Frame], several: bool) -> tuple[str, str, str] | None:
    kind = member.one.kind
    for frame in frames:
        gap = text[frame.start : member.place]
        near = frame.start <= member.place
        example = near and member.example and len(gap) < LONGEST_GAP and not FAR_END.search(gap)
        if not example and not (near and member.place < frame.end):
            continue
        direct = example or LEAD.fullmatch(gap)
        if frame.role == "compares_to":
            fits = kind in STRONG or (direct and (kind != "fields" or several))
        elif frame.role == "studies":
            fits = direct and kind in PLAIN and not re.search(r"\bour\b", gap)
            fits = fits and not (kind == "phrase" and re.search("(?:learning|training)$", member.one.name))
        else:
            fits = direct and kind in PLAIN and not (kind == "phrase" and DETERMINED.search(gap))
        if fits:
            return frame.role, f"after '{frame.rule}'", frame.outcome
    return None


def _beside(text: str, one: Candidate) -> tuple[str, str, str] | None:
    """Return the role that the words behind a name give it."""
    if BASELINE.match(text, one.end) and one.kind != "fields":
        return "compares_to", "called a baseline", "better"
    if re.match(r"-(?:based|style)", text[one.end :]) and one.kind != "fields":
        return "builds_on", "X-based", ""
    return None

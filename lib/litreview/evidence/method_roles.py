"""The role of each method that an abstract names: compared with, studied, built on, or only mentioned.

A mention has the role of the frame in which it stands ("outperforms …", "we show that …", "based on …"), else that of
its sentence: a known name in an own sentence is built on (studied, where the paper studies what others made), in the
background it is mentioned. The members of a list have the role of the noun that opens the list. A name has one role,
the strongest of its mentions, and may be a base beside: "we propose a variant of PPO that outperforms PPO".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.abstract_sentences import TEXTS, Found, Reading, Sentence
from litreview.evidence.key_sentences import REPORT
from litreview.evidence.names.lexicon import Lexicon, folded_name
from litreview.evidence.names.noun_phrases import CLASS_NOUN, NAMES, QUALIFIERS, Candidate, candidates
from litreview.evidence.names.proper_names import CLASS
from litreview.evidence.paper_type import STUDY, SURVEY, THEORY, contribution
from litreview.text.patterns import Cues, any_word, inflected, nouns, verbose

ROLES = COMPARES, STUDIES, BUILDS, MENTIONS = "compares_to", "studies", "builds_on", "mentions"
SUCCESS = inflected("beat exceed outperform surpass")
GAIN = nouns("advantage gain increase reduction speed-up speedup superiority")
COMPARED = verbose(rf"""
    \b(?:(?P<worse>falls? short of  |  (?:worse|weaker|slower) than  |  lags? behind  |  inferior to
      |  approach(?:es|ing)(?: the performance of)?)
    |  (?P<better>{SUCCESS}(?: or match(?:es|ed|ing)?)?  |  (?:improv\w+|{GAIN})(?: [^,;]{{0,40}}?)? (?:over|up?on)
      |  (?:(?!other)\w+er|(?:less|more)\s[\w-]+)(?:[ -][\w-]+){{0,6}}? than(?: (?:achieved|found|obtained) by)?
      |  superior(?: [\w-]+)? to  |  contrast(?:s|ed|ing)? (?:to|with)  |  instead of  |  unlike
      |  % of the [\w ]+? required by  |  (?:na[iï]ve|standard) approach\b[^,;.]{{0,40}}?\b(?:is|involves?(?: using)?))
    |  (?P<equal>match(?:es|ed|ing)?
      |  (?:competitive|comparabl[ey]|on[- ]par|equivalent|similar(?! to))(?: [\w-]+){{0,2}}? (?:to|with|as))
    |  (?P<unclear>alternatives? to  |  differ(?:ent|s)? from  |  (?:eliminat|remov)\w+ the need for  |  relative to
      |  versus  |  vs\.?  |  (?<!\w )against
      |  compar(?:e|es|ed|ing|isons?)(?: [\w-]+){{0,8}}? (?:to|with|against|between)  |  baselines(?:,|:| -| –)
      |  we compare(?!(?: [\w-]+){{0,7}} (?:to|with|against)))
    )(?=\W)
""")
STUDIED = verbose(rf"""
    \b(?:we|experiments|{TEXTS}) (?:{REPORT},? that|analy[sz]es?|investigates?|reconceptuali[sz]es?|stud(?:y|ies))(?=\W)
    |  \bequivalence between
""")
BUILT_ON = verbose(rf"""
    \b(?:(?:buil[dt](?:s|ing)?|based|rel(?:y|ies)) (?:up)?on  |  {nouns("variant version extension modification")} of
      |  a generali[sz]ation of  |  change to  |  extend\w*  |  fine-?tun\w+  |  inspired by(?: [\w ]+ in)?  |  via
      |  through  |  proposed by  |  recall(?:s|ing)? that  |  used in  |  combin\w+ [\w -]*?with
      |  {inflected("adopt apply combine employ incorporate integrate use utilize leverage")}
    )(?=\W)
""")
FRAMES = Cues({COMPARES: COMPARED, STUDIES: STUDIED, BUILDS: BUILT_ON})
NEGATED = verbose(r"\b(?:not(?! only)|never|cannot|no|without)(?: [\w-]+){0,2} $")
TURN = any_word("which that while whereas where when although but because since if is are we")
AWAY = any_word(r"across at (?<!used\s)by concerning for in on through to under using via with(?:out)?")
END = verbose(rf"[.;:](?:\s|$)  |  \s(?:{TURN}|{AWAY})\s")
LEADING = rf"{any_word(QUALIFIERS)}|of|performance|ideas?|successors?|that|\w+ly|\w+(?:-\w+)+"
LEAD = re.compile(rf"(?:[\s\"“\[]|\(\w+\)|\b(?:{LEADING})(?![\w-]))*", re.IGNORECASE)
JOIN = verbose(rf"""
    (?:\ {CLASS})?(?:\s?\([^()]*\))?["”)]?  # "methods", "(Doe et al.)"
    (?:\s\(|,? (?:and|or|as well as|with|nor) |, |/| & )
""")
OPENS_LIST = verbose(rf"""
    \b(?:{CLASS}|{nouns("architecture baseline classifier competitor LLM loss network objective")})
    (?: (?:in|for|of|on)(?: (?!task)[\w-]+){{1,5}})?  # "losses on preference data"
    (?:,? \(?(?:such as|like|including|e\.g\.,?|i\.e\.,?|namely) (?:\w+ and )?|,? \(|\s?[:–—]\s?)$
""")
TITLES = "analysis benefits? empirical importance limits perspective role study survey theory understanding"
STUDY_TITLE = re.compile(rf"\b(?:{any_word(TITLES)}|wh(?:at|en|ich|y))\b|\?$", re.IGNORECASE)
MAKES = re.compile(r"\bwe (?:\w+ )?(?:combine|derive|design|develop|integrate|introduce|propose)\b", re.IGNORECASE)
PARADIGMS = ("RLHF", "RLAIF", "RLVR")  # what a paper is about rather than what it uses
OWN_WINS = any_word("better faster gain higher improv outperform reduc superior")


class Frame(NamedTuple):
    """A part of a sentence whose names have a role: from behind the words that open it to its end."""

    start: int
    end: int
    gives: tuple[str, str, str]  # role, rule, outcome


def named_roles(reading: Reading, lexicon: Lexicon, own: set[str]) -> list[Found]:
    """Find the methods that the abstract names, each with its strongest role, and once more as a base.

    `own` are the names that the paper introduces, in small letters.
    """
    found: dict[str, Found] = {}
    # A role by a frame weighs more than one by the sentence; then the order of the roles decides.
    mentions = _mentions(reading, lexicon, own)
    for one in sorted(mentions, key=lambda one: (one.rule.startswith("in "), ROLES.index(one.kind))):
        name = folded_name(one.name)
        if found.setdefault(name, one).kind != BUILDS and one.kind == BUILDS and one.rule.startswith("after"):
            found.setdefault(f"base {name}", one)
    return list(found.values())


def _mentions(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    work = _work_on_others(reading, own)
    studies = work or STUDY_TITLE.search(reading.title)
    for sentence in reading.sentences:
        frames = _frames(sentence.text, work) if sentence.own else []
        makes = MAKES.search(sentence.text)
        for member in _members(sentence.text, candidates(sentence, lexicon, own)):
            held = next((frame.gives for frame in frames if _holds(frame, member, sentence.text)), None)
            role, rule, outcome = held or _unframed(sentence, member, STUDIES if studies and not makes else BUILDS)
            area = member.name.endswith(("learning", "training"))  # too wide to be what is studied
            if role and not (area and role == STUDIES):
                yield sentence.found(role, member.start, member.end, rule)._replace(outcome=outcome, name=member.name)


def _unframed(sentence: Sentence, member: Candidate, role: str) -> tuple[str, str, str]:
    """Return what a name has without a frame: `role` in an own sentence; nothing for what is no name by itself."""
    kind, words = member.kind, sentence.text[member.start : member.end]
    role = BUILDS if sentence.text.startswith("-", member.right) else role  # "FooSort-based"
    example = member.example and kind == "written"
    by_itself = example or kind in ("methods", "models") or (kind == "techniques" and re.search("[A-Z -]", words))
    if not sentence.own:
        return MENTIONS if by_itself else "", "in the background", ""
    return role if by_itself and not (role == BUILDS and member.name in PARADIGMS) else "", "in an own sentence", ""


def _work_on_others(reading: Reading, own: set[str]) -> str:
    """Return the kind of a paper that introduces nothing and studies what others made; empty for any other."""
    verdict = None if own else contribution(reading, names_something=False)
    return verdict.kind if verdict and verdict.kind in (STUDY, SURVEY, THEORY) else ""


def _members(text: str, found: list[Candidate]) -> Iterator[Candidate]:
    """Tell of each candidate in which list it stands."""
    last = None
    for one in found:
        join = JOIN.match(text, last.right, one.left) if last else None
        if last and join and LEAD.fullmatch(text, join.end(), one.left):
            last = one._replace(opens=last.opens, example=last.example)
        else:
            opening = OPENS_LIST.search(text, 0, one.left)
            last = one._replace(opens=opening.start() if opening else one.left, example=bool(opening))
        yield last


def _frames(text: str, work: str) -> list[Frame]:
    """Find the frames of a sentence, by the strength of their roles, the nearest to what follows first.

    What is compared builds on nothing: "a rival based on X".
    """
    found: list[Frame] = []
    for role, match in FRAMES.matches(text):
        theirs = any(one.start <= match.start() < one.end for one in found if one.gives[0] == COMPARES)
        if not NEGATED.search(text[: match.start()]) and not (role == BUILDS and theirs):
            end = END.search(text, match.end() + 1)
            gives = role, f"after '{match[0].casefold()}'", _outcome(text, match, work)
            found.append(Frame(match.end(), end.start() if end else len(text), gives))
    return sorted(found, key=lambda frame: (ROLES.index(frame.gives[0]), -frame.start))


def _outcome(text: str, match: re.Match[str], work: str) -> str:
    """Return how the own work does: what is compared is better where the own gains.

    Of two methods that a study of others compares, neither is its own.
    """
    way = match.lastgroup or ""
    if way == "unclear" and re.search(OWN_WINS, text):
        way = "better"
    return "unclear" if work == STUDY and way in ("better", "worse") else way


def _holds(frame: Frame, member: Candidate, text: str) -> bool:
    """Whether a frame gives a candidate its role: the list of the candidate begins in it, or exemplifies its object."""
    kind, gap = member.kind, text[frame.start : member.opens]
    inside = frame.start <= member.opens < frame.end
    example = member.example and frame.start <= member.opens and not re.search(rf",|\s{TURN}\s", gap)
    direct = example or (inside and LEAD.fullmatch(gap))
    if frame.gives[0] == COMPARES:
        area = kind == "phrase" and member.name.endswith(("learning", "training"))
        family = area and CLASS_NOUN.match(text, member.start + len(member.name))  # "offline learning methods"
        return bool((direct and not family) or (inside and kind in NAMES))
    # "via a similarity constraint" is the paper's own, "via importance sampling" is not.
    theirs = kind != "phrase" or not re.search(r"\ban?\b", gap)
    return bool(direct and theirs and kind in (*NAMES, "techniques", "phrase"))

"""What kind of contribution a paper makes, by the cues its title and its own sentences give."""

import re
from typing import NamedTuple

from litreview.evidence.reading import Reading


class Cue(NamedTuple):
    """A pattern that speaks for a kind of contribution, with its weight."""

    kind: str
    where: str
    weight: float
    pattern: re.Pattern[str]


class Verdict(NamedTuple):
    """The kind decided on, the cue that weighed most, and the sentence it stands in."""

    kind: str
    rule: str
    quote: str


def _cue(kind: str, where: str, weight: float, pattern: str) -> Cue:
    return Cue(kind, where, weight, re.compile(pattern, re.IGNORECASE))


WE = r"\b(?:we|(?:this|our) (?:paper|work|study|article|thesis|report))\b[^.;]{0,60}?"
CUES = (
    _cue("survey_or_position", "title", 4, r"\b(?:survey|review|overview|roadmap|position|perspectives?|tutorial|primer|taxonomy|challenges and|opportunities)\b"),
    _cue("survey_or_position", "abstract", 3, r"\bthis (?:survey|review|position paper|overview|tutorial)\b|\bwe (?:survey|review the|review recent|review existing)\b|\bprovides? (?:an|a [\w ]*) (?:overview|survey|review)\b|\bposition paper\b"),
    _cue("survey_or_position", "abstract", 1, r"\b(?:taxonomy|future directions|open problems|open challenges|research directions|we argue that|we discuss)\b"),
    _cue("benchmark_or_dataset", "title", 3, r"\b(?:benchmark(?:s|ing)?|datasets?|suite|corpus|test ?bed|challenge|environment|gym)\b"),
    _cue("benchmark_or_dataset", "abstract", 3, WE + r"\b(?:introduc|present|propos|releas|construct|creat|develop|build|collect|curat|contribut)\w*\b[^.;,]{0,80}\b(?:benchmark|dataset|data set|corpus|suite|test ?bed|environment)s?\b"),
    _cue("theory", "title", 2, r"\b(?:provabl[ey]|theor(?:y|etic\w*)|bounds?|regret|convergence|optimality|complexity|guarantees?|minimax|near-optimal|sample[- ]efficien\w+|generalization|foundations)\b"),
    _cue("theory", "abstract", 1.5, r"\b(?:we|our [\w ]{0,20}) (?:\w+ ){0,2}(?:prove|establish|characterize|show that [^.;]{0,60}(?:regret|bound|convergence))"),
    _cue("theory", "abstract", 1, r"\b(?:lower bounds?|upper bounds?|regret(?: bounds?)?|sample complexity|minimax|theorem|convergence rate|approximation ratio|competitive ratio|suboptimality|polynomial|information-theoretic|near-optimal|asymptotic\w*|guarantees?|proof)\b"),
    _cue("empirical_study", "title", 2, r"\?|\b(?:empirical|study|analysis|understanding|revisiting|investigat\w+|rethinking|reality check|lessons|scaling laws?|evaluating|assessing|comparison|case study|exploring|effects? of|impact of|what matters)\b"),
    _cue("empirical_study", "abstract", 1.5, r"\bwe (?:\w+ ){0,2}(?:find|found|observe|investigate|study|examine|analy[sz]e|explore|compare|reveal|uncover|revisit)\b|\bour (?:findings|analysis|study|results) (?:reveal|show|suggest|indicate|highlight)"),
    _cue("empirical_study", "abstract", 2, r"\b(?:empirical study|extensive (?:empirical )?(?:study|experimentation)|comprehensive (?:study|analysis|evaluation)|systematic(?:ally)? (?:study|analysis|evaluat\w+|compar\w+)|large-scale (?:study|evaluation)|case study|ablation study)\b"),
    _cue("system", "title", 3, r"\b(?:system|platform|library|toolkit|toolbox|infrastructure|workflow|open-source|engine|serving|technical report)\b"),
    _cue("system", "abstract", 2, WE + r"\b(?:present|introduc|describ|develop|build|propos|releas|provid)\w*\b[^.;,]{0,60}\b(?:system|platform|library|toolkit|toolbox|infrastructure|package|recipe|pipeline|workflow)\b"),
    _cue("method", "abstract", 3, WE + r"\b(?:propos|introduc|present|develop|devis|design|deriv)\w*\b[^.;]{0,100}\b(?:algorithms?|methods?|approach|framework|model|architecture|network|technique|strategy|scheme|mechanism|objective|loss|paradigm|schedul\w+|policy|optimizer|agent|module|procedure|regularization|pipeline|solution)\b"),
    _cue("method", "abstract", 1.5, r"\b(?:our|the proposed) (?:[\w-]+ ){0,2}?(?:method|approach|framework|algorithm|model|technique|scheme|network)\b"),
    _cue("method", "abstract", 1, r"\b(?:outperform\w*|state-of-the-art|novel|superior\w*|achiev\w+ (?:better|higher|competitive))\b"),
    _cue("method", "title", 1.5, r"^[\w-]+: |\b(?:via|through|using|with|towards?|learning to)\b"),
)
PRIOR = "method"


def contribution(reading: Reading) -> Verdict:
    """The kind with the most weight; `method`, the commonest, where nothing speaks."""
    scores: dict[str, float] = {PRIOR: 0.5}
    best: dict[str, tuple[float, str, str]] = {}
    for cue in CUES:
        for text in [reading.title] if cue.where == "title" else [s.text for s in reading.sentences]:
            match = cue.pattern.search(text)
            if match:
                scores[cue.kind] = scores.get(cue.kind, 0) + cue.weight
                best.setdefault(cue.kind, (cue.weight, f"{cue.where} says '{match[0][-60:].strip().lower()}'", text))
                break
    kind = max(scores, key=lambda name: (scores[name], name))
    _, rule, quote = best.get(kind, (0, "nothing speaks for another kind", reading.title))
    return Verdict(kind, rule, quote)

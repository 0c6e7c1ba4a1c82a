"""PubMed's two formats for people, "Abstract (text)" and "Summary (text)".

Neither has tags: what a paragraph or a sentence is, is told by its place and by what it looks like. A record begins with
the next number below a blank line, or below two where abstracts have blank lines of their own. The fields get the tags
of NBIB; what stands round an abstract is kept as notes.
"""

import re
from collections.abc import Iterator

from litreview.sources.file_content import RECORD, Content, Entry, Rejection, too_long

NAME = "PubMed abstracts or summaries as text"
_ABSTRACTS = re.compile(r"\s*1\. \S[^\n]*(?:\n\S[^\n]*)*\n\n[\s\S]*?^(?:DOI|PMID): ?\S", re.MULTILINE)
_SUMMARIES = re.compile(r"\s*1: \S[^\n]*(?:\n\S[^\n]*)*?\bPMID: \d")
_DATE = r"(?P<DP>(?:18|19|20)\d\d\b[^;:.]*)"
_CITATION = re.compile(rf"(?P<TA>.{{1,500}}?)\.\s+{_DATE}", re.DOTALL)
_SUMMARY = re.compile(
    rf"(?:(?P<AU>[^.\[]+)\.\s+)?(?P<TI>\S.{{1,2000}}?[.?!\]])\s+(?P<TA>[^.?!]{{2,200}})\.\s+{_DATE}[;:.]", re.DOTALL
)
_NUMBERS = re.compile(r"\b(DOI|PMCID|PMID): ?([^\s;]+)")
_NAME = re.compile(r"[^.,;]+ [A-Z]{1,4}(?: (?:Jr|Sr|2nd|3rd))?(?:\(\d+\))*(?:[.,;]|\s*$)|[^.,;]+\(\d+\)")
_NOTE = re.compile(
    r"Author information:|(?:Collaborators|Comment|Erratum|Update|Republished|Retract|Conflict|Copyright|Published by)\b"
    r"|©|\[.*\]\Z|(?:DOI|PMCID|PMID):",
    re.DOTALL,
)


def recognises(content: Content) -> bool:
    """Whether the file begins with the first of numbered citations, and the numbers of a paper follow."""
    return bool(_ABSTRACTS.match(_head(content)) or _SUMMARIES.match(_head(content)))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records, in order."""
    abstracts = bool(_ABSTRACTS.match(_head(content)))
    fields_of, mark, apart = (_abstract, ".", 2) if abstracts else (_summary, ":", 1)
    place, count, blanks, size = 0, 0, apart, 0
    lines: list[str] = []
    for number, line in content.lines():
        if blanks >= apart and line.startswith(f"{count + 1}{mark} "):
            if count:
                yield _entry(place, lines, size, fields_of)
            place, count, size, lines = number, count + 1, 0, []
        size += len(line) + 1
        if size <= RECORD:
            lines.append(line)
        blanks = 0 if line.strip() else blanks + 1
    if count:
        yield _entry(place, lines, size, fields_of)


def _head(content: Content) -> str:
    return content.head.replace("\r\n", "\n").replace("\r", "\n")


def _entry(place: int, lines: list[str], size: int, fields_of) -> Entry | Rejection:  # type: ignore[no-untyped-def]
    if size > RECORD:
        return too_long(place, " ".join(lines)[:80], RECORD)
    text = "\n".join(lines).partition(" ")[2].strip()
    names = {"DOI": "AID", "PMCID": "PMC", "PMID": "PMID"}
    return Entry(
        "nbib", place, fields_of(text) | {names[name]: number.rstrip(".") for name, number in _NUMBERS.findall(text)}
    )


def _abstract(text: str) -> dict[str, str | list[str]]:
    """Citation and title; then names, notes and the paragraphs of the abstract."""
    citation, *rest = [part.strip() for part in re.split(r"\n\s*\n", text)]
    notes = [part for part in rest[1:] if _NOTE.match(part)]
    others = [part for part in rest[1:] if part not in notes]
    names = others.pop(0) if others and _NAME.match(others[0]) else ""
    match = _CITATION.match(citation)
    return {
        **(match.groupdict() if match else {}),
        "SO": citation,
        "TI": rest[0] if rest else "",
        "AU": _names(names),
        "AB": "\n".join(others),
        "notes": notes,
    }


def _summary(text: str) -> dict[str, str | list[str]]:
    """Names, title and citation, each a sentence or some."""
    match = _SUMMARY.match(text)
    told = match.groupdict("") if match else {"TI": text}
    return {**told, "AU": _names(told.get("AU", "")), "SO": text}


def _names(text: str) -> list[str]:
    return re.split(r"[,;]\s+", re.sub(r"\(\d+\)|\.\s*$", "", text))

"""Identifiers as they are compared: without prefix, address and version, and in one case."""

import re
from urllib.parse import unquote

_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"{}|\\^`]+")
_BLANK_IN_SICI = re.compile(r"\s*\[\s*(?=\d{1,6}:\w{1,9}\]\d)")  # "10.1000/1234(2004)024 [ 0141:ABC]2.0.CO;2"
_ARCHIVES = "astro-ph cond-mat gr-qc hep-(?:ex|lat|ph|th) math-ph nlin nucl-(?:ex|th) physics quant-ph math cs q-bio"
_OLD_ARXIV = rf"(?:{'|'.join(_ARCHIVES.split())}|[a-z]+-[a-z]+)(?:\.[A-Za-z]{{2}})?/\d{{7}}"
_ARXIV_ID = rf"(\d{{4}}\.\d{{4,5}}|{_OLD_ARXIV})(?:v(\d{{1,2}}))?(?!\d)"
_ARXIV_ALONE = re.compile(rf"\s*{_ARXIV_ID}(?:\s*\[[\w.-]+\])?\s*", re.IGNORECASE)
_ARXIV_NAMED = re.compile(
    rf"(?:arxiv(?:\.org)?|huggingface\.co|hf\.co|alphaxiv\.org)(?:\s*(?:preprint|e-print|eprint))?[\s:./_-]*"
    rf"(?:(?:abs|pdf|html|papers|format|arxiv)[./:]+)?{_ARXIV_ID}",
    re.IGNORECASE,
)
_PMID = re.compile(  # named, with an address, or alone; another database's number may stand behind it
    r"\s*(?:(?:pmid|medline|pubmed)\s*:?\s*|https?://(?:pubmed\.|(?:www\.)?)ncbi\.nlm\.nih\.gov/(?:(?:m/)?pubmed/)?)?"
    r"(\d{1,8})(?:\.0)?/?\s*(?:[\[(].*[\])]|, ?EMBASE .*)?\s*",
    re.IGNORECASE,
)
_OPENALEX = re.compile(r"openalex\.org/(?:works/)?(W\d+)\b|\s*(W\d{4,})\s*$", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", ">": "<"}


def doi(text: str) -> str:
    """Find the first DOI in a text, in lower case; "" if there is none."""
    text = _BLANK_IN_SICI.sub("[", text)
    match = _DOI.search(unquote(text) if "%2" in text else text)
    return _trimmed(match[0]).lower() if match else ""


def arxiv(text: str) -> tuple[str, str]:
    """Find the arXiv id in a text and its version, both "" if there is none.

    A bare number counts only where the text is nothing else; in prose it needs the name of arXiv before it.
    """
    match = _ARXIV_ALONE.fullmatch(text) or _ARXIV_NAMED.search(text)
    return (match[1] if match[1][0].isdigit() else match[1].lower(), match[2] or "") if match else ("", "")


def pmid(text: str) -> str:
    """Read the PubMed number that a text consists of; "" if it is none."""
    match = _PMID.fullmatch(text)
    return match[1].lstrip("0") if match else ""


def openalex(text: str) -> str:
    """Find the OpenAlex id of a work in a text, such as W2741809807; "" if there is none."""
    match = _OPENALEX.search(text) if "openalex.org" in text else _OPENALEX.match(text)
    return match[match.lastindex or 0].upper() if match else ""


def _trimmed(found: str) -> str:
    """A DOI without the punctuation of the text round it; a bracket is its own when it opens there as well."""
    found = "".join(letter for letter in found if letter.isprintable())
    while found:
        found = found.rstrip(".,;:'*")
        last = found[-1:]
        if last not in _CLOSING or found.count(_CLOSING[last]) >= found.count(last):
            break
        found = found[:-1]
    return found

"""Identifiers as they are compared: without prefix, address and version, and in one case."""

import html
import re
from urllib.parse import unquote

# None is longer.
_DOI = re.compile(r"(?i)\b10\.\d{4,9}(?:\.\d{1,9}){0,5}/(?:(?!</|<br|<a\s|\?\w+=|#\w\w)[!#-\[\]_a-z~]){1,500}")
_BARE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[a-z0-9._/-]{0,80}[0-9])", re.IGNORECASE)
_LONGEST_FIELD = 500  # letters of a field in which blanks may stand inside a DOI
_GAPS = re.compile(  # blanks and line breaks that no DOI has
    r"""(?x)(?<=\b10\.)\s+(?=\d{4,9}\s?/) | (?<=\d)\s+(?=/) | (?<=[-_/(])\s+(?=\w)    # behind and before its own signs
    | (?<=\.)\s+(?=\d[\d.]*\W*\Z)                                                # and where only numbers follow
    | \s+(?=\(\d{4}\)\s*\d+\s*[\[<])                                             # in front of the year of a SICI"""
)
_SICI = re.compile(r"\)\s*\d+\s*[\[<]\s*\d+\s*:[^\[\]<>]{1,12}[\]>]\s*\d\.\s*\d?\.?\s*CO\s*;\s*\w", re.IGNORECASE)
_ENDS = re.compile(r"(?:/(?:abstract|full|e?pdf|meta)|\.pdf)$")  # of a publisher's page
_SIGNS = dict.fromkeys(range(0x2010, 0x2016), "-") | dict.fromkeys((0xAD, 0x200B, 0x5C))  # "\\" goes
# hep-th/9901001, math.GT/0309136
_OLD_ARXIV = r"(?:[a-z]{1,9}-[a-z]{1,9}|nlin|physics|math|cs)(?:\.[A-Za-z]{2})?/\d{7}"
_ARXIV_ID = rf"(\d{{4}}\.\d{{4,5}}|{_OLD_ARXIV})(?:v(\d{{1,2}}))?(?!\d)"
ARXIV_NUMBER = re.compile(r"\d{4}\.\s*\d{4}|/\s*\d{7}")  # without which there is no id
_ARXIV_GAPS = re.compile(r"(?<=\d{4}\.)\s+(?=\d{4,5}\b)|(?<=[a-z])\s+(?=/\s?\d{7})|(?<=/)\s+(?=\d{7}\b)")
_ARXIV_ALONE = re.compile(rf"\W*(?:abs/)?{_ARXIV_ID}(?:\.pdf)?(?:\s*\[[\w.-]+\])?\W*", re.IGNORECASE)
_ARXIV_NAMED = re.compile(
    rf"(?i)(?:arxiv(?:\.org)?|huggingface\.co|hf\.co|alphaxiv\.org)(?:\s*(?:preprint|e-print|eprint))?[\s:./_-]{{0,9}}"
    rf"(?:(?:abs|pdf|html|papers|format|arxiv)[./:]+)?{_ARXIV_ID}"
)
_PMID = re.compile(  # named, with an address, or alone; another database's number may stand behind it
    r"(?i)[\s\[(]*(?:(?:pmid|medline|pubmed)(?:\s?id)?\s*:?\s*"
    r"|https?://(?:pubmed\.|(?:www\.)?)ncbi\.nlm\.nih\.gov/(?:(?:m/)?pubmed/)?)?"
    r"(\d{1,8})(?:\.0)?[/.,;)\]]?\s*(?:\?.*|[\[(].*[\])]|, ?EMBASE .*)?\s*"
)
_OPENALEX = re.compile(r"openalex\.org/(?:works/)?(W\d+)\b|\s*(W\d{4,})\s*$", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", ">": "<"}


def unescaped(text: str) -> str:
    """Return the letters that HTML entities stand for, also where they were escaped twice."""
    return html.unescape(html.unescape(text)) if "&" in text else text


def doi(text: str) -> str:
    """Find the first DOI in a text, in lower case, without blanks in it and signs behind it; "" if there is none."""
    if match := _BARE_DOI.fullmatch(text):
        return match[1].lower()
    text = unescaped(unquote(text) if "%2" in text else text).translate(_SIGNS)
    if len(text) <= _LONGEST_FIELD:
        text = _SICI.sub(lambda match: "".join(match[0].split()), _GAPS.sub("", text))
    match = _DOI.search(text)
    return _trimmed(match[0].lower()) if match else ""


def arxiv(text: str) -> tuple[str, str] | None:
    """Find the arXiv id in a text and its version, which may be ""; None if there is no id.

    A bare number counts only where the text is nothing else; in prose it needs the name of arXiv before it.
    """
    match = _ARXIV_ALONE.fullmatch(text) or _ARXIV_NAMED.search(text)
    if not match and ARXIV_NUMBER.search(text):
        text = _ARXIV_GAPS.sub("", text)
        match = _ARXIV_ALONE.fullmatch(text) or _ARXIV_NAMED.search(text)
    return (match[1].lower(), match[2] or "") if match else None


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
    while found:
        found = _ENDS.sub("", found.rstrip(".,;:'*!-/"))
        last = found[-1:]
        if last not in _CLOSING or found.count(_CLOSING[last]) >= found.count(last):
            break
        found = found[:-1]
    return found

"""What of a record tells which paper it is: its words, numbers, identifiers, authors and year, in one spelling each."""

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

IDENTIFIERS = ("doi", "arxiv_id", "pmid", "openalex_id")  # columns of records
KINDS = (*IDENTIFIERS, "preprint doi")

# Prefixes that repositories of preprints register: arXiv, bioRxiv and medRxiv, SSRN, Research Square, OSF and its kin,
# Preprints.org, ChemRxiv, TechRxiv, Authorea, Zenodo.
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|1101(?=/(?:\d{6}|\d{4}\.))|64898|2139|21203|31(?:219|222|223|224|225|226|227|228|229|230|231|232|233|234|235)"
    r"|20944|26434|36227|22541|5281)/"
)
_PREPRINT_VERSION = re.compile(r"[/.-]?v\d+$")

# What tells two titles apart though all else in them is the same: numbers, and words of a notice about another paper.
_MARK = re.compile(
    r"\d+|\b(?:ii+|iv|vi+|ix)\b|\b(?:part|volume|version) (?:i|v|x|one|two|three|four|five)\b"
    r"|\b(?:correction|corrigend(?:um|a)|errat(?:um|a)|retraction|addendum|expression of concern|comments? on|commentary"
    r"|repl(?:y|ies)|rejoinder|response to|protocol)\b"
)
_HEADING = re.compile(
    r"\b(?:BACKGROUND|CONTEXT|INTRODUCTION|OBJECTIVES?|AIMS?|PURPOSE|DESIGN|SETTING|PARTICIPANTS|PATIENTS|MATERIALS?|METHODS?"
    r"|INTERVENTIONS?|MEASUREMENTS|FINDINGS|RESULTS|DISCUSSION|INTERPRETATION|CONCLUSIONS?|AND|/|&| ){1,9}: "
)
_ROMANS = dict(zip("II III IV VI VII VIII IX".split(), "2 3 4 6 7 8 9".split(), strict=True))
_ROMAN = re.compile(rf"\b(?:{'|'.join(_ROMANS)})\b")
_GREEK = {ord("&"): " and "} | {
    ord(letter): unicodedata.name(letter).rsplit(" ", 1)[1].lower() for letter in "αβγδεζηθκλμξπρστφχψω"
}
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}|\w+")
_NO_ABSTRACT = re.compile(r"(?:no|without)?abstract(?:(?:not)?available)?|na|none|notavailable|withdrawn")  # canonical
_DROPPED = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code) in "+*#")}


@dataclass(frozen=True)
class Identity:
    """What matching looks at in one record."""

    title: str
    abstract: str
    marks: tuple[str, ...]
    words: tuple[str, ...]  # of the title
    identifiers: tuple[str, ...]  # in the order of KINDS
    version: str = ""  # of the arXiv paper
    names: frozenset[str] = frozenset()  # every word of the authors' names
    families: frozenset[str] = frozenset()
    year: int = 0


def canonical(text: str) -> str:
    """Letters, digits and the signs + * # of a text, in lower case; the same for every spelling of the same words."""
    if text.isascii():
        return text.lower().translate(_DROPPED)
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED)
    return "".join(
        letter for letter in folded if letter.isalnum() or letter in "+*#" or unicodedata.category(letter)[0] == "M"
    )


def is_preprint_doi(doi: str) -> bool:
    """Whether a repository of preprints registered a DOI."""
    return bool(_PREPRINT_DOI.match(doi))


def identities(records: pd.DataFrame) -> list[Identity]:
    """What matching looks at in each record.

    `records`: title, abstract (str, cleaned); may have the columns of `IDENTIFIERS`, arxiv_version, authors, published.
    """
    years = records["published"].dt.year.fillna(0).astype("int64") if "published" in records else [0] * len(records)
    columns = [_texts(records, name) for name in ("title", "abstract", *IDENTIFIERS, "arxiv_version", "authors")]
    return [_identity(*row) for row in zip(*columns, years, strict=True)]


def _texts(records: pd.DataFrame, name: str) -> list[str]:
    return records[name].astype("str").fillna("").tolist() if name in records else [""] * len(records)


def _identity(
    title: str,
    abstract: str,
    doi: str,
    arxiv_id: str,
    pmid: str,
    openalex_id: str,
    version: str,
    authors: str,
    year: int,
) -> Identity:
    title = _spelt_out(title)
    preprint = _PREPRINT_VERSION.sub("", doi) if is_preprint_doi(doi) else ""
    people = [_names(name) for name in authors.split(";")] if authors else []
    return Identity(
        title=canonical(title),
        abstract=_abstract(abstract),
        marks=tuple(_MARK.findall(title.casefold())),
        words=tuple(_WORD.findall(title.casefold())),
        identifiers=("" if preprint else doi, arxiv_id, pmid, openalex_id, preprint),
        version=version,
        names=frozenset(word for words in people for word in words),
        families=frozenset(words[-1] for words in people if words),
        year=int(year),
    )


def _names(name: str) -> list[str]:
    """The words of a name, without accents, initials and suffixes; the family name last."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"[^\W\d_]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return [word for word in words if len(word) > 1 and word not in ("jr", "sr", "ii", "iii", "iv")] or words


def _spelt_out(title: str) -> str:
    """A title with "&", Greek letters and Roman numbers as other databases spell them."""
    text = unicodedata.normalize("NFKC", title)
    return _ROMAN.sub(lambda match: _ROMANS[match[0]], text).translate(_GREEK)


def _abstract(text: str) -> str:
    """The canonical abstract without the headings of its parts; empty where it says that there is none."""
    letters = canonical(_HEADING.sub("", text))
    return "" if _NO_ABSTRACT.fullmatch(letters) else letters

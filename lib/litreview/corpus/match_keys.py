"""What of a record tells which paper it is: its words, numbers, identifiers, authors and year, in one spelling each."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import combining

import pandas as pd

IDENTIFIERS = ("doi", "arxiv_id", "pmid", "openalex_id")  # columns of records
KINDS = (*IDENTIFIERS, "preprint doi")

# Prefixes that repositories of preprints register: arXiv, bioRxiv and medRxiv, SSRN, Research Square, OSF and its kin,
# Preprints.org, ChemRxiv, TechRxiv, Authorea, Zenodo.
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|1101(?=/(?:\d{6}|\d{4}\.))|64898|2139|21203|31219|3122[2-9]|3123[0-5]|20944|26434|36227|22541|5281)/"
)
# Venues that are such repositories.
REPOSITORY = re.compile(
    r"arxiv|corr\b|(?:bio|med|chem|psy|soc|engr|tech|eco|ed|paleo|earth)[a-z]*[rx]xiv|ssrn|research ?square|preprint"
    r"|hal\b|repec|zenodo|osf|openreview",
    re.IGNORECASE,
)
# Versions that have DOIs of their own: of preprints, of Cochrane reviews, of eLife, of the platforms of F1000.
_DOI_VERSION = re.compile(
    r"(.+\d)[/.-]?(v\d+)|(10\.1002/14651858\.\w+)(\.pub\d+)|(10\.(?:7554/elife|12688/[a-z0-9]+)\.\d+)(\.\d+)"
)

# What tells two titles apart though all else in them is the same: numbers, and words of a notice or file that goes with
# another paper.
_MARK = re.compile(
    r"\d+|\b(?:ii+|iv|vi+|ix)\b|\b(?:part|volume|version) (?:i|v|x|one|two|three|four|five)\b"
    r"|\b(?:correction|corrigend(?:um|a)|errat(?:um|a)|retraction|addendum|expression of concern|comments? on"
    r"|commentary|repl(?:y|ies)|rejoinder|response to|protocol|data from|additional file"
    r"|supplement(?:ary|al)? (?:to|data|material))\b"
)
_RETRACTED = re.compile(r"^\W?(?:retracted|withdrawn)(?: (?:article|paper))?[:\]).]\W*", re.IGNORECASE)
# What databases and publishers put round a title: the number of a preprint or of a conference abstract, a footnote.
_NUMBERED = re.compile(r"(?i)arxiv:\s*\S+\s+|(?:abstract )?[a-z]{1,2}-?\d{2,4}:\s")
_FOOTNOTE = re.compile(r"(?<=\w\w\w)[*†‡]+$")
# What stands in issue after issue, and so names no paper.
_COLUMN = re.compile(
    r"(?:guest )?editorial(?: (?:board|comment|note))?s?|preface|foreword|introduction|conclusions?|abstracts?|news"
    r"|reply|(?:authors?'? )?response|comments?|commentary|discussion|letters?(?: to the editors?)?|book reviews?"
    r"|obituary|in (?:this|the) issue|(?:letter |message )?from the (?:guest )?editors?|(?:table of )?contents"
    r"|(?:list|acknowledge?ments?) (?:of|to) .*reviewers\b.*|(?:front|back) (?:cover|matter)|issue information"
)
_HEADING = re.compile(
    r"\b(?:BACKGROUND|CONTEXT|INTRODUCTION|OBJECTIVES?|AIMS?|PURPOSE|DESIGN|SETTING|PARTICIPANTS|PATIENTS|MATERIALS?"
    r"|METHODS?|INTERVENTIONS?|MEASUREMENTS|FINDINGS|RESULTS|DISCUSSION|INTERPRETATION|CONCLUSIONS?|AND|/|&| ){1,9}: "
)
_HEADED = "[A-Z/& ]: "
_NO_ABSTRACT = re.compile(r"(?:no|without)?abstract(?:(?:not)?available)?|na|none|notavailable|withdrawn")  # canonical
_ROMANS = dict(zip("II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), map(str, range(2, 16)), strict=True))
_ROMAN = re.compile(r"\b[IVX]+\b")
_SIGNS = {ord("&"): " and ", ord("+"): " plus ", ord("%"): " percent ", ord("⋆"): "*", ord("∗"): "*"} | {
    ord(letter): unicodedata.name(letter).rsplit(" ", 1)[1].lower() for letter in "αβγδεζηθκλμξπρστφχψω"
}
# British spelling, as the American has it; in both titles, so that a word that only looks like it does no harm.
_SPELLINGS = [
    (re.compile(pattern), american)
    for pattern, american in (
        (r"is(?<=\w\wis)(?=(?:e[drs]?|ing|ations?)\b)", "iz"),
        (r"our(?<=\w\w\wour)", "or"),
        (r"[ao]e", "e"),
        (r"versus(?<=\bversus)\b", "vs"),
    )
]
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}|\w+")
_SUBTITLE = re.compile(r":\s|[?!.]\s|\s[–—-]+\s")
# Accents, and the vowel signs of Hebrew and Arabic, which not every database keeps (Unicode's combining classes). What
# tells letters apart in Japanese and in the scripts of India is of other classes and stays.
_VOWELS = {*range(10, 37), *range(200, 241)}
_ACCENTS = {code: None for code in range(0x300, 0x2100) if combining(chr(code)) in _VOWELS}
_IDEOGRAPHS = "\u2e80"  # where the scripts of China, Japan and Korea begin: a name is not cut into words there
_DROPPED = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code) in "+*#")}


_LETTERS = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


class Row(NamedTuple):
    """The columns of a record that say which paper it is, as text; "" where one is missing."""

    title: str
    abstract: str
    doi: str
    arxiv_id: str
    pmid: str
    openalex_id: str
    arxiv_version: str
    authors: str
    published: str
    venue: str
    volume: str
    pages: str


@dataclass(eq=False)
class Identity:
    """What matching looks at in one record; what only a comparison asks for is worked out when it does."""

    row: Row
    spelt: str  # title as `_spelt_out` gives it
    title: str  # canonical, and so are the next two
    main: str  # title without subtitle
    abstract: str
    identifiers: tuple[str, ...]  # in the order of KINDS
    version: str  # of the arXiv paper or the DOI

    @property
    def year(self) -> int:
        """Of publication, 0 where unknown."""
        return int(self.row.published[:4] or 0)

    @cached_property
    def known(self) -> frozenset[str]:
        """The identifiers, each with its kind."""
        return frozenset(f"{kind} {value}" for kind, value in zip(KINDS, self.identifiers, strict=True) if value)

    @cached_property
    def marks(self) -> list[str]:
        """Numbers and notices in the title."""
        return _MARK.findall(self.spelt)

    @cached_property
    def words(self) -> list[str]:
        """Of the title; none where it names no paper."""
        return [] if _COLUMN.fullmatch(self.spelt) else _WORD.findall(self.spelt)

    @cached_property
    def people(self) -> list[list[str]]:
        """The words of each author's name, the family name last."""
        return [words for name in self.row.authors.split(";") if (words := _names(name))]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of the authors' names."""
        return frozenset(word for words in self.people for word in words)

    @cached_property
    def families(self) -> frozenset[str]:
        """The authors' family names."""
        return frozenset(words[-1] for words in self.people)

    @property
    def retracted(self) -> bool:
        """Whether the title says so."""
        return is_retracted(self.row.title)

    @cached_property
    def venue(self) -> str:
        """Canonical; "" for repositories of preprints."""
        return "" if REPOSITORY.search(self.row.venue) else canonical(self.row.venue)

    @property
    def volume(self) -> str:
        """Its digits."""
        return "".join(re.findall(r"\d+", self.row.volume))

    @property
    def page(self) -> str:
        """The first one."""
        return "".join(re.findall(r"\d+", self.row.pages)[:1])

    @property
    def stage(self) -> str:
        """What its identifiers say that it is: preprint, article, or "" where they say neither or both."""
        published, *_, preprint = self.identifiers
        before, after = bool(preprint or self.identifiers[1]), bool(published or self.identifiers[2])
        return "" if before == after else "preprint" if before else "article"


def canonical(text: str) -> str:
    """Letters, digits and the signs + * # of a text, in lower case, without accents: the same for every spelling."""
    if not text.isascii():
        text = _FOREIGN.sub(lambda match: _folded(match[0]), text)
    return text.lower().translate(_DROPPED)


@lru_cache(maxsize=10_000)  # the same dashes, letters with accents and words come again and again
def _folded(signs: str) -> str:
    folded = unicodedata.normalize("NFKD", signs.casefold()).translate(_ACCENTS).translate(_DROPPED)
    letters = (sign for sign in folded if sign.isalnum() or sign in "+*#" or unicodedata.category(sign)[0] == "M")
    return unicodedata.normalize("NFKC", "".join(letters)).casefold()


def is_preprint_doi(doi: str) -> bool:
    """Whether a repository of preprints registered a DOI."""
    return bool(_PREPRINT_DOI.match(doi))


def without_notice(title: str) -> str:
    """Return a title without the words before it that tell of a retraction."""
    return _RETRACTED.sub("", title)


def is_retracted(title: str) -> bool:
    """Whether a title begins by saying that its paper was retracted or withdrawn."""
    return bool(_RETRACTED.match(title))


def identities(records: pd.DataFrame) -> list[Identity]:
    """Return what matching looks at in each record.

    `records`: title, abstract (str, cleaned); may have the columns of `IDENTIFIERS`, arxiv_version, authors, published,
    venue, volume and pages.
    """
    texts = records.reindex(columns=Row._fields).astype("str").fillna("")
    headed = texts["abstract"].str.contains(_HEADED)
    texts.loc[headed, "abstract"] = texts.loc[headed, "abstract"].map(lambda abstract: _HEADING.sub("", abstract))
    return [_identity(Row(*row)) for row in zip(*(texts[name].tolist() for name in texts), strict=True)]


def _identity(row: Row) -> Identity:
    spelt, front = _spelt_out(row.title), _SUBTITLE.split(row.title, maxsplit=1)[0]
    title, abstract = canonical(spelt), canonical(row.abstract)
    match = _DOI_VERSION.fullmatch(row.doi)
    doi, version = (part for part in match.groups() if part) if match else (row.doi, "")
    preprint = doi if is_preprint_doi(doi) else ""
    return Identity(
        row=row,
        spelt=spelt,
        title=title,
        main=title if front == row.title else canonical(_spelt_out(front)),
        abstract="" if _NO_ABSTRACT.fullmatch(abstract) else abstract,
        identifiers=("" if preprint else doi, row.arxiv_id, row.pmid, row.openalex_id, preprint),
        version=row.arxiv_version or version,
    )


@lru_cache(maxsize=100_000)  # people publish again
def _names(name: str) -> list[str]:
    """The words of a name, without accents, initials and suffixes; the family name last."""
    letters = name.casefold()
    if not letters.isascii():
        letters = "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if not combining(sign))
    words = _LETTERS.findall(letters)
    if words and words[0] >= _IDEOGRAPHS:
        return ["".join(words)]
    return [word for word in words if len(word) > 1 and word not in ("jr", "sr", "ii", "iii", "iv")] or words


def _spelt_out(title: str) -> str:
    """A title in lower case, without what others put round it, with "&", Greek letters, Roman numbers and British words
    as other databases spell them.
    """
    text = without_notice(unicodedata.normalize("NFKC", title))
    if match := _NUMBERED.match(text):
        text = text[match.end() :]
    if text.endswith(("*", "†", "‡")):
        text = _FOOTNOTE.sub("", text)
    text = _ROMAN.sub(lambda match: _ROMANS.get(match[0], match[0]), text).casefold().translate(_SIGNS)
    for british, american in _SPELLINGS:
        text = british.sub(american, text)
    return text

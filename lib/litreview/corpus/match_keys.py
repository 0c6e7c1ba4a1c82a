"""What of a record tells which paper it is: its words, numbers, identifiers, authors and year, in one spelling each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import starmap
from typing import Any
from unicodedata import combining

import pandas as pd

from litreview.corpus.phrases import phrases
from litreview.text.atomic_files import sha256

IDENTIFIERS = ("doi", "arxiv_id", "pmid", "openalex_id")  # columns of records
KINDS = (*IDENTIFIERS, "preprint doi")
# The columns of records that matching looks at.
MATCHED = ("title", "abstract", *IDENTIFIERS, "arxiv_version", "authors", "published", "venue", "volume", "pages")

PREPRINT_DOI = rf"10\.(?:{phrases('preprint DOI')})"  # the prefixes that repositories of preprints register
REPOSITORY = rf"(?i){phrases('repository')}"  # a venue that is one
_PREPRINT = re.compile(PREPRINT_DOI)
_DOI_VERSION = re.compile(phrases("DOI version"))  # versions that have DOIs of their own
# What tells two titles apart though all else in them is the same: numbers, and words of a notice or file that goes with
# another paper.
_MARK = re.compile(rf"\d+|\b(?:{phrases('mark')})\b")
RETRACTED = r"(?i)^\W?(?:retracted|withdrawn)(?: (?:article|paper))?[:\]).]\W*"
# What databases and publishers put round a title: the number of a preprint or of a conference abstract, a footnote.
_AROUND = re.compile(r"(?i)^arxiv:\s*\S+\s+|^(?:abstract )?[a-z]{1,2}-?\d{2,4}:\s|[*†‡](?<=\w\w\w.)[*†‡]*$")
_COLUMN = re.compile(phrases("column"))  # what stands in issue after issue, and so names no paper
_HEADING = re.compile(rf"\b(?:{phrases('heading')}){{1,9}}: ")  # of a part of an abstract
_HEADED = re.compile(": (?<=[A-Z/& ]: )")  # what every heading ends in; a quick search
_NO_ABSTRACT = re.compile(r"(?:no|without)?abstract(?:(?:not)?available)?|na|none|notavailable|withdrawn")  # canonical
_ROMANS = dict(zip("II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), map(str, range(2, 16)), strict=True))
_ROMAN = re.compile(r"[IVX](?<!\w[IVX])[IVX]*\b")
_SIGNS = {ord("&"): " and ", ord("+"): " plus ", ord("%"): " percent ", ord("⋆"): "*", ord("∗"): "*"} | {
    ord(letter): unicodedata.name(letter).rsplit(" ", 1)[1].lower() for letter in "αβγδεζηθκλμξπρστφχψω"
}
# British spelling, as the American has it; in both titles, so that a word that only looks like it does no harm.
_SPELLINGS = {
    re.compile(r"is(?<=\w\wis)(?=(?:e[drs]?|ing|ations?)\b)"): "iz",
    re.compile(r"our(?<=\w\w\wour)"): "or",
    re.compile("[ao]e"): "e",
    re.compile(r"versus(?<=\bversus)\b"): "vs",
}
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}|\w+")
_SUBTITLE = re.compile(r":\s|[?!.]\s|\s[–—-]+\s")
# Accents, and the vowel signs of Hebrew and Arabic, which not every database keeps (Unicode's combining classes). What
# tells letters apart in Japanese and in the scripts of India is of other classes and stays.
_VOWELS = {*range(10, 37), *range(200, 241)}
_ACCENTS = {code: None for code in range(0x300, 0x2100) if combining(chr(code)) in _VOWELS}
_IDEOGRAPHS = "\u2e80"  # where the scripts of China, Japan and Korea begin: a name is not cut into words there
_LOWER, _DROPPED = bytes(range(256)).lower(), re.sub(rb"[a-zA-Z0-9+*#]", b"", bytes(range(128)))
# `re` skips to one sign of a set faster than to a run of them.
_LETTERS, _FOREIGN = re.compile(r"[^\W\d_]+"), re.compile(r"[^\x00-\x7f][^\x00-\x7f]*")


@dataclass(eq=False)
class Identity:
    """What matching looks at in one record; a text that is missing is empty."""

    title: str  # canonical, as are main, abstract and venue
    main: str  # title without subtitle
    abstract: str
    spelt: str  # title as `_spelt_out` gives it
    ids: str  # a line each: kind, tab, identifier; in the order of KINDS
    version: str  # of the arXiv paper or the DOI
    authors: str
    year: str
    venue: str  # but for repositories of preprints
    volume: str  # its digits
    page: str  # the first one
    retracted: bool  # its title says so

    @cached_property
    def known(self) -> dict[str, str]:
        """Its identifiers by kind."""
        return dict(line.split("\t") for line in self.ids.splitlines())

    @cached_property
    def marks(self) -> list[str]:
        """Numbers and notices in the title."""
        return _MARK.findall(self.spelt)

    @cached_property
    def words(self) -> list[str]:
        """Of the title; none where it names no paper."""
        return [] if _COLUMN.fullmatch(self.spelt) else _WORD.findall(self.spelt)

    @cached_property
    def people(self) -> tuple[frozenset[str], frozenset[str]]:
        """The family names of the authors, and every word of their names."""
        names = [words for name in self.authors.split(";") if (words := _names(name))]
        return frozenset(words[-1] for words in names), frozenset(word for words in names for word in words)

    @property
    def stage(self) -> str:
        """What its identifiers say that it is: preprint, article, or "" where they say neither or both."""
        before = "preprint doi" in self.known or "arxiv_id" in self.known
        after = "doi" in self.known or "pmid" in self.known
        return "" if before == after else "preprint" if before else "article"


def canonical(text: str) -> str:
    """Letters, digits and the signs + * # of a text, in lower case, without accents: the same for every spelling."""
    if not text.isascii():
        text = _FOREIGN.sub(lambda match: _folded(match[0]), text)
    return text.encode().translate(_LOWER, _DROPPED).decode()


@lru_cache(maxsize=10_000)  # the same dashes, letters with accents and words come again and again
def _folded(signs: str) -> str:
    folded = unicodedata.normalize("NFKD", signs.casefold()).translate(_ACCENTS)
    letters = (sign for sign in folded if sign.isalnum() or sign in "+*#" or unicodedata.category(sign)[0] == "M")
    return unicodedata.normalize("NFKC", "".join(letters)).casefold().lower()


def title_hash(title: str) -> str:
    """Return twelve hex digits that stand for a title, whatever its spelling."""
    return sha256((canonical(without_notice(title)) or title).encode())[:12]


def without_notice(title: str) -> str:
    """Return a title without the words before it that tell of a retraction."""
    return re.sub(RETRACTED, "", title)


def identities(records: pd.DataFrame) -> Iterator[tuple]:
    """Yield what matching looks at in each record: the fields of an `Identity`.

    `records`: title, abstract (str, cleaned); may have the other columns of `MATCHED`.
    """
    texts = records.reindex(columns=[*MATCHED]).astype("str").fillna("")
    texts = texts.assign(
        published=texts["published"].str[:4],
        venue=texts["venue"].mask(texts["venue"].str.contains(REPOSITORY), "").map(canonical),
        volume=texts["volume"].str.replace("[^0-9]+", "", regex=True),
        pages=texts["pages"].str.extract("([0-9]+)")[0].fillna(""),
        retracted=texts["title"].str.contains(RETRACTED),
    )
    return starmap(cache(_identity), zip(*(texts[name].tolist() for name in texts), strict=True))


def _identity(title: str, abstract: str, doi: str, *others: Any) -> tuple:
    *ids, version = others[:4]
    spelt, front = _spelt_out(title), _SUBTITLE.split(title, maxsplit=1)[0]
    whole, text = canonical(spelt), canonical(_HEADING.sub("", abstract) if _HEADED.search(abstract) else abstract)
    main = whole if front == title else canonical(_spelt_out(front))
    if match := _DOI_VERSION.fullmatch(doi):
        doi, part = (group for group in match.groups() if group)
        version = version or part
    ids = ["", *ids, doi] if _PREPRINT.match(doi) else [doi, *ids, ""]
    known = "\n".join(f"{kind}\t{value}" for kind, value in zip(KINDS, ids, strict=True) if value)
    return whole, main, "" if _NO_ABSTRACT.fullmatch(text) else text, spelt, known, version, *others[4:]


@lru_cache(maxsize=100_000)  # people publish again
def _names(name: str) -> list[str]:
    """The words of a name, without accents, initials and suffixes; the family name last."""
    words = _LETTERS.findall(unicodedata.normalize("NFKD", name.casefold()).translate(_ACCENTS))
    if words and words[0] >= _IDEOGRAPHS:
        return ["".join(words)]
    return [word for word in words if len(word) > 1 and word not in ("jr", "sr", "ii", "iii", "iv")] or words


def _spelt_out(title: str) -> str:
    """A title in lower case, without what others put round it, with "&", Greek letters, Roman numbers and British words
    as other databases spell them.
    """
    text = _AROUND.sub("", without_notice(unicodedata.normalize("NFKC", title)))
    text = _ROMAN.sub(lambda match: _ROMANS.get(match[0], match[0]), text).casefold().translate(_SIGNS)
    for british, american in _SPELLINGS.items():
        text = british.sub(american, text)
    return text

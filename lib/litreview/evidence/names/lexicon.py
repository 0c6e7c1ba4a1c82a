"""The field's own names and their aliases, found in a text and resolved to one name.

The entries are in data/curated/lexicon.yml of a review. Matching ignores hyphens, blanks, British spelling and a plural
s, so that "CIFAR-100" finds "CIFAR100s". Case counts where it carries the meaning: an entry of four letters or fewer
must stand as it is written ("PRO" is a method, "pro" is not), and one with capitals needs a capital in the text.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pandas as pd
from pydantic import BeforeValidator, Field

from litreview.corpus import Corpus
from litreview.errors import LexiconError
from litreview.evidence.abstract_sentences import Sentence, readings
from litreview.evidence.names.abbreviations import tokens
from litreview.paths import present_review
from litreview.text.checked_yaml import checked_yaml
from litreview.text.escaping import visible
from litreview.text.patterns import BLANK, SPELLINGS, any_word

SHORT = 4  # letters: up to here an entry is matched in its own case only
WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
GAP = re.compile(r"\s?[-‐-–/'’.+_~·:@;&]?|\s[-–/&]?\s?|\(")
CAPITALS = re.compile(r"[A-Z]{2,}")
POSSESSIVE = re.compile(r"['’]s$")
SIZES = any_word("Base Chat Coder Flash Instruct Large Lite Math Max Medium Mini MoE Nano Pro Small Sonnet Turbo XL")
VERSION = re.compile(rf"(?:[ -](?:(?:\d+x)?\d+(?:\.\d+)?[BM]?|v\d+(?:\.\d+)?|{SIZES})(?![\w-]|\s?%))+")
PROPOSED = "proposed"  # names of the file that nobody has accepted yet: they are not counted
_Word = Annotated[str, Field(min_length=1)]
_Aliases = Annotated[list[_Word], BeforeValidator(lambda also: [also] if isinstance(also, str) else also or [])]
_Kind = Literal[
    "methods", "techniques", "models", "datasets", "benchmarks", "environments", "metrics", "fields", "proposed"
]
LEAST = 3  # papers that have a name which the lexicon may want
SUGGESTED = ["name", "expansion", "n", "paper_id", "quote"]


class Mention(NamedTuple):
    """An entry of the lexicon where it stands in a text."""

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True)
class LexiconEntry:
    """One spelling of one name."""

    spelling: str
    name: str
    kind: str

    def reads(self, text: str) -> bool:
        """Whether `text`, which has the same letters, also has the case that this entry needs."""
        own = _letters(self.spelling)
        same = _letters(text).removesuffix("s") == own.removesuffix("s")
        if len(own) <= SHORT and " " not in self.spelling:
            # "PPOs" is a plural, "Adams" a person
            return " " not in text and (same if own.isupper() else own == _letters(text))
        if own.isalpha() and own == own.upper():
            return same
        parts = " " in self.spelling or ("-" in self.spelling and text.isalpha())
        if parts and not all(run in text for run in CAPITALS.findall(self.spelling)):
            return False  # "Agnew" is not AG News, nor "Multiple" MultiPL-E
        return own == own.lower() or text != text.lower()


class Lexicon:
    """All entries, by their folded spelling."""

    def __init__(self, kinds: dict[str, dict[str, list[str]]]) -> None:
        self.kinds = kinds
        self.entries: dict[str, list[LexiconEntry]] = {}
        for kind, names in kinds.items():
            for name, aliases in names.items():
                for spelling in (name, *aliases):
                    self.entries.setdefault(_key(spelling), []).append(LexiconEntry(spelling, name, kind))
        self.beginnings = {key[:count] for key in self.entries for count in range(1, len(key) + 1)}

    def entry(self, text: str) -> LexiconEntry | None:
        """Return the entry that `text` as a whole names, or none."""
        return next((entry for entry in self.entries.get(_key(text), ()) if entry.reads(text)), None)

    def name(self, text: str) -> str:
        """Return the one name under which `text` is counted; `text` itself where the lexicon does not know it."""
        entry = self.entry(text)
        return entry.name if entry else text

    def mentions(self, text: str) -> list[Mention]:
        """Find every entry in `text`, longest first at each place, in order and without overlap."""
        words = [(*match.span(), folded_name(match[0])) for match in WORD.finditer(text)]
        found, free = [], 0
        keys = [key for *_, key in words]
        for place, (key, following) in enumerate(zip_longest(keys, keys[1:], fillvalue="")):
            begins = key in self.beginnings and f"{key}{following}".removesuffix("s") in self.beginnings
            if place >= free and (begins or key.removesuffix("s") in self.entries):
                names, count = self._longest_at(text, words[place:])
                found += names
                free = place + count
        return found

    def _longest_at(self, text: str, words: list[tuple[int, int, str]]) -> tuple[list[Mention], int]:
        """Return the longest entry that begins at the first of some words, and how many of them it has."""
        start, last, key = words[0][0], words[0][0], ""
        best: tuple[list[Mention], int] = ([], 1)
        for count, (left, right, folded) in enumerate(words, start=1):
            if count > 1 and not GAP.fullmatch(text, last, left):
                break
            key, last = key + folded, right
            if key.removesuffix("s") in self.entries and not POSSESSIVE.search(text, start, right):
                entry = self.entry(text[start:right])
                best = ([Mention(start, _closed(text, start, right), entry.name, entry.kind)], count) if entry else best
            if key not in self.beginnings:
                break
        return best


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Load a YAML file of kind → name → alias or aliases, that of the present review without `path`.

    No file, or an empty one: no names. Raises: `LexiconError`, which lists every problem of the file with its line.
    """
    file = path or present_review().lexicon
    return _read(file, file.stat().st_mtime_ns) if file.exists() else Lexicon({})


@lru_cache(maxsize=4)  # until the file is edited
def _read(path: Path, _edited: int) -> Lexicon:
    kinds = checked_yaml(path, dict[_Kind, dict[_Word, _Aliases]], LexiconError)
    return Lexicon({kind: names for kind, names in kinds.items() if kind != PROPOSED})


@lru_cache(maxsize=1 << 16)  # a corpus says the same words again and again
def one_spelling(words: str) -> str:
    """Return a word or phrase in lower case as the one spelling that stands for all: "Over-Optimisation" and
    "over optimization" as "overoptimization".
    """
    joined = re.sub(BLANK, "", words.casefold())
    for spelling, _, one in SPELLINGS:
        joined = spelling.sub(one, joined)
    return joined


@lru_cache(maxsize=1 << 16)
def folded_name(text: str) -> str:
    """Return what two spellings of a name share: letters and digits in lower case and American spelling."""
    return "".join(map(one_spelling, WORD.findall(text)))


def _key(text: str) -> str:
    """Return the folded text without a plural s."""
    return folded_name(text).removesuffix("s")


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _closed(text: str, start: int, end: int) -> int:
    """Return `end`, moved behind a bracket that the span opened: "TD(0)"."""
    return end + 1 if "(" in text[start:end] and text[end : end + 1] == ")" else end


@lru_cache(maxsize=256)  # a sentence is asked for methods, then for benchmarks
def mentions(sentence: Sentence, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Find the lexicon's names in a sentence, with places in the sentence, in order."""
    found = []
    for known in lexicon.mentions(sentence.text):
        pair = next((p for p in sentence.defined if p.long.start < known.end and known.start < p.long.end), None)
        if not pair:
            found.append(_whole(sentence.text, known))
        elif known.start <= pair.long.start and pair.long.end <= known.end:
            found.append(Mention(pair.short.start, pair.short.end, known.name, known.kind))
    return tuple(found)


def _whole(text: str, mention: Mention) -> Mention:
    """Widen a mention to its whole word and the version behind it: "LLaMA-3-8B", "PaLM 540B"."""
    start, end = mention.start, mention.end
    left, right = text.rfind(" ", 0, start) + 1, text.find(" ", end)
    for token in tokens(text, left, right if right > 0 else len(text)):
        if token.start < mention.end and mention.start < token.end:
            start, end = min(start, token.start), max(end, token.end)
    version = VERSION.match(text, end)
    return Mention(start, version.end() if version else end, mention.name, mention.kind)


def suggest_names(corpus: Corpus, known: Lexicon, most: int = 40) -> pd.DataFrame:
    """List names that at least three papers have and the lexicon lacks, most frequent first.

    Units, statistics, sentences in capitals and plurals of other names are left out.

    Columns: name, expansion (its words where an abstract gives them, else empty), n (int64, papers), paper_id, quote
    (of the first paper that has it).
    """
    rows = pd.DataFrame(_named(corpus), columns=SUGGESTED).drop_duplicates(["name", "paper_id"])
    rows = rows[rows["name"].map(known.entry).isna()].astype({"n": "int64"})
    rows["n"] = rows.groupby("name")["n"].transform("size")
    said = rows[rows["expansion"] != ""].groupby("name")["expansion"].agg(lambda words: words.mode().iloc[0])
    rows["expansion"] = rows["name"].map(said).astype("str").fillna("")
    names = rows[rows["n"] >= LEAST].drop_duplicates("name").sort_values(["n", "name"], ascending=[False, True])
    plural = names["name"].str.endswith("s") & names["name"].str.removesuffix("s").isin(names["name"])
    return names[~plural].head(most).reset_index(drop=True)


def _named(corpus: Corpus) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield each mention of a word written as a name: the name, its words, 1, the paper, the sentence.

    A sentence all in capitals tells of no names.
    """
    for paper_id, reading in readings(corpus.papers):
        for sentence in (one for one in reading.sentences if not one.text.isupper()):
            for span in sentence.names:
                yield span.text, reading.abbreviations.get(span.text, ""), 1, paper_id, sentence.text


def as_yaml(names: pd.DataFrame) -> str:
    """Write suggested names as a kind of a lexicon file that is not counted, each below its papers and a sentence."""
    lines = [f"{PROPOSED}:  # not counted; move a name to its kind to accept it"] if len(names) else []
    for row in names.itertuples():
        alias = f" {json.dumps(row.expansion, ensure_ascii=False)}" if row.expansion else ""
        lines += [f"  # {row.n} papers: {visible(row.quote)}", f"  {json.dumps(row.name, ensure_ascii=False)}:{alias}"]
    return "".join(f"{line}\n" for line in lines)

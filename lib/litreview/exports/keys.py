"""Keys to cite papers by: those that they came with, so that an old text still finds them, else one of ours."""

import hashlib
import re
import unicodedata
from collections import Counter

import pandas as pd

from litreview.authors import surname

_FORMATS = {"bibtex", "csl", "ris", "zotero"}  # whose key is one to cite by; others have accession numbers
_KEY = re.compile(r"(?=.*[^\W\d_])(?!.*://)[^\s,{}()\"'#%~\\=@^$&]+")  # what BibTeX, Biber, LaTeX and pandoc all take
_UNKEYED = re.compile(r"[^A-Za-z0-9.]+|\.{2,}")


def given_keys(records: pd.DataFrame) -> pd.Series:
    """The keys that each paper came with and that can be cited, as lists by paper_id, in the order of the records."""
    keys = records.loc[records["format"].isin(_FORMATS) & records["source_key"].str.fullmatch(_KEY).fillna(value=False)]
    return keys.groupby("paper_id")["source_key"].agg(list)


def unique_keys(ours: list[str], given: list[list[str]]) -> list[tuple[str, ...]]:
    """For each paper its given keys that no other has, else ours; BibTeX knows no small and capital letters."""
    own = [list({key.casefold(): key for key in reversed(keys)}.values())[::-1] for keys in given]
    taken = Counter(key.casefold() for keys in [ours, *own] for key in keys)
    return [
        tuple(key for key in keys if taken[key.casefold()] == 1) or (mine,)
        for mine, keys in zip(ours, own, strict=True)
    ]


def citation_key(authors: tuple[str, ...], year: str, paper_id: str) -> str:
    """A key of ASCII letters, digits, dots and hyphens: "rafailov2023-2305.18290", by the year of first submission.

    It hangs on the paper alone, so it is the same in every export, and BibTeX, pandoc and Zotero take it as it is. An
    id that loses a sign on the way gets six digits of its checksum, so no two papers share a key.
    """
    who = _plain(surname(authors[0])) if authors else ""
    slug = _UNKEYED.sub("-", paper_id).strip("-.")
    whole = slug if slug == paper_id else f"{slug}-{hashlib.sha256(paper_id.encode()).hexdigest()[:6]}"
    return f"{who or 'paper'}{year}-{whole.strip('-')}"


def _plain(text: str) -> str:
    """A name in small ASCII letters: "Küttler" is "kuttler"; empty in another script."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in letters if letter.isalnum()).lower()

"""Keys to cite papers by: those that they came with, so that an old text still finds them, else one of ours."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

import pandas as pd

from litreview.text.person_names import surname

_FORMATS = {"bibtex", "csl", "ris", "zotero"}  # whose key is one to cite by; others have accession numbers
_KEY = re.compile(r"(?=.*[^\W\d_])(?!.*://)[^\s,{}()\"'#%~\\=@^$&]+")  # what BibTeX, Biber, LaTeX and pandoc all take
_UNKEYED = re.compile(r"[^A-Za-z0-9.]+|\.{2,}")


def unique_keys(ours: pd.Series, records: pd.DataFrame) -> pd.Series:
    """The keys of each paper (tuples), by paper_id, as `keys`: those that it came with and that no other has, else ours.

    ours: a key (str) for each paper_id. records: `schema.RECORDS`, in the order that the keys get. BibTeX knows no small
    and capital letters, so two keys that differ in these alone are one.
    """
    citable = records["format"].isin(_FORMATS) & records["source_key"].str.fullmatch(_KEY).fillna(value=False)
    given = records.loc[citable, ["paper_id", "source_key"]].assign(folded=records["source_key"].str.casefold())
    given = given.drop_duplicates(["paper_id", "folded"])
    taken = given["folded"].duplicated(keep=False) | given["folded"].isin(ours.str.casefold())
    kept = given[~taken].groupby("paper_id")["source_key"].agg(tuple).to_dict()
    return pd.Series([kept.get(paper) or (key,) for paper, key in ours.items()], ours.index, name="keys")


def citation_key(authors: Sequence[str], year: str, paper_id: str) -> str:
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

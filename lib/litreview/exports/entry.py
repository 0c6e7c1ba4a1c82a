"""What every writer gets of a paper: its fields as plain text on one line, its kind of work, and keys to cite it by."""

import re
import unicodedata
from collections.abc import Mapping
from types import SimpleNamespace

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import publications
from litreview.exports.reference_types import PREPRINT, kind_of
from litreview.judgement.decisions import OPEN, decisions_by_paper
from litreview.text.atomic_files import sha256
from litreview.text.escaping import one_line, web_link
from litreview.text.person_names import names, surname
from litreview.text.wording import date_text

_TEXTS = "paper_id kind title abstract venue volume issue pages publisher arxiv_id doi pmid category".split()
_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")
_IN_VENUES = {"journal article", "conference paper", "chapter", "book", "web page"}  # others have a publisher alone
_FORMATS = {"bibtex", "csl", "ris", "zotero"}  # whose key is one to cite by; others have accession numbers
_KEY = re.compile(r"(?=.*[^\W\d_])(?!.*://)[^\s,{}()\"'#%~\\=@^$&]+")  # what BibTeX, Biber, LaTeX and pandoc all take
_UNKEYED = re.compile(r"[^A-Za-z0-9.]+|\.{2,}")


class Reference(SimpleNamespace):
    """One paper on its way out; what is not known is empty.

    paper_id, kind, title, abstract, venue, volume, issue, pages, publisher, arxiv_id, doi, pmid, category, url, reason:
    text on one line. published: a year, a month or a day ("2023", "2023-05", …). authors, keywords: lists of text.
    rank, decision: its place among papers with a reason, and the decision on it; marks: both, as keywords.
    more_authors: whether the source has others. key: to be cited by.
    """


def references_of(corpus: Corpus, reasons: Mapping[str, str] | pd.Series | None) -> list[Reference]:
    """Return the papers of a corpus, those with a reason first. Raises `CorpusError` for a reason without a paper."""
    told = {} if reasons is None else {str(paper): str(reason) for paper, reason in reasons.items()}
    corpus.where(told)  # raises for a paper that is not there
    order = [*told, *(paper for paper in corpus.papers["paper_id"] if paper not in told)]
    facts = _facts(corpus).assign(decision=decisions_by_paper(corpus).replace(OPEN, ""))
    rows = facts.loc[order].reset_index().to_dict("records")
    return [_reference(row, told.get(row["paper_id"], ""), place) for place, row in enumerate(rows, start=1)]


def _facts(corpus: Corpus) -> pd.DataFrame:
    """Join, by paper_id, papers as they are cited, what only their records have, and their keys."""
    papers, cited = corpus.papers.set_index("paper_id"), publications(corpus)
    ours = [*map(citation_key, papers.index, papers["authors"], papers["published"])]
    keys = _unique_keys(pd.Series(ours, papers.index, dtype="str"), corpus.records)
    given = corpus.records.groupby("paper_id")[["keywords", "pmid"]].first()
    return papers.drop(columns=papers.columns.intersection(cited.columns)).join([cited, given, keys])


def _reference(row: dict, reason: str, place: int) -> Reference:
    texts = {name: one_line(row[name]) if isinstance(row[name], str) else "" for name in _TEXTS}
    texts["kind"] = kind_of(texts["kind"], str(row["format"]), texts["venue"], texts["arxiv_id"])
    if texts["kind"] not in _IN_VENUES:
        archive = "arXiv" if texts["kind"] == PREPRINT and texts["arxiv_id"] else ""
        texts |= {"publisher": texts["publisher"] or texts["venue"] or archive, "venue": ""}
    texts |= {"pages": _DASHES.sub("-", texts["pages"]), "url": web_link(row["url"]), "reason": one_line(reason)}
    texts |= {"published": date_text(row["published"], row["date_precision"]), "key": row["key"]}
    marks = {"rank": str(place) if reason else "", "decision": row["decision"]}
    lists = {name: names(row[name]) for name in ("authors", "keywords")}
    lists["marks"] = [f"{name}: {mark}" for name, mark in marks.items() if mark]
    return Reference(**texts, **marks, **lists, more_authors=bool(row["more_authors"]))


def _unique_keys(ours: pd.Series, records: pd.DataFrame) -> pd.Series:
    """Return the `key` of each paper, by paper_id: the first that it came with and no other paper has, else ours.

    An old text still finds a paper by the key that it came with. BibTeX knows no small and capital letters, so two keys
    that differ in these alone are one.
    """
    citable = records["format"].isin(_FORMATS) & records["source_key"].str.fullmatch(_KEY).fillna(value=False)
    given = records[citable].assign(folded=records["source_key"].str.casefold()).drop_duplicates(["paper_id", "folded"])
    taken = given["folded"].duplicated(keep=False) | given["folded"].isin(ours.str.casefold())
    return given[~taken].groupby("paper_id")["source_key"].first().reindex(ours.index).fillna(ours).rename("key")


def citation_key(paper_id: str, authors: object, published: pd.Timestamp) -> str:
    """Make a key of ASCII letters, digits, dots and hyphens: "rafailov2023-2305.18290", by year of first submission.

    It hangs on the paper alone, so it is the same in every export, and BibTeX, pandoc and Zotero take it as it is. An
    id that loses a sign on the way gets six digits of its checksum, so no two papers share a key.
    """
    who = re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", "".join(map(surname, names(authors)[:1]))).lower())
    slug = _UNKEYED.sub("-", paper_id).strip("-.")
    whole = slug if slug == paper_id else f"{slug}-{sha256(paper_id.encode())[:6]}"
    return f"{who or 'paper'}{date_text(published, 'year')}-{whole.strip('-')}"

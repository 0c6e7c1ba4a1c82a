"""Which format a JSON object is of, and what in it is no plain text: inverted abstracts, names in parts, dates in parts."""

from collections.abc import Callable

from litreview.sources import csl, table
from litreview.sources.crosswalk import columns
from litreview.sources.csl import inverted
from litreview.sources.entries import texts
from litreview.sources.name_parts import with_names

_LONGEST = 100_000  # words of an inverted abstract
_ZOTERO_AUTHORS = {"author", "contributor", "inventor", "presenter", "director", "podcaster", "programmer", "artist"}


def format_of(item: dict) -> str:
    """The format's name in the crosswalk: by its mark; else the answer of a database or the row of a table.

    A row has no further objects in it, and a table's header tells more of it.
    """
    for name, fits in _FITS.items():
        if fits(item):
            return name
    parts = [part for value in item.values() for part in (value if isinstance(value, list) else [value])]
    nested = any(isinstance(part, dict) for part in parts)
    told = _told(item)
    return "api" if told and (nested or told >= table.header_score([*map(str, item)])) else "table"


def is_record(item: object) -> bool:
    """Whether an object is a record: by the mark of its format, or by its title and something else."""
    if not isinstance(item, dict):
        return False
    names = [str(name) for name in item]
    return any(fits(item) for fits in _FITS.values()) or _told(item) > 1 or table.header_score(names) > 1


def _told(item: dict) -> int:
    """How many columns the answer of a database tells of; 0 without a title."""
    found = {
        column
        for column, fields in columns("api").items()
        if any(path.partition(".")[0] in item and texts(item, path) for path, _ in fields)
    }
    return len(found) if "title" in found else 0


def prepared(format_: str, item: dict) -> dict:
    """The object, with texts where the format has parts."""
    return _PREPARE.get(format_, dict)(item)


def key_of(format_: str, item: dict) -> str:
    """What the source calls the record."""
    paper = item.get("paper")
    inner = paper if isinstance(paper, dict) else item
    names = {"semantic_scholar": ("paperId", "corpusId", "corpusid"), "zotero": ("key", "citationKey", "itemID")}
    values = [inner.get(name) for name in names.get(format_, ("id",))]
    return next((str(value) for value in values if isinstance(value, str | int) and str(value)), "")


def _has(item: dict, *names: str) -> bool:
    return any(name in item for name in names)


def _is_hub(item: dict) -> bool:
    paper = item.get("paper")
    if isinstance(paper, dict):
        return _has(paper, "id", "title", "summary")
    own = ("upvotes", "submittedOnDailyAt", "discussionId", "ai_summary", "publishedAt")
    return "id" in item and "title" in item and _has(item, *own)


def _is_openalex(item: dict) -> bool:
    id_ = item.get("id")
    return _has(item, "abstract_inverted_index", "authorships", "primary_location") or (
        isinstance(id_, str) and "openalex.org/W" in id_
    )


def _is_csl(item: dict) -> bool:
    marks = "issued container-title author DOI URL abstract citation-key title id publisher".split()
    others = ("paperId", "itemType", "authors", "creators", "attributes", "info")
    return (
        "type" in item and _has(item, *marks) and not _has(item, *others) and isinstance(item.get("author", []), list)
    )


_FITS: dict[str, Callable[[dict], bool]] = {
    "hub": _is_hub,
    "zotero": lambda item: (
        _has(item, "itemType") or (isinstance(item.get("data"), dict) and "itemType" in item["data"])
    ),
    "openalex": _is_openalex,
    "arxiv_snapshot": lambda item: (
        _has(item, "authors_parsed", "journal-ref")
        or all(name in item for name in ("id", "title", "categories", "abstract"))
    ),
    "semantic_scholar": lambda item: _has(item, "paperId", "corpusid", "corpusId", "externalIds", "externalids"),
    "csl": _is_csl,
}


def _openalex(item: dict) -> dict:
    index = item.get("abstract_inverted_index")
    if not isinstance(index, dict):
        return item
    return {**item, "abstract_inverted_index": _uninverted(index)}


def _uninverted(index: dict) -> str:
    """The words of an abstract in their places (the index gives each word the list of its places)."""
    words = [
        (place, word)
        for word, places in index.items()
        for place in (places if isinstance(places, list) else [places])
        if isinstance(place, int) and not isinstance(place, bool)
    ]
    return " ".join(str(word) for _, word in sorted(words)[:_LONGEST])


def _snapshot(item: dict) -> dict:
    parsed = item.get("authors_parsed")
    if not isinstance(parsed, list) or not parsed:
        return {name: value for name, value in item.items() if name != "authors_parsed"}
    names = [inverted(*(part if isinstance(part, list) else [part])) for part in parsed]
    return {**item, "authors_parsed": names}


def _zotero(item: dict) -> dict:
    data = item["data"] if isinstance(item.get("data"), dict) and "itemType" in item["data"] else item
    creators = data.get("creators")
    if not isinstance(creators, list):
        return data
    people = [one for one in creators if isinstance(one, dict)]
    chosen = [one for one in people if one.get("creatorType", "author") in _ZOTERO_AUTHORS] or people
    names = [one.get("name") or inverted(one.get("lastName"), one.get("firstName")) for one in chosen]
    others = [one for one in people if one not in chosen]
    return {**data, "creators": names, "other creators": others}


_PREPARE: dict[str, Callable[[dict], dict]] = {
    "api": with_names,
    "table": table.renamed,
    "openalex": _openalex,
    "arxiv_snapshot": _snapshot,
    "csl": csl.prepared,
    "zotero": _zotero,
}

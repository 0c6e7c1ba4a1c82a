"""Which format a JSON object is of, and what in it is no plain text: inverted abstracts, names in parts, dates in parts."""

from collections.abc import Callable

from litreview.sources import csl
from litreview.sources.csl import inverted

_LONGEST = 100_000  # words of an inverted abstract
_ZOTERO_AUTHORS = {"author", "contributor", "inventor", "presenter", "director", "podcaster", "programmer", "artist"}


def format_of(item: dict) -> str:
    """The format's name in the crosswalk, "" if it is none of them."""
    return next((name for name, fits in _FITS.items() if fits(item)), "")


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
    parts = (
        "issued",
        "container-title",
        "author",
        "DOI",
        "URL",
        "abstract",
        "citation-key",
        "title",
        "id",
        "publisher",
    )
    return "type" in item and _has(item, *parts) and not _has(item, "paperId", "itemType")


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
    "openalex": _openalex,
    "arxiv_snapshot": _snapshot,
    "csl": csl.prepared,
    "zotero": _zotero,
}

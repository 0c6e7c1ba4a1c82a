"""Which format a JSON object is of, and what in it is no plain text: inverted abstracts, names in parts, dates in parts."""

from collections.abc import Callable
from typing import Any

from litreview.sources import dates

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
    names = [_inverted(*(part if isinstance(part, list) else [part])) for part in parsed]
    return {**item, "authors_parsed": names}


def _inverted(family: Any = "", given: Any = "", suffix: Any = "", *_: Any) -> str:
    return ", ".join(str(part).strip() for part in (family, given, suffix) if part)


def _csl(item: dict) -> dict:
    ready = dict(item)
    if isinstance(item.get("author"), list):
        ready["author"] = [_csl_name(name) for name in item["author"]]
        ready["author details"] = [_left(name) for name in item["author"] if isinstance(name, dict) and _left(name)]
    for name in ("issued", "published", "published-print", "published-online", "created"):
        if isinstance(item.get(name), dict):
            ready[name] = _csl_date(item[name])
    return ready


_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "name", "sequence")


def _left(name: dict) -> dict:
    return {key: value for key, value in name.items() if key not in _NAME_PARTS}


def _csl_name(name: Any) -> str:
    if not isinstance(name, dict):
        return str(name or "")
    if name.get("literal") or name.get("name"):
        return str(name.get("literal") or name.get("name")).replace(",", " ")
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    return _inverted(f"{particle} {name.get('family') or ''}".strip(), name.get("given"), name.get("suffix"))


def _csl_date(date: dict) -> str:
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [part if isinstance(part, int | str) else None for part in first[:3]]
    return (
        dates.iso(*numbers) if numbers else str(date.get("raw") or date.get("literal") or date.get("date-time") or "")
    )


def _zotero(item: dict) -> dict:
    data = item["data"] if isinstance(item.get("data"), dict) and "itemType" in item["data"] else item
    creators = data.get("creators")
    if not isinstance(creators, list):
        return data
    people = [one for one in creators if isinstance(one, dict)]
    chosen = [one for one in people if one.get("creatorType", "author") in _ZOTERO_AUTHORS] or people
    names = [one.get("name") or _inverted(one.get("lastName"), one.get("firstName")) for one in chosen]
    others = [one for one in people if one not in chosen]
    return {**data, "creators": names, "other creators": others}


_PREPARE: dict[str, Callable[[dict], dict]] = {
    "openalex": _openalex,
    "arxiv_snapshot": _snapshot,
    "csl": _csl,
    "zotero": _zotero,
}

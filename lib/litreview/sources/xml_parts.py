"""What XML formats give in parts: names and dates of PubMed, subfields of MARC, titles of MODS, the things of RDF."""

from typing import Any
from xml.etree.ElementTree import Element

from litreview.sources import dates
from litreview.sources.entries import texts


def marc(fields: dict[str, Any]) -> dict[str, list[str]]:
    """The subfields of MARC by their tags and codes, such as "245a", and its fields of control by their tags.

    The first author stands apart from the others there; `names` has them all. "245a" has the subtitle, too.
    """
    found: dict[str, list[str]] = {}
    for field in fields.get("controlfield", ()):
        found.setdefault(str(field.get("@tag")), []).append(str(field.get("", "")))
    for field in fields["datafield"]:
        for part in field.get("subfield", ()):
            found.setdefault(f"{field.get('@tag')}{part.get('@code')}", []).append(str(part.get("", "")))
    if "245b" in found:
        found["245a"] = [": ".join(part.strip(" /:;=") for part in found.pop("245a", [])[:1] + found.pop("245b")[:1])]
    found["names"] = [name for tag in ("100a", "110a", "700a") for name in found.pop(tag, ())]
    return found


def whole_title(fields: dict[str, Any]) -> str:
    """A title of MODS, with the article before it and its subtitle."""
    title = " ".join([*texts(fields, "nonSort"), *texts(fields, "title")[:1]])
    return ": ".join(part.strip(" /:;=") for part in [title, *texts(fields, "subTitle")])


def creators(fields: dict[str, Any], things: dict[str, dict]) -> dict[str, Any]:
    """The creators of a paper of RDF, for whom it may only name one of the `things` of the file."""
    return {name: _told(fields[name], things) for name in ("creator", "authorList") if name in fields}


def _told(value: Any, things: dict[str, dict]) -> Any:
    if isinstance(value, list):
        return [_told(part, things) for part in value]
    if not isinstance(value, dict):
        return value
    named = things.get(value.get("@resource") or value.get("@nodeID") or "")
    return named or {name: _told(part, things) for name, part in value.items()}


def part_of(fields: dict[str, Any], books: dict[str, dict]) -> dict[str, Any]:
    """What a paper of Zotero's RDF is part of, with the DOI that stands there; `books` are the things it may name."""
    parts = [part for part in fields.get("isPartOf", ()) if isinstance(part, dict)]
    found = [{"Journal": [book]} for part in parts if (book := books.get(part.get("@resource", "")))]
    found += [part for part in parts if "@resource" not in part]
    inner = [each for part in found for value in part.values() if isinstance(value, list) for each in value]
    dois = [text for each in inner if isinstance(each, dict) for text in texts(each, "identifier") if "DOI" in text]
    return ({"isPartOf": found} if found else {}) | ({"doi": dois} if dois else {})


def pubmed(element: Element) -> dict[str, Any]:
    """The names of authors and the dates, which PubMed gives in parts."""
    names = [_pubmed_name(author) for author in element.iterfind(".//Article/AuthorList/Author")]
    names = names or [_pubmed_name(author) for author in element.iterfind(".//AuthorList/Author")]
    places = (".//ArticleDate", ".//JournalIssue/PubDate", ".//Book/PubDate")
    found = [date for place in places for date in element.iterfind(place)]
    return {
        "authors": [name for name in names if name],
        "published": [date for one in found if (date := _pubmed_date(one))],
    }


def _pubmed_name(author: Element) -> str:
    given = author.findtext("ForeName") or author.findtext("Initials")
    parts = [author.findtext("LastName"), given, author.findtext("Suffix")]
    return ", ".join(part for part in parts if part) or (author.findtext("CollectiveName") or "").replace(",", " ")


def _pubmed_date(date: Element) -> str:
    month = dates.month(date.findtext("Month") or "")
    return dates.iso(date.findtext("Year"), month, date.findtext("Day")) or dates.day(
        date.findtext("MedlineDate") or ""
    )

"""XML: arXiv's Atom feeds, PubMed's and EndNote's exports; read element by element, without entities (defusedxml)."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from litreview.errors import SourceError
from litreview.sources import dates
from litreview.sources.content import Content
from litreview.sources.entries import Entry, Rejection, texts

NAME = "XML (arXiv Atom, PubMed, EndNote)"
_ROOTS = ("<feed", "<entry", "<PubmedArticle", "<PubmedBookArticle", "<records", "<record")
# The element of a record, by the format's name in the crosswalk.
_RECORDS = {
    "entry": "atom",
    "PubmedArticle": "pubmed_xml",
    "PubmedBookArticle": "pubmed_xml",
    "record": "endnote_xml",
}
_DEEPEST = 60


def recognises(content: Content) -> bool:
    """Whether it is XML with one of the elements that hold records."""
    start = content.head.lstrip("\ufeff \t\r\n")
    is_xml = start.startswith(("<?xml", "<!DOCTYPE Pub", *_ROOTS)) and not start[:200].lower().startswith(
        "<!doctype html"
    )
    return is_xml and any(root in content.head for root in _ROOTS)


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records, each with its number. Raises `SourceError` for XML that is broken or declares entities."""
    for place, (format_, element) in enumerate(_records(content), start=1):
        fields = _fields(element)
        if format_ == "atom" and _is_error(fields):
            yield Rejection(place, "arXiv answered with an error", " ".join(texts(fields, "summary"))[:80])
        elif format_ == "pubmed_xml":
            yield Entry(format_, place, fields | _pubmed(element), element.findtext(".//PMID") or "")
        else:
            yield Entry(format_, place, fields, _key(fields))


def _records(content: Content) -> Iterator[tuple[str, Element]]:
    """Every record of the file, with its format; what stands inside a record is part of it."""
    open_: list[Element] = []
    try:
        with content.open() as file:
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=False):
                if event == "start":
                    open_.append(element)
                    if len(open_) > _DEEPEST:
                        raise SourceError.damaged(content.name, "XML", f"elements lie more than {_DEEPEST} deep")
                    continue
                open_.pop()
                name = _local(element.tag)
                if name in _RECORDS and not any(_local(outer.tag) in _RECORDS for outer in open_):
                    yield _RECORDS[name], element
                    element.clear()
                    if open_:
                        open_[-1].remove(element)
    except DefusedXmlException as error:
        raise SourceError.damaged(
            content.name, "XML", f"it declares entities, which may be a trap ({error})"
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise SourceError.damaged(content.name, "XML", str(error)) from error


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _fields(element: Element) -> dict[str, Any]:
    """Attributes as "@name", elements by name in lists, the text of a leaf, or of one with marked-up words, as ""."""
    fields: dict[str, Any] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    children = [child for child in element if isinstance(child.tag, str)]
    mixed = (element.text or "").strip() or any((child.tail or "").strip() for child in children)
    styled = children and {_local(child.tag) for child in children} <= {"style"}
    if mixed or styled or not children:
        text = "".join(element.itertext())
        return fields | ({"": text.strip()} if text.strip() else {})
    for child in children:
        fields.setdefault(_local(child.tag), []).append(_value(child))
    return fields


def _value(element: Element) -> Any:
    fields = _fields(element)
    return fields[""] if list(fields) == [""] else fields


def _is_error(fields: dict) -> bool:
    return "/api/errors" in str(fields.get("id", ""))


def _key(fields: dict) -> str:
    """What the source calls the record: an Atom id, EndNote's record number."""
    found = next((fields[name] for name in ("id", "rec-number") if name in fields), "")
    while isinstance(found, list) and found:
        found = found[0]
    return found if isinstance(found, str) else ""


def _pubmed(element: Element) -> dict[str, Any]:
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

"""XML of arXiv (Atom), PubMed and EndNote, read element by element and without entities (defusedxml)."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from litreview.errors import SourceError
from litreview.sources import dates
from litreview.sources.crosswalk import texts_at
from litreview.sources.file_content import Content, Entry, Rejection

NAME = "XML (arXiv Atom, PubMed, EndNote)"
# The element of a record → the format in the crosswalk.
_RECORDS = {"entry": "atom", "record": "endnote_xml", "PubmedArticle": "pubmed_xml", "PubmedBookArticle": "pubmed_xml"}
_HOLDS = re.compile(r"<(?:[\w.-]+:)?(?:feed|entry|PubmedArticleSet|PubmedArticle|PubmedBookArticle|records)[\s>/]")
_INLINE = set("style i b em strong sub sup sc u p div span math DispFormula".split())  # elements inside a text


def recognises(content: Content) -> bool:
    """Return whether it is XML with one of the elements that hold records."""
    return content.head.lstrip("\ufeff \t\r\n").startswith("<") and bool(_HOLDS.search(content.head))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the records, each with its number. Raises `SourceError` for XML that is broken, a trap or of others."""
    place = 0
    try:
        with content.open() as file:
            for _, element in iterparse(file, forbid_dtd=False):
                if format_ := _RECORDS.get(_local(element.tag)):
                    place += 1
                    yield _entry(format_, place, element)
                    element.clear()
        if not place and _local(element.tag) != "feed" and any(len(child) for child in element):  # the outermost one
            raise SourceError.no_records(content.name, "XML", sorted({_local(child.tag) for child in element}))
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        trap = "it declares entities, which may be a trap: " if isinstance(error, DefusedXmlException) else ""
        raise SourceError.damaged(content.name, "XML", f"{trap}{error}") from error


def _entry(format_: str, place: int, element: Element) -> Entry | Rejection:
    fields = _fields(element)
    if format_ == "atom" and "/api/errors" in str(fields.get("id", "")):
        return Rejection(place, "arXiv answered with an error", " ".join(texts_at(fields, ["summary"]))[:80])
    return Entry(format_, place, fields)


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _fields(element: Element) -> dict[str, Any]:
    """Attributes as "@name", elements by name in lists, the text of a leaf, or of one with marked-up words, as ""."""
    fields: dict[str, Any] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    children = [child for child in element if isinstance(child.tag, str)]
    mixed = (element.text or "").strip() or any((child.tail or "").strip() for child in children)
    if mixed or {_local(child.tag) for child in children} <= _INLINE:
        text = _labelled(element.get("Label", ""), "".join(element.itertext()).strip())
        return fields | ({"": text} if text else {})
    for child in children:
        inner, name = _fields(child), "Editors" if child.get("Type") == "editors" else _local(child.tag)
        fields.setdefault(name, []).append(inner[""] if list(inner) == [""] else inner)
    spell = _SPELT.get(_local(element.tag))
    return fields | {"": spell(element)} if spell else fields


def _labelled(label: str, text: str) -> str:
    """A part of an abstract behind its heading, "METHODS: We wait."."""
    head = label.strip().rstrip(":")
    known = not head or head in ("UNLABELLED", "UNASSIGNED") or not text or text.upper().startswith(head.upper())
    return text if known else f"{head}{':' * head[-1].isalnum()} {text}"


def _name(author: Element) -> str:
    given = author.findtext("ForeName") or author.findtext("Initials")
    parts = [author.findtext("LastName"), given, author.findtext("Suffix")]
    return ", ".join(part for part in parts if part) or (author.findtext("CollectiveName") or "").replace(",", " ")


def _date(date: Element) -> str:
    told = dates.iso(date.findtext("Year"), dates.month(date.findtext("Month") or ""), date.findtext("Day"))
    return told or dates.day(date.findtext("MedlineDate") or "")


_SPELT = {"Author": _name, "ArticleDate": _date, "PubDate": _date}  # what PubMed gives in parts

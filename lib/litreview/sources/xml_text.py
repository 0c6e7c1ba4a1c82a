"""XML: what arXiv, PubMed, EndNote, Zotero, Crossref, DBLP, JATS, MODS, MARC, OAI-PMH and feeds write.

It is read element by element, without entities (defusedxml). `_RECORDS` says which element is a record.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from litreview.errors import SourceError
from litreview.sources.content import Content
from litreview.sources.entries import Entry, Rejection, texts
from litreview.sources.name_parts import with_names
from litreview.sources.xml_parts import creators, marc, part_of, pubmed, whole_title

NAME = "XML (Atom, RSS, PubMed, EndNote, Europe PMC, Crossref, DBLP, JATS, MODS, MARC, OAI-PMH, RDF, Primo, Word)"
_DBLP = "inproceedings proceedings book incollection phdthesis mastersthesis www data".split()
# The element of a record: the format in the crosswalk, and the elements that it may stand in ("" for none) if not all.
_RECORDS: dict[str, tuple[str, set[str]]] = {
    "entry": ("atom", set()),
    "PubmedArticle": ("pubmed_xml", set()),
    "PubmedBookArticle": ("pubmed_xml", set()),
    "record": ("endnote_xml", set()),  # also of OAI-PMH and MARC
    "mods": ("api", set()),
    "doi_record": ("api", set()),
    "item": ("api", {"channel", "RDF"}),
    "result": ("api", {"resultList"}),
    "info": ("api", {"hit"}),
    "article": ("api", {"", "dblp", "pmc-articleset"}),
    "resource": ("api", {""}),
    "Source": ("api", {"Sources"}),
    "paper": ("api", {"volume"}),
} | dict.fromkeys(_DBLP, ("api", {"dblp"}))
_ROOTS = "feed rdf:RDF OAI-PMH modsCollection collection responseWrapper rss dblp records pmc-articleset".split()
_HOLDS = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join([*_RECORDS, *_ROOTS])})[\s>/]")
_PROSE = {"abstract", "article-title"}  # elements whose text is one, whatever stands in it
_ANNOUNCED = re.compile(r"\s*arXiv:\S+ Announce Type: \S+\s+Abstract:\s*")
_RDF = re.compile(r"<(?:[\w.-]+:)?RDF[\s>]")
_DEEPEST = 60


def recognises(content: Content) -> bool:
    """Whether it is XML with one of the elements that hold records."""
    start = content.head.lstrip("\ufeff \t\r\n")
    is_html = start[:200].lower().startswith(("<!doctype html", "<html"))
    return start.startswith("<") and not is_html and bool(_HOLDS.search(content.head))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The records, each with its number. Raises `SourceError` for XML that is broken or declares entities."""
    things = _things(content) if _RDF.search(content.head) else {}
    for place, (format_, element) in enumerate(_papers(content), start=1):
        fields = _fields(element)
        if format_ == "atom" and _is_error(fields):
            yield Rejection(place, "arXiv answered with an error", " ".join(texts(fields, "summary"))[:80])
        elif format_ == "pubmed_xml":
            yield Entry(format_, place, fields | pubmed(element), element.findtext(".//PMID") or "")
        elif "deleted" in texts(fields, "header.@status"):
            yield Rejection(place, "the archive has deleted it", " ".join(texts(fields, "header.identifier"))[:80])
        else:
            yield _entry(format_, place, fields | part_of(fields, things) | creators(fields, things))


def _papers(content: Content) -> Iterator[tuple[str, Element]]:
    """The records; of RDF only the papers, for their journals, authors, notes and files stand there, too.

    Raises `SourceError` for RDF without a paper.
    """
    typed = "itemType>" in content.head  # by Zotero
    others: dict[str, None] = {}
    papers = False
    for format_, element in _records(content):
        if format_ != "rdf" or _is_paper(element, typed):
            papers = True
            yield ("api" if format_ == "rdf" else format_), element
        else:
            others[_local(element.tag)] = None
    if others and not papers:
        raise SourceError.no_records(content.name, "RDF", others)


def _is_paper(element: Element, typed: bool) -> bool:
    """Whether a thing of RDF is a paper: by its type, else by a title with an author or a date."""
    if typed:
        return element.findtext("{*}itemType", "attachment") not in ("attachment", "note")
    names = {_local(child.tag) for child in element}
    told = not names.isdisjoint({"creator", "authorList", "date", "issued"})
    return "title" in names and told and _local(element.tag) != "channel"  # of a feed


def _things(content: Content) -> dict[str, dict]:
    """Journals, books and people of RDF, by what its papers name them."""
    things = [_fields(element) for format_, element in _records(content) if format_ == "rdf"]
    named = [(thing.get("@about") or thing.get("@nodeID"), thing) for thing in things if "itemType" not in thing]
    return {name: thing for name, thing in named if name}


def _entry(format_: str, place: int, fields: dict[str, Any]) -> Entry:
    """The entry of a record, the harvested one of OAI-PMH without its cover."""
    key = _key(fields)
    for metadata in fields.get("metadata", ()):
        inner = [part for parts in metadata.values() for part in parts] if isinstance(metadata, dict) else []
        if len(inner) == 1 and isinstance(inner[0], dict):
            format_, fields = "api", {"header": fields.get("header"), **inner[0]}
    if "datafield" in fields:
        return Entry("marc", place, marc(fields), key)
    for name in ("description", "summary"):
        if name in fields:
            fields[name] = [_ANNOUNCED.sub("", part) if isinstance(part, str) else part for part in fields[name]]
    return Entry(format_, place, with_names(fields), key)


def _records(content: Content) -> Iterator[tuple[str, Element]]:
    """Every record of the file, with its format; what stands inside a record is part of it."""
    open_: list[tuple[Element, bool]] = []  # with whether it is a record, or stands in one
    try:
        with content.open() as file:
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=False):
                if event == "start":
                    outer, inside = open_[-1] if open_ else (None, False)
                    parent = _local(outer.tag) if outer is not None else ""
                    open_.append((element, inside or bool(_format(element, parent))))
                    if len(open_) > _DEEPEST:
                        raise SourceError.damaged(content.name, "XML", f"elements lie more than {_DEEPEST} deep")
                    continue
                open_.pop()
                outer, inside = open_[-1] if open_ else (None, False)
                format_ = "" if inside else _format(element, _local(outer.tag) if outer is not None else "")
                if format_:
                    yield format_, element
                    element.clear()
                    if outer is not None:
                        outer.remove(element)
    except DefusedXmlException as error:
        raise SourceError.damaged(
            content.name, "XML", f"it declares entities, which may be a trap ({error})"
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise SourceError.damaged(content.name, "XML", str(error)) from error


def _format(element: Element, parent: str) -> str:
    """The format of the record that an element is; "" if it is none."""
    format_, parents = _RECORDS.get(_local(element.tag), ("rdf", {"RDF"}))
    return format_ if not parents or parent in parents else ""


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _fields(element: Element) -> dict[str, Any]:
    """Attributes as "@name", elements by name in lists, the text of a leaf, or of one with marked-up words, as ""."""
    fields: dict[str, Any] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    children = [child for child in element if isinstance(child.tag, str)]
    if _local(element.tag) in _PROSE:
        return fields | {"": " ".join(" ".join(element.itertext()).split())}
    mixed = (element.text or "").strip() or any((child.tail or "").strip() for child in children)
    styled = children and {_local(child.tag) for child in children} <= {"style"}
    if mixed or styled or not children:
        text = "".join(element.itertext())
        return fields | ({"": text.strip()} if text.strip() else {})
    for child in children:
        name = _local(child.tag)
        name = child.get("type", name) if name == "namePart" else name  # MODS: family, given
        fields.setdefault(name, []).append(_value(child))
    return fields | {"title": [whole_title(fields)]} if _local(element.tag) == "titleInfo" else fields


def _value(element: Element) -> Any:
    fields = _fields(element)
    return fields[""] if "" in fields and (list(fields) == [""] or element.tag == "namePart") else fields


def _is_error(fields: dict) -> bool:
    return "/api/errors" in str(fields.get("id", ""))


def _key(fields: dict) -> str:
    """What the source calls the record: an Atom id, EndNote's record number, the identifier of a harvested one."""
    return next((found[0] for name in ("id", "rec-number", "header.identifier") if (found := texts(fields, name))), "")

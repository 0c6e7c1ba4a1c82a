"""From the fields of a format to the columns of `schema.RECORDS`, by a table: `crosswalk.csv`.

The table has one row a format, field and column. Several fields of one column are tried in the order of the rows; all
fields of keywords are taken together. `split` says how a field holds its values: the marks that stand between them, or
one of the words below. The column `extra` keeps the whole record as JSON, but for title and abstract.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from litreview.sources import dates, identifiers
from litreview.sources.author_names import people, split_names
from litreview.sources.file_content import Entry, Rejection
from litreview.sources.identifiers import unescaped

CROSSWALK = Path(__file__).with_name("crosswalk.csv")
NAMELESS = "it has no title, no abstract and no identifier"
NAMES = "names"  # what stands between them has to be guessed
AS_WRITTEN = "as it stands"  # names in reading order
LINES = "lines"  # one value a line
CITATION = "citation"  # a whole source string: venue, date, volume, issue, pages
ALONE = "alone"  # an identifier counts only where the text is little else
_PRECISION = {4: "year", 7: "month", 10: "day"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\"<>{}]*[^\s\"<>{}.,;]", re.IGNORECASE)
_MORE_AUTHORS = re.compile(r"(?:^|[\s,;])(others|et\.? ?al\b\.?)\W*$", re.IGNORECASE)
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.]?"
_VENUE_ENDS = re.compile(
    rf"""[\s.,;]{{1,9}}(?:vol\b|conference:|\(?\d       # at the volume, the name of the meeting or the year
    | {_MONTHS}\W.{{0,20}}\d)                            # at a date that begins with its month
    | [\s.,;]{{1,9}}$""",
    re.IGNORECASE | re.VERBOSE,
)
# What a source string says behind its venue: "2021 Dec 21;14(2):110-119", "12(3 Suppl 1):45-51, May 2016".
_DATED = re.compile(
    rf"(?<![\d(:-])(?:(?:\d{{1,2}} )?(?:{_MONTHS}[ /-])+)?(?:19|20)\d\d(?! ?\()(?:[ /-]{_MONTHS})*(?: \d{{1,2}}\b)?",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"""(?:(?<=;)|\bvol\.?\ ?|(?<=\s)(?=\d{1,4}[a-z]?(?:\ ?\(|\ suppl|:)))  # behind the date, named, or before the issue
    (?P<volume>\d{1,4}[a-z]?)(?:\ ?\((?!pp?\b)(?P<issue>[^()]{1,30})\)|\ (?P<supplement>suppl[^:;,()]{0,12}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGES = re.compile(
    r"(?:(?<=[\d);]):\s?|(?<=suppl \d):|\bpp?\.?\s)([a-z]{0,2}\d\w*(?:[-–][a-z]{0,2}\d\w*)?)", re.IGNORECASE
)
_CATEGORY = re.compile(r"(?<![\w.])(?!arxiv:)[a-z][a-z-]*(?:\.[a-z-]+)?", re.IGNORECASE)
_DATABASES = re.compile("scopus|pubmed|medline|embase|web of science|ieee xplore|crossref|openalex", re.IGNORECASE)
_NO_TITLE = re.compile(  # a paper may be called "None"
    r"[\W_]*|n[/.]a\W*|\W*(?:untitled|(?:no titles?|(?:titles? )?not)(?: is)?(?: available| provided| given)?)\W*",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"""[\W_]*                                                                       # no letter and no digit
    | \W*(?:(?:(?-i:NA|na)|n/a|n\.a|nan|none|null|nil|unknown|undefined|anon|anonymous|tb[ad])\b\W*)+
    | \W*(?:there\ is\ |this\ \w+\ has\ )?no\ (?:abstract|author|title)s?(?:\ names?)?(?:\ is)?
      (?:\ (?:available|provided|listed|given))?(?:\ for\ this\ \w+)?\W*
    | \W*(?:an?\ )?(?:(?:abstract|author|title)s?\W{0,3})?(?:\ ?is\ )?
      (?:not\ (?:available|provided|given)|unavailable|none\ available)(?:\ for\ this\ \w+)?\W*
    | (?:publisher:\ )?abstract\ available\ from\ the\ publisher\W*               # PubMed's
    | copyright\ of\ .{1,300}\ is\ the\ property\ of\ .*                          # EBSCO's, as an abstract""",
    re.IGNORECASE | re.VERBOSE,
)

_Found = list[tuple[str, list[str]]]  # the fields of a column that an entry has: how each is split, and its texts


@cache
def crosswalk_rows(format_: str) -> list[tuple[str, str, str]]:
    """Return field, column and split of each row of a format, in order."""
    with CROSSWALK.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [(row["field"], row["column"], row["split"]) for row in rows if row["format"] == format_]


def record(entry: Entry) -> dict[str, Any] | Rejection:
    """Make the record of an entry; reject one that has no title, abstract or identifier, or lies too deep."""
    try:
        row = _row(entry)
        row["extra"] = _extra(entry, row)
    except RecursionError:
        return Rejection(entry.place, "its parts lie too deep in each other", "")
    row = {name: without_surrogates(value) if isinstance(value, str) else value for name, value in row.items()}
    if not any(row[name] for name in ("title_raw", "abstract_raw", "doi", "arxiv_id", "pmid", "openalex_id")):
        return Rejection(entry.place, NAMELESS, (row["extra"] or "")[:80])
    return row


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no file can hold."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def texts_at(value: Any, path: str) -> list[str]:
    """Return every text at a path such as "authorships.author.display_name", in order; lists are walked through.

    A name with a dot in it is found as it stands. The text of an object is its part "", else its first text.
    """
    if isinstance(value, list):
        return [text for part in value for text in texts_at(part, path)]
    if isinstance(value, Mapping):
        name, _, rest = (path, "", "") if path in value else path.partition(".")
        if path:
            return texts_at(value.get(name), rest)
        own = [text for name, text in value.items() if isinstance(text, str) and name[:1] != "@"]
        return texts_at(value.get("", own[:1]), "") if isinstance(value.get("", ""), str) else []
    known = not path and isinstance(value, str | int | float) and not isinstance(value, bool)
    return [str(value)] if known and str(value).strip() else []


def is_missing(text: str) -> bool:
    """Return whether a text only says that nothing is there: "NA", "-", "[No abstract available]"."""
    return bool(_NOTHING.fullmatch(" ".join(text.split())))


def pieces(text: str, split: str) -> list[str]:
    """Cut a text into its values; an entity such as "&amp;" is a letter, and its ";" stands between nothing."""
    return [piece for piece in _pieces(unescaped(text), split) if not is_missing(piece)]


def _pieces(text: str, split: str) -> list[str]:
    if split == NAMES:
        return split_names(text)
    if split == AS_WRITTEN:
        return text.splitlines()
    if split == LINES:
        return re.split(r"[\n;]", text)
    mark = next((mark for mark in split and f"{split}\n" if mark in text), "")
    return text.split(mark) if mark else [text]


def venue_of(citation: str) -> str:
    """Return the journal or book at the beginning of "Journal of Queues. Vol.43(5), Sep 2015, pp. 623-634."."""
    return _VENUE_ENDS.split(citation.strip(), maxsplit=1)[0]


def source_parts(citation: str) -> dict[str, str]:
    """Return the date, volume, issue and pages of a source string, as far as it has them."""
    behind = re.split(r"\bdoi\b", citation[len(venue_of(citation)) :])[0]
    date = _DATED.search(behind)
    behind = _DATED.sub(";", behind)
    volume, pages = _VOLUME.search(behind), _PAGES.search(behind)
    issue = volume and (volume["issue"] or volume["supplement"])
    found = {"published": date and date[0], "volume": volume and volume["volume"], "issue": issue}
    return {name: text for name, text in (found | {"pages": pages and pages[1]}).items() if text}


def _extra(entry: Entry, row: Mapping[str, Any]) -> str | None:
    """The whole record as JSON, but for title and abstract as they stand in their columns."""
    shown = {field for field, column, _ in crosswalk_rows(entry.format) if column in ("title", "abstract")}
    extra = {}
    for name, value in entry.fields.items():
        single = value[0] if isinstance(value, list) and len(value) == 1 else value
        missing = single in (None, "", [], {}) or (isinstance(single, str) and is_missing(single))
        if not missing and not (name in shown and single in (row["title_raw"], row["abstract_raw"])):
            extra[str(name)] = single
    return json.dumps(extra, ensure_ascii=False, sort_keys=True, default=str) if extra else None


def _row(entry: Entry) -> dict[str, Any]:
    """The columns of an entry, as far as its fields tell them."""
    found: dict[str, _Found] = defaultdict(list)
    for field, column, split in crosswalk_rows(entry.format):
        texts = texts_at(entry.fields, field)
        nothing = _NO_TITLE.fullmatch if column == "title" else is_missing
        if values := [text for text in texts if not nothing(text)]:
            found[column].append((split, values))
    for citation in [text for split, texts in found["venue"] for text in texts[:1] if split == CITATION]:
        for name, text in source_parts(citation).items():
            found[name].append(("", [text]))
    published = _published(found)
    versions = [("", values[::-1]) for _, values in found["version"]]
    ends = [_text_of(found[name]) for name in ("first_page", "last_page")]
    row: dict[str, Any] = {
        **{name: _text_of(found[name]) for name in ("volume", "publisher")},
        "title_raw": _title(found),
        "abstract_raw": _text_of(found["abstract"], "\n") or "",
        "venue": _text_of(found["venue"], leave=_DATABASES.fullmatch),
        "kind": _text_of(found["kind"], "; "),
        "issue": _text_of(found["issue"], leave=_arxiv),  # CSL numbers a preprint by its arXiv id
        "pages": _text_of(found["pages"]) or "-".join(dict.fromkeys(filter(None, ends))) or None,
        "doi": _first(found["doi"], identifiers.doi),
        "arxiv_id": _first(found["arxiv_id"], _arxiv),
        "arxiv_version": _first(versions, lambda text: re.sub(r"\D", "", text)[:2]),
        "pmid": _first(found["pmid"], identifiers.pmid),
        "openalex_id": _first(found["openalex_id"], identifiers.openalex),
        "url": _first(found["url"], lambda text: next(iter(_ADDRESS.findall(text)), "")),
        "category": _first(found["category"], lambda text: "".join(_CATEGORY.findall(text)[:1])),
        "authors": _authors(found["authors"]),
        "more_authors": _more_authors(found["authors"]),
        "keywords": _keywords(found["keywords"]),
        "published": published or None,
        "date_precision": _PRECISION.get(len(published)),
        "source_line": entry.place,
        "source_key": entry.key or _first(found["key"], str.strip),
        "format": entry.format,
    }
    return row | _found_elsewhere(row)


def _text_of(found: _Found, mark: str = "", leave: Callable[[str], object] = str.isspace) -> str | None:
    """The texts of the first field there is, as one, but for those to `leave`; without a `mark` the first text only."""
    for split, values in found:
        kept = [value for value in values if not leave(value.strip())]
        text = mark.join(kept if mark else kept[:1])
        text = venue_of(text) if split == CITATION else text
        if text:
            return text
    return None


def _title(found: Mapping[str, _Found]) -> str:
    """The title with its subtitle, where that stands apart."""
    title, subtitle = _text_of(found["title"]) or "", _text_of(found["subtitle"]) or ""
    return f"{title.rstrip(' :')}: {subtitle}" if title and subtitle not in title else title


def _first(found: _Found, find: Callable[[str], str]) -> str | None:
    """What `find` finds in the first text that has any."""
    for split, values in found:
        for value in values:
            told = find(value)
            if told and (split != ALONE or len(value) <= len(told) + 20):
                return told
    return None


def _authors(found: _Found) -> str | None:
    """The names of the first field that has any."""
    for split, values in found:
        names = [name for value in values for name in pieces(value, split)]
        if told := people(names, reorder=split != AS_WRITTEN):
            return told
    return None


def _more_authors(found: _Found) -> str | None:
    """The words behind the last author that stand for further ones."""
    match = _MORE_AUTHORS.search(found[0][1][-1]) if found else None
    return match[1] if match else None


def _keywords(found: _Found) -> str | None:
    words = [" ".join(piece.split()) for split, values in found for value in values for piece in pieces(value, split)]
    return "; ".join(word.replace(";", ",") for word in dict.fromkeys(words) if word) or None


def _published(found: Mapping[str, _Found]) -> str:
    """The date in ISO 8601, as far as it is known.

    A date of another year than the record's own is that of something else: an online version, a visit.
    """
    years = [day for _, values in found["year"] if (day := dates.day(values[0]))]
    year = years[0][:4] if years else ""
    texts = [value for _, values in found["published"] for value in values]
    days = [dates.day(text) or (dates.day(f"{text} {year}") if year else "") for text in texts] + years
    if year and found["month"]:
        month = found["month"][0][1][0].replace("~", " ")  # BibTeX has "12~may"
        day = found["day"][0][1][0] if found["day"] else ""
        days += [dates.iso(year, dates.month(month), day if day.isdigit() else ""), dates.day(f"{month} {year}")]
    year = year or next((day[:4] for day in days if day), "")
    return max((day for day in days if day and day[:4] == year), key=len, default="")


def _found_elsewhere(row: dict[str, Any]) -> dict[str, str | None]:
    """Identifiers that stand in the address or the venue, and an arXiv id that is written as a DOI."""
    url = row["url"] or ""
    told = {"doi": row["doi"] or ("doi.org" in url and identifiers.doi(url)) or None}
    told["pmid"] = row["pmid"] or identifiers.pmid(url) or None
    for text in (row["arxiv_id"], row["doi"], url, row["venue"]):
        arxiv_id, version = identifiers.arxiv(text or "")
        if arxiv_id:
            return told | {"arxiv_id": arxiv_id, "arxiv_version": version or row["arxiv_version"]}
    return told | {"arxiv_id": None}


def _arxiv(text: str) -> str:
    arxiv_id, version = identifiers.arxiv(text)
    return f"{arxiv_id}v{version}" if version else arxiv_id

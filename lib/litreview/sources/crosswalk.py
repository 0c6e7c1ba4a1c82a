"""From the fields of a format to the columns of `schema.RECORDS`, by a table: `crosswalk.csv`.

The table has one row a format, field and column. Several fields of one column are tried in the order of the rows; all
fields of keywords are taken together. `split` says how a field holds its values: the marks that stand between them, or
a word. "names": what stands between them has to be guessed; "as it stands": a name in reading order; "lines": one value
a line; "citation": a whole source string, of which the column is a part; "alone": an identifier counts only
where the text is little else. The column `extra` keeps the whole record as JSON, but for title and abstract.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache, partial
from typing import Any

from litreview import schema
from litreview.sources import dates, identifiers
from litreview.sources.author_names import people, split_names
from litreview.sources.dates import source_parts
from litreview.sources.file_content import Entry, Rejection, shipped_pattern, shipped_table
from litreview.sources.identifiers import ARXIV_NUMBER, unescaped

NAMELESS = "it has no title, no abstract and no identifier"
_NAMING = ("title_raw", "abstract_raw", "doi", "arxiv_id", "pmid", "openalex_id")
_ADDRESS = re.compile(r"https?://[^\s\"<>{}]*[^\s\"<>{}.,;]", re.IGNORECASE)
_MORE_AUTHORS = re.compile(r"(?:^|[\s,;])(others|et\.? ?al\b\.?)\W*$", re.IGNORECASE)
_CATEGORY = re.compile(r"(?<![\w.])(?!arxiv:)[a-z][a-z-]*(?:\.[a-z-]+)?", re.IGNORECASE)
_DATABASES = re.compile("scopus|pubmed|medline|embase|web of science|ieee xplore|crossref|openalex", re.IGNORECASE)


_NO_TITLE, _NOTHING = (shipped_pattern("missing_values.csv", kind).fullmatch for kind in ("title", "any"))
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, check_circular=False).encode
_VERSION = re.compile(r"^(.*?)(?:v(\d{1,2}))?$")

Named = tuple[Entry | Rejection, str]  # what a reader found, and the id of its record
_Columns = dict[str, list[Any]]
# The fields of a column, in the order of the crosswalk: how each is split, and its texts by the place of their entry.
_Fields = list[tuple[str, dict[int, list[str]]]]


def crosswalk_rows(format_: str) -> list[tuple[str, str, str]]:
    """Return field, column and split of each row of a format, in order."""
    rows = shipped_table("crosswalk.csv")
    return [(row["field"], row["column"], row["split"]) for row in rows if row["format"] == format_]


def records(found: Iterable[Named]) -> tuple[_Columns, list[Rejection]]:
    """Make the columns of the records that a reader found; reject what names no paper."""
    columns: _Columns = {name: [] for name in schema.RECORDS.names}
    rejected: list[Rejection] = []
    # Some hundred at a time, for entries need more memory than their columns; a rejection has no format.
    numbered = itertools.groupby(enumerate(found), lambda each: (each[0] // 500, getattr(each[1][0], "format", "")))
    for (_, format_), run in numbered:
        made, refused = _made(format_, [each for _, each in run])
        rejected += refused
        for name in columns:
            columns[name] += made.get(name, ())
    return columns, rejected


def _made(format_: str, run: list[Any]) -> tuple[_Columns, list[Rejection]]:
    """The columns of entries of one format that name a paper, and what is rejected."""
    if not format_:
        return {}, [each for each, _ in run]
    columns = _columns(format_, [entry for entry, _ in run]) | {"record_id": [name for _, name in run]}
    named = [*map(any, zip(*(columns[name] for name in _NAMING), strict=True))]
    extras = zip(run, columns["extra"], named, strict=True)
    rejected = [Rejection(each.place, NAMELESS, (extra or "")[:80]) for (each, _), extra, names in extras if not names]
    if rejected:
        columns = {name: [*itertools.compress(column, named)] for name, column in columns.items()}
    return columns, rejected


def texts_at(value: Any, path: Sequence[str]) -> list[str]:
    """Return every text at a path of names, in order; lists are walked through, and other shapes are missing.

    The text of an object is its part "", else its first text.
    """
    texts, left = [], [(value, path)]
    while left:  # parts may lie deeper in each other than functions may
        value, path = left.pop()
        if isinstance(value, list):
            left += [(part, path) for part in reversed(value)]
        elif isinstance(value, dict):
            said = (text for name, text in value.items() if isinstance(text, str) and name[:1] != "@")
            left.append((value.get(path[0]), path[1:]) if path else (value[""] if "" in value else next(said, ""), ()))
        elif type(value) in (str, int, float) and not path:
            texts.append(str(value))
    return texts


def is_missing(text: str) -> bool:
    """Return whether a text only says that nothing is there: "NA", "-", "[No abstract available]"."""
    return (len(text) < 150 or text[:9].lower() == "copyright") and _NOTHING(text) is not None


def pieces(text: str, split: str) -> list[str]:
    """Cut a text into its values; an entity such as "&amp;" is a letter, and its ";" stands between nothing."""
    text = unescaped(text)
    if split == "names":
        found = split_names(text)
    elif split == "lines":
        found = re.split("[;\n]", text)
    else:
        marks = f"{split}\n" if split not in ("", "as it stands") else ""
        mark = next((mark for mark in marks if mark in text), "")
        found = text.split(mark) if mark else [text]
    return [piece for piece in found if not is_missing(piece)]


def _columns(format_: str, entries: Sequence[Entry]) -> _Columns:
    """The columns of some entries, as far as their fields tell them."""
    size, fields = len(entries), [{name: _single(value) for name, value in entry.fields.items()} for entry in entries]
    found, shown = _found(format_, fields)
    columns: _Columns = {name: _told(found.get(name, []), size, tell) for name, tell in _TELL.items()}
    columns["title_raw"] = [*map(_title, columns["title"], columns["subtitle"])]
    columns["abstract_raw"] = [abstract or "" for abstract in columns["abstract"]]
    columns["source_line"], columns["format"] = [entry.place for entry in entries], [format_] * size
    columns["source_key"] = [entry.key or key for entry, key in zip(entries, columns["key"], strict=True)]
    ends = zip(columns["pages"], columns["first_page"], columns["last_page"], strict=True)
    columns["pages"] = [pages or "-".join(dict.fromkeys(filter(None, both))) or None for pages, *both in ends]
    columns["more_authors"] = _told(found.get("authors", []), size, _more_authors)
    columns["keywords"] = _of_all(_keywords, size, found.get("keywords", []))
    dated = (found.get(name, []) for name in ("published", "year", "month", "day"))
    columns["published"] = _of_all(_published, size, *dated)
    columns["date_precision"] = [day and {4: "year", 7: "month", 10: "day"}[len(day)] for day in columns["published"]]
    _find_elsewhere(columns)
    columns["extra"] = [*map(partial(_extra, shown), fields, columns["title_raw"], columns["abstract_raw"])]
    return columns


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _extra(shown: Set[str], fields: Mapping[str, Any], title: str, abstract: str) -> str | None:
    """The whole record as JSON, but for title and abstract as they stand in their columns."""
    extra = {}
    for name, value in fields.items():
        if name in shown and value in (title, abstract):
            continue
        if not (is_missing(value) if isinstance(value, str) else value in (None, [], {})):
            extra[name] = value
    return _encode(extra) if extra else None


@cache
def _plan(format_: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The rows of a format: column, split, the name of a field, and those further on. A name may have dots in it."""
    plan = []
    for field, column, split in crosswalk_rows(format_):
        first, *path = field.split(".")
        plan += [(column, split, name, way) for name, way in {field: (), first: (*path,)}.items()]
    return plan


def _found(format_: str, fields: Sequence[Mapping]) -> tuple[dict[str, _Fields], set[str]]:
    """For each column the fields that some entries have, in the order of the crosswalk; those of title and abstract."""
    found: dict[str, _Fields] = {}
    names = set().union(*fields)
    plan = [row for row in _plan(format_) if row[2] in names]
    texts = cache(partial(_texts, fields))  # some fields stand in several rows
    for column, split, name, path in plan:
        told = texts(name, path, _NO_TITLE if column == "title" else is_missing)
        if split == "citation":
            parts = ((place, source_parts(each[0]).get(column)) for place, each in told.items())
            told = {place: [part] for place, part in parts if part}
        found.setdefault(column, []).append((split, told))
    return found, {name for column, _, name, _ in plan if column in ("title", "abstract")}


def _texts(fields: Sequence[Mapping], name: str, path: Sequence[str], lacks: Callable[[str], Any]) -> dict[int, list]:
    """The texts at a path of names, but for those that say that nothing is there."""
    found = {}
    for place, each in enumerate(fields):
        if name in each:
            texts = [each[name]] if isinstance(each[name], str) and not path else texts_at(each[name], path)
            if kept := [text for text in texts if not (text.isspace() or lacks(text))]:
                found[place] = kept
    return found


def _told(fields: _Fields, size: int, tell: Callable[[list[str], str], str | None]) -> list[str | None]:
    """For each entry what the first of its fields tells that tells anything."""
    told: list[str | None] = [None] * size
    for split, found in fields:
        for place, texts in found.items():
            if told[place] is None:
                told[place] = tell(texts, split) or None
    return told


def _of_all(tell: Callable[..., str], size: int, *columns: _Fields) -> list[str | None]:
    """For each entry what the texts of all its fields of some columns tell."""
    told: list[str | None] = [None] * size
    for place in set().union(*(found for fields in columns for _, found in fields)):
        given = ([(split, found[place]) for split, found in fields if place in found] for fields in columns)
        told[place] = tell(*given) or None
    return told


def _title(title: str | None, subtitle: str | None) -> str:
    """The title with its subtitle, where that stands apart."""
    return f"{title.rstrip(' :')}: {subtitle}" if title and subtitle and subtitle not in title else title or ""


def _first(find: Callable[[str], str], texts: list[str], split: str) -> str:
    """What `find` finds in the first text that has any."""
    for text in texts:
        if (told := find(text)) and (split != "alone" or len(text) <= len(told) + 20):
            return told
    return ""


def _unless(other: Callable[[str], object], text: str) -> str:
    return "" if other(text.strip()) else text


def _authors(texts: list[str], split: str) -> str:
    return people([name for text in texts for name in pieces(text, split)], reorder=split != "as it stands")


def _more_authors(texts: list[str], _: str) -> str:
    return _matched(_MORE_AUTHORS, texts[-1][-60:])


_Given = list[tuple[str, list[str]]]  # the fields of one entry


def _keywords(given: _Given) -> str:
    words = [" ".join(piece.split()) for split, texts in given for text in texts for piece in pieces(text, split)]
    return "; ".join(word.replace(";", ",") for word in dict.fromkeys(words) if word)


def _published(published: _Given, in_year: _Given, months: _Given, in_month: _Given) -> str:
    """The date in ISO 8601, as far as it is known.

    A date of another year than the record's own is that of something else: an online version, a visit.
    """
    years = [day for _, texts in in_year if (day := dates.day(texts[0]))]
    year = years[0][:4] if years else ""
    texts = [text for _, texts in published for text in texts]
    days = [dates.day(text) or (dates.day(f"{text} {year}") if year else "") for text in texts] + years
    if year and months:
        month, day = (given[0][1][0] if given else "" for given in (months, in_month))
        month = month.replace("~", " ")  # BibTeX has "12~may"
        days += [dates.iso(year, dates.month(month), day if day.isdigit() else ""), dates.day(f"{month} {year}")]
    year = year or next((day[:4] for day in days if day), "")
    return max((day for day in days if day and day[:4] == year), key=len, default="")


def _find_elsewhere(columns: _Columns) -> None:
    """Fill in identifiers that stand in the address or the venue, and an arXiv id that is written as a DOI."""
    given = [columns[name] for name in ("arxiv_id", "doi", "url", "venue")]
    for place, (arxiv_id, doi, url, venue) in enumerate(zip(*given, strict=True)):
        if url and not doi and "doi.org" in url:
            columns["doi"][place] = identifiers.doi(url) or None
        if url and "ncbi.nlm" in url and not columns["pmid"][place]:
            columns["pmid"][place] = identifiers.pmid(url) or None
        texts = filter(ARXIV_NUMBER.search, filter(None, (doi, url, venue)))
        if arxiv_id := arxiv_id or next(filter(None, map(_arxiv, texts)), None):
            [(columns["arxiv_id"][place], version)] = _VERSION.findall(arxiv_id)
            columns["arxiv_version"][place] = version or columns["arxiv_version"][place]


def _arxiv(text: str) -> str:
    return "v".join(filter(None, identifiers.arxiv(text)))


def _matched(pattern: re.Pattern[str], text: str) -> str:
    return "".join(pattern.findall(text)[:1])


_TELL: dict[str, Callable[[list[str], str], str]] = {
    **dict.fromkeys("title subtitle volume publisher pages first_page last_page".split(), partial(_first, str)),
    "abstract": lambda texts, _: "\n".join(texts),
    "venue": partial(_first, partial(_unless, _DATABASES.fullmatch)),
    "kind": lambda texts, _: "; ".join(texts),
    "issue": partial(_first, partial(_unless, _arxiv)),  # CSL numbers a preprint by its arXiv id
    "doi": partial(_first, identifiers.doi),
    "arxiv_id": partial(_first, _arxiv),
    "arxiv_version": lambda texts, _: re.sub(r"\D", "", texts[-1])[:2],  # the last of the snapshot's
    "pmid": partial(_first, identifiers.pmid),
    "openalex_id": partial(_first, identifiers.openalex),
    "url": partial(_first, partial(_matched, _ADDRESS)),
    "category": partial(_first, partial(_matched, _CATEGORY)),
    "key": partial(_first, str.strip),
    "authors": _authors,
}

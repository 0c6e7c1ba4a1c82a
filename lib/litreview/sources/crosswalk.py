"""From the fields of a format to the columns of `schema.RECORDS`, by a table: `crosswalk.csv`.

The table has one row a format, field and column. Several fields of one column are tried in the order of the rows; all
fields of keywords are taken together. `split` says how a field holds its values: the marks that stand between them, or
a word. "names": what stands between them has to be guessed; "as it stands": a name in reading order; "lines": one value
a line; "citation": a whole source string, of which the column is a part; "alone": an identifier counts only
where the text is little else. The column `extra` keeps the whole record as JSON, but for title and abstract.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache, partial
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]  # not in its stub
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
_ET_AL = re.compile(r"(?:^|[\s,;])(others|et\.? ?al\b\.?)\W*$", re.IGNORECASE)
_CATEGORY = re.compile(r"(?<![\w.])(?!arxiv:)[a-z][a-z-]*(?:\.[a-z-]+)?", re.IGNORECASE)
_DATABASES = re.compile("scopus|pubmed|medline|embase|web of science|ieee xplore|crossref|openalex", re.IGNORECASE)


_NO_TITLE, _NOTHING = (shipped_pattern("missing_values.csv", kind).fullmatch for kind in ("title", "any"))
# The encoder itself; `JSONEncoder.encode` makes one for every text, which takes longer than the text.
_encode = c_make_encoder(None, str, encode_basestring, None, ": ", ", ", True, False, True)

Named = tuple[Entry | Rejection, str]  # what a reader found, and the id of its record
_Columns = dict[str, list[Any]]
_Texts = dict[int, Sequence[str]]  # of a field, by the place of their entry
_Fields = list[tuple[str, _Texts]]  # of a column, in the order of the crosswalk: how each is split, and its texts
_Tell = Callable[[Sequence[str], str], Any]  # what a column makes of the texts of a field, and of how it is split


def crosswalk_rows(format_: str) -> list[tuple[str, str, str]]:
    """Return field, column and split of each row of a format, in order."""
    rows = shipped_table("crosswalk.csv")
    return [(row["field"], row["column"], row["split"]) for row in rows if row["format"] == format_]


def records(found: Iterable[Named], source_file: str) -> tuple[_Columns, list[Rejection]]:
    """Make the columns of the records that a reader found; reject what names no paper."""
    columns: _Columns = {name: [] for name in schema.RECORDS.names}
    rejected: list[Rejection] = []
    # Some hundred at a time, for entries need more memory than their columns; a rejection has no format.
    left = iter(found)
    while some := [*itertools.islice(left, 250)]:
        for format_, run in itertools.groupby(some, lambda each: getattr(each[0], "format", "")):
            made, refused = _made(format_, [*run])
            rejected += refused
            for name in columns:
                columns[name] += made.get(name, ())
    columns["source_file"] = [source_file] * len(columns["record_id"])
    return columns, rejected


def _made(format_: str, run: list[Any]) -> tuple[_Columns, list[Rejection]]:
    """The columns of entries of one format that name a paper, and what is rejected."""
    if not format_:
        return {}, [each for each, _ in run]
    columns = _columns(format_, [entry for entry, _ in run]) | {"record_id": [name for _, name in run]}
    named = [*map(any, zip(*(columns[name] for name in _NAMING), strict=True))]
    if all(named):
        return columns, []
    extras = zip(run, columns["extra"], named, strict=True)
    rejected = [Rejection(each.place, NAMELESS, (extra or "")[:80]) for (each, _), extra, names in extras if not names]
    return {name: [*itertools.compress(column, named)] for name, column in columns.items()}, rejected


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
    return text.isspace() or ((len(text) < 150 or text[0] in "Cc") and _NOTHING(text) is not None)


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
    size, fields = len(entries), [*map(partial(_given, _titles(format_)), (entry.fields for entry in entries))]
    found, shown = _found(format_, fields)
    columns: _Columns = dict.fromkeys(schema.RECORDS.names, [None] * size) | {"paper_id": [""] * size}
    columns |= {name: _told(found.get(name, []), size, tell) for name, tell in _TELL.items()}
    both = zip(columns["title"], columns["subtitle"], strict=True)  # where the subtitle stands apart
    columns["title_raw"] = [f"{a.rstrip(' :')}: {b}" if a and b and b not in a else a or "" for a, b in both]
    columns["abstract_raw"] = [abstract or "" for abstract in columns["abstract"]]
    columns["source_line"], columns["format"] = [entry.place for entry in entries], [format_] * size
    columns["source_key"] = [entry.key or key for entry, key in zip(entries, columns["key"], strict=True)]
    ends = zip(columns["pages"], columns["first_page"], columns["last_page"], strict=True)
    columns["pages"] = [told or ((a or b) and "-".join(dict.fromkeys(filter(None, (a, b))))) for told, a, b in ends]
    columns["more_authors"] = _told(found.get("authors", []), size, lambda texts, _: _matched(_ET_AL, texts[-1][-60:]))
    columns["keywords"] = _of_all(_keywords, size, found.get("keywords", []))
    dated = (found.get(name, []) for name in ("published", "year", "month", "day"))
    columns["published"] = _of_all(_published, size, *dated)
    columns["date_precision"] = [day and {4: "year", 7: "month", 10: "day"}[len(day)] for day in columns["published"]]
    _find_elsewhere(columns)
    columns["extra"] = [*map(partial(_extra, shown), fields, columns["title_raw"], columns["abstract_raw"])]
    return columns


def _given(titles: Set[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something, a list of one value as that value."""
    given = {}
    for name, values in fields.items():
        value = values[0] if isinstance(values, list) and len(values) == 1 else values
        lacks = _NO_TITLE if name in titles else is_missing
        if not (lacks(value) if isinstance(value, str) else value in (None, [], {})):
            given[name] = value
    return given


def _extra(shown: Set[str], fields: Mapping[str, Any], title: str, abstract: str) -> str | None:
    """The whole record as JSON, but for title and abstract as they stand in their columns."""
    extra = {name: value for name, value in fields.items() if name not in shown or value not in (title, abstract)}
    return "".join(_encode(extra, 0)) if extra else None


@cache
def _plan(format_: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The rows of a format: column, split, the name of a field, and those further on. A name may have dots in it."""
    plan = []
    for field, column, split in crosswalk_rows(format_):
        first, *path = field.split(".")
        plan += [(column, split, name, way) for name, way in {field: (), first: (*path,)}.items()]
    return plan


@cache
def _titles(format_: str) -> set[str]:
    """The fields that are titles and nothing else."""
    return {row[2] for row in _plan(format_) if row[0] == "title"} - {
        row[2] for row in _plan(format_) if row[0] != "title"
    }


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


def _texts(fields: Sequence[Mapping], name: str, path: Sequence[str], lacks: Callable[[str], Any]) -> _Texts:
    """The texts at a path of names, but for those that say that nothing is there."""
    found: _Texts = {}
    for place, each in enumerate(fields):
        if isinstance(value := each.get(name), str) and not path:
            found[place] = (value,)  # which is nothing to the garbage collector, unlike a list
        elif value is not None and (kept := [text for text in texts_at(value, path) if not lacks(text)]):
            found[place] = kept
    return found


def _told(fields: _Fields, size: int, tell: _Tell) -> list[Any]:
    """For each entry what the first of its fields tells that tells anything; None where none does."""
    told: list[Any] = [None] * size
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


def _first(find: Callable[[str], Any], texts: Sequence[str], split: str) -> Any:
    """What `find` finds in the first text that has any."""
    for text in texts:
        if (told := find(text)) and (split != "alone" or len(text) <= len(told) + 20):
            return told
    return ""


_Given = list[tuple[str, Sequence[str]]]  # the fields of one entry


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
    given = [*zip(*(columns[name] for name in ("arxiv_id", "doi", "url", "venue")), strict=True)]
    for place, (arxiv_id, doi, url, venue) in itertools.compress(enumerate(given), map(any, given)):
        if url and not doi and "doi.org" in url:
            columns["doi"][place] = identifiers.doi(url) or None
        if url and "ncbi.nlm" in url and not columns["pmid"][place]:
            columns["pmid"][place] = identifiers.pmid(url) or None
        texts = filter(None, (doi, url, venue))
        if found := arxiv_id or next(filter(None, map(identifiers.arxiv, filter(ARXIV_NUMBER.search, texts))), None):
            columns["arxiv_id"][place], version = found
            columns["arxiv_version"][place] = int(version or 0) or columns["arxiv_version"][place]


def _matched(pattern: re.Pattern[str], text: str) -> str:
    return "".join(pattern.findall(text)[:1])


_TELL: dict[str, _Tell] = {
    **dict.fromkeys("title subtitle volume publisher pages first_page last_page".split(), partial(_first, str)),
    "abstract": lambda texts, _: "\n".join(texts),
    "venue": partial(_first, lambda text: "" if _DATABASES.fullmatch(text.strip()) else text),
    "kind": lambda texts, _: "; ".join(texts),
    # CSL numbers a preprint by its arXiv id.
    "issue": partial(_first, lambda text: "" if identifiers.arxiv(text.strip()) else text),
    "doi": partial(_first, identifiers.doi),
    "arxiv_id": partial(_first, identifiers.arxiv),
    "arxiv_version": lambda texts, _: int(re.sub(r"\D", "", texts[-1])[:2] or 0),  # the last of the snapshot's
    "pmid": partial(_first, identifiers.pmid),
    "openalex_id": partial(_first, identifiers.openalex),
    "url": partial(_first, partial(_matched, _ADDRESS)),
    "category": partial(_first, partial(_matched, _CATEGORY)),
    "key": partial(_first, str.strip),
    "authors": lambda texts, split: people(
        [name for text in texts for name in pieces(text, split)], split != "as it stands"
    ),
}

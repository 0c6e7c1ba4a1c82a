"""Dates as files write them, to a day, a month or a year in ISO 8601: only as much as is certain.

And source strings, which hold a date between venue, volume, issue and pages.
"""

import re
from calendar import monthrange
from functools import lru_cache

_LONGEST = 200  # letters of a field that a date is looked for in
_NAME = re.compile(
    r"(?i)(?<![a-z])(?:(jan)(?:uary)?|(feb)(?:ruary)?|(mar)(?:ch)?|(apr)(?:il)?|(may)|(jun)e?|(jul)y?|(aug)(?:ust)?"
    r"|(sep)t?(?:ember)?|(oct)(?:ober)?|(nov)(?:ember)?|(dec)(?:ember)?)(?![a-z])"
)
_ISO = re.compile(r"\s*((?:1[5-9]|20)\d\d)(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[/T ].*)?\s*", re.DOTALL)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)\s*")
_SHORT = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})[/.-]((?:19|20)\d\d)(?:[ T].*)?\s*")
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
_DAY = r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th)?"
_DAY_BEFORE = re.compile(rf"{_DAY}(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?)?[\s.,/-]*(?:of )?$")
_DAY_BEHIND = re.compile(rf"[\s.,/-]*{_DAY}(?![\d:(])")


@lru_cache(maxsize=20_000)  # a file has few dates that are not in it again
def day(text: str) -> str:
    """Read the date in a text: "2019", "2019-05" or "2019-05-12"; "" if there is none.

    Where day and month cannot be told apart ("05/06/2019"), only the year is certain. Of a range, the first month.
    """
    text = text[:_LONGEST]
    if match := _COMPACT.fullmatch(text):
        return iso(*match.groups())
    if match := _SHORT.fullmatch(text):
        return _numeric(int(match[1]), int(match[3]), match[4], match[2] == ".")
    match = _ISO.fullmatch(text)
    return iso(*match.groups()) if match and (match[2] or not _NAME.search(text)) else _spelt(text)


def iso(year: str | int | None, month: str | int | None = None, day_: str | int | None = None) -> str:
    """Join the parts of a date, as far as they exist; "" without a year."""
    try:
        numbers = [int(float(part)) for part in (year, month, day_) if part not in (None, "")]
    except (ValueError, OverflowError):
        return ""
    if not numbers or not 1500 <= numbers[0] <= 2099:
        return ""
    year_, month_, day_number = [*numbers, 0, 0][:3]
    if not 1 <= month_ <= 12:
        return f"{year_:04d}"
    has_day = 1 <= day_number <= monthrange(year_, month_)[1]
    return f"{year_:04d}-{month_:02d}" + (f"-{day_number:02d}" if has_day else "")


def month(text: str) -> str:
    """Read the number of a month: "3" for "March", "mar", "03", "3~–~4"; "" if it is none."""
    if match := _NAME.search(text):
        return str(match.lastindex)
    digits = re.match(r"\s*(1[0-2]|0?[1-9])(?!\d)", text)
    return digits[1] if digits else ""


def _numeric(first: int, second: int, year: str, dotted: bool) -> str:
    """12/05/2019 is May or December; 13/05/2019 and 12.05.2019 have the day first."""
    if first == second or dotted or first > 12:
        return iso(year, second, first)
    return iso(year, first, second) if second > 12 else iso(year)


def _spelt(text: str) -> str:
    year, name = _YEAR.search(text), _NAME.search(text)
    if not year or not name:
        return iso(year and year[1])
    before, behind = (part.replace(year[1], " ") for part in (text[: name.start()], text[name.end() :]))
    number = _DAY_BEFORE.search(before) or _DAY_BEHIND.match(behind)
    return iso(year[1], name.lastindex, number and number[1])


_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.]?"
_VENUE_ENDS = re.compile(
    rf"""(?ix)[\s.,;]{{1,9}}(?:vol\b|conference:|\(?\d       # at the volume, the name of the meeting or the year
    | {_MONTHS}\W.{{0,20}}\d)                            # at a date that begins with its month
    | [\s.,;]{{1,9}}$"""
)
# What a source string says behind its venue: "2021 Dec 21;14(2):110-119", "12(3 Suppl 1):45-51, May 2016".
_DATED = re.compile(
    rf"(?i)(?<![\d(:-])(?:(?:\d\d? )?(?:{_MONTHS}[ /-]){{1,3}})?(?:19|20)\d\d(?! ?\()(?:[ /-]{_MONTHS})?(?: \d\d?\b)?"
)
_VOLUME = re.compile(
    # behind the date, named, or before the issue
    r"""(?ix)(?:(?<=;)|\bvol\.?\ ?|(?<=\s)(?=\d{1,4}[a-z]?(?:\ ?\(|\ suppl|:)))
    (?P<volume>\d{1,4}[a-z]?)(?:\ ?\((?!pp?\b)(?P<issue>[^()]{1,30})\)|\ (?P<supplement>suppl[^:;,()]{0,12}))?"""
)
_PAGES = re.compile(r"(?i)(?:(?<=[\d);]):\s?|(?<=suppl \d):|\bpp?\.?\s)([a-z]{0,2}\d\w*(?:[-–][a-z]{0,2}\d\w*)?)")


@lru_cache(maxsize=1000)  # each part of it is asked for in turn, some hundred records at a time
def source_parts(citation: str) -> dict[str, str]:
    """Return venue, date, volume, issue and pages of "Journal of Queues. Vol.43(5), Sep 2015, pp. 623-634."."""
    venue = _VENUE_ENDS.split(citation.strip(), maxsplit=1)[0]
    behind = re.split(r"\bdoi\b", citation[len(venue) :][:_LONGEST])[0]
    date, behind = _DATED.search(behind), _DATED.sub(";", behind)
    volume, pages = _VOLUME.search(behind), _PAGES.search(behind)
    found = {"published": date and date[0], "volume": volume and volume["volume"], "pages": pages and pages[1]}
    found["issue"] = volume and (volume["issue"] or volume["supplement"])
    return {"venue": venue} | {name: text for name, text in found.items() if text}

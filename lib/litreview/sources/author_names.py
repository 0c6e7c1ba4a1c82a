"""Names of authors as "Given Family", and lists of them as files write them: apart by ";", "|", "and", or a comma."""

import itertools
import re

_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|[23](?:rd|nd)|phd|md)\.?", re.IGNORECASE)
_BEFORE_SUFFIX = re.compile(rf", (?={_SUFFIX.pattern}(?:, |$))", re.IGNORECASE)
_DEGREE = re.compile(r"(?:md|phd)\.?", re.IGNORECASE)
# Of others than authors.
_ROLE = r"(?:eds?|editors?|hrsg|trans|transl|translators?|ill|illustrators?|comp|compilers?)\.?"
_NOTE = re.compile(  # a number, an address or a role in brackets behind a name; DBLP numbers authors of one name
    rf"(?i)[\[(] ?(?:\d[\d ]*|https?://[^\s)\]]+|[^\s()\[\]@]+@[^\s)\]]+|(?:corresponding )?author|{_ROLE}) ?[\])]"
    r"|(?<=[^\W\d]) 0\d{3}$"
)
_MARKS = re.compile(r"(?:^|\s)[\d*+†‡][\d*+†‡ ]{0,12}$")  # where the author works, "Doe, Jane 1,2,*"
_ET_AL = re.compile(r"(?:,|;|\band)?\s*(?:et\s+al\b\.?|\.\.\.|…)\s*$", re.IGNORECASE)
_LAST_STOP = re.compile(r"(?<=\s[A-Z]{2})\.$|(?<=\s[A-Z]{3})\.$")  # that of the whole list, as PubMed writes it
_TWO = re.compile(r"(?<=\w) (?:&|and) (?=[^,&]{1,99},)")  # the last two of a list, "Doe, Jane & Roe, R"
_UP, _LOW = "[A-ZÀ-ÞĆČĐŁŘŚŠŹŻŽ]", r"[^\W\d_A-ZÀ-ÞĆČĐŁŘŚŠŹŻŽ]"
# Where the next word begins without a blank, but for syllables that begin a name of their own.
_BEGINS = "Mc Mac De Der Den Del Di Du El Al Le La Van Von Ter Ten St Fitz"
_JOINT = rf"(?<={_LOW}){''.join(f'(?<!{syllable})' for syllable in _BEGINS.split())}"
_JOINED = re.compile(rf"{_JOINT}(?={_UP}(?:{_LOW}|\.))|(?<=\.)(?={_UP}{_LOW})")
_GLUE = re.compile(rf"{_JOINT}(?={_UP}[\w.'’-]{{0,40}}[ .])")  # Springer's tables: "Anna MubaJörn Altmann"
_SHORT = (  # "SmithJ.", "Doe JRoe B"
    rf"((?:{_LOW}{{2,4}} ){{0,2}}(?:Ma?c|[OD]['’]|[DL][aei]|V[ao]n)?{_UP}{_LOW}+(?:-{_UP}{_LOW}+)*) ?"
    rf"((?:{_UP}\.-?){{1,4}}|{_UP}{{1,3}}(?<!AI)(?<!ML)) ?(?={_UP}{_LOW}|$)"
)
# "Doe, Jane A.", "Van der Berg, J.-P.", "Jane Doe": nothing in such a name asks for a second look.
_FAMILY, _GIVEN = rf"{_UP}?{_LOW}+", rf"(?:{_UP}{_LOW}+|(?:{_UP}\.?){{1,4}})"
_PLAIN = re.compile(
    rf"({_FAMILY}(?:[ -]{_FAMILY})*), (?!(?:\S+ )*(?i:{_SUFFIX.pattern})$)({_GIVEN}(?:[ -]{_GIVEN})*)"
    rf"|{_UP}{_LOW}*(?: {_UP}\.?)*(?:[ -]{_UP}{_LOW}+)+"
)
_OTHER_ROLE = re.compile(rf"[\[(] ?{_ROLE} ?[\])]", re.IGNORECASE)
_OTHERS = {"others", "et al", "et al.", "etal", "...", "…", "and others"}


def person(name: str, reorder: bool = True) -> str:
    """Return one name in reading order: "Smith, John A." and "Smith JA" give "John A. Smith" and "JA Smith".

    Without `reorder`, a name without a comma stays: in reading order, "Suresh K" is a given name and an initial.
    """
    name = " ".join(_NOTE.sub(" ", " ".join(name.replace(";", " ").split())).split()).strip(" ,")
    family, *given = [part.strip() for part in name.split(",")]
    given = [part for part in (_MARKS.sub("", part) for part in given) if part]
    if not given:
        return _reading_order(family) if reorder else family
    words = given[-1].split(" ")
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]) and not _DEGREE.fullmatch(words[-1]):
        given[-1:] = [" ".join(words[:-1]), words[-1]]  # PubMed's "Doe, Robert A 2nd"
    suffixes = [part for part in given if _SUFFIX.fullmatch(part)]
    if suffixes == given and all(map(_DEGREE.fullmatch, given)):
        suffixes = []  # "Rahman, Md": a given name, not a degree
    return " ".join([*(part for part in given if part not in suffixes), family, *suffixes]).strip()


def people(names: list[str], reorder: bool = True) -> str:
    """Join names as "A; B", without "others", editors and translators, and a name twice in a row."""
    authors = [name for name in names if not _OTHER_ROLE.search(name)] or names
    kept = [one for name in authors for one in _persons(" ".join(name.split()), reorder)]
    return "; ".join(name for name, _ in itertools.groupby(kept))


def _persons(name: str, reorder: bool) -> list[str]:
    if match := _PLAIN.fullmatch(name):
        return [f"{match[2]} {match[1]}" if match[1] else name]
    found = [person(piece, reorder) for piece in _unglued(name)]
    return [each for each in found if each and each.lower() not in _OTHERS]


def split_names(text: str) -> list[str]:
    """Split a text into names, by whatever stands between them."""
    text = _LAST_STOP.sub("", _ET_AL.sub("", text.strip()))
    for mark in (";", "|", "\n"):
        if mark in text:
            return [name for part in text.split(mark) for name in _TWO.split(part) if name.strip()]
    parts = [part for part in re.split(r",?\s+(?:and|&)\s+", text) if part.strip()]
    return [name for part in parts for name in _by_comma(part)]


def _reading_order(name: str) -> str:
    """A name without a comma: the family name stands first where only initials follow it."""
    words = name.split(" ")
    ends = len(words)
    while ends > 1 and _are_initials(words[ends - 1]) and not _SUFFIX.fullmatch(words[ends - 1]):
        ends -= 1
    swapped = len(words[0].rstrip(".")) > 1 and not words[0].isupper()
    return " ".join([*words[ends:], *words[:ends]]) if swapped else name


def _are_initials(text: str) -> bool:
    return text.isupper() and bool(_INITIALS.fullmatch(text.replace(" ", "")))


def _by_comma(text: str) -> list[str]:
    """ "Smith, John" is one name; "John Smith, Ann Lee", "Smith J.A., Lee B." and "Smith, J., Lee, B." are two."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if parts and len(parts) % 2 == 0 and all(map(_are_initials, parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[0::2], parts[1::2], strict=True)]
    if len([part for part in parts if not _SUFFIX.fullmatch(part)]) == 2 and any(" " not in part for part in parts):
        return [text]
    return [name for name in _BEFORE_SUFFIX.sub(" ", ", ".join(parts)).split(", ") if name]


def _unglued(name: str) -> list[str]:
    """The names in a text without anything between them; none where nobody can tell them apart."""
    short = re.findall(_SHORT, name) if re.fullmatch(f"(?:{_SHORT})+", name) else []
    if len(short) > 1 or (short and not name.endswith(f" {short[0][1]}")):
        return [f"{family}, {given}" for family, given in short]
    pieces = _GLUE.split(name)
    if len(pieces) > 1 and all(" " in piece or "." in piece for piece in pieces):
        return pieces
    words = [_JOINED.split(word) for word in name.split(" ")]
    if len(words) == 1 and len(words[0]) in (2, 4):
        return [" ".join(words[0][at : at + 2]) for at in range(0, len(words[0]), 2)]
    inside = name.split(", ")[1:-1]  # "Doe, JaneRoe, John"
    counts = [len(parts) for parts in words]
    return [] if max(counts) > 2 or min(counts) > 1 or any(map(_JOINED.search, inside)) else [name]

"""What can be saved of a BibTeX entry that bibtexparser cannot parse, field by field.

A value ends where its bracket or quote closes, if a comma, a bracket or a field follows; otherwise before the next
field, which a line begins or a closing bracket and a comma stand before. So a lost comma or bracket costs no more than
its own field. What stands between fields and is none is kept under `UNREAD`.
"""

import re
from dataclasses import dataclass, field

UNREAD = "unread"
_LONGEST = 100_000  # letters in which a value must close
_MOST = 300  # fields of an entry; what follows is unread

_HEAD = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]\s*(?:([^\s,={}()]*)\s*,|(?=[A-Za-z][\w-]*\s*=)|([^\s,={}()]+)(?=\s*\n))")
_GAP = re.compile(r"(?:[\s,;]+|%[^\n]*(?:\n|$))*")  # between fields; a comment reaches to the end of its line
_NAME = re.compile(r"([A-Za-z][\w:+./-]*)\s*(?:=+|:(?=\s*[{\"]))\s*")
_NEXT = re.compile(
    r"\n[ \t]{0,80},?[ \t]{0,80}[A-Za-z][\w:+-]*[ \t]*=[ \t]*[{\"\w]"
    r"|(?<=[}\"]),[ \t]{0,80}[A-Za-z][\w:+-]*[ \t]*=[ \t]*[{\"]"
)
_FOLLOWS = re.compile(rf"\s*[,#}})%]|{_NEXT.pattern}")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r"\\.|[{}]|\"(?=\s*(?:[,#})%]|$|\n))", re.DOTALL)
_BARE = re.compile(r"[^,#}\n]{0,10000}")
_SUM = re.compile(r"\s*#\s*")
_MORE = re.compile(r"[})]\s{0,80},?\s{0,80}(?=[A-Za-z][\w-]*\s*=\s*[{\"\w])")
_OTHER = re.compile(r"[^,\n}]*.?", re.DOTALL)


@dataclass
class Saved:
    """An entry's type, key and fields as they stand, and where in the text it ends."""

    kind: str
    key: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    end: int = 0


def saved(text: str) -> Saved | None:
    """The entry that a text begins with; None if not one of its fields can be told."""
    head = _HEAD.match(text)
    if not head:
        return None
    entry, place = Saved(head[1], head[2] or head[3] or ""), head.end()
    while (place := place + len(_ahead(_GAP, text, place))) < len(text):
        name, more = _NAME.match(text, place), _MORE.match(text, place)
        if len(entry.fields) == _MOST:
            entry.fields.append((UNREAD, text[place:]))
            place = len(text)
        elif name:
            place, value = _value(text, name.end())
            entry.fields.append((name[1], value))
        elif more:
            place = more.end()
        elif text[place] in "})":
            place += 1
            break
        else:
            other = _ahead(_OTHER, text, place)
            entry.fields.append((UNREAD, other.strip(" ,\n")))
            place += len(other)
    entry.end = place
    return entry if any(name != UNREAD for name, _ in entry.fields) else None


def _ahead(pattern: re.Pattern[str], text: str, place: int) -> str:
    match = pattern.match(text, place)
    return match[0] if match else ""


def _value(text: str, place: int) -> tuple[int, str]:
    """Where the value ends that begins at a place, and the value; parts with "#" between them are one."""
    end, value = _part(text, place)
    for _ in range(_MOST):
        follows = _SUM.match(text, end)
        if not follows:
            break
        end, part = _part(text, follows.end())
        value += f" # {part}"
    return end, value


def _part(text: str, place: int) -> tuple[int, str]:
    latest = _NEXT.search(text, place, place + _LONGEST)
    limit = latest.start() if latest else len(text)
    if text[place : place + 1] not in ('"', "{"):
        bare = _ahead(_BARE, text, place)
        return place + len(bare), bare.strip()
    end = _closed(text, place, place + _LONGEST)
    if end and _FOLLOWS.match(text, end):
        return end, text[place:end]
    end = _closed(text, place, limit)
    if end:
        return end, text[place:end]
    rest = text[place + 1 : limit].rstrip(" \t\r\n,") if latest else text[place + 1 :].rstrip(' \t\r\n,})"')
    return limit, "{" + rest.rstrip('"') + "}" * (1 + rest.count("{") - rest.count("}"))


def _closed(text: str, place: int, limit: int) -> int:
    """Where the bracket or quote at a place closes, 0 if it does not before the limit."""
    quoted, depth = text[place] == '"', 0
    for match in (_QUOTE if quoted else _BRACE).finditer(text, place + quoted, limit):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth <= 0 and match[0] == ('"' if quoted else "}"):
            return match.end()
    return 0

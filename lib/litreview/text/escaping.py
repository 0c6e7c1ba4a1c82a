"""Text of unknown people made safe to show, in HTML and in a spreadsheet.

`visible` makes a text safe to look at, `escape` safe to place in HTML. `harmless` makes a cell that is no formula.
"""

import html
import re

LONGEST = 20_000  # characters of one text that a reader is shown; an abstract has 2,000
SHORT = 1_000  # characters of a title, a name, a cell of a table; what is longer is no title

_ADDRESS = re.compile(r"https?://[^/?#\s\[\]]+([/?#]\S*)?", re.IGNORECASE)
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")  # with apostrophes in front, so that reading undoes writing exactly
# Codes of colours; control characters; direction overrides and blanks without width; halves of surrogate pairs, which
# no file can hold.
UNSEEN = re.compile(
    "\x1b\\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: object, longest: int = LONGEST) -> str:
    """Return `text` on one line, without control and direction characters, cut at `longest` characters."""
    value = one_line(str(text)[: longest + 1])
    return value if len(value) <= longest else value[:longest] + "…"


def one_line(text: str) -> str:
    """Return `text` on one line, without control and direction characters, in full."""
    return " ".join(UNSEEN.sub("", text).split())


def legible(text: str) -> str:
    """Return a program's output without colour codes, control and direction characters; its lines stay."""
    return UNSEEN.sub("", text[: 10 * LONGEST]).strip("\n")


def escape(text: object) -> str:
    """Return `text` as HTML that shows it, in an element or in a quoted attribute; cut at `SHORT` characters."""
    return html.escape(visible(text, SHORT))


def web_link(url: object) -> str:
    """Return `url` when it is a plain http or https address, else an empty string."""
    return address if _ADDRESS.fullmatch(address := visible(url)) else ""


def anchor(text: object, url: object) -> str:
    """Return a link that shows `text`; only the text where `url` is no web address."""
    address = web_link(url)
    return f'<a href="{html.escape(address)}">{escape(text)}</a>' if address else escape(text)


def harmless(cell: str) -> str:
    """Return a text as a cell that is no formula: with an apostrophe in front where it would be one (OWASP, CSV
    Injection).
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """Return the text of which `harmless` made this cell; a cell that it did not touch stays."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

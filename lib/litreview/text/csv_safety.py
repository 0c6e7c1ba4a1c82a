"""Cells that a spreadsheet would take for formulas, made harmless and read back.

Such a cell gets an apostrophe in front (OWASP, CSV Injection), and so does one that has apostrophes there already; so
reading takes away exactly what writing has added.
"""

import re

_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")


def harmless(cell: str) -> str:
    """The text as a cell that is no formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """The text that `harmless` made this cell of; a cell that it did not touch stays."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

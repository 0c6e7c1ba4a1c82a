"""What a cell displays: one HTML for the page and for JupyterLab, where its look and behaviour travel with it.

In JupyterLab the HTML stands in a holder, and a line of script hands that to `lab.js`, which moves it into a shadow
root: no style leaks out of it or into it. Style and script themselves come once, with the first output that a kernel
shows, and again whenever that cell runs. Where no script may run (a notebook that is not trusted), the HTML stays as it
is, in a box that scrolls.
"""

import html
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litreview.text.escaping import script_json

TEMPLATES = Path(__file__).parent / "templates"
EMPTY = '<p class="empty">'  # how HTML begins that a page leaves out; a notebook shows it
_HOLDER = '<div class="litreview-output mathjax_ignore" style="max-height: 40em; overflow: auto">'
_HANDED = "<script>(window.litreviewOutputs ??= []).push(document.currentScript)</script>"
_IN_LAB = re.compile(f"\\A{re.escape(_HOLDER)}(.*?)</div>(?:<script.*</script>)?{re.escape(_HANDED)}.*", re.DOTALL)
_bringing: dict[str, str] = {}  # cell that brings style and script → the run in which it last did


@dataclass(frozen=True, repr=False)
class Shown:
    """A cell displays HTML in a notebook or page, its words in a terminal; `more` are rows for a notebook alone."""

    source: str
    more: str = ""

    def _repr_html_(self) -> str:
        more = f'<script type="text/plain">{self.more}</script>' if self.more else ""
        return f"{_HOLDER}{self.source}</div>{more}{_HANDED}{lab_script() if _brings() else ''}"

    def __repr__(self) -> str:
        return html.unescape(re.sub(r"<[^>]*>", " ", self.source.replace("</tr>", "\n"))).strip()


def page_part(source: str) -> str:
    """Return the HTML of an output without what only JupyterLab needs."""
    return _IN_LAB.sub(r"\1", source)


def _brings() -> bool:
    """Whether the present output brings style and script: the first of a kernel, and of that cell in a later run."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", bool)()
    run: dict[str, Any] = getattr(shell, "get_parent", dict)()
    if not run:
        return True
    cell, number = run["metadata"].get("cellId") or run["content"].get("code", ""), run["header"]["msg_id"]
    if _bringing and _bringing.get(cell) in (None, number):
        return False
    _bringing[cell] = number
    return True


@cache
def lab_script() -> str:
    """Return the script element that brings outputs in JupyterLab to life, with their style in it."""
    style = script_json(asset("output.css") + asset("lab.css"))
    return f"<script>(() => {{\n{asset('output.js')}const look = {style};\n{asset('lab.js')}}})();</script>"


@cache
def asset(name: str) -> str:
    """Return a style sheet, script or licence of the template, as text without indents."""
    return re.sub(r"\n +", "\n", (TEMPLATES / "litreview" / name).read_text(encoding="utf-8"))

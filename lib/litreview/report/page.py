"""An executed notebook as one HTML page: no network, no unsafe script, the same bytes twice.

What a notebook agrees on with its page:

- Its first cell is Markdown: `# Title`, then one paragraph with the question. They become the page's head. Where the
  catalogue gives another title and question (a theme by parameter), those stand instead.
- The cell tagged `parameters` holds typed scalars with a comment each (see catalog.py).
- The cell tagged `findings` shows Markdown bullets. They are set off as the summary, and the first bullet is the
  report's headline on the front page.
- The cell tagged `preview` shows the chart that the front page draws small: one view, or layers in one view.
- Its last line (from findings.py) counts the papers that the report looks at; the head and the front page say so.
- Charts come through our Altair renderer: `title` and `subtitle` of the specification become text above the figure,
  `description` is the text alternative, `usermeta.litreview` (`source`, `n`) the line of provenance.
- Tables come from tables.py. Each has a caption and column heads.
- Code, and what a cell writes to stderr, is hidden behind one switch. Text on stdout is shown.
- What is empty is left out: a table without rows, a chart without papers, and a section that shows nothing else.
- Links between reports are relative: `[Offline RL](offline-rl.html)`.
"""

import html
import itertools
import re
from typing import Any

import mistune
from jinja2 import Environment, FileSystemLoader
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode

from litreview.charts.svg_export import chart_in
from litreview.report.chart_html import figure, policy_hash, vega_bundle
from litreview.report.page_safety import clean_html, script_json
from litreview.report.paper_cards import paged
from litreview.report.reference_list import CARDS
from litreview.report.tables import EMPTY, TEMPLATES, asset, page_part
from litreview.text.escaping import escape, legible, visible
from litreview.text.wording import plural

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'; "
# Formulas stay as they are written: `$` means nothing here, so a price or a title with a dollar sign is safe.
_render = mistune.create_markdown(escape=False, plugins=["strikethrough"])
_highlight = Highlight2HTML(pygments_lexer="ipython3")
_HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)
_ITEM = re.compile(r"<li>(?:\s*<p>)?(.*?)(?:</p>.*?)?</li>", re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")
_LISTED, _TO_LIST, _TO_CARD = 'id="ref-', 'href="#ref-', f'href="{CARDS}#paper-'  # references, and links in their place
_TITLED = re.compile(r"(?m)^(?=#{2,6} )")  # where a section of a notebook begins
_SIGNS = re.compile(r"\A(?:#{2,6}(?= ))?")
_LEAD = re.compile(r"\s*<h1[^>]*>.*?</h1>\s*(?:<p>(?P<question>.*?)</p>)?(?P<rest>.*)", re.DOTALL)
_TEMPLATES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
# A text loses control and direction characters; our own HTML (Markup) stays.
_TEMPLATES.finalize = lambda value: legible(value) if type(value) is str else value


def markdown_html(source: str) -> str:
    """Markdown as cleaned HTML, without tables: they would have no caption."""
    return re.sub(r"<span>([$\\])</span>", r"\1", clean_html(str(_render(source))))  # see findings.ALONE


def first_bullet(source: str) -> str:
    """Return the first list item of a Markdown text as cleaned inner HTML, without links; empty where there is none."""
    item = _ITEM.search(markdown_html(source))
    return _LINK.sub("", item[1]).strip() if item else ""


def filled(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return cells without outputs that are empty, and without sections that show nothing for that reason."""
    parts = []
    for cell in cells:
        texts = _TITLED.split(cell.source) if cell.cell_type == "markdown" else [cell.source]
        parts += [NotebookNode(cell, source=text) for text in texts]
    levels = [len(_SIGNS.findall(part.source)[0]) if part.cell_type == "markdown" else 0 for part in parts]
    dropped: set[int] = set()
    for place, level in enumerate(levels):
        end = next((at for at in range(place + 1, len(parts)) if 0 < levels[at] <= level), len(parts))
        outputs = [each for part in parts[place:end] for each in part.get("outputs", [])]
        if level and outputs and all(map(_is_empty, outputs)):
            dropped.update(range(place, end))
        parts[place].outputs = [each for each in parts[place].get("outputs", []) if not _is_empty(each)]
    return [part for place, part in enumerate(parts) if place not in dropped]


def _is_empty(output: NotebookNode) -> bool:
    data = output.get("data", {})
    if (spec := chart_in(data)) is not None:
        return spec.get("usermeta", {}).get("litreview", {}).get("n") == 0
    if (shown := data.get("text/html", data.get("text/markdown"))) is not None:
        return not shown.strip() or page_part(shown).startswith(EMPTY)
    return False


class Contents:
    """What a page shows of the cells of a notebook, made safe and ready for the template; and its headings in order.

    HTML in it (`html`, `code`) is clean, and the template places it as it is; all else is text, which it escapes. Each
    heading has `level`, `anchor`, which is used once, and `text`.
    """

    def __init__(self, name: str) -> None:
        self.name, self.charts = name, 0
        self.headings: list[dict[str, Any]] = []
        self.parts: dict[str, str] = {}  # cards on pages of their own, by the names of these
        self.datasets: dict[str, Any] = {}
        self._used = {"main", "contents", "show-code"}

    def anchored(self, source: str) -> str:
        """Return the HTML with an id and a permanent link on each heading, which is noted; a heading may bring its own
        id.
        """
        return _HEADING.sub(self._anchored_heading, source)

    def _anchored_heading(self, match: re.Match) -> str:
        level, own, inner = int(match[1]), re.search(r' id="([^"]+)"', match[2]), match[3]
        text = html.unescape(re.sub(r"<[^>]*>", "", inner)).strip()
        base = own[1] if own else "-".join(re.findall(r"\w+", text.lower()))[:80] or "section"
        names = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
        name = next(name for name in names if name not in self._used)
        self._used.add(name)
        self.headings.append({"level": level, "anchor": name, "text": text})
        link = f'<a class="permalink" href="#{name}" aria-label="Link to this section">#</a>'
        return f'<h{level} id="{name}">{inner}{link}</h{level}>'

    def cell(self, cell: NotebookNode) -> dict[str, Any]:
        """One cell: its kind in the template, and its content."""
        if cell.cell_type == "markdown":
            return {"kind": "markdown", "html": self.anchored(markdown_html(cell.source))}
        code, tags = _highlight(legible(cell.source)), cell.metadata.get("tags", [])
        return {"kind": "code", "tags": tags, "code": code, "outputs": [self._output(each) for each in cell.outputs]}

    def _output(self, output: NotebookNode) -> dict[str, Any]:
        """One output in the richest form that a page can show."""
        data = output.get("data", {})
        if (spec := chart_in(data)) is not None:
            self.charts += 1
            return {"kind": "chart", "chart": figure(spec, self.charts, self.datasets)}
        if "text/html" in data:
            shown, parts = paged(page_part(data["text/html"]), self.name)
            self.parts |= parts
            return {"kind": "html", "html": self.anchored(clean_html(shown))}
        if "text/markdown" in data:
            return {"kind": "html", "html": self.anchored(markdown_html(data["text/markdown"]))}
        text = legible(output.get("text") or "\n".join(output.get("traceback", [])) or data.get("text/plain", ""))
        if image := next((mime for mime in ("image/png", "image/jpeg") if mime in data), None):
            return {"kind": "image", "src": f"data:{image};base64,{data[image].strip()}", "alt": text}
        return {"kind": "warning" if output.get("name") == "stderr" else "text", "text": text}


def export_pages(nb: NotebookNode) -> dict[str, str]:
    """Return the pages of an executed notebook by file name: its own, and those that its cards are parted into.

    Its metadata (`litreview`) hold the facts of the run, as `execute.Task` has them.
    """
    run, first = nb.metadata["litreview"], nb.cells[0]
    lead = _LEAD.fullmatch(markdown_html(first.source)) if first.cell_type == "markdown" else None
    question, rest = lead.groups() if lead else ("", "")
    name, shown = run["name"], Contents(run["name"])
    facts = {"run": run, "scope": scope(nb, run["corpus"]), "headings": shown.headings}
    facts |= {"title": run["title"], "question": escape(run["question"]) or question}
    facts["opening"] = shown.anchored(rest)  # before the cells: headings are named in their order
    facts["cells"] = [shown.cell(each) for each in filled(nb.cells[bool(lead) :]) if each.cell_type != "raw"]
    facts["datasets"] = {each: script_json(rows) for each, rows in shown.datasets.items()}
    made = {f"{name}.html": render_page("report.html.j2", facts, charts=shown.charts > 0)}
    for part, source in shown.parts.items():
        contents = Contents(part)
        cards = contents.anchored(clean_html(f'<p><a href="{name}.html">All papers</a></p>{source}'))
        named = f"{run['title']}: {part.removeprefix(name).strip('-').replace('-', ' ')}"
        own = {"title": named, "cells": [{"kind": "markdown", "html": cards}], "headings": contents.headings}
        made[f"{part}.html"] = render_page("report.html.j2", {"run": run, "scope": facts["scope"], **own})
    return {each: page if _LISTED in page else page.replace(_TO_LIST, _TO_CARD) for each, page in made.items()}


def render_page(template: str, facts: dict[str, Any], charts: bool = False, **values: Any) -> str:
    """Return a page with the look and the policy (Content Security Policy) that all pages have.

    facts: `title` and what else the template needs of a page; charts: whether it has some; values: further ones.
    """
    style, scripts = asset("output.css") + asset("page.css"), [asset("output.js") + asset("page.js")]
    scripts += [asset("charts.js")] if charts else []
    vega, allowed, licence = vega_bundle() if charts else ("", "", "")
    policy = " ".join([f"{_POLICY}script-src", *map(policy_hash, scripts), allowed]).strip()
    page = {"style": style, "scripts": scripts, "policy": policy, "vega": vega, "licence": licence, **facts}
    return _TEMPLATES.get_template(template).render(page=page, **values)


def outputs_of(nb: NotebookNode, tag: str) -> list[dict[str, Any]]:
    """Return the data of what the cells with a tag show, without what is empty."""
    shown = [each for cell in nb.cells if tag in cell.metadata.get("tags", []) for each in cell.get("outputs", [])]
    return [output.data for output in shown if "data" in output and not _is_empty(output)]


def scope(nb: NotebookNode, corpus: dict[str, Any]) -> str:
    """Return what a report covers, in words: the papers it looks at and their time, as its last line says; else those
    of its run.
    """
    told = [each.get("metadata", {}).get("text/markdown", {}) for cell in nb.cells for each in cell.get("outputs", [])]
    made = (sized(each["papers"], corpus["of"], visible(each["frame"])) for each in reversed(told) if "papers" in each)
    return next(made, corpus["summary"])


def sized(papers: int, of: int, frame: str) -> str:
    """Say how many papers these are, of how many, and of which time."""
    return f"{'' if papers == of else f'{papers:,} of '}{plural(of, 'paper')}, {frame}"

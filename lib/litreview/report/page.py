"""An executed notebook as one HTML page: no network, no unsafe script, the same bytes twice.

What a notebook agrees on with its page:

- Its first cell is Markdown: `# Title`, then one paragraph with the question. They become the page's head. Where the
  catalogue gives another title and question (a theme by parameter), those stand instead.
- The cell tagged `parameters` holds typed scalars with a comment each (see catalog.py).
- The cell tagged `findings` shows Markdown bullets from findings.py. They are set off as the summary, and the first
  bullet is the report's headline on the front page.
- The cell tagged `preview` shows the chart that the front page draws small: one view, or layers in one view.
- `findings.made`, at the end, counts the papers that the report looks at; the head and the front page say that number.
- Charts come through our Altair renderer: `title` and `subtitle` of the specification become text above the figure,
  `description` is the text alternative, `usermeta.litreview` (`source`, `n`) the line of provenance.
- Tables come from tables.py. Each has a caption and column heads.
- Code, and what a cell writes to stderr, is hidden behind one switch. Text on stdout is shown.
- Links between reports are relative: `[Offline RL](offline-rl.html)`.

`nbconvert --to litreview notebook.ipynb` works on any executed notebook; `litreview report` adds the line of corpus and
parameters through the notebook's metadata (`litreview`).
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import default

from litreview.report import chart_html
from litreview.report.markdown import Contents, Lead, cleaned, lead, markdown_html
from litreview.text.escaping import escape, legible, script_json, visible

TEMPLATES = Path(__file__).parent / "templates"
_IMAGES = ("image/png", "image/jpeg")
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
)


@cache
def asset(name: str) -> str:
    """A style sheet, script or licence of the template, as text."""
    return (TEMPLATES / "litreview" / name).read_text(encoding="utf-8")


def page_resources(charts: bool = False) -> dict[str, Any]:
    """What every page carries: `style`, `scripts`, `policy` (Content Security Policy); `vega` where it has charts."""
    scripts = [asset("page.js"), *([asset("charts.js")] if charts else [])]
    hashes = [chart_html.policy_hash(script) for script in scripts]
    page: dict[str, Any] = {"style": asset("page.css") + asset("papers.css"), "scripts": scripts}
    if charts:
        page["vega"], vega_hash = chart_html.vega_bundle()
        page["licence"] = asset("vega-licence.txt")
        hashes.append(vega_hash)
    return page | {"policy": _POLICY + " ".join(hashes)}


class PagePreprocessor(Preprocessor):
    """What a notebook shows, made safe and ready to place, in `resources["page"]`. The notebook stays as it is.

    HTML in it (`title`, `question`, `opening`, `html`, `code`) is clean, and the template places it as it is; all else
    is text, which the template escapes.
    """

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Prepare the head, every cell, the contents and the data of the charts."""
        self.contents = Contents()
        self.datasets: dict[str, Any] = {}
        self.charts = 0
        self.highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        opening, cells = _opened(nb)
        run = nb.metadata.get("litreview", {})
        prepared = {
            "run": run,
            "scope": scope(nb, run["corpus"]) if run.get("corpus") else "",
            "title": escape(run["title"]) if run.get("title") else opening.title,
            "question": escape(run["question"]) if run.get("question") else opening.question,
            "opening": self.contents.anchored(opening.rest),
            "cells": [self._cell(cell) for cell in cells if cell.cell_type != "raw"],
            "headings": self.contents.headings,
            "datasets": {name: script_json(rows) for name, rows in self.datasets.items()},
        }
        resources["page"] = page_resources(charts=self.charts > 0) | prepared
        return nb, resources

    def _cell(self, cell: NotebookNode) -> dict[str, Any]:
        if cell.cell_type == "markdown":
            return {"kind": "markdown", "html": self.contents.anchored(markdown_html(cell.source))}
        return {
            "kind": "code",
            "tags": cell.metadata.get("tags", []),
            "code": self.highlight(legible(cell.source)),
            "outputs": [self._output(output) for output in cell.outputs],
        }

    def _output(self, output: NotebookNode) -> dict[str, Any]:
        """One output: its kind in the template, and its content."""
        if output.output_type == "stream":
            return {"kind": "warning" if output.name == "stderr" else "text", "text": legible(output.text)}
        if output.output_type == "error":
            return {"kind": "text", "text": legible("\n".join(output.traceback))}
        return self._rich(output.data)

    def _rich(self, data: dict[str, Any]) -> dict[str, Any]:
        """The richest form of an output that a page can show."""
        spec = chart_html.chart_in(data)
        if spec is not None:
            self.charts += 1
            return {"kind": "chart", "chart": chart_html.figure(spec, self.charts, self.datasets)}
        if "text/html" in data:
            return {"kind": "html", "html": self.contents.anchored(cleaned(data["text/html"]))}
        if "text/markdown" in data:
            return {"kind": "html", "html": self.contents.anchored(markdown_html(data["text/markdown"]))}
        text = legible(data.get("text/plain", ""))
        image = next((mime for mime in _IMAGES if mime in data), None)
        if image:
            return {"kind": "image", "src": f"data:{image};base64,{data[image].strip()}", "alt": text}
        return {"kind": "text", "text": text}


class ReportExporter(TemplateExporter):
    """nbconvert exporter of a report: our template, our preprocessor, and automatic escaping in the template."""

    export_from_notebook = "Literature review"
    output_mimetype = "text/html"
    template_name = "litreview"
    optimistic_validation = True  # the preprocessor leaves the notebook alone, so once is enough

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.register_preprocessor(PagePreprocessor, enabled=True)

    @default("extra_template_basedirs")
    def _templates(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("file_extension")
    def _html(self) -> str:
        return ".html"

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.autoescape = True
        environment.finalize = _without_unseen
        return environment


def _without_unseen(value: Any) -> Any:
    """What a template is about to place: a text loses control and direction characters, our own HTML stays."""
    return legible(value) if type(value) is str else value


def export(nb: NotebookNode) -> str:
    """The page of an executed notebook."""
    return ReportExporter().from_notebook_node(nb)[0]


def render_page(template: str, **values: Any) -> str:
    """Another page of the house (`front.html.j2`, `failed.html.j2`) with the look and the policy of a report."""
    return ReportExporter().environment.get_template(template).render(**values)


def tagged(nb: NotebookNode, tag: str) -> list[dict[str, Any]]:
    """The data of what the cells with a tag show."""
    cells = [cell for cell in nb.cells if tag in cell.metadata.get("tags", [])]
    return [output.data for cell in cells for output in cell.get("outputs", []) if "data" in output]


def findings_of(nb: NotebookNode) -> str:
    """The findings of an executed notebook, as Markdown."""
    return "\n\n".join(data["text/markdown"] for data in tagged(nb, "findings") if "text/markdown" in data)


def account(nb: NotebookNode, corpus: dict[str, Any]) -> dict[str, Any]:
    """How many papers a report looks at (`papers`) and their time (`frame`), as `findings.made` says; else the corpus."""
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    told = [output.get("metadata", {}).get("text/markdown", {}) for output in outputs]
    return next((facts for facts in reversed(told) if isinstance(facts.get("papers"), int)), corpus)


def scope(nb: NotebookNode, corpus: dict[str, Any]) -> str:
    """What a report covers: the papers it looks at and their time, as its own last line has them."""
    made = account(nb, corpus)
    if made["papers"] == corpus["papers"]:
        return corpus["summary"]
    return f"{made['papers']:,} of {corpus['of']:,} papers, {visible(made.get('frame', corpus['frame']))}"


def _opened(nb: NotebookNode) -> tuple[Lead, list[NotebookNode]]:
    """Title and question, and the cells that follow them."""
    first = nb.cells[0] if nb.cells else None
    opening = lead(markdown_html(first.source)) if first and first.cell_type == "markdown" else None
    if opening:
        return opening, nb.cells[1:]
    return Lead(escape(nb.metadata.get("title", "Report")), "", ""), nb.cells

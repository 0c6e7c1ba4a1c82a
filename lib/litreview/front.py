"""The front page of a folder of reports: each report's question, its headline, a small chart, and what it covers."""

from dataclasses import dataclass, replace
from typing import Any

import nbformat
from nbformat import NotebookNode

from litreview.exporter import page_resources, render_page, scope
from litreview.figures import chart_in
from litreview.markup import escape
from litreview.previews import preview
from litreview.prose import first_bullet


@dataclass(frozen=True)
class Card:
    """One report on the front page."""

    name: str
    title: str
    question: str
    scope: str
    problem: str = ""
    headline: str = ""
    drawing: str = ""


def card(name: str, entry: dict[str, Any], notebook: str) -> Card:
    """A card from a report's row in the manifest and its executed notebook, which a failed report does not have.

    Neither does a comparison: its row says its `headline`.
    """
    headline = escape(entry.get("headline", ""))
    shown = Card(name, entry["title"], entry["question"], entry["corpus"]["summary"], entry["problem"], headline)
    if not notebook:
        return shown
    nb = nbformat.reads(notebook, as_version=4)
    spec = _tagged_chart(nb) or {}
    return replace(
        shown,
        headline=first_bullet(_tagged_output(nb, "findings", "text/markdown") or ""),
        drawing=preview(spec) if spec else "",
        scope=scope(nb, entry["corpus"]),
    )


def front_page(cards: list[Card], summary: str) -> str:
    """The page itself. `summary` says what the corpus holds."""
    page = page_resources() | {"title": "Literature review"}
    return render_page("front.html.j2", page=page, cards=cards, summary=summary)


def _outputs(nb: NotebookNode, tag: str) -> list[dict[str, Any]]:
    cells = [cell for cell in nb.cells if tag in cell.metadata.get("tags", [])]
    return [output.data for cell in cells for output in cell.get("outputs", []) if "data" in output]


def _tagged_output(nb: NotebookNode, tag: str, mime: str) -> str | None:
    return next((data[mime] for data in _outputs(nb, tag) if mime in data), None)


def _tagged_chart(nb: NotebookNode) -> dict[str, Any] | None:
    return next((spec for data in _outputs(nb, "preview") if (spec := chart_in(data))), None)

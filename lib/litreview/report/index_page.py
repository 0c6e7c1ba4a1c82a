"""The front page of a folder of reports: each report's question, its headline, a small chart, and what it covers."""

from dataclasses import dataclass, replace
from typing import Any

import nbformat

from litreview.report.chart_html import chart_in
from litreview.report.markdown import first_bullet
from litreview.report.page import findings_of, page_resources, render_page, scope, tagged
from litreview.report.thumbnails import preview
from litreview.text.escaping import escape
from litreview.text.wording import sentence


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
    outdated: str = ""


def card(name: str, entry: dict[str, Any], notebook: str) -> Card:
    """A card from a report's row in the manifest and its executed notebook, which a failed report does not have.

    Neither does a comparison: its row says its `headline`.
    """
    headline = escape(entry.get("headline", ""))
    shown = Card(
        *(name, entry["title"], entry["question"], entry["corpus"]["summary"], entry["problem"], headline),
        outdated=sentence(entry.get("outdated", "")),
    )
    if not notebook:
        return shown
    nb = nbformat.reads(notebook, as_version=4)
    spec = next((spec for data in tagged(nb, "preview") if (spec := chart_in(data))), None)
    return replace(
        shown,
        headline=first_bullet(findings_of(nb)),
        drawing=preview(spec) if spec else "",
        scope=scope(nb, entry["corpus"]),
    )


def front_page(cards: list[Card], summary: str) -> str:
    """The page itself. `summary` says what the corpus holds."""
    page = page_resources() | {"title": "Literature review"}
    return render_page("front.html.j2", page=page, cards=cards, summary=summary)

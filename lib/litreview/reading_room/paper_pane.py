"""One paper as the room shows it: its card, the sentence that answers the search, its nearest papers, and its notes."""

from typing import Any

import pandas as pd

from litreview import schema
from litreview.analysis.search import Query, search_index
from litreview.analysis.similarity import similar
from litreview.judgement import coding_sheet, load_decisions, load_fields
from litreview.report import cards
from litreview.report.paper_cards import MARKS
from litreview.report.tables import table
from litreview.review import Review

NEAREST = 5  # papers


def paper_pane(review: Review, paper_id: str, who: str, query: str = "") -> dict[str, Any]:
    """Give a paper to the browser, as JSON.

    html: its card. title, abstract: its texts. answer: the sentence that answers the query. near: the papers nearest to
    it, with the terms that both have. fields: what is asked of it, with what is noted. decisions: what readers decided.
    """
    one = review.where([paper_id])
    shown = cards(one, schema.empty(schema.NEIGHBOURS))
    title, abstract = one.papers[["title", "abstract"]].iloc[0]
    decided = load_decisions(one)[["decision", "reason", "note", "who", "when"]].astype("str").to_dict("records")
    answer = search_index(review).passage(title, abstract, Query(query))[0] if query else ""
    near = similar(review, paper_id, NEAREST)[["paper_id", "shared"]].to_dict("records")
    told = {"paper": paper_id, "html": shown.source, "title": title, "abstract": abstract, "answer": answer}
    return told | {"fields": _fields(one, who), "near": near, "decisions": decided}


def _fields(one: Review, who: str) -> list[dict[str, Any]]:
    """The fields of the coding sheet that a paper is asked, with its notes: those of the reader before any other's."""
    notes = one.notes.sort_values("who", key=lambda names: names != who, kind="stable")
    themes = one.themes["theme"].tolist()
    sheet = coding_sheet(one, themes, notes, one.evidence).set_index("field")[["value", "quote", "who"]]
    noted, empty = sheet.to_dict("index"), {"value": "", "quote": "", "who": ""}
    return [
        {"name": name, **field.model_dump(include={"title", "question", "answers"}), **noted.get(name, empty)}
        for name, field in load_fields(one).items()
        if not field.themes or set(field.themes).intersection(themes)
    ]


def compared(review: Review, paper_id: str, other: str) -> str:
    """Lay two papers side by side as HTML: by kind of evidence, what both have, and what only one has."""
    kinds = {kind: heading for kind, (_, heading) in MARKS.items() if kind not in ("theme", "link", "claim", "bound")}
    named = review.evidence.dropna(subset=["name"]).groupby(["paper_id", "kind"])["name"].agg(set)
    has = [{kind: named.get((one, kind), set()) for kind in kinds} for one in (paper_id, other)]
    rows = [
        [heading, *(", ".join(sorted(names)) or "–" for names in (here & there, here - there, there - here))]
        for heading, here, there in zip(kinds.values(), *(each.values() for each in has), strict=True)
        if here | there
    ]
    columns = ["Named as", "By both", "By this paper", "By the pinned one"]
    return table(pd.DataFrame(rows, columns=columns, dtype="str"), "What the two papers name").source

"""The widget of the reading room: what the browser asks, and what Python answers.

The browser holds a short row of each paper and filters by itself. It asks for what needs the library: a search, a
paper, the papers like one, the order of what to read next; and it hands over what the reader decides and notes, which
is written to its file before the answer goes out.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets
from IPython import get_ipython

from litreview import schema
from litreview.analysis.screening import control_sample, read_next, screened, stopping_hint
from litreview.analysis.search import Query, search, search_index
from litreview.analysis.similarity import map_positions, similar
from litreview.corpus import Corpus
from litreview.errors import LitreviewError
from litreview.judgement import decide, note, standing_decisions
from litreview.reading_room.paper_pane import compared, paper_pane
from litreview.reading_room.paper_table import paper_table, static_view
from litreview.report.tables import asset
from litreview.review import Review

_STATIC = Path(__file__).parent / "static"
_PARTS = ("filters.js", "list.js", "map.js", "paper.js", "room.js")  # one module, in this order
LIKE, SAMPLE = 50, 20  # papers that "like this" lists, and those of a control sample


class Room(anywidget.AnyWidget):
    """The papers of a review in JupyterLab, to be searched, filtered, decided and coded; see `room`.

    `selected` (paper_ids of the list, in its order) and `chosen` (paper_id, or "") can be observed, as of any widget.
    """

    _esm = "\n".join((_STATIC / part).read_text(encoding="utf-8") for part in _PARTS)
    _css = f".lr-room {{\n{asset('output.css')}\n}}\n" + (_STATIC / "room.css").read_text(encoding="utf-8")
    height = traitlets.Int(640).tag(sync=True)
    who = traitlets.Unicode("").tag(sync=True)
    selected = traitlets.List(traitlets.Unicode())
    chosen = traitlets.Unicode("")

    def __init__(self, review: Review, who: str = "", height: int = 640) -> None:
        super().__init__(who=who, height=height)
        self.review = review
        self.selected = review.papers.sort_values("published", ascending=False, kind="stable")["paper_id"].tolist()
        self._query = ""
        self._steps: list[str] = []  # of the list as it stands, the code of each filter
        self.on_msg(lambda _, message, __: self.send(self.answer(message)))

    @property
    def selection(self) -> pd.DataFrame:
        """The papers of the list, in its order: the columns of `schema.PAPERS`."""
        return self.review.papers.set_index("paper_id").loc[self.selected].reset_index()

    @property
    def results(self) -> pd.DataFrame:
        """The papers that the search of the room found, best first: `schema.HITS`."""
        return search(self.review, self._query, len(self.review)) if self._query else schema.empty(schema.HITS)

    @property
    def paper(self) -> pd.Series | None:
        """The row of the paper that is open; None while none is."""
        return self.review.where([self.chosen]).papers.iloc[0] if self.chosen else None

    @property
    def code(self) -> str:
        """The Python code that gives the papers of the list."""
        return "\n".join(["papers = review", *self._steps])

    def cell(self) -> None:
        """Insert a cell below with the code that gives the papers of the list."""
        if shell := get_ipython():
            shell.set_next_input(self.code)

    def show(self, papers: Corpus | pd.DataFrame | Iterable[str], name: str = "Shown from Python") -> None:
        """List papers that Python chose: a review, a table with paper_id, or paper_ids. Raises: `CorpusError`."""
        table = papers.papers if isinstance(papers, Corpus) else papers
        ids = table["paper_id"] if isinstance(table, pd.DataFrame) else [*table]
        self.review.where(ids)  # raises for a paper that is not there
        self.send({"is": "shown", "papers": [*ids], "name": name})

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Answer one message of the browser; what goes wrong is told in words, with the question."""
        asked = {name: value for name, value in message.items() if name != "do"}
        try:
            return {"asked": message, **getattr(self, f"_{message['do']}")(**asked)}
        except Exception as error:  # whatever it is, the reader learns of it; a silent room helps nobody
            text = str(error) if isinstance(error, LitreviewError) else f"This did not work: {error!r}"
            return {"is": "failed", "asked": message, "text": text}

    def _open(self) -> dict[str, Any]:
        return {"is": "opened", **paper_table(self.review), "decisions": self._decided()}

    def _place(self) -> dict[str, Any]:
        places = map_positions(self.review).round(3)
        return {"is": "placed", "x": places["x"].tolist(), "y": places["y"].tolist()}

    def _search(self, query: str) -> dict[str, Any]:
        self._query = query
        asked, index = Query(query), search_index(self.review)
        hits = index.ranked(asked)
        found = {"papers": hits["paper_id"].tolist(), "why": hits["matched"].tolist()}
        return {"is": "found", **found, "hint": " ".join(index.hints(asked))}

    def _select(self, papers: list[str], steps: list[str]) -> dict[str, Any]:
        self._steps, self.selected = steps, papers
        return {"is": "selected"}

    def _paper(self, paper: str, query: str = "") -> dict[str, Any]:
        self.chosen = paper
        return {"is": "paper", **paper_pane(self.review, paper, self.who, query), "decided": self._decided()}

    def _pin(self, paper: str, beside: str) -> dict[str, Any]:
        return {"is": "pinned", "html": compared(self.review, paper, beside)}

    def _like(self, paper: str) -> dict[str, Any]:
        near = similar(self.review, paper, LIKE)
        return {"is": "like", "papers": near["paper_id"].tolist(), "why": near["shared"].tolist()}

    def _rank(self, query: str) -> dict[str, Any]:
        left = read_next(self.review, query, self.who)
        words = zip(left["words_for"], left["words_against"], strict=True)
        why = [f"{up}; not {down}" if up and down else up for up, down in words]
        said = screened(self.review, self.who)
        text = stopping_hint(said, len(self.review)).said if said else "By likeness to what is sought."
        return {"is": "ranked", "papers": left["paper_id"].tolist(), "why": why, "text": text}

    def _control(self) -> dict[str, Any]:
        left = set(self.review.papers["paper_id"]) - {*self._decided()}
        return {"is": "shown", "papers": control_sample(left, SAMPLE), "name": "A random sample of the open papers"}

    def _decide(self, paper: str, decision: str, back: bool = False, **more: Any) -> dict[str, Any]:
        """Record a decision; `before` is what the reader said so far, None where the message takes one back."""
        rows = self.review.decisions
        said = rows[(rows["paper_id"] == paper) & (rows["who"] == self.who)][["decision", "reason", "note"]]
        before = None if back else [*said.to_dict("records"), {"decision": "", "reason": "", "note": ""}][0]
        decide(self.review, paper, decision, who=self.who, **more)
        return {"is": "decided", "before": before, "decided": self._decided()}

    def _decided(self) -> dict[str, str]:
        """The decision on each paper: those of the reader, who does not see what others decided; all without a name."""
        return standing_decisions(self.review.decisions, self.who).set_index("paper_id")["decision"].to_dict()

    def _note(self, paper: str, field: str, value: str, **more: Any) -> dict[str, Any]:
        note(self.review, paper, field, value, who=self.who, **more)
        return {"is": "noted", **paper_pane(self.review, paper, self.who, self._query), "decided": self._decided()}

    def _code(self) -> dict[str, Any]:
        return {"is": "code", "text": self.code}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget; and where none can live, the static view of the same papers."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        shown = static_view(self.review, self.selected)
        return {**data, "text/html": shown.source, "text/plain": repr(shown)}, metadata


def room(review: Review, who: str = "", height: int = 640) -> Room:
    """Open the reading room on a review: search, filter, read, decide and note, by mouse or by keys.

    who: the name that decisions and notes are signed with. height: of the room, in pixels.
    What is decided stands in `review.decisions`, what is noted in `review.notes`.

    >>> here = room(review, who="Ada")
    >>> here.selection  # the papers that the list shows, as a DataFrame
    """
    return Room(review, who, height)

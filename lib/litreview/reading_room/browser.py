"""A table in JupyterLab whose search and sorting come back to Python."""

from typing import Any

import anywidget
import pandas as pd
import traitlets

from litreview.report.tables import frame, outputs_script

_RENDER = """
export default {
  render({ model, el }) {
    el.addEventListener('found', event => { model.set('places', event.detail); model.save_changes(); });
    el.innerHTML = model.get('source');
    mount(el.querySelector(':scope > script:not([type])'));
  },
};
"""


class TableBrowser(anywidget.AnyWidget):
    """A DataFrame to search and sort; see `browse`. `places` (of the rows that are left) can be observed."""

    _esm = outputs_script() + _RENDER
    source = traitlets.Unicode().tag(sync=True)
    places = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, table: pd.DataFrame) -> None:
        super().__init__(source=frame(table)._repr_html_(), places=[*range(len(table))])
        self._table = table

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that the search leaves, in the order that is shown, with all columns of the table."""
        return self._table.iloc[self.places]

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget; and where none can live, the same table."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/html": self.source, "text/plain": repr(self._table)}, metadata


def browse(table: pd.DataFrame) -> TableBrowser:
    """Show a table to search and sort; what is left of it comes back as a DataFrame.

    >>> found = lr.browse(review.evidence)
    >>> found.rows  # in a later cell: the rows that are shown now
    """
    return TableBrowser(table)

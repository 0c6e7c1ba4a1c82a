"""The reading room: find, decide and write down with the words, in JupyterLab; and its static view for a page."""

from litreview.reading_room.browser import TableBrowser, browse
from litreview.reading_room.room import Room, room

__all__ = ["Room", "TableBrowser", "browse", "room"]

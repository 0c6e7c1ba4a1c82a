"""A saved web page of Hugging Face papers: the JSON that the page carries for its own scripts."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from litreview.errors import SourceError
from litreview.sources.file_content import Content, Entry, Rejection
from litreview.sources.json_records import key_of

NAME = "Hugging Face page, saved as HTML"
_DEEPEST = 12


def recognises(content: Content) -> bool:
    """Whether it is a web page that names Hugging Face, or carries data for its scripts."""
    start = content.head.lstrip("\ufeff \t\r\n")[:1000].lower()
    page = start.startswith(("<!doctype html", "<html", "<!--", "<head", "<body", "<div", "<main"))
    return page and any(word in content.head.lower() for word in ("huggingface", "hugging face", "data-props"))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The papers of a list page, or the one of a paper page, in order, each once.

    Raises `SourceError` for a page without the data: it was saved before it was loaded, or by a program that drops it.
    """
    page = _Page()
    try:
        page.feed(content.text())
    except (AssertionError, ValueError, RecursionError) as error:
        raise SourceError.damaged(content.name, "HTML", str(error)) from error
    items = {json.dumps(item, sort_keys=True): item for props in page.props for item in _papers(props, 0)}
    if not items:
        raise SourceError.no_records(content.name, "HTML", [])
    for place, item in enumerate(_whole(list(items.values())), start=1):
        yield Entry("hub", place, item, key_of(item))


def _whole(items: list[dict]) -> list[dict]:
    """Each paper as the fullest of its mentions has it; a page names the same one in several places."""
    best: dict[str, dict] = {}
    for item in items:
        key = key_of(item) or json.dumps(item, sort_keys=True)
        if len(json.dumps(item)) > len(json.dumps(best.get(key, {}))):
            best[key] = item
    return [best[key] for key in dict.fromkeys(key_of(item) or json.dumps(item, sort_keys=True) for item in items)]


def _papers(value: Any, depth: int) -> Iterator[dict]:
    """Every paper with a title and a summary in the data of a page."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _papers(part, depth + 1)
    elif isinstance(value, dict):
        inner = value.get("paper")
        paper = inner if isinstance(inner, dict) else value
        if isinstance(paper.get("id"), str) and isinstance(paper.get("title"), str) and "summary" in paper:
            yield value
        else:
            for part in value.values():
                yield from _papers(part, depth + 1)


class _Page(HTMLParser):
    """Collects the JSON in `data-props` attributes, and in scripts of that type."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.props: list[Any] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._keep(given.get("data-props"))
        if tag == "script" and given.get("type") == "application/json":
            self._script = []

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self._keep("".join(self._script))
            self._script = None

    def _keep(self, text: str | None) -> None:
        try:
            self.props.append(json.loads(text or "null", strict=False))
        except (ValueError, RecursionError):
            return

"""Draft themes in themes.yml: put behind what people wrote, which stays as it is, in the place of earlier drafts."""

import os
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent

import yaml

from litreview.errors import ThemeFileError, shown
from litreview.text.atomic_files import write_file
from litreview.themes.definitions import Theme, load_themes


def write_drafts(file: Path, drafts: Mapping[str, Theme], remarks: Mapping[str, str]) -> None:
    """Replace the themes of a file that have `status: draft` by `drafts`, each with its remark as a comment.

    All other lines stay as they are. Raises: ThemeFileError for a file that cannot be read or written, and for themes
    that have no lines of their own.
    """
    kept = {name: theme for name, theme in load_themes(file).items() if theme.status != "draft"}
    beside = file.with_name(f".{os.getpid()}.{file.name}")
    try:
        before = file.read_bytes().decode() if file.exists() else ""
        entries = [_entry(theme, remarks[name]) for name, theme in drafts.items()]
        write_file(beside, _replaced(before, set(kept), entries))
        if not _holds(beside, {**kept, **drafts}):
            raise ThemeFileError(
                f"{shown(file)}: drafts cannot be put among its themes, so nothing was changed. Give `themes:`, and each "
                "name below it, a line of its own without brackets, and try again."
            )
        beside.replace(file)
    except OSError as error:
        raise ThemeFileError.unwritable(file, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _entry(theme: Theme, remark: str) -> str:
    fields = theme.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = yaml.safe_dump({theme.name: fields}, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    key, _, rest = text.partition("\n")
    return f"{key}\n  # {remark}\n{rest}"


def _replaced(text: str, kept: set[str], entries: list[str]) -> str:
    """The text without the lines of earlier drafts, and with the new ones behind the last theme that stays."""
    root, lines = yaml.compose(text, yaml.SafeLoader), text.splitlines(keepends=True)
    head = [(key, value) for key, value in (root.value if root else ()) if key.value == "themes"]
    rows = [row for _, value in head for row in value.value]
    stay = [(key, value) for key, value in rows if key.value in kept]
    go = [(key, value) for key, value in rows if key.value not in kept] + [(key, key) for key, _ in head if not stay]
    gone = {at for key, value in go for at in range(key.start_mark.line, _last_line(value) + 1)}
    place = _last_line(stay[-1][1]) + 1 if stay else len(lines)
    column = stay[0][0].start_mark.column if stay else 2
    new = [*([] if stay or not entries else ["themes:\n"]), *(indent(entry, " " * column) for entry in entries)]
    above = "".join(line for at, line in enumerate(lines[:place]) if at not in gone)
    below = [line for at, line in enumerate(lines) if at >= place and at not in gone]
    return "".join([above, "\n" if new and above and not above.endswith("\n") else "", *new, *below])


def _last_line(node: yaml.Node) -> int:
    """The line where the words of a node end. The mark of a block stands further down, where the next node begins."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    return node.end_mark.line - (getattr(node, "style", None) in ("|", ">"))


def _holds(file: Path, themes: Mapping[str, Theme]) -> bool:
    try:
        return load_themes(file) == themes
    except ThemeFileError:
        return False

"""Files that are whole or absent: written beside their place, then renamed into it."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hex digits, as manifests keep it."""
    return hashlib.sha256(content).hexdigest()


def write_file(path: Path, content: bytes | str) -> None:
    """Put `content` (text as UTF-8) at `path`. A reader, or a crash, sees the old file or the new one, never a part.

    Raises: OSError when the folder cannot be made or written.
    """
    write_files(path.parent, {path.name: content})


def write_files(folder: Path, contents: Mapping[str, bytes | str]) -> None:
    """Put files into `folder`, in the order of `contents`.

    All are written beside their places first, so that a full disk changes nothing. A kill between two renames leaves
    files of two states; the manifest goes last, so that its checksums tell.

    Raises: OSError when the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside = {folder / name: folder / f".{name}.{os.getpid()}" for name in contents}
    try:
        for path, content in zip(beside.values(), contents.values(), strict=True):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        for path, new in beside.items():
            new.replace(path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)

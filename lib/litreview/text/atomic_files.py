"""Files that are whole or absent: written beside their place, then renamed into it. And files that one process has."""

import hashlib
import io
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from platform import node

from psutil import pid_exists


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hex digits, as manifests keep it."""
    return hashlib.sha256(content).hexdigest()


HOST = sha256(node().encode())[:4]  # several machines may share a disk, and each knows its own processes alone


def lock(file: io.FileIO) -> None:
    """Wait until no other process has this file locked; it is unlocked when it is closed."""
    with suppress(ImportError, OSError):  # Windows; a disk without locks, where one write at a file's end stays whole
        import fcntl  # noqa: PLC0415  (Windows has none)

        fcntl.flock(file, fcntl.LOCK_EX)


def temporary(path: Path) -> Path:
    """Return where a file or folder of this process lies before it is put at `path`: beside it, and hidden."""
    return path.with_name(f".litreview-{os.getpid()}-{HOST}{sha256(path.name.encode(errors='replace'))[:8]}")


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files and folders in a folder whose process was killed on this machine, by their names."""
    for path in folder.glob(f".litreview-*-{HOST}*"):
        owner = path.name.split("-")[1]
        if owner.isdecimal() and not pid_exists(int(owner)):
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


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
    remove_leftovers(folder)
    beside = {folder / name: temporary(folder / name) for name in contents}
    try:
        for path, content in zip(beside.values(), contents.values(), strict=True):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        for path, new in beside.items():
            new.replace(path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)

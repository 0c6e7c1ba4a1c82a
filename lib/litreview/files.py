"""Files that are whole or absent: written beside their place, then renamed into it; alone, or many as one."""

import os
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp

_READY, _GONE, _PREPARED = ".new", ".gone", ".new-"  # a set that is decided, what it takes away, a set in the making
_STALE = 3600  # seconds after which a set in the making has lost its maker


def write_file(path: Path, content: bytes | str) -> None:
    """Put `content` (text as UTF-8) at `path`. A reader, or a crash, sees the old file or the new one, never a part.

    Raises: OSError when the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_files(folder: Path, contents: dict[str, str], gone: list[str]) -> None:
    """Put all these texts into `folder` and take the files in `gone` away: all of it, or nothing.

    Everything is written apart first. Then one rename decides, and each file goes to its place. What is interrupted
    before that changes nothing; what is interrupted after it, the next `finish_files` carries to its end.
    Raises: OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finish_files(folder)
    prepared = Path(mkdtemp(prefix=_PREPARED, dir=folder))
    try:
        for name, content in {**contents, _GONE: "\n".join(gone)}.items():
            (prepared / name).write_text(content, encoding="utf-8", newline="")
        prepared.rename(folder / _READY)
    except BaseException:
        shutil.rmtree(prepared, ignore_errors=True)
        raise
    finish_files(folder)


def finish_files(folder: Path) -> None:
    """Bring a decided set of files to its place, and clear away sets whose maker was killed.

    Raises: OSError.
    """
    ready = folder / _READY
    if (ready / _GONE).is_file():
        for name in (ready / _GONE).read_text(encoding="utf-8").splitlines():
            (folder / name).unlink(missing_ok=True)
        for path in sorted(ready.iterdir()):
            if path.name != _GONE:
                path.replace(folder / path.name)
    shutil.rmtree(ready, ignore_errors=True)
    for prepared in folder.glob(f"{_PREPARED}*"):
        if time.time() - prepared.stat().st_mtime > _STALE:
            shutil.rmtree(prepared, ignore_errors=True)


def check_writable(folder: Path) -> None:
    """Write into `folder`, or where it would be made, to see that one can; nothing stays.

    Raises: OSError.
    """
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    os.rmdir(mkdtemp(dir=there))  # noqa: PTH106

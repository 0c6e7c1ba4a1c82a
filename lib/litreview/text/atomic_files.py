"""Files that are whole or absent: written beside their place, then renamed into it; alone, or many as one."""

import errno
import hashlib
import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import mkdtemp

from litreview.text.interrupts import interrupts_wait

_READY, _GONE, _PREPARED = ".new", ".gone", ".new-"  # a set that is decided, what it takes away, a set in the making
_STALE = 3600  # seconds after which a set in the making has lost its maker


def sha256(content: bytes) -> str:
    """What a manifest keeps of a file."""
    return hashlib.sha256(content).hexdigest()


def write_file(path: Path, content: bytes | str) -> None:
    """Put `content` (text as UTF-8) at `path`. A reader, or a crash, sees the old file or the new one, never a part.

    Raises: OSError when the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(_bytes(content))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content


def write_files(folder: Path, contents: Mapping[str, bytes | str], gone: Iterable[str] = ()) -> None:
    """Put all these files into `folder`, which is `held`, and take those in `gone` away: all of it, or nothing.

    Everything is written apart first. Then one rename decides, and each file goes to its place. What is interrupted
    before that changes nothing. The decision and the moves are made apart (`_apart`), so that a kill of this process
    does not fall between two of them; what stops them none the less, the next `held` carries to its end.
    Raises: OSError.
    """
    prepared = Path(mkdtemp(prefix=_PREPARED, dir=folder))
    with _cleared(prepared):
        for name, content in {**contents, _GONE: "\n".join(gone)}.items():
            (prepared / name).write_bytes(_bytes(content))
    _apart(lambda: _decide(prepared))


def _decide(prepared: Path) -> None:
    with _cleared(prepared):
        prepared.rename(prepared.with_name(_READY))
    _finish(prepared.parent)


@contextmanager
def _cleared(prepared: Path) -> Iterator[None]:
    """Clear a set in the making away when something stops it."""
    try:
        yield
    except BaseException:
        shutil.rmtree(prepared, ignore_errors=True)
        raise


def _apart(task: Callable[[], None]) -> None:
    """Do `task` in a process and a session of its own, and wait for it; here, where the system cannot fork.

    Ctrl-C, a closed terminal and `kill -9` of this process leave the other alone, and Ctrl-C is answered when it has
    ended. What ends both still ends the task: `pkill -9 -f`, the end of a container, of the power.
    Raises: OSError, with the number of the one that `task` raised.
    """
    if not hasattr(os, "fork"):
        task()
        return
    with interrupts_wait(), warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()  # Python warns that other threads hold locks; the child runs no code of theirs
        if not child:
            _do_and_end(task)
        failed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if failed:
        number = failed if failed > 0 else errno.EINTR
        raise OSError(number, os.strerror(number))


def _do_and_end(task: Callable[[], None]) -> None:
    """Do `task`, then end this process at once, with the number of the system's error as its status."""
    status = errno.EIO
    try:
        os.setsid()
        task()
        status = 0
    except OSError as error:
        status = error.errno or status
    finally:
        os._exit(status)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make a folder, hold it against other runs, and carry to its end what a killed run had decided.

    Waits for another run that holds it, and for the moves of one that was killed; where the system has no such locks,
    nobody waits. Raises: OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder) if os.name != "nt" else nullcontext():
        _finish(folder)
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl  # noqa: PLC0415  (Windows has none)

    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders know no locks
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _finish(folder: Path) -> None:
    """Bring a decided set of files to its place, and clear away sets whose maker was killed."""
    ready = folder / _READY
    if is_unfinished(folder):
        for name in (ready / _GONE).read_text(encoding="utf-8").splitlines():
            (folder / name).unlink(missing_ok=True)
        for path in sorted(ready.iterdir()):
            if path.name != _GONE:
                path.replace(folder / path.name)
    shutil.rmtree(ready, ignore_errors=True)
    for prepared in folder.glob(f"{_PREPARED}*"):
        if time.time() - prepared.stat().st_mtime > _STALE:
            shutil.rmtree(prepared, ignore_errors=True)


def is_unfinished(folder: Path) -> bool:
    """Whether a decided set of files still waits to come to its place."""
    return (folder / _READY / _GONE).is_file()


def carry_on(folder: Path) -> None:
    """Carry to its end what a killed run had decided for a folder, where there is one. Raises: OSError."""
    if folder.is_dir():
        with held(folder):
            pass


def check_writable(folder: Path) -> None:
    """Write into `folder`, or where it would be made, to see that one can; nothing stays.

    Raises: OSError.
    """
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    os.rmdir(mkdtemp(dir=there))  # noqa: PTH106

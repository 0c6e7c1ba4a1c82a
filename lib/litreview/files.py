"""Files that are whole or absent: written beside their place, then renamed into it."""

import os
from pathlib import Path


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

import os
import subprocess
import sys

import pytest

from litreview.text.atomic_files import HOST, write_file


@pytest.mark.parametrize("content", ["text “quoted”", b"\x00bytes"])
def test_a_file_holds_what_was_written_and_nothing_lies_beside_it(tmp_path, content):
    path = tmp_path / "new" / "page.html"
    write_file(path, content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_process_left_goes_with_the_next_write_and_nothing_else(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    kept = [f".litreview-{os.getpid()}-{HOST}", f".litreview-notes-{HOST}", ".litreview"]
    # The last is of another machine, where a process of that number may run.
    kept += [f"litreview-{gone.pid}-{HOST}", f".litreview-{gone.pid}-file"]
    for name in (*kept, f".litreview-{gone.pid}-{HOST}file"):
        (tmp_path / name).write_text("x")
    (tmp_path / f".litreview-{gone.pid}-{HOST}folder" / "below").mkdir(parents=True)
    write_file(tmp_path / "new", "x")
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "new"}

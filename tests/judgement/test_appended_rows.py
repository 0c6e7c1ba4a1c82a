"""A row is added whole or not at all, whoever else writes, and whatever happens meanwhile."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from litreview.errors import CurationError
from litreview.judgement import appended_rows as rows

COLUMNS = ["a", "b"]
HEAD = "a,b\n"
CELLS = ["", "plain", "two\nlines", "carriage\r\nreturn", 'say "no"', "comma, semicolon;"]
CELLS += ["déjà 数", "\x00", "x\u2028y"]
CELLS += ["=1+1", "-5", "@x", "'=1", "'' said", "＝x"]  # which a spreadsheet would run
WRITER = """
import sys
from pathlib import Path
from litreview.judgement import appended_rows as rows

def in_halves(file, end, added):
    file.write(added[:5].encode())
    print("half", flush=True)
    sys.stdin.readline()
    file.write(added[5:].encode())

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
rows._write = in_halves if name == "slow" else rows._write
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    rows.append_row(path, ["a", "b"], {"a": name, "b": f"{number}, two"})
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen:
    """A process that is ready to add rows; a slow one stops amid each row."""
    arguments, pipe = [sys.executable, "-c", WRITER, str(path), name, str(count)], subprocess.PIPE
    process = subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def tell(process: subprocess.Popen) -> None:
    process.stdin.write("\n")
    process.stdin.flush()


def read(path: Path) -> list[list[str]]:
    return rows.appended_rows(path, COLUMNS)[COLUMNS].to_numpy().tolist()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


def test_every_text_comes_back_and_none_is_a_formula(path):
    for cell in CELLS:
        rows.append_row(path, COLUMNS, {"a": cell, "b": 1})
    assert read(path) == [[cell, "1"] for cell in CELLS]
    assert not any(sign in path.read_text() for sign in ('"=', '"-', '"@', '"＝'))


WRITTEN = [
    ("", []),
    (HEAD, []),
    ("a,b", []),  # nobody ended the line, as some editors do
    ("a,b\n1,2", [["1", "2"]]),
    ("\ufeffa,b\r\n1,2\r\n", [["1", "2"]]),  # saved by a spreadsheet
    ("b,more,a\n2,x,1\n", [["1", "2"]]),  # other order, and a column of somebody's own
]


@pytest.mark.parametrize(("content", "kept"), WRITTEN)
def test_a_row_stands_behind_what_people_wrote(path, content, kept):
    path.write_bytes(content.encode())
    rows.append_row(path, COLUMNS, {"a": "new", "b": "row"})
    assert read(path) == [*kept, ["new", "row"]]
    assert path.read_bytes().startswith(content.encode())


@pytest.mark.parametrize("cut", ["1", '"1', '"1"', '"1",', '"1","', '"1","2', '"1","dé'.encode()[:-1]])
def test_what_a_crash_left_of_a_row_is_no_row_and_is_told(path, cut):
    whole = b'"a","b"\n"0","0"\n'
    path.write_bytes(whole + (cut if isinstance(cut, bytes) else cut.encode()))
    with pytest.warns(UserWarning, match="the last row was cut off"):
        assert read(path) == [["0", "0"]]
    with pytest.warns(UserWarning, match="the last row was cut off"):
        rows.append_row(path, COLUMNS, {"a": "new"})
    assert path.read_bytes() == whole + b'"new",""\n'


NO_TABLE = [
    (b"a;b\n", "line 1 lacks 'a', 'b'. It has 'a;b'"),
    (b"a,c\n1,2\n", "line 1 lacks 'b'. It has 'a', 'c'"),
    (b"a,b\n\xe9,1\n", "not UTF-8"),
    (b'a,b\n"1,2\n3,4\n', "unexpected end"),  # a quote that somebody left open: nothing is guessed
    (b'"a","b"\n"1","two\nlin', "unexpected end"),  # nor where a crash cut a row of two lines
]


@pytest.mark.parametrize(("content", "said"), NO_TABLE)
def test_a_file_that_is_no_such_table_is_left_alone(path, content, said):
    path.write_bytes(content)
    with pytest.raises(CurationError, match=rf"Nothing was recorded.*t\.csv.*{said}"):
        rows.append_row(path, COLUMNS, {"a": "1"})
    assert path.read_bytes() == content


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullFile(io.FileIO):
    """A file on a disk with little room."""

    def write(self, content: bytes) -> int:
        """Write three bytes."""
        return super().write(content[:3])


@pytest.mark.parametrize(
    "broken", [(os, "fsync", no_space), (Path, "open", lambda path, *_, **__: FullFile(path, "a+"))]
)
def test_a_full_disk_records_nothing_and_says_so(path, monkeypatch, broken):
    path.write_text(HEAD)
    monkeypatch.setattr(*broken)
    with pytest.raises(CurationError, match=r"t\.csv: nothing was recorded: (?:No space|the disk is full).* Make room"):
        rows.append_row(path, COLUMNS, {"a": "1"})
    monkeypatch.undo()
    assert path.read_text() == HEAD


def test_two_processes_lose_no_row_of_each_other(path):
    count = 50
    both = [writer(path, name, count) for name in "xy"]
    for process in both:
        tell(process)
    assert [process.communicate()[1] for process in both] == ["", ""]
    found = read(path)
    for name in "xy":
        assert [row for row in found if row[0] == name] == [[name, f"{number}, two"] for number in range(count)]
    assert len(found) == 2 * count


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_writer_waits_for_another_amid_a_row_and_repairs_it_when_that_is_killed(path, is_killed):
    path.write_text(HEAD)
    slow, quick = writer(path, "slow", 1), writer(path, "quick", 1)
    tell(slow)
    assert slow.stdout.readline() == "half\n"
    tell(quick)
    with pytest.raises(subprocess.TimeoutExpired):  # it does nothing while the other has the file
        quick.wait(0.5)
    slow.kill() if is_killed else tell(slow)
    slow.communicate()
    assert ("cut off" in quick.communicate()[1]) == is_killed
    assert read(path) == [["slow", "0, two"]] * (not is_killed) + [["quick", "0, two"]]

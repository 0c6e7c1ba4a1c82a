"""Runs of notebooks: what comes of them, side by side, warm, failed, interrupted or killed."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import RUN, waited
from invented import corpus

from litreview.errors import CorpusError, ParameterError
from litreview.paths import PROJECT
from litreview.report import execute
from litreview.report.catalog import Report
from litreview.report.execute import Task, outcomes, prepare, run
from litreview.report.page_safety import problems


@pytest.fixture
def dated(monkeypatch):
    """Three dated papers and one without a date stand in for the shipped corpus."""
    made = corpus(a="2019-05-01", b="2020-05-01", c="2022-05-01", d=None)
    monkeypatch.setattr(execute, "open_review", lambda _: made)
    monkeypatch.setattr(type(made), "derive", lambda whole: whole, raising=False)  # nothing asks for its tables
    return made


def report(path):
    return Report(name="small", notebook=path, title="A title", question="What?")


def ran(path):
    """The outcome of a notebook, and its page."""
    outcome = run(Task(str(path), {}, RUN))
    return outcome, outcome.files["one.html"]


def test_a_task_says_what_a_page_tells_of_its_run(dated, saved):
    (task,) = prepare([(report(saved()), {"since": "2020"})])
    assert task.parameters == {"since": 2020}
    assert task.run["parameters"] == {"since": "2020"}
    frame = "May 2020 to May 2022, 1 without a date left out"
    size = {"of": 4, "summary": f"2 of 4 papers, {frame}"}
    assert task.run["corpus"] == {"checksum": dated.checksum, "as_of": "2022-05-01", **size}


WRONG = [
    ({"since": "2024"}, ParameterError, "since=2024, until=0, decided=any: this corpus covers May 2019 to May"),
    ({"since": "2022", "until": "2020"}, CorpusError, "since=2022, until=2020"),
]


@pytest.mark.parametrize(("given", "error", "expected"), WRONG)
def test_nothing_runs_before_every_parameter_is_right(dated, saved, given, error, expected):
    with pytest.raises(error, match=expected):
        prepare([(report(saved()), {}), (report(saved()), given)])


def test_any_number_of_jobs_gives_the_same_bytes(saved, tmp_path):
    """Neither clock times, random ids, process numbers, addresses in memory nor paths of this machine are left."""
    sources = [
        "import warnings; warnings.warn('careful', UserWarning)",
        "import litreview; print(litreview.__file__)",
        "print(corpus); object()",
        "import litreview as lr; lr.room(lr.open_review())",  # a widget has a random id, and is gone with its kernel
    ]
    path = str(saved(*sources))
    hostile = f"'; open({str(tmp_path / 'made')!r}, 'w'); x='{{7*7}}"  # a parameter is a value, never code
    tasks = [Task(path, {"since": year, "corpus": hostile}, RUN | {"name": f"of-{year}"}) for year in range(2020, 2023)]
    alone, together = ({each.name: each for each in outcomes(tasks, jobs)} for jobs in (1, 3))
    assert alone == together
    assert not (tmp_path / "made").exists()
    page = alone["of-2020"].files["of-2020.html"]
    assert problems(page) == []
    assert "{7*7}" in page
    assert "careful" in page
    assert str(PROJECT.root) not in page + alone["of-2020"].files["of-2020.ipynb"]


FAILED = [
    ("raise ValueError('no <b>such</b> thing')", "ValueError: no &lt;b&gt;such&lt;/b&gt; thing", "Cell 3"),
    ("1 +", "SyntaxError", "Cell 3"),
    ("import sys; sys.exit(0)", "ended before this cell", "Cell 4"),  # papermill calls this success
    ("import os; os._exit(0)", "The kernel died", ""),  # papermill's record says "completed"
    ("from IPython.display import HTML; HTML('<table><tr><td>x</table>')", "a table has no caption", ""),
]


@pytest.mark.parametrize(("source", "message", "place"), FAILED)
def test_a_run_that_fails_gives_a_page_that_says_so_and_no_numbers(saved, source, message, place):
    outcome, page = ran(saved(source, "print('a number: 42')"))
    assert (bool(outcome.problem), list(outcome.files)) == (True, ["one.html"])
    assert message in page
    assert place in page
    assert "a number: 42</pre>" not in page or place == "Cell 4"
    assert problems(page) == []


def test_a_cell_that_takes_too_long_is_stopped(saved, monkeypatch):
    monkeypatch.setattr(execute, "CELL_SECONDS", 1)
    assert "took longer than 1 seconds" in ran(saved("import time; time.sleep(60)"))[0].problem


def test_a_kernel_is_warm_in_the_commands_folder_and_a_session_of_its_own_and_gives_tables_a_caption(
    saved, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.txt").write_text("x")
    loaded = "{'altair', 'nltk', 'pandas', 'sklearn'} <= set(sys.modules)"
    source = f"import os, sys; print({loaded}, os.path.exists('here.txt'), os.getsid(0) == os.getpid())"
    outcome, page = ran(saved(source, "import pandas as pd\npd.DataFrame({'a': [1, 2]})"))
    assert outcome.problem == ""
    assert ">True True True</pre>" in page
    assert "<caption>2 rows, 1 column</caption>" in page


SLOW = """import os, time
open({started!r} + f"{{os.getpid()}}-{{os.getppid()}}", "w").close()
time.sleep(600)"""
SCRIPT = """import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests themselves run in the background
if __name__ == "__main__":
    from litreview import commands
    from litreview.report import execute, kernels
    kernels._LOADED = [kernels.__name__]  # warm enough for a cell that sleeps
    execute.prepare = lambda *_: [execute.Task({path!r}, {{}}, {facts!r}) for _ in range(3)]
    sys.argv = ["litreview", "report", "--to", {folder!r}]
    commands.main()
"""


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended but not been waited for does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.fixture
def running(saved, tmp_path):
    """A command that makes reports which never end, in a session of its own; what it says goes to the file `said`."""
    (tmp_path / "started").mkdir()
    path = saved(SLOW.format(started=f"{tmp_path}/started/"))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(path=str(path), folder=str(tmp_path / "out"), facts=RUN))
    with (tmp_path / "said").open("w") as errors:  # a file: whoever is left over could keep a pipe open
        process = subprocess.Popen([sys.executable, str(script)], stderr=errors, start_new_session=True)
    yield process
    process.kill()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks the system which processes run")
@pytest.mark.parametrize("how", ["terminal", "interrupt", "kill"])
def test_what_stops_the_command_leaves_no_kernel_and_no_half_report(running, tmp_path, how):
    """A terminal interrupts the whole group; `kill -INT` only the process it names; `kill -9` asks nobody."""
    started = tmp_path / "started"
    assert waited(lambda: len(list(started.iterdir())) == 2, 60)
    processes = [int(pid) for mark in started.iterdir() for pid in mark.name.split("-")]  # kernels, what forks them
    (os.killpg if how == "terminal" else os.kill)(running.pid, signal.SIGKILL if how == "kill" else signal.SIGINT)
    assert running.wait(timeout=20) == (-signal.SIGKILL if how == "kill" else 130)
    assert (tmp_path / "said").read_text().strip() == ("" if how == "kill" else "Stopped. No report was changed.")
    assert not (tmp_path / "out").exists()
    assert waited(lambda: not any(alive(pid) for pid in processes), 20)


OWN = """import os, sys, tempfile
from pathlib import Path
from litreview.report.kernels import keep_own_folder
keep_own_folder(Path(sys.argv[1]))
print(tempfile.gettempdir(), flush=True)
sys.argv[2:] and os._exit(1)"""


def test_what_a_run_needs_for_a_while_lies_in_the_folder_of_reports_and_a_later_run_removes_it():
    def kept(folder, *killed):
        script = [sys.executable, "-c", OWN, str(folder), *killed]
        return Path(subprocess.run(script, stdout=subprocess.PIPE, text=True, check=False).stdout.strip())

    with tempfile.TemporaryDirectory() as short:
        left = kept(short, "killed")
        assert (str(left.parent), left.is_dir()) == (short, True)
        assert str(kept(short).parent) == short
        assert list(Path(short).iterdir()) == []
        (deep := Path(short) / ("d" * 100)).mkdir()  # the address of a socket in it would be too long
        assert kept(deep).parent != deep

import json

import pytest
from test_execute import ran


def printed(outcome) -> str:
    """What the last cell of an executed notebook wrote."""
    return "".join(json.loads(outcome.notebook)["cells"][-1]["outputs"][0]["text"]).strip()


def test_a_kernel_has_loaded_what_notebooks_import(saved):
    assert (
        printed(ran(saved("import sys; print({'altair', 'nltk', 'pandas', 'sklearn'} <= set(sys.modules))"))) == "True"
    )


def test_no_kernel_sees_what_another_did(saved):
    source = "import litreview; print(hasattr(litreview, 'mark')); litreview.mark = since"
    assert [printed(ran(saved(source))) for _ in range(2)] == ["False", "False"]


def test_a_kernel_works_in_the_folder_of_the_command(saved, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.txt").write_text("x")
    assert printed(ran(saved("import os; print(os.path.exists('here.txt'))"))) == "True"


def test_a_kernel_is_its_own_session_so_a_terminals_interrupt_passes_it_by(saved):
    assert printed(ran(saved("import os; print(os.getsid(0) == os.getpid())"))) == "True"


@pytest.mark.parametrize("status", [0, 3])
def test_a_kernel_that_ends_is_noticed(saved, status):
    assert "The kernel died" in ran(saved(f"import os; os._exit({status})")).problem


def test_where_the_fork_server_is_dead_a_kernel_of_its_own_starts(saved, monkeypatch):
    """As where a room of the library has a syntax error: the notebook then says what is wrong."""

    def dead(_arguments):
        raise EOFError("unexpected EOF")

    monkeypatch.setattr("litreview.report.kernels._Process", dead)
    assert printed(ran(saved("print('alive')"))) == "alive"

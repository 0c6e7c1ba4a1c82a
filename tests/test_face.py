"""`import litreview` is quick, reads nothing, and hands out its names when they are asked for."""

import subprocess
import sys

import pytest

import litreview as lr


@pytest.mark.parametrize("name", lr.__all__)
def test_every_name_can_be_had(name):
    assert getattr(lr, name) is not None
    assert name in dir(lr)


def test_an_unknown_name_is_an_attribute_error_that_lists_the_known():
    with pytest.raises(AttributeError, match="no attribute 'load_corpsu'.*load_corpus"):
        lr.load_corpsu  # noqa: B018


def test_importing_loads_no_heavy_package_and_opens_no_data():
    script = (
        "import sys, builtins, io, pathlib\n"
        "def refuse(self, *a, **k): raise SystemExit(f'opened {self}')\n"
        "pathlib.Path.open = pathlib.Path.read_bytes = pathlib.Path.read_text = refuse\n"
        "import litreview\n"
        "print(sorted({'pandas', 'altair', 'sklearn', 'scipy', 'pyarrow'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"

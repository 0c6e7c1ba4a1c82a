"""The wheel has all that a review needs: it makes one, and its reports, where no checkout is."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from litreview.paths import PROJECT

EXAMPLE = PROJECT.root / "examples" / "coastal-ecology" / "refs.ris"
BUILT_FROM = ("lib/litreview", "notebooks", "pyproject.toml", "README.md", "LICENSE")


def test_every_package_is_in_the_list_that_wheels_are_built_by():
    listed = tomllib.loads((PROJECT.root / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    library = PROJECT.root / "lib"
    there = {".".join(path.parent.relative_to(library).parts) for path in library.rglob("__init__.py")}
    assert {*listed} == there | {"litreview.notebooks"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked; it is built from a copy, for a build leaves files beside what it reads."""
    copy, folder = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        source, place = PROJECT.root / name, copy / name
        if source.is_dir():
            shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, place)
    words = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, copy]
    subprocess.run([sys.executable, "-m", "pip", *map(str, words)], check=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    shutil.rmtree(copy)
    return folder / "installed"


def test_a_review_and_its_reports_are_made_from_the_wheel_alone(installed, tmp_path):
    shutil.copy(EXAMPLE, tmp_path / "refs.ris")

    def python(*words: str, folder: Path = tmp_path) -> str:
        places = {"PYTHONPATH": str(installed), "LITREVIEW_REVIEW": ""}
        made = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, cwd=folder, env=os.environ | places, check=False
        )
        assert made.returncode == 0, made.stderr
        return made.stdout

    assert str(installed) in python("-c", "import litreview; print(litreview.__file__)")
    assert "105 papers" in python("-m", "litreview", "new", "shore", "refs.ris", "--title", "The living shore")
    shore = tmp_path / "shore"
    assert "1 of 1 reports made" in python("-m", "litreview", "report", "corpus", folder=shore)
    assert "The living shore" in (shore / "reports" / "corpus.html").read_text(encoding="utf-8")
    assert "notebooks/30-theme.ipynb" in python("-m", "litreview", "notebook", "30-theme", folder=shore)

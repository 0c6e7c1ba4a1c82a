"""The locks, pyproject.toml and environment.yml name the same packages, and no machine or registry.

The conda channel itself is not asked: what is compared here is names and bounds, not a solve.
"""

import re
import shutil
import subprocess
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
METADATA = tomllib.loads((PROJECT / "pyproject.toml").read_text())
NEEDED = METADATA["build-system"]["requires"] + METADATA["project"]["dependencies"]
EXTRAS = METADATA["project"]["optional-dependencies"]
WANTED = [Requirement(line) for line in NEEDED + EXTRAS["dask"] + EXTRAS["dev"]]
LOCKS = {name: (PROJECT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}
LOCK = "".join(LOCKS.values())
LOCKED = [Requirement(line) for line in re.findall(r"^([^\s#][^\\\n]*?) *\\?$", LOCK, flags=re.MULTILINE)]
HERE = {canonicalize_name(pin.name): pin for pin in LOCKED if pin.marker is None or pin.marker.evaluate()}
CONDA = yaml.safe_load((PROJECT / "environment.yml").read_text())
# Where conda-forge calls a package otherwise than the Python Package Index does.
CONDA_NAMES = {"jupyter_client": "jupyter-client", "playwright-python": "playwright"}
# Hosts of package registries, and folders of the machine that a file was written on.
FORBIDDEN = re.compile(
    r"file:/|(?<![\w.])/(?:home|root|tmp|work|Users)/\w|pypi\.org|pythonhosted|anaconda\.org|index-url[ =]+\S+:"
)


def pinned(pin: Requirement) -> str:
    """The version that an exact requirement names."""
    return next(iter(pin.specifier)).version


def conda_requirements() -> list[Requirement]:
    """environment.yml's packages, the pip part included, under their names on the Python Package Index."""
    *by_conda, by_pip = CONDA["dependencies"]
    found = [Requirement(line) for line in [*by_conda, *by_pip["pip"]] if line not in ("pip", "-e .")]
    for requirement in found:
        requirement.name = CONDA_NAMES.get(requirement.name, requirement.name)
    return found


def test_reports_need_the_first_lock_only_and_the_second_only_adds_to_it():
    first, second = ({*re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE)} for lock in LOCKS.values())
    assert {canonicalize_name(Requirement(line).name) for line in NEEDED} <= first
    assert not first & second


def test_the_lock_pins_one_exact_version_with_hashes_each_and_names_no_address():
    assert not re.search(r"file:|://|@|/|index-url|find-links", LOCK)
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", block), block[:120]


@pytest.mark.parametrize("requirement", WANTED, ids=str)
def test_every_dependency_has_a_lower_bound_and_the_lock_holds_it_within(requirement):
    assert [bound.operator for bound in requirement.specifier] == [">="]
    assert requirement.specifier.contains(pinned(HERE[canonicalize_name(requirement.name)]))


def test_the_installed_versions_are_the_locked_ones():
    installed = {canonicalize_name(each.name): each.version for each in distributions()}
    assert {name: installed.get(name) for name in HERE} == {name: pinned(pin) for name, pin in HERE.items()}


def test_environment_yml_names_the_packages_and_bounds_of_pyproject():
    python, *found = sorted(conda_requirements(), key=lambda one: (one.name != "python", one.name))
    assert str(python.specifier) == METADATA["project"]["requires-python"]
    assert {one.name: str(one.specifier) for one in found} == {one.name: str(one.specifier) for one in WANTED}


def test_environment_yml_is_written_as_conda_reads_it_and_installs_the_library_in_place():
    """Conda's own grammar for a name and a lower bound."""
    *lines, by_pip = CONDA["dependencies"]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9_-]+( >=\d+(\.\d+)*)?", line)] == []
    assert (by_pip["pip"][-1], CONDA["channels"]) == ("-e .", ["conda-forge"])


def tracked_files() -> list[Path]:
    """What git holds or would hold, text files only."""
    if not shutil.which("git") or not (PROJECT / ".git").exists():
        pytest.skip("needs git and a clone, to know which files belong to the project")
    command = ["git", "-C", str(PROJECT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.check_output(command, text=True)
    paths = [PROJECT / name for name in listing.split("\0") if name and not name.startswith("data/raw/")]
    return [path for path in paths if path.is_file() and path.suffix not in (".png", ".gz", ".xlsx", ".parquet")]


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    """Raw listings are left out: they are as received."""
    found = {path: FORBIDDEN.findall(path.read_text(errors="replace")) for path in tracked_files()}
    assert {path: words for path, words in found.items() if words and path != Path(__file__).resolve()} == {}

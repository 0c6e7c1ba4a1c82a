"""The locks, pyproject.toml and environment.yml name the same packages, and no machine or registry.

The conda channel itself is not asked: what is compared here is names and bounds, not a solve.
"""

import re
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
METADATA = tomllib.loads((PROJECT / "pyproject.toml").read_text())
WANTED = [
    Requirement(line)
    for line in (
        METADATA["build-system"]["requires"]
        + METADATA["project"]["dependencies"]
        + METADATA["project"]["optional-dependencies"]["dev"]
    )
]
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
    by_conda = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    by_pip = next(line["pip"] for line in CONDA["dependencies"] if isinstance(line, dict))
    found = [Requirement(line) for line in [*by_conda, *by_pip] if line not in ("pip", "-e .")]
    for requirement in found:
        requirement.name = CONDA_NAMES.get(requirement.name, requirement.name)
    return found


def test_the_second_lock_only_adds_to_the_first():
    first, second = (re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE) for lock in LOCKS.values())
    assert not set(first) & set(second)


def test_reports_need_the_first_lock_only():
    names = {line.partition("==")[0] for line in LOCKS["requirements.lock"].splitlines() if "==" in line}
    needed = METADATA["build-system"]["requires"] + METADATA["project"]["dependencies"]
    assert {canonicalize_name(Requirement(line).name) for line in needed} <= names


def test_the_lock_pins_one_exact_version_with_hashes_each_and_names_no_address():
    assert not re.search(r"file:|://|@|/|index-url|find-links", LOCK)
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", block), block[:120]


@pytest.mark.parametrize("requirement", WANTED, ids=str)
def test_the_lock_holds_every_dependency_within_its_bound(requirement):
    pin = HERE[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pinned(pin))


@pytest.mark.parametrize("requirement", WANTED, ids=str)
def test_every_dependency_has_a_lower_bound(requirement):
    assert [bound.operator for bound in requirement.specifier] == [">="]


def test_the_installed_versions_are_the_locked_ones():
    installed = {}
    for name in HERE:
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            installed[name] = "missing"
    assert installed == {name: pinned(pin) for name, pin in HERE.items()}


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
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [PROJECT / name for name in listing.split("\0") if name and not name.startswith("data/raw/")]
    return [path for path in paths if path.is_file() and path.suffix not in (".png", ".gz", ".xlsx", ".parquet")]


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    """Raw listings are left out: they are as received."""
    found = {
        str(path.relative_to(PROJECT)): match[0]
        for path in tracked_files()
        if path != Path(__file__).resolve()
        for match in [FORBIDDEN.search(path.read_text(errors="replace"))]
        if match
    }
    assert found == {}

"""The house stays in order: what lies where, which way imports point, how a notebook is built."""

import ast
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[1]
LIBRARY = PROJECT / "lib" / "litreview"
# Data flows down this list, so a package imports only what stands before it. A new one gets its place here.
ORDER = [
    *["errors", "schema", "paths", "text", "sources", "corpus", "themes", "evidence", "analysis", "charts", "exports"],
    *["report", "evaluation", "commands", "__main__"],
]
SOURCES = sorted(LIBRARY.rglob("*.py"))
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
CATALOG = yaml.safe_load((PROJECT / "notebooks" / "catalog.yml").read_text(encoding="utf-8"))
# Reading and writing is the library's task: a notebook that does it works on one machine only.
FILE_CALLS = {"open", "Path", "read_csv", "read_parquet", "read_json", "read_excel", "read_text", "to_csv", "save"}

# A page to look things up in is as long as its question; it needs no tale.
LOOK_UP = {"50-papers": "a card a paper: the text says how to read one, and the cards say the rest"}

every_module = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(LIBRARY).as_posix())
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def module_of(path: Path) -> str:
    """The module, or the package for a file inside one."""
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Dotted names of what a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "litreview":
            names |= {f"litreview.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or ".")
    return names


@pytest.mark.parametrize(
    "name",
    [
        *["README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", ".ci/run"],
        *["environment.yml", "pyproject.toml", "requirements.lock"],
        *[".pre-commit-config.yaml", ".gitattributes", ".editorconfig", ".gitignore"],
        *["data/README.md", "data/raw", "data/curated", "lib/litreview", "notebooks", "reports/README.md", "tests"],
    ],
)
def test_the_top_level_has_what_a_reader_looks_for(name):
    assert (PROJECT / name).exists()


@every_module
def test_imports_point_up_the_list(path):
    here = module_of(path)
    if here == "__init__":
        return  # it hands out names from everywhere, and loads them when they are asked for
    assert here in ORDER, f"give {here} its place in ORDER"
    above = {f"litreview.{name}" for name in ORDER[: ORDER.index(here) + 1]}
    ours = {".".join(name.split(".")[:2]) for name in imported(path) if name.split(".")[0] in ("litreview", "", ".")}
    assert ours <= above


@every_module
def test_only_charts_and_their_style_know_altair(path):
    assert module_of(path) == "charts" or not any(name.split(".")[0] == "altair" for name in imported(path))


@every_module
def test_a_module_is_named_after_what_it_gives(path):
    assert path.stem not in ("utils", "util", "helpers", "helper", "common", "misc", "tools")


def test_importing_the_library_loads_nothing_heavy():
    script = (
        "import litreview, sys; print(*sorted({'pandas', 'altair', 'nltk', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """The cells of one kind, in order."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def code_lines(cell: nbformat.NotebookNode) -> int:
    """Lines that do something: neither blank nor a comment."""
    skipped = ("#", "from ", "import ")
    return sum(1 for line in cell.source.splitlines() if line.strip() and not line.strip().startswith(skipped))


def nodes(path: Path) -> list[ast.AST]:
    """Every node of the notebook's code."""
    return [node for cell in cells(path, "code") for node in ast.walk(ast.parse(cell.source))]


@every_notebook
def test_a_notebook_is_committed_without_outputs(path):
    assert [cell.outputs for cell in cells(path, "code") if cell.outputs] == []
    assert {cell.execution_count for cell in cells(path, "code")} <= {None}


@every_notebook
def test_a_notebook_names_a_kernel_that_every_machine_has(path):
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"


@every_notebook
def test_a_notebook_has_one_cell_of_typed_commented_scalars_as_parameters(path):
    tagged = [cell for cell in cells(path, "code") if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    found = {}
    for node in ast.parse(tagged[0].source).body:
        assert isinstance(node, ast.AnnAssign), ast.unparse(node)
        assert isinstance(ast.literal_eval(node.value), str | int | float | bool), ast.unparse(node)
        assert "#" in tagged[0].source.splitlines()[node.lineno - 1], f"{ast.unparse(node)} has no comment"
        found[node.target.id] = (node.annotation.id, ast.literal_eval(node.value))
    assert found.items() >= {"corpus": ("str", ""), "since": ("int", 0), "until": ("int", 0)}.items()


@every_notebook
def test_a_notebook_stays_short(path):
    code = [code_lines(cell) for cell in cells(path, "code")]
    words = sum(len(cell.source.split()) for cell in cells(path, "markdown"))
    assert max(code) <= 8
    assert sum(code) <= 85
    fewest, shortest = (10, 300) if path.stem in LOOK_UP else (25, 600)
    assert fewest <= len(nbformat.read(path, as_version=4).cells) <= 45
    assert shortest <= words <= 1200


@every_notebook
def test_a_notebook_defines_nothing(path):
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert [ast.unparse(node) for node in nodes(path) if isinstance(node, defined)] == []


@every_notebook
def test_a_notebook_touches_no_files(path):
    names = {node.id for node in nodes(path) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    assert not (names | attributes) & FILE_CALLS
    texts = [node.value for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if text.startswith(("/", "./", "../", "~", "data/", "reports/"))] == []


@every_notebook
def test_a_notebook_asks_one_question_in_one_title(path):
    """Its first cell holds the only first-level heading, and the headings below go down one level at a time."""
    lines = [line for cell in cells(path, "markdown") for line in cell.source.splitlines()]
    levels = [len(line) - len(line.lstrip("#")) for line in lines if line.startswith("#")]
    assert cells(path, "markdown")[0].source.startswith("# ")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_catalogue_and_the_notebooks_name_each_other():
    assert {row["notebook"] for row in CATALOG} == {path.name for path in NOTEBOOKS}


def test_the_table_in_the_readme_is_the_catalogue():
    rows = [
        f"| {row['title']} | [{row['notebook']}](notebooks/{row['notebook']}) | {row['question']} |" for row in CATALOG
    ]
    lines = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "](notebooks/" in line and line.startswith("|")] == rows

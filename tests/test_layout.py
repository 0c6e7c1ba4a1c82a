"""The layout stays as designed: packages and their sizes, the way imports point, how a notebook is built."""

import ast
import io
import subprocess
import sys
import tokenize
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
import yaml

import litreview

PROJECT = Path(__file__).resolve().parents[1]
LIBRARY = PROJECT / "lib" / "litreview"
# Data flows down this list, so a package imports only what stands before it; and the most code lines of each: those of
# the design, but for text (320) and corpus (950, without the batches of worker processes, which it needs).
CEILINGS = {
    "errors": 60,
    "schema": 200,
    "paths": 60,
    "text": 333,
    "sources": 1400,
    "corpus": 1023,
    "evidence": 1400,
    "themes": 500,  # behind evidence, which tells what a paper does from background
    "judgement": 300,
    "analysis": 1000,
    "charts": 750,
    "exports": 280,
    "review": 100,
    "folders": 120,
    "report": 1300,
    "evaluation": 280,
    "reading_room": 350,
    "engine": 202,
    "commands": 450,
    "__init__": 100,
    "__main__": 10,
}
# Code lines: neither blank, nor a comment, nor a docstring.
MOST_LIBRARY, MOST_TESTS = 9500, 8500
SOURCES = sorted(LIBRARY.rglob("*.py"))
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
CATALOG = yaml.safe_load((PROJECT / "notebooks" / "catalog.yml").read_text(encoding="utf-8"))
# Reading and writing is the library's task: a notebook that does it works on one machine only.
FILE_CALLS = {"open", "Path", "read_csv", "read_parquet", "read_json", "read_excel", "read_text", "to_csv", "save"}

LOOK_UP = ("40-reading-room", "50-papers")  # a page to look things up in is as long as its question; it needs no tale

every_module = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(LIBRARY).as_posix())
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def package_of(path: Path) -> str:
    """The package of a file, or the module beside the packages."""
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(path.relative_to(LIBRARY.parent).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """Dotted names of what a file imports, wherever in the file, with the names that it takes from packages."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ".", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def size(path: Path) -> int:
    """Code lines: neither blank, nor a comment, nor part of a docstring."""
    text = path.read_text(encoding="utf-8")
    documented = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            documented |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    layout = {getattr(tokenize, name) for name in "COMMENT NL NEWLINE INDENT DEDENT ENDMARKER".split()}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    held = {line for token in tokens if token.type not in layout for line in range(token.start[0], token.end[0] + 1)}
    return len(held - documented)


def test_no_package_is_larger_than_its_ceiling():
    sizes: dict[str, int] = defaultdict(int)
    for path in SOURCES:
        sizes[package_of(path)] += size(path)
    assert {name: lines for name, lines in sizes.items() if lines > CEILINGS[name]} == {}
    assert sum(sizes.values()) <= MOST_LIBRARY


def test_the_tests_are_no_larger_than_their_ceiling():
    assert sum(map(size, TESTS)) <= MOST_TESTS


def test_a_package_has_at_most_13_files_and_7_modules_stand_beside_the_packages():
    files: dict[Path, list[str]] = defaultdict(list)
    for path in SOURCES:
        files[path.parent].append(path.name)
    assert {str(folder): len(names) for folder, names in files.items() if len(names) > 13} == {}
    assert len(files[LIBRARY]) <= 7, files[LIBRARY]


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_file_has_at_most_300_lines_of_at_most_120_columns(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300
    assert [number for number, line in enumerate(lines, start=1) if len(line) > 120] == []


def test_a_small_file_has_more_than_one_importer():
    users = {dotted(path): {dotted(user) for user in SOURCES if dotted(path) in imported(user)} for path in SOURCES}
    small = [path for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) < 50]
    modules = [dotted(path) for path in small if path.stem not in ("__init__", "__main__")]
    assert [name for name in modules if len(users[name]) == 1] == []


def test_no_public_name_stands_in_two_packages():
    homes: dict[str, set[str]] = defaultdict(set)
    for path in SOURCES:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].add(package_of(path))
    assert {name: sorted(packages) for name, packages in homes.items() if len(packages) > 1} == {}


@every_module
def test_imports_point_up_the_list(path):
    here = package_of(path)
    if here == "__init__":
        return  # it hands out names from everywhere, and loads them when they are asked for
    order = [*CEILINGS]
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("litreview.")}
    assert [name for name in ours & set(order) if order.index(name) > order.index(here)] == []


@every_module
def test_only_charts_and_reports_know_altair(path):
    known = {name.split(".")[0] for name in imported(path)}
    assert package_of(path) in ("charts", "report") or "altair" not in known


@every_module
def test_a_module_is_named_after_what_it_gives(path):
    assert path.stem not in ("utils", "util", "helpers", "helper", "common", "misc", "tools")


def test_every_module_can_be_imported_first():
    """Before the others of its package, that is: imports of other packages go one way, so their order is given."""
    script = """
import importlib, sys
for name in sys.argv[1:]:
    package = name.split(".")[:2]
    for known in [each for each in sys.modules if each.split(".")[:2] == package]:
        del sys.modules[known]
    importlib.import_module(name)
"""
    names = [dotted(path) for path in SOURCES if path.stem != "__main__"]
    subprocess.run([sys.executable, "-c", script, *names], check=True)


def test_no_package_hides_a_function_of_the_face():
    assert {package_of(path) for path in SOURCES} & set(litreview.FUNCTIONS) == set()


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
def test_a_notebook_is_committed_without_outputs_and_names_a_kernel_that_every_machine_has(path):
    assert [cell.outputs for cell in cells(path, "code") if cell.outputs] == []
    assert {cell.execution_count for cell in cells(path, "code")} <= {None}
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
    years, texts = dict.fromkeys(("since", "until"), ("int", 0)), dict.fromkeys(("corpus", "decided"), ("str", ""))
    assert found.items() >= (years | texts).items()


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

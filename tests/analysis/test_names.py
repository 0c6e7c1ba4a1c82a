"""The names that notebooks call as `lr.analysis.NAME`."""

import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

from litreview import analysis

MODULES = [module.name for module in pkgutil.iter_modules(analysis.__path__)]


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_leads_to_a_function(name):
    assert inspect.isfunction(getattr(analysis, name))
    assert name not in MODULES  # importing the module would hide the function


def test_no_public_name_is_in_two_modules():
    names = [
        name
        for module in MODULES
        for name, value in vars(importlib.import_module(f"litreview.analysis.{module}")).items()
        if inspect.isfunction(value) and value.__module__ == f"litreview.analysis.{module}" and name[0] != "_"
    ]
    assert sorted(names) == sorted(set(names))


def test_an_unknown_name_is_told_with_those_that_are_known():
    with pytest.raises(AttributeError, match=r"no attribute 'count'. It has .*counts"):
        _ = analysis.count


def test_importing_the_package_loads_nothing_heavy():
    script = "import litreview.analysis, sys; print({'pandas', 'nltk', 'sklearn'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )

"""The names that notebooks call as `lr.analysis.NAME`."""

import inspect
import pkgutil

import pytest

from litreview import analysis

MODULES = [module.name for module in pkgutil.iter_modules(analysis.__path__)]


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_leads_to_a_function(name):
    assert inspect.isfunction(getattr(analysis, name))
    assert name not in MODULES  # importing the module would hide the function


def test_an_unknown_name_is_told_with_those_that_are_known():
    with pytest.raises(AttributeError, match=r"no attribute 'count'. It has .*counts"):
        _ = analysis.count

"""The names that notebooks call as `lr.analysis.NAME`."""

import inspect
import pkgutil

import pytest

from litreview import analysis


def test_every_name_leads_to_a_function_that_no_module_hides():
    assert [name for name in analysis.__all__ if not inspect.isfunction(getattr(analysis, name))] == ["ENOUGH"]
    assert {module.name for module in pkgutil.iter_modules(analysis.__path__)}.isdisjoint(analysis.__all__)
    with pytest.raises(AttributeError, match=r"no attribute 'count'. It has .*counts"):
        _ = analysis.count

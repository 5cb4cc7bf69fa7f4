"""The examples in the docstrings run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import journey

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(journey.__path__, "journey.")
    if module.name != "journey.__main__"
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    """Each module is imported and its examples are run."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0

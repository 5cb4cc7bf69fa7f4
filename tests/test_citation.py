"""How to cite the package: the file beside the README."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

import journey

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def citation():
    """What the file says."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_it_has_what_the_format_requires(citation):
    """Citation File Format 1.2.0: version of the format, message, title and authors."""
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    for key in ("message", "title", "abstract"):
        assert isinstance(citation[key], str)
        assert citation[key].strip()


def test_it_has_no_key_that_the_format_does_not_know(citation):
    """And nothing that only a published release has."""
    assert set(citation) == {
        *("cff-version", "message", "type", "title", "abstract", "version"),
        *("authors", "license", "keywords"),
    }


def test_the_authors_are_those_of_the_licence(citation):
    """As a group: no person is named."""
    assert citation["authors"] == [{"name": "The journey authors"}]
    assert citation["authors"][0]["name"] in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_version_is_that_of_the_package(citation):
    """As text, as the format has it."""
    assert citation["version"] == journey.__version__


def test_licences_and_keywords_are_those_of_the_package(citation):
    """That of the code: a list would say that one may choose."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["license"] == project["license"].split(" AND ")[0]
    assert citation["keywords"] == project["keywords"]

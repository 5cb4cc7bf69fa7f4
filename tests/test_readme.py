"""What the README says is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from journey.scenario_file import load_scenario
from tests.readme_tables import OFFICIAL_KM, README, renewed

TEXT = README.read_text(encoding="utf-8")


def blocks(language):
    """The code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_table_of_lengths_is_what_the_network_gives(network):
    """``python -m tests.readme_tables`` renews it."""
    assert renewed(TEXT, network) == TEXT


@pytest.mark.parametrize(("places", "official_km"), OFFICIAL_KM.items())
def test_routes_have_their_official_length(network, places, official_km):
    """Within 0.3 km."""
    assert network.route(*places).length_km == pytest.approx(official_km, abs=0.3)


def test_the_python_runs(tmp_path):
    """The ten lines do what they say, in a folder of their own."""
    (code,) = blocks("python")
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert "857.9" in told.stdout
    assert "Khasan" in told.stdout
    assert (tmp_path / "map.html").stat().st_size > 100_000


def test_the_scenario_is_one(tmp_path, network):
    """The TOML block loads and simulates."""
    (toml,) = blocks("toml")
    path = tmp_path / "scenario.toml"
    path.write_text(toml, encoding="utf-8")
    scenario = load_scenario(path)
    assert len(scenario.simulate(network, draws=10).windows()) > len(scenario.stops)


def test_the_first_screen_has_exactly_two_set_up_commands():
    """One to make the map, one to run the tests."""
    first_screen = "\n".join(TEXT.splitlines()[:40])
    commands = re.findall(r"```sh\n(.*?)```", first_screen, flags=re.DOTALL)
    assert [shlex.split(command) for command in commands] == [
        ["python", "-m", "pip", "install", "-e", ".", "&&", "journey", "map"],
        ["python", "-m", "pip", "install", "-e", ".[test]", "&&", "pytest"],
    ]


def test_everything_that_is_linked_is_there():
    """Pictures and files."""
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", TEXT):
        assert (README.parent / target).exists(), target

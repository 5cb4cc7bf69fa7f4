"""What the README says is so."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys

import pytest

from journey import run_train
from journey.cli import run
from journey.export import FORMATS as EXPORTS
from journey.report import FORMATS as REPORTS
from journey.scenario_file import load_scenario
from tests.readme_tables import OFFICIAL_KM, README, renewed
from tests.references import constant_acceleration, profiles

TEXT = README.read_text(encoding="utf-8")


def run_python(code, folder):
    """Run a block in a folder of its own and return what it says."""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    )
    return told.stdout


def blocks(language):
    """The code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_tables_are_what_the_program_gives(network):
    """``python -m tests.readme_tables`` renews them."""
    assert renewed(TEXT, network) == TEXT


@pytest.mark.parametrize("case", profiles(), ids=lambda case: case.name)
def test_running_times_are_those_of_the_references(case):
    """Within the stated error, given the three decimals of the reference, and 0.05 %."""
    found = run_train(case.path, case.train, "dynamics")
    assert found.error_s < 1e-6
    assert abs(found.running_time_s - case.exact_s) <= found.error_s + 0.0005
    assert found.running_time_s == pytest.approx(case.exact_s, rel=5e-4)


@pytest.mark.parametrize("case", constant_acceleration(), ids=lambda case: case.name)
def test_constant_acceleration_is_exact(case):
    """Within the stated error, given the four decimals of the reference, and 0.01 s."""
    found = run_train(case.path, case.train, "profile")
    assert found.error_s < 1e-6
    assert abs(found.running_time_s - case.exact_s) <= found.error_s + 0.00005
    assert found.running_time_s == pytest.approx(case.exact_s, abs=0.01)


@pytest.mark.parametrize(("places", "official_km"), OFFICIAL_KM.items())
def test_routes_have_their_official_length(network, places, official_km):
    """Within 0.3 km."""
    assert network.route(*places).length_km == pytest.approx(official_km, abs=0.3)


def test_the_python_runs(tmp_path):
    """The ten lines do what they say, in a folder of their own."""
    code = blocks("python")[0]
    told = run_python(code, tmp_path)
    assert "857.9" in told
    assert "Khasan" in told
    assert (tmp_path / "map.html").stat().st_size > 100_000


@pytest.mark.long
def test_the_python_of_the_map_runs(tmp_path):
    """The window of the last station, after a change."""
    (code,) = (block for block in blocks("python") if "journey.Change" in block)
    assert "Vostochny Cosmodrome" in run_python(code, tmp_path)


@pytest.mark.long
def test_the_python_of_the_charts_runs(tmp_path):
    """Each chart is there."""
    (code,) = (block for block in blocks("python") if "charts.save_chart" in block)
    run_python(code, tmp_path)
    named = re.findall(r'"([\w-]+\.(?:svg|png))"', code)
    assert len(named) == 6
    assert all((tmp_path / name).stat().st_size > 10_000 for name in named)


@pytest.mark.long
@pytest.mark.parametrize(
    "command", re.findall(r"^journey (?:report|export) --to \w+", TEXT, flags=re.MULTILINE)
)
def test_documents_and_data_are_written(command, tmp_path):
    """By the commands as they stand, in a folder of their own."""
    told = subprocess.run(
        [sys.executable, "-m", *command.split()],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    path = tmp_path / told.stdout.strip()
    assert path.parent == tmp_path / "output"
    assert path.stat().st_size > 20_000


@pytest.mark.long
@pytest.mark.parametrize("block", [b for b in blocks("sh") if "journey reach" in b])
def test_the_commands_of_reach_and_networks_run(block, tmp_path):
    """One after another as they stand, in a folder of their own."""
    (tmp_path / "tests").symlink_to(README.parent / "tests")
    for line in block.splitlines():
        if line.startswith("journey "):
            command = [sys.executable, "-m", *shlex.split(line)]
            told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
            assert told.stdout


def test_the_python_of_ways_runs(tmp_path):
    """By Rajin, inland, and as far as Bureya."""
    (code,) = (block for block in blocks("python") if "journey.Router" in block)
    assert run_python(code, tmp_path).splitlines() == ["[132, 295]", "295", "Bureya"]


def test_every_format_has_its_command():
    """Five of reports, six of exports."""
    commands = re.findall(r"^journey (report|export) --to (\w+)", TEXT, flags=re.MULTILINE)
    assert [to for what, to in commands if what == "report"] == list(REPORTS)
    assert [to for what, to in commands if what == "export"] == list(EXPORTS)


def test_the_python_for_runs_runs(tmp_path):
    """A running time and its error."""
    (code,) = (block for block in blocks("python") if "run_train" in block)
    running_s, error_s = map(float, run_python(code, tmp_path).split()[:2])
    assert running_s > 3600
    assert error_s < 1e-6


@pytest.mark.parametrize("number", [0, 1, 2, 4])
def test_the_scenarios_are_some(tmp_path, network, number):
    """The TOML blocks load and simulate."""
    path = tmp_path / "scenario.toml"
    path.write_text(blocks("toml")[number], encoding="utf-8")
    scenario = load_scenario(path)
    assert len(scenario.simulate(network, draws=10).windows()) > len(scenario.stops)


def test_the_rival_goes_with_any_scenario(tmp_path):
    """A table of its own."""
    path = tmp_path / "scenario.toml"
    path.write_text(blocks("toml")[1] + blocks("toml")[3], encoding="utf-8")
    (rival,) = load_scenario(path).rivals
    assert (rival.scenario, rival.weight) == ("vladivostok-2023", pytest.approx(0.3))


def test_the_sightings_are_read_from_csv(tmp_path):
    """Three are placed, and what cannot be is told."""
    (tmp_path / "reports.csv").write_text(blocks("csv")[0], encoding="utf-8")
    (code,) = (block for block in blocks("python") if "load_sightings" in block)
    placed, left_out = run_python(code, tmp_path).splitlines()
    assert placed == "['Pyongyang', 'Khasan', '13.5 km around A bridge']"
    assert left_out.startswith("(\"row 5: place 'Near the border' is no station of the network; g")


def test_the_train_and_the_path_run(tmp_path, capsys):
    """The two files of the README, with its command."""
    (tmp_path / "train.toml").write_text(blocks("toml")[5], encoding="utf-8")
    (tmp_path / "path.csv").write_text(blocks("csv")[1], encoding="utf-8")
    command = next(
        line for block in blocks("sh") for line in block.split("\n") if "runtime" in line
    )
    arguments = [
        str(tmp_path / part) if part.endswith((".toml", ".csv")) else part
        for part in shlex.split(command)[1:]
    ]
    assert run([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["length_km"] == 42.0


def test_the_what_if_computes_what_it_says(tmp_path, monkeypatch, capsys):
    """27 cases and the base, in the file and on the terminal."""
    monkeypatch.chdir(tmp_path)
    (command,) = (block for block in blocks("sh") if "whatif" in block)
    assert run(shlex.split(command)[1:]) == 0
    assert "28 cases are in grid.csv" in capsys.readouterr().err
    lines = (tmp_path / "grid.csv").read_text(encoding="utf-8").splitlines()
    assert len({line.split(",")[1] for line in lines[1:]}) == 28


def test_the_python_for_what_if_runs(tmp_path):
    """The base and six cases."""
    (code,) = (block for block in blocks("python") if "journey.Normal" in block)
    told = run_python(code, tmp_path)
    assert "normal 59 +- 4 in 45..70" in told
    assert told.count("6:00") == 3


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

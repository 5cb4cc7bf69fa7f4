"""``journey runtime``: the running time of a train on a path, for people and machines."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.as_json import runtime_document
from journey.cli import run
from journey.kinematics import run_train
from journey.kinematics.run import Run
from journey.path_file import load_path
from journey.runtime import Runtime
from journey.train_file import load_train
from tests.test_cli import journey

TRAIN = """\
mass_t = 420
rotating_mass_factor = 1.06
length_m = 175
max_speed_kmh = 120
braking_mps2 = 0.4
resistance = [6000, 180, 11]
tractive_effort = [[0, 280000], [30, 270000], [50, 165000], [80, 103000], [120, 69000]]
"""
STEADY = """\
mass_t = 420
max_speed_kmh = 108
acceleration_mps2 = 0.25
braking_mps2 = 0.5
"""
PATH = """\
start_m,limit_kmh,gradient_permil
0,60,0
12000,100,6
30000,80,-4
42000,,
"""


@pytest.fixture
def write(tmp_path):
    """Write a file and give its path as text."""

    def to_file(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return to_file


@pytest.fixture
def told(capsys):
    """What the command says as JSON of a train and a path."""

    def by(train, path, *options):
        assert run(["runtime", "--train", train, "--path", path, "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    return by


def test_the_document_follows_the_published_format(write, told):
    """Every key, in order; dynamics where the effort is known."""
    document = told(write("train.toml", TRAIN), write("path.csv", PATH))
    assert list(document) == [
        "schema",
        "running_time_s",
        "error_s",
        "max_speed_kmh",
        "energy_kwh",
        "train",
        "running",
        "length_km",
        "dwell_s",
    ]
    assert document["schema"] == "journey.runtime/1"
    assert (document["train"], document["running"]) == ("train", "dynamics")
    assert (document["length_km"], document["dwell_s"]) == (42.0, 0.0)
    assert document["error_s"] == 0.001
    # No faster than the limits, no slower than a train that brakes and accelerates at 0.1 m/s².
    at_limits_s = 3.6 * (12_000 / 60 + 18_000 / 100 + 12_000 / 80)
    assert at_limits_s < document["running_time_s"] < at_limits_s + 300
    assert 90 < document["max_speed_kmh"] <= 100
    # The train is lifted 60 m; speed and resistance come on top of that.
    assert document["energy_kwh"] > 420e3 * 9.80665 * (18 * 6 - 12 * 4) / 3.6e6


def test_the_time_is_that_of_the_run(write, told):
    """To the millisecond, with its bound."""
    train, path = write("train.toml", TRAIN), write("path.csv", PATH)
    document = told(train, path)
    exact = run_train(load_path(path), load_train(train).at())
    assert abs(document["running_time_s"] - exact.running_time_s) <= document["error_s"]
    assert document["energy_kwh"] == pytest.approx(exact.energy_j / 3.6e6, abs=1e-3)


def test_a_steady_train_takes_what_a_pocket_calculator_gives(write, told):
    """From rest to 108 km/h at 0.25 m/s² and back at 0.5 m/s²: length over speed, and 90 s."""
    path = write("path.csv", "start_m,limit_kmh\n0,200\n50000,\n")
    document = told(write("train.toml", STEADY), path)
    assert document["running"] == "profile"
    assert document["energy_kwh"] is None
    expected_s = 50_000 / 30 + 30 / 2 / 0.25 + 30 / 2 / 0.5
    assert abs(document["running_time_s"] - expected_s) <= document["error_s"] == 0.001
    cruise = told(write("train.toml", STEADY), path, "--running", "cruise")
    assert abs(cruise["running_time_s"] - 50_000 / 30) <= cruise["error_s"]


def test_a_dwell_is_told_apart(write, told):
    """Two steady halves, and the time between them is not running time."""
    path = write("path.csv", "start_m,limit_kmh,dwell_s\n0,200,\n25000,200,300\n50000,,\n")
    document = told(write("train.toml", STEADY), path)
    assert document["dwell_s"] == 300
    assert abs(document["running_time_s"] - (50_000 / 30 + 2 * 90)) <= document["error_s"]


def test_a_part_of_the_path_heeds_what_lies_behind(write, told):
    """The rear is still under the lower limit: 175 m of it at 60 km/h, without acceleration."""
    train, path = write("train.toml", TRAIN), write("path.csv", PATH)
    part = told(train, path, "--from-m", "12000", "--to-m", "13000.5", "--running", "cruise")
    assert part["length_km"] == 1.0005
    expected_s = 3.6 * (175 / 60 + (1000.5 - 175) / 100)
    assert abs(part["running_time_s"] - expected_s) <= part["error_s"]


def test_an_uncertain_train_has_a_fastest_and_a_slowest(write, told):
    """The readiest gains and loses speed as quickly as can be: v/2a and v/2b on length over v."""
    path = write("path.csv", "start_m,limit_kmh\n0,72\n10000,\n")
    train = write(
        "train.toml",
        'mass_t = 500\nmax_speed_kmh = 100\nlength_m = "100..300"\n'
        'braking_mps2 = "0.4..0.8"\nacceleration_mps2 = "0.1..0.2"\n',
    )
    document = told(train, path)
    assert document["running_time_low_s"] == pytest.approx(500 + 10 / 0.2 + 10 / 0.8, abs=1e-3)
    assert document["running_time_s"] == pytest.approx(500 + 10 / 0.15 + 10 / 0.6, abs=1e-3)
    assert document["running_time_high_s"] == pytest.approx(500 + 10 / 0.1 + 10 / 0.4, abs=1e-3)


def test_where_the_heaviest_train_stalls_there_is_no_slowest(write, told, capsys):
    """The median one arrives; the others are said to stall, and where."""
    train = write("train.toml", TRAIN.replace("420", '"300..420..3000"'))
    path = write("path.csv", "start_m,limit_kmh,gradient_permil\n0,60,0\n3000,60,20\n9000,,\n")
    document = told(train, path)
    assert document["running_time_high_s"] is None
    assert document["running_time_low_s"] <= document["running_time_s"]
    assert "stalls at" in document["stall"]
    assert run(["runtime", "--train", train, "--path", path]) == 0
    assert "Not every such train arrives" in capsys.readouterr().out


def test_a_train_that_stalls_is_one_line_and_status_2(write, capsys):
    """With the file, the chainage and the remedy."""
    path = write("steep.csv", "start_m,limit_kmh,gradient_permil\n0,60,0\n500,60,90\n9000,,\n")
    train = write("train.toml", TRAIN)
    assert run(["runtime", "--train", train, "--path", path]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"journey: {train} on {path}: ")
    assert "the train stalls at" in told.err
    assert "expected less mass" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--train", "armored"], "did you mean armoured"),
        (["--train", "none.toml"], "none.toml: No such file"),
        (["--path", "none.csv"], "none.csv: No such file"),
        (["--path", ""], "directory"),
        (["--running", "flight"], "flight"),
        (["--running", "profile"], "acceleration_mps2: missing from train"),
        (["--from-m", "42000"], "path.csv: from_m 42000, to_m 42000: expected 0 to 42000 m"),
        (["--to-m", "nan"], "path.csv: from_m 0, to_m nan: expected 0 to 42000 m"),
        (["--to-m", "far"], "far"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(write, capsys, options, expected):
    """On stderr; nothing on stdout."""
    usual = {"--train": write("train.toml", TRAIN), "--path": write("path.csv", PATH)}
    chosen = usual | dict([options])
    assert run(["runtime", *(word for pair in chosen.items() for word in pair)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("journey: ")
    assert expected in told.err


def test_train_and_path_must_be_named(capsys):
    """The one that is missing is said."""
    assert run(["runtime", "--train", "diesel"]) == 2
    assert "--path" in capsys.readouterr().err


def test_people_get_a_short_table(write, capsys):
    """Time with its error, speeds, energy, and what of the train was reported or assumed."""
    assert run(["runtime", "--train", "armoured", "--path", write("path.csv", PATH)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    for words in (
        "Armoured train, an estimate",
        "± 0.001 s",
        "Mean speed while running",
        "Energy at the wheel rim",
        "760 to 1,900 t, most likely 1,215 assumed, no mass is published",
        "80 km/h reported by BBC",
        "0.5 to 2 times that, most likely 1",
    ):
        assert words in told
    assert "Acceleration" not in told


def test_what_steers_a_terminal_or_a_table_is_not_heeded(write):
    """Escapes are replaced, and markup stands as it was written."""
    evil = "[red]R[/red][/nothing]\\u001b[31m\\u202e"
    train = TRAIN.replace("length_m = 175", f'length_m = {{value = 175, reason = "{evil}"}}')
    train = write("evil.toml", f'name = "{evil}"\n{train}')
    shown = journey("runtime", "--train", train, "--path", write("path.csv", PATH))
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.count("[red]R[/red][/nothing]") == 2
    assert not {"\x1b", "\u202e"} & set(shown.stdout)


@given(
    st.floats(1e-3, 1e7),
    st.floats(0, 1e-2),
)
def test_the_true_time_is_never_further_than_the_printed_error(time_s, error_s):
    """Whatever the computed time is, and wherever within its bound the true one lies."""
    run_ = Run(
        np.array([0.0, 1000.0]),
        np.array([0.0, time_s]),
        np.array([0.0, 0.0]),
        0.0,
        np.array(error_s),
    )
    document = runtime_document(
        Runtime(load_train("diesel"), "dynamics", run_, time_s, time_s, None)
    )
    printed, bound = (Fraction(str(document[key])) for key in ("running_time_s", "error_s"))
    for true_s in (Fraction(time_s) - Fraction(error_s), Fraction(time_s) + Fraction(error_s)):
        assert abs(true_s - printed) <= bound
    assert bound <= Fraction(error_s) + Fraction(2, 1000)

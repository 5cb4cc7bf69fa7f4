"""A train is checked once, where it is made."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from journey import InputError, load_train, run_train
from tests.running_cases import LEVEL, TRAIN

NAN, INF = math.nan, math.inf
KMH = 1 / 3.6
EXPECTED_ORDER = "expected increasing speeds, with one effort each"
EXPECTED_POINT = "expected a speed of 0 to 600 km/h, and a finite effort of 0 N or more"


def test_a_train_without_effort_or_acceleration_can_be():
    """Which of the two it needs, the model says."""
    assert replace(TRAIN, effort=(), acceleration_mps2=None).effort == ()


def test_it_may_gain_and_lose_speed_at_once():
    """Infinite rates are the limit in which a profile is a cruise."""
    assert replace(TRAIN, acceleration_mps2=INF, braking_mps2=INF).braking_mps2 == INF


def test_resistance_may_fall_with_speed_as_long_as_it_is_never_below_zero():
    """A linear term below zero is found in measured formulas."""
    assert replace(TRAIN, resistance=(9000.0, -100.0, 5.0)).resistance[1] == -100.0


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"mass_kg": 0.0}, "mass_t 0: expected above 0, at most 100000 t"),
        ({"mass_kg": -1e5}, "mass_t -100: expected above 0, at most 100000 t"),
        ({"mass_kg": NAN}, "mass_t nan: expected above 0, at most 100000 t"),
        ({"mass_kg": 4e8}, "mass_t 400000: expected above 0, at most 100000 t"),
        ({"max_speed_mps": 0.0}, "max_speed_kmh 0: expected above 0, at most 600 km/h"),
        ({"max_speed_mps": 1600 * KMH}, "max_speed_kmh 1600: expected above 0, at most 600 km/h"),
        ({"max_speed_mps": INF}, "max_speed_kmh inf: expected above 0, at most 600 km/h"),
        ({"braking_mps2": 0.0}, "braking_mps2 0: expected above 0, at most 10 m/s²"),
        ({"braking_mps2": -0.4}, "braking_mps2 -0.4: expected above 0, at most 10 m/s²"),
        ({"braking_mps2": NAN}, "braking_mps2 nan: expected above 0, at most 10 m/s²"),
        ({"acceleration_mps2": 0.0}, "acceleration_mps2 0: expected above 0, at most 10 m/s²"),
        ({"acceleration_mps2": 500}, "acceleration_mps2 500: expected above 0, at most 10 m/s²"),
        ({"length_m": -1.0}, "length_m -1: expected 0 to 10000 m"),
        ({"length_m": INF}, "length_m inf: expected 0 to 10000 m"),
        ({"length_m": NAN}, "length_m nan: expected 0 to 10000 m"),
        (
            {"rotating_mass_factor": 0.06},
            (
                "rotating_mass_factor 0.06: expected 1 to 2, such as 1.06; it is the mass with its "
                "rotating parts over the mass alone"
            ),
        ),
        (
            {"resistance": (1.0, 2.0)},
            "resistance [1.0, 2.0]: expected three finite numbers r0, r1, r2",
        ),
        (
            {"resistance": (1.0, 2.0, NAN)},
            "resistance [1.0, 2.0, nan]: expected three finite numbers r0, r1, r2",
        ),
        (
            {"effort": ((0.0, 2e5), (10.0, 1e5), (10.0, 9e4))},
            f"tractive_effort [36, 90000] after [36, 100000]: {EXPECTED_ORDER}",
        ),
        (
            {"effort": ((10.0, 2e5), (5.0, 1e5))},
            f"tractive_effort [18, 100000] after [36, 200000]: {EXPECTED_ORDER}",
        ),
        (
            {"effort": ((0.0, 200.0), (10.0, 100.0))},
            "tractive_effort of 200 N at most: expected 1000 to 1e+08 N; is it in kN?",
        ),
        (
            {"effort": ((0.0, 2e9),)},
            "tractive_effort of 2e+09 N at most: expected 1000 to 1e+08 N; is it in kN?",
        ),
        ({"effort": ((-1.0, 2e5),)}, f"tractive_effort [-3.6, 200000]: {EXPECTED_POINT}"),
        (
            {"effort": ((0.0, 2e5), (300.0, 1e5))},
            f"tractive_effort [1080, 100000]: {EXPECTED_POINT}",
        ),
        ({"effort": ((NAN, 2e5),)}, f"tractive_effort [nan, 200000]: {EXPECTED_POINT}"),
        ({"effort": ((0.0, NAN),)}, f"tractive_effort [0, nan]: {EXPECTED_POINT}"),
        ({"effort": ((0.0, INF),)}, f"tractive_effort [0, inf]: {EXPECTED_POINT}"),
        ({"effort": ((0.0, -5.0),)}, f"tractive_effort [0, -5]: {EXPECTED_POINT}"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(about, message):
    """The message names the key of a train file, its value in the unit there, and what fits."""
    with pytest.raises(InputError) as told:
        replace(TRAIN, **about)
    assert str(told.value) == message


@pytest.mark.parametrize(
    "resistance", [(-1.0, 0.0, 0.0), (5.0, 0.0, -0.1), (100.0, -10.0, 0.0), (100.0, -50.0, 1.0)]
)
def test_resistance_never_pushes(resistance):
    """Below zero at rest, at the highest speed or between is refused."""
    with pytest.raises(InputError, match="of 0 or more at every speed"):
        replace(TRAIN, resistance=resistance)


def test_an_estimate_is_no_train():
    """It must first be said which of the trains it may be."""
    with pytest.raises(InputError, match=r"train: a TrainEstimate: expected a Train, .*at\(\)"):
        run_train(LEVEL, load_train("diesel"))

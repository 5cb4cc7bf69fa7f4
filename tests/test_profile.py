"""Constant acceleration and braking: exact."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from journey import InputError, RunningPath, run_train
from tests import oracle
from tests.references import constant_acceleration
from tests.running_cases import TRAIN, changed, few, many, paths, trains
from tests.stepper import step_along

# 0.3 m/s² up and 0.4 m/s² down, and no length: easy to work out by hand.
POINT = replace(TRAIN, length_m=0.0, acceleration_mps2=0.3, braking_mps2=0.4, max_speed_mps=100.0)


def seconds(path, train=POINT):
    """Running time of a profile."""
    return float(run_train(path, train, "profile").running_time_s)


def test_start_cruise_brake():
    """Up to 24 m/s in 80 s and 960 m, down in 60 s and 720 m, and 3320 m between at 24 m/s."""
    assert seconds(RunningPath.of([0, 5000], 24.0)) == pytest.approx(80 + 60 + 3320 / 24, rel=1e-14)


def test_a_short_run_never_reaches_its_limit():
    """Over 1050 m it peaks where 0.3 and 0.4 m/s² meet: at √360 m/s."""
    peak_mps = math.sqrt(2 * 1050 / (1 / 0.3 + 1 / 0.4))
    run = run_train(RunningPath.of([0, 1050], 90.0), POINT, "profile")
    assert float(run.max_speed_mps) == pytest.approx(peak_mps, rel=1e-14)
    assert float(run.running_time_s) == pytest.approx(peak_mps / 0.3 + peak_mps / 0.4, rel=1e-14)


def test_it_brakes_for_a_lower_limit_and_leaves_it_when_its_rear_has():
    """From 24 m/s to 8 in 640 m before 3000 m, 8 m/s for 1000 m and its length, and up again."""
    path = RunningPath.of([0, 3000, 4000, 9000], [24.0, 8.0, 24.0])
    run = run_train(path, replace(POINT, length_m=200.0), "profile")
    assert run.speed_at([2360.0, 3000.0, 4200.0]) == pytest.approx([24.0, 8.0, 8.0])
    assert run.speed_at(4200.0 + (24**2 - 8**2) / 0.6) == pytest.approx(24.0)
    first_s = 80 + (3000 - 960 - 640) / 24 + (24 - 8) / 0.4
    last_s = (24 - 8) / 0.3 + (9000 - 4200 - 512 / 0.6 - 720) / 24 + 60
    assert float(run.running_time_s) == pytest.approx(first_s + 1200 / 8 + last_s, rel=1e-14)


def test_limits_may_fall_faster_than_the_train_can_brake():
    """Braking for the last of three steep steps begins before the first."""
    path = RunningPath.of([0, 2000, 2010, 2020, 3000], [30.0, 25.0, 20.0, 5.0])
    run = run_train(path, POINT, "profile")
    assert run.speed_at([2000.0, 2010.0, 2020.0]) == pytest.approx(
        [math.sqrt(25 + 0.8 * left_m) for left_m in (20.0, 10.0, 0.0)]
    )


def test_a_stop_costs_braking_and_starting():
    """A stop on a long line takes (v/a + v/b) / 2 more than passing, without its dwell."""
    path = RunningPath.of([0, 50_000], 24.0)
    stopping = changed(path, stop_m=[20_000.0], dwell_s=300.0)
    assert seconds(stopping) - seconds(path) == pytest.approx((80 + 60) / 2, rel=1e-12)


def test_it_needs_an_acceleration():
    """The message names the key, the train and the remedy."""
    with pytest.raises(InputError) as told:
        run_train(RunningPath.of([0, 1], 9.0), replace(TRAIN, acceleration_mps2=None), "profile")
    assert str(told.value) == (
        "acceleration_mps2: missing from train 'plain'; running = \"profile\" needs it: add it, "
        "or choose another running"
    )


@pytest.mark.parametrize("case", constant_acceleration(), ids=lambda case: case.name)
def test_published_cases(case):
    """Within 0.01 s of the exact time, and not beyond the bound but for the time's own rounding."""
    run = run_train(case.path, case.train, "profile")
    off_s = abs(float(run.running_time_s) - case.exact_s)
    assert off_s <= 0.01
    assert off_s <= run.error_s + 0.00005
    assert math.ceil(run.running_time_s) == case.published_s["railsim"]


def test_a_published_train_longer_than_the_slow_sections_that_it_leaves():
    """MATSim's RailsimEngineTest.testVaryingSpeedOne: whole seconds, rounded up.

    500 m of train, sections of 200 m at 10 km/h; it comes to the last one after 7599 s and to its
    end after 7674 s. Without regard to its rear that would be 7387 s.
    """
    bounds_m = np.cumsum([0, 200, 50_000, 200, 50_000, 200])
    limits_mps = [2.77778, 13.8889, 2.77778, 13.8889, 2.77778]
    train = replace(POINT, length_m=500.0, acceleration_mps2=0.5, braking_mps2=0.5)
    run = run_train(RunningPath.of(bounds_m, limits_mps, start_m=200.0), train, "profile")
    assert [math.ceil(run.time_at(place_m)) for place_m in bounds_m[-2:]] == [7599, 7674]


@many
@given(paths(), trains())
def test_the_bound_covers_the_difference_to_exact_arithmetic(path, train):
    """Fractions for squares of speeds, forty digits for their roots."""
    run = run_train(path, train, "profile")
    assert abs(mpf(float(run.running_time_s)) - oracle.profile_s(path, train)) <= run.error_s


def test_the_bound_is_small_on_a_long_journey():
    """Below a microsecond for 1,200 km in 200 sections with 6 stops."""
    rng = np.random.default_rng(3)
    bounds_m = np.linspace(0.0, 1.2e6, 201)
    limits = rng.choice([11.0, 16.7, 22.0, 33.0], 200)
    path = RunningPath.of(bounds_m, limits, stop_m=bounds_m[20:190:30])
    assert len(path.stop_m) == 6
    assert run_train(path, TRAIN, "profile").error_s < 1e-6


@pytest.mark.parametrize("running", ["cruise", "profile"])
@few
@given(path=paths(), draws=st.integers(1, 5), seed=st.integers(0, 9))
def test_many_draws_are_each_as_if_alone(running, path, draws, seed):
    """Limits of many draws at once give the times of each, within the bounds of both."""
    factors = np.random.default_rng(seed).uniform(0.3, 1.0, (draws, len(path.limit_mps)))
    together = run_train(changed(path, limit_mps=factors * path.limit_mps), TRAIN, running)
    for draw, row in enumerate(factors):
        alone = run_train(changed(path, limit_mps=row * path.limit_mps), TRAIN, running)
        off_s = abs(together.running_time_s[draw] - alone.running_time_s)
        assert off_s <= together.error_s[draw] + alone.error_s


@few
@given(paths(), trains())
def test_gains_and_losses_without_bound_make_a_cruise(path, train):
    """Both infinite: the limits themselves, to the last digit."""
    at_once = replace(train, acceleration_mps2=math.inf, braking_mps2=math.inf)
    profile, cruise = run_train(path, at_once, "profile"), run_train(path, train, "cruise")
    assert profile.time_s.tolist() == cruise.time_s.tolist()
    assert profile.speed_mps.tolist() == cruise.speed_mps.tolist()


@few
@given(paths(), trains())
def test_a_cruise_takes_each_stretch_at_its_limit(path, train):
    """The sum of lengths over limits."""
    cells = oracle.cells_of(path, train)
    exact_s = sum((cell.end_m - cell.start_m) / cell.limit for cell in cells)
    cruise = run_train(path, train, "cruise")
    assert abs(oracle.exact(exact_s) - mpf(float(cruise.running_time_s))) <= cruise.error_s


@few
@given(paths(), trains(), st.sampled_from(["acceleration_mps2", "braking_mps2"]))
def test_one_rate_may_be_infinite(path, train, key):
    """It is the limit of ever higher rates."""
    at_once = run_train(path, replace(train, **{key: math.inf}), "profile")
    nearly = run_train(path, replace(train, **{key: 10.0}), "profile")
    # Gaining or losing v within no time saves at most v / a, once for each cell and rate.
    most_s = train.max_speed_mps / 10.0 * 2 * len(at_once.time_s)
    assert -nearly.error_s <= nearly.running_time_s - at_once.running_time_s <= most_s


@pytest.mark.parametrize("first_m", [0.0, 5e3, 1e6])
def test_rounding_never_turns_a_train_back_or_makes_it_faster(first_m):
    """Over millimetres and metres, here and a thousand kilometres away, for many draws."""
    rng = np.random.default_rng(8)
    bounds_m = first_m + np.cumsum(10 ** rng.uniform(-3.0, 2.0, 60))
    path = RunningPath.of(bounds_m, rng.uniform(0.3, 5.0, (200, 59)))
    run = run_train(path, TRAIN, "profile")
    assert (np.diff(run.chainage_m) >= 0).all()
    assert (np.diff(run.time_s) >= 0).all()
    near_m = np.concatenate([np.nextafter(bounds_m[1:], 0.0), np.nextafter(bounds_m[:-1], 1e9)])
    beyond_m = rng.uniform(bounds_m[0], bounds_m[-1], 1000)
    speeds_mps = run.speed_at(np.concatenate([near_m, beyond_m, bounds_m]))
    assert (speeds_mps <= run.max_speed_mps[:, None]).all()
    assert (speeds_mps >= 0).all()


def test_small_steps_come_near_it_as_they_get_smaller():
    """Halving the step of the plainest stepper about halves the difference."""
    path = RunningPath.of(
        [0, 800, 1500, 3000, 3600, 5000], [20.0, 8.0, 25.0, 12.0, 30.0], stop_m=[2200.0]
    )
    exact_s = seconds(path, TRAIN)
    steps_s = (0.4, 0.2, 0.1, 0.05)
    off_s = [abs(step_along(path, TRAIN, each, constant=True) - exact_s) for each in steps_s]
    ratios = np.array(off_s[1:]) / off_s[:-1]
    assert ((ratios > 0.4) & (ratios < 0.65)).all()
    assert off_s[-1] < 1e-3 * exact_s

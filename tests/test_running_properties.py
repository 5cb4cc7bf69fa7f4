"""What holds for any train on any path, whatever the model.

Two runs of one train, on the plane of chainage and speed, cannot cross: where they meet they have
the same acceleration, and go on as one. So whatever lowers the ceiling, or the acceleration at
every speed, lowers the speed at every place and can only take longer. These claims hold exactly,
and so to the sum of both bounds for what is computed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journey import RunningPath, StalledError, run_train
from tests.running_cases import (
    CLIMBS,
    MODELS,
    changed,
    few,
    near_balance,
    paths,
    time_and_error_s,
    trains,
    weaker,
)

MOVING = ("profile", "dynamics")


def runs_of(path, train, running):
    """A run; a train that stalls is no case."""
    try:
        return run_train(path, train, running)
    except StalledError:
        return assume(condition=False)


def check_never_faster(slower, faster, running):
    """A path and a train take at least as long as others, or stall; also if the others do."""
    slow_s, slow_error_s = time_and_error_s(*slower, running)
    fast_s, fast_error_s = time_and_error_s(*faster, running)
    assert slow_s >= fast_s - slow_error_s - fast_error_s


@pytest.mark.parametrize("running", MOVING)
@few
@given(path=paths(), train=trains())
def test_no_part_of_the_train_is_ever_above_a_limit(running, path, train):
    """From where the front reaches a limit to where the rear leaves it; and above its own never."""
    run = runs_of(path, train, running)
    places_m = np.concatenate([run.chainage_m, np.linspace(path.start_m, path.chainage_m[-1], 99)])
    speeds_mps = run.speed_at(places_m)
    assert (speeds_mps <= train.max_speed_mps * (1 + 1e-12)).all()
    for low_m, high_m, limit in zip(
        path.chainage_m[:-1], path.chainage_m[1:], path.limit_mps, strict=True
    ):
        under = (places_m >= low_m) & (places_m <= high_m + train.length_m)
        assert (speeds_mps[under] <= limit + 1e-8).all()


@pytest.mark.parametrize("running", MODELS)
@few
@given(path=paths(), train=trains())
def test_a_run_goes_forward_and_stands_at_its_stops(running, path, train):
    """Neither chainage nor time decreases; each stop has its dwell, and the train is at rest."""
    run = runs_of(path, train, running)
    assert (np.diff(run.chainage_m) >= 0).all()
    assert (np.diff(run.time_s) >= 0).all()
    assert run.chainage_m[[0, -1]].tolist() == [path.start_m, path.chainage_m[-1]]
    assert run.speed_mps[[0, -1]].tolist() == [0.0, 0.0]
    dwell_s = run.time_at(path.stop_m, leaving=True) - run.time_at(path.stop_m)
    assert dwell_s == pytest.approx(path.dwell_s, abs=1e-9)
    if running in MOVING:
        assert not run.speed_at(path.stop_m).any()


@pytest.mark.parametrize("running", MOVING)
@few
@given(path=paths(), train=trains())
def test_speed_is_gained_and_lost_as_the_train_can(running, path, train):
    """Between two knots by no more than acceleration, effort and gradient, or the brakes, allow."""
    run = runs_of(path, train, running)
    gained_mps, lasting_s = np.diff(run.speed_mps), np.diff(run.time_s)
    rise = fall = 9.80665 * np.abs(path.gradient).max() / train.rotating_mass_factor
    rise += max(force for _, force in train.effort) / train.mass_kg / train.rotating_mass_factor
    r0, r1, r2 = train.resistance
    fastest = train.max_speed_mps
    fall += (r0 + fastest * (r1 + fastest * r2)) / train.mass_kg / train.rotating_mass_factor
    if running == "profile":
        rise, fall = train.acceleration_mps2, train.braking_mps2
    assert (gained_mps <= rise * lasting_s * (1 + 1e-9) + 1e-7).all()
    assert (gained_mps >= -max(fall, train.braking_mps2) * lasting_s * (1 + 1e-9) - 1e-7).all()


@few
@given(paths(), trains(), st.lists(st.floats(0, 1), min_size=1))
def test_places_and_times_of_dynamics_are_inverse(path, train, shares):
    """Where the front is at the time at which it is somewhere is there."""
    run = runs_of(path, train, "dynamics")
    places_m = path.start_m + np.sort(shares) * (path.chainage_m[-1] - path.start_m)
    times_s = run.time_at(places_m)
    assert run.position_at(times_s) == pytest.approx(places_m, rel=0, abs=1e-7)
    assert (np.diff(times_s) >= 0).all()


@pytest.mark.parametrize("running", MODELS)
@few
@given(path=paths(), train=trains(), data=st.data())
def test_a_lower_limit_is_never_faster(running, path, train, data):
    """Also if it is lower on one section only."""
    factors = data.draw(
        st.lists(st.floats(0.3, 1.0), min_size=path.limit_mps.size, max_size=path.limit_mps.size)
    )
    lower = changed(path, limit_mps=path.limit_mps * factors)
    check_never_faster((lower, train), (path, train), running)


@pytest.mark.parametrize("running", MODELS)
@few
@given(path=paths(), train=trains(), more_m=st.sampled_from([0.001, 1.0, 300.0, 3000.0]))
def test_a_longer_train_is_never_faster(running, path, train, more_m):
    """Its rear leaves lower limits later."""
    longer = replace(train, length_m=train.length_m + more_m)
    check_never_faster((path, longer), (path, train), running)


@pytest.mark.parametrize("running", MOVING)
@few
@given(path=paths(), train=trains(), part=st.floats(0.3, 1.0))
def test_weaker_brakes_are_never_faster(running, path, train, part):
    """Braking begins earlier."""
    worse = replace(train, braking_mps2=part * train.braking_mps2)
    check_never_faster((path, worse), (path, train), running)


@few
@given(paths(), trains(), st.floats(0.3, 1.0))
def test_less_acceleration_is_never_faster(path, train, part):
    """In a profile."""
    worse = replace(train, acceleration_mps2=part * train.acceleration_mps2)
    check_never_faster((path, worse), (path, train), "profile")


@few
@given(st.one_of(near_balance(), st.tuples(paths(), trains())), st.floats(0.7, 1.0))
def test_a_weaker_effort_is_never_faster(case, part):
    """At every speed it accelerates less, or slows down more."""
    path, train = case
    check_never_faster((path, weaker(train, part)), (path, train), "dynamics")


@few
@given(
    st.one_of(near_balance(), st.tuples(paths(), trains())),
    st.tuples(st.floats(0.0, 0.01), st.floats(0.0, 1e-3), st.floats(0.0, 1e-4)),
)
def test_more_resistance_is_never_faster(case, more):
    """Neither more of it at rest nor more with speed."""
    path, train = case
    parts = zip(train.resistance, more, strict=True)
    resisting = replace(train, resistance=tuple(old + train.mass_kg * new for old, new in parts))
    check_never_faster((path, resisting), (path, train), "dynamics")


@few
@given(paths(), trains(), st.floats(0.0, 0.02))
def test_a_steeper_climb_is_never_faster(path, train, more):
    """Nor a gentler descent: weight slows the train more at every speed."""
    steeper = changed(path, gradient=path.gradient + more)
    check_never_faster((steeper, train), (path, train), "dynamics")


@few
@given(paths(CLIMBS), trains(), st.floats(1.0, 2.0))
def test_more_mass_is_never_faster_without_a_descent(path, train, factor):
    """On a line that only climbs, no speed is reached that effort is not enough for on the level.

    So effort less resistance is never below zero, and more mass makes less of it; weight slows
    any mass alike. After a descent it would not hold: there a heavier train is slowed less by a
    resistance that does not grow with its mass.
    """
    heavier = replace(train, mass_kg=factor * train.mass_kg)
    check_never_faster((path, heavier), (path, train), "dynamics")


@pytest.mark.parametrize("running", MODELS)
@few
@given(path=paths(), train=trains(), shares=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4))
def test_splitting_sections_changes_nothing(running, path, train, shares):
    """A bound with the same limit and gradient on both sides is none."""
    within_m = path.chainage_m[0] + np.array(shares) * np.ptp(path.chainage_m)
    bounds_m = np.union1d(path.chainage_m, within_m)
    cell = np.searchsorted(path.chainage_m, bounds_m[:-1], "right") - 1
    split = changed(
        path, chainage_m=bounds_m, limit_mps=path.limit_mps[cell], gradient=path.gradient[cell]
    )
    split_s, split_error_s = time_and_error_s(split, train, running)
    whole_s, whole_error_s = time_and_error_s(path, train, running)
    assert split_s == whole_s or abs(split_s - whole_s) <= split_error_s + whole_error_s


@few
@given(paths(), trains())
def test_only_ratios_of_forces_and_mass_count(path, train):
    """Twice the mass, effort and resistance make the same run, to the last digit."""
    run = runs_of(path, train, "dynamics")
    twice = replace(
        weaker(train, 2.0),
        mass_kg=2 * train.mass_kg,
        resistance=tuple(2 * each for each in train.resistance),
    )
    same = run_train(path, twice)
    assert same.time_s.tolist() == run.time_s.tolist()
    assert same.energy_j == pytest.approx(2 * run.energy_j)


@few
@given(paths(st.just(0.0)), trains())
def test_constant_effort_without_resistance_is_a_profile(path, train):
    """On the level, within the bounds of both."""
    acceleration = train.effort[0][1] / (train.mass_kg * train.rotating_mass_factor)
    plain = replace(
        train, effort=train.effort[:1], resistance=(0.0, 0.0, 0.0), acceleration_mps2=acceleration
    )
    by_effort, by_rate = (run_train(path, plain, running) for running in ("dynamics", "profile"))
    off_s = abs(by_effort.running_time_s - by_rate.running_time_s)
    # The acceleration given to the profile is itself rounded.
    assert off_s <= by_effort.error_s + by_rate.error_s + 1e-15 * by_rate.running_time_s


@few
@given(paths(), trains())
def test_a_profile_backwards_takes_as_long(path, train):
    """A train without length, from the end to the start, its acceleration and braking exchanged."""
    there = replace(train, length_m=0.0)
    back = replace(
        there, acceleration_mps2=train.braking_mps2, braking_mps2=train.acceleration_mps2
    )
    whole = changed(path, start_m=path.chainage_m[0])
    mirrored = RunningPath.of(
        -whole.chainage_m[::-1], whole.limit_mps[::-1], stop_m=-whole.stop_m[::-1]
    )
    one, other = run_train(whole, there, "profile"), run_train(mirrored, back, "profile")
    assert abs(one.running_time_s - other.running_time_s) <= one.error_s + other.error_s


@few
@given(paths(st.just(0.0)), trains())
def test_on_the_level_without_resistance_work_is_kinetic_energy(path, train):
    """That of every gain of speed; what is braked away is lost."""
    run = run_train(path, replace(train, resistance=(0.0, 0.0, 0.0)))
    inertia_kg = train.mass_kg * train.rotating_mass_factor
    gained = np.diff(run.speed_mps**2).clip(0)
    assert run.energy_j == pytest.approx(inertia_kg / 2 * gained.sum(), rel=1e-9)

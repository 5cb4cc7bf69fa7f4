"""Tractive effort, resistance and gradient: by hand, by forty digits, and by small steps."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from mpmath import mp, mpf

from journey import InputError, RunningPath, StalledError, Train, run_train
from journey.kinematics.traction import NARROWER, Traction
from tests import oracle
from tests.references import profiles
from tests.running_cases import (
    LEVEL,
    TRAIN,
    changed,
    few,
    many,
    near_balance,
    paths,
    time_and_error_s,
    trains,
)
from tests.stepper import step_along

G = 9.80665
# 100 t with 10 t in rotation, 55 kN at any speed, no resistance: half a metre per second squared.
SIMPLE = replace(
    TRAIN,
    mass_kg=100_000.0,
    rotating_mass_factor=1.1,
    length_m=0.0,
    resistance=(0.0, 0.0, 0.0),
    effort=((0.0, 55_000.0),),
    braking_mps2=0.4,
)


def seconds(path, train):
    """Running time by effort."""
    return float(run_train(path, train, "dynamics").running_time_s)


def slope_for(deceleration_mps2):
    """Gradient by which weight slows SIMPLE by so much."""
    return math.tan(math.asin(deceleration_mps2 * SIMPLE.rotating_mass_factor / G))


def climbing():
    """A train of 1 MW, and the climb that takes it up at 10 m/s."""
    speeds = np.linspace(5.0, 40.0, 71)
    train = replace(SIMPLE, effort=tuple((v, 1e6 / v) for v in speeds.tolist()))
    return train, math.tan(math.asin(100_000 / (train.mass_kg * G)))


def stalled_m(path, train):
    """Chainage at which a train stalls, as its error says it."""
    with pytest.raises(StalledError) as told:
        run_train(path, train, "dynamics")
    return 1000 * float(re.search(r"stalls at km (\S+) on a gradient of", str(told.value))[1])


def test_constant_effort_on_the_level_is_constant_acceleration():
    """55 kN give 110 t half a metre per second squared."""
    constant = run_train(LEVEL, replace(SIMPLE, acceleration_mps2=0.5), "profile")
    assert seconds(LEVEL, SIMPLE) == pytest.approx(float(constant.running_time_s), rel=1e-12)


@pytest.mark.parametrize("permil", [-20.0, 10.0, 30.0])
def test_a_gradient_acts_by_its_sine_on_the_mass_without_rotating_parts(permil):
    """It takes g sin(atan i), divided by the rotating mass factor, from the acceleration."""
    pull = (0.55 - G * math.sin(math.atan(permil / 1000))) / 1.1
    constant = run_train(LEVEL, replace(SIMPLE, acceleration_mps2=pull), "profile")
    path = changed(LEVEL, gradient=permil / 1000)
    assert seconds(path, SIMPLE) == pytest.approx(float(constant.running_time_s), rel=1e-11)


def test_braking_is_the_same_on_any_gradient():
    """Uphill and downhill, from 20 m/s the train brakes over 500 m."""
    for gradient in (-0.02, 0.02):
        run = run_train(changed(LEVEL, limit_mps=20.0, gradient=gradient), SIMPLE)
        assert run.speed_at([4499.0, 4500.0, 4750.0]) == pytest.approx([20, 20, math.sqrt(200)])


def test_effort_that_falls_in_a_line_approaches_a_speed_like_an_exponential():
    """With 0.5 m/s² at rest and none at 40 m/s, 30 m/s take 80 ln 4 s."""
    train = replace(SIMPLE, effort=((0.0, 55_000.0), (40.0, 0.0)))
    start_s = 80 * math.log(4)
    cruise_m = 20_000 - (40 * start_s - 80 * 30) - 30**2 / 0.8
    path = RunningPath.of([0, 20_000], 30.0)
    assert seconds(path, train) == pytest.approx(start_s + cruise_m / 30 + 75, rel=1e-12)


def test_resistance_by_the_square_of_speed_makes_a_hyperbolic_tangent():
    """Effort and resistance are equal at 50 m/s; 30 m/s take 100 artanh 0.6 s."""
    train = replace(SIMPLE, resistance=(0.0, 0.0, 22.0))
    start_s, start_m = 100 * math.atanh(0.6), -2500 * math.log(1 - 0.6**2)
    cruise_m = 20_000 - start_m - 30**2 / 0.8
    path = RunningPath.of([0, 20_000], 30.0)
    assert seconds(path, train) == pytest.approx(start_s + cruise_m / 30 + 75, rel=1e-12)


def test_effort_is_constant_below_the_first_point_and_above_the_last():
    """A curve that is known from 10 to 20 m/s is continued on both sides."""
    known = ((10.0, 60_000.0), (20.0, 40_000.0))
    continued = ((0.0, 60_000.0), *known, (50.0, 40_000.0))
    path = changed(LEVEL, limit_mps=30.0)
    assert seconds(path, replace(SIMPLE, effort=known)) == pytest.approx(
        seconds(path, replace(SIMPLE, effort=continued)), rel=1e-13
    )


def test_points_on_a_line_with_their_neighbours_change_nothing():
    """A curve in steps of 1 km/h is the same curve."""
    speeds = np.linspace(0.0, 40.0, 145)
    efforts = np.interp(speeds, *zip(*TRAIN.effort, strict=True))
    fine = replace(TRAIN, effort=tuple(zip(speeds.tolist(), efforts.tolist(), strict=True)))
    assert seconds(LEVEL, fine) == pytest.approx(seconds(LEVEL, TRAIN), rel=1e-12)


def test_on_a_climb_a_train_slows_to_the_speed_at_which_forces_are_equal():
    """Effort of 1 MW at speed and a climb that takes 100 kN: 10 m/s in the end."""
    train, climb = climbing()
    run = run_train(RunningPath.of([0, 5000, 40_000], 30.0, [0.0, climb]), train)
    assert run.speed_at([5000.0, 35_000.0]) == pytest.approx([30.0, 10.0])


def test_a_train_without_momentum_enough_stalls_where_it_is_used_up():
    """From 20 m/s at km 5, slowed by 0.1 m/s² in spite of its effort, it comes 2 km far."""
    path = RunningPath.of([0, 5000, 9000], 20.0, [0.0, slope_for(0.6)])
    assert stalled_m(path, SIMPLE) == pytest.approx(7000.0, abs=0.5)


def test_a_train_with_momentum_enough_does_not():
    """Over a top after 1.9 km it comes with the root of 20 m²/s²."""
    path = RunningPath.of([0, 5000, 6900, 9000], 20.0, [0.0, slope_for(0.6), 0.0])
    assert run_train(path, SIMPLE).speed_at(6900.0) == pytest.approx(math.sqrt(20.0))


def test_a_train_that_cannot_start_stalls_at_the_start():
    """On the first metre, whether its effort is less than its weight or just the same."""
    for deceleration in (0.5, 0.6):
        path = RunningPath.of([300, 5000], 20.0, slope_for(deceleration) * (1 + 1e-15))
        assert stalled_m(path, SIMPLE) == 300.0


def test_a_train_that_cannot_start_again_stalls_at_its_stop():
    """It passes a climb by its momentum, but not from a stop on it."""
    climb = [0.0, slope_for(0.6), 0.0]
    path = RunningPath.of([0, 5000, 6900, 9000], 20.0, climb, stop_m=[6000.0])
    assert stalled_m(path, SIMPLE) == 6000.0


def test_the_error_of_a_train_that_stalls_is_one_line_with_a_remedy():
    """It says where, on what gradient, why, and what would help."""
    with pytest.raises(StalledError) as told:
        run_train(RunningPath.of([300, 5000], 20.0, 0.2), SIMPLE)
    assert str(told.value) == (
        "the train stalls at km 0.300 on a gradient of 200 ‰: its tractive effort is no more than "
        "resistance and weight there; expected less mass, a gentler gradient or more effort"
    )


def test_a_train_that_slows_towards_a_stand_for_ever_stalls_too():
    """Effort for rest alone and resistance by speed: 10 m/s last for 1 km, but no end of time."""
    train = replace(SIMPLE, effort=((0.0, 55_000.0),), resistance=(0.0, 1100.0, 0.0))
    path = RunningPath.of([0, 2000, 9000], 10.0, [0.0, slope_for(0.5)])
    assert stalled_m(path, train) == pytest.approx(3000.0, abs=0.5)


def test_a_train_whose_effort_is_just_its_resistance_stalls():
    """At rest forces are equal, and it never moves."""
    assert stalled_m(LEVEL, replace(SIMPLE, resistance=(55_000.0, 0.0, 0.0))) == 0.0


def test_a_train_that_only_crawls_stalls():
    """Effort and resistance are equal at a hundredth of a millimetre per second."""
    train = replace(SIMPLE, effort=((0.0, 55_000.0), (10.0, 0.0)), resistance=(54_999.945, 0, 0))
    assert stalled_m(LEVEL, train) == pytest.approx(0.0, abs=0.5)


def test_a_climb_may_slow_a_train_by_more_than_its_brakes_would():
    """From 20 m/s at 0.9 m/s² for 100 m, then less than a braking curve of 0.4 m/s² allows."""
    path = RunningPath.of([0, 5000, 5100, 5500], 20.0, [0.0, slope_for(1.4), 0.0])
    run = run_train(path, SIMPLE)
    top = math.sqrt(400 - 180)
    peak = math.sqrt((top**2 / 0.5 + 2 * 400) / (1 / 0.5 + 1 / 0.4))
    assert run.speed_at([5000.0, 5100.0]) == pytest.approx([20.0, top])
    start_s, climb_s = 40 + (5000 - 400) / 20, (20 - top) / 0.9
    last_s = (peak - top) / 0.5 + peak / 0.4
    assert float(run.running_time_s) == pytest.approx(start_s + climb_s + last_s, rel=1e-12)


@pytest.mark.parametrize("short_mps2", [1e-12, 1e-6, 1e-4, 1e-3, 0.01])
@pytest.mark.parametrize("gain_per_s", [0.01, 0.1, 0.3])
def test_a_train_may_fall_behind_its_braking_curve_and_meet_it_again(short_mps2, gain_per_s):
    """On a climb before a stop, effort at 15 m/s falls a little short, at less speed it does not.

    To the bound of the exact time: it must not jump ahead to the curve that it fell behind.
    """
    strong = ((5.0, 50_000 + 1_500_000 * gain_per_s), (20.0, 50_000.0))
    train = replace(SIMPLE, rotating_mass_factor=1.0, effort=strong, braking_mps2=0.1)
    climb = math.tan(math.asin((0.5 + 5 * gain_per_s + 0.1 + short_mps2) / G))
    path = RunningPath.of([0, 8000, 8000 + 15**2 / 0.2], 25.0, [0.0, climb])
    run = run_train(path, train)
    assert run.speed_at(8000.0) == pytest.approx(15.0)
    off_s = abs(mpf(float(run.running_time_s)) - oracle.Dynamics(path, train).time_s)
    assert off_s <= run.error_s < 1e-7


def test_braking_over_many_sections_takes_a_piece_for_each():
    """Rounding at their bounds does not make a train leave its braking curve."""
    bounds_m = np.append(0.0, np.sort(np.random.default_rng(5).uniform(4300.0, 5000.0, 40)))
    path = RunningPath.of(bounds_m + 1e6, 25.0)
    run = run_train(path, replace(SIMPLE, effort=((0.0, 99_000.0),)))
    braked_m = run.chainage_m[run.chainage_m > path.chainage_m[-1] - 25**2 / 0.8]
    # The last one twice: on arrival, and standing.
    assert braked_m.tolist() == [*path.chainage_m[1:], path.chainage_m[-1]]


def test_brakes_of_no_length_are_the_limit_of_strong_ones():
    """Infinite braking: at the limit up to the stop."""
    train = replace(SIMPLE, braking_mps2=math.inf)
    path = RunningPath.of([0, 5000, 9000], [20.0, 10.0], stop_m=[4000.0])
    expected_s = 2 * (40 - 20) + 4000 / 20 + 1000 / 20 + 4000 / 10
    assert seconds(path, train) == pytest.approx(expected_s, rel=1e-12)


def test_work_on_the_level_without_resistance_is_kinetic_energy():
    """110 t at 25 m/s, as often as the train starts, and nothing back from braking."""
    path = changed(LEVEL, stop_m=[2500.0])
    assert run_train(path, SIMPLE).energy_j == pytest.approx(2 * 110_000 / 2 * 25**2, rel=1e-12)


def test_work_up_a_climb_is_that_of_its_height_too():
    """Up to where braking begins, and the speed that is braked away there."""
    path = changed(LEVEL, limit_mps=20.0, gradient=0.02)
    height_m = (5000 - 500) * math.sin(math.atan(0.02))
    work_j = 110_000 / 2 * 20**2 + 100_000 * G * height_m
    assert run_train(path, SIMPLE).energy_j == pytest.approx(work_j, rel=1e-10)


def test_work_against_resistance_is_that_of_its_way():
    """1,000 N up to where braking begins; while braking, resistance helps."""
    train = replace(SIMPLE, resistance=(1000.0, 0.0, 0.0))
    work_j = 110_000 / 2 * 25**2 + 1000 * (5000 - 25**2 / 0.8)
    assert run_train(LEVEL, train).energy_j == pytest.approx(work_j, rel=1e-10)


def test_no_work_is_done_downhill_with_the_brakes_on():
    """A slope that gives more than resistance takes, at a steady speed, needs no effort."""
    short = run_train(RunningPath.of([0, 5000], 20.0, -0.01), SIMPLE)
    long = run_train(RunningPath.of([0, 9000], 20.0, -0.01), SIMPLE)
    assert long.energy_j == pytest.approx(short.energy_j)


def test_it_needs_an_effort():
    """The message names the key, the train and the remedy."""
    with pytest.raises(InputError) as told:
        run_train(LEVEL, replace(TRAIN, effort=()))
    assert str(told.value) == (
        "tractive_effort: missing from train 'plain'; running = \"dynamics\" needs it: add it, or "
        "choose another running"
    )


def test_it_takes_one_draw_at_a_time():
    """Limits of many are refused with a word about it."""
    with pytest.raises(InputError, match='running = "dynamics" takes one at a time'):
        run_train(changed(LEVEL, limit_mps=[[9.0], [8.0]]), TRAIN)


@pytest.mark.parametrize("case", profiles(), ids=lambda case: case.name)
def test_published_cases(case):
    """Within 0.05 % of the converged time, and not beyond the bound but for the time's rounding."""
    run = run_train(case.path, case.train)
    off_s = abs(float(run.running_time_s) - case.exact_s)
    assert off_s <= 0.0005 * case.exact_s
    assert off_s <= run.error_s + 0.0005


@pytest.mark.parametrize("case", profiles()[1:6:3], ids=lambda case: case.name)
def test_published_cases_to_forty_digits(case):
    """Effort curves of 120 and 160 points: within a bound of a tenth of a microsecond."""
    run, exact = run_train(case.path, case.train), oracle.Dynamics(case.path, case.train)
    assert abs(mpf(float(run.running_time_s)) - exact.time_s) <= run.error_s < 1e-7


@pytest.mark.parametrize(("permil", "accelerated_m"), [(0.0, [2726, 8292]), (20.0, [4380, 8827])])
def test_published_places_where_acceleration_ends(permil, accelerated_m):
    """OSRD's MaxEffortEnvelopeTest, testFlat and testSteep: 850 t, 44.4 m/s, a stop at 6 km.

    Acceleration ends at the limit or, on the climb, where braking begins. Its g is 9.81 m/s²,
    its places are good to a metre.
    """
    train = Train(
        "standard",
        mass_kg=850_000.0,
        max_speed_mps=300 / 3.6,
        braking_mps2=0.5,
        length_m=400.0,
        rotating_mass_factor=1.05,
        resistance=(5525.0, 244.8, 13.2192),
        effort=((0.0, 450_000.0), (300 / 3.6, 180_000.0)),
    )
    path = RunningPath.of([0, 10_000], 44.4, permil / 1000, stop_m=[6000.0])
    run = run_train(path, train)
    after = run.chainage_m > 6000.0
    for leg, place_m in zip((~after, after), accelerated_m, strict=True):
        fastest = run.speed_mps[leg].argmax()
        assert run.chainage_m[leg][fastest] == pytest.approx(place_m, abs=1.2)


def exact_run(path, train):
    """The oracle's run, or where it stalls; a train that hardly moves is no case."""
    try:
        exact = oracle.Dynamics(path, train)
    except oracle.StalledError as stalled:
        return stalled
    assume(exact.slowest_balance > 1e-3)
    return exact


def check_against(exact, path, train):
    """The same end: a stall at the same place, or a time within its bound."""
    if isinstance(exact, oracle.StalledError):
        assert stalled_m(path, train) == pytest.approx(exact.at_m, abs=0.501)
    else:
        run = run_train(path, train)
        assert abs(mpf(float(run.running_time_s)) - exact.time_s) <= run.error_s


@many
@given(paths(), trains())
def test_the_bound_covers_the_difference_to_forty_digits(path, train):
    """Weak trains, rising efforts, steep climbs, millimetres: within `error_s`, or stalled."""
    check_against(exact_run(path, train), path, train)


@many
@given(near_balance())
def test_the_bound_covers_the_difference_near_a_balance(case):
    """Effort nearly equal to resistance, or short of the braking by little."""
    check_against(exact_run(*case), *case)


def test_the_bound_covers_a_balance_over_many_sections():
    """Where a speed is too coarse a number to say how far it is from the balance."""
    train, climb = climbing()
    bounds_m = np.append(0.0, np.linspace(5000.0, 40_000.0, 100))
    path = RunningPath.of(bounds_m, 30.0, [0.0, *[climb] * 99])
    run, exact = run_train(path, train), oracle.Dynamics(path, train)
    assert abs(mpf(float(run.running_time_s)) - exact.time_s) <= run.error_s < 1e-5


def test_the_bound_grows_where_errors_grow():
    """On a climb where effort rises with speed, a train leaves a balance the later the nearer.

    It has a limit of 10 m/s up to the foot of the climb, where effort is nearly balanced.
    """
    rising = replace(SIMPLE, rotating_mass_factor=1.0, effort=((0.0, 40_000.0), (40.0, 80_000.0)))
    errors_s = []
    for surplus_mps2 in (1e-3, 1e-6, 1e-9):
        climb = math.tan(math.asin((0.5 - surplus_mps2) / G))
        path = RunningPath.of([0, 1000, 60_000], [10.0, 40.0], [0.0, climb])
        run, exact = run_train(path, rising), oracle.Dynamics(path, rising)
        assert abs(mpf(float(run.running_time_s)) - exact.time_s) <= run.error_s
        errors_s.append(float(run.error_s))
    assert errors_s[1] > 50 * errors_s[0]
    assert errors_s[2] > 50 * errors_s[1]


@few
@given(paths(most=3), trains())
def test_between_knots_it_is_true_to_a_tenth_of_a_millisecond(path, train):
    """And to a millimetre, anywhere."""
    exact = exact_run(path, train)
    assume(not isinstance(exact, oracle.StalledError))
    run = run_train(changed(path, dwell_s=0.0), train)
    pieces = np.flatnonzero(np.diff(run.chainage_m) > 1e-6)
    for piece in pieces[:: max(1, len(pieces) // 5)]:
        for share in (0.05, 0.4, 0.8):
            low_m, high_m = run.chainage_m[piece : piece + 2]
            place_m = float(low_m + share * (high_m - low_m))
            off_s = abs(run.time_at(place_m) - float(exact.time_at(place_m)))
            assert off_s < 1e-4
            assert off_s * run.speed_at(place_m) < 1e-3


def test_the_bound_is_useful_on_a_long_journey():
    """Below a hundredth of a millisecond for 1,200 km of rolling gradients with 6 stops."""
    rng = np.random.default_rng(3)
    bounds_m = np.linspace(0.0, 1.2e6, 201)
    limits, gradients = rng.choice([11.0, 16.7, 22.0, 33.0], 200), rng.uniform(-0.01, 0.01, 200)
    path = RunningPath.of(bounds_m, limits, gradients, stop_m=bounds_m[20:190:30])
    assert len(path.stop_m) == 6
    for case in profiles()[::3]:
        assert run_train(path, case.train).error_s < 1e-5


def test_forty_digits_integrate_as_quadrature_does():
    """The oracle's closed form is the integral of ds / a and v ds / a."""
    law = oracle.Law(mpf(0), mpf(50), mpf("0.3"), mpf("-0.004"), mpf("-3e-5"))
    time, length = law.between(mpf(2), mpf(31))
    assert abs(time - mp.quad(lambda v: 1 / law(v), [2, 16, 31])) < mpf(10) ** -30
    assert abs(length - mp.quad(lambda v: v / law(v), [2, 16, 31])) < mpf(10) ** -28


@pytest.mark.parametrize("part", [1.0, 0.5, 1 / NARROWER, 0.01])
@pytest.mark.parametrize("speed_mps", [0.5, 5.0, 11.0, 28.0])
@pytest.mark.parametrize("climb_mps2", [0.0, 0.15, 0.6])
def test_a_step_is_integrated_to_its_stated_precision(part, speed_mps, climb_mps2):
    """The widest and narrower ones, gaining and losing speed, against the closed form."""
    slope = Traction.of(TRAIN).slope_at(speed_mps, climb_mps2)
    gain_mps = math.copysign(part * min(slope.widest_mps, 1e3), slope.a0)
    law = oracle.Law(mpf(0), mpf(0), mpf(slope.a0), mpf(slope.b), mpf(slope.c))
    shifted_s, shifted_m = law.between(mpf(0), mpf(gain_mps))
    exact_m = shifted_m + mpf(slope.speed_mps) * shifted_s
    lasting_s, length_m = slope.time_and_length(gain_mps)
    assert abs(lasting_s - shifted_s) < 1e-11 * abs(shifted_s)
    assert abs(length_m - exact_m) < 1e-11 * max(abs(shifted_m), abs(exact_m))


STEPPED = {
    "limits and a stop": (
        RunningPath.of(
            [0, 800, 1500, 3000, 3600, 5000],
            [20.0, 8.0, 25.0, 12.0, 30.0],
            [0.0, 0.004, -0.006, 0.01, 0.0],
            stop_m=[2200.0],
        ),
        TRAIN,
    ),
    "a climb steeper than braking": (
        RunningPath.of([0, 5000, 5100, 5500], 20.0, [0.0, slope_for(1.4), 0.0]),
        SIMPLE,
    ),
    "a climb to a balance": (RunningPath.of([0, 2000, 9000], 30.0, [0.0, 0.025]), TRAIN),
    "a published case": (profiles()[2].path, profiles()[2].train),
}


@pytest.mark.parametrize("case", STEPPED.values(), ids=STEPPED)
def test_small_steps_come_near_it_as_they_get_smaller(case):
    """Halving the step of the plainest stepper about halves the difference."""
    exact_s = seconds(*case)
    off_s = [abs(step_along(*case, step_s) - exact_s) for step_s in (0.4, 0.2, 0.1, 0.05)]
    ratios = np.array(off_s[1:]) / off_s[:-1]
    assert ((ratios > 0.4) & (ratios < 0.65)).all()
    assert off_s[-1] < 2e-3 * exact_s


@few
@given(paths(most=4), trains())
def test_small_steps_come_near_it_on_any_path(path, train):
    """To a few steps for every section and stop, or ever nearer."""
    exact_s, _ = time_and_error_s(path, train)
    assume(exact_s < 400)
    coarse_s, fine_s = (abs(step_along(path, train, step) - exact_s) for step in (0.4, 0.1))
    places = len(path.limit_mps) + 2 * len(path.stop_m) + 1
    assert fine_s < 4 * 0.1 * places or fine_s < coarse_s / 2

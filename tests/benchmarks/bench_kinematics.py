"""Running times of a 1,200-km journey: ``pytest tests/benchmarks/bench_kinematics.py``.

200 sections with limits and gradients, 6 stops. What is asserted is of the quickest round, and
generous: machines differ, and are busy at times.
"""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest

from journey import RunningPath, run_train
from journey.kinematics.ceiling import lay_ceiling
from journey.kinematics.cells import cells_of
from tests.references import profiles
from tests.running_cases import TRAIN, changed
from tests.stepper import effort_n

DRAWS, BLOCK = 10_000, 250
GRAVITY_MPS2 = 9.80665
SECTIONS = 200


def long_path():
    """1,200 km of rolling gradients, with the same numbers every time."""
    rng = np.random.default_rng(1200)
    bounds_m = np.append(0.0, np.cumsum(rng.uniform(1000.0, 11_000.0, SECTIONS)))
    bounds_m *= 1.2e6 / bounds_m[-1]
    limits_mps = rng.choice([40, 60, 70, 80, 100, 120], SECTIONS) / 3.6
    gradient = rng.uniform(-0.01, 0.01, SECTIONS)
    return RunningPath.of(bounds_m, limits_mps, gradient, stop_m=bounds_m[20:190:30], dwell_s=60.0)


PATH = long_path()
BY_NAME = {case.train.name: case.train for case in profiles()}


def drawn_times_s():
    """Running times of many drawn journeys, a block at a time."""
    factors = np.random.default_rng(7).uniform(0.8, 1.2, (DRAWS, 1))
    limits_mps = PATH.limit_mps * factors
    return np.concatenate(
        [
            run_train(changed(PATH, limit_mps=block), TRAIN, "profile").running_time_s
            for block in np.split(limits_mps, range(BLOCK, DRAWS, BLOCK))
        ]
    )


def fixed_steps_s(path, train, step_s=1.0):
    """Running time in explicit steps, by a straightforward program that looks up what it can."""
    inertia_kg = train.mass_kg * train.rotating_mass_factor
    r0, r1, r2 = train.resistance
    efforts_n = [effort_n(train, tenth / 10) for tenth in range(1700)]
    time_s = speed_mps = at_m = 0.0
    for cell in cells_of(lay_ceiling(path, train.length_m, train.max_speed_mps), train):
        while at_m + speed_mps * step_s < cell.end_m:
            at_m += speed_mps * step_s
            time_s += step_s
            force_n = efforts_n[int(10 * speed_mps)] - r0 - speed_mps * (r1 + speed_mps * r2)
            speed_mps += (force_n / inertia_kg - cell.climb_mps2) * step_s
            braked_mps2 = 2 * train.braking_mps2 * (cell.end_m - at_m)
            allowed_mps = math.sqrt(cell.end_mps**2 + braked_mps2)
            speed_mps = min(speed_mps, cell.limit_mps, allowed_mps)
        if cell.halts:
            time_s += (cell.end_m - at_m) / speed_mps
            at_m, speed_mps = cell.end_m, 0.0
    return time_s


@pytest.mark.benchmark(group="one journey at constant rates")
def test_profile(benchmark):
    """A millisecond."""
    benchmark(run_train, PATH, TRAIN, "profile")
    assert benchmark.stats.stats.min <= 1e-3


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.benchmark(group="one journey by effort")
def test_dynamics(benchmark, name):
    """Thirty milliseconds, with effort curves of 121 and 161 points."""
    run = benchmark(run_train, PATH, BY_NAME[name], "dynamics")
    benchmark.extra_info["error_s"] = float(run.error_s)
    assert benchmark.stats.stats.min <= 30e-3
    assert run.error_s < 1e-4


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.benchmark(group="one journey by effort")
def test_steps_of_a_second(benchmark, name):
    """For comparison: slower, and the times differ by what the step makes."""
    time_s = benchmark.pedantic(fixed_steps_s, (PATH, BY_NAME[name]), rounds=3)
    run = run_train(PATH, BY_NAME[name], "dynamics")
    off_s = time_s - float(run.running_time_s)
    print(f"\n{name}: steps of 1 s are off by {off_s:+.1f} s, journey by {run.error_s:.1e} s")  # noqa: T201
    assert abs(off_s) < 1e-3 * run.running_time_s


@pytest.mark.benchmark(group="10,000 journeys at constant rates")
def test_drawn_profiles(benchmark):
    """A second and a half."""
    assert len(benchmark.pedantic(drawn_times_s, rounds=3)) == DRAWS
    assert benchmark.stats.stats.min <= 1.5


def test_memory_of_drawn_profiles():
    """Below a gigabyte: blocks are let go of."""
    tracemalloc.start()
    drawn_times_s()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"\n{DRAWS:,} journeys in blocks of {BLOCK}: {peak / 1e6:.0f} MB at most")  # noqa: T201
    assert peak < 1e9

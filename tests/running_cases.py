"""Trains and paths to run in tests: plain ones, and drawn ones that are meant to be hard."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from journey import RunningPath, StalledError, Train, run_train

LEVEL = RunningPath.of([0.0, 5000.0], 25.0)
TRAIN = Train(
    "plain",
    mass_kg=400_000.0,
    max_speed_mps=30.0,
    braking_mps2=0.4,
    length_m=150.0,
    rotating_mass_factor=1.06,
    resistance=(6000.0, 100.0, 15.0),
    effort=((0.0, 200_000.0), (10.0, 200_000.0), (20.0, 100_000.0), (40.0, 50_000.0)),
    acceleration_mps2=0.3,
)
MODELS = ("cruise", "profile", "dynamics")
# Cases take longer to draw than to run.
few = settings(max_examples=30)
many = settings(max_examples=120)


def time_and_error_s(path, train, running="dynamics"):
    """Running time and the bound on its error; a train that stalls takes for ever."""
    try:
        run = run_train(path, train, running)
    except StalledError:
        return math.inf, 0.0
    return float(run.running_time_s), float(run.error_s)


def changed(path, **about):
    """The path with some of its sides made anew; new stops have no dwell but a given one."""
    sides = ("chainage_m", "limit_mps", "gradient", "start_m", "stop_m", "dwell_s")
    kept = {side: getattr(path, side) for side in sides}
    dwell = {"dwell_s": 0.0} if "stop_m" in about else {}
    return RunningPath.of(**{**kept, **dwell, **about})


LENGTHS_M = st.one_of(st.sampled_from([0.001, 0.01, 1.0, 1000.0]), st.floats(0.001, 3000.0))
LIMITS_MPS = st.one_of(st.sampled_from([0.5, 3.0, 10.0, 25.0, 50.0]), st.floats(0.3, 60.0))
GRADIENTS = st.one_of(st.just(0.0), st.sampled_from([0.005, 0.02, -0.02]), st.floats(-0.03, 0.03))
CLIMBS = GRADIENTS.map(abs)


@st.composite
def paths(draw, gradients=GRADIENTS, most=6):
    """A few sections, some of a millimetre, near or far, with stops and perhaps a late start."""
    lengths_m = draw(st.lists(LENGTHS_M, min_size=1, max_size=most))
    first_m = draw(st.sampled_from([0.0, -5000.0, 12.5, 1e6]))
    bounds_m = first_m + np.round(np.cumsum([0.0, *lengths_m]), 3)
    bounds_m = bounds_m[np.append(True, np.diff(bounds_m) > 0)]
    cells = len(bounds_m) - 1
    limits = draw(st.lists(LIMITS_MPS, min_size=cells, max_size=cells))
    slopes = draw(st.lists(gradients, min_size=cells, max_size=cells))
    shares = draw(st.lists(st.floats(0.001, 0.999), max_size=2))
    start_m = bounds_m[0] + draw(st.sampled_from([0.0, 0.0, 0.3])) * np.ptp(bounds_m)
    wanted_m = np.unique([start_m + share * (bounds_m[-1] - start_m) for share in shares])
    stops_m = wanted_m[(wanted_m > start_m) & (wanted_m < bounds_m[-1])]
    return RunningPath.of(bounds_m, limits, slopes, start_m=start_m, stop_m=stops_m, dwell_s=30.0)


@st.composite
def trains(draw):
    """Weak and strong trains, short and longer than their path, some with a rising effort."""
    mass_kg = draw(st.floats(5e4, 3e6))
    count = draw(st.integers(1, 4))
    speeds = sorted(draw(st.sets(st.floats(0.5, 45.0), min_size=count - 1, max_size=count - 1)))
    shares = draw(st.lists(st.floats(0.2, 1.0), min_size=count, max_size=count))
    order = draw(st.sampled_from([False, True, None]))
    shares = shares if order is None else sorted(shares, reverse=not order)
    strength_n = mass_kg * draw(st.sampled_from([0.15, 0.3, 0.6, 1.0]))
    r0, r1, r2 = (draw(st.sampled_from(each)) for each in ((0.0, 0.02), (0.0, 2e-4), (0.0, 3e-5)))
    return Train(
        "drawn",
        mass_kg=mass_kg,
        max_speed_mps=draw(st.floats(3.0, 60.0)),
        braking_mps2=draw(st.one_of(st.sampled_from([0.03, 0.1, 0.5]), st.floats(0.02, 2.0))),
        length_m=draw(st.sampled_from([0.0, 20.0, 153.37, 400.0, 5000.0])),
        rotating_mass_factor=draw(st.floats(1.0, 1.2)),
        resistance=(r0 * mass_kg, r1 * mass_kg, r2 * mass_kg),
        effort=tuple(zip([0.0, *speeds], (share * strength_n for share in shares), strict=True)),
        acceleration_mps2=draw(st.floats(0.02, 2.0)),
    )


def pull_mps2(train, speed_mps):
    """Acceleration under full effort on the level, by interpolation."""
    speeds, efforts = zip(*train.effort, strict=True)
    r0, r1, r2 = train.resistance
    force_n = np.interp(speed_mps, speeds, efforts) - r0 - speed_mps * (r1 + speed_mps * r2)
    return float(force_n) / (train.mass_kg * train.rotating_mass_factor)


@st.composite
def near_balance(draw):
    """A train on gradients on which effort nearly balances resistance at some speed.

    Some are such that full effort slows the train nearly as its brakes would.
    """
    train = draw(trains())
    path = draw(paths(most=4))
    slopes = path.gradient.copy()
    for cell in draw(st.sets(st.integers(0, len(slopes) - 1))):
        speed_mps = draw(st.sampled_from([float(path.limit_mps[cell]), 2.0, 9.0, 30.0]))
        surplus = draw(st.sampled_from([1e-2, 1e-4, 1e-6, -1e-2, -1e-4, -1e-6]))
        braked = draw(st.sampled_from([0.0, 0.0, 0.0, train.braking_mps2]))
        wanted_mps2 = (pull_mps2(train, speed_mps) - surplus + braked) * train.rotating_mass_factor
        slopes[cell] = math.tan(math.asin(min(max(wanted_mps2 / 9.80665, -0.2), 0.2)))
    return changed(path, gradient=slopes), train


def weaker(train, part):
    """The train with a part of its effort."""
    return replace(train, effort=tuple((speed, part * force) for speed, force in train.effort))

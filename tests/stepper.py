"""The plainest way to run a train: small steps of time, and whatever the place allows.

It is slow and only as true as its step, and shares nothing with the kinematics but their
conventions.
"""

from __future__ import annotations

import math

GRAVITY_MPS2 = 9.80665


def step_along(path, train, step_s, *, constant=False):
    """Running time, s, in explicit steps; with constant acceleration, or by tractive effort."""
    time_s = 0.0
    at_m = path.start_m
    for stop_m in [*path.stop_m.tolist(), float(path.chainage_m[-1])]:
        speed_mps = 0.0
        while at_m + speed_mps * step_s < stop_m:
            gained = (
                train.acceleration_mps2 if constant else pull_mps2(path, train, at_m, speed_mps)
            )
            at_m += speed_mps * step_s
            allowed = allowed_mps(path, train, at_m, stop_m)
            speed_mps = min(speed_mps + gained * step_s, allowed)
            time_s += step_s
        time_s += (stop_m - at_m) / speed_mps
        at_m = stop_m
    return time_s


def allowed_mps(path, train, at_m, stop_m):
    """Highest speed of the front somewhere: by every limit under the train or ahead, and a stop."""
    speeds = [train.max_speed_mps, math.sqrt(2 * train.braking_mps2 * (stop_m - at_m))]
    bounds_m = path.chainage_m.tolist()
    for start_m, end_m, limit in zip(bounds_m, bounds_m[1:], path.limit_mps.tolist(), strict=False):
        if end_m + train.length_m > at_m:
            ahead_m = max(start_m - at_m, 0.0)
            speeds.append(math.sqrt(limit**2 + 2 * train.braking_mps2 * ahead_m))
    return min(speeds)


def pull_mps2(path, train, at_m, speed_mps):
    """Acceleration under full effort on the gradient under the front."""
    cell = max(number for number, bound_m in enumerate(path.chainage_m[:-1]) if bound_m <= at_m)
    r0, r1, r2 = train.resistance
    weight_n = train.mass_kg * GRAVITY_MPS2 * math.sin(math.atan(path.gradient[cell]))
    force_n = effort_n(train, speed_mps) - r0 - speed_mps * (r1 + speed_mps * r2) - weight_n
    return force_n / (train.mass_kg * train.rotating_mass_factor)


def effort_n(train, speed_mps):
    """Tractive effort, on the line between the two points around a speed."""
    before = max((point for point in train.effort if point[0] <= speed_mps), default=None)
    after = min((point for point in train.effort if point[0] > speed_mps), default=None)
    if before is None or after is None:
        return (before or after)[1]
    share = (speed_mps - before[0]) / (after[0] - before[0])
    return before[1] + share * (after[1] - before[1])

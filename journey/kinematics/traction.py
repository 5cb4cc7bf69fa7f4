"""How a train gains and loses speed under full effort: integrals over speed, not over time.

Between two points of the effort curve and on one gradient, acceleration is a quadratic function
of speed, a0 + b s + c s² with s the speed gained. Time and distance are then integrals of smooth
functions of speed, ds / a and v ds / a. Each step stays so far from a zero of a, where the
integrals have no end, that Gauss-Legendre quadrature gives them to rounding.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.units import GRAVITY_MPS2

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from journey.train import Train

PRECISION = 1e-11
"""Relative error of a step: that of quadrature, rounding, roots found and balance assumed."""
SMOOTH_M, SMOOTH_S = 2.5e-4, 2.5e-5
"""How far the cubic between two knots may be off, by the estimate made at the first of them."""
ROUNDING = 1e-14
"""By what part of it an effort may be off the line between its neighbours and still be on it."""
ROUNDINGS = 8 * float(np.finfo(np.float64).eps)
"""Relative error of a term of acceleration after as many operations on it."""
HAIR = 1e-12
"""By what part of it full effort may fall short of a deceleration: more than rounding makes."""


def _gauss(count: int) -> tuple[tuple[float, float], ...]:
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return tuple(zip(((1 + nodes) / 2).tolist(), (weights / 2).tolist(), strict=True))


WIDE, NARROW = _gauss(10), _gauss(4)
NARROWER = 8
"""Part of the widest step for which four points do as well as ten.

A step of length s that has no zero of a within r s of its start, in the complex plane, has
integrands that are analytic within the ellipse of Bernstein with foci 0 and s and any parameter p
with 1/2 + (p + 1/p) / 4 < r. For the widest step r is 2; with p = 5 the integrands stay below ten
times their value at the start. For an eighth of it r is 16; with p = 45, below four times.
Gauss-Legendre quadrature with n points then errs by less than 40 p^(-2 n) of the integral
(Trefethen 2008, theorem 4.5): 4e-13 for n = 10 and p = 5, 2.4e-12 for n = 4 and p = 45.
"""


class Slope(NamedTuple):
    """Acceleration near a speed: a0 + b s + c s², m/s², with s the speed gained, m/s.

    It holds as far as `bend_mps`, where the effort curve bends next. `widest_mps` is half the
    least s at which a may be zero.
    """

    speed_mps: float
    a0: float
    b: float
    c: float
    bend_mps: float
    widest_mps: float

    def at(self, gain_mps: float) -> float:
        """Acceleration after a gain of speed, m/s²."""
        return self.a0 + gain_mps * (self.b + gain_mps * self.c)

    def towards(self, wanted_mps: float) -> float:
        """Speed, m/s, after one step towards another: as far as quadrature and cubic hold.

        The cubic of Hermite over a time h is off by h⁴ / 384 times the fourth derivative of
        position, which is a (a'² + a a'') with a differentiated by speed.
        """
        speed_mps, a0, b, c, _, widest_mps = self
        gain = wanted_gain = wanted_mps - speed_mps
        pull = abs(a0)
        if abs(gain) > widest_mps:
            gain = math.copysign(widest_mps, gain)
        fourth, cube = (b * b - 2 * pull * c) / 384, pull * pull * pull
        while fourth * (gain * gain) ** 2 > cube * min(SMOOTH_M, SMOOTH_S * (speed_mps + gain / 2)):
            gain /= 2
        return wanted_mps if gain == wanted_gain else speed_mps + gain

    def turn_mps(self, deceleration_mps2: float) -> float:
        """Speed, m/s, to which a train slows down by more than that, and then by less; or 0."""
        short = self.a0 + deceleration_mps2
        root = self.b**2 - 4 * self.c * short
        if short >= 0 or self.b >= 0 or root < 0:
            return 0.0
        return self.speed_mps + 2 * short / (math.sqrt(root) - self.b)

    def time_and_length(self, gain_mps: float) -> tuple[float, float]:
        """Time, s, and length, m, of a gain of speed no wider than `widest_mps`."""
        speed_mps, a0, b, c, _, widest_mps = self
        time = length = 0.0
        for node, weight in NARROW if NARROWER * abs(gain_mps) <= widest_mps else WIDE:
            s = gain_mps * node
            slowness = weight / (a0 + s * (b + s * c))
            time += slowness
            length += slowness * s
        time *= gain_mps
        return time, speed_mps * time + gain_mps * length


class Segment(NamedTuple):
    """A straight part of the effort curve: from a speed and the acceleration there to a speed."""

    low_mps: float
    high_mps: float
    effort_mps2: float
    slope_per_s: float


@dataclass(frozen=True, slots=True)
class Traction:
    """A train under full effort, its forces divided by its mass with rotating parts.

    Attributes
    ----------
    bends_mps : list of float
        Where the effort curve bends, from 0.
    segments : list of Segment
        The curve beyond each; after the last bend the effort is constant, without end.
    resistance : tuple of three floats
        Deceleration by resistance: m/s², 1/s, 1/m.
    """

    bends_mps: list[float]
    segments: list[Segment]
    resistance: tuple[float, float, float]

    @classmethod
    def of(cls, train: Train) -> Traction:
        """Take the curve of a train without points on a line with their neighbours."""
        inertia_kg = train.mass_kg * train.rotating_mass_factor
        curve = [(0.0, train.effort[0][1]), *(point for point in train.effort if point[0] > 0)]
        points = [(speed_mps, effort_n / inertia_kg) for speed_mps, effort_n in _bends(curve)]
        segments = [
            Segment(low, high, effort, (after - effort) / (high - low))
            for (low, effort), (high, after) in pairwise([*points, (math.inf, points[-1][1])])
        ]
        r0, r1, r2 = train.resistance
        resistance = r0 / inertia_kg, r1 / inertia_kg, r2 / inertia_kg
        return cls([segment.low_mps for segment in segments], segments, resistance)

    def slope_at(self, speed_mps: float, climb_mps2: float) -> Slope:
        """Acceleration near a speed, in the direction in which the speed changes.

        Parameters
        ----------
        speed_mps : float
            Speed, m/s.
        climb_mps2 : float
            Deceleration by the gradient, m/s².
        """
        number = bisect_right(self.bends_mps, speed_mps) - 1
        low_mps, bend_mps, effort_mps2, slope = self.segments[number]
        r0, r1, r2 = self.resistance
        a0 = effort_mps2 + (speed_mps - low_mps) * slope
        a0 -= climb_mps2 + r0 + speed_mps * (r1 + speed_mps * r2)
        if a0 < 0:
            bend_mps = low_mps
            if speed_mps == low_mps and number > 0:
                bend_mps, _, _, slope = self.segments[number - 1]
        b = slope - r1 - 2 * r2 * speed_mps
        pull = abs(a0)
        under = abs(b) + math.sqrt(b * b + 4 * pull * r2)
        return Slope(speed_mps, a0, b, -r2, bend_mps, pull / under if under else math.inf)

    def drag_mps2(self, speed_mps: float) -> float:
        """Deceleration by running resistance, m/s²."""
        r0, r1, r2 = self.resistance
        return r0 + speed_mps * (r1 + speed_mps * r2)

    def rounding_mps2(self, steepest_mps2: float, fastest_mps: float) -> float:
        """Bound on the rounding of acceleration, given the largest of a gradient and of speeds."""
        r0, r1, r2 = self.resistance
        effort_mps2 = max(segment.effort_mps2 for segment in self.segments)
        drag_mps2 = r0 + fastest_mps * (abs(r1) + fastest_mps * r2)
        return ROUNDINGS * (effort_mps2 + steepest_mps2 + drag_mps2)

    def held_down_to(
        self, from_mps: float, to_mps: float, climb_mps2: float, braking_mps2: float
    ) -> float:
        """Lowest speed down to which a train can keep to its braking curve.

        On a steep climb even full effort may slow the train by more than its brakes are meant
        to. Between two bends of the effort curve acceleration is concave in speed, so it is
        lowest at a bend or at an end.
        """
        if climb_mps2 + max(map(self.drag_mps2, (from_mps, to_mps))) <= braking_mps2:
            return to_mps

        def short(speed_mps: float) -> bool:
            return self.slope_at(speed_mps, climb_mps2).a0 < -braking_mps2 * (1 + HAIR)

        bends = [speed for speed in reversed(self.bends_mps) if to_mps < speed < from_mps]
        held = from_mps
        for speed in (from_mps, *bends, to_mps):
            if short(speed):
                return _boundary(short, speed, held)
            held = speed
        return to_mps


def climb_mps2(gradient: NDArray[np.float64]) -> NDArray[np.float64]:
    """Part of gravity that acts along gradients, m/s²; above zero where it holds a train back."""
    pull_mps2: NDArray[np.float64] = GRAVITY_MPS2 * np.sin(np.arctan(gradient))
    return pull_mps2


def _boundary(short: Callable[[float], bool], low: float, high: float) -> float:
    """Where something ceases to hold between two numbers, by bisection to rounding."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if short(middle) else (low, middle)
    return high


def _bends(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out the points that are, but for rounding, on a line with their neighbours."""
    kept = points[:1]
    for (v1, f1), (v2, f2) in pairwise(points[1:]):
        v0, f0 = kept[-1]
        on_line = f0 + (f2 - f0) * ((v1 - v0) / (v2 - v0))
        if abs(on_line - f1) > ROUNDING * f1:
            kept.append((v1, f1))
    return kept + points[1:][-1:]

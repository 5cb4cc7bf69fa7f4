"""Running times to thirty digits, slowly: what the kinematics are measured against.

Nothing of `journey.kinematics` is used but the numbers that make a path. Limits are laid out in
fractions; phases under full effort are integrated over speed in closed form, by partial
fractions, and their ends are found as roots, with mpmath at forty digits.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from mpmath import mp, mpf

mp.dps = 40
GRAVITY = Fraction("9.80665")
NEARLY = mpf(10) ** -32
CRAWL = mpf(10) ** -4


class StalledError(Exception):
    """The train comes to a stand at a chainage."""

    def __init__(self, at_m):
        super().__init__(f"at {float(at_m)} m")
        self.at_m = float(at_m)


def exact(number):
    """A number, or a fraction, with forty digits."""
    number = Fraction(number)
    return mpf(number.numerator) / number.denominator


@dataclass
class Cell:
    """A stretch with one limit and one gradient, and the square of speed that its end allows."""

    start_m: Fraction
    end_m: Fraction
    limit: Fraction
    gradient: Fraction
    end_square: Fraction = Fraction(0)


def cells_of(path, train):
    """Every stretch of the front: no limit may be lower under any part of the train."""
    bounds = [Fraction(bound) for bound in path.chainage_m.tolist()]
    limits = [Fraction(limit) for limit in path.limit_mps.tolist()]
    stops = [Fraction(stop) for stop in path.stop_m.tolist()]
    start, length = Fraction(path.start_m), Fraction(train.length_m)
    places = {*bounds, *(bound + length for bound in bounds), *stops, start}
    inside = sorted(place for place in places if start <= place <= bounds[-1])
    cells = []
    for low, high in pairwise(inside):
        under = [
            number
            for number, (first, last) in enumerate(pairwise(bounds))
            if first < high and last > low - length
        ]
        limit = min(Fraction(train.max_speed_mps), *(limits[number] for number in under))
        cells.append(Cell(low, high, limit, Fraction(path.gradient[max(under)])))
    return braked(cells, stops, Fraction(train.braking_mps2))


def braked(cells, stops, braking):
    """The cells, with the speeds from which the train can brake for everything ahead."""
    for cell, after in reversed(list(pairwise(cells))):
        braked_from = after.end_square + 2 * braking * (after.end_m - after.start_m)
        highest = min(cell.limit, after.limit) ** 2
        cell.end_square = Fraction(0) if cell.end_m in stops else min(highest, braked_from)
    return cells


def profile_s(path, train):
    """Running time with constant acceleration and braking."""
    acceleration, braking = Fraction(train.acceleration_mps2), Fraction(train.braking_mps2)
    square, time = Fraction(0), mpf(0)
    for cell in cells_of(path, train):
        length = cell.end_m - cell.start_m
        after = min(cell.end_square, square + 2 * acceleration * length)
        free = 2 * length + square / acceleration + after / braking
        peak = min(cell.limit**2, free / (1 / acceleration + 1 / braking))
        level = length - (peak - square) / (2 * acceleration) - (peak - after) / (2 * braking)
        speeds = [mp.sqrt(exact(each)) for each in (square, peak, after)]
        time += (speeds[1] - speeds[0]) / exact(acceleration)
        time += exact(level) / speeds[1] + (speeds[1] - speeds[2]) / exact(braking)
        square = after
    return time


@dataclass
class Law:
    """Acceleration a + b v + c v² by speed, from one bend of the effort curve to the next."""

    low: mpf
    high: mpf
    a: mpf
    b: mpf
    c: mpf

    def __call__(self, speed):
        """Acceleration, m/s²."""
        return self.a + speed * (self.b + speed * self.c)

    def zeros(self, more=0):
        """Speeds at which the acceleration is -more, if any."""
        a = self.a + more
        if self.c == 0:
            return [] if self.b == 0 else [-a / self.b]
        root = self.b**2 - 4 * self.c * a
        if root < 0:
            return []
        return [(-self.b + sign * mp.sqrt(root)) / (2 * self.c) for sign in (1, -1)]

    def between(self, start, end, part_left=None):
        """Time and length from one speed to another; perhaps with what is left to a zero."""
        if self.b == self.c == 0:
            return (end - start) / self.a, (end**2 - start**2) / (2 * self.a)
        if self.c == 0:
            time = mp.log(part_left or self(end) / self(start)) / self.b
            return time, (end - start) / self.b - self.a / self.b * time
        spread = mp.sqrt(mp.mpc(self.b**2 - 4 * self.c * self.a))
        poles = [(-self.b + sign * spread) / (2 * self.c) for sign in (1, -1)]
        ratios = [(end - pole) / (start - pole) for pole in poles]
        if part_left is not None:
            ratios[ratios.index(min(ratios, key=abs))] = part_left
        logs = [mp.log(ratio) for ratio in ratios]
        time, length = logs[0] - logs[1], poles[0] * logs[0] - poles[1] * logs[1]
        return (time / spread).real, (length / spread).real


def full_effort(law, start, wanted):
    """Time, length and speed by a parameter, 0 to 1, or without end where a balance is between."""
    between = [zero for zero in law.zeros() if min(start, wanted) <= zero <= max(start, wanted)]
    if not between:

        def towards(u):
            speed = start + (wanted - start) * u
            return (*law.between(start, speed), speed)

        return towards, mpf(1)
    zero = min(between, key=lambda each: abs(each - start))

    def nearing(u):
        speed = zero - (zero - start) * mp.exp(-u)
        return (*law.between(start, speed, mp.exp(-u)), speed)

    return nearing, mp.inf


def steady(start, acceleration, length):
    """Time, length and speed by the share of a length, under constant acceleration."""

    def motion(u):
        speed = mp.sqrt(max(start**2 + 2 * acceleration * length * u, mpf(0)))
        return 2 * length * u / (start + speed) if u else mpf(0), length * u, speed

    return motion, mpf(1)


def crossing(excess, last):
    """Parameter at which a rising function is zero: false position, in the Illinois variant."""
    near, far = mpf(0), last
    at_near, at_far = excess(near), excess(far)
    if at_near >= 0 or at_far <= 0:
        return near if at_near >= 0 else far
    moved_near = None
    while True:
        middle = (near * at_far - far * at_near) / (at_far - at_near)
        at_middle = excess(middle)
        if abs(at_middle) < NEARLY or far - near < NEARLY * far:
            return middle
        if at_middle < 0:
            near, at_near = middle, at_middle
            at_far = at_far / 2 if moved_near else at_far
        else:
            far, at_far = middle, at_middle
            at_near = at_near / 2 if moved_near is False else at_near
        moved_near = at_middle < 0


class Dynamics:
    """A run under tractive effort, phase by phase.

    `slowest_balance` is the least speed at which effort and resistance are equal on its way.
    """

    def __init__(self, path, train):
        self.train, self.braking = train, exact(train.braking_mps2)
        self.phases = []
        self.time_s = self.speed = mpf(0)
        self.slowest_balance = mp.inf
        for cell in cells_of(path, train):
            self._pass_through(cell)

    def time_at(self, place_m):
        """When the front comes to a place, s."""
        place_m = exact(place_m)
        number = bisect_right([phase[0] for phase in self.phases], place_m) - 1
        start_m, start_s, motion, last = self.phases[number]
        return start_s + motion(crossing(lambda u: motion(u)[1] - place_m + start_m, last))[0]

    def _laws(self, cell):
        """Acceleration under full effort, bend by bend."""
        inertia = Fraction(self.train.mass_kg) * Fraction(self.train.rotating_mass_factor)
        weight = Fraction(self.train.mass_kg) * GRAVITY * cell.gradient
        climb = exact(weight / inertia) / mp.sqrt(1 + exact(cell.gradient) ** 2)
        r0, r1, r2 = (Fraction(each) / inertia for each in self.train.resistance)
        points = [(Fraction(v), Fraction(f) / inertia) for v, f in self.train.effort]
        points = [(Fraction(0), points[0][1]), *(point for point in points if point[0] > 0)]
        points.append((Fraction(1000), points[-1][1]))
        for (low, effort), (high, following) in pairwise(points):
            slope = (following - effort) / (high - low)
            a = exact(effort - slope * low - r0) - climb
            yield Law(exact(low), exact(high), a, exact(slope - r1), exact(-r2))

    def _pass_through(self, cell):
        self.end_m, self.left = exact(cell.end_m), exact(cell.end_m - cell.start_m)
        self.laws, self.limit = list(self._laws(cell)), exact(cell.limit)
        self.end = mp.sqrt(exact(cell.end_square))
        while self.left > 0:
            due = self._curve(self.speed) > 0 and self.left - self._curve(self.speed) < NEARLY
            held = self._held() if due else self.speed
            if held < self.speed - NEARLY:
                length = self.left - self._curve(held)
                self._move(*steady(self.speed, -self.braking, length))
                self.left = self._curve(held)
            else:
                self._go_on(due=due)

    def _curve(self, speed):
        """Length in which the train brakes to what the end of the cell allows."""
        return max(speed**2 - self.end**2, mpf(0)) / (2 * self.braking)

    def _held(self):
        """Speed down to which full effort is enough to keep to the braking curve."""
        held = self.speed
        for law in reversed(self.laws):
            low, high = max(law.low, self.end), min(law.high, held)
            if low < high:
                held = high
                if law(high) + self.braking < -NEARLY:
                    return held
                if law(low) + self.braking < 0:
                    turns = law.zeros(self.braking)
                    return max((zero for zero in turns if low < zero < high), default=high)
                held = low
        return self.end

    def _law(self):
        rising = next(law for law in self.laws if law.low <= self.speed < law.high)
        if rising(self.speed) >= 0 or self.speed == 0:
            return rising
        return next(law for law in self.laws if law.low < self.speed <= law.high)

    def _go_on(self, *, due):
        law = self._law()
        pull = law(self.speed)
        if self.speed < CRAWL and pull <= 0:
            raise StalledError(self.end_m - self.left)
        if not due and (abs(pull) < NEARLY or (pull > 0 and self.speed >= self.limit)):
            length = self.left - self._curve(self.speed)
            self._move(*steady(self.speed, mpf(0), length))
            self.left -= length
        else:
            self._under_full_effort(law, self._wanted(law, pull), due=due)

    def _wanted(self, law, pull):
        """Speed at the next bend, or where the train stops falling behind its braking curve."""
        if pull > 0:
            return min(law.high, self.limit)
        if self.speed <= self.end:
            return law.low
        turns = [zero for zero in law.zeros(self.braking) if zero < self.speed - NEARLY]
        return max(law.low, self.end, *(turns if pull < -self.braking - NEARLY else []))

    def _under_full_effort(self, law, wanted, *, due):
        motion, last = full_effort(law, self.speed, wanted)

        def excess(u):
            _, length, speed = motion(u)
            return length + self._curve(speed) - self.left

        if last == mp.inf:
            last = mpf(1)
            self.slowest_balance = min(self.slowest_balance, motion(mpf(200))[2])
            while excess(last) < 0:
                last *= 2
                if motion(last)[2] < CRAWL and wanted < self.speed:
                    raise StalledError(self.end_m - self.left + motion(last)[1])
        if due or excess(last) <= 0:
            self._move(motion, last)
            self.left -= motion(last)[1]
        else:
            u = crossing(excess, last)
            self._move(motion, u)
            self.left = self._curve(self.speed)

    def _move(self, motion, last):
        self.phases.append((self.end_m - self.left, self.time_s, motion, last))
        lasting, _, self.speed = motion(last)
        self.time_s += lasting

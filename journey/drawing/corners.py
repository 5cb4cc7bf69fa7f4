"""Journeys at the ends of what a plan allows."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from journey.running_times import Journeys

if TYPE_CHECKING:
    from journey.plan import Plan
    from journey.train import Train

MOST_APART = 4
"""Uncertain speeds and limits of an average whose ends are all tried together."""
SIZES = (0.0, *((number + 0.5) / 20 for number in range(20)), 1.0)
"""Sizes of train that are tried."""
READINESS = (0.0, 1.0)


def corner_journeys(plan: Plan) -> Journeys:
    """Journeys among which are the quickest and the slowest that a plan allows, at every place.

    Higher speeds, higher limits and a readier train are quicker everywhere; of trains of other
    sizes that is not known, so many sizes are tried. Under an average, a leg takes as long as it
    should: a lower limit here makes the train run faster there. Then the ends of speeds and
    limits are tried together, or if they are many one by one; a journey beyond them may yet be
    drawn.
    """
    ranges = (*plan.speed_mps, *plan.limit_mps)
    ends = _ends_apart(plan) if plan.trades else [(True,) * len(ranges), (False,) * len(ranges)]
    columns = [
        [each.high if high else each.low for each, high in zip(ranges, row, strict=True)]
        for row in ends
    ]
    trains = _trains(plan)
    each_train = np.arange(max(len(trains), 1))
    values = np.repeat(np.transpose(columns), len(each_train), axis=1)
    speeds = len(plan.speed_mps)
    return Journeys(values[:speeds], values[speeds:], trains, np.tile(each_train, len(ends)))


def _ends_apart(plan: Plan) -> list[tuple[bool, ...]]:
    """High or low for each speed and limit, those that vary together at the same end."""
    speeds = len(plan.speed_mps)
    together = not (plan.speeds.section_share or plan.speeds.country_share)
    # The speeds of a journey without luck of its sections are one factor, each limit is another.
    factor_of = [0 if together and n < speeds else n for n in range(len(plan.uncertain))]
    factors = sorted({f for f, each in zip(factor_of, plan.uncertain, strict=True) if each})
    rows = [dict(zip(factors, row, strict=True)) for row in _rows(len(factors))]
    return [tuple(row.get(factor, False) for factor in factor_of) for row in rows]


def _rows(factors: int) -> list[tuple[bool, ...]]:
    """All ends together, or if they are many, all alike and each alone."""
    if factors <= MOST_APART:
        return list(product((True, False), repeat=factors))
    alone = [tuple(other == one for other in range(factors)) for one in range(factors)]
    others = [tuple(not each for each in row) for row in alone]
    return [(True,) * factors, (False,) * factors, *alone, *others]


def _trains(plan: Plan) -> tuple[Train, ...]:
    if plan.train is None:
        return ()
    if plan.train.fixed_for(plan.running):
        return (plan.train.at(),)
    return tuple(plan.train.at(*each) for each in product(SIZES, READINESS))

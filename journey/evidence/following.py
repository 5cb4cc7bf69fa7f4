"""Following journeys from report to report, where few of the drawn ones satisfy all.

Journeys are drawn up to the first report, and those that it makes likely are kept; each is carried
on in many ways up to the next one, and so on (a particle filter: Gordon, Salmond and Smith 1993).
What belongs to the whole journey, such as the departure or whether the train is slow, each keeps;
what happens on the way, such as halts, is drawn as it comes. Independent groups of journeys never
mix, so that how much they differ says how exact the result is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from journey.drawing.draws import Point
from journey.drawing.population import Kept, whole_weights
from journey.evidence.carrying import GROUP_OF, Carrier
from journey.evidence.gathering import MOST_TRIED, gather
from journey.evidence.passage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from journey.drawing.draws import Draws
    from journey.evidence.gathering import Gathered
    from journey.evidence.likelihood import Observed
    from journey.plan import Plan

FIRST = 2.0
"""How many times as many as wanted are looked for at first, since some are lost on the way."""
ROUNDS = 3
"""How often more are looked for, while too few are left in the end."""
LEAST_MORE, SAFETY, MOST_MORE = 1.5, 1.3, 8.0
"""How many times more: as many as were missing, and somewhat beyond, within bounds."""
FINAL_BLOCKS = 2
"""Blocks of journeys that are carried on to the end of the way."""


class Followed(NamedTuple):
    """Journeys that were followed past all reports.

    Attributes
    ----------
    population : Kept
        Journeys along the whole way, weighted.
    logs : tuple of float
        Logarithm of the probability of the reports up to and with each one.
    effective_draws : float
        As many independent journeys tell as much.
    roots : ndarray, shape (n,)
        Weights of the journeys at the start that are left.
    tried : int
        Journeys that were drawn up to the first report.
    """

    population: Kept
    logs: tuple[float, ...]
    effective_draws: float
    roots: NDArray[np.float64]
    tried: int


@dataclass(frozen=True, eq=False)
class Follower:
    """Follows journeys of a plan, and remembers what it drew last.

    Attributes
    ----------
    plan : Plan
        The scenario on its route.
    seed : int
        What all random streams are spawned from.
    """

    plan: Plan
    seed: int

    @cached_property
    def carrier(self) -> Carrier:
        """What draws them."""
        return Carrier(self.plan, self.seed)

    @cached_property
    def last(self) -> dict[tuple[float, tuple[Stage, ...]], Gathered]:
        """What was gathered last, by how many were wanted and the stages up to there."""
        return {}


def follow(follower: Follower, reports: Sequence[Observed], wanted: float) -> Followed:
    """Follow journeys past all reports.

    Parameters
    ----------
    follower : Follower
        What it drew before for reports that begin alike is not drawn again.
    reports : sequence of Observed
        In their order along the way.
    wanted : float
        Independent journeys that should be left.

    Raises
    ------
    UnsatisfiedError
        If no journey that was tried satisfies them.
    """
    carrier = follower.carrier
    stages = carrier.passage.stages(reports)
    looked_for = FIRST * wanted
    for _ in range(ROUNDS):
        gathered = _gather_all(follower, stages, looked_for)
        found = gathered[-1].roots.effective
        if found >= wanted or gathered[0].tried >= MOST_TRIED:
            break
        looked_for *= min(max(SAFETY * wanted / found, LEAST_MORE), MOST_MORE)
    return _followed(carrier, stages[-1], gathered)


def _gather_all(follower: Follower, stages: Sequence[Stage], wanted: float) -> list[Gathered]:
    gathered: dict[tuple[float, tuple[Stage, ...]], Gathered] = {}
    before = None
    for number, stage in enumerate(stages, 1):
        so_far = (wanted, tuple(stages[:number]))
        known = follower.last.get(so_far)
        before = known or gather(follower.carrier, stage, before, wanted)
        gathered[so_far] = before
    follower.last.clear()
    follower.last.update(gathered)
    return list(gathered.values())


def _followed(carrier: Carrier, last: Stage, gathered: list[Gathered]) -> Followed:
    roots = gathered[-1].roots
    return Followed(
        Kept(tuple(_carried_on(carrier, last, gathered[-1])), roots.effective),
        tuple(log for each in gathered for log in each.logs),
        roots.effective,
        roots.weight,
        gathered[0].tried,
    )


def _carried_on(carrier: Carrier, last: Stage, gathered: Gathered) -> Iterator[Draws]:
    """Journeys that go on from the last report to the end of the way."""
    plan = carrier.plan
    rest = Stage((), last.end, Point(plan.route.length_km * 1000, len(plan.stops)))
    weight = whole_weights(gathered.of_group)[GROUP_OF]
    for number in range(FINAL_BLOCKS):
        draws, _ = carrier.carry(gathered.carried, gathered.of_group, rest, number)
        yield replace(draws, weight=weight)

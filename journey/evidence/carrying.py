"""Journeys on their way: what is drawn so far, and how they are carried on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from journey.drawing.draws import Draws
from journey.drawing.halts import NO_HALTS, Halts, draw_halts
from journey.drawing.sampling import draw_apart, draw_block, draw_limits, draw_speeds
from journey.drawing.shares import GROUPS, LONGEST_ROW, Blocks, shares, stream
from journey.evidence.library import Library
from journey.evidence.passage import Passage
from journey.running_times import Journeys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from journey.drawing.draws import Point
    from journey.evidence.passage import Stage
    from journey.plan import Plan

    Shares = Callable[[str], NDArray[np.float64]]

BLOCK = GROUPS * LONGEST_ROW
"""Journeys that are drawn at a time."""
MOST_BEGUN = 16
"""Blocks from the start that are kept, some 10 MB each."""
GROUP_OF = np.repeat(np.arange(GROUPS), LONGEST_ROW)


class Carried(NamedTuple):
    """Journeys that have come to some point.

    Attributes
    ----------
    shares : dict
        Shares of probability of what was drawn for them, by factor, each of shape (journeys,).
    halts : Halts
        Unreported halts so far.
    group : ndarray of int, shape (journeys,)
        Which independent group each belongs to.
    root : ndarray of int, shape (journeys,)
        Which of the journeys at the start each goes back to.
    weight : ndarray, shape (journeys,)
        How much each counts.
    """

    shares: dict[str, NDArray[np.float64]]
    halts: Halts
    group: NDArray[np.intp]
    root: NDArray[np.intp]
    weight: NDArray[np.float64]

    def only(self, chosen: NDArray[np.intp], weight: NDArray[np.float64]) -> Carried:
        """Take some of the journeys, with other weights."""
        shares = {name: share[chosen] for name, share in self.shares.items()}
        halts = self.halts.of(chosen, len(self.weight))
        return Carried(shares, halts, self.group[chosen], self.root[chosen], weight)

    @classmethod
    def together(cls, parts: Sequence[Carried]) -> Self:
        """Put journeys together that have come to the same point."""
        shares = {
            name: np.concatenate([part.shares[name] for part in parts]) for name in parts[0].shares
        }
        firsts = np.cumsum([0, *(len(part.weight) for part in parts[:-1])])
        halts = [
            part.halts._replace(draw=part.halts.draw + first)
            for part, first in zip(parts, firsts.tolist(), strict=True)
        ]
        columns = (np.concatenate(each) for each in zip(*(part[2:] for part in parts), strict=True))
        return cls(shares, Halts(*map(np.concatenate, zip(*halts, strict=True))), *columns)

    def chosen(self, random: np.random.Generator) -> NDArray[np.intp]:
        """Choose for each place of a block a journey of its group, as often as it counts."""
        order = np.argsort(self.group, kind="stable")
        ends = np.cumsum(self.weight[order])
        of_group = np.bincount(self.group, self.weight, minlength=GROUPS)
        start = np.cumsum(of_group) - of_group
        step = (np.arange(LONGEST_ROW) + random.random((GROUPS, 1))) / LONGEST_ROW
        wanted = np.ravel(start[:, None] + step * of_group[:, None])
        return order[np.minimum(np.searchsorted(ends, wanted, side="right"), len(order) - 1)]


class Roots(NamedTuple):
    """Weights of what journeys go back to."""

    weight: NDArray[np.float64]

    @classmethod
    def of(cls, origin: NDArray[np.intp], weight: NDArray[np.float64]) -> Roots:
        """Add up the weights of journeys of one origin."""
        _, which = np.unique(origin, return_inverse=True)
        return cls(np.bincount(which, weight).astype(np.float64))

    @property
    def effective(self) -> float:
        """As many independent journeys tell as much (Kish 1965)."""
        total = float(self.weight.sum())
        return total**2 / float((self.weight**2).sum()) if total else 0.0


@dataclass(frozen=True, eq=False)
class Carrier:
    """Carries journeys of a plan on.

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
    def begun(self) -> dict[tuple[Point, int], tuple[Draws, Carried]]:
        """The first blocks from the start to some point: others that begin alike draw the same."""
        return {}

    @cached_property
    def passage(self) -> Passage:
        """What is drawn where."""
        return Passage(self.plan)

    @cached_property
    def library(self) -> Library | None:
        """Runs that journeys choose from, where a train runs, since these take long to compute."""
        if self.plan.train is None:
            return None
        runs = draw_block(self.plan, Blocks.of(BLOCK), self.seed, 0)
        return Library(self.plan, runs.journeys, {})

    def roots(self, parts: Sequence[Carried], weight: NDArray[np.float64]) -> Roots:
        """Weights of what some journeys go back to: where they began, or which run they chose.

        Of the two that which leaves fewer independent ones.
        """
        origins = [np.concatenate([part.root for part in parts])]
        if self.library:
            chosen = [self.library.run_of(part.shares["run"], part.group) for part in parts]
            origins.append(np.concatenate(chosen))
        return min(
            (Roots.of(origin, weight) for origin in origins), key=lambda each: each.effective
        )

    def begin(self, stage: Stage, number: int) -> tuple[Draws, Carried]:
        """Draw a block of journeys from the start to the end of a stage."""
        key = stage.end, number
        if key in self.begun:
            return self.begun[key]
        begun = self._begin(stage, number)
        if len(self.begun) < MOST_BEGUN:
            self.begun[key] = begun
        return begun

    def _begin(self, stage: Stage, number: int) -> tuple[Draws, Carried]:
        drawing = Drawing({}, partial(shares, self.seed, block=number, row=LONGEST_ROW))
        root = number * BLOCK + np.arange(BLOCK)
        before = Carried(drawing.drawn, NO_HALTS, GROUP_OF, root, np.ones(BLOCK))
        return self._drawn(stage, number, drawing, before)

    def carry(
        self, parents: Carried, of_group: NDArray[np.float64], stage: Stage, number: int
    ) -> tuple[Draws, Carried]:
        """Carry a block of journeys on to the end of a stage.

        Parameters
        ----------
        parents : Carried
            Those that have come to its start.
        of_group : ndarray, shape (groups,)
            How much each journey of a group counts.
        stage : Stage
            From where to where.
        number : int
            Which block of this stage.
        """
        chosen = parents.chosen(self._stream(stage, number, "chosen"))
        before = parents.only(chosen, of_group[GROUP_OF])
        kept = {
            name: share
            for name, share in before.shares.items()
            if self.passage.settled(name, stage.start)
        }
        drawing = Drawing(kept, lambda name: self._stream(stage, number, name).random(BLOCK))
        return self._drawn(stage, number, drawing, before)

    def _stream(self, stage: Stage, number: int, name: str) -> np.random.Generator:
        return stream(self.seed, f"{name} after {stage.start}", number)

    def _drawn(
        self, stage: Stage, number: int, drawing: Drawing, before: Carried
    ) -> tuple[Draws, Carried]:
        """Draw what happens on a stage."""
        shares_of, library = drawing.share, self.library
        ways = [way.between(stage.start.at_m, stage.end.at_m) for way in self.plan.halt_ways]
        passed = [way for way in ways if way.length_m.any()]
        halts = draw_halts(passed, shares_of, partial(self._stream, stage, number))
        carried = before._replace(shares=drawing.drawn, halts=before.halts.joined(halts))
        draws = Draws(
            plan=self.plan,
            block=number,
            group=GROUP_OF,
            journeys=library.journeys if library else self._runs(shares_of, stage.end.at_m),
            run_of=library.run_of(shares_of("run"), GROUP_OF) if library else None,
            halts=carried.halts,
            rows=library.rows if library else None,
            **draw_apart(self.plan, shares_of, BLOCK, stage.end.stops_before),
        )
        return draws, carried

    def _runs(self, shares_of: Shares, until_m: float) -> Journeys:
        speed_mps = draw_speeds(self.plan, shares_of, BLOCK, until_m)
        limit_mps = draw_limits(self.plan, shares_of, BLOCK)
        return Journeys(speed_mps, limit_mps, (), np.zeros(BLOCK, dtype=np.intp))


class Drawing(NamedTuple):
    """Shares of probability by the name of a factor: those drawn before, or fresh ones."""

    drawn: dict[str, NDArray[np.float64]]
    fresh: Shares

    def share(self, name: str) -> NDArray[np.float64]:
        """Shares of a factor, shape (journeys,)."""
        if name not in self.drawn:
            self.drawn[name] = self.fresh(name)
        return self.drawn[name]

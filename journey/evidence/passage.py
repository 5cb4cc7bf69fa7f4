"""Reports in their order along the way, and what is drawn between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from journey.drawing.draws import Point
from journey.drawing.halts import count_name
from journey.drawing.sampling import dwell_names, luck_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.evidence.likelihood import Observed
    from journey.plan import Plan

START = Point(0.0, 0)
NEAR_M = 50_000.0
"""Reports nearer than this to one another are held against journeys together: too little happens
between them for other journeys to differ."""


class Stage(NamedTuple):
    """A part of the way, at whose end some reports can be held against journeys."""

    reports: tuple[Observed, ...]
    start: Point
    end: Point


@dataclass(frozen=True, eq=False)
class Passage:
    """Where on the way of a plan each random factor is drawn."""

    plan: Plan

    @cached_property
    def _first_m(self) -> dict[str, float]:
        """Where what a country or a section has of its own begins to count, m."""
        first_m: dict[str, float] = {}
        for row, luck in enumerate(self.plan.cells.lucks):
            for name in luck_names(luck):
                here_m = self.plan.cells.first_m(row)
                first_m[name] = min(first_m.get(name, here_m), here_m)
        return first_m

    @cached_property
    def _stop_of(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(dwell_names(self.plan))}

    @cached_property
    def _counts(self) -> frozenset[str]:
        return frozenset(count_name(way.stated) for way in self.plan.halt_ways)

    def settled(self, name: str, at: Point) -> bool:
        """Whether a factor has been drawn when a journey has come to a point.

        Those of the whole journey are settled from the start; of halts there may be more.
        """
        if name in self._stop_of:
            return self._stop_of[name] < at.stops_before
        if name in self._first_m:
            return self._first_m[name] < at.at_m
        return name not in self._counts

    def parted(self, start: Point, end: Point) -> bool:
        """Whether enough happens between two points to treat them apart."""
        halts = any(way.between(start.at_m, end.at_m).length_m.any() for way in self.plan.halt_ways)
        names = (*self._stop_of, *self._first_m)
        anything = halts or any(
            self.settled(name, end) and not self.settled(name, start) for name in names
        )
        return anything and end.at_m - start.at_m > NEAR_M

    def stages(self, reports: Sequence[Observed]) -> tuple[Stage, ...]:
        """Divide the way at reports, where it makes a difference.

        Parameters
        ----------
        reports : sequence of Observed
            In their order along the way.
        """
        stages: list[Stage] = []
        for report in reports:
            last = stages[-1] if stages else Stage((), START, START)
            end = max((last.end, *report.points))
            # What was reported of the start costs nothing to tell later.
            if stages and (not last.end.at_m or not self.parted(last.end, end)):
                stages[-1] = Stage((*last.reports, report), last.start, end)
            else:
                stages.append(Stage((report,), last.end, end))
        return tuple(stages)

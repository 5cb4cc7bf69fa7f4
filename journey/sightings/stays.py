"""When a train left a place or came to it, by reports that agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.along import ROUNDING_M
from journey.clock import format_interval
from journey.reports import Sighting
from journey.sightings.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from journey.along import TimingPoint
    from journey.plan import Plan

ARRIVING = ("arrive", "pass", "at", "depart")
"""Which reports say when a train came: the first kind that there is.

A departure does so only where the train does not stand.
"""
LEAVING = ("depart", "pass", "at", "arrive")
"""And which say when it left; an arrival does so with all the time that it stood there."""
AS_STATED = "as stated"
"""Who says so, where it is the scenario itself."""


@dataclass(frozen=True, slots=True)
class Stay:
    """When a train was at a place, by reports that agree.

    Attributes
    ----------
    point : TimingPoint
        The place.
    earliest, latest : datetime
        The time that the reports have in common, in UTC.
    uses : tuple of Report
        These reports, the likeliest first.
    """

    point: TimingPoint
    earliest: datetime
    latest: datetime
    uses: tuple[Report, ...]

    @property
    def when(self) -> str:
        """The time on the clock of the place."""
        return format_interval(self.earliest, self.latest, self.point.station.zone)


def station_of(plan: Plan, report: Report) -> int | None:
    """Which timing point of its route a report speaks of."""
    if report.at_m is None:
        return None
    off_m = abs(plan.route.station_m - report.at_m)
    index = int(off_m.argmin())
    return index if off_m[index] <= ROUNDING_M else None


def stay_at(
    plan: Plan, reports: Sequence[Report], station: int, kinds: tuple[str, ...]
) -> Stay | None:
    """When the train was at a timing point, by the first kind of event that was reported.

    Where the route begins, and nothing else is said, it is the departure that the scenario states.
    """
    here = [r for r in reports if station_of(plan, r) == station and _tells(r, kinds)]
    for kind in kinds:
        of_kind = [report for report in here if report.sighting.event == kind]
        if of_kind:
            return agreed(plan.route.timing_points[station], of_kind)
    return agreed(plan.route.timing_points[0], [_stated(plan)]) if station == 0 else None


def _tells(report: Report, kinds: tuple[str, ...]) -> bool:
    """Where the train stands, its departure does not say when it came."""
    return kinds != ARRIVING or not report.stands or report.sighting.event != "depart"


def agreed(point: TimingPoint, reports: Iterable[Report]) -> Stay:
    """What reports of one event have in common.

    The likeliest goes first, and each that shares some time with those before it narrows it. To
    touch at one moment is not to agree, unless one of them speaks of that moment alone.
    """
    first, *others = sorted(reports, key=lambda report: -report.right)
    earliest, latest, uses = first.sighting.earliest, first.sighting.latest, [first]
    for report in others:
        said = report.sighting
        low, high = max(earliest, said.earliest), min(latest, said.latest)
        moment = earliest == latest or said.earliest == said.latest
        if low < high or (moment and low == high):
            earliest, latest = low, high
            uses.append(report)
    return Stay(point, earliest, latest, tuple(uses))


def _stated(plan: Plan) -> Report:
    """The likeliest departure of a scenario, as a report."""
    said = max(plan.departures, key=lambda departure: departure.weight)
    start = plan.route.timing_points[0].station
    sighting = Sighting(
        start.id, "depart", said.earliest, said.latest, said.weight, said.source, said.reason
    )
    return Report(
        sighting=sighting,
        copies=(),
        why_not=None,
        right=said.weight,
        spans_m=((0.0, 0.0),),
        stands=False,
        zone=start.zone,
        publisher=AS_STATED,
    )

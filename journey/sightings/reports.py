"""A report on its route: where it puts the train, on which clock, and how likely it is right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from journey.along import ROUNDING_M
from journey.clock import format_interval
from journey.evidence.placing import placed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from journey.evidence import Taken
    from journey.plan import Event, Plan
    from journey.reports import Sighting

LONGEST_NAME = 40
HOST = re.compile(r"https?://(?:www\.)?([^/\s]+)\S*")
ANYBODY = "a report"


class Reach(NamedTuple):
    """When a train that a report is right about arrives at its place, and when it leaves it, s.

    Seconds of Unix time; infinite where the report sets no bound.
    """

    arrive_s: tuple[float, float]
    depart_s: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was held against a plan.

    Attributes
    ----------
    sighting : Sighting
        What it says.
    copies : tuple of Sighting
        Reports that say the same, and are not counted again.
    why_not : str or None
        Why it cannot be right on this route.
    right : float
        Probability that it is right, after all reports.
    spans_m : tuple of (float, float)
        Where on the route its place lies, m; a station is a span of length 0.
    stands : bool
        Whether the scenario has the train stand there, so that it arrives and departs at different
        times.
    zone : tzinfo
        The clock of its place; UTC of one that is no station and lies off the route.
    publisher : str
        Who says so, in short; of a report without a source, its reason or wording.
    """

    sighting: Sighting
    copies: tuple[Sighting, ...]
    why_not: str | None
    right: float
    spans_m: tuple[tuple[float, float], ...]
    stands: bool
    zone: tzinfo
    publisher: str

    @classmethod
    def of(cls, taken: Taken, stated: Sighting, plan: Plan) -> Report:
        """Place a report that was taken in; `stated` is what its source says of it."""
        spans_m = placed(stated, plan).spans_m
        return cls(
            sighting=stated,
            copies=taken.copies,
            why_not=taken.why_not,
            right=taken.right,
            spans_m=spans_m,
            stands=_stands(spans_m, plan),
            zone=zone_of(stated, spans_m, plan),
            publisher=publisher_of(stated, plan),
        )

    @property
    def at_m(self) -> float | None:
        """Its chainage, m, where it speaks of one point of the route that is passed once."""
        (start_m, end_m), *others = self.spans_m or ((0.0, float("inf")),)
        return start_m if not others and end_m - start_m <= ROUNDING_M else None

    @property
    def place(self) -> str:
        """Its place, for people."""
        return str(self.sighting.at)

    @property
    def when(self) -> str:
        """Its time on the clock of the place."""
        return format_interval(self.sighting.earliest, self.sighting.latest, self.zone)

    @property
    def said(self) -> str:
        """Who says what: ``KCNA: depart Sun 10 Sep 2023 12:00 to 18:00 (UTC+9)``."""
        return f"{self.publisher}: {self.sighting.event} {self.when}"

    @property
    def reach(self) -> Reach:
        """What it says of the arrival and of the departure at its place."""
        earliest_s, latest_s = self.sighting.earliest.timestamp(), self.sighting.latest.timestamp()
        within, later = (earliest_s, latest_s), (earliest_s, float("inf"))
        sooner = (float("-inf"), latest_s)
        return {
            "arrive": Reach(within, later),
            "pass": Reach(sooner, later) if self.stands else Reach(within, within),
            "depart": Reach(sooner, within),
            "at": Reach(sooner, later),
            "not yet at": Reach(later, later),
        }[self.sighting.event]


def events_near(plan: Plan, sightings: Iterable[Sighting]) -> tuple[Event, ...]:
    """What the train does at the stations nearest to points that reports speak of, and at the end.

    To time these alone takes a part of the time.
    """
    spans_m = [span_m for sighting in sightings for span_m in placed(sighting, plan).spans_m]
    near = {int(abs(plan.route.station_m - sum(span_m) / 2).argmin()) for span_m in spans_m}
    return tuple(e for e in plan.events if e.station in near or e is plan.events[-1])


def publisher_of(sighting: Sighting, plan: Plan) -> str:
    """Who published a report, in a few words; the host of one that is known by its link alone.

    Of one without a source, why it is read as it is, or its wording.
    """
    if not sighting.source:
        words = sighting.reason or sighting.wording or ANYBODY
        return shorten(words, LONGEST_NAME, placeholder=" …")
    publishers = {source.id: source.publisher for source in plan.sources}
    name = publishers.get(sighting.source, sighting.source)
    return shorten(HOST.sub(r"\1", name).partition(",")[0], LONGEST_NAME, placeholder=" …")


def zone_of(sighting: Sighting, spans_m: tuple[tuple[float, float], ...], plan: Plan) -> tzinfo:
    """The clock of a report's place; UTC of one that is no station and lies off the route."""
    if isinstance(sighting.at, str):
        return plan.network.station(sighting.at).zone
    if not spans_m:
        return UTC
    middle_m = sum(spans_m[0]) / 2
    points = plan.route.timing_points
    return min(points, key=lambda point: abs(point.chainage_m - middle_m)).station.zone


def _stands(spans_m: tuple[tuple[float, float], ...], plan: Plan) -> bool:
    """Whether a stop lies in one of some spans."""
    return any(
        ((start_m - ROUNDING_M <= plan.stop_m) & (plan.stop_m <= end_m + ROUNDING_M)).any()
        for start_m, end_m in spans_m
    )

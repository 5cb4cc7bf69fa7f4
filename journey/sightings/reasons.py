"""Why a report is likely or not, in plain words: what excludes it, and what the others leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journey.along import ROUNDING_M
from journey.clock import format_interval
from journey.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from journey.ensemble import Ensemble
    from journey.ensemble.whereabouts import Place
    from journey.sightings.reports import Report

LEVEL = 0.9
"""Share of the journeys that the windows hold which the other reports leave."""
LIKELY = 0.5
"""Reports at least so likely to be right count as what contradicts another."""
MOST_NAMED = 3
DEPARTING = frozenset({"depart"})


class Way(NamedTuple):
    """What two reports of different places say of the way between them.

    `km` is at least what lies between; `hours` the least and the most from the one to the other.
    """

    behind: Report
    ahead: Report
    km: float
    hours: tuple[float, float]

    @classmethod
    def between(cls, one: Report, other: Report) -> Way | None:
        """None where the places overlap, or one is passed more than once."""
        if len(one.spans_m) != 1 or len(other.spans_m) != 1:
            return None
        behind, ahead = sorted((one, other), key=lambda report: report.spans_m[0])
        apart_m = ahead.spans_m[0][0] - behind.spans_m[0][1]
        if apart_m <= ROUNDING_M:
            return None
        leaves, arrives = behind.reach.depart_s, ahead.reach.arrive_s
        hours = ((arrives[0] - leaves[1]) / HOUR_S, (arrives[1] - leaves[0]) / HOUR_S)
        return cls(behind, ahead, apart_m / 1000, hours)


def excludes(one: Report, other: Report) -> bool:
    """Whether no train can do what two reports of one point of the route say.

    That one ends where the other begins is nothing in common, unless one speaks of that moment
    alone.
    """
    if one.at_m is None or other.at_m is None or abs(one.at_m - other.at_m) > ROUNDING_M:
        return False
    (arrive_low, arrive_high), (depart_low, depart_high) = (
        (max(a[0], b[0]), min(a[1], b[1])) for a, b in zip(one.reach, other.reach, strict=True)
    )
    moment = any(each.sighting.earliest == each.sighting.latest for each in (one, other))
    left_s = min(arrive_high - arrive_low, depart_high - depart_low, depart_high - arrive_low)
    return left_s < 0 or (left_s == 0 and not moment)


def reasons(
    report: Report,
    others: Sequence[Report],
    left: Ensemble,
    *,
    speeds_kmh: tuple[float, float],
    contradicted: bool,
) -> str:
    """Say why a report is likely or not.

    Parameters
    ----------
    report : Report
        The report.
    others : sequence of Report
        All the others.
    left : Ensemble
        The journeys after the others, or those of the scenario alone.
    speeds_kmh : tuple of float
        The lowest and the highest speed that the scenario states.
    contradicted : bool
        Whether something is to be named that speaks against it.
    """
    if report.why_not is not None:
        return report.why_not
    against = list(_against(report, others, speeds_kmh)) if contradicted else []
    return "; ".join([*against[:MOST_NAMED], _left(report, left)])


def _against(
    report: Report, others: Sequence[Report], speeds_kmh: tuple[float, float]
) -> Iterator[str]:
    """What speaks against a report, the likeliest of the others first."""
    able = [each for each in others if each.why_not is None]
    likely = sorted(able, key=lambda each: -each.right)
    for other in likely:
        if excludes(report, other):
            yield f"{other.said}; no moment in common"
    sure = [each for each in likely if each.right >= LIKELY]
    for way in _neighbours(report, sure):
        yield from _hurry(way, report, *speeds_kmh)


def _neighbours(report: Report, others: Sequence[Report]) -> Iterator[Way]:
    """The nearest places behind and ahead that others speak of."""
    ways = [way for other in others if (way := Way.between(report, other))]
    for side in ("behind", "ahead"):
        here = [way for way in ways if getattr(way, side) is not report]
        if here:
            yield min(here, key=lambda way: way.km)


def _hurry(way: Way, report: Report, slowest_kmh: float, fastest_kmh: float) -> Iterator[str]:
    """A speed between two reports that the scenario does not have, or a stand of that time."""
    other = way.ahead if way.behind is report else way.behind
    side = "from there to" if way.behind is report else "from"
    least_h, most_h = way.hours
    if most_h <= 0:
        yield f"{other.place} is {way.km:.1f} km off, and no time is left between ({other.said})"
    elif way.km / most_h > fastest_kmh:
        yield (
            f"{side} {other.place} it would need {way.km / most_h:.0f} km/h or more: "
            f"{way.km:.1f} km in {most_h:.1f} h at most ({other.said})"
        )
    elif least_h > 0 and way.km / least_h < slowest_kmh:
        yield (
            f"{side} {other.place} it would take {least_h:.1f} h or more for {way.km:.1f} km: "
            f"{way.km / least_h:.1f} km/h at most, standing included ({other.said})"
        )


def _left(report: Report, left: Ensemble) -> str:
    """The window that is left; of a place that is no point, where the train then is."""
    who = "the scenario itself leaves" if left.evidence is None else "the other reports leave"
    held = f"({100 * LEVEL:g} %)"
    if report.at_m is None:
        return f"{who} {_whereabouts(report, left)} {held}"
    index = int(abs(left.plan.route.station_m - report.at_m).argmin())
    station = left.plan.route.timing_points[index].station
    here = [window for window in left.window_list(LEVEL) if window.station is station]
    window = here[-1] if report.sighting.event in DEPARTING else here[0]
    near = "" if str(report.sighting.at) in station.names else f" at {station.name}"
    when = format_interval(window.earliest, window.latest, window.zone)
    return f"{who} {when}{near} {held}"


def _whereabouts(report: Report, left: Ensemble) -> str:
    """Where the train is while it should be somewhere: still short of it, beyond it, or about."""
    said = report.sighting
    last, first = left.at(said.latest, LEVEL).latest, left.at(said.earliest, LEVEL).earliest
    if last.km * 1000 < min(start_m for start_m, _ in report.spans_m):
        return f"it at {_named(last)} at most by {_moment(said.latest, report)}"
    if first.km * 1000 > max(end_m for _, end_m in report.spans_m):
        return f"it at {_named(first)} at least by {_moment(said.earliest, report)}"
    middle = said.earliest + (said.latest - said.earliest) / 2
    there = left.at(middle, LEVEL)
    between = f"between {_named(there.earliest)} and {_named(there.latest)}"
    return f"it {between} on {_moment(middle, report)}"


def _moment(moment: datetime, report: Report) -> str:
    return format_interval(moment, moment, report.zone)


def _named(place: Place) -> str:
    return f"km {place.km:.1f} (near {place.near.station.name})"

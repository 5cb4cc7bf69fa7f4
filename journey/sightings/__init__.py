"""Reports held beside windows, against each other, and as evidence between rival scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journey.along import ROUNDING_M
from journey.evidence.placing import placed

if TYPE_CHECKING:
    from journey.ensemble.windows import Window
    from journey.plan import Plan
    from journey.reports import Sighting

DEPARTING = frozenset({"depart"})
PENDING = frozenset({"not yet at"})
STANDING = frozenset({"at", "pass"})
"""What holds from the arrival at a place to the departure."""


class Comparison(NamedTuple):
    """A report beside the window of the same event.

    `least_gap_s` and `most_gap_s` say by how much the report lies after the window, s: at least
    from the window's end to the report's beginning, at most from the one's beginning to the
    other's end. Both are above zero where the report is later than any journey of the window,
    both below where it is earlier. Where the train halts, a report that it is at the place or
    passes it is held beside the time from arrival to departure; at either end of the way it stands
    before its departure and after its arrival, and a report of that is neither early nor late.
    """

    sighting: Sighting
    window: Window
    least_gap_s: float
    most_gap_s: float

    @property
    def apart(self) -> bool:
        """Whether no moment is both in the report and in the window.

        A report that the train is *not yet* somewhere may well be earlier than its window.
        """
        earlier = self.most_gap_s < 0 and self.sighting.event not in PENDING
        return self.least_gap_s > 0 or earlier


def compare(plan: Plan, windows: tuple[Window, ...]) -> tuple[Comparison, ...]:
    """Hold every report of a scenario beside the window of its event.

    This only says where the two disagree, whether or not the windows take the reports in.

    Parameters
    ----------
    plan : Plan
        The scenario on its route, with its reports.
    windows : tuple of Window
        Of the events that were timed.

    Returns
    -------
    tuple of Comparison
        One for each report of a station that was timed and is passed once, in the order of the
        scenario; none for those of other spots, or off the route.
    """
    found = (_compared(sighting, plan, windows) for sighting in plan.sightings)
    return tuple(comparison for comparison in found if comparison)


def _compared(sighting: Sighting, plan: Plan, windows: tuple[Window, ...]) -> Comparison | None:
    if not isinstance(sighting.at, str) or placed(sighting, plan).why_not:
        return None
    station = plan.network.station(sighting.at)
    if len(plan.route.passes_of(station)) > 1:
        return None
    here = [window for window in windows if window.station is station]
    if not here:
        return None
    window = here[-1] if sighting.event in DEPARTING else here[0]
    leaving = here[-1] if sighting.event in STANDING else window
    least_gap_s = (sighting.earliest - leaving.latest).total_seconds()
    most_gap_s = (sighting.latest - window.earliest).total_seconds()
    if sighting.event == "at":
        end_m = plan.route.length_km * 1000 - ROUNDING_M
        least_gap_s = least_gap_s if leaving.km * 1000 < end_m else min(least_gap_s, 0.0)
        most_gap_s = most_gap_s if window.km * 1000 > ROUNDING_M else max(most_gap_s, 0.0)
    return Comparison(sighting, window, least_gap_s, most_gap_s)

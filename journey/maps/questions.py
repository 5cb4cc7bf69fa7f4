"""What a page can be asked: which quantities can be held at another value, and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journey.words import country_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.route import Route
    from journey.views import View


def questions_of(views: Sequence[View]) -> dict[str, Any]:
    """Which quantities the readers of a page can change, besides departure and unreported halts.

    Parameters
    ----------
    views : sequence of View
        What is shown of one journey, the first view first.

    Returns
    -------
    dict
        ``speeds`` by country, ``stands`` by station. Without any stop, a train can be made to
        stand at its first break of gauge or border.
    """
    route = views[0].ensemble.plan.route
    stops = {number for view in views for number in view.ensemble.plan.stop_station.tolist()}
    stations = [route.timing_points[number].station for number in sorted(stops or _border(route))]
    return {
        "speeds": [
            {"code": code, "name": country_name(code)}
            for code in dict.fromkeys(start.name for start in route.countries)
        ],
        "stands": [{"id": station.id, "name": station.name} for station in stations],
    }


def _border(route: Route) -> list[int]:
    """The station of the first break of gauge, or the first one beyond a border."""
    if route.gauge_breaks:
        at_m = route.gauge_breaks[0].at.chainage_m
    elif route.countries[1:]:
        at_m = route.countries[1].start_m
    else:
        return []
    number = int(route.station_m.searchsorted(at_m))
    return [number] if 0 < number < len(route.timing_points) - 1 else []

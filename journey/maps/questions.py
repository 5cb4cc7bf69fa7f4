"""What a page can be asked: which quantities can be held at another value, and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journey.maps.marks import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journey.plan import Plan
    from journey.route import Route
    from journey.views import View

REPORTED, ASSUMED = "reported", "assumed"


def questions_of(views: Sequence[View]) -> dict[str, Any]:
    """Which quantities the readers of a page can change.

    Parameters
    ----------
    views : sequence of View
        What is shown of one journey, the first view first.

    Returns
    -------
    dict
        ``depart``, ``speeds`` by country, ``stands`` by station, ``halts``; each says whether the
        first view has it ``reported`` or ``assumed``. Without any stop, a train can be made to
        stand at its first break of gauge or border.
    """
    plan = views[0].ensemble.plan
    return {
        "depart": {"kind": _kind(each.source for each in plan.departures)},
        "speeds": [
            {"code": code, "name": country_name(code), "kind": _speed_kind(plan, code)}
            for code in dict.fromkeys(start.name for start in plan.route.countries)
        ],
        "stands": _stands([view.ensemble.plan for view in views]),
        "halts": {"kind": _kind(each.source for each in plan.unreported_halts)},
    }


def _kind(sources: Iterable[str | None]) -> str:
    named = list(sources)
    return REPORTED if named and all(named) else ASSUMED


def _speed_kind(plan: Plan, country: str) -> str:
    """What the speed rules are that hold in a country: reported if all of them are."""
    starts = [start.start_m for start in plan.route.countries]
    names = [start.name for start in plan.route.countries]
    here = [
        rule
        for rule, middle_m in zip(plan.cells.rule_of, plan.cells.middle_m, strict=True)
        if names[sum(start <= middle_m for start in starts) - 1] == country
    ]
    return _kind(plan.speeds.every[rule].source for rule in here)


def _stands(plans: Sequence[Plan]) -> list[dict[str, Any]]:
    found: dict[int, str] = {}
    for plan in plans:
        for number, stop in zip(plan.stop_station.tolist(), plan.stops, strict=True):
            found.setdefault(number, REPORTED if stop.source else ASSUMED)
    route = plans[0].route
    if not found:
        found = dict.fromkeys(_border(route), ASSUMED)
    return [
        {
            "id": route.timing_points[number].station.id,
            "name": route.timing_points[number].station.name,
            "kind": kind,
        }
        for number, kind in sorted(found.items())
    ]


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

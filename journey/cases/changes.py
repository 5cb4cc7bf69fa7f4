"""What an alternative of a grid does to a scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journey.cases.axes import DEPART, ROUTE, SPEED, STOP
from journey.statements import SpeedRule, Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.cases.axes import Axis, Choice
    from journey.network import Network
    from journey.quantities import Quantity
    from journey.scenario import Scenario
    from journey.statements import Departure

DEFAULT = "default"


def changed(scenario: Scenario, axis: Axis, choice: Choice, network: Network) -> Scenario:
    """Put an alternative in the place of what a scenario states.

    Parameters
    ----------
    scenario : Scenario
        What is stated.
    axis : Axis
        What is varied.
    choice : Choice
        One of its alternatives.
    network : Network
        Knows by what names a place of a halt goes.

    Returns
    -------
    Scenario
        The other scenario.

    Raises
    ------
    UnknownPlaceError
        If the place of a halt is not known.
    """
    change = CHANGES[axis.kind]
    return change(scenario, axis.where, choice.value, network)


def _speed(scenario: Scenario, where: str | None, speed: Quantity, _: Network) -> Scenario:
    rule = SpeedRule(where or DEFAULT, speed)
    if where is None:
        speeds = replace(scenario.speeds, default=rule, rules=())
    elif where == DEFAULT:
        speeds = replace(scenario.speeds, default=rule)
    else:
        others = tuple(each for each in scenario.speeds.rules if each.where != where)
        speeds = replace(scenario.speeds, rules=(*others, rule))
    return replace(scenario, speeds=speeds)


def _depart(scenario: Scenario, _: str | None, depart: Departure, __: Network) -> Scenario:
    return replace(scenario, departures=(depart,))


def _stop(scenario: Scenario, place: str, duration_s: Quantity, network: Network) -> Scenario:
    here = network.station(place)
    others = tuple(stop for stop in scenario.stops if network.station(stop.at) is not here)
    # Without a duration there is no halt: nor does the train brake.
    halts = (Stop(place, duration_s),) if duration_s.high > 0 else ()
    return replace(scenario, stops=others + halts)


def _route(scenario: Scenario, _: str | None, places: tuple[str, ...], __: Network) -> Scenario:
    # Reports of another way, and of where it would lead, say nothing of this one.
    return replace(scenario, route=places, route_source=None, sightings=())


CHANGES: dict[str, Callable[[Scenario, Any, Any, Network], Scenario]] = {
    SPEED: _speed,
    DEPART: _depart,
    STOP: _stop,
    ROUTE: _route,
}

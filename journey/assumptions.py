"""What a plan takes for granted, in words: each statement with its source or its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.clock import format_interval
from journey.words import (
    duration_in_words,
    margin_in_words,
    range_in_words,
    running_in_words,
    share_in_words,
    train_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.plan import Plan
    from journey.statements import Source


def cited(plan: Plan) -> tuple[Source, ...]:
    """The reports that a plan refers to, with those of its train where it matters."""
    if plan.train is None or plan.running == "cruise":
        return plan.sources
    known = {source.id for source in plan.sources}
    return plan.sources + tuple(each for each in plan.train.sources if each.id not in known)


def assumptions(plan: Plan, level: float) -> Iterable[str]:
    """Say what the windows of a plan rest on.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    level : float
        Share of the drawn journeys that a window holds.

    Yields
    ------
    str
        A statement, and whether it is reported, with the publisher, or assumed, with the reason.
    """
    depart, zone = plan.depart, plan.route.timing_points[0].station.zone
    if plan.route_source:
        yield f"Destination {plan.route.places[-1]}: {_basis(plan, plan.route_source, None)}"
    window = format_interval(depart.earliest, depart.latest, zone)
    yield f"Departure {window}: {_basis(plan, depart.source, depart.reason)}"
    yield from _of_running(plan)
    for stop in plan.stops:
        basis = _basis(plan, stop.source, stop.reason)
        yield f"Halt at {stop.at} {duration_in_words(stop.duration_s)}: {basis}"
    yield f"{'No other halt' if plan.stops else 'No halt'} on the way: assumed"
    yield f"Earliest to latest holds {share_in_words(level)}"


def _of_running(plan: Plan) -> Iterable[str]:
    for rule, run_km in zip(plan.speeds.every, plan.rule_km, strict=True):
        where = _meaning(plan) if rule is plan.speeds.default else f"Speed {rule.where}"
        unused = "" if run_km else " (nowhere on this route)"
        basis = _basis(plan, rule.source, rule.reason)
        yield f"{where} {range_in_words(rule.speed_kmh, 'km/h')}{unused}: {basis}"
    for limit in plan.limits:
        speed, basis = (
            range_in_words(limit.speed_kmh, "km/h"),
            _basis(plan, limit.source, limit.reason),
        )
        yield f"Limit {' to '.join(limit.between)} {speed}: {basis}"
    if plan.running != "cruise" and plan.train:
        yield f"Running times by {running_in_words(plan.running)}: assumed"
        mass = plan.train.figures["mass_t"]
        basis = _basis(plan, mass.source, mass.reason)
        yield f"{train_in_words(plan.train)}: {basis}"
    if plan.margin:
        basis = _basis(plan, plan.margin.source, plan.margin.reason)
        yield f"Margin of {margin_in_words(plan.margin)}: {basis}"


def _meaning(plan: Plan) -> str:
    if plan.speeds.meaning == "maximum":
        return "Highest speed"
    return "Speed while moving" if plan.running == "cruise" else "Average speed between halts"


def _basis(plan: Plan, source_id: str | None, reason: str | None) -> str:
    """Say what a figure is: reported, with its source, or assumed, with its reason, or both."""
    source = next((source for source in cited(plan) if source.id == source_id), None)
    if source is None:
        return f"assumed, {reason}" if reason else "assumed"
    return f"reported by {source.publisher}" + (f"; {reason}" if reason else "")

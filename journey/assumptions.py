"""What a plan takes for granted, in words: each statement with its source or its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from journey.clock import format_interval, format_local
from journey.ruling import DEFAULT
from journey.train_estimate import USED
from journey.words import (
    duration_in_words,
    figure_in_words,
    halts_in_words,
    limits_in_words,
    listed,
    margin_in_words,
    own_shares_in_words,
    quantity_in_words,
    running_in_words,
    share_in_words,
    speeds_in_words,
    unreported_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.kinematics import Running
    from journey.plan import Plan
    from journey.statements import Source
    from journey.train_estimate import Effort, Figure, Resistance, TrainEstimate

ROUNDING_KM = 1e-6
BRACKETS = re.compile(r"\(([^()]*)\)")


def cited(plan: Plan) -> tuple[Source, ...]:
    """The reports that a plan refers to, with those of the figures of its train that are used."""
    if plan.train is None:
        return plan.sources
    named = [plan.train.stated(key) for key in USED[plan.running]]
    known = {source.id for source in plan.sources}
    return plan.sources + tuple(
        source
        for source in plan.train.sources
        if source.id not in known and any(_names(stated, source) for stated in named)
    )


def _names(stated: Figure | Resistance | Effort | None, source: Source) -> bool:
    """Whether a figure is from a source, or its reason refers to it in brackets."""
    if stated is None:
        return False
    within = BRACKETS.findall(stated.reason or "")
    return stated.source == source.id or any(source.id in each.split(", ") for each in within)


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
    if plan.route_source:
        yield f"Destination {plan.route.places[-1]}: {_basis(plan, plan.route_source, None)}"
    yield from _of_departures(plan)
    yield from _of_running(plan)
    yield from _of_halts(plan)
    yield f"Earliest to latest holds {share_in_words(level, tried=plan.tried)}"


def terms(plan: Plan) -> str:
    """Say in short what windows rest on: speed, limits, margin and halts."""
    unreported = ["unreported halts"] if plan.halt_ways else []
    counted = [
        *([limits_in_words(len(plan.limits))] if plan.limits else []),
        *(["a margin"] if plan.margin else []),
        *([halts_in_words(len(plan.stops))] if plan.stops or not unreported else []),
        *unreported,
    ]
    return f"At {speeds_in_words(plan.speeds)} and with {listed(counted)}"


def train_figures(train: TrainEstimate, running: Running) -> Iterable[tuple[str, str, str]]:
    """Name, value and basis of each figure of a train that a model makes use of."""
    for key in USED[running]:
        stated = train.stated(key)
        if stated is not None:
            name, value = figure_in_words(key, stated)
            yield name, value, basis_in_words(train.sources, stated.source, stated.reason)


def basis_in_words(sources: Iterable[Source], source_id: str | None, reason: str | None) -> str:
    """Say what a figure is: reported, with its source, or assumed, with its reason, or both."""
    publishers = {source.id: source.publisher for source in sources}
    because = BRACKETS.sub(lambda found: _published(found, publishers), reason or "")
    if source_id in publishers:
        return f"reported by {publishers[source_id]}" + (f"; {because}" if because else "")
    return f"assumed, {because}" if because else "assumed"


def _published(found: re.Match[str], publishers: dict[str, str]) -> str:
    """Put publishers in the place of the ids of sources in brackets; leave other brackets."""
    ids = found[1].split(", ")
    if not all(each in publishers for each in ids):
        return found[0]
    return f"({'; '.join(dict.fromkeys(publishers[each] for each in ids))})"


def _of_departures(plan: Plan) -> Iterable[str]:
    zone = plan.route.timing_points[0].station.zone
    for depart in plan.departures:
        window = format_interval(depart.earliest, depart.latest, zone)
        likely = f", most likely {format_local(depart.likeliest, zone)}" if depart.likeliest else ""
        held = f", held {100 * depart.weight:.3g} % likely" if len(plan.departures) > 1 else ""
        basis = _basis(plan, depart.source, depart.reason)
        yield f"Departure {window}{likely}{held}: {basis}"


def _of_halts(plan: Plan) -> Iterable[str]:
    for stop in plan.stops:
        basis = _basis(plan, stop.source, stop.reason)
        yield f"Halt at {stop.at} {duration_in_words(stop.duration_s)}: {basis}"
    yield from _of_unreported(plan)


def _of_unreported(plan: Plan) -> Iterable[str]:
    held_km = {way.stated: float(way.length_m.sum()) / 1000 for way in plan.halt_ways}
    for halts in plan.unreported_halts:
        where = {DEFAULT: " elsewhere" if len(plan.unreported_halts) > 1 else ""}
        unused = "" if halts in held_km else " (nowhere on this route)"
        said = f"{where.get(halts.where, f' {halts.where}')} {unreported_in_words(halts)}{unused}"
        yield f"Unreported halts{said}: {_basis(plan, halts.source, halts.reason)}"
    if sum(held_km.values()) < plan.route.length_km - ROUNDING_KM:
        elsewhere = " elsewhere" if held_km else ""
        yield f"{'No other halt' if plan.stops else 'No halt'}{elsewhere} on the way: assumed"


def _of_running(plan: Plan) -> Iterable[str]:
    for rule, run_km in zip(plan.speeds.every, plan.rule_km, strict=True):
        where = "while moving" if rule is plan.speeds.default else rule.where
        unused = "" if run_km else " (nowhere on this route)"
        basis = _basis(plan, rule.source, rule.reason)
        yield f"Speed {where} {quantity_in_words(rule.speed_kmh, 'km/h')}{unused}: {basis}"
    own = plan.speeds.section_share or plan.speeds.country_share
    if own and any(not rule.speed_kmh.fixed for rule in plan.speeds.every):
        yield f"{own_shares_in_words(plan.speeds)}: assumed"
    if plan.speeds.meaning == "maximum":
        yield "The speed is taken for the highest: assumed"
    elif plan.running != "cruise":
        yield "The speed is taken for the average between two halts: assumed"
    for limit in plan.limits:
        speed = quantity_in_words(limit.speed_kmh, "km/h")
        basis = _basis(plan, limit.source, limit.reason)
        yield f"Limit {' to '.join(limit.between)} {speed}: {basis}"
    if plan.margin:
        basis = _basis(plan, plan.margin.source, plan.margin.reason)
        yield f"Margin of {margin_in_words(plan.margin)}: {basis}"
    yield from _of_train(plan)


def _of_train(plan: Plan) -> Iterable[str]:
    if plan.running != "cruise":
        yield f"Running times by {running_in_words(plan.running)}: assumed"
    if plan.train:
        yield ". ".join(filter(None, [f"Train: {plan.train.name}", plan.train.about]))
        for name, value, basis in train_figures(plan.train, plan.running):
            yield f"{name} of the train {value}: {basis}"


def _basis(plan: Plan, source_id: str | None, reason: str | None) -> str:
    return basis_in_words(plan.sources, source_id, reason)

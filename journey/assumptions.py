"""What a plan takes for granted, in words: each statement with its source or its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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

    AnyFigure = Figure | Resistance | Effort

ROUNDING_KM = 1e-6
BRACKETS = re.compile(r"\(([^()]*)\)")


class Statement(NamedTuple):
    """What windows rest on, and whether that is ``reported``, ``assumed`` or ``derived``."""

    text: str
    kind: str


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


def _names(stated: AnyFigure | None, source: Source) -> bool:
    """Whether a figure is from a source, or its reason refers to it in brackets."""
    if stated is None:
        return False
    within = BRACKETS.findall(stated.reason or "")
    return stated.source == source.id or any(source.id in each.split(", ") for each in within)


def assumptions(plan: Plan, level: float) -> Iterable[str]:
    """Say what the windows of a plan rest on, as `statements` do."""
    return (each.text for each in statements(plan, level))


def statements(plan: Plan, level: float) -> Iterable[Statement]:
    """Say what the windows of a plan rest on, and what each statement is.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    level : float
        Share of the drawn journeys that a window holds.

    Yields
    ------
    Statement
        Its text says whether it is reported, with the publisher, or assumed, with the reason.
    """
    if plan.route_source:
        yield _stated(plan, f"Destination {plan.route.places[-1]}", plan.route_source, None)
    yield from _of_departures(plan)
    yield from _of_running(plan)
    yield from _of_halts(plan)
    holds = share_in_words(level, tried=plan.tried)
    yield Statement(f"Earliest to latest holds {holds}", "derived")


def terms(plan: Plan) -> str:
    """Say in short what windows rest on: speed, limits, margin and halts."""
    return f"At {speeds_in_words(plan.speeds)} and with {listed([*_besides(plan)])}"


def condition(plan: Plan, level: float, reports: int) -> str:
    """Say under which condition a window holds, after the window itself.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    level : float
        Share of the drawn journeys that the window holds.
    reports : int
        How many were taken in.

    Returns
    -------
    str
        ``assuming 59 km/h and no long halt``, or what share of the journeys after the reports.
    """
    if reports:
        given = "the one report" if reports == 1 else f"the {reports} reports"
        return f"so for {100 * level:g} % of the journeys, given {given}"
    speeds = speeds_in_words(plan.speeds)
    besides = [each.replace(halts_in_words(0), "no long halt") for each in _besides(plan)]
    # Where a speed is told with a comma, another one tells where it ends.
    assumed = f"{speeds}, and {listed(besides)}" if "," in speeds else listed([speeds, *besides])
    share = "" if level == 1 else f", for {100 * level:g} % of the journeys"
    return f"assuming {assumed}{share}"


def _besides(plan: Plan) -> Iterable[str]:
    """What counts besides the speed."""
    if plan.limits:
        yield limits_in_words(len(plan.limits))
    if plan.margin:
        yield "a margin"
    if plan.stops or not plan.halt_ways:
        yield halts_in_words(len(plan.stops))
    if plan.halt_ways:
        yield "unreported halts"


def train_figures(train: TrainEstimate, running: Running) -> Iterable[tuple[str, str, str]]:
    """Name, value and basis of each figure of a train that a model makes use of."""
    for name, value, stated in _used(train, running):
        yield name, value, basis_in_words(train.sources, stated.source, stated.reason)


def _used(train: TrainEstimate, running: Running) -> Iterable[tuple[str, str, AnyFigure]]:
    for key in USED[running]:
        stated = train.stated(key)
        if stated is not None:
            yield *figure_in_words(key, stated), stated


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


def _of_departures(plan: Plan) -> Iterable[Statement]:
    zone = plan.route.timing_points[0].station.zone
    for depart in plan.departures:
        window = format_interval(depart.earliest, depart.latest, zone)
        likely = f", most likely {format_local(depart.likeliest, zone)}" if depart.likeliest else ""
        held = f", held {100 * depart.weight:.3g} % likely" if len(plan.departures) > 1 else ""
        yield _stated(plan, f"Departure {window}{likely}{held}", depart.source, depart.reason)


def _of_halts(plan: Plan) -> Iterable[Statement]:
    for stop in plan.stops:
        halt = f"Halt at {stop.at} {duration_in_words(stop.duration_s)}"
        yield _stated(plan, halt, stop.source, stop.reason)
    yield from _of_unreported(plan)


def _of_unreported(plan: Plan) -> Iterable[Statement]:
    held_km = {way.stated: float(way.length_m.sum()) / 1000 for way in plan.halt_ways}
    for halts in plan.unreported_halts:
        where = {DEFAULT: " elsewhere" if len(plan.unreported_halts) > 1 else ""}
        unused = "" if halts in held_km else " (nowhere on this route)"
        said = f"{where.get(halts.where, f' {halts.where}')} {unreported_in_words(halts)}{unused}"
        yield _stated(plan, f"Unreported halts{said}", halts.source, halts.reason)
    if sum(held_km.values()) < plan.route.length_km - ROUNDING_KM:
        elsewhere = " elsewhere" if held_km else ""
        none = "No other halt" if plan.stops else "No halt"
        yield _assumed(f"{none}{elsewhere} on the way")


def _of_running(plan: Plan) -> Iterable[Statement]:
    for rule, run_km in zip(plan.speeds.every, plan.rule_km, strict=True):
        where = "while moving" if rule is plan.speeds.default else rule.where
        unused = "" if run_km else " (nowhere on this route)"
        speed = f"Speed {where} {quantity_in_words(rule.speed_kmh, 'km/h')}{unused}"
        yield _stated(plan, speed, rule.source, rule.reason)
    own = plan.speeds.section_share or plan.speeds.country_share
    if own and any(not rule.speed_kmh.fixed for rule in plan.speeds.every):
        yield _assumed(own_shares_in_words(plan.speeds))
    if plan.speeds.meaning == "maximum":
        yield _assumed("The speed is taken for the highest")
    elif plan.running != "cruise":
        yield _assumed("The speed is taken for the average between two halts")
    for limit in plan.limits:
        speed = quantity_in_words(limit.speed_kmh, "km/h")
        limited = f"Limit {' to '.join(limit.between)} {speed}"
        yield _stated(plan, limited, limit.source, limit.reason)
    if plan.margin:
        margin = f"Margin of {margin_in_words(plan.margin)}"
        yield _stated(plan, margin, plan.margin.source, plan.margin.reason)
    yield from _of_train(plan)


def _of_train(plan: Plan) -> Iterable[Statement]:
    if plan.running != "cruise":
        yield _assumed(f"Running times by {running_in_words(plan.running)}")
    if plan.train:
        about = ". ".join(filter(None, [f"Train: {plan.train.name}", plan.train.about]))
        yield Statement(about, "assumed")
        for name, value, stated in _used(plan.train, plan.running):
            figure = f"{name} of the train {value}"
            yield _with_basis(figure, plan.train.sources, stated.source, stated.reason)


def _assumed(what: str) -> Statement:
    return Statement(f"{what}: assumed", "assumed")


def _stated(plan: Plan, what: str, source_id: str | None, reason: str | None) -> Statement:
    return _with_basis(what, plan.sources, source_id, reason)


def _with_basis(
    what: str, sources: Iterable[Source], source_id: str | None, reason: str | None
) -> Statement:
    known = any(source.id == source_id for source in sources)
    text = f"{what}: {basis_in_words(sources, source_id, reason)}"
    return Statement(text, "reported" if known else "assumed")

"""Where the train is, and what an arrival needs, as tables for a terminal."""

from __future__ import annotations

import math
from datetime import UTC
from typing import TYPE_CHECKING

from rich.table import Table

from journey.assumptions import terms
from journey.clock import format_interval, format_local, format_offset
from journey.tables import escape
from journey.units import FASTEST_KMH, format_duration
from journey.words import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.console import RenderableType

    from journey.arriving import Needs
    from journey.ensemble import Ensemble
    from journey.ensemble.whereabouts import Whereabouts

MINUTE_S = 60.0
SMALLEST_KM = 0.1


def where_tables(ensemble: Ensemble, whereabouts: Whereabouts) -> tuple[RenderableType, ...]:
    """Where the train is at a moment: three places, and who is not under way."""
    moment = whereabouts.at
    table = Table(
        title=escape(f"{ensemble.plan.name}: {_moment(moment)}"),
        box=None,
        padding=(0, 1, 0, 0),
    )
    table.add_column("")
    table.add_column("km", justify="right", no_wrap=True)
    for name in ("Nearest station", "Clock there", "Latitude", "Longitude"):
        table.add_column(name, no_wrap=True)
    places = (whereabouts.earliest, whereabouts.central, whereabouts.latest)
    for name, place in zip(("Least advanced", "Central", "Most advanced"), places, strict=True):
        station, chainage_m = place.near
        clock = f"{format_local(moment, station.zone)} ({format_offset(moment, station.zone)})"
        near = f"{station.name} (km {chainage_m / 1000:.1f})"
        degrees = (f"{place.lat:.3f}", f"{place.lon:.3f}")
        table.add_row(name, f"{place.km:.1f}", escape(near), clock, *degrees)
    return (table, *(escape(line) for line in _where_notes(ensemble, whereabouts)))


def needs_tables(ensemble: Ensemble, needs: Needs) -> tuple[RenderableType, ...]:
    """What an arrival needs: a speed with the stated halts, or halts at the stated speeds."""
    when = format_interval(needs.earliest, needs.latest, needs.station.zone)
    table = Table(
        title=escape(f"{ensemble.plan.name}: {needs.station.name} {when}"),
        box=None,
        padding=(0, 1, 0, 0),
    )
    for name in ("It needs", "Least", "Central", "Most"):
        table.add_column(name, no_wrap=True)
    table.add_row("Average speed while moving", *map(_speed, needs.speed_kmh))
    table.add_row("or halts of, in all", *map(_halts, needs.halts_s))
    note = (
        f"Kilometre {needs.km:.1f} of the way. The scenario itself: {terms(ensemble.plan)}. "
        f"Least to most holds {share_in_words(needs.level, tried=True)}."
    )
    return (table, escape(note))


def _speed(speed_kmh: float) -> str:
    if not math.isfinite(speed_kmh):
        return "no time left"
    return f"{speed_kmh:.1f} km/h" if speed_kmh <= FASTEST_KMH else f"over {FASTEST_KMH:g} km/h"


def _halts(halts_s: float) -> str:
    halts = format_duration(max(halts_s, 0.0))
    return halts if halts_s > -MINUTE_S else f"none; late by {format_duration(-halts_s)}"


def _moment(moment: datetime) -> str:
    return format_interval(moment, moment, moment.tzinfo or UTC)


def _where_notes(ensemble: Ensemble, whereabouts: Whereabouts) -> Iterable[str]:
    plan = ensemble.plan
    yield (
        f"{terms(plan)}. Least to most advanced holds "
        f"{share_in_words(whereabouts.level, tried=plan.tried)}."
    )
    errors_km = [each for each in whereabouts.standard_errors_km if not math.isnan(each)]
    if max(errors_km, default=0.0) >= SMALLEST_KM:
        yield f"Standard error, from {ensemble.draws:,} draws: {max(errors_km):.1f} km at most."
    for share, what in (
        (whereabouts.not_departed, "has not departed"),
        (whereabouts.arrived, "has arrived"),
    ):
        if share:
            yield f"In {100 * share:.3g} % of the drawn journeys the train {what}."

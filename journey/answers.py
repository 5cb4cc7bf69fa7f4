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
from journey.view_words import (
    doubt_in_words,
    in_a_sentence,
    left_out_in_words,
    open_in_words,
    rests_on,
)
from journey.words import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from rich.console import RenderableType

    from journey.arriving import Needs
    from journey.ensemble import Ensemble
    from journey.ensemble.whereabouts import Whereabouts
    from journey.views import View

MINUTE_S = 60.0
SMALLEST_KM = 0.1


def where_tables(
    found: Sequence[tuple[View, Whereabouts]], left_out: Sequence[str] = ()
) -> tuple[RenderableType, ...]:
    """Where the train is at a moment in each view: three places, and who is not under way.

    Rows of a file of reports that were `left_out` are counted.
    """
    parts: list[RenderableType] = []
    for view, whereabouts in found:
        parts += [_where_table(view, whereabouts)]
        parts += [escape(line) for line in _where_notes(view, whereabouts)]
    missing = left_out_in_words(left_out, found[-1][0].ensemble.plan)
    return (*parts, escape(missing)) if missing else tuple(parts)


def _where_table(view: View, whereabouts: Whereabouts) -> Table:
    moment, name = whereabouts.at, view.ensemble.plan.name
    table = Table(
        title=escape(f"{name}, {view.basis}: {_moment(moment)}"), box=None, padding=(0, 1, 0, 0)
    )
    table.add_column("")
    table.add_column("km", justify="right", no_wrap=True)
    for column in ("Nearest station", "Clock there", "Latitude", "Longitude"):
        table.add_column(column, no_wrap=True)
    places = (whereabouts.earliest, whereabouts.central, whereabouts.latest)
    for title, place in zip(("Least advanced", "Central", "Most advanced"), places, strict=True):
        station, chainage_m = place.near
        clock = f"{format_local(moment, station.zone)} ({format_offset(moment, station.zone)})"
        near = f"{station.name} (km {chainage_m / 1000:.1f})"
        degrees = (f"{place.lat:.3f}", f"{place.lon:.3f}")
        table.add_row(title, f"{place.km:.1f}", escape(near), clock, *degrees)
    return table


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
    said = in_a_sentence(terms(ensemble.plan))
    note = (
        f"Kilometre {needs.km:.1f} of the way. {_stated(ensemble)}: {said}. "
        f"Least to most holds {share_in_words(needs.level, tried=True)}."
    )
    return (table, escape(note))


def _stated(ensemble: Ensemble) -> str:
    return "The headline" if ensemble.basis == "headline" else "The scenario itself"


def _speed(speed_kmh: float) -> str:
    if not math.isfinite(speed_kmh):
        return "no time left"
    return f"{speed_kmh:.1f} km/h" if speed_kmh <= FASTEST_KMH else f"over {FASTEST_KMH:g} km/h"


def _halts(halts_s: float) -> str:
    halts = format_duration(max(halts_s, 0.0))
    return halts if halts_s > -MINUTE_S else f"none; late by {format_duration(-halts_s)}"


def _moment(moment: datetime) -> str:
    return format_interval(moment, moment, moment.tzinfo or UTC)


def _where_notes(view: View, whereabouts: Whereabouts) -> Iterable[str]:
    ensemble = view.ensemble
    yield (
        f"{rests_on(view)}; least to most advanced holds "
        f"{share_in_words(whereabouts.level, tried=ensemble.plan.tried)}."
    )
    errors_km = [each for each in whereabouts.standard_errors_km if not math.isnan(each)]
    if max(errors_km, default=0.0) >= SMALLEST_KM:
        draws = f"{ensemble.effective_draws:,.0f} {'effective ' if ensemble.evidence else ''}draws"
        yield f"Standard error, from {draws}: {max(errors_km):.1f} km at most."
    yield from whereabouts.standing()
    yield from filter(None, (open_in_words(view), doubt_in_words(ensemble.evidence)))

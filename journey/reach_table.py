"""How far a train can be, as tables for a terminal."""

from __future__ import annotations

import math
from datetime import UTC
from typing import TYPE_CHECKING

from rich.table import Table

from journey.clock import format_interval, format_local, format_offset
from journey.reaching.results import BOUNDS, hours_in_words
from journey.tables import escape
from journey.track import PRINCIPAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from journey.reaching import Reach, ReachedStation

CHANGED = {"no": "", "perhaps": "perhaps changed", "yes": "changed"}
MOST_ROWS = 60
"""More stations than this, the nearest of the principal ones, only with all."""
MOST_FRONTIERS = 12
"""More ends than this, in each bound, only with all stations."""


def reach_tables(reach: Reach, *, every_station: bool) -> tuple[RenderableType, ...]:
    """Stations that can be reached and when, where the time is up, and what that rests on.

    Parameters
    ----------
    reach : Reach
        How far the train can be.
    every_station : bool
        Whether to list all stations, or only the nearest principal ones and the last before the
        time is up.
    """
    shown = reach.stations if every_station else _chosen(reach)[:MOST_ROWS]
    parts: list[RenderableType] = [_stations_table(reach, shown), escape(_reached(reach, shown))]
    if reach.frontiers:
        parts.append(_frontiers_table(reach, every=every_station))
    if len(shown) < len(reach.stations):
        parts.append(escape(_count(shown, reach)))
    return (*parts, *map(escape, reach.notes))


def _reached(reach: Reach, shown: Iterable[ReachedStation]) -> str:
    """How many stations are within reach, and how times beyond it are marked."""
    latest = sum(each.hours_high <= reach.hours for each in reach.stations)
    told = f"{len(reach.stations):,} stations reached at the earliest, {latest:,} at the latest"
    beyond = any(reach.hours < each.hours_high < math.inf for each in shown)
    return f"{told}; times in parentheses are beyond {reach.hours:g} h." if beyond else f"{told}."


def _count(shown: Sequence[ReachedStation], reach: Reach) -> str:
    more = len(reach.stations) - len(shown)
    nearest = ", the nearest" if len(shown) == MOST_ROWS else ""
    told = f"{len(shown):,} of {len(reach.stations):,} stations shown{nearest}"
    return f"{told}; --all shows every one, {more:,} more."


def _chosen(reach: Reach) -> Sequence[ReachedStation]:
    last = {each.near.id for each in reach.frontiers}
    chosen = [r for r in reach.stations if r.station.rank == PRINCIPAL or r.station.id in last]
    principal = any(each.station.rank == PRINCIPAL for each in chosen)
    return chosen if principal else reach.stations


def _title(reach: Reach) -> str:
    low, _, high = reach.speed_kmh
    speed = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    title = f"{reach.place}: within {reach.hours:g} h at {speed} km/h"
    if reach.after is None or reach.until is None:
        return title
    return f"{title}, {format_interval(reach.after, reach.until, reach.after.tzinfo or UTC)}"


def _stations_table(reach: Reach, shown: Iterable[ReachedStation]) -> Table:
    table = Table(title=escape(_title(reach)), box=None, padding=(0, 1, 0, 0))
    table.add_column("km", justify="right", no_wrap=True)
    table.add_column("Station", min_width=14)
    for bound in BOUNDS:
        speed = f"{reach.speed_kmh[2 - BOUNDS.index(bound)]:g} km/h"
        table.add_column(f"{bound.capitalize()}\n{speed}", justify="right", no_wrap=True)
    if reach.after is not None:
        table.add_column("Clock")
    table.add_column("Gauge")
    for reached in shown:
        table.add_row(*_station_cells(reached, reach))
    return table


def _station_cells(reached: ReachedStation, reach: Reach) -> Iterable[str]:
    station = reached.station
    yield f"{reached.km:.1f}"
    yield escape(station.name)
    times = (reached.hours_low, reached.hours_central, reached.hours_high)
    for hours in times:
        when = _when(hours, reached, reach)
        yield f"({when})" if reach.hours < hours < math.inf else when
    moment = reach.moment(reached.hours_low)
    if moment is not None:
        yield format_offset(moment, station.zone)
    yield CHANGED[reached.gauge_change]


def _when(hours: float, reached: ReachedStation, reach: Reach) -> str:
    """How long after the start, or on the clock of the place."""
    if not math.isfinite(hours):
        return "never"
    moment = reach.moment(hours)
    if moment is None:
        return hours_in_words(hours)
    return format_local(moment, reached.station.zone)


def _frontiers_table(reach: Reach, *, every: bool) -> Table:
    table = Table(title="Where the time is up", box=None, padding=(0, 1, 0, 0))
    table.add_column("Bound", no_wrap=True)
    table.add_column("km", justify="right", no_wrap=True)
    table.add_column("Line")
    table.add_column("Place")
    for bound in BOUNDS if reach.is_spread else BOUNDS[:1]:
        found = [each for each in reach.frontiers if each.bound == bound]
        for frontier in found if every else found[:MOST_FRONTIERS]:
            cells = (f"{frontier.km:.1f}", escape(frontier.line), escape(frontier.place))
            table.add_row(bound, *cells)
    return table

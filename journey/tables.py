"""Results as tables for a terminal."""

from __future__ import annotations

from datetime import UTC
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from rich import markup
from rich.table import Table

from journey.assumptions import train_figures
from journey.clock import format_local, format_offset
from journey.ensemble.windows import MOMENTS
from journey.errors import printable
from journey.gap_words import gaps_in_words
from journey.sightings import compare
from journey.track import PRINCIPAL
from journey.units import format_duration, format_exact
from journey.view_words import (
    basis_of_view,
    doubt_in_words,
    left_out_in_words,
    level_in_words,
    open_in_words,
    rests_on,
)
from journey.views import same_event
from journey.words import error_in_words, share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from journey.along import Stretch
    from journey.ensemble.windows import Window
    from journey.pathfinding.weighting import SteadyRun
    from journey.route import Route
    from journey.runtime import Runtime
    from journey.views import View


def escape(text: str) -> str:
    """Make text safe to show: no markup of the table's, nothing that steers a terminal."""
    # A backslash at the very end would be doubled, in case a tag follows; none follows at once.
    return markup.escape(f"{printable(text)} ")[:-1]


def windows_tables(
    views: Sequence[View], *, every_station: bool, left_out: Sequence[str] = ()
) -> tuple[RenderableType, ...]:
    """Windows by station: three moments of each view beside each other, local time and UTC.

    Parameters
    ----------
    views : sequence of View
        Of one journey; the events are those of the last.
    every_station : bool
        Whether to list all stations, or only principal ones and those with a halt.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed; they are counted.
    """
    windows = [view.ensemble.window_list(view.level) for view in views]
    shown = [w for w in windows[-1] if every_station or _principal(w)]
    title = f"{views[-1].ensemble.plan.name}: {_dates(windows)}"
    table = Table(title=escape(title), box=None, padding=(0, 1, 0, 0))
    table.add_column("km", justify="right", no_wrap=True)
    table.add_column("Station", min_width=14)
    table.add_column("", no_wrap=True)
    for view in views:
        head = f"{view.basis.capitalize()} ({level_in_words(view.level)})"
        table.add_column(head, no_wrap=True)
        table.add_column("in UTC", no_wrap=True, style="dim")
    for window in shown:
        table.add_row(*_event_cells(window), *_moment_cells(window, windows))
    notes = [
        *_windows_notes(views, windows, len(shown)),
        left_out_in_words(left_out, views[-1].ensemble.plan),
    ]
    return (table, *map(escape, filter(None, notes)))


def route_tables(route: Route, timed: SteadyRun | None = None) -> tuple[RenderableType, ...]:
    """Sections of a route, its running time at steady speed, and what happens on the way."""
    table = Table(title=escape(" - ".join(route.places)), box=None, padding=(0, 1, 0, 0))
    for name in ("From", "To", "Line"):
        table.add_column(name, overflow="fold")
    for name in ("km", "Geodesic km", "Gauge mm", "Tracks"):
        table.add_column(name, justify="right")
    table.add_column("Wire")
    for stretch in route.stretches:
        table.add_row(*_section_cells(route, stretch))
    table.add_row(
        "Total", "", "", f"{route.length_km:.1f}", f"{route.geodesic_km:.1f}", end_section=True
    )
    steady = () if timed is None else (_steady_in_words(timed),)
    follows = f"Kilometres follow {route.provenance.kilometres}."
    return (table, *map(escape, (follows, *steady, *_happenings(route))))


def runtime_tables(runtime: Runtime) -> tuple[RenderableType, ...]:
    """The running time of a train on a path, and what of the train it rests on."""
    result = Table(title=escape(runtime.estimate.name), box=None, show_header=False)
    for row in _runtime_rows(runtime):
        result.add_row(*row)
    basis = Table("Figure", "Value", "Basis", title="The train", box=None, padding=(0, 1, 0, 0))
    for cells in train_figures(runtime.estimate, runtime.running):
        basis.add_row(*map(escape, cells))
    stall = [] if runtime.stall is None else [f"Not every such train arrives: {runtime.stall}."]
    return (result, *map(escape, stall), basis)


def _dates(windows: Sequence[tuple[Window, ...]]) -> str:
    first, last = windows[-1][0], windows[-1][-1]
    begun = min(each[0].earliest for each in windows).astimezone(first.zone)
    ended = max(each[-1].latest for each in windows).astimezone(last.zone)
    return f"{begun:%Y-%m-%d} to {ended:%Y-%m-%d}"


def _principal(window: Window) -> bool:
    return window.station.rank == PRINCIPAL or window.event != "pass"


def _windows_notes(
    views: Sequence[View], windows: Sequence[tuple[Window, ...]], shown: int
) -> Iterable[str]:
    """A line about each view, and one about what is not shown."""
    for view, listed in zip(views, windows, strict=True):
        yield " ".join(filter(None, _about_view(view, listed)))
    if shown < len(windows[-1]):
        yield f"{shown} of {len(windows[-1])} events shown; --all shows every one."


def _about_view(view: View, windows: tuple[Window, ...]) -> Iterable[str | None]:
    plan, evidence = view.ensemble.plan, view.ensemble.evidence
    draws, what = view.ensemble.effective_draws, "effective draws" if evidence else "draws"
    yield (
        f"{rests_on(view)}; earliest to latest holds "
        f"{share_in_words(view.level, tried=plan.tried)}."
    )
    yield error_in_words(draws, chain.from_iterable(w.standard_errors_s for w in windows), what)
    yield gaps_in_words(compare(plan, windows), basis_of_view(view.basis))
    yield open_in_words(view)
    yield doubt_in_words(evidence)


def _event_cells(window: Window) -> list[str]:
    """Kilometre, place and clock, and which moment stands in which of the three lines."""
    station = window.station
    local_name = "" if station.name_local == station.name else f"{station.name_local}, "
    clock = format_offset(window.central, window.zone)
    return [
        f"{window.km:.1f}",
        f"{escape(station.name)}\n[dim]{escape(local_name)}{window.event}\n{clock}[/dim]",
        "\n".join(MOMENTS),
    ]


def _moment_cells(window: Window, windows: Sequence[tuple[Window, ...]]) -> Iterable[str]:
    """The three moments of an event in each view: on the clock of the place, and in UTC."""
    for listed in windows:
        found = same_event(window, listed)
        moments = [] if found is None else [getattr(found, name) for name in MOMENTS]
        yield "\n".join(format_local(moment, window.zone) for moment in moments)
        # Without the day of the week, so that two views fit beside each other.
        yield "\n".join(format_local(moment, UTC).partition(" ")[2] for moment in moments)


def _section_cells(route: Route, stretch: Stretch) -> list[str]:
    section = stretch.section
    part = route.along(stretch)
    return [
        escape(route.name_at(stretch.start_m)),
        escape(route.name_at(stretch.end_m)),
        escape(section.line + (" (course estimated)" if section.estimated else "")),
        f"{part.length_km:.1f}",
        f"{part.geodesic_km:.1f}",
        section.gauge,
        "?" if section.tracks is None else str(section.tracks),
        escape(section.electrification),
    ]


def _steady_in_words(timed: SteadyRun) -> str:
    unknown = (
        f" Of {timed.unknown_km:,.1f} km no limit is known: main lines are run at that speed, "
        "secondary ones at half of it."
        if timed.unknown_km
        else ""
    )
    assumed = (
        f" Of {timed.assumed_km:,.1f} km the middle of an assumed range of limits is taken."
        if timed.assumed_km
        else ""
    )
    return (
        f"Running time {format_duration(timed.time_s)} at steady speed, at most "
        f"{timed.max_speed_kmh:g} km/h and within the limits of the track; acceleration, braking, "
        f"reversals and halts come on top.{unknown}{assumed}"
    )


def _happenings(route: Route) -> Iterable[str]:
    for change in route.gauge_breaks:
        yield (
            f"Break of gauge {change.gauge_from} to {change.gauge_to} mm by "
            f"{change.at.station.name} (km {change.at.chainage_m / 1000:.1f}); "
            f"both gauges from {change.dual_from.station.name}."
        )
    for point in route.reversals:
        name = route.name_at(point.chainage_m)
        yield f"The train reverses at {name} (km {point.chainage_m / 1000:.1f})."
    for (_, before), (at_m, after) in pairwise(route.clocks):
        yield f"Clock changes from {before} to {after} at km {at_m / 1000:.1f}."


def _runtime_rows(runtime: Runtime) -> Iterable[tuple[str, str]]:
    exact = format_exact(runtime.running_time_s)
    yield f"Running time, {runtime.running}", f"{exact}, computed to ± {runtime.error_s:g} s"
    if runtime.low_s != runtime.high_s:
        low_s, high_s = runtime.low_s, runtime.high_s
        high = "no arrival" if high_s is None else format_exact(high_s, 0)
        yield "of the trains it may be", f"{format_exact(low_s, 0)} to {high}"
    if runtime.run.dwell_s:
        yield "Standing at stops", format_exact(runtime.run.dwell_s, 0)
    yield "Length", f"{runtime.length_km:.3f} km"
    yield "Mean speed while running", f"{runtime.mean_kmh:.1f} km/h"
    yield "Highest speed", f"{runtime.max_speed_kmh:.1f} km/h"
    energy_kwh = runtime.energy_kwh
    if energy_kwh is not None:
        yield "Energy at the wheel rim", f"{energy_kwh:,.1f} kWh"

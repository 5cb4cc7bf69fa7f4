"""Results as tables for a terminal."""

from __future__ import annotations

from datetime import UTC
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from rich import markup
from rich.table import Table

from journey.assumptions import terms, train_figures
from journey.clock import format_local, format_offset
from journey.ensemble.windows import MOMENTS
from journey.errors import printable
from journey.sightings import compare
from journey.units import format_exact
from journey.words import error_in_words, gaps_in_words, share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.console import RenderableType

    from journey.along import Stretch
    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.route import Route
    from journey.runtime import Runtime

PRINCIPAL = 1


def escape(text: str) -> str:
    """Make text safe to show: no markup of the table's, nothing that steers a terminal."""
    # A backslash at the very end would be doubled, in case a tag follows; none follows at once.
    return markup.escape(f"{printable(text)} ")[:-1]


def windows_table(ensemble: Ensemble, level: float, *, every_station: bool) -> Table:
    """Windows by station: local time with offset, and UTC below it.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys.
    level : float
        Share of the drawn journeys that a window holds.
    every_station : bool
        Whether to list all stations, or only principal ones and those with a halt.
    """
    windows = ensemble.window_list(level)
    shown = [w for w in windows if every_station or _principal(w)]
    table = Table(
        title=escape(f"{ensemble.plan.name}: {_dates(windows)}"),
        caption=escape(_windows_caption(ensemble, level, windows, len(shown))),
        box=None,
        padding=(0, 1, 0, 0),
    )
    table.add_column("km", justify="right", no_wrap=True)
    table.add_column("Station", min_width=14)
    table.add_column("Clock", no_wrap=True)
    for name in ("Earliest", "Central", "Latest"):
        table.add_column(name, no_wrap=True)
    for window in shown:
        table.add_row(*_window_cells(window))
    return table


def route_tables(route: Route) -> tuple[RenderableType, ...]:
    """Sections of a route, and what happens on the way."""
    table = Table(title=escape(" - ".join(route.places)), box=None, padding=(0, 1, 0, 0))
    for name in ("From", "To", "Line"):
        table.add_column(name, overflow="fold")
    for name in ("Official km", "Geodesic km", "Gauge mm", "Tracks"):
        table.add_column(name, justify="right")
    table.add_column("Wire")
    for stretch in route.stretches:
        table.add_row(*_section_cells(route, stretch))
    table.add_row(
        "Total", "", "", f"{route.length_km:.1f}", f"{route.geodesic_km:.1f}", end_section=True
    )
    return (table, *(escape(line) for line in _happenings(route)))


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


def _dates(windows: tuple[Window, ...]) -> str:
    first, last = windows[0], windows[-1]
    days = (first.earliest.astimezone(first.zone), last.latest.astimezone(last.zone))
    return " to ".join(f"{day:%Y-%m-%d}" for day in days)


def _principal(window: Window) -> bool:
    return window.station.rank == PRINCIPAL or window.event != "pass"


def _windows_caption(
    ensemble: Ensemble, level: float, windows: tuple[Window, ...], shown: int
) -> str:
    plan = ensemble.plan
    sentences = [
        f"{terms(plan)}.",
        f"Earliest to latest holds {share_in_words(level, tried=plan.tried)}.",
        error_in_words(ensemble.draws, chain.from_iterable(w.standard_errors_s for w in windows)),
    ]
    if shown < len(windows):
        sentences.append(f"{shown} of {len(windows)} events shown; --all shows every one.")
    sentences.append(gaps_in_words(compare(plan, windows)) or "")
    return " ".join(filter(None, sentences))


def _window_cells(window: Window) -> list[str]:
    """Two lines in each cell: the clock of the place, and UTC."""

    def cell(moment: datetime) -> str:
        return f"{format_local(moment, window.zone)}\n[dim]{format_local(moment, UTC)}[/dim]"

    station = window.station
    local_name = "" if station.name_local == station.name else f"{station.name_local}, "
    return [
        f"{window.km:.1f}",
        f"{escape(station.name)}\n[dim]{escape(local_name)}{window.event}[/dim]",
        f"{format_offset(window.central, window.zone)}\n[dim]UTC[/dim]",
        *(cell(getattr(window, name)) for name in MOMENTS),
    ]


def _section_cells(route: Route, stretch: Stretch) -> list[str]:
    section = stretch.section
    part = route.along(stretch)
    return [
        escape(part.timing_points[0].station.name),
        escape(part.timing_points[-1].station.name),
        escape(section.line + (" (course estimated)" if section.estimated else "")),
        f"{part.length_km:.1f}",
        f"{part.geodesic_km:.1f}",
        section.gauge,
        "?" if section.tracks is None else str(section.tracks),
        escape(section.electrification),
    ]


def _happenings(route: Route) -> Iterable[str]:
    for change in route.gauge_breaks:
        yield (
            f"Break of gauge {change.gauge_from} to {change.gauge_to} mm by "
            f"{change.at.station.name} (km {change.at.chainage_m / 1000:.1f}); "
            f"both gauges from {change.dual_from.station.name}."
        )
    for point in route.reversals:
        yield f"The train reverses at {point.station.name} (km {point.chainage_m / 1000:.1f})."
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

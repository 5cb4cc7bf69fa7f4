"""What each chart shows, in a sentence or two, for readers who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.charts.cases import cases_of
from journey.clock import format_interval, format_local, format_offset
from journey.ensemble.windows import cut
from journey.sentences import DOES
from journey.views import same_event
from journey.words import country_name, listed

if TYPE_CHECKING:
    import pandas as pd

    from journey.charts.cases import Cases
    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window

MOST_NAMED = 6


def holds_in_words(level: float) -> str:
    """What a window holds: ``90 % of the journeys``, or ``every journey``."""
    return "every journey" if level == 1 else f"{100 * level:g} % of the journeys"


def train_graph_in_words(
    ensemble: Ensemble, beside: Ensemble | None = None, level: float | None = None
) -> str:
    """Say what `train_graph` shows."""
    windows = _windows(ensemble, level)
    ends = " and ".join(_told(window) for window in (windows[0], windows[-1]))
    said = f"Train graph of {ensemble.plan.name}, {ensemble.basis}: the train {ends}"
    return f"{said} for {_holds(ensemble, level)}.{_beside(windows[-1:], beside, level)}"


def arrival_windows_in_words(
    ensemble: Ensemble, beside: Ensemble | None = None, level: float | None = None
) -> str:
    """Say what `arrival_windows` shows."""
    windows = _windows(ensemble, level)
    told = listed([_told(window) for window in _few(windows)])
    said = f"Arrival windows of {ensemble.plan.name}, {ensemble.basis}: the train {told}"
    return f"{said} for {_holds(ensemble, level)}.{_beside(windows[-1:], beside, level)}"


def whatif_in_words(frame: pd.DataFrame | Cases, place: str | None = None) -> str:
    """Say what `whatif_small_multiples` and `whatif_heat_map` show."""
    cases = cases_of(frame, place)
    soonest = min(cases.varied, key=lambda case: case.central)
    last = max(cases.varied, key=lambda case: case.central)
    ends = [f"{case.local} ({cases.text_of(case)})" for case in (soonest, last)]
    many = len(cases.varied)
    told = f"{many:,} cases: from {ends[0]} to {ends[1]}" if many > 1 else f"one case: {ends[0]}"
    as_it_stands = f"as it stands {cases.base.local} ({cases.base.clock})"
    return f"Central arrival at {cases.station} in {told}; {as_it_stands}."


def speed_along_in_words(ensemble: Ensemble) -> str:
    """Say what `speed_along` shows."""
    legs = ensemble.legs()
    slow = min(legs, key=lambda leg: leg.speed_kmh[1])
    fast = max(legs, key=lambda leg: leg.speed_kmh[1])
    said = f"Speed along the way of {ensemble.plan.name}, {ensemble.basis}: in the middle "
    if round(slow.speed_kmh[1]) == round(fast.speed_kmh[1]):
        return f"{said}{slow.speed_kmh[1]:.0f} km/h all the way."
    ends = [
        f"{leg.speed_kmh[1]:.0f} km/h ({leg.start.station.name} to {leg.end.station.name})"
        for leg in (slow, fast)
    ]
    return f"{said}from {ends[0]} to {ends[1]}."


def static_map_in_words(ensemble: Ensemble) -> str:
    """Say what `static_map` shows."""
    route = ensemble.plan.route
    first, last = (route.timing_points[end].station.name for end in (0, -1))
    countries = listed(list(dict.fromkeys(country_name(start.name) for start in route.countries)))
    breaks = [f"{each.at.station.name}" for each in route.gauge_breaks]
    gauge = f" The gauge changes at {listed(breaks)}." if breaks else ""
    length = f"{route.length_km:,.0f} km"
    return f"Map of the railway from {first} to {last}, {length}, in {countries}.{gauge}"


def _windows(ensemble: Ensemble, level: float | None) -> tuple[Window, ...]:
    return ensemble.window_list(ensemble.default_level if level is None else level)


def _holds(ensemble: Ensemble, level: float | None) -> str:
    level = ensemble.default_level if level is None else level
    cut(level)
    return holds_in_words(level)


def _told(window: Window) -> str:
    interval = format_interval(window.earliest, window.latest, window.zone)
    return f"{DOES.get(window.event, window.event)} {window.station.name} {interval}"


def _few(windows: tuple[Window, ...]) -> list[Window]:
    """Where the train stops on the way, and where it arrives; not too many."""
    arrivals = [window for window in windows if window.event == "arrive"]
    step = -(-len(arrivals) // MOST_NAMED)
    return arrivals[::-1][::step][::-1]


def _beside(windows: tuple[Window, ...], beside: Ensemble | None, level: float | None) -> str:
    """The last window of another view, to be held beside the first."""
    if beside is None:
        return ""
    other = same_event(windows[-1], _windows(beside, level))
    if other is None:
        return ""
    central = f"{format_local(other.central, other.zone)}"
    clock = format_offset(other.central, other.zone)
    return f" Beside it {beside.basis}: {_told(other)}, central {central} ({clock})."

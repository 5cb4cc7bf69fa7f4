"""Bands, bars, boxes and nights, as several charts have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon, Rectangle

from journey.charts.style import (
    BAND_ALPHA,
    BESIDE,
    BESIDE_DASH,
    INK,
    NIGHT,
    TRAIN,
    WINDOW_ALPHA,
    axes_in,
)
from journey.charts.time_axis import number
from journey.nights import nights_along

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from journey.charts.shown import Course, Reported
    from journey.charts.time_axis import Period
    from journey.route import Route

    Heights = Callable[[list[float]], NDArray[np.float64]]

LEAST_BOX_IN = 0.06
"""No report is drawn smaller."""
BESIDE_ALPHA = 0.14
REPORT = "#1d242944"
UNLIKELY_DASH = (0, (2.2, 1.4))


def draw_nights(axes: Axes, route: Route, period: Period, heights: Heights = np.asarray) -> bool:
    """Shade the time from sunset to sunrise at each place of a way.

    Parameters
    ----------
    axes : Axes
        The chart, time across.
    route : Route
        The way.
    period : Period
        From when to when.
    heights : callable
        Where kilometres are on the other axis; there themselves by default.

    Returns
    -------
    bool
        Whether there is any night within.
    """
    every = list(nights_along(route, [(period.start, period.end)]))
    rows = heights([km for km, _ in every]).tolist()
    places = [(row, dark) for row, (_, dark) in zip(rows, every, strict=True)]
    for night in range(max((len(dark) for _, dark in places), default=0)):
        here = [(row, dark[night]) for row, dark in places if len(dark) > night]
        dusk, dawn = ([(number(dark[end]), row) for row, dark in here] for end in (0, 1))
        shade = Polygon([*dusk, *reversed(dawn)], facecolor=NIGHT, edgecolor="none", zorder=0)
        shade.set_label("_night")
        axes.add_patch(shade)
    ends = [moment for _, dark in every for night in dark for moment in night[1:]]
    return any(end > period.start for end in ends)


def draw_reports(axes: Axes, reports: Sequence[Reported]) -> None:
    """Draw a box for each place and time of a report; hollow where it is likely to be wrong."""
    width_in, height_in = axes_in(axes)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    least_x = LEAST_BOX_IN * (right - left) / width_in
    least_km = LEAST_BOX_IN * abs(high - low) / height_in
    for report in reports:
        x, wide = _at_least(number(report.earliest), number(report.latest), least_x)
        for start_km, end_km in report.spans_km:
            km, tall = _at_least(start_km, end_km, least_km)
            axes.add_patch(_box((x, km), wide, tall, unlikely=report.unlikely))


def _at_least(start: float, end: float, least: float) -> tuple[float, float]:
    size = max(end - start, least)
    return (start + end - size) / 2, size


def _box(corner: tuple[float, float], wide: float, tall: float, *, unlikely: bool) -> Rectangle:
    box = Rectangle(corner, wide, tall, edgecolor=INK, linewidth=0.9, zorder=3.5)
    box.set_facecolor("none" if unlikely else REPORT)
    box.set_linestyle(UNLIKELY_DASH if unlikely else "solid")
    box.set_label("_report-unlikely" if unlikely else "_report")
    return box


def key_to_course(course: Course, said: str) -> Iterator[Patch | Line2D]:
    """What explains the bands and the line of a view."""
    if course.spread:
        yield Patch(facecolor=TRAIN, alpha=WINDOW_ALPHA, label=said)
        both = 1 - (1 - WINDOW_ALPHA) * (1 - BAND_ALPHA)
        yield Patch(facecolor=TRAIN, alpha=both, label="80 % of the journeys")
    yield Line2D([], [], color=TRAIN, linewidth=1.6, label="central")


def key_to_beside(name: str, said: str, *, named: bool) -> Iterator[Patch | Line2D]:
    """What explains the band of the other view, and its line if that is not named where it is."""
    yield Patch(facecolor=BESIDE, alpha=BESIDE_ALPHA, label=f"{name}, {said}")
    if not named:
        label = f"{name}, central"
        yield Line2D([], [], color=BESIDE, linewidth=1.4, linestyle=BESIDE_DASH, label=label)


def key_to_reports(reports: Sequence[Reported]) -> Iterator[Patch]:
    """What explains the boxes of reports, of those kinds that there are."""
    for unlikely, text in ((False, "report"), (True, "report, likely wrong")):
        if any(report.unlikely == unlikely for report in reports):
            yield Patch(
                facecolor="none" if unlikely else REPORT,
                edgecolor=INK,
                linewidth=0.9,
                linestyle=UNLIKELY_DASH if unlikely else "solid",
                label=text,
            )


def key_to_nights() -> Patch:
    """What explains the shading."""
    return Patch(facecolor=NIGHT, label="night")

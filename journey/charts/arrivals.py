"""Arrival windows of the principal stations, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator

from journey.charts.labels import add_key
from journey.charts.marks import draw_nights, key_to_nights
from journey.charts.shown import beside_of, course_of, period_of
from journey.charts.style import (
    BAND_ALPHA,
    BESIDE,
    FAMILIES,
    INK,
    PAD_IN,
    SMALL_PT,
    SOFT,
    TRAIN,
    WINDOW_ALPHA,
    Margins,
    fit_height,
    house_style,
    new_axes,
    shortened,
    widest_in,
)
from journey.charts.time_axis import (
    ABOVE_IN,
    BELOW_IN,
    clocks_of,
    number,
    numbers_at,
    set_time_axis,
)
from journey.charts.words import holds_in_words
from journey.clock import format_local, format_offset
from journey.track import PRINCIPAL
from journey.views import same_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from journey.charts.shown import Course
    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window

ROW_IN = 0.2
HEAD = "earliest to latest, local time"
KEY_IN = 0.36
TICK_PT = 4.0
BAR, INNER, BELOW = 0.5, 0.22, 0.36
"""Heights of the bars, and how far below them the other view is, in rows."""
HEAD_ROW = -1.0
FIRST_EDGE, LAST_EDGE = -0.6, 0.6


@house_style()
def arrival_windows(
    ensemble: Ensemble,
    *,
    beside: Ensemble | None = None,
    level: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw when a train comes to the principal stations: a bar for each window.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys.
    beside : Ensemble, optional
        Another view of the same journey, such as its headline: a line with a lozenge below.
    level : float, optional
        Share of the drawn journeys that a window holds; that of each ensemble by default.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        `ax`, or the new ones. Moments are across as `matplotlib.dates` has them, rows downwards
        from 0.

    Raises
    ------
    InputError
        If `level` is out of range, or `beside` is of another way.
    """
    course, other = course_of(ensemble, level), beside_of(ensemble, beside, level)
    rows = list(_rows(course.windows))
    windows = [course.windows[number] for number in rows]
    period = period_of((course, other))
    axes = _new_axes(windows) if ax is None else ax
    axes.set_ylim(len(rows) - 1 + LAST_EDGE, FIRST_EDGE)
    set_time_axis(axes, period, *clocks_of(ensemble.plan.route, period.start))
    dark = draw_nights(axes, ensemble.plan.route, period, lambda km: _rows_at(km, windows))
    for row, event in enumerate(rows):
        _draw_bar(axes, course, row, event)
        if other is not None:
            _draw_beside(axes, same_event(course.windows[event], other.windows), row)
    _name_rows(axes, windows)
    name = f"{beside.basis}, {holds_in_words(other.level)}" if beside and other else None
    legend = add_key(axes, list(_key(course, name, dark=dark)), ABOVE_IN * 72)
    if ax is None:
        fit_height(axes, legend)
    return axes


def _rows(windows: tuple[Window, ...]) -> Iterator[int]:
    """The events that have a row: departure, arrivals, and passing the principal stations."""
    for event, window in enumerate(windows):
        end = event in (0, len(windows) - 1)
        if end or (window.station.rank == PRINCIPAL and window.event != "depart"):
            yield event


def _new_axes(windows: list[Window]) -> Axes:
    names_in = widest_in(_names(windows), SMALL_PT)
    told_in = widest_in(map(_told, windows), SMALL_PT)
    clock_in = widest_in(map(_clock, windows), SMALL_PT)
    room_in = TICK_PT / 72 + 2 * PAD_IN
    right_in = max(told_in + clock_in + 2 * PAD_IN, widest_in([HEAD], SMALL_PT)) + room_in
    margins = Margins(names_in + room_in, right_in, ABOVE_IN + KEY_IN, BELOW_IN)
    height_in = len(windows) * ROW_IN + margins.top + margins.bottom
    return new_axes(height_in, margins)


def _rows_at(km: list[float], windows: list[Window]) -> NDArray[np.float64]:
    """Between which rows kilometres are; the first and the last at the edges of the chart."""
    rows = np.interp(km, [window.km for window in windows], np.arange(len(windows)))
    rows[[0, -1]] += [FIRST_EDGE, LAST_EDGE]
    return rows


def _draw_bar(axes: Axes, course: Course, row: int, event: int) -> None:
    earliest, central, latest = numbers_at(course.unix_s[:, event]).tolist()
    low, high = numbers_at(course.band_s[:, event]).tolist()
    for start, end, height, alpha, name in (
        (earliest, latest, BAR, WINDOW_ALPHA, "window"),
        (low, high, INNER, BAND_ALPHA, "band"),
    ):
        bar = Rectangle((start, row - height / 2), end - start, height)
        bar.set(facecolor=TRAIN, alpha=alpha, edgecolor="none", zorder=3, label=f"_{name}")
        axes.add_patch(bar)
    ends = [row - BAR / 2, row + BAR / 2]
    axes.plot([central] * 2, ends, color=TRAIN, linewidth=1.6, zorder=4, label="_central")


def _draw_beside(axes: Axes, window: Window | None, row: int) -> None:
    if window is None:
        return
    ends = [number(window.earliest), number(window.latest)]
    below = row + BELOW
    axes.plot(ends, [below] * 2, color=BESIDE, linewidth=1.2, zorder=3, label="_beside-window")
    axes.plot(
        [number(window.central)],
        [below],
        marker="D",
        markersize=3,
        color=BESIDE,
        linestyle="none",
        zorder=4,
        label="_beside-central",
    )


def _names(windows: Iterable[Window]) -> list[str]:
    """Of a station that it leaves first, and of those that it then comes to."""
    return [
        f"{shortened(window.station.name)}{' (departs)' * (window.event == 'depart')}"
        for window in windows
    ]


def _name_rows(axes: Axes, windows: list[Window]) -> None:
    """Stations on the left, their windows and clocks on the right."""
    axes.yaxis.set_major_locator(FixedLocator(range(len(windows))))
    axes.yaxis.set_major_formatter(FixedFormatter(_names(windows)))
    axes.tick_params(axis="y", length=0, labelcolor=INK, labelsize=SMALL_PT)
    axes.set_axisbelow(True)
    for label in axes.get_yticklabels():
        label.set(fontfamily=list(FAMILIES), parse_math=False)
    beyond_pt = TICK_PT + (widest_in(map(_told, windows), SMALL_PT) + 2 * PAD_IN) * 72
    _tell(axes, HEAD_ROW, HEAD, TICK_PT, SOFT)
    for row, window in enumerate(windows):
        _tell(axes, row, _told(window), TICK_PT, INK)
        _tell(axes, row, _clock(window), beyond_pt, SOFT)


def _tell(axes: Axes, row: float, text: str, offset_pt: float, colour: str) -> None:
    axes.annotate(
        text,
        (1.0, row),
        xycoords=("axes fraction", "data"),
        annotation_clip=False,
        xytext=(offset_pt, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL_PT,
        fontfamily=list(FAMILIES),
        color=colour,
    )


def _told(window: Window) -> str:
    """``12 Sep 05:55 to 06:05``, with a dash; the day again where it is another."""
    first, last = (format_local(each, window.zone) for each in (window.earliest, window.latest))
    (_, first), (_, last) = first.split(" ", 1), last.split(" ", 1)
    if first == last:
        return first
    day, _, clock = last.rpartition(" ")
    return f"{first} \u2013 {clock if first.startswith(f'{day} ') else last}"


def _clock(window: Window) -> str:
    return format_offset(window.central, window.zone)


def _key(course: Course, beside: str | None, *, dark: bool) -> Iterator[Patch | Line2D]:
    if course.spread:
        yield Patch(facecolor=TRAIN, alpha=WINDOW_ALPHA, label=holds_in_words(course.level))
        both = 1 - (1 - WINDOW_ALPHA) * (1 - BAND_ALPHA)
        yield Patch(facecolor=TRAIN, alpha=both, label="80 % of the journeys")
    yield Line2D(
        [], [], color=TRAIN, marker="|", markersize=8, markeredgewidth=1.6, linestyle="none",
        label="central",
    )  # fmt: skip
    if beside is not None:
        yield Line2D([], [], color=BESIDE, marker="D", markersize=3, linewidth=1.2, label=beside)
    if dark:
        yield key_to_nights()

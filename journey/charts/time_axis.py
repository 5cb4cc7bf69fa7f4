"""Time across: local days and hours below, a second clock above."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from matplotlib.dates import date2num
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from journey.charts.style import FAMILIES, RULE, SMALL_PT, SOFT, axes_in, shortened, size_in
from journey.clock import format_local, format_offset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from journey.route import Route

STEPS_MIN = (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
DAY_MIN = STEPS_MIN[-1]
DAYS = (1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 50, 100, 365)
GAP_IN = 0.1
HOUR_PT, DAY_PT, CAPTION_PT = 6.0, 16.0, 28.0
"""How far below the axes the rows of hours, of days, and the name of the clock begin."""
BELOW_IN, ABOVE_IN = 0.58, 0.44
"""What these rows, and those of the clock above, take."""
HOUR_S, DAY_S = 3600.0, 86_400.0
SPARE = 0.015
"""Part of the time shown that is left free on each side."""


class Clock(NamedTuple):
    """A clock, and whose it is."""

    zone: tzinfo
    place: str


class Period(NamedTuple):
    """From when to when a chart shows time."""

    start: datetime
    end: datetime

    @classmethod
    def around(cls, moments: Iterable[datetime]) -> Period:
        """A period that holds some moments, with something to spare."""
        every = list(moments)
        first, last = min(every), max(every)
        spare = max((last - first) * SPARE, timedelta(minutes=1))
        return cls(first - spare, last + spare)


def number(moment: datetime) -> float:
    """Where a moment is on the axis."""
    days: float = date2num(moment)  # type: ignore[no-untyped-call]
    return float(days)


def numbers_at(unix_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where moments of Unix time are on the axis, to the millisecond."""
    moments = np.rint(unix_s * 1000).astype("datetime64[ms]")
    days: NDArray[np.float64] = date2num(moments)  # type: ignore[no-untyped-call]
    return days


def clocks_of(route: Route, moment: datetime) -> tuple[Clock, Clock]:
    """The clock of the start, and another one that is told beside it.

    The clock that holds longest on the way of those that differ from the first at a moment; where
    none does, UTC.
    """
    first = Clock(ZoneInfo(route.clocks[0].name), route.timing_points[0].station.name)
    lengths_m: dict[str, float] = {}
    ends_m = [*(start.start_m for start in route.clocks[1:]), route.length_km * 1000]
    for start, end_m in zip(route.clocks, ends_m, strict=True):
        lengths_m[start.name] = lengths_m.get(start.name, 0.0) + end_m - start.start_m
    offset = moment.astimezone(first.zone).utcoffset()
    others = [z for z in lengths_m if moment.astimezone(ZoneInfo(z)).utcoffset() != offset]
    if not others:
        return first, Clock(ZoneInfo("UTC"), "")
    zone = max(others, key=lambda each: lengths_m[each])
    return first, Clock(ZoneInfo(zone), _foremost_in(zone, route))


def _foremost_in(zone: str, route: Route) -> str:
    """The first of the principal places with a clock; the end of the way before them."""
    points = [point.station for point in route.timing_points if point.station.timezone == zone]
    if route.timing_points[-1].station in points:
        return route.timing_points[-1].station.name
    return min(points, key=lambda station: station.rank).name if points else zone


def set_time_axis(
    axes: Axes,
    period: Period,
    below: Clock,
    above: Clock | None = None,
    *,
    named: bool = True,
) -> None:
    """Show time across, with the days and hours of one clock or two.

    Parameters
    ----------
    axes : Axes
        The chart.
    period : Period
        From when to when.
    below, above : Clock
        The clocks; the second may be None.
    named : bool
        Whether it is said whose clock the first one is.
    """
    axes.set_xlim(number(period.start), number(period.end))
    axes.xaxis_date(tz=UTC)
    axes.xaxis.set_major_formatter(NullFormatter())
    step_min = _apart_min(axes, period)
    _days_below(axes, period, below.zone)
    _hours_below(axes, period, below.zone, step_min)
    if named:
        _row(axes, 0.0, -CAPTION_PT, _caption(below, period), x_axes=True)
    if above is not None:
        _rows_above(axes, period, above, step_min)


def _per_hour_in(axes: Axes, period: Period) -> float:
    return axes_in(axes)[0] / ((period.end - period.start).total_seconds() / HOUR_S)


def _apart_min(axes: Axes, period: Period) -> int:
    """How many minutes are between two times that are written."""
    least_in = size_in("00:00", SMALL_PT)[0] + GAP_IN
    per_min_in = _per_hour_in(axes, period) / 60
    return next((step for step in STEPS_MIN if step * per_min_in >= least_in), DAY_MIN)


def _days_below(axes: Axes, period: Period, zone: tzinfo) -> None:
    """Midnights, and the day between two of them where it has room for its name."""
    midnights = list(_moments(period, zone, DAY_MIN))
    axes.xaxis.set_major_locator(FixedLocator([number(each) for each in midnights]))
    axes.tick_params(axis="x", which="major", length=CAPTION_PT - 2, width=0.6, color=RULE)
    axes.grid(visible=True, axis="x", which="major", color=RULE, linewidth=0.6)
    name_in = size_in("Wed 30 Sep", SMALL_PT)[0] + GAP_IN
    per_hour_in = _per_hour_in(axes, period)
    edges = [period.start, *midnights, period.end]
    if per_hour_in * 24 < name_in:
        _few_days(axes, midnights, zone, name_in / (per_hour_in * 24))
        return
    for start, end in pairwise(edges):
        if (end - start).total_seconds() / HOUR_S * per_hour_in >= name_in:
            middle = start + (end - start) / 2
            _row(axes, number(middle), -DAY_PT, _day(middle, zone), ha="center")


def _few_days(axes: Axes, midnights: list[datetime], zone: tzinfo, least: float) -> None:
    every = next((days for days in DAYS if days >= least), DAYS[-1])
    for midnight in midnights[:-1:every]:
        _row(axes, number(midnight), -DAY_PT, _day(midnight, zone), ha="left")


def _hours_below(axes: Axes, period: Period, zone: tzinfo, step_min: int) -> None:
    moments = [] if step_min == DAY_MIN else list(_moments(period, zone, step_min))
    axes.xaxis.set_minor_locator(FixedLocator([number(each) for each in moments]))
    axes.tick_params(axis="x", which="minor", length=3, width=0.6, color=SOFT)
    for moment in _inside(axes, period, moments):
        _row(axes, number(moment), -HOUR_PT + 1.5, _clock(moment, zone), ha="center")


def _rows_above(axes: Axes, period: Period, clock: Clock, step_min: int) -> None:
    moments = list(_moments(period, clock.zone, min(2 * step_min, DAY_MIN)))
    top = axes.secondary_xaxis("top")
    top.set_xticks([number(each) for each in moments], labels=[""] * len(moments))
    top.xaxis.set_minor_locator(NullLocator())
    top.tick_params(axis="x", length=3, width=0.6, color=SOFT)
    top.spines["top"].set_visible(False)
    for moment in _inside(axes, period, moments):
        day = _day(moment, clock.zone).rpartition(" ")[0]
        text = day if _clock(moment, clock.zone) == "00:00" else _clock(moment, clock.zone)
        _row(axes, number(moment), HOUR_PT - 1.5, text, ha="center", above=True)
    _row(axes, 0.0, DAY_PT, _caption(clock, period), x_axes=True, above=True)


def _inside(axes: Axes, period: Period, moments: list[datetime]) -> list[datetime]:
    """Those whose labels do not reach beyond the axes by much."""
    edge = timedelta(hours=size_in("00:00", SMALL_PT)[0] / 2 / _per_hour_in(axes, period))
    return [each for each in moments if period.start + edge <= each <= period.end - edge]


def _row(  # noqa: PLR0913 - where a text stands
    axes: Axes,
    x: float,
    offset_pt: float,
    text: str,
    *,
    ha: str = "left",
    x_axes: bool = False,
    above: bool = False,
) -> None:
    """Write a text in a row above or below the axes."""
    axes.annotate(
        text,
        (x, 1.0 if above else 0.0),
        xycoords=("axes fraction" if x_axes else "data", "axes fraction"),
        xytext=(0, offset_pt),
        textcoords="offset points",
        ha=ha,
        va="bottom" if above else "top",
        fontsize=SMALL_PT,
        fontfamily=list(FAMILIES),
        color=SOFT,
        annotation_clip=False,
    )


def _moments(period: Period, zone: tzinfo, step_min: int) -> Iterable[datetime]:
    """Every so many minutes of a clock from its midnights on."""
    day = period.start.astimezone(zone).date()
    while day <= period.end.astimezone(zone).date():
        for minute in range(0, DAY_MIN, step_min):
            at = divmod(minute, 60)
            moment = datetime(day.year, day.month, day.day, *at, tzinfo=zone).astimezone(UTC)
            if period.start <= moment <= period.end:
                yield moment
        day += timedelta(days=1)


def _day(moment: datetime, zone: tzinfo) -> str:
    return format_local(moment, zone).rpartition(" ")[0]


def _clock(moment: datetime, zone: tzinfo) -> str:
    return format_local(moment, zone).rpartition(" ")[2]


def _caption(clock: Clock, period: Period) -> str:
    """``Local time at Pyongyang (UTC+9)``; both offsets where the clock is changed."""
    if not clock.place:
        return "UTC"
    offsets = dict.fromkeys(format_offset(each, clock.zone) for each in period)
    return f"Local time at {shortened(clock.place)} ({', then '.join(offsets)})"

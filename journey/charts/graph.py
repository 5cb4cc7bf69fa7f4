"""The train graph: time across, stations at their true kilometres, the start at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import FixedFormatter, FixedLocator

from journey.charts.course_names import name_course
from journey.charts.labels import add_key, apart
from journey.charts.marks import (
    BESIDE_ALPHA,
    draw_nights,
    draw_reports,
    key_to_beside,
    key_to_course,
    key_to_nights,
    key_to_reports,
)
from journey.charts.shown import (
    beside_of,
    course_of,
    period_of,
    principal_of,
    ranked_of,
    reports_of,
)
from journey.charts.style import (
    BAND_ALPHA,
    BESIDE,
    BESIDE_DASH,
    BESIDE_INK,
    FAMILIES,
    INK,
    LINE,
    PAD_IN,
    RULE,
    SMALL_PT,
    SOFT,
    TRAIN,
    WINDOW_ALPHA,
    Margins,
    axes_in,
    fit_height,
    house_style,
    new_axes,
    shortened,
    size_in,
    widest_in,
)
from journey.charts.time_axis import (
    ABOVE_IN,
    BELOW_IN,
    clocks_of,
    numbers_at,
    set_time_axis,
)
from journey.charts.words import holds_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from journey.charts.shown import Course, Reported
    from journey.ensemble import Ensemble
    from journey.route import Route

HEIGHT_IN = 5.3
KEY_IN = 0.36
TICK_PT = 4.0
SPARE = 0.012
"""Part of the way that is left free beyond its ends, for what is reported there."""


@house_style()
def train_graph(
    ensemble: Ensemble,
    *,
    beside: Ensemble | None = None,
    level: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw when a train is where: time across, kilometres upwards.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys.
    beside : Ensemble, optional
        Another view of the same journey, such as its headline: a dashed line.
    level : float, optional
        Share of the drawn journeys that a window holds; that of each ensemble by default.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        `ax`, or the new ones. Moments are across as `matplotlib.dates` has them, km upwards.

    Raises
    ------
    InputError
        If `level` is out of range, or `beside` is of another way.
    """
    course, other = course_of(ensemble, level), beside_of(ensemble, beside, level)
    route, reports = ensemble.plan.route, reports_of(ensemble)
    period = period_of((course, other), reports)
    axes = new_axes(HEIGHT_IN, _margins(route)) if ax is None else ax
    axes.set_ylim(-SPARE * route.length_km, (1 + SPARE) * route.length_km)
    set_time_axis(axes, period, *clocks_of(route, period.start))
    dark = draw_nights(axes, route, period)
    _draw_course(axes, course)
    if other is not None:
        _draw_beside(axes, other)
    draw_reports(axes, reports)
    _name_stations(axes, ensemble, reports)
    key = [*key_to_course(course, holds_in_words(course.level))]
    if beside is not None and other is not None:
        named = _name_views(axes, ensemble, beside, (course, other))
        key += key_to_beside(beside.basis, holds_in_words(other.level), named=named)
    key += [*key_to_reports(reports), *([key_to_nights()] if dark else [])]
    legend = add_key(axes, key, ABOVE_IN * 72)
    if ax is None:
        fit_height(axes, legend)
    return axes


def _margins(route: Route) -> Margins:
    points = principal_of(route)
    names_in = widest_in([shortened(point.station.name) for point in points], SMALL_PT)
    room_in = TICK_PT / 72 + 2 * PAD_IN
    km_in = size_in(f"{route.length_km:,.0f} km", SMALL_PT)[0]
    return Margins(names_in + room_in, km_in + room_in, ABOVE_IN + KEY_IN, BELOW_IN)


def _draw_course(axes: Axes, course: Course) -> None:
    earliest, central, latest = numbers_at(course.unix_s)
    low, high = numbers_at(course.band_s)
    for start, end, alpha, name in (
        (earliest, latest, WINDOW_ALPHA, "window"),
        (low, high, BAND_ALPHA, "band"),
    ):
        band = axes.fill_betweenx(
            course.km, start, end, color=TRAIN, alpha=alpha, linewidth=0, zorder=2
        )
        band.set_label(f"_{name}")
    (line,) = axes.plot(central, course.km, color=TRAIN, linewidth=1.6, zorder=5)
    line.set_label("_central")


def _draw_beside(axes: Axes, course: Course) -> None:
    earliest, central, latest = numbers_at(course.unix_s)
    band = axes.fill_betweenx(
        course.km, earliest, latest, facecolor=BESIDE, alpha=BESIDE_ALPHA, linewidth=0, zorder=1.5
    )
    band.set_label("_beside-window")
    (line,) = axes.plot(
        central, course.km, color=BESIDE, linewidth=1.4, linestyle=BESIDE_DASH, zorder=3
    )
    line.set_label("_beside-central")


def _name_views(
    axes: Axes, ensemble: Ensemble, beside: Ensemble, courses: tuple[Course, Course]
) -> bool:
    """Name both views beside their bands; whether the second could be."""
    sides = ("right", "left") if _is_later(*courses) else ("left", "right")
    course, other = courses
    name_course(axes, course, ensemble.basis, sides[0], (TRAIN, other))
    return name_course(axes, other, beside.basis, sides[1], (BESIDE_INK, course))


def _is_later(one: Course, other: Course) -> bool:
    return float(one.unix_s[1].mean()) >= float(other.unix_s[1].mean())


def _name_stations(axes: Axes, ensemble: Ensemble, reports: Sequence[Reported]) -> None:
    """Names on the left and kilometres on the right, as many as there is room for."""
    ranked = list(ranked_of(ensemble, reports))
    low, high = axes.get_ylim()
    least_km = LINE * SMALL_PT / 72 * (high - low) / axes_in(axes)[1]
    shown = apart([point.chainage_m / 1000 for point in ranked], least_km)
    points = sorted((ranked[number] for number in shown), key=lambda point: point.chainage_m)
    at_km = [point.chainage_m / 1000 for point in points]
    axes.yaxis.set_major_locator(FixedLocator(at_km))
    axes.yaxis.set_major_formatter(
        FixedFormatter([shortened(point.station.name) for point in points])
    )
    axes.tick_params(axis="y", length=TICK_PT, labelcolor=INK, labelsize=SMALL_PT)
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    for label in axes.get_yticklabels():
        label.set(fontfamily=list(FAMILIES), parse_math=False)
    for each in at_km:
        _say_km(axes, each, last=each == at_km[-1])


def _say_km(axes: Axes, km: float, *, last: bool) -> None:
    axes.annotate(
        f"{km:,.0f}{' km' if last else ''}",
        (1.0, km),
        xycoords=("axes fraction", "data"),
        xytext=(TICK_PT, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL_PT,
        fontfamily=list(FAMILIES),
        color=SOFT,
    )

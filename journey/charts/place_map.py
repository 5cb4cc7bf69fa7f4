"""The route on the embedded base map, for print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.charts.base_map import View, draw_base_map
from journey.charts.labels import add_key
from journey.charts.map_key import LONG_KM, key_to_map, look_of
from journey.charts.map_labels import Labels
from journey.charts.shown import ranked_of, reports_of
from journey.charts.style import (
    BESIDE,
    BESIDE_DASH,
    FAMILIES,
    INK,
    PAPER,
    SMALL_PT,
    SOFT,
    WIDTH_IN,
    Margins,
    axes_in,
    fit_height,
    house_style,
    new_axes,
)
from journey.geodesy import line_length_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from journey.charts.map_key import Look
    from journey.charts.shown import Reported
    from journey.ensemble import Ensemble
    from journey.route import Route

MARGIN = 0.09
"""Part of the route's reach that is left free on each side."""
NAMES = 0.13
"""Part of the width that is left for names on each side, at least."""
LEAST_REACH_DEG = 0.2
SIDE_IN, KEY_IN, FOOT_IN = 0.06, 0.26, 0.24
LEAST_HEIGHT_IN, MOST_HEIGHT_IN = 3.4, 4.4
SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
SCALE_SHARE = 0.25


@house_style()
def static_map(
    ensemble: Ensemble, *, beside: Ensemble | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the route of a journey on the embedded base map.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys; their reports are drawn at their places.
    beside : Ensemble, optional
        Another journey; if it takes another way, that is drawn as a dashed line.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        `ax`, or the new ones: longitude across and latitude upwards, degrees, in such a proportion
        that distances east and north are alike at the middle latitude.
    """
    routes = [ensemble.plan.route, *([beside.plan.route] if beside else [])]
    axes = _new_axes(routes) if ax is None else ax
    view = _view(routes, axes)
    axes.set(xlim=(view.west, view.east), ylim=(view.south, view.north))
    axes.set_aspect(view.stretch)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=SOFT, linewidth=0.6)
    drawn = draw_base_map(axes, view)
    others = [route for route in routes[1:] if not _same_way(route, routes[0])]
    reports = reports_of(ensemble)
    _draw_others(axes, others)
    _draw_track(axes, routes[0])
    _draw_reports(axes, routes[0], reports)
    labels = Labels(axes, [(route.lon, route.lat) for route in routes], drawn.borders)
    _name_stations(axes, labels, ensemble, reports)
    labels.scale_bar(_scale(view))
    labels.countries(drawn.countries)
    _attribute(axes, routes[0].provenance.short)
    legend = add_key(axes, list(key_to_map(routes[0], reports, beside if others else None)), 5.0)
    if ax is None:
        fit_height(axes, legend)
    return axes


def _new_axes(routes: Sequence[Route]) -> Axes:
    """As high as the way asks for, within what a page has room for."""
    bare = _bounds(routes)
    wide_in = WIDTH_IN - 2 * SIDE_IN
    tall_in = wide_in * (bare.north - bare.south) * bare.stretch / (bare.east - bare.west)
    tall_in = min(max(tall_in, LEAST_HEIGHT_IN), MOST_HEIGHT_IN)
    margins = Margins(SIDE_IN, SIDE_IN, KEY_IN, FOOT_IN)
    return new_axes(tall_in + KEY_IN + FOOT_IN, margins)


def _bounds(routes: Sequence[Route]) -> View:
    """All of some ways, with a margin."""
    lon = np.concatenate([route.lon for route in routes])
    lat = np.concatenate([route.lat for route in routes])
    view = View(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    reach = max(view.east - view.west, (view.north - view.south) * view.stretch, LEAST_REACH_DEG)
    y = MARGIN * reach / view.stretch
    x = max(MARGIN * reach, NAMES * (view.east - view.west) / (1 - 2 * NAMES))
    return View(view.west - x, view.south - y, view.east + x, view.north + y)


def _view(routes: Sequence[Route], axes: Axes) -> View:
    """The ways and as much around them as the axes have room for."""
    bare = _bounds(routes)
    width_in, height_in = axes_in(axes)
    wide, tall = bare.east - bare.west, (bare.north - bare.south) * bare.stretch
    per_in = max(wide / width_in, tall / height_in)
    x = (per_in * width_in - wide) / 2
    y = (per_in * height_in - tall) / 2 / bare.stretch
    return View(bare.west - x, bare.south - y, bare.east + x, bare.north + y)


def _same_way(one: Route, other: Route) -> bool:
    return np.array_equal(one.lon, other.lon) and np.array_equal(one.lat, other.lat)


def _draw_others(axes: Axes, others: Sequence[Route]) -> None:
    for route in others:
        axes.plot(
            route.lon, route.lat, color=BESIDE, linewidth=1.4, linestyle=BESIDE_DASH, zorder=2,
            label="_beside",
        )  # fmt: skip


def _draw_track(axes: Axes, route: Route) -> None:
    for stretch in route.stretches:
        part, look = route.along(stretch), look_of(stretch.section.gauge)
        _draw_line(axes, part.lon, part.lat, look)


def _draw_line(axes: Axes, lon: NDArray[np.float64], lat: NDArray[np.float64], look: Look) -> None:
    (line,) = axes.plot(
        lon, lat, color=look.colour, linewidth=look.width_pt, zorder=3, label="_track",
        solid_capstyle="butt", solid_joinstyle="round",
    )  # fmt: skip
    if look.dashes:
        line.set_dashes(look.dashes)
    if look.light:
        axes.plot(
            lon, lat, color=PAPER, linewidth=look.width_pt - 2, zorder=3.1, label="_track-core"
        )


def _draw_reports(axes: Axes, route: Route, reports: Sequence[Reported]) -> None:
    """A square for each place; along the track where a report is of a longer stretch."""
    points: dict[float, bool] = {}
    for report in reports:
        for start_km, end_km in report.spans_km:
            if end_km - start_km > LONG_KM:
                lon, lat = route.at(np.linspace(start_km, end_km, 200))
                axes.plot(
                    lon, lat, color=INK, alpha=0.18, linewidth=8, zorder=2.5,
                    solid_capstyle="butt", label="_report-stretch",
                )  # fmt: skip
            else:
                km = round((start_km + end_km) / 2, 3)
                points[km] = points.get(km, True) and report.unlikely
    for km, unlikely in points.items():
        axes.plot(
            *route.at([km]), marker="s", markersize=8.5, markerfacecolor="none", zorder=5,
            markeredgecolor=INK, markeredgewidth=0.8 if unlikely else 1.6, linestyle="none",
            label="_report-unlikely" if unlikely else "_report",
        )  # fmt: skip


def _name_stations(
    axes: Axes, labels: Labels, ensemble: Ensemble, reports: Sequence[Reported]
) -> None:
    """Dots of the principal stations, and their names, the foremost first."""
    ranked = ranked_of(ensemble, reports)
    axes.plot(
        [point.station.lon for point in ranked], [point.station.lat for point in ranked],
        marker="o", markersize=4, markerfacecolor=PAPER, markeredgecolor=INK, linestyle="none",
        markeredgewidth=1.0, zorder=6, label="_stations",
    )  # fmt: skip
    told_km = {round(km, 3) for each in reports for km, end in each.spans_km if km == end}
    marked = {point.station for point in ranked if round(point.chainage_m / 1000, 3) in told_km}
    labels.stations({point.station: reasons for point, reasons in ranked.items()}, marked)


def _scale(view: View) -> tuple[float, float, str]:
    """How long the scale bar is, degrees of longitude and km, and what is written beside it."""
    lat = view.middle_lat
    per_deg_km = line_length_m(np.array([0.0, 1.0]), np.array([lat, lat])) / 1000
    most_km = SCALE_SHARE * (view.east - view.west) * per_deg_km
    km = max((each for each in SCALES_KM if each <= most_km), default=SCALES_KM[0])
    return km / per_deg_km, float(km), f"{km:,} km"


def _attribute(axes: Axes, credit: str) -> None:
    axes.annotate(
        credit, (1.0, 0.0), xycoords="axes fraction", xytext=(0, -3),
        textcoords="offset points", ha="right", va="top", fontsize=SMALL_PT - 1,
        fontfamily=list(FAMILIES), color=SOFT, annotation_clip=False, label="_attribution",
    )  # fmt: skip

"""Speed along the way: what was drawn on each part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from journey.charts.labels import add_key, meets
from journey.charts.shown import principal_of
from journey.charts.style import (
    BAND_ALPHA,
    FAMILIES,
    INK,
    PAD_IN,
    RULE,
    SMALL_PT,
    SOFT,
    TRAIN,
    Margins,
    axes_in,
    house_style,
    new_axes,
    shortened,
    size_in,
)
from journey.maps.marks import country_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

    from journey.ensemble import Ensemble
    from journey.ensemble.legs import Leg
    from journey.route import Route

HEIGHT_IN = 3.3
TIERS, TIER_PT, FIRST_PT = 3, 11.0, 5.0
NAMES_IN = (FIRST_PT + TIERS * TIER_PT) / 72 + 0.04
KEY_IN, BELOW_IN, LEFT_IN = 0.2, 0.42, 0.5
HEADROOM = 1.12
LABEL_PT = 2.0


@house_style()
def speed_along(ensemble: Ensemble, *, ax: Axes | None = None) -> Axes:
    """Draw the speed while moving along the way, as drawn for each part of it.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys; the parts and bounds are those of `Ensemble.legs`.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        `ax`, or the new ones: kilometres across, km/h upwards.
    """
    legs, route = ensemble.legs(), ensemble.plan.route
    margins = Margins(LEFT_IN, 0.16, NAMES_IN + KEY_IN, BELOW_IN)
    axes = new_axes(HEIGHT_IN, margins) if ax is None else ax
    axes.set_xlim(0, route.length_km)
    axes.set_ylim(0, HEADROOM * max(leg.speed_kmh[2] for leg in legs))
    _draw_speeds(axes, legs)
    _say_speeds(axes, legs)
    _mark(axes, route)
    _name_stations(axes, ensemble)
    _label(axes)
    add_key(axes, list(_key(legs)), NAMES_IN * 72)
    return axes


def _draw_speeds(axes: Axes, legs: tuple[Leg, ...]) -> None:
    edges = np.array([0.0, *np.cumsum([leg.km for leg in legs])])
    low, middle, high = np.array([leg.speed_kmh for leg in legs]).T
    band = axes.stairs(high, edges, baseline=low, fill=True, color=TRAIN, alpha=BAND_ALPHA / 1.5)
    band.set(linewidth=0, gid="band", zorder=2)
    line = axes.stairs(middle, edges, baseline=None, color=TRAIN, linewidth=1.8)
    line.set(gid="central", zorder=3)


def _say_speeds(axes: Axes, legs: tuple[Leg, ...]) -> None:
    """The middle speed above the line, where there is room and it is another one than before."""
    per_km_in = axes_in(axes)[0] / sum(leg.km for leg in legs)
    before = ""
    for leg in legs:
        text = f"{leg.speed_kmh[1]:.0f}"
        width_in, _ = size_in(text, SMALL_PT)
        if text == before or leg.km * per_km_in < width_in + PAD_IN:
            continue
        before = text
        middle_km = (leg.start.chainage_m + leg.end.chainage_m) / 2000
        _write(axes, text, (middle_km, leg.speed_kmh[1]), (0, LABEL_PT), ha="center", colour=TRAIN)


def _write(  # noqa: PLR0913 - where a text stands, and how
    axes: Axes,
    text: str,
    at: tuple[float, float],
    offset_pt: tuple[float, float],
    *,
    ha: str,
    colour: str = SOFT,
    fraction: bool = False,
) -> Bbox:
    """Write a text, and give the rectangle that it takes."""
    written = axes.annotate(
        text,
        at,
        xycoords=("data", "axes fraction") if fraction else "data",
        xytext=offset_pt,
        textcoords="offset points",
        ha=ha,
        va="bottom",
        fontsize=SMALL_PT,
        fontfamily=list(FAMILIES),
        color=colour,
        annotation_clip=False,
        zorder=5,
    )
    return written.get_window_extent()


def _marks(route: Route) -> Iterator[tuple[float, str, str]]:
    """Borders and breaks of gauge: where, what, and how the line is drawn."""
    for start_m, country in route.countries[1:]:
        yield start_m / 1000, f"border, {country_name(country)}", "solid"
    for change in route.gauge_breaks:
        gauges = f"gauge {change.gauge_from} to {change.gauge_to} mm"
        yield change.at.chainage_m / 1000, gauges, "dashed"


def _mark(axes: Axes, route: Route) -> None:
    taken: list[Bbox] = []
    for km, text, style in _marks(route):
        axes.axvline(km, color=SOFT, linewidth=0.8, linestyle=style, zorder=1.5, gid="mark")
        taken.append(_beside(axes, km, text, taken))


def _beside(axes: Axes, km: float, text: str, taken: list[Bbox]) -> Bbox:
    """Write beside a line at the foot of the chart, where nothing else is written yet."""
    inside = axes.get_window_extent()
    for row in range(6):
        for side, ha in ((1, "left"), (-1, "right")):
            box = _write(axes, text, (km, 0.0), (side * 3, 3 + row * TIER_PT), ha=ha)
            if inside.x0 <= box.x0 and box.x1 <= inside.x1 and not meets(box, taken):
                return box
            axes.texts[-1].remove()
    return box


def _name_stations(axes: Axes, ensemble: Ensemble) -> None:
    """Names above the chart, in as many rows as there is room for, the ends first."""
    route = ensemble.plan.route
    points = principal_of(route)
    stops = {int(number) for number in ensemble.plan.stop_station}
    halts = {route.timing_points[number].station.id for number in stops}
    ends = [points[0], points[-1]]
    order = [*ends, *(p for p in points if p.station.id in halts), *points]
    taken: list[list[Bbox]] = [[] for _ in range(TIERS)]
    for point in dict.fromkeys(order):
        km = point.chainage_m / 1000
        ha = {points[0]: "left", points[-1]: "right"}.get(point, "center")
        _name_station(axes, km, shortened(point.station.name), ha, taken)
    axes.set_xmargin(0)


def _name_station(axes: Axes, km: float, name: str, ha: str, taken: list[list[Bbox]]) -> None:
    inside = axes.get_window_extent()
    x = float(axes.transData.transform((km, 0.0))[0])
    gap = PAD_IN * axes.figure.dpi
    for tier in range(TIERS):
        if any(box.x0 - 2 <= x <= box.x1 + 2 for lower in taken[:tier] for box in lower):
            return
        box = _write(axes, name, (km, 1.0), (0, FIRST_PT + tier * TIER_PT), ha=ha, colour=INK,
                     fraction=True)  # fmt: skip
        wide = box.padded(gap, 0)
        crossed = any(
            wide.x0 <= leader <= wide.x1
            for upper in taken[tier + 1 :]
            for leader in _leaders(upper)
        )
        if (
            inside.x0 - 1 <= box.x0
            and box.x1 <= inside.x1 + 1
            and not crossed
            and not meets(wide, taken[tier])
        ):
            taken[tier].append(box)
            axes.annotate(
                "", (km, 1.0), xycoords=("data", "axes fraction"),
                xytext=(0, FIRST_PT + tier * TIER_PT), textcoords="offset points",
                arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.5,
                            "shrinkA": 0, "shrinkB": 0},
                annotation_clip=False,
            )  # fmt: skip
            return
        axes.texts[-1].remove()


def _leaders(boxes: list[Bbox]) -> list[float]:
    return [(box.x0 + box.x1) / 2 for box in boxes]


def _label(axes: Axes) -> None:
    axes.set_xlabel("Kilometres from the start", fontsize=SMALL_PT, fontfamily=list(FAMILIES))
    axes.set_ylabel("km/h while moving", fontsize=SMALL_PT, fontfamily=list(FAMILIES))
    axes.tick_params(labelsize=SMALL_PT, labelfontfamily=list(FAMILIES), length=3, color=SOFT)
    axes.xaxis.set_major_formatter(lambda km, _: f"{km:,.0f}")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)


def _key(legs: tuple[Leg, ...]) -> Iterator[Patch | Line2D]:
    if any(leg.speed_kmh[2] - leg.speed_kmh[0] > 1e-9 for leg in legs):  # noqa: PLR2004
        yield Patch(facecolor=TRAIN, alpha=BAND_ALPHA / 1.5, label="90 % of the journeys")
    yield Line2D([], [], color=TRAIN, linewidth=1.8, label="median")

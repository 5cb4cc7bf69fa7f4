"""Speed along the way: what was drawn on each part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from journey.charts.labels import add_key, meets
from journey.charts.names_above import NAMES_IN, TIER_PT, name_above, write_at
from journey.charts.shown import ranked_of, reports_of
from journey.charts.style import (
    BAND_ALPHA,
    FAMILIES,
    PAD_IN,
    RULE,
    SMALL_PT,
    SOFT,
    TRAIN,
    Margins,
    axes_in,
    fit_height,
    house_style,
    new_axes,
    size_in,
)
from journey.charts.words import holds_in_words
from journey.ensemble.timed import LEVEL_REPORTED
from journey.words import country_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

    from journey.ensemble import Ensemble
    from journey.ensemble.legs import Leg
    from journey.route import Route

HEIGHT_IN = 3.3
LEAST_CHANGE_KMH = 2.0
MOST_MARKS = 8
KEY_IN, BELOW_IN, LEFT_IN = 0.2, 0.42, 0.5
HEADROOM = 1.12
LABEL_PT = 2.0


@house_style()
def speed_along(
    ensemble: Ensemble, *, level: float = LEVEL_REPORTED, ax: Axes | None = None
) -> Axes:
    """Draw the speed while moving along the way, as drawn for each part of it.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys; the parts and bounds are those of `Ensemble.legs`.
    level : float
        Share of the journeys that the band holds.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        `ax`, or the new ones: kilometres across, km/h upwards.
    """
    legs, route = ensemble.legs(level=level), ensemble.plan.route
    margins = Margins(LEFT_IN, 0.16, NAMES_IN + KEY_IN, BELOW_IN)
    axes = new_axes(HEIGHT_IN, margins) if ax is None else ax
    axes.set_xlim(0, route.length_km)
    axes.set_ylim(0, HEADROOM * max(leg.speed_kmh[2] for leg in legs))
    _draw_speeds(axes, legs)
    _say_speeds(axes, legs)
    _mark(axes, route)
    name_above(axes, list(ranked_of(ensemble, reports_of(ensemble))))
    _label(axes)
    legend = add_key(axes, list(_key(legs, level)), NAMES_IN * 72)
    if ax is None:
        fit_height(axes, legend)
    return axes


def _draw_speeds(axes: Axes, legs: tuple[Leg, ...]) -> None:
    edges = np.array([0.0, *np.cumsum([leg.km for leg in legs])])
    low, middle, high = np.array([leg.speed_kmh for leg in legs]).T
    band = axes.stairs(high, edges, baseline=low, fill=True, color=TRAIN, alpha=BAND_ALPHA / 1.5)
    band.set(linewidth=0, label="_band", zorder=2)
    line = axes.stairs(middle, edges, baseline=None, color=TRAIN, linewidth=1.8)
    line.set(label="_central", zorder=3)


def _say_speeds(axes: Axes, legs: tuple[Leg, ...]) -> None:
    """The middle speed above the line, where there is room and it is another one than before."""
    per_km_in = axes_in(axes)[0] / sum(leg.km for leg in legs)
    before_kmh = -np.inf
    for leg in legs:
        text = f"{leg.speed_kmh[1]:.0f}"
        width_in, _ = size_in(text, SMALL_PT)
        unlike = abs(leg.speed_kmh[1] - before_kmh) >= LEAST_CHANGE_KMH
        if not unlike or leg.km * per_km_in < width_in + PAD_IN:
            continue
        before_kmh = leg.speed_kmh[1]
        middle_km = (leg.start.chainage_m + leg.end.chainage_m) / 2000
        write_at(
            axes, text, (middle_km, leg.speed_kmh[1]), (0, LABEL_PT), ha="center", colour=TRAIN
        )


class Mark(NamedTuple):
    """A border or a break of gauge: where, what is written, and on which side of its line."""

    km: float
    text: str
    style: str
    beyond: bool


def _marks(route: Route) -> Iterator[Mark]:
    for start_m, country in route.countries[1:]:
        yield Mark(start_m / 1000, f"border to {country_name(country)}", "solid", beyond=False)
    for change in route.gauge_breaks:
        text = f"gauge {change.gauge_from} to {change.gauge_to} mm"
        yield Mark(change.at.chainage_m / 1000, text, "dashed", beyond=True)


def _mark(axes: Axes, route: Route) -> None:
    taken: list[Bbox] = []
    for mark in _marks(route):
        axes.axvline(mark.km, color=SOFT, linewidth=0.8, linestyle=mark.style, zorder=1.5,
                     label="_mark")  # fmt: skip
        taken.append(_beside(axes, mark, taken))


def _beside(axes: Axes, mark: Mark, taken: list[Bbox]) -> Bbox:
    """Write beside a line at the foot of the chart, where nothing else is written yet."""
    inside = axes.get_window_extent()
    sides = ((1, "left"), (-1, "right"))
    for row in range(MOST_MARKS):
        for side, ha in sides if mark.beyond else sides[::-1]:
            at_pt = (side * 3, 3 + row * TIER_PT)
            box = write_at(axes, mark.text, (mark.km, 0.0), at_pt, ha=ha)
            if inside.x0 <= box.x0 and box.x1 <= inside.x1 and not meets(box, taken):
                return box
            axes.texts[-1].remove()
    return box


def _label(axes: Axes) -> None:
    axes.set_xlabel("Kilometres from the start", fontsize=SMALL_PT, fontfamily=list(FAMILIES))
    axes.set_ylabel("km/h while moving", fontsize=SMALL_PT, fontfamily=list(FAMILIES))
    axes.tick_params(labelsize=SMALL_PT, labelfontfamily=list(FAMILIES), length=3, color=SOFT)
    axes.xaxis.set_major_formatter(lambda km, _: f"{km:,.0f}")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)


def _key(legs: tuple[Leg, ...], level: float) -> Iterator[Patch | Line2D]:
    if any(leg.speed_kmh[2] - leg.speed_kmh[0] > 1e-9 for leg in legs):  # noqa: PLR2004
        yield Patch(facecolor=TRAIN, alpha=BAND_ALPHA / 1.5, label=holds_in_words(level))
    yield Line2D([], [], color=TRAIN, linewidth=1.8, label="median")

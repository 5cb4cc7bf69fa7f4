"""How track is drawn on a map, by its gauge, and the key to all that is drawn there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke

from journey.charts.style import BESIDE, BESIDE_DASH, INK, PAPER, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from journey.charts.shown import Reported
    from journey.ensemble import Ensemble
    from journey.route import Route

LONG_KM = 15.0
"""A report of a longer stretch is drawn along the track, and not as a point."""


class Look(NamedTuple):
    """How track is drawn: colour, width, dashes, and whether its middle is light."""

    colour: str
    width_pt: float
    dashes: tuple[float, ...] = ()
    light: bool = False


GAUGES = {
    "1435": Look("#004488", 2.0),
    "1435+1520": Look("#8a6100", 2.6, (2.0, 0.8)),
    "1520": Look("#bb3355", 3.0, light=True),
}
"""The colours of high contrast of Tol (2021), somewhat darker; told apart by shape, too."""
OTHER_GAUGE = Look(INK, 1.6)


def look_of(gauge: str) -> Look:
    """How track of a gauge is drawn."""
    return GAUGES.get(gauge, OTHER_GAUGE)


def key_to_map(
    route: Route, reports: Sequence[Reported], beside: Ensemble | None
) -> Iterator[Line2D]:
    """What explains a map: the gauges of a way, its reports, and another way if there is one."""
    for gauge in dict.fromkeys(stretch.section.gauge for stretch in route.stretches):
        look = look_of(gauge)
        gauges = " and ".join(f"{int(each):,}" for each in gauge.split("+"))
        text = f"gauge {gauges} mm"
        line = Line2D([], [], color=look.colour, linewidth=look.width_pt, label=text)
        if look.dashes:
            line.set_dashes(look.dashes)
        if look.light:
            line.set_path_effects([Normal(), Stroke(linewidth=1.0, foreground=PAPER)])
        yield line
    for unlikely, text in ((False, "report"), (True, "report, likely wrong")):
        if any(report.unlikely == unlikely for report in reports):
            yield Line2D(
                [], [], linestyle="none", marker="s", markersize=7, markerfacecolor="none",
                markeredgecolor=INK, markeredgewidth=0.8 if unlikely else 1.6, label=text,
            )  # fmt: skip
    if any(end - start > LONG_KM for each in reports for start, end in each.spans_km):
        yield Line2D([], [], color=INK, alpha=0.18, linewidth=8, solid_capstyle="butt",
                     label="report, along here")  # fmt: skip
    if beside is not None:
        yield Line2D([], [], color=BESIDE, linewidth=1.4, linestyle=BESIDE_DASH,
                     label=shortened(beside.plan.name))  # fmt: skip

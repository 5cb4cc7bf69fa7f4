"""Names of stations above a chart that has kilometres across, in several rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journey.charts.labels import meets
from journey.charts.style import FAMILIES, INK, SMALL_PT, SOFT, root_of, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

    from journey.along import TimingPoint

TIERS, TIER_PT, FIRST_PT = 3, 11.0, 5.0
NAMES_IN = (FIRST_PT + TIERS * TIER_PT) / 72 + 0.04
GAP_PT = 4.0


class Above(NamedTuple):
    """A name above a chart, px: its rectangle, and where the line down from it is."""

    box: Bbox
    x: float


def name_above(axes: Axes, ranked: Sequence[TimingPoint]) -> None:
    """Name stations above a chart, where no name covers another one or the line down from it.

    Parameters
    ----------
    axes : Axes
        The chart, with its limits set.
    ranked : sequence of TimingPoint
        The stations, the foremost first.
    """
    taken: list[list[Above]] = [[] for _ in range(TIERS)]
    ends = sorted(ranked, key=lambda point: point.chainage_m)
    sides = {ends[0]: "left", ends[-1]: "right"}
    for point in ranked:
        for tier in range(TIERS):
            if _try(axes, point, sides.get(point, "center"), (tier, taken)):
                break


def _try(axes: Axes, point: TimingPoint, ha: str, where: tuple[int, list[list[Above]]]) -> bool:
    """Write a name in a row; whether there is room for it."""
    tier, taken = where
    km, up_pt = point.chainage_m / 1000, FIRST_PT + tier * TIER_PT
    x = float(axes.transData.transform((km, 0.0))[0])
    gap = GAP_PT * root_of(axes).dpi / 72
    frame = axes.get_window_extent()
    name = shortened(point.station.name)
    box = write_at(axes, name, (km, 1.0), (0, up_pt), ha=ha, colour=INK, fraction=True)
    wide = box.padded(gap, 0)
    below = (each.box.padded(gap / 2, 0) for row in taken[:tier] for each in row)
    lines = (each.x for row in taken[tier + 1 :] for each in row)
    if (
        frame.x0 - 1 <= box.x0
        and box.x1 <= frame.x1 + 1
        and not meets(wide, [each.box for each in taken[tier]])
        and not any(each.x0 <= x <= each.x1 for each in below)
        and not any(wide.x0 <= each <= wide.x1 for each in lines)
    ):
        taken[tier].append(Above(box, x))
        _line_down(axes, km, up_pt)
        return True
    axes.texts[-1].remove()
    return False


def _line_down(axes: Axes, km: float, up_pt: float) -> None:
    axes.annotate(
        "",
        (km, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, up_pt),
        textcoords="offset points",
        arrowprops={
            "arrowstyle": "-", "color": SOFT, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0,
        },
        annotation_clip=False,
    )  # fmt: skip


def write_at(  # noqa: PLR0913 - where a text stands, and how
    axes: Axes,
    text: str,
    at: tuple[float, float],
    offset_pt: tuple[float, float],
    *,
    ha: str,
    colour: str = SOFT,
    fraction: bool = False,
) -> Bbox:
    """Write a text, some points from a place, and give the rectangle that it takes, px."""
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

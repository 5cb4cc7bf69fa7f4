"""Labels that do not run into each other, and the key above a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.transforms import ScaledTranslation

from journey.charts.style import FAMILIES, INK, SMALL_PT, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from matplotlib.transforms import Bbox


def apart(places: Sequence[float], least: float, first: Iterable[int] = ()) -> list[int]:
    """Which of some places are far enough from each other to be labelled.

    Parameters
    ----------
    places : sequence of float
        Where the labels would be.
    least : float
        How far two must be from each other.
    first : iterable of int
        Numbers of those that are served first.

    Returns
    -------
    list of int
        Their numbers, in order.
    """
    kept: list[int] = []
    for number in dict.fromkeys([*first, *range(len(places))]):
        if all(abs(places[number] - places[other]) >= least for other in kept):
            kept.append(number)
    return sorted(kept)


def meets(box: Bbox, others: Iterable[Bbox]) -> bool:
    """Whether a rectangle has more than an edge in common with any other."""
    return any(
        min(box.x1, other.x1) > max(box.x0, other.x0)
        and min(box.y1, other.y1) > max(box.y0, other.y0)
        for other in others
    )


def add_key(axes: Axes, handles: Sequence[Any], offset_pt: float) -> Legend:
    """Set a key above axes, in as few rows as there is room for.

    Parameters
    ----------
    axes : Axes
        The chart.
    handles : sequence of artist
        What the key explains, each with its label.
    offset_pt : float
        How far above the axes it stands, points.
    """
    figure = root_of(axes)
    above = ScaledTranslation(0, offset_pt / 72, figure.dpi_scale_trans)
    width = axes.get_window_extent().width
    for columns in range(len(handles), 0, -1):
        key = axes.legend(
            handles=list(handles),
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            bbox_transform=axes.transAxes + above,
            ncols=columns,
            frameon=False,
            borderpad=0.0,
            borderaxespad=0.0,
            handlelength=1.8,
            columnspacing=1.4,
            labelcolor=INK,
            prop={"family": list(FAMILIES), "size": SMALL_PT},
        )
        if key.get_window_extent().width <= width:
            break
    return key

"""Names of the views of a journey, beside their bands in a train graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.charts.labels import meets
from journey.charts.style import FAMILIES, TEXT_PT
from journey.charts.time_axis import numbers_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox
    from numpy.typing import NDArray

    from journey.charts.shown import Course

SHARES = (0.62, 0.7, 0.55, 0.78, 0.48, 0.85, 0.4, 0.33, 0.9, 0.25)
"""At which parts of the way a name is tried."""
GAP_PT = 5.0
SAMPLES = 9


def name_course(
    axes: Axes, course: Course, name: str, side: str, other: tuple[str, Course]
) -> bool:
    """Write the name of a view beside its band.

    A band leans to the right on its way up: to the left of it a name stands on the height of its
    place, to the right it hangs from it.

    Parameters
    ----------
    axes : Axes
        The train graph, with its reports drawn.
    course : Course
        The times of the view.
    name : str
        What it is called.
    side : {"left", "right"}
        On which side.
    other : (str, Course)
        The colour of the letters, and the view that they must not cover.

    Returns
    -------
    bool
        Whether there is a place where it covers nothing.
    """
    colour, beside = other
    left = side == "left"
    boxes = [patch.get_window_extent() for patch in axes.patches if _is_report(patch.get_label())]
    for share in SHARES:
        km = share * float(course.km[-1])
        edge_s = np.interp([km], course.km, course.unix_s[0 if left else 2])
        text = axes.annotate(
            name,
            (float(numbers_at(edge_s)[0]), km),
            xytext=(-GAP_PT if left else GAP_PT, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="bottom" if left else "top",
            fontsize=TEXT_PT,
            fontfamily=list(FAMILIES),
            color=colour,
            zorder=6,
            label="_view",
        )
        box = text.get_window_extent()
        if _inside(axes, box) and not meets(box, boxes) and not _covers(axes, box, beside):
            return True
        text.remove()
    return False


def _is_report(label: object) -> bool:
    return str(label).startswith("_report")


def _inside(axes: Axes, box: Bbox) -> bool:
    frame = axes.get_window_extent()
    across = frame.x0 <= box.x0 and box.x1 <= frame.x1
    return bool(across and frame.y0 <= box.y0 and box.y1 <= frame.y1)


def _covers(axes: Axes, box: Bbox, course: Course) -> bool:
    """Whether a rectangle lies on the band of a view."""
    heights = np.linspace(box.y0, box.y1, SAMPLES)
    km = axes.transData.inverted().transform(np.column_stack([heights, heights]))[:, 1]
    first, last = (_across(axes, course, km, row) for row in (0, 2))
    return bool(((first < box.x1) & (last > box.x0)).any())


def _across(axes: Axes, course: Course, km: NDArray[np.float64], row: int) -> NDArray[np.float64]:
    """Where an edge of a band is at some kilometres, px."""
    unix_s = np.interp(km, course.km, course.unix_s[row])
    places = np.column_stack([numbers_at(unix_s), km])
    across: NDArray[np.float64] = axes.transData.transform(places)[:, 0]
    return across

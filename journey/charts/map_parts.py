"""What names on a map are placed by: the lines they keep off, and how far they are from dots."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from shapely import LineString

from journey.charts.style import shortened

if TYPE_CHECKING:
    from matplotlib.transforms import Bbox
    from numpy.typing import NDArray

    from journey.track import Station

LINES, COLUMNS = 5, 3
"""How far the name of a country may be moved, in lines and in thirds of its width."""


class Way(NamedTuple):
    """A line that names should not lie on, points of it in px."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @property
    def line(self) -> LineString:
        """The line as a geometry."""
        return LineString(np.column_stack([self.x, self.y]))

    def in_box(self, box: Bbox) -> bool:
        """Whether the line runs through a rectangle."""
        inside = (self.x > box.x0) & (self.x < box.x1) & (self.y > box.y0) & (self.y < box.y1)
        return bool(inside.any())


class Name(NamedTuple):
    """The name of a station: whether it is a foremost one, and whether its dot has a mark."""

    station: Station
    foremost: bool
    marked: bool

    @property
    def texts(self) -> list[str]:
        """The name in both scripts, and in Latin letters alone: ``Khasan Хасан``, ``Khasan``."""
        name, local = (shortened(each) for each in (self.station.name, self.station.name_local))
        return [name] if local == name else [f"{name} {local}", name]


def shifts() -> list[tuple[int, int]]:
    """How a name may be moved, the nearest first."""
    columns, lines = range(-COLUMNS, COLUMNS + 1), range(-LINES, LINES + 1)
    every = [(column, line) for column in columns for line in lines]
    return sorted(every, key=lambda each: (abs(each[0]) + abs(each[1]), each))


def off(box: Bbox, dot: Bbox) -> float:
    """How far the middle of a dot is from a rectangle, px."""
    x, y = (dot.x0 + dot.x1) / 2, (dot.y0 + dot.y1) / 2
    return float(np.hypot(max(box.x0 - x, 0, x - box.x1), max(box.y0 - y, 0, y - box.y1)))

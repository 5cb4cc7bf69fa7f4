"""How far stations are from one another: points, or the outlines of their areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from journey.geodesy import metres_per_degree

if TYPE_CHECKING:
    from journey.osm.raw import Run, Spot

FEWEST_OF_RING = 4
"""Places of the smallest ring: a triangle, and the first once more."""


def apart_m(one: Spot, other: Spot) -> float:
    """Distance of two stations, m: 0 where one lies within the other.

    Parameters
    ----------
    one, other : Spot
        Each a point, or an area with its outline.
    """
    import shapely  # noqa: PLC0415 - for those who import

    return float(shapely.distance(_shape(one, other), _shape(other, other)))


def _shape(spot: Spot, centre: Spot) -> Any:  # noqa: ANN401 - shapely's
    """A point or an area, in metres from the point of another."""
    import shapely  # noqa: PLC0415

    runs = [_metres(run, centre) for run in spot.outline or (((spot.lon, spot.lat),),)]
    if len(runs) == 1 and _is_ring(spot.outline):
        return shapely.make_valid(shapely.Polygon(runs[0]))
    # The parts of a relation need not be closed, or in order.
    return shapely.convex_hull(shapely.MultiPoint(np.concatenate(runs)))


def _is_ring(outline: tuple[Run, ...]) -> bool:
    return bool(outline) and len(outline[0]) >= FEWEST_OF_RING and outline[0][0] == outline[0][-1]


def _metres(run: Run, centre: Spot) -> Any:  # noqa: ANN401 - shape (places, 2)
    east_m, north_m = metres_per_degree(np.asarray(centre.lat))
    return (np.array(run) - (centre.lon, centre.lat)) * (float(east_m), float(north_m))

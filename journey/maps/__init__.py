"""The Folium map of a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.defaults import LEVEL
from journey.errors import InputError
from journey.maps.layer import JourneyLayer
from journey.maps.page import self_contained_map
from journey.maps.payload import build_payload

if TYPE_CHECKING:
    import folium

    from journey.ensemble import Ensemble

__all__ = ["JourneyLayer", "draw_map", "self_contained_map"]


def draw_map(
    result: Ensemble,
    m: folium.Map | None = None,
    *,
    level: float = LEVEL,
    online_tiles: bool = False,
) -> folium.Map:
    """Draw the arrival windows of a journey on a map.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    m : folium.Map, optional
        A map to draw on; without it a self-contained one is made.
    level : float
        Share of the drawn journeys that a window holds, above 0 and at most 1.
    online_tiles : bool
        Whether a new map loads OpenStreetMap's tiles from the network.

    Returns
    -------
    folium.Map
        `m`, or the new map; ``m.save("journey.html")`` writes one file.

    Raises
    ------
    InputError
        If `level` is not above 0 and at most 1, or only some places were timed.
    OutputError
        If Leaflet is not installed.
    """
    if result.events != result.plan.events:
        raise InputError("map: only some places were timed; simulate without places")
    payload = build_payload(result, level)
    layer = JourneyLayer(payload)
    if m is None:
        m = self_contained_map(
            payload["bounds"],
            title=layer.title,
            key=layer.digest,
            online_tiles=online_tiles,
        )
    layer.add_to(m)
    return m

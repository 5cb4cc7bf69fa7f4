"""The Folium map of how far a train can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.maps.page import self_contained_map
from journey.maps.reach_content import build_reach_content
from journey.maps.reach_layer import ReachLayer

if TYPE_CHECKING:
    import folium

    from journey.network import Network
    from journey.reaching.results import Reach


def draw_reach_map(
    reach: Reach, *, network: Network | None = None, online_tiles: bool = False
) -> folium.Map:
    """Draw how far a train can be on a map, in bands of hours.

    Parameters
    ----------
    reach : Reach
        What can be reached.
    network : Network, optional
        The railway: its track beyond the reach is drawn, too, as a thin line.
    online_tiles : bool
        Whether the map loads OpenStreetMap's tiles from the network.

    Returns
    -------
    folium.Map
        One page with text, map and table; ``m.save("reach.html")`` writes one file that makes no
        request, but for tiles.

    Raises
    ------
    OutputError
        If Leaflet is not installed.
    """
    layer = ReachLayer(build_reach_content(reach, network))
    m = self_contained_map(
        layer.content["bounds"],
        title=layer.title,
        key=layer.digest,
        online_tiles=online_tiles,
    )
    layer.add_to(m)
    return m

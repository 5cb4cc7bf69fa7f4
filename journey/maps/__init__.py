"""The Folium map of a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.errors import InputError
from journey.maps.content import Shown, build_content
from journey.maps.layer import JourneyLayer
from journey.maps.page import as_fragment, as_frame, self_contained_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium

    from journey.ensemble import Ensemble

__all__ = ["JourneyLayer", "as_fragment", "as_frame", "draw_map", "self_contained_map"]


def draw_map(  # noqa: PLR0913 - the journeys, and how each part of the map is drawn
    result: Ensemble,
    m: folium.Map | None = None,
    *,
    level: float | None = None,
    online_tiles: bool = False,
    beside: Ensemble | None = None,
    left_out: Sequence[str] = (),
    others: Sequence[Ensemble] = (),
) -> folium.Map:
    """Draw the arrival windows of a journey on a map.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    m : folium.Map, optional
        A map to draw on; without it a self-contained one is made.
    level : float, optional
        Share of the drawn journeys that a window holds, above 0 and at most 1; by default 1, and
        0.9 where reports are taken in.
    online_tiles : bool
        Whether a new map loads OpenStreetMap's tiles from the network.
    beside : Ensemble, optional
        Another view of the same journey, such as its headline: its windows are told beside those
        of `result`, in the table of the page and in its popups.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed, as `load_sightings` gives
        them; the map says how many there are.
    others : sequence of Ensemble
        Further journeys, on the same way or on others, whose windows readers can choose to see.

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

    Examples
    --------
    >>> import folium
    >>> import journey
    >>> scenario = journey.load_scenario("vladivostok-2023").as_headline()
    >>> drawn = journey.draw_map(scenario.simulate(journey.load_network(), draws=100))
    >>> isinstance(drawn, folium.Map)
    True
    """
    for each in (result, *([beside] if beside else []), *others):
        if each.events != each.plan.events:
            raise InputError("map: only some places were timed; simulate without places")
    content = build_content(Shown(result, level, beside, tuple(others), tuple(left_out)))
    layer = JourneyLayer(content)
    if m is None:
        m = self_contained_map(
            content["bounds"],
            title=layer.title,
            key=layer.digest,
            online_tiles=online_tiles,
        )
    layer.add_to(m)
    return m

"""The layer that draws a reach on a Folium map, and its page as plain HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journey.maps.content_layer import Assets, ContentLayer, Kind
from journey.maps.reach_content import SCHEMA
from journey.maps.reach_scripts import for_reach_scripts
from journey.maps.static import template_of
from journey.maps.static_map import laid_out
from journey.track import PRINCIPAL

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSETS = Assets(
    key="journey_reach",
    start="journeyReach",
    scripts=(
        "dom.js",
        "packed.js",
        "clocks.js",
        "ways.js",
        "labels.js",
        "card.js",
        "ground.js",
        "reach_track.js",
        "reach_stations.js",
        "reach.js",
    ),
    styles=("base.css", "static.css", "reach.css"),
)
SPOTS = {"start": "origins", "ends": "frontiers"}
MOST_NAMED = 40
"""Stations of which the drawing for readers without scripts has a dot, and a name if it fits."""


class ReachLayer(ContentLayer):
    """How far a train can be, on a map: track in bands of hours, stations, where the time is up.

    Parameters
    ----------
    content : mapping
        What the map shows, as `journey.maps.reach_content.build_reach_content` gives it.

    Raises
    ------
    InputError
        If the content is of another schema or holds something JSON cannot say.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__(content, Kind("reach map", SCHEMA, ASSETS, for_reach_scripts, reach_page))


def reach_page(content: dict[str, Any], identity: str) -> str:
    """Write a content as HTML that needs no script.

    Parameters
    ----------
    content : dict
        What the page shows.
    identity : str
        Id of the outermost element.

    Returns
    -------
    str
        One ``section``. Everything from data is escaped; links lead to http and https only.
    """
    shown = {
        **content,
        "track": [{**each, "css": _track_css(content, each)} for each in content["track"]],
    }
    drawing = laid_out(content["bounds"], _named(content))
    spots = {name: _spots(content, content[key]) for name, key in SPOTS.items()}
    return template_of("reach.html").render(shown, id=identity, drawing=drawing, **spots)


def _track_css(content: Mapping[str, Any], track: Mapping[str, Any]) -> str:
    sure = "journey-sure" if track["sure"] else "journey-maybe"
    band = track["band"]
    shade = "fast" if band < 0 else content["bands"][band]["shade"]
    return f"{sure} journey-hour-{shade}"


def _named(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nearest station and the principal ones."""
    stations = content["stations"]
    nearest = sorted(stations, key=lambda each: each["hours"])[:1]
    few = len(stations) < MOST_NAMED
    principal = [each for each in stations if few or each["rank"] == PRINCIPAL]
    return list({each["id"]: each for each in (*nearest, *principal)}.values())[:MOST_NAMED]


def _spots(content: Mapping[str, Any], places: list[dict[str, Any]]) -> list[dict[str, float]]:
    """Where places without a name of their own are on the drawing."""
    drawing = laid_out(content["bounds"], [{**each, "name": ""} for each in places])
    return list(drawing["dots"])

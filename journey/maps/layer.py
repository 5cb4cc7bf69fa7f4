"""The layer that draws a journey on a Folium map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journey.maps.content import SCHEMA, for_scripts
from journey.maps.content_layer import Assets, ContentLayer, Kind
from journey.maps.static import static_page

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS = (
    "dom.js",
    "packed.js",
    "clocks.js",
    "ways.js",
    "journeys.js",
    "model.js",
    "state.js",
    "linking.js",
    "panels.js",
    "table.js",
    "questions.js",
    "graph.js",
    "timebar.js",
    "evidence.js",
    "layout.js",
    "labels.js",
    "card.js",
    "ground.js",
    "print.js",
    "track.js",
    "stations.js",
    "page.js",
)
HIDING = """<script>
document.documentElement.classList.add("journey-scripts");
addEventListener("error", () => {
  const ready = document.querySelector(".journey-ready");
  if (!ready) document.documentElement.classList.remove("journey-scripts");
});
</script>"""
"""With scripts the page's text is shown in its boxes: it must not be laid out before. Where they
fail, such as without the Leaflet of a network, it is there to read."""
STYLES = ("base.css", "page.css", "static.css", "panels.css")


ASSETS = Assets("journey", "journeyPage", SCRIPTS, STYLES, HIDING)


class JourneyLayer(ContentLayer):
    """A journey on a map: route, stations, marks, windows, evidence, sources.

    Parameters
    ----------
    content : mapping
        What the map shows, ``"schema": "journey.map/2"``, as
        `journey.maps.content.build_content` gives it.

    Raises
    ------
    InputError
        If the content is of another schema or holds something JSON cannot say.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__(content, Kind("map content", SCHEMA, ASSETS, for_scripts, static_page))

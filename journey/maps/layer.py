"""The layer that draws a journey on a Folium map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement

from journey.errors import InputError
from journey.maps.content import SCHEMA, for_scripts
from journey.maps.embed import digest_of, page_of, put, read_asset, to_inert_json
from journey.maps.static import static_page

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS = (
    "dom.js",
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
STYLES = ("page.css", "static.css", "panels.css")


class JourneyLayer(MacroElement):
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

    Notes
    -----
    All that is read stands in the page as plain, escaped HTML, also for readers without scripts;
    the scripts move it to its places. What they compute with travels as one inert JSON block.
    The layer can be added to any `folium.Map`, also to one that loads Leaflet from a network.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        if content.get("schema") != SCHEMA:
            message = f"map content: schema is {content.get('schema')!r}, expected {SCHEMA!r}"
            raise InputError(f"{message}; build it with this version of journey")
        self._name = "JourneyLayer"
        self.title = str(content["title"])
        self.content = dict(content)
        self.json = to_inert_json(for_scripts(self.content))
        self._id = digest_of(self.json + static_page(self.content, ""))

    @property
    def digest(self) -> str:
        """Hexadecimal digest of the payload: the same content has the same digest."""
        return self._id

    def render(self, **kwargs: object) -> str:
        """Write the layer into the page its map stands on.

        Parameters
        ----------
        **kwargs
            Passed on to the children, as Branca does.

        Returns
        -------
        str
            Empty: the text stands in the page.

        Raises
        ------
        InputError
            If the layer has not been added to a map.
        """
        page = page_of(self)
        map_name = self._map_name()
        # The same journey may stand on two maps of one page.
        block = f"{self.get_name()}_{map_name}"
        styles = "\n".join(map(read_asset, STYLES))
        put(page.header, "journey_css", f"<style>\n{styles}</style>\n{HIDING}")
        put(page.html, block, self._blocks(block))
        put(page.script, "journey_js", _page_script())
        put(page.script, block, _start(map_name, block))
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def _map_name(self) -> str:
        if not isinstance(self._parent, folium.Map):
            parent = type(self._parent).__name__
            raise InputError(f"JourneyLayer: added to {parent}, expected folium.Map; use add_to(m)")
        return self._parent.get_name()

    def _blocks(self, block: str) -> str:
        hide = f"<noscript><style>#{self._map_name()} {{ display: none; }}</style></noscript>"
        data = f'<script type="application/json" id="{block}">{self.json}</script>'
        return "\n".join([hide, static_page(self.content, f"{block}_text"), data])


def _start(map_name: str, block: str) -> str:
    return f'window.journeyPage({map_name}, "{block}");'


def _page_script() -> str:
    body = "\n".join(map(read_asset, SCRIPTS))
    return (
        'if (!window.journeyPage) window.journeyPage = (function () {\n"use strict";\n'
        f"{body}\nreturn journeyPage;\n}})();"
    )

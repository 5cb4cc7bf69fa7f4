"""The layer that draws a journey on a Folium map."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement

from journey.errors import InputError
from journey.maps.embed import digest_of, pack_geometry, page_of, put, read_asset, to_inert_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPTS = ("dom.js", "panels.js", "layout.js", "labels.js", "print.js", "page.js")


class JourneyLayer(MacroElement):
    """A journey on a map: route, stations, marks, windows, sources, legend.

    Parameters
    ----------
    payload : mapping
        What the map shows, ``"schema": "journey.map/1"``; times are texts, places are degrees.
        Its base map may be empty; lines of it are kept to a thousandth of a degree.

    Raises
    ------
    InputError
        If the payload is of another schema or holds something JSON cannot say.

    Notes
    -----
    The payload travels as one inert JSON block and is written into the page by ``textContent``.
    The layer can be added to any `folium.Map`, also to one that loads Leaflet from a network.
    """

    def __init__(self, payload: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        if payload.get("schema") != "journey.map/1":
            message = f"map payload: schema is {payload.get('schema')!r}, expected 'journey.map/1'"
            raise InputError(f"{message}; build it with this version of journey")
        self._name = "JourneyLayer"
        self.title = str(payload["title"])
        basemap = {kind: pack_geometry(shape) for kind, shape in payload["basemap"].items()}
        self.json = to_inert_json({**payload, "basemap": basemap})
        self._id = digest_of(self.json)

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
        put(page.header, "journey_css", f"<style>\n{read_asset('page.css')}</style>")
        put(page.html, block, self._data_block(block))
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

    def _data_block(self, block: str) -> str:
        title = html.escape(self.title)
        return (
            f"<noscript><p><strong>{title}</strong></p><p>This map is drawn by JavaScript. "
            "Switch JavaScript on for this page and load it again.</p></noscript>\n"
            f'<script type="application/json" id="{block}">{self.json}</script>'
        )


def _start(map_name: str, block: str) -> str:
    read = f'JSON.parse(document.getElementById("{block}").textContent)'
    return f"window.journeyPage({map_name}, {read});"


def _page_script() -> str:
    body = "\n".join(read_asset(name) for name in _SCRIPTS)
    return (
        'if (!window.journeyPage) window.journeyPage = (function () {\n"use strict";\n'
        f"{body}\nreturn journeyPage;\n}})();"
    )

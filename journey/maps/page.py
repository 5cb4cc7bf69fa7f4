"""A Folium map that is one file and asks the network for nothing."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import folium
from branca.element import Figure
from jinja2 import Template

from journey.maps.embed import digest_of, page_of, put, read_asset
from journey.maps.leaflet import leaflet_css, leaflet_js

if TYPE_CHECKING:
    from collections.abc import Sequence

TILE_HOST = "https://tile.openstreetmap.org"
_TILE_CREDIT = (
    '&copy; <a href="https://www.openstreetmap.org/copyright" target="_blank" '
    'rel="noopener noreferrer">OpenStreetMap contributors</a>'
)
_ZOOM_STEP = 0.25
_MIN_ZOOM = 3
_MAX_ZOOM = 14


class _PageFigure(Figure):
    """A whole HTML page in English with one script at the end of its body."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n{{ this.header.render(**kwargs) }}\n</head>\n'
        "<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>\n{{ this.script.render(**kwargs) }}\n</script>\n</body>\n</html>\n"
    )

    def __init__(self, identity: str) -> None:
        super().__init__()
        self._id = identity


class _OfflineMap(folium.Map):
    """A `folium.Map` without a link to any host; readers may zoom the page itself."""

    def __init__(
        self, bounds: Sequence[Sequence[float]], identity: str, *, online_tiles: bool
    ) -> None:
        super().__init__(
            location=_centre(bounds),
            zoom_start=5,
            tiles=None,
            attribution_control=online_tiles,
            # Tiles are drawn for whole zoom levels; the embedded base map fits any.
            zoom_snap=1 if online_tiles else _ZOOM_STEP,
        )
        # Folium passes its arguments of these names to tiles only.
        self.options.update(min_zoom=_MIN_ZOOM, max_zoom=_MAX_ZOOM)
        self._id = identity
        self.default_js = []
        self.default_css = []
        _PageFigure(identity).add_child(self)

    def render(self, **kwargs: object) -> str:
        """Write the map into its page.

        Parameters
        ----------
        **kwargs
            Passed on to the children, as Branca does.

        Returns
        -------
        str
            Empty: the text stands in the page.
        """
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        # Folium's own lines forbid the reader to zoom the page.
        put(page_of(self).header, self.get_name(), self._style())
        return ""

    def _style(self) -> str:
        width, height = ("".join(map(str, size)) for size in (self.width, self.height))
        own = f"position: relative; width: {width}; height: {height};"
        return (
            "<style>html, body { width: 100%; height: 100%; margin: 0; padding: 0; }\n"
            f"#{self.get_name()} {{ {own} }}</style>"
        )


def self_contained_map(
    bounds: Sequence[Sequence[float]],
    *,
    title: str = "Train journey",
    key: str = "",
    online_tiles: bool = False,
) -> folium.Map:
    """Make an empty map that is one file and asks the network for nothing.

    Parameters
    ----------
    bounds : sequence, ``[[south, west], [north, east]]``
        What the map shows at first, degrees.
    title : str
        Title of the page.
    key : str
        Tells maps apart that stand on one page with the same bounds and title.
    online_tiles : bool
        Whether OpenStreetMap's tiles are loaded beneath; the only request such a page makes.

    Returns
    -------
    folium.Map
        Has Leaflet inside, no jQuery, Bootstrap or Font Awesome. The page's Content Security
        Policy refuses every request but the tiles, so plugins that load files do not work on it.

    Raises
    ------
    OutputError
        If Leaflet is not installed.
    """
    identity = digest_of(json.dumps([_centre(bounds), title, key, online_tiles]))
    m = _OfflineMap(bounds, identity, online_tiles=online_tiles)
    if online_tiles:
        _add_tiles(m, identity)
    _fill_head(page_of(m), title, online_tiles=online_tiles)
    return m


def _fill_head(page: Figure, title: str, *, online_tiles: bool) -> None:
    policy = _content_policy(online_tiles=online_tiles)
    lines = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)}</title>",
        f"<style>\n{leaflet_css()}</style>",
        f"<script>\n{leaflet_js()}\n{read_asset('folium_shim.js')}</script>",
    ]
    # Takes the place of Branca's own charset line: the policy has to come before all else.
    put(page.header, "meta_http", "\n".join(lines))


def _content_policy(*, online_tiles: bool) -> str:
    images = f"data: {TILE_HOST}" if online_tiles else "data:"
    return (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )


def _add_tiles(m: folium.Map, identity: str) -> None:
    tiles = folium.TileLayer(TILE_HOST + "/{z}/{x}/{y}.png", attr=_TILE_CREDIT, name="Online tiles")
    tiles._id = identity  # noqa: SLF001  (Branca draws ids at random)
    tiles.add_to(m)


def _centre(bounds: Sequence[Sequence[float]]) -> list[float]:
    (south, west), (north, east) = bounds
    return [(south + north) / 2, (west + east) / 2]

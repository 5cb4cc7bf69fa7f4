"""A Folium map that is one file and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import TYPE_CHECKING

import folium
from branca.element import Figure
from jinja2 import Template

from journey.errors import InputError
from journey.maps.embed import digest_of, page_of, put, read_asset
from journey.maps.leaflet import leaflet_css, leaflet_js

if TYPE_CHECKING:
    from collections.abc import Sequence

TILE_HOST = "https://tile.openstreetmap.org"
_TILE_CREDIT = (
    '&copy; <a href="https://www.openstreetmap.org/copyright" target="_blank" '
    'rel="noopener noreferrer">OpenStreetMap contributors</a>'
)
SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|json)\b)[^>]*>(.*?)</script>", re.DOTALL)
_ALLOWED = "'scripts-of-this-page'"
LOADS = re.compile(r"<(?:script|link)\b[^>]*\b(?:src|href)=")
META, LEAFLET_CSS, LEAFLET = "meta_http", "leaflet_css", "leaflet_js"
_ZOOM_STEP = 0.25
_MIN_ZOOM = 3
_MAX_ZOOM = 14
FRAME_PX = 680
"""Height of a map in another page."""


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

    def render(self, **kwargs: object) -> str:
        """Write the page; its policy lets run the scripts that it has now, and no other.

        Parameters
        ----------
        **kwargs
            Passed on to the children, as Branca does.

        Returns
        -------
        str
            The whole page.
        """
        text: str = super().render(**kwargs)
        allowed = " ".join(dict.fromkeys(map(_hash, SCRIPT.findall(text))))
        return text.replace(_ALLOWED, allowed, 1)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def as_frame(page: str, title: str) -> str:
    """Write a whole page as a frame of another one, which it can neither read nor change.

    Parameters
    ----------
    page : str
        The page.
    title : str
        What the frame is called by those who cannot see it.

    Returns
    -------
    str
        One ``iframe`` element with the page inside.
    """
    return (
        f'<iframe title="{html.escape(title)}" srcdoc="{html.escape(page)}" loading="lazy" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        f'style="width: 100%; height: {FRAME_PX}px; border: 0;"></iframe>'
    )


def as_fragment(m: folium.Map) -> str:
    """Write a map as a part of another page, which has styles and a policy of its own.

    Parameters
    ----------
    m : folium.Map
        From `self_contained_map` or `journey.draw_map`.

    Returns
    -------
    str
        Styles, elements and scripts for any place in the body of a page. The styles touch nothing
        outside the map; a policy of the page must allow inline scripts and styles.

    Raises
    ------
    InputError
        If the map, or something on it, loads scripts or styles from a network.
    """
    page = page_of(m)
    if not isinstance(m, _OfflineMap):
        raise InputError("fragment: expected a map of journey.draw_map, which has Leaflet inside")
    page.render()
    own = f"<style>#{m.get_name()} {{ position: relative; height: {FRAME_PX}px; }}</style>"
    parts = {name: child.render() for name, child in page.header._children.items()}  # noqa: SLF001 - Branca has no other way
    once = (
        f"<script>\nif (!window.L) {{\n{leaflet_js()}\n}}\n{read_asset('folium_shim.js')}</script>"
    )
    parts |= {m.get_name(): own, LEAFLET: once}
    head = [text for name, text in parts.items() if name != META]
    if any(map(LOADS.search, head)):
        raise InputError("fragment: something on the map loads files from a network; take it off")
    scripts = f"<script>\n{page.script.render()}\n</script>"
    return "\n".join([*head, page.html.render(), scripts]) + "\n"


class _OfflineMap(folium.Map):
    """A `folium.Map` without a link to any host; readers may zoom the page itself."""

    def __init__(
        self,
        bounds: Sequence[Sequence[float]],
        identity: str,
        *,
        title: str,
        online_tiles: bool,
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
        self.title = title
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

    def _repr_html_(self, **kwargs: object) -> str:
        """Write the map as a frame, for a cell of a notebook."""
        return as_frame(page_of(self).render(**kwargs), self.title)

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
    m = _OfflineMap(bounds, identity, title=title, online_tiles=online_tiles)
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
    ]
    # Takes the place of Branca's own charset line: the policy has to come before all else.
    put(page.header, META, "\n".join(lines))
    put(page.header, LEAFLET_CSS, f"<style>\n{leaflet_css()}</style>")
    put(page.header, LEAFLET, f"<script>\n{leaflet_js()}\n{read_asset('folium_shim.js')}</script>")


def _content_policy(*, online_tiles: bool) -> str:
    images = f"data: {TILE_HOST}" if online_tiles else "data:"
    return (
        f"default-src 'none'; script-src {_ALLOWED}; style-src 'unsafe-inline'; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )


def _add_tiles(m: folium.Map, identity: str) -> None:
    tiles = folium.TileLayer(TILE_HOST + "/{z}/{x}/{y}.png", attr=_TILE_CREDIT, name="Online tiles")
    tiles._id = identity  # noqa: SLF001  (Branca draws ids at random)
    tiles.add_to(m)


def _centre(bounds: Sequence[Sequence[float]]) -> list[float]:
    (south, west), (north, east) = bounds
    return [(south + north) / 2, (west + east) / 2]

"""What layers of a Folium map have in common that bring their text as HTML and scripts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import folium
from branca.element import MacroElement

from journey.errors import InputError
from journey.maps.embed import digest_of, page_of, put, read_asset

if TYPE_CHECKING:
    from collections.abc import Callable


class Assets(NamedTuple):
    """What a kind of layer needs once on its page.

    Attributes
    ----------
    key : str
        Tells kinds of layer apart.
    start : str
        Name of the function of the scripts that puts a layer together, of its map and its block.
    scripts, styles : tuple of str
        Files of the folder ``assets``, in their order.
    head : str
        Finished HTML for the head of the page.
    """

    key: str
    start: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    head: str = ""


class ContentLayer(MacroElement):
    """A layer of a map whose content stands in the page as plain HTML, with data for scripts.

    Parameters
    ----------
    assets : Assets
        Scripts and styles.
    title : str
        What the layer is called.
    json : str
        What the scripts read, as `journey.maps.embed.to_inert_json` writes it.
    write_text : callable
        Writes the HTML, given the id of its outermost element.

    Notes
    -----
    All that is read stands in the page as plain, escaped HTML, also for readers without scripts;
    what these compute with travels as one inert JSON block. The layer can be added to any
    `folium.Map`, also to one that loads Leaflet from a network.
    """

    def __init__(
        self, assets: Assets, title: str, json: str, write_text: Callable[[str], str]
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.title = title
        self.json = json
        self._assets = assets
        self._write_text = write_text
        self._id = digest_of(json + write_text(""))

    @property
    def digest(self) -> str:
        """Hexadecimal digest of the content: the same content has the same digest."""
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
        page, assets = page_of(self), self._assets
        map_name = self._map_name()
        # The same content may stand on two maps of one page.
        block = f"{self.get_name()}_{map_name}"
        styles = "\n".join(map(read_asset, assets.styles))
        put(page.header, f"{assets.key}_css", f"<style>\n{styles}</style>\n{assets.head}")
        put(page.html, block, self._blocks(block))
        put(page.script, f"{assets.key}_js", _script(assets))
        put(page.script, block, f'window.{assets.start}({map_name}, "{block}");')
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def _map_name(self) -> str:
        if not isinstance(self._parent, folium.Map):
            parent, name = type(self._parent).__name__, self._name
            raise InputError(f"{name}: added to {parent}, expected folium.Map; use add_to(m)")
        return self._parent.get_name()

    def _blocks(self, block: str) -> str:
        hide = f"<noscript><style>#{self._map_name()} {{ display: none; }}</style></noscript>"
        data = f'<script type="application/json" id="{block}">{self.json}</script>'
        return "\n".join([hide, self._write_text(f"{block}_text"), data])


def _script(assets: Assets) -> str:
    body, start = "\n".join(map(read_asset, assets.scripts)), assets.start
    return (
        f'if (!window.{start}) window.{start} = (function () {{\n"use strict";\n'
        f"{body}\nreturn {start};\n}})();"
    )

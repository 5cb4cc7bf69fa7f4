"""What layers of a Folium map have in common that bring their text as HTML and scripts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import folium
from branca.element import MacroElement

from journey.errors import InputError
from journey.maps.embed import digest_of, page_of, put, read_asset, to_inert_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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


class Kind(NamedTuple):
    """A kind of layer.

    Attributes
    ----------
    called : str
        What its content is called in messages.
    schema : str
        What a content has to say of itself.
    assets : Assets
        Scripts and styles.
    for_scripts : callable
        Takes of a content what the scripts read.
    write_text : callable
        Writes a content as HTML, given the id of its outermost element.
    """

    called: str
    schema: str
    assets: Assets
    for_scripts: Callable[[dict[str, Any]], dict[str, Any]]
    write_text: Callable[[dict[str, Any], str], str]


class ContentLayer(MacroElement):
    """A layer of a map whose content stands in the page as plain HTML, with data for scripts.

    Parameters
    ----------
    content : mapping
        What the layer shows.
    kind : Kind
        What is made of it.

    Raises
    ------
    InputError
        If the content is of another schema or holds something JSON cannot say.

    Notes
    -----
    All that is read stands in the page as plain, escaped HTML, also for readers without scripts;
    what these compute with travels as one inert JSON block. The layer can be added to any
    `folium.Map`, also to one that loads Leaflet from a network.
    """

    def __init__(self, content: Mapping[str, Any], kind: Kind) -> None:
        if content.get("schema") != kind.schema:
            found = f"{kind.called}: schema is {content.get('schema')!r}, expected {kind.schema!r}"
            raise InputError(f"{found}; build it with this version of journey")
        self.content = dict(content)
        self.json = to_inert_json(kind.for_scripts(self.content))
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.title = str(content["title"])
        self._assets = kind.assets
        self._kind = kind
        self._id = digest_of(self.json + self._write_text(""))

    def _write_text(self, block: str) -> str:
        return self._kind.write_text(self.content, block)

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

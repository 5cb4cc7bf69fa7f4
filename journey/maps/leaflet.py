"""Leaflet as text for one self-contained page, read from the installed package XStatic-Leaflet."""

from __future__ import annotations

import base64
import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from journey.errors import OutputError
from journey.maps.embed import read_asset

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE = "xstatic.pkg.leaflet"
_REMEDY = "reinstall it: python -m pip install --force-reinstall xstatic-leaflet"
_IMAGE = re.compile(r"url\(images/([a-z0-9-]+\.png)\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def leaflet_css() -> str:
    """Leaflet's style sheet with its images inside.

    Returns
    -------
    str
        CSS that refers to no file and no address.

    Raises
    ------
    OutputError
        If the package XStatic-Leaflet is not installed or lacks a file.
    """
    return _IMAGE.sub(lambda match: f"url({_image_uri(match[1])})", _read("leaflet.css").decode())


def leaflet_js() -> str:
    """Leaflet's licence and script, followed by the default marker icons as data URIs.

    Returns
    -------
    str
        JavaScript for one ``<script>`` element; it asks for no further file.

    Raises
    ------
    OutputError
        If the package XStatic-Leaflet is not installed or lacks a file.
    """
    script = _SOURCE_MAP.sub("", _read("leaflet.js").decode()).strip()
    # XStatic-Leaflet leaves out the licence that has to go with every copy.
    return f"/*\n{read_asset('leaflet_licence.txt')}*/\n{script}\n{_default_icons()}"


def _default_icons() -> str:
    """Hand Leaflet its icons, so that it does not look for them next to the page."""
    icons = {
        "iconUrl": _image_uri("marker-icon.png"),
        "iconRetinaUrl": _image_uri("marker-icon-2x.png"),
        "shadowUrl": _image_uri("marker-shadow.png"),
    }
    return f'L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({json.dumps(icons)});'


def _image_uri(name: str) -> str:
    encoded = base64.b64encode(_read(f"images/{name}")).decode("ascii")
    return f"data:image/png;base64,{encoded}"


def _read(name: str) -> bytes:
    try:
        return (_folder() / name).read_bytes()
    except OSError as error:
        message = f"{_PACKAGE}: the file {name!r} cannot be read; {_REMEDY}"
        raise OutputError(message) from error


def _folder() -> Traversable:
    try:
        return resources.files(_PACKAGE) / "data"
    except ModuleNotFoundError as error:
        message = f"{_PACKAGE}: Leaflet is not installed, the map needs it; {_REMEDY}"
        raise OutputError(message) from error

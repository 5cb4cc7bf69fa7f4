"""Reading extracts in JSON: what Overpass answers, and GeoJSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from journey.errors import InputError
from journey.osm.geojson import read_geojson
from journey.osm.overpass import read_overpass

if TYPE_CHECKING:
    from pathlib import Path

    from journey.osm.raw import Extract
    from journey.osm.tags import Selection

LARGEST_BYTES = 200 << 20
"""JSON is read whole, and takes about ten times its size in memory."""


def read_json_file(path: Path, selection: Selection) -> Extract:
    """Read an answer of Overpass, or GeoJSON.

    Raises
    ------
    InputError
        If the file is too large to be read whole, no JSON, or JSON of another form.
    """
    if (size := path.stat().st_size) > LARGEST_BYTES:
        raise InputError(
            f"{path}: {size >> 20:,} MB of JSON; expected {LARGEST_BYTES >> 20} MB at most: "
            "take the extract as .osm.pbf"
        )
    content = _loaded(path)
    if isinstance(content, dict) and isinstance(content.get("elements"), list):
        return read_overpass(content, selection)
    if isinstance(content, dict) and isinstance(content.get("features"), list):
        return read_geojson(content, selection, path)
    raise InputError(
        f'{path}: JSON of another form; expected "elements" of Overpass or "features" of GeoJSON'
    )


def _loaded(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(
            f"{path}: not JSON, or truncated ({reason}); expected Overpass JSON or GeoJSON"
        ) from None

"""Reading an extract, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.errors import InputError
from journey.osm.json_file import read_json_file
from journey.osm.osm_file import read_osm_file
from journey.osm.tags import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from journey.osm.raw import Extract
    from journey.osm.tags import Selection

OSM_ENDINGS = (".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xml", ".opl", ".o5m")
JSON_ENDINGS = (".json", ".geojson")


def read_extract(path: Path, selection: Selection, tell: Callable[[float], None]) -> Extract:
    """Read the railway of an extract.

    Parameters
    ----------
    path : Path
        ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``, Overpass JSON or GeoJSON.
    selection : Selection
        Which tracks to take.
    tell : callable
        Told the share that is done, 0 to 1.

    Raises
    ------
    InputError
        If the file is missing, empty, truncated or of another form, or has no such track.
    """
    _check_file(path)
    name = path.name.casefold()
    if name.endswith(JSON_ENDINGS):
        extract = read_json_file(path, selection)
    elif name.endswith(OSM_ENDINGS):
        extract = read_osm_file(path, selection, tell)
    else:
        raise InputError(
            f"{path}: unknown ending; expected {', '.join((*OSM_ENDINGS[:4], *JSON_ENDINGS))}"
        )
    if not len(extract.ways.id):
        raise InputError(f"{path}: no track in it; {_seen(extract, selection)}")
    return extract


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            beginning = file.read(1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path}: {reason}; expected an extract of OpenStreetMap") from None
    if not beginning:
        raise InputError(f"{path}: empty; expected an extract of OpenStreetMap")


def _seen(extract: Extract, selection: Selection) -> str:
    kinds = ", ".join(f"railway={kind}" for kind in KINDS if kind in selection.kinds)
    counts = extract.counts
    others = sum(counts[key] for key in ("not_in_use", "not_track", "other_kinds"))
    services = sum(counts[key] for key in ("siding", "yard", "spur"))
    asked = f"expected ways with {kinds}"
    found = f"found {others:,} other ways and {services:,} sidings, tracks of yards and spurs"
    told = [asked, found]
    if counts["objects_damaged"]:
        told.append(
            f"{counts['objects_damaged']:,} objects lack their nodes or are damaged; ask Overpass "
            "for out geom, or for out body and out skel"
        )
    if counts["broken_off"]:
        told.append("Overpass broke its answer off; ask for less, or with a longer timeout")
    return "; ".join(told)

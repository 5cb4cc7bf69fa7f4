"""The embedded base map: land, lakes, borders, and where the names of countries stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
import shapely.geometry

from journey.dataset import data_folder
from journey.maps.paths import shape_path

if TYPE_CHECKING:
    from collections.abc import Sequence


def base_map() -> dict[str, Any]:
    """Shapes of the embedded base map by kind, and the countries' names with their places."""
    shapes, countries = {}, []
    for feature in _features():
        about, geometry = feature["properties"], feature["geometry"]
        if about["kind"] == "country":
            lon, lat = geometry["coordinates"]
            countries.append({"name": about["name"], "lat": lat, "lon": lon})
        else:
            shapes[about["kind"]] = shape_path(geometry)
    return {"basemap": shapes, "countries": countries}


def base_map_under(bounds: Sequence[Sequence[float]]) -> dict[str, Any]:
    """The base map, or nothing where it does not hold some part of the world.

    Parameters
    ----------
    bounds : sequence, ``[[south, west], [north, east]]``
        The part, degrees.
    """
    (south, west), (north, east) = bounds
    land = next(each for each in _features() if each["properties"]["kind"] == "land")
    sheet = shapely.box(*shapely.geometry.shape(land["geometry"]).bounds)
    holds = sheet.contains(shapely.box(west, south, east, north))
    return base_map() if holds else {"basemap": {}, "countries": []}


def _features() -> list[dict[str, Any]]:
    text = (data_folder() / "basemap.geojson").read_text(encoding="utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features

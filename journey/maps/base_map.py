"""The embedded base map: land, lakes, borders, and where the names of countries stand."""

from __future__ import annotations

import json
from typing import Any

from journey.dataset import data_folder
from journey.maps.paths import shape_path


def base_map() -> dict[str, Any]:
    """Shapes of the embedded base map by kind, and the countries' names with their places."""
    text = (data_folder() / "basemap.geojson").read_text(encoding="utf-8")
    shapes, countries = {}, []
    for feature in json.loads(text)["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        if about["kind"] == "country":
            lon, lat = geometry["coordinates"]
            countries.append({"name": about["name"], "lat": lat, "lon": lon})
        else:
            shapes[about["kind"]] = shape_path(geometry)
    return {"basemap": shapes, "countries": countries}

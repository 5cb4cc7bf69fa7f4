"""The files of the dataset as text: stations.csv and sections.geojson."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from building.stations import COLUMNS

if TYPE_CHECKING:
    from building.track import Laid


def stations_csv(records: list[dict[str, str]]) -> str:
    """Write the stations as CSV, one row a station."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def sections_geojson(sections: list[Laid]) -> str:
    """Write the sections as GeoJSON, one line a section."""
    features = ",\n".join(_dense_json(_feature(section)) for section in sections)
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'


def _feature(section: Laid) -> dict[str, Any]:
    about = section.plan.attributes
    return {
        "type": "Feature",
        "properties": {
            "id": about["id"],
            "start": about["start"],
            "end": about["end"],
            "line": about["line"],
            "length_km": section.plan.length_km,
            "geodesic_km": round(section.geodesic_km, 3),
            "gauge_mm": about["gauge_mm"],
            "tracks": int(about["tracks"]) if about["tracks"] else None,
            "electrification": about["electrification"] or "not stated",
            "usage": about["usage"],
            "estimated": about["estimated"] == "true",
            "geometry_source": geometry_source(section),
            "length_source": about["length_source"],
            "note": about["note"],
            "timing_points": [{"station": id_, "km": km} for id_, km in section.timing_points],
            "km": [float(km) for km in section.km],
        },
        "geometry": {"type": "LineString", "coordinates": section.lonlat.tolist()},
    }


def geometry_source(section: Laid) -> str:
    """Say where the geometry of a section comes from."""
    if section.plan.natural_earth:
        return "OpenStreetMap nodes (scgraph_data 2.0.0), Natural Earth 1:10m bent onto them"
    if section.plan.osm_nodes:
        return "OpenStreetMap nodes (scgraph_data 2.0.0), joined straight"
    return "drawn straight between the points stated in the track plan"


def _dense_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

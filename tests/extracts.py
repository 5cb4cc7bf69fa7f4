"""Extracts for the tests of imports: real ones in every format, and small ones made up."""

from __future__ import annotations

import json
from pathlib import Path

DATA = Path(__file__).parent / "data" / "osm"
HELSINKI = DATA / "helsinki-throat.osm.pbf"
LIECHTENSTEIN = DATA / "liechtenstein.osm.pbf"
PER_DEGREE_M = 111_194.9


def elements_of(path):
    """Everything of a file of OpenStreetMap as Overpass has it with ``out body``."""
    import osmium

    types = {"n": "node", "w": "way", "r": "relation"}
    for one in osmium.FileProcessor(str(path)):
        element = {"type": types[one.type_str()], "id": one.id, "tags": dict(one.tags)}
        if one.is_node():
            element |= {"lon": one.location.lon, "lat": one.location.lat}
        elif one.is_way():
            element["nodes"] = [node.ref for node in one.nodes]
        else:
            element["members"] = [
                {"type": types[member.type], "ref": member.ref, "role": member.role}
                for member in one.members
            ]
        yield element


def with_geometry(elements):
    """The same as ``out geom`` has it: ways with their places, untagged nodes left out."""
    places = {e["id"]: {"lat": e["lat"], "lon": e["lon"]} for e in elements if e["type"] == "node"}
    for element in elements:
        if element["type"] == "way":
            yield element | {"geometry": [places.get(node) for node in element["nodes"]]}
        elif element["tags"]:
            yield element


def as_geojson(elements):
    """The same as osmtogeojson has it: ways whose nodes are all there, points with tags."""
    places = {e["id"]: [e["lon"], e["lat"]] for e in elements if e["type"] == "node"}
    features = []
    for element in elements:
        about = {"@id": f"{element['type']}/{element['id']}", **element["tags"]}
        if element["type"] == "node" and element["tags"]:
            shape = {"type": "Point", "coordinates": places[element["id"]]}
        elif element["type"] == "way":
            run = [places[node] for node in element["nodes"] if node in places]
            shape = {"type": "LineString", "coordinates": run}
        else:
            continue
        features.append({"type": "Feature", "properties": about, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


def node(id_, east_m, north_m, **tags):
    """A node some metres from 60 N, 24 E (tags with ``__`` for a colon)."""
    return {
        "type": "node",
        "id": id_,
        "lat": round(60 + north_m / PER_DEGREE_M, 7),
        "lon": round(24 + 2 * east_m / PER_DEGREE_M, 7),
        "tags": _tags(tags),
    }


def way(id_, *nodes, **tags):
    """A track of 1520 mm, unless tags say otherwise."""
    about = {"railway": "rail", "gauge": "1520", "usage": "main", "name": "Line"} | _tags(tags)
    kept = {key: value for key, value in about.items() if value}
    return {"type": "way", "id": id_, "nodes": list(nodes), "tags": kept}


def written(folder, *elements, name="extract.json"):
    """Write elements as an answer of Overpass."""
    path = Path(folder) / name
    path.write_text(json.dumps({"elements": list(elements)}), encoding="utf-8")
    return path


def _tags(tags):
    return {key.replace("__", ":"): value for key, value in tags.items()}

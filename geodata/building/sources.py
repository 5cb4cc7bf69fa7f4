"""Reading the tables and the cuts under ``geodata/sources``."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Row:
    """A line of a station table: a station as one railway line counts it."""

    id: str
    line: str
    km: float | None
    name: str
    name_ko: str
    name_ru: str
    country: str
    kind: str
    esr_code: str
    point: tuple[float, float] | None
    quality: str
    source: str


@dataclass(frozen=True)
class Plan:
    """How one section is made: its attributes and the pieces of its geometry."""

    attributes: dict[str, str]
    osm_nodes: tuple[int, ...]
    natural_earth: tuple[tuple[int, int, int], ...]
    drawn: tuple[tuple[float, float], ...]
    through: tuple[str, ...]
    not_through: tuple[str, ...]

    @property
    def id(self) -> str:
        """Identifier of the section."""
        return self.attributes["id"]

    @property
    def length_km(self) -> float:
        """Official length, km."""
        return float(self.attributes["length_km"])

    def km_from_start(self, table_km: float) -> float:
        """Turn the kilometre of the line's table into the kilometre from the section's start."""
        start, end = (float(self.attributes[f"table_km_{side}"]) for side in ("start", "end"))
        return round((table_km - start) * (1 if end > start else -1), 4)


@dataclass(frozen=True)
class Sources:
    """Everything the build reads."""

    rows: tuple[Row, ...]
    names: dict[str, dict[str, str]]
    plans: tuple[Plan, ...]
    places: dict[str, tuple[float, float]]
    place_basis: dict[str, str]
    osm_nodes: dict[int, tuple[float, float]]
    natural_earth: tuple[NDArray[np.float64], ...]


def read_sources(folder: Path) -> Sources:
    """Read every table and cut of a sources folder."""
    toml = tomllib.loads((folder / "track_plan.toml").read_text(encoding="utf-8"))
    names = {row["id"]: row for row in _csv(folder / "station_names.csv")}
    return Sources(
        rows=_rows(folder),
        names=names,
        plans=tuple(_plan(row, toml["sections"]) for row in _csv(folder / "sections.csv")),
        places={id_: tuple(place["point"]) for id_, place in toml["places"].items()},
        place_basis={id_: place["basis"] for id_, place in toml["places"].items()},
        osm_nodes=_osm_nodes(folder / "osm_simplified_network.geojson"),
        natural_earth=tuple(
            np.array(feature["geometry"]["coordinates"])
            for feature in _features(folder / "natural_earth_railroads.geojson")
        ),
    )


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _osm_nodes(path: Path) -> dict[int, tuple[float, float]]:
    nodes = {}
    for edge in _features(path):
        first, last = edge["geometry"]["coordinates"]
        nodes[edge["properties"]["i"]] = tuple(first)
        nodes[edge["properties"]["j"]] = tuple(last)
    return nodes


def _plan(row: dict[str, str], sections: dict[str, Any]) -> Plan:
    pieces = sections[row["id"]]
    return Plan(
        attributes=row,
        osm_nodes=tuple(pieces.get("osm_nodes", ())),
        natural_earth=tuple(tuple(piece) for piece in pieces.get("natural_earth", ())),
        drawn=tuple(tuple(point) for point in pieces.get("drawn", ())),
        through=tuple(pieces.get("through", ())),
        not_through=tuple(pieces.get("not_through", ())),
    )


def _rows(folder: Path) -> tuple[Row, ...]:
    osm = {
        str(feature["properties"]["osm_node"]): tuple(feature["geometry"]["coordinates"])
        for feature in _features(folder / "osm_stations.geojson")
    }
    return tuple(
        _row(row, country, osm)
        for country in ("KP", "RU")
        for row in _csv(folder / f"stations_{country.lower()}.csv")
    )


def _row(row: dict[str, str], country: str, osm: dict[str, tuple[float, ...]]) -> Row:
    point, quality, source = None, row["quality"], row["source"]
    if row["lat"]:
        point = (float(row["lon"]), float(row["lat"]))
    if row["osm_node"]:
        lon, lat = osm[row["osm_node"]]
        point, quality = (lon, lat), "station"
        source = f"OpenStreetMap node {row['osm_node']}"
    return Row(
        id=row["id"],
        line=row["line"],
        km=float(row["km"]) if row["km"] else None,
        name=row["name"],
        name_ko=row["name_ko"],
        name_ru=row["name_ru"],
        country=country,
        kind=row["kind"],
        esr_code=row["esr_code"],
        point=point,
        quality=quality,
        source=source,
    )

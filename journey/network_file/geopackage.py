"""Layers of a GeoPackage, written by GDAL; lines keep their measures, which pyogrio would drop.

The blobs are those of OGC 12-128r18 (GeoPackage 1.3), clause 2.1.3: a header, then well-known
binary as in OGC 06-103r4, of which a line with measures is type 2002.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

WGS_84 = "EPSG:4326"
MOMENT = "OGR_CURRENT_DATE"
WRITTEN_AT = "2000-01-01T00:00:00.000Z"
"""The moment of writing that every file gives, so that equal networks are equal files."""

POINT, MEASURED_LINE = 1, 2002
LITTLE_ENDIAN = b"\x01"
ENVELOPE_BYTES = np.array([0, 32, 48, 48, 64, 0, 0, 0])
"""Length of the box in the header, by its code."""

TYPES: dict[type, str] = {bool: "bool", int: "int32", float: "float64"}

Vertices = tuple["NDArray[np.intp]", "NDArray[np.float64]", "NDArray[np.float64]",
                 "NDArray[np.float64]"]  # fmt: skip


def points(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.object_]:
    """Well-known binary of points."""
    place = np.stack([np.asarray(lon, dtype="<f8"), np.asarray(lat, dtype="<f8")], axis=-1)
    head = LITTLE_ENDIAN + np.array(POINT, dtype="<u4").tobytes()
    return _objects([head + each.tobytes() for each in place.reshape(-1, 2)])


def measured_lines(
    first: NDArray[np.intp],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    measure: NDArray[np.float64],
) -> NDArray[np.object_]:
    """Well-known binary of lines with measures, which begin at `first` of the vertices."""
    vertices = np.stack([lon, lat, measure], axis=1).astype("<f8").tobytes()
    head = LITTLE_ENDIAN + np.array(MEASURED_LINE, dtype="<u4").tobytes()
    counts = np.diff(first).astype("<u4")
    bounds = (24 * first).tolist()
    return _objects(
        [
            head + count.tobytes() + vertices[low:high]
            for count, low, high in zip(counts, bounds[:-1], bounds[1:], strict=True)
        ]
    )


def vertices_of(blobs: Sequence[bytes]) -> Vertices:
    """Read lines with measures from a GeoPackage.

    Parameters
    ----------
    blobs : sequence of bytes
        Geometries as the file has them.

    Returns
    -------
    first : ndarray of int, shape (lines + 1,)
        Where the vertices of each begin.
    lon, lat, measure : ndarray, shape (vertices,)
        The vertices.

    Raises
    ------
    ValueError
        If one is no such line.
    """
    heads = np.frombuffer(b"".join(blob[:8].ljust(8, b"\0") for blob in blobs), dtype="u1").reshape(
        -1, 8
    )
    begins = 8 + ENVELOPE_BYTES[(heads[:, 3] >> 1) & 7]
    lines = [blob[begin:] for blob, begin in zip(blobs, begins.tolist(), strict=True)]
    about = np.frombuffer(
        b"".join(line[:9].ljust(9, b"\0") for line in lines),
        dtype=np.dtype([("order", "u1"), ("type", "<u4"), ("count", "<u4")]),
    )
    sizes = np.array([len(line) for line in lines])
    is_sound = (about["order"] == 1) & (about["type"] == MEASURED_LINE)
    is_sound &= sizes == 9 + 24 * about["count"].astype(np.int64)
    if not is_sound.all():
        row = int(np.argmin(is_sound)) + 1
        raise ValueError(f"section {row} of all: expected a line whose measures are chainages")
    vertices = np.frombuffer(b"".join(line[9:] for line in lines), dtype="<f8").reshape(-1, 3)
    lon, lat, measure = np.ascontiguousarray(vertices.T, dtype=np.float64)
    return np.concatenate([[0], np.cumsum(about["count"], dtype=np.intp)]), lon, lat, measure


def write_layers(
    path: Path,
    layers: Mapping[str, Mapping[str, Sequence[Any]]],
    geometries: Mapping[str, NDArray[np.object_]],
) -> None:
    """Write layers, each of columns and, where it has one, a geometry.

    Parameters
    ----------
    path : Path
        A new file.
    layers : mapping
        From the name of each layer to its columns.
    geometries : mapping
        From the name of a layer to its geometry: points, or lines with measures.
    """
    import pyogrio  # noqa: PLC0415 - GDAL takes a while to load

    earlier = pyogrio.get_gdal_config_option(MOMENT)
    pyogrio.set_gdal_config_options({MOMENT: WRITTEN_AT})
    try:
        for layer, columns in layers.items():
            geometry = geometries.get(layer)
            shape = None if geometry is None else "Unknown" if layer == "sections" else "Point"
            pyogrio.raw.write(
                str(path),
                geometry=geometry,
                field_data=[_column(values) for values in columns.values()],
                field_mask=[_missing(values) for values in columns.values()],
                fields=list(columns),
                geometry_type=shape,
                crs=None if geometry is None else WGS_84,
                layer=layer,
                driver="GPKG",
            )
    finally:
        pyogrio.set_gdal_config_options({MOMENT: earlier})
    _say_measured(path, "sections")


def _say_measured(path: Path, layer: str) -> None:
    """Say that a layer consists of lines with measures: pyogrio knows no such type."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "UPDATE gpkg_geometry_columns SET geometry_type_name = 'LINESTRING', z = 0, m = 1 "
            "WHERE table_name = ?",
            (layer,),
        )


def _column(values: Sequence[Any]) -> NDArray[Any]:
    """A column of one type, with something in the place of what is missing."""
    kind = type(next((value for value in values if value is not None), ""))
    if kind not in TYPES:
        return _objects(values)
    return np.array([kind() if value is None else value for value in values], dtype=TYPES[kind])


def _missing(values: Sequence[Any]) -> NDArray[np.bool_]:
    """Which values of a column are missing."""
    return np.array([value is None for value in values], dtype=bool)


def _objects(values: Sequence[Any]) -> NDArray[np.object_]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column

"""A network as one file: a GeoPackage, which any GIS opens."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from journey.attribution import Credit, Provenance
from journey.errors import InputError, shown
from journey.files import reporting, write_whole
from journey.network_file.columns import (
    FORM,
    JSON_FIELDS,
    SECTION_FIELDS,
    STATION_FIELDS,
    about_columns,
    section_columns,
    station_columns,
)
from journey.network_file.geopackage import measured_lines, points, vertices_of, write_layers
from journey.section_table import SectionTable
from journey.track import Station, Structure, TrackLimits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

GAUGES = re.compile(r"[0-9]{3,4}(\+[0-9]{3,4})*")
_DAMAGED = (
    *(sqlite3.Error, ArithmeticError, AttributeError, LookupError, RecursionError),
    *(TypeError, ValueError),
)


def write_network(
    path: str | Path,
    stations: Sequence[Station],
    table: SectionTable,
    provenance: Provenance,
    about: Mapping[str, str] | None = None,
) -> Path:
    """Write a network as a GeoPackage.

    Parameters
    ----------
    path : str or Path
        Where to.
    stations : sequence of Station
        Its stations: layer ``stations``.
    table : SectionTable
        Its sections: layer ``sections``, lines whose measure M is the chainage, m.
    provenance : Provenance
        Whose work it is: table ``about``.
    about : mapping of str to str, optional
        What else stands there.

    Returns
    -------
    Path
        The file. The same network gives the same bytes.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    path = Path(path)
    with reporting(path), TemporaryDirectory() as folder:
        made = Path(folder) / "network.gpkg"
        layers = {"stations": station_columns(stations), "sections": section_columns(table)}
        layers["about"] = about_columns(table, provenance, about or {})
        geometries = {
            "stations": points([s.lon for s in stations], [s.lat for s in stations]),
            "sections": measured_lines(table.first, table.lon, table.lat, table.chainage_m),
        }
        write_layers(made, layers, geometries)
        with made.open("rb") as file:
            return write_whole(path, lambda whole: shutil.copyfileobj(file, whole))


def read_network(path: str | Path) -> tuple[tuple[Station, ...], SectionTable, Provenance]:
    """Read a network from a GeoPackage that `write_network` has written.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    stations, table, provenance
        What it holds.

    Raises
    ------
    InputError
        If it is missing, damaged, or a GeoPackage of another form.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: no such file; expected a network as journey writes it (.gpkg)")
    try:
        with closing(_opened(path)) as file:
            return _read(file)
    except _DAMAGED as error:
        raise InputError(
            f"{path}: damaged, or not a network as journey writes it ({error}); import it again"
        ) from None


def read_about(path: str | Path) -> dict[str, str]:
    """What stands in the table ``about`` of a network file: where it comes from, and more."""
    with closing(_opened(Path(path))) as file:
        return dict(file.execute("SELECT key, value FROM about"))


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    # Nothing that a foreign file defines is run.
    file.execute("PRAGMA trusted_schema = OFF")
    return file


def _read(file: sqlite3.Connection) -> tuple[tuple[Station, ...], SectionTable, Provenance]:
    about = dict(file.execute("SELECT key, value FROM about"))
    if about.get("form") != FORM:
        raise ValueError(f"form {about.get('form')!r}, expected {FORM!r}")
    provenance = Provenance(
        dataset=about["name"],
        licence=about["licence"],
        licence_url=about["licence_url"],
        credits=tuple(Credit(*each) for each in json.loads(about["credits"])),
        short=about["short"],
        kilometres=about["kilometres"],
    )
    return _stations(file), _sections(file, float(about["heading_base_m"])), provenance


def _stations(file: sqlite3.Connection) -> tuple[Station, ...]:
    names = (*STATION_FIELDS, "lat", "lon")
    rows = file.execute(
        f"SELECT {', '.join(names)}, aliases, languages FROM stations ORDER BY fid"  # noqa: S608
    )
    stations = tuple(
        Station(
            **dict(zip(names, row[:-2], strict=True)),
            aliases=tuple(json.loads(row[-2])),
            names_by_language=tuple(json.loads(row[-1]).items()),
        )
        for row in rows
    )
    _check(stations)
    return stations


def _check(stations: tuple[Station, ...]) -> None:
    """See to it that clocks are known and numbers are numbers: another program may have written."""
    for timezone in {each.timezone for each in stations}:
        ZoneInfo(timezone)
    if not all(isinstance(number, float) for each in stations for number in (each.lat, each.lon)):
        raise TypeError("a station without place")


def _sections(file: sqlite3.Connection, heading_base_m: float) -> SectionTable:
    names = (*SECTION_FIELDS, "estimated", "start_kind", "end_kind", *JSON_FIELDS)
    rows = file.execute(f"SELECT {', '.join(names)}, geom FROM sections ORDER BY fid")  # noqa: S608
    columns = dict(zip((*names, "geom"), zip(*rows, strict=True), strict=True))
    if wrong := [gauge for gauge in set(columns["gauge"]) if not GAUGES.fullmatch(gauge)]:
        raise ValueError(f"gauge {shown(min(wrong))}")
    first, lon, lat, chainage_m = vertices_of(columns["geom"])
    ids, station_m, limits, structures = (_parsed(columns[name]) for name in JSON_FIELDS)
    return SectionTable(
        values={
            **{name: columns[name] for name in SECTION_FIELDS},
            "estimated": tuple(map(bool, columns["estimated"])),
            "end_kinds": tuple(zip(columns["start_kind"], columns["end_kind"], strict=True)),
        },
        first=first,
        chainage_m=chainage_m,
        lon=lon,
        lat=lat,
        station_first=_offsets(ids),
        station_ids=tuple(each for one in ids for each in one),
        station_m=np.array([each for one in station_m for each in one], dtype=float),
        limit_first=_offsets(limits),
        limits=_limits([part for one in limits for part in one]),
        structures=tuple(tuple(Structure(*each) for each in one) for one in structures),
        heading_base_m=heading_base_m,
    )


def _parsed(texts: Sequence[str]) -> list[Any]:
    """JSON texts, read as one: a million small ones would take their time."""
    parsed: list[Any] = json.loads(f"[{','.join(texts)}]")
    if len(parsed) != len(texts):
        raise ValueError("a column of lists is damaged")
    return parsed


def _offsets(parts: Iterable[Sequence[Any]]) -> NDArray[np.intp]:
    return np.cumsum([0, *map(len, parts)], dtype=np.intp)


def _limits(parts: list[list[float | None]]) -> TrackLimits:
    """Limits; what is unknown is written as null, and no curve too."""
    columns = np.array(parts, dtype=float).reshape(-1, 5).T
    start_m, posted, low, high, curve = columns
    return TrackLimits(start_m, posted, low, high, np.where(np.isnan(curve), np.inf, curve))

"""A network as one file: a GeoPackage, which any GIS opens."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.attribution import Credit, Provenance
from journey.errors import InputError
from journey.files import reporting, write_whole
from journey.geopackage import measured_lines, points, vertices_of, write_layers
from journey.section_table import FIELDS, SectionTable
from journey.track import Station, Structure, TrackLimits
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

FORM = "journey network 1"
STATION_FIELDS = (
    *("id", "name", "name_ko", "name_ru", "country", "timezone", "kind", "rank"),
    *("point_quality", "source", "native"),
)
SECTION_FIELDS = tuple(name for name in FIELDS if name not in {"estimated", "end_kinds"})
_ENCODED = json.JSONEncoder(ensure_ascii=False).encode
OWN_KEYS = (
    *("form", "program", "name", "attribution", "licence", "licence_url", "credits", "short"),
    "heading_base_m",
)
"""What every file says of itself."""
JSON_FIELDS = ("station_ids", "station_m", "limits", "structures")


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
        layers = {"stations": _station_columns(stations), "sections": _section_columns(table)}
        layers["about"] = _about_columns(table, provenance, about or {})
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
    except (sqlite3.Error, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}: damaged, or not a network as journey writes it ({error}); import it again"
        ) from None


def read_about(path: str | Path) -> dict[str, str]:
    """What stands in a network file of where it comes from, besides whose work it is."""
    with closing(_opened(Path(path))) as file:
        about = dict(file.execute("SELECT key, value FROM about"))
    return {key: value for key, value in about.items() if key not in OWN_KEYS}


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
    )
    return _stations(file), _sections(file, float(about["heading_base_m"])), provenance


def _stations(file: sqlite3.Connection) -> tuple[Station, ...]:
    names = (*STATION_FIELDS, "lat", "lon")
    rows = file.execute(
        f"SELECT {', '.join(names)}, aliases, languages FROM stations ORDER BY fid"  # noqa: S608
    )
    return tuple(
        Station(
            **dict(zip(names, row[:-2], strict=True)),
            aliases=tuple(json.loads(row[-2])),
            names_by_language=tuple(json.loads(row[-1]).items()),
        )
        for row in rows
    )


def _sections(file: sqlite3.Connection, heading_base_m: float) -> SectionTable:
    names = (*SECTION_FIELDS, "estimated", "start_kind", "end_kind", *JSON_FIELDS)
    rows = file.execute(f"SELECT {', '.join(names)}, geom FROM sections ORDER BY fid")  # noqa: S608
    columns = dict(zip((*names, "geom"), zip(*rows, strict=True), strict=True))
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


def _station_columns(stations: Sequence[Station]) -> dict[str, list[Any]]:
    return {
        **{name: [getattr(each, name) for each in stations] for name in STATION_FIELDS},
        "lat": [each.lat for each in stations],
        "lon": [each.lon for each in stations],
        "aliases": [_text(each.aliases) for each in stations],
        "languages": [_text(dict(each.names_by_language)) for each in stations],
    }


def _section_columns(table: SectionTable) -> dict[str, list[Any]]:
    kinds = table.values["end_kinds"]
    ids = _split(table.station_ids, table.station_first)
    station_m = _split(table.station_m.tolist(), table.station_first)
    return {
        **{name: list(table.values[name]) for name in SECTION_FIELDS},
        "length_m": table.length_m.tolist(),
        "estimated": [bool(each) for each in table.values["estimated"]],
        "start_kind": [each[0] for each in kinds],
        "end_kind": [each[1] for each in kinds],
        "station_ids": [_text(each) for each in ids],
        "station_m": [_text(each) for each in station_m],
        "limits": _limit_texts(table),
        "structures": [_text(each) for each in table.structures],
    }


def _limit_texts(table: SectionTable) -> list[str]:
    """Limits of every section as text, one after another: as numbers all would fill the memory."""
    columns = np.stack(table.limits, axis=1)
    return [_text(_limit_rows(columns[low:high])) for low, high in pairwise(table.limit_first)]


def _limit_rows(columns: NDArray[np.float64]) -> list[list[float | None]]:
    written = columns.astype(object)
    written[~np.isfinite(columns)] = None
    rows: list[list[float | None]] = written.tolist()
    return rows


def _split(values: Sequence[Any], first: NDArray[np.intp]) -> list[Sequence[Any]]:
    return [values[low:high] for low, high in pairwise(first.tolist())]


def _about_columns(
    table: SectionTable, provenance: Provenance, about: Mapping[str, str]
) -> dict[str, list[Any]]:
    own = (
        FORM,
        f"journey {__version__}",
        provenance.dataset,
        "; ".join(credit.text for credit in provenance.credits),
        provenance.licence,
        provenance.licence_url,
        _text(provenance.credits),
        provenance.short,
        repr(float(table.heading_base_m)),
    )
    rows = {**dict(zip(OWN_KEYS, own, strict=True)), **about}
    return {"key": list(rows), "value": list(rows.values())}


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON has
    return _ENCODED(value) if value else "{}" if isinstance(value, dict) else "[]"

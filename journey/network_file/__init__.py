"""A network as one file: a GeoPackage, which any GIS opens."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from journey.errors import InputError, printable, shown
from journey.files import reporting, write_whole
from journey.network_file.columns import about_columns, section_columns, station_columns
from journey.network_file.geopackage import measured_lines, points, write_layers
from journey.network_file.reading import about_of, provenance_of, stations_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from journey.attribution import Provenance
    from journey.section_table import SectionTable
    from journey.track import Station

ENDING = ".gpkg"
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
    InputError
        If the name does not end in ``.gpkg``.
    OutputError
        If the file cannot be written there.
    """
    path = checked_name(path)
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


def checked_name(path: str | Path) -> Path:
    """Take the name of a file that a network is to be written to.

    Raises
    ------
    InputError
        If it has another ending: it may be that of a file of another kind.
    """
    if Path(path).suffix.casefold() != ENDING:
        raise InputError(f"output {shown(str(path))}: expected a name that ends in {ENDING}")
    return Path(path)


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
    with _opened(Path(path)) as file:
        about = about_of(file)
        provenance = provenance_of(about)
        stations = stations_of(file)
        return stations, table_of(file, stations, float(about["heading_base_m"])), provenance


def read_about(path: str | Path) -> dict[str, str]:
    """What stands in the table ``about`` of a network file: where it comes from, and more.

    Raises
    ------
    InputError
        If the file is missing, damaged, or a GeoPackage of another form.
    """
    with _opened(Path(path)) as file:
        return about_of(file)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to read it, and say in one line what is wrong with what is read."""
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no such file"
        raise InputError(f"{path}: {found}; expected a network as journey writes it (.gpkg)")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            # Nothing that a foreign file defines is run.
            file.execute("PRAGMA trusted_schema = OFF")
            yield file
    except _DAMAGED as error:
        reason = printable(str(error))
        raise InputError(
            f"{path}: damaged, or not a network as journey writes it ({reason}); import it again"
        ) from None

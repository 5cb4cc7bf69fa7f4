"""Reading the files of a network: stations.csv and sections.geojson."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import numpy as np

from journey.attribution import EMBEDDED, LICENCE, LICENCE_URL, OFFICIAL, SHORT, Provenance
from journey.errors import InputError
from journey.track import Section, Station

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Item = TypeVar("Item")


def data_folder() -> Path:
    """Folder of the embedded dataset: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "geodata"
    return installed if installed.is_dir() else package.parent / "geodata"


def embedded_provenance() -> Provenance:
    """What is said of the embedded dataset: its name and version, licence and credits."""
    about = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    name = f"{about['name']} {about['version']}"
    return Provenance(name, LICENCE, LICENCE_URL, EMBEDDED, SHORT, OFFICIAL)


def read_dataset(folder: Path) -> tuple[tuple[Station, ...], tuple[Section, ...]]:
    """Read the stations and sections of a network.

    Parameters
    ----------
    folder : Path
        Where ``stations.csv`` and ``sections.geojson`` are.

    Returns
    -------
    stations, sections : tuple
        What the files hold.

    Raises
    ------
    InputError
        If a file is missing or damaged.
    """
    stations = _read(folder / "stations.csv", _stations)
    sections = _read(folder / "sections.geojson", _sections)
    return stations, sections


def _read(path: Path, parse: Callable[[TextIO], Iterable[Item]]) -> tuple[Item, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(parse(file))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; expected a file of the dataset") from None
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: damaged or of another form ({error!r})") from None


def _stations(file: TextIO) -> Iterable[Station]:
    for row in csv.DictReader(file):
        yield Station(
            id=row["id"],
            name=row["name"],
            name_ko=row["name_ko"],
            name_ru=row["name_ru"],
            aliases=tuple(filter(None, row["aliases"].split(";"))),
            country=row["country"],
            timezone=row["timezone"],
            kind=row["kind"],
            rank=int(row["rank"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            point_quality=row["point_quality"],
            source=row["source"],
        )


def _sections(file: TextIO) -> Iterable[Section]:
    for feature in json.load(file)["features"]:
        about = feature["properties"]
        lon, lat = np.array(feature["geometry"]["coordinates"]).T
        points = about["timing_points"]
        yield Section(
            id=about["id"],
            start=about["start"],
            end=about["end"],
            line=about["line"],
            gauge=about["gauge_mm"],
            tracks=about["tracks"],
            electrification=about["electrification"],
            usage=about["usage"],
            estimated=about["estimated"],
            chainage_m=np.array(about["km"]) * 1000,
            lon=lon,
            lat=lat,
            station_ids=tuple(point["station"] for point in points),
            station_m=np.array([point["km"] for point in points]) * 1000,
        )

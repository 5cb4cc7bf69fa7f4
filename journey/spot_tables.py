"""Places in reports as a file has them: a station, or a table by the keys that it has."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, PlainValidator

from journey.errors import InputError, nearest_names, shown
from journey.spots import Between, Disc, Kilometres, Region, Spot
from journey.toml_file import LONGEST_TEXT, Table, Text
from journey.units import parse_number

FORMS = (
    '{km = "100..140"}, {lat = 43.7, lon = 131.9, radius_km = 5}, '
    '{between = ["A", "B"]} or {region = "Amur Oblast"}'
)

Number = Annotated[float, BeforeValidator(parse_number)]


def parse_kilometres(value: object) -> Kilometres:
    """Read a kilometre, ``120``, or two, ``"100..140"``.

    Raises
    ------
    InputError
        If it is neither, or they are not in order.
    """
    parts = value.split("..") if isinstance(value, str) else [value]
    if len(parts) > 2:  # noqa: PLR2004 - from and to
        raise InputError(f'{shown(value)}: expected a kilometre, or two such as "100..140"')
    numbers = [parse_number(part) for part in parts]
    return Kilometres(numbers[0], numbers[-1])


class KmTable(Table):
    """``{km = 120}`` or ``{km = "100..140"}``."""

    km: Annotated[Kilometres, PlainValidator(parse_kilometres)]

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return self.km


class DiscTable(Table):
    """``{lat = 43.7, lon = 131.9, radius_km = 5}``, perhaps with a ``name``."""

    lat: Number
    lon: Number
    radius_km: Number
    name: Text = ""

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return Disc(self.lat, self.lon, self.radius_km, self.name)


class BetweenTable(Table):
    """``{between = ["Obluchye", "Ledyanaya"]}``."""

    between: tuple[Text, Text]

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return Between(*self.between)


class RegionTable(Table):
    """``{region = "Amur Oblast"}``."""

    region: Text

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return Region(self.region)


TABLES = (KmTable, DiscTable, BetweenTable, RegionTable)


def parse_spot(content: object) -> Spot:
    """Read where a report puts the train.

    Raises
    ------
    InputError
        If it is neither a name nor one of the tables.
    """
    match content:
        case str() if 0 < len(content.strip()) <= LONGEST_TEXT:
            return content
        case dict():
            return _table_of(content).model_validate(content).spot
    raise InputError(f"{shown(content)}: expected a station, or {FORMS}")


def _table_of(
    content: dict[str, object],
) -> type[KmTable | DiscTable | BetweenTable | RegionTable]:
    """The table that some keys are of; which keys are missing or too many, it says itself."""
    for table in TABLES:
        if table.model_fields.keys() & content.keys():
            return table
    first = next(iter(content), "no key")
    known = [key for table in TABLES for key in table.model_fields]
    raise InputError(f"{first}: no place; {nearest_names(first, known) or f'expected {FORMS}'}")

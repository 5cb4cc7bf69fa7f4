"""The tables of a rolling-stock file, each key checked as it is read."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from journey.errors import InputError, plain, shown
from journey.railtoolkit.yaml_file import NamedTable, Number, OpenTable, Version
from journey.toml_file import Text
from journey.train import HEAVIEST_T, LONGEST_M, STRONGEST_MPS2, STRONGEST_N, WEAKEST_N
from journey.train_tables import Curve
from journey.units import FASTEST_TRACK_KMH

LARGEST_PERMIL = 1000.0
LARGEST_ROTATION = 2.0


def _from_zero(value: float, high: float, unit: str) -> float:
    if not 0 <= value <= high:
        raise InputError(f"{plain(value)}: expected 0 to {plain(high)} {unit}")
    return value


def _above_zero(value: float, high: float, unit: str) -> float:
    if not 0 < value <= high:
        raise InputError(f"{plain(value)}: expected above 0, at most {plain(high)} {unit}")
    return value


def _rate(value: float) -> float:
    """Deceleration; files have it below zero."""
    if not 0 < abs(value) <= STRONGEST_MPS2:
        raise InputError(
            f"{plain(value)}: expected above 0, at most {STRONGEST_MPS2:g} m/s², with or without "
            "a minus"
        )
    return abs(value)


def _rotation(value: float) -> float:
    if not 1 <= value <= LARGEST_ROTATION:
        raise InputError(f"{plain(value)}: expected 1 to {LARGEST_ROTATION:g}, such as 1.06")
    return value


def _effort(curve: Curve) -> Curve:
    for speed_kmh, force_n in curve:
        if not 0 <= speed_kmh <= FASTEST_TRACK_KMH or force_n < 0:
            raise InputError(
                f"{shown([speed_kmh, force_n])}: expected a speed of 0 to "
                f"{FASTEST_TRACK_KMH:g} km/h, and an effort of 0 N or more"
            )
    for (before_kmh, _), (after_kmh, _) in pairwise(curve):
        if after_kmh <= before_kmh:
            raise InputError(
                f"{plain(after_kmh)} km/h after {plain(before_kmh)} km/h: expected increasing "
                "speeds, with one effort each"
            )
    highest_n = max(force_n for _, force_n in curve)
    if not WEAKEST_N <= highest_n <= STRONGEST_N:
        raise InputError(
            f"{plain(highest_n)} N at most: expected {WEAKEST_N:g} to {plain(STRONGEST_N)} N; "
            "is it in kN?"
        )
    return curve


Mass = Annotated[Number, AfterValidator(partial(_above_zero, high=HEAVIEST_T, unit="t"))]
Load = Annotated[Number, AfterValidator(partial(_from_zero, high=HEAVIEST_T, unit="t"))]
Length = Annotated[Number, AfterValidator(partial(_above_zero, high=LONGEST_M, unit="m"))]
Speed = Annotated[Number, AfterValidator(partial(_above_zero, high=FASTEST_TRACK_KMH, unit="km/h"))]
Permil = Annotated[Number, AfterValidator(partial(_from_zero, high=LARGEST_PERMIL, unit="‰"))]


class VehicleTable(OpenTable):
    """A vehicle: m, t, km/h, m/s², and resistances in per mille of its weight."""

    id: Text
    vehicle_type: Literal["traction unit", "multiple unit", "freight", "passenger"]
    length: Length
    mass: Mass
    load_limit: Load = 0.0
    mass_traction: Mass | None = None
    speed_limit: Speed | None = None
    a_braking: Annotated[Number, AfterValidator(_rate)] | None = None
    rotation_mass: Annotated[Number, AfterValidator(_rotation)] | None = None
    base_resistance: Permil | None = None
    rolling_resistance: Permil | None = None
    air_resistance: Permil | None = None
    tractive_effort: Annotated[Curve, AfterValidator(_effort)] | None = None

    @model_validator(mode="after")
    def _drives_no_more_than_itself(self) -> Self:
        if self.driving_t > self.mass:
            raise InputError(
                f"mass_traction {plain(self.driving_t)}: expected at most the mass, "
                f"{plain(self.mass)} t; it is the part of it on driven axles"
            )
        return self

    @property
    def propels(self) -> bool:
        """Whether it has motors."""
        return self.vehicle_type in {"traction unit", "multiple unit"}

    @property
    def full_t(self) -> float:
        """Mass with its load, t."""
        return self.mass + self.load_limit

    @property
    def driving_t(self) -> float:
        """Mass on driven axles, t; all of it where nothing is said."""
        return self.mass if self.mass_traction is None else self.mass_traction


class FormationTable(NamedTable):
    """A train: its vehicles by their ids."""

    id: Text
    formation: Annotated[list[Text], Field(min_length=1)]


class RollingStockTable(OpenTable):
    """The whole file."""

    kind: Annotated[
        Literal["https://railtoolkit.org/schema/rolling-stock.json"], Field(alias="schema")
    ]
    schema_version: Version
    trains: Annotated[list[FormationTable], Field(min_length=1)]
    vehicles: Annotated[list[VehicleTable], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        for id_, count in Counter(vehicle.id for vehicle in self.vehicles).items():
            if count > 1:
                raise InputError(f"vehicles: {count} have the id {shown(id_)}; rename all but one")
        return self

"""Rolling stock: the vehicles of a formation, put together into one train.

Every force follows TrainRuns.jl: the resistance of cars after Sauthoff (passenger trains) or
Strahl (freight trains), that of traction units by axle. Where a formation has several traction
units, their efforts and resistances are added here; TrainRuns.jl takes the first alone.
"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from journey.errors import InputError, nearest_names
from journey.railtoolkit.yaml_file import EXPECTED, OpenTable, Version, read_yaml
from journey.toml_file import Text, checked
from journey.train_tables import Curve
from journey.units import MPS_PER_KMH, parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GRAVITY_MPS2 = 9.80665
HEAD_WIND_MPS = 15 * MPS_PER_KMH
REFERENCE_MPS = 100 * MPS_PER_KMH
ADHESION = 0.2
FASTEST_KMH = 504.0
FREIGHT_BRAKING_MPS2, PASSENGER_BRAKING_MPS2 = 0.225, 0.375
ROTATING_TRACTION, ROTATING_CAR = 1.09, 1.06
LEAST_AIR_PERMIL = 0.1
"""Air resistance of a traction unit below this was not written in per mille."""

Number = Annotated[float, BeforeValidator(parse_number)]
Positive = Annotated[Number, Field(gt=0)]
NotNegative = Annotated[Number, Field(ge=0)]


class VehicleTable(OpenTable):
    """A vehicle: m, t, km/h, m/s², and resistances in per mille of its weight."""

    id: Text
    vehicle_type: Literal["traction unit", "multiple unit", "freight", "passenger"]
    length: Positive
    mass: Positive
    load_limit: NotNegative = 0.0
    mass_traction: Positive | None = None
    speed_limit: Positive | None = None
    a_braking: Number | None = None
    rotation_mass: Number | None = None
    base_resistance: NotNegative = 0.0
    rolling_resistance: NotNegative = 0.0
    air_resistance: NotNegative = 0.0
    tractive_effort: Curve | None = None

    @model_validator(mode="after")
    def _curve_is_a_function(self) -> Self:
        for before, after in pairwise(self.tractive_effort or ()):
            if after[0] <= before[0]:
                raise InputError(
                    f"tractive_effort at {after[0]:g} km/h after {before[0]:g} km/h: expected "
                    "increasing speeds, with one effort each"
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


class FormationTable(OpenTable):
    """A train: its vehicles by their ids."""

    name: Text
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


class Resistances(NamedTuple):
    """r0, r1, r2 in N, N/(m/s), N/(m/s)²."""

    r0: float
    r1: float
    r2: float


def read_train(path: Path) -> dict[str, Any]:
    """Read the first train of a rolling-stock file.

    Parameters
    ----------
    path : Path
        YAML, after the schema ``rolling-stock`` in version 2022.05.

    Returns
    -------
    dict
        What a train file would say of it; the train is fully loaded.

    Raises
    ------
    InputError
        If the file cannot be read, is of another form, or its train has no traction unit.
    """
    stock = checked(RollingStockTable, read_yaml(path), EXPECTED)
    train = stock.trains[0]
    vehicles = {vehicle.id: vehicle for vehicle in stock.vehicles}
    for id_ in train.formation:
        if id_ not in vehicles:
            remedy = nearest_names(id_, vehicles) or "add it to vehicles"
            raise InputError(f"trains 1.formation: {id_!r} is no vehicle of the file; {remedy}")
    formation = [vehicles[id_] for id_ in train.formation]
    if not any(vehicle.propels for vehicle in formation):
        raise InputError("trains 1.formation: no traction unit or multiple unit; add one")
    return {"name": train.name, **_figures(formation)}


def _figures(formation: Sequence[VehicleTable]) -> dict[str, Any]:
    units = [vehicle for vehicle in formation if vehicle.propels]
    limits_kmh = [vehicle.speed_limit for vehicle in formation if vehicle.speed_limit]
    max_speed_kmh = min([FASTEST_KMH, *limits_kmh])
    return {
        "mass_t": {"value": fsum(v.full_t for v in formation), "reason": "fully loaded"},
        "rotating_mass_factor": _rotating_mass_factor(formation),
        "length_m": fsum(v.length for v in formation),
        "max_speed_kmh": max_speed_kmh,
        "braking_mps2": _braking(formation, units),
        "resistance": _resistance(formation, units),
        "tractive_effort": _effort(units, max_speed_kmh),
    }


def _rotating_mass_factor(formation: Sequence[VehicleTable]) -> float:
    """Mean of the vehicles' factors by their empty mass: a load does not rotate."""
    rotating_t = fsum(
        vehicle.mass
        * (vehicle.rotation_mass or (ROTATING_TRACTION if vehicle.propels else ROTATING_CAR))
        for vehicle in formation
    )
    return rotating_t / fsum(vehicle.mass for vehicle in formation)


def _carries_passengers(formation: Sequence[VehicleTable]) -> bool:
    return any(vehicle.vehicle_type in {"passenger", "multiple unit"} for vehicle in formation)


def _braking(formation: Sequence[VehicleTable], units: Sequence[VehicleTable]) -> dict[str, Any]:
    stated = [abs(unit.a_braking) for unit in units if unit.a_braking is not None]
    if stated:
        return {"value": min(stated)}
    if _carries_passengers(formation):
        return {"value": PASSENGER_BRAKING_MPS2, "reason": "not stated: as for passenger trains"}
    return {"value": FREIGHT_BRAKING_MPS2, "reason": "not stated: as for freight trains"}


def _resistance(formation: Sequence[VehicleTable], units: Sequence[VehicleTable]) -> dict[str, Any]:
    parts = [_unit_resistance(unit) for unit in units]
    if cars := [vehicle for vehicle in formation if not vehicle.propels]:
        parts.append(_car_resistance(cars, passenger=_carries_passengers(formation)))
    stated: dict[str, Any] = {"value": [fsum(column) for column in zip(*parts, strict=True)]}
    small = [unit for unit in units if 0 < unit.air_resistance < LEAST_AIR_PERMIL]
    if small:
        stated["reason"] = (
            f"air_resistance of {small[0].id} is read as {small[0].air_resistance:g} per mille, "
            "as the schema says; it looks like a share"
        )
    return stated


def _unit_resistance(unit: VehicleTable) -> Resistances:
    """Driving and carrying axles each by their own coefficient, and air; of the empty mass."""
    driving_t = unit.mass_traction or unit.mass
    axles = unit.base_resistance * driving_t + unit.rolling_resistance * (unit.mass - driving_t)
    air = _air(unit.air_resistance * unit.mass * GRAVITY_MPS2, HEAD_WIND_MPS)
    # Per mille times tonnes is kilogrammes.
    return Resistances(axles * GRAVITY_MPS2 + air.r0, air.r1, air.r2)


def _car_resistance(cars: Sequence[VehicleTable], *, passenger: bool) -> Resistances:
    """Mean coefficients of the cars, each counted once, on their mass with load."""
    weight = fsum(car.full_t for car in cars) * GRAVITY_MPS2 / len(cars)
    base = weight * fsum(car.base_resistance for car in cars)
    air = weight * fsum(car.air_resistance for car in cars)
    if not passenger:
        r0, r1, r2 = _air(air, 0.0)
        return Resistances(base + r0, r1, r2)
    rolling = weight * fsum(car.rolling_resistance for car in cars) / REFERENCE_MPS
    r0, r1, r2 = _air(air, HEAD_WIND_MPS)
    return Resistances(base + r0, rolling + r1, r2)


def _air(at_reference_n: float, wind_mps: float) -> Resistances:
    """Air resistance that is as given at the reference speed, and grows with its square."""
    r2 = at_reference_n / REFERENCE_MPS**2
    return Resistances(r2 * wind_mps**2, 2 * r2 * wind_mps, r2)


def _effort(units: Sequence[VehicleTable], max_speed_kmh: float) -> dict[str, Any]:
    curves = [
        np.array(unit.tractive_effort or _adhesion_alone(unit, max_speed_kmh)) for unit in units
    ]
    speeds_kmh = np.unique(np.concatenate([curve[:, 0] for curve in curves]))
    efforts_n = np.sum([np.interp(speeds_kmh, *curve.T) for curve in curves], axis=0)
    stated: dict[str, Any] = {"value": np.column_stack([speeds_kmh, efforts_n]).tolist()}
    if not all(unit.tractive_effort for unit in units):
        stated["reason"] = f"not stated: adhesion of {ADHESION:g} at every speed"
    elif len(units) > 1:
        stated["reason"] = f"the efforts of {len(units)} traction units, added"
    return stated


def _adhesion_alone(unit: VehicleTable, max_speed_kmh: float) -> Curve:
    force_n = (unit.mass_traction or unit.mass) * 1000 * GRAVITY_MPS2 * ADHESION
    return ((0.0, force_n), (max_speed_kmh, force_n))

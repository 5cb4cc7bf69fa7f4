"""Rolling stock: the vehicles of a formation, put together into one train.

Every force follows TrainRuns.jl: the resistance of cars after Sauthoff (passenger trains) or
Strahl (freight trains), that of traction units by axle. Where a formation has several traction
units, their efforts and resistances are added here; TrainRuns.jl takes the first alone.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journey.errors import InputError, nearest_names, plain, shown
from journey.railtoolkit.vehicles import RollingStockTable, VehicleTable
from journey.railtoolkit.yaml_file import EXPECTED, only_one, read_yaml
from journey.toml_file import checked
from journey.train import HEAVIEST_T, LONGEST_M
from journey.units import GRAVITY_MPS2, MPS_PER_KMH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from journey.train_tables import Curve

HEAD_WIND_MPS = 15 * MPS_PER_KMH
REFERENCE_MPS = 100 * MPS_PER_KMH
ADHESION = 0.2
FASTEST_KMH = 504.0
FREIGHT_BRAKING_MPS2, PASSENGER_BRAKING_MPS2 = 0.225, 0.375
ROTATING_TRACTION, ROTATING_CAR = 1.09, 1.06
LEAST_AIR_PERMIL = 0.1
"""Air resistance of a traction unit below this was not written in per mille."""

Stated = dict[str, Any]
"""A value as a train file would have it, perhaps with the reason for it."""


class Resistances(NamedTuple):
    """r0, r1, r2 in N, N/(m/s), N/(m/s)²."""

    r0: float
    r1: float
    r2: float


def read_train(path: Path) -> dict[str, Any]:
    """Read the train of a rolling-stock file.

    Parameters
    ----------
    path : Path
        YAML, after the schema ``rolling-stock`` in version 2022.05, with one train.

    Returns
    -------
    dict
        What a train file would say of it; the train is fully loaded. What the file leaves out is
        set as TrainRuns.jl sets it, and has its reason.

    Raises
    ------
    InputError
        If the file cannot be read, is of another form, has several trains, or its train has no
        traction unit.
    """
    stock = checked(RollingStockTable, read_yaml(path), EXPECTED)
    train = only_one("trains", stock.trains)
    vehicles = {vehicle.id: vehicle for vehicle in stock.vehicles}
    for id_ in train.formation:
        if id_ not in vehicles:
            remedy = nearest_names(id_, vehicles) or "add it to vehicles"
            raise InputError(
                f"trains 1.formation: {shown(id_)} is no vehicle of the file; {remedy}"
            )
    formation = [vehicles[id_] for id_ in train.formation]
    _check_formation(formation)
    return {"name": train.name, **_figures(formation)}


def _check_formation(formation: Sequence[VehicleTable]) -> None:
    if not any(vehicle.propels for vehicle in formation):
        raise InputError("trains 1.formation: no traction unit or multiple unit; add one")
    mass_t = fsum(vehicle.full_t for vehicle in formation)
    length_m = fsum(vehicle.length for vehicle in formation)
    for total, highest, unit in ((mass_t, HEAVIEST_T, "t"), (length_m, LONGEST_M, "m")):
        if total > highest:
            raise InputError(
                f"trains 1.formation: {plain(total)} {unit} together: expected at most "
                f"{plain(highest)} {unit}; take vehicles out"
            )


def _figures(formation: Sequence[VehicleTable]) -> dict[str, Any]:
    units = [vehicle for vehicle in formation if vehicle.propels]
    max_speed = _max_speed(formation)
    return {
        "mass_t": {"value": fsum(v.full_t for v in formation), "reason": "fully loaded"},
        "rotating_mass_factor": _rotating_mass_factor(formation),
        "length_m": fsum(v.length for v in formation),
        "max_speed_kmh": max_speed,
        "braking_mps2": _braking(formation, units),
        "resistance": _resistance(formation, units),
        "tractive_effort": _effort(units, max_speed["value"]),
    }


def _stated(value: object, *reasons: str | None) -> Stated:
    """Put a value together with what there is to say of it."""
    said = "; ".join(reason for reason in reasons if reason)
    return {"value": value, "reason": said} if said else {"value": value}


def _without(key: str, vehicles: Iterable[VehicleTable]) -> str | None:
    """Say that some vehicles do not state a key; None where all do."""
    count = sum(getattr(vehicle, key) is None for vehicle in vehicles)
    return f"{key} not stated for {count} of the vehicles" if count else None


def _max_speed(formation: Sequence[VehicleTable]) -> Stated:
    limits_kmh = [v.speed_limit for v in formation if v.speed_limit is not None]
    if limits_kmh:
        missing = _without("speed_limit", formation)
        return _stated(min(limits_kmh), missing and f"{missing}: the lowest of the others")
    return _stated(FASTEST_KMH, "speed_limit not stated: so high that the path alone limits it")


def _rotating_mass_factor(formation: Sequence[VehicleTable]) -> Stated:
    """Mean of the vehicles' factors by their empty mass: a load does not rotate."""
    rotating_t = fsum(
        vehicle.mass
        * (vehicle.rotation_mass or (ROTATING_TRACTION if vehicle.propels else ROTATING_CAR))
        for vehicle in formation
    )
    missing = _without("rotation_mass", formation)
    usual = f"{ROTATING_TRACTION:g} for traction units, {ROTATING_CAR:g} for others"
    mean = rotating_t / fsum(vehicle.mass for vehicle in formation)
    return _stated(mean, missing and f"{missing}: {usual}")


def _carries_passengers(formation: Sequence[VehicleTable]) -> bool:
    return any(vehicle.vehicle_type in {"passenger", "multiple unit"} for vehicle in formation)


def _braking(formation: Sequence[VehicleTable], units: Sequence[VehicleTable]) -> Stated:
    rates_mps2 = [unit.a_braking for unit in units if unit.a_braking is not None]
    if rates_mps2:
        missing = _without("a_braking", units)
        return _stated(min(rates_mps2), missing and f"{missing}: the lowest of the others")
    if _carries_passengers(formation):
        return _stated(PASSENGER_BRAKING_MPS2, "a_braking not stated: as for passenger trains")
    return _stated(FREIGHT_BRAKING_MPS2, "a_braking not stated: as for freight trains")


def _resistance(formation: Sequence[VehicleTable], units: Sequence[VehicleTable]) -> Stated:
    cars = [vehicle for vehicle in formation if not vehicle.propels]
    passenger = _carries_passengers(formation)
    parts = [_unit_resistance(unit) for unit in units]
    if cars:
        parts.append(_car_resistance(cars, passenger=passenger))
    # Only where it counts: of a unit on its carrying axles, of cars in passenger trains.
    rolling = [unit for unit in units if unit.driving_t < unit.mass] + (cars if passenger else [])
    missing = [
        _without("base_resistance", formation),
        _without("rolling_resistance", rolling),
        _without("air_resistance", formation),
    ]
    return _stated(
        [fsum(column) for column in zip(*parts, strict=True)],
        *(each and f"{each}: taken as 0" for each in missing),
        _doubt(units),
    )


def _doubt(units: Sequence[VehicleTable]) -> str | None:
    """Say that an air resistance looks like a share, where one does."""
    for unit in units:
        if 0 < (unit.air_resistance or 0.0) < LEAST_AIR_PERMIL:
            return (
                f"air_resistance of {shown(unit.id)} is read as {unit.air_resistance:g} per mille, "
                "as the schema says; it looks like a share"
            )
    return None


def _unit_resistance(unit: VehicleTable) -> Resistances:
    """Driving and carrying axles each by their own coefficient, and air; of the empty mass."""
    carrying_t = unit.mass - unit.driving_t
    base, rolling = unit.base_resistance or 0.0, unit.rolling_resistance or 0.0
    air_n = (unit.air_resistance or 0.0) * unit.mass * GRAVITY_MPS2
    air = _air(air_n, HEAD_WIND_MPS)
    # Per mille times tonnes is kilogrammes.
    axles_n = (base * unit.driving_t + rolling * carrying_t) * GRAVITY_MPS2
    return Resistances(axles_n + air.r0, air.r1, air.r2)


def _car_resistance(cars: Sequence[VehicleTable], *, passenger: bool) -> Resistances:
    """Mean coefficients of the cars, each counted once, on their mass with load."""
    weight = fsum(car.full_t for car in cars) * GRAVITY_MPS2 / len(cars)
    base = weight * fsum(car.base_resistance or 0.0 for car in cars)
    air = weight * fsum(car.air_resistance or 0.0 for car in cars)
    if not passenger:
        r0, r1, r2 = _air(air, 0.0)
        return Resistances(base + r0, r1, r2)
    rolling = weight * fsum(car.rolling_resistance or 0.0 for car in cars) / REFERENCE_MPS
    r0, r1, r2 = _air(air, HEAD_WIND_MPS)
    return Resistances(base + r0, rolling + r1, r2)


def _air(at_reference_n: float, wind_mps: float) -> Resistances:
    """Air resistance that is as given at the reference speed, and grows with its square."""
    r2 = at_reference_n / REFERENCE_MPS**2
    return Resistances(r2 * wind_mps**2, 2 * r2 * wind_mps, r2)


def _effort(units: Sequence[VehicleTable], max_speed_kmh: float) -> Stated:
    curves = [
        np.array(unit.tractive_effort or _adhesion_alone(unit, max_speed_kmh)) for unit in units
    ]
    speeds_kmh = np.unique(np.concatenate([curve[:, 0] for curve in curves]))
    efforts_n = np.sum([np.interp(speeds_kmh, *curve.T) for curve in curves], axis=0)
    missing = _without("tractive_effort", units)
    return _stated(
        np.column_stack([speeds_kmh, efforts_n]).tolist(),
        missing and f"{missing}: adhesion of {ADHESION:g} on driven axles, at every speed",
        f"the efforts of {len(units)} traction units, added" if len(units) > 1 else None,
    )


def _adhesion_alone(unit: VehicleTable, max_speed_kmh: float) -> Curve:
    force_n = unit.driving_t * 1000 * GRAVITY_MPS2 * ADHESION
    return ((0.0, force_n), (max_speed_kmh, force_n))

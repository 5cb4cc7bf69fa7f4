"""The tables of a train file, each key checked as it is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from journey.alternatives import Listed, Mixture
from journey.errors import InputError, plain, shown
from journey.quantities import Quantity, Range
from journey.quantity_text import parse_quantity
from journey.toml_file import SourceTable, StatedTable, Table, Text
from journey.units import parse_number

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_FACTOR = 10.0
CERTAIN = Range(1.0, 1.0)
COEFFICIENTS = 3

Numbers = tuple[float, ...]


def _without_alternatives(value: object, parse_one: Callable[[object], float]) -> Quantity:
    """Read a quantity of which a larger share is a larger value: figures go together by shares."""
    quantity = None if isinstance(value, list | tuple) else parse_quantity(value, parse_one)
    if isinstance(quantity, Listed | Mixture | None):
        raise InputError(
            f"{shown(value)}: expected a number or one range, and no alternatives; "
            "write another scenario for those"
        )
    return quantity


def _factor(value: object) -> float:
    factor = parse_number(value)
    if not 0 < factor <= LARGEST_FACTOR:
        raise InputError(f"factor {plain(factor)}: expected above 0, at most {LARGEST_FACTOR:g}")
    return factor


def _numbers(value: object, count: int, expected: str) -> Numbers:
    if not isinstance(value, list | tuple) or len(value) != count:
        raise InputError(f"{shown(value)}: expected {expected}")
    return tuple(map(parse_number, value))


def _resistance(value: object) -> Numbers:
    return _numbers(value, COEFFICIENTS, "three numbers r0, r1, r2 in N, N/(m/s) and N/(m/s)²")


def _curve(value: object) -> tuple[Numbers, ...]:
    expected = "pairs of km/h and N such as [[0, 94400], [40, 35600]]"
    if not isinstance(value, list | tuple) or not value:
        raise InputError(f"{shown(value)}: expected {expected}")
    return tuple(_numbers(pair, 2, expected) for pair in value)


Number = Annotated[Quantity, PlainValidator(partial(_without_alternatives, parse_one=parse_number))]
Curve = Annotated[tuple[tuple[float, float], ...], BeforeValidator(_curve)]
Factor = Annotated[Quantity, PlainValidator(partial(_without_alternatives, parse_one=_factor))]


class FigureTable(StatedTable):
    """A figure: a number, a range text, or a table of its value, source and reason."""

    value: Number


class ResistanceTable(StatedTable):
    """``resistance``: r0, r1, r2, uncertain by a factor."""

    value: Annotated[tuple[float, float, float], BeforeValidator(_resistance)]
    factor: Factor = CERTAIN


class EffortTable(StatedTable):
    """``tractive_effort``: pairs of km/h and N, the effort uncertain by a factor."""

    value: Curve
    factor: Factor = CERTAIN


class TrainTable(Table):
    """The whole file."""

    name: Text | None = None
    about: Text | None = None
    mass_t: FigureTable | None = None
    rotating_mass_factor: FigureTable = FigureTable.model_validate(
        {"value": 1, "reason": "not stated: rotating parts are left out"}
    )
    length_m: FigureTable = FigureTable.model_validate(
        {"value": 0, "reason": "not stated: the train is taken as a point"}
    )
    max_speed_kmh: FigureTable | None = None
    braking_mps2: FigureTable | None = None
    acceleration_mps2: FigureTable | None = None
    resistance: ResistanceTable = ResistanceTable.model_validate(
        {"value": [0, 0, 0], "reason": "not stated: left out"}
    )
    tractive_effort: EffortTable | None = None
    sources: dict[str, SourceTable] = Field(default_factory=dict)


class StatedTrainTable(TrainTable):
    """``[train]`` of a scenario: another train's file, and what is to be said instead of it."""

    use: Text | None = None

"""The axes of a grid of cases: what is varied, and the alternatives along each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from journey.cases.steps import spread
from journey.cases.values import DEPARTURES, HALTS, SPEEDS
from journey.cases.written import text_of
from journey.errors import InputError, naming, printable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.cases.values import Kind

EVERYWHERE = None
"""The key of a mapping of speeds that stands for every speed of a scenario."""
SPEED, DEPART, STOP, ROUTE = "speed", "depart", "stop", "route"
KINDS = {SPEED: SPEEDS, DEPART: DEPARTURES, STOP: HALTS}

Values: TypeAlias = Any
"""Alternatives: one text of them, or texts, numbers, quantities or moments in a sequence."""


class Choice(NamedTuple):
    """One alternative along an axis: its text as given, and what it means.

    The meaning is a quantity (km/h or s), a `Departure`, or the names of the places of a route.
    """

    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Axis:
    """Something that is varied.

    Attributes
    ----------
    kind : {"speed", "depart", "stop", "route"}
        What it is.
    where : str or None
        Where a speed holds, or the place of a halt.
    choices : tuple of Choice
        The alternatives, each once.
    """

    kind: str
    where: str | None
    choices: tuple[Choice, ...]

    @property
    def name(self) -> str:
        """Its column: ``speed_kmh``, ``speed KP``, ``stop Khasan``, ``depart`` or ``route``."""
        if self.where is not None:
            return f"{self.kind} {self.where}"
        return "speed_kmh" if self.kind == SPEED else self.kind


def axes_of(
    speed: Values | Mapping[str | None, Values] = None,
    depart: Values = None,
    stop: Mapping[str, Values] | None = None,
    route: Values = None,
) -> tuple[Axis, ...]:
    """Read the axes of a grid, in the order of its columns.

    Parameters
    ----------
    speed, depart, stop, route
        As for `journey.whatif`; None where nothing is varied.

    Raises
    ------
    InputError
        If a value cannot be read.
    """
    speeds = speed if isinstance(speed, Mapping) else {EVERYWHERE: speed}
    if not isinstance(stop, Mapping | None):
        raise InputError(f"stop {shown(stop)}: expected values by place: {{'Khasan': ['1:00']}}")
    stated = [
        *((SPEED, where, speeds[where]) for where in sorted(speeds, key=_everywhere_first)),
        (DEPART, None, depart),
        *((STOP, place, values) for place, values in (stop or {}).items()),
        (ROUTE, None, route),
    ]
    return tuple(_axis(*each) for each in stated if each[-1] is not None)


def _everywhere_first(where: str | None) -> bool:
    return where is not EVERYWHERE


def _axis(kind: str, where: str | None, values: Values) -> Axis:
    title = Axis(kind, where and _one_line(where), ())
    with naming(title.name):
        if where is not None and not title.where:
            raise InputError("expected a place before the values, such as Khasan=1:00")
        found = dict(_routes(values) if kind == ROUTE else _alternatives(KINDS[kind], values))
        if not found:
            raise InputError("expected one value or more")
    return Axis(kind, title.where, tuple(Choice(*each) for each in found.items()))


def _alternatives(kind: Kind, values: Values) -> Iterator[tuple[str, Any]]:
    for value in _listed(values):
        if isinstance(value, str):
            for text in spread(_one_line(value), kind.scale):
                yield text, kind.read(text)
        else:
            yield _one_line(text_of(value, kind.unit)), kind.read(value)


def _routes(values: Values) -> Iterator[tuple[str, tuple[str, ...]]]:
    for value in _listed(values):
        parts = value.split(",") if isinstance(value, str) else list(value)
        places = tuple(_one_line(part) for part in parts)
        yield ", ".join(places), places


def _listed(values: Values) -> list[Any]:
    """Several values, or the only one."""
    several = isinstance(values, Iterable) and not isinstance(values, str)
    return list(values) if several else [values]


def _one_line(text: str) -> str:
    return " ".join(printable(" ".join(text.split())).split())

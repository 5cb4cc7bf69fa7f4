"""What if it had been otherwise: some quantities of a journey held at one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from journey.clock import parse_moment
from journey.errors import InputError, shown
from journey.units import FASTEST_TRACK_KMH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LONGEST_STAND_H = 240.0
NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Change:
    """Quantities that are held at one value each; all that is not named stays as it is.

    Attributes
    ----------
    depart : datetime or str or None
        When the train departs, with its offset.
    speed_kmh : mapping of str to float
        Average speed while moving, margins and limits included, by country: ``{"RU": 45}``.
    stand_h : mapping of str to float
        Hours that it stands at a station, by its id: ``{"khasan": 6}``.
    halts_h : float or None
        Hours that unreported halts take in all, spread evenly over the way.

    Raises
    ------
    InputError
        If a value is out of range, or the departure has no offset.

    Examples
    --------
    >>> from journey import Change
    >>> later = Change(depart="2023-09-10T15:00+09:00", speed_kmh={"RU": 45})
    >>> later.moment.isoformat()
    '2023-09-10T15:00:00+09:00'
    """

    depart: datetime | str | None = None
    speed_kmh: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    stand_h: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    halts_h: float | None = None

    def __post_init__(self) -> None:
        """Check what is given."""
        if self.depart is not None:
            parse_moment(self.depart)
        for country, speed in self.speed_kmh.items():
            _within(f"speed_kmh of {shown(country)}", speed, 1.0, FASTEST_TRACK_KMH, "km/h")
        for station, hours in self.stand_h.items():
            _within(f"stand_h of {shown(station)}", hours, 0.0, LONGEST_STAND_H, "hours")
        if self.halts_h is not None:
            _within("halts_h", self.halts_h, 0.0, LONGEST_STAND_H, "hours")

    @property
    def moment(self) -> datetime | None:
        """When the train departs."""
        return None if self.depart is None else parse_moment(self.depart)


def _within(name: str, value: object, least: float, most: float, unit: str) -> None:
    if not (isinstance(value, int | float) and least <= value <= most):
        raise InputError(f"{name}: {shown(value)}, expected {least:g} to {most:g} {unit}")

"""The tables of what was reported of a journey, each key checked as it is read."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    ValidationInfo,
    field_validator,
    model_validator,
)

from journey.clock import parse_moment
from journey.errors import InputError, shown
from journey.reports import UNIT_OF_CLAIM, Claim, Sighting, check_direction
from journey.spot_tables import parse_spot
from journey.spots import Spot
from journey.statements import Headline
from journey.toml_file import Table, Text
from journey.units import HOUR_S, parse_duration_s, parse_number, parse_share, parse_speed_kmh

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_INTERVAL = timedelta(days=31)
LONGEST_KM = 40_000.0
EXAMPLES = {"km": "1180 km", "h": "20 h", "km/h": "59 km/h"}
"""A figure of each unit that a claim may have."""

_CLAIMED = re.compile(r"(?:(?P<bound>about|at least|at most)\s+)?(?P<figure>.+)")


def check_interval(earliest: datetime, latest: datetime) -> None:
    """Refuse an interval that is out of order, or so long that a date must be wrong.

    Raises
    ------
    InputError
        With both times and the remedy.
    """
    if latest < earliest:
        raise InputError(
            f"latest {latest.isoformat()} is before earliest "
            f"{earliest.isoformat()}; exchange them or mend an offset"
        )
    if latest - earliest > LONGEST_INTERVAL:
        raise InputError(
            f"from {earliest.isoformat()} to {latest.isoformat()}: "
            f"expected at most {LONGEST_INTERVAL.days} days; mend a date"
        )


def _checked_direction(direction: str) -> str:
    check_direction(direction)
    return direction


Moment = Annotated[datetime, BeforeValidator(parse_moment)]
Share = Annotated[float, BeforeValidator(parse_share)]
Direction = Annotated[Text, AfterValidator(_checked_direction)]
Event = Literal["depart", "arrive", "pass", "at", "not yet at"]


class IntervalTable(Table):
    """A time from `earliest` to `latest`."""

    earliest: Moment
    latest: Moment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_interval(self.earliest, self.latest)
        return self


class SightingTable(IntervalTable):
    """``[[sighting]]``."""

    at: Annotated[Spot, PlainValidator(parse_spot)]
    event: Event
    direction: Direction | None = None
    reason: Text | None = None
    trust: Share = 1.0
    source: Text | None = None
    wording: Text | None = None

    @property
    def stated(self) -> Sighting:
        """What it says."""
        return Sighting(**dict(self))


def _one_speed_kmh(value: object) -> float:
    try:
        speed = parse_number(value)
    except InputError:
        raise InputError(
            f"{shown(value)}: expected one speed in km/h such as 59; what it may be stands in "
            "[speed]"
        ) from None
    return parse_speed_kmh(speed)


class HeadlineTable(Table):
    """``[headline]``."""

    speed: Annotated[float, PlainValidator(_one_speed_kmh)]
    source: Text | None = None
    reason: Text | None = None

    @property
    def stated(self) -> Headline:
        """What it says."""
        return Headline(self.speed, self.source, self.reason)


class ClaimTable(Table):
    """``[[claim]]``; its value is text with a unit, and is read as a bound and a figure."""

    what: Literal[
        "rail distance", "straight distance", "running time", "average speed", "highest speed"
    ]
    between: tuple[Text, Text]
    value: Any
    source: Text | None = None
    wording: Text | None = None

    @field_validator("value", mode="plain")
    @classmethod
    def _figure(cls, value: object, about: ValidationInfo) -> tuple[str, float]:
        # Without a known subject, which is refused, there is no unit to read it in.
        what = about.data.get("what")
        return parse_claimed(value, what) if what else ("about", 0.0)

    @model_validator(mode="after")
    def _between_two(self) -> Self:
        _ = self.stated
        return self

    @property
    def stated(self) -> Claim:
        """What it says."""
        bound, figure = self.value
        return Claim(self.what, self.between, figure, bound, self.source, self.wording)


class RivalTable(Table):
    """``[[rival]]``."""

    scenario: Text
    weight: Share
    reason: Text | None = None

    @field_validator("weight")
    @classmethod
    def _above_nought(cls, weight: float) -> float:
        if not weight:
            raise InputError("0 %: expected above 0; take that one out")
        return weight


def check_rivals(rivals: Sequence[RivalTable]) -> None:
    """Refuse rivals that are named twice, or that leave nothing for the scenario itself.

    Raises
    ------
    InputError
        With the names or the sum.
    """
    names = [rival.scenario for rival in rivals]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"rival: {name!r} is named twice; take one out")
    together = sum(rival.weight for rival in rivals)
    if together >= 1:
        raise InputError(
            f"rival: the weights sum to {100 * together:.6g} %, expected less than 100 %: what is "
            "left is this scenario's own; lower one of them"
        )


def parse_claimed(value: object, what: str) -> tuple[str, float]:
    """Read what is claimed, such as ``"1180 km"`` or ``"at least 20 h"``.

    Parameters
    ----------
    value : object
        The text.
    what : str
        What it is a figure of, see `Claim`.

    Returns
    -------
    bound : str
        ``"about"``, ``"at least"`` or ``"at most"``.
    figure : float
        In the unit of such claims: km, h or km/h.

    Raises
    ------
    InputError
        If it is no such figure.
    """
    unit = UNIT_OF_CLAIM[what]
    stated = _CLAIMED.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if stated:
            return stated["bound"] or "about", _figure_in(stated["figure"], unit)
    except InputError:
        pass
    expected = f'"{EXAMPLES[unit]}", "at least {EXAMPLES[unit]}" or "at most {EXAMPLES[unit]}"'
    raise InputError(f"{shown(value)}: expected a {what} such as {expected}")


def _figure_in(text: str, unit: str) -> float:
    """Read a figure with its unit; InputError without text if it is none."""
    if unit == "h":
        return parse_duration_s(text) / HOUR_S
    number, found, rest = text.rpartition(unit)
    if not found or rest:
        raise InputError
    if unit == "km/h":
        return parse_speed_kmh(number)
    if not 0 < parse_number(number) <= LONGEST_KM:
        raise InputError
    return parse_number(number)

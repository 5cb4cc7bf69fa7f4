"""The tables of a scenario file, each key checked as it is read."""

from __future__ import annotations

import re
from datetime import (
    date as Date,  # noqa: N812 - a field is called date
)
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from journey.clock import parse_moment
from journey.errors import InputError, nearest_names
from journey.units import Range, parse_duration_s, parse_range, parse_speed_kmh

LONGEST_TEXT = 500
LONGEST_INTERVAL = timedelta(days=31)

Moment = Annotated[datetime, BeforeValidator(parse_moment)]
SpeedKmh = Annotated[Range, BeforeValidator(partial(parse_range, parse_one=parse_speed_kmh))]
DurationS = Annotated[Range, BeforeValidator(partial(parse_range, parse_one=parse_duration_s))]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


def _web_address(url: str) -> str:
    if not re.fullmatch(r"https?://\S+", url):
        raise InputError(f"{url!r}: expected an address that begins with http:// or https://")
    return url


class Table(BaseModel):
    """A table of the file; keys that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class IntervalTable(Table):
    """A time from `earliest` to `latest`."""

    earliest: Moment
    latest: Moment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest < self.earliest:
            raise InputError(
                f"latest {self.latest.isoformat()} is before earliest "
                f"{self.earliest.isoformat()}; exchange them or mend an offset"
            )
        if self.latest - self.earliest > LONGEST_INTERVAL:
            raise InputError(
                f"from {self.earliest.isoformat()} to {self.latest.isoformat()}: "
                f"expected at most {LONGEST_INTERVAL.days} days; mend a date"
            )
        return self


class DepartTable(IntervalTable):
    """``[depart]``."""

    source: Text | None = None
    reason: Text | None = None


class RuleTable(Table):
    """A speed: alone, or as ``{kmh = 59, source = "...", reason = "..."}``."""

    kmh: SpeedKmh
    source: Text | None = None
    reason: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _alone_or_with_its_source(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"kmh": value}


class SpeedTable(Table):
    """``[speed]``: the default, and rules by country, line or stretch."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, RuleTable]

    default: RuleTable
    source: Text | None = None
    reason: Text | None = None

    @property
    def rules(self) -> dict[str, RuleTable]:
        """Every speed by where it holds, the default first."""
        return {"default": self.default, **(self.__pydantic_extra__ or {})}


class StopTable(Table):
    """``[[stop]]``."""

    at: Text
    duration: DurationS
    reason: Text | None = None
    source: Text | None = None


class SightingTable(IntervalTable):
    """``[[sighting]]``."""

    at: Text
    event: Literal["depart", "arrive", "pass", "at", "not yet at"]
    reason: Text | None = None
    trust: Annotated[float, Field(ge=0, le=1)] = 1.0
    source: Text | None = None
    wording: Text | None = None


class SourceTable(Table):
    """``[sources.ID]``."""

    publisher: Text
    date: Date | None = None
    title: Text | None = None
    url: Annotated[Text, AfterValidator(_web_address)] | None = None
    wording: Text | None = None


class ScenarioTable(Table):
    """The whole file."""

    name: Text
    route: Annotated[list[Text], Field(min_length=2)]
    route_source: Text | None = None
    depart: DepartTable
    speed: SpeedTable
    stop: list[StopTable] = []
    sighting: list[SightingTable] = []
    sources: dict[str, SourceTable] = {}

    @model_validator(mode="after")
    def _sources_are_known(self) -> Self:
        named = [self.route_source, self.depart.source, self.speed.source]
        named += [rule.source for rule in self.speed.rules.values()]
        named += [stop.source for stop in self.stop]
        named += [sighting.source for sighting in self.sighting]
        for source in named:
            if source is not None and source not in self.sources:
                offer = nearest_names(source, self.sources) or "add the table"
                raise InputError(f"source {source!r} has no table in [sources]; {offer}")
        return self

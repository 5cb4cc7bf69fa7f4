"""The tables of a scenario file, each key checked as it is read."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from journey.clock import parse_moment
from journey.errors import InputError
from journey.toml_file import SourceTable, StatedTable, Table, Text, check_sources
from journey.train_tables import StatedTrainTable
from journey.units import Range, parse_duration_s, parse_margin, parse_range, parse_speed_kmh

LONGEST_INTERVAL = timedelta(days=31)

Moment = Annotated[datetime, BeforeValidator(parse_moment)]
SpeedKmh = Annotated[Range, BeforeValidator(partial(parse_range, parse_one=parse_speed_kmh))]
DurationS = Annotated[Range, BeforeValidator(partial(parse_range, parse_one=parse_duration_s))]


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


class RuleTable(StatedTable):
    """A speed: alone, or as ``{kmh = 59, source = "...", reason = "..."}``."""

    key: ClassVar[str] = "kmh"
    kmh: SpeedKmh


class SpeedTable(Table):
    """``[speed]``: the default, and rules by country, line or stretch."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, RuleTable]

    default: RuleTable
    meaning: Literal["average", "maximum"] | None = None
    source: Text | None = None
    reason: Text | None = None

    @property
    def rules(self) -> dict[str, RuleTable]:
        """Every speed by where it holds, the default first."""
        return {"default": self.default, **(self.__pydantic_extra__ or {})}


class LimitTable(Table):
    """``[[limit]]``."""

    between: tuple[Text, Text]
    kmh: SpeedKmh
    reason: Text | None = None
    source: Text | None = None


class MarginTable(StatedTable):
    """A margin: alone, or as ``{value = "5 %", source = "...", reason = "..."}``."""

    value: Annotated[tuple[Range, Range], BeforeValidator(parse_margin)]


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


class ScenarioTable(Table):
    """The whole file."""

    name: Text
    route: Annotated[list[Text], Field(min_length=2)]
    route_source: Text | None = None
    running: Literal["cruise", "profile", "dynamics"] = "cruise"
    depart: DepartTable
    speed: SpeedTable
    limit: list[LimitTable] = Field(default_factory=list)
    margin: MarginTable | None = None
    train: StatedTrainTable | None = None
    stop: list[StopTable] = Field(default_factory=list)
    sighting: list[SightingTable] = Field(default_factory=list)
    sources: dict[str, SourceTable] = Field(default_factory=dict)

    @property
    def meaning(self) -> Literal["average", "maximum"]:
        """What the speeds mean: an average only where nothing else bounds a cruise."""
        alone = self.running == "cruise" and not self.limit
        return self.speed.meaning or ("average" if alone else "maximum")

    @model_validator(mode="after")
    def _sources_are_known(self) -> Self:
        named = [self.route_source, self.depart.source, self.speed.source]
        named += [rule.source for rule in self.speed.rules.values()]
        named += [limit.source for limit in self.limit]
        named += [self.margin.source] if self.margin else []
        named += [stop.source for stop in self.stop]
        named += [sighting.source for sighting in self.sighting]
        check_sources(named, self.sources)
        return self

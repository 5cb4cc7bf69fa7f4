"""The tables of a scenario file, each key checked as it is read."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from journey.alternatives import check_weights
from journey.clock import parse_moment
from journey.errors import InputError, plain
from journey.quantities import Quantity
from journey.quantity_text import (
    parse_margin,
    parse_quantity,
    parse_uncertain_duration_s,
    parse_uncertain_speed_kmh,
)
from journey.toml_file import SourceTable, StatedTable, Table, Text, check_sources
from journey.train_tables import StatedTrainTable
from journey.units import parse_number, parse_share

LONGEST_INTERVAL = timedelta(days=31)
MOST_PER_1000_KM = 20.0


def _per_1000_km(value: object) -> float:
    number = parse_number(value)
    if not 0 <= number <= MOST_PER_1000_KM:
        raise InputError(
            f"{plain(number)} halts for each 1,000 km: expected 0 to {MOST_PER_1000_KM:g}"
        )
    return number


Moment = Annotated[datetime, BeforeValidator(parse_moment)]
Share = Annotated[float, BeforeValidator(parse_share)]
SpeedKmh = Annotated[Quantity, PlainValidator(parse_uncertain_speed_kmh)]
DurationS = Annotated[Quantity, PlainValidator(parse_uncertain_duration_s)]
Per1000Km = Annotated[Quantity, PlainValidator(partial(parse_quantity, parse_one=_per_1000_km))]


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
        _check_length(self.earliest, self.latest)
        return self


def _check_length(earliest: datetime, latest: datetime) -> None:
    if latest - earliest > LONGEST_INTERVAL:
        raise InputError(
            f"from {earliest.isoformat()} to {latest.isoformat()}: "
            f"expected at most {LONGEST_INTERVAL.days} days; mend a date"
        )


class DepartTable(IntervalTable):
    """``[depart]``, or one of several ``[[depart]]``, each with its weight."""

    likeliest: Moment | None = None
    weight: Share | None = None
    source: Text | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _likeliest_within(self) -> Self:
        if self.likeliest and not self.earliest <= self.likeliest <= self.latest:
            raise InputError(
                f"likeliest {self.likeliest.isoformat()}: expected a time from earliest "
                f"{self.earliest.isoformat()} to latest {self.latest.isoformat()}"
            )
        return self


def _one_or_several(content: object, check: ValidatorFunctionWrapHandler) -> list[DepartTable]:
    """Read ``[[depart]]``, or ``[depart]``, whose keys have no number in messages."""
    if isinstance(content, list):
        several: list[DepartTable] = check(content)
        return several
    return [DepartTable.model_validate(content)]


def _together(departs: list[DepartTable]) -> list[DepartTable]:
    """Check what several departures must have in common."""
    if not departs:
        raise InputError("[]: expected a table headed [depart]")
    weights = [depart.weight for depart in departs if depart.weight is not None]
    if len(weights) < len(departs) > 1:
        raise InputError('expected a weight in each of several, such as weight = "60 %"; add it')
    check_weights(weights or [1.0], len(departs))
    _check_length(min(d.earliest for d in departs), max(d.latest for d in departs))
    return departs


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
    section_share: Share = 0.0
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

    value: Annotated[tuple[Quantity, Quantity], PlainValidator(parse_margin)]


class StopTable(Table):
    """``[[stop]]``."""

    at: Text
    duration: DurationS
    reason: Text | None = None
    source: Text | None = None


class UnreportedHaltsTable(Table):
    """``[unreported_halts]``."""

    per_1000_km: Per1000Km
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
    depart: Annotated[list[DepartTable], WrapValidator(_one_or_several), AfterValidator(_together)]
    speed: SpeedTable
    limit: list[LimitTable] = Field(default_factory=list)
    margin: MarginTable | None = None
    train: StatedTrainTable | None = None
    stop: list[StopTable] = Field(default_factory=list)
    unreported_halts: UnreportedHaltsTable | None = None
    sighting: list[SightingTable] = Field(default_factory=list)
    sources: dict[str, SourceTable] = Field(default_factory=dict)

    @property
    def meaning(self) -> Literal["average", "maximum"]:
        """What the speeds mean: an average only where nothing else bounds a cruise."""
        alone = self.running == "cruise" and not self.limit
        return self.speed.meaning or ("average" if alone else "maximum")

    @model_validator(mode="after")
    def _sources_are_known(self) -> Self:
        named = [self.route_source, self.speed.source]
        named += [depart.source for depart in self.depart]
        named += [rule.source for rule in self.speed.rules.values()]
        named += [limit.source for limit in self.limit]
        named += [self.margin.source] if self.margin else []
        named += [stop.source for stop in self.stop]
        named += [self.unreported_halts.source] if self.unreported_halts else []
        named += [sighting.source for sighting in self.sighting]
        check_sources(named, self.sources)
        return self

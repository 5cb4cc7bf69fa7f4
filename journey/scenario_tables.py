"""The tables of a scenario file, each key checked as it is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from journey.alternatives import check_weights
from journey.errors import InputError, plain
from journey.quantities import Quantity
from journey.quantity_text import (
    parse_margin,
    parse_quantity,
    parse_uncertain_duration_s,
    parse_uncertain_speed_kmh,
)
from journey.report_tables import (
    ClaimTable,
    HeadlineTable,
    IntervalTable,
    Moment,
    RivalTable,
    Share,
    SightingTable,
    check_interval,
    check_rivals,
)
from journey.toml_file import SourceTable, StatedTable, Table, Text, check_sources
from journey.train_tables import StatedTrainTable
from journey.units import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PER_1000_KM = 20.0
ROUNDING = 1e-9


def _per_1000_km(value: object) -> float:
    number = parse_number(value)
    if not 0 <= number <= MOST_PER_1000_KM:
        raise InputError(
            f"{plain(number)} halts for each 1,000 km: expected 0 to {MOST_PER_1000_KM:g}"
        )
    return number


SpeedKmh = Annotated[Quantity, PlainValidator(parse_uncertain_speed_kmh)]
DurationS = Annotated[Quantity, PlainValidator(parse_uncertain_duration_s)]
Per1000Km = Annotated[Quantity, PlainValidator(partial(parse_quantity, parse_one=_per_1000_km))]


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


def _one_or_several(table: type[Table]) -> WrapValidator:
    """Read ``[[depart]]``, or ``[depart]``, whose keys have no number in messages."""

    def read(content: object, check: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401
        if isinstance(content, list):
            return check(content)
        return [table.model_validate(content)]

    return WrapValidator(read)


def _together(departs: list[DepartTable]) -> list[DepartTable]:
    """Check what several departures must have in common."""
    if not departs:
        raise InputError("[]: expected a table headed [depart]")
    weights = [depart.weight for depart in departs if depart.weight is not None]
    if len(weights) < len(departs) > 1:
        raise InputError('expected a weight in each of several, such as weight = "60 %"; add it')
    check_weights(weights or [1.0], len(departs))
    check_interval(min(d.earliest for d in departs), max(d.latest for d in departs))
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
    country_share: Share = 0.0
    source: Text | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _shares_of_one_whole(self) -> Self:
        together = self.section_share + self.country_share
        if together > 1 + ROUNDING:
            raise InputError(
                f"section_share and country_share sum to {100 * together:.6g} %, expected 100 % at "
                "most; lower one of them"
            )
        return self

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
    optional: StrictBool = False
    reason: Text | None = None
    source: Text | None = None


class UnreportedHaltsTable(Table):
    """``[unreported_halts]``, or one of several, each for some part of the way."""

    where: Text = "default"
    per_1000_km: Per1000Km
    duration: DurationS
    reason: Text | None = None
    source: Text | None = None


def _each_where_once(halts: list[UnreportedHaltsTable]) -> list[UnreportedHaltsTable]:
    wheres = [each.where for each in halts]
    for where in wheres:
        if wheres.count(where) > 1:
            raise InputError(f"where {where!r} is stated twice; take one out")
    return halts


class ScenarioTable(Table):
    """The whole file."""

    based_on: Text | None = None
    name: Text
    route: Annotated[list[Text], Field(min_length=2)]
    route_source: Text | None = None
    running: Literal["cruise", "profile", "dynamics"] = "cruise"
    depart: Annotated[list[DepartTable], _one_or_several(DepartTable), AfterValidator(_together)]
    headline: HeadlineTable | None = None
    speed: SpeedTable
    limit: list[LimitTable] = Field(default_factory=list)
    margin: MarginTable | None = None
    train: StatedTrainTable | None = None
    stop: list[StopTable] = Field(default_factory=list)
    unreported_halts: Annotated[
        list[UnreportedHaltsTable],
        _one_or_several(UnreportedHaltsTable),
        AfterValidator(_each_where_once),
    ] = Field(default_factory=list)
    sighting: list[SightingTable] = Field(default_factory=list)
    claim: list[ClaimTable] = Field(default_factory=list)
    rival: list[RivalTable] = Field(default_factory=list)
    sources: dict[str, SourceTable] = Field(default_factory=dict)

    @property
    def meaning(self) -> Literal["average", "maximum"]:
        """What the speeds mean: an average only where nothing else bounds a cruise."""
        alone = self.running == "cruise" and not self.limit
        return self.speed.meaning or ("average" if alone else "maximum")

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        check_rivals(self.rival)
        check_sources([self.route_source, *self._named()], self.sources)
        return self

    def _named(self) -> Iterable[str | None]:
        """The source of every statement but of those of the train."""
        single = [each for each in (self.speed, self.margin, self.headline) if each]
        several: tuple[Iterable[Any], ...] = (
            *(single, self.speed.rules.values(), self.depart, self.limit, self.stop),
            *(self.unreported_halts, self.sighting, self.claim),
        )
        return [table.source for tables in several for table in tables]

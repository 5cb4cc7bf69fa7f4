"""Scenario files: TOML in, a checked Scenario out, or one line that says what to mend."""

from __future__ import annotations

import re
import tomllib
from datetime import (
    date as Date,  # noqa: N812 - a field is called date
)
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from journey.dataset import data_folder
from journey.errors import InputError, UnknownPlaceError, nearest_names
from journey.scenario import Scenario
from journey.statements import Departure, Sighting, Source, SpeedRule, Speeds, Stop
from journey.units import (
    Range,
    format_utc,
    parse_duration_s,
    parse_moment,
    parse_range,
    parse_speed_kmh,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

Moment = Annotated[datetime, BeforeValidator(parse_moment)]
SpeedKmh = Annotated[Range, BeforeValidator(partial(parse_range, parse_one=parse_speed_kmh))]
DurationS = Annotated[Range, BeforeValidator(partial(parse_range, parse_one=parse_duration_s))]
Text = Annotated[str, Field(min_length=1, max_length=500)]


def _web_address(url: str) -> str:
    if not re.fullmatch(r"https?://\S+", url):
        raise InputError(f"{url!r}: expected an address that begins with http:// or https://")
    return url


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class _Interval(_Table):
    earliest: Moment
    latest: Moment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest < self.earliest:
            raise InputError(
                f"latest {format_utc(self.latest)} is before earliest "
                f"{format_utc(self.earliest)}; exchange them or mend an offset"
            )
        return self


class _Depart(_Interval):
    source: Text | None = None
    reason: Text | None = None


class _Speed(_Table):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, SpeedKmh]

    default: SpeedKmh
    source: Text | None = None
    reason: Text | None = None


class _Stop(_Table):
    at: Text
    duration: DurationS
    reason: Text | None = None
    source: Text | None = None


class _Sighting(_Interval):
    at: Text
    event: Literal["depart", "arrive", "pass", "at", "not yet at"]
    trust: Annotated[float, Field(ge=0, le=1)] = 1.0
    source: Text | None = None
    wording: Text | None = None


class _Source(_Table):
    publisher: Text
    date: Date | None = None
    title: Text | None = None
    url: Annotated[Text, AfterValidator(_web_address)] | None = None
    wording: Text | None = None


class _File(_Table):
    name: Text
    route: Annotated[list[Text], Field(min_length=2)]
    route_source: Text | None = None
    depart: _Depart
    speed: _Speed
    stop: list[_Stop] = []
    sighting: list[_Sighting] = []
    sources: dict[str, _Source] = {}

    @model_validator(mode="after")
    def _sources_are_known(self) -> Self:
        named = [self.route_source, self.depart.source, self.speed.source]
        named += [stop.source for stop in self.stop]
        named += [sighting.source for sighting in self.sighting]
        for source in named:
            if source is not None and source not in self.sources:
                offer = nearest_names(source, self.sources) or "add the table"
                raise InputError(f"source {source!r} has no [sources.{source}]; {offer}")
        return self


def bundled_scenarios() -> tuple[str, ...]:
    """Names of the scenarios that come with the package."""
    return tuple(sorted(path.stem for path in (data_folder() / "scenarios").glob("*.toml")))


def load_scenario(name: str | Path) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    name : str or Path
        The name of a bundled scenario, such as ``"vostochny-2023"``, or the path of a TOML file.

    Returns
    -------
    Scenario
        What the file says, checked.

    Raises
    ------
    InputError
        If the file cannot be read, is not TOML, or says something that cannot be; the message is
        one line with the file, the key, the value and the remedy.
    """
    path = _path_of(name)
    return _checked(_parsed(path), str(path.name if path.parent == _folder() else path))


def _folder() -> Path:
    return data_folder() / "scenarios"


def _path_of(name: str | Path) -> Path:
    if isinstance(name, Path) or name.endswith(".toml") or "/" in name or "\\" in name:
        return Path(name)
    if name not in bundled_scenarios():
        offer = nearest_names(name, bundled_scenarios())
        known = ", ".join(bundled_scenarios())
        raise UnknownPlaceError(
            f"scenario {name!r} is not bundled; {offer or f'known: {known}'}, "
            "or give the path of a .toml file"
        )
    return _folder() / f"{name}.toml"


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; expected a readable TOML file") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}; mend that line") from None


def _checked(content: Mapping[str, Any], origin: str) -> Scenario:
    try:
        return _scenario(_File.model_validate(content), origin)
    except ValidationError as error:
        # A misspelt key also makes its right spelling go missing: say the former.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        raise InputError(f"{origin}: {_said(first)}") from None


def _scenario(file: _File, origin: str) -> Scenario:
    rules = tuple(SpeedRule(*rule) for rule in (file.speed.__pydantic_extra__ or {}).items())
    speed = file.speed
    return Scenario(
        name=file.name,
        route=tuple(file.route),
        route_source=file.route_source,
        depart=Departure(**dict(file.depart)),
        speeds=Speeds(speed.default, rules, speed.source, speed.reason),
        stops=tuple(Stop(s.at, s.duration, s.reason, s.source) for s in file.stop),
        sightings=tuple(Sighting(**dict(sighting)) for sighting in file.sighting),
        sources=tuple(Source(id_, **dict(source)) for id_, source in file.sources.items()),
        origin=origin,
    )


def _said(error: ErrorDetails) -> str:
    """Say in one line what pydantic found: key, value, what was expected, remedy."""
    key = _key(error["loc"])
    match error["type"]:
        case "extra_forbidden":
            known = _known_keys(error["loc"])
            offer = nearest_names(str(error["loc"][-1]), known)
            return f"{key}: unknown key; {offer or 'expected ' + ', '.join(known)}"
        case "missing":
            return f"{key}: missing; add it"
        case "value_error":
            return f"{key}: {error['ctx']['error']}" if key else str(error["ctx"]["error"])
    message = re.sub(r"^Input should", "should", error["msg"])
    return f"{key}: {error['input']!r} {message[:1].lower()}{message[1:]}"


def _key(location: tuple[int | str, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")


def _known_keys(location: tuple[int | str, ...]) -> tuple[str, ...]:
    tables: dict[str, type[_Table]] = {
        "depart": _Depart,
        "stop": _Stop,
        "sighting": _Sighting,
        "sources": _Source,
    }
    table = tables.get(str(location[0]), _File) if len(location) > 1 else _File
    return tuple(table.model_fields)

"""Scenario files: TOML in, a checked Scenario out, or one line that says what to mend."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from journey.dataset import data_folder
from journey.errors import InputError, UnknownPlaceError, nearest_names, printable
from journey.scenario import Scenario
from journey.scenario_tables import (
    LONGEST_TEXT,
    DepartTable,
    IntervalTable,
    RuleTable,
    ScenarioTable,
    SightingTable,
    SourceTable,
    SpeedTable,
    StopTable,
    Table,
)
from journey.statements import Departure, Sighting, Source, SpeedRule, Speeds, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails


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
    if name in bundled_scenarios():
        return _folder() / f"{name}.toml"
    if isinstance(name, Path) or Path(name).suffix or Path(name).parent != Path() or _is_file(name):
        return Path(name)
    raise _unknown(name)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _unknown(name: str) -> UnknownPlaceError:
    offer = nearest_names(name, bundled_scenarios())
    known = offer or f"known: {', '.join(bundled_scenarios())}"
    return UnknownPlaceError(
        f"scenario {name!r} is not bundled; {known} Or give the path of a TOML file."
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
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
        return _scenario(ScenarioTable.model_validate(content), origin)
    except ValidationError as error:
        # A misspelt key also makes its right spelling go missing: say the former.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        raise InputError(f"{origin}: {_said(first)}") from None


def _scenario(file: ScenarioTable, origin: str) -> Scenario:
    return Scenario(
        name=file.name,
        route=tuple(file.route),
        route_source=file.route_source,
        depart=Departure(**_in_utc(file.depart)),
        speeds=_speeds(file.speed),
        stops=tuple(Stop(s.at, s.duration, s.reason, s.source) for s in file.stop),
        sightings=tuple(Sighting(**_in_utc(sighting)) for sighting in file.sighting),
        sources=tuple(Source(id_, **dict(source)) for id_, source in file.sources.items()),
        origin=origin,
    )


def _in_utc(interval: IntervalTable) -> dict[str, Any]:
    moments = {name: getattr(interval, name).astimezone(UTC) for name in ("earliest", "latest")}
    return {**dict(interval), **moments}


def _speeds(speed: SpeedTable) -> Speeds:
    """The table's own source and reason are those of its default."""
    every = [
        SpeedRule(where, rule.kmh, rule.source, rule.reason) for where, rule in speed.rules.items()
    ]
    default = replace(
        every[0],
        source=every[0].source or speed.source,
        reason=every[0].reason or speed.reason,
    )
    return Speeds(default, tuple(every[1:]))


EXPECTED = {
    "datetime_type": "a time with its offset, such as 2023-09-10T12:00:00+09:00",
    "greater_than_equal": "a share from 0 to 1",
    "less_than_equal": "a share from 0 to 1",
    "list_type": 'a list such as ["Pyongyang", "Khasan"]',
    "model_type": "a table",
    "string_too_long": f"at most {LONGEST_TEXT} characters",
    "string_too_short": "some text",
    "string_type": "text in quotation marks",
    "too_short": "two places or more",
}


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
        case "literal_error":
            return f"{key}: {error['input']!r}: expected {error['ctx']['expected']}"
    expected = EXPECTED.get(error["type"], error["msg"])
    return f"{key}: {error['input']!r}: expected {expected}"


def _key(location: tuple[int | str, ...]) -> str:
    # A speed alone is read as a table with the one key kmh, which the file does not have.
    written = location[:-1] if location[:1] == ("speed",) and location[-1] == "kmh" else location
    # People count from one.
    parts = (f" {part + 1}" if isinstance(part, int) else f".{part}" for part in written)
    return printable("".join(parts).removeprefix("."))


def _known_keys(location: tuple[int | str, ...]) -> tuple[str, ...]:
    tables: dict[str, type[Table]] = {
        "depart": DepartTable,
        "speed": RuleTable,
        "stop": StopTable,
        "sighting": SightingTable,
        "sources": SourceTable,
    }
    table = tables.get(str(location[0]), ScenarioTable) if len(location) > 1 else ScenarioTable
    return tuple(table.model_fields)

"""Scenario files: TOML in, a checked Scenario out, or one line that says what to mend."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from journey.based_on import read_merged
from journey.bundled import bundled_names, find_file, name_in_messages
from journey.errors import InputError, naming
from journey.reports import Rival
from journey.scenario import Scenario
from journey.scenario_tables import ScenarioTable
from journey.statements import Departure, Limit, Margin, SpeedRule, Speeds, Stop, UnreportedHalts
from journey.toml_file import checked, sources_of
from journey.train_file import train_of
from journey.train_tables import StatedTrainTable

if TYPE_CHECKING:
    from pathlib import Path

    from journey.based_on import Merged
    from journey.report_tables import IntervalTable, RivalTable
    from journey.scenario_tables import DepartTable, MarginTable, UnreportedHaltsTable
    from journey.train_estimate import TrainEstimate

DEFAULT_TRAIN = "armoured"
EXPECTED = {
    "bool_type": "true or false",
    "list_type": 'a list such as ["Pyongyang", "Khasan"], or tables headed as [[stop]] is',
    "too_long": "two places",
    "too_short": "two places or more",
    "tuple_type": 'two places such as ["Pyongyang", "Khasan"]',
}


def bundled_scenarios() -> tuple[str, ...]:
    """Names of the scenarios that come with the package.

    Examples
    --------
    >>> from journey import bundled_scenarios
    >>> bundled_scenarios()
    ('komsomolsk-2023', 'vladivostok-2023', 'vostochny-2023')
    """
    return bundled_names("scenario")


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

    Examples
    --------
    >>> from journey import load_scenario
    >>> scenario = load_scenario("vostochny-2023")
    >>> scenario.route, scenario.headline.speed_kmh
    (('Pyongyang', 'Khasan', 'Vostochny'), 59.0)
    """
    path = find_file(name, "scenario")
    origin = name_in_messages(path, "scenario")
    with naming(origin):
        merged = read_merged(path)
        file = _checked(merged)
        with merged.naming("train"), naming("train"):
            train = _train(file, path.parent)
        with merged.naming("rival"):
            rivals = tuple(_rival(rival, path) for rival in file.rival)
        return _scenario(file, origin, train, rivals)


def _checked(merged: Merged) -> ScenarioTable:
    """Check what a file and its bases say together; what is wrong in a base names the base."""
    try:
        return checked(ScenarioTable, merged.content, EXPECTED)
    except InputError as error:
        key = _key_at_fault(merged.content)
        in_base = not key and str(error) == _wrong_with(merged.base)
        with merged.naming_bases() if in_base else merged.naming(*key):
            raise


def _key_at_fault(content: dict[str, Any]) -> tuple[str, ...]:
    """The key of the first error, and what is below it; none where keys do not go together."""
    try:
        ScenarioTable.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        unknown = first.get("ctx", {}).get("key")
        return tuple(str(part) for part in (*first["loc"], unknown) if part is not None)
    return ()


def _wrong_with(base: dict[str, Any]) -> str | None:
    """What is wrong with a base itself."""
    try:
        checked(ScenarioTable, base, EXPECTED)
    except InputError as error:
        return str(error)
    return None


def _train(file: ScenarioTable, folder: Path) -> TrainEstimate | None:
    """The train that the file states, or the one that its running needs."""
    if file.train is None and file.running == "cruise":
        return None
    stated = file.train or StatedTrainTable(use=DEFAULT_TRAIN)
    return train_of(stated, folder, sources_of(file.sources))


def _rival(rival: RivalTable, path: Path) -> Rival:
    """A rival by its bundled name, or by a path that holds from anywhere."""
    with naming(f"rival {rival.scenario!r}"):
        found = find_file(rival.scenario, "scenario", path.parent)
        if found.resolve() == path.resolve():
            raise InputError("it is this scenario itself; take it out")
    name = rival.scenario if rival.scenario in bundled_scenarios() else str(found)
    return Rival(name, rival.weight, rival.reason)


def _scenario(
    file: ScenarioTable, origin: str, train: TrainEstimate | None, rivals: tuple[Rival, ...]
) -> Scenario:
    return Scenario(
        name=file.name,
        route=tuple(file.route),
        route_source=file.route_source,
        departures=tuple(_departure(depart) for depart in file.depart),
        speeds=_speeds(file),
        running=file.running,
        limits=tuple(Limit(t.between, t.kmh, t.reason, t.source) for t in file.limit),
        margin=_margin(file.margin),
        train=train,
        stops=tuple(Stop(s.at, s.duration, s.reason, s.source, s.optional) for s in file.stop),
        unreported_halts=tuple(_unreported_halts(halts) for halts in file.unreported_halts),
        sightings=tuple(sighting.stated for sighting in file.sighting),
        claims=tuple(claim.stated for claim in file.claim),
        headline=file.headline.stated if file.headline else None,
        rivals=rivals,
        sources=sources_of(file.sources),
        origin=origin,
    )


def _in_utc(interval: IntervalTable) -> dict[str, Any]:
    moments = {name: getattr(interval, name).astimezone(UTC) for name in ("earliest", "latest")}
    return {**dict(interval), **moments}


def _departure(depart: DepartTable) -> Departure:
    likeliest = depart.likeliest.astimezone(UTC) if depart.likeliest else None
    weight = 1.0 if depart.weight is None else depart.weight
    return Departure(**{**_in_utc(depart), "likeliest": likeliest, "weight": weight})


def _unreported_halts(table: UnreportedHaltsTable) -> UnreportedHalts:
    return UnreportedHalts(
        table.per_1000_km, table.duration, table.reason, table.source, table.where
    )


def _margin(margin: MarginTable | None) -> Margin | None:
    return Margin(*margin.value, margin.reason, margin.source) if margin else None


def _speeds(file: ScenarioTable) -> Speeds:
    """The table's own source and reason are those of its default."""
    speed = file.speed
    every = [
        SpeedRule(where, rule.kmh, rule.source, rule.reason) for where, rule in speed.rules.items()
    ]
    default = replace(
        every[0],
        source=every[0].source or speed.source,
        reason=every[0].reason or speed.reason,
    )
    return Speeds(default, tuple(every[1:]), file.meaning, speed.section_share, speed.country_share)

"""Networks to test on: a small one of known shape, and the embedded one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import journey
from journey.dataset import embedded_provenance
from journey.network import Network
from journey.quantities import Range
from journey.scenario import Scenario
from journey.statements import Departure, SpeedRule, Speeds
from journey.track import Section, Station

# The same examples on every run, however long they take, since machines are busy at times.
settings.register_profile(
    "journey", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("journey")

MIDNIGHT = Departure(*[datetime(2023, 9, 10, tzinfo=UTC)] * 2)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run folders on all cores, and here what is done sooner than processes start."""
    whole = any(Path(argument).is_dir() for argument in config.args) and not config.option.keyword
    return None if whole else 0


def make_station(id_: str, lon: float = 0.0, lat: float = 0.0, **about: object) -> Station:
    """Make a station with a name like its id."""
    defaults = {
        "id": id_,
        "name": id_.title(),
        "name_ko": "",
        "name_ru": "",
        "aliases": (),
        "country": "KP",
        "timezone": "Asia/Pyongyang",
        "kind": "station",
        "rank": 1,
        "lat": lat,
        "lon": lon,
        "point_quality": "station",
        "source": "made up for a test",
    }
    return Station(**{**defaults, **about})


def make_section(
    start: Station, end: Station, length_km: float, *middle: Station, **about: object
) -> Section:
    """Make a straight section, with stations in the middle at even distances."""
    points = [start, *middle, end]
    station_m = np.linspace(0, length_km * 1000, len(points))
    defaults = {
        "id": f"{start.id}-{end.id}",
        "start": start.id,
        "end": end.id,
        "line": "Main",
        "gauge": "1435",
        "tracks": 1,
        "electrification": "none",
        "usage": "main",
        "estimated": False,
        "chainage_m": station_m,
        "lon": np.array([point.lon for point in points]),
        "lat": np.array([point.lat for point in points]),
        "station_ids": tuple(point.id for point in points),
        "station_m": station_m,
    }
    return Section(**{**defaults, **about})


def make_fork() -> Network:
    """A line west - junction - east, with a branch north-east that only curves from the west.

    On the way east lies a halt in the middle; beyond the branch's end the gauge changes, after a
    stretch of both gauges, and with it the country and the clock, at a border post.
    """
    west = make_station("west", -0.2, 0.0, aliases=("Occident",))
    junction = make_station("junction", 0.0, 0.0)
    middle = make_station("middle", 0.1, 0.0, kind="halt", rank=3)
    east = make_station("east", 0.2, 0.0)
    north = make_station("north", 0.15, 0.1)
    border = make_station("border", 0.2, 0.13, kind="border", rank=2)
    russia = {"country": "RU", "timezone": "Asia/Vladivostok"}
    far = make_station("far", 0.3, 0.2, **russia, name_ru="Даль")
    farther = make_station("farther", 0.4, 0.3, **russia)
    island = make_station("island", 5.0, 5.0)
    reef = make_station("reef", 5.1, 5.0)
    sections = (
        make_section(west, junction, 24.0),
        make_section(junction, east, 25.0, middle),
        make_section(junction, north, 22.0, line="Branch"),
        make_section(north, far, 21.0, border, line="Branch", gauge="1435+1520"),
        make_section(far, farther, 17.0, line="Branch", gauge="1520"),
        make_section(island, reef, 12.0),
    )
    stations = (west, junction, middle, east, north, border, far, farther, island, reef)
    return Network(stations, sections, embedded_provenance())


@pytest.fixture(scope="session")
def fork() -> Network:
    """The small one, see `make_fork`."""
    return make_fork()


@pytest.fixture(scope="session")
def network() -> Network:
    """The embedded Far East corridor."""
    return journey.load_network()


def at_speed(
    *bounds_kmh: float, rules: tuple[SpeedRule, ...] = (), meaning: str = "average"
) -> Speeds:
    """State a default speed, km/h: low, high and perhaps the likeliest."""
    return Speeds(SpeedRule("default", Range(*bounds_kmh)), rules, meaning)


def make_scenario(*route: str, depart: Departure = MIDNIGHT, **about: object) -> Scenario:
    """Make a scenario with a fixed departure at midnight UTC and 60 km/h."""
    defaults = {
        "name": "A test",
        "route": route,
        "departures": (depart,),
        "speeds": at_speed(60.0, 60.0),
    }
    return Scenario(**{**defaults, **about})

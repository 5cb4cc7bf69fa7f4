"""What a way is to be light in, and what it keeps off."""

from __future__ import annotations

import numpy as np
import pytest

from journey.errors import InputError, NoRouteError, UnknownPlaceError
from journey.network import Network
from journey.pathfinding.weighting import REVERSAL_S, Weighting, running_time_s
from journey.section_table import SectionTable
from journey.track import TrackLimits
from journey.turning import REVERSAL_WEIGHT_M
from tests.conftest import make_section, make_station


def limited(*parts):
    """Limits of a section: where each part begins, m, low, high and what curves allow, km/h."""
    start_m, low_kmh, high_kmh, curve_kmh = map(np.array, zip(*parts, strict=True))
    return TrackLimits(start_m, np.full(len(parts), np.nan), low_kmh, high_kmh, curve_kmh)


@pytest.fixture(scope="module")
def two_lines():
    """A short slow line and a long fast one between the same two stations, and one of no limits."""
    west, east, end = make_station("west"), make_station("east", 0.1), make_station("end", 0.2)
    slow = make_section(west, east, 12.0, id="slow", line="Old")
    fast = make_section(west, east, 18.0, id="fast", line="New")
    on = make_section(east, end, 10.0, id="on", usage="secondary")
    limits = (
        limited((0.0, 30.0, 50.0, np.inf), (6_000.0, 40.0, 40.0, 20.0)),
        limited((0.0, 100.0, 140.0, np.inf)),
        None,
    )
    # Both leave to the east, whatever lies between.
    sections = (
        type(s)(**{**{f: getattr(s, f) for f in s.__slots__}, "limits": each})
        for s, each in zip((slow, fast, on), limits, strict=True)
    )
    return Network((west, east, end), tuple(sections))


def test_running_time_is_that_at_the_least_of_the_limits(two_lines):
    """Middle of the range, curve, train, part by part; without limits half speed on branches."""
    times_s = running_time_s(two_lines.table, 90.0)
    assert times_s == pytest.approx([(6 / 40 + 6 / 20) * 3600, 18 / 90 * 3600, 10 / 45 * 3600])


def test_a_longer_way_may_be_the_sooner(two_lines):
    """By length the old line, by time the new one."""
    assert two_lines.route("West", "East").stretches[0].section.id == "slow"
    soonest = two_lines.route("West", "East", weighting=Weighting("time"))
    assert soonest.stretches[0].section.id == "fast"
    slowest = Weighting("time", max_speed_kmh=20.0)
    assert two_lines.route("West", "East", weighting=slowest).stretches[0].section.id == "slow"


def test_running_times_are_on_the_scale_of_reversals(fork):
    """A reversal weighs as much as twenty minutes of running."""
    weights = Weighting("time", max_speed_kmh=72.0).weights(fork.table, {})
    run_s = fork.table.length_m / 20
    assert weights * (REVERSAL_S / REVERSAL_WEIGHT_M) == pytest.approx(run_s)


@pytest.mark.parametrize("name", ["slow", "Old"])
def test_a_section_or_a_line_is_avoided(two_lines, name):
    """By id or by name."""
    way = two_lines.route("West", "End", weighting=Weighting(avoid=(name,)))
    assert way.stretches[0].section.id == "fast"


@pytest.mark.parametrize("name", ["RU", "far", "Даль", "Border", "Branch"])
def test_what_a_way_cannot_keep_off_leaves_none(fork, name):
    """A country, a station by any of its names, on a section or at its end; and it is said so."""
    with pytest.raises(NoRouteError, match=f"West and Farther without {name}; avoid less"):
        fork.route("West", "Farther", weighting=Weighting(avoid=(name,)))


def test_what_is_not_on_the_way_makes_no_difference(fork):
    """Nor is track left out where nothing is avoided."""
    assert fork.route("West", "North", weighting=Weighting(avoid=("East", "RU"))).length_km == 46


def test_a_section_without_a_station_is_in_the_country_of_the_nearest(fork):
    """So that a country is avoided on all its track."""
    bare = make_section(
        *(make_station(id_, 0.39, 0.29 + 0.01 * n) for n, id_ in enumerate(("x", "y"))),
        1.0,
        station_ids=(),
        station_m=np.empty(0),
    )
    table = SectionTable.of((*fork.section_list, bare))
    stations = {station.id: station for station in fork.station_list}
    barred = np.isinf(Weighting(avoid=("RU",)).weights(table, stations))
    assert barred.tolist() == [False, False, False, True, True, False, True]


def test_a_train_keeps_to_its_gauge(fork):
    """Track of both gauges serves either, and 1520 mm serves stock of 1524 mm."""
    narrow, broad = Weighting(gauge_mm=1435), Weighting(gauge_mm=1520)
    assert fork.route("West", "Far", weighting=narrow).length_km == pytest.approx(67.0)
    assert fork.route("Border", "Farther", weighting=broad).length_km == pytest.approx(27.5)
    with pytest.raises(NoRouteError, match="on a gauge of 1435 mm"):
        fork.route("West", "Farther", weighting=narrow)
    with pytest.raises(
        InputError, match=r"gauge 1000 mm: no section has it; expected 1435 or 1520"
    ):
        fork.route("West", "East", weighting=Weighting(gauge_mm=1000))
    finnish = Weighting(gauge_mm=1524)
    assert fork.route("Border", "Farther", weighting=finnish).length_km == pytest.approx(27.5)


def test_what_is_nothing_in_the_network_is_refused(fork):
    """In one line each."""
    with pytest.raises(
        UnknownPlaceError, match=r"avoid: 'Westt' is no station .* nor is it a line"
    ):
        fork.route("West", "East", weighting=Weighting(avoid=("Westt",)))
    with pytest.raises(InputError, match="gauge 1000 mm: no section has it; expected 1435 or 1520"):
        fork.route("West", "East", weighting=Weighting(gauge_mm=1000))
    with pytest.raises(InputError, match="expected length or time"):
        Weighting("speed")
    with pytest.raises(InputError, match="max_speed_kmh 0: expected 1 to"):
        Weighting("time", max_speed_kmh=0.0)
    with pytest.raises(InputError, match="expected a tuple of names"):
        Weighting(avoid="RU")

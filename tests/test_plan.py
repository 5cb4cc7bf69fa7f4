"""Speeds and stops laid on a route."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from journey.errors import InputError, UnknownPlaceError
from journey.quantities import Range
from journey.reports import Sighting
from journey.statements import SpeedRule, Speeds, Stop
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)


def speeds(**rules: float) -> Speeds:
    """60 km/h and rules of fixed speeds."""
    fixed = tuple(SpeedRule(where.replace("_", " "), Range(v, v)) for where, v in rules.items())
    return at_speed(60.0, 60.0, rules=fixed)


def run_km(network, *route, **rules):
    """Kilometres run at each speed over the whole route."""
    plan = make_scenario(*route, speeds=speeds(**rules)).plan(network)
    return dict(
        zip(
            [rule.speed_kmh.low for rule in plan.speeds.every],
            plan.rule_km,
            strict=True,
        )
    )


def test_without_rules_all_is_run_at_the_default_speed(fork):
    """One speed, the whole length."""
    assert run_km(fork, "West", "Farther") == pytest.approx({60.0: 84.0})


def test_a_country_is_ruled_up_to_its_border(fork):
    """The border post divides the section it lies on."""
    found = run_km(fork, "West", "Farther", KP=40.0)
    assert found == pytest.approx({60.0: 84 - 56.5, 40.0: 56.5})


def test_a_stretch_goes_before_a_line_and_that_before_a_country(fork):
    """The most particular rule holds."""
    rules = {"KP": 40.0, "Branch": 50.0, "North_to_Border": 30.0}
    found = run_km(fork, "West", "Farther", **rules)
    assert found == pytest.approx({60.0: 0.0, 40.0: 24.0, 50.0: 49.5, 30.0: 10.5})


def test_a_stretch_may_be_named_backwards(fork):
    """A speed between two stations holds in whichever order they are named."""
    assert run_km(fork, "West", "Farther", Border_to_North=30.0)[30.0] == pytest.approx(10.5)


def test_two_stretches_that_overlap_are_refused(fork):
    """Which of them holds would be a riddle."""
    with pytest.raises(InputError, match="'West to North' and 'Junction to Far' overlap"):
        run_km(fork, "West", "Farther", West_to_North=30.0, Junction_to_Far=40.0)
    apart = run_km(fork, "West", "Farther", West_to_North=30.0, North_to_Far=40.0)
    assert apart == pytest.approx({60.0: 17.0, 30.0: 46.0, 40.0: 21.0})


def test_a_rule_for_a_line_elsewhere_has_no_effect(fork):
    """It is known to the network, but the route does not touch it."""
    assert run_km(fork, "West", "East", Branch=50.0)[50.0] == 0.0


def test_a_rule_for_nothing_known_is_refused(fork):
    """With the names that would have been understood, and the file."""
    with pytest.raises(UnknownPlaceError, match=r"scenario: speed for 'Brunch'.*Branch"):
        run_km(fork, "West", "East", Brunch=50.0)


def test_the_length_run_before_each_station_adds_up(fork):
    """At every timing point the lengths in all cells sum to its chainage."""
    plan = make_scenario("West", "Farther", speeds=speeds(KP=40.0, Branch=50.0)).plan(fork)
    before_m = plan.cells.run_before(plan.route.station_m)
    np.testing.assert_allclose(before_m.sum(axis=1), plan.route.station_m)


def test_events_follow_the_route(fork):
    """Departure first, arrival last, a halt is an arrival and a departure, the rest passes."""
    stops = (Stop("Border", Range(60.0, 60.0)), Stop("Junction", Range(60.0, 60.0)))
    plan = make_scenario("West", "Far", stops=stops).plan(fork)
    names = [plan.route.timing_points[event.station].station.id for event in plan.events]
    assert list(zip(names, [event.kind for event in plan.events], strict=True)) == [
        ("west", "depart"),
        ("junction", "arrive"),
        ("junction", "depart"),
        ("north", "pass"),
        ("border", "arrive"),
        ("border", "depart"),
        ("far", "arrive"),
    ]
    assert [event.stops_before for event in plan.events] == [0, 0, 1, 1, 1, 2, 2]
    assert [stop.at for stop in plan.stops] == ["Junction", "Border"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["West"], "begins or ends"),
        (["Far"], "begins or ends"),
        (["East"], "stop at 'East': it lies off the route West - Far"),
        (["Est"], "stop at 'Est': 'Est' is no station of the network; did you mean"),
    ],
)
def test_a_stop_must_lie_on_the_way(fork, places, expected):
    """Not at its ends and not elsewhere."""
    stops = tuple(Stop(place, Range(60.0, 60.0)) for place in places)
    with pytest.raises(InputError, match=expected):
        make_scenario("West", "Far", stops=stops).plan(fork)


def test_a_stop_is_named_once(fork):
    """Two durations for one halt would be a riddle."""
    stops = (Stop("North", Range(60.0, 60.0)), Stop("north", Range(90.0, 90.0)))
    with pytest.raises(InputError, match="named twice"):
        make_scenario("West", "Far", stops=stops).plan(fork)


def test_a_station_passed_twice_cannot_be_meant(fork):
    """A halt at a station that is passed there and back is refused, with both kilometres."""
    stops = (Stop("Junction", Range(60.0, 60.0)),)
    with pytest.raises(InputError, match=r"more than once, at km 24\.0 and 74\.0"):
        make_scenario("West", "East", "North", stops=stops).plan(fork)


def test_a_sighting_must_be_of_a_known_place(fork):
    """It may be off the route, where it cannot be right, but not of a place nobody knows."""
    there, nowhere = (Sighting(place, "pass", START, START) for place in ("East", "Atlantis"))
    assert make_scenario("West", "Far", sightings=(there,)).plan(fork).sightings == (there,)
    with pytest.raises(UnknownPlaceError, match="scenario: sighting at 'Atlantis'"):
        make_scenario("West", "Far", sightings=(nowhere,)).plan(fork)

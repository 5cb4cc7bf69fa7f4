"""Published figures, computed anew."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from journey.errors import InputError, UnknownPlaceError
from journey.geodesy import distance_m
from journey.quantities import Range
from journey.reports import Claim
from journey.sightings.claims import check_claim
from journey.sightings.grounds import Grounds
from journey.statements import Stop
from tests.conftest import at_speed
from tests.reports import plan_of, report_of, said


def checked(fork, claim, *sightings, headline_kmh=60.0, stops=()):
    """A claim about West to Far (67 km), where some reports hold."""
    plan = plan_of(fork, speeds=at_speed(20.0, 40.0), stops=stops)
    leg = SimpleNamespace(speed_kmh=(20.0, 30.0, 40.0))
    ensemble = SimpleNamespace(plan=plan, legs=lambda _places, _level: (leg,))
    reports = [report_of(plan, each) for each in sightings]
    return check_claim(claim, Grounds(fork, ensemble, reports, headline_kmh, 0.9))


@pytest.mark.parametrize(
    ("km", "verdict", "words"),
    [
        (67, "consistent", "by rail it is 67.0 km; 67 km agrees"),
        (65, "consistent", "65 km is 3.0 % less"),
        (72, "strained", "72 km is 7.5 % more"),
        (100, "contradicted", "100 km is 49.3 % more"),
    ],
)
def test_a_rail_distance_is_that_of_the_route(fork, km, verdict, words):
    """24 + 22 + 21 km."""
    found = checked(fork, Claim("rail distance", ("West", "Far"), km))
    assert found.computed == pytest.approx((67.0, 67.0))
    assert found.verdict == verdict
    assert words in found.why
    assert "crow" not in found.why


def test_a_rail_distance_that_is_the_straight_line_is_said_to_be_one(fork):
    """Half a degree east and a fifth north on the equator: 60 km as the crow flies."""
    straight_km = distance_m(-0.2, 0.0, 0.3, 0.2) / 1000
    found = checked(fork, Claim("rail distance", ("West", "Far"), round(straight_km)))
    assert found.verdict == "contradicted"
    assert f"that is the distance as the crow flies ({straight_km:.1f} km)" in found.why


def test_a_straight_distance_is_a_geodesic(fork):
    """A tenth of a degree along the equator is 11.132 km."""
    found = checked(fork, Claim("straight distance", ("Junction", "Middle"), 11))
    assert found.computed == pytest.approx((11.132, 11.132), abs=0.001)
    assert found.verdict == "consistent"


@pytest.mark.parametrize(
    ("bound", "km", "verdict"),
    [
        ("at least", 50, "consistent"),
        ("at least", 90, "contradicted"),
        ("at most", 90, "consistent"),
        ("at most", 50, "contradicted"),
    ],
)
def test_a_bound_is_wrong_on_one_side_only(fork, bound, km, verdict):
    """Of 67 km."""
    assert checked(fork, Claim("rail distance", ("West", "Far"), km, bound)).verdict == verdict


def test_a_running_time_is_that_at_the_headlines_speed(fork):
    """67 km at 60 km/h are 1.1 h, of which 1 h is a rounding, and 5 h are not."""
    found = checked(fork, Claim("running time", ("West", "Far"), 1.0))
    assert found.computed == pytest.approx((67 / 60, 67 / 60))
    assert found.verdict == "consistent"
    assert "67.0 km at 60 km/h without a halt take 1.1 h" in found.why
    slow = checked(fork, Claim("running time", ("West", "Far"), 5.0))
    assert slow.verdict == "contradicted"
    assert "in 5 h it is 13.4 km/h on average" in slow.why


def test_without_a_headline_a_running_time_is_that_at_the_stated_speeds(fork):
    """20 to 40 km/h."""
    found = checked(fork, Claim("running time", ("West", "Far"), 3.0), headline_kmh=None)
    assert found.computed == pytest.approx((67 / 40, 67 / 20))
    assert found.verdict == "consistent"


@pytest.mark.parametrize(
    ("hours", "bound", "verdict", "words"),
    [
        (7, "about", "consistent", "it would take 1.1 h; by the reports it took 6.0 to 8.0 h"),
        (1, "about", "contradicted", "it would take 1.1 h, as said; by the reports it took 6.0"),
        (1, "at least", "consistent", "halts included"),
        (10, "at least", "contradicted", "halts included"),
        (4, "at most", "contradicted", "halts included"),
    ],
)
def test_where_both_ends_are_reported_a_running_time_is_what_they_leave(
    fork, hours, bound, verdict, words
):
    """Six to eight hours, however long the headline's speed would take."""
    ends = said("West", "depart", 0, 1), said("Far", "arrive", 7, 8)
    found = checked(fork, Claim("running time", ("West", "Far"), hours, bound), *ends)
    assert found.computed == pytest.approx((6.0, 8.0))
    assert found.verdict == verdict
    assert words in found.why


def test_where_reports_bound_a_running_time_from_above_alone_they_decide_too(fork):
    """Left from 0 to 2 and there from 1 to 4: four hours at most, read to half an hour."""
    ends = said("West", "depart", 0, 2), said("Far", "arrive", 1, 4)
    for hours, verdict in ((4.5, "consistent"), (6, "contradicted")):
        found = checked(fork, Claim("running time", ("West", "Far"), hours), *ends)
        assert (found.computed, found.verdict) == ((0.0, pytest.approx(4.0)), verdict)
        assert "by the reports it took at most 4.0 h" in found.why


def test_a_departure_after_a_stop_says_nothing_of_speed_or_running_time_up_to_there(fork):
    """46 km in one hour, a stop of six, and a report that it left after them."""
    ends = said("West", "depart", 0, 0.1), said("North", "depart", 7, 7.2)
    stop = Stop("North", Range(6 * 3600.0, 6 * 3600.0))
    claims = [Claim(what, ("West", "North"), 46.0) for what in ("average speed", "running time")]
    average, running = (checked(fork, each, *ends, stops=(stop,)) for each in claims)
    assert (average.computed, average.verdict) == (None, None)
    assert running.computed == pytest.approx((46 / 60, 46 / 60))
    assert checked(fork, claims[0], *ends).verdict == "contradicted"


def test_an_average_speed_is_held_against_the_reports_of_its_ends(fork):
    """67 km in 6 to 8 h: 8.4 to 11.2 km/h; at 60 km/h it would be there after 67 minutes."""
    ends = said("West", "depart", 0, 1), said("Far", "arrive", 7, 8)
    found = checked(fork, Claim("average speed", ("West", "Far"), 60.0), *ends)
    assert found.computed == pytest.approx((67 / 8, 67 / 6))
    assert found.verdict == "contradicted"
    # Far is ten hours ahead of UTC.
    assert (
        "at 60 km/h without a halt it would have been at Far on "
        "Sun 10 Sep 2023 11:07 to 12:07 (UTC+10)"
    ) in found.why
    assert checked(fork, Claim("average speed", ("West", "Far"), 10.0), *ends).verdict == (
        "consistent"
    )


def test_an_average_speed_that_no_report_bounds_from_above_has_no_highest(fork):
    """Left from 0 to 2, there from 1 to 4: 17 km/h or more."""
    ends = said("West", "depart", 0, 2), said("Far", "arrive", 1, 4)
    found = checked(fork, Claim("average speed", ("West", "Far"), 60.0), *ends)
    assert found.computed == (pytest.approx(67 / 4), float("inf"))
    assert found.verdict == "consistent"
    assert "16.8 km/h or more, with no upper bound to speak of" in found.why


@pytest.mark.parametrize(
    ("sightings", "between", "why"),
    [
        ((), ("West", "Far"), "say when it left the one and when it came to the other"),
        ((), ("West", "East"), "no report speaks of both ends on this route"),
        ((("Far", "arrive", -2, -1),), ("West", "Far"), "leave no time between them"),
    ],
)
def test_an_average_speed_without_reports_is_not_computed(fork, sightings, between, why):
    """And has no verdict."""
    claim = Claim("average speed", between, 60.0)
    found = checked(fork, claim, *(said(*each) for each in sightings))
    assert (found.computed, found.verdict) == (None, None)
    assert why in found.why


@pytest.mark.parametrize(
    ("kmh", "bound", "verdict"),
    [
        (59, "about", "consistent"),
        (25, "at most", "consistent"),
        (19, "at most", "strained"),
        (15, "at most", "contradicted"),
        (38, "at least", "consistent"),
        (60, "at least", "consistent"),
        (10, "at least", "consistent"),
        (19, "about", "strained"),
        (15, "about", "contradicted"),
    ],
)
def test_a_highest_speed_is_no_less_than_the_average_while_moving(fork, kmh, bound, verdict):
    """The journeys after the reports move at 20 to 40 km/h on average, which is no upper bound."""
    assert checked(fork, Claim("highest speed", ("West", "Far"), kmh, bound)).verdict == verdict


def test_what_no_track_connects_is_not_computed(fork):
    """The island has no bridge."""
    for what in ("rail distance", "running time"):
        found = checked(fork, Claim(what, ("West", "Island"), 10.0))
        assert (found.computed, found.verdict) == (None, None)
        assert "no track of the network connects the two" in found.why
    off = checked(fork, Claim("highest speed", ("West", "Island"), 10.0))
    assert off.verdict is None


def test_a_claim_about_an_unknown_place_is_one_clear_line(fork):
    """Or about one place alone."""
    with pytest.raises(UnknownPlaceError, match="claim 'rail distance' between West and Fat: 'Fat"):
        checked(fork, Claim("rail distance", ("West", "Fat"), 10.0))
    with pytest.raises(InputError, match="both are one place; expected two"):
        checked(fork, Claim("rail distance", ("West", "Occident"), 10.0))

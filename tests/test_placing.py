"""Reports laid on a route."""

from __future__ import annotations

import pytest

from journey.errors import InputError, UnknownPlaceError
from journey.evidence.placing import placed
from journey.reports import Sighting
from journey.spots import Between, Disc, Kilometres, Region
from tests.conftest import MIDNIGHT, make_scenario

START = MIDNIGHT.earliest


def laid(network, at, *route, direction=None, event="pass"):
    """A report laid on a route; from West to Farther unless one says so."""
    plan = make_scenario(*(route or ("West", "Farther"))).plan(network)
    return placed(Sighting(at, event, START, START, direction=direction), plan)


def km(report):
    """Its spans in kilometres."""
    return [pytest.approx((start / 1000, end / 1000), abs=0.3) for start, end in report.spans_m]


def test_a_station_is_a_span_without_length(fork):
    """By any of its names."""
    assert laid(fork, "Junction").spans_m == ((24_000.0, 24_000.0),)
    assert laid(fork, "occident").spans_m == ((0.0, 0.0),)


def test_a_station_that_is_passed_again_may_be_meant_twice(fork):
    """There and back by the same junction."""
    assert km(laid(fork, "Junction", "West", "East", "North")) == [(24, 24), (74, 74)]


def test_kilometres_are_those_of_the_route(fork):
    """One, or from one to another; beyond the end it cannot be."""
    assert laid(fork, Kilometres(10.0, 20.0)).spans_m == ((10_000.0, 20_000.0),)
    assert laid(fork, Kilometres(80.0, 90.0)).spans_m == ((80_000.0, 84_000.0),)
    beyond = laid(fork, Kilometres(85.0, 90.0))
    assert beyond.spans_m == ()
    assert beyond.why_not == "km 85 to 90 lies beyond the end of the way, km 84.0"


def test_between_two_stations_is_the_way_between_them(fork):
    """In whatever order they are named."""
    assert km(laid(fork, Between("North", "Junction"))) == [(24, 46)]


def test_a_circle_holds_the_parts_of_the_way_within_it(fork):
    """Within a kilometre or so of a position 10 km along; nothing if the way is farther off."""
    west_lon = -0.2 + 0.2 * 10 / 24
    spans = laid(fork, Disc(0.0, west_lon, 2.0)).spans_m
    assert len(spans) == 1
    # A degree of longitude is 111.32 km on the equator, where 22.3 km stand for 24.
    assert (spans[0][1] - spans[0][0]) / 1000 == pytest.approx(4.0 * 24 / 22.264, abs=0.6)
    off = laid(fork, Disc(1.0, 0.0, 5.0))
    assert off.spans_m == ()
    assert "km from there, and not within 5" in off.why_not
    assert laid(fork, Disc(0.0, west_lon, 0.001)).spans_m[0][0] == pytest.approx(10_000, abs=2)


def test_a_circle_may_hold_several_parts_of_the_way(fork):
    """There and back again."""
    spans = laid(fork, Disc(0.0, 0.05, 1.0), "West", "East", "North").spans_m
    assert len(spans) == 2
    assert spans[0][1] < spans[1][0]


def test_a_region_is_a_country_or_a_line(fork):
    """One that the way does not touch cannot be meant, and one that nobody knows is refused."""
    assert km(laid(fork, Region("RU"))) == [(56.5, 84)]
    assert km(laid(fork, Region("Branch"))) == [(24, 84)]
    assert laid(fork, Region("RU"), "West", "East").why_not == (
        "the way West - East does not touch RU"
    )
    with pytest.raises(UnknownPlaceError, match=r"region 'Brench': .*did you mean Branch"):
        laid(fork, Region("Brench"))


def test_amur_oblast_is_told_by_its_clock(network):
    """From half way between Obluchye and Kundur to the cosmodrome."""
    (span,) = laid(network, Region("Amur Oblast"), "Ussuriysk", "Vostochny").spans_m
    plan = make_scenario("Ussuriysk", "Vostochny").plan(network)
    assert plan.route.km_of("Obluchye") < span[0] / 1000 < plan.route.km_of("Kundur")
    assert span[1] / 1000 == pytest.approx(plan.route.length_km)
    assert laid(network, Region("Amur Oblast"), "Khasan", "Vladivostok").spans_m == ()


def test_the_direction_must_be_that_of_the_route(fork):
    """East along the main line, north-east on the branch; never back west."""
    for direction in ("east", "north", "South-East"):
        assert laid(fork, Kilometres(10.0, 10.0), direction=direction).spans_m
    wrong = laid(fork, Kilometres(10.0, 10.0), direction="west")
    assert wrong.spans_m == ()
    assert wrong.why_not == "on the way West - Farther it does not run west"
    back = ("Farther", "West")
    assert laid(fork, Kilometres(70.0, 70.0), *back, direction="west").spans_m
    assert laid(fork, Kilometres(70.0, 70.0), *back, direction="east").spans_m == ()
    with pytest.raises(InputError, match="direction 'up': expected north, north-east"):
        laid(fork, "Junction", direction="up")


def test_a_winding_track_heads_where_the_journey_leads_too(network):
    """South from Hamhŭng on the way to Pyongyang, though the track there runs west."""
    back = ("Vladivostok", "Khasan", "Pyongyang")
    for direction in ("south", "south-west", "west"):
        assert laid(network, "Hamhŭng", *back, direction=direction).spans_m
    assert laid(network, "Hamhŭng", *back, direction="east").spans_m == ()
    there = ("Pyongyang", "Khasan", "Vladivostok")
    assert laid(network, "Hamhŭng", *there, direction="north").spans_m
    assert laid(network, "Hamhŭng", *there, direction="west").spans_m == ()


@pytest.mark.parametrize(
    ("event", "at", "why"),
    [("arrive", "West", "begins there"), ("depart", "Farther", "ends there")],
)
def test_nothing_arrives_where_the_way_begins(fork, event, at, why):
    """Nor departs where it ends."""
    report = laid(fork, at, event=event)
    assert report.spans_m == ()
    assert report.why_not == f"the way West - Farther {why}"
    for other in ("pass", "at", "not yet at"):
        assert laid(fork, at, event=other).spans_m


def test_only_the_part_that_heads_there_may_be_meant(fork):
    """There east and back west: one half of the way."""
    report = laid(fork, Between("Junction", "East"), "West", "East", "North", direction="west")
    spans = report.spans_m
    # About the reversal itself it heads nowhere.
    assert spans[0][0] == pytest.approx(49_000, abs=6_000)
    assert spans[-1][1] == pytest.approx(74_000, abs=1_000)
    assert sum(end - start for start, end in spans) == pytest.approx(25_000, abs=6_000)


def test_towards_a_station_is_before_it(fork):
    """One that lies behind, or off the route, cannot be ahead."""
    assert laid(fork, "Junction", direction="towards Far").spans_m
    assert laid(fork, "North", direction="towards Junction").spans_m == ()
    part = laid(fork, Kilometres(10.0, 60.0), direction="towards North")
    assert part.spans_m == ((10_000.0, 46_000.0),)
    assert laid(fork, "Junction", direction="towards East").why_not == (
        "East is not on the way West - Farther"
    )

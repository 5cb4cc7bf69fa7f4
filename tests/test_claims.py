"""What was published of the journey, held against the network."""

from __future__ import annotations

import pytest

from journey.geodesy import distance_m
from journey.units import HOUR_S, format_duration


def km_between(network, one, other):
    """Kilometres as the crow flies between two stations."""
    a, b = network.station(one), network.station(other)
    return distance_m(a.lon, a.lat, b.lon, b.lat) / 1000


def test_at_least_twenty_hours_to_vladivostok(network):
    """1,184 km at 59 km/h take 20 h 04 min, which bears out "at least 20 hours"."""
    route = network.route("Pyongyang", "Khasan", "Vladivostok")
    assert route.length_km == pytest.approx(1184, abs=0.3)
    assert format_duration(route.length_km / 59 * HOUR_S) == "20 h 04 min"


def test_vostochny_lies_a_thousand_km_from_vladivostok_as_the_crow_flies(network):
    """About 1,000 km is right as a straight line, to the town and to the site."""
    assert km_between(network, "Vladivostok", "Tsiolkovsky") == pytest.approx(1000, rel=0.02)
    assert km_between(network, "Vladivostok", "Vostochny") == pytest.approx(1000, rel=0.02)


def test_853_km_by_rail_to_tumangang(network):
    """The figure published in 2019 is the way by Kalli."""
    assert network.route("Pyongyang", "Tumangang").length_km == pytest.approx(853, abs=0.3)


def test_560_km_to_the_border_is_the_straight_line(network):
    """Given as a distance to the border bridge, it is the great circle, not the railway."""
    assert km_between(network, "Pyongyang", "Khasan") == pytest.approx(560, rel=0.01)
    assert network.route("Pyongyang", "Khasan").length_km > 1.5 * 560

"""The ways of a map: lines of track as text, kilometres along them, clocks and nights."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import journey
from journey.daylight import nights
from journey.geodesy import ellipsoid, nearest_on_line
from journey.maps.paths import BASE_STEPS, TRACK_STEPS, mercator_deg, shape_path, track_path
from journey.maps.ways import AFTER, BEFORE, SLOWEST_KMH, Ways
from journey.sample.columns import unpack
from journey.statements import Departure

OFF_M = 33.4
"""The track is simplified by 0.0003 degrees of a meridian at most."""
STEP_M = 11.2
"""A step of the track's text: 0.0001 degrees."""
ROUNDED_M = 25.0
"""Kilometres are rounded to 50 m."""
SCENARIOS = ("vostochny-2023", "vladivostok-2023", "komsomolsk-2023")


def degrees(path, steps):
    """Longitude and latitude of the vertices of a path, as the page reads them."""
    numbers = np.array([int(each) for each in re.findall(r"-?\d+", path)])
    east, south = numbers.reshape(-1, 2).cumsum(axis=0).T / steps
    return east, np.rad2deg(np.arctan(np.sinh(np.deg2rad(-south))))


def vertices(way, lines):
    """Chainage, longitude and latitude of the vertices of a packed way."""
    parts = []
    for number, start_m in zip(way["lines"], way["starts_m"], strict=True):
        lon, lat = degrees(lines[number]["path"], TRACK_STEPS)
        parts.append(np.stack([start_m + unpack(lines[number]["m"]), lon, lat]))
    return np.concatenate(parts, axis=1)


@pytest.fixture(scope="module")
def headlines(network):
    """The three bundled journeys, a few draws of each."""
    return [
        journey.load_scenario(name).as_headline().simulate(network, draws=10) for name in SCENARIOS
    ]


@pytest.fixture(scope="module")
def ways(headlines):
    """Their ways on one map."""
    found = Ways()
    for number, ensemble in enumerate(headlines):
        assert found.number_of(ensemble.plan.route, ensemble.window_list()) == number
    return found


@pytest.fixture(scope="module")
def packed(ways):
    """The same as plain data."""
    return ways.packed()


def test_no_vertex_of_the_track_is_far_from_the_line(headlines, packed):
    """Whatever is left out lies within what it is simplified by, and half a step of the text."""
    for ensemble, way in zip(headlines, packed["ways"], strict=True):
        route, (_, lon, lat) = ensemble.plan.route, vertices(way, packed["lines"])
        # Lines meet in a vertex that is in both; kilometres are rounded, so the length counts.
        steps_m = ellipsoid().inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
        apart = np.concatenate([[True], steps_m > 0])
        along_m = np.concatenate([[0.0], steps_m]).cumsum()[apart]
        _, off_m = nearest_on_line(lon[apart], lat[apart], along_m, route.lon, route.lat)
        assert off_m.max() < OFF_M + STEP_M * np.sqrt(0.5)
        assert len(lon) < 0.7 * len(route.lon)


def test_a_kilometre_is_where_it_is_on_the_route(headlines, packed):
    """Off by no more than the track is simplified by, kilometres rounded by, and half a step."""
    for ensemble, way in zip(headlines, packed["ways"], strict=True):
        route, (at_m, lon, lat) = ensemble.plan.route, vertices(way, packed["lines"])
        km = np.linspace(0.0, route.length_km, 20_000)
        there = (np.interp(km * 1000, at_m, degrees_east) for degrees_east in (lon, lat))
        off_m = ellipsoid().inv(*route.at(km), *there)[2]
        assert off_m.max() < OFF_M + ROUNDED_M + STEP_M * np.sqrt(0.5), km[off_m.argmax()]


def test_stations_clocks_and_length_are_those_of_the_route(headlines, ways, packed):
    """To the metre; a way begins at nought and its vertices never go back."""
    stations = list(ways.stations.values())
    for ensemble, way in zip(headlines, packed["ways"], strict=True):
        route = ensemble.plan.route
        passed = [stations[number] for number in way["stations"]]
        assert passed == [point.station for point in route.timing_points]
        assert np.abs(unpack(way["at_m"]) - route.station_m).max() <= 0.5
        assert way["clocks"] == [[round(each.start_m), each.name] for each in route.clocks]
        at_m = vertices(way, packed["lines"])[0]
        assert (at_m[0], at_m[-1]) == (0, way["length_m"])
        assert (np.diff(at_m) >= 0).all()


def test_what_ways_have_in_common_is_stored_once(headlines, ways, packed):
    """The line from Pyongyang to Baranovsky stands on all three and once in the page."""
    every = [set(way["lines"]) for way in packed["ways"]]
    names = {stretch.section.id for stretch in headlines[0].plan.route.stretches}
    shared = names & {stretch.section.id for stretch in headlines[1].plan.route.stretches}
    assert len(every[0] & every[1]) == len(shared) >= 9
    paths = [line["path"] for line in packed["lines"]]
    assert len(set(paths)) == len(paths) == len(set.union(*every))
    again = headlines[1]
    assert ways.number_of(again.plan.route, again.window_list()) == 1
    assert len(ways.packed()["lines"]) == len(paths)
    ids = [station.id for station in ways.stations.values()]
    assert len(set(ids)) == len(ids)


def test_the_same_journey_back_is_another_way(network):
    """Its lines run the other way, so that none is shared."""
    found = Ways()
    for places in (("Khasan", "Ussuriysk"), ("Ussuriysk", "Khasan")):
        scenario = replace(journey.load_scenario(SCENARIOS[0]).as_headline(), route=places)
        ensemble = scenario.simulate(network, draws=10)
        found.number_of(ensemble.plan.route, ensemble.window_list())
    one, other = found.packed()["ways"]
    assert not set(one["lines"]) & set(other["lines"])
    assert len(found.stations) == len(one["stations"]) == len(other["stations"])


def minutes_of(moment):
    """Minutes of Unix time."""
    return moment.timestamp() / 60


def dark_of(place):
    """Beginnings and ends of the nights of a place, minutes of Unix time."""
    return unpack(place["dark"]).reshape(-1, 2)


def test_nights_are_those_of_places_along_the_way(headlines, packed):
    """From days before the first window to days after the last, to the minute, both ends too."""
    for ensemble, way in zip(headlines, packed["ways"], strict=True):
        windows, route = ensemble.window_list(), ensemble.plan.route
        slowest = timedelta(hours=route.length_km / SLOWEST_KMH)
        start, end = windows[0].earliest - BEFORE, windows[0].latest + slowest + AFTER
        at_m = [each["m"] for each in way["nights"]]
        assert (at_m[0], at_m[-1]) == (0, way["length_m"])
        assert 0 < max(np.diff(at_m)) <= 150_000
        for each in way["nights"][:: len(at_m) - 1]:
            lon, lat = route.at(each["m"] / 1000)
            true = nights(float(lat), float(lon), start - timedelta(days=2), end)
            known = np.array([[minutes_of(dusk), minutes_of(dawn)] for dusk, dawn in true])
            # Which night is the first is left open, if only it ends before the period begins.
            dark = dark_of(each)
            assert np.abs(dark - known[-len(dark) :]).max() <= 0.5
            assert minutes_of(start) > known[-len(dark) - 1][1] - 1
            assert len(dark) >= (end - start).days


@pytest.mark.parametrize("clock", ["05:50", "18:40", "12:00", "00:00"])
def test_the_same_night_has_the_same_number_at_every_place(network, clock):
    """Whatever time of day the period begins at: the page draws a night from place to place."""
    moment = datetime.fromisoformat(f"2023-09-10T{clock}+09:00")
    said = journey.load_scenario(SCENARIOS[0]).as_headline()
    scenario = replace(said, departures=(Departure(moment, moment),))
    ensemble, found = scenario.simulate(network, draws=10), Ways()
    found.number_of(ensemble.plan.route, ensemble.window_list())
    (way,) = found.packed()["ways"]
    dark = [dark_of(each).tolist() for each in way["nights"]]
    for same in zip(*dark, strict=False):
        dusks, dawns = zip(*same, strict=True)
        assert max(dusks) - min(dusks) < 3 * 60
        assert max(dawns) - min(dawns) < 3 * 60


@given(
    lon=st.lists(st.floats(120, 140), min_size=2, max_size=20),
    lat=st.lists(st.floats(35, 60), min_size=20, max_size=20),
)
def test_a_path_says_where_it_is_to_half_a_step(lon, lat):
    """Steps are told one from the other, and still do not add up their errors."""
    places = np.array(lon), np.array(lat[: len(lon)])
    found = degrees(track_path(*places), TRACK_STEPS)
    assert np.abs(found[0] - places[0]).max() <= 0.5001 / TRACK_STEPS
    assert np.abs(mercator_deg(found[1]) - mercator_deg(places[1])).max() <= 0.5001 / TRACK_STEPS


def test_shapes_of_the_base_map_are_closed_and_lines_are_not():
    """A polygon's ring ends with z, its holes too; a line of a border does not."""
    ring, hole = ([[a, a], [b, a], [b, b], [a, b], [a, a]] for a, b in ((0, 9), (3, 6)))
    polygon = shape_path({"type": "Polygon", "coordinates": [ring, hole]})
    assert (polygon.count("M"), polygon.count("z")) == (1 + polygon.count("zM"), 2)
    border = shape_path({"type": "MultiLineString", "coordinates": [ring, hole]})
    assert (border.count("M"), border.count("z")) == (2, 0)
    east, _ = degrees(border.split("M")[1], BASE_STEPS)
    assert (east.min(), east.max()) == (0, 9)

"""Chainage to place and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import InputError
from journey.geodesy import distance_m, ellipsoid
from journey.network import Network
from tests.conftest import make_section, make_station


@pytest.fixture(scope="module")
def route(fork):
    """From the west to beyond the border: two gauges, two countries."""
    return fork.route("West", "Farther")


@pytest.fixture(scope="module")
def corridor(network):
    """The bundled journey."""
    return network.route("Pyongyang", "Khasan", "Vostochny")


def test_chainage_rises_and_ends_at_the_official_length(corridor):
    """One sorted float64 array from zero."""
    assert corridor.chainage_m.dtype == np.float64
    assert corridor.chainage_m[0] == 0
    assert (np.diff(corridor.chainage_m) > 0).all()
    assert corridor.station_m[-1] == pytest.approx(corridor.chainage_m[-1])


def test_a_station_lies_where_its_kilometre_is(corridor):
    """The place at a station's kilometre is the station, to 30 m."""
    lon, lat = corridor.at(corridor.station_m / 1000)
    for x, y, (station, _) in zip(lon, lat, corridor.timing_points, strict=True):
        assert distance_m(x, y, station.lon, station.lat) < 30, station.name


@given(km=st.lists(st.floats(0, 2500), min_size=1, max_size=20))
def test_locate_gives_back_the_kilometre(corridor, km):
    """A point on the track is found on the track, a few metres from its own kilometre."""
    lon, lat = corridor.at(km)
    located = corridor.locate(lon, lat)
    assert located.off_track_km.max() < 0.001
    again = corridor.at(located.km)
    _, _, apart_m = ellipsoid().inv(lon, lat, *again)
    assert np.max(apart_m) < 1.0


def test_locate_agrees_with_another_library(corridor):
    """Shapely's nearest point in a local projection gives the same distance off the track."""
    import shapely
    from pyproj import Transformer

    rng = np.random.default_rng(3)
    lon, lat = corridor.at(rng.uniform(0, corridor.length_km, 40))
    lon, lat = lon + rng.normal(0, 0.05, 40), lat + rng.normal(0, 0.05, 40)
    located = corridor.locate(lon, lat)
    for x, y, off_km in zip(lon, lat, located.off_track_km, strict=True):
        local = Transformer.from_crs(4326, f"+proj=aeqd +lon_0={x} +lat_0={y}", always_xy=True)
        line = shapely.linestrings(*local.transform(corridor.lon, corridor.lat))
        assert off_km * 1000 == pytest.approx(line.distance(shapely.Point(0, 0)), rel=2e-3, abs=0.5)


@pytest.mark.parametrize("km", [-1, 1e6, np.nan, np.inf])
def test_a_kilometre_beyond_the_route_is_refused(route, km):
    """Positions are never extrapolated."""
    with pytest.raises(InputError, match="expected 0 to 84"):
        route.at([1.0, km])


def test_positions_keep_the_shape_of_the_kilometres(route):
    """Scalars and grids are answered alike."""
    assert route.at(3.0)[0].shape == ()
    assert route.at(np.full((2, 3), 3.0))[1].shape == (2, 3)


def test_a_slice_counts_from_its_start(route):
    """Between two stations or kilometres: chainage from zero, the same places."""
    part = route.between("Junction", "Far")
    assert part.length_km == pytest.approx(43.0)
    assert part.km_of("North") == pytest.approx(22.0)
    np.testing.assert_allclose(part.at(10.0), route.at(34.0))
    assert route.between(24.0, 67.0).length_km == pytest.approx(43.0)
    assert [stretch.section.line for stretch in part.stretches] == ["Branch", "Branch"]


def test_a_slice_without_a_station_keeps_clock_and_gauge(route):
    """Between two stations, by kilometres: the clock of the place, no break of gauge."""
    part = route.between(58.0, 60.0)
    assert part.timing_points == ()
    assert list(part.timezone_at([0.0, 2.0])) == ["Asia/Vladivostok"] * 2
    assert [name for _, name in part.countries] == ["RU"]
    assert part.gauge_breaks == ()


def test_a_station_passed_twice_has_no_one_kilometre(fork):
    """There and back: the message gives both."""
    route = fork.route("West", "East", "North")
    with pytest.raises(InputError, match=r"'Junction' is passed more than once, at km 24\.0 and"):
        route.km_of("Junction")
    assert route.km_of("North") == pytest.approx(96.0)


@pytest.mark.parametrize("place", [(np.nan, 0.0), (0.0, 95.0), (0.0, np.inf)])
def test_a_position_that_is_none_is_refused(route, place):
    """Not a number, or latitude and longitude exchanged."""
    with pytest.raises(InputError, match="expected longitude and latitude"):
        route.locate(*place)


def test_a_slice_backwards_is_refused(route):
    """The remedy is in the message."""
    with pytest.raises(InputError, match="expected the second farther along"):
        route.between("Far", "West")


def test_a_break_of_gauge_is_where_the_gauge_ends(route):
    """Stock of 1435 mm can be regauged anywhere on the stretch of both gauges."""
    (change,) = route.gauge_breaks
    assert (change.gauge_from, change.gauge_to) == ("1435", "1520")
    assert change.dual_from.station.id == "north"
    assert change.at.station.id == "far"


def test_a_break_of_gauge_is_found_on_the_way_back(fork):
    """1520 mm stock goes no farther than the end of the stretch of both gauges."""
    (change,) = fork.route("Farther", "West").gauge_breaks
    assert (change.gauge_from, change.gauge_to) == ("1520", "1435")
    assert (change.dual_from.station.id, change.at.station.id) == ("far", "north")


def test_stock_that_starts_on_both_gauges_needs_no_regauging(fork):
    """From within the stretch of both gauges either stock can be chosen."""
    assert fork.route("North", "Farther").gauge_breaks == ()


def test_the_clock_changes_at_the_border(route):
    """Where a border post is marked, clock and country change there."""
    border_km = route.km_of("Border")
    assert list(route.timezone_at([border_km - 0.1, border_km + 0.1])) == [
        "Asia/Pyongyang",
        "Asia/Vladivostok",
    ]
    assert [start_m for start_m, _ in route.countries] == [0.0, border_km * 1000]


def test_offsets_follow_the_date(route):
    """Vladivostok was UTC+11 in 2012 and is UTC+10 in 2023; Pyongyang was UTC+8:30 in 2016."""
    moments = np.array(["2012-01-01", "2023-09-11"], dtype="datetime64[s]")
    np.testing.assert_array_equal(route.utc_offset_s(84.0, moments), [11 * 3600, 10 * 3600])
    assert route.utc_offset_s(0.0, "2016-07-01") == 8.5 * 3600


def test_stations_are_a_frame_in_wgs_84(route):
    """With kilometres and points."""
    assert route.stations.crs.to_epsg() == 4326
    assert list(route.stations["km"])[:2] == [0.0, 24.0]


def test_a_route_knows_the_pieces_of_sections_it_runs(fork):
    """Whole or cut out, they are as long as the route and lie where it lies."""
    route = fork.route("East", "North")
    part = route.between(3.0, 41.0)
    for each in (route, part):
        lengths_km = [piece.length_m / 1000 for piece in each.pieces]
        assert sum(lengths_km) == pytest.approx(each.length_km)
    first = part.pieces[0]
    section = fork.section_list[first.section]
    lon = np.interp(first.from_m, section.chainage_m, section.lon)
    assert lon == pytest.approx(part.lon[0])


@pytest.mark.parametrize(("gauge", "breaks"), [("1524", 0), ("1435", 1), ("1520+1435", 0)])
def test_gauges_that_hardly_differ_are_one(gauge, breaks):
    """Trains run through from 1520 to 1524 mm, as at the Finnish border."""
    ends = [make_station(name, lon=lon) for name, lon in zip("abc", (0, 0.1, 0.2), strict=True)]
    sections = (
        make_section(*ends[:2], 10.0, gauge="1520"),
        make_section(*ends[1:], 10.0, gauge=gauge),
    )
    route = Network(tuple(ends), sections).route("a", "c")
    assert len(route.gauge_breaks) == breaks

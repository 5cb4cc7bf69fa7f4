"""Finding stations and ways."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import InputError, NoRouteError, UnknownPlaceError
from journey.network import Network, load_network
from journey.router import Router
from tests.conftest import make_section, make_station


def ids(route):
    """Ids of the stations passed."""
    return [point.station.id for point in route.timing_points]


def test_a_station_is_found_by_any_of_its_names(fork):
    """Id, name, Russian name and alias, whatever the case."""
    for name in ("far", "Far", "FAR", "Даль", "даль"):
        assert fork.station(name).id == "far"
    assert fork.station("occident").id == "west"


def test_accents_and_apostrophes_may_be_left_out(network):
    """What is typed on a plain keyboard is understood."""
    assert network.station("Chongjin Chongnyon").name == "Ch'ŏngjin Ch'ŏngnyŏn"
    assert network.station("평양").id == network.station("PYONGYANG").id


def test_an_exact_name_goes_before_one_that_only_looks_alike():
    """Two places that differ by an accent can both be asked for; the plain form is ambiguous."""
    plain, accented = make_station("a", name="Haksong"), make_station("b", name="Haksŏng")
    pair = Network((plain, accented), (make_section(plain, accented, 1.0, lon=np.array([0, 0.1])),))
    assert pair.station("Haksong").id == "a"
    assert pair.station("haksŏng").id == "b"
    with pytest.raises(InputError, match="several places in the network; write a or b"):
        pair.station("Hak-song".replace("-", "'"))


def test_an_unknown_station_offers_the_nearest_names(fork):
    """One line, with the remedy."""
    with pytest.raises(UnknownPlaceError, match=r"'Junktion' is no station .* Junction"):
        fork.station("Junktion")


def test_a_route_follows_the_curve_that_exists(fork):
    """From the west to the north there is a curve: no reversal."""
    route = fork.route("West", "North")
    assert ids(route) == ["west", "junction", "north"]
    assert route.length_km == pytest.approx(46.0)
    assert route.reversals == ()


def test_a_turn_without_a_curve_is_a_reversal_at_the_station(fork):
    """From the east to the north the train must change direction at the junction."""
    route = fork.route("East", "North")
    assert route.length_km == pytest.approx(47.0)
    assert [(p.station.id, p.chainage_m) for p in route.reversals] == [("junction", 25_000.0)]


def test_a_train_does_not_reverse_where_there_is_no_station(fork):
    """With a bare junction the train must go where it can be turned."""
    stations = tuple(
        replace(s, kind="junction") if s.id == "junction" else s for s in fork.station_list
    )
    route = Network(stations, fork.section_list).route("East", "North")
    assert ids(route) == ["east", "middle", "junction", "west", "junction", "north"]
    assert [point.station.id for point in route.reversals] == ["west"]


def test_a_train_does_not_turn_round_on_a_bridge(fork):
    """Called there and back at a border post or a halt, it must run on to a station."""
    route = fork.route("North", "Border", "Junction")
    assert ids(route) == ["north", "border", "far", "border", "north", "junction"]
    assert [point.station.id for point in route.reversals] == ["far"]
    assert fork.route("West", "Middle", "West").reversals[0].station.id == "east"


def test_the_weights_are_as_stated(fork):
    """A secondary kilometre counts twice; a reversal counts as 10 km of main line."""
    by_id = {station.id: station for station in fork.station_list}

    def taken(length_km):
        path = make_section(by_id["west"], by_id["junction"], length_km, usage="secondary")
        network = Network(fork.station_list, (*fork.section_list, path))
        return network.route("West", "East").length_km

    assert taken(12.1) == pytest.approx(49.0)
    assert taken(11.9) == pytest.approx(36.9)

    def reversing(length_km):
        path = make_section(by_id["east"], by_id["north"], length_km)
        network = Network(fork.station_list, (*fork.section_list, path))
        return len(network.route("East", "North").reversals)

    assert reversing(57.1) == 1
    assert reversing(56.9) == 0


def test_the_corridor_needs_no_reversal(network):
    """Curves exist at Baranovsky to both sides, at Mulgol, and at Volochayevka."""
    for places in (
        ("Pyongyang", "Khasan", "Vostochny"),
        ("Khasan", "Vladivostok"),
        ("Khasan", "Ussuriysk"),
        ("Rajin", "Tumangang"),
        ("Khabarovsk I", "Komsomolsk-na-Amure"),
        ("Komsomolsk-na-Amure", "Birobidzhan I"),
    ):
        assert network.route(*places).reversals == (), places


def test_an_alias_goes_before_a_name_without_accents():
    """And a name that several places share is refused with at most a few of their ids."""
    one, two = make_station("one", aliases=("Haven",)), make_station("two", name="Hàven")
    pair = Network((one, two), (make_section(one, two, 1.0, lon=np.array([0, 0.1])),))
    assert pair.station("Haven").id == "one"
    many = tuple(make_station(f"s{number}", name="Same") for number in range(9))
    with pytest.raises(InputError, match=r"write s0 or .* or 4 others$"):
        Network(many, ()).station("same")
    with pytest.raises(UnknownPlaceError, match="expected the name of a station"):
        Network(many, ()).station("")


def test_places_on_the_way_are_called_at_in_order(fork):
    """There and back again, with the reversal reported."""
    route = fork.route("West", "East", "North")
    assert route.length_km == pytest.approx(24 + 25 + 25 + 22)
    assert [point.station.id for point in route.reversals] == ["east", "junction"]


def test_a_route_may_begin_and_end_within_sections(fork):
    """The middle of a section is as good a place as its ends, in both directions."""
    for ends in (("Middle", "Border"), ("Border", "Middle")):
        route = fork.route(*ends)
        assert route.length_km == pytest.approx(12.5 + 22 + 10.5)
        assert ids(route)[0] == ends[0].lower()
        assert ids(route)[-1] == ends[1].lower()
    assert fork.route("Middle", "East").length_km == pytest.approx(12.5)


def test_a_secondary_line_is_taken_only_when_named(fork):
    """A shorter secondary way weighs twice its length."""
    by_id = {station.id: station for station in fork.station_list}
    hamlet = make_station("hamlet", -0.1, 0.01)
    shortcut = make_section(by_id["west"], by_id["junction"], 15.0, hamlet, usage="secondary")
    network = Network((*fork.station_list, hamlet), (*fork.section_list, shortcut))
    assert network.route("West", "East").length_km == pytest.approx(49.0)
    assert network.route("West", "Hamlet", "East").length_km == pytest.approx(40.0)


def test_no_connecting_track_is_said_in_one_line(fork):
    """The message names the two places; the exit status is the command line's 3."""
    with pytest.raises(NoRouteError, match="no track connects East and Island") as caught:
        fork.route("West", "East", "Island")
    assert caught.value.exit_status == 3


@pytest.mark.parametrize("places", [("West",), (), ("West", "West"), ("West", "East", "Oriental")])
def test_a_route_needs_two_different_known_places(fork, places):
    """Too few, the same twice or an unknown one: an error."""
    with pytest.raises(InputError):
        fork.route(*places)


@given(st.sampled_from(["west", "junction", "middle", "east", "north", "border", "far"]), st.data())
def test_the_way_back_is_as_long(fork, start, data):
    """Curves serve both directions, so the shortest way has the same length both ways."""
    others = [s.id for s in fork.station_list[:8] if s.id != start]
    end = data.draw(st.sampled_from(others))
    there, back = fork.route(start, end), fork.route(end, start)
    assert there.length_km == pytest.approx(back.length_km)
    assert ids(there) == ids(back)[::-1]


def test_a_section_must_refer_to_known_stations(fork):
    """A network that does not fit together is refused, with section and station."""
    with pytest.raises(InputError, match="section island-reef: station 'reef'"):
        Network(fork.station_list[:-1], fork.section_list)


def test_a_missing_or_damaged_dataset_is_one_line(tmp_path):
    """The file is named."""
    with pytest.raises(InputError, match=r"stations\.csv: No such file"):
        load_network(tmp_path)
    (tmp_path / "stations.csv").write_text("id,name\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"stations\.csv: damaged"):
        load_network(tmp_path)


def test_frames_carry_the_coordinate_system(network):
    """Stations and sections are GeoDataFrames in WGS 84."""
    assert network.stations.crs.to_epsg() == 4326
    assert len(network.sections) == len(network.section_list)
    assert network.sections.geometry.is_valid.all()


def test_every_section_of_a_route_joins_the_next(network):
    """Over many pairs: from where the one ended, from the first place to the last."""
    principal = [station for station in network.station_list if station.rank == 1]
    for one in principal[::5]:
        for other in principal[2::7]:
            if one is not other:
                route = network.route(one.id, other.id)
                parts = [route.along(stretch) for stretch in route.stretches]
                ends = [(p.timing_points[0].station, p.timing_points[-1].station) for p in parts]
                assert ends[0][0] is one
                assert ends[-1][1] is other
                for (_, before), (after, _) in itertools.pairwise(ends):
                    assert before is after
                assert sum(part.length_km for part in parts) == pytest.approx(route.length_km)
                assert min(np.diff(part.chainage_m).min() for part in parts) > 1e-3


def make_loop():
    """A line with two halts, and a longer one round to its far end, met there head on."""
    a, b = make_station("a"), make_station("b", 0.2, kind="junction")
    near, far = make_station("near", 0.05, kind="halt"), make_station("far", 0.15, kind="halt")
    round_m = np.array([0.0, 15_000.0, 30_000.0, 45_000.0, 60_000.0])
    lon, lat = np.array([0.0, 0.1, 0.3, 0.4, 0.2]), np.array([0.0, 0.2, 0.2, 0.0, 0.0])
    round_ = make_section(a, b, 60.0, id="round", chainage_m=round_m, lon=lon, lat=lat)
    before = make_station("before", -0.1)
    line = make_section(a, b, 24.0, near, far)
    return Network((before, a, near, far, b), (make_section(before, a, 10.0), line, round_))


def test_a_place_may_be_passed_in_the_direction_that_is_longer_at_first():
    """To come back from the far halt to the near one, a train goes round first."""
    loop = make_loop()
    for finder in (loop, Router.of(loop)):
        route = finder.route("before", "far", "near")
        assert ids(route) == ["before", "a", "b", "far", "near"]
        assert route.length_km == pytest.approx(10 + 60 + 16)
        assert route.reversals == ()


def test_a_station_with_two_points_on_a_section_is_reached_at_the_first():
    """From either end."""
    a, b, c = make_station("a"), make_station("b", 0.1, kind="halt"), make_station("c", 0.4)
    one = make_station("one", -0.1)
    line = make_section(a, c, 40.0, b, b)
    network = Network((one, a, b, c), (make_section(one, a, 10.0), line))
    assert network.route("one", "b").length_km == pytest.approx(10 + 40 / 3)
    assert network.route("c", "b").length_km == pytest.approx(40 / 3)


def test_two_stations_at_one_place_are_each_passed_once():
    """Though the tracks before and after it both have a point of each."""
    west, town, border, east = (
        make_station(name, lon=lon)
        for name, lon in zip(("west", "town", "border", "east"), (0, 0.1, 0.1, 0.2), strict=True)
    )
    before, after = (
        make_section(
            *ends,
            10.0,
            lon=np.array([ends[0].lon, ends[1].lon]),
            lat=np.zeros(2),
            chainage_m=np.array([0.0, 1e4]),
            station_ids=ids_,
            station_m=np.array(station_m),
        )
        for ends, ids_, station_m in (
            ((west, town), ("west", "town", "border"), [0.0, 1e4, 1e4]),
            ((town, east), ("town", "border", "east"), [0.0, 0.0, 1e4]),
        )
    )
    route = Network((west, town, border, east), (before, after)).route("West", "East")
    assert ids(route) == ["west", "town", "border", "east"]


def test_no_end_of_a_route_is_lost_by_rounding():
    """Chainages counted from one end and back from the other differ in their last bit."""
    rng = np.random.default_rng(1)
    at_m = np.sort(rng.uniform(0.0, 1e5, 40))
    lon = at_m / 1e6
    halts = tuple(
        make_station(f"halt{number}", lon=float(x), kind="halt") for number, x in enumerate(lon)
    )
    line = make_section(
        halts[0],
        halts[-1],
        100.0,
        chainage_m=np.array([0.0, 1e5 / 3]),
        lon=np.array([0.0, 0.1]),
        lat=np.zeros(2),
        station_ids=tuple(halt.id for halt in halts),
        station_m=at_m / 3,
    )
    network = Network(halts, (line,))
    for first, last in itertools.pairwise(halts):
        for pair in ((first.id, last.id), (last.id, first.id)):
            route = network.route(*pair)
            assert tuple(ids(route)) == pair
            assert route.station_m.tolist() == [0.0, route.chainage_m[-1]]

"""Other ways between two places: different railways, not other tracks."""

from __future__ import annotations

import numpy as np
import pytest

from journey.errors import InputError, NoRouteError
from journey.network import Network
from journey.pathfinding.alternatives import STRETCH, alternative_ways
from journey.pathfinding.beside import Ground
from journey.pathfinding.ways import NoWayError
from journey.pathfinding.weighting import Weighting
from tests.conftest import make_section, make_station
from tests.synthetic_railway import make_railway, network_of


@pytest.fixture(scope="module")
def mesh():
    """A made-up railway of some thousand sections."""
    return network_of(make_railway(25, seed=4))


def lines_of(route):
    """The lines of a route in their order, each once where it goes on."""
    lines = [stretch.section.line for stretch in route.stretches]
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line != before]


def test_both_ways_round_the_hambuk_loop_are_found(network):
    """By Rajin along the coast, and inland by Hoeryong and Namyang; there is no third."""
    coast, inland = network.alternatives("Chongjin", "Tumangang", count=5)
    assert coast.length_km == pytest.approx(132.2)
    assert inland.length_km == pytest.approx(295.1)
    assert "Rajin" in {point.station.name for point in coast.timing_points}
    passed = {point.station.name for point in inland.timing_points}
    assert {"Hoeryŏng Ch'ŏngnyŏn", "Namyang"} <= passed
    assert "Rajin" not in passed
    assert inland.reversals == ()


def test_the_first_is_the_route_itself(network):
    """And no other is found where the railway has none: no there and back, no other platform."""
    for places in (("Khasan", "Vladivostok"), ("Pyongyang", "Chongjin")):
        (only,) = network.alternatives(*places)
        assert only.length_km == network.route(*places).length_km
    assert len(network.alternatives("Chongjin", "Tumangang", count=1)) == 1


def test_a_short_bypass_is_a_way_of_its_own_only_if_asked(network):
    """The Ryongsong line leaves the main line for a few kilometres of nine hundred."""
    places = [network.place(name) for name in ("Pyongyang", "Khasan")]
    few = alternative_ways(network.graph, network.table, *places, 5)
    many = alternative_ways(network.graph, network.table, *places, 5, shared=0.99)
    assert len(few) == 2
    assert len(many) == 3
    lines = [{network.table[p.section].line for p in each.way.pieces} for each in many]
    assert ["Ryongsong" in each for each in lines] == [False, True, False]


def test_a_bypass_counts_by_the_share_of_the_way_that_it_is():
    """One of 15 km in 100 is no other way, unless as much may be shared."""
    stops = [make_station(id_, lon) for id_, lon in (("a", 0), ("b", 0.4), ("c", 0.54), ("d", 0.9))]
    a, b, c, d = stops
    bypass = {"lon": np.linspace(0.4, 0.54, 5), "lat": np.array([0, 0.03, 0.03, 0.03, 0])}
    sections = (
        make_section(a, b, 44.0),
        make_section(b, c, 15.0),
        make_section(c, d, 41.0),
        make_section(b, c, 18.0, id="bypass", chainage_m=np.linspace(0, 18_000, 5), **bypass),
    )
    line = Network(tuple(stops), sections)
    ends = line.place("a"), line.place("d")
    assert len(alternative_ways(line.graph, line.table, *ends, 3)) == 1
    both = alternative_ways(line.graph, line.table, *ends, 3, shared=0.9)
    assert [each.weight for each in both] == [100_000.0, 103_000.0]


def test_a_way_that_is_far_too_long_is_none(network):
    """The inland way is 2.2 times as long as that along the coast."""
    ends = network.place("Chongjin"), network.place("Tumangang")
    found = [
        len(alternative_ways(network.graph, network.table, *ends, 3, stretch=stretch))
        for stretch in (2.2, 2.3)
    ]
    assert found == [1, 2]


def test_the_ways_keep_off_what_the_weighting_does(network):
    """With the coast avoided, the inland way is the first and only one."""
    ways = network.alternatives("Chongjin", "Tumangang", weighting=Weighting(avoid=("Rajin",)))
    assert [round(way.length_km) for way in ways] == [295]


def test_ways_differ_on_a_railway_of_parallel_tracks(mesh):
    """In order of weight, within the stretch, each elsewhere for a fifth; the same every time."""
    ids = [station.id for station in mesh.station_list]
    found = 0
    for start, end in np.random.default_rng(2).choice(ids, (12, 2), replace=False).tolist():
        places = mesh.place(start), mesh.place(end)
        ways = alternative_ways(mesh.graph, mesh.table, *places, 4)
        weights = [each.weight for each in ways]
        assert weights == sorted(weights)
        assert weights[-1] <= STRETCH * weights[0]
        assert weights == pytest.approx([mesh.graph.weight_of(each.way) for each in ways])
        courses = [Ground(mesh.table).course(each.way) for each in ways]
        for number, course in enumerate(courses):
            assert all(course.share_beside(other) <= 0.8 for other in courses[:number])
        assert ways == alternative_ways(mesh.graph, mesh.table, *places, 4)
        found += len(ways)
    assert found > 24


def test_a_way_that_goes_there_and_back_is_seen(fork):
    """It lies beside itself but for the turning point; a plain way does not."""
    ground = Ground(fork.table)
    there = fork.wayfinder().way(fork.called_at(("West", "East")))
    back = fork.wayfinder().way(fork.called_at(("West", "East", "West")))
    assert ground.course(there).beside_itself_m() == 0
    assert ground.course(back).beside_itself_m() == pytest.approx(98_000, rel=0.1)
    assert ground.course(back).share_beside(ground.course(there)) == 1.0


def test_places_without_a_way_have_no_alternatives(fork):
    """As for a route."""
    with pytest.raises(NoRouteError, match="no track connects West and Island"):
        fork.alternatives("West", "Island")
    with pytest.raises(NoWayError):
        alternative_ways(fork.graph, fork.table, fork.place("West"), fork.place("Reef"), 2)
    with pytest.raises(InputError, match="count 0: expected 1"):
        fork.alternatives("West", "East", count=0)


def test_places_on_one_section_have_the_way_between_them(fork):
    """Which needs no turn."""
    assert [way.length_km for way in fork.alternatives("Middle", "East")] == [12.5]

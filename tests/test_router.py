"""Routes found by a hierarchy are those that a plain search finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journey.errors import InputError, NoRouteError
from journey.pathfinding.hierarchy import Hierarchy
from journey.pathfinding.weighting import BY_LENGTH, Weighting
from journey.router import HierarchySearch, Router
from tests.synthetic_railway import make_railway, network_of


def router_of(network, weighting=BY_LENGTH):
    """Make a router with a core so small that ways lead up to it and down again."""
    plain = network.wayfinder(weighting)
    matrix = plain.graph.matrix
    search = HierarchySearch(matrix, Hierarchy.of(matrix, 8))
    return Router(network, replace(plain, search=search))


def some_places(network, count, length):
    """Draw stations to go through, none twice in succession."""
    ids = [station.id for station in network.station_list]
    rng = np.random.default_rng(11)
    return [rng.choice(ids, length, replace=False).tolist() for _ in range(count)]


def weight_of(network, router, places):
    """Weight of the way a router finds, inf without one."""
    try:
        return network.graph.weight_of(router.way(*places))
    except NoRouteError:
        return np.inf


class Plain:
    """Asks the network itself."""

    def __init__(self, network, weighting):
        """Take the network to ask."""
        self.network, self.finder = network, network.wayfinder(weighting)

    def way(self, *places):
        """Find a way."""
        return self.finder.way(self.network.called_at(places))


@pytest.mark.parametrize("weighting", [BY_LENGTH, Weighting("time"), Weighting(gauge_mm=1435)])
def test_a_router_weighs_as_the_network_does(network, weighting):
    """On the embedded corridor, between places and through them, by any weighting."""
    router, plain = router_of(network, weighting), Plain(network, weighting)
    for length in (2, 3):
        for places in some_places(network, 40, length):
            assert weight_of(network, router, places) == pytest.approx(
                weight_of(network, plain, places)
            ), places


def test_a_router_finds_its_way_through_ladders_of_switches():
    """The same on a railway of double tracks, crossovers and platforms, reversals included."""
    railway = network_of(make_railway(9))
    assert len(railway.table) > 1_000
    router, plain = router_of(railway), Plain(railway, BY_LENGTH)
    reversed_ = 0
    for places in (*some_places(railway, 60, 2), *some_places(railway, 20, 4)):
        way = router.way(*places)
        assert weight_of(railway, router, places) == pytest.approx(
            weight_of(railway, plain, places)
        )
        reversed_ += len(way.reversed_before) > 0
    assert reversed_ > 5


def test_a_router_gives_whole_routes(fork):
    """With stations, lengths and reversals, or the error that the network gives."""
    router = Router.of(fork)
    there_and_back = router.route("West", "East", "North")
    assert there_and_back.length_km == pytest.approx(24 + 25 + 25 + 22)
    assert [p.station.id for p in there_and_back.reversals] == ["east", "junction"]
    assert router.route("Middle", "Border").length_km == pytest.approx(12.5 + 22 + 10.5)
    assert router.route("Middle", "East").length_km == pytest.approx(12.5)
    for places in (("West", "Island"), ("North", "Reef")):
        with pytest.raises(NoRouteError, match="no track connects"):
            router.route(*places)
    with pytest.raises(InputError, match="follows itself"):
        router.route("West", "West")


def test_the_made_up_railway_is_one_of_switches():
    """Every node joins one, two or three tracks; two only where a station has its platform."""
    railway = make_railway(9, seed=3)
    legs = np.bincount(np.concatenate([railway.start, railway.end]))
    assert set(legs.tolist()) == {1, 2, 3}
    assert (railway.station[legs == 2] >= 0).mean() > 0.95
    assert (railway.length_m > 0).all()
    again = make_railway(9, seed=3)
    assert all(np.array_equal(a, b) for a, b in zip(railway, again, strict=True))


@pytest.mark.long
def test_a_million_sections_are_searched_in_milliseconds():
    """The hierarchy of a railway of a million sections agrees with a search of all of it."""
    from tests.benchmarks.bench_routing import measured

    figures = measured(queries=60, compared=6)
    assert figures.sections >= 1_000_000
    assert figures.differences_m.max() < 0.001
    assert np.median(figures.hierarchy_s) < 0.010
    assert np.median(figures.router_s) < 0.010

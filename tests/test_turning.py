"""Which turns a train can take, where the geometry is that of the track."""

from __future__ import annotations

import math

import numpy as np
import pytest

from journey.network import Network
from journey.section_table import SectionTable
from journey.turning import GAUGE_CHANGE_WEIGHT_M, REVERSAL_WEIGHT_M, possible_turns
from tests.conftest import make_section, make_station

DETAILED_M = 20.0


def star(*bearings_deg, kind="", gauges=None, station=None):
    """Legs of a kilometre from one node, by the direction in which each leaves it."""
    sections = []
    for number, bearing in enumerate(bearings_deg):
        east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
        end = make_station(f"end{number}")
        sections.append(
            make_section(
                make_station("node"),
                end,
                1.0,
                id=str(number),
                lon=np.array([0.0, 0.009 * east]),
                lat=np.array([0.0, 0.009 * north]),
                station_ids=(station.id,) if station else (),
                station_m=np.zeros(1 if station else 0),
                end_kinds=(kind, ""),
                gauge=gauges[number] if gauges else "1435",
            )
        )
    table = SectionTable.of(sections, DETAILED_M)
    return possible_turns(table, {station.id: station} if station else {})


def through(turns):
    """From which leg into which other a train can go at the node, and at what weight."""
    at_node = (turns.out_of % 2 == 1) & (turns.into % 2 == 0)
    columns = (turns.out_of[at_node] // 2, turns.into[at_node] // 2, turns.weight[at_node])
    return {(a, b): weight for a, b, weight in zip(*(c.tolist() for c in columns), strict=True)}


def both(*pairs):
    """Each pair in both directions, without extra weight."""
    return {each: 0.0 for a, b in pairs for each in ((a, b), (b, a))}


def test_a_switch_joins_its_stem_with_both_legs():
    """Never one leg with the other, nor a leg with itself."""
    assert through(star(180, 0, 8)) == both((0, 1), (0, 2))


def test_a_corner_is_no_curve():
    """Up to 45 degrees; simplified geometry is read more kindly."""
    assert through(star(180, 44)) == both((0, 1))
    assert through(star(180, 46)) == {}


@pytest.mark.parametrize(
    ("kind", "angle_deg", "pairs"),
    [
        ("crossing", 10, [(0, 2), (1, 3)]),
        ("slip", 10, [(0, 2), (1, 3), (0, 3), (1, 2)]),
        ("", 10, [(0, 2), (1, 3), (0, 3), (1, 2)]),
        ("", 30, [(0, 2), (1, 3)]),
        ("crossing", 90, [(0, 2), (1, 3)]),
    ],
)
def test_a_crossing_leads_straight_on_and_a_slip_both_ways(kind, angle_deg, pairs):
    """Where nothing is said of it, slips are supposed only at the angles they are built with."""
    turns = star(180, 180 + angle_deg, 0, angle_deg, kind=kind)
    assert through(turns) == both(*pairs)


def test_a_crossing_of_which_a_leg_is_left_out_is_none_the_less_one():
    """No train turns at it."""
    assert through(star(180, 0, 30)) == both((0, 1), (0, 2))
    assert through(star(180, 0, 30, kind="meeting")) == both((0, 1))


def test_a_train_reverses_where_track_ends():
    """At every end of the star, and not in its middle."""
    turns = star(180, 0, 8)
    ends = turns.reverses & (turns.out_of % 2 == 0)
    assert turns.reverses.tolist() == ends.tolist()
    assert sorted(turns.out_of[ends].tolist()) == [0, 2, 4]
    assert (turns.weight[ends] == REVERSAL_WEIGHT_M).all()


def test_a_train_reverses_at_a_station_from_every_leg_into_every_leg():
    """Into its own too."""
    found = through(star(180, 0, 8, station=make_station("town")))
    assert len(found) == 9
    assert found[1, 2] == found[0, 0] == REVERSAL_WEIGHT_M
    assert found[0, 1] == 0.0


def test_gauges_meet_only_at_stations():
    """There a change is possible, and weighs as much as a long way round."""
    assert through(star(180, 0, gauges=["1435", "1520"])) == {}
    assert through(star(180, 0, gauges=["1435", "1435+1520"])) == both((0, 1))
    assert through(star(180, 0, gauges=["1520", "1524"])) == both((0, 1))
    border = make_station("border", kind="border")
    found = through(star(180, 0, gauges=["1435", "1520"], station=border))
    assert found == {(0, 1): GAUGE_CHANGE_WEIGHT_M, (1, 0): GAUGE_CHANGE_WEIGHT_M}


def test_a_switchback_is_climbed_by_reversing_at_its_end():
    """The route tells where, by the nearest station."""
    low, high = make_station("low", kind="halt"), make_station("high", lon=0.1, kind="halt")
    joint, tail = make_station("joint"), make_station("tail")
    bare = {"station_ids": (), "station_m": np.empty(0)}
    legs = (
        make_section(
            low, joint, 5.0, lon=np.array([0.0, 0.05]), lat=np.array([0.0, 0.0]),
            station_ids=("low",), station_m=np.zeros(1),
        ),
        make_section(
            high, joint, 5.0, lon=np.array([0.0, 0.05]), lat=np.array([0.005, 0.0]),
            station_ids=("high",), station_m=np.zeros(1),
        ),
        make_section(
            joint, tail, 0.3, lon=np.array([0.05, 0.053]), lat=np.array([0.0, 0.0]), **bare
        ),
    )  # fmt: skip
    network = Network((low, high), SectionTable.of(legs, DETAILED_M))
    route = network.route("Low", "High")
    assert route.length_km == pytest.approx(10.6)
    (reversal,) = route.reversals
    assert reversal.chainage_m == pytest.approx(5300)
    assert route.name_at(reversal.chainage_m).startswith("near ")

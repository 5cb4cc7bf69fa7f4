"""From ways to sections: what is joined, cut, counted, and what holds along them."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey import load_network
from journey.errors import NoRouteError
from journey.geodesy import ellipsoid, line_length_m
from journey.osm import import_network
from tests.extracts import (
    HELSINKI,
    LIECHTENSTEIN,
    as_geojson,
    elements_of,
    node,
    way,
    with_geometry,
    written,
)


def straight(count, step_m=100.0, first=1, north_m=0.0):
    """Nodes from west to east."""
    return [node(first + n, step_m * n, north_m) for n in range(count)]


def imported(folder, *elements, **wishes):
    """Import elements."""
    return import_network(written(folder, *elements), **wishes)


@pytest.fixture(scope="module")
def helsinki():
    """The throat of Helsinki."""
    return import_network(HELSINKI)


@pytest.fixture(scope="module")
def liechtenstein():
    """The line through Liechtenstein."""
    return import_network(LIECHTENSTEIN)


def test_the_throat_of_helsinki(helsinki):
    """Every slip and crossing is a node that says so; the nineteen tracks end at the station."""
    table = helsinki.table
    ends = {
        (node, kind)
        for start, end, kinds in zip(
            table.values["start"], table.values["end"], table.values["end_kinds"], strict=True
        )
        for node, kind in zip((start, end), kinds, strict=True)
    }
    kinds = [kind for _, kind in ends]
    assert (kinds.count("slip"), kinds.count("crossing")) == (34, 7)
    assert len(ends) == len(table.nodes.names)
    assert table.station_ids == ("helsinki",) * 19
    assert set(table.values["gauge"]) == {"1524"}
    assert set(table.values["electrification"]) == {"25 kV AC 50 Hz"}
    assert table.heading_base_m == 20.0


def test_the_line_through_liechtenstein(liechtenstein):
    """Its stations, clocks and countries, and the way between two of them."""
    stations = {station.name: station for station in liechtenstein.stations}
    assert {name: (s.country, s.timezone, s.kind) for name, s in stations.items()} == {
        "Tisis": ("AT", "Europe/Vienna", "halt"),
        "Nendeln": ("LI", "Europe/Vaduz", "station"),
        "Forst Hilti Bahnhof": ("LI", "Europe/Vaduz", "station"),
        "Schaan-Vaduz": ("LI", "Europe/Vaduz", "halt"),
    }
    route = liechtenstein.network.route("Tisis", "Schaan-Vaduz")
    names = [point.station.name for point in route.timing_points]
    assert names == ["Tisis", "Nendeln", "Forst Hilti Bahnhof", "Schaan-Vaduz"]
    assert route.reversals == ()
    assert "counts" in liechtenstein.report.document()


@pytest.mark.parametrize("path", [HELSINKI, LIECHTENSTEIN])
def test_no_metre_of_track_is_lost(path):
    """All ways that are kept, as long as all sections, to a micrometre."""
    elements = list(elements_of(path))
    places = {e["id"]: (e["lon"], e["lat"]) for e in elements if e["type"] == "node"}
    length_m = 0.0
    for one in elements:
        tags = one["tags"]
        if tags.get("railway") == "rail" and tags.get("service") not in {"siding", "yard"}:
            for run in pairwise(one["nodes"]):
                if set(run) <= set(places):
                    length_m += ellipsoid().line_length(*zip(*map(places.get, run), strict=True))
    assert import_network(path).table.length_m.sum() == pytest.approx(length_m, abs=1e-6)


@pytest.mark.parametrize("form", ["geom", "skel", "osm", "geojson"])
def test_every_format_gives_the_same_network(form, tmp_path, liechtenstein):
    """Overpass in both styles, XML, and GeoJSON with names of nodes made of places."""
    elements = list(elements_of(LIECHTENSTEIN))
    path = tmp_path / {"osm": "x.osm.bz2", "geojson": "x.geojson"}.get(form, "x.json")
    if form == "osm":
        rewritten(LIECHTENSTEIN, path)
    elif form == "geojson":
        path.write_text(json.dumps(as_geojson(elements)))
    else:
        listed = list(with_geometry(elements)) if form == "geom" else elements
        path.write_text(json.dumps({"elements": listed}))
    made = import_network(path)
    assert len(made.table) == len(liechtenstein.table)
    assert made.table.length_m == pytest.approx(liechtenstein.table.length_m, abs=1e-3)
    assert made.table.station_ids == liechtenstein.table.station_ids
    assert made.stations == liechtenstein.stations
    if form != "geojson":
        assert made.table.values == liechtenstein.table.values


def rewritten(source, target):
    """Write a file again in the format that the ending says."""
    import osmium

    with osmium.SimpleWriter(str(target)) as writer:
        for one in osmium.FileProcessor(str(source)):
            writer.add(one)


def test_ways_that_agree_are_one_section(tmp_path):
    """However they are drawn; in the direction of the earliest."""
    made = imported(tmp_path, *straight(5), way(1, 3, 2, 1), way(2, 3, 4, 5))
    assert (made.table.values["start"], made.table.values["end"]) == (("n5",), ("n1",))
    assert made.table[0].id == "w2"
    assert made.table[0].length_m == pytest.approx(
        line_length_m(made.table[0].lon, made.table[0].lat), abs=1e-9
    )


@pytest.mark.parametrize(
    "other",
    [
        {"gauge": "1435"},
        {"electrified": "no"},
        {"usage": "industrial"},
        {"service": "crossover"},
        {"name": "Another"},
        {"tracks": "2"},
    ],
)
def test_a_section_ends_where_the_track_changes(other, tmp_path):
    """In anything a section has one value of."""
    made = imported(tmp_path, *straight(3), way(1, 1, 2), way(2, 2, 3, **other))
    assert made.table.values["end"] == ("n2", "n3")


def test_a_section_ends_where_tracks_meet(tmp_path):
    """At a switch, though the way goes on; sidings that are left out make none."""
    elements = [*straight(5), node(9, 250, 80), way(1, 1, 2, 3, 4, 5)]
    branch = way(2, 3, 9)
    assert len(imported(tmp_path, *elements, branch).table) == 3
    siding = way(2, 3, 9, service="siding")
    assert len(imported(tmp_path, *elements, siding).table) == 1
    with_siding = imported(tmp_path, *elements, siding, services=["siding"])
    assert sorted(with_siding.table.values["service"]) == ["", "", "siding"]


def test_the_legs_of_a_switch_without_its_stem_are_two(tmp_path):
    """No train goes from one into the other, though the spur that it turns on is left out."""
    stem = way(3, 2, 9, service="spur")
    legs = [node(1, -1000, 0), node(2, 0, 0), node(3, -1000, 700), node(9, 200, 0)]
    stations = [node(11, -1000, 5, railway="station", name="One"),
                node(12, -1000, 705, railway="station", name="Other")]  # fmt: skip
    network = imported(tmp_path, *legs, *stations, way(1, 1, 2), way(2, 3, 2), stem).network
    with pytest.raises(NoRouteError):
        network.route("One", "Other")


def test_corners_are_told(tmp_path):
    """Track that meets another in a corner leads nowhere, and is no silent gap."""
    corner = [*straight(3), node(9, 200, 300), way(1, 1, 2, 3), way(2, 3, 9, usage="industrial")]
    made = imported(tmp_path, *corner)
    assert made.report.counts["stuck"] == 2
    assert any("no train goes on there" in line for line in made.report.warnings)
    bend = [*straight(3), node(9, 400, 60), way(1, 1, 2, 3), way(2, 3, 9, usage="industrial")]
    assert "stuck" not in imported(tmp_path, *bend).report.counts


def test_rings_are_cut(tmp_path):
    """A section never comes back to its start: neither a ring nor a loop at the end of a line."""
    turns = np.radians(30.0 * np.arange(12))
    round_ = [
        node(n, 300 * math.cos(turn), 300 * math.sin(turn)) for n, turn in enumerate(turns, 1)
    ]
    circle = way(1, *range(1, 13), 1)
    ring = imported(tmp_path, *round_, circle)
    assert len(ring.table) == 2
    loop = imported(tmp_path, *round_, node(20, 300, -500), circle, way(2, 20, 1))
    assert len(loop.table) == 3
    for made in (ring, loop):
        nodes = made.table.nodes
        assert (nodes.start != nodes.end).all()
        assert made.report.islands == 1


def test_what_is_drawn_twice_is_taken_once(tmp_path):
    """Whole ways, parts of ways, nodes repeated, nodes at one place; all of it is counted."""
    elements = [
        *straight(6),
        node(7, 200, 0),
        way(1, 1, 2, 2, 3, 7, 4),
        way(2, 1, 2, 3),
        way(3, 4, 3, 2),
        way(4, 4, 5),
        way(5, 4, 5, 6),
    ]
    made = imported(tmp_path, *elements)
    assert made.report.length_km == pytest.approx(0.5, rel=5e-3)
    assert len(made.table) == 1
    counts = made.report.counts
    assert (counts["nodes_repeated"], counts["ways_twice"], counts["edges_twice"]) == (2, 2, 1)


def test_ways_that_end_at_one_place_are_joined(tmp_path):
    """Though each has a node of its own there; not where one only passes."""
    nodes = [*straight(5), node(7, 200, 0), node(8, 300, 0)]
    made = imported(tmp_path, *nodes, way(1, 1, 2, 3), way(2, 7, 4, 5), way(3, 8, 1, gauge="1435"))
    assert made.report.counts["ends_joined"] == 1
    joined = dict(zip(made.table.values["id"], made.table.length_m.tolist(), strict=True))
    assert joined == pytest.approx({"w1": 400.0, "w3": 300.0}, rel=5e-3)


def test_track_drawn_for_each_of_its_gauges(tmp_path):
    """It has all of them, as far as both ways go; what else the other says is counted."""
    made = imported(
        tmp_path, *straight(5), way(1, 1, 2, 3, 4, gauge="1435"), way(2, 4, 3, 2),
        way(3, 3, 4, gauge="1435", maxspeed="60"), way(4, 4, 5),
    )  # fmt: skip
    assert made.table.values["gauge"] == ("1435", "1435+1520", "1520")
    assert made.table.values["end"] == ("n2", "n4", "n5")
    counts = made.report.counts
    assert (counts["gauges_joined"], counts["ways_twice"], counts["twins_differ"]) == (1, 1, 1)
    assert made.report.length_km == pytest.approx(0.4, rel=5e-3)


def test_nodes_that_are_missing_cut_the_track(tmp_path):
    """They and the ways are counted; nothing is drawn across the gap."""
    nodes = [*straight(4), *straight(2, first=6, north_m=50)]
    made = imported(tmp_path, *nodes, way(1, 1, 2, 5, 4, 3), way(2, 6, 7))
    assert made.report.counts["nodes_missing"] == made.report.counts["ways_cut"] == 1
    assert made.report.islands == 3
    assert made.report.length_km == pytest.approx(0.3, rel=5e-3)
    assert any("missing from the extract" in line for line in made.report.warnings)
    assert any(line.startswith("3 parts that no track connects") for line in made.report.warnings)


def test_a_gauge_that_is_missing(tmp_path):
    """That of the line's own track beside it, of any beside it, the one given, the commonest."""
    elements = [
        *straight(6),
        *straight(2, first=10, north_m=500),
        *straight(2, first=20, north_m=900),
        way(1, 1, 2, gauge="1435"),
        way(2, 2, 3, gauge=""),
        way(3, 3, 4, gauge=""),
        way(4, 4, 5, gauge="", name="Other"),
        way(5, 10, 11, gauge="broad"),
        way(6, 20, 21, gauge=""),
    ]
    usual = imported(tmp_path, *elements)
    assert set(usual.table.values["gauge"]) == {"1435"}
    counts = usual.report.counts
    assert (counts["gauge_inferred"], counts["gauge_usual"], counts["gauge_not_read"]) == (3, 2, 1)
    given = imported(tmp_path, *elements, gauge="1520")
    assert sorted(given.table.values["gauge"]) == ["1435", "1435", "1520", "1520"]
    assert given.report.counts["gauge_given"] == 2
    assert any("commonest of the extract" in line for line in usual.report.warnings)


def test_a_bridge_without_gauge_has_that_of_its_line(tmp_path):
    """Whatever its name is; where other tracks meet it, what goes straight on at both ends says."""
    elements = [
        *straight(6),
        node(7, 200, 100),
        way(1, 1, 2, 3, gauge="1435"),
        way(2, 3, 4, gauge="", name="Bridge"),
        way(3, 4, 5, 6, gauge="1435"),
    ]
    broad = [each for n in range(5) for each in straight(2, first=10 * n + 10, north_m=1000 * n)]
    broad += [way(n + 20, 10 * n + 10, 10 * n + 11) for n in range(5)]
    for other in ([], [way(4, 7, 3)]):
        made = imported(tmp_path, *elements, *broad, *other)
        gauge = dict(zip(made.table.values["id"], made.table.values["gauge"], strict=True))
        assert gauge.get("w2", "1435") == gauge["w1"] == "1435"
        assert made.report.counts["gauge_inferred"] == 1


def test_limits_and_structures_run_along_a_section(tmp_path):
    """They cut no section; where they begin and end is told in its chainage."""
    made = imported(
        tmp_path,
        *straight(6),
        way(1, 1, 2, maxspeed="80"),
        way(2, 2, 3, maxspeed="80", bridge="yes"),
        way(3, 3, 4, 5, tunnel="yes", **{"tunnel:name": "Long"}),
        way(4, 5, 6, maxspeed="60"),
        *straight(2, first=8, north_m=500),
        way(5, 8, 9, maxspeed="60;80"),
    )
    section = made.table[0]
    vertex_m = section.chainage_m
    assert len(made.table) == 2
    assert section.limits.start_m.tolist() == pytest.approx(vertex_m[[0, 2, 4]].tolist())
    assert section.limits.low_kmh.tolist() == [80, 60, 60]
    assert section.limits.high_kmh.tolist() == [80, 160, 60]
    assert np.isnan(section.limits.posted_kmh).tolist() == [False, True, False]
    assert [(s.kind, s.name) for s in section.structures] == [("bridge", ""), ("tunnel", "Long")]
    spans = [edge_m for s in section.structures for edge_m in (s.start_m, s.end_m)]
    assert spans == pytest.approx(vertex_m[[1, 2, 2, 4]].tolist())
    assert made.report.unknown_km == pytest.approx(0.2, rel=5e-3)


def test_the_limits_of_a_section_that_a_station_cuts(tmp_path):
    """Each part has the limits, tunnels and bridges of its own track."""
    station = node(9, 250, 5, railway="station", name="Middle")
    made = imported(
        tmp_path, *straight(6), station, way(1, 1, 2, 3, 4, tunnel="yes", maxspeed="50"),
        way(2, 4, 5, 6, maxspeed="90"),
    )  # fmt: skip
    west, east = made.table
    assert (west.end, east.start) == ("middle/1", "middle/1")
    assert west.station_m.tolist() == [west.length_m]
    assert east.station_m.tolist() == [0.0]
    assert [(s.start_m, s.end_m) for s in west.structures] == [(0.0, west.length_m)]
    assert east.structures[0].end_m == pytest.approx(50, rel=5e-3)
    assert east.limits.start_m == pytest.approx([0, east.structures[0].end_m])
    assert east.limits.posted_kmh.tolist() == [50, 90]


@pytest.mark.parametrize("radius_m", [200.0, 300.0, 600.0, 1200.0])
def test_curves_allow_what_their_radius_does(radius_m, tmp_path):
    """Within a step, though every vertex is half a metre off."""
    random = np.random.default_rng(3)
    angles = np.arange(0.0, 1000.0, 25.0) / radius_m
    off = radius_m + random.normal(0, 0.5, len(angles))
    nodes = [node(n + 1, r * math.sin(a), r * (1 - math.cos(a)))
             for n, (r, a) in enumerate(zip(off, angles, strict=True))]  # fmt: skip
    made = imported(tmp_path, *nodes, way(1, *range(1, len(nodes) + 1), gauge="1435"))
    limits = made.table[0].limits
    length_m = np.diff(limits.start_m, append=made.table.length_m[0])
    expected = math.sqrt(radius_m * 250 / 11.8)
    near = np.abs(limits.curve_kmh - expected) <= 0.16 * expected
    assert length_m[near].sum() > 0.75 * made.table.length_m[0]


def bent(first, arc_m, north_m, vertices=7, off_m=0.0):
    """Nodes of an arc of a radius and a length, each moved at random, and the way through them."""
    random = np.random.default_rng(first)
    radius_m, length_m = arc_m
    angles = np.linspace(0.0, length_m / radius_m, vertices)
    east, north = random.normal(0, off_m, (2, vertices))
    nodes = [node(first + n, radius_m * math.sin(a) + x, radius_m * (1 - math.cos(a)) + north_m + y)
             for n, (a, x, y) in enumerate(zip(angles, east, north, strict=True))]  # fmt: skip
    return [*nodes, way(first, *range(first, first + vertices), gauge="1435")]


def test_sharp_curves_of_short_track(tmp_path):
    """As between the switches of a throat, from 60 m on, where the track is plainly bent."""
    cases = [(100.0, 140.0), (100.0, 62.0), (200.0, 100.0), (300.0, 155.0)]
    arcs = [each for n, case in enumerate(cases) for each in bent(10 * n + 1, case, 1000 * n)]
    made = imported(tmp_path, *arcs)
    for section, (radius_m, _) in zip(made.table, cases, strict=True):
        expected = math.sqrt(radius_m * 250 / 11.8)
        assert section.limits.curve_kmh.tolist() == [pytest.approx(expected, rel=0.16)]
    shorter = imported(tmp_path, *bent(1, (100.0, 55.0), 0))
    assert np.isinf(shorter.table.limits.curve_kmh).all()


def test_noise_bends_no_short_track(tmp_path):
    """Though every vertex is a metre off, however few there are."""
    tracks = [
        each
        for n in range(200)
        for each in bent(10 * n + 1, (1e9, 65 + n % 90), 40 * n, 4 + n % 5, off_m=1.0)
    ]
    made = imported(tmp_path, *tracks)
    assert np.isinf(made.table.limits.curve_kmh).mean() > 0.99


def test_straight_track_has_no_curves(tmp_path):
    """Though every vertex is a metre off."""
    random = np.random.default_rng(5)
    nodes = [node(n + 1, 60 * n, random.normal(0, 0.7)) for n in range(60)]
    made = imported(tmp_path, *nodes, way(1, *range(1, 61)))
    limits = made.table[0].limits
    length_m = np.diff(limits.start_m, append=made.table.length_m[0])
    assert length_m[np.isinf(limits.curve_kmh)].sum() > 0.95 * made.table.length_m[0]


def test_where_four_tracks_met(tmp_path):
    """Though one is left out, or its node is missing; no node that says what it is."""
    crossing = [*straight(3), node(7, 100, -100), way(1, 1, 2), way(2, 2, 3), way(3, 7, 2)]
    siding = [node(8, 100, 100), way(4, 2, 8, service="siding")]
    for fourth, kind in ((siding, "meeting"), ([way(4, 2, 99)], "meeting"), ([], "")):
        made = imported(tmp_path, *crossing, *fourth)
        assert set(dict(zip(made.table.values["end"], made.table.values["end_kinds"],
                            strict=True))["n2"]) == {"", kind}  # fmt: skip
    for tags in ({"railway": "switch"}, {"railway": "railway_crossing"}):
        said = [each for each in crossing if each["id"] != 2 or each["type"] == "way"]
        made = imported(tmp_path, node(2, 100, 0, **tags), *said, *siding)
        assert "meeting" not in {kind for kinds in made.table.values["end_kinds"] for kind in kinds}
    path = tmp_path / "x.gpkg"
    import_network(written(tmp_path, *crossing, *siding), path)
    assert load_network(path).table.values["end_kinds"] == (("", "meeting"), ("meeting", ""),
                                                            ("", "meeting"))  # fmt: skip


def test_names_of_lines(tmp_path):
    """That of a relation, else the way's own, else a word that it has none."""
    relation = {
        "type": "relation", "id": 5, "tags": {"type": "route", "route": "tracks", "ref": "L 7"},
        "members": [{"type": "way", "ref": 2, "role": ""}, {"type": "node", "ref": 2}],
    }  # fmt: skip
    made = imported(
        tmp_path,
        *straight(4),
        way(1, 1, 2),
        way(2, 2, 3, name="Own"),
        way(3, 3, 4, name=""),
        relation,
    )
    assert made.table.values["line"] == ("Line", "L 7", "unnamed")


@settings(max_examples=20, deadline=None)
@given(
    runs=st.lists(
        st.lists(st.integers(1, 9), min_size=2, max_size=8), min_size=1, max_size=5
    ).filter(lambda runs: any(a != b for run in runs for a, b in pairwise(run)))
)
def test_any_tangle_of_ways_is_a_network(runs, tmp_path_factory):
    """Every piece of track once, whatever ways run over it; sections never end where they begin."""
    nodes = [node(n, 137 * (n % 3), 211 * (n // 3)) for n in range(1, 10)]
    places = {each["id"]: (each["lon"], each["lat"]) for each in nodes}
    ways = [way(number + 1, *run) for number, run in enumerate(runs)]
    made = imported(tmp_path_factory.mktemp("tangle"), *nodes, *ways)
    pairs = {frozenset(pair) for run in runs for pair in pairwise(run)}
    ends = [[places[each] for each in pair] for pair in pairs if len(pair) == 2]
    length_m = sum(ellipsoid().line_length(*zip(*pair, strict=True)) for pair in ends)
    assert made.table.length_m.sum() == pytest.approx(length_m, abs=1e-3)
    assert (made.table.nodes.start != made.table.nodes.end).all()
    assert made.network.table.not_increasing().size == 0

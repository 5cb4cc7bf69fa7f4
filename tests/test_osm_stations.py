"""Stations on tracks: where they are put, which are the same, and which clock they have."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import journey
from journey.dataset import data_folder
from journey.osm import import_network
from journey.osm.clocks import clocks_at
from tests.extracts import node, way, written


def station(id_, east_m, north_m, name, kind="station", **tags):
    """A station near the tracks."""
    return node(id_, east_m, north_m, railway=kind, **({"name": name} if name else {}), **tags)


def track(id_, first, north_m, length_m=2000, **tags):
    """A track from west to east of two nodes."""
    nodes = [node(first, 0, north_m), node(first + 1, length_m, north_m)]
    return [*nodes, way(id_, first, first + 1, **tags)]


def imported(folder, *elements, **wishes):
    """Import elements."""
    return import_network(written(folder, *elements), **wishes)


def places_of(made, id_):
    """The sections on which a station is, by their ways, and where on each."""
    return sorted(
        (section.id, round(float(at_m)))
        for section in made.table
        for each, at_m in zip(section.station_ids, section.station_m, strict=True)
        if each == id_
    )


def test_a_halt_is_on_every_track_that_passes_it(tmp_path):
    """The nearest and those beside it; it cuts none, and its point is on the nearest."""
    elements = [*track(1, 1, 0), *track(2, 3, 5), *track(3, 5, 95), *track(4, 7, 160)]
    made = imported(tmp_path, *elements, station(9, 500, -20, "Halt", "halt"))
    on = {id_ for id_, _ in places_of(made, "halt")}
    assert on == {"w1", "w2", "w3"}
    assert len(made.table) == 4
    assert made.stations[0].lat == pytest.approx(60.0, abs=1e-7)


def test_a_wide_station_has_the_tracks_with_a_stop_of_its_name(tmp_path):
    """However far they are from its middle, within 500 m."""
    elements = [*track(1, 1, 0), *track(2, 3, 200)]
    stop = node(9, 300, 200, railway="stop", name="Wide")
    far = station(10, 500, -20, "Wide", "halt")
    assert len(places_of(imported(tmp_path, *elements, far), "wide")) == 1
    assert len(places_of(imported(tmp_path, *elements, far, stop), "wide")) == 2
    native = station(10, 500, -20, "Широкая", "halt", name__en="Wide")
    for name in ("Широкая", "Wide"):
        called = node(9, 300, 200, railway="stop", name=name)
        assert len(places_of(imported(tmp_path, *elements, native, called), "wide")) == 2


def test_a_line_that_only_runs_beside_a_station_is_not_its_own(tmp_path):
    """Unless rails join it within 1500 m, a stop on it says so, or it is the second track."""
    own = [*track(1, 1, 0), station(9, 1000, -20, "Village")]
    beside = track(2, 3, 80, name="Fast", bridge="yes")
    made = imported(tmp_path, *own, *beside)
    assert (len(places_of(made, "village")), made.stations[0].rank) == (2, 2)
    joined = imported(tmp_path, *own, *beside, way(3, 2, 4))
    assert (len(places_of(joined, "village")), joined.stations[0].rank) == (4, 1)
    stop = node(10, 900, 80, railway="stop", name="Village")
    assert len(places_of(imported(tmp_path, *own, *beside, stop), "village")) == 4
    second = imported(tmp_path, *own, *track(2, 3, 10, name=""))
    assert len(places_of(second, "village")) == 4
    above = imported(tmp_path, *own, *track(2, 3, 10, name="", bridge="yes"))
    assert len(places_of(above, "village")) == 2


def test_trains_reverse_at_a_station(tmp_path):
    """Its tracks are cut there, so that a reversal is a turn at a node; not at a halt."""
    made = imported(tmp_path, *track(1, 1, 0), station(9, 500, 10, "Here"))
    assert made.table.values["end"] == ("here/1", "n2")
    assert places_of(made, "here") == [("w1", 502), ("w1.2", 0)]
    halt = imported(tmp_path, *track(1, 1, 0), station(9, 500, 10, "Here", "halt"))
    assert len(halt.table) == 1


def fork(east_m):
    """A line that forks at 1000 m, and a station somewhere along it."""
    return [
        *(node(1, 0, 0), node(2, 1000, 0), node(3, 2000, 60), node(4, 2000, -60)),
        *(way(1, 1, 2), way(2, 2, 3), way(3, 2, 4)),
        station(9, east_m, 0, "Fork", "halt"),
    ]


@pytest.mark.parametrize(
    ("east_m", "on"), [(600, ["w1"]), (1000, ["w1", "w2", "w3"]), (1300, ["w2", "w3"])]
)
def test_a_station_at_a_fork_is_passed_once(east_m, on, tmp_path):
    """On the stem before it, on both branches behind it, at the node on all three."""
    made = imported(tmp_path, *fork(east_m))
    assert [id_ for id_, _ in places_of(made, "fork")] == on
    if east_m == 1000:
        ends = zip(made.table.values["start"], made.table.values["end"], strict=True)
        assert all("n2" in pair for pair in ends)


def test_a_terminal_is_at_the_ends_of_its_tracks(tmp_path):
    """The foot on a track that ends before it is its end; the throat behind has none."""
    nodes = [node(1, 0, 0), node(2, 400, 0), node(3, 800, 0), node(4, 780, 30), node(5, 790, -30)]
    ways = [way(1, 1, 2), way(2, 2, 3), way(3, 2, 4), way(4, 2, 5)]
    made = imported(tmp_path, *nodes, *ways, station(9, 850, 0, "Terminus"))
    assert [id_ for id_, at_m in places_of(made, "terminus")] == ["w2", "w3", "w4"]
    ends = set(made.table.values["end"])
    assert {"n3", "n4", "n5"} <= ends
    assert not any(name.startswith("terminus") for name in made.table.nodes.names)


def test_a_station_without_track_is_dropped_and_counted(tmp_path):
    """Nothing within 500 m."""
    made = imported(tmp_path, *track(1, 1, 0), station(9, 500, 700, "Far"))
    assert made.stations == ()
    assert made.report.counts["without_track"] == 1
    assert made.report.warnings == (
        "1 station dropped: no track within 500 m (Far)",
        "no station: places cannot be named on this network",
    )


def test_a_station_given_twice_is_taken_once(tmp_path):
    """Node and area, by name or by number: the node, with the names of both."""
    area = [
        *(node(20, 450, 30), node(21, 550, 30), node(22, 550, 60)),
        {"type": "way", "id": 7, "nodes": [20, 21, 22, 20],
         "tags": {"railway": "station", "name": "Одна", "name:en": "One", "uic_ref": "77"}},
    ]  # fmt: skip
    made = imported(
        tmp_path,
        *track(1, 1, 0),
        *area,
        station(9, 500, 10, "One"),
        station(10, 400, 10, "Uno", uic_ref="77"),
    )
    assert [s.source for s in made.stations] == ["OpenStreetMap node 9", "OpenStreetMap node 10"]
    assert made.report.counts["stations_merged"] == 1
    assert "77" in made.stations[0].aliases


def test_the_first_stations_that_are_dropped_are_named(tmp_path):
    """Five of them; stations out of use are no stations, and have a count of their own."""
    far = [station(n, 500 * n, 9000, f"Far {n}") for n in range(10, 17)]
    closed = station(9, 500, 5, "Closed", disused="yes")
    made = imported(tmp_path, *track(1, 1, 0), *far, closed)
    assert made.report.warnings[0].endswith("m (Far 10, Far 11, Far 12, Far 13, Far 14, 2 more)")
    assert made.report.counts["stations_not_in_use"] == 1
    assert "other_stations" not in made.report.counts


def area(id_, first, corners, **tags):
    """A closed way through corners, m, and its nodes."""
    ids = [*range(first, first + len(corners)), first]
    nodes = [node(each, *corner) for each, corner in zip(ids, corners, strict=False)]
    about = {"railway": "station", "gauge": "", "usage": "", "name": ""}
    return [*nodes, way(id_, *ids, **about | tags)]


BOX = ((0, -50), (1300, -50), (1300, 60), (0, 60))


def test_the_area_of_a_station_is_no_station_of_its_own(tmp_path):
    """However far its middle is; by any of the names or numbers; and a relation of it too."""
    building = {"type": "relation", "id": 8, "members": [{"type": "way", "ref": 6, "role": ""}],
                "tags": {"railway": "station", "name": "Большой-1"}}  # fmt: skip
    elements = [*track(1, 1, 0), *area(7, 20, BOX, name__ru="Большой I"), building]
    elements += area(6, 30, BOX, railway__ref="BO")
    made = imported(
        tmp_path, *elements, station(9, 5, 5, "Bolshoi", name__ru="Большой I", railway__ref="BO")
    )
    assert [s.source for s in made.stations] == ["OpenStreetMap node 9"]
    assert "Большой-1" in made.stations[0].names
    assert made.report.counts["stations_merged"] == 3
    far = [(east + 600, north) for east, north in BOX]
    elements = [*track(1, 1, 0), *area(7, 20, far, name__en="Bolshoi")]
    assert len(imported(tmp_path, *elements, station(9, 5, 5, "Bolshoi")).stations) == 2


def test_areas_of_which_only_the_middle_is_known(tmp_path):
    """As Overpass has them with ``out center``, or the box with ``out bb``."""
    about = {"type": "way", "id": 7, "tags": {"railway": "station", "name": "Here"}}
    middle = {"center": {"lat": 60.0, "lon": 24.01}}
    box = {"bounds": {"minlat": 59.999, "maxlat": 60.001, "minlon": 24.0, "maxlon": 24.03}}
    for place, merged in ((middle, 0), (box, 1)):
        made = imported(tmp_path, *track(1, 1, 0), about | place, station(9, 1900, 5, "Here"))
        assert made.report.counts.get("stations_merged", 0) == merged
    nameless = about | middle | {"tags": {"railway": "station"}}
    assert imported(tmp_path, *track(1, 1, 0), nameless).report.counts["areas_unnamed"] == 1


def test_an_area_without_a_name(tmp_path):
    """It is that of the station in it, or none; its name is that of a station that has none."""
    elements = [*track(1, 1, 0), *area(7, 20, BOX)]
    inside = imported(tmp_path, *elements, station(9, 900, 5, "Inside"))
    assert [s.id for s in inside.stations] == ["inside"]
    assert inside.report.counts["stations_merged"] == 1
    outside = imported(tmp_path, *elements, station(9, 1500, 5, "Outside"))
    assert [s.id for s in outside.stations] == ["outside"]
    assert outside.report.counts["areas_unnamed"] == 1
    named = [*track(1, 1, 0), *area(7, 20, BOX, name="Name"), station(9, 900, 5, "")]
    assert [s.id for s in imported(tmp_path, *named).stations] == ["name"]


def test_stations_of_one_name_are_told_apart(tmp_path):
    """Far from each other they are two, and each has its number in its identifier."""
    made = imported(
        tmp_path, *track(1, 1, 0), station(9, 100, 10, "Twin"), station(10, 1900, 10, "Twin")
    )
    assert [s.id for s in made.stations] == ["twin-n9", "twin-n10"]


def test_a_station_without_a_name_has_its_number(tmp_path):
    """And is counted."""
    made = imported(tmp_path, *track(1, 1, 0), station(9, 100, 10, ""))
    assert (made.stations[0].id, made.stations[0].name) == ("n9", "station 9")
    assert made.report.counts["unnamed"] == 1


def test_stations_of_other_railways(tmp_path):
    """Left out, unless their kind of track is asked for; then they are on that track only."""
    elements = [*track(1, 1, 0), *track(2, 3, 40, railway="subway")]
    subway = station(9, 500, 0, "Under", station="subway")
    without = imported(tmp_path, *elements, subway)
    assert without.report.counts["other_stations"] == 1
    both = imported(tmp_path, *elements, subway, kinds=["rail", "subway"])
    assert {id_ for id_, _ in places_of(both, "under")} == {"w2", "w2.2"}


def test_ranks_and_kinds(tmp_path):
    """Where lines meet or the category says so, 1; other stations 2; the rest 3."""
    made = imported(
        tmp_path,
        *track(1, 1, 0),
        *track(2, 3, 30, name="Another"),
        way(4, 2, 4, service="crossover"),
        *track(3, 5, 3000),
        station(10, 800, 10, "Meeting"),
        station(11, 500, 3000, "Plain"),
        station(12, 1000, 3000, "High", railway__station_category="1"),
        station(13, 1500, 3000, "Point", "junction"),
        station(14, 200, 3000, "Yard", "yard"),
    )
    assert {s.name: (s.kind, s.rank) for s in made.stations} == {
        "Meeting": ("station", 1),
        "Plain": ("station", 2),
        "High": ("station", 1),
        "Point": ("junction", 3),
        "Yard": ("site", 3),
    }


def test_country_and_clock_by_position():
    """As the embedded stations have them, but for two on borders."""
    with (Path(data_folder()) / "stations.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    places = (np.array([float(row[c]) for row in rows]) for c in ("lon", "lat"))
    clocks = clocks_at(*places)
    wrong = {
        row["id"]: (country, zone)
        for row, country, zone in zip(rows, clocks.country, clocks.timezone, strict=True)
        if (country, zone) != (row["country"], row["timezone"])
    }
    assert len(rows) == len(journey.load_network().station_list)
    assert wrong == {
        "friendship-bridge": ("RU", "Asia/Vladivostok"),
        "yadrin": ("RU", "Asia/Yakutsk"),
    }


def test_a_station_on_a_pier_has_the_clock_of_the_land():
    """The nearest place on land, within half a degree; the open sea has no country."""
    lon, lat = np.array([132.0, 132.0, -30.0]), np.array([42.6, 42.2, 0.0])
    clocks = clocks_at(lon, lat)
    assert clocks.at_sea.tolist() == [False, True, True]
    assert clocks.country == ("RU", "RU", "")
    assert clocks.timezone[:2] == ("Asia/Vladivostok",) * 2


def test_stations_at_sea_make_one_doubt_the_file(tmp_path):
    """Where most are, longitude and latitude may be swapped."""
    elements = [*track(1, 1, 0), station(9, 500, 10, "Here")]
    for element in elements:
        if element["type"] == "node":
            element["lat"] -= 60.0
            element["lon"] -= 54.0
    made = imported(tmp_path, *elements)
    assert any("are longitude and latitude swapped?" in line for line in made.report.warnings)

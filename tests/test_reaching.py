"""How far a train can be: track, stations, gauges, bands."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.errors import InputError, UnknownPlaceError
from journey.network import Network
from journey.reaching import BOUNDS, Start, bands, reach, start_of
from journey.reaching.bands import MOST_BANDS, round_edges
from journey.reaching.layers import Halt, TrackPoint
from journey.reaching.results import Origin
from journey.reaching.searching import Search
from journey.reaching.starting import start_at
from journey.reaching.stating import read_terms
from journey.statements import Departure
from journey.turning import possible_turns
from tests.conftest import MIDNIGHT, make_scenario, make_section, make_station

SPEED, SPEED_KMH = "40..50..80", (40.0, 80.0)
CHANGE, CHANGE_H = "0:30..2:00", (0.5, 2.0)
CHANGES = ("0:15..1:00..6:00", 0.25, 6.0)


def by_id(found):
    """Reached stations by id."""
    return {each.station.id: each for each in found.stations}


def reached_km(network, place, **terms):
    """Kilometres by id of the stations that are reached."""
    return {key: each.km for key, each in by_id(reach(network, place, **terms)).items()}


class Walk:
    """A state is a train at a station of a section, headed one way, in stock of one gauge."""

    def __init__(self, network):
        self.points = [
            list(zip(s.station_ids, s.station_m.tolist(), strict=True))
            for s in network.section_list
        ]
        self.stations = {station.id: station for station in network.station_list}
        self.carries = [section.gauge.split("+") for section in network.section_list]
        turns = possible_turns(network.table, self.stations)
        self.follows, self.spots = {}, {}
        for out_of, into in zip(turns.out_of.tolist(), turns.into.tolist(), strict=True):
            self.follows.setdefault(out_of, []).append(into)
        for section, on_it in enumerate(self.points):
            for index, (id_, _) in enumerate(on_it):
                self.spots.setdefault(id_, []).append((section, index))

    def standing(self, id_, gauge):
        """Trains of a gauge at a station, headed either way."""
        here = [(s, i) for s, i in self.spots[id_] if gauge in self.carries[s]]
        return [(*spot, way, gauge) for spot in here for way in (1, -1)]

    def changed(self, id_, gauge):
        """Trains that have just changed their gauge."""
        has = {other for s, _ in self.spots[id_] for other in self.carries[s]} - {gauge}
        able = self.stations[id_].can_reverse
        return [state for other in has for state in self.standing(id_, other) if able]

    def moved(self, section, index, way, gauge):
        """The train at the next station, and how far that is, km; at an end in the next section."""
        on_it = self.points[section]
        if 0 <= index + way < len(on_it):
            km = abs(on_it[index + way][1] - on_it[index][1]) / 1000
            return [(km, (section, index + way, way, gauge))]
        return [
            (
                0.0,
                (arc // 2, (len(self.points[arc // 2]) - 1) * (arc % 2), 1 - 2 * (arc % 2), gauge),
            )
            for arc in self.follows.get(2 * section + (way < 0), [])
            if gauge in self.carries[arc // 2]
        ]

    def cost(self, place, gauge, per_km, per_change):
        """Least cost to every station from a place, in stock of one gauge."""
        number = itertools.count()
        queue = [(0.0, next(number), state) for state in self.standing(place, gauge)]
        done, cost = set(), dict.fromkeys(self.stations, np.inf)
        while queue:
            so_far, _, state = heapq.heappop(queue)
            if state not in done:
                done.add(state)
                id_ = self.points[state[0]][state[1]][0]
                cost[id_] = min(cost[id_], so_far)
                after = [(km * per_km, each) for km, each in self.moved(*state)]
                after += [(per_change, each) for each in self.changed(id_, state[3])]
                for more, each in after:
                    heapq.heappush(queue, (so_far + more, next(number), each))
        return cost


@st.composite
def networks(draw):
    """A few nodes, joined by sections of several gauges with stations and halts on them."""
    kinds = st.sampled_from(["station", "station", "halt", "junction"])
    count = draw(st.integers(3, 5))
    places = [
        (draw(st.integers(0, 9)) / 10 + i / 97, draw(st.integers(0, 9)) / 10) for i in range(count)
    ]
    nodes = [make_station(f"n{i}", *place, kind=draw(kinds)) for i, place in enumerate(places)]
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    halts = [make_station(f"m{i}", 0.3, 0.3, kind=draw(kinds)) for i in range(4)]
    sections = []
    for number, (a, b) in enumerate(draw(st.lists(pairs, min_size=2, max_size=7))):
        if a != b:
            # A station may lie on several tracks.
            middle = draw(st.lists(st.sampled_from(halts), max_size=2, unique_by=lambda s: s.id))
            gauge = draw(st.sampled_from(["1435", "1520", "1435+1520"]))
            km = float(draw(st.integers(5, 40)))
            section = make_section(nodes[a], nodes[b], km, *middle, gauge=gauge, id=f"s{number}")
            sections.append(section)
    sections.append(make_section(nodes[0], nodes[1], 17.0, gauge="1435+1520", id="last"))
    return Network((*nodes, *halts), tuple(sections))


@settings(max_examples=40)
@given(network=networks())
def test_stations_are_reached_when_a_walk_finds_them(network):
    """Best gauge at the earliest, worst at the latest; kilometres without the change of gauge."""
    found = by_id(reach(network, "n0", hours=700, speed=SPEED, gauge_change=CHANGE))
    sections = [s for s in network.section_list if "n0" in s.station_ids]
    gauges = sorted({gauge for section in sections for gauge in section.gauge.split("+")})
    walk = Walk(network)
    low, high, km, kept = (
        [walk.cost("n0", gauge, *pace) for gauge in gauges]
        for pace in (
            (1 / SPEED_KMH[1], CHANGE_H[0]),
            (1 / SPEED_KMH[0], CHANGE_H[1]),
            (1.0, 0.0),
            (1.0, np.inf),
        )
    )
    assert set(found) == {id_ for id_ in km[0] if min(each[id_] for each in km) < np.inf}
    for id_, each in found.items():
        assert each.km == pytest.approx(min(one[id_] for one in km), abs=1e-9)
        assert each.hours_low == pytest.approx(min(one[id_] for one in low), abs=1e-9)
        assert each.hours_high == pytest.approx(max(one[id_] for one in high), abs=1e-9)
        never = [one[id_] == np.inf for one in kept]
        expected = "yes" if all(never) else "perhaps" if any(never) else "no"
        assert each.gauge_change == expected


@settings(max_examples=20)
@given(network=networks(), hours=st.sampled_from([0.2, 0.45, 1.3]))
def test_track_agrees_with_the_stations_on_it(network, hours):
    """At every vertex the times are those of the station there; what is left out is too far."""
    found = reach(network, "n0", hours=hours, speed=SPEED, gauge_change=CHANGE)
    everything = by_id(reach(network, "n0", hours=700, speed=SPEED, gauge_change=CHANGE))
    assert set(by_id(found)) == {i for i, each in everything.items() if each.hours_low <= hours}
    for track in found.tracks:
        low = track.hours_low
        assert np.isfinite(low).all()
        assert low.max() <= hours
        rises = np.sign(np.diff(low))
        # One minimum, or none: never a maximum within.
        assert (np.diff(rises[rises != 0]) >= 0).all()
        for of_bound in (track.hours_central, track.hours_high):
            assert (of_bound[np.isfinite(of_bound)] <= hours).all()
            assert (of_bound >= low - 1e-9).all()
    for node in (station for station in network.station_list if station.id in by_id(found)):
        there = [
            float(track.hours_low[end])
            for track in found.tracks
            for end in (0, -1)
            if (track.lon[end], track.lat[end]) == (node.lon, node.lat)
        ]
        if node.id.startswith("n"):
            assert min(there) == pytest.approx(everything[node.id].hours_low, abs=1e-9)


@settings(max_examples=12)
@given(network=networks())
def test_more_hours_reach_no_less(network):
    """Stations of a short time are among those of a long one, at the same times."""
    short, long = (by_id(reach(network, "n0", hours=h, speed=SPEED)) for h in (0.4, 0.9))
    assert set(short) <= set(long)
    assert all(long[id_][:5] == each[:5] for id_, each in short.items())


@settings(max_examples=6)
@given(network=networks())
def test_it_is_as_far_back_as_there(network):
    """Every curve and every reversal can be run both ways."""
    for id_, km in reached_km(network, "n0", hours=700).items():
        assert reached_km(network, id_, hours=700)["n0"] == pytest.approx(km, abs=1e-9)


@settings(max_examples=12)
@given(network=networks(), bound=st.sampled_from(BOUNDS))
def test_bands_are_the_track_cut_at_hours(network, bound):
    """Together as long as all that is reached; each as long as its hours, track by track."""
    found = reach(network, "n0", hours=1.0, speed=SPEED, gauge_change=CHANGE)
    cut = bands(found, (0.0, 0.3, 0.55, 1.0), bound)
    assert [(band.hours_from, band.hours_to) for band in cut] == [(0, 0.3), (0.3, 0.55), (0.55, 1)]
    long = sum(degrees_long(line) for band in cut for line in band.lines)
    (whole,) = bands(found, (0.0, 1.0), bound)
    assert long == pytest.approx(sum(map(degrees_long, whole.lines)), abs=1e-9)
    reached = [np.isfinite(track.hours(bound)) for track in found.tracks]
    steps = sum(
        degrees_long((track.lon[i : i + 2], track.lat[i : i + 2]))
        for track, here in zip(found.tracks, reached, strict=True)
        for i in np.flatnonzero(here[1:] & here[:-1])
    )
    assert long == pytest.approx(steps, abs=1e-9)


def degrees_long(line):
    """Length of a line in degrees."""
    lon, lat = line
    return float(np.hypot(np.diff(lon), np.diff(lat)).sum())


def test_trains_from_both_sides_meet_within_a_section():
    """On a ring of 60 km the farthest point is 30 km away by either way: there track is cut."""
    corners = [
        make_station(f"c{i}", *place) for i, place in enumerate([(0, 0), (0.2, 0), (0.1, 0.2)])
    ]
    pairs = zip(corners, corners[1:] + corners[:1], (10.0, 30.0, 20.0), strict=True)
    ring = Network(tuple(corners), tuple(make_section(a, b, km) for a, b, km in pairs))
    found = reach(ring, "c0", hours=5, speed=60)
    ends = [float(track.hours_low[end]) for track in found.tracks for end in (0, -1)]
    # 10 km to one corner and 20 to the other; they meet 20 km on from the first.
    assert sorted(ends) == pytest.approx([0, 0, 1 / 6, 1 / 6, 1 / 3, 1 / 3, 0.5, 0.5])
    assert len(found.tracks) == 4
    assert found.frontiers == ()
    meeting = max(found.tracks, key=lambda track: track.hours_low.max())
    farthest = meeting.hours_low.argmax()
    assert meeting.lon[farthest] == pytest.approx(0.2 + (0.1 - 0.2) * 20 / 30)
    assert meeting.lat[farthest] == pytest.approx(0.2 * 20 / 30)


def test_track_is_cut_where_the_time_is_up(fork):
    """Half an hour at 60 km/h from the west: six kilometres beyond the junction, on both lines."""
    found = reach(fork, "west", hours=0.5, speed="30..60")
    early = [each for each in found.frontiers if each.bound == "earliest"]
    assert [(each.line, each.last.name) for each in early] == [
        ("Branch", "Junction"),
        ("Main", "Junction"),
    ]
    assert [each.beyond_km for each in early] == pytest.approx([6, 6])
    assert [each.km for each in early] == pytest.approx([30, 30])
    assert max(track.hours_low.max() for track in found.tracks) == 0.5
    (late,) = [each for each in found.frontiers if each.bound == "latest"]
    assert (late.last.name, late.km) == ("West", pytest.approx(15))
    (first,) = [track for track in found.tracks if track.lon.min() == -0.2]
    assert first.hours_high[np.isfinite(first.hours_high)].max() == 0.5
    assert np.isinf(first.hours_high).any()


def test_a_train_takes_no_turn_that_is_none(fork):
    """The branch curves only from the west: from the east a train turns round at the junction."""
    km = reached_km(fork, "east", hours=24)
    assert km["north"] == pytest.approx(25 + 22)
    posts = [station for station in fork.station_list if station.id != "junction"]
    post = make_station("junction", 0.0, 0.0, kind="post")
    bent = Network((*posts, post), fork.section_list)
    # Without a station there it has to go to the next one in the west.
    assert reached_km(bent, "east", hours=24)["north"] == pytest.approx(25 + 24 + 24 + 22)


def test_a_station_inside_a_section_is_left_both_ways(fork):
    """Two pieces that meet in it, or one with the least time inside."""
    # Also where the line has no vertex at the station.
    main = replace(fork.section_list[1], chainage_m=np.array([0.0, 25_000.0]))
    main = replace(main, lon=np.array([0.0, 0.2]), lat=np.zeros(2))
    main = replace(main, station_m=np.array([0.0, 10_000.0, 25_000.0]))
    straight = Network(fork.station_list, (fork.section_list[0], main, *fork.section_list[2:]))
    found = reach(straight, "middle", hours=0.1, speed=60)
    assert min(track.hours_low.min() for track in found.tracks) == 0
    ends = sorted(float(lon) for track in found.tracks for lon in track.lon[[0, -1]])
    assert ends[0] == pytest.approx(0.2 * (10 - 6) / 25)
    assert ends[-1] == pytest.approx(0.2 * (10 + 6) / 25)


def test_stock_keeps_its_gauge_or_takes_its_time(fork):
    """Beyond a stretch of both gauges lies 1520 mm: for 1435 mm that costs a change."""
    low, high = CHANGES[1:]
    far = by_id(reach(fork, "north", hours=24, speed=60, gauge=1435))["farther"]
    assert far.hours_low == pytest.approx((21 + 17) / 60 + low)
    assert far.hours_high == pytest.approx((21 + 17) / 60 + high)
    assert far.gauge_change == "yes"
    own = by_id(reach(fork, "north", hours=24, speed=60, gauge="1520"))
    assert own["farther"].hours_high == pytest.approx((21 + 17) / 60)
    assert own["farther"].gauge_change == "no"
    assert own["west"].hours_low == pytest.approx((22 + 24) / 60 + low)


def test_of_an_unknown_gauge_the_best_and_the_worst_count(fork):
    """In the middle as at the earliest: the gauge that needs the least."""
    found = reach(fork, "north", hours=24, speed="30..60")
    assert found.gauge == "1435 or 1520"
    farther = by_id(found)["farther"]
    assert farther.hours_low == pytest.approx(38 / 60)
    assert farther.hours_central == pytest.approx(38 / 45)
    assert farther.hours_high == pytest.approx(38 / 30 + CHANGES[2])


def test_track_has_the_same_times_as_its_stations(fork):
    """Of every gauge: the branch beyond the north is 1435+1520 mm as far as Far, then 1520 mm."""
    found = reach(fork, "north", hours=24, speed="30..60")
    ends = {round(float(t.lon.max()), 6): t for t in found.tracks if t.line == "Branch"}
    for id_, lon in (("far", 0.3), ("farther", 0.4)):
        station, track = by_id(found)[id_], ends[lon]
        assert track.hours_low[-1] == pytest.approx(station.hours_low)
        assert track.hours_central[-1] == pytest.approx(station.hours_central)
        assert track.hours_high[-1] == pytest.approx(station.hours_high)
    assert ends[0.4].hours_high[-1] == pytest.approx(38 / 30 + CHANGES[2])
    # In the west stock of 1435 mm is there at once, of 1520 mm only after a change.
    west = next(track for track in found.tracks if track.lon.min() == -0.2)
    assert west.hours_high.max() == pytest.approx(46 / 30 + CHANGES[2])
    assert west.hours_low.max() == pytest.approx(46 / 60)


def test_a_gauge_is_changed_only_at_stations():
    """Where both gauges meet at a post, one has to go back to a station that has both."""
    a, b = make_station("a", 0.0, 0.0), make_station("b", 0.1, 0.0)
    post, end = make_station("post", 0.2, 0.0, kind="post"), make_station("end", 0.3, 0.0)
    both = make_section(b, post, 10.0, gauge="1435+1520")
    sections = (make_section(a, b, 10.0), both, make_section(post, end, 10.0, gauge="1520"))
    line = Network((a, b, post, end), sections)
    assert by_id(reach(line, "a", hours=9, speed=60))["end"].hours_low == pytest.approx(0.75)
    lone = Network((a, b, post, end), (make_section(a, post, 10.0), sections[2]))
    assert "end" not in by_id(reach(lone, "a", hours=9, speed=60))


def test_khasan_at_59_kmh_covers_the_tables_of_kilometres(network):
    """24 h at 59 km/h are 1,416 km. Kilometres are sums of what the tables print.

    North: Khasan-Baranovsky 237 (RZD Tariff Guide 4, sections 96-044 and 96-045), from there by the
    posts from Moscow: Baranovsky 9199, Ussuriysk 9176, Bureya 8028, Tyukan 8006 (96-036 to 96-011
    and 94-005); Khabarovsk I-Komsomolsk-na-Amure 388 (96-022 to 96-023). South: Baranovsky-Ugolnaya
    56, Ugolnaya-Vladivostok 33 (96-039, 96-040). West: Tumangang 5, Mulgol 9.4 from it, Rajin 41.6
    from that, Kalli 782.8 from that (ja.wikipedia, P'yongra line), Pyongyang 19.1 from that, but
    8.0 less by Ryongsong.
    """
    found = reach(network, "Khasan", hours=24, speed=59)
    km = {each.station.name: each.km for each in found.stations}
    expected = {
        "Baranovsky": 237,
        "Ussuriysk": 237 + 23,
        "Khabarovsk I": 237 + 23 + 654,
        "Birobidzhan I": 237 + 23 + 654 + 173,
        "Bureya": 237 + (9199 - 8028),
        "Komsomolsk-na-Amure": 237 + 23 + 654 + 388,
        "Vladivostok": 237 + 56 + 33,
        "Tumangang": 5,
        "Mulgol": 5 + 9.4,
        "Rajin": 5 + 9.4 + 41.6,
        "Pyongyang": 5 + 9.4 + 41.6 + 782.8 + 19.1 - 8.0,
    }
    assert {name: round(km[name], 3) for name in expected} == pytest.approx(expected)
    assert km["Bureya"] <= 24 * 59 < 237 + (9199 - 8006)
    assert "Tyukan" not in km
    (north,) = [each for each in found.frontiers if each.bound == "earliest"]
    assert (north.last.name, round(north.beyond_km, 3), round(north.km, 3)) == ("Bureya", 8, 1416)
    ugolnaya = network.route("Khasan", "Ugolnaya").length_km
    assert km["Ugolnaya"] == pytest.approx(ugolnaya)
    assert km["Ch'ŏngjin Ch'ŏngnyŏn"] < km["Kimch'aek"] < km["Hamhŭng"] < km["Pyongyang"]


def test_khasan_tells_who_needs_the_change_of_gauge(network):
    """By the names of the stations in the data, with the time that was counted."""
    first, second, third, *_ = reach(network, "Khasan", hours=24, speed=59).notes
    assert first.startswith(
        "Stock of 1435 mm needs the change of gauge to go beyond Khasan towards Baranovsky, "
    )
    assert second.startswith("Stock of 1520 mm needs the change of gauge to go beyond ")
    for beyond in ("Mulgol towards Hongŭi", "Rajin towards Ch'ŏng'am"):
        assert beyond in second
    assert "15 min at the earliest" in third
    assert "6 h 00 min at most" in third
    assert "assumed" in third


def test_gauges_that_differ_by_little_are_one(fork):
    """Trains run from 1524 to 1520 mm, as from Finland to Russia; to 1435 mm none does."""
    wide = [
        replace(section, gauge={"1520": "1524", "1435+1520": "1520"}.get(section.gauge, "1435"))
        for section in fork.section_list
    ]
    line = Network(fork.station_list, tuple(wide))
    for gauge in (1524, 1520):
        found = by_id(reach(line, "far", hours=9, speed=60, gauge=gauge))
        assert found["farther"].hours_high == pytest.approx(17 / 60)
        assert found["border"].hours_high == pytest.approx(10.5 / 60)
        assert found["north"].gauge_change == "no"
        assert found["junction"].gauge_change == "yes"


def test_one_gauge_alone_is_not_spoken_of(network, fork):
    """Nor one that nobody comes near."""
    assert not any("gauge" in note for note in reach(network, "Khabarovsk I", hours=2).notes)
    assert not any("gauge" in note for note in reach(fork, "west", hours=0.1).notes)


def test_stations_come_by_distance(network):
    """And those as far away by their ids."""
    found = reach(network, "Ussuriysk", hours=10).stations
    keys = [(round(each.km, 3), each.station.id) for each in found]
    assert keys == sorted(keys)
    assert keys[0] == (0.0, "ussuriysk")


def test_moments_are_hours_after_the_start(fork):
    """An hour stays one across a change of the clock."""
    after = datetime(2023, 10, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    found = reach(fork, "west", hours=3, after=after)
    assert found.until - after.astimezone(UTC) == timedelta(hours=3)
    assert found.until.hour == 3
    assert found.moment(np.inf) is None
    assert reach(fork, "west", hours=3).until is None


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        ({"hours": 0}, "hours 0"),
        ({"hours": -1}, "hours -1"),
        ({"hours": float("nan")}, "hours"),
        ({"hours": 745}, "at most 744"),
        ({"hours": "soon"}, "soon"),
        ({"speed": 0}, "speed"),
        ({"speed": "70..50"}, "in order"),
        ({"after": "2023-09-12T06:00"}, "offset"),
        ({"gauge": "1067"}, "expected 1435"),
        ({"gauge": "1520"}, "West"),
        ({"gauge": "wide"}, "millimetres"),
        ({"gauge_change": "1"}, "duration"),
    ],
)
def test_nonsense_is_refused_in_one_line(fork, terms, named):
    """With the value, and what was expected."""
    with pytest.raises(InputError) as error:
        reach(fork, "west", **terms)
    assert named in str(error.value)
    assert "\n" not in str(error.value)


def test_a_place_must_be_on_track(fork):
    """One that is unknown, or a station that no track leads to."""
    with pytest.raises(UnknownPlaceError, match="did you mean West"):
        reach(fork, "Wets")
    lone = Network((*fork.station_list, make_station("lone")), fork.section_list)
    with pytest.raises(InputError, match="Lone: no track"):
        reach(lone, "lone")


def test_an_island_is_all_that_is_reached(fork):
    """What is not connected stays out; where track ends no time is up."""
    found = reach(fork, "island", hours=24)
    assert set(by_id(found)) == {"island", "reef"}
    assert found.frontiers == ()


def test_round_hours():
    """At most eight bands, the last of which may be short."""
    assert round_edges(24.0) == (0, 3, 6, 9, 12, 15, 18, 21, 24)
    assert round_edges(7.5) == (0, 1, 2, 3, 4, 5, 6, 7, 7.5)
    for hours in (0.1, 1.0, 13.0, 24.0, 100.0, 744.0):
        edges = round_edges(hours)
        assert 1 <= len(edges) - 1 <= MOST_BANDS
        assert edges[-1] == hours


def test_bands_are_of_what_is_reached_in_the_bound_asked_for(fork):
    """In 24 minutes at 60 km/h all of the first 24 km; at the latest half of them."""
    found = reach(fork, "west", hours=0.4, speed="30..60")
    (early,), (late,) = (bands(found, (0.0, 0.4), bound) for bound in ("earliest", "latest"))
    assert sum(map(degrees_long, early.lines)) == pytest.approx(0.2)
    assert sum(map(degrees_long, late.lines)) == pytest.approx(0.1)


@pytest.fixture(scope="module")
def journeys(fork):
    """Journeys from the west to the east at 60 km/h, begun within an hour."""
    leave = Departure(datetime(2023, 9, 10, tzinfo=UTC), datetime(2023, 9, 10, 1, tzinfo=UTC))
    return make_scenario("West", "East", depart=leave).simulate(fork, draws=2000, seed=1)


def test_journeys_that_are_in_one_place_reach_what_it_does(fork):
    """24 minutes after midnight the train is at the junction."""
    ensemble = make_scenario("West", "East", depart=MIDNIGHT).simulate(fork, draws=100)
    start = start_of(fork, ensemble, "2023-09-10T00:24+00:00")
    assert {(round(o.lon, 6) + 0.0, round(o.lat, 6)) for o in start.origins} == {(0.0, 0.0)}
    found, plain = (reach(fork, each, hours=3, speed="30..60") for each in (start, "junction"))
    assert found.after == datetime(2023, 9, 10, 0, 24, tzinfo=UTC)
    assert set(by_id(found)) == set(by_id(plain))
    for id_, each in by_id(found).items():
        assert each[1:5] == pytest.approx(by_id(plain)[id_][1:5], abs=1e-4)


def test_journeys_in_many_places_give_quantiles_over_them(fork, journeys):
    """At one o'clock they are anywhere on the 49 km, or have yet to begin or have arrived."""
    start = start_of(fork, journeys, "2023-09-10T00:49+00:00")
    found = by_id(reach(fork, start, hours=3, speed="30..60"))
    # Alike likely from km 49 to 0, those that left in the last eleven minutes stand at km 0.
    shares = (np.arange(64) + 0.5) / 64
    km = np.clip(49 - (1 - shares) * 60, 0, None)
    to_east = np.sort(49 - km)
    east = found["east"]
    rank = [int(np.ceil(share * 64)) - 1 for share in (0.05, 0.5, 0.95)]
    expected = to_east[rank] / [60, 45, 30]
    assert [east.hours_low, east.hours_central, east.hours_high] == pytest.approx(
        expected, abs=0.03
    )
    assert east.hours_low <= east.hours_central <= east.hours_high


def test_track_from_many_places_agrees_with_its_stations(fork, journeys):
    """At the station in the middle of a line as on the line; no piece has a maximum inside."""
    start = start_of(fork, journeys, "2023-09-10T00:49+00:00")
    found = reach(fork, start, hours=0.5, speed="30..60")
    middle = by_id(found)["middle"]
    near = [
        float(np.interp(0.1, track.lon, track.hours_low))
        for track in found.tracks
        if track.lon[0] <= 0.1 <= track.lon[-1] and track.lat.max() == 0
    ]
    assert min(near) == pytest.approx(middle.hours_low, abs=0.01)
    assert all(track.hours_low.max() <= 0.5 for track in found.tracks)


def test_of_many_places_those_with_the_gauge_are_kept(fork):
    """Half of the journeys stand on track of 1435 mm alone."""
    leave = Departure(MIDNIGHT.earliest, MIDNIGHT.earliest + timedelta(minutes=60))
    ensemble = make_scenario("Junction", "Far", depart=leave).simulate(fork, draws=2000, seed=1)
    start = start_of(fork, ensemble, "2023-09-10T00:30+00:00")
    found = reach(fork, start, gauge=1520, hours=2)
    assert 0 < len(found.origins) < len(start.origins)
    assert sum(origin.share for origin in found.origins) == pytest.approx(1)
    assert min(origin.lon for origin in found.origins) >= 0.15
    assert any(f"{len(found.origins)} remain" in note for note in found.notes)


def test_a_gauge_that_no_place_has_is_refused(fork, journeys):
    """All journeys are on track of 1435 mm."""
    start = start_of(fork, journeys, "2023-09-10T00:49+00:00")
    with pytest.raises(InputError, match="expected 1435"):
        reach(fork, start, gauge=1520)


@pytest.fixture(scope="module")
def mixed():
    """A station with main lines of 1435 and 1520 mm and a narrow one of 750 mm, each 30 km long."""
    hub = make_station("hub", 0.0, 0.0)
    ends = [make_station(name, lon, 0.1) for name, lon in (("w", -0.3), ("e", 0.3), ("n", 0.0))]
    gauges = ("1435", "1520", "750")
    sections = [make_section(hub, e, 30.0, gauge=g) for e, g in zip(ends, gauges, strict=True)]
    return Network((hub, *ends), tuple(sections))


def test_narrow_stock_keeps_its_gauge(mixed):
    """From the end of the narrow line no other is reached; from a broad one never the narrow."""
    narrow = reach(mixed, "n", hours=24, speed=60)
    assert set(by_id(narrow)) == {"n", "hub"}
    assert any("only gauges of 1,435 mm or more" in note for note in narrow.notes)
    assert not any("A change of gauge was counted" in note for note in narrow.notes)
    broad = reach(mixed, "e", hours=24, speed=60)
    assert set(by_id(broad)) == {"e", "hub", "w"}
    assert by_id(broad)["w"].gauge_change == "yes"


def test_narrow_stock_is_supposed_only_when_told(mixed):
    """Beside wider track; a note says so."""
    found = reach(mixed, "hub", hours=24, speed=60)
    assert found.gauge == "1435 or 1520"
    assert set(by_id(found)) == {"hub", "w", "e"}
    assert any("track of 750 mm too" in note and "--gauge 750" in note for note in found.notes)
    told = reach(mixed, "hub", hours=24, speed=60, gauge=750)
    assert set(by_id(told)) == {"hub", "n"}
    assert not any("750" in note and "not supposed" in note for note in told.notes)


def test_places_that_are_one_are_followed_once(fork):
    """Of four alike one counts as often as four do, with the times of the place alone."""
    start = start_at(fork, "west")
    four = start._replace(halts=start.halts * 4, origins=start.origins * 4)
    terms = read_terms(3, SPEED, CHANGE)
    search = Search.of(fork, four, None, terms)
    assert [len(each.every) for each in (*search.spreads, search.km)] == [1, 1, 1, 1]
    assert reach(fork, four, hours=3).stations == reach(fork, "west", hours=3).stations


@pytest.mark.parametrize("wide", ["1520", "1435"])
def test_many_places_are_the_quantiles_of_each_alone(fork, wide):
    """Whether there is a gauge to change, so that ways depend on the speed, or is none."""
    sections = [
        replace(each, gauge=each.gauge.replace("1435+1520", wide).replace("1520", wide))
        for each in fork.section_list
    ]
    line = Network(fork.station_list, tuple(sections))
    places = ["west", "junction", "east", "north", "far", "middle"]
    starts = [start_at(line, place) for place in places]
    halts = tuple(each.halts[0] for each in starts)
    origins = tuple(each.origins[0] for each in starts)
    whole = by_id(reach(line, Start("Six", halts, origins), hours=9, speed=SPEED))
    alone = [by_id(reach(line, each, hours=700, speed=SPEED)) for each in starts]
    for id_, station in whole.items():
        for number, share in ((1, 0.5), (2, 0.05), (3, 0.5), (4, 0.95)):
            found = sorted(each[id_][number] if id_ in each else np.inf for each in alone)
            expected = found[int(np.ceil(share * len(found))) - 1]
            assert station[number] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("hours", ["6:30", "390 min", "6.5 h", "6 h 30 min", "6.5", 6.5])
def test_hours_are_a_number_or_a_duration(hours):
    """A duration as elsewhere; a number stays one of hours."""
    assert read_terms(hours, 59, "1:00").hours == 6.5


@pytest.mark.parametrize("hours", ["6:75", "six h", "0:00", "800 h"])
def test_a_duration_that_is_none_is_refused(hours):
    """Or none that can be used."""
    with pytest.raises(InputError, match="hours"):
        read_terms(hours, 59, "1:00")


def test_ends_of_the_network_within_reach_are_told(fork):
    """The soonest first; none where the time is up before."""
    (note,) = [each for each in reach(fork, "west", hours=0.9, speed=60).notes if "ends" in each]
    assert note.startswith("At 2 ends of track the network itself ends before the time is up: ")
    assert "up: West and East; where" in note
    junction = reach(fork, "junction", hours=0.3, speed=60).notes
    assert not any("network itself ends" in each for each in junction)


def test_an_end_without_a_station_is_named_by_the_nearest():
    """One where only a mast stands has none on its section."""
    posts = [make_station("a", 0.0, 0.0), make_station("b", 0.1, 0.0)]
    line = make_section(*posts, 10.0)
    stub = replace(line, id="stub", start="b", end="x", station_ids=(), station_m=np.zeros(0))
    stub = replace(stub, lon=line.lon + 0.1, lat=line.lat)
    found = reach(Network(tuple(posts), (line, stub)), "a", hours=1, speed=60)
    (note,) = [each for each in found.notes if "network itself ends" in each]
    assert note.startswith("At 2 ends of track ")
    assert "up: A and B; where" in note


def test_every_crossing_of_many_places_is_found(fork):
    """As many as a fine comb through the times finds, however near to each other."""
    rng = np.random.default_rng(3)
    points = [
        TrackPoint(int(n), float(x * fork.table.length_m[n]))
        for n, x in zip(rng.integers(0, 3, 12), rng.uniform(0.1, 0.9, 12), strict=True)
    ]
    halts = tuple(Halt(str(number), (point,)) for number, point in enumerate(points))
    start = Start("Many", halts, (Origin(0.0, 0.0, 1 / 12),) * 12)
    combed = found = 0
    for hours in (0.05, 0.1, 0.15, 0.2, 0.3):
        search = Search.of(fork, start, None, read_terms(hours, "50..70", "1:00"))
        frontiers = reach(fork, start, hours=hours, speed="50..70", gauge_change="1:00").frontiers
        found += len(frontiers)
        assert all(np.isfinite(each.km) for each in frontiers)
        for section, length_m in enumerate(fork.table.length_m):
            at_m = np.linspace(0.0, length_m, 20_001)
            for spread in search.spreads:
                before = spread.at(np.full(at_m.size, section), at_m) < hours
                combed += int((before[1:] != before[:-1]).sum())
    assert found == combed > 20


def test_beyond_a_break_of_gauge_few_places_have_a_way():
    """Kilometres are those of the places that have one."""
    ends = make_station("a", 0.0), make_station("c", 0.2)
    halt = make_station("b", 0.1, kind="halt")
    sections = (make_section(ends[0], halt, 10.0), make_section(halt, ends[1], 10.0, gauge="1520"))
    line = Network((ends[0], halt, ends[1]), sections)
    at_m = ((0, 2_000.0), (0, 4_000.0), (0, 6_000.0), (0, 8_000.0), (1, 5_000.0))
    halts = tuple(Halt(str(each), (TrackPoint(*each),)) for each in at_m)
    start = Start("Five", halts, (Origin(0.0, 0.0, 0.2),) * 5)
    found = reach(line, start, hours=0.06, speed="50..60")
    assert by_id(reach(line, start, hours=9))["c"].km == pytest.approx(5)
    assert all(np.isfinite(each.km) for each in (*found.stations, *found.frontiers))
    assert any(each.line and each.lon > 0.1 for each in found.frontiers)


def test_a_change_of_gauge_may_take_no_time(fork):
    """Without a unit, and at once."""
    far = by_id(reach(fork, "north", hours=24, speed=60, gauge=1435, gauge_change=0))["farther"]
    assert far.hours_high == pytest.approx((21 + 17) / 60)


def test_a_bound_in_which_the_time_is_up_nowhere_is_told():
    """12 and 13.5 km on the stock waits for its change, 10 km from the start."""
    a, b, c = (make_station(name, lon) for name, lon in (("a", 0.0), ("b", 0.1), ("c", 0.2)))
    line = Network((a, b, c), (make_section(a, b, 10.0), make_section(b, c, 10.0, gauge="1520")))
    found = reach(line, "a", hours=0.3, speed="40..50", gauge_change="0:00..9:00")
    assert [each.bound for each in found.frontiers] == ["earliest"]
    (said,) = [each for each in found.notes if each.startswith("There is no point where")]
    assert "in the middle and at the latest: by then" in said
    every = reach(line, "a", hours=0.1, speed="40..50").notes
    assert not any(each.startswith("There is no point where") for each in every)


@pytest.mark.parametrize("off_m", [-1e-4, 0.0, 1e-4])
def test_a_frontier_at_a_station_is_not_beyond_it(fork, off_m):
    """Nor before it by less than a millimetre: 0.0 km, towards the next one."""
    found = reach(fork, "junction", hours=(12_500 + off_m) / 50_000, speed=50)
    (end,) = [e for e in found.frontiers if e.bound == "earliest" and e.near.id == "middle"]
    assert end.place == "Middle, 0.0 km beyond, towards East"

"""The page of how far a train can be, without a browser: what it says, draws, and does not run."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from journey.attribution import Credit, Provenance
from journey.clock import format_local
from journey.geodesy import ellipsoid
from journey.maps import reach_beside, reach_content
from journey.maps.paths import TRACK_OFF_DEG, track_path, track_paths
from journey.maps.reach_content import build_reach_content
from journey.maps.reach_layer import ReachLayer
from journey.maps.reach_map import draw_reach_map
from journey.maps.reach_scripts import for_reach_scripts
from journey.maps.reach_track import TICKS, cut_track, packed_track, simplified
from journey.network import Network
from journey.reaching import reach
from journey.reaching.results import hours_in_words
from journey.sample.columns import unpack
from tests.conftest import make_fork, make_section, make_station
from tests.exports import HOSTILE

EDGES_H = np.arange(3.0, 25.0, 3.0)
AFTER = "2023-09-12T06:00:00+10:00"


class Reader(HTMLParser):
    """The elements of a page, and its text outside of scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.hidden = [], "", 0
        self.links = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note the element and where it leads."""
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        self.hidden += tag in {"script", "style"}

    def handle_endtag(self, tag):
        """Leave a script."""
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        """Note what is read."""
        if not self.hidden:
            self.text += data


def rendered(found, network=None, **options):
    """The whole page."""
    return draw_reach_map(found, network=network, **options).get_root().render()


def page_data(page):
    """What the scripts of a page read."""
    (block,) = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


@pytest.fixture(scope="module")
def found(network):
    """From Khasan, 24 h at 50 to 70 km/h."""
    return reach(network, "Khasan", hours=24, speed="50..70", after=AFTER)


@pytest.fixture(scope="module")
def page(found, network):
    """Its page."""
    return rendered(found, network)


@pytest.fixture(scope="module")
def pieces(found):
    """Its track, cut."""
    return cut_track(found, EDGES_H)


def test_the_page_says_what_was_asked_and_found(found, page):
    """Title, period on the clock of the place, counts, caution, credits, each note."""
    text = Reader(page).text.replace("\xa0", " ")
    latest = sum(each.hours_high <= 24 for each in found.stations)
    for said in (
        "How far a train can be from Khasan in 24 h at 50 to 70 km/h",
        "From Tue 12 Sep 2023 06:00 to Wed 13 Sep 2023 06:00 (UTC+10)",
        f"{latest} stations within reach at the latest (50 km/h), {len(found.stations)} at the",
        "Not a live tracker",
        *found.notes,
        *(credit.text for credit in found.provenance.credits),
    ):
        assert said in text, said


def test_the_table_has_every_principal_station_with_its_clock(found, page):
    """Hours and local time at each bound, as Python has them."""
    principal = [each for each in found.stations if each.station.rank == 1]
    rows = re.findall(r"<tr data-station=.*?</tr>", page, re.DOTALL)
    assert len(rows) == len(principal) > 30
    for each, row in zip(principal, rows, strict=True):
        text = Reader(row).text
        assert each.station.name in text
        assert f"{each.km:,.0f} km" in text
        for hours in each[2:5]:
            assert hours_in_words(hours) in text
            assert format_local(found.moment(hours), each.station.zone) in text


def test_bands_end_at_round_hours_with_their_clock(found):
    """At most eight, the last with the time; the day once."""
    bands = build_reach_content(found)["bands"]
    assert [each["hours"] for each in bands] == [f"{hours} h" for hours in range(3, 25, 3)]
    assert [each["clock"] for each in bands][:2] == ["09:00", "12:00"]
    assert [each["day"] for each in bands if each["day"]] == ["Tue 12 Sep", "Wed 13 Sep"]
    assert [each["shade"] for each in bands] == list(range(8))


def test_track_is_cut_where_a_time_passes_a_bound(pieces):
    """All of a piece is in one band, and either sure or not."""
    for number, (band, sure) in enumerate(zip(pieces.band, pieces.sure, strict=True)):
        _, _, low, central, high = pieces.columns[:, slice(*pieces.first[number : number + 2])]
        assert (np.diff(low) >= 0).all() or (np.diff(low) <= 0).all()
        if band >= 0:
            assert (central <= EDGES_H[band] + 1e-6).all()
            assert (central >= EDGES_H[band] - 3 - 1e-6).all()
        if sure:
            assert (high <= 24 + 1e-6).all()
    assert {*pieces.band.tolist()} == {-1, *range(8)}
    assert not pieces.sure[pieces.band == -1].any()


def test_no_track_is_lost_by_cutting(found, pieces):
    """The pieces are as long as what was reached."""
    wanted_m = sum(ellipsoid().line_length(each.lon, each.lat) for each in found.tracks)
    spans = [slice(*pieces.first[number : number + 2]) for number in range(pieces.band.size)]
    cut_m = sum(ellipsoid().line_length(*pieces.columns[:2, span]) for span in spans)
    assert cut_m == pytest.approx(wanted_m, abs=1.0)


def test_thinned_track_is_near_and_keeps_its_ends(pieces):
    """Fewer vertices; where many are left it is drawn more coarsely, and says so."""
    thin, off_deg = simplified(pieces)
    assert off_deg == TRACK_OFF_DEG
    assert thin.columns.shape[1] < pieces.columns.shape[1]
    assert (thin.columns[:, thin.first[:-1]] == pieces.columns[:, pieces.first[:-1]])[:3].all()
    coarse, off_deg = simplified(pieces, most=200)
    assert off_deg > TRACK_OFF_DEG
    assert coarse.columns.shape[1] <= 200 + 2 * coarse.band.size


def test_hours_of_the_track_are_read_back(pieces):
    """To the part of the hours that a tick is, for every vertex of the path."""
    for kind in packed_track(pieces, 24.0):
        chosen = (pieces.band == kind["band"]) & (pieces.sure == kind["sure"])
        spans = [slice(*pieces.first[at : at + 2]) for at in np.flatnonzero(chosen)]
        low = np.concatenate([pieces.columns[2, span] for span in spans])
        assert np.abs(unpack(kind["low"]) / TICKS * 24 - low).max() < 24 / TICKS
        assert kind["path"].count("M") == len(spans)
        assert ("high" in kind) == kind["sure"]


def test_stations_travel_in_columns_that_read_back(found):
    """Places to 11 m, times to the second."""
    content = build_reach_content(found)
    columns = for_reach_scripts(content)["stations"]
    lat = unpack(columns["lat"]) / 10_000
    assert np.abs(lat - [each["lat"] for each in content["stations"]]).max() < 1e-4
    first_s = np.array([each["hours"][0] * 3600 for each in content["stations"]])
    assert np.abs(unpack(columns["after_s"][0]) - first_s).max() <= 0.5
    assert columns["name"] == [each["name"] for each in content["stations"]]


def test_same_reach_same_bytes(found, network, page):
    """Two maps of it are equal byte for byte; another one has another name."""
    assert rendered(found, network) == page
    other = draw_reach_map(replace(found, hours=23.0), network=network)
    assert other.get_name() != draw_reach_map(found, network=network).get_name()


def test_the_file_is_small_and_loads_nothing(page):
    """Below 400 KB; no element names a file or a host to load from."""
    assert len(page.encode()) < 400_000
    assert re.search(r"""<(script|img|iframe|link)[^>]*(src|href)=""", page) is None
    assert re.search(r"url\((?!data:|#)", page) is None
    assert "default-src 'none'" in page


def test_tiles_only_on_request(found, page):
    """Their host stands in the page only where it was asked for."""
    assert "tile.openstreetmap.org" not in page
    assert "tile.openstreetmap.org" in rendered(found, online_tiles=True)


def evil(network, name):
    """The network with one name for all it can be told."""
    stations = tuple(
        replace(each, name=name, name_ko=name, name_ru=name, native=name, aliases=(each.id,))
        for each in network.station_list
    )
    lines = tuple(replace(each, line=name) for each in network.section_list)
    said = Provenance(name, name, name, (Credit(name, f"javascript:{name}"),), name, name)
    return Network(stations, lines, said)


def page_of_names(name):
    """The page of a reach where everything has one name."""
    network = evil(make_fork(), name)
    found = reach(network, network.station_list[0].id, hours=1, speed="20..40")
    return rendered(replace(found, place=name, notes=(name,), gauge=name), network)


def test_nothing_from_data_is_markup_or_code():
    """Names that are meant to do harm make no element, no attribute, no link, no script."""
    # As long, so that the drawing has room for as many of them.
    harmless, harmful = Reader(page_of_names("n" * len(HOSTILE))), page_of_names(HOSTILE)
    read = Reader(harmful)
    assert Counter(read.tags) == Counter(harmless.tags)
    assert all(link.startswith("https://") for link in read.links)
    assert "<script>alert" not in harmful
    assert "{{7*7}}" in page_data(harmful)["place"]
    assert page_data(harmful)["stations"]["name"][0].startswith("=1+1</name>")


def test_of_one_speed_there_is_one_time(network):
    """One column, no track that is reached perhaps, one set of points where the time is up."""
    found = reach(network, "Pyongyang", hours=10, speed=59, gauge=1435)
    content = build_reach_content(found)
    assert [speed for _, speed in content["columns"]] == ["59 km/h"]
    assert all(each["sure"] for each in content["track"])
    assert {each["bound"] for each in content["frontiers"]} <= {"earliest"}
    assert content["period"] is None


def test_of_several_speeds_there_are_several_times_though_no_station_tells(fork):
    """On one section between two stations, of which only that of the start is reached."""
    found = reach(fork, "west", hours=0.2, speed="30..60", gauge=1435)
    assert {each.hours_low == each.hours_high for each in found.stations} == {True}
    content = build_reach_content(found)
    assert [name for name, _ in content["columns"]] == ["Earliest", "Central", "Latest"]
    assert [css for css, _ in content["key"]][1] == "journey-maybe"
    assert not any("0.2 h" in text for _, text in content["key"])
    told = [(each["bound"], each["place"], each["length"]) for each in content["frontiers"]]
    assert told == [(each.bound, each.place, f"{each.km:.1f}") for each in found.frontiers]


def test_track_beyond_is_drawn_where_the_network_is_known(found, network):
    """Thinly, under all else; without a network there is none."""
    assert build_reach_content(found, network)["beside"].startswith("M")
    assert build_reach_content(found)["beside"] == ""


def test_the_base_map_is_left_out_where_it_is_not():
    """At the equator there is neither land nor the name of a country."""
    fork = make_fork()
    content = build_reach_content(reach(fork, fork.station_list[0].name, hours=1))
    assert content["basemap"] == {}
    assert content["countries"] == []


def test_what_is_left_out_is_counted(found, monkeypatch):
    """Stations and points beyond what a browser can draw, rows beyond the principal stations."""
    monkeypatch.setattr(reach_content, "MOST_STATIONS", 5)
    monkeypatch.setattr(reach_content, "MOST_FRONTIERS", 1)
    content = build_reach_content(found)
    assert len(content["stations"]) == 5
    assert [each["rank"] for each in content["stations"]] == [1] * 5
    counted = for_reach_scripts(content)["reached_s"]
    latest = sum(each.hours_high <= 24 for each in found.stations)
    assert [each["count"] for each in counted] == [len(found.stations), latest]
    told = " ".join(content["notes"])
    for said in ("within 33 m", f"of the {len(found.stations)} stations", "draws 5", "first 1 "):
        assert said in told


def test_many_places_have_a_name_together(found):
    """Which is too long for a title; each is on the drawing."""
    many = replace(found, place="A journey, at noon", origins=found.origins * 3)
    page = rendered(many)
    text = Reader(page).text.replace("\xa0", " ")
    assert "How far a train can be in 24 h at 50 to 70 km/h" in text
    assert "From 3 places: A journey, at noon" in text
    assert page.count('class="journey-origin journey-among"') == 4


def test_a_place_without_way_out_has_a_page(found):
    """Nothing reached is no reason to fail."""
    alone = replace(found, tracks=(), stations=(), frontiers=())
    assert "0 stations within reach" in rendered(alone)


def test_foreign_content(found):
    """A content of another schema is refused by name."""
    with pytest.raises(Exception, match=r"journey\.reach-map/0"):
        ReachLayer(build_reach_content(found) | {"schema": "journey.reach-map/0"})


def test_paths_of_many_lines_are_those_of_each():
    """To the letter."""
    rng = np.random.default_rng(0)
    first = np.array([0, 2, 7, 10])
    lon, lat = rng.uniform(100, 101, 10), rng.uniform(40, 41, 10)
    each = [track_path(lon[a:b], lat[a:b]) for a, b in itertools.pairwise(first.tolist())]
    assert track_paths(lon, lat, first) == each
    assert track_paths(np.empty(0), np.empty(0), np.array([0])) == []


def test_of_very_much_track_beside_the_shortest_is_left_out(monkeypatch):
    """The long line is drawn still."""
    monkeypatch.setattr(reach_beside, "MOST_VERTICES", 0)
    monkeypatch.setattr(reach_beside, "MOST_LINES", 4)
    stations = [make_station(f"s{i}", i / 10_000, 40.0) for i in range(9)]
    far = make_station("far", 0.5, 40.0)
    short = [make_section(a, b, 0.01) for a, b in itertools.pairwise(stations)]
    table = Network((*stations, far), (*short, make_section(stations[0], far, 43.0))).table
    path = reach_beside.track_beside(table, [[39.0, -1.0], [41.0, 1.0]])
    assert path.count("M") == 1
    assert path.startswith("M0,")
    assert path.endswith("l5000,0")

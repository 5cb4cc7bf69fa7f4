"""What tags of a track say."""

from __future__ import annotations

import math

import pytest

from journey.errors import InputError
from journey.osm.curves import speed_kmh
from journey.osm.speeds import ASSUMED_KMH, kmh_of, speeds_of
from journey.osm.station_names import names_of, slug
from journey.osm.tags import KINDS, SERVICES, Selection
from journey.osm.traits import (
    electrification_of,
    gauge_of,
    line_of,
    structure_of,
    traits_of,
    usage_of,
)

USUAL = Selection.of(["rail", "narrow_gauge"], [])


@pytest.mark.parametrize(
    ("text", "gauge"),
    [
        ("1435", "1435"),
        ("1435;1520", "1435+1520"),
        ("1520; 1435", "1435+1520"),
        ("1000;1435;1668", "1000+1435+1668"),
        ("1435 mm", "1435"),
        ("1435;1435", "1435"),
        ("762.0", "762"),
        ("", ""),
        ("broad", ""),
        ("1435;broad", ""),
        ("14350", ""),
        ("90", ""),
    ],
)
def test_gauges(text, gauge):
    """The smallest first; what cannot be read is no gauge."""
    assert gauge_of(text) == gauge


@pytest.mark.parametrize(
    ("tags", "text"),
    [
        ({"electrified": "contact_line", "voltage": "25000", "frequency": "50"}, "25 kV AC 50 Hz"),
        ({"electrified": "contact_line", "voltage": "3000", "frequency": "0"}, "3 kV DC"),
        ({"electrified": "contact_line", "voltage": "15000", "frequency": "16.7"},
         "15 kV AC 16.7 Hz"),
        ({"electrified": "rail", "voltage": "750", "frequency": "0"}, "third rail 750 V DC"),
        ({"electrified": "contact_line"}, "electrified"),
        ({"electrified": "contact_line", "voltage": "25000;3000", "frequency": "50; 0"},
         "25 kV AC 50 Hz / 3 kV DC"),
        ({"electrified": "yes", "voltage": "25000;3000", "frequency": "50"}, "25 kV / 3 kV"),
        ({"electrified": "yes", "voltage": "25000;high"}, "electrified"),
        ({"electrified": "contact_line", "voltage": "1500"}, "1.5 kV"),
        ({"electrified": "no"}, "none"),
        ({}, "unknown"),
    ],
)  # fmt: skip
def test_electrification(tags, text):
    """As a railwayman would write it."""
    assert electrification_of(tags) == text


@pytest.mark.parametrize(
    ("tags", "posted", "low", "high"),
    [
        ({"maxspeed": "80"}, 80, 80, 80),
        ({"maxspeed": "60 mph"}, 96.56064, 96.56064, 96.56064),
        ({"maxspeed": "60;80"}, None, 60, 80),
        ({"maxspeed:forward": "100", "maxspeed:backward": "80"}, None, 80, 100),
        ({"maxspeed": "100", "maxspeed:backward": "80"}, None, 80, 100),
        ({"maxspeed": "120 km/h"}, 120, 120, 120),
    ],
)
def test_speed_limits_that_are_mapped(tags, posted, low, high):
    """One limit, or the two between which it is."""
    speeds = speeds_of({"railway": "rail", **tags})
    assert speeds.is_read
    assert speeds.posted_kmh == pytest.approx(posted) if posted else math.isnan(speeds.posted_kmh)
    assert (speeds.low_kmh, speeds.high_kmh) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"usage": "main"}, "main"),
        ({"usage": "main", "highspeed": "yes"}, "highspeed"),
        ({"usage": "branch", "maxspeed": "none"}, "branch"),
        ({"service": "yard", "usage": "main"}, "yard"),
        ({"usage": "military", "maxspeed": "signals"}, "industrial"),
        ({}, "through"),
        ({"railway": "narrow_gauge"}, "narrow_gauge"),
    ],
)
def test_speed_limits_that_are_not_mapped(tags, kind):
    """A range by class of track; the limit itself stays unknown."""
    speeds = speeds_of({"railway": "rail", **tags})
    assert speeds.is_read
    assert math.isnan(speeds.posted_kmh)
    assert (speeds.low_kmh, speeds.high_kmh) == ASSUMED_KMH[kind]


def test_what_cannot_be_read_is_told():
    """A gauge and a limit of another kind are missing, and named."""
    read = traits_of({"railway": "rail", "gauge": "wide", "maxspeed": "fast"})
    assert (read.gauge, read.not_read) == ("", ("gauge_not_read", "speed_not_read"))
    assert kmh_of("0") is None


def test_every_class_has_a_range():
    """Low and high, for every kind of track and every service that can be asked for."""
    assert all(0 < low < high for low, high in ASSUMED_KMH.values())
    assert set(SERVICES) < set(ASSUMED_KMH)
    assert set(KINDS) - {"rail"} < set(ASSUMED_KMH)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"railway": "rail"}, ""),
        ({"railway": "narrow_gauge"}, ""),
        ({"railway": "rail", "service": "crossover"}, ""),
        ({"railway": "rail", "service": "yard"}, "yard"),
        ({"railway": "rail", "disused": "yes"}, "not_in_use"),
        ({"railway": "abandoned"}, "not_in_use"),
        ({"railway": "construction"}, "not_in_use"),
        ({"railway": "tram"}, "other_kinds"),
        ({"railway": "platform"}, "not_track"),
        ({"highway": "primary"}, "not_track"),
    ],
)
def test_tracks_that_are_taken(tags, reason):
    """Through tracks and crossovers of the kinds asked for, in use."""
    assert USUAL.left_out(tags) == reason


def test_more_is_taken_where_asked_for():
    """Other kinds, and service tracks."""
    more = Selection.of(["rail", "tram"], ["yard"])
    assert more.left_out({"railway": "tram"}) == ""
    assert more.left_out({"railway": "rail", "service": "yard"}) == ""
    assert more.left_out({"railway": "narrow_gauge"}) == "other_kinds"


@pytest.mark.parametrize(
    ("kinds", "services", "words"),
    [
        (["rial"], [], "kinds 'rial': unknown; did you mean rail"),
        (["rail"], ["sidings"], "with 'sidings': unknown; did you mean siding"),
        ([], [], "kinds: empty"),
    ],
)
def test_what_is_not_known_cannot_be_asked_for(kinds, services, words):
    """The message offers what is meant."""
    with pytest.raises(InputError, match=words):
        Selection.of(kinds, services)


def test_usage_and_structures():
    """Through track, branches too; tunnels before bridges; a building passage is a tunnel."""
    assert usage_of({}) == usage_of({"usage": "branch"}) == "main"
    assert usage_of({"service": "crossover"}) == "main"
    assert usage_of({"usage": "main", "service": "siding"}) == "secondary"
    assert usage_of({"usage": "military"}) == "secondary"
    assert structure_of({"bridge": "viaduct"}) == "bridge"
    assert structure_of({"tunnel": "building_passage", "bridge": "no"}) == "tunnel"
    assert structure_of({"bridge": "no"}) == ""


@pytest.mark.parametrize(
    "name", ["Gleis 3", "Gleis 12a", "путь 2", "1 путь", "I путь", "1-й путь", "Track 1", "3", "Br"]
)
def test_names_that_are_no_lines(name):
    """Those of single tracks, and of bridges and tunnels; a number of the line may be there."""
    assert line_of({"name": name, "bridge:name": "Br"}) == ""
    assert line_of({"name": name, "bridge:name": "Br", "ref": "4200"}) == "4200"


@pytest.mark.parametrize("name", ["Line 3", "Транссиб", "Track of Honour", "Viaduct", "Torino 2"])
def test_names_that_are_lines(name):
    """Though some begin alike."""
    assert line_of({"name": name, "ref": "7"}) == name


@pytest.mark.parametrize(
    ("tags", "name", "native", "korean", "russian"),
    [
        ({"name": "Helsinki", "name:en": "Helsinki Central"}, "Helsinki", "", "", ""),
        ({"name": "Хасан", "name:en": "Khasan", "name:ru": "Хасан"}, "Khasan", "", "", "Хасан"),
        ({"name": "두만강역", "int_name": "Tumangang"}, "Tumangang", "", "두만강역", ""),
        ({"name": "北京", "name:zh-Latn": "Beijing"}, "Beijing", "北京", "", ""),
        ({"name": "Αθήνα"}, "Αθήνα", "", "", ""),
        ({"uic_name": "Nendeln"}, "Nendeln", "", "", ""),
        ({}, "", "", "", ""),
    ],
)
def test_names_of_stations(tags, name, native, korean, russian):
    """In Latin script where any name is, and as it is written on the spot."""
    names = names_of(tags)
    assert (names.name, names.native, names.name_ko, names.name_ru) == (
        name, native, korean, russian,
    )  # fmt: skip


def test_further_names_of_stations():
    """By language, and what else it is called."""
    names = names_of(
        {"name": "Turku", "name:sv": "Åbo", "alt_name": "Turku; Åbo C", "uic_ref": "7"}
    )
    assert names.by_language == (("sv", "Åbo"),)
    assert names.aliases == ("Åbo C", "7")
    assert slug("Åbo  C.") == "abo-c"


def test_curves_are_run_as_the_standard_has_it():
    """11.8 v² / R is the cant and its deficiency, 250 mm, on 1435 mm; broader gauge allows less."""
    assert 11.8 * speed_kmh(500, 1435) ** 2 / 500 == pytest.approx(250, rel=1e-3)
    assert speed_kmh(500, 1520) < speed_kmh(500, 1435)

"""``journey reach`` as a user meets it: table, JSON, GeoJSON, errors."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from journey.cli import run
from journey.errors import InputError
from journey.export.reach import reach_to_geojson, write_reach
from journey.network import Network
from journey.reach_table import reach_tables
from journey.reaching import reach
from journey.reaching.document import reach_document
from journey.terminal import show
from tests import exports
from tests.conftest import make_section, make_station

AFTER = "2023-09-12T06:00+10:00"
SEEN = ("Khasan", "--hours", "24", "--speed", "59")


SCENARIO = """
name  = "Khasan to Ussuriysk"
route = ["Khasan", "Ussuriysk"]

[depart]
earliest = 2023-09-12T06:00:00+10:00
latest   = 2023-09-12T08:00:00+10:00

[speed]
default = "30..60"
"""


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """What the command says in an empty folder: exit status, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def tell(*arguments):
        status = run(("reach", *arguments))
        return (status, *capsys.readouterr())

    return tell


@pytest.fixture(scope="module")
def found(network):
    """From Khasan, with a date."""
    return reach(network, "Khasan", hours=12, speed="50..70", after=AFTER)


@pytest.fixture(scope="module")
def features(found):
    """Features of its GeoJSON by kind."""
    by_kind = {}
    for feature in json.loads(reach_to_geojson(found))["features"]:
        by_kind.setdefault(feature["properties"]["kind"], []).append(feature)
    return by_kind


def test_the_table_shows_principal_stations_and_the_ends(told):
    """Bureya is the last one within 1,416 km; the change of gauge is spoken of."""
    status, out, err = told(*SEEN)
    assert (status, err) == (0, "")
    assert "Khasan: within 24 h at 59 km/h" in out
    lines = out.splitlines()
    (birobidzhan,) = [line for line in lines if "Birobidzhan I" in line]
    expected = "1087.0 Birobidzhan I 18 h 25 min 18 h 25 min (24 h 25 min) perhaps changed"
    assert " ".join(birobidzhan.split()) == expected
    assert "Bureya, 8.0 km beyond" in out
    latest = sum(
        each["hours_high"] <= 24 for each in json.loads(told(*SEEN, "--json")[1])["stations"]
    )
    assert f"at the earliest, {latest} at the latest; times in parentheses are beyond 24 h" in out
    assert " ".join(lines[2].split()) == "km Station 59 km/h 59 km/h 59 km/h Gauge"
    assert "beyond Khasan towards Baranovsky" in out
    assert "--all shows every one" in out
    assert "Bureya, 8.0 km beyond, towards Tyukan" in out
    assert out.count("Tyukan") == out.count("towards Tyukan")


def test_all_stations_are_shown_on_demand(told, network):
    """As many as are reached."""
    out = told(*SEEN, "--all")[1]
    assert "--all shows" not in out
    for each in reach(network, "Khasan", hours=24, speed=59).stations:
        assert each.station.name in out


def test_with_a_date_the_table_has_clocks(told):
    """Of each place: an hour earlier in the west."""
    out = told("Khasan", "--after", AFTER, "--hours", "1")[1]
    assert "Tue 12 Sep 2023 06:00 to 07:00 (UTC+10)" in out
    (line,) = [line for line in out.splitlines() if " Tumangang " in line and "UTC" in line]
    assert "Tue 12 Sep 05:04" in line
    assert "UTC+9" in line


def test_a_network_without_principal_stations_shows_all():
    """Or nothing would be shown of it."""
    ends = [make_station(name, lon, 0.0, rank=2) for name, lon in (("a", 0.0), ("b", 0.1))]
    plain = Network(tuple(ends), (make_section(*ends, 10.0),))
    table = reach_tables(reach(plain, "a", hours=1), every_station=False)[0]
    assert table.row_count == 2


def test_hostile_names_are_shown_as_they_are(capsys):
    """No markup, nothing that steers a terminal."""
    ends = [make_station("a"), make_station("b", 0.1, name=f"[red]{exports.CONTROL}")]
    bad = Network(tuple(ends), (make_section(*ends, 10.0, line="[bold]"),))
    reached = reach(bad, "b", hours=0.1)
    show(reach_tables(reached, every_station=True))
    out = capsys.readouterr().out
    assert "[red]" in out
    assert "[bold]" in out
    assert "\x1b" not in out
    json.loads(reach_to_geojson(reached))


def test_json_has_what_is_promised(told):
    """Schema, place, hours, speed and stations; and what belongs to them besides."""
    document = json.loads(told(*SEEN, "--json")[1])
    assert document["schema"] == "journey.reach/1"
    assert (document["place"], document["hours"]) == ("Khasan", 24)
    assert document["speed_kmh"] == {"low": 59, "central": 59, "high": 59}
    assert document["gauge_change_h"]["low"] == 0.25
    assert document["after"] is document["until"] is None
    names = {each["name"]: each for each in document["stations"]}
    bureya = names["Bureya"]
    assert (bureya["km"], bureya["hours_low"]) == (1408, round(1408 / 59, 4))
    assert (bureya["hours_high"], bureya["gauge_change"]) == (round(1408 / 59 + 6, 4), "perhaps")
    assert "earliest" not in bureya
    assert names["Rajin"]["gauge_change"] == "no"
    assert any("the latest for stock that must change" in each for each in document["notes"])
    assert max(each["hours_low"] for each in document["stations"]) <= 24


def test_json_is_the_same_on_every_run(told):
    """To the byte."""
    assert told(*SEEN, "--json") == told(*SEEN, "--json")


def test_moments_in_json_are_local_and_add_up(found):
    """Start plus hours, on the clock of the place."""
    document = reach_document(found)
    start = datetime.fromisoformat(document["after"])
    assert document["until"] == "2023-09-12T18:00:00+10:00"
    for each in document["stations"]:
        for hours, name in (("hours_low", "earliest"), ("hours_high", "latest")):
            moment = datetime.fromisoformat(each[name])
            passed_h = (moment - start).total_seconds() / 3600
            assert passed_h == pytest.approx(each[hours], abs=1 / 3000)
    offsets = {each["country"]: each["central"][-6:] for each in document["stations"]}
    assert offsets == {"RU": "+10:00", "KP": "+09:00"}


def test_what_stock_never_reaches_is_null():
    """A gauge that cannot be changed keeps a train on its own track."""
    a, b, c = (
        make_station(n, x, 0.0, kind="post") for n, x in (("a", 0.0), ("b", 0.1), ("c", 0.2))
    )
    line = Network((a, b, c), (make_section(a, b, 10.0), make_section(b, c, 10.0, gauge="1520")))
    stations = {s["id"]: s for s in reach_document(reach(line, "b", hours=9, speed=60))["stations"]}
    assert stations["c"]["hours_high"] is None
    assert stations["c"]["hours_low"] == round(1 / 6, 4)
    note = reach(line, "b", hours=9, speed=60).notes[0]
    assert note == "Stock of 1435 mm cannot go beyond B towards C: nowhere can it be changed."


def test_geojson_follows_its_schema(found):
    """RFC 7946, with a bounding box and what is known of the whole."""
    document = json.loads(reach_to_geojson(replace(found, stations=found.stations[:20])))
    schema = exports.schema("geojson-FeatureCollection.json")
    jsonschema.Draft7Validator(schema).validate(document)
    about = document["about"]
    assert about["schema"] == "journey.reach.geojson/1"
    assert about["speed_kmh"] == {"low": 50, "central": 60, "high": 70}
    assert about["until"] == "2023-09-12T18:00:00+10:00"
    assert any("OpenStreetMap" in credit["text"] for credit in about["attribution"])
    assert len({feature["id"] for feature in document["features"]}) == len(document["features"])


def test_geojson_has_bands_bounds_stations_and_origins(found, features):
    """Track hour by hour; all of it at the earliest, in the middle, at the latest; points."""
    edges = [(f["properties"]["hours_from"], f["properties"]["hours_to"]) for f in features["band"]]
    assert edges == [(i, i + 1) for i in range(12)]
    bounds = [feature["properties"]["bound"] for feature in features["reach"]]
    assert bounds == ["earliest", "central", "latest"]
    lengths = [length_deg(feature) for feature in features["reach"]]
    assert lengths[0] > lengths[1] > lengths[2] > 0
    assert sum(map(length_deg, features["band"])) == pytest.approx(lengths[1], rel=1e-5)
    assert len(features["station"]) == len(found.stations)
    stations = {feature["id"]: feature["properties"] for feature in features["station"]}
    assert stations["station.baranovsky"]["km"] == 237
    assert stations["station.baranovsky"]["earliest"].endswith("+10:00")
    ends = [feature["properties"] for feature in features["frontier"]]
    assert [(each["bound"], each["last"]) for each in ends] == [
        (each.bound, each.last.name) for each in found.frontiers
    ]
    assert all({"km", "line", "beyond_km"} <= set(each) for each in ends)
    assert features["frontier"][0]["geometry"]["type"] == "Point"
    (origin,) = features["origin"]
    assert origin["geometry"]["coordinates"] == pytest.approx([130.64528, 42.42806])


def length_deg(feature):
    """Length of all lines of a feature, degrees."""
    geometry = feature["geometry"]
    lines = geometry["coordinates"]
    lines = [lines] if geometry["type"] == "LineString" else lines
    return sum(np.hypot(*np.diff(np.array(line), axis=0).T).sum() for line in lines)


def test_a_file_is_written_whole(told):
    """Its path alone on stdout."""
    status, out, err = told(*SEEN, "-o", "new/reach.geojson")
    assert (status, out) == (0, "new/reach.geojson\n")
    assert "Khasan" in err
    assert json.loads(Path("new/reach.geojson").read_text(encoding="utf-8"))["features"]
    assert told(*SEEN, "-o", "new/reach.geojson", "--quiet")[2] == ""


def test_json_and_a_file_are_had_together(told):
    """JSON on stdout, the path on stderr."""
    _, out, err = told(*SEEN, "-o", "reach.geojson", "--json")
    assert json.loads(out)["place"] == "Khasan"
    assert err.endswith("written to reach.geojson\n")
    assert Path("reach.geojson").is_file()


@pytest.mark.parametrize("name", ["reach.kml", "reach", "reach.geojson.txt"])
def test_another_ending_is_refused(found, tmp_path, name):
    """Before anything is written."""
    with pytest.raises(InputError, match=r"expected \.html or \.geojson"):
        write_reach(found, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_journeys_of_a_scenario_take_the_place_of_a_station(told):
    """All of them, as they are at a moment."""
    Path("short.toml").write_text(SCENARIO, encoding="utf-8")
    arguments = ("--at", "2023-09-12T10:00+10:00", "--hours", "6", "--draws", "500", "--json")
    status, out, _ = told("--scenario", "short.toml", *arguments)
    assert status == 0
    document = json.loads(out)
    assert len(document["origins"]) == 64
    assert sum(origin["share"] for origin in document["origins"]) == pytest.approx(1)
    assert document["after"] == "2023-09-12T10:00:00+10:00"
    assert "as stated, at Tue 12 Sep 10:00 (UTC+10)" in document["place"]
    for each in document["stations"]:
        assert each["hours_low"] <= each["hours_central"]
    assert any("64 places" in note for note in document["notes"])
    assumed = "50 to 70 km/h is assumed, and is not the scenario's speed; --speed says another."
    assert assumed in document["notes"]
    early = ("--at", "2023-09-12T05:00+10:00", "--draws", "500", "--speed", "40", "--json")
    notes = json.loads(told("--scenario", "short.toml", *early)[1])["notes"]
    assert "In 100 % of the drawn journeys the train has not departed." in notes
    assert assumed not in notes


def test_a_doubt_of_the_journeys_is_told(told, monkeypatch):
    """As the command tells it that says where the train is."""
    monkeypatch.setattr("journey.view_words.doubt_in_words", lambda _: "A rough guess.")
    Path("short.toml").write_text(SCENARIO, encoding="utf-8")
    arguments = ("--at", "2023-09-12T08:00+10:00", "--draws", "100", "--hours", "1", "--json")
    assert "A rough guess." in json.loads(told("--scenario", "short.toml", *arguments)[1])["notes"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "PLACE: missing"),
        (("Kasan",), "did you mean Khasan"),
        (("Khasan", "--hours", "0"), "hours 0"),
        (("Khasan", "--hours", "nan"), "hours"),
        (("Khasan", "--hours", "1e9"), "at most 744"),
        (("Khasan", "--speed", "0"), "speed 0"),
        (("Khasan", "--speed", "fast"), "fast"),
        (("Khasan", "--after", "noon"), "noon"),
        (("Khasan", "--after", "2023-09-12T06:00"), "--after: time"),
        (("Khasan", "--gauge", "9" * 5000), "gauge"),
        (("Khasan", "--speed", "50.."), "its upper value is missing"),
        (("Khasan", "--speed", "..50"), "its lower value is missing"),
        (("Khasan", "--draws", "50"), "--draws: of no use"),
        (("Khasan", "--seed", "5"), "--seed: of no use"),
        (("Khasan", "--all", "--json"), "--all: of no use"),
        (("Khasan", "--all", "-o", "reach.html"), "--all: of no use"),
        (("Khasan", "--gauge", "1067"), "expected 1435 or 1520"),
        (("Vladivostok", "--gauge", "1435"), "expected 1520"),
        (("Khasan", "--gauge-change", "2"), "duration"),
        (("Khasan", "-o", "reach.kml"), "reach.kml"),
        (("Khasan", "--at", AFTER), "--after"),
        (("Khasan", "--sightings", "file.csv"), "--sightings"),
        (("--scenario", "vladivostok-2023"), "--at: missing"),
        (("--at", "noon"), "--at"),
        (("--at", AFTER, "--after", AFTER), "--after"),
    ],
)
def test_an_error_is_one_line(told, arguments, named):
    """With what is wrong, and exit status 2."""
    status, out, err = told(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("journey: ")
    assert named in err


def test_of_very_many_principal_stations_the_nearest_are_shown():
    """And how many more there are."""
    row = [make_station(f"p{i}", i / 100, 0.0) for i in range(70)]
    sections = (make_section(row[0], row[-1], 70.0, *row[1:-1]),)
    found = reach(Network(tuple(row), sections), "p0", hours=24)
    table, *notes = reach_tables(found, every_station=False)
    assert table.row_count == 60
    assert any("60 of 70 stations shown, the nearest" in str(note) for note in notes)
    assert reach_tables(found, every_station=True)[0].row_count == 70


def test_track_in_geojson_has_six_decimals(features):
    """0.1 m; no more."""
    for kind in ("band", "reach"):
        for feature in features[kind]:
            geometry = feature["geometry"]
            lines = geometry["coordinates"]
            lines = [lines] if geometry["type"] == "LineString" else lines
            degrees = [value for line in lines for place in line for value in place]
            assert degrees == [round(value, 6) for value in degrees]

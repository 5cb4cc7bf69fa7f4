"""The embedded dataset: it equals what its sources give, and holds together."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from pyproj import Geod

GEODATA = Path(__file__).resolve().parent.parent / "geodata"
GEOD = Geod(ellps="WGS84")
BUILT = ("stations.csv", "sections.geojson", "README.md", "datapackage.json")


def read_stations():
    """Rows of the station table by identifier."""
    with (GEODATA / "stations.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def read_sections():
    """Features of the sections by identifier."""
    text = (GEODATA / "sections.geojson").read_text(encoding="utf-8")
    return {feature["properties"]["id"]: feature for feature in json.loads(text)["features"]}


STATIONS = read_stations()
SECTIONS = read_sections()
each_section = pytest.mark.parametrize("feature", SECTIONS.values(), ids=SECTIONS)


def point_at(feature, km):
    """Longitude and latitude of a section at a chainage."""
    lon, lat = np.array(feature["geometry"]["coordinates"]).T
    measure = feature["properties"]["km"]
    return float(np.interp(km, measure, lon)), float(np.interp(km, measure, lat))


def length_km(*ids):
    """Official length of some sections together."""
    return sum(SECTIONS[id_]["properties"]["length_km"] for id_ in ids)


def test_committed_files_are_what_the_sources_give(tmp_path):
    """Building into an empty folder gives the committed files, byte for byte."""
    command = [sys.executable, str(GEODATA / "build.py"), "--output", str(tmp_path)]
    subprocess.run(command, check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(BUILT)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (GEODATA / name).read_bytes(), name


@pytest.mark.long
def test_check_passes_for_the_committed_files():
    """``build.py --check`` agrees with what is committed."""
    command = [sys.executable, str(GEODATA / "build.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_station_identifiers_are_unique_ascii_slugs():
    """Every row of the station table has an identifier of its own."""
    with (GEODATA / "stations.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert [id_ for id_, number in Counter(ids).items() if number > 1] == []
    assert all(id_.isascii() and id_.replace("-", "").isalnum() and id_.islower() for id_ in ids)


def test_names_and_aliases_do_not_clash():
    """No alias is also the name of another station, nor the alias of two."""
    names = Counter(row["name"].casefold() for row in STATIONS.values())
    aliases = Counter(
        alias.casefold()
        for row in STATIONS.values()
        for alias in filter(None, row["aliases"].split(";"))
    )
    assert max(aliases.values()) == 1
    assert not set(names) & set(aliases)


def test_most_principal_places_have_names_in_three_scripts():
    """Principal places have both other names but those for which no source was found."""
    bare = {
        id_
        for id_, row in STATIONS.items()
        if row["rank"] == "1" and not (row["name_ko"] and row["name_ru"])
    }
    assert bare == {
        "hungnam",
        "kowon",
        "namyang",
        "arkhara",
        "bureya",
        "obluchye",
        "shimanovskaya",
        "shkotovo",
        "spassk-dalny",
        "vyazemskaya",
        "zavitaya",
    }
    assert STATIONS["khabarovsk-i"]["name_ko"] == "하바롭스크"
    assert STATIONS["khabarovsk-i"]["name_ru"] == "Хабаровск I"
    assert STATIONS["rajin"]["name_ko"] == "라진"


@pytest.mark.parametrize(
    ("field", "letters"),
    [("name_ko", r"\uac00-\ud7a3"), ("name_ru", r"\u0410-\u044f\u0401\u0451")],
)
def test_names_are_in_their_own_script(field, letters):
    """A Korean name is in Hangul, a Russian one in the Russian alphabet; no two are the same."""
    names = [row[field] for row in STATIONS.values() if row[field]]
    pattern = rf"[{letters}][{letters}0-9 .()IVX-]*"
    assert [name for name in names if not re.fullmatch(pattern, name)] == []
    assert [name for name, number in Counter(names).items() if number > 1] == []


def test_every_added_name_has_its_source():
    """Names beyond the tables of the lines say where they come from, and reach the table."""
    with (GEODATA / "sources/station_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    added = [row for row in rows if row["name_ko"] or row["name_ru"]]
    assert len(added) > 20
    for row in added:
        assert row["names_source"], row["id"]
        station = STATIONS[row["id"]]
        assert row["name_ko"] in {"", station["name_ko"]}
        assert row["name_ru"] in {"", station["name_ru"]}


def test_every_clock_exists():
    """Each station names a time zone that the tz database knows, of its own country."""
    zones = {(row["country"], row["timezone"]) for row in STATIONS.values()}
    for _, zone in zones:
        ZoneInfo(zone)
    assert zones == {
        ("KP", "Asia/Pyongyang"),
        ("RU", "Asia/Vladivostok"),
        ("RU", "Asia/Yakutsk"),
    }


@pytest.mark.parametrize(
    ("station", "zone"),
    [
        ("khasan", "Asia/Vladivostok"),
        ("obluchye", "Asia/Vladivostok"),
        ("kundur-khabarovsky", "Asia/Yakutsk"),
        ("vostochny-cosmodrome", "Asia/Yakutsk"),
        ("friendship-bridge", "Asia/Pyongyang"),
    ],
)
def test_clock_changes_at_the_border_and_between_obluchye_and_kundur(station, zone):
    """The clocks on both sides of each change are the stated ones."""
    assert STATIONS[station]["timezone"] == zone


@each_section
def test_chainage_rises_from_zero_to_the_official_length(feature):
    """Kilometres run parallel to the vertices and increase strictly."""
    about = feature["properties"]
    km = np.array(about["km"])
    assert len(km) == len(feature["geometry"]["coordinates"])
    assert (km[0], km[-1]) == (0, about["length_km"])
    assert (np.diff(km) > 0).all()


@each_section
def test_timing_points_are_known_stations_in_order(feature):
    """Timing points begin and end with the section's ends and never run backwards."""
    about = feature["properties"]
    points = [(point["station"], point["km"]) for point in about["timing_points"]]
    assert points[0] == (about["start"], 0)
    assert points[-1] == (about["end"], about["length_km"])
    assert all(before < after for (_, before), (_, after) in pairwise(points))
    assert {id_ for id_, _ in points} <= set(STATIONS)


@each_section
def test_stations_stand_on_the_track_at_their_kilometre(feature):
    """The point of a station is the section's point at the station's chainage, within 30 m."""
    for point in feature["properties"]["timing_points"]:
        row = STATIONS[point["station"]]
        lon, lat = point_at(feature, point["km"])
        off_m = GEOD.inv(lon, lat, float(row["lon"]), float(row["lat"]))[2]
        assert off_m < 30, point


@each_section
def test_geometry_is_no_longer_than_the_official_length(feature):
    """Geodesic length is 85 to 100 % of the official one, or the datasheet says why not."""
    about = feature["properties"]
    lon, lat = np.array(feature["geometry"]["coordinates"]).T
    geodesic_km = GEOD.line_length(lon, lat) / 1000
    assert geodesic_km == pytest.approx(about["geodesic_km"], abs=0.001)
    assert geodesic_km <= about["length_km"]
    if geodesic_km < 0.85 * about["length_km"]:
        datasheet = (GEODATA / "README.md").read_text(encoding="utf-8")
        assert f"- `{about['id']}` ({geodesic_km / about['length_km']:.2f}): " in datasheet
        assert about["note"]


@each_section
def test_track_does_not_double_back(feature):
    """No vertex turns the line by 160 degrees or more: that would be a spike."""
    lon, lat = np.array(feature["geometry"]["coordinates"]).T
    heading = np.array(GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[0])
    turn = np.abs((np.diff(heading) + 180) % 360 - 180)
    assert turn.max(initial=0) < 160


@each_section
def test_coordinates_lie_in_the_region_with_five_decimals(feature):
    """Coordinates are longitude, latitude of the corridor, rounded to 0.00001 degrees."""
    points = np.array(feature["geometry"]["coordinates"])
    assert ((points > (125, 38.9)) & (points < (137.5, 52.5))).all()
    assert np.array_equal(np.round(points, 5), points)


def test_sections_meet_at_the_same_point():
    """All sections that end at a node share its coordinates to the last digit."""
    ends = {}
    for feature in SECTIONS.values():
        for side, vertex in (("start", 0), ("end", -1)):
            node = feature["properties"][side]
            ends.setdefault(node, set()).add(tuple(feature["geometry"]["coordinates"][vertex]))
    assert [node for node, points in ends.items() if len(points) > 1] == []


def test_every_station_lies_on_a_section():
    """No station is listed that a train could not pass."""
    passed = {
        point["station"]
        for feature in SECTIONS.values()
        for point in feature["properties"]["timing_points"]
    }
    assert passed == set(STATIONS)


@pytest.mark.parametrize(
    ("sections", "expected_km"),
    [
        (
            ("pyongyang-sopo", "sopo-kalli", "kalli-tongbungri", "tongbungri-chongam",
             "chongam-rajin", "rajin-mulgol", "mulgol-chokchi", "chokchi-tumangang"),
            852.9,
        ),
        (
            ("pyongyang-sopo", "sopo-tongbungri", "tongbungri-chongam",
             "chongam-rajin", "rajin-mulgol", "mulgol-chokchi", "chokchi-tumangang"),
            844.9,
        ),
        (("khasan-baranovsky", "baranovsky-ugolnaya", "ugolnaya-vladivostok"), 326),
        (("khasan-baranovsky", "baranovsky-ussuriysk"), 260),
        (
            ("ugolnaya-vladivostok", "baranovsky-ugolnaya", "baranovsky-ussuriysk",
             "ussuriysk-khabarovsk-i"),
            766,
        ),
        (
            ("khabarovsk-i-dezhnevka", "dezhnevka-volochayevka-ii",
             "volochayevka-ii-komsomolsk-na-amure"),
            388,
        ),
        (
            ("khasan-baranovsky", "baranovsky-ussuriysk", "ussuriysk-khabarovsk-i",
             "khabarovsk-i-dezhnevka", "dezhnevka-volochayevka-i",
             "volochayevka-i-birobidzhan-i", "birobidzhan-i-arkhara", "arkhara-belogorsk",
             "belogorsk-ledyanaya"),
            1673,
        ),
    ],
)  # fmt: skip
def test_official_lengths_add_up(sections, expected_km):
    """Sections along a known way add up to its published length."""
    assert length_km(*sections) == pytest.approx(expected_km, abs=0.05)


def test_only_courses_drawn_without_a_source_are_estimated():
    """Exactly the Ryongsong line, the way to Tumangang and the cosmodrome's branch are drawn."""
    drawn = {id_ for id_, f in SECTIONS.items() if f["properties"]["estimated"]}
    assert drawn == {
        "sopo-tongbungri",
        "mulgol-chokchi",
        "chokchi-tumangang",
        "ledyanaya-tsiolkovsky",
        "tsiolkovsky-vostochny-cosmodrome",
    }


def test_border_and_gauge_stand_where_published():
    """The state border is on the bridge, and four-rail track runs from Rajin to Khasan."""
    bridge = SECTIONS["tumangang-khasan"]
    (km,) = (
        point["km"]
        for point in bridge["properties"]["timing_points"]
        if point["station"] == "friendship-bridge"
    )
    lon, lat = point_at(bridge, km)
    assert GEOD.inv(lon, lat, 130.641271, 42.415217)[2] < 30
    four_rail = {id_ for id_, f in SECTIONS.items() if f["properties"]["gauge_mm"] == "1435+1520"}
    assert four_rail == {"rajin-mulgol", "mulgol-chokchi", "chokchi-tumangang", "tumangang-khasan"}


@pytest.mark.parametrize(
    ("one", "other", "passable"),
    [
        ("mulgol-chokchi", "hongui-chokchi", "no"),
        ("mulgol-chokchi", "chokchi-tumangang", "yes"),
        ("chongam-rajin", "chongam-hongui", "with a reversal"),
    ],
)
def test_table_of_turns_follows_the_kind_of_the_node(one, other, passable):
    """A train reverses at a station, but not at a junction."""
    lines = (GEODATA / "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if f"| `{one}` | `{other}` |" in line)
    assert line.endswith(f"| {passable} |")


def test_vostochny_is_a_thousand_kilometres_from_vladivostok():
    """Vladivostok to the cosmodrome is about 1,000 km as the crow flies, as was published."""
    ends = [
        (float(STATIONS[id_]["lon"]), float(STATIONS[id_]["lat"]))
        for id_ in ("vladivostok", "vostochny-cosmodrome")
    ]
    assert GEOD.inv(*ends[0], *ends[1])[2] / 1000 == pytest.approx(1000, rel=0.05)


def test_base_map_has_its_layers():
    """The base map holds land, lakes and borders, at most three decimals, and country names."""
    features = json.loads((GEODATA / "basemap.geojson").read_text(encoding="utf-8"))["features"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert kinds[:3] == ["land", "lakes", "borders"]
    names = {feature["properties"]["name"] for feature in features[3:]}
    assert {"Russia", "China", "North Korea"} <= names
    for feature in features:
        numbers = np.array(list(_numbers(feature["geometry"]["coordinates"])))
        assert np.array_equal(np.round(numbers, 3), numbers)


def _numbers(nested):
    if isinstance(nested, list):
        for part in nested:
            yield from _numbers(part)
    else:
        yield nested


def test_data_package_lists_what_the_wheel_carries():
    """The package describes each data file once, with its licence, and each field of the table."""
    package = json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))
    listed = [resource["path"] for resource in package["resources"]]
    told = {
        f"{kind}/{path.name}"
        for kind in ("scenarios", "trains")
        for path in (GEODATA / kind).glob("*.toml")
    }
    assert sorted(listed) == sorted({"stations.csv", "sections.geojson", "basemap.geojson"} | told)
    carried = tomllib.loads((GEODATA.parent / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = carried["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert all(f"geodata/{path.split('/')[0]}" in wheel for path in listed)
    fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert fields == list(next(iter(STATIONS.values())))


def test_data_package_names_every_licence():
    """The dataset, and each file, names the licences of what is in it."""
    package = json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))
    licences = {
        about.get("path", "all"): {licence["name"] for licence in about["licenses"]}
        for about in (package, *package["resources"])
    }
    assert licences["all"] == {"ODbL-1.0", "CC-BY-4.0", "other-pd"}
    assert licences["stations.csv"] == {"ODbL-1.0", "CC-BY-4.0"}
    assert licences["sections.geojson"] == {"ODbL-1.0", "CC-BY-4.0", "other-pd"}
    assert licences["basemap.geojson"] == {"other-pd"}
    assert "https://www.geonames.org/" in {source.get("path") for source in package["sources"]}


def test_licence_notice_attributes_every_source():
    """The notice names the licence of the dataset and whom to attribute."""
    notice = (GEODATA / "LICENSE.md").read_text(encoding="utf-8")
    for words in (
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "© OpenStreetMap contributors",
        "GeoNames",
        "CC BY 4.0",
        "Natural Earth",
        "public domain",
    ):
        assert words in notice


def test_sources_quote_nothing():
    """The tables carry facts; what the press wrote is not among them."""
    for path in (GEODATA / "sources").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert not {"wording", "local_wording", "words"} & set(header), path.name

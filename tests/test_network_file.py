"""A network as a GeoPackage: what is written is read, any GIS opens it, equal ones are equal."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pyogrio
import pytest

from journey import load_network
from journey.cli import run
from journey.errors import InputError
from journey.network import Network
from journey.network_file import read_about, read_network, write_network
from journey.osm import import_network
from journey.section_table import FIELDS, SectionTable
from journey.track import Structure
from tests.extracts import HELSINKI, LIECHTENSTEIN, node, written

COLUMNS = ("first", "chainage_m", "lon", "lat", "station_first", "station_m", "limit_first")


@pytest.fixture(scope="module")
def throat(tmp_path_factory):
    """The throat of Helsinki and the file it was written to."""
    path = tmp_path_factory.mktemp("network") / "helsinki.gpkg"
    return import_network(HELSINKI, path), path


def assert_same(read, table):
    """Every column of one table is that of another."""
    for name in FIELDS:
        assert read.values[name] == tuple(table.values[name]), name
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(read, name), getattr(table, name), name)
    for one, other in zip(read.limits, table.limits, strict=True):
        np.testing.assert_array_equal(one, other)
    assert read.station_ids == table.station_ids
    assert read.structures == table.structures
    assert read.heading_base_m == table.heading_base_m


@pytest.mark.parametrize("path", [HELSINKI, LIECHTENSTEIN])
def test_what_is_written_is_read(path, tmp_path):
    """To the last bit, unknown limits and straight track included."""
    made = import_network(path, tmp_path / "x.gpkg")
    stations, table, provenance = read_network(tmp_path / "x.gpkg")
    assert stations == made.stations
    assert provenance == made.provenance
    assert_same(table, made.table)


def test_the_embedded_network_too(tmp_path):
    """Sections without limits, courses estimated, names in three scripts."""
    network = load_network()
    table = network.table
    path = write_network(tmp_path / "x.gpkg", network.station_list, table, network.provenance)
    stations, read, provenance = read_network(path)
    assert (stations, provenance) == (network.station_list, network.provenance)
    assert_same(read, table)


def test_a_network_without_stations(tmp_path):
    """Nothing is special about it."""
    network = load_network()
    section = replace(network.section_list[0], station_ids=(), station_m=np.empty(0))
    bare = SectionTable.of([section])
    path = write_network(tmp_path / "x.gpkg", network.station_list[:0], bare, network.provenance)
    assert read_network(path)[0] == ()


def test_any_gis_opens_it(throat):
    """Layers with their coordinate system, lines with measures, columns one can read."""
    made, path = throat
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        contents = dict(file.execute("SELECT table_name, data_type FROM gpkg_contents"))
        shape = file.execute(
            "SELECT geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns "
            "WHERE table_name = 'sections'"
        ).fetchone()
        about = dict(file.execute("SELECT key, value FROM about"))
    assert contents == {"stations": "features", "sections": "features", "about": "attributes"}
    assert shape == ("LINESTRING", 4326, 0, 1)
    assert about["source"] == HELSINKI.name
    assert "OpenStreetMap contributors" in about["attribution"]
    assert (about["licence"], about["heading_base_m"]) == ("ODbL 1.0", "20.0")
    stations = gpd.read_file(path, layer="stations")
    assert stations.crs.to_epsg() == 4326
    assert stations["name"].tolist() == ["Helsinki"]
    assert stations.geometry.x[0] == made.stations[0].lon
    with pytest.warns(UserWarning, match=r"Measured \(M\) geometry"):
        sections = gpd.read_file(path, layer="sections")
    assert sections["length_m"].sum() == pytest.approx(made.table.length_m.sum())
    assert json.loads(sections["limits"][0])[0][0] == 0


def test_equal_networks_are_equal_files(throat, tmp_path):
    """Whatever the time, the time zone, the locale and the hashes of Python."""
    again = tmp_path / "again.gpkg"
    code = "import sys; from journey.osm import import_network; import_network(*sys.argv[1:])"
    subprocess.run(
        [sys.executable, "-c", code, str(HELSINKI), str(again)],
        check=True,
        env={"PATH": "", "TZ": "Asia/Vladivostok", "LC_ALL": "C", "PYTHONHASHSEED": "7",
             "PYTHONPATH": ":".join(filter(None, sys.path))},
    )  # fmt: skip
    assert again.read_bytes() == throat[1].read_bytes()


def test_letters_that_no_file_can_have(tmp_path):
    """Of a network made in Python: replaced, alike in every column, and nothing else is."""
    network = load_network()
    wrong = network.station_list[0]
    right = replace(
        wrong, id="a\0b", name="n\ud800", aliases=("\n\u202e", "می‌خواهم \\"), native="\x85"
    )
    sections = [
        replace(
            section,
            station_ids=tuple("a\0b" if id_ == wrong.id else id_ for id_ in section.station_ids),
            structures=(Structure("tunnel", 0.0, 1.0, "t\udfff"),),
            line="l\ud800",
        )
        for section in network.section_list
    ]
    made = Network((right, *network.station_list[1:]), sections)
    read = load_network(made.save(tmp_path / "x.gpkg", {"lengths": "\udcff.csv\nb"}))
    station = read.station_list[0]
    assert (station.id, station.name, station.native) == ("a�b", "n�", "�")
    assert station.aliases == ("��", "می‌خواهم \\")
    assert station.id in read.table.station_ids
    assert (read.section_list[0].line, read.table.structures[0][0].name) == ("l�", "t�")
    assert read_about(tmp_path / "x.gpkg")["lengths"] == "�.csv\nb"
    assert read.station_list[1:] == network.station_list[1:]


@pytest.mark.parametrize("earlier", [None, "2001-02-03T04:05:06Z"])
def test_the_moment_of_writing_is_that_of_one_file(earlier, tmp_path):
    """What else the process writes with GDAL keeps the moment that was set."""
    network = load_network()
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": earlier})
    try:
        network.save(tmp_path / "x.gpkg")
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == earlier
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def damaged(path, statement):
    """Change something in a file."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM about WHERE key = 'form'",
        "DELETE FROM about WHERE key = 'credits'",
        "DROP TABLE about",
        "UPDATE about SET value = 'much' WHERE key = 'heading_base_m'",
        "DROP TABLE stations",
        "ALTER TABLE sections DROP COLUMN gauge",
        "UPDATE sections SET limits = '[' WHERE fid = 3",
        "UPDATE sections SET limits = '[1],[2]' WHERE fid = 3",
        "UPDATE sections SET station_ids = 'null' WHERE fid = 3",
        "UPDATE sections SET geom = x'00' WHERE fid = 3",
        "UPDATE sections SET geom = NULL WHERE fid = 3",
        "UPDATE stations SET aliases = '7'",
        "UPDATE stations SET languages = '[]'",
        "UPDATE stations SET timezone = '../Moon'",
        "UPDATE stations SET lat = NULL",
        "UPDATE sections SET gauge = 'broad' WHERE fid = 3",
        "UPDATE sections SET gauge = NULL WHERE fid = 3",
    ],
)
def test_a_file_that_is_damaged(statement, throat, tmp_path):
    """One line that says so, and the remedy."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(throat[1].read_bytes())
    with closing(sqlite3.connect(path)) as file:
        triggers = file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        damaged(path, f'DROP TRIGGER "{name}"')
    damaged(path, statement)
    with pytest.raises(InputError, match=r"damaged, or not a network as journey writes it") as told:
        read_network(path)
    assert "\n" not in str(told.value)


def tampered(path, column, value, row=1):
    """Change one value of a file, as any program may."""
    with closing(sqlite3.connect(path)) as file, file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            file.execute(f'DROP TRIGGER "{name}"')
        table, _, name = column.partition(".")
        file.execute(f'UPDATE {table} SET "{name}" = ? WHERE rowid = ?', (value, row))  # noqa: S608


LIMIT = "[[0, null, 50, 60, null]{}]"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("stations.id", "", "station '': id '', expected every one once, and none empty"),
        ("stations.name", None, "station 'helsinki': name null, expected text"),
        ("stations.native", b"x", "native b'x', expected text"),
        ("stations.name_ru", "\u202ex", "name_ru '\\u202ex', expected letters"),
        ("stations.rank", "x", "rank 'x', expected a whole number"),
        ("stations.rank", 4, "rank 4, expected 1 to 3"),
        ("stations.lat", 9999.0, "station 'helsinki': lat 9999.0, expected -90 to 90"),
        ("stations.lon", float("inf"), "lon inf, expected -180 to 180"),
        ("stations.timezone", "Europe", "timezone 'Europe', expected a name of the tz database"),
        ("stations.aliases", "[[1]]", "aliases [1], expected text"),
        ("stations.aliases", '["\\ud800"]', "aliases '\\ud800', expected letters"),
        ("stations.languages", '{"fi": 1}', "languages 1, expected text"),
        ("sections.id", "w4253821", "section 'w4253821': id 'w4253821', expected every one once"),
        ("sections.line", None, "section 'w4247452': line null, expected text"),
        ("sections.start", "", "start '', expected the name of a node"),
        ("sections.gauge", "000", "gauge '000', expected millimetres"),
        ("sections.gauge", "1435+", "gauge '1435+', expected millimetres"),
        ("sections.tracks", "x", "tracks 'x', expected a whole number"),
        ("sections.estimated", 2, "estimated 2, expected 0 or 1"),
        ("sections.end_kind", "x", "end_kind 'x', expected nothing, or one of crossing, meeting"),
        ("sections.geom", "x", "section 'w4247452': geom 'x', expected a line"),
        ("sections.geom", b"GP", "section 1 of all: expected a line"),
        ("sections.station_ids", '["x"]', "station_ids 'x', expected stations of the layer"),
        ("sections.station_ids", "[1]", "station_ids 1, expected identifiers of stations"),
        ("sections.station_m", "[]", "station_m [], expected one for each of station_ids"),
        ("sections.station_m", "[99999]", "station_m 99999.0, expected 0 m to the length"),
        ("sections.station_m", "[NaN]", "station_m '[NaN]', expected lists of numbers"),
        ("sections.station_m", '["0"]', "expected lists of numbers"),
        ("sections.station_m", "[null]", "station_m null, expected numbers"),
        ("sections.station_m", "[1", "station_m '[1', expected JSON"),
        ("sections.limits", "[5]", "section 'w4247452': limits 5, expected lists in a list"),
        ("sections.limits", "[[0, 50]]", "limits [0, 50], expected 5 values"),
        ("sections.limits", "[[0, [1], 5, 5, 5]]", "damaged"),
        ("sections.limits", "[[500, null, 50, 60, null]]", "limits from 500.0, expected 0 m first"),
        ("sections.limits", LIMIT.format(", [9e9, null, 5, 6, null]"),
         "limits from 9000000000.0, expected 0 m to the length of the section"),
        ("sections.limits", LIMIT.format(", [9, null, 5, 6, null], [8, null, 5, 6, null]"),
         "limits from 8.0, expected no less than the one before"),
        ("sections.limits", "[[0, -5, 50, 60, null]]", "posted_kmh -5.0, expected more than 0"),
        ("sections.limits", "[[0, null, 50, 60, 0]]", "curve_kmh 0.0, expected more than 0 km/h"),
        ("sections.limits", "[[0, null, 50, null, null]]", "high_kmh nan, expected more than 0"),
        ("sections.limits", "[[0, null, 70, 60, null]]", "low_kmh 70.0, expected no more than"),
        ("sections.structures", '[["tunnel", 0, "x", 1]]', "expected lists of kind, from m"),
        ("sections.structures", '[["tunnel", 0, 99999, "x"]]', "structure ['tunnel', 0, 99999, "),
        ("sections.structures", '[["tunnel", 9, 8, "x"]]', "structure ['tunnel', 9, 8, 'x']"),
        ("sections.structures", '[["hole", 0, 1, "x"]]', "expected tunnel or bridge"),
    ],
)  # fmt: skip
def test_values_that_cannot_be(column, value, words, throat, tmp_path):
    """Which row, what it has, what was expected; and the remedy."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(throat[1].read_bytes())
    tampered(path, column, value)
    with pytest.raises(InputError) as told:
        read_network(path)
    assert words in str(told.value)
    assert str(told.value).startswith(f"{path}: damaged, or not a network")
    assert str(told.value).endswith("; import it again")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("vertex", "place", "words"),
    [
        (0, (24.9, 60.2, 1.0), "chainage 1.0, expected 0 m at the start"),
        (1, (24.9, 60.2, 0.0), "chainage 0.0, expected 0 m at the start, and to increase"),
        (1, (24.9, 60.2, np.nan), "chainage nan"),
        (slice(1, 3), (24.9, 60.2, np.inf), "chainage inf, expected 0 m at the start"),
        (-1, (24.9, 60.2, np.inf), "length inf, expected below"),
        (1, (np.nan, 60.2, 1.0), "section 'w4253821': lon nan, expected -180 to 180"),
        (1, (24.9, -91.0, 1.0), "section 'w4253821': lat -91.0, expected -90 to 90"),
    ],
)
def test_lines_that_cannot_be(vertex, place, words, throat, tmp_path):
    """The same of vertices: the second section has three."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(throat[1].read_bytes())
    with closing(sqlite3.connect(path)) as file:
        (geom,) = file.execute("SELECT geom FROM sections WHERE fid = 2").fetchone()
    head, line = geom[:-72], np.frombuffer(geom[-72:], dtype="<f8").reshape(3, 3).copy()
    line[vertex] = place
    tampered(path, "sections.geom", head + line.tobytes(), row=2)
    with pytest.raises(InputError) as told:
        read_network(path)
    assert words in str(told.value)


def test_lines_of_one_vertex(throat, tmp_path):
    """They lead nowhere."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(throat[1].read_bytes())
    with closing(sqlite3.connect(path)) as file:
        (geom,) = file.execute("SELECT geom FROM sections WHERE fid = 2").fetchone()
    tampered(path, "sections.geom", geom[:-76] + b"\1\0\0\0" + geom[-72:-48], row=2)
    with pytest.raises(InputError, match="section 'w4253821': vertices 1, expected 2 or more"):
        read_network(path)


@pytest.mark.parametrize("value", ["nan", "-1", "inf", "0"])
def test_a_base_of_headings_that_cannot_be(value, throat, tmp_path):
    """It is a length."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(throat[1].read_bytes())
    damaged(path, f"UPDATE about SET value = '{value}' WHERE key = 'heading_base_m'")  # noqa: S608
    with pytest.raises(InputError, match=rf"heading_base_m {value}, expected metres, more than 0"):
        read_network(path)


def test_a_file_without_sections(throat, tmp_path):
    """There is nothing to find a way on."""
    path = tmp_path / "x.gpkg"
    path.write_bytes(throat[1].read_bytes())
    tampered(path, "sections.line", "x")
    damaged(path, "DELETE FROM sections")
    with pytest.raises(InputError, match=r"\(no section in it, expected one or more\); import it"):
        read_network(path)


@pytest.mark.parametrize("name", ["x.csv", "x", ".gpkg", "x.gpkg.txt"])
def test_a_name_of_another_kind(name, throat, tmp_path, capsys):
    """What stands there stays, whoever writes."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match=r"expected a name that ends in \.gpkg"):
        load_network().save(tmp_path / name)
    (tmp_path / "lengths.csv").write_text("from,to,km\n")
    given = [str(throat[1]), "--lengths", str(tmp_path / "lengths.csv")]
    assert run(["network", "calibrate", *given, "-o", str(tmp_path / name)]) == 2
    assert "expected a name that ends in .gpkg" in capsys.readouterr().err
    assert (tmp_path / name).read_text() == "mine"


def test_what_is_said_of_no_file(tmp_path):
    """Of a folder, of what is no database, of what is not there: one line."""
    (tmp_path / "x.gpkg").write_bytes(b"no database at all" * 99)
    for path, words in ((tmp_path, "a folder"), (tmp_path / "x.gpkg", "damaged, or not a network"),
                        (tmp_path / "y.gpkg", "no such file")):  # fmt: skip
        with pytest.raises(InputError, match=words) as told:
            read_about(path)
        assert "\n" not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 99])
def test_a_file_that_is_none(content, tmp_path):
    """Neither a GeoPackage nor anything like it."""
    (tmp_path / "x.gpkg").write_bytes(content)
    with pytest.raises(InputError, match="not a network as journey writes it"):
        read_network(tmp_path / "x.gpkg")
    with pytest.raises(InputError, match="no such file"):
        read_network(tmp_path / "y.gpkg")


def test_a_geopackage_of_another_kind(tmp_path):
    """Of any other program."""
    places = gpd.GeoDataFrame({"a": [1]}, geometry=gpd.points_from_xy([1], [2]), crs="EPSG:4326")
    places.to_file(tmp_path / "x.gpkg", layer="about")
    with pytest.raises(InputError, match="not a network as journey writes it"):
        read_network(tmp_path / "x.gpkg")


def test_the_command(tmp_path, capsys):
    """The file on stdout, what was found on stderr, warnings marked."""
    path = tmp_path / "x.gpkg"
    assert run(["network", "import", str(HELSINKI), "-o", str(path)]) == 0
    told = capsys.readouterr()
    assert told.out == f"{path}\n"
    lines = told.err.splitlines()
    assert lines[0] == "140 sections, 16.0 km; 1 station"
    assert "2 tracks of yards left out" in lines
    assert "warning: 61 nodes missing from the extract: the tracks end there" in lines
    assert read_network(path)[1].values["gauge"][0] == "1524"


def test_the_command_for_machines(tmp_path, capsys):
    """JSON on stdout; quiet, only warnings are said; options are passed on."""
    arguments = [str(HELSINKI), "-o", str(tmp_path / "x.gpkg"), "--json", "--quiet"]
    wishes = ["--with", "yard, siding", "--kinds", "rail,subway"]
    assert run(["network", "import", *arguments, *wishes]) == 0
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document["schema"] == "journey.network-import/1"
    assert (document["stations"], document["source"]) == (3, HELSINKI.name)
    assert document["counts"]["ways_kept"] == 147
    assert document["warnings"] == [
        line.removeprefix("warning: ") for line in told.err.splitlines()
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope.osm.pbf", "-o", "x.gpkg"], "nope.osm.pbf: no such file"),
        ([str(HELSINKI), "-o", "x.gpkg", "--kinds", "rial"], "did you mean rail?"),
        ([str(HELSINKI), "-o", "x.csv"], "expected a name that ends in .gpkg"),
    ],
)
def test_wrong_usage(arguments, words, capsys):
    """Exit status 2 and one line."""
    assert run(["network", "import", *arguments]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


def test_a_network_has_a_default_file(tmp_path, monkeypatch, capsys):
    """Named like the extract, in the folder of all output; a calibrated one beside it."""
    monkeypatch.chdir(tmp_path)
    assert run(["network", "import", str(HELSINKI), "--quiet"]) == 0
    assert capsys.readouterr().out.strip() == "output/helsinki-throat.gpkg"
    assert (tmp_path / "output" / "helsinki-throat.gpkg").is_file()


def test_progress_is_told(tmp_path):
    """From nothing to all, never backwards."""
    told = []
    path = written(tmp_path, *map_of_a_line())
    for extract in (HELSINKI, path):
        import_network(extract, progress=lambda done, total: told.append(done / total))
        assert told == sorted(told)
        assert told[-1] == 1
        told.clear()


def map_of_a_line():
    """The least that is a network."""
    from tests.extracts import way

    return node(1, 0, 0), node(2, 90, 0), way(1, 1, 2)

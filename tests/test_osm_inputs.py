"""Extracts that are damaged, empty, foreign or malicious: one line each, never a traceback."""

from __future__ import annotations

import json

import pytest

from journey import extras
from journey.errors import InputError, OutputError
from journey.osm import import_network, json_file
from tests.extracts import HELSINKI, LIECHTENSTEIN, node, way, written

RAIL = {"railway": "rail", "gauge": "1520"}


def geojson(*features):
    """Features of tags, the kind of geometry and its coordinates."""
    listed = [
        {
            "type": "Feature",
            "properties": tags,
            "geometry": {"type": shape, "coordinates": coordinates},
        }
        for tags, shape, coordinates in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


LINE = (RAIL, "LineString", [[24, 60], [24.1, 60]])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.osm.pbf", b"", "empty; expected an extract"),
        ("x.osm.pbf", b"hello, this is no extract", "not OpenStreetMap data, or truncated"),
        ("x.osm.pbf", HELSINKI.read_bytes()[:4000], "not OpenStreetMap data, or truncated"),
        ("x.osm", HELSINKI.read_bytes(), "not OpenStreetMap data, or truncated"),
        ("x.osm", b"<osm version='0.6'><node id='1' lat='6", "not OpenStreetMap data, or trunc"),
        ("x.osm", b"<osm version='0.6'><node id='1' lat='6O' lon='24'/></osm>",
         "not OpenStreetMap data, or truncated"),
        ("x.osm", b"<osm version='0.6'></osm>", "no track in it; expected ways with railway=rail"),
        ("x.osm.bz2", b"BZh9 no", "not OpenStreetMap data, or truncated"),
        ("x.zip", b"PK", "unknown ending; expected .pbf, .osm"),
        ("x.json", b"{", "not JSON, or truncated"),
        ("x.json", b"[" * 100_000, "not JSON, or truncated"),
        ("x.json", b"[1]", 'expected "elements" of Overpass or "features" of GeoJSON'),
        ("x.json", b'{"elements": {}}', 'expected "elements" of Overpass'),
        ("x.json", b'{"elements": []}', "no track in it; expected ways with railway=rail"),
        ("x.geojson", geojson(LINE, (RAIL, "LineString", [[60, 124], [61, 124]])),
         "feature 2: no place at 60, 124; longitude and latitude look swapped"),
        ("x.geojson", geojson((RAIL, "LineString", [[385_000, 6_672_000], [0, 0]])),
         "feature 1: no place at 385000, 6672000; write the file in WGS 84"),
        ("x.geojson", geojson((RAIL, "LineString", [["a", "b"]])),
         r"feature 1: expected places as \[longitude, latitude\]"),
        ("x.geojson", geojson((RAIL, "LineString", [24, 60])), "expected places as"),
        ("x.geojson", geojson((RAIL, "LineString", [{}, [10**400, 1]])), "expected places as"),
        ("x.geojson", geojson((RAIL, "LineString", [[10**400, 1]])), "expected places as"),
        ("x.geojson", geojson((RAIL, "LineString", [[float("nan"), 1], [2, 3]])),
         "feature 1: no place at nan, 1"),
    ],
)  # fmt: skip
def test_what_is_no_extract(name, content, words, tmp_path):
    """The file, what is wrong with it, what was expected."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        import_network(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nodes_without_a_place(tmp_path):
    """As in files of editors: they are missing, and counted."""
    path = tmp_path / "x.osm"
    rail = "<tag k='railway' v='rail'/><tag k='gauge' v='1520'/></way></osm>"
    path.write_text(
        "<osm version='0.6'><node id='-1' lat='60' lon='24'/><node id='-2' lat='60' lon='24.1'/>"
        "<node id='-3'/><node id='-4'><tag k='railway' v='halt'/></node>"
        f"<way id='-9'><nd ref='-1'/><nd ref='-2'/><nd ref='-3'/>{rail}"
    )
    made = import_network(path)
    assert made.table.values["id"] == ("w-9",)
    assert (made.report.counts["nodes_missing"], made.report.counts["objects_damaged"]) == (1, 1)


def test_entities_are_not_expanded(tmp_path):
    """A file of a few bytes does not fill the memory."""
    path = tmp_path / "x.osm"
    path.write_text("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><osm version='0.6' generator='&a;'></osm>")
    with pytest.raises(InputError, match="not OpenStreetMap data"):
        import_network(path)


def test_a_file_of_all_history(tmp_path):
    """It has every object many times."""
    import osmium

    header = osmium.io.Header()
    header.has_multiple_object_versions = True
    osmium.SimpleWriter(str(tmp_path / "x.osh.pbf"), header=header).close()
    with pytest.raises(InputError, match="a file of all history"):
        import_network(tmp_path / "x.osh.pbf")


def test_a_file_that_is_not_there(tmp_path):
    """Or is a folder."""
    with pytest.raises(InputError, match="no such file"):
        import_network(tmp_path / "x.osm.pbf")
    with pytest.raises(InputError, match="is a directory"):
        import_network(tmp_path)


def test_an_extract_without_railway(tmp_path):
    """What was seen instead is counted."""
    elements = [node(1, 0, 0), node(2, 9, 0), way(1, 1, 2, railway="tram"),
                way(2, 1, 2, service="yard"), way(3, 1, 2, railway="", highway="path")]  # fmt: skip
    words = "found 1 other ways and 1 sidings, tracks of yards and spurs"
    with pytest.raises(InputError, match=words):
        import_network(written(tmp_path, *elements))


def test_an_extract_with_ways_alone(tmp_path):
    """All nodes missing: no network can be made of it."""
    with pytest.raises(InputError, match="the nodes of its 1 ways are missing"):
        import_network(written(tmp_path, way(1, 1, 2)))


def test_a_track_across_the_antimeridian(tmp_path):
    """It would be drawn around the Earth."""
    ends = [node(1, 0, 0) | {"lon": 179.99}, node(2, 0, 0) | {"lon": -179.99}]
    with pytest.raises(InputError, match=r"between nodes 1 and 2: .*; cut the extract there"):
        import_network(written(tmp_path, *ends, way(1, 1, 2)))


def test_an_extract_without_any_gauge(tmp_path):
    """None is invented; the remedy is named, and works."""
    path = written(tmp_path, node(1, 0, 0), node(2, 90, 0), way(1, 1, 2, gauge=""))
    with pytest.raises(InputError, match=r"no gauge is mapped in the extract; say which with"):
        import_network(path)
    assert import_network(path, gauge="1435;1520").table.values["gauge"] == ("1435+1520",)
    with pytest.raises(InputError, match="gauge 'broad': expected millimetres"):
        import_network(path, gauge="broad")


@pytest.mark.parametrize(
    "damaged",
    [
        1,
        None,
        {"type": "way"},
        {"type": "count", "id": 7, "tags": {"railway": "station"}},
        {"type": [], "id": 7},
        {"type": "way", "id": "7", "tags": RAIL},
        {"type": "way", "id": 7, "tags": RAIL},
        {"type": "way", "id": 7, "tags": RAIL, "nodes": ["a"]},
        {"type": "way", "id": 7, "tags": RAIL, "nodes": [1, 10**30]},
        {"type": "node", "id": 7, "tags": {"railway": "station"}},
        {"type": "node", "id": 7, "lat": 5e9, "lon": 1, "tags": {"railway": "station"}},
        {"type": "relation", "id": 7, "tags": {"railway": "station"}, "members": [3, {"ref": {}}]},
    ],
)
def test_damaged_elements_are_counted(damaged, tmp_path):
    """The rest is taken."""
    made = import_network(written(tmp_path, node(1, 0, 0), node(2, 90, 0), way(1, 1, 2), damaged))
    assert len(made.table) == 1
    assert made.report.counts["objects_damaged"] == 1
    assert any("dropped" in line for line in made.report.warnings)


def test_an_answer_that_was_broken_off(tmp_path):
    """Overpass says so at its end; the user is warned."""
    path = written(tmp_path, node(1, 0, 0), node(2, 90, 0), way(1, 1, 2))
    answer = json.loads(path.read_text()) | {"remark": "runtime error: Query timed out"}
    path.write_text(json.dumps(answer))
    assert import_network(path).report.counts["broken_off"] == 1


def test_geojson_of_many_makes(tmp_path):
    """Tags of ogr2ogr, lines in parts, heights, areas, features without geometry."""
    path = tmp_path / "x.geojson"
    others = '"gauge"=>"1520","maxspeed"=>"80","note"=>"a \\"b\\""'
    about = {"osm_id": "12", "railway": "rail", "name": "Лінія", "other_tags": others}
    parts = [[[24, 60, 5], [24.01, 60, 5]], [[24.01, 60], [24.02, 60]]]
    area = [[[24.004, 60], [24.006, 60], [24.006, 60.0001], [24.004, 60]]]
    path.write_bytes(
        geojson(
            (about, "MultiLineString", parts),
            ({"railway": "station", "name": "Middle", "@id": "way/7"}, "MultiPolygon", [area]),
            ({"railway": "switch"}, "Point", [24.01, 60]),
            (None, "GeometryCollection", None),
        )
    )
    made = import_network(path)
    assert set(made.table.values["id"]) == {"w12", "w12.2"}
    assert set(made.table.values["line"]) == {"Лінія"}
    assert made.table.limits.posted_kmh.tolist() == [80, 80]
    assert made.stations[0].source == "OpenStreetMap way 7"
    assert made.report.counts["objects_damaged"] == 1


@pytest.mark.parametrize(
    ("over", "sections"),
    [({}, 4), ({"layer": "0"}, 4), ({"bridge": "yes"}, 2), ({"layer": "1"}, 2)],
)
def test_geojson_of_lines_one_over_the_other(over, sections, tmp_path):
    """A vertex in common joins no lines at different levels; the end of a line joins all."""
    path = tmp_path / "x.geojson"
    west_east = (RAIL, "LineString", [[24, 60], [24.01, 60], [24.02, 60]])
    bridge = (RAIL | over, "LineString", [[24.01, 59.99], [24.01, 60], [24.01, 60.01]])
    path.write_bytes(geojson(west_east, bridge))
    assert len(import_network(path).table) == sections
    end = (RAIL, "LineString", [[24.01, 60], [24.02, 60.01]])
    path.write_bytes(geojson(west_east, bridge, end))
    assert len(import_network(path).table) == 5


def test_json_that_is_too_large(tmp_path, monkeypatch):
    """It would be read whole."""
    monkeypatch.setattr(json_file, "LARGEST_BYTES", 10)
    with pytest.raises(InputError, match=r"take the extract as \.osm\.pbf"):
        import_network(written(tmp_path, way(1, 1, 2)))


def test_names_are_what_they_are(tmp_path):
    """One line, no longer than OpenStreetMap allows; nothing in them is run."""
    name = "<b>x</b>\n" + "y" * 1000
    made = import_network(written(tmp_path, node(1, 0, 0), node(2, 90, 0), way(1, 1, 2, name=name)))
    line = made.table.values["line"][0]
    assert line.startswith("<b>x</b> y")
    assert len(line) == 255


@pytest.mark.parametrize(
    ("mapped", "taken"),
    [
        ("B\ud800b", "Bb"),
        ("a\0b \x1b[31mc", "ab [31mc"),
        ("a \0 b\x85c\td", "a b c d"),
        ("\u202ea\u202c\u2067b\u2069", "ab"),
        ("می‌خواهم \u200e", "می‌خواهم \u200e"),
    ],
)
def test_letters_that_are_none(mapped, taken, tmp_path):
    """What would end a text, steer a terminal or turn the direction of writing is dropped."""
    line = way(1, 1, 2, name=mapped)
    path = written(tmp_path, node(1, 0, 0), node(2, 90, 0), line)
    assert import_network(path, tmp_path / "x.gpkg").table.values["line"] == (taken,)


@pytest.mark.parametrize(("module", "path"), [("osmium", LIECHTENSTEIN), ("tzfpy", None)])
def test_packages_that_are_missing(module, path, monkeypatch, tmp_path):
    """The message says how to install them; JSON needs no pyosmium."""
    monkeypatch.setattr(extras, "is_there", lambda name: name != module)
    elements = [node(1, 0, 0), node(2, 90, 0), way(1, 1, 2),
                node(3, 9, 9, railway="halt", name="Halt")]  # fmt: skip
    with pytest.raises(InputError, match=rf"needs {module}; .*'journey\[osm\]'"):
        import_network(path or written(tmp_path, *elements))


def test_a_place_that_cannot_be_written(tmp_path):
    """One line too; the extract itself is never written over."""
    with pytest.raises(InputError, match=r"expected a name that ends in \.gpkg"):
        import_network(LIECHTENSTEIN, tmp_path / "x.osm.pbf")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="choose another"):
        import_network(LIECHTENSTEIN, tmp_path / "file" / "x.gpkg")


def test_an_answer_broken_off_says_so_even_if_empty(tmp_path):
    """As Overpass does when its time is up."""
    path = tmp_path / "answer.json"
    answer = {"remark": "runtime error: Query timed out", "elements": []}
    path.write_text(json.dumps(answer), encoding="utf-8")
    with pytest.raises(InputError, match=r"no track in it; .*Overpass broke its answer off"):
        import_network(path)

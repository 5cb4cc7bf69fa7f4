"""GeoJSON, CSV, GeoParquet and MF-JSON as other programs read them, beside what was drawn."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import jsonschema
import numpy as np
import pandas as pd
import pyogrio
import pytest
from pyarrow import parquet as pq
from pyproj import datadir
from shapely.geometry import shape

from journey.ensemble.windows import MOMENTS
from journey.export import (
    content_of,
    to_csv,
    to_frame,
    to_geojson,
    to_mfjson,
    to_parquet,
)
from journey.export.csv_table import safe
from journey.export.features import REPORT, TIMING_POINT, TRAJECTORY
from journey.export.parquet import COLUMNS
from journey.export.plain import clean
from journey.scenario_file import load_scenario
from tests import exports

KML = {"kml": "http://www.opengis.net/kml/2.2", "gx": "http://www.google.com/kml/ext/2.2"}
GPX = "{http://www.topografix.com/GPX/1/1}"


@pytest.fixture(scope="module")
def views(fork):
    """Headline and as reported."""
    return exports.views(fork, exports.scenario())


@pytest.fixture(scope="module")
def content(views):
    """What is exported of them."""
    return content_of(views)


@pytest.fixture(scope="module")
def hostile(fork):
    """A journey with names and words that are meant to do harm."""
    return exports.hostile(fork)


def test_geojson_follows_its_schema(content, hostile):
    """That of geojson.org, and what RFC 7946 says besides: no crs, order, bounds."""
    schema = exports.schema("geojson-FeatureCollection.json")
    for each in (content, hostile):
        document = json.loads(to_geojson(each))
        jsonschema.Draft7Validator(schema).validate(document)
        assert "crs" not in document
        west, south, east, north = document["bbox"]
        total = gpd.GeoSeries([shape(f["geometry"]) for f in document["features"]]).total_bounds
        assert (west, south, east, north) == pytest.approx(total)
    assert not re.search(r"\d\.\d{8}", to_geojson(content))


def test_geojson_is_read_by_gdal(content, views, tmp_path):
    """By pyogrio and by geopandas: windows, and every trajectory."""
    path = tmp_path / "a.geojson"
    path.write_text(to_geojson(content), encoding="utf-8")
    for read in (pyogrio.read_dataframe, gpd.read_file):
        frame = read(path)
        assert frame.crs == "EPSG:4326"
        points = frame[frame.kind == TIMING_POINT]
        exports.check_points(points, views, {f"{each}_utc": each for each in MOMENTS})
        exports.check_points(points, views, {each: each for each in MOMENTS})
        assert set(points[points.station == "far"].name_ru) == {"Даль"}
    assert pyogrio.list_layers(path)[0, 0] == "Übung 1"
    lines = frame[frame.kind == TRAJECTORY].set_index("id")
    for feature, view, moment in exports.tracks(content, views):
        line = lines.loc[feature.id]
        times = line.times if isinstance(line.times, list | np.ndarray) else json.loads(line.times)
        exports.check_track(view, moment, *line.geometry.xy, exports.seconds(times))


def test_geojson_says_of_itself_what_is_to_be_known(content):
    """Attribution, licence, seed and draws."""
    about = json.loads(to_geojson(content))["about"]
    assert about == content.about
    assert about["licence"]["url"] == "https://opendatacommons.org/licenses/odbl/1-0/"


def test_csv_has_a_row_for_each_window(content, views):
    """By pandas and by csv, which agree; positions and times are those of the windows."""
    text = to_csv(content)
    assert not text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n") == len(exports.windows(views)) + 1
    frame = pd.read_csv(io.StringIO(text, newline=""))
    places = gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame.lon, frame.lat))
    exports.check_points(places, views, {f"{each}_utc": each for each in MOMENTS})
    exports.check_points(places, views, {each: each for each in MOMENTS})
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row, (view, window) in zip(rows, exports.windows(views), strict=True):
        assert (row["basis"], row["name"]) == (view.basis, window.station.name)
        assert float(row["km"]) == pytest.approx(window.km, abs=1e-3)
        assert row["earliest"] == window.earliest.astimezone(window.zone).isoformat()
        assert (row["draws"], row["seed"], row["scenario"]) == ("2000", "3", "Übung 1")
        assert "OpenStreetMap contributors, ODbL" in row["attribution"]


def test_csv_has_no_text_that_a_spreadsheet_takes_for_a_formula(hostile):
    """Text gets an apostrophe; what follows it is the text."""
    rows = list(csv.DictReader(io.StringIO(to_csv(hostile), newline="")))
    name = next(row["name"] for row in rows if row["station"] == "north")
    assert name == f"'{clean(exports.HOSTILE)}"
    assert {row["name_ko"] for row in rows} == {"", "'+1"}
    assert {row["name_ru"] for row in rows} == {"", "'@A1", "Даль"}
    for row in rows:
        float(row["lon"])
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row.values())


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_only_text_gets_an_apostrophe(first):
    """Numbers and what is not known stay."""
    assert safe(f"{first}1") == f"'{first}1"
    assert (safe(-1.5), safe(None), safe("a=1")) == (-1.5, None, "a=1")


def test_parquet_is_read_by_geopandas(content, views, tmp_path):
    """Windows, trajectories and reports, with their types; the same as the frame."""
    path = tmp_path / "a.parquet"
    path.write_bytes(to_parquet(content))
    frame = gpd.read_parquet(path)
    assert len(frame) == len(content.features) == len(to_frame(content))
    assert frame.crs == "OGC:CRS84"
    points = frame[frame.kind == TIMING_POINT]
    exports.check_points(points, views, {f"{each}_utc": each for each in MOMENTS})
    exports.check_points(points, views, {each: each for each in MOMENTS})
    lines = frame[frame.kind == TRAJECTORY].set_index("id")
    for feature, view, moment in exports.tracks(content, views):
        line = lines.loc[feature.id]
        times_s = np.asarray(line.times, "datetime64[ms]").astype(float) / 1000
        exports.check_track(view, moment, *line.geometry.xy, times_s)
    assert (frame.kind == REPORT).sum() == len(exports.REPORTS)
    assert frame.drop(columns=["times"]).equals(to_frame(content).drop(columns=["times"]))
    assert to_frame(content).attrs == content.about


def test_parquet_has_the_metadata_of_its_standard(content, tmp_path):
    """GeoParquet 1.1, its system of coordinates by the schema of PROJJSON, and what is known."""
    path = tmp_path / "a.parquet"
    path.write_bytes(to_parquet(content))
    schema = pq.read_schema(path)
    geo = json.loads(schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert set(column["geometry_types"]) == {"Point", "LineString"}
    assert column["bbox"] == pytest.approx(json.loads(to_geojson(content))["bbox"])
    projjson = Path(datadir.get_data_dir(), "projjson.schema.json").read_text(encoding="utf-8")
    jsonschema.Draft7Validator(json.loads(projjson)).validate(column["crs"])
    assert json.loads(schema.metadata[b"journey"]) == content.about
    assert str(schema.field("times").type).startswith("list<element: timestamp[us, tz=UTC]")


def test_parquet_has_the_same_columns_whatever_is_known(content, fork):
    """So that files of several journeys can be read as one."""
    stated = exports.scenario("West", "East", headline=None, sightings=())
    plain = exports.content(fork, stated)
    schemas = [pq.read_schema(io.BytesIO(to_parquet(each))) for each in (content, plain)]
    assert schemas[0].equals(schemas[1])
    assert {key for each in content.features for key in each.properties} == set(COLUMNS)


def test_mfjson_follows_its_standard(content, hostile):
    """As far as it is made use of; a time for each position."""
    for each in (content, hostile):
        document = json.loads(to_mfjson(each))
        jsonschema.Draft7Validator(exports.MOVING_COLLECTION).validate(document)
        for feature in document["features"]:
            moving = feature["temporalGeometry"]
            assert len(moving["datetimes"]) == len(moving["coordinates"])
            (at_events,) = feature["temporalProperties"]
            for values in (at_events["km"], at_events["event"], at_events["station"]):
                assert len(values["values"]) == len(at_events["datetimes"])
        assert document["crs"]["properties"]["name"] == "urn:ogc:def:crs:OGC:1.3:CRS84"
        assert document["label"] == each.name


@pytest.mark.filterwarnings("ignore:Missing optional dependencies")
def test_mfjson_is_read_by_movingpandas(content, views, tmp_path):
    """Every trajectory, with kilometre and station at each event."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import movingpandas

        path = tmp_path / "a.mfjson"
        path.write_text(to_mfjson(content), encoding="utf-8")
        found = movingpandas.read_mf_json(path, traj_id_property="trajectory")
    read = {each.id: each.df for each in found.trajectories}
    for feature, view, moment in exports.tracks(content, views):
        frame = read[feature.id]
        times_s = frame.index.tz_localize("UTC").map(datetime.timestamp)
        exports.check_track(view, moment, frame.geometry.x, frame.geometry.y, times_s)
        at_events = frame[frame.station.notna()]
        assert list(at_events.station) == [each.station for each in feature.passages]
        assert at_events.km.is_monotonic_increasing


def test_hostile_text_is_only_text_in_json(hostile):
    """Nothing is lost but what XML cannot hold, the same as in the other formats."""
    written = clean(exports.HOSTILE)
    for document in map(json.loads, (to_geojson(hostile), to_mfjson(hostile))):
        assert document["about"]["scenario"] == written
    names = {e["properties"].get("name") for e in json.loads(to_geojson(hostile))["features"]}
    assert written in names
    assert written in set(to_frame(hostile).name)


@pytest.mark.long
def test_the_bundled_journey_is_exported_whole(network):
    """As in small, with breaks of gauge, three clocks, and thousands of vertices."""
    views = exports.views(network, load_scenario("vostochny-2023"), draws=10_000)
    content = content_of(views)
    for feature, view, moment in exports.tracks(content, views):
        lon, lat = np.array(feature.parts[0]).T
        exports.check_track(view, moment, lon, lat, exports.seconds(feature.times))
    frame = to_frame(content)
    exports.check_points(frame[frame.kind == TIMING_POINT], views, {e: e for e in MOMENTS})
    jsonschema.Draft7Validator(exports.MOVING_COLLECTION).validate(json.loads(to_mfjson(content)))

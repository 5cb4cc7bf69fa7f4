"""KML and GPX as other programs read them, beside the journeys that were drawn."""

from __future__ import annotations

from datetime import UTC
from importlib.resources import files

import fastkml
import gpxpy
import numpy as np
import pandas as pd
import pyogrio
import pytest
from lxml import etree

from journey.export import (
    content_of,
    to_gpx,
    to_kml,
)
from journey.export.plain import clean
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


def kml_tree(content):
    """The document, parsed by another library."""
    return etree.fromstring(to_kml(content).encode())


def test_kml_follows_its_schemas(content, hostile):
    """OGC KML 2.2, and Google's extension of it, as fastkml brings them."""
    path = str(files(fastkml) / "schema" / "kml22gx.xsd")
    schema = etree.XMLSchema(etree.parse(path))
    for each in (content, hostile):
        schema.assertValid(kml_tree(each))


def test_kml_tracks_are_the_trajectories(content, views):
    """A time for each position of every ``gx:Track``; windows are time spans."""
    tree = kml_tree(content)
    found = tree.findall(".//gx:Track", KML)
    for track, (_, view, moment) in zip(found, exports.tracks(content, views), strict=True):
        times = [each.text for each in track.findall("kml:when", KML)]
        coords = [each.text.split() for each in track.findall("gx:coord", KML)]
        lon, lat, _ = np.array(coords, dtype=float).T
        exports.check_track(view, moment, lon, lat, exports.seconds(times))
    folders = [each.text for each in tree.findall("kml:Document/kml:Folder/kml:name", KML)]
    assert folders == ["Headline", "As reported", "Reports"]
    styles = {f"#{each.get('id')}" for each in tree.findall(".//kml:Style", KML)}
    assert {each.text for each in tree.findall(".//kml:styleUrl", KML)} <= styles


def test_kml_is_read_by_gdal_and_by_fastkml(content, views, tmp_path):
    """Windows begin and end as they do, at their stations; reports have their places."""
    path = tmp_path / "a.kml"
    path.write_text(to_kml(content), encoding="utf-8")
    layers = [name for name in pyogrio.list_layers(path)[:, 0] if name.startswith("Timing")]
    frame = pd.concat([pyogrio.read_dataframe(path, layer=each) for each in layers])
    assert "begin" in frame.columns, "GDAL without LIBKML"
    exports.check_points(
        frame, views, {"begin": "earliest", "end": "latest", "central_utc": "central"}
    )
    assert list(frame.place) == [window.station.name for _, window in exports.windows(views)]
    document = fastkml.KML.parse(path).features[0]
    assert document.name == "Übung 1"
    assert "OpenStreetMap contributors" in document.description
    reports = document.features[-1].features
    assert [each.times.begin.dt for each in reports] == sorted(
        each.earliest for each in exports.REPORTS
    )


def test_kml_shows_hostile_text_as_text(hostile):
    """In names as it is; in descriptions, which are shown as HTML, escaped once more."""
    tree = kml_tree(hostile)
    names = [each.text for each in tree.iter("{*}name")]
    written = clean(exports.HOSTILE).replace("\r\n", "\n")
    assert f"{written}: pass" in names
    assert names.count(written) == 1
    for description in tree.iter("{*}description"):
        shown = etree.HTML(f"<div>{description.text}</div>")
        assert {each.tag for each in shown.iter()} <= {"html", "body", "div", "br"}
        assert "$[" not in description.text
    assert "CDATA" not in to_kml(hostile)
    data = {each.get("name"): each[0].text for each in tree.iter("{*}Data")}
    assert data["wording"] == written


def test_gpx_follows_its_standard(content, hostile):
    """No element that it does not know, each in its place; latitudes and longitudes as asked."""
    for each in (content, hostile):
        root = etree.fromstring(to_gpx(each).encode())
        assert root.tag == f"{GPX}gpx"
        assert root.get("version") == "1.1"
        for parent in root.iter():
            tags = [child.tag.removeprefix(GPX) for child in parent]
            order = exports.GPX_ORDER.get(parent.tag.removeprefix(GPX), "").split()
            assert tags == sorted(tags, key=order.index)
        for place in root.iter(f"{GPX}wpt", f"{GPX}trkpt"):
            assert set(place.attrib) == {"lat", "lon"}
            assert -90 <= float(place.get("lat")) <= 90
            assert -180 <= float(place.get("lon")) < 180


def test_gpx_is_read_by_gpxpy(content, views):
    """A waypoint for each station in order, a track for each trajectory."""
    found = gpxpy.parse(to_gpx(content))
    route = views[-1].ensemble.plan.route
    assert [each.name for each in found.waypoints] == [
        point.station.name for point in route.timing_points
    ]
    lon, lat = route.at(route.station_m / 1000)
    waypoints = found.waypoints
    off_m = exports.apart_m(
        [w.longitude for w in waypoints], [w.latitude for w in waypoints], lon, lat
    )
    assert off_m.max() < 1
    far = next(each for each in waypoints if each.name == "Far")
    first = views[0].ensemble.window_list(views[0].level)
    window = next(each for each in first if each.station.name == "Far")
    assert window.central.astimezone(window.zone).isoformat() in far.description
    for track, (_, view, moment) in zip(found.tracks, exports.tracks(content, views), strict=True):
        points = track.segments[0].points
        times_s = [each.time.astimezone(UTC).timestamp() for each in points]
        exports.check_track(
            view, moment, [p.longitude for p in points], [p.latitude for p in points], times_s
        )
    assert found.copyright_license == "https://opendatacommons.org/licenses/odbl/1-0/"
    assert "OpenStreetMap contributors" in found.copyright_author
    assert "seed 3" in found.description


def test_gpx_has_hostile_names_as_text(hostile):
    """As they are, but for characters that XML cannot hold."""
    found = gpxpy.parse(to_gpx(hostile))
    written = clean(exports.HOSTILE).replace("\r\n", "\n")
    assert found.name == written
    assert written in [each.name for each in found.waypoints]

"""What exports hold: windows, reports, and trajectories that keep to them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from journey.dataset import embedded_provenance
from journey.ensemble.windows import MOMENTS
from journey.errors import InputError, OutputError
from journey.export import (
    FORMATS,
    content_of,
    export_journey,
    format_of,
    to_csv,
    to_geojson,
    to_kml,
)
from journey.export.features import REPORT, ROUTE, TIMING_POINT, TRAJECTORY
from journey.export.plain import clean, local_text
from journey.export.tracks import timetable_of
from journey.network import Network
from journey.quantities import Range
from journey.statements import Departure, Stop
from journey.views import View
from tests import exports
from tests.conftest import at_speed, make_section, make_station

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@pytest.fixture(scope="module")
def views(fork):
    """Headline and as reported."""
    return exports.views(fork, exports.scenario())


@pytest.fixture(scope="module")
def content(views):
    """What is exported of them."""
    return content_of(views)


def test_every_view_has_its_route_its_windows_and_three_trajectories(content, views):
    """Headline first; then the reports, once."""
    for view in views:
        assert len(content.of(ROUTE, view.basis)) == 1
        assert len(content.of(TIMING_POINT, view.basis)) == len(view.ensemble.events)
        moments = [each.properties["moment"] for each in content.of(TRAJECTORY, view.basis)]
        assert moments == list(MOMENTS)
    assert content.bases == ("headline", "as reported")
    assert len(content.of(REPORT)) == len(exports.REPORTS)
    assert len({each.id for each in content.features}) == len(content.features)


def test_timing_points_are_the_windows(content, views):
    """On the clock of the place and in UTC, rounded as these are."""
    for view in views:
        windows = view.ensemble.window_list(view.level)
        for point, window in zip(content.of(TIMING_POINT, view.basis), windows, strict=True):
            said = point.properties
            assert (said["station"], said["event"]) == (window.station.id, window.event)
            assert said["rounded_to_s"] == window.grain_s
            for moment in MOMENTS:
                local = datetime.fromisoformat(said[moment])
                assert local == getattr(window, moment)
                assert local.utcoffset() == local.astimezone(window.zone).utcoffset()
                assert datetime.fromisoformat(said[f"{moment}_utc"]) == local
            assert point.span == (said["earliest_utc"], said["latest_utc"])


def test_trajectories_keep_to_the_windows_and_to_the_track(content, views):
    """Within a second at every event, within a metre everywhere, at every vertex of the way."""
    for feature, view, moment in exports.tracks(content, views):
        lon, lat = np.array(feature.parts[0]).T
        exports.check_track(view, moment, lon, lat, exports.seconds(feature.times))
        for passage in feature.passages:
            window_s = exports.seconds([feature.times[passage.position]])
            found = [
                window
                for window in view.ensemble.window_list(view.level)
                if (window.station.name, window.event) == (passage.station, passage.event)
            ]
            off_s = abs(getattr(found[0], moment).timestamp() - window_s[0])
            assert off_s <= found[0].grain_s


def test_at_a_halt_time_runs_and_the_train_stands(content):
    """From its arrival to its departure it is at one place."""
    feature = content.of(TRAJECTORY, "as reported")[2]
    arrive, depart = (each for each in feature.passages if each.station == "Far")
    assert (arrive.event, depart.event) == ("arrive", "depart")
    assert depart.position == arrive.position + 1
    assert feature.parts[0][arrive.position] == feature.parts[0][depart.position]
    stands_s = np.diff(exports.seconds([feature.times[each.position] for each in (arrive, depart)]))
    assert stands_s > 60


def test_a_halt_without_length_is_one_moment(fork):
    """And time still runs at every step."""
    stated = exports.scenario(
        "West", "Farther", stops=(Stop("Far", Range(0.0, 0.0)),), headline=None, sightings=()
    )
    (view,) = found = exports.views(fork, stated)
    for feature, _, moment in exports.tracks(content_of(found), found):
        assert [each.event for each in feature.passages if each.station == "Far"] == ["arrive"]
        lon, lat = np.array(feature.parts[0]).T
        exports.check_track(view, moment, lon, lat, exports.seconds(feature.times))


def test_events_at_one_moment_do_not_make_the_train_leap(fork):
    """The first of them is left, and at the end of all the last."""
    route = fork.route("West", "East")
    events_m = route.station_m
    assert len(events_m) == 4
    found = timetable_of(route, events_m, np.array([0.0, 1000.0, 1000.0, 2000.0]))
    assert found.event[found.event >= 0].tolist() == [0, 1, 3]
    found = timetable_of(route, events_m, np.array([0.0, 1000.0, 2000.0, 2000.0]))
    assert found.event[found.event >= 0].tolist() == [0, 1, 3]
    assert found.chainage_m[-1] == route.chainage_m[-1]
    for each in (found.unix_ms, found.chainage_m):
        assert (np.diff(each) > 0).all()


def test_a_reversal_is_run_there_and_back(fork):
    """The track turns round at the junction."""
    stated = exports.scenario("East", "North", stops=(Stop("Junction", Range(600.0, 900.0)),))
    found = exports.views(fork, stated)
    route = found[-1].ensemble.plan.route
    assert [each.station.name for each in route.reversals] == ["Junction"]
    for feature, view, moment in exports.tracks(content_of(found), found):
        lon, lat = np.array(feature.parts[0]).T
        exports.check_track(view, moment, lon, lat, exports.seconds(feature.times))
        assert lon.min() == pytest.approx(0.0, abs=1e-6)
        assert lon[0] == pytest.approx(0.2, abs=1e-6)


def test_a_change_of_clocks_changes_the_offset_and_no_moment():
    """A night in October: 2:30 comes twice, and time goes on."""
    berlin = {"timezone": "Europe/Berlin"}
    first, last = (
        make_station("first", 0.0, 0.0, **berlin),
        make_station("last", 1.0, 0.0, **berlin),
    )
    network = Network((first, last), (make_section(first, last, 120.0),))
    depart = datetime(2023, 10, 29, 0, 30, tzinfo=UTC)
    stated = exports.scenario(
        "First",
        "Last",
        depart=Departure(depart, depart),
        speeds=at_speed(120.0, 120.0),
        headline=None,
    )
    content = exports.content(network, stated)
    points = content.of(TIMING_POINT)
    assert [each.properties["central"] for each in points] == [
        "2023-10-29T02:30:00+02:00",
        "2023-10-29T02:30:00+01:00",
    ]
    assert content.of(TRAJECTORY)[1].times == (
        "2023-10-29T00:30:00.000Z",
        "2023-10-29T01:30:00.000Z",
    )


def test_offsets_are_whole_minutes():
    """As RFC 3339 asks; the moment stays, also on a clock of before standard time."""
    moment = datetime(1905, 5, 27, 4, 0, 0, tzinfo=UTC)
    text = local_text(moment, ZoneInfo("Asia/Vladivostok"))
    assert RFC_3339.fullmatch(text)
    assert datetime.fromisoformat(text) == moment


def test_reports_say_where_when_and_how_likely(content, views):
    """In the order of their times, with their place on the track, or off it."""
    found = {each.properties["name"]: each for each in content.of(REPORT)}
    evidence = views[-1].ensemble.evidence
    north = found["North"].properties
    assert north["right"] == pytest.approx(evidence.right_of(exports.REPORTS[0]), rel=1e-3)
    assert (north["trust"], north["from_km"], north["to_km"]) == (0.8, 46.0, 46.0)
    assert (north["publisher"], north["published"]) == ("The Press, Sea & Land", "2023-09-10")
    assert north["url"] == exports.PRESS.url
    shapes = {name: [len(part) for part in each.parts] for name, each in found.items()}
    assert shapes["North"] == [1]
    assert shapes["Island"] == [1]
    assert shapes["1 km around 80, 0"] == [1]
    assert shapes["km 10"] == [1]
    assert shapes["Junction to North"][0] >= 2
    assert shapes["RU"][0] >= 2
    assert found["Island"].parts[0][0] == [5.0, 5.0]
    assert "not on the way" in found["Island"].properties["why_not"]
    assert found["Island"].properties["publisher"] is None


def test_reports_that_were_not_taken_in_have_no_probability(fork):
    """A scenario as it is stated."""
    view = View("as stated", exports.scenario().simulate(fork, draws=200, seed=1), 1.0)
    assert {each.properties["right"] for each in content_of([view]).of(REPORT)} == {None}


def test_it_says_what_it_is(content):
    """Not a live position; the median is not one journey; who is to be named; how it was made."""
    about = content.about
    assert about["seed"] == 3
    assert about["draws"] == 2000
    assert about["scenario"] == "Übung 1"
    assert about["attribution"] == [each._asdict() for each in embedded_provenance().credits]
    lines = " ".join(content.lines)
    for words in ("not a live position", "not one journey", "ODbL", "Natural Earth", "GeoNames"):
        assert words in lines


def test_doubt_and_rows_that_were_left_out_are_told(views):
    """Where they were."""
    content = content_of(views, ["row 5: no place"])
    assert any("could not be placed" in each for each in content.about["warnings"])
    evidence = views[-1].ensemble.evidence._replace(effective_draws=3.0)
    doubtful = views[-1]._replace(ensemble=replace(views[-1].ensemble, evidence=evidence))
    told = content_of([views[0], doubtful]).about["warnings"]
    assert [each.startswith("the windows as reported: Too few") for each in told] == [True]


def test_characters_that_no_document_can_hold_are_replaced():
    """Control characters, halves of characters; tabs, line ends and all scripts stay."""
    assert clean("a\x00\x1b\ud800\ufffeb") == "a\ufffd\ufffd\ufffd\ufffdb"
    assert clean("\t\r\n평양 Хасан 😀") == "\t\r\n평양 Хасан 😀"


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_journey_gives_the_same_bytes(fork, views, name):
    """Simulated anew, too."""
    again = exports.content(fork, exports.scenario())
    assert FORMATS[name](again) == FORMATS[name](content_of(views))


def test_zone_locale_and_hash_seed_of_the_machine_change_nothing(views):
    """In a process of its own."""
    code = (
        "from hashlib import sha256; from tests import conftest, exports; "
        "from journey.export import to_csv, to_geojson, to_gpx, to_kml, to_mfjson; "
        "content = exports.content(conftest.make_fork(), exports.scenario()); "
        "print(*(sha256(write(content).encode()).hexdigest() "
        "for write in (to_csv, to_geojson, to_gpx, to_kml, to_mfjson)))"
    )
    environment = {**os.environ, "TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    content = content_of(views)
    texts = [FORMATS[name](content) for name in ("csv", "geojson", "gpx", "kml", "mfjson")]
    assert told.stdout.split() == [sha256(text.encode()).hexdigest() for text in texts]


def test_a_file_says_by_its_ending_what_it_is(views, tmp_path):
    """Unless the format is named, which goes before it."""
    result, beside = views[1].ensemble, views[0].ensemble
    path = export_journey(result, tmp_path / "a" / "b.GeoJSON", beside=beside)
    assert path.read_text(encoding="utf-8") == to_geojson(content_of(views))
    path = export_journey(result, tmp_path / "b.kml", to="csv", beside=beside)
    assert path.read_bytes().decode() == to_csv(content_of(views))
    path = export_journey(result, tmp_path / "c.kml", level=0.5)
    half = View("as reported", result, 0.5)
    assert path.read_text(encoding="utf-8") == to_kml(content_of([half]))


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        ("a.txt", None, "a.txt: its ending says no format: expected one of geojson, csv, parquet"),
        ("a", None, "kml, gpx, mfjson"),
        ("a.kml", "gpz", "--to 'gpz': expected one of geojson, csv, .*did you mean gpx"),
        ("a.kml", "", "expected one of geojson"),
    ],
)
def test_a_format_that_nobody_knows_is_refused(path, to, said):
    """In one line, with all that there are."""
    with pytest.raises(InputError, match=said):
        format_of(path, to)


def test_without_pyarrow_the_remedy_is_named(monkeypatch):
    """Before anything is simulated."""
    monkeypatch.setattr("journey.export.parquet.is_there", lambda _name: False)
    with pytest.raises(InputError, match=r"a.parquet: .*pip install 'journey\[parquet\]'"):
        format_of("a.parquet", None)
    assert format_of("a.kml", None) == "kml"


def test_what_cannot_be_exported_is_refused(fork, views, tmp_path):
    """Views of one basis, windows of some places, a level out of range, a folder as a file."""
    result = views[1].ensemble
    with pytest.raises(InputError, match="two views 'as reported'"):
        export_journey(result, tmp_path / "a.csv", beside=result)
    some = exports.scenario("West", "East").simulate(fork, draws=10, places=["East"])
    with pytest.raises(InputError, match="only some places were timed"):
        export_journey(some, tmp_path / "a.csv")
    with pytest.raises(InputError, match="level 2"):
        export_journey(result, tmp_path / "a.csv", level=2.0)
    with pytest.raises(OutputError, match="not a regular file"):
        export_journey(result, tmp_path, to="csv")


def test_times_of_one_trajectory_are_of_one_length(content):
    """So that they sort as text."""
    document = json.loads(to_geojson(content))
    times = [e["properties"]["times"] for e in document["features"] if "times" in e["properties"]]
    assert len(times) == 6
    for each in times:
        assert sorted(each) == each
        assert {len(text) for text in each} == {24}
    assert timedelta(0) < datetime.fromisoformat(times[0][-1]) - exports.START < timedelta(days=1)

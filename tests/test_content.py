"""What the map is given to show."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime

import numpy as np
import pytest

import journey
from journey.maps.content import OF_PAGE, Shown, build_content, for_scripts
from journey.maps.paths import TRACK_STEPS
from journey.quantities import Range
from journey.sample.columns import unpack
from journey.scenario_file import load_scenario
from journey.statements import Departure, Headline, SpeedRule, Stop
from journey.train_estimate import Effort, Figure, TrainEstimate
from journey.views import views_of
from tests.conftest import at_speed, make_scenario


@pytest.fixture(scope="module")
def content(network):
    """What a map of the bundled scenario's headline shows."""
    return content_of(load_scenario("vostochny-2023").as_headline().simulate(network), 1.0)


def content_of(ensemble, level=None):
    """What a map of one view shows."""
    return build_content(Shown(ensemble, level))


def row_of(content, id_):
    """The row of windows of a station."""
    (row,) = (row for row in content["rows"] if row["station"] == id_)
    return row


def test_a_station_carries_its_names_and_its_place(content):
    """Khasan: three scripts, its point, how it was placed, its clock."""
    (khasan,) = (station for station in content["stations"] if station["id"] == "khasan")
    assert (khasan["name"], khasan["name_ko"], khasan["name_ru"]) == ("Khasan", "하산", "Хасан")
    assert (khasan["lat"], khasan["lon"]) == pytest.approx((42.43, 130.65), abs=0.01)
    assert (khasan["country"], khasan["code"], khasan["rank"]) == ("Russia", "RU", 1)
    assert content["quality"][khasan["quality"]].endswith("on the track")
    assert content["zones"][khasan["zone"]][0][1] == 600


def test_a_row_has_its_window_on_both_clocks(content):
    """Khasan, 857.9 km at 59 km/h from an afternoon: 14 h 32 min later, local time and UTC."""
    khasan = row_of(content, "khasan")
    assert (khasan["name"], khasan["km"], khasan["kind"]) == ("Khasan", "857.9", "pass")
    assert khasan["offset"] == "UTC+10"
    assert khasan["moments"]["earliest"] == {
        "day": "Mon 11 Sep",
        "clock": "03:32",
        "utc": "Sun 17:32 UTC",
    }
    assert (khasan["moments"]["central"]["day"], khasan["moments"]["central"]["clock"]) == (
        "Mon 11 Sep",
        "06:32",
    )
    assert khasan["moments"]["latest"]["utc"] == "Sun 23:32 UTC"
    assert khasan["beside"] is None


def test_rows_are_those_of_principal_stations_and_ends(content):
    """In order along the route."""
    stations = {station["id"]: station for station in content["stations"]}
    ids = [row["station"] for row in content["rows"]]
    inner = [id_ for id_, station in stations.items() if station["rank"] == 1]
    assert ids[0] == "pyongyang"
    assert set(ids) == {*inner, ids[-1]}
    assert [row["event"] for row in content["rows"]] == sorted(
        row["event"] for row in content["rows"]
    )


def test_scripts_get_every_window_in_whole_seconds(fork):
    """Those that Python has of all events, in two views, each called by its basis."""
    scenario = make_scenario(
        "West",
        "Farther",
        speeds=at_speed(25.0, 60.0),
        stops=(Stop("Far", Range(600.0, 1800.0)),),
        headline=Headline(60.0),
    )
    headline, stated = (view.ensemble for view in views_of(scenario, fork, draws=100))
    packed = for_scripts(build_content(Shown(stated, 0.9, beside=headline)))
    assert packed["schema"] == "journey.map/2"
    assert [each["basis"] for each in packed["scenarios"]] == ["as stated", "headline"]
    for each, ensemble in zip(packed["scenarios"], (stated, headline), strict=True):
        windows = ensemble.window_list(0.9)
        for name in ("earliest", "central", "latest"):
            unix_s = [getattr(window, name).timestamp() for window in windows]
            assert unpack(each["curves"][name]).tolist() == unix_s
        grains_s = unpack(each["curves"]["grain_s"])
        assert grains_s.tolist() == [window.grain_s for window in windows]


def test_scripts_get_no_words_that_only_the_page_says(content):
    """Words of reports, sources and statements stand in the page alone, as HTML."""
    packed = for_scripts(content)
    assert set(packed) == {*OF_PAGE, "lines", "evidence", "stations"}
    texts = repr(packed)
    for text in ("on Tuesday morning", "not a live position", "ODbL", "Press article"):
        assert text not in texts
        assert text in repr(content)


def test_a_report_stands_with_its_gap(content):
    """Interval on the local clock, words, publisher, link, and how far it lies off the window."""
    reports = {report["wording"]: report for report in content["evidence"]}
    tuesday, six = reports["on Tuesday morning"], reports["at 6:00 local time"]
    assert tuesday["station"] == six["station"] == "khasan"
    assert tuesday["window"] == "Tue 12 Sep 2023 05:00 to 12:00 (UTC+10)"
    assert (tuesday["publisher"], tuesday["held"]) == ("Press article", None)
    assert tuesday["gap"] == "19 to 32 h later than the window"
    assert tuesday["spans_m"] == [[857_900, 857_900]]
    start = datetime(2023, 9, 11, 19, tzinfo=UTC).timestamp()
    assert (tuesday["earliest"], tuesday["latest"]) == (start, start + 7 * 3600)
    assert six["date"] == "2023-09-13"
    assert six["url"].startswith("https://")
    assert content["warning"].startswith("Reports contradict the headline: Pyongyang ")
    assert "Khasan 19 to 32 h later" in content["warning"]


def ends_of(path):
    """First and last point of a path as the page reads it, latitude before longitude."""
    numbers = np.array([int(number) for number in re.findall(r"-?\d+", path)])
    east, south = (numbers.reshape(-1, 2).cumsum(axis=0)[[0, -1]] / TRACK_STEPS).T
    north = np.rad2deg(np.arctan(np.sinh(np.deg2rad(-south))))
    return list(zip(north.tolist(), east.tolist(), strict=True))


def test_the_route_is_drawn_in_order_and_in_place(content, network):
    """Each part begins where the one before ended; gauges as on the route."""
    route = network.route("Pyongyang", "Khasan", "Vostochny")
    (way,) = content["ways"]
    lines = [content["lines"][number] for number in way["lines"]]
    assert [line["gauge"] for line in lines] == [
        stretch.section.gauge for stretch in route.stretches
    ]
    assert [line["line"] for line in lines] == [stretch.section.line for stretch in route.stretches]
    ends = [ends_of(line["path"]) for line in lines]
    assert ends[0][0] == pytest.approx([39.005, 125.736], abs=0.01)
    assert ends[-1][1] == pytest.approx([51.883, 128.333], abs=0.01)
    for (_, before), (after, _) in itertools.pairwise(ends):
        assert before == pytest.approx(after, abs=0.00011)
    assert lines[-1]["estimated"]
    assert way["places"] == ["Pyongyang", "Khasan", "Vostochny Cosmodrome"]
    assert way["length_m"] == round(route.length_km * 1000)
    assert content["bounds"] == [
        [route.lat.min(), route.lon.min()],
        [route.lat.max(), route.lon.max()],
    ]


def test_marks_say_what_happens_where(content):
    """Break of gauge at Khasan, the border on the bridge, two changes of clock."""
    marks = {mark["kind"]: mark for mark in content["marks"]}
    assert [mark["kind"] for mark in content["marks"]] == ["gauge", "border", "clock", "clock"]
    assert "1435 mm stock is regauged to 1520 mm by Khasan" in marks["gauge"]["text"]
    assert marks["border"]["text"] == "State border; beyond it Russia"
    assert (marks["border"]["lat"], marks["border"]["lon"]) == pytest.approx(
        (42.415, 130.641), abs=0.005
    )
    texts = [mark["text"] for mark in content["marks"] if mark["kind"] == "clock"]
    assert texts == ["Clocks change from UTC+9 to UTC+10", "Clocks change from UTC+10 to UTC+9"]


def test_every_figure_says_what_it_is(content):
    """Reported with its source, assumed with its reason, or both."""
    said = [(each["text"], each["kind"]) for each in content["statements"]]
    texts = [text for text, _ in said]
    assert texts[0] == "Destination Vostochny Cosmodrome: reported by Press article, agency copy"
    assert texts[1].startswith("Departure Sun 10 Sep 2023 12:00 to 18:00 (UTC+9): reported by KCNA")
    assert "59 km/h: reported by Press article; running at it all the way is assumed" in texts[2]
    assert texts[3] == "No halt on the way: assumed"
    assert said[-1] == ("Earliest to latest holds every journey the scenario allows", "derived")
    assert [kind for _, kind in said[:4]] == ["reported", "reported", "reported", "assumed"]


def test_heading_and_credit(content):
    """Title, what the arrival rests on, limits, sources and licences."""
    assert content["title"] == "Pyongyang to Vostochny, September 2023"
    assert content["subtitle"] == (
        "At 59 km/h and with no halt: Vostochny Cosmodrome Tue 12 Sep 2023 07:18 to 13:18 (UTC+9), "
        "2,555 km"
    )
    assert "not a live position" in content["notes"][0]
    assert content["notes"][0].startswith("Made from published, dated reports")
    dates = {each.id: each.date for each in load_scenario("vostochny-2023").sources}
    assert [source["date"] for source in content["sources"]] == [
        None if date is None else date.isoformat() for date in dates.values()
    ]
    assert dates["kcna-2023-09-12"].isoformat() == "2023-09-12"
    credit = " ".join(line["text"] for line in content["attribution"])
    for owner in ("OpenStreetMap contributors, ODbL", "Natural Earth", "GeoNames, CC BY 4.0"):
        assert owner in credit
    assert content["version"] == journey.__version__


def test_an_invented_scenario_does_not_claim_reports(fork):
    """Nothing reported: the notes and every assumption say so; each speed has its own basis."""
    midnight = make_scenario("West", "Far").departures[0].earliest
    rules = (
        SpeedRule("Branch", Range(25.0, 55.0, 40.0), reason="a winding line"),
        SpeedRule("RU", Range(20.0, 30.0)),
    )
    scenario = make_scenario(
        "West",
        "Far",
        depart=Departure(midnight, midnight),
        speeds=at_speed(60.0, 60.0, rules=rules),
        stops=(Stop("North", Range(1800.0, 10800.0, 3600.0)),),
    )
    content = content_of(scenario.simulate(fork, draws=20), 0.9)
    assert content["notes"][0].startswith("Made from assumptions; no report of it is cited.")
    assert content["sources"] == []
    assert content["warning"] is None
    assert content["subtitle"].startswith("At stated speeds and with one halt: Far ")
    assert "for 90 % of the drawn journeys" in content["subtitle"]
    assert [each["text"] for each in content["statements"]] == [
        "Departure Sun 10 Sep 2023 09:00 (UTC+9): assumed",
        "Speed while moving 60 km/h: assumed",
        "Speed Branch 25 to 55 km/h, most likely 40: assumed, a winding line",
        "Speed RU 20 to 30 km/h (nowhere on this route): assumed",
        "Halt at North 30 min to 3 h 00 min, most likely 1 h 00 min: assumed",
        "No other halt on the way: assumed",
        "Earliest to latest holds 90 % of the drawn journeys",
    ]
    assert {each["kind"] for each in content["statements"]} == {"assumed", "derived"}
    north = [row["kind"] for row in content["rows"] if row["station"] == "north"]
    assert north == ["arrive", "depart"]


def test_a_run_by_effort_says_that_the_track_is_taken_as_level(fork):
    """No gradients are known, and the train is among what is stated."""
    train = TrainEstimate(
        "Test train",
        mass_t=Figure(Range(500.0, 500.0)),
        max_speed_kmh=Figure(Range(80.0, 80.0)),
        braking_mps2=Figure(Range(0.5, 0.5)),
        tractive_effort=Effort(((0.0, 250_000.0),), Range(1.0, 1.0)),
    )
    for running, said in (("dynamics", True), ("cruise", False)):
        scenario = make_scenario("West", "Far", running=running, train=train)
        notes = " ".join(content_of(scenario.simulate(fork, draws=20), 1.0)["notes"])
        assert ("level track" in notes) == said
        assert ("the stated train, speed" in notes) == said

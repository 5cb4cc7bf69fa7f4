"""What the map is given to show."""

from __future__ import annotations

import itertools

import pytest

import journey
from journey.maps.payload import build_payload
from journey.quantities import Range
from journey.scenario_file import load_scenario
from journey.statements import Departure, SpeedRule, Stop
from journey.train_estimate import Effort, Figure, TrainEstimate
from tests.conftest import at_speed, make_scenario


@pytest.fixture(scope="module")
def payload(network):
    """What a map of the bundled scenario's headline shows."""
    return build_payload(load_scenario("vostochny-2023").as_headline().simulate(network), 1.0)


def station(payload, id_):
    """One station of a payload."""
    return next(station for station in payload["stations"] if station["id"] == id_)


def test_a_station_carries_its_names_place_and_window(payload):
    """Khasan: three scripts, latitude before longitude, local time and UTC."""
    khasan = station(payload, "khasan")
    assert (khasan["name"], khasan["name_ko"], khasan["name_ru"]) == ("Khasan", "하산", "Хасан")
    assert (khasan["lat"], khasan["lon"]) == pytest.approx((42.43, 130.65), abs=0.01)
    assert (khasan["km"], khasan["country"], khasan["rank"]) == (857.9, "Russia", 1)
    (event,) = khasan["events"]
    assert event["earliest"] == {
        "local": "Mon 11 Sep 03:32",
        "offset": "UTC+10",
        "utc": "2023-09-10T17:32Z",
    }
    assert event["central"]["local"] == "Mon 11 Sep 06:32"
    assert event["latest"]["utc"] == "2023-09-10T23:32Z"
    assert (event["event"], payload["shared"]["basis"]) == ("pass", "headline")
    assert payload["shared"]["quality"][khasan["quality"]].endswith("on the track")


def test_a_report_stands_at_its_station_with_its_gap(payload):
    """Interval on the local clock, words, publisher, link, and how far it lies off the window."""
    reports = {report["wording"]: report for report in station(payload, "khasan")["reports"]}
    tuesday, six = reports["on Tuesday morning"], reports["at 6:00 local time"]
    assert tuesday["window"] == "Tue 12 Sep 2023 05:00 to 12:00 (UTC+10)"
    assert (tuesday["publisher"], tuesday["held"]) == ("Press article", None)
    assert tuesday["gap"] == "19 to 32 h later than the window"
    assert six["date"] == "2023-09-13"
    assert six["url"].startswith("https://")
    assert payload["warning"].startswith("Reports contradict the headline: Pyongyang ")
    assert "Khasan 19 to 32 h later" in payload["warning"]


def test_the_route_is_drawn_in_order_and_in_place(payload, network):
    """Latitude first; each part begins where the one before ended; gauges as on the route."""
    route = network.route("Pyongyang", "Khasan", "Vostochny")
    assert [part["gauge"] for part in payload["route"]] == [
        stretch.section.gauge for stretch in route.stretches
    ]
    ends = [(part["points"][0], part["points"][-1]) for part in payload["route"]]
    assert ends[0][0] == pytest.approx([39.005, 125.736], abs=0.01)
    assert ends[-1][1] == pytest.approx([51.883, 128.333], abs=0.01)
    for (_, before), (after, _) in itertools.pairwise(ends):
        assert before == after
    assert payload["route"][-1]["estimated"]
    assert payload["bounds"] == [
        [route.lat.min(), route.lon.min()],
        [route.lat.max(), route.lon.max()],
    ]


def test_marks_say_what_happens_where(payload):
    """Break of gauge at Khasan, the border on the bridge, two changes of clock."""
    marks = {mark["kind"]: mark for mark in payload["marks"]}
    assert [mark["kind"] for mark in payload["marks"]] == ["gauge", "border", "clock", "clock"]
    assert "1435 mm stock is regauged to 1520 mm by Khasan" in marks["gauge"]["text"]
    assert marks["border"]["text"] == "State border; beyond it Russia"
    assert (marks["border"]["lat"], marks["border"]["lon"]) == pytest.approx(
        (42.415, 130.641), abs=0.005
    )
    texts = [mark["text"] for mark in payload["marks"] if mark["kind"] == "clock"]
    assert texts == ["Clocks change from UTC+9 to UTC+10", "Clocks change from UTC+10 to UTC+9"]


def test_every_figure_says_what_it_is(payload):
    """Reported with its source, assumed with its reason, or both."""
    said = payload["assumptions"]
    assert said[0] == "Destination Vostochny Cosmodrome: reported by Press article, agency copy"
    assert said[1].startswith("Departure Sun 10 Sep 2023 12:00 to 18:00 (UTC+9): reported by KCNA")
    assert "59 km/h: reported by Press article; running at it all the way is assumed" in said[2]
    assert said[3] == "No halt on the way: assumed"
    assert said[-1] == "Earliest to latest holds every journey the scenario allows"


def test_heading_and_credit(payload):
    """Title, what the arrival rests on, limits, sources and licences."""
    assert payload["title"] == "Pyongyang to Vostochny, September 2023"
    assert payload["subtitle"] == (
        "At 59 km/h and with no halt: Vostochny Cosmodrome Tue 12 Sep 2023 07:18 to 13:18 (UTC+9), "
        "2,555 km"
    )
    assert "not a live position" in payload["notes"][0]
    assert payload["notes"][0].startswith("Made from published, dated reports")
    dates = {each.id: each.date for each in load_scenario("vostochny-2023").sources}
    assert [source["date"] for source in payload["sources"]] == [
        None if date is None else date.isoformat() for date in dates.values()
    ]
    assert dates["kcna-2023-09-12"].isoformat() == "2023-09-12"
    credit = " ".join(line["text"] for line in payload["attribution"])
    for owner in ("OpenStreetMap contributors, ODbL", "Natural Earth", "GeoNames, CC BY 4.0"):
        assert owner in credit
    assert payload["version"] == journey.__version__


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
    payload = build_payload(scenario.simulate(fork, draws=20), 0.9)
    assert payload["notes"][0].startswith("Made from assumptions; no report of it is cited.")
    assert payload["sources"] == []
    assert payload["warning"] is None
    assert payload["subtitle"].startswith("At stated speeds and with one halt: Far ")
    assert "for 90 % of the drawn journeys" in payload["subtitle"]
    assert payload["assumptions"] == [
        "Departure Sun 10 Sep 2023 09:00 (UTC+9): assumed",
        "Speed while moving 60 km/h: assumed",
        "Speed Branch 25 to 55 km/h, most likely 40: assumed, a winding line",
        "Speed RU 20 to 30 km/h (nowhere on this route): assumed",
        "Halt at North 30 min to 3 h 00 min, most likely 1 h 00 min: assumed",
        "No other halt on the way: assumed",
        "Earliest to latest holds 90 % of the drawn journeys",
    ]
    assert [event["event"] for event in station(payload, "north")["events"]] == ["arrive", "depart"]


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
        notes = " ".join(build_payload(scenario.simulate(fork, draws=20), 1.0)["notes"])
        assert ("level track" in notes) == said
        assert ("the stated train, speed" in notes) == said

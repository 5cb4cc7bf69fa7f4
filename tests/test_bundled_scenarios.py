"""The bundled scenarios: what was reported, and that nothing stands without a basis."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import chain

import pytest

from journey.assumptions import BRACKETS, cited
from journey.geodesy import distance_m
from journey.quantities import Range
from journey.scenario_file import bundled_scenarios, load_scenario
from journey.spots import Between, Disc

NAMES = bundled_scenarios()
MOST_WORDS = 10
CUT_OFF = datetime(2023, 9, 12, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def scenario():
    """The journey to Vostochny."""
    return load_scenario("vostochny-2023")


def statements_of(scenario):
    """Every statement that may have a source or a reason."""
    single = (each for each in (scenario.headline, scenario.margin) if each)
    return list(
        chain(
            single,
            scenario.departures,
            scenario.speeds.every,
            scenario.limits,
            scenario.stops,
            scenario.unreported_halts,
            scenario.sightings,
            scenario.claims,
            scenario.rivals,
        )
    )


def named_by(statement):
    """The sources that a statement names, as its own or in the brackets of its reason."""
    within = BRACKETS.findall(getattr(statement, "reason", None) or "")
    ids = {id_ for bracket in within for id_ in bracket.split(", ")}
    return ids | {getattr(statement, "source", None)} - {None}


def test_it_left_on_sunday_at_59_kmh_so_it_is_said(scenario):
    """The headline: Sunday afternoon, Korean time, and one speed all the way."""
    likelier, other = scenario.departures
    assert likelier.earliest == datetime(2023, 9, 10, 3, tzinfo=UTC)
    assert likelier.latest == other.earliest == datetime(2023, 9, 10, 9, tzinfo=UTC)
    assert (likelier.weight, other.weight) == (pytest.approx(0.9), pytest.approx(0.1))
    assert scenario.route == ("Pyongyang", "Khasan", "Vostochny")
    assert scenario.headline.speed_kmh == 59
    headline = scenario.as_headline()
    assert headline.departures[0].earliest == likelier.earliest
    assert headline.speeds.default.speed_kmh == Range(59.0, 59.0)
    assert not headline.stops


def test_every_report_stands_as_it_was_published(scenario):
    """Event and interval in UTC, as the press gave them on its own clocks."""
    reported = {
        ("depart", "10T03:00", "10T09:00"),
        ("depart", "10T09:00", "10T15:00"),
        ("depart", "10T06:00", "10T09:30"),
        ("depart", "10T12:00", "10T15:00"),
        ("pass", "10T21:30", "11T11:00"),
        ("pass", "11T15:00", "11T21:00"),
        ("arrive", "11T19:55", "11T20:05"),
        ("arrive", "11T22:20", "11T22:40"),
        ("arrive", "11T19:00", "12T02:00"),
        ("pass", "12T02:05", "12T02:25"),
        ("pass", "11T21:00", "12T03:00"),
        ("pass", "12T03:00", "12T03:20"),
    }
    stated = {
        (s.event, f"{s.earliest:%dT%H:%M}", f"{s.latest:%dT%H:%M}") for s in scenario.sightings
    }
    assert stated == reported


def test_no_report_is_of_a_time_after_midday_of_12_september(scenario):
    """13:20 on the clock of Ussuriysk is the last."""
    assert max(sighting.latest for sighting in scenario.sightings) < CUT_OFF


def test_what_the_departure_weighs_is_not_counted_again(scenario):
    """Both reports as long as each other and trusted alike: they leave the weights as they are."""
    one, other = scenario.sightings[:2]
    for depart, sighting in zip(scenario.departures, (one, other), strict=True):
        assert (sighting.earliest, sighting.latest) == (depart.earliest, depart.latest)
        assert sighting.source == depart.source
    assert one.trust == other.trust
    assert one.latest - one.earliest == other.latest - other.earliest


def test_reports_of_a_place_that_is_no_station_cover_it(scenario, network):
    """The circles hold the stretches that the reports may mean."""
    bridge, morning = (each for each in scenario.sightings if isinstance(each.at, Disc))
    route = network.route("Khasan", "Ussuriysk")
    for sighting, places in ((bridge, ("Olenevod", "Ussuriysk")), (morning, ("Ussuriysk",))):
        spot = sighting.at
        km = [route.km_of(place) for place in places]
        for lon, lat in zip(*route.at(km), strict=True):
            assert distance_m(lon, lat, spot.lon, spot.lat) < spot.radius_km * 1000
        assert sighting.direction == "north"


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_laid_on_its_route(name, network):
    """Every station that it names is known; stops elsewhere are left out."""
    plan = load_scenario(name).plan(network)
    passed = {point.station.id for point in plan.route.timing_points}
    assert all(network.station(stop.at).id in passed for stop in plan.stops)
    assert {"Tumangang", "Khasan"} <= {stop.at for stop in plan.stops}


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_used_and_every_statement_has_a_basis(name):
    """No report is listed in vain, none is missing, and no range stands without a word."""
    scenario = load_scenario(name)
    known = {source.id for source in scenario.sources}
    used = set().union(*map(named_by, statements_of(scenario))) | {scenario.route_source} - {None}
    assert used & known == known
    for statement in statements_of(scenario):
        assert getattr(statement, "source", None) or statement.reason
        for id_ in named_by(statement):
            assert id_ in known, f"{id_} in {statement}"


@pytest.mark.parametrize("name", NAMES)
def test_only_a_few_words_are_quoted(name):
    """The words that carry the time or the place, never a sentence."""
    scenario = load_scenario(name)
    for each in (*scenario.sources, *scenario.sightings, *scenario.claims):
        assert len((each.wording or "").split()) <= MOST_WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_source_can_be_found(name):
    """By its title or its address, and by a date that its id does not contradict."""
    for source in load_scenario(name).sources:
        assert source.title or source.url
        dated = re.search(r"(\d{4})-(\d\d)-(\d\d)$", source.id)
        if dated:
            assert source.date.isoformat() == dated[0]


def test_the_rivals_take_all_from_the_first_but_the_way(scenario, network):
    """One file says what is reported; the priors leave the most for the scenario itself."""
    priors = {rival.scenario: rival.weight for rival in scenario.rivals}
    assert priors == {
        "vladivostok-2023": pytest.approx(0.3),
        "komsomolsk-2023": pytest.approx(0.1),
    }
    for name in priors:
        rival = load_scenario(name)
        assert (rival.sightings, rival.claims) == (scenario.sightings, scenario.claims)
        assert (rival.speeds, rival.departures) == (scenario.speeds, scenario.departures)
        assert (rival.rivals, rival.headline) == ((), scenario.headline)
        route = rival.plan(network).route
        assert route.places[:2] == ("Pyongyang", "Khasan")
        assert route.places[2] != scenario.plan(network).route.places[2]
    assert load_scenario("komsomolsk-2023").route_source is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("running", ["profile", "dynamics"])
def test_it_can_be_a_base_for_any_running(name, running, tmp_path):
    """Its sources go with those of the armoured train."""
    path = tmp_path / "own.toml"
    text = f'based_on = "{name}"\nrunning = "{running}"\n'
    path.write_text(text, encoding="utf-8")
    scenario = load_scenario(path)
    assert scenario.train.name


def test_a_plan_cites_every_source(scenario, network):
    """Those of the reports, and no others for a cruise."""
    assert cited(scenario.plan(network)) == scenario.sources


def test_the_border_on_monday_is_a_stretch(scenario):
    """Seen from across the river: before the bridge, on the side of Tumangang."""
    (seen,) = (each for each in scenario.sightings if isinstance(each.at, Between))
    assert seen.at == Between("Tumangang", "Friendship Bridge")

"""Where the train is at a moment."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.cli import run
from journey.errors import InputError
from journey.quantities import LogNormal, Range
from journey.statements import Departure, Margin, Stop, UnreportedHalts
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
HALTS = UnreportedHalts(Range(40.0, 40.0), LogNormal(900.0, 2.0, 60.0, 7200.0))


def after(hours):
    """So long after midnight."""
    return START + timedelta(hours=hours)


def kilometres(found):
    """Least advanced, central and most advanced."""
    return [found.earliest.km, found.central.km, found.latest.km]


def test_a_fixed_journey_is_in_one_place(fork):
    """At 60 km/h a kilometre a minute."""
    ensemble = make_scenario("West", "Farther").simulate(fork, draws=100)
    found = ensemble.at(after(0.5))
    assert kilometres(found) == pytest.approx([30.0, 30.0, 30.0], abs=0.1)
    assert found.central.near.station.id == "junction"
    lon, lat = ensemble.plan.route.at(found.central.km)
    assert (found.central.lon, found.central.lat) == (lon, lat)
    assert (found.not_departed, found.arrived) == (0.0, 0.0)


def test_it_stands_at_a_stop(fork):
    """From arrival to departure its chainage stays that of the stop."""
    stops = (Stop("North", Range(3600.0, 3600.0)),)
    ensemble = make_scenario("West", "Farther", stops=stops).simulate(fork, draws=100)
    for minutes in (46, 60, 105):
        assert kilometres(ensemble.at(after(minutes / 60))) == pytest.approx([46.0] * 3, abs=0.1)
    assert kilometres(ensemble.at(after(116 / 60))) == pytest.approx([56.0] * 3, abs=0.1)


def test_a_uniform_departure_gives_a_uniform_place(fork):
    """Within an hour, at 60 km/h: 60 km from the least to the most advanced."""
    scenario = make_scenario("West", "Farther", depart=Departure(START, after(1.0)))
    ensemble = scenario.simulate(fork)
    assert kilometres(ensemble.at(after(1.2), 0.9)) == pytest.approx([15.0, 42.0, 69.0], abs=0.2)
    assert kilometres(ensemble.at(after(1.2))) == pytest.approx([12.0, 42.0, 72.0], abs=0.2)


def test_who_waits_and_who_has_arrived_is_said(fork):
    """As shares of the drawn journeys; before and after all of them it stands at the ends."""
    scenario = make_scenario("West", "Farther", depart=Departure(START, after(4.0)))
    ensemble = scenario.simulate(fork)
    found = ensemble.at(after(2.0))
    assert (found.not_departed, found.arrived) == pytest.approx((0.5, 0.15), abs=0.002)
    for hours, km, shares in ((-1.0, 0.0, (1.0, 0.0)), (9.0, 84.0, (0.0, 1.0))):
        found = ensemble.at(after(hours), 0.9)
        assert kilometres(found) == [km] * 3
        assert (found.not_departed, found.arrived) == shares


UNCERTAIN = {
    "depart": Departure(START, after(0.5)),
    "speeds": replace(at_speed(25.0, 55.0, 40.0), section_share=0.3),
    "stops": (Stop("North", Range(0.0, 3600.0)),),
    "margin": Margin(Range(0.0, 10.0), Range(0.0, 3.0)),
    "unreported_halts": (HALTS,),
}


@settings(max_examples=15)
@given(hours=st.floats(0.1, 4.0), seed=st.integers(0, 99))
def test_it_is_where_the_windows_have_it(fork, hours, seed):
    """Place by place: as many have passed a station as are beyond it."""
    ensemble = make_scenario("West", "Farther", **UNCERTAIN).simulate(fork, draws=300, seed=seed)
    for draws in ensemble.blocks():
        beyond_m = draws.positions_m(hours * 3600)
        for event, times_s in zip(
            ensemble.events, draws.event_times_s(ensemble.events), strict=True
        ):
            if event.kind != "depart":
                at_m = ensemble.plan.route.timing_points[event.station].chainage_m
                here = np.abs(beyond_m - at_m) > 1.0
                passed = times_s <= hours * 3600
                np.testing.assert_array_equal(passed[here], (beyond_m > at_m)[here])


@pytest.mark.parametrize("running", ["profile", "dynamics"])
def test_a_train_that_accelerates_is_found_too(fork, running):
    """Place by place as its running times have it, to 0.3 km."""
    from tests.test_running_times import scenario

    speeds = at_speed(40.0, 60.0, meaning="maximum")
    ensemble = scenario(running=running, speeds=speeds).simulate(fork, draws=32)
    for event in ensemble.events[1:-1]:
        times_s = ensemble.event_times_s(event)
        moment_s = float(np.median(times_s))
        (draws,) = ensemble.blocks()
        at_m = ensemble.plan.route.timing_points[event.station].chainage_m
        expected = np.sort(times_s - moment_s) < 0
        found = np.sort(at_m - draws.positions_m(moment_s)) < 0
        assert np.abs(expected.sum() - found.sum()) <= 1


@pytest.mark.parametrize("running", ["profile", "dynamics"])
def test_a_slow_start_leaves_the_bounds_in_order(fork, running):
    """Between stations the bounds are taken as linear, but the train gains speed first."""
    from tests.test_running_times import scenario, train

    speeds = at_speed(60.0, 60.0, meaning="maximum")
    ensemble = scenario(running=running, speeds=speeds, train=train()).simulate(fork, draws=40)
    for minutes in (0.5, 2.0, 5.0, 30.0, 84.0):
        for level in (0.5, 1.0):
            least, central, most = kilometres(ensemble.at(after(minutes / 60), level))
            assert least <= central <= most


@settings(max_examples=15)
@given(level=st.floats(0.05, 0.9), hours=st.floats(0.0, 5.0), halts=st.sampled_from([(), (HALTS,)]))
def test_a_higher_level_never_narrows_the_place(fork, level, hours, halts):
    """And at 1 it holds all that the scenario allows."""
    about = {**UNCERTAIN, "unreported_halts": halts}
    ensemble = make_scenario("West", "Farther", **about).simulate(fork, draws=1000)
    inner, outer, whole = (
        kilometres(ensemble.at(after(hours), share)) for share in (level, level + 0.1, 1.0)
    )
    assert whole[0] <= outer[0] <= inner[0] <= inner[1] <= inner[2] <= outer[2] <= whole[2]


def test_a_moment_needs_its_offset(fork):
    """Its clock would be a guess."""
    ensemble = make_scenario("West", "Farther").simulate(fork, draws=5)
    with pytest.raises(InputError, match="has no offset"):
        ensemble.at("2023-09-10T10:00")


@pytest.mark.long
def test_the_command_says_where(capsys):
    """As JSON by the contract, the earliest being the least advanced; as a table for people."""
    moment = "2023-09-11T10:00+09:00"
    assert run(["where", "--at", moment, "--level", "0.9", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "journey.where/1"
    assert document["at"] == "2023-09-11T10:00:00+09:00"
    places = [document[name] for name in ("earliest", "central", "latest")]
    assert [sorted(place) for place in places] == [["km", "lat", "lon", "near"]] * 3
    assert places[0]["km"] < places[1]["km"] < places[2]["km"]
    headline, reported = document["views"]
    assert (headline["basis"], reported["basis"]) == ("headline", "as reported")
    assert headline["standard_error_km"]["central"] < 1
    assert {key: document[key] for key in reported} == reported
    # At 59 km/h it would be in Russia by then; the reports have it still in the DPRK.
    assert reported["latest"]["km"] < 857.9 < headline["earliest"]["km"]
    assert run(["where", "--at", moment]) == 0
    shown = capsys.readouterr().out
    assert shown.count("Least advanced") == 2
    assert "Mon 11 Sep 2023 10:00 (UTC+9)" in shown


@pytest.mark.parametrize("wrong", ["tomorrow", "2023-09-11T10:00"])
def test_the_command_refuses_other_moments(wrong, capsys):
    """In one line that names the flag."""
    assert run(["where", "--at", wrong]) == 2
    told = capsys.readouterr().err
    assert told.startswith("journey: --at: time ")
    assert told.count("\n") == 1

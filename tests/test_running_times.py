"""Running times of the journeys of a plan: models, averages, limits, margins, trains."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.errors import InputError
from journey.running_times import running_times_s
from journey.sampling import CORNERS, RUNS, TRAINS, draw_journeys, extreme_journeys
from journey.statements import Limit, Margin, SpeedRule, Stop
from journey.train_estimate import Effort, Figure, Resistance, TrainEstimate
from journey.units import Range
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
RUSSIA_AT_30 = (SpeedRule("RU", Range(30.0, 30.0)),)
HALT = Stop("North", Range(600.0, 600.0))


def fixed(value: float) -> Figure:
    """A figure that is certain."""
    return Figure(Range(value, value))


def train(**figures: Figure) -> TrainEstimate:
    """A train of 200 m and 500 t that gains and loses 0.5 m/s in a second."""
    defaults = {
        "mass_t": fixed(500.0),
        "rotating_mass_factor": fixed(1.0),
        "length_m": fixed(200.0),
        "max_speed_kmh": fixed(120.0),
        "braking_mps2": fixed(0.5),
        "acceleration_mps2": fixed(0.5),
    }
    effort = Effort(((0.0, 250_000.0),), Range(1.0, 1.0))
    resistance = Resistance((0.0, 0.0, 0.0), Range(1.0, 1.0))
    return TrainEstimate("Test train", {**defaults, **figures}, resistance, effort)


def hours(scenario, network, place=-1, **about):
    """Central hours from the start to each arrival, or to one timing point."""
    windows = scenario.simulate(network, draws=1, **about).window_list()
    return (windows[place].central - START).total_seconds() / 3600


def scenario(**about):
    """West to Farther, 84 km, at 60 km/h and with the train of the tests."""
    return make_scenario("West", "Farther", **{"train": train(), **about})


def test_a_maximum_costs_the_time_to_gain_and_to_lose_it(fork):
    """v/a on the whole at each start and stop: half of it for either, since a = b."""
    lost_h = (60 / 3.6) / 0.5 / 3600
    maximum = at_speed(60.0, 60.0, meaning="maximum")
    for running in ("profile", "dynamics"):
        one = scenario(running=running, speeds=maximum)
        assert hours(one, fork) == pytest.approx(84 / 60 + lost_h, abs=1 / 3600)
        two = scenario(running=running, speeds=maximum, stops=(HALT,))
        assert hours(two, fork) == pytest.approx(84 / 60 + 1 / 6 + 2 * lost_h, abs=1 / 3600)


@pytest.mark.parametrize("running", ["cruise", "profile", "dynamics"])
def test_an_average_is_kept_between_stops(fork, running):
    """Whatever the model, each leg takes its length over the stated speed."""
    speeds = at_speed(60.0, 60.0, rules=RUSSIA_AT_30)
    one = scenario(running=running, speeds=speeds, stops=(HALT,))
    windows = one.simulate(fork, draws=1).window_list()
    by_event = {(w.station.id, w.event): (w.central - START).total_seconds() for w in windows}
    assert by_event["north", "arrive"] == pytest.approx(46 * 60, abs=1)
    legs_h = 46 / 60 + 10.5 / 60 + (84 - 56.5) / 30
    assert by_event["farther", "arrive"] == pytest.approx(legs_h * 3600 + 600, abs=1)


def test_an_average_under_a_limit_is_made_up_for_elsewhere(fork):
    """The limit slows one stretch, the rest is run faster, and the whole takes as long."""
    limit = Limit(("North", "Border"), Range(30.0, 30.0))
    plain = scenario(running="cruise")
    limited = scenario(running="cruise", limits=(limit,))
    assert hours(limited, fork) == pytest.approx(hours(plain, fork), abs=1 / 3600)
    # 10.5 km at 30 km/h leave 73.5 km for the rest of the 84 minutes.
    faster_kmh = 73.5 / (84 / 60 - 10.5 / 30)
    assert hours(limited, fork, 2) == pytest.approx(46 / faster_kmh, abs=1 / 3600)


def test_an_average_out_of_reach_is_refused(fork):
    """The message says what can be had, and how else the speed may be meant."""
    slow = (Limit(("West", "North"), Range(20.0, 20.0)),)
    with pytest.raises(InputError, match=r"60\.0 km/h on average from West to Farther.*km/h: exp"):
        scenario(running="profile", limits=slow).simulate(fork, draws=1)


def test_a_limit_holds_until_the_rear_has_left(fork):
    """A train of 200 m runs 200 m farther at the limit than a point does."""
    maximum = at_speed(60.0, 60.0, meaning="maximum")
    limits = (Limit(("Border", "North"), Range(30.0, 30.0)),)
    times_h = [
        hours(scenario(running="profile", speeds=maximum, limits=limits, train=each), fork)
        for each in (train(length_m=fixed(0.0)), train())
    ]
    longer_s = 200 / (30 / 3.6) - 200 / (60 / 3.6)
    assert (times_h[1] - times_h[0]) * 3600 == pytest.approx(longer_s, abs=2)


def test_the_lowest_of_several_limits_holds(fork):
    """Where two overlap."""
    maximum = at_speed(60.0, 60.0, meaning="maximum")
    wide, narrow = (
        Limit(("West", "Farther"), Range(50.0, 50.0)),
        Limit(("North", "Border"), Range(25.0, 25.0)),
    )
    found = hours(scenario(speeds=maximum, limits=(wide, narrow)), fork)
    assert found == pytest.approx((84 - 10.5) / 50 + 10.5 / 25, abs=1 / 3600)


@pytest.mark.parametrize("running", ["cruise", "profile", "dynamics"])
def test_a_margin_is_added_to_the_running_time_but_not_to_halts(fork, running):
    """Per cent of the running time and minutes by distance."""
    bare = scenario(running=running, stops=(HALT,))
    margin = Margin(Range(5.0, 5.0), Range(3.0, 3.0))
    more = scenario(running=running, stops=(HALT,), margin=margin)
    running_h = hours(bare, fork) - 1 / 6
    assert hours(more, fork) == pytest.approx(
        running_h * 1.05 + 84 / 100 * 3 / 60 + 1 / 6, abs=2 / 3600
    )


def test_an_uncertain_margin_widens_the_window(fork):
    """From 0 to 10 %, with the bounds at its ends."""
    ensemble = scenario(margin=Margin(Range(0.0, 10.0), Range(0.0, 0.0))).simulate(fork, draws=100)
    last = ensemble.window_list()[-1]
    spans = [(moment - START) / timedelta(hours=1.4) for moment in (last.earliest, last.latest)]
    assert spans == pytest.approx([1.0, 1.1], abs=1e-3)


@settings(max_examples=15)
@given(
    running=st.sampled_from(["cruise", "profile", "dynamics"]),
    meaning=st.sampled_from(["average", "maximum"]),
    seed=st.integers(0, 50),
)
def test_every_drawn_journey_lies_within_the_bounds(fork, running, meaning, seed):
    """At level 1 the window holds every draw, with speeds, limits and the train uncertain."""
    heavy = train(mass_t=Figure(Range(300.0, 1500.0, 500.0)), length_m=Figure(Range(100.0, 600.0)))
    uncertain = scenario(
        running=running,
        train=heavy,
        speeds=at_speed(40.0, 60.0, meaning=meaning),
        limits=(Limit(("North", "Border"), Range(45.0, 50.0)),),
    )
    ensemble = uncertain.simulate(fork, draws=120, seed=seed)
    for event, window in zip(ensemble.plan.events, ensemble.window_list(), strict=True):
        times_s = ensemble.event_times_s(event)
        bounds = [(moment - START).total_seconds() for moment in (window.earliest, window.latest)]
        assert bounds[0] <= times_s.min() + 1
        assert times_s.max() <= bounds[1] + 1


@pytest.mark.parametrize("running", ["profile", "dynamics"])
def test_many_journeys_at_once_are_those_one_by_one(fork, running):
    """In blocks, by train and leaving out repetitions, each as if it were alone."""
    heavy = train(length_m=Figure(Range(100.0, 600.0)))
    uncertain = scenario(
        running=running, train=heavy, speeds=at_speed(40.0, 60.0, meaning="maximum")
    )
    plan = uncertain.plan(fork)
    journeys = draw_journeys(plan, 60, seed=3)
    together = running_times_s(plan, journeys)
    alone = [running_times_s(plan, journeys.only(np.array([number]))) for number in range(60)]
    np.testing.assert_allclose(together, np.hstack(alone), atol=1e-6)


def test_journeys_that_run_alike_are_run_once(fork):
    """With nothing uncertain there is one, whatever the draws."""
    plan = scenario(running="dynamics").plan(fork)
    alike, stands_for = draw_journeys(plan, 500, seed=1).distinct()
    assert alike.count == 1
    assert (stands_for == 0).all()


def test_dynamics_computes_a_limited_number_of_runs(fork):
    """Each is dealt to as many draws as any other."""
    plan = scenario(running="dynamics", speeds=at_speed(40.0, 60.0)).plan(fork)
    alike, stands_for = draw_journeys(plan, 4 * RUNS, seed=1).distinct()
    assert alike.count == RUNS
    assert (np.bincount(stands_for) == 4).all()


def test_an_uncertain_train_is_one_of_a_limited_number(fork):
    """Each with as many draws, and the extremes from one end of its figures to the other."""
    heavy = train(mass_t=Figure(Range(300.0, 900.0)))
    plan = scenario(running="profile", train=heavy).plan(fork)
    journeys = draw_journeys(plan, 10 * TRAINS, seed=1)
    assert (np.bincount(journeys.train_of) == 10).all()
    masses_t = [each.mass_kg / 1000 for each in extreme_journeys(plan).trains]
    assert (min(masses_t), max(masses_t), len(masses_t)) == (300.0, 900.0, CORNERS)


@pytest.mark.parametrize(
    ("missing", "running"),
    [("acceleration_mps2", "profile"), ("tractive_effort", "dynamics")],
)
def test_a_train_without_the_figures_of_the_model_is_refused(fork, missing, running):
    """With the key and the remedy."""
    whole = train()
    figures = {key: each for key, each in whole.figures.items() if key != missing}
    lacking = TrainEstimate("Bare", figures, whole.resistance)
    with pytest.raises(InputError, match=f"scenario: {missing}: missing from train 'Bare'"):
        scenario(running=running, train=lacking).simulate(fork, draws=1)


def test_a_model_of_trains_needs_a_train(fork):
    """A scenario made without one is refused before anything is drawn."""
    with pytest.raises(InputError, match="train: missing"):
        scenario(running="profile", train=None).plan(fork)


def test_a_limit_must_lie_between_two_stations_of_the_route(fork):
    """Two different ones."""
    for between in (("North", "North"), ("North", "East")):
        limits = (Limit(between, Range(30.0, 30.0)),)
        with pytest.raises(InputError, match=r"scenario: limit between 'North' and"):
            scenario(limits=limits).plan(fork)

"""Running times of the journeys of a plan: models, averages, limits, margins, trains."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from journey.drawing.sampling import RUNS, TRAINS, draw_block
from journey.drawing.shares import Blocks
from journey.errors import InputError
from journey.quantities import Range
from journey.running_times import running_rows
from journey.statements import Limit, Margin, SpeedRule, Stop
from journey.train_estimate import Effort, Figure, TrainEstimate
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
        "length_m": fixed(200.0),
        "max_speed_kmh": fixed(120.0),
        "braking_mps2": fixed(0.5),
        "acceleration_mps2": fixed(0.5),
        "tractive_effort": Effort(((0.0, 250_000.0),), Range(1.0, 1.0)),
    }
    return TrainEstimate("Test train", **{**defaults, **figures})


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
    point = train(length_m=fixed(0.0), acceleration_mps2=fixed(10.0), braking_mps2=fixed(10.0))
    limited = scenario(running="profile", limits=(limit,), train=point)
    assert hours(limited, fork) == pytest.approx(84 / 60, abs=1 / 3600)
    # 10.5 km at 30 km/h leave 73.5 km for the rest of the 84 minutes.
    faster_kmh = 73.5 / (84 / 60 - 10.5 / 30)
    assert hours(limited, fork, 2) == pytest.approx(46 / faster_kmh, abs=5 / 3600)


def test_an_average_out_of_reach_is_refused(fork):
    """The message says what can be had, and how else the speed may be meant."""
    slow = (Limit(("West", "North"), Range(20.0, 20.0)),)
    with pytest.raises(InputError, match=r"60\.0 km/h on average from West to Farther.*km/h: exp"):
        scenario(running="profile", limits=slow).simulate(fork, draws=1)


def test_the_lowest_of_several_limits_holds(fork):
    """Where two overlap."""
    maximum = at_speed(60.0, 60.0, meaning="maximum")
    wide, narrow = (
        Limit(("West", "Farther"), Range(50.0, 50.0)),
        Limit(("North", "Border"), Range(25.0, 25.0)),
    )
    found = hours(scenario(speeds=maximum, limits=(wide, narrow), train=None), fork)
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


HEAVY = {
    "mass_t": Figure(Range(300.0, 1500.0, 500.0)),
    "length_m": Figure(Range(100.0, 600.0)),
    "braking_mps2": Figure(Range(0.3, 0.6)),
}


def uncertain(running, meaning):
    """Speed, a limit, a halt, a margin and the train are uncertain."""
    return scenario(
        running=running,
        train=train(**HEAVY),
        speeds=at_speed(40.0, 60.0, meaning=meaning),
        limits=(Limit(("North", "Border"), Range(35.0, 50.0)),),
        stops=(Stop("Far", Range(600.0, 1200.0)),),
        margin=Margin(Range(2.0, 5.0), Range(0.0, 3.0)),
    )


def all_times_s(ensemble):
    """The times of every event, shape (events, draws)."""
    blocks = [list(draws.event_times_s(ensemble.events)) for draws in ensemble.blocks()]
    return np.hstack(blocks)


def check_within_bounds(ensemble):
    """Every drawn journey lies within the bounds of every event."""
    for times_s, (low_s, high_s) in zip(all_times_s(ensemble), ensemble.bounds_s, strict=True):
        assert low_s - 1e-6 <= times_s.min()
        assert times_s.max() <= high_s + 1e-6


MODELS = [("cruise", "maximum"), ("profile", "maximum")]
MODELS += [pytest.param("profile", "average", marks=pytest.mark.long)]
MODELS += [("dynamics", "maximum")]
MODELS += [pytest.param("dynamics", "average", marks=pytest.mark.long)]


@pytest.mark.parametrize(("running", "meaning"), MODELS)
def test_every_journey_lies_within_the_bounds(fork, running, meaning):
    """And under a maximum they are those of the scenario, whatever the draws."""
    one, many = (
        uncertain(running, meaning).simulate(fork, draws=draws, seed=draws) for draws in (1, 150)
    )
    check_within_bounds(many)
    if meaning == "maximum":
        np.testing.assert_array_equal(one.bounds_s, many.bounds_s)
    for times_s, (low_s, high_s) in zip(all_times_s(many), many.bounds_s, strict=True):
        assert times_s.max() - times_s.min() >= 0.6 * (high_s - low_s)


@pytest.mark.parametrize("running", ["cruise", "profile", "dynamics"])
def test_the_bounds_are_journeys_that_can_be(fork, running):
    """The earliest arrival is that with every quantity at its quick end, and so the latest."""
    ensemble = uncertain(running, "maximum").simulate(fork, draws=1)
    found = ensemble.bounds_s[-1]
    for end, expected_s in enumerate(found):
        quick = {0: 1.0, 1: 0.0}[end]
        figures = {
            key: fixed(float(each.value.at(quick if key == "braking_mps2" else 1 - quick)))
            for key, each in HEAVY.items()
        }
        speed, limit = (float(each.at(quick)) for each in (Range(40.0, 60.0), Range(35.0, 50.0)))
        certain = scenario(
            running=running,
            train=train(**figures),
            speeds=at_speed(speed, speed, meaning="maximum"),
            limits=(Limit(("North", "Border"), Range(limit, limit)),),
            stops=(Stop("Far", Range(*[(600.0, 1200.0)[end]] * 2)),),
            margin=Margin(Range(*[(2.0, 5.0)[end]] * 2), Range(*[(0.0, 3.0)[end]] * 2)),
        ).simulate(fork, draws=1)
        arrival_s = certain.event_times_s(certain.plan.events[-1])[0]
        assert arrival_s == pytest.approx(expected_s, abs=1e-3)


def test_a_low_limit_ahead_makes_an_average_quick_before_it(fork):
    """So the earliest time before the limit belongs to the lowest limit, not to the highest."""
    limits = (Limit(("North", "Border"), Range(20.0, 50.0)),)
    at_north = 2
    bounds_s = []
    for each in (limits, (Limit(("North", "Border"), Range(20.0, 20.0)),)):
        ensemble = scenario(running="profile", limits=each, speeds=at_speed(40.0, 40.0)).simulate(
            fork, draws=1
        )
        bounds_s.append(ensemble.bounds_s[at_north])
    assert bounds_s[0][0] == pytest.approx(bounds_s[1][0], abs=1e-3)
    assert bounds_s[0][1] > bounds_s[1][1] + 60


def test_bounds_hold_where_the_slowest_journey_is_in_the_middle_of_a_range(fork):
    """A limit ahead lets the train run faster, until another limit stops it from doing so."""
    limits = (
        Limit(("West", "North"), Range(62.0, 62.0)),
        Limit(("North", "Border"), Range(20.0, 80.0)),
    )
    ensemble = scenario(running="profile", limits=limits, speeds=at_speed(55.0, 55.0)).simulate(
        fork, draws=200
    )
    check_within_bounds(ensemble)


def test_a_cruise_with_a_train_makes_up_for_the_length_of_it(fork):
    """Its rear keeps it slow beyond a slow stretch; the bounds hold all the same."""
    rules = (
        SpeedRule("West to Junction", Range(20.0, 55.0)),
        SpeedRule("Junction to North", Range(50.0, 60.0)),
    )
    ensemble = scenario(
        train=train(length_m=fixed(3000.0)), speeds=at_speed(60.0, 60.0, rules=rules)
    ).simulate(fork, draws=200)
    check_within_bounds(ensemble)


def test_only_what_acts_on_the_route_counts_as_uncertain(fork):
    """A default that holds nowhere is one quantity less to try."""
    rules = tuple(
        SpeedRule(where, Range(40.0, 50.0))
        for where in ("West to Junction", "Junction to North", "North to Border", "RU")
    )
    speeds = at_speed(40.0, 50.0, rules=rules)
    plan = scenario(running="profile", speeds=speeds).plan(fork)
    assert sum(plan.uncertain) == 4 + (plan.rule_km[0] > 0)


def test_an_average_may_have_many_uncertain_quantities(fork):
    """Then their ends are tried one by one, and the bounds hold every drawn journey too."""
    limits = tuple(Limit(("West", "Farther"), Range(70.0, 100.0 + n)) for n in range(5))
    check_within_bounds(scenario(running="profile", limits=limits).simulate(fork, draws=64))


def test_a_train_may_be_too_slow_for_a_cruise(fork):
    """Where one is stated, its highest speed holds."""
    slow = train(max_speed_kmh=fixed(50.0))
    with pytest.raises(InputError, match=r"60\.0 km/h on average .* allow 50\.0 km/h"):
        scenario(train=slow).simulate(fork, draws=1)
    maximum = scenario(train=slow, speeds=at_speed(60.0, 60.0, meaning="maximum"))
    assert hours(maximum, fork) == pytest.approx(84 / 50, abs=1 / 3600)


@pytest.mark.parametrize("running", ["cruise", "profile"])
def test_the_length_of_the_train_counts_in_every_model(fork, running):
    """Its rear keeps it at the limit for so much longer."""
    limits = (Limit(("Border", "North"), Range(30.0, 30.0)),)
    about = {"speeds": at_speed(60.0, 60.0, meaning="maximum"), "limits": limits}
    quick = {"acceleration_mps2": fixed(10.0), "braking_mps2": fixed(10.0)}
    times_h = [
        hours(
            scenario(running=running, train=train(length_m=fixed(long_m), **quick), **about), fork
        )
        for long_m in (0.0, 5000.0)
    ]
    assert times_h[1] - times_h[0] == pytest.approx(5 / 30 - 5 / 60, abs=2 / 3600)


@pytest.mark.parametrize("running", ["cruise", "profile"])
def test_an_average_is_kept_between_reversals_too(fork, running):
    """Each leg between two halts takes its length over the stated speed."""
    there_and_back = make_scenario("West", "East", "North", train=train(), running=running)
    length_km = there_and_back.plan(fork).route.length_km
    assert hours(there_and_back, fork) == pytest.approx(length_km / 60, abs=1 / 3600)


def test_a_train_stands_to_reverse(fork):
    """It brakes to a stand and starts again, though it stands for no time."""
    about = {"train": train(), "running": "profile"}
    maximum = at_speed(60.0, 60.0, meaning="maximum")
    there_and_back = make_scenario("West", "East", "North", speeds=maximum, **about)
    lost_h = (60 / 3.6) / 0.5 / 3600
    reversals = len(there_and_back.plan(fork).route.reversals)
    assert reversals > 0
    assert hours(there_and_back, fork) == pytest.approx(
        there_and_back.plan(fork).route.length_km / 60 + (1 + reversals) * lost_h, abs=1 / 3600
    )


def drawn(plan, draws, seed=1):
    """The journeys of the first block."""
    return draw_block(plan, Blocks.of(draws), seed, 0)


def station_times_s(plan, journeys):
    """Running times to every timing point, shape (stations, journeys)."""
    return np.stack(list(running_rows(plan, journeys, plan.route.station_m)))


@pytest.mark.parametrize("running", ["profile", "dynamics"])
def test_many_journeys_at_once_are_those_one_by_one(fork, running):
    """In blocks, by train and leaving out repetitions, each as if it were alone."""
    plan = uncertain(running, "maximum").plan(fork)
    journeys = drawn(plan, 60, seed=3).journeys
    together = station_times_s(plan, journeys)
    alone = [station_times_s(plan, journeys.only(np.array([n]))) for n in range(journeys.count)]
    np.testing.assert_array_equal(together, np.hstack(alone))


def test_journeys_that_run_alike_are_run_once(fork):
    """With nothing uncertain there is one, whatever the draws."""
    plan = scenario(running="dynamics").plan(fork)
    alike, stands_for = drawn(plan, 500).journeys.distinct()
    assert alike.count == 1
    assert (stands_for == 0).all()


def test_dynamics_computes_a_limited_number_of_runs(fork):
    """Each is dealt to as many draws as any other, all of its own row."""
    speeds = at_speed(40.0, 60.0, meaning="maximum")
    plan = scenario(running="dynamics", speeds=speeds).plan(fork)
    draws = drawn(plan, 8192)
    assert RUNS / 2 <= draws.journeys.count <= RUNS
    of_each = np.bincount(draws.run_of)
    assert (of_each == 8192 // draws.journeys.count).all()
    runs_of_row = draws.journeys.count // 32
    assert (draws.run_of // runs_of_row == draws.group).all()


def test_a_limited_number_of_trains_is_drawn(fork):
    """For a profile each journey runs by itself, but shares its train with others of its row."""
    plan = scenario(running="profile", train=train(**HEAVY)).plan(fork)
    journeys = drawn(plan, 8192).journeys
    assert journeys.count == 8192
    assert TRAINS / 2 <= len(journeys.trains) <= TRAINS
    assert (np.bincount(journeys.train_of) == 8192 // len(journeys.trains)).all()


def test_a_drawn_train_is_evenly_drawn(fork):
    """The masses fill their range evenly; size and speed are independent."""
    heavy = train(mass_t=Figure(Range(300.0, 900.0)), acceleration_mps2=Figure(Range(0.2, 0.4)))
    speeds = at_speed(40.0, 60.0, meaning="maximum")
    plan = scenario(running="dynamics", train=heavy, speeds=speeds).plan(fork)
    journeys = drawn(plan, 8192).journeys
    masses_t = np.array([journeys.trains[n].mass_kg / 1000 for n in journeys.train_of])
    counts = np.histogram(masses_t, bins=10, range=(300, 900))[0]
    assert counts == pytest.approx(np.full(10, len(masses_t) / 10), rel=0.15)
    assert abs(np.corrcoef(masses_t, journeys.speed_mps[0])[0, 1]) < 0.15


def test_size_and_readiness_are_drawn_apart(fork):
    """Mass and effort rise together; braking has a share of its own."""
    figures = {"tractive_effort": Effort(((0.0, 250_000.0),), Range(0.5, 2.0)), **HEAVY}
    plan = scenario(running="dynamics", train=train(**figures)).plan(fork)
    trains = drawn(plan, 8192).journeys.trains
    mass, effort, braking = (
        [each.mass_kg for each in trains],
        [each.effort[0][1] for each in trains],
        [each.braking_mps2 for each in trains],
    )
    assert (np.argsort(mass, kind="stable") == np.argsort(effort, kind="stable")).all()
    assert abs(np.corrcoef(mass, braking)[0, 1]) < 0.15


@pytest.mark.parametrize(
    ("missing", "running"),
    [("acceleration_mps2", "profile"), ("tractive_effort", "dynamics")],
)
def test_a_train_without_the_figures_of_the_model_is_refused(fork, missing, running):
    """With the key and the remedy."""
    lacking = replace(train(), name="Bare", **{missing: None})
    with pytest.raises(InputError, match=f"scenario: {missing}: missing from train 'Bare'"):
        scenario(running=running, train=lacking).simulate(fork, draws=1)


def test_a_model_of_trains_needs_a_train(fork):
    """A scenario made without one is refused before anything is drawn."""
    with pytest.raises(InputError, match="train: missing"):
        scenario(running="profile", train=None).plan(fork)


def test_an_average_with_limits_is_no_cruise():
    """It would run at any speed to make up for them."""
    limits = (Limit(("North", "Border"), Range(30.0, 30.0)),)
    with pytest.raises(InputError, match=r'speed\.meaning: "average" with running = "cruise"'):
        scenario(limits=limits)


def test_a_speed_is_stated_once_for_a_place(fork):
    """Two rules for one line would be a riddle; a stretch lies between two stations."""
    for wheres, expected in (
        (("Branch", "Branch"), "speed for 'Branch': stated twice"),
        (("North to North",), "speed for 'North to North': expected two different"),
        (("North to Nowhere",), "speed for 'North to Nowhere': 'Nowhere' is no station"),
    ):
        rules = tuple(SpeedRule(where, Range(40.0, 40.0)) for where in wheres)
        with pytest.raises(InputError, match=expected):
            scenario(speeds=at_speed(60.0, 60.0, rules=rules)).plan(fork)


def test_a_limit_must_lie_between_two_stations_of_the_route(fork):
    """Two different ones."""
    for between in (("North", "North"), ("North", "East")):
        limits = (Limit(between, Range(30.0, 30.0)),)
        speeds = at_speed(60.0, 60.0, meaning="maximum")
        with pytest.raises(InputError, match=r"scenario: limit between 'North' and"):
            scenario(limits=limits, speeds=speeds).plan(fork)

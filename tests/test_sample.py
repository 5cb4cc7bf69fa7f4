"""A few journeys that stand for all, and what becomes of them if something is changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journey
from journey.drawing.halts import NO_HALTS
from journey.errors import InputError
from journey.quantities import LogNormal, Range
from journey.sample import Change, Sample
from journey.sample.choosing import Chosen
from journey.sample.columns import unpack
from journey.sample.paces import HALT_STEP_M, STEPS, paced
from journey.statements import Departure, Margin, SpeedRule, Speeds, Stop, UnreportedHalts
from journey.train_estimate import Figure, TrainEstimate
from tests.browser.bundled import samples, views
from tests.conftest import at_speed, make_scenario

HOUR_S = 3600.0
START = datetime(2023, 9, 10, tzinfo=UTC)
SIX_HOURS = Departure(START, START + timedelta(hours=6))
HALTS = UnreportedHalts(Range(40.0, 40.0), LogNormal(900.0, 2.0, 60.0, 7200.0))
SPEED = st.floats(5.0, 120.0)
COUNTRY = st.sampled_from(["KP", "RU"])


@pytest.fixture(scope="module")
def headline():
    """The scenario of the bundled headline: 59 km/h all the way, and no halt."""
    return journey.load_scenario("vostochny-2023").as_headline()


@pytest.fixture(scope="module")
def of_headline():
    """Journeys of its ensemble."""
    return samples()[1]


@pytest.fixture(scope="module")
def of_reported():
    """Journeys of the ensemble after its reports."""
    return samples()[0]


def seconds(windows):
    """Earliest, central and latest of each window, seconds of Unix time."""
    return np.array(
        [[each.timestamp() for each in (w.earliest, w.central, w.latest)] for w in windows]
    )


def both_countries(kmh):
    """One speed all the way."""
    return {"KP": kmh, "RU": kmh}


def at_one_speed(scenario, kmh):
    """The scenario at another speed."""
    return replace(scenario, speeds=Speeds(SpeedRule("default", Range(kmh, kmh))))


# The engine as oracle: a headline with one quantity changed is a scenario of its own.


@pytest.mark.parametrize("kmh", [30.0, 45.0, 51.5, 60.0, 80.0])
def test_another_speed_gives_the_windows_of_a_scenario_at_that_speed(
    headline, of_headline, network, kmh
):
    """Bounds to the second; the middle of departure over six hours within half a minute."""
    changed = seconds(of_headline.changed(Change(speed_kmh=both_countries(kmh))).window_list(1.0))
    engine = at_one_speed(headline, kmh).simulate(network, draws=2000)
    asked = seconds(engine.window_list(1.0))
    assert (changed[:, [0, 2]] == asked[:, [0, 2]]).all()
    grain_s = of_headline.grain_s[0] + engine.grain_s[0]
    assert np.abs(changed[:, 1] - asked[:, 1]).max() <= grain_s


def test_a_departure_and_a_speed_give_one_moment(headline, of_headline, network):
    """Nothing is open any more; what lies in the middle of two seconds may be either."""
    depart = datetime.fromisoformat("2023-09-10T13:37:00+09:00")
    change = Change(depart=depart, speed_kmh=both_countries(47.0))
    changed = seconds(of_headline.changed(change).window_list(1.0))
    scenario = replace(at_one_speed(headline, 47.0), departures=(Departure(depart, depart),))
    asked = seconds(scenario.simulate(network, draws=10).window_list(1.0))
    assert (changed[:, [0, 2]] == asked[:, [0, 2]]).all()
    # Windows of the sample are rounded as those of the headline, whose departure is open.
    assert np.abs(changed[:, 1] - asked[:, 1]).max() <= of_headline.grain_s[0] / 2 + 0.5


def test_a_stand_gives_the_windows_of_a_scenario_with_that_stop(headline, of_headline, network):
    """Six hours at Khasan: it arrives there as it passed, and all beyond is six hours later."""
    changed = of_headline.changed(Change(stand_h={"khasan": 6}))
    stop = Stop("Khasan", Range(6 * HOUR_S, 6 * HOUR_S))
    asked = replace(headline, stops=(stop,)).simulate(network).window_list(1.0)
    # Paces of the sample are whole milliseconds for each kilometre.
    assert np.abs(seconds(changed.window_list(1.0)) - seconds(asked))[:, [0, 2]].max() <= 1
    at_60 = Change(stand_h={"khasan": 6}, speed_kmh=both_countries(60.0))
    scenario = replace(at_one_speed(headline, 60.0), stops=(stop,))
    found = scenario.simulate(network, draws=10).window_list(1.0)
    exact = seconds(of_headline.changed(at_60).window_list(1.0))
    assert (exact[:, [0, 2]] == seconds(found)[:, [0, 2]]).all()


def test_whatif_says_the_same(headline, of_headline, network):
    """A grid of scenarios: every window of each of its cases, to the second."""
    grid = journey.whatif(headline, network, speed=[45.0, 55.0], level=1.0, draws=200)
    # The first case is the scenario as it stands.
    for _, case in list(grid.groupby("case"))[1:]:
        kmh = float(case["speed_kmh"].iloc[0])
        changed = of_headline.changed(Change(speed_kmh=both_countries(kmh)))
        windows = {window.station.id: window for window in changed.window_list(1.0)}
        for row in case.itertuples():
            window = windows[row.id]
            assert [window.earliest, window.latest] == [
                datetime.fromisoformat(each) for each in (row.earliest, row.latest)
            ]


# The engine as oracle: the very journeys that were chosen, run by it.


def only(draws, numbers):
    """Some journeys of a block."""
    runs = numbers if draws.run_of is None else draws.run_of[numbers]
    return replace(
        draws,
        group=draws.group[numbers],
        depart_s=draws.depart_s[numbers],
        dwell_s=draws.dwell_s[:, numbers],
        journeys=draws.journeys.only(runs),
        run_of=None,
        margin_share=draws.margin_share[numbers],
        margin_s_per_m=draws.margin_s_per_m[numbers],
        halts=draws.halts.of(numbers, draws.count),
        weight=None,
        rows=None,
    )


def chosen_by(sample, ensemble):
    """Those of an ensemble's journeys that a sample is made of, by departure and stops.

    Returns each block of them with their numbers in the sample.
    """
    wanted = {}
    for number, key in enumerate(np.vstack([sample.journeys.depart_s, sample.journeys.dwell_s]).T):
        wanted.setdefault(tuple(key), []).append(number)
    found = []
    for draws in ensemble.blocks():
        here, mine = [], []
        for number, key in enumerate(np.rint(np.vstack([draws.depart_s, draws.dwell_s])).T):
            for each in wanted.pop(tuple(key), ()):
                here.append(number)
                mine.append(each)
        if here:
            found.append((only(draws, np.array(here)), np.array(mine)))
    return found


def half_steps_s(draws, bounds_m):
    """What a journey is off by half a step of its pace, for each part of the way, s."""
    at_m = bounds_m[1:]
    rows = list(replace(draws, halts=NO_HALTS)._moving_s(np.concatenate([[0.0], at_m])))
    raw = np.diff(rows, axis=0) / np.diff(bounds_m)[:, None] * 1e6
    steps = np.ceil((raw.max(axis=1) - np.floor(raw.min(axis=1))) / STEPS)
    return np.maximum(steps, 1.0) / 2 * np.diff(bounds_m) / 1e6


def halted_nearby(sample, mine):
    """At which events a halt of a journey lies so near that rounding may move it beyond."""
    at_m = sample.station_m[[event.station for event in sample.plan.events]]
    near = np.zeros((len(at_m), len(mine)), dtype=bool)
    order = {int(number): place for place, number in enumerate(mine)}
    halts = sample.journeys.halts
    for draw, halt_m in zip(halts.draw.tolist(), halts.at_m, strict=True):
        if draw in order:
            near[np.abs(at_m - halt_m) <= HALT_STEP_M, order[draw]] = True
    return near


ROUNDED_S = 0.5
"""Departures, stops and halts are whole seconds."""
CHANGES = [
    {},
    {"speed_kmh": {"RU": 45.0}},
    {"depart": "2023-09-10T15:00+09:00", "stand_h": {"tumangang": 2, "khasan": 0.5}},
    {"speed_kmh": {"KP": 33.3, "RU": 61.0}, "halts_h": 0},
]


@pytest.mark.parametrize("change", CHANGES, ids=["nothing", "speed", "stands", "speeds and halts"])
def test_its_journeys_are_those_that_the_engine_runs(of_reported, change):
    """At every event of every journey, with whatever is changed, to what rounding costs.

    Where a speed is held, no pace is rounded: then only whole seconds are lost.
    """
    ensemble, plan = views()[0].ensemble, of_reported.plan
    made = Change(**change)
    changed_s = of_reported.changed(made).times_s()
    seen = 0
    for draws, mine in chosen_by(of_reported, ensemble):
        oracle, off_s = held(draws, made), half_steps_s(draws, of_reported.bounds_m).max()
        true_s = np.stack(list(oracle.event_times_s(plan.events)))
        whole = draws.halts.draw.size and np.bincount(draws.halts.draw).max()
        least_s = ROUNDED_S * (1 + len(plan.stops) + whole) + 0.1
        apart_s = np.abs(changed_s[:, mine] - true_s)[~halted_nearby(of_reported, mine)]
        both = len(made.speed_kmh) == 2
        assert apart_s.max() <= (least_s if both else least_s + off_s)
        seen += len(mine)
    assert seen == of_reported.size


def held(draws, change):
    """The same journeys of the engine, with quantities held at one value each."""
    plan, speeds = draws.plan, draws.journeys.speed_mps.copy()
    for number, luck in enumerate(plan.cells.lucks):
        if luck.country in change.speed_kmh:
            speeds[number] = change.speed_kmh[luck.country] / 3.6
    dwell_s = draws.dwell_s.copy()
    for place, hours in change.stand_h.items():
        dwell_s[plan.stop_station == plan.route.index_of(place)] = hours * HOUR_S
    depart_s = draws.depart_s
    if change.depart:
        moment = datetime.fromisoformat(change.depart)
        depart_s = np.full(draws.count, (moment - plan.epoch).total_seconds())
    return replace(
        draws,
        journeys=replace(draws.journeys, speed_mps=speeds),
        dwell_s=dwell_s,
        depart_s=depart_s,
        halts=draws.halts if change.halts_h is None else NO_HALTS,
    )


def train_scenario(meaning, low_kmh=50.0, high_kmh=70.0, **about):
    """West to Farther with a train that gains and loses 0.5 m/s in a second."""
    train = TrainEstimate(
        "Test train",
        mass_t=Figure(Range(500.0, 500.0)),
        length_m=Figure(Range(200.0, 200.0)),
        max_speed_kmh=Figure(Range(120.0, 120.0)),
        braking_mps2=Figure(Range(0.5, 0.5)),
        acceleration_mps2=Figure(Range(0.5, 0.5)),
    )
    return make_scenario(
        "West",
        "Farther",
        depart=SIX_HOURS,
        running="profile",
        train=train,
        speeds=at_speed(low_kmh, high_kmh, meaning=meaning),
        stops=(Stop("North", Range(600.0, 3600.0)),),
        margin=Margin(Range(0.0, 10.0), Range(0.0, 3.0)),
        **about,
    )


@pytest.mark.parametrize("meaning", ["maximum", "average"])
def test_a_train_is_where_it_is_at_the_ends_of_parts(fork, meaning):
    """It gains and loses speed within them, so that only there its times are those of the engine.

    A scenario with bounds of its own is told to a second and a half: departure, stop, and paces.
    """
    ensemble = train_scenario(meaning).simulate(fork, draws=400, seed=3)
    sample = Sample.of(ensemble, 100)
    exact = meaning == "maximum"
    assert sample.size == (102 if exact else 100)
    bounds = set(sample.bounds_m.tolist())
    at_bounds = [
        number
        for number, event in enumerate(ensemble.events)
        if sample.station_m[event.station] in bounds
    ]
    # The ends, the junction, North on arrival and departure, Far: all but halt and border.
    assert len(at_bounds) >= 6
    times_s, seen = sample.times_s(), 0
    for draws, mine in chosen_by(sample, ensemble):
        true_s = np.stack(list(draws.event_times_s(ensemble.events)))
        off_s = 0.0 if exact else half_steps_s(draws, sample.bounds_m).max()
        apart_s = np.abs(times_s[:, mine] - true_s)[at_bounds]
        assert apart_s.max() <= 3 * ROUNDED_S + off_s
        seen += len(mine)
    assert seen >= 100


# What a sample stands for.


def test_unchanged_it_has_the_windows_of_its_ensemble(of_headline):
    """Of a scenario with bounds of its own: to the second, but for what whole milliseconds cost."""
    ensemble = views()[1].ensemble
    found, whole = (seconds(each.window_list(1.0)) for each in (of_headline, ensemble))
    assert np.abs(found - whole)[:, [0, 2]].max() <= 1
    assert np.abs(found - whole)[:, 1].max() <= of_headline.grain_s[0]


def test_unchanged_its_quantiles_are_those_of_its_ensemble(of_reported):
    """At principal stations, within three standard errors of so many journeys against as many.

    Besides, paces are rounded: that costs at most half a step of the longest part.
    """
    view = views()[0]
    ensemble, plan = view.ensemble, view.ensemble.plan
    principal = [
        number
        for number, event in enumerate(plan.events)
        if plan.route.timing_points[event.station].station.rank == 1
    ]
    found_s = np.quantile(of_reported.times_s(), (0.05, 0.5, 0.95), axis=1).T[principal]
    apart_s = np.abs(found_s - ensemble.quantiles_s(0.9)[principal])
    more = np.sqrt(1 + ensemble.effective_draws / of_reported.size)
    errors_s = 3 * more * ensemble.standard_errors_s(0.9)[principal]
    (draws, _), *_ = chosen_by(of_reported, ensemble)
    assert (apart_s <= errors_s + half_steps_s(draws, of_reported.bounds_m).max()).all()
    assert apart_s.mean() <= of_reported.grain_s[0]


@settings(max_examples=10)
@given(
    seed=st.integers(0, 99),
    draws=st.sampled_from([1, 7, 300, 20_000]),
    size=st.integers(2, 60),
    open_to=st.sets(st.sampled_from(["speed", "halts"])),
)
def test_no_window_of_all_journeys_is_narrower_than_the_scenario_allows(
    fork, seed, draws, size, open_to
):
    """Its own bounds are among the journeys; after unreported halts only the earliest is known."""
    scenario = make_scenario(
        "West",
        "Farther",
        depart=SIX_HOURS,
        speeds=at_speed(*([25.0, 55.0, 40.0] if "speed" in open_to else [50.0, 50.0])),
        stops=(Stop("North", Range(0.0, 3600.0)),),
        margin=Margin(Range(0.0, 10.0), Range(0.0, 3.0)),
        unreported_halts=(HALTS,) if "halts" in open_to else (),
    )
    ensemble = scenario.simulate(fork, draws=draws, seed=seed)
    found, whole = (
        seconds(each.window_list(1.0)) for each in (Sample.of(ensemble, size), ensemble)
    )
    assert np.abs(found - whole)[:, 0].max() <= 1
    if "halts" not in open_to:
        assert np.abs(found - whole)[:, 2].max() <= 1


def test_what_no_journey_has_is_changed_by_nothing(of_reported, of_headline):
    """A change that names nothing gives the same windows and the same bytes."""
    for sample in (of_reported, of_headline):
        same = sample.changed(Change())
        assert (same.times_s() == sample.times_s()).all()
        assert same.packed() == sample.packed()
        assert (seconds(same.window_list(0.9)) == seconds(sample.window_list(0.9))).all()


def test_a_change_can_be_taken_back(of_reported):
    """Each change is made on journeys that stay as they were; the last word counts."""
    before = of_reported.times_s()
    slow = of_reported.changed(Change(speed_kmh={"RU": 20}, stand_h={"rajin": 3}, halts_h=4))
    assert (of_reported.times_s() == before).all()
    again = slow.changed(Change(speed_kmh={"RU": 50}, stand_h={"rajin": 0}, halts_h=1))
    once = of_reported.changed(Change(speed_kmh={"RU": 50}, stand_h={"rajin": 0}, halts_h=1))
    assert (again.times_s() == once.times_s()).all()


# Properties of changes.


@settings(max_examples=10)
@given(country=COUNTRY, speeds=st.tuples(SPEED, SPEED))
def test_a_slower_train_never_arrives_earlier(country, speeds):
    """Journey by journey, at every event, and exactly where the speed does not hold."""
    sample = samples()[0]
    slow_s, fast_s = (
        sample.changed(Change(speed_kmh={country: kmh})).times_s() for kmh in sorted(speeds)
    )
    assert (slow_s >= fast_s).all()
    if country == "RU":
        border_m = sample.plan.route.countries[1].start_m
        before = sample.station_m[[event.station for event in sample.plan.events]] <= border_m
        assert (slow_s[before] == sample.times_s()[before]).all()


@settings(max_examples=10)
@given(
    place=st.sampled_from(["khasan", "rajin", "ussuriysk", "khabarovsk-i", "tumangang"]),
    quarters=st.tuples(st.integers(0, 288), st.integers(0, 288)),
    country=COUNTRY,
    kmh=SPEED,
)
def test_a_longer_stand_shifts_all_beyond_by_as_much(place, quarters, country, kmh):
    """To the second, whatever the speed; before it and on arrival there nothing changes."""
    sample = samples()[1]
    short, long = (
        seconds(
            sample.changed(Change(stand_h={place: each / 4}, speed_kmh={country: kmh})).window_list(
                1.0
            )
        )
        for each in quarters
    )
    number = sample.plan.route.index_of(place)
    events = sample.changed(Change(stand_h={place: 1})).plan.events
    beyond = np.array(
        [e.station > number or (e.station, e.kind) == (number, "depart") for e in events]
    )
    assert (long[~beyond] == short[~beyond]).all()
    # A central moment between two of the grain may fall to either.
    shift = (long - short)[beyond] - (quarters[1] - quarters[0]) * 900
    assert np.abs(shift[:, [0, 2]]).max() == 0
    assert np.abs(shift[:, 1]).max() <= sample.grain_s[0]


@settings(max_examples=10)
@given(hours=st.floats(0, 72))
def test_halts_spread_evenly_add_their_share_at_each_kilometre(hours):
    """And take the place of all halts that were drawn."""
    sample = samples()[0]
    none_s, some_s = (sample.changed(Change(halts_h=each)).times_s() for each in (0, hours))
    at_m = sample.station_m[[event.station for event in sample.plan.events]]
    share = at_m / sample.bounds_m[-1]
    assert np.abs(some_s - none_s - (share * hours * HOUR_S)[:, None]).max() < 1e-4
    assert (none_s <= sample.times_s()).all()


def test_a_departure_is_that_of_every_journey(of_reported, of_headline):
    """Whatever its offset; before the epoch too."""
    for text in ("2023-09-09T20:00+09:00", "2023-09-10T08:30+00:00"):
        moment = datetime.fromisoformat(text)
        for sample in (of_reported, of_headline):
            windows = sample.changed(Change(depart=text)).window_list(0.9)
            assert {windows[0].earliest, windows[0].central, windows[0].latest} == {moment}
            same = sample.changed(Change(depart=moment)).window_list(0.9)
            assert (seconds(windows) == seconds(same)).all()
            assert (np.diff(seconds(windows), axis=0) >= 0).all()


# How journeys are rounded.


@st.composite
def chosen_journeys(draw):
    """Journeys on parts of very different length, at very different speeds."""
    length_m = draw(st.lists(st.integers(50, 700_000), min_size=1, max_size=12))
    count = draw(st.integers(1, 20))
    seed = draw(st.integers(0, 2**32 - 1))
    spread = draw(st.sampled_from([0.0, 0.01, 0.5, 3.0]))
    rng = np.random.default_rng(seed)
    s_per_m = np.exp(rng.normal(np.log(0.07), spread, (len(length_m), count)))
    moving_s = np.cumsum(s_per_m * np.array(length_m)[:, None], axis=0)
    moving_s = np.concatenate([np.zeros((1, count)), moving_s])
    bounds_m = np.cumsum([0.0, *length_m])
    chosen = Chosen(rng.uniform(0, 9e4, count), moving_s, np.zeros((0, count)), NO_HALTS)
    return chosen, bounds_m


def off_at_bounds_s(chosen, bounds_m, *, exact):
    """By how much rounded journeys are off at each bound but the first, s."""
    pace = paced(chosen, bounds_m, exact=exact).pace_ms_per_km
    reached_s = np.cumsum(pace * np.diff(bounds_m)[:, None], axis=0) / 1e6
    return np.abs(reached_s - chosen.moving_s[1:])


@given(made=chosen_journeys())
def test_exact_paces_are_off_by_half_a_millisecond_for_each_kilometre_of_a_part(made):
    """What one part loses the next makes up for, so that it never adds up."""
    chosen, bounds_m = made
    off_s = off_at_bounds_s(chosen, bounds_m, exact=True)
    assert (off_s <= np.diff(bounds_m)[:, None] / 2e6 + 1e-6).all()


@given(made=chosen_journeys())
def test_coarse_paces_are_off_by_half_a_step_of_a_part_before(made):
    """A part that is too short to make up for it leaves it to the next one, and adds nothing."""
    chosen, bounds_m = made
    length_m = np.diff(bounds_m)
    raw = np.diff(chosen.moving_s, axis=0) / length_m[:, None] * 1e6
    steps = np.maximum(np.ceil((raw.max(axis=1) - np.floor(raw.min(axis=1))) / STEPS), 1.0)
    off_s = off_at_bounds_s(chosen, bounds_m, exact=False)
    most_s = np.maximum.accumulate(steps / 2 * length_m / 1e6)
    assert (off_s <= most_s[:, None] + 1e-6).all()


@given(made=chosen_journeys())
def test_no_journey_is_made_quicker_or_slower_than_all_that_were_chosen(made):
    """On no part, by more than a step; and each part has 256 paces at most."""
    chosen, bounds_m = made
    raw = np.diff(chosen.moving_s, axis=0) / np.diff(bounds_m)[:, None] * 1e6
    pace = paced(chosen, bounds_m, exact=False).pace_ms_per_km
    steps = np.maximum(np.ceil((raw.max(axis=1) - np.floor(raw.min(axis=1))) / STEPS), 1.0)
    assert (pace >= np.floor(raw.min(axis=1, keepdims=True))).all()
    # So many steps as there are may end up to all of them beyond the slowest, of which one is each.
    assert (pace.max(axis=1) <= np.floor(raw.min(axis=1)) + STEPS * steps).all()
    assert all(len(set(row.tolist())) <= STEPS + 1 for row in pace)


# What a page is given.


def test_a_page_can_put_the_journeys_together_again(of_reported, of_headline):
    """All that is packed is read back as it is, halts by journey and along the way."""
    for sample in (of_reported, of_headline):
        packed, made = json.loads(json.dumps(sample.packed())), sample.journeys
        unix_s = made.depart_s + sample.plan.epoch.timestamp()
        assert (unpack(packed["depart"]) == unix_s).all()
        assert (np.stack([unpack(row) for row in packed["pace"]]) == made.pace_ms_per_km).all()
        rows = [unpack(row) for row in packed["dwell"]]
        assert [row.tolist() for row in rows] == made.dwell_s.tolist()
        draw = np.repeat(np.arange(packed["size"]), unpack(packed["halts"]["per_journey"]))
        assert (draw == made.halts.draw).all()
        assert (unpack(packed["halts"]["at_m"]) == made.halts.at_m).all()
        assert (unpack(packed["halts"]["s"]) == made.halts.duration_s).all()
        assert packed["bounds_m"] == sample.bounds_m.tolist()
        assert packed["country"] == ["KP"] * 9 + ["RU"] * 12
        assert len(packed["pace"]) == len(packed["bounds_m"]) - 1


def test_it_takes_little_room(of_reported, of_headline):
    """One byte for each pace of an uncertain journey; a fixed speed takes next to none."""
    assert len(json.dumps(of_reported.packed())) < 60_000
    assert len(json.dumps(of_headline.packed())) < 8_000
    assert {row["bytes"] for row in of_reported.packed()["pace"]} == {1}


MADE = """
import json, journey
from journey.sample import Change, Sample
scenario, network = journey.load_scenario("vladivostok-2023"), journey.load_network()
ensemble = scenario.simulate(network, draws=500, seed=5)
told = []
for each in (ensemble, ensemble.given(scenario.sightings, wanted=50)):
    sample = Sample.of(each, 64)
    change = Change(speed_kmh={"RU": 45}, stand_h={"khasan": 6, "rajin": 1}, halts_h=2)
    changed = [str(window[3:6]) for window in sample.changed(change).window_list(0.9)]
    told.append(json.dumps([sample.packed(), changed]))
"""


@pytest.mark.long
def test_it_is_the_same_on_every_run():
    """Byte for byte: in another process, time zone, language, order of sets, with more threads."""
    other = {
        "PYTHONHASHSEED": "77",
        "TZ": "America/St_Johns",
        "LC_ALL": "tr_TR.UTF-8",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "2",
    }
    command = [sys.executable, "-c", f"{MADE}print(*told, sep=chr(10))"]
    there = subprocess.run(
        command, env={**os.environ, **other}, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    here: dict[str, list[str]] = {}
    exec(MADE, here)  # noqa: S102 - the same lines as over there
    assert there == here["told"]
    assert len(set(there)) == 2


def test_the_same_ensemble_gives_the_same_sample(of_reported):
    """Choosing draws nothing at random."""
    again = Sample.of(views()[0].ensemble)
    assert json.dumps(again.packed()) == json.dumps(of_reported.packed())


# What is refused.


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"speed_kmh": {"CN": 50}}, r"speed in 'CN': expected a country on the way, KP, RU"),
        ({"stand_h": {"pyongyang": 1}}, r"standing at 'pyongyang': .* between the ends"),
        ({"stand_h": {"vostochny-cosmodrome": 1}}, "between the ends"),
        ({"stand_h": {"vladivostok": 1}}, "(?i)vladivostok"),
        ({"stand_h": {"atlantis": 1}}, "atlantis"),
    ],
)
def test_what_is_not_on_the_way_is_refused(of_headline, change, words):
    """In one line that names it and what was expected."""
    with pytest.raises(InputError, match=words) as caught:
        of_headline.changed(Change(**change))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"speed_kmh": {"RU": 0}}, "speed_kmh of 'RU': 0, expected 1 to .* km/h"),
        ({"speed_kmh": {"RU": 1e9}}, "expected 1 to"),
        ({"speed_kmh": {"RU": float("nan")}}, "speed_kmh of 'RU': nan, expected"),
        ({"stand_h": {"khasan": -0.1}}, "stand_h of 'khasan': -0.1, expected 0 to 240 hours"),
        ({"stand_h": {"khasan": float("inf")}}, "stand_h of 'khasan'"),
        ({"halts_h": 241}, "halts_h: 241, expected 0 to 240 hours"),
        ({"halts_h": float("nan")}, "halts_h: nan"),
        ({"depart": "2023-09-10T12:00"}, "has no offset"),
        ({"depart": datetime(2023, 9, 10, 12)}, "has no offset"),  # noqa: DTZ001 - what it tests
        ({"depart": "noon"}, "'noon'.* ISO 8601"),
    ],
)
def test_a_value_out_of_range_is_refused(change, words):
    """As it is made, in one line."""
    with pytest.raises(InputError, match=words) as caught:
        Change(**change)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [-1, 0, 1, 100_001, 2.5, "many", None])
def test_a_size_out_of_range_is_refused(size):
    """Two at least, and no more than can matter."""
    with pytest.raises(InputError, match="size") as caught:
        Sample.of(views()[1].ensemble, size)
    assert "\n" not in str(caught.value)


def test_an_ensemble_of_some_places_is_refused(headline, network):
    """A page needs all of them; the remedy is named."""
    some = headline.simulate(network, draws=5, places=["Khasan"])
    with pytest.raises(InputError, match=r"only some places .* simulate without places"):
        Sample.of(some)


@pytest.mark.parametrize("level", [0, -1, 1.1, float("nan")])
def test_a_level_out_of_range_is_refused(of_headline, level):
    """As by an ensemble."""
    with pytest.raises(InputError, match="level"):
        of_headline.window_list(level)

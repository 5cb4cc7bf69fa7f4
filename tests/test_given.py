"""Journeys after reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from journey.ensemble import WANTED
from journey.errors import InputError, UnknownPlaceError
from journey.evidence.likelihood import observed
from journey.evidence.passage import Passage
from journey.quantities import LogNormal, Range
from journey.reports import Sighting
from journey.spots import Between, Disc, Kilometres, Region
from journey.statements import Departure, SpeedRule, Stop, UnreportedHalts
from tests.conftest import MIDNIGHT, at_speed, make_scenario

START = MIDNIGHT.earliest
MINUTE = timedelta(minutes=1)
TWO_HOURS = Departure(START, START + 120 * MINUTE)
ROUTE = ("West", "Farther")
FARTHER_KM = 84.0
RICH = {
    "depart": TWO_HOURS,
    "speeds": replace(
        at_speed(30.0, 60.0, rules=(SpeedRule("RU", Range(25.0, 55.0, 40.0)),)),
        section_share=0.3,
        country_share=0.2,
    ),
    "stops": (Stop("North", Range(600.0, 3600.0)),),
    "unreported_halts": (UnreportedHalts(Range(0.0, 15.0), LogNormal(1200.0, 2.0, 60.0, 7200.0)),),
}


def seen(at, event, first_min, last_min, trust=1.0, **about):
    """A report of so many minutes after midnight."""
    times = (START + first_min * MINUTE, START + last_min * MINUTE)
    return Sighting(at, event, *times, trust, **about)


def simulated(network, draws=20_000, seed=0, **about):
    """Journeys from West to Farther, of which hardly anything is certain unless one says so."""
    return make_scenario(*ROUTE, **{**RICH, **about}).simulate(network, draws=draws, seed=seed)


def plain(network, draws=20_000, **about):
    """Journeys of which only departure and speed are not known."""
    about = {"depart": TWO_HOURS, "speeds": at_speed(40.0, 70.0), **about}
    return make_scenario(*ROUTE, **about).simulate(network, draws=draws)


def after(ensemble, *sightings, **about):
    """Quantiles of all events after reports, s."""
    return ensemble.given(sightings, **about).quantiles_s(0.9)


def assert_alike(one, other, errors=4.0):
    """Windows of two ensembles agree within so many of their standard errors, and a bin."""
    scale = np.hypot(*(np.nan_to_num(each.standard_errors_s(0.9)) for each in (one, other)))
    apart = np.abs(one.quantiles_s(0.9) - other.quantiles_s(0.9))
    bins = one.resolution_s + other.resolution_s
    assert (apart <= errors * scale + bins[:, None]).all(), (apart / scale).max()


class Exact:
    """The posterior of departure and speed after an arrival at the end, on a fine grid.

    Nothing of it is drawn: the probability of the report is integrated by the midpoint rule.
    """

    def __init__(self, first_min, last_min, trust=1.0):
        depart = (np.arange(2400) + 0.5) / 2400 * 7200
        speed = 40 + (np.arange(2400) + 0.5) / 2400 * 30
        self.depart_s, self.speed_kmh = np.meshgrid(depart, speed, indexing="ij")
        arrive_s = self.at(FARTHER_KM)
        inside = (arrive_s >= 60 * first_min) & (arrive_s <= 60 * last_min)
        width_s = 60 * (last_min - first_min)
        wrong = (1 - trust) * width_s / (width_s + 86_400)
        self.weight = np.where(inside, trust + wrong, wrong)
        self.right = trust * inside.sum() / self.weight.sum()
        self.log_evidence = np.log(self.weight.mean())

    def at(self, km):
        """When each journey of the grid is at a kilometre, s."""
        return self.depart_s + km / self.speed_kmh * 3600

    def quantiles(self, values):
        """5 %, median and 95 % of something."""
        order = np.argsort(values, axis=None)
        below = np.cumsum(self.weight.ravel()[order])
        places = np.searchsorted(below, np.array([0.05, 0.5, 0.95]) * below[-1])
        return values.ravel()[order[places]]


@pytest.mark.parametrize(
    "draws",
    [pytest.param(200_000, id="weighed", marks=pytest.mark.long), pytest.param(1, id="followed")],
)
@pytest.mark.parametrize(
    ("first_min", "last_min", "trust"),
    [
        (150, 180, 1.0),
        pytest.param(100, 110, 1.0, marks=pytest.mark.long),
        pytest.param(205, 225, 0.6, marks=pytest.mark.long),
    ],
)
def test_it_agrees_with_the_integrated_posterior(fork, draws, first_min, last_min, trust):
    """Of a departure and a speed that are not known, and one report of the arrival."""
    exact = Exact(first_min, last_min, trust)
    report = seen("Farther", "arrive", first_min, last_min, trust)
    found = plain(fork, draws=draws).given([report], wanted=4000)
    at_km = fork.route(*ROUTE).station_m / 1000
    expected = np.array([exact.quantiles(exact.at(km)) for km in at_km])
    errors_s = np.abs(found.quantiles_s(0.9) - expected)
    # A width of the grid's cells, in time, comes on top.
    assert (errors_s <= 4 * found.standard_errors_s(0.9) + found.resolution_s[:, None] + 9).all()
    assert found.log_evidence == pytest.approx(exact.log_evidence, abs=0.05)
    assert found.evidence.taken[0].right == pytest.approx(exact.right, abs=0.02)
    assert found.effective_draws >= 4000


def test_speeds_after_a_report_are_those_of_the_integrated_posterior(fork):
    """A late departure needs a quick train, so both are told together."""
    exact = Exact(150, 160)
    (leg,) = plain(fork, draws=200_000).given([seen("Farther", "arrive", 150, 160)]).legs(ROUTE)
    assert leg.km == pytest.approx(FARTHER_KM)
    assert leg.speed_kmh == pytest.approx(exact.quantiles(exact.speed_kmh), abs=0.3)
    assert leg.standing_h == (0.0, 0.0, 0.0)


def test_following_agrees_with_weighing(fork):
    """Whether journeys are weighed, or followed from report to report, with halts on the way."""
    reports = [
        seen("West", "depart", 30, 110),
        seen("Junction", "pass", 60, 130, 0.9),
        seen("North", "depart", 150, 200, 0.8),
        seen("Far", "pass", 160, 260, 0.9),
    ]
    weighed = simulated(fork, draws=400_000).given(reports)
    followed = simulated(fork, draws=1, seed=1).given(reports, wanted=4000)
    assert weighed.population.count > followed.population.count
    assert_alike(weighed, followed)
    assert followed.log_evidence == pytest.approx(weighed.log_evidence, abs=0.08)
    for one, other in zip(weighed.evidence.taken, followed.evidence.taken, strict=True):
        assert other.right == pytest.approx(one.right, abs=0.03)
        assert other.log_evidence == pytest.approx(one.log_evidence, abs=0.08)
    for one, other in zip(weighed.legs(), followed.legs(), strict=True):
        assert other.speed_kmh == pytest.approx(one.speed_kmh, rel=0.03)
        assert other.standing_h == pytest.approx(one.standing_h, abs=0.05)


def test_two_narrow_reports_on_a_long_way(network):
    """Ten minutes either way, 900 km from each other, and windows in between and beyond."""
    halts = UnreportedHalts(Range(1.0, 6.0, 3.0), LogNormal(1200.0, 3.0, 120.0, 21_600.0))
    scenario = make_scenario(
        "Pyongyang",
        "Khasan",
        "Vostochny",
        depart=Departure(START, START + timedelta(hours=6)),
        speeds=replace(at_speed(35.0, 70.0), section_share=0.3),
        stops=(Stop("Khasan", Range(1800.0, 14_400.0)),),
        unreported_halts=(halts,),
    )
    found = scenario.simulate(network).given(
        [
            seen("Khasan", "arrive", 30 * 60 - 10, 30 * 60 + 10),
            seen("Khabarovsk I", "pass", 53 * 60 - 10, 53 * 60 + 10),
        ]
    )
    assert found.evidence.enough
    assert found.effective_draws >= WANTED
    spans = {}
    for window in found.window_list():
        spans.setdefault(window.station.name, window)
    for name, hours in (("Khasan", 30), ("Khabarovsk I", 53)):
        middle = START + timedelta(hours=hours)
        assert middle - 10 * MINUTE <= spans[name].earliest <= middle
        assert middle <= spans[name].latest <= middle + 10 * MINUTE
    assert spans["Khasan"].latest < spans["Ussuriysk"].earliest
    assert spans["Ussuriysk"].latest < spans["Khabarovsk I"].earliest
    last = found.window_list()[-1]
    assert timedelta(hours=2) < last.latest - last.earliest < timedelta(hours=12)


def test_following_agrees_with_weighing_over_several_stages(network):
    """On a long way with halts, where other journeys are drawn between one report and the next."""
    halts = UnreportedHalts(Range(1.0, 6.0, 3.0), LogNormal(1200.0, 3.0, 120.0, 21_600.0))
    scenario = make_scenario(
        "Khasan",
        "Khabarovsk I",
        "Vostochny",
        depart=Departure(START, START + timedelta(hours=6)),
        speeds=replace(at_speed(35.0, 70.0), section_share=0.5),
        stops=(Stop("Khabarovsk I", Range(1800.0, 14_400.0)),),
        unreported_halts=(halts,),
    )
    reports = [
        seen("Ussuriysk", "pass", 8 * 60, 10 * 60, 0.9),
        seen("Khabarovsk I", "arrive", 22 * 60, 25 * 60, 0.8),
        seen("Arkhara", "pass", 33 * 60, 38 * 60, 0.9),
    ]
    places = ("Ussuriysk", "Khabarovsk I", "Arkhara", "Vostochny")
    weighed, followed = (
        scenario.simulate(network, draws=draws, places=places).given(reports, wanted=4000)
        for draws in (200_000, 1)
    )
    assert weighed.evidence.tried == 200_000
    assert len(Passage(followed.plan).stages(observed(followed.plan, reports))) == 3
    assert_alike(weighed, followed)
    for one, other in zip(weighed.evidence.taken, followed.evidence.taken, strict=True):
        assert other.right == pytest.approx(one.right, abs=0.03)
        assert other.log_evidence == pytest.approx(one.log_evidence, abs=0.05)


def test_reports_taken_in_one_after_the_other_are_as_all_at_once(fork):
    """Conditioning goes back to the journeys as stated."""
    first, second = seen("Junction", "pass", 60, 130, 0.9), seen("Far", "pass", 160, 260)
    ensemble = simulated(fork)
    both = ensemble.given([first, second])
    one_by_one = ensemble.given([first]).given([second])
    assert one_by_one.window_list() == both.window_list()
    assert one_by_one.evidence == both.evidence
    assert ensemble.evidence is None
    assert ensemble.given([]) is ensemble
    steps = [each.window_list() for each in ensemble.after_each([first, second])]
    assert steps == [ensemble.given([first]).window_list(), both.window_list()]
    assert both.weights.sum() == pytest.approx(1)
    with pytest.raises(InputError, match="wanted 0: expected one independent journey at least"):
        ensemble.given([first], wanted=0)
    with pytest.raises(InputError, match="places: expected two stations"):
        ensemble.legs(["Far"])


def test_the_same_again_is_the_same(fork):
    """Whether weighed or followed."""
    reports = [seen("Junction", "pass", 60, 70), seen("Far", "pass", 160, 170, 0.8)]
    for draws in (1, 100_000):
        one, other = (simulated(fork, draws=draws).given(reports) for _ in range(2))
        np.testing.assert_array_equal(one.quantiles_s(), other.quantiles_s())
        assert one.evidence == other.evidence
    assert (after(simulated(fork, seed=5), *reports) != one.quantiles_s()).any()


def test_the_number_of_threads_changes_nothing(fork, monkeypatch):
    """Sums are in the order of blocks."""
    reports = [seen("Junction", "pass", 60, 70), seen("Far", "pass", 160, 170, 0.8)]
    found = [simulated(fork, draws=draws).given(reports) for draws in (1, 100_000)]
    monkeypatch.setattr("journey.drawing.counting.MOST_LANES", 1)
    for several, draws in zip(found, (1, 100_000), strict=True):
        alone = simulated(fork, draws=draws).given(reports)
        np.testing.assert_array_equal(several.quantiles_s(), alone.quantiles_s())
        assert several.evidence == alone.evidence


def test_reports_that_say_the_same_count_once(fork):
    """Copies of one report are no more evidence; the one that is trusted most stands for all."""
    report = seen("Junction", "pass", 60, 100, 0.6, source="one")
    copy = replace(report, source="another", trust=0.8)
    ensemble = simulated(fork)
    alone, repeated = ensemble.given([copy]), ensemble.given([report, copy, report])
    np.testing.assert_array_equal(alone.quantiles_s(), repeated.quantiles_s())
    (taken,) = repeated.evidence.taken
    assert taken.sighting is copy
    assert taken.copies == (report, report)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("West", "occident"),
        (Between("Junction", "North"), Between("North", "Junction")),
        (Disc(0.0, 0.0, 1.0, "a crossing"), Disc(0.0, 0.0, 1.0)),
    ],
    ids=str,
)
def test_other_names_of_a_place_say_the_same(fork, one, other):
    """As copies in other papers and other tongues do."""
    reports = [seen(at, "at", 60, 100, 0.6) for at in (one, other)]
    (taken,) = simulated(fork).given(reports).evidence.taken
    assert len(taken.copies) == 1


def test_a_report_that_nobody_trusts_changes_nothing(fork):
    """Windows stay, and it is not right."""
    ensemble = simulated(fork)
    found = ensemble.given([seen("Junction", "pass", 60, 61, 0.0)])
    assert found.quantiles_s(0.9) == pytest.approx(ensemble.quantiles_s(0.9))
    assert found.evidence.taken[0].right == 0
    assert found.effective_draws == pytest.approx(ensemble.draws)


def test_reports_that_all_contradict_the_scenario_leave_it_as_it_was(fork):
    """None can be right, so that none says anything."""
    ensemble = simulated(fork)
    reports = [seen(place, "pass", -3000, -2990, 0.9) for place in ("Junction", "North", "Far")]
    found = ensemble.given(reports)
    assert found.quantiles_s(0.9) == pytest.approx(ensemble.quantiles_s(0.9))
    assert [taken.right for taken in found.evidence.taken] == [0, 0, 0]
    assert found.log_evidence < -10


@pytest.mark.parametrize("draws", [1, 5000])
def test_many_reports_that_cannot_be_right_leave_it_as_it_was(fork, draws):
    """Though the product of their likelihoods is less than a computer's least number."""
    reports = [seen("Far", "pass", -3000 - n, -2999 - n, 0.9) for n in range(90)]
    ensemble = simulated(fork, draws=5000)
    found = simulated(fork, draws=draws).given(reports)
    assert found.log_evidence < -745
    apart = np.abs(found.quantiles_s(0.9) - ensemble.quantiles_s(0.9))
    assert (apart <= 4 * ensemble.standard_errors_s(0.9) + 120).all()
    assert max(taken.right for taken in found.evidence.taken) == 0


def test_of_two_that_contradict_each_other_one_at_most_is_right(fork):
    """The more trusted is more likely to be."""
    early = seen("Farther", "arrive", 190, 200, 0.5)
    late = seen("Farther", "arrive", 230, 240, 0.9)
    right = {
        taken.sighting.trust: taken.right
        for taken in simulated(fork, draws=100_000).given([early, late]).evidence.taken
    }
    assert right[0.5] + right[0.9] <= 1
    assert right[0.9] > 5 * right[0.5] > 0


@pytest.mark.parametrize("draws", [1, 50_000])
def test_a_report_that_no_journey_satisfies_is_refused_if_it_is_trusted_entirely(fork, draws):
    """In one line that says by how much, and what to do."""
    with pytest.raises(InputError) as error:
        plain(fork, draws=draws).given([seen("Farther", "arrive", 0, 60)])
    message = str(error.value)
    assert "sighting at 'Farther' (arrive Sun 10 Sep 2023 10:00 to 11:00 (UTC+10)): no" in message
    assert "journeys satisfies it; the nearest is 12 min later; lower a trust below 1" in message
    assert "\n" not in message


def test_together_impossible_reports_are_refused_too(fork):
    """Each alone could be right."""
    both = [seen("West", "depart", 100, 120), seen("Farther", "arrive", 80, 100)]
    for report in both:
        assert plain(fork).given([report]).evidence.enough
    together = (
        r"'West' \(depart .*\); sighting at 'Farther' \(arrive .*\): none of .* journeys satisfies "
        "them together; lower a trust"
    )
    with pytest.raises(InputError, match=together):
        plain(fork).given(both)


def test_a_report_off_the_route_cannot_be_right(fork):
    """It says nothing, or is refused if it is trusted entirely."""
    ensemble = simulated(fork)
    found = ensemble.given([seen("East", "pass", 60, 100, 0.9)])
    assert found.quantiles_s(0.9) == pytest.approx(ensemble.quantiles_s(0.9))
    (taken,) = found.evidence.taken
    assert taken.right == 0
    assert taken.why_not == "East is not on the way West - Farther"
    with pytest.raises(InputError, match="East is not on the way West - Farther; lower a trust"):
        ensemble.given([seen("East", "pass", 60, 100)])
    with pytest.raises(UnknownPlaceError, match="sighting at 'Atlantis': 'Atlantis' is no station"):
        ensemble.given([seen("Atlantis", "pass", 60, 100, 0.5)])


def test_windows_of_a_handful_are_not_taken_for_more(fork):
    """If few independent journeys are left, the evidence says so."""
    second = timedelta(seconds=1)
    moments = {"West": START + 40 * MINUTE, "Junction": START + 79 * MINUTE}
    exact = [Sighting(at, "pass", each - second, each + second) for at, each in moments.items()]
    day = Departure(START - 720 * MINUTE, START + 720 * MINUTE)
    found = plain(fork, depart=day, speeds=at_speed(10.0, 90.0)).given(exact)
    assert 0 < found.effective_draws < 200
    assert not found.evidence.enough
    assert found.evidence.tried > 4_000_000


def test_how_likely_a_narrow_report_is_can_be_told(fork):
    """From journeys of which it nearly holds: a second in an hour of a hundred minutes' spread."""
    few = plain(fork, draws=500, speeds=at_speed(60.0, 60.0))
    second = timedelta(seconds=1)
    middle = START + (60 + 84) * MINUTE
    narrow = Sighting("Farther", "arrive", middle - 30 * second, middle + 30 * second)
    assert few.probability_of(narrow) == pytest.approx(1 / 120, rel=0.25)
    away = Sighting("Farther", "arrive", middle + 120 * MINUTE, middle + 121 * MINUTE)
    assert few.probability_of(away) == 0
    # Where it holds of none but borders on many, it is no narrow one.
    beyond = Sighting("Farther", "arrive", START + 204.1 * MINUTE, START + 500 * MINUTE)
    assert few.probability_of(beyond) == 0


@pytest.mark.parametrize(
    ("at", "event", "chance"),
    [
        ("North", "arrive", 0.04),
        ("North", "pass", 0.04),
        ("North", "not yet at", 0.5),
        ("West", "at", 0.5),
        # 22 km at 45 km/h are half an hour more.
        (Between("Junction", "North"), "pass", 1.4889 / 25.4889),
        (Between("West", "Farther"), "at", 1.0),
    ],
    ids=str,
)
def test_how_often_a_wrong_report_happens_to_hold(fork, at, event, chance):
    """One of an event in its width of a day and that; one of a state as long as that lasts more."""
    ensemble = make_scenario(*ROUTE, speeds=at_speed(30.0, 60.0)).simulate(fork, draws=10)
    (laid,) = observed(ensemble.plan, [seen(at, event, 0, 60)])
    assert laid.astray == pytest.approx(chance, rel=0.001)


def test_moments_are_right_to_the_minute(fork):
    """A report that names one moment is as wide as what it is read to."""
    moment = seen("Farther", "arrive", 150, 150)
    minute = seen("Farther", "arrive", 149.5, 150.5)
    ensemble = plain(fork)
    np.testing.assert_array_equal(after(ensemble, moment), after(ensemble, minute))


def _times(found, *events):
    """Times of events by name, and the weights of the journeys: those that count."""
    numbers = [
        n
        for name, kind in events
        for n, event in enumerate(found.events)
        if found.plan.route.timing_points[event.station].station.name == name and event.kind == kind
    ]
    rows, weights = [], []
    for draws in found.blocks():
        rows.append(np.stack(list(draws.event_times_s(found.events)))[numbers])
        weights.append(draws.weight)
    counted = np.concatenate(weights) > 0
    return np.concatenate(rows, axis=1)[:, counted] / 60


@pytest.mark.parametrize("draws", [1, 50_000])
def test_each_event_bounds_its_own_time(fork, draws):
    """Arriving, departing, passing, being there, and not being there yet."""
    ensemble = simulated(fork, draws=draws)
    kinds = (("North", "arrive"), ("North", "depart"))

    def times(event):
        return _times(ensemble.given([seen("North", event, 130, 160)]), *kinds)

    arrives, departs = times("arrive")
    assert ((arrives >= 130) & (arrives <= 160)).all()
    assert (departs > 160).any()
    arrives, departs = times("depart")
    assert ((departs >= 130) & (departs <= 160)).all()
    assert (arrives < 130).any()
    for event in ("pass", "at"):
        arrives, departs = times(event)
        assert ((arrives <= 160) & (departs >= 130)).all()
        assert (arrives < 130).any()
        assert (departs > 160).any()
    arrives, departs = times("not yet at")
    assert (arrives >= 130).all()
    assert (arrives > 160).any()


def test_before_it_leaves_it_is_at_the_start_and_after_it_arrives_at_the_end(fork):
    """So a report that it is there bounds one side alone."""
    ensemble = simulated(fork)
    (departs,) = _times(ensemble.given([seen("West", "at", 60, 61)]), ("West", "depart"))
    assert departs.min() >= 60
    assert departs.max() > 118
    (arrives,) = _times(ensemble.given([seen("Farther", "at", 200, 201)]), ("Farther", "arrive"))
    assert arrives.max() <= 201
    assert arrives.min() < 140


@pytest.mark.parametrize(
    ("spot", "start", "end"),
    [
        (Kilometres(24.0, 46.0), "Junction", "North"),
        (Between("North", "Junction"), "Junction", "North"),
        (Region("RU"), "Border", "Farther"),
        (Disc(0.0, 0.0, 0.05), "Junction", "Junction"),
    ],
    ids=str,
)
def test_a_spot_bounds_when_it_is_entered_and_left(fork, spot, start, end):
    """Somewhere in it at some moment of the interval."""
    found = simulated(fork, stops=()).given([seen(spot, "pass", 130, 140)])
    kinds = {"West": "depart", "Farther": "arrive"}
    enters, leaves = _times(found, (start, kinds.get(start, "pass")), (end, kinds.get(end, "pass")))
    slack_min = 0.2
    assert (enters <= 140 + slack_min).all()
    assert (leaves >= 130 - slack_min).all()
    if start != end:
        assert (enters < 130).any()


def test_where_the_train_is_follows_the_reports(fork):
    """At the moment of a report it is where that puts it."""
    found = simulated(fork).given([seen("Junction", "pass", 100, 101)])
    there = found.at(START + 100.5 * MINUTE)
    assert there.level == 0.9
    assert there.earliest.km == pytest.approx(24, abs=1)
    assert there.latest.km == pytest.approx(24, abs=1)


def test_halts_share_what_a_speed_leaves(fork):
    """At a fixed speed an arrival an hour late is an hour of standing."""
    about = {
        "depart": MIDNIGHT,
        "speeds": at_speed(60.0, 60.0),
        "stops": (),
        "unreported_halts": (UnreportedHalts(Range(5.0, 20.0), Range(600.0, 7200.0)),),
    }
    (leg,) = simulated(fork, **about).given([seen("Farther", "arrive", 143, 145)]).legs(ROUTE)
    assert leg.speed_kmh == pytest.approx((60.0, 60.0, 60.0), abs=0.1)
    assert leg.standing_h == pytest.approx((1.0, 1.0, 1.0), abs=0.03)
    assert leg.elapsed_h == pytest.approx((2.4, 2.4, 2.4), abs=0.03)


def test_a_stop_at_the_start_of_a_leg_is_none_on_the_way(fork):
    """Its dwell stands by itself, and the leg begins when the train leaves."""
    about = {"speeds": at_speed(60.0, 60.0), "stops": (Stop("North", Range(1800.0, 1800.0)),)}
    ensemble = make_scenario(*ROUTE, **about).simulate(fork)
    before, beyond = ensemble.legs(["West", "North", "Farther"])
    assert before.dwell_h == before.standing_h == (0, 0, 0)
    assert beyond.standing_h == (0, 0, 0)
    assert beyond.dwell_h == pytest.approx((0.5, 0.5, 0.5))
    assert beyond.elapsed_h == pytest.approx((38 / 60,) * 3)
    (whole,) = ensemble.legs(ROUTE)
    assert whole.standing_h == pytest.approx((0.5, 0.5, 0.5))
    assert whole.elapsed_h == pytest.approx((1.9,) * 3)


@pytest.mark.parametrize("running", ["profile", "dynamics"])
def test_a_train_is_followed_too(network, running):
    """Journeys choose from runs that were computed once; no more can be told than these tell."""
    import journey

    scenario = make_scenario(
        "Sŏnbong",
        "Tumangang",
        depart=Departure(START, START + 30 * MINUTE),
        speeds=at_speed(30.0, 59.0, meaning="maximum"),
    )
    scenario = replace(scenario, train=journey.load_train("armoured"), running=running)
    report = Sighting("Tumangang", "arrive", START + 75 * MINUTE, START + 80 * MINUTE)
    found = scenario.simulate(network, draws=1).given([report], wanted=200)
    low_s, _, high_s = found.quantiles_s(1)[-1]
    assert 75 * 60 <= low_s < high_s <= 80 * 60
    assert found.at(START + 78 * MINUTE).latest.km <= found.plan.route.length_km
    runs = {
        (run, group)
        for draws in found.blocks()
        for run, group in zip(draws.run_of.tolist(), draws.group.tolist(), strict=True)
    }
    assert found.effective_draws <= len({run for run, _ in runs}) == len(runs)

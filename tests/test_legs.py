"""Average speeds between reports."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from journey.network import Network
from journey.quantities import Range
from journey.sightings.leg_words import leg_in_words
from journey.sightings.legs import leg_of, legs_between
from journey.sightings.stays import ARRIVING, LEAVING, agreed, stay_at
from journey.spots import Between
from journey.statements import Departure, Source, Stop
from tests.conftest import make_section, make_station
from tests.reports import HOUR, START, plan_of, report_of, said


class Journeys:
    """An ensemble that says one thing of every leg, and notes what it was asked."""

    def __init__(self, plan, dwell_h=(0.0, 0.0, 0.0)):
        self.plan, self.asked = plan, []
        self.dwell_h = dwell_h

    def legs(self, places, level):
        """One leg, whatever the places."""
        self.asked.append((places, level))
        point = self.plan.route.timing_points[self.plan.route.index_of(places[0])]
        return (
            SimpleNamespace(
                start=point,
                speed_kmh=(20.0, 30.0, 40.0),
                standing_h=(0.5, 1.5, 2.5),
                elapsed_h=(3.0, 4.0, 5.0),
                dwell_h=self.dwell_h,
            ),
        )


def reports(plan, *sightings):
    """Reports that are right with their trust."""
    return [report_of(plan, each, right=each.trust) for each in sightings]


def test_the_lowest_speed_takes_the_longest_time_and_the_highest_the_shortest(fork):
    """West to North is 46 km: left from 0 to 1, passed from 3 to 4, so 46/4 to 46/2 km/h."""
    plan = plan_of(fork)
    leg = leg_of(
        plan, reports(plan, said("West", "depart", 0, 1), said("North", "pass", 3, 4)), 0, 2
    )
    assert leg.km == pytest.approx(46.0)
    assert leg.hours == pytest.approx((2.0, 4.0))
    assert leg.kmh == pytest.approx((11.5, 23.0))


@pytest.mark.parametrize(
    ("first_h", "last_h", "kmh"), [(0.5, 3.0, (46 / 3, None)), (-2.0, -1.0, (None, None))]
)
def test_there_is_no_speed_where_there_is_no_time(fork, first_h, last_h, kmh):
    """Seen before it can have left: no highest speed; seen before it left at all: none."""
    plan = plan_of(fork)
    sightings = said("West", "depart", 0, 1), said("North", "pass", first_h, last_h)
    leg = leg_of(plan, reports(plan, *sightings), 0, 2)
    assert leg.kmh == (kmh[0] and pytest.approx(kmh[0]), kmh[1])


def test_reports_that_agree_narrow_each_other_the_likeliest_first(fork):
    """12 to 18 and 15 to 18:30 leave 15 to 18; 18 to 24 only touches, 21 to 24 is apart."""
    plan = plan_of(fork)
    intervals = {(18, 24): 0.2, (21, 24): 0.1, (15, 18.5): 0.5, (12, 18): 0.9}
    every = [
        report_of(plan, said("West", "depart", *ends), right=right)
        for ends, right in intervals.items()
    ]
    stay = agreed(plan.route.timing_points[0], every)
    assert (stay.earliest, stay.latest) == (START + 15 * HOUR, START + 18 * HOUR)
    assert [report.right for report in stay.uses] == [0.9, 0.5]


def test_a_report_of_one_moment_agrees_with_an_interval_that_ends_there(fork):
    """It is itself no wider than that."""
    plan = plan_of(fork)
    every = reports(plan, said("West", "depart", 12, 18, 0.9), said("West", "depart", 18, 18, 0.5))
    stay = agreed(plan.route.timing_points[0], every)
    assert (stay.earliest, stay.latest, len(stay.uses)) == (START + 18 * HOUR,) * 2 + (2,)


def test_an_arrival_ends_a_leg_and_a_departure_begins_the_next(fork):
    """Where both are reported of a place."""
    plan = plan_of(fork)
    every = reports(plan, said("North", "arrive", 3, 4), said("North", "depart", 6, 7))
    came, left = (stay_at(plan, every, 2, kinds) for kinds in (ARRIVING, LEAVING))
    assert (came.latest, left.earliest) == (START + 4 * HOUR, START + 6 * HOUR)


def test_where_the_train_stands_its_departure_does_not_end_a_leg(fork):
    """Where it does not, to leave is to come; a leg may begin there in any case."""
    stop = Stop("North", Range(6 * 3600.0, 6 * 3600.0))
    sightings = (
        said("West", "depart", 0, 0.5),
        said("North", "depart", 12, 12.5),
        said("Far", "arrive", 14, 15),
    )
    for stops, legs in (((), [(0, 2), (2, 4)]), ((stop,), [(2, 4)])):
        plan = plan_of(fork, stops=stops)
        every = reports(plan, *sightings)
        numbers = {point.station.name: n for n, point in enumerate(plan.route.timing_points)}
        found = [
            (numbers[leg.start.point.station.name], numbers[leg.end.point.station.name])
            for leg in legs_between(Journeys(plan), every, 0.9)
        ]
        assert found == legs


def test_where_the_train_stands_its_arrival_ends_a_leg_and_may_begin_the_next(fork):
    """Then the next leg has the stop in it: 21 km from four to fifteen o'clock."""
    plan = plan_of(fork, stops=(Stop("North", Range(6 * 3600.0, 6 * 3600.0)),))
    every = reports(plan, said("North", "arrive", 4, 5), said("Far", "arrive", 14, 15))
    first, second = legs_between(Journeys(plan), every, 0.9)
    assert first.end.latest == START + 5 * HOUR
    assert second.hours == pytest.approx((9.0, 11.0))


def test_the_stated_departure_is_no_report(fork):
    """It is called what it is, whoever it is taken from."""
    departure = Departure(START, START + HOUR, source="paper")
    sources = (Source("paper", "The Paper"),)
    plan = plan_of(fork, depart=departure, sources=sources)
    (leg,) = legs_between(Journeys(plan), reports(plan, said("Far", "arrive", 9, 10)), 0.9)
    assert [report.publisher for report in leg.start.uses] == ["as stated"]


def test_legs_join_consecutive_places_that_are_spoken_of(fork):
    """From the stated departure on; not yet there, and a stretch, are no time at a place."""
    departure = Departure(START, START + HOUR)
    plan = plan_of(fork, depart=departure)
    every = reports(
        plan,
        said("Far", "arrive", 9, 10),
        said("North", "pass", 3, 4),
        said("Junction", "not yet at", 0, 1),
        said(Between("West", "North"), "pass", 1, 2),
    )
    journeys = Journeys(plan)
    legs = legs_between(journeys, every, 0.9)
    names = [(leg.start.point.station.name, leg.end.point.station.name) for leg in legs]
    assert names == [("West", "North"), ("North", "Far")]
    assert (legs[0].start.earliest, legs[0].start.latest) == (START, START + HOUR)
    assert journeys.asked == [(["west", "north"], 0.9), (["north", "far"], 0.9)]
    assert [leg.posterior.speed_kmh for leg in legs] == [(20.0, 30.0, 40.0)] * 2


def test_without_a_report_there_is_no_leg(fork):
    """The stated departure alone is one end."""
    assert legs_between(Journeys(plan_of(fork)), [], 0.9) == ()


def test_a_leg_says_how_moving_and_standing_may_share_the_time(fork):
    """46 km in 2 to 4 h; at 46 km/h it moves one hour and stands one to three."""
    plan = plan_of(fork)
    every = reports(plan, said("West", "depart", 0, 1), said("North", "pass", 3, 4))
    (leg,) = legs_between(Journeys(plan), every, 0.9)
    assert leg_in_words(leg, 46.0) == (
        "46.0 km in 2.0 to 4.0 h: 11.5 to 23.0 km/h on average. At 46 km/h it would move for "
        "1.0 h and stand for 1.0 to 3.0 h. As reported, it moved at some 30 km/h (20 to 40) and "
        "stood on the way for some 1.5 h (0.5 to 2.5)."
    )
    assert "longer than there was" in leg_in_words(leg, 5.0)
    assert "km/h it would" not in leg_in_words(leg, None)


def test_a_leg_says_how_long_the_train_stood_before_it(fork):
    """A halt at the place that the leg begins at is none on the way."""
    plan = plan_of(fork)
    every = reports(plan, said("West", "arrive", 0, 1), said("North", "pass", 3, 4))
    (leg,) = legs_between(Journeys(plan, dwell_h=(0.5, 1.0, 1.5)), every, 0.9)
    assert leg_in_words(leg, None).endswith(
        "As reported, it stood at West for some 1.0 h (0.5 to 1.5), moved at some 30 km/h "
        "(20 to 40) and stood on the way for some 1.5 h (0.5 to 2.5)."
    )


@pytest.mark.parametrize(
    ("first_h", "words"),
    [
        (1.1, "46.0 km in 0.1 to 4.0 h: 11.5 km/h or more, with no upper bound to speak of, on"),
        (0.5, "46.0 km in at most 4.0 h: 11.5 km/h or more, with no upper bound to speak of, on"),
        (1.25, "46.0 km in 0.2 to 4.0 h: 11.5 to 184.0 km/h on average"),
    ],
)
def test_a_speed_that_no_train_has_bounds_nothing(fork, first_h, words):
    """46 km in six minutes would be 460 km/h, in a quarter of an hour 184 km/h."""
    plan = plan_of(fork)
    every = reports(plan, said("West", "depart", 0, 1), said("North", "pass", first_h, 4))
    (leg,) = legs_between(Journeys(plan), every, 0.9)
    assert leg_in_words(leg, None).startswith(words)


def test_a_leg_without_time_says_so(fork):
    """And no speed."""
    plan = plan_of(fork)
    every = reports(plan, said("West", "depart", 5, 6), said("North", "pass", 3, 4))
    (leg,) = legs_between(Journeys(plan), every, 0.9)
    assert leg_in_words(leg, 59.0) == "46.0 km, and no time between the reports."


def test_places_ten_kilometres_apart_make_a_leg(fork):
    """Border at km 56.5 and Far at km 67 are 10.5 km apart, which is enough."""
    plan = plan_of(fork)
    every = reports(plan, said("Border", "pass", 7, 8), said("Far", "arrive", 9, 10))
    legs = legs_between(Journeys(plan), every, 0.9)
    ends = [(leg.start.point.station.name, leg.end.point.station.name) for leg in legs]
    assert ends == [("West", "Border"), ("Border", "Far")]


@pytest.mark.parametrize(("widths_h", "kept"), [((0.1, 5.0), "Border"), ((5.0, 0.1), "Far")])
def test_of_two_places_that_lie_together_the_better_known_one_is_kept(widths_h, kept):
    """Two stations 5 km apart, of which one was reported to the minute."""
    near, far = make_station("near", 0.0, 0.0), make_station("border", 0.4, 0.0)
    last = make_station("far", 0.45, 0.0)
    network = Network(
        (near, far, last), (make_section(near, far, 44.0), make_section(far, last, 5.0))
    )
    plan = plan_of(network, "Near", "Far")
    every = reports(
        plan,
        *(
            said(place, "pass", 10, 10 + width)
            for place, width in zip(("Border", "Far"), widths_h, strict=True)
        ),
    )
    (leg,) = legs_between(Journeys(plan), every, 0.9)
    assert leg.end.point.station.name == kept

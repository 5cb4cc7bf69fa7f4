"""Reports beside windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from journey.gap_words import gap_in_words, gaps_in_words
from journey.quantities import Range
from journey.reports import Sighting
from journey.sightings import compare
from journey.statements import Departure, Stop
from tests.conftest import make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def compared(fork, event, first_h, last_h, at="North", **about):
    """A report, hours after the epoch, beside the window of a two-hour departure."""
    sighting = Sighting(at, event, START + first_h * HOUR, START + last_h * HOUR)
    scenario = make_scenario(
        "West", "Far", depart=Departure(START, START + 2 * HOUR), sightings=(sighting,), **about
    )
    ensemble = scenario.simulate(fork, draws=10)
    return compare(ensemble.plan, ensemble.window_list())[0]


@pytest.mark.parametrize(
    ("first_h", "last_h", "words"),
    [
        (5.0, 6.0, "2.2 to 5.2 h later than the window"),
        (30.0, 40.0, "27 to 39 h later than the window"),
        (-4.0, -3.0, "3.8 to 6.8 h earlier than the window"),
        (1.0, 1.5, None),
        (-5.0, 0.8, None),
        (2.7, 9.0, None),
    ],
)
def test_the_gap_is_from_the_nearest_to_the_farthest(fork, first_h, last_h, words):
    """The train passes North between 0.77 h and 2.77 h after the epoch."""
    comparison = compared(fork, "pass", first_h, last_h)
    assert gap_in_words(comparison) == words
    assert comparison.apart == (words is not None)


def test_an_arrival_and_a_departure_have_their_own_window(fork):
    """At a halt of three hours the two differ by them."""
    stops = (Stop("North", Range(3 * 3600.0, 3 * 3600.0)),)
    assert compared(fork, "arrive", 4.0, 5.0, stops=stops).apart
    assert not compared(fork, "depart", 4.0, 5.0, stops=stops).apart


def test_a_train_that_halts_is_there_from_its_arrival_to_its_departure(fork):
    """Between the two windows a report of it is no contradiction; after them it is one."""
    stops = (Stop("North", Range(6 * 3600.0, 6 * 3600.0)),)
    for event in ("at", "pass"):
        assert not compared(fork, event, 4.0, 5.0, stops=stops).apart
        assert compared(fork, event, 9.0, 10.0, stops=stops).apart
        assert compared(fork, event, -2.0, -1.0, stops=stops).apart


def test_a_train_stands_at_the_end_after_its_arrival(fork):
    """A report of that is no contradiction; one of an arrival, or too early, still is."""
    assert gap_in_words(compared(fork, "at", 30.0, 40.0, "Far")) is None
    assert gaps_in_words([compared(fork, "at", 30.0, 40.0, "Far")]) is None
    assert compared(fork, "at", 30.0, 40.0, "Far").least_gap_s == 0
    assert compared(fork, "arrive", 30.0, 40.0, "Far").apart
    assert compared(fork, "at", -2.0, -1.0, "Far").apart


def test_a_train_stands_at_the_start_before_its_departure(fork):
    """A report of that is no contradiction; one of a departure, or too late, still is."""
    assert gap_in_words(compared(fork, "at", -9.0, -8.0, "West")) is None
    assert compared(fork, "at", -9.0, -8.0, "West").most_gap_s == 0
    assert compared(fork, "depart", -9.0, -8.0, "West").apart
    assert compared(fork, "at", 5.0, 6.0, "West").apart


def test_not_yet_there_is_contradicted_only_by_an_earlier_train(fork):
    """Hours before the window it agrees; after the window it cannot be."""
    assert not compared(fork, "not yet at", -4.0, -3.0).apart
    assert compared(fork, "not yet at", 5.0, 6.0).apart


def test_contradictions_are_said_in_one_sentence(fork):
    """And nothing is said where there is none."""
    late, later = compared(fork, "pass", 30.0, 40.0), compared(fork, "pass", 35.0, 50.0)
    early = compared(fork, "pass", -4.0, -3.0)
    assert gaps_in_words([late, later, early]) == (
        "Reports contradict these windows: North 27 to 49 h later, North 3.8 to 6.8 h earlier."
    )
    assert gaps_in_words([late, compared(fork, "pass", 1.0, 2.0)]) == (
        "Reports contradict these windows: North 27 to 39 h later."
    )
    assert gaps_in_words([compared(fork, "pass", 1.0, 2.0)]) is None


def test_the_bundled_headline_is_contradicted_by_its_reports(network):
    """59 km/h without a halt would have been at Khasan on Monday, not on Tuesday."""
    import journey

    headline = journey.load_scenario("vostochny-2023").as_headline()
    ensemble = headline.simulate(network)
    compared = compare(ensemble.plan, ensemble.window_list())
    gaps_s = [each.least_gap_s for each in compared if each.sighting.event == "arrive"]
    assert len(gaps_s) >= 2
    assert min(gaps_s) > 19 * 3600

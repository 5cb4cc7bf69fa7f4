"""Verdicts, and what speaks against a report."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.quantities import Range
from journey.sightings.reasons import Way, excludes, reasons
from journey.sightings.verdicts import verdict_on_figure, verdict_on_report
from journey.spots import Between, Kilometres
from journey.statements import Source, Stop
from tests.reports import plan_of, report_of, said


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [
        (1.0, "consistent"),
        (0.1, "consistent"),
        (0.0999, "strained"),
        (0.0301, "strained"),
        (0.0299, "contradicted"),
        (0.0, "contradicted"),
    ],
)
def test_a_report_is_judged_by_how_often_a_wrong_one_would_hold(probability, verdict):
    """From a third of that it is consistent, from a tenth strained."""
    assert verdict_on_report(probability, 0.3) == verdict


@pytest.mark.parametrize(
    ("stated", "bound", "verdict"),
    [
        (103.0, "about", "consistent"),
        (97.0, "about", "consistent"),
        (104.0, "about", "strained"),
        (90.0, "about", "strained"),
        (111.0, "about", "contradicted"),
        (50.0, "at least", "consistent"),
        (120.0, "at least", "contradicted"),
        (105.0, "at least", "strained"),
        (500.0, "at most", "consistent"),
        (60.0, "at most", "contradicted"),
        (95.0, "at most", "strained"),
    ],
)
def test_a_figure_is_judged_by_the_computed_one(stated, bound, verdict):
    """Within 3 % of 100 it is consistent, within 10 % strained; bounds count on one side."""
    assert verdict_on_figure(stated, 100.0, 100.0, bound) == verdict


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(1, 1e4))
def test_a_figure_within_what_was_computed_is_consistent(one, other, third):
    """Whatever the bounds are."""
    low, stated, high = sorted((one, other, third))
    assert verdict_on_figure(stated, low, high) == "consistent"


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        (("arrive", 5, 6), ("arrive", 6.5, 7), True),
        (("arrive", 5, 6.1), ("arrive", 6, 7), False),
        (("arrive", 5, 6), ("arrive", 6, 7), True),
        (("arrive", 5, 6), ("arrive", 6, 6), False),
        (("pass", 5, 6), ("pass", 7, 8), True),
        (("depart", 5, 6), ("depart", 7, 8), True),
        (("arrive", 7, 8), ("depart", 5, 6), True),
        (("arrive", 5, 6), ("depart", 7, 8), False),
        (("not yet at", 7, 8), ("arrive", 5, 6), True),
        (("not yet at", 5, 8), ("arrive", 5, 6), False),
        (("at", 5, 6), ("arrive", 7, 8), True),
        (("at", 5, 6), ("arrive", 3, 4), False),
        (("at", 5, 6), ("depart", 3, 4), True),
    ],
)
def test_reports_of_one_place_exclude_each_other_where_no_train_does_both(
    fork, one, other, excluded
):
    """A train is at a place from its arrival to its departure, and arrives there once.

    Intervals that only touch have nothing in common, unless one is that moment.
    """
    stop = Stop("North", Range(600.0, 600.0))
    plan = plan_of(fork, stops=(stop,) if "pass" not in one else ())
    reports = [report_of(plan, said("North", *each)) for each in (one, other)]
    assert excludes(*reports) is excluded
    assert excludes(*reversed(reports)) is excluded


def test_where_the_train_stands_it_may_pass_at_any_moment_of_it(fork):
    """Passing at five and at seven are one journey only if it stood there in between."""
    sightings = [said("North", "pass", 5, 5.5), said("North", "pass", 7, 7.5)]
    for stops, excluded in (((), True), ((Stop("North", Range(9e3, 9e3)),), False)):
        plan = plan_of(fork, stops=stops)
        assert excludes(*(report_of(plan, each) for each in sightings)) is excluded


def test_reports_of_different_places_do_not_exclude_each_other(fork):
    """They may need a speed, which is another matter; nor does one of a stretch."""
    plan = plan_of(fork)
    north = report_of(plan, said("North", "pass", 5, 6))
    for at in ("Junction", Between("Junction", "North")):
        assert not excludes(north, report_of(plan, said(at, "pass", 8, 9)))


def test_the_way_between_two_reports_has_a_length_and_a_time(fork):
    """From North at km 46 to Far at km 67: 21 km, in one to three hours."""
    plan = plan_of(fork)
    one, other = (
        report_of(plan, said("Far", "arrive", 7, 8)),
        report_of(plan, said("North", "pass", 5, 6)),
    )
    way = Way.between(one, other)
    assert (way.behind, way.ahead) == (other, one)
    assert way.km == pytest.approx(21.0)
    assert way.hours == pytest.approx((1.0, 3.0))
    stretch = report_of(plan, said(Kilometres(40, 50), "pass", 1, 2))
    assert Way.between(one, stretch).km == pytest.approx(17.0)
    assert Way.between(other, stretch) is None


class Left:
    """Journeys after the other reports: at each station from three to four o'clock."""

    def __init__(self, plan, low, high, evidence):
        self.plan, self.low, self.high, self.evidence = plan, low, high, evidence

    def window_list(self, level):
        """Those of 90 %."""
        assert level == 0.9
        return [
            SimpleNamespace(
                station=point.station,
                earliest=self.low,
                latest=self.high,
                zone=point.station.zone,
            )
            for point in self.plan.route.timing_points
        ]


def why(plan, report, others, *, contradicted=True, evidence="some"):
    """Reasons for a report, where a train runs at 40 to 60 km/h."""
    window = said("West", "depart", 3, 4)
    left = Left(plan, window.earliest, window.latest, evidence)
    return reasons(report, others, left, speeds_kmh=(40.0, 60.0), contradicted=contradicted)


def test_a_report_that_excludes_another_is_named_with_publisher_and_local_clock(fork):
    """North is nine hours ahead of UTC."""
    source = Source("paper", "Daily Paper, in a copy")
    plan = plan_of(fork, sources=(source,))
    other = report_of(plan, said("North", "pass", 8, 9, source="paper"))
    text = why(plan, report_of(plan, said("North", "pass", 5, 6)), [other])
    assert text == (
        "Daily Paper: pass Sun 10 Sep 2023 17:00 to 18:00 (UTC+9); no moment in common; the "
        "other reports leave Sun 10 Sep 2023 12:00 to 13:00 (UTC+9) (90 %)"
    )


@pytest.mark.parametrize(
    ("far", "words"),
    [
        ((6.0, 6.2), "from there to Far it would need 105 km/h or more: 21.0 km in 0.2 h at most"),
        ((4.0, 5.0), "Far is 21.0 km off, and no time is left between"),
        ((16.5, 17.0), "from there to Far it would take 10.0 h or more for 21.0 km: 2.1 km/h at"),
    ],
)
def test_a_speed_that_the_scenario_does_not_have_is_named(fork, far, words):
    """Too fast, no time at all, or so slow that it must have stood."""
    plan = plan_of(fork)
    north = report_of(plan, said("North", "pass", 6.0, 6.5))
    assert words in why(plan, north, [report_of(plan, said("Far", "arrive", *far))])


def test_an_unlikely_report_is_no_reason_against_another(fork):
    """What is itself most probably wrong needs no speed."""
    plan = plan_of(fork)
    north = report_of(plan, said("North", "pass", 6.0, 6.5))
    far = report_of(plan, said("Far", "arrive", 6.0, 6.2), right=0.1)
    assert "km/h" not in why(plan, north, [far])


def test_a_consistent_report_is_told_what_the_others_leave_and_no_more(fork):
    """And where these are the journeys before any report, what the scenario leaves."""
    plan = plan_of(fork)
    north = report_of(plan, said("North", "pass", 5, 6))
    others = [report_of(plan, said("North", "pass", 8, 9))]
    window = "Sun 10 Sep 2023 12:00 to 13:00 (UTC+9) (90 %)"
    assert why(plan, north, others, contradicted=False) == f"the other reports leave {window}"
    assert (
        why(plan, north, others, contradicted=False, evidence=None)
        == f"the scenario itself leaves {window}"
    )


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ({}, "a report"),
        ({"wording": "at dawn, they say"}, "at dawn, they say"),
        ({"wording": "at dawn", "reason": "seen from the bridge"}, "seen from the bridge"),
        ({"reason": "word " * 20}, f"{'word ' * 7}…"),
        ({"reason": "seen from the bridge", "source": "paper"}, "Daily Paper"),
    ],
)
def test_a_report_without_a_source_is_called_by_its_reason_or_wording(fork, about, name):
    """In 40 characters at most."""
    plan = plan_of(fork, sources=(Source("paper", "Daily Paper, in a copy"),))
    assert report_of(plan, said("North", "pass", 5, 6, **about)).publisher == name

"""What journeys that are followed from report to report rest on."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journey.evidence.carrying import Carrier, Roots
from journey.evidence.gathering import gather, thinned
from journey.evidence.likelihood import observed
from journey.evidence.pareto import pareto_shape
from journey.evidence.passage import Passage
from journey.quantities import Range
from journey.reports import Sighting
from journey.statements import Stop, UnreportedHalts
from tests.conftest import MIDNIGHT, make_scenario


@given(
    weights=st.lists(st.floats(0.0, 1e6), min_size=1, max_size=60),
    kept=st.integers(1, 30),
    seed=st.integers(0, 99),
)
def test_thinning_keeps_what_is_heavy(weights, kept, seed):
    """Heavy ones stay as they are, all that are left weigh as much as the threshold at least."""
    weight = np.array(weights)
    chosen, after = thinned(weight, kept, np.random.default_rng(seed))
    assert (after >= weight[chosen]).all()
    assert (weight[chosen] > 0).all()
    if np.count_nonzero(weight) <= kept:
        np.testing.assert_array_equal(after, weight[weight > 0])
    else:
        raised = after > weight[chosen]
        assert (after[~raised] >= after.max(initial=0, where=raised)).all()


def test_thinning_is_right_in_the_mean():
    """Over many times, as many are left as wanted, and each weighs what it weighed."""
    weight = np.random.default_rng(0).pareto(1.0, 200)
    total, count, times = np.zeros(200), 0, 4000
    for seed in range(times):
        chosen, after = thinned(weight, 40, np.random.default_rng(seed))
        total[chosen] += after
        count += len(chosen)
    assert count / times == pytest.approx(40, rel=0.01)
    assert total.sum() / times == pytest.approx(weight.sum(), rel=0.01)
    heavy = weight > np.quantile(weight, 0.9)
    np.testing.assert_allclose(total[heavy] / times, weight[heavy], rtol=0.1)


def test_journeys_that_count_alike_all_tell():
    """One that weighs more than all the others tells hardly more than itself."""
    assert Roots(np.full(50, 0.3)).effective == pytest.approx(50)
    assert Roots(np.array([1000.0, 1.0, 1.0])).effective == pytest.approx(1, abs=0.01)
    assert Roots(np.zeros(3)).effective == 0


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.7, 1.0])
def test_the_shape_of_a_pareto_tail_is_found(shape):
    """From draws of the distribution itself."""
    weight = stats.genpareto(shape).rvs(100_000, random_state=1)
    assert pareto_shape(weight) == pytest.approx(shape, abs=0.1)


def test_weights_without_a_tail_have_no_shape():
    """All alike, or too few that stand out; bounded ones have one below zero."""
    assert np.isnan(pareto_shape(np.ones(1000)))
    assert np.isnan(pareto_shape(np.ones(3)))
    assert pareto_shape(np.random.default_rng(0).random(10_000)) < 0


def seen(at):
    """A report of a station."""
    return Sighting(at, "pass", MIDNIGHT.earliest, MIDNIGHT.earliest, 0.5)


def test_reports_are_held_against_journeys_as_they_come_along_the_way(network):
    """Those that are near to each other at once, since too little happens in between."""
    halts = (UnreportedHalts(Range(1.0, 2.0), Range(60.0, 600.0)),)
    plan = make_scenario("Pyongyang", "Khasan", "Khabarovsk I", unreported_halts=halts).plan(
        network
    )
    places = ["Khabarovsk I", "Khasan", "Tumangang", "Ussuriysk", "Pyongyang", "Vladivostok"]
    stages = Passage(plan).stages(observed(plan, [seen(place) for place in places]))
    found = [[report.sighting.at for report in stage.reports] for stage in stages]
    assert found == [
        ["Vladivostok", "Pyongyang", "Tumangang", "Khasan"],
        ["Ussuriysk"],
        ["Khabarovsk I"],
    ]
    assert [stage.start for stage in stages[1:]] == [stage.end for stage in stages[:-1]]


def test_where_nothing_is_random_all_reports_are_held_at_once(network):
    """Other journeys between two of them would be the same."""
    plan = make_scenario("Pyongyang", "Khasan", "Khabarovsk I").plan(network)
    reports = observed(plan, [seen(place) for place in ("Khasan", "Ussuriysk", "Khabarovsk I")])
    assert len(Passage(plan).stages(reports)) == 1


def test_what_is_drawn_on_the_way_is_settled_once_it_is_passed(network):
    """A stop after its end, and what belongs to the whole journey from the start."""
    stops = (Stop("Khasan", Range(60.0, 600.0)),)
    plan = make_scenario("Pyongyang", "Khasan", "Khabarovsk I", stops=stops).plan(network)
    passage = Passage(plan)
    arriving, leaving = (report.points[0] for report in observed(plan, _arrive_and_depart()))
    assert not passage.settled("stop khasan", arriving)
    assert passage.settled("stop khasan", leaving)
    assert passage.settled("depart", arriving)


def _arrive_and_depart():
    first, second = MIDNIGHT.earliest, MIDNIGHT.earliest.replace(hour=1)
    return [
        Sighting("Khasan", "arrive", first, first),
        Sighting("Khasan", "depart", second, second),
    ]


def test_journeys_are_carried_on_within_their_groups(network):
    """Each from one of its own group, which counts for as much as the group."""
    halts = (UnreportedHalts(Range(1.0, 2.0), Range(60.0, 600.0)),)
    scenario = make_scenario("Pyongyang", "Khasan", "Khabarovsk I", unreported_halts=halts)
    carrier = Carrier(scenario.plan(network), 0)
    # At 60 km/h it is there after 14 h 18 min and the time that halts take.
    times = [MIDNIGHT.earliest + timedelta(minutes=minutes) for minutes in (860, 865)]
    reports = observed(carrier.plan, [Sighting("Khasan", "pass", *times, 0.5), seen("Ussuriysk")])
    first, second = carrier.passage.stages(reports)
    begun = gather(carrier, first, None, 500)
    group_of_root = dict(
        zip(begun.carried.root.tolist(), begun.carried.group.tolist(), strict=True)
    )
    _, carried = carrier.carry(begun.carried, begun.of_group, second, 0)
    assert [group_of_root[root] for root in carried.root.tolist()] == carried.group.tolist()
    np.testing.assert_array_equal(carried.weight, begun.of_group[carried.group])
    assert begun.of_group.mean() == pytest.approx(1)
    assert np.ptp(begun.of_group) > 0
    # What was drawn before is kept, and more halts come beyond.
    before = carried.halts.at_m < first.end.at_m
    assert before.any()
    assert (carried.halts.at_m[~before] < second.end.at_m).all()
    rates = [each.shares["halts rate"] for each in (carried, begun.carried)]
    assert np.isin(*rates).all()

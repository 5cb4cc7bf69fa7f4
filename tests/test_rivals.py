"""Rival scenarios for the same reports."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import journey
from journey.errors import InputError, NoRouteError
from journey.evidence import Taken
from journey.evidence.likelihood import observed
from journey.reports import Rival
from journey.sightings.contenders import with_rivals
from journey.sightings.rivals import IMPOSSIBLE, Rivalry, posteriors, weigh
from journey.statements import Departure
from tests.conftest import make_scenario
from tests.reports import HOUR, START, said

WEIGHTS = st.lists(st.floats(0.01, 1.0), min_size=2, max_size=5)


def test_bayes_by_hand():
    """Even priors and evidence of 0.02 and 0.005: four to one."""
    found = posteriors([0.5, 0.5], [math.log(0.02), math.log(0.005)])
    assert found == pytest.approx([0.8, 0.2])
    assert posteriors([0.9, 0.1], [math.log(0.01), math.log(0.03)]) == pytest.approx([0.75, 0.25])


@given(WEIGHTS, st.floats(-2000, 2000))
def test_posteriors_sum_to_one_and_ignore_a_common_factor(weights, shift):
    """However small the evidence of all of them is."""
    total = sum(weights)
    priors = [weight / total for weight in weights]
    logs = [math.log(weight) for weight in weights]
    found = posteriors(priors, logs)
    assert sum(found) == pytest.approx(1.0)
    assert posteriors(priors, [each + shift for each in logs]) == pytest.approx(found, abs=1e-9)


def test_where_no_one_explains_the_reports_no_one_has_a_posterior():
    """One that explains them takes all; none, none."""
    assert posteriors([0.5, 0.5], [IMPOSSIBLE, -9.0]) == [0.0, 1.0]
    assert posteriors([0.5, 0.5], [IMPOSSIBLE, IMPOSSIBLE]) == [None, None]


def rivalry(name, *taken):
    """Made-up evidence: each report's and its logarithm, added up."""
    total, every = 0.0, []
    for sighting, log in taken:
        total += log
        every.append(Taken(sighting, (), None, 0.5, total))
    return Rivalry(name, f"{name}'s end", total, tuple(every))


def test_each_report_moves_the_posterior_in_the_order_of_the_first_rival():
    """The second took them in the other way round; what each added stays its own."""
    one, two = said("West", "depart", 0, 1), said("North", "pass", 3, 4)
    first = rivalry("A", (one, math.log(0.5)), (two, math.log(0.1)))
    second = rivalry("B", (two, math.log(0.4)), (one, math.log(0.25)))
    a, b = weigh([first, second], [0.5, 0.5])
    assert [each.sighting for each in a.by_report] == [one, two]
    assert [each.posterior for each in a.by_report] == pytest.approx([2 / 3, 1 / 3])
    assert [each.posterior for each in b.by_report] == pytest.approx([1 / 3, 2 / 3])
    assert (a.posterior, b.posterior) == pytest.approx((1 / 3, 2 / 3))
    assert b.log_evidence == pytest.approx(math.log(0.1))
    assert (a.scenario, a.destination) == ("A", "A's end")


# Both leave at midnight, run at 60 km/h, and part at Junction, km 24: one to Far by North, one to
# East. So each report is certain to be right of a rival, or cannot be.
FAR = make_scenario("West", "Far", name="Far")
EAST = make_scenario("West", "East", name="East")
BOTH, NORTH = said("Junction", "pass", 0, 1, 0.9), said("North", "pass", 0, 2, 0.7)


def astray(plan, sighting):
    """How often a report holds that is wrong."""
    return observed(plan, (sighting,))[0].astray


def test_a_report_on_the_way_of_one_rival_alone_decides(fork):
    """Of Far it is right: trust + (1 - trust) a; of East it cannot be: (1 - trust) a."""
    far, east = journey.rivals([FAR, EAST], fork, [BOTH, NORTH], [0.25, 0.75], draws=100)
    a = astray(FAR.plan(fork), NORTH)
    odds = 0.25 / 0.75 * (0.7 + 0.3 * a) / (0.3 * a)
    assert far.posterior == pytest.approx(odds / (1 + odds), rel=1e-6)
    assert far.posterior + east.posterior == pytest.approx(1.0)
    steps = {str(each.sighting.at): each.posterior for each in far.by_report}
    assert steps["Junction"] == pytest.approx(0.25)
    assert steps["North"] == pytest.approx(far.posterior)
    assert (far.destination, east.destination) == ("Far", "East")


def test_what_is_uncertain_is_weighed_by_the_share_of_the_journeys(fork):
    """Departing within two hours, half of the journeys are at North, 46 min on, by one hour 46."""
    hurried = make_scenario("West", "Far", name="Far", depart=Departure(START, START + 2 * HOUR))
    north = said("North", "pass", 0, 106 / 60, 0.8)
    found, _ = journey.rivals([hurried, EAST], fork, [north], draws=4000)
    a = 0.2 * astray(hurried.plan(fork), north)
    assert found.log_evidence == pytest.approx(math.log(0.5 * (0.8 + a) + 0.5 * a), abs=0.01)


def test_a_certain_report_rules_out_a_rival_that_does_not_pass_there(fork):
    """And where it rules out every rival, none has a posterior."""
    sure = said("North", "pass", 0, 2, 1.0)
    far, east = journey.rivals([FAR, EAST], fork, [sure], draws=100)
    assert (far.posterior, east.posterior) == (1.0, 0.0)
    late = said("North", "pass", 90, 91, 1.0)
    assert {each.posterior for each in journey.rivals([FAR, EAST], fork, [late], draws=100)} == {
        None
    }


def test_without_a_report_the_posterior_is_the_prior(fork):
    """Nothing moved it."""
    far, east = journey.rivals([FAR, EAST], fork, draws=100)
    assert (far.posterior, east.posterior, far.by_report) == (0.5, 0.5, ())


@pytest.mark.parametrize(
    ("priors", "message"),
    [([0.5, 0.6], "the weights sum to 110 %"), ([1.0], "expected one for each")],
)
def test_priors_must_sum_to_one(fork, priors, message):
    """One for each rival."""
    with pytest.raises(InputError, match=message):
        journey.rivals([FAR, EAST], fork, priors=priors, draws=100)


def test_a_rival_that_cannot_be_simulated_is_one_line_with_its_file(fork):
    """Nothing leads to the island."""
    lost = make_scenario("West", "Island", origin="lost.toml")
    with pytest.raises(NoRouteError, match=r"rival: lost\.toml: route: no track connects"):
        journey.rivals([FAR, lost], fork, draws=100)


def test_a_scenario_names_its_rivals_and_keeps_what_is_left_of_the_weights(tmp_path):
    """Files are found beside it."""
    (tmp_path / "other.toml").write_text(
        'name = "Other"\nroute = ["Pyongyang", "Rajin"]\nspeed = {default = 59}\n'
        "depart = {earliest = 2023-09-10T12:00:00+09:00, latest = 2023-09-10T18:00:00+09:00}\n",
        encoding="utf-8",
    )
    scenario = make_scenario(
        "West", "Far", rivals=(Rival("other.toml", 0.3),), origin=str(tmp_path / "own.toml")
    )
    scenarios, priors = with_rivals(scenario)
    assert [each.name for each in scenarios] == ["A test", "Other"]
    assert priors == pytest.approx((0.7, 0.3))


def test_rivals_must_leave_something_for_the_scenario_itself():
    """Weights of 100 % in all leave none."""
    scenario = make_scenario("West", "Far", rivals=(Rival("vladivostok-2023", 1.0),))
    with pytest.raises(InputError, match="rival: weight 0 %: expected above 0"):
        with_rivals(scenario)

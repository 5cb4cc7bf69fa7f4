"""Reports held against each other and against the model."""

from __future__ import annotations

import pytest

import journey
from journey.reports import Claim, Rival
from journey.sightings.check import check
from journey.sightings.notes import notes_of
from journey.statements import Departure, Headline
from tests.conftest import at_speed, make_scenario
from tests.reports import HOUR, START, said

DEPART = Departure(START, START + 6 * HOUR)


def scenario_of(*sightings, **about):
    """West to Far in 67 km: left within six hours, at 30 to 60 km/h."""
    defaults = {"depart": DEPART, "speeds": at_speed(30.0, 60.0), "sightings": sightings}
    return make_scenario("West", "Far", **{**defaults, **about})


def checked(fork, *sightings, rivals=(), **about):
    """What comes out of 2,000 draws."""
    return check(scenario_of(*sightings, **about), fork, rivals, draws=2000, seed=1)


def by_place(found):
    """Checked reports by their place."""
    return {each.report.place: each for each in found.reports}


def test_a_report_is_as_likely_as_the_others_alone_make_it(fork):
    """One alone: the train leaves in the first half of six hours with a probability of a half."""
    (only,) = checked(fork, said("West", "depart", 0, 3, 0.8)).reports
    assert only.probability == pytest.approx(0.5, abs=0.01)
    assert only.verdict == "consistent"
    # By Bayes: 0.5 (0.8 + a) / (0.5 (0.8 + a) + 0.5 a), with a = 0.2 * 3 / 27.
    a = 0.2 * 3 / 27
    assert only.report.right == pytest.approx((0.8 + a) / (0.8 + 2 * a), abs=0.06)
    assert only.why.startswith("the scenario itself leaves Sun 10 Sep 2023 09:")


def test_of_two_that_exclude_each_other_the_less_trusted_is_contradicted(fork):
    """And each is named as what speaks against the other, or not at all."""
    found = checked(
        fork,
        said("North", "pass", 2, 2.25, 0.99, source="one"),
        said("North", "pass", 5, 5.25, 0.3, source="two"),
    )
    sure, doubtful = sorted(found.reports, key=lambda each: -each.report.right)
    assert sure.report.sighting.trust == 0.99
    assert doubtful.verdict == "contradicted"
    assert "one: pass Sun 10 Sep 2023 11:00 to 11:15 (UTC+9); no moment in common" in doubtful.why
    assert sure.probability > doubtful.probability
    assert doubtful.report.right < 0.05


def test_a_report_off_the_route_or_of_another_direction_cannot_be_right(fork):
    """Probability nought, with the reason; the others are not touched by it."""
    found = by_place(
        checked(
            fork,
            said("East", "pass", 2, 3),
            said("Junction", "pass", 2, 3, direction="west"),
            said("North", "pass", 2, 4),
        )
    )
    assert "East is not on the way" in found["East"].why
    assert "does not run west" in found["Junction"].why
    for place in ("East", "Junction"):
        assert (found[place].probability, found[place].verdict) == (0.0, "contradicted")
    assert found["North"].verdict == "consistent"


def test_the_same_report_twice_counts_once(fork):
    """Whoever says it."""
    twice = [said("North", "pass", 2, 3, 0.8, source=source) for source in ("one", "two")]
    once, both = checked(fork, twice[0]), checked(fork, *twice)
    assert [each.source for each in both.reports[0].report.copies] == ["two"]
    assert both.reports[0].report.right == once.reports[0].report.right
    assert len(both.reports) == 1


def test_a_certain_report_that_no_journey_satisfies_is_contradicted_and_the_rest_answered(fork):
    """It counts as nearly certain, and a note says so."""
    found = checked(fork, said("North", "pass", 90, 91, 1.0), said("North", "pass", 2, 4, 0.8))
    by_trust = {each.report.sighting.trust: each for each in found.reports}
    impossible, other = by_trust[1.0], by_trust[0.8]
    assert (impossible.probability, impossible.verdict) == (0.0, "contradicted")
    assert other.verdict == "consistent"
    assert found.relaxed
    assert any("held for certain" in note for note in notes_of(found))


def test_certain_reports_that_exclude_each_other_are_both_answered(fork):
    """Each is contradicted by the other, and the last note says that nothing fits."""
    found = checked(fork, said("North", "pass", 1, 1.5, 1.0), said("North", "pass", 5, 5.5, 1.0))
    assert {each.verdict for each in found.reports} == {"contradicted"}
    notes = " ".join(notes_of(found))
    assert "Every report is contradicted by the others" in notes
    assert "99.9 % sure" in notes


def test_what_the_scenario_alone_rules_out_is_not_laid_on_the_other_reports(fork):
    """Left within six hours, it is at North by 7:32; so no other report is to blame."""
    found = by_place(checked(fork, said("North", "pass", 70, 71), said("Far", "arrive", 2, 4)))
    assert "the scenario itself leaves Sun 10 Sep 2023" in found["North"].why
    assert "the other reports" not in found["North"].why
    assert found["North"].by_scenario
    assert "the other reports leave" in found["Far"].why


def test_what_the_others_rule_out_is_laid_on_them(fork):
    """At North from 2:00 to 2:15 it is not there at five, as without this report it might be."""
    sightings = said("North", "pass", 2, 2.25, 0.99), said("North", "pass", 5, 5.25, 0.3)
    doubtful = min(checked(fork, *sightings).reports, key=lambda each: each.report.right)
    assert doubtful.verdict == "contradicted"
    assert "the other reports leave" in doubtful.why
    assert not doubtful.by_scenario


@pytest.mark.parametrize(
    ("places", "first_h", "words"),
    [
        (("North", "Far"), (70, 90), "No report agrees with what the scenario allows: widen"),
        (("North", "East"), (70, 2), "No report agrees with what the scenario allows: widen"),
    ],
)
def test_reports_that_the_scenario_rules_out_do_not_exclude_each_other(
    fork, places, first_h, words
):
    """A note says what to widen; it does not say that they cannot be about one journey."""
    sightings = [said(at, "pass", h, h + 1) for at, h in zip(places, first_h, strict=True)]
    found = checked(fork, *sightings)
    assert {each.verdict for each in found.reports} == {"contradicted"}
    (note,) = [each for each in notes_of(found) if "No report" in each]
    assert note.startswith(words)
    assert not [each for each in notes_of(found) if "one journey" in each]


def test_where_some_exclude_each_other_and_the_scenario_another_the_note_says_both(fork):
    """Two certain ones at North at different hours, and one days late."""
    found = checked(
        fork,
        said("North", "pass", 1, 1.5, 1.0),
        said("North", "pass", 5, 5.5, 1.0),
        said("Far", "pass", 90, 91, 0.5),
    )
    (note,) = [each for each in notes_of(found) if "No report" in each]
    assert note.startswith("No report agrees with the others and with what the scenario allows:")


def test_a_report_without_trust_ends_no_leg(fork):
    """What is left without it is the stated departure alone, which makes none either."""
    found = checked(fork, said("North", "pass", 2, 3, 0.0))
    assert found.reports[0].verdict == "consistent"
    assert found.legs == ()
    found = checked(fork, said("North", "pass", 2, 3, 0.0), said("Far", "arrive", 3, 4))
    ends = [(leg.start.point.station.name, leg.end.point.station.name) for leg in found.legs]
    assert ends == [("West", "Far")]


def test_a_report_without_trust_moves_nothing(fork):
    """It is still held against the others."""
    found = by_place(checked(fork, said("North", "pass", 2, 3, 0.0), said("Far", "arrive", 3, 4)))
    alone = by_place(checked(fork, said("Far", "arrive", 3, 4)))
    assert found["Far"].probability == alone["Far"].probability
    assert found["North"].report.right == 0.0
    assert found["North"].probability > 0.3
    notes = list(notes_of(checked(fork, said("North", "pass", 2, 3, 0.0))))
    assert any(note.startswith("One report has no trust at all") for note in notes)


def test_without_reports_legs_are_none_and_claims_are_still_computed(fork):
    """A note says so."""
    found = checked(fork, claims=(Claim("rail distance", ("West", "Far"), 67.0),))
    assert (found.reports, found.legs, found.rivals) == ((), (), ())
    assert found.claims[0].verdict == "consistent"
    assert "No report is stated" in next(notes_of(found))


def test_one_report_alone_is_held_against_the_scenario(fork):
    """A note says so."""
    found = checked(fork, said("North", "pass", 2, 3))
    assert any(note.startswith("One report alone") for note in notes_of(found))


def test_a_report_is_set_beside_the_headline(fork):
    """At 60 km/h the train is at North 46 minutes after it left: by 6:46 at the latest."""
    headline = Headline(60.0)
    found = checked(fork, said("North", "pass", 8, 9), headline=headline)
    beside = found.reports[0].beside
    assert beside.least_gap_s == pytest.approx((8 - 6) * 3600 - 46 * 60, abs=60)
    assert beside.most_gap_s == pytest.approx(9 * 3600 - 46 * 60, abs=60)
    assert found.headline_kmh == 60.0


def test_a_report_of_a_stretch_is_told_where_the_others_leave_the_train(fork):
    """There is no window at a stretch."""
    from journey.spots import Kilometres

    found = by_place(
        checked(fork, said(Kilometres(20, 30), "pass", 2, 3), said("Far", "arrive", 3, 4))
    )
    assert "the other reports leave it between km" in found["km 20 to 30"].why


def test_contradicted_reports_make_no_leg(fork):
    """Of two at North the less trusted is left out, and the one that is used is named."""
    found = checked(
        fork,
        said("West", "depart", 0, 1, 0.9),
        said("North", "pass", 2, 2.25, 0.99),
        said("North", "pass", 5, 5.25, 0.3),
    )
    (leg,) = found.legs
    assert leg.hours == pytest.approx((1.0, 2.25))
    assert [report.sighting.trust for report in leg.end.uses] == [0.99]
    slow, central, fast = leg.posterior.speed_kmh
    assert 30 <= slow <= central <= fast <= 60


def test_rivals_are_those_of_the_scenario_or_those_given(fork):
    """Of the given ones all are alike likely at first."""
    east = make_scenario("West", "East", name="East")
    found = checked(fork, said("North", "pass", 2, 3, 0.9), rivals=(east,))
    assert [each.destination for each in found.rivals] == ["Far", "East"]
    assert [each.prior for each in found.rivals] == [0.5, 0.5]
    assert found.rivals[0].posterior > 0.9
    weighed = journey.rivals(
        [scenario_of(said("North", "pass", 2, 3, 0.9)), east], fork, draws=2000, seed=1
    )
    shares = [each.posterior for each in found.rivals]
    assert [each.posterior for each in weighed] == pytest.approx(shares, abs=0.01)


def test_a_rival_that_is_not_known_is_one_clear_line(fork):
    """With the file that names it."""
    scenario = scenario_of(rivals=(Rival("atlantis", 0.3),))
    with pytest.raises(journey.JourneyError, match="rival: scenario 'atlantis' is not bundled"):
        check(scenario, fork, draws=100)


def test_where_no_rival_explains_certain_reports_a_note_says_so(fork):
    """None has a posterior."""
    east = make_scenario("West", "East", name="East")
    found = checked(fork, said("North", "pass", 90, 91, 1.0), rivals=(east,))
    assert [each.posterior for each in found.rivals] == [None, None]
    assert any(note.startswith("No rival can explain") for note in notes_of(found))

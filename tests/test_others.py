"""A report taken out of the journeys after all reports."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.evidence.likelihood import observed
from journey.sightings.others import without
from tests.reports import plan_of, said


@pytest.fixture(scope="module")
def after(fork):
    """Journeys from West to Far, of which such a share agrees with the report."""
    plan = plan_of(fork)
    return lambda share, draws: SimpleNamespace(
        plan=plan, effective_draws=draws, probability_of=lambda _sighting: share
    )


@given(st.floats(0.001, 0.999), st.floats(0.01, 0.99), st.floats(0.1, 12.0))
def test_taking_a_report_out_undoes_taking_it_in(after, prior, trust, hours):
    """By Bayes: p (t + (1 - t) a) beside (1 - p) (1 - t) a."""
    report = said("North", "pass", 0, hours, trust)
    (laid,) = observed(after(0.5, 1.0).plan, (report,))
    wrong = (1 - trust) * laid.astray
    posterior = prior * (trust + wrong) / (prior * (trust + wrong) + (1 - prior) * wrong)
    assert without(after(posterior, 1e9), report).probability == pytest.approx(prior, rel=1e-6)


def test_a_report_that_nobody_believes_is_not_missed(after):
    """What all journeys contradict changes nothing when it is taken out."""
    found = without(after(0.0, 1000.0), said("North", "pass", 0, 1, 0.3))
    assert found.probability == 0.0
    assert found.will_do


def test_a_narrow_report_that_decides_must_really_be_left_out(after):
    """Of the journeys that it rules out too few are left to tell what there would be without it."""
    assert not without(after(0.99, 1000.0), said("North", "pass", 0, 0.2, 0.9)).will_do


def test_a_report_without_trust_changes_nothing(after):
    """Its share stays what it is."""
    found = without(after(0.4, 1e6), said("North", "pass", 0, 1, 0.0))
    assert found.probability == pytest.approx(0.4)
    assert found.will_do

"""The search for the slowness that keeps an average."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey import InputError
from journey.average import LEAST, TOLERANCE_S, slowness_for

LEGS = st.lists(
    st.tuples(st.floats(1e2, 1e6), st.floats(0.0, 1.0), st.floats(0.01, 0.99)),
    min_size=1,
    max_size=6,
)


@given(LEGS)
def test_every_leg_takes_as_long_as_it_should(legs):
    """Legs with a part that cannot be run faster, and the rest in proportion to the slowness."""
    length_s, bent, share = np.array(legs).T
    fixed_s = share * length_s

    def taken_s(slowness):
        return fixed_s + (length_s - fixed_s) * slowness ** (1 + bent)

    wanted_s = taken_s(0.02 + 0.98 * share)
    found = slowness_for(lambda slowness: taken_s(slowness) - wanted_s, wanted_s.shape)
    assert (np.abs(taken_s(found) - wanted_s) <= 2 * TOLERANCE_S).all()
    assert ((found > LEAST) & (found <= 1)).all()


def test_a_leg_that_is_quick_enough_stays_as_stated():
    """Where nothing slows the train, its speed is the average already."""
    wanted_s = np.array([[100.0, 200.0]])
    found = slowness_for(lambda slowness: wanted_s * slowness - wanted_s, wanted_s.shape)
    assert (found == 1).all()


def test_an_excess_that_jumps_is_no_answer():
    """Nothing lies between too quick and too slow."""
    with pytest.raises(InputError, match="no way was found to keep the average"):
        slowness_for(lambda slowness: np.where(slowness < 0.5, -1.0, 1.0), (1, 1))

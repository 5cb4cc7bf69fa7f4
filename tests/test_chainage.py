"""The index of segments."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from journey.chainage import SegmentIndex

LENGTHS = st.lists(st.floats(1e-3, 1e5), min_size=1, max_size=50)
SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=50)


@given(lengths=LENGTHS, shares=SHARES)
def test_it_finds_the_segment_that_holds_the_chainage(lengths, shares):
    """Also where segments differ in length a millionfold, and at the very ends."""
    vertex_m = np.concatenate([[0.0], np.cumsum(lengths)])
    chainage_m = np.array([0.0, *shares, 1.0]) * vertex_m[-1]
    segment = SegmentIndex.of(vertex_m).find(chainage_m)
    tolerance = 1e-9 * vertex_m[-1]
    assert (vertex_m[segment] <= chainage_m + tolerance).all()
    assert (chainage_m <= vertex_m[segment + 1] + tolerance).all()


def test_it_agrees_with_interpolation_by_numpy():
    """Interpolating within the found segments gives what numpy.interp gives."""
    rng = np.random.default_rng(1)
    vertex_m = np.concatenate([[0.0], np.cumsum(rng.exponential(500, 3000))])
    value = rng.normal(size=len(vertex_m))
    chainage_m = rng.uniform(0, vertex_m[-1], 10_000)
    segment = SegmentIndex.of(vertex_m).find(chainage_m)
    slope = (np.diff(value) / np.diff(vertex_m))[segment]
    found = value[segment] + (chainage_m - vertex_m[segment]) * slope
    np.testing.assert_allclose(found, np.interp(chainage_m, vertex_m, value), atol=1e-9)

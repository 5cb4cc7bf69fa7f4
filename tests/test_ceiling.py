"""How fast the front may be where: limits under every part of the train, and stops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journey import RunningPath
from journey.kinematics.ceiling import lay_ceiling
from tests.running_cases import few, paths

FAST = 100.0


def steps(path, length_m, max_speed_mps=FAST):
    """The ceiling as pairs of where it begins and what it is, where it changes."""
    ceiling = lay_ceiling(path, length_m, max_speed_mps)
    limits = ceiling.limit_mps.tolist()
    return [
        (float(start_m), limit)
        for start_m, limit, before in zip(
            ceiling.chainage_m[:-1], limits, [None, *limits], strict=False
        )
        if limit != before
    ]


def test_a_higher_limit_holds_once_the_rear_has_cleared_the_lower_one():
    """A train of 200 m keeps to 10 m/s until 200 m beyond it, and brakes for it at its start."""
    path = RunningPath.of([0, 1000, 2000, 3000], [20.0, 10.0, 30.0])
    assert steps(path, 200.0) == [(0.0, 20.0), (1000.0, 10.0), (2200.0, 30.0)]


def test_a_train_without_length_takes_limits_as_they_are():
    """The rear is where the front is."""
    path = RunningPath.of([0, 1000, 2000, 3000], [20.0, 10.0, 30.0])
    assert steps(path, 0.0) == [(0.0, 20.0), (1000.0, 10.0), (2000.0, 30.0)]


def test_a_train_longer_than_a_section_is_on_three_at_once():
    """The lowest of them counts, and each is left in its turn."""
    path = RunningPath.of([0, 1000, 1100, 1200, 3000], [10.0, 30.0, 20.0, 40.0])
    assert steps(path, 500.0) == [(0.0, 10.0), (1500.0, 20.0), (1700.0, 40.0)]


def test_a_train_longer_than_its_path_keeps_the_first_lower_limit_to_the_end():
    """Its rear has not cleared that when the front arrives."""
    assert steps(RunningPath.of([0, 100, 300], [10.0, 30.0]), 500.0) == [(0.0, 10.0)]


def test_a_start_inside_the_path_leaves_the_rear_on_what_lies_before():
    """A limit behind the front holds until the rear has cleared it."""
    path = RunningPath.of([0, 1000, 5000], [5.0, 30.0], start_m=1000.0)
    assert steps(path, 400.0) == [(1000.0, 5.0), (1400.0, 30.0)]


def test_the_train_has_a_highest_speed_of_its_own():
    """It is the lower of the two."""
    path = RunningPath.of([0, 1000, 2000], [20.0, 50.0])
    assert steps(path, 0.0, 30.0) == [(0.0, 20.0), (1000.0, 30.0)]


def test_gradients_act_at_the_front():
    """Whatever the train's length, they change where the front crosses a bound."""
    path = RunningPath.of([0, 1000, 2000], 20.0, [0.01, -0.01])
    ceiling = lay_ceiling(path, 500.0, FAST)
    assert ceiling.chainage_m.tolist() == [0, 1000, 2000]
    assert ceiling.gradient.tolist() == [0.01, -0.01]


def test_the_train_stands_at_both_ends_and_at_stops():
    """Each stop is a bound; its highest speed is zero."""
    ceiling = lay_ceiling(RunningPath.of([0, 1000], 20.0, stop_m=[300.0]), 0.0, FAST)
    assert ceiling.chainage_m.tolist() == [0, 300, 1000]
    assert ceiling.halt.all()
    assert not ceiling.knot_mps.any()


def test_draws_with_rises_at_different_places_share_their_bounds():
    """Every draw has its own limits at the bounds of all."""
    path = RunningPath.of([0, 1000, 2000], [[10.0, 20.0], [20.0, 10.0]])
    ceiling = lay_ceiling(path, 100.0, FAST)
    assert ceiling.chainage_m.tolist() == [0, 1000, 1100, 2000]
    assert ceiling.limit_mps.tolist() == [[10.0, 10.0, 20.0], [20.0, 10.0, 10.0]]


@pytest.mark.parametrize("length_m", [0.1, 0.3, 100.1, 153.37])
def test_a_bound_cleared_at_another_bound_leaves_no_stretch_out(length_m):
    """Where the two differ by rounding, the limit there is still one of the path's."""
    bounds_m = [0.0, 0.2, 0.2 + length_m, 300.0 + length_m]
    ceiling = lay_ceiling(RunningPath.of(bounds_m, [9.0, 20.0, 7.0]), length_m, FAST)
    assert (np.diff(ceiling.chainage_m) > 0).all()
    assert ceiling.limit_mps[0] == 9.0
    assert ceiling.limit_mps[-1] == 7.0


@few
@given(paths(), st.sampled_from([0.0, 0.001, 153.37, 5000.0]), st.data())
def test_it_is_the_lowest_limit_under_the_train(path, length_m, data):
    """Anywhere, it is the lowest of the limits of the cells that any part of the train is on."""
    ceiling = lay_ceiling(path, length_m, FAST)
    cell = data.draw(st.integers(0, len(ceiling.limit_mps) - 1))
    low_m, high_m = ceiling.chainage_m[cell : cell + 2]
    assume(high_m - low_m > 1e-6)
    front_m = low_m + data.draw(st.floats(0.1, 0.9)) * (high_m - low_m)
    under = (path.chainage_m[:-1] < front_m) & (path.chainage_m[1:] > front_m - length_m)
    assert ceiling.limit_mps[cell] == path.limit_mps[under].min()
    assert ceiling.gradient[cell] == path.gradient[np.flatnonzero(under)[-1]]

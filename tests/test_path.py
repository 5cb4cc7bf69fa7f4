"""A path is checked once, where it is made."""

from __future__ import annotations

import numpy as np
import pytest

from journey import InputError, RunningPath

BOUNDS_M = [0.0, 1000.0, 3000.0]


def test_one_limit_and_one_gradient_serve_every_cell():
    """A number stands for all cells, and no gradient for a level line."""
    path = RunningPath.of(BOUNDS_M, 25.0)
    assert path.limit_mps.tolist() == [25.0, 25.0]
    assert path.gradient.tolist() == [0.0, 0.0]


def test_many_draws_keep_their_axes():
    """Limits of draws and of draws of draws are taken as they are."""
    assert RunningPath.of(BOUNDS_M, np.full((3, 2), 9.0)).limit_mps.shape == (3, 2)
    assert RunningPath.of(BOUNDS_M, np.full((4, 3, 2), 9.0)).limit_mps.shape == (4, 3, 2)
    assert RunningPath.of(BOUNDS_M, np.full((5, 1), 9.0)).limit_mps.shape == (5, 2)


def test_it_starts_at_the_first_bound_by_default():
    """The front stands where the path begins, unless it is said to stand further on."""
    assert RunningPath.of([200.0, 900.0], 9.0).start_m == 200.0
    assert RunningPath.of([200.0, 900.0], 9.0, start_m=300).start_m == 300.0


def test_it_does_not_change_with_what_it_was_made_of():
    """The caller's arrays are copied."""
    bounds_m, limit_mps = np.array(BOUNDS_M), np.array([9.0, 9.0])
    path = RunningPath.of(bounds_m, limit_mps, stop_m=(stops_m := np.array([500.0])))
    bounds_m[0] = limit_mps[0] = stops_m[0] = 7.0
    assert (path.chainage_m[0], path.limit_mps[0], path.stop_m[0]) == (0.0, 9.0, 500.0)


def test_one_dwell_serves_every_stop():
    """A number stands for the dwell at all stops."""
    path = RunningPath.of(BOUNDS_M, 9.0, stop_m=[100.0, 200.0], dwell_s=60)
    assert path.dwell_s.tolist() == [60.0, 60.0]


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"chainage_m": [0, 5, 5]}, "chainage 5 m after 5 m: expected increasing values"),
        ({"chainage_m": [0, 9, 5]}, "chainage 5 m after 9 m: expected increasing values"),
        ({"chainage_m": [0, np.nan, 5]}, "chainage: expected one row of finite numbers, m"),
        ({"chainage_m": [0, 1, np.inf]}, "chainage: expected one row of finite numbers, m"),
        ({"chainage_m": [[0, 1, 2]]}, "chainage: expected one row of finite numbers, m"),
        ({"chainage_m": [7.0]}, "chainage: 1 given: expected a start and an end"),
        ({"chainage_m": []}, "chainage: 0 given: expected a start and an end"),
        (
            {"limit_mps": [9.0, 0.0]},
            "limit 0 km/h at 1000 m: expected above 0, at most 600 km/h",
        ),
        (
            {"limit_mps": [-9.0, 9.0]},
            "limit -32.4 km/h at 0 m: expected above 0, at most 600 km/h",
        ),
        (
            {"limit_mps": [9.0, 1600 / 3.6]},
            "limit 1600 km/h at 1000 m: expected above 0, at most 600 km/h",
        ),
        (
            {"limit_mps": [9.0, np.nan]},
            "limit nan km/h at 1000 m: expected above 0, at most 600 km/h",
        ),
        (
            {"limit_mps": np.inf},
            "limit inf km/h at 0 m: expected above 0, at most 600 km/h",
        ),
        (
            {"limit_mps": [[9.0, 9.0], [9.0, 0.0]]},
            "limit 0 km/h at 1000 m: expected above 0, at most 600 km/h",
        ),
        (
            {"limit_mps": [9.0, 9.0, 9.0]},
            "limit: 3 values in shape (3,): expected 2, or one for all",
        ),
        ({"gradient": [0.0, 0.6]}, "gradient 600 ‰ at 1000 m: expected -500 to 500 ‰"),
        ({"gradient": [-12.5, 0.0]}, "gradient -12500 ‰ at 0 m: expected -500 to 500 ‰"),
        ({"gradient": [0.0, np.nan]}, "gradient nan ‰ at 1000 m: expected -500 to 500 ‰"),
        (
            {"gradient": [0.0, 0.0, 0.0]},
            "gradient: 3 values in shape (3,): expected 2, or one for all",
        ),
        (
            {"gradient": [[0.0, 0.0]]},
            "gradient: 2 values in shape (1, 2): expected 2, or one for all",
        ),
        ({"start_m": -1.0}, "start at -1 m: expected 0 to less than 3000 m"),
        ({"start_m": 3000.0}, "start at 3000 m: expected 0 to less than 3000 m"),
        ({"start_m": np.nan}, "start at nan m: expected 0 to less than 3000 m"),
        ({"stop_m": [500, 400]}, "stop 400 m after 500 m: expected increasing values"),
        ({"stop_m": [500, 500]}, "stop 500 m after 500 m: expected increasing values"),
        ({"stop_m": 500.0}, "stop: expected one row of finite numbers, m"),
        ({"stop_m": [np.nan]}, "stop: expected one row of finite numbers, m"),
        (
            {"stop_m": [0.0, 500.0]},
            "stops from 0 to 500 m: expected all between the start at 0 m and the end at 3000 m",
        ),
        (
            {"stop_m": [500.0, 3000.0]},
            "stops from 500 to 3000 m: expected all between the start at 0 m and the end at 3000 m",
        ),
        (
            {"stop_m": [500.0], "start_m": 600.0},
            (
                "stops from 500 to 500 m: expected all between the start at 600 m and the end at "
                "3000 m"
            ),
        ),
        (
            {"stop_m": [500, 900], "dwell_s": [60, -1]},
            "dwell -1 s at 900 m: expected 0 or more, finite",
        ),
        (
            {"stop_m": [500, 900], "dwell_s": [60, np.inf]},
            "dwell inf s at 900 m: expected 0 or more, finite",
        ),
        (
            {"stop_m": [500, 900], "dwell_s": [np.nan, 60]},
            "dwell nan s at 500 m: expected 0 or more, finite",
        ),
        (
            {"stop_m": [500], "dwell_s": [60, 60]},
            "dwell: 2 values in shape (2,): expected 1, or one for all",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(about, message):
    """The message names what, its value and where, and what was expected."""
    with pytest.raises(InputError) as told:
        RunningPath.of(**{"chainage_m": BOUNDS_M, "limit_mps": 9.0, **about})
    assert str(told.value) == message

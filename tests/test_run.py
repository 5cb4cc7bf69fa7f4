"""Where the front is when, how fast, and at stops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey import InputError, RunningPath, run_train
from tests.running_cases import LEVEL, MODELS, TRAIN, changed, few, paths

STOPPING = changed(LEVEL, stop_m=[2000.0, 2000.5], dwell_s=[60.0, 30.0])
DRAWS = changed(STOPPING, limit_mps=np.linspace(10.0, 25.0, 6).reshape(3, 2, 1))


@pytest.mark.parametrize("running", MODELS)
def test_a_run_begins_at_zero_and_ends_at_its_end(running):
    """Its first knot is at the start, at time zero; its last where the path ends, at rest."""
    run = run_train(STOPPING, TRAIN, running)
    assert (run.chainage_m[0], run.time_s[0], run.speed_mps[0]) == (0.0, 0.0, 0.0)
    assert (run.chainage_m[-1], run.speed_mps[-1]) == (5000.0, 0.0)


@pytest.mark.parametrize("running", MODELS)
def test_dwell_is_no_running_time(running):
    """A longer dwell moves the arrival, and nothing else."""
    short = run_train(changed(STOPPING, dwell_s=0.0), TRAIN, running)
    long = run_train(STOPPING, TRAIN, running)
    assert long.dwell_s == 90.0
    assert long.time_s[-1] == pytest.approx(short.time_s[-1] + 90.0, abs=1e-9)
    assert long.running_time_s == pytest.approx(short.running_time_s, abs=1e-9)


@pytest.mark.parametrize("running", MODELS)
def test_a_stop_has_an_arrival_and_a_departure(running):
    """`time_at` gives the one or the other; in between the train stands, a cruise at once."""
    run = run_train(STOPPING, TRAIN, running)
    arrival, departure = run.time_at(2000.0), run.time_at(2000.0, leaving=True)
    assert departure - arrival == pytest.approx(60.0)
    assert run.position_at([arrival, arrival + 30.0, departure]) == pytest.approx([2000.0] * 3)
    assert run.speed_at(2000.0) == (25.0 if running == "cruise" else 0.0)


@pytest.mark.parametrize("running", MODELS)
def test_elsewhere_arrival_and_departure_are_one(running):
    """Where the train does not stand, leaving makes no difference."""
    run = run_train(STOPPING, TRAIN, running)
    places_m = [0.0, 1.0, 1999.0, 2000.2, 3000.0, 5000.0]
    assert run.time_at(places_m, leaving=True) == pytest.approx(run.time_at(places_m), abs=1e-9)


@pytest.mark.parametrize("running", MODELS)
def test_answers_have_the_shape_of_the_question(running):
    """A number gives one, a table a table."""
    run = run_train(STOPPING, TRAIN, running)
    for ask in (run.time_at, run.speed_at, run.position_at):
        assert ask(100.0).shape == ()
        assert ask(np.full((2, 3), 100.0)).shape == (2, 3)


@pytest.mark.parametrize("running", ["cruise", "profile"])
def test_draws_come_before_the_shape_of_the_question(running):
    """Three times two draws, four places: three times two times four answers."""
    run = run_train(DRAWS, TRAIN, running)
    places_m = [0.0, 1000.0, 2000.0, 5000.0]
    assert run.running_time_s.shape == run.error_s.shape == run.max_speed_mps.shape == (3, 2)
    assert run.time_at(places_m).shape == run.speed_at(places_m).shape == (3, 2, 4)
    assert run.position_at(50.0).shape == (3, 2)


@pytest.mark.parametrize("running", ["cruise", "profile"])
def test_each_draw_is_answered_as_if_alone(running):
    """Times, speeds and places of a draw are those of its own run."""
    run = run_train(DRAWS, TRAIN, running)
    places_m = np.linspace(0.0, 5000.0, 41)
    times_s = np.linspace(0.0, float(run.time_s[..., -1].min()), 41)
    for draw in np.ndindex(3, 2):
        alone = run_train(changed(DRAWS, limit_mps=DRAWS.limit_mps[draw]), TRAIN, running)
        assert run.time_at(places_m)[draw] == pytest.approx(alone.time_at(places_m), abs=1e-9)
        assert run.speed_at(places_m)[draw] == pytest.approx(alone.speed_at(places_m), abs=1e-9)
        assert run.position_at(times_s)[draw] == pytest.approx(alone.position_at(times_s), abs=1e-6)


@pytest.mark.parametrize("running", MODELS)
@pytest.mark.parametrize("wrong", [-0.1, 5000.1, np.nan])
def test_chainages_outside_are_refused(running, wrong):
    """One line says which, and from where to where the run goes."""
    run = run_train(LEVEL, TRAIN, running)
    for ask in (run.time_at, run.speed_at):
        with pytest.raises(InputError, match=rf"^chainage {wrong:g} m: expected 0 to 5000 m$"):
            ask([100.0, wrong])


@pytest.mark.parametrize("wrong", [-0.1, 1e6, np.nan])
def test_times_outside_are_refused(wrong):
    """One line says which, and from when to when the run lasts."""
    run = run_train(LEVEL, TRAIN, "cruise")
    with pytest.raises(InputError) as told:
        run.position_at([wrong, 100.0])
    assert str(told.value) == f"time {wrong:g} s: expected 0 to 200 s"


def test_a_trainless_model_is_refused():
    """The message names the three that there are."""
    with pytest.raises(InputError, match="running 'walk': expected cruise, profile or"):
        run_train(LEVEL, TRAIN, "walk")


@few
@given(paths(), st.sampled_from(["cruise", "profile"]), st.lists(st.floats(0, 1), min_size=1))
def test_places_and_times_are_inverse(path, running, shares):
    """Where the front is at the time at which it is somewhere is there.

    A chainage of a thousand kilometres has a tenth of a nanometre for its last digit, and where
    the train hardly moves, near a start, a place is only as good as the square root of that is
    for a time; hence a tolerance of place and none of time.
    """
    run = run_train(path, TRAIN, running)
    places_m = run.chainage_m[0] + np.array(shares) * np.ptp(run.chainage_m)
    times_s = run.time_at(places_m)
    assert run.position_at(times_s) == pytest.approx(places_m, rel=0, abs=1e-8)
    assert (np.diff(run.time_at(np.sort(places_m))) >= 0).all()
    assert (np.diff(run.position_at(np.sort(times_s))) >= -1e-9).all()


def test_a_piece_without_length_keeps_its_speeds():
    """Speeds near a knot stay between those of its neighbours, however little a piece is long."""
    far = RunningPath.of(1e6 + np.array([0.0, 1.0, 1.001, 1.002, 50.0]), [9.0, 20.0, 5.0, 30.0])
    run = run_train(far, TRAIN, "profile")
    places_m = np.linspace(1e6, 1e6 + 50.0, 20_001)
    assert run.speed_at(places_m).max() <= run.max_speed_mps
    assert run.speed_at(places_m).min() >= 0.0

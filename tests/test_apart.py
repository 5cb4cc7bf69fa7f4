"""Computing in a process of its own."""

from __future__ import annotations

import os
import time

import pytest

from journey.apart import apart
from journey.errors import InputError, JourneyError

PLAIN = "journey.report.plain.plain_text"
LOAD = "journey.scenario_file.load_scenario"


@pytest.mark.parametrize("cores", [1, 2])
def test_it_gives_what_the_function_does(cores, monkeypatch):
    """Or raises what it raises, on a machine with one core too."""
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with apart(PLAIN, "a\nb") as wait:
        assert wait() == "a b"
    with apart(LOAD, "nowhere") as wait, pytest.raises(InputError, match="nowhere"):
        wait()


def test_one_that_is_ended_is_told_in_a_line():
    """Whatever ended it."""
    with apart("os._exit", 3) as wait, pytest.raises(JourneyError, match="was ended"):
        wait()


def test_nobody_waits_for_what_is_not_wanted_any_more():
    """An error or an interrupt here ends it."""
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), apart("time.sleep", 60):
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 30

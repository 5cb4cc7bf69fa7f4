"""Whole numbers packed as text."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.sample.columns import pack, unpack

MOST_STEPS = 2**32 - 1


@st.composite
def columns(draw):
    """Whole numbers that a page can be given: any base, any step, as many steps as 4 bytes hold."""
    base, step = draw(st.integers(-(2**40), 2**40)), draw(st.integers(1, 2**20))
    steps = draw(st.lists(st.integers(0, draw(st.sampled_from([0, 1, 255, 256, MOST_STEPS])))))
    return [base + step * each for each in steps]


@given(values=columns())
def test_nothing_is_lost(values):
    """What is read back is what was packed: negative, alike, far apart, or nothing at all."""
    assert unpack(pack(values)).tolist() == values


@given(first=st.integers(-(2**40), 2**40), steps=st.lists(st.integers(-(2**30), 2**30)))
def test_nothing_is_lost_of_what_is_told_by_its_differences(first, steps):
    """Along a route too, wherever it begins, and whether it rises or falls."""
    values = [first, *(first + np.cumsum(steps, dtype=np.int64)).tolist()]
    assert unpack(pack(values, along=True)).tolist() == values


@given(values=columns())
def test_it_is_plain_data_of_as_many_bytes_as_it_says(values):
    """JSON can say it, and the data are so many bytes for each number, lowest first."""
    packed = pack(values)
    assert json.loads(json.dumps(packed)) == packed
    raw = base64.b64decode(packed["data"])
    assert (packed["count"], len(raw)) == (len(values), len(values) * packed["bytes"])
    width = packed["bytes"]
    for number, value in enumerate(values):
        steps = int.from_bytes(raw[number * width : (number + 1) * width], "little")
        assert packed["base"] + packed["step"] * steps == value


@pytest.mark.parametrize(
    ("values", "width"),
    [
        ([], 0),
        ([7] * 9, 0),
        ([-5, 250], 1),
        ([0, 300, 600], 1),
        ([0, 1, 256], 2),
        ([0, 1, 65536], 3),
    ],
)
def test_it_takes_no_more_room_than_it_needs(values, width):
    """No byte for what is all alike, and a common step is told once."""
    assert pack(values)["bytes"] == width


def test_what_rises_evenly_takes_no_room_along_the_way():
    """Kilometres of a straight line: after the first all differences but one are alike."""
    packed = pack(range(5_000, 105_000, 50), along=True)
    assert packed["bytes"] == 1
    assert packed["step"] == 50


@pytest.mark.parametrize("along", [True, False])
def test_whole_numbers_may_come_as_floats(along):
    """As they do from arrays of seconds."""
    values = np.array([1.0, 3.0, 1.7e9])
    assert unpack(pack(values, along=along)).tolist() == [1, 3, 1_700_000_000]

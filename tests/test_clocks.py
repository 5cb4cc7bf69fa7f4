"""Clocks as plain numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.maps.clocks import offsets

# Abolished summer time, moved for good, kept for years, changed by half an hour, at half past.
ZONES = (
    "Asia/Vladivostok",
    "Asia/Pyongyang",
    "Asia/Yakutsk",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Europe/Moscow",
    "America/New_York",
)


def around(day, days=3):
    """Some days before and beyond a day."""
    middle = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return middle - timedelta(days=days), middle + timedelta(days=days)


def unix(text):
    """Seconds of Unix time of a moment."""
    return round(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "change"),
    [
        ("Asia/Vladivostok", "2014-10-26", (660, 600), "2014-10-26T02:00+11:00"),
        ("Australia/Lord_Howe", "2023-04-02", (660, 630), "2023-04-02T02:00+11:00"),
        ("Asia/Pyongyang", "2015-08-15", (540, 510), "2015-08-15T00:00+09:00"),
        ("Asia/Pyongyang", "2018-05-04", (510, 540), "2018-05-04T23:30+08:30"),
    ],
)
def test_a_change_of_clock_is_known_to_the_second(zone, day, minutes, change):
    """Before it one offset, from it on another: by one hour, by half an hour, either way."""
    start, end = around(day)
    first, second = offsets([zone], start, end)[zone]
    assert first == (round(start.timestamp()), minutes[0])
    assert second == (unix(change), minutes[1])


def test_a_clock_that_does_not_change_is_one_offset():
    """Both clocks of the corridor in September 2023; each is named once, in order."""
    start, end = around("2023-09-12")
    found = offsets(["Asia/Vladivostok", "Asia/Pyongyang", "Asia/Vladivostok"], start, end)
    assert list(found) == ["Asia/Pyongyang", "Asia/Vladivostok"]
    assert [[minutes for _, minutes in steps] for steps in found.values()] == [[540], [600]]


@given(
    zone=st.sampled_from(ZONES),
    start_s=st.integers(631_152_000, 1_893_456_000),  # 1990 to 2030
    hours=st.floats(0, 400),
    share=st.floats(0, 1),
)
def test_the_offset_of_any_moment_is_that_of_the_clock(zone, start_s, hours, share):
    """The last step not after a moment has the offset that the tz database gives for it."""
    start = datetime.fromtimestamp(start_s, tz=UTC)
    moment = start + share * timedelta(hours=hours)
    steps = offsets([zone], start, start + timedelta(hours=hours))[zone]
    past = [minutes for from_s, minutes in steps if from_s <= moment.timestamp()]
    assert timedelta(minutes=past[-1]) == moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert all(one != other for (_, one), (_, other) in pairwise(steps))

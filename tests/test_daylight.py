"""Night and day along the line."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain, pairwise

import pytest
from astral import Observer
from astral.sun import elevation, sunrise, sunset
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.daylight import HORIZON_DEG, nights
from journey.errors import InputError

PYONGYANG, KHASAN, VOSTOCHNY = (39.0, 125.7), (42.43, 130.65), (51.88, 128.33)
NORTH, SOUTH = (69.6, 19.0), (-69.6, 19.0)
NOON = datetime(2023, 9, 10, 3, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize("place", [PYONGYANG, KHASAN, VOSTOCHNY])
@pytest.mark.parametrize("year", [1950, 2023, 2100])
def test_nights_are_those_of_another_library(place, year):
    """Astral has formulas of its own: sunset and sunrise within a minute, in every month."""
    for month in range(1, 13):
        noon = NOON.replace(year=year, month=month)
        ((dusk, dawn),) = nights(*place, noon, noon + DAY)
        assert abs(dusk - sunset(Observer(*place), noon.date())) < MINUTE
        assert abs(dawn - sunrise(Observer(*place), noon.date())) < MINUTE


def test_nights_are_those_of_the_almanac():
    """U.S. Naval Observatory, Atlanta, 6 September 2009: sun from 7:15 to 19:56, UTC-4."""
    midnight = datetime(2009, 9, 6, tzinfo=timezone(timedelta(hours=-4)))
    (_, dawn), (dusk, _) = nights(33.8, -84.4, midnight, midnight + DAY)
    assert abs(dawn - midnight.replace(hour=7, minute=15)) < MINUTE
    assert abs(dusk - midnight.replace(hour=19, minute=56)) < MINUTE


@pytest.mark.parametrize(("place", "month"), [(NORTH, 6), (SOUTH, 12)])
def test_polar_day_has_no_night(place, month):
    """Beyond either polar circle, around midsummer."""
    start = datetime(2023, month, 15, tzinfo=UTC)
    assert nights(*place, start, start + 10 * DAY) == []


@pytest.mark.parametrize(("place", "month"), [(NORTH, 12), (SOUTH, 6)])
def test_polar_night_is_one_night(place, month):
    """Beyond either polar circle, around midwinter: exactly the whole period."""
    start = datetime(2023, month, 15, 1, 2, 3, 456_789, tzinfo=UTC)
    assert nights(*place, start, start + 10 * DAY) == [(start, start + 10 * DAY)]


def test_nights_shorten_until_polar_day():
    """In May, beyond the polar circle: the last one is of less than an hour and a half."""
    start = datetime(2023, 5, 12, 11, tzinfo=UTC)
    lengths = [dawn - dusk for dusk, dawn in nights(*NORTH, start, start + 10 * DAY)]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) == 6
    assert lengths[-1] < timedelta(hours=1.5)


def test_nights_are_cut_at_the_ends():
    """Of a night that the period begins or ends in there is only the part within."""
    first, second = nights(*KHASAN, NOON, NOON + 2 * DAY)
    midnight = NOON + DAY / 2
    half = timedelta(microseconds=500_000)
    assert nights(*KHASAN, midnight, NOON + DAY) == [(midnight, first[1])]
    assert nights(*KHASAN, NOON, midnight) == [(first[0], midnight)]
    assert nights(*KHASAN, *first) == [first]
    assert nights(*KHASAN, first[1], second[0]) == []
    assert nights(*KHASAN, NOON + half, first[0] + half) == [(first[0], first[0] + half)]
    assert nights(*KHASAN, midnight, midnight) == []
    for tenths in range(10):
        end = first[1] - tenths * half / 5
        assert nights(*KHASAN, first[0], end) == [(first[0], end)]


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.timedeltas(-25_000 * DAY, 25_000 * DAY),
    st.timedeltas(MINUTE, 5 * DAY),
)
@settings(max_examples=50)
def test_nights_are_when_the_sun_is_down(lat, lon, later, length):
    """Anywhere: in order, apart, within the period, and just when astral has the sun down."""
    start = NOON + later
    found = nights(lat, lon, start, start + length)
    edges = [start, *chain.from_iterable(found), start + length]
    assert all(edge.tzinfo is UTC for edge in edges)
    assert edges == sorted(edges)
    assert all(dusk < dawn for dusk, dawn in found)
    assert all(one[1] < next_one[0] for one, next_one in pairwise(found))
    for share in range(20):
        moment = start + length * share / 20
        above_deg = elevation(Observer(lat, lon), moment, with_refraction=False) - HORIZON_DEG
        is_night = any(dusk <= moment < dawn for dusk, dawn in found)
        assert is_night == (above_deg < 0) or abs(above_deg) < 0.1


def test_nights_are_the_same_on_every_clock(monkeypatch):
    """Whatever the time zone of the machine and the offsets of the arguments."""
    midnight = NOON + DAY / 2
    expected = nights(*KHASAN, midnight, midnight + DAY)
    seoul = timezone(timedelta(hours=9))
    for zone in ("America/New_York", "Asia/Vladivostok"):
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            start = midnight.astimezone(seoul)
            found = nights(*KHASAN, start, start + DAY)
        time.tzset()
        assert found == expected
        assert {edge.tzinfo for night in found for edge in night} == {UTC}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"lat": 90.5}, "lat 90.5: expected degrees from -90 to 90"),
        ({"lat": math.nan}, "lat nan: expected degrees from -90 to 90"),
        ({"lon": -181}, "lon -181: expected degrees from -180 to 180"),
        ({"lon": math.inf}, "lon inf: expected degrees from -180 to 180"),
        (
            {"start": datetime(2023, 9, 10, 3)},  # noqa: DTZ001
            "start 2023-09-10T03:00:00: expected an offset, such as +00:00",
        ),
        (
            {"end": datetime(2023, 9, 10, 3)},  # noqa: DTZ001
            "end 2023-09-10T03:00:00: expected an offset, such as +00:00",
        ),
        (
            {"end": NOON - DAY},
            "end 2023-09-09T03:00:00+00:00: expected 2023-09-10T03:00:00+00:00 or later",
        ),
    ],
)
def test_what_is_no_place_or_no_period_is_refused(wrong, message):
    """In one line: the argument, its value and what was expected."""
    right = {"lat": 39.0, "lon": 125.7, "start": NOON, "end": NOON + DAY}
    with pytest.raises(InputError) as refusal:
        nights(**{**right, **wrong})
    assert str(refusal.value) == message

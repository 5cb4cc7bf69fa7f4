"""Text to SI and back."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.clock import format_interval, format_local, format_offset, format_utc, parse_moment
from journey.errors import InputError
from journey.units import (
    Range,
    format_duration,
    format_exact,
    parse_duration_s,
    parse_margin,
    parse_number,
    parse_range,
    parse_speed_kmh,
)

SHARES = st.floats(0, 1)
VALUES = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:30", 1800),
        ("1:00:30", 3630),
        ("90 min", 5400),
        ("90min", 5400),
        ("1 h 30 min", 5400),
        ("1.5 h", 5400),
        ("45 s", 45),
    ],
)
def test_durations_are_read_in_every_usual_form(text, seconds):
    """Hours and minutes, or an amount with its unit, become seconds."""
    assert parse_duration_s(text) == seconds


@pytest.mark.parametrize("wrong", [3, "3", "1:75", "-1:00", "soon", "", None, "1 day", "1001 h"])
def test_a_duration_without_unit_or_sense_is_refused(wrong):
    """The message says which forms are understood."""
    with pytest.raises(InputError, match=r"expected .*h:mm"):
        parse_duration_s(wrong)


@pytest.mark.parametrize("wrong", [0, -1, 0.5, 401, 1e9])
def test_an_absurd_speed_is_refused(wrong):
    """Zero, negative, walking pace and more than any train: each names the bounds."""
    with pytest.raises(InputError, match="expected 1 to 400 km/h"):
        parse_speed_kmh(wrong)


@pytest.mark.parametrize("wrong", ["fast", None, math.nan, math.inf, True, [59]])
def test_a_speed_that_is_no_number_is_refused(wrong):
    """Text, nothing, NaN and truth values are no speeds."""
    with pytest.raises(InputError, match="expected a speed in km/h"):
        parse_speed_kmh(wrong)


def test_a_range_is_fixed_uniform_or_triangular_by_its_parts():
    """One part fixes, two bound, three also say what is likeliest."""
    assert parse_range(59, parse_speed_kmh) == Range(59.0, 59.0)
    assert parse_range("50..70", parse_speed_kmh) == Range(50.0, 70.0)
    assert parse_range("25..40..55", parse_speed_kmh) == Range(25.0, 55.0, 40.0)


@pytest.mark.parametrize("wrong", ["50..40", "40..30..50", "1..2..3..4", "50..", "50...60"])
def test_a_range_out_of_order_is_refused(wrong):
    """Too many parts, an empty part or a wrong order is an error."""
    with pytest.raises(InputError, match="expected"):
        parse_range(wrong, parse_speed_kmh)


@given(st.lists(VALUES, min_size=3, max_size=3).map(sorted), SHARES, SHARES)
def test_quantiles_rise_within_the_bounds(values, one, other):
    """A larger share never gives a smaller value, and none leaves the bounds."""
    quantity = Range(values[0], values[2], values[1])
    low, high = quantity.at(sorted((one, other)))
    tolerance = 1e-9 * (1 + abs(values[0]) + abs(values[2]))
    assert low <= high + tolerance
    assert values[0] - tolerance <= low
    assert high <= values[2] + tolerance


def test_triangular_quantiles_agree_with_another_library():
    """Scipy's triangular distribution gives the same quantiles."""
    from scipy.stats import triang

    shares = np.linspace(0, 1, 101)
    expected = triang.ppf(shares, c=0.5, loc=25, scale=30)
    np.testing.assert_allclose(Range(25, 55, 40).at(shares), expected, rtol=1e-12)


def test_a_moment_keeps_its_instant():
    """Any offset is understood; the result is in UTC."""
    expected = datetime(2023, 9, 10, 3, tzinfo=UTC)
    assert parse_moment("2023-09-10T12:00:00+09:00") == expected
    assert parse_moment("2023-09-10T03:00Z") == expected


@pytest.mark.parametrize("naive", ["2023-09-10T12:00:00", datetime(2023, 9, 10, 12)])  # noqa: DTZ001
def test_a_time_without_offset_is_refused(naive):
    """Its clock would be a guess; the message shows how to write it."""
    with pytest.raises(InputError, match=r"has no offset; write .*\+09:00"):
        parse_moment(naive)


def test_clocks_are_written_in_local_time_with_offset():
    """The clock of the place by the tz database of that date, not a constant."""
    moment = datetime(2023, 9, 11, 20, 0, tzinfo=UTC)
    zone = ZoneInfo("Asia/Vladivostok")
    assert format_local(moment, zone) == "Tue 12 Sep 06:00"
    assert format_offset(moment, zone) == "UTC+10"
    assert format_offset(datetime(2012, 9, 11, tzinfo=UTC), zone) == "UTC+11"
    assert format_offset(moment, ZoneInfo("Asia/Kolkata")) == "UTC+5:30"
    assert format_offset(moment, ZoneInfo("America/St_Johns")) == "UTC-2:30"
    assert format_utc(moment) == "2023-09-11T20:00Z"


def test_an_interval_names_the_year_once_and_the_day_where_it_changes():
    """Within one day, over midnight, and a single moment."""
    start = datetime(2023, 9, 11, 20, 0, tzinfo=UTC)
    zone = ZoneInfo("Asia/Vladivostok")
    later, next_day = start + timedelta(hours=6), start + timedelta(hours=20)
    assert format_interval(start, later, zone) == "Tue 12 Sep 2023 06:00 to 12:00 (UTC+10)"
    assert format_interval(start, next_day, zone) == (
        "Tue 12 Sep 2023 06:00 to Wed 13 Sep 2023 02:00 (UTC+10)"
    )
    assert format_interval(start, start, zone) == "Tue 12 Sep 2023 06:00 (UTC+10)"


def test_rounding_to_the_minute_carries_over_midnight():
    """59.7 seconds past 23:59 is the next day."""
    moment = datetime(2023, 9, 10, 23, 59, 59, 700_000, tzinfo=UTC)
    assert format_local(moment, UTC) == "Mon 11 Sep 00:00"


def test_durations_are_written_to_the_minute():
    """20.07 hours are 20 h 04 min."""
    assert format_duration(1183.9 / 59 * 3600) == "20 h 04 min"
    assert format_duration(600) == "10 min"


@pytest.mark.parametrize(
    ("text", "percent", "min_per_100km"),
    [
        ("5 %", Range(5, 5), Range(0, 0)),
        ("3 min/100 km", Range(0, 0), Range(3, 3)),
        ("5 % + 1.5 min/100 km", Range(5, 5), Range(1.5, 1.5)),
        ("1..2min/100km+3..5..7%", Range(3, 7, 5), Range(1, 2)),
    ],
)
def test_a_margin_is_per_cent_or_minutes_or_both(text, percent, min_per_100km):
    """In either order, each part perhaps a range."""
    assert parse_margin(text) == (percent, min_per_100km)


@pytest.mark.parametrize(
    "wrong",
    [5, None, "", "5", "5 min", "5 km", "-5 %", "+5 %", "5 % + 3 %", "101 %", "61 min/100 km"],
)
def test_a_margin_without_unit_or_sense_is_refused(wrong):
    """One part of each kind, within what timetables have."""
    with pytest.raises(InputError, match="margin"):
        parse_margin(wrong)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, "inf", True, None, [], "1,5", 10**400])
def test_what_is_no_finite_number_is_refused(wrong):
    """Nor are truth values numbers."""
    with pytest.raises(InputError, match="expected a number such as 88"):
        parse_number(wrong)


@pytest.mark.parametrize(
    ("seconds", "decimals", "text"),
    [
        (0.0004, 3, "0.000 s"),
        (59.9996, 3, "1 min 0.000 s"),
        (393.874, 3, "6 min 33.874 s"),
        (3599.6, 0, "1 h 00 min 0 s"),
        (36_061.25, 1, "10 h 01 min 1.2 s"),
    ],
)
def test_exact_durations_carry_what_is_rounded_up(seconds, decimals, text):
    """Never 60 seconds, never 60 minutes."""
    assert format_exact(seconds, decimals) == text

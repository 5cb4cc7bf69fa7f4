"""Text to SI and back."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.clock import format_interval, format_local, format_offset, format_utc, parse_moment
from journey.errors import InputError, plain, shown
from journey.units import (
    format_duration,
    format_exact,
    parse_duration_s,
    parse_number,
    parse_share,
    parse_speed_kmh,
)


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
        ("1e3 s", 1000),
    ],
)
def test_durations_are_read_in_every_usual_form(text, seconds):
    """Hours and minutes, or an amount with its unit, become seconds."""
    assert parse_duration_s(text) == seconds


@pytest.mark.parametrize(
    "wrong",
    [
        *(3, "3", "1:75", "-1:00", "soon", "", None, "1 day", "1001 h", "1_0 h"),
        *("\u0661:30", "1:3\u0660", "\u0669 h"),
    ],
)
def test_a_duration_without_unit_or_sense_is_refused(wrong):
    """The message says which forms are understood."""
    with pytest.raises(InputError, match=r"expected .*h:mm"):
        parse_duration_s(wrong)


@pytest.mark.parametrize("ending", [":00", " h", " h 30 min", " %", "e", " "])
@pytest.mark.parametrize("letter", ["9", "1.", " "])
@pytest.mark.parametrize("parse", [parse_duration_s, parse_number, parse_share])
def test_a_very_long_text_is_refused_at_once(parse, letter, ending):
    """A hundred thousand digits or blanks: in time in proportion to them, not to their square."""
    with pytest.raises(InputError):
        parse(letter * 100_000 + ending)


@pytest.mark.parametrize("wrong", [0, -1, 0.5, 401, 1e9])
def test_an_absurd_speed_is_refused(wrong):
    """Zero, negative, walking pace and more than any train: each names the bounds."""
    with pytest.raises(InputError, match="expected 1 to 400 km/h"):
        parse_speed_kmh(wrong)


def test_a_speed_just_beyond_the_bounds_is_told_from_them():
    """With all of its digits."""
    with pytest.raises(InputError, match=r"speed 400\.00000001 km/h: expected 1 to 400"):
        parse_speed_kmh(400.00000001)


@pytest.mark.parametrize("wrong", ["fast", None, math.nan, math.inf, True, [59]])
def test_a_speed_that_is_no_number_is_refused(wrong):
    """Text, nothing, NaN and truth values are no speeds."""
    with pytest.raises(InputError, match="expected a speed in km/h"):
        parse_speed_kmh(wrong)


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


@pytest.mark.parametrize("wrong", [math.nan, math.inf, "inf", True, None, [], "1,5", 10**400])
def test_what_is_no_finite_number_is_refused(wrong):
    """Nor are truth values numbers."""
    with pytest.raises(InputError, match="expected a number such as 88"):
        parse_number(wrong)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("59", 59),
        ("59.5", 59.5),
        ("-3", -3),
        ("1e3", 1000),
        (" .5 ", 0.5),
        ("+6.", 6),
        ("1E-2", 0.01),
    ],
)
def test_a_plain_decimal_number_is_read_from_text(text, number):
    """With a sign, a point and an exponent, if need be."""
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "wrong",
    [
        "6_0",
        "1_000",
        "\u0666\u0660",
        "\uff16\uff10",
        "1e\u0663",
        "0x10",
        "1 000",
        "nan",
        "infinity",
        "1e999",
        "--1",
        ".",
        "",
    ],
)
def test_no_other_text_is_a_number(wrong):
    """Underlines, digits of other scripts, other notations; and what is too large to be finite."""
    with pytest.raises(InputError, match=r"^'.*': expected a number such as 88"):
        parse_number(wrong)


@pytest.mark.parametrize(
    ("value", "share"), [(0.3, 0.3), ("30 %", 0.3), (" 2.5% ", 0.025), ("0.3", 0.3), (0, 0), (1, 1)]
)
def test_a_share_is_a_number_or_per_cent(value, share):
    """From nothing to all."""
    assert parse_share(value) == pytest.approx(share)


@pytest.mark.parametrize("wrong", [30, "101 %", -0.1, "-1 %", 1.001])
def test_a_share_of_more_than_all_is_refused(wrong):
    """Or of less than nothing."""
    with pytest.raises(InputError, match=r'expected a share from 0 to 1, or such as "30 %"'):
        parse_share(wrong)


@pytest.mark.parametrize("wrong", ["%", "half", None, True, math.nan, [0.3], "30 %%", 10**400])
def test_a_share_that_is_no_number_is_refused(wrong):
    """Nor is a truth value one."""
    with pytest.raises(InputError, match="expected a share from 0 to 1"):
        parse_share(wrong)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_in_a_message_is_told_from_every_other(number):
    """What is written can be read back to the last digit."""
    assert parse_number(plain(number)) == number


@pytest.mark.parametrize(
    ("number", "text"), [(1234567.0, "1234567"), (60.0, "60"), (-0.1, "-0.1"), (1e8, "100000000")]
)
def test_a_number_in_a_message_has_no_needless_digit(number, text):
    """Nor an exponent where it can be read without."""
    assert plain(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (None, "null"),
        (date(1979, 5, 27), "1979-05-27"),
        (datetime(1979, 5, 27, 7, 32, tzinfo=UTC), "1979-05-27T07:32:00+00:00"),
        ([60.0, False, ["a", [1]]], "[60.0, false, ['a', […]]]"),
        ({"a": 1}, "a table"),
        (math.nan, "nan"),
        ("fast", "'fast'"),
        ("x" * 99, "'" + "x" * 79 + "…"),
        (list(range(99)), str(list(range(99)))[:80] + "…"),
    ],
)
def test_a_value_in_a_message_looks_as_in_its_file(value, text):
    """As TOML and YAML write it, not as Python does, and cut short where it is long."""
    assert shown(value) == text


def test_a_number_that_python_does_not_write_is_shown_all_the_same():
    """It has thousands of digits."""
    assert shown(10**5000) == "a number too long to write"


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

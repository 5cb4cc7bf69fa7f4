"""Quantities as people write them."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.alternatives import Listed, Mixture
from journey.errors import InputError, plain
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.quantity_text import (
    parse_margin,
    parse_quantity,
    parse_uncertain_duration_s,
    parse_uncertain_speed_kmh,
)
from journey.units import parse_number

NUMBERS = st.floats(-1e9, 1e9)


def fixed(value):
    """A quantity of one value."""
    return Range(float(value), float(value))


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        (59, fixed(59)),
        (59.5, fixed(59.5)),
        ("59", fixed(59)),
        ("50..70", Range(50.0, 70.0)),
        ("25..40..55", Range(25.0, 55.0, 40.0)),
        (" 25 .. 40 .. 55 ", Range(25.0, 55.0, 40.0)),
        ("pert 25..40..55", Pert(25.0, 40.0, 55.0)),
        ("pert\t25 ..\n40.. 55", Pert(25.0, 40.0, 55.0)),
        ("normal 59 +- 4 in 45..70", Normal(59.0, 4.0, 45.0, 70.0)),
        ("normal 59 ± 0.5 in 45..70", Normal(59.0, 0.5, 45.0, 70.0)),
        ("normal 59+-4 in 45 .. 70", Normal(59.0, 4.0, 45.0, 70.0)),
        ("log-normal 59 */ 1.2 in 40..90", LogNormal(59.0, 1.2, 40.0, 90.0)),
        ("log-normal 59 \u00d7/ 1.2 in 40..90", LogNormal(59.0, 1.2, 40.0, 90.0)),
        ("40 | 45 | 59 | 61", Listed((40.0, 45.0, 59.0, 61.0), (0.25,) * 4)),
        ("60 % 40 | 40 % 59", Listed((40.0, 59.0), (0.6, 0.4))),
        ("75% 50..70|25%25..40", Mixture((Range(50.0, 70.0), Range(25.0, 40.0)), (0.75, 0.25))),
        ([40, "50..59"], Mixture((fixed(40), Range(50.0, 59.0)), (0.5, 0.5))),
        (["75 % 40", "25 % 59"], Listed((40.0, 59.0), (0.75, 0.25))),
        ((40, 59), Listed((40.0, 59.0), (0.5, 0.5))),
        (["pert 25..40..55"], Pert(25.0, 40.0, 55.0)),
        ("100 % 40", fixed(40)),
        ([40], fixed(40)),
        (
            "50 % normal 59 +- 4 in 45..70 | 50 % log-normal 30 */ 1.2 in 20..40",
            Mixture((Normal(59.0, 4.0, 45.0, 70.0), LogNormal(30.0, 1.2, 20.0, 40.0)), (0.5, 0.5)),
        ),
    ],
)
def test_speeds_are_read_in_every_form(text, quantity):
    """Numbers, texts and lists."""
    assert parse_uncertain_speed_kmh(text) == quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1:30", fixed(5400)),
        ("30 min..1:00..3 h", Range(1800.0, 10800.0, 3600.0)),
        ("pert 30 min..1 h 30 min..3:00:00", Pert(1800.0, 5400.0, 10800.0)),
        ("normal 1:00 +- 10 min in 0:30..2 h", Normal(3600.0, 600.0, 1800.0, 7200.0)),
        ("log-normal 1:00 */ 1.5 in 0:10..6:00", LogNormal(3600.0, 1.5, 600.0, 21600.0)),
        ("log-normal 20 min */ 2 in 2 min..6 h", LogNormal(1200.0, 2.0, 120.0, 21600.0)),
        ("80 % 10 min | 20 % 6 h", Listed((600.0, 21600.0), (0.8, 0.2))),
    ],
)
def test_durations_are_read_in_every_form(text, quantity):
    """With blanks and colons in their values, and a deviation with its own unit."""
    assert parse_uncertain_duration_s(text) == quantity


def test_weights_in_thirds_are_close_enough_to_a_whole():
    """Nobody writes a third to the last digit; but 33 % three times is too little."""
    third = parse_uncertain_speed_kmh("33.33333 % 40 | 33.33333 % 45 | 33.33333 % 59")
    assert third.weights == pytest.approx([1 / 3] * 3, rel=1e-6)
    with pytest.raises(InputError, match=r"the weights sum to 99 %, expected 100 %"):
        parse_uncertain_speed_kmh("33 % 40 | 33 % 45 | 33 % 59")


ONE_FORM = r'expected one value, "low\.\.high" or "low\.\.mode\.\.high", in order'


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("50..40", rf"^'50\.\.40': {ONE_FORM}"),
        ("40..30..50", rf"^'40\.\.30\.\.50': {ONE_FORM}"),
        ("40..60..50", ONE_FORM),
        ("1..2..3..4", ONE_FORM),
        ("50..", r"^'50\.\.': its upper value is missing: '': expected a speed in km/h"),
        ("..50", r"^'\.\.50': its lower value is missing: '': expected a speed in km/h"),
        ("50...60", r"speed 0\.6 km/h: expected 1 to 400"),
        ("", r"^'': expected a speed in km/h"),
        ("0..50", r"^speed 0 km/h: expected 1 to 400 km/h"),
        ([], r"^\[\]: expected 1 to 1000 alternatives"),
        ([[40]], r"^\[40\]: expected a speed"),
        ([True, 40], r"^true: expected a speed"),
        ([{"kmh": 40}], r"^a table: expected a speed"),
        (["40 | 45", 59], r"^'40 \| 45': expected a speed"),
        (["50 % 40 | 50 % 45", 59], r"^'40 \| 50 % 45': expected a speed"),
        (10**400, r"expected a speed in km/h"),
        (math.nan, r"^nan: expected a speed"),
        ("pert", r"^'': expected a speed"),
        ("pert 25..40", r"^'pert 25\.\.40': expected \"pert low\.\.mode\.\.high\", in order"),
        ("pert 25..60..55", r"^'pert 25\.\.60\.\.55': expected \"pert low\.\.mode\.\.high\", in"),
        ("pert 25..40..500", r"^speed 500 km/h: expected 1 to 400 km/h"),
        ("Pert 25..40..55", r"^'Pert 25\.\.40\.\.55': did you mean pert\?"),
        ("lognormal 59 */ 2 in 40..90", r"did you mean log-normal or normal\?"),
        ("normal 59", r"^'normal 59': expected \"normal mean \+- deviation in low\.\.high\""),
        ("normal 59 +- 4", r"expected \"normal mean \+- deviation in low\.\.high\""),
        ("normal 59 +- 4 in 45", r"expected \"normal mean \+- deviation in low\.\.high\""),
        ("normal 59 +- 4 in 45..59..70", r"expected \"normal mean \+- deviation in low"),
        ("normal 59 */ 4 in 45..70", r"expected \"normal mean \+- deviation in low\.\.high\""),
        ("normal 59 +- 0 in 45..70", r"^'normal 59 .*': deviation 0: expected .* above 0"),
        ("normal 59 +- -4 in 45..70", r"^'normal .*': deviation -4: expected .* above 0"),
        ("normal 59 +- wide in 45..70", r"^'wide': expected a number such as 88"),
        ("normal 0 +- 4 in 45..70", r"^speed 0 km/h: expected 1 to 400 km/h"),
        ("normal 59 +- 4 in 0..70", r"^speed 0 km/h: expected 1 to 400 km/h"),
        ("normal 59 +- 4 in 70..45", r"^'normal .*': bounds \[70\.0, 45\.0\]: expected .* order"),
        ("normal 59 +- 4 in 100..120", r"^'normal .*': the bounds leave 0 of the probability, exp"),
        ("normal 59 +- 4 in 59..59", r"the bounds leave 0 of .*; widen them, or move the middle"),
        ("log-normal 59", r"expected \"log-normal median \*/ factor in low\.\.high\""),
        ("log-normal 59 +- 2 in 40..90", r"expected \"log-normal median \*/ factor in low"),
        ("log-normal 59 */ 1 in 40..90", r"^'log-normal .*': factor 1: expected .* above 1"),
        ("log-normal 59 */ 2 % in 40..90", r"^'log-normal 59 \*/ 2 ': expected a number such as"),
        ("log-normal 500 */ 2 in 40..90", r"^speed 500 km/h: expected 1 to 400 km/h"),
        ("log-normal 20 */ 1.01 in 40..90", r"the bounds leave 0 of the probability"),
        ("70 % 50..70 | 20 % 40", r"^'70 % .*': the weights sum to 90 %, expected 100 %; mend one"),
        ("70 % 50..70", r"^'70 % 50\.\.70': the weights sum to 70 %, expected 100 %"),
        ("70 % 50..70 | 40", r"expected a weight for each alternative, or for none"),
        ("100 % 50 | 0 % 40", r"weight 0 %: expected above 0; take that one out"),
        ("120 % 50 | -20 % 40", r"weight -20 %: expected above 0; take that one out"),
        ("most % 50 | 20 % 40", r"^'most ': expected a number such as 88"),
        ("50 % | 50 % 40", r"^'50 %': a weight of nothing"),
        ("40 |", r"^'': expected a speed"),
        ("50 % 50 % 40", r"^'50 % 40': expected a speed"),
        ("|" * 100_000, r"^'\|+…: expected 1 to 1000 alternatives"),
        ("9" * 100_000 + "..", r"expected a speed in km/h"),
        ("normal " + " in " * 100_000, r"expected \"normal mean"),
        ("normal " + "+-" * 100_000, r"expected \"normal mean"),
        ("%" * 100_000, r"^'': expected a number such as 88"),
    ],
)
def test_what_is_no_quantity_is_refused_in_one_line(wrong, expected):
    """With the value, what was expected and the remedy."""
    with pytest.raises(InputError, match=expected) as caught:
        parse_uncertain_speed_kmh(wrong)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (3, r"^duration 3: expected .*h:mm"),
        ("0:30..3", r"^duration '3': expected .*h:mm"),
        ("normal 1:00 +- 10 in 0:30..2:00", r"^duration '10': expected .*h:mm"),
        ("normal 1:00 +- 0 min in 0:30..2:00", r"deviation 0: expected .* above 0"),
        ("log-normal 1:00 */ 1:30 in 0:30..2:00", r"^'1:30': expected a number such as 88"),
        ("pert 2:00..1:00..3:00", r"^'pert 2:00\.\.1:00\.\.3:00': expected \"pert low"),
        ("0:30..1001 h", r"^duration '1001 h': expected .* at most 1000 h"),
    ],
)
def test_a_duration_keeps_its_unit_in_every_form(wrong, expected):
    """A bare number would be a guess, and a factor has no unit."""
    with pytest.raises(InputError, match=expected):
        parse_uncertain_duration_s(wrong)


@given(st.lists(NUMBERS, min_size=3, max_size=3, unique=True).map(sorted))
def test_what_is_written_is_what_is_read(values):
    """Every digit of it."""
    low, middle, high = map(plain, values)
    width = plain(values[2] - values[0])
    read = partial(parse_quantity, parse_one=parse_number)
    assert read(f"{low}..{middle}..{high}") == Range(values[0], values[2], values[1])
    assert read(f"pert {low}..{middle}..{high}") == Pert(*values)
    expected = Normal(values[1], float(width), values[0], values[2])
    assert read(f"normal {middle} +- {width} in {low}..{high}") == expected


words = st.sampled_from(
    ["pert", "normal", "log-normal", "in", "..", "+-", "*/", "|", "%", "40", "59", "0.5", "1:30"]
)
texts = st.lists(words, max_size=9).map(" ".join) | st.text(max_size=12)
anything = st.recursive(
    texts | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@given(anything, st.sampled_from([parse_uncertain_speed_kmh, parse_uncertain_duration_s]))
def test_whatever_is_written_is_a_quantity_or_an_error(value, read):
    """One of the package's own, in one line; and every value of a quantity lies in its bounds."""
    said, quantity = "", fixed(0)
    try:
        quantity = read(value)
    except InputError as error:
        said = str(error)
    values = quantity.at(np.linspace(0, 1, 9))
    assert "\n" not in said
    assert (quantity.low <= values).all()
    assert (values <= quantity.high).all()


@pytest.mark.parametrize(
    ("text", "percent", "min_per_100km"),
    [
        ("5 %", fixed(5), fixed(0)),
        ("3 min/100 km", fixed(0), fixed(3)),
        ("5 % + 1.5 min/100 km", fixed(5), fixed(1.5)),
        ("1..2min/100km+3..5..7%", Range(3, 7, 5), Range(1, 2)),
        ("pert 3..5..7 %", Pert(3, 5, 7), fixed(0)),
        (
            "normal 5 +- 1 in 3..7 % + 1 min/100 km",
            Normal(5, 1, 3, 7),
            fixed(1),
        ),
        ("60 % 3..5 | 40 % 7 %", Mixture((Range(3, 5), fixed(7)), (0.6, 0.4)), fixed(0)),
        ("1 | 3 min / 100 km", fixed(0), Listed((1.0, 3.0), (0.5, 0.5))),
    ],
)
def test_a_margin_is_per_cent_or_minutes_or_both(text, percent, min_per_100km):
    """In either order, each part in any form of a quantity, with its unit at the end."""
    assert parse_margin(text) == (percent, min_per_100km)


@pytest.mark.parametrize(
    "wrong",
    [
        *(5, None, "", "5", "5 min", "5 km", "-5 %", "+5 %", "5 % + 3 %", "101 %", "%", ["5 %"]),
        *("61 min/100 km", "\u0665 %", "5_0 %", "3..101 %", "normal 5 +- 1 in -1..7 %"),
    ],
)
def test_a_margin_without_unit_or_sense_is_refused(wrong):
    """One part of each kind, within what timetables have."""
    with pytest.raises(InputError, match="margin"):
        parse_margin(wrong)


@pytest.mark.parametrize("ending", [":00", " h", " %", "e", " ", " min/100 km", "min"])
@pytest.mark.parametrize("letter", ["9", "1.", " ", "%", "min", "+-", "..", "|"])
def test_a_very_long_margin_is_refused_at_once(letter, ending):
    """A hundred thousand of a letter: in time in proportion to them, not to their square."""
    with pytest.raises(InputError):
        parse_margin(letter * 100_000 + ending)

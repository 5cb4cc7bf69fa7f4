"""The text of a grid, its axes, and the cases that it has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.alternatives import Listed, Mixture
from journey.cases.axes import axes_of
from journey.cases.fingerprint import fingerprint
from journey.cases.grid import Grid
from journey.cases.steps import DURATIONS, MOMENTS, NUMBERS, spread
from journey.errors import InputError, UnknownPlaceError
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.statements import Departure, SpeedRule, Stop
from journey.units import parse_duration_s
from tests.conftest import MIDNIGHT, at_speed, make_scenario


@pytest.mark.parametrize(
    ("scale", "text", "expected"),
    [
        (NUMBERS, "40..80/10", ["40", "50", "60", "70", "80"]),
        (NUMBERS, "40..52/5", ["40", "45", "50"]),
        (NUMBERS, "40.5..41.5/0.5", ["40.5", "41", "41.5"]),
        (NUMBERS, "59..59/1", ["59"]),
        (NUMBERS, "45, 50..70 ,59", ["45", "50..70", "59"]),
        (NUMBERS, "40..50/10,normal 59 +- 4 in 45..70", ["40", "50", "normal 59 +- 4 in 45..70"]),
        (NUMBERS, "70 % 50..70 | 30 % 25..40", ["70 % 50..70 | 30 % 25..40"]),
        (DURATIONS, "0:30..2:00/0:30", ["0:30", "1:00", "1:30", "2:00"]),
        (DURATIONS, "0..2 h/60 min", ["0:00", "1:00", "2:00"]),
        (DURATIONS, "10 s..20 s/5 s", ["0:00:10", "0:00:15", "0:00:20"]),
        (DURATIONS, "1 s..2 s/0.5 s", ["0:00:01", "1.5 s", "0:00:02"]),
        (
            DURATIONS,
            "log-normal 1:00 */ 1.5 in 0:10..6:00",
            ["log-normal 1:00 */ 1.5 in 0:10..6:00"],
        ),
        (
            MOMENTS,
            "2023-09-10T23:30+09:00..2023-09-10T16:30Z/1:00",
            [f"2023-09-{moment}:30:00+09:00" for moment in ("10T23", "11T00", "11T01")],
        ),
    ],
)
def test_a_text_is_divided_into_alternatives(scale, text, expected):
    """At commas and in steps; what is one uncertain quantity stays whole."""
    assert list(spread(text, scale)) == expected


@given(
    low=st.integers(100, 30_000),
    count=st.integers(1, 50),
    step=st.integers(1, 500),
    short=st.integers(0, 99),
)
def test_steps_are_exact_in_decimals(low, count, step, short):
    """As many as fit, none lost or won by binary fractions, and the end only if it is hit."""
    high = Fraction(low + step * (count - 1), 100) + Fraction(short, 10_000)
    text = f"{low / 100}..{float(high)}/{step / 100}"
    expected = [(low + step * number) / 100 for number in range(count)]
    assert [float(each) for each in spread(text, NUMBERS)] == expected


@given(minutes=st.lists(st.integers(1, 900), min_size=3, max_size=3))
def test_steps_of_durations_can_be_read_again(minutes):
    """Each text is the duration it stands for."""
    low, step = minutes[0], minutes[1]
    texts = list(spread(f"{low} min..{low + 3 * step} min/{step} min", DURATIONS))
    assert [parse_duration_s(text) for text in texts] == [60 * (low + n * step) for n in range(4)]


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ({"speed": "80..40/5"}, r"speed_kmh: '80\.\.40/5': .* with LOW at most HIGH"),
        ({"speed": "40..80/0"}, "a STEP above 0"),
        ({"speed": "40..80/-5"}, "a STEP above 0"),
        ({"speed": "25..40..55/5"}, r"expected LOW\.\.HIGH/STEP such as 40\.\.80/5"),
        ({"speed": "40..80/5 min"}, "expected a number"),
        ({"speed": "40..80/1e-9"}, "expected 100,000 values at most; widen the STEP"),
        ({"speed": "40,,50"}, "expected a value on each side of a comma"),
        ({"speed": ""}, "expected a value on each side of a comma"),
        ({"speed": "fast"}, "expected a speed in km/h"),
        ({"speed": "500"}, "expected 1 to 400 km/h"),
        ({"speed": [True]}, "expected a speed in km/h"),
        ({"speed": []}, "speed_kmh: expected one value or more"),
        ({"speed": {"KP": "0"}}, "speed KP: speed 0 km/h"),
        ({"speed": {" ": "40"}}, "expected a place before the values"),
        ({"speed": [Range(300, 500)]}, "expected 1 to 400 km/h"),
        ({"stop": {"Khasan": "30"}}, "stop Khasan: duration '30': expected .*6 h"),
        ({"stop": {"Khasan": [3600]}}, r"duration 3600\.0: expected"),
        ({"stop": {"Khasan": "0:30..6:00/5"}}, "duration '5'"),
        ({"stop": {"Khasan": [Range(-60, 60)]}}, "duration"),
        ({"stop": ["1:00"]}, r"stop \['1:00'\]: expected values by place"),
        ({"depart": "2023-09-10T12:00"}, "has no offset"),
        ({"depart": "2023-09-10T12:00Z..2023-09-10T11:00Z"}, "in order and within 31 days"),
        ({"depart": "2023-09-10T12:00Z..2023-11-10T11:00Z"}, "in order and within 31 days"),
        ({"depart": "2023-09-10T12:00Z..2023-09-10T13:00Z/10"}, "duration '10'"),
        ({"depart": [12]}, "time 12: expected ISO 8601"),
    ],
)
def test_what_cannot_be_read_is_one_line(axes, message):
    """With the axis, the value, and what was expected."""
    with pytest.raises(InputError, match=message):
        axes_of(**axes)


def test_values_may_be_numbers_texts_or_quantities():
    """In sequences and arrays, each with a text to know it by, and the same only once."""
    (axis,) = axes_of(speed=[40, np.float64(45.5), "50..60/5", Range(50, 70), "40"])
    assert [choice.text for choice in axis.choices] == ["40", "45.5", "50", "55", "60", "50..70"]
    assert axis.choices[-1].value == Range(50, 70)
    (array,) = axes_of(speed=np.arange(40, 60, 10))
    assert [choice.text for choice in array.choices] == ["40", "50"]
    (either,) = axes_of(speed=[[40, "50..59"]])
    assert either.choices[0].text == "40 | 50..59"
    assert isinstance(either.choices[0].value, Mixture)
    (halts,) = axes_of(stop={"Khasan": [0, Range(1800, 3600)]})
    assert [choice.text for choice in halts.choices] == ["0", "1800 s..3600 s"]


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Range(40, 60), "40..60"),
        (Range(40, 60, 45), "40..45..60"),
        (Pert(40, 45.5, 60), "pert 40..45.5..60"),
        (Normal(59, 4, 45, 70), "normal 59 +- 4 in 45..70"),
        (LogNormal(50, 1.2, 30, 70), "log-normal 50 */ 1.2 in 30..70"),
        (Listed((40.0, 59.0), (0.25, 0.75)), "25 % 40 | 75 % 59"),
        (Mixture((Range(40, 50), Range(59, 59)), (0.5, 0.5)), "50 % 40..50 | 50 % 59"),
    ],
)
def test_a_quantity_is_written_as_it_could_be_read(quantity, text):
    """In the words of a scenario file, durations in seconds."""
    (speed,) = axes_of(speed=[quantity])
    assert speed.choices == ((text, quantity),)
    assert axes_of(speed=[text])[0].choices[0].value == quantity
    (halt,) = axes_of(stop={"Khasan": [quantity]})
    assert axes_of(stop={"Khasan": [halt.choices[0].text]})[0].choices[0].value == quantity


def test_departures_may_be_moments_or_intervals():
    """As text, as datetime, or as what a scenario states."""
    noon = datetime(2023, 9, 10, 12, tzinfo=UTC)
    later, last = noon + timedelta(hours=1), noon + timedelta(hours=3)
    (axis,) = axes_of(
        depart=[
            "2023-09-10T21:00+09:00",
            noon,
            "2023-09-10T12:00Z..2023-09-10T13:00Z",
            "2023-09-10T12:00Z..2023-09-10T13:00Z..2023-09-10T15:00Z",
            Departure(noon, later),
        ]
    )
    assert [choice.value for choice in axis.choices] == [
        Departure(noon, noon),
        Departure(noon, noon),
        Departure(noon, later),
        Departure(noon, last, likeliest=later),
        Departure(noon, later),
    ]
    assert axis.choices[0].text == "2023-09-10T21:00+09:00"


def test_columns_say_what_is_varied_and_where():
    """The speed of everywhere first, then particular ones, departures, halts and ways."""
    axes = axes_of(
        speed={"KP": "40", None: "59", " Far \n to  East ": "30"},
        depart="2023-09-10T12:00Z",
        stop={"Khasan": "0", "Far": "1:00"},
        route=["West, East", ("West", "Far")],
    )
    assert [axis.name for axis in axes] == [
        *("speed_kmh", "speed KP", "speed Far to East", "depart", "stop Khasan", "stop Far"),
        "route",
    ]
    assert [choice.text for choice in axes[-1].choices] == ["West, East", "West, Far"]
    assert axes[-1].choices[0].value == ("West", "East")


def test_cases_are_the_base_and_every_combination():
    """The last axis changes quickest; in the base nothing is chosen."""
    grid = Grid.of(make_scenario("west", "east"), axes_of("40,50", route=["a, b", "c, d", "e, f"]))
    assert (len(grid), grid.varied) == (7, 6)
    assert grid.texts(0) == (None, None)
    assert [grid.texts(case) for case in range(1, 7)] == [
        (speed, route) for speed in ("40", "50") for route in ("a, b", "c, d", "e, f")
    ]
    assert grid.title(2) == "case 2 (speed_kmh 40, route c, d)"
    assert grid.samples() == [0, 4, 5, 6]


def test_there_must_be_something_to_compare():
    """An axis, or several scenarios; not both."""
    scenario = make_scenario("west", "east")
    with pytest.raises(InputError, match=r"nothing to compare.*--speed 40\.\.80/5"):
        Grid.of(scenario)
    with pytest.raises(InputError, match="2 scenarios: expected one where something is varied"):
        Grid.of([scenario, scenario], axes_of("40"))
    assert len(Grid.of([scenario, scenario])) == 2
    every = axes_of(dict.fromkeys(("KP", "RU", "Main", "Branch", "default"), "40..80/0.01"))
    with pytest.raises(InputError, match="cases: expected 10,000,000 at most"):
        Grid.of(scenario, every)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((2**60,), (2**60 + 1,)),
        ((0.1,), (0.1 + 1e-17 + 1e-16,)),
        (("ab", "c"), ("a", "bc")),
        ((("a",), "b"), (("a", "b"),)),
        ((None,), ("None",)),
        ((np.arange(3.0),), (np.arange(4.0),)),
        ((Range(1, 2),), (Range(1, 2, 2),)),
        ((SpeedRule("KP", Range(1, 2)),), (Stop("KP", Range(1, 2)),)),
        ((MIDNIGHT,), (Departure(MIDNIGHT.earliest, MIDNIGHT.latest + timedelta(seconds=1)),)),
    ],
)
def test_other_content_has_another_name(one, other):
    """To the last digit and the last bracket."""
    assert fingerprint(*one) == fingerprint(*one)
    assert fingerprint(*one) != fingerprint(*other)


def test_the_same_number_has_the_same_name():
    """However it is written."""
    assert fingerprint(Range(40, 50)) == fingerprint(Range(40.0, 50.0))


def changed(scenario, network, **axes):
    """The scenario of the first case of a grid."""
    return Grid.of(scenario, axes_of(**axes)).scenario(1, network)


def test_a_speed_replaces_every_speed_or_one(fork):
    """The default and all rules; or the rule for one country, line or stretch."""
    rules = (SpeedRule("KP", Range(40, 40)), SpeedRule("Branch", Range(30, 30)))
    scenario = make_scenario("west", "far", speeds=at_speed(60.0, 60.0, rules=rules))
    every = changed(scenario, fork, speed=["45"]).speeds
    assert (every.default.speed_kmh, every.rules) == (Range(45, 45), ())
    default = changed(scenario, fork, speed={"default": ["45"]}).speeds
    assert (default.default.speed_kmh, default.rules) == (Range(45, 45), rules)
    one = changed(scenario, fork, speed={"KP": ["45"]}).speeds
    assert one.default == scenario.speeds.default
    assert {rule.where: rule.speed_kmh.low for rule in one.rules} == {"KP": 45, "Branch": 30}
    both = changed(scenario, fork, speed={"RU": ["20"], None: ["45"]}).speeds
    assert [rule.speed_kmh.low for rule in both.every] == [45, 20]


def test_a_stop_is_added_replaced_or_taken_out(fork):
    """By any name of the place; a duration of zero is no halt."""
    stop = Stop("Junction", Range(600, 600))
    scenario = make_scenario("west", "far", stops=(stop,))
    added = changed(scenario, fork, stop={"north": "1:00"})
    assert added.stops == (stop, Stop("north", Range(3600, 3600)))
    replaced = changed(scenario, fork, stop={"JUNCTION": "1:00"})
    assert replaced.stops == (Stop("JUNCTION", Range(3600, 3600)),)
    for nothing in ("0", "0 min", "0:00", [0]):
        assert changed(scenario, fork, stop={"junction": nothing}).stops == ()
    with pytest.raises(UnknownPlaceError, match="Junction"):
        changed(scenario, fork, stop={"Junktion": "1:00"})


def test_a_departure_or_a_route_is_replaced(fork):
    """Reports of another way say nothing of a new one."""
    scenario = make_scenario("west", "far", route_source="a report")
    moved = changed(scenario, fork, depart="2023-09-11T00:00Z")
    assert [each.earliest.day for each in moved.departures] == [11]
    led = changed(scenario, fork, route="west, east")
    assert (led.route, led.route_source, led.sightings) == (("west", "east"), None, ())

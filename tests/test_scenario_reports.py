"""What scenario files say of reports, claims, rivals and the headline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import InputError, UnknownPlaceError
from journey.report_tables import parse_claimed
from journey.reports import Claim, Rival, Sighting
from journey.scenario_file import load_scenario
from journey.spot_tables import parse_kilometres
from journey.spots import Between, Disc, Kilometres, Region
from journey.statements import Headline
from tests.conftest import make_scenario

MINIMAL = """\
name = "A test"
route = ["Pyongyang", "Khasan"]

[depart]
earliest = 2023-09-10T12:00:00+09:00
latest = 2023-09-10T18:00:00+09:00

[speed]
default = 59

[sources.paper]
publisher = "A paper"
"""

SIGHTING = """\
[[sighting]]
at = "Khasan"
event = "pass"
earliest = 2023-09-12T06:00:00+10:00
latest = 2023-09-12T12:00:00+10:00
"""

CLAIM = """\
[[claim]]
what = "rail distance"
between = ["Pyongyang", "Vladivostok"]
value = "1180 km"
source = "paper"
wording = "1,180km"
"""

RIVAL = """\
[[rival]]
scenario = "vladivostok-2023"
weight = "30 %"
reason = "expected at first"
"""


@pytest.fixture
def read(tmp_path):
    """Read a scenario with some more tables."""

    def from_file(*tables: str):
        path = tmp_path / "test.toml"
        path.write_text("\n".join((MINIMAL, *tables)), encoding="utf-8")
        return load_scenario(path)

    return from_file


def refused(read, expected, *tables):
    """Whether a file is refused in one line that begins with its name."""
    with pytest.raises(InputError, match=expected) as caught:
        read(*tables)
    assert "test.toml: " in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "spot"),
    [
        ('"Khasan"', "Khasan"),
        ("{km = 120}", Kilometres(120.0, 120.0)),
        ('{km = "100..140.5"}', Kilometres(100.0, 140.5)),
        ("{lat = 43.7, lon = 131.9, radius_km = 5}", Disc(43.7, 131.9, 5.0)),
        ('{between = ["Obluchye", "Ledyanaya"]}', Between("Obluchye", "Ledyanaya")),
        ('{region = "Amur Oblast"}', Region("Amur Oblast")),
    ],
)
def test_a_place_is_read_in_every_form(read, written, spot):
    """A station, kilometres, a circle, between two stations, a region."""
    (sighting,) = read(SIGHTING.replace('"Khasan"', written)).sightings
    assert sighting.at == spot


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5", r"sighting 1\.at: 5: expected a station, or \{km = "),
        ('""', r"sighting 1\.at: '': expected a station, or "),
        ('" "', r"sighting 1\.at: ' ': expected a station"),
        ("{}", r"sighting 1\.at: no key: no place; expected \{km"),
        ("{lattitude = 5}", r"sighting 1\.at: lattitude: no place; expected \{km"),
        ('{regio = "RU"}', r"sighting 1\.at: regio: no place; did you mean region"),
        ("{km = -3}", r"sighting 1\.at\.km: km -3 to -3: expected 0 to 40,000 km"),
        ('{km = "9..2"}', r"sighting 1\.at\.km: km 9 to 2: expected .* the lower one first"),
        ('{km = "1..2..3"}', r"sighting 1\.at\.km: '1\.\.2\.\.3': expected a kilometre, or two"),
        ('{km = "far"}', r"sighting 1\.at\.km: 'far': expected a number"),
        ("{km = nan}", r"sighting 1\.at\.km: nan: expected a number"),
        ("{km = 5, lat = 3}", r"sighting 1\.at\.lat: unknown key; expected km"),
        ("{lat = 43.7, lon = 131.9}", r"sighting 1\.at\.radius_km: missing; add it"),
        ("{lat = 143, lon = 5, radius_km = 5}", r"sighting 1\.at: lat 143: expected degrees from"),
        ("{lat = 43, lon = 500, radius_km = 5}", r"sighting 1\.at: lon 500: expected degrees"),
        ("{lat = 43, lon = 5, radius_km = 0}", r"sighting 1\.at: radius_km 0: expected above 0"),
        ("{lat = 43, lon = 5, radius_km = 5000}", r"sighting 1\.at: radius_km 5000: .* region"),
        ('{lat = "north", lon = 5, radius_km = 5}', r"sighting 1\.at\.lat: 'north': expected a n"),
        ('{between = ["Khasan"]}', r"sighting 1\.at\.between 2: missing; add it"),
        ('{between = ["A", "B", "C"]}', r"sighting 1\.at\.between: .* expected two places"),
        ('{between = "Khasan"}', r"sighting 1\.at\.between: 'Khasan': expected two places"),
        ('{between = ["A", "A"]}', r"sighting 1\.at: between 'A' and itself: expected two st"),
        ('{region = ""}', r"sighting 1\.at\.region: '': expected some text"),
        ("{region = 5}", r"sighting 1\.at\.region: 5: expected text in quotation marks"),
    ],
)
def test_what_is_wrong_with_a_place_is_said_in_one_line(read, written, expected):
    """File, key, value, what was expected, remedy."""
    refused(read, expected, SIGHTING.replace('"Khasan"', written))


@pytest.mark.parametrize("direction", ["north", "North-West", "towards Khabarovsk I"])
def test_a_direction_is_a_point_of_the_compass_or_a_station(read, direction):
    """As it was written."""
    (sighting,) = read(SIGHTING, f'direction = "{direction}"').sightings
    assert sighting.direction == direction


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('direction = "nord"', r"sighting 1\.direction: direction 'nord': .* did you mean north"),
        ('direction = "towards "', r"sighting 1\.direction: direction 'towards ': expected north"),
        ("direction = 5", r"sighting 1\.direction: 5: expected text"),
        ("trust = 1.5", r"sighting 1\.trust: 1\.5: expected a share from 0 to 1, or such as"),
        ('trust = "high"', r"sighting 1\.trust: 'high': expected a share from 0 to 1, or such"),
        ('trust = "120 %"', r"sighting 1\.trust: '120 %': expected a share from 0 to 1, or"),
        ("trust = true", r"sighting 1\.trust: true: expected a share from 0 to 1, or such as"),
        ("trust = nan", r"sighting 1\.trust: nan: expected a share from 0 to 1, or such as"),
        ('source = "x"', r"source 'x' has no table in \[sources\]"),
        ('dirction = "north"', r"sighting 1\.dirction: unknown key; did you mean direction"),
    ],
)
def test_what_is_wrong_with_a_sighting_is_said_in_one_line(read, line, expected):
    """File, key, value, what was expected, remedy."""
    refused(read, expected, SIGHTING, line)


@pytest.mark.parametrize(
    ("line", "trust"), [("", 1.0), ("trust = 0.9", 0.9), ('trust = "90 %"', 0.9), ("trust = 0", 0)]
)
def test_a_trust_is_written_as_a_weight_is(read, line, trust):
    """As a share or in per cent; without one a report counts as certain."""
    (sighting,) = read(SIGHTING, line).sightings
    assert sighting.trust == pytest.approx(trust)


def test_an_event_that_is_none_is_refused(read):
    """With those that there are."""
    expected = r"sighting 1\.event: 'cross': expected 'depart', 'arrive', 'pass', 'at' or 'not yet"
    refused(read, expected, SIGHTING.replace('"pass"', '"cross"'))


def test_a_sighting_made_in_python_is_checked_too():
    """Event, times, trust and direction."""
    early, late = datetime(2023, 9, 11, tzinfo=UTC), datetime(2023, 9, 12, tzinfo=UTC)
    sighting = Sighting("Khasan", "pass", "2023-09-11T09:00+09:00", late)
    assert sighting.earliest == early
    for wrong, expected in (
        ({"event": "passed"}, "event 'passed': expected .* did you mean pass"),
        ({"earliest": late, "latest": early}, "latest .* is before earliest"),
        ({"trust": 1.2}, "trust 1.2: expected a share"),
        ({"direction": "up"}, "direction 'up': expected north"),
    ):
        with pytest.raises(InputError, match=f"sighting at 'Khasan': {expected}"):
            replace(sighting, **wrong)


def at(place, **about):
    """A sighting."""
    moment = datetime(2023, 9, 10, tzinfo=UTC)
    return Sighting(place, "pass", moment, moment, **about)


@pytest.mark.parametrize(
    "sighting",
    [
        at("East"),
        at(Between("Middle", "Reef")),
        at("North", direction="towards Island"),
        at(Region("Amur Oblast")),
        at(Disc(80.0, 0.0, 1.0)),
        at(Kilometres(5_000.0, 6_000.0)),
    ],
)
def test_a_sighting_off_the_route_is_no_error(fork, sighting):
    """What it is worth there is told when it is held against journeys."""
    plan = make_scenario("West", "Farther", sightings=(sighting,)).plan(fork)
    assert plan.sightings == (sighting,)


@pytest.mark.parametrize(
    ("sighting", "expected"),
    [
        (at("Middel"), "sighting at 'Middel': 'Middel' is no station of the network; did you mean"),
        (at(Between("West", "Nroth")), "sighting at 'West to Nroth': 'Nroth' is no station"),
        (at("North", direction="towards Eats"), "sighting at 'North': 'Eats' is no station"),
    ],
)
def test_a_station_that_nobody_knows_is_an_error(fork, sighting, expected):
    """Wherever a sighting names it."""
    with pytest.raises(UnknownPlaceError, match=expected):
        make_scenario("West", "Farther", sightings=(sighting,)).plan(fork)


def test_a_claim_of_places_that_nobody_knows_is_an_error(fork):
    """Known ones off the route are none."""
    known = Claim("rail distance", ("West", "East"), 49.0)
    assert make_scenario("West", "Farther", claims=(known,)).plan(fork).claims == (known,)
    unknown = replace(known, between=("West", "Eats"))
    with pytest.raises(UnknownPlaceError, match="claim of rail distance: 'Eats' is no station"):
        make_scenario("West", "Farther", claims=(unknown,)).plan(fork)


def test_a_claim_is_read(read):
    """What, between where, the figure and who says so."""
    claims = read(CLAIM).claims
    between = ("Pyongyang", "Vladivostok")
    assert claims == (Claim("rail distance", between, 1180.0, "about", "paper", "1,180km"),)
    assert claims[0].unit == "km"


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("1180 km", "rail distance", ("about", 1180.0)),
        ("about 1000km", "straight distance", ("about", 1000.0)),
        ("at least 20 h", "running time", ("at least", 20.0)),
        ("at most 90 min", "running time", ("at most", 1.5)),
        ("7:30", "running time", ("about", 7.5)),
        ("59 km/h", "average speed", ("about", 59.0)),
        ("at  most 40 km/h", "highest speed", None),
        ("at most  40.5 km/h", "highest speed", ("at most", 40.5)),
        ("1180", "rail distance", None),
        ("1,180 km", "rail distance", None),
        ("-5 km", "rail distance", None),
        ("0 km", "rail distance", None),
        ("50000 km", "rail distance", None),
        ("59 km", "average speed", None),
        ("59 km/h", "rail distance", None),
        ("0.1 km/h", "highest speed", None),
        ("20", "running time", None),
        ("nearly 20 h", "running time", None),
        ("at least", "running time", None),
        ("", "running time", None),
        (59, "average speed", None),
        (True, "average speed", None),
    ],
)
def test_a_claimed_figure_has_its_unit_and_perhaps_a_bound(text, what, expected):
    """Else it is refused with an example."""
    if expected:
        bound, figure = parse_claimed(text, what)
        assert (bound, figure) == (expected[0], pytest.approx(expected[1]))
    else:
        with pytest.raises(InputError, match=rf"expected a {what} such as \".*\", \"at least .*\""):
            parse_claimed(text, what)


@given(st.floats(1.0, 400.0), st.sampled_from(["", "about ", "at least ", "at most "]))
def test_any_speed_that_can_be_claimed_comes_back(speed_kmh, bound):
    """To the last digit."""
    read = parse_claimed(f"{bound}{speed_kmh!r} km/h", "highest speed")
    assert read == (bound.strip() or "about", speed_kmh)


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ('"rail distance"', '"distance"', r"claim 1\.what: 'distance': expected 'rail distance', "),
        ('"1180 km"', '"1180"', r"claim 1\.value: '1180': expected a rail distance such as \"1180"),
        ('"1180 km"', "1180", r"claim 1\.value: 1180: expected a rail distance such as"),
        ('value = "1180 km"\n', "", r"claim 1\.value: missing; add it"),
        ('"Vladivostok"]', '"Pyongyang"]', r"claim 1: claim of rail distance: between .* two st"),
        (', "Vladivostok"]', "]", r"claim 1\.between 2: missing; add it"),
        ('"paper"', '"x"', r"source 'x' has no table in \[sources\]"),
        ("value", "valeu", r"claim 1\.valeu: unknown key; did you mean value"),
        ("[[claim]]", "[claim]", r"claim: a table: expected a list"),
    ],
)
def test_what_is_wrong_with_a_claim_is_said_in_one_line(read, wrong, right, expected):
    """File, key, value, what was expected, remedy."""
    assert wrong in CLAIM
    refused(read, expected, CLAIM.replace(wrong, right, 1))


def test_a_claim_made_in_python_is_checked_too():
    """What it is of, its bound, its figure and its places."""
    claim = Claim("running time", ("A", "B"), 20.0, "at least")
    for wrong, expected in (
        ({"what": "distance"}, "what 'distance': expected rail distance"),
        ({"bound": "over"}, "bound 'over': expected about, at least, at most"),
        ({"value": 0.0}, "value 0: expected above 0"),
        ({"value": float("nan")}, "value nan: expected above 0"),
        ({"between": ("A", "A")}, "between .*: expected two stations"),
    ):
        with pytest.raises(InputError, match=expected):
            replace(claim, **wrong)


def test_a_headline_is_read(read):
    """One speed, with its source and reason."""
    headline = '[headline]\nspeed = 59\nsource = "paper"\nreason = "the whole way"\n'
    assert read(headline).headline == Headline(59.0, "paper", "the whole way")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            'speed = "50..60"',
            r"headline\.speed: '50\.\.60': expected one speed in km/h such as 59; what it may be",
        ),
        ('speed = "fast"', r"headline\.speed: 'fast': expected one speed in km/h such as 59; "),
        ("speed = 0", r"headline\.speed: speed 0 km/h: expected 1 to 400"),
        ('source = "paper"', r"headline\.speed: missing; add it"),
        ("kmh = 59", r"headline\.kmh: unknown key; expected speed, source, reason"),
        ('speed = 59\nsource = "x"', r"source 'x' has no table in \[sources\]"),
    ],
)
def test_what_is_wrong_with_a_headline_is_said_in_one_line(read, lines, expected):
    """File, key, value, what was expected, remedy."""
    refused(read, expected, f"[headline]\n{lines}")


def test_rivals_are_read(read, tmp_path):
    """A bundled one by its name, another one by a path that holds from anywhere."""
    mine = '[[rival]]\nscenario = "mine.toml"\nweight = 0.2\n'
    assert read(RIVAL, mine).rivals == (
        Rival("vladivostok-2023", pytest.approx(0.3), "expected at first"),
        Rival(str(tmp_path / "mine.toml"), 0.2),
    )


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ((RIVAL.replace("30 %", "100 %"),), r"rival: the weights sum to 100 %, expected less than"),
        (
            (RIVAL.replace("30", "60"), RIVAL.replace("30", "60").replace("vlad", "/v")),
            r"rival: the weights sum to 120 %, expected less than 100 %: .*; lower one of them",
        ),
        ((RIVAL, RIVAL), r"rival: 'vladivostok-2023' is named twice; take one out"),
        ((RIVAL.replace("30 %", "0 %"),), r"rival 1\.weight: 0 %: expected above 0; take that"),
        ((RIVAL.replace('"30 %"', "30"),), r"rival 1\.weight: 30: expected a share from 0 to 1"),
        ((RIVAL.replace('weight = "30 %"', ""),), r"rival 1\.weight: missing; add it"),
        (
            (RIVAL.replace("vladivostok", "vladivostock"),),
            r"rival 'vladivostock-2023': scenario .* is not bundled; did you mean vladivostok-2023",
        ),
        (
            (RIVAL.replace("vladivostok-2023", "test.toml"),),
            r"rival 'test\.toml': it is this scenario itself; take it out",
        ),
    ],
)
def test_what_is_wrong_with_rivals_is_said_in_one_line(read, tables, expected):
    """File, key, value, what was expected, remedy."""
    refused(read, expected, *tables)


@given(st.floats(0, 40_000), st.floats(0, 40_000))
def test_kilometres_in_order_are_read_and_others_refused(start_km, end_km):
    """As they were written."""
    text = f"{start_km!r}..{end_km!r}"
    if start_km <= end_km:
        assert parse_kilometres(text) == Kilometres(start_km, end_km)
    else:
        with pytest.raises(InputError, match="the lower one first"):
            parse_kilometres(text)

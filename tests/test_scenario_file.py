"""Scenario files: what they say, and what is wrong with them in one line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from journey.errors import InputError, JourneyError
from journey.scenario_file import bundled_scenarios, load_scenario
from journey.units import Range

MINIMAL = """\
name = "A test"
route = ["Pyongyang", "Khasan"]

[depart]
earliest = 2023-09-10T12:00:00+09:00
latest = 2023-09-10T18:00:00+09:00

[speed]
default = 59
"""


@pytest.fixture
def write(tmp_path):
    """Write a scenario file and give its path."""

    def to_file(text: str):
        path = tmp_path / "test.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_the_bundled_scenarios_hold_the_reported_facts():
    """Departure on Sunday afternoon, Korean time; 59 km/h; Khasan; each with a source."""
    scenario = load_scenario("vostochny-2023")
    assert scenario.depart.earliest == datetime(2023, 9, 10, 3, tzinfo=UTC)
    assert scenario.depart.latest == datetime(2023, 9, 10, 9, tzinfo=UTC)
    assert scenario.speeds.default.speed_kmh == Range(59.0, 59.0)
    assert scenario.route == ("Pyongyang", "Khasan", "Vostochny")
    stated = (scenario.depart, scenario.speeds.default, *scenario.sightings)
    assert all(statement.source for statement in stated)
    assert {"vladivostok-2023", "vostochny-2023"} <= set(bundled_scenarios())


@pytest.mark.parametrize("name", bundled_scenarios())
def test_a_bundled_scenario_quotes_only_a_few_words(name):
    """The words that carry the time or the place, never a sentence."""
    for source in load_scenario(name).sources:
        assert len((source.wording or "").split()) <= 10


def test_every_key_of_the_format_is_read(write):
    """Speeds by country, line and stretch; stops; sightings; sources."""
    scenario = load_scenario(
        write(
            MINIMAL
            + """\
KP = "25..40..55"
"Baranovsky-Khasan" = "30..45"
"Rajin to Khasan" = {kmh = 20, reason = "a winding line"}
reason = "ordinary trains"

[[stop]]
at = "Rajin"
duration = "0:30..1:00..3:00"
reason = "crew change"

[[sighting]]
at = "Khasan"
event = "arrive"
earliest = 2023-09-12T06:00:00+10:00
latest = 2023-09-12T12:00:00+10:00
trust = 0.95
source = "paper"

[sources.paper]
publisher = "A paper"
date = 2023-09-12
url = "https://example.org/a"
wording = "Tuesday morning"
"""
        )
    )
    rules = {rule.where: rule.speed_kmh for rule in scenario.speeds.rules}
    assert rules == {
        "KP": Range(25.0, 55.0, 40.0),
        "Baranovsky-Khasan": Range(30.0, 45.0),
        "Rajin to Khasan": Range(20.0, 20.0),
    }
    assert scenario.speeds.default.reason == "ordinary trains"
    assert [rule.reason for rule in scenario.speeds.rules] == [None, None, "a winding line"]
    assert scenario.stops[0].duration_s == Range(1800.0, 10800.0, 3600.0)
    assert scenario.sightings[0].earliest == datetime(2023, 9, 11, 20, tzinfo=UTC)
    assert scenario.sources[0].publisher == "A paper"


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("default = 59", "default = -5", r"speed\.default: speed -5 km/h: expected 1 to 400"),
        ("default = 59", "default = 0", r"speed\.default: speed 0 km/h: expected 1 to 400"),
        ("default = 59", "default = 5900", r"speed\.default: speed 5900 km/h: expected"),
        ("default = 59", 'default = "fast"', r"speed\.default: 'fast': expected a speed"),
        ("default = 59", "default = nan", r"speed\.default: nan: expected a speed"),
        ("default = 59", 'default = 59\nRU = "9..2"', r"speed\.RU: '9\.\.2': expected .* in order"),
        ("default = 59", "default = 59\nRU = [1]", r"speed\.RU: \[1\]: expected"),
        ("+09:00", "", r"depart\.earliest: time .* has no offset; write .*\+09:00"),
        ("2023-09-10T12:00:00+09:00", "2023-09-10", r"depart\.earliest: .*has no offset"),
        ("T12:00", "T19:00", r"depart: latest 2023-09-10T18:00:00\+09:00 is before earliest 2023"),
        ("earliest", "earlyest", r"depart\.earlyest: unknown key; did you mean earliest"),
        ("T12:00:00+09:00", "T12:00:00+23:00", r"depart\.earliest: .* offset from -12:00 to"),
        ("2023-09-10T12", "0001-01-01T00", r"depart\.earliest: .* year from 1900 to 2200"),
        ("2023-09-10T18", "2024-09-10T18", r"depart: from .* expected at most 31 days"),
        ('"A test"', '""', r"name: '': expected some text"),
        ('"A test"', "7", r"name: 7: expected text in quotation marks"),
        (
            "default = 59",
            "default = {kmh = 9, sauce = 'x'}",
            r"speed\.default\.sauce: unknown key",
        ),
        ("default = 59", "default = 59\nKP = {kmh = 0}", r"speed\.KP: speed 0 km/h"),
        ("default = 59", "default = 59\nKP = {kmh = 9, source = 'y'}", r"source 'y' has no table"),
        ("name", "nam", r"nam: unknown key; did you mean name"),
        ('name = "A test"\n', "", r"name: missing; add it"),
        ("name =", "name", r"not TOML: .*line 1.*; mend that line"),
        ('["Pyongyang", "Khasan"]', '["Pyongyang"]', r"route: .* expected two places or more"),
        ('["Pyongyang", "Khasan"]', "5", r"route: 5: expected a list such as"),
        ("[speed]", 'source = "x"\n[speed]', r"source 'x' has no table in \[sources\]"),
        ("[speed]", "[[stop]]\nat = 'Rajin'\nduration = 3\n[speed]", r"stop 1\.duration: dur"),
        ("[speed]", "[[stop]]\nat = 'Rajin'\n[speed]", r"stop 1\.duration: missing; add it"),
        ("[speed]", "[[stop]]\natt = 'Rajin'\n[speed]", r"stop 1\.att: unknown key; did you"),
        (
            "[speed]",
            "[sources.a]\npublisher = 'A'\nurl = 'javascript:alert(1)'\n[speed]",
            r"sources\.a\.url: 'javascript:alert\(1\)': expected an address that begins with http",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(write, wrong, right, expected):
    """File, key, value, what was expected, remedy."""
    path = write(MINIMAL.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Missing, a folder, or not text."""
    with pytest.raises(InputError, match=r"none\.toml: No such file"):
        load_scenario(tmp_path / "none.toml")
    with pytest.raises(InputError, match="directory"):
        load_scenario(str(tmp_path) + "/")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(InputError, match=r"latin\.toml: byte 8 is not UTF-8"):
        load_scenario(tmp_path / "latin.toml")


def test_an_unknown_bundled_name_offers_the_known_ones():
    """And says that a path would do."""
    with pytest.raises(JourneyError, match="did you mean vostochny-2023"):
        load_scenario("vostochni-2023")


def test_an_unknown_place_names_the_file(write, network):
    """The place is looked up when the scenario meets a network."""
    scenario = load_scenario(write(MINIMAL.replace("Khasan", "Hasan")))
    with pytest.raises(JourneyError, match=r"test\.toml: route: 'Hasan' is no station .* Khasan"):
        scenario.plan(network)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    """As some editors write it."""
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())
    assert load_scenario(path).name == "A test"


def test_a_file_without_suffix_is_found(tmp_path, monkeypatch):
    """Any file that is there can be named."""
    (tmp_path / "plain").write_text(MINIMAL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_scenario("plain").name == "A test"


@pytest.mark.parametrize("name", bundled_scenarios())
def test_bundled_sightings_are_those_of_the_reports(name):
    """Place, event and interval in UTC, as the press gave them on its own clocks."""
    reported = {
        ("Khasan", "arrive", "2023-09-11T20:00", "2023-09-12T02:00"),
        ("Khasan", "arrive", "2023-09-11T19:55", "2023-09-11T20:05"),
        ("Ussuriysk", "pass", "2023-09-12T03:00", "2023-09-12T03:20"),
    }
    for sighting in load_scenario(name).sightings:
        ends = (f"{moment:%Y-%m-%dT%H:%M}" for moment in (sighting.earliest, sighting.latest))
        assert (sighting.at, sighting.event, *ends) in reported
        assert sighting.earliest.tzinfo is UTC

"""Scenario files: what they say, and what is wrong with them in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from journey.alternatives import Listed, Mixture
from journey.errors import InputError, JourneyError
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.scenario_file import load_scenario
from journey.train_file import load_train

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
        (
            "= 59",
            '= 59\nmeaning = "top"',
            r"speed\.meaning: 'top': expected 'average' or 'maximum'",
        ),
        ("default = 59", 'default = "5_9"', r"speed\.default: '5_9': expected a speed"),
        ("default = 59", "default = true", r"speed\.default: true: expected a speed"),
        ("default = 59", "default = 2023-09-10", r"speed\.default: 2023-09-10: expected a speed"),
        ("default = 59", "default = nan", r"speed\.default: nan: expected a speed"),
        ("default = 59", 'default = 59\nRU = "9..2"', r"speed\.RU: '9\.\.2': expected .* in order"),
        ("default = 59", "default = 59\nRU = []", r"speed\.RU: \[\]: expected 1 to 1000 alternat"),
        ("default = 59", "default = 59\nRU = [[1]]", r"speed\.RU: \[1\]: expected a speed"),
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


UNCERTAIN = """\
default = "pert 25..40..55"
KP = "log-normal 59 */ 1.2 in 40..90"
RU = [40, "50..59"]
"Rajin to Khasan" = {kmh = "70 % 30 | 30 % 40", reason = "a winding line"}
section_share = "30 %"

[[stop]]
at = "Rajin"
duration = "normal 1:00 +- 10 min in 0:30..2 h"

[[limit]]
between = ["Rajin", "Khasan"]
kmh = "normal 59 +- 4 in 45..70"

[unreported_halts]
per_1000_km = "1..2..5"
duration = "log-normal 20 min */ 2 in 2 min..6 h"
reason = "single track"
source = "paper"

[sources.paper]
publisher = "A paper"
"""


def test_every_kind_of_quantity_is_read(write):
    """Speeds, limits, halts; and how much of the speed's variation is each section's own."""
    margin = 'margin = "pert 3..5..7 % + 1 min/100 km"\n'
    scenario = load_scenario(write(margin + MINIMAL.replace("default = 59\n", UNCERTAIN)))
    assert [rule.speed_kmh for rule in scenario.speeds.every] == [
        Pert(25.0, 40.0, 55.0),
        LogNormal(59.0, 1.2, 40.0, 90.0),
        Mixture((Range(40.0, 40.0), Range(50.0, 59.0)), (0.5, 0.5)),
        Listed((30.0, 40.0), (0.7, 0.3)),
    ]
    assert scenario.speeds.rules[-1].reason == "a winding line"
    assert scenario.speeds.section_share == pytest.approx(0.3)
    assert scenario.stops[0].duration_s == Normal(3600.0, 600.0, 1800.0, 7200.0)
    assert scenario.limits[0].speed_kmh == Normal(59.0, 4.0, 45.0, 70.0)
    assert scenario.margin.percent == Pert(3.0, 5.0, 7.0)
    (halts,) = scenario.unreported_halts
    assert halts.where == "default"
    assert halts.per_1000_km == Range(1.0, 5.0, 2.0)
    assert halts.duration_s == LogNormal(1200.0, 2.0, 120.0, 21600.0)
    assert (halts.reason, halts.source) == ("single track", "paper")


def test_nothing_is_uncertain_that_is_not_stated(write):
    """No unreported halts, and a slow train stays slow."""
    scenario = load_scenario(write(MINIMAL))
    assert scenario.unreported_halts == ()
    assert scenario.speeds.section_share == 0
    assert scenario.speeds.country_share == 0
    assert (scenario.headline, scenario.claims, scenario.rivals) == (None, (), ())


def test_unreported_halts_may_be_told_apart_by_place(write):
    """Each table with where it holds, or for everywhere else; none where the list is empty."""
    halts = """\
[[unreported_halts]]
where = "KP"
per_1000_km = "1..3..8"
duration = "1:00"

[[unreported_halts]]
per_1000_km = 2
duration = "10 min"
"""
    there, elsewhere = load_scenario(write(MINIMAL + halts)).unreported_halts
    assert (there.where, there.per_1000_km) == ("KP", Range(1.0, 8.0, 3.0))
    assert (elsewhere.where, elsewhere.duration_s) == ("default", Range(600.0, 600.0))
    assert load_scenario(write("unreported_halts = []\n" + MINIMAL)).unreported_halts == ()


def test_countries_and_sections_may_each_have_luck_of_their_own(write):
    """The two shares may make up the whole."""
    shares = 'country_share = "70 %"\nsection_share = 0.3\n'
    speeds = load_scenario(write(MINIMAL + shares)).speeds
    assert (speeds.country_share, speeds.section_share) == (pytest.approx(0.7), 0.3)


def test_an_optional_stop_is_left_out_where_the_route_does_not_pass(write, network):
    """One that is not optional is refused there; and so is a place that nobody knows."""
    stop = '[[stop]]\nat = "Khabarovsk I"\nduration = "0:30"\noptional = true\n'
    rajin = '[[stop]]\nat = "Rajin"\nduration = "0:10"\noptional = true\n'
    scenario = load_scenario(write(MINIMAL + stop + rajin))
    assert [each.optional for each in scenario.stops] == [True, True]
    assert [each.at for each in scenario.plan(network).stops] == ["Rajin"]
    for route in (("Rajin", "Khasan"), ("Pyongyang", "Rajin")):
        assert replace(scenario, route=route).plan(network).stops == ()
    needed = load_scenario(write(MINIMAL + stop.replace("true", "false")))
    off = r"test\.toml: stop at 'Khabarovsk I': it lies off the route Pyongyang - Khasan; expected"
    with pytest.raises(InputError, match=off):
        needed.plan(network)
    unknown = load_scenario(write(MINIMAL + stop.replace("Khabarovsk I", "Khabarovks")))
    with pytest.raises(JourneyError, match=r"stop at 'Khabarovks': .* did you mean Khabarovsk"):
        unknown.plan(network)
    with pytest.raises(InputError, match=r"stop 1\.optional: 'yes': expected true or false"):
        load_scenario(write(MINIMAL + stop.replace("true", '"yes"')))


def test_a_departure_may_have_a_likeliest_time(write):
    """On any clock; it is kept in UTC."""
    stated = MINIMAL.replace("[speed]", "likeliest = 2023-09-10T14:00:00+08:00\n[speed]")
    (depart,) = load_scenario(write(stated)).departures
    assert depart.likeliest == datetime(2023, 9, 10, 6, tzinfo=UTC)
    assert depart.likeliest.tzinfo is UTC


AFTERNOON = """\
[[depart]]
earliest = 2023-09-10T12:00:00+09:00
latest = 2023-09-10T18:00:00+09:00
weight = "80 %"
source = "paper"
"""
NIGHT = """\
[[depart]]
earliest = 2023-09-10T22:00:00+09:00
latest = 2023-09-11T01:00:00+09:00
likeliest = 2023-09-10T23:00:00+09:00
weight = 0.2
reason = "late on Sunday night"
"""
PAPER = '[sources.paper]\npublisher = "A paper"\n'


def with_departures(*departures):
    """A scenario with other departures than the minimal one."""
    start, speed = MINIMAL.index("[depart]"), MINIMAL.index("[speed]")
    return MINIMAL[:start] + "".join(departures) + MINIMAL[speed:] + PAPER


def test_reports_of_the_departure_may_contradict_each_other(write):
    """Each with its weight, its source and its times."""
    afternoon, night = load_scenario(write(with_departures(AFTERNOON, NIGHT))).departures
    assert (afternoon.weight, night.weight) == (pytest.approx(0.8), 0.2)
    assert (afternoon.source, night.reason) == ("paper", "late on Sunday night")
    assert afternoon.latest == datetime(2023, 9, 10, 9, tzinfo=UTC)
    assert night.likeliest == datetime(2023, 9, 10, 14, tzinfo=UTC)


def test_a_departure_alone_in_a_list_needs_no_weight(write):
    """It is the only one."""
    alone = with_departures(AFTERNOON.replace('weight = "80 %"\n', ""))
    (depart,) = load_scenario(write(alone)).departures
    assert depart.weight == 1.0


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ('"80 %"', '"70 %"', r"depart: the weights sum to 90 %, expected 100 %; mend one of them"),
        ('"80 %"', "0.9", r"depart: the weights sum to 110 %, expected 100 %"),
        (
            '"80 %"',
            "80",
            r"depart 1\.weight: 80: expected a share from 0 to 1, or such as \"30 %\"",
        ),
        ('"80 %"', '"most"', r"depart 1\.weight: 'most': expected a share"),
        ('"80 %"', "true", r"depart 1\.weight: true: expected a share"),
        ('weight = "80 %"', "", r"depart: expected a weight in each of several, .*; add it"),
        ('"80 %"\n', "1\n", r"depart: the weights sum to 120 %"),
        ("weight = 0.2", "weight = 0", r"depart: weight 0 %: expected above 0; take that one out"),
        ("weight = 0.2", "wait = 0.2", r"depart 2\.wait: unknown key; did you mean weight"),
        (
            "T23:00",
            "T21:00",
            r"depart 2: likeliest .*T21:00.*: expected a time from earliest .*T22",
        ),
        ("T23:00:00+09:00", "T23:00:00", r"depart 2\.likeliest: time .* has no offset"),
        ("11T01:00", "10T01:00", r"depart 2: latest .* is before earliest"),
        ("10T12:00", "11T12:00", r"depart 1: latest .* is before earliest"),
        ('"paper"\n', '"x"\n', r"source 'x' has no table in \[sources\]"),
        (
            AFTERNOON,
            AFTERNOON.replace("2023-09-10", "2023-07-10"),
            r"depart: from 2023-07-10T12:00:00\+09:00 to 2023-09-11T01:00:00\+09:00: expected at m",
        ),
        (AFTERNOON + NIGHT, "depart = []\n", r"depart: \[\]: expected a table headed \[depart\]"),
        (AFTERNOON + NIGHT, "depart = [5]\n", r"depart 1: 5: expected a table"),
        (AFTERNOON + NIGHT, "depart = 5\n", r"depart: 5: expected a table"),
        (AFTERNOON + NIGHT, "", r"depart: missing; add it"),
        (NIGHT, "", r"depart: the weights sum to 80 %, expected 100 %"),
    ],
)
def test_what_is_wrong_with_departures_is_said_in_one_line(write, wrong, right, expected):
    """File, key, value, what was expected, remedy."""
    text = with_departures(AFTERNOON, NIGHT)
    assert wrong in text
    path = write(text.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        (
            '"pert 25..40..55"',
            '"pert 25..60..55"',
            r"speed\.default: 'pert .*': expected \"pert low",
        ),
        ("*/ 1.2 in", "*/ 0.9 in", r"speed\.KP: 'log-normal .*': factor 0\.9: expected .* above 1"),
        (
            "40..90",
            "300..400",
            r"speed\.KP: 'log.*': the bounds leave .* of the probability, expec",
        ),
        ('"50..59"', '"50..590"', r"speed\.RU: speed 590 km/h: expected 1 to 400"),
        ('"50..59"', "true", r"speed\.RU: true: expected a speed"),
        (
            "70 % 30",
            "60 % 30",
            r"speed\.Rajin to Khasan: .*: the weights sum to 90 %, expected 100",
        ),
        ('"30 %"', "30", r"speed\.section_share: 30: expected a share from 0 to 1"),
        ('"30 %"', '"a third"', r"speed\.section_share: 'a third': expected a share"),
        ('"30 %"', "nan", r"speed\.section_share: nan: expected a share"),
        ("+- 10 min in", "+- 10 in", r"stop 1\.duration: duration '10': expected"),
        ("normal 59 +- 4", "normal 59 +- 0", r"limit 1\.kmh: 'normal .*': deviation 0: expected"),
        (
            "per_1000_km",
            "per_1000km",
            r"unreported_halts\.per_1000km: unknown key; did you mean per",
        ),
        ("1..2..5", "1..2..500", r"unreported_halts\.per_1000_km: 500 halts .*: expected 0 to 20"),
        ('"1..2..5"', "-1", r"unreported_halts\.per_1000_km: -1 halts .*: expected 0 to 20"),
        ('"1..2..5"', '"many"', r"unreported_halts\.per_1000_km: 'many': expected a number"),
        ("20 min */ 2", "20 */ 2", r"unreported_halts\.duration: duration '20': expected .*h:mm"),
        (
            'duration = "log',
            'kmh = "log',
            r"unreported_halts\.kmh: unknown key; expected where, per_1000_km",
        ),
        (
            'reason = "single',
            'raison = "single',
            r"halts\.raison: unknown key; did you mean reason",
        ),
        ('= "paper"\n', '= "x"\n', r"source 'x' has no table in \[sources\]"),
        (
            'share = "30 %"',
            'share = "30 %"\ncountry_share = "80 %"',
            r"speed: section_share and country_share sum to 110 %, expected 100 % at most; lower",
        ),
        (
            'share = "30 %"',
            'share = "30 %"\ncountry_share = 80',
            r"speed\.country_share: 80: expected a share",
        ),
        (
            "[unreported_halts]",
            "[[unreported_halts]]\nper_1000_km = 1\nduration = '1:00'\n[[unreported_halts]]",
            r"unreported_halts: where 'default' is stated twice; take one out",
        ),
        (
            "[unreported_halts]",
            "[[unreported_halts]]\nwhere = 5",
            r"unreported_halts 1\.where: 5: expected text",
        ),
    ],
)
def test_what_is_wrong_with_a_quantity_is_said_in_one_line(write, wrong, right, expected):
    """File, key, value, what was expected, remedy."""
    text = MINIMAL.replace("default = 59\n", UNCERTAIN)
    assert wrong in text
    path = write(text.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


RUNNING = """\
running = "dynamics"
margin = "3..5..7 % + 1.5 min/100 km"
"""


def test_without_a_word_of_running_the_train_cruises_at_an_average(write):
    """No train, no margin, no limits."""
    scenario = load_scenario(write(MINIMAL))
    assert (scenario.running, scenario.speeds.meaning) == ("cruise", "average")
    assert (scenario.train, scenario.margin, scenario.limits) == (None, None, ())


@pytest.mark.parametrize(
    ("running", "meaning", "expected"),
    [
        ("cruise", "maximum", "maximum"),
        ("profile", None, "maximum"),
        ("dynamics", None, "maximum"),
        ("profile", "average", "average"),
    ],
)
def test_a_speed_means_what_is_said_or_what_the_running_makes_likely(
    write, running, meaning, expected
):
    """A cruise has an average, the others a maximum."""
    said = f'meaning = "{meaning}"\n' if meaning else ""
    scenario = load_scenario(write(f'running = "{running}"\n{MINIMAL}{said}'))
    assert (scenario.running, scenario.speeds.meaning) == (running, expected)
    assert scenario.speeds.rules == ()


LIMIT = '[[limit]]\nbetween = ["Rajin", "Khasan"]\nkmh = 30\n'


@pytest.mark.parametrize("said", ["", 'meaning = "maximum"\n'])
def test_a_speed_that_a_limit_bounds_is_a_maximum(write, said):
    """Also that of a cruise, and also where nothing is said."""
    assert load_scenario(write(MINIMAL + said + LIMIT)).speeds.meaning == "maximum"


def test_a_train_may_keep_an_average_in_spite_of_limits(write):
    """Where it can run faster elsewhere: not in a cruise."""
    average = MINIMAL + 'meaning = "average"\n' + LIMIT
    scenario = load_scenario(write('running = "profile"\n' + average))
    assert scenario.speeds.meaning == "average"
    remedy = r'take out \[\[limit\]\], or say meaning = "maximum", or running = "profile"'
    for running in ("", 'running = "cruise"\n'):
        path = write(running + average)
        with pytest.raises(InputError, match=remedy) as caught:
            load_scenario(path)
        assert str(caught.value).startswith(f"{path}: speed.meaning: ")
        assert "\n" not in str(caught.value)


def test_limits_and_a_margin_are_read(write):
    """Between two stations, with reason and source; per cent and minutes."""
    scenario = load_scenario(
        write(
            RUNNING
            + MINIMAL
            + """\
[[limit]]
between = ["Rajin", "Khasan"]
kmh = "30..40"
reason = "a winding line"
source = "paper"

[sources.paper]
publisher = "A paper"
"""
        )
    )
    (limit,) = scenario.limits
    assert limit.between == ("Rajin", "Khasan")
    assert limit.speed_kmh == Range(30.0, 40.0)
    assert (limit.reason, limit.source) == ("a winding line", "paper")
    assert scenario.margin.percent == Range(3.0, 7.0, 5.0)
    assert scenario.margin.min_per_100km == Range(1.5, 1.5)


def test_a_margin_may_have_a_source(write):
    """As a table."""
    margin = 'margin = {value = "5 %", source = "paper", reason = "a rule"}\n'
    sources = '[sources.paper]\npublisher = "A paper"\n'
    stated = load_scenario(write(margin + MINIMAL + sources)).margin
    assert (stated.percent, stated.min_per_100km) == (Range(5.0, 5.0), Range(0.0, 0.0))
    assert (stated.source, stated.reason) == ("paper", "a rule")


def test_a_train_that_is_needed_and_not_stated_is_the_armoured_one(write):
    """Not for a cruise."""
    for running in ("profile", "dynamics"):
        scenario = load_scenario(write(f'running = "{running}"\n{MINIMAL}'))
        assert scenario.train == load_train("armoured")


def test_a_stated_train_is_kept_even_where_it_is_not_needed(write):
    """It is checked all the same."""
    scenario = load_scenario(write(f'{MINIMAL}[train]\nuse = "diesel"\n'))
    assert scenario.running == "cruise"
    assert scenario.train == load_train("diesel")


def test_figures_of_a_used_train_can_be_replaced(write):
    """The rest holds; a new figure may name a source of the scenario."""
    stated = """\
[train]
use = "electric"
name = "A longer one"
mass_t = "1200..1400"
length_m = {value = 600, source = "paper"}

[sources.paper]
publisher = "A paper"

[sources.other]
publisher = "Another"
"""
    train = load_scenario(write(MINIMAL + stated)).train
    usual = load_train("electric")
    assert train.name == "A longer one"
    assert train.mass_t.value == Range(1200.0, 1400.0)
    assert train.mass_t.reason is None
    assert train.length_m.source == "paper"
    assert train.tractive_effort == usual.tractive_effort
    assert train.max_speed_kmh == usual.max_speed_kmh
    assert {source.id for source in train.sources} == {
        *(source.id for source in usual.sources),
        "paper",
    }


COMPLETE = """[train]
mass_t = 420
max_speed_kmh = 120
braking_mps2 = 0.4
acceleration_mps2 = 0.3
"""


def test_a_train_may_be_stated_whole(write):
    """Without another to start from."""
    train = load_scenario(write(MINIMAL + COMPLETE)).train
    assert train.at().mass_kg == 420_000
    assert train.tractive_effort is None


def test_a_train_file_is_found_beside_the_scenario(write, tmp_path, monkeypatch):
    """Wherever one is."""
    (tmp_path / "trains").mkdir()
    (tmp_path / "trains" / "mine.toml").write_text(
        COMPLETE.replace("[train]\n", ""), encoding="utf-8"
    )
    path = write(f'{MINIMAL}[train]\nuse = "trains/mine.toml"\n')
    monkeypatch.chdir("/")
    assert load_scenario(path).train.name == "mine"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('running = "flying"', r"running: 'flying': expected 'cruise', 'profile' or 'dynamics'"),
        ("runing = 'cruise'", r"runing: unknown key; did you mean running"),
        ("margin = 5", r"margin: margin 5: expected a text such as \"5 %\""),
        ('margin = "500 %"', r"margin: margin 500 %: expected 0 to 100 %"),
        ('margin = "9..5 %"', r"margin: '9\.\.5': expected .* in order"),
        ('margin = {value = "5 %", source = "x"}', r"source 'x' has no table in \[sources\]"),
        ("[speed.RU]\nkph = 5", r"speed\.RU\.kph: unknown key; did you mean kmh"),
        ("limit = 5", r"limit: 5: expected a list"),
        ("[[limit]]\nkmh = 5", r"limit 1\.between: missing; add it"),
        ('[[limit]]\nbetween = ["A", "B"]', r"limit 1\.kmh: missing; add it"),
        ('[[limit]]\nbetween = "A"\nkmh = 5', r"limit 1\.between: 'A': expected two places"),
        ('[[limit]]\nbetween = ["A"]\nkmh = 5', r"limit 1\.between 2: missing; add it"),
        ('[[limit]]\nbetween = ["A", "B", "C"]\nkmh = 5', r"limit 1\.between: .* two places"),
        ('[[limit]]\nbetween = ["A", "B"]\nkmh = 0', r"limit 1\.kmh: speed 0 km/h: expected 1"),
        ('[[limit]]\nbetween = ["A", "B"]\nkph = 5', r"limit 1\.kph: unknown key; did you mean"),
        (
            '[[limit]]\nbetween = ["A", "B"]\nkmh = 5\nsource = "x"',
            r"source 'x' has no table in \[sources\]",
        ),
        ("train = 5", r"train: 5: expected a table"),
        ("[train]", r"train: mass_t: missing; add it"),
        ('[train]\nuse = "armored"', r"train: train 'armored' .* did you mean armoured"),
        ('[train]\nuse = "none.toml"', r"train: .*none\.toml: No such file"),
        ('[train]\nuse = "diesel"\nmas_t = 5', r"train\.mas_t: unknown key; did you mean mass_t"),
        ('[train]\nuse = "diesel"\nmass_t = "heavy"', r"train\.mass_t: 'heavy': expected a number"),
        ('[train]\nuse = "diesel"\nmass_t = 0', r"train: mass_t 0: expected above 0"),
        (
            '[train]\nuse = "diesel"\nmass_t = {value = 5, source = "x"}',
            r"train: source 'x' has no table in \[sources\]",
        ),
        (
            '[train]\nuse = "diesel"\n[sources.k62]\npublisher = "Another"',
            r"train: source 'k62' is one thing in the file of the train and another",
        ),
        (
            '[train]\nuse = "diesel"\n[train.sources.k62]\npublisher = "Another"',
            r"train: source 'k62' is one thing in the file of the train and another",
        ),
        (
            'running = "profile"\n[sources.press-2023]\npublisher = "Another"',
            r"train: source 'press-2023' is one thing in the file of the train and another",
        ),
        (
            'running = "profile"\n[sources.bbc-2019]\npublisher = "Another"',
            r"train: source 'bbc-2019' is one thing in the file of the train and another",
        ),
    ],
)
def test_what_is_wrong_with_running_is_said_in_one_line(write, stated, expected):
    """Running, margin, limits and train."""
    key, bracket, table = stated.partition("[")
    path = write(f"{key}\n{MINIMAL}{bracket}{table}\n")
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


def test_a_single_table_where_a_list_of_them_belongs_says_how_to_write_it(write):
    """[limit] instead of [[limit]] is an easy slip."""
    single = '[limit]\nbetween = ["Khasan", "Ussuriysk"]\nkmh = 40\n'
    with pytest.raises(InputError, match=r"limit: a table: expected a list .* headed as \[\[stop"):
        load_scenario(write(MINIMAL + single))

"""What a plan takes for granted, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from journey.alternatives import Listed, Mixture
from journey.assumptions import assumptions, cited, terms
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.statements import Departure, Limit, Margin, Source, SpeedRule, Stop, UnreportedHalts
from journey.train_estimate import Effort, Figure, TrainEstimate
from journey.words import duration_in_words, quantity_in_words, unreported_in_words
from tests.conftest import at_speed, make_scenario

PRESS = Source("press", "The Press", date(2023, 9, 12))
MAKER = Source("maker", "The Maker")
PICTURE = Source("picture", "A Photographer")
TRAIN = TrainEstimate(
    "Heavy train",
    mass_t=Figure(Range(900.0, 1800.0, 1200.0), "maker", "weighed twice"),
    length_m=Figure(Range(443.0, 443.0), reason="counted (picture)"),
    max_speed_kmh=Figure(Range(80.0, 80.0)),
    braking_mps2=Figure(Range(0.4, 0.4)),
    acceleration_mps2=Figure(Range(0.1, 0.1)),
    tractive_effort=Effort(((0.0, 300_000.0),), Range(0.5, 2.0)),
    sources=(MAKER, PICTURE),
)


def said(fork, **about):
    """Every statement of a plan from West to Farther."""
    plan = make_scenario("West", "Farther", sources=(PRESS,), **about).plan(fork)
    return list(assumptions(plan, 1.0))


def test_a_constant_speed_is_said_as_it_is(fork):
    """With no word of trains or models, which do not matter then."""
    lines = said(fork)
    assert "Speed while moving 60 km/h: assumed" in lines
    assert not [line for line in lines if "rain" in line or "unning" in line]


def test_a_model_of_trains_is_said_with_its_train(fork):
    """What the speed means, how running times were computed, and each figure with its basis."""
    lines = said(fork, train=TRAIN, running="dynamics", speeds=at_speed(40.0, 60.0, 59.0))
    assert "Speed while moving 40 to 60 km/h, most likely 59: assumed" in lines
    assert "The speed is taken for the average between two halts: assumed" in lines
    assert any("tractive effort against running resistance, on level track" in x for x in lines)
    mass = "Mass of the train 900 to 1,800 t, most likely 1,200"
    assert f"{mass}: reported by The Maker; weighed twice" in lines
    assert "Length of the train 443 m: assumed, counted (A Photographer)" in lines
    effort = "Tractive effort of the train 300,000 N at most; 0.5 to 2 times that"
    assert f"{effort}: assumed" in lines


def test_a_maximum_is_said_to_be_one(fork):
    """It is another statement than an average."""
    lines = said(fork, speeds=at_speed(60.0, 60.0, meaning="maximum"))
    assert "The speed is taken for the highest: assumed" in lines


def test_the_terms_are_said_in_short(fork):
    """Speed, limits, margin and halts."""
    plan = make_scenario(
        "West",
        "Farther",
        limits=(Limit(("North", "Border"), Range(30.0, 30.0)),),
        margin=Margin(Range(5.0, 5.0), Range(0.0, 0.0)),
        speeds=at_speed(60.0, 60.0, meaning="maximum"),
    ).plan(fork)
    assert terms(plan) == "At 60 km/h at most and with one limit, a margin and no halt"
    assert terms(make_scenario("West", "Farther").plan(fork)) == "At 60 km/h and with no halt"


def test_limits_margin_and_halts_are_said(fork):
    """Each with its source or reason."""
    lines = said(
        fork,
        limits=(Limit(("North", "Border"), Range(30.0, 30.0), reason="a bridge"),),
        margin=Margin(Range(5.0, 5.0), Range(2.0, 3.0), source="press"),
        stops=(Stop("North", Range(600.0, 600.0)),),
        speeds=at_speed(60.0, 60.0, meaning="maximum"),
    )
    assert "Limit North to Border 30 km/h: assumed, a bridge" in lines
    margin = "Margin of 5 % of the running time and 2 to 3 min for each 100 km"
    assert f"{margin}: reported by The Press" in lines
    assert "Halt at North 10 min: assumed" in lines


def test_the_sources_of_the_train_are_cited_where_they_matter(fork):
    """After the scenario's own; those of the figures that the model uses."""
    for running, expected in (
        ("profile", (PRESS, PICTURE)),
        ("dynamics", (PRESS, MAKER, PICTURE)),
    ):
        plan = make_scenario(
            "West", "Farther", running=running, sources=(PRESS,), train=TRAIN
        ).plan(fork)
        assert cited(plan) == expected


START = datetime(2023, 9, 10, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW_AND_THEN = UnreportedHalts(
    Range(2.0, 2.0), LogNormal(1200.0, 2.0, 120.0, 21600.0), reason="single track", source="press"
)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Range(59.0, 59.0), "59 km/h"),
        (Range(50.0, 70.0), "50 to 70 km/h"),
        (Range(25, 55, 40), "25 to 55 km/h, most likely 40"),
        (Pert(25.0, 40.0, 55.0), "25 to 55 km/h, most likely 40 (PERT)"),
        (Pert(25.0, 25.0, 25.0), "25 km/h"),
        (
            Normal(59.0, 4.0, 45.0, 70.0),
            "about 59 km/h, give or take 4 (normal), within 45 to 70",
        ),
        (
            LogNormal(59.0, 1.2, 40.0, 90.0),
            "about 59 km/h, give or take a factor of 1.2 (log-normal), within 40 to 90",
        ),
        (Listed((40.0, 45.0), (0.5, 0.5)), "40 km/h or 45 km/h, all alike likely"),
        (Listed((40.0, 45.0), (0.7, 0.3)), "40 km/h (70 %) or 45 km/h (30 %)"),
        (
            Mixture((Range(50.0, 70.0), Pert(25.0, 30.0, 40.0)), (2 / 3, 1 / 3)),
            "50 to 70 km/h (66.7 %) or 25 to 40 km/h, most likely 30 (PERT) (33.3 %)",
        ),
        (
            Listed(tuple(range(40, 60)), (0.05,) * 20),
            "one of 20 alternatives, 40 to 59 km/h",
        ),
    ],
)
def test_every_kind_of_quantity_is_said_in_plain_words(quantity, words):
    """What it may be, and what is likelier."""
    assert quantity_in_words(quantity, "km/h") == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Range(3600.0, 3600.0), "1 h 00 min"),
        (Range(1800.0, 10800.0, 3600.0), "30 min to 3 h 00 min, most likely 1 h 00 min"),
        (
            LogNormal(1200.0, 2.0, 20.0, 21600.0),
            "about 20 min, give or take a factor of 2 (log-normal), within 20 s to 6 h 00 min",
        ),
        (Range(0.0, 3600.0), "0 min to 1 h 00 min"),
        (Listed((600.0, 3600.0), (0.8, 0.2)), "10 min (80 %) or 1 h 00 min (20 %)"),
    ],
)
def test_every_kind_of_duration_is_said_in_plain_words(quantity, words):
    """To the minute, and to the second where it is less than one."""
    assert duration_in_words(quantity) == words


def test_unreported_halts_are_said(fork):
    """How many, how long, and with what basis; then nothing says that there is no other halt."""
    lines = said(fork, unreported_halts=(NOW_AND_THEN,))
    (line,) = [line for line in lines if "halt" in line.lower()]
    assert line == (
        "Unreported halts 2 for each 1,000 km on average, each about 20 min, give or take a factor "
        "of 2 (log-normal), within 2 min to 6 h 00 min: reported by The Press; single track"
    )
    assert line.removeprefix("Unreported halts ").startswith(unreported_in_words(NOW_AND_THEN))


def test_only_what_is_true_is_said_of_other_halts(fork):
    """None at all, none but the stated ones, or some that nobody reported."""
    stops = (Stop("North", Range(600.0, 600.0)),)
    assert "No halt on the way: assumed" in said(fork)
    assert "No other halt on the way: assumed" in said(fork, stops=stops)
    lines = said(fork, stops=stops, unreported_halts=(NOW_AND_THEN,))
    assert "Halt at North 10 min: assumed" in lines
    assert not [line for line in lines if line.startswith("No ")]


def test_bounds_with_unreported_halts_are_those_of_the_journeys_tried(fork):
    """There is no most that may happen."""
    assert said(fork)[-1] == "Earliest to latest holds every journey the scenario allows"
    tried = said(fork, unreported_halts=(NOW_AND_THEN,))[-1]
    assert tried.endswith("holds every journey that was tried; more draws may find others")


def test_the_terms_name_unreported_halts(fork):
    """Instead of saying that there is none."""
    stops = (Stop("North", Range(600.0, 600.0)),)
    plan = make_scenario("West", "Farther", unreported_halts=(NOW_AND_THEN,)).plan(fork)
    assert terms(plan) == "At 60 km/h and with unreported halts"
    plan = make_scenario("West", "Farther", stops=stops, unreported_halts=(NOW_AND_THEN,)).plan(
        fork
    )
    assert terms(plan) == "At 60 km/h and with one halt and unreported halts"


def test_a_likeliest_departure_is_said(fork):
    """On the clock of the place."""
    depart = Departure(START, START + 6 * HOUR, likeliest=START + 2 * HOUR)
    assert said(fork, depart=depart)[0] == (
        "Departure Sun 10 Sep 2023 12:00 to 18:00 (UTC+9), most likely Sun 10 Sep 14:00: assumed"
    )


def test_departures_that_contradict_each_other_are_said_one_by_one(fork):
    """Each with how likely it is held, and with its source."""
    departures = (
        Departure(START, START + 6 * HOUR, source="press", weight=0.8),
        Departure(START + 10 * HOUR, START + 11 * HOUR, reason="at night", weight=0.2),
    )
    assert said(fork, departures=departures)[:2] == [
        "Departure Sun 10 Sep 2023 12:00 to 18:00 (UTC+9), held 80 % likely: reported by The Press",
        "Departure Sun 10 Sep 2023 22:00 to 23:00 (UTC+9), held 20 % likely: assumed, at night",
    ]


def test_how_much_of_its_variation_a_section_has_is_said(fork):
    """Where a speed varies, and where any of that is its own."""
    own = "30 % of the variation of speed is each section's own, the rest the train's: assumed"
    rules = (SpeedRule("Branch", Range(25.0, 55.0)),)
    for low, high, section_rules, share, expected in (
        (40.0, 60.0, (), 0.3, 1),
        (60.0, 60.0, rules, 0.3, 1),
        (60.0, 60.0, (), 0.3, 0),
        (40.0, 60.0, (), 0.0, 0),
    ):
        speeds = replace(at_speed(low, high, rules=section_rules), section_share=share)
        assert said(fork, speeds=speeds).count(own) == expected


@pytest.mark.parametrize(
    ("country", "section", "words"),
    [
        (0.5, 0.0, "50 % of the variation of speed is each country's own, the rest the train's"),
        (
            0.5,
            0.2,
            (
                "50 % of the variation of speed is each country's own, 20 % each section's own, "
                "the rest the train's"
            ),
        ),
        (0.6, 0.4, "60 % of the variation of speed is each country's own, 40 % each section's own"),
        (0.0, 1.0, "100 % of the variation of speed is each section's own"),
    ],
)
def test_what_countries_have_of_their_own_is_said_too(fork, country, section, words):
    """And of the train nothing where nothing is left for it."""
    speeds = replace(at_speed(40.0, 60.0), country_share=country, section_share=section)
    assert f"{words}: assumed" in said(fork, speeds=speeds)


def halts_at(*wheres):
    """Unreported halts at several places."""
    return tuple(replace(NOW_AND_THEN, where=where, source=None) for where in wheres)


def halt_lines(fork, *wheres):
    """What is said of halts that nobody reported, without the figures."""
    lines = said(fork, unreported_halts=halts_at(*wheres))
    return [
        line.replace(unreported_in_words(NOW_AND_THEN), "some").replace(", single track", "")
        for line in lines
        if "halt" in line.lower()
    ]


def test_unreported_halts_are_said_for_each_part_of_the_way(fork):
    """With a word where they hold nowhere on it, and where there are none besides."""
    assert halt_lines(fork, "KP", "default") == [
        "Unreported halts KP some: assumed",
        "Unreported halts elsewhere some: assumed",
    ]
    assert halt_lines(fork, "Branch") == [
        "Unreported halts Branch some: assumed",
        "No halt elsewhere on the way: assumed",
    ]
    assert halt_lines(fork, "KP", "RU") == [
        "Unreported halts KP some: assumed",
        "Unreported halts RU some: assumed",
    ]

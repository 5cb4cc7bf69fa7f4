"""What a plan takes for granted, in words."""

from __future__ import annotations

from datetime import date

from journey.assumptions import assumptions, cited, terms
from journey.statements import Limit, Margin, Source, Stop
from journey.train_estimate import Effort, Figure, TrainEstimate
from journey.units import Range
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

"""What a plan takes for granted, in words."""

from __future__ import annotations

from datetime import date

from journey.assumptions import assumptions, cited
from journey.statements import Limit, Margin, Source, Stop
from journey.train_estimate import Effort, Figure, Resistance, TrainEstimate
from journey.units import Range
from tests.conftest import at_speed, make_scenario

PRESS = Source("press", "The Press", date(2023, 9, 12))
MAKER = Source("maker", "The Maker")
ONE = Range(1.0, 1.0)
TRAIN = TrainEstimate(
    "Heavy train",
    {
        "mass_t": Figure(Range(900.0, 1800.0, 1200.0), "maker", "weighed twice"),
        "rotating_mass_factor": Figure(ONE),
        "length_m": Figure(Range(443.0, 443.0)),
        "max_speed_kmh": Figure(Range(80.0, 80.0)),
        "braking_mps2": Figure(Range(0.4, 0.4)),
        "acceleration_mps2": Figure(Range(0.1, 0.1)),
    },
    Resistance((0.0, 0.0, 0.0), ONE),
    Effort(((0.0, 300_000.0),), Range(0.5, 2.0)),
    sources=(MAKER,),
)


def said(fork, **about):
    """Every statement of a plan from West to Farther."""
    plan = make_scenario("West", "Farther", sources=(PRESS,), **about).plan(fork)
    return list(assumptions(plan, 1.0))


def test_a_constant_speed_is_said_as_it_is(fork):
    """With no word of trains or models, which do not matter then."""
    lines = said(fork, train=TRAIN)
    assert "Speed while moving 60 km/h: assumed" in lines
    assert not [line for line in lines if "rain" in line or "unning" in line]


def test_a_model_of_trains_is_said_with_its_train(fork):
    """What the speed means, how running times were computed, and the train with its source."""
    lines = said(fork, train=TRAIN, running="dynamics", speeds=at_speed(40.0, 60.0, 59.0))
    assert "Average speed between halts 40 to 60 km/h, most likely 59: assumed" in lines
    assert any("tractive effort against running resistance, on level track" in x for x in lines)
    train = "Heavy train, of 900 to 1,800 t, most likely 1,200, and 443 m"
    assert f"{train}: reported by The Maker; weighed twice" in lines


def test_a_maximum_is_said_to_be_one(fork):
    """It is another statement than an average."""
    lines = said(fork, speeds=at_speed(60.0, 60.0, meaning="maximum"))
    assert "Highest speed 60 km/h: assumed" in lines


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


def test_the_sources_of_the_train_are_cited_where_it_matters(fork):
    """After the scenario's own, and not for a cruise."""
    about = {"sources": (PRESS,), "train": TRAIN}
    for running, expected in (("cruise", (PRESS,)), ("profile", (PRESS, MAKER))):
        plan = make_scenario("West", "Farther", running=running, **about).plan(fork)
        assert cited(plan) == expected

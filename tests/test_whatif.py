"""Many cases of a scenario, each beside the scenario as it stands."""

from __future__ import annotations

import math
import pickle
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import journey
from journey.cases import run_study
from journey.cases.axes import axes_of
from journey.cases.document import whatif_document
from journey.cases.grid import Grid
from journey.cases.study import Study
from journey.errors import JourneyError
from journey.quantities import Range
from journey.statements import Departure, Stop
from tests.conftest import at_speed, make_scenario

MIDNIGHT = datetime(2023, 9, 10, tzinfo=UTC)
SOMETIME = Departure(MIDNIGHT, MIDNIGHT + timedelta(hours=6))


def whatif(scenario, network, **options):
    """A what-if of few draws."""
    return journey.whatif(scenario, network, **{"draws": 200, **options})


def last(frame):
    """The rows of the last event of each case."""
    return frame.groupby("case").tail(1)


def test_speeds_change_arrivals_as_a_pocket_calculator_says(fork):
    """49 km at 40 and 70 instead of 60 km/h."""
    frame = whatif(make_scenario("west", "east"), fork, speed=[40, 70])
    expected_s = [0.0, *(49 * 3600 / speed - 49 * 60 for speed in (40, 70))]
    for moment in ("earliest", "central", "latest"):
        assert frame[f"change_{moment}_s"].tolist() == pytest.approx(expected_s, abs=1e-3)
    assert frame.station.tolist() == ["East"] * 3
    assert frame.event.tolist() == ["arrive"] * 3
    assert frame.km.tolist() == [49.0] * 3


def test_every_combination_is_a_case(fork):
    """The base first, with no text for what is not varied."""
    frame = last(
        whatif(make_scenario("west", "east"), fork, speed=[40, 50], stop={"middle": "0,1:00"})
    )
    assert frame.case.tolist() == [0, 1, 2, 3, 4]
    assert frame.speed_kmh.tolist()[1:] == ["40", "40", "50", "50"]
    assert frame["stop middle"].tolist()[1:] == ["0", "1:00", "0", "1:00"]
    assert frame[["speed_kmh", "stop middle"]].iloc[0].isna().all()
    halted_s = frame.change_central_s.to_numpy()
    assert halted_s[[2, 4]] - halted_s[[1, 3]] == pytest.approx(3600, abs=1e-3)


def test_the_base_is_what_the_scenario_gives_alone(fork):
    """The same draws, the same windows."""
    scenario = make_scenario("west", "far", depart=SOMETIME, speeds=at_speed(40.0, 60.0))
    base = whatif(scenario, fork, speed=[50], seed=3, level=0.9).iloc[0]
    alone = scenario.simulate(fork, draws=200, seed=3).windows(0.9).iloc[-1]
    for moment in ("earliest", "central", "latest"):
        assert datetime.fromisoformat(base[moment]) == alone[moment]
        error_s = base[f"{moment}_standard_error_s"]
        assert (math.nan if error_s is None else error_s) == pytest.approx(
            alone[f"{moment}_standard_error_s"], abs=1e-3, nan_ok=True
        )
        assert base[f"change_{moment}_s"] == 0


def test_what_is_added_to_all_draws_changes_all_moments_by_that(fork):
    """Cases have the same random numbers, and changes come from windows before rounding."""
    scenario = make_scenario("west", "far", depart=SOMETIME, speeds=at_speed(30.0, 60.0, 40.0))
    stops = [f"0:00:{seconds:02d}" for seconds in range(1, 60, 7)]
    frame = last(whatif(scenario, fork, stop={"north": stops}, level=0.8))
    expected_s = [0, *range(1, 60, 7)]
    for moment in ("earliest", "central", "latest"):
        # Within two of the bins in which draws are counted.
        assert frame[f"change_{moment}_s"].tolist() == pytest.approx(expected_s, abs=5)


def test_a_departure_moves_everything_with_it(fork):
    """Also the epoch, and an interval is as wide as it is."""
    frame = whatif(
        make_scenario("west", "east"),
        fork,
        depart=["2023-09-09T22:00Z", "2023-09-10T02:00Z..2023-09-10T04:00Z"],
    )
    # 200 draws of two hours lie 36 s apart.
    assert frame.change_central_s.tolist() == pytest.approx([0, -7200, 3 * 3600], abs=36)
    assert frame.change_earliest_s.tolist() == pytest.approx([0, -7200, 2 * 3600], abs=1)
    assert frame.change_latest_s.tolist() == pytest.approx([0, -7200, 4 * 3600], abs=1)


def test_a_halt_is_compared_with_passing(fork):
    """To pass is to arrive and to depart at once."""
    frame = whatif(make_scenario("west", "east"), fork, stop={"middle": "1:00"}, places=["middle"])
    halted = frame[frame.case == 1].set_index("event").change_central_s
    assert halted.to_dict() == pytest.approx({"arrive": 0, "depart": 3600}, abs=1e-3)
    halting = make_scenario("west", "east", stops=(Stop("middle", Range(3600, 3600)),))
    frame = whatif(halting, fork, stop={"middle": "0"}, places=["middle"])
    assert frame.event.tolist() == ["arrive", "depart", "pass"]
    assert frame.change_central_s.tolist() == pytest.approx([0, 0, 0], abs=1e-3)


def test_where_the_base_does_not_pass_there_is_no_change(fork):
    """Other ways have places of their own."""
    frame = whatif(
        make_scenario("west", "east"), fork, route=["west, far", ("west", "north", "far")]
    )
    assert frame.station.tolist() == ["East", "Far", "North", "Far"]
    assert frame.route.tolist()[1:] == ["west, far", "west, north, far", "west, north, far"]
    assert frame.change_central_s.isna().tolist() == [False, True, True, True]
    shared = whatif(make_scenario("west", "east"), fork, route="west, far", places=["junction"])
    assert shared.change_central_s.tolist() == [0, 0]


def test_a_place_that_is_passed_twice_has_a_row_for_each_time(fork):
    """The second time is compared with the second time."""
    back = make_scenario("west", "east", "west")
    frame = whatif(back, fork, speed=[30], places=["middle"])
    (first_s, second_s) = frame[frame.case == 1].change_central_s
    assert (first_s, second_s) == pytest.approx((36.5 * 60, 61.5 * 60), abs=1e-3)
    once = whatif(make_scenario("west", "east"), fork, route="west, east, west", places=["middle"])
    assert once.change_central_s.isna().tolist() == [False, False, True]


def test_places_are_those_asked_for_or_those_of_the_route(fork):
    """By any of their names; without the first, where every case only departs."""
    scenario = make_scenario("west", "north", "far")
    assert whatif(scenario, fork, speed=[50]).station.tolist() == ["North", "Far"] * 2
    named = whatif(scenario, fork, speed=[50], places=["Occident", "Даль", "far"])
    assert named.station.tolist() == ["West", "Far"] * 2
    assert named.event.tolist() == ["depart", "arrive"] * 2


def test_scenarios_are_compared_with_the_first(fork):
    """Each under its own name."""
    scenarios = [
        make_scenario("west", "east", name="quick"),
        make_scenario("west", "east", name="slow", speeds=at_speed(30.0, 30.0)),
    ]
    frame = whatif(scenarios, fork)
    assert frame.scenario.tolist() == ["quick", "slow"]
    assert frame.change_central_s.tolist() == pytest.approx([0, 49 * 60], abs=1e-3)


def test_the_table_has_the_published_columns(fork):
    """Names, texts with offset, and numbers."""
    frame = whatif(make_scenario("west", "far"), fork, speed={"KP": [40]}, level=0.9, seed=5)
    assert list(frame.columns) == [
        *("grid", "case", "scenario", "speed KP", "id", "station", "event", "km"),
        *("level", "draws", "seed", "earliest", "central", "latest"),
        *(f"{moment}_standard_error_s" for moment in ("earliest", "central", "latest")),
        *(f"change_{moment}_s" for moment in ("earliest", "central", "latest")),
    ]
    row = frame.iloc[1]
    assert (row.id, row.level, row.draws, row.seed) == ("far", 0.9, 200, 5)
    assert datetime.fromisoformat(row.central).utcoffset() == timedelta(hours=10)
    assert len(set(frame.grid)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"draws": 201},
        {"seed": 1},
        {"level": 0.8},
        {"places": ["east"]},
        {"speed": [41]},
        {"speed": ["40.0"]},
        {"speed": {"default": [40]}},
    ],
)
def test_another_grid_has_another_name(fork, other):
    """Whatever the results depend on; the same grid has the same."""
    scenario = make_scenario("west", "east")

    def name(scenario, **options):
        return whatif(scenario, fork, **{"speed": [40], **options}).grid[0]

    assert name(scenario) == name(make_scenario("west", "east", origin="elsewhere.toml"))
    assert name(scenario) != name(scenario, **other)
    assert name(scenario) != name(make_scenario("west", "east", name="Another"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "nothing to compare"),
        ({"speed": [40], "draws": 0}, "case 0: draws 0: expected 1"),
        ({"speed": [40], "seed": -1}, "seed -1: expected 0 or more"),
        ({"speed": [40], "level": 90}, "level 90: expected a share"),
        ({"speed": {"XY": [40]}}, r"case 1 \(speed XY 40\): scenario: speed for 'XY'"),
        ({"stop": {"farther": "0,1:00"}}, r"case 2 \(stop farther 1:00\).*off the route"),
        ({"route": "west"}, "expected two places or more"),
        ({"route": ["west, east", "west, reef"]}, r"case 2 .*no track connects"),
        ({"speed": [40], "places": ["Nowhere"]}, "'Nowhere' is no station"),
        ({"speed": [40], "places": ["reef"]}, "reef: none lies on the route West - East"),
        ({"speed": [40], "output": "grid.txt"}, r"grid\.txt: expected a name that ends in \.csv"),
    ],
)
def test_what_cannot_be_computed_is_one_line(fork, options, message):
    """It names the case."""
    with pytest.raises(JourneyError, match=message):
        whatif(make_scenario("west", "east"), fork, **options)


def test_progress_is_told(fork):
    """From what is there to all."""
    told = []
    whatif(
        make_scenario("west", "east"),
        fork,
        speed=[40, 50],
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_document_has_the_published_keys(fork):
    """``journey.whatif/1``."""
    scenario = make_scenario("west", "far")
    grid = Grid.of(scenario, axes_of([40], route="west, east"))
    study = Study(grid, fork, (), 100, 2, 0.9)
    document = whatif_document(study, run_study(study))
    assert document == {
        "schema": "journey.whatif/1",
        "scenario": "A test",
        "draws": 100,
        "seed": 2,
        "basis": "as stated",
        "level": 0.9,
        "axes": {"speed_kmh": ["40"], "route": ["west, east"]},
        "cases": document["cases"],
    }
    base, east = document["cases"]
    assert base == {"case": 0, "speed_kmh": None, "route": None, "stations": base["stations"]}
    assert (east["speed_kmh"], east["route"]) == ("40", "west, east")
    (station,) = east["stations"]
    assert station["timezone"] == "Asia/Pyongyang"
    assert station["change_central_s"] is None
    assert list(station) == [
        *("id", "name", "km", "event", "earliest", "central", "latest", "timezone"),
        *("standard_error_s", "change_earliest_s", "change_central_s", "change_latest_s"),
    ]
    assert set(station["standard_error_s"].values()) == {0.0}


def test_several_scenarios_are_an_axis_of_the_document(fork):
    """By their names."""
    scenarios = [make_scenario("west", "east", name=name) for name in ("one", "two")]
    study = Study(Grid.of(scenarios), fork, (), 100, 2, 0.9)
    document = whatif_document(study, run_study(study))
    assert document["axes"] == {"scenario": ["one", "two"]}
    assert [case["scenario"] for case in document["cases"]] == ["one", "two"]


def test_what_goes_to_a_cluster_can_be_pickled(fork):
    """Scenario, network, plan and study, also after they were used, and give the same then."""
    scenario = make_scenario("west", "far", depart=SOMETIME)
    plan = scenario.plan(fork)
    assert plan.events == pickle.loads(pickle.dumps(plan)).events  # noqa: S301
    again, network = pickle.loads(pickle.dumps((scenario, fork)))  # noqa: S301
    there = again.simulate(network, draws=50).windows()
    pd.testing.assert_frame_equal(there, scenario.simulate(fork, draws=50).windows())
    study = Study(Grid.of(scenario, axes_of([40])), fork, (), 50, 0, 0.9)
    outcome = study.outcome(1)
    assert pickle.loads(pickle.dumps(study)).outcome(1) == outcome  # noqa: S301


def test_a_route_is_found_once_for_all_cases(fork, monkeypatch):
    """It is the same for every speed."""
    found = []
    find = type(fork).route
    monkeypatch.setattr(
        type(fork), "route", lambda self, *way, **how: found.append(way) or find(self, *way, **how)
    )
    whatif(make_scenario("west", "east"), fork, speed=np.arange(40, 50))
    assert found == [("west", "east")]

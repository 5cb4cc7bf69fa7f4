"""What the check says to machines and to people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest

from journey.as_json import dump
from journey.check_json import check_document
from journey.check_table import check_tables
from journey.cli.entry import run
from journey.reports import Claim
from journey.sightings.check import check
from journey.sightings.rivals import IMPOSSIBLE
from journey.statements import Headline, Source
from journey.terminal import show
from tests.conftest import at_speed, make_scenario
from tests.reports import said

VERDICTS = {"consistent", "strained", "contradicted"}
REPORT_KEYS = {
    *("place", "event", "earliest", "latest", "trust", "source", "probability", "right"),
    *("verdict", "why", "copies"),
}
LEG_KEYS = {"from", "to", "km", "kmh_low", "kmh_high", "hours_low", "hours_high"}
CLAIM_KEYS = {
    *("what", "between", "stated", "unit", "bound", "computed", "verdict", "why", "source"),
    "wording",
}
RIVAL_KEYS = {"scenario", "destination", "prior", "posterior", "log_evidence", "by_report"}


@pytest.fixture(scope="module")
def found(fork):
    """A small case with something of everything, and markup where people write."""
    scenario = make_scenario(
        "West",
        "Far",
        name="A [bold]small\x1b case",
        speeds=at_speed(30.0, 60.0),
        headline=Headline(60.0),
        sources=(Source("paper", "The [red]Paper, in a copy"),),
        claims=(
            Claim("rail distance", ("West", "Far"), 90.0, "at least", "paper", "ninety"),
            Claim("average speed", ("West", "Island"), 60.0),
        ),
        sightings=(
            said("North", "pass", 0.5, 2, 0.9, source="paper"),
            said("North", "pass", 0.5, 2, 0.9, source="another"),
            said("Far", "arrive", 1, 3, 0.8),
            said("East", "pass", 1, 3, 0.3),
        ),
    )
    return check(scenario, fork, [make_scenario("West", "East", name="East")], draws=2000)


def test_the_document_has_every_key_and_is_json(found):
    """Those that others may rely on; its times have the offset of the place."""
    document = json.loads(dump(check_document(found, ["a note"])))
    assert document["schema"] == "journey.check/1"
    assert set(document) >= {"scenario", "draws", "seed", "log_evidence", "pareto_k", "headline"}
    assert document["effective_draws"] > 0
    for each in document["reports"]:
        assert set(each) >= REPORT_KEYS
        assert each["verdict"] in VERDICTS
        assert 0 <= each["probability"] <= 1
        assert 0 <= each["right"] <= 1
        assert datetime.fromisoformat(each["earliest"]).tzinfo is not None
    assert all(set(each) >= LEG_KEYS for each in document["legs"])
    assert all(set(each) >= CLAIM_KEYS for each in document["claims"])
    assert all(set(each) == RIVAL_KEYS for each in document["rivals"])
    assert document["notes"] == ["a note"]
    assert document["headline"] == {"speed_kmh": 60.0}


def test_the_document_says_what_came_out(found):
    """Copies, figures, and null for what is not known."""
    document = check_document(found)
    north = next(each for each in document["reports"] if each["place"] == "North")
    assert [copy["source"] for copy in north["copies"]] == ["another"]
    assert north["earliest"] == "2023-09-10T09:30:00+09:00"
    rail, average = document["claims"]
    assert (rail["stated"], rail["unit"], rail["bound"]) == (90.0, "km", "at least")
    assert (rail["computed"], rail["verdict"]) == (67.0, "contradicted")
    assert (average["computed"], average["verdict"]) == (None, None)
    assert sum(each["posterior"] for each in document["rivals"]) == pytest.approx(1, abs=1e-3)
    assert [each["place"] for each in document["rivals"][0]["by_report"]] == [
        each["place"] for each in document["reports"]
    ]
    (first, *_) = document["legs"]
    assert first["moving_kmh"]["low"] <= first["moving_kmh"]["high"]


def test_what_is_infinite_is_null(found):
    """A rival that certain reports rule out has no finite evidence, and JSON no infinity."""
    ruled_out = replace(
        found,
        rivals=tuple(s._replace(log_evidence=IMPOSSIBLE, posterior=None) for s in found.rivals),
    )
    document = json.loads(dump(check_document(ruled_out)))
    assert {each["log_evidence"] for each in document["rivals"]} == {None}
    assert {each["posterior"] for each in document["rivals"]} == {None}


def test_the_table_shows_names_as_they_are_and_steers_no_terminal(found, capsys):
    """Verdicts, reasons, claims, rivals and notes; no markup that came with the data."""
    show(check_tables(found, ["a [b]note"]))
    text = capsys.readouterr().out
    for words in (
        "A [bold]small",
        "The [red]Paper and 1 more",
        "North: pass Sun 10 Sep 2023 09:30 to 11:00 (UTC+9)",
        "Rail distance West - Far: at least 90 km",
        "not computed",
        "How each report moved them",
        "a [b]note",
        *VERDICTS - {"strained"},
    ):
        assert words in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("headline", "than"),
    [(None, "later than the scenario as stated"), (Headline(60.0), "later than the headline")],
)
def test_a_gap_is_one_from_what_there_is(fork, capsys, headline, than):
    """Without a headline there is nothing but the scenario as it is stated."""
    late = (said("North", "pass", 8, 9),)
    scenario = make_scenario("West", "Far", headline=headline, sightings=late)
    show(check_tables(check(scenario, fork, draws=200)))
    assert than in " ".join(capsys.readouterr().out.split())


def test_where_no_report_moves_the_rivals_a_line_says_so(fork, capsys):
    """Both pass Junction at the same time; there is no table without a row."""
    scenario = make_scenario("West", "Far", sightings=(said("Junction", "pass", 0, 1, 0.9),))
    show(check_tables(check(scenario, fork, [make_scenario("West", "East")], draws=200)))
    text = capsys.readouterr().out
    assert "No report moved them by 1 %." in text
    assert "How each report moved them" not in text


def test_a_leg_from_the_stated_departure_says_so(fork, capsys):
    """In brackets, where else a publisher stands, and in JSON."""
    scenario = make_scenario("West", "Far", sightings=(said("Far", "arrive", 1, 3, 0.8),))
    found = check(scenario, fork, draws=200)
    show(check_tables(found))
    assert "West (as stated) to Far (a report):" in " ".join(capsys.readouterr().out.split())
    (leg,) = check_document(found)["legs"]
    assert leg["leaves"]["by"][0].startswith("as stated: depart")


CASE = """
name = "A case"
route = ["Khasan", "Vladivostok"]
depart = {earliest = 2023-09-12T06:00:00+10:00, latest = 2023-09-12T12:00:00+10:00}
speed = {default = "40..60"}
"""


@pytest.fixture
def case(tmp_path):
    """A small scenario without reports."""
    path = tmp_path / "case.toml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_the_command_checks_a_file_of_reports_and_says_what_was_left_out(case, tmp_path, capsys):
    """As JSON and as a table."""
    reports = tmp_path / "reports.csv"
    reports.write_text(
        "journey_id,seq,place,event,earliest_utc,latest_utc,local_wording,local_tz,source,"
        "confidence,note\n"
        "a,1,Baranovsky,pass,2023-09-12T01:00Z,2023-09-12T07:00Z,,,A paper,high,\n"
        "a,2,Atlantis,pass,2023-09-12T01:00Z,2023-09-12T07:00Z,,,A paper,low,\n",
        encoding="utf-8",
    )
    command = ["check", str(case), "--sightings", str(reports), "--draws", "2000"]
    assert run([*command, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["place"] for each in document["reports"]] == ["Baranovsky"]
    assert any("Atlantis" in note for note in document["notes"])
    assert run(command) == 0
    assert "Atlantis" in " ".join(capsys.readouterr().out.split())


def test_the_command_weighs_several_scenarios(case, capsys):
    """All alike likely at first; without a report they stay so."""
    assert run(["check", str(case), "vladivostok-2023", "--json", "--draws", "500"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["posterior"] for each in document["rivals"]] == [0.5, 0.5]
    assert document["reports"] == []
    assert "No report is stated" in document["notes"][0]


def test_a_rival_that_is_not_known_ends_the_command_with_one_line(case, capsys):
    """Exit status 2."""
    assert run(["check", str(case), "atlantis"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "atlantis" in told.err

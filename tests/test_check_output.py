"""What the check says to machines and to people, and of the bundled case."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import datetime

import pytest

import journey
from journey.as_json import dump
from journey.check_json import check_document
from journey.check_table import check_tables
from journey.cli.entry import run
from journey.reports import Claim
from journey.sightings.check import check
from journey.sightings.notes import notes_of
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


@pytest.fixture(scope="module")
def bundled(network):
    """The case that comes with the package."""
    return check(journey.load_scenario("vostochny-2023"), network)


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


def test_a_bundled_check_finds_the_contradictions_of_the_reports(bundled):
    """Late on Sunday night against the afternoon, 08:30 against 06:00, Monday at the border."""
    by = {(each.report.publisher, each.report.place): each for each in bundled.reports}
    night = by["Al Jazeera", "Pyongyang"]
    assert night.verdict in {"strained", "contradicted"}
    assert "KCNA: depart Sun 10 Sep 2023 12:00 to 18:00 (UTC+9); no moment in common" in night.why
    late = by["Kyunghyang Shinmun", "Khasan"]
    assert late.verdict == "contradicted"
    assert "KCNA: arrive Tue 12 Sep 2023 05:55 to 06:05 (UTC+10); no moment in common" in late.why
    assert late.report.right < 0.01
    assert by["Chosun Ilbo", "Friendship Bridge"].verdict == "contradicted"
    for kept in (("KCNA", "Khasan"), ("KCNA", "Pyongyang"), ("Yonhap", "Ussuriysk")):
        assert by[kept].verdict == "consistent"


def test_a_bundled_check_finds_the_contradictions_of_the_claims(bundled):
    """560 and 1,000 km by rail to the border, and 59 km/h without a halt against Tuesday."""
    claims = {
        (each.claim.what, each.claim.between[1], each.claim.value): each for each in bundled.claims
    }
    border = claims["rail distance", "Friendship Bridge", 560.0]
    assert border.verdict == "contradicted"
    assert "that is the distance as the crow flies" in border.why
    assert claims["rail distance", "Khasan", 1000.0].verdict == "contradicted"
    average = claims["average speed", "Khasan", 59.0]
    assert average.verdict == "contradicted"
    assert "it would have been at Khasan on Mon 11 Sep 2023" in average.why
    for what, end, value in (
        ("running time", "Vladivostok", 20.0),
        ("rail distance", "Vladivostok", 1180.0),
        ("straight distance", "Vostochny", 1000.0),
    ):
        assert claims[what, end, value].verdict == "consistent"


def test_a_bundled_check_says_how_standing_and_slowness_share_the_time_to_khasan(bundled):
    """35 h or more for 858 km: at 59 km/h some 20 hours of it standing."""
    leg = bundled.legs[0]
    assert (leg.start.point.station.name, leg.end.point.station.name) == ("Pyongyang", "Khasan")
    moving_h, (least_h, most_h) = leg.at_speed(59.0)
    assert moving_h == pytest.approx(14.54, abs=0.01)
    assert 18 < least_h < most_h < 28
    slow, central, fast = leg.posterior.speed_kmh
    least, stood, most = leg.posterior.standing_h
    # In the mean, moving and standing make up the time there was.
    assert 857.9 / central + stood == pytest.approx(sum(leg.hours) / 2, rel=0.1)
    assert (slow < central < fast, least < stood < most) == (True, True)


def test_a_bundled_check_weighs_the_destinations_and_ussuriysk_decides(bundled):
    """Seen north of it, towards Khabarovsk: Vladivostok is out, the other two are not."""
    standing = {each.destination: each for each in bundled.rivals}
    assert [each.prior for each in bundled.rivals] == pytest.approx([0.6, 0.3, 0.1])
    vladivostok = standing["Vladivostok"]
    before, after = (
        next(m for m in vladivostok.by_report if str(m.sighting.at) == place)
        for place in ("Khasan", "Ussuriysk")
    )
    assert before.posterior > 0.2
    assert after.posterior < 0.05
    assert vladivostok.posterior < 0.01
    assert standing["Komsomolsk-na-Amure"].posterior > 0.05
    assert math.fsum(each.posterior for each in bundled.rivals) == pytest.approx(1.0)
    assert not [note for note in notes_of(bundled) if "effective" in note]


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

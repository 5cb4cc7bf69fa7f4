"""What the check says of the bundled case."""

from __future__ import annotations

import math

import pytest

import journey
from journey.sightings.check import check
from journey.sightings.notes import notes_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def bundled(network):
    """The case that comes with the package."""
    return check(journey.load_scenario("vostochny-2023"), network)


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
    running = claims["running time", "Khasan", 14.0]
    assert running.verdict == "contradicted"
    assert "at 59 km/h without a halt it would take 14.5 h, as said; by the reports" in running.why
    for what, end, value in (
        ("running time", "Vladivostok", 20.0),
        ("running time", "Ussuriysk", 7.0),
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

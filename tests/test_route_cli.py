"""The options of ``journey route``."""

from __future__ import annotations

import json

import pytest

from journey.cli import run


@pytest.fixture
def told(capsys):
    """Run a command and give its exit status, what it says on stdout, and on stderr."""

    def tell(*words):
        status = run(words)
        return status, *capsys.readouterr()

    return tell


def test_other_ways_follow_the_first_only_if_asked_for(told):
    """The first is the document as it is without; each of the others is one itself."""
    status, plain, _ = told("route", "Chongjin", "Tumangang", "--json")
    assert status == 0
    _, out, err = told("route", "Chongjin", "Tumangang", "--json", "--alternatives", "2")
    document = json.loads(out)
    others = document.pop("alternatives")
    assert document == json.loads(plain)
    assert [other["length_km"] for other in others] == [295.1]
    assert others[0]["schema"] == "journey.route/1"
    assert err == ""
    _, out, err = told("route", "Chongjin", "Tumangang", "--alternatives", "2")
    assert "132.2" in out
    assert "295.1" in out
    assert err == "other ways: 1; any more would be much like those shown\n"


def test_a_route_keeps_off_what_is_to_be_avoided(told):
    """The flag may be repeated; places before and after it are places."""
    for words in (
        ("Chongjin", "Tumangang", "--avoid", "Rajin", "--avoid", "RU"),
        ("--avoid", "Rajin", "Chongjin", "Tumangang"),
    ):
        status, out, _ = told("route", *words)
        assert (status, "295.1" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "speed_kmh"), [((), 100), (("--max-speed", "80"), 80), (("--train", "armoured"), 80)]
)
def test_a_route_may_be_the_soonest_of_a_train(told, words, speed_kmh):
    """By a figure, or by the name of a train; at its speed where limits are not known."""
    status, out, _ = told("route", "Khasan", "Ussuriysk", "--by", "time", "--json", *words)
    document = json.loads(out)
    assert status == 0
    assert document["running_time_s"] == round(document["length_km"] / speed_kmh * 3600)
    assert document["max_speed_kmh"] == pytest.approx(speed_kmh)
    assert document["limits_unknown_km"] == document["length_km"]


def test_the_running_time_is_told_in_words(told):
    """Only where it was asked for, with what it leaves out."""
    _, out, _ = told("route", "Khasan", "Ussuriysk", "--by", "time")
    for words in (
        "at steady speed, at most 100 km/h",
        "acceleration, braking, reversals and halts come on top",
        "Of 260.0 km no limit is known",
    ):
        assert words in " ".join(out.split())
    _, out, _ = told("route", "Khasan", "Ussuriysk")
    assert "steady" not in out


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("--avoid", "KP"), 3, "without KP; avoid less"),
        (("--gauge", "1520"), 3, "on a gauge of 1520 mm; allow another gauge"),
        (("--gauge", "1000"), 2, "no section has it; expected 1435 or 1520"),
        (("--avoid", "Nowhere"), 2, "avoid: 'Nowhere' is no station"),
        (("--max-speed", "80"), 2, "a speed counts for time only; add --by time"),
        (("--by", "time", "--max-speed", "900"), 2, "expected 1 to 600 km/h"),
        (("--by", "time", "--max-speed", "80", "--train", "diesel"), 2, "expected one of them"),
        (("--alternatives", "-1"), 2, "--alternatives: -1: expected 0 or more"),
        (("Khasan", "--alternatives", "1"), 2, "--alternatives: 3 places: expected two"),
    ],
)
def test_what_cannot_be_is_one_line(told, words, status, message):
    """With the remedy."""
    found, out, err = told("route", "Chongjin", "Tumangang", *words)
    assert (found, out) == (status, "")
    assert message in err
    assert err.count("\n") == 1

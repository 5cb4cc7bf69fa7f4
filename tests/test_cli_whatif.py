"""``journey whatif`` as a user meets it."""

from __future__ import annotations

import io
import json
import sys

import pandas as pd
import pytest

from journey.cases.study import Study
from journey.cases_table import change_in_words
from journey.cli import run
from journey.progress import progress_bar

QUICK = ("whatif", "vladivostok-2023", "--draws", "50")


def told(capsys, *options):
    """What the command says on stdout, all spaces alike."""
    assert run([*QUICK, *options]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return " ".join(said.out.split())


def test_the_table_has_a_line_for_each_case(capsys):
    """Axes, last place, clock, window, and the change: 1183.9 km at 40 instead of 59 km/h."""
    table = told(capsys, "--speed", "40,59", "--stop", "Khasan=0,1:00")
    assert "Case speed_kmh stop Khasan At Clock Earliest Central Latest Change" in table
    assert "0 as stated as stated Vladivostok, arrive UTC+10 Mon 11 Sep" in table
    assert "1 40 0 Vladivostok, arrive" in table
    assert "+9 h 32 min 2 40 1:00" in table
    assert "+10 h 32 min 3 59 0" in table
    assert "0 min 4 59 1:00" in table
    assert "Earliest to latest holds every journey the scenario allows." in table
    assert "against case 0 at the same place." in table
    assert "Case 0 is the headline: at 59 km/h and with no halt." in table


def test_the_document_is_that_of_the_contract(capsys):
    """With the schema, and every option heeded."""
    assert run([*QUICK, "--speed", "KP=40", "--place", "Хасан", "--seed", "3", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "journey.whatif/1"
    assert document["basis"] == "headline"
    assert (document["draws"], document["seed"], document["level"]) == (50, 3, 1.0)
    assert document["axes"] == {"speed KP": ["40"]}
    (station,) = document["cases"][1]["stations"]
    assert station["id"] == "khasan"
    # 852.9 km of the DPRK at 40 instead of 59 km/h.
    assert station["change_central_s"] == pytest.approx(852.9 * 3600 * (1 / 40 - 1 / 59), abs=400)


def test_scenarios_can_be_compared(capsys):
    """Named instead of varied; each in a line of its own."""
    assert run(["whatif", "vladivostok-2023", "vostochny-2023", "--draws", "50"]) == 0
    table = " ".join(capsys.readouterr().out.split())
    assert "0 Pyongyang to Vladivostok, September 2023 Vladivostok, arrive" in table
    assert "1 Pyongyang to Vostochny, September 2023 Vostochny Cosmodrome, arrive" in table


def test_departures_and_routes_are_heeded(capsys):
    """A route may be given several times."""
    routes = ("Pyongyang, Khasan", "Pyongyang, Khasan, Ussuriysk")
    options = [option for route in routes for option in ("--route", route)]
    depart = "2023-09-10T12:00+09:00..2023-09-10T18:00+09:00/3:00"
    assert run([*QUICK, *options, "--depart", depart, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["axes"]["route"] == list(routes)
    assert [text[11:16] for text in document["axes"]["depart"]] == ["12:00", "15:00", "18:00"]
    assert len(document["cases"]) == 7


def test_a_long_table_is_cut_and_says_where_all_is(capsys, tmp_path):
    """The file has every case, and says so unless it is to be quiet."""
    options = ["--speed", "40..70/0.5", "-o", str(tmp_path / "grid.csv")]
    table = told(capsys, *options, "--quiet")
    assert "60 of 62 cases shown; -o FILE.csv or FILE.parquet has all." in table
    assert "69 Vladivostok" in table
    assert "69.5 Vladivostok" not in table
    assert len(set(pd.read_csv(tmp_path / "grid.csv").case)) == 62
    assert run([*QUICK, *options]) == 0
    assert capsys.readouterr().err == f"62 cases are in {tmp_path / 'grid.csv'}\n"


def test_many_cases_are_computed_only_if_one_says_so(capsys, monkeypatch):
    """The number is told first."""
    assert run([*QUICK, "--speed", "40..80/0.1", "--stop", "Khasan=0..5:00/1:00"]) == 2
    assert capsys.readouterr().err == "journey: 2,406 cases; --yes computes more than 1,000\n"
    monkeypatch.setattr("journey.cli.whatif.MANY_CASES", 1)
    assert run([*QUICK, "--speed", "40,50", "--yes"]) == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], "nothing to compare: expected speed, depart, stop or route with values, such as"),
        (["--speed", "40", "--speed", "50"], "--speed: given twice; separate alternatives"),
        (["--speed", "KP=40", "--speed", "KP=50"], "--speed: given twice for 'KP'; separate"),
        (["--stop", "6:00"], "--stop '6:00': expected PLACE=VALUES"),
        (["--stop", "Khasan=0", "--stop", "Khasan = 6:00"], "--stop: given twice for 'Khasan'"),
        (["--stop", "Hasan=6:00"], "did you mean"),
        (["--stop", "=6:00"], "expected a place before the values"),
        (["--speed", "40..30/5"], "with LOW at most HIGH"),
        (["--depart", "noon"], "depart: time 'noon': expected ISO 8601"),
        (["--speed", "40", "-o", "grid.xlsx"], "expected a name that ends in .csv or .parquet"),
        (["--speed", "40", "-o", "/dev/null/grid.csv"], "choose another place"),
        (["--speed", "40", "--level", "2"], "level 2: expected a share"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(capsys, options, expected):
    """On stderr; nothing on stdout."""
    assert run([*QUICK, *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("journey: ")
    assert expected in said.err


def test_a_route_that_is_none_is_status_3(capsys, monkeypatch, fork, tmp_path):
    """As for every command; the case is named."""
    monkeypatch.setattr("journey.network.load_network", lambda _: fork)
    path = tmp_path / "test.toml"
    moment = "2023-09-10T12:00:00Z"
    path.write_text(
        f'name = "A"\nroute = ["West", "East"]\nspeed.default = 59\n'
        f"depart = {{earliest = {moment}, latest = {moment}}}\n",
        encoding="utf-8",
    )
    assert run(["whatif", str(path), "--route", "East, Island"]) == 3
    message = f"case 1 (route East, Island): {path}: route: no track connects East and Island"
    assert message in capsys.readouterr().err


def test_an_interrupt_without_a_file_is_one_line(capsys, monkeypatch):
    """Status 130."""

    def interrupt(_study: object, _case: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Study, "outcome", interrupt)
    assert run([*QUICK, "--speed", "40"]) == 130
    assert capsys.readouterr().err == "journey: interrupted; nothing was written\n"


class Terminal(io.StringIO):
    """A terminal that remembers what it was sent."""

    def isatty(self):
        """Be one."""
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys):
    """How many of how many, on stderr; nothing where it is to be quiet, or in a pipe."""
    with progress_bar("Cases", quiet=False) as progress:
        assert progress is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar("Cases", quiet=True) as progress:
        assert progress is None
    with progress_bar("Cases", quiet=False) as progress:
        progress(3, 120)
    assert "Cases" in sys.stderr.getvalue()
    assert "3/120" in sys.stderr.getvalue()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("change_s", "expected"),
    [
        (12_000, "+3 h 20 min"),
        (-1500, "-25 min"),
        (0.0, "0 min"),
        (29, "0 min"),
        (-29, "0 min"),
        (None, ""),
    ],
)
def test_changes_are_said_with_their_sign(change_s, expected):
    """To the minute."""
    assert change_in_words(change_s) == expected

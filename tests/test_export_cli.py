"""``journey export`` as a user meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from journey.cli import run
from journey.export import FORMATS

SCENARIO = """
name  = "Khasan to Ussuriysk"
route = ["Khasan", "Ussuriysk"]

[depart]
earliest = 2023-09-12T06:00:00+10:00
latest   = 2023-09-12T08:00:00+10:00

[speed]
default = "30..60"

[headline]
speed = 59
"""
REPORTS = """place,event,earliest_utc,latest_utc,confidence,source
Ussuriysk,arrive,2023-09-12T02:00Z,2023-09-12T03:00Z,high,Press
Nowhere at all,pass,2023-09-12T02:00Z,2023-09-12T03:00Z,high,Press
"""


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """What the command says in a folder with a scenario: exit status, stdout, stderr."""
    (tmp_path / "short.toml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def tell(*arguments):
        status = run(("export", "short.toml", "--draws", "300", *arguments))
        return (status, *capsys.readouterr())

    return tell


@pytest.mark.parametrize("name", FORMATS)
def test_without_a_file_it_goes_into_the_folder_of_output(told, name):
    """NAME.ENDING, whose path is printed, alone on stdout."""
    status, out, err = told("--to", name)
    assert (status, out) == (0, str(Path("output", f"short.{name}")) + "\n")
    assert "Khasan to Ussuriysk: export written to" in err
    assert Path(out.strip()).stat().st_size > 1000


def test_the_file_says_the_format_unless_it_is_named(told):
    """And with --quiet nothing is said but the path."""
    assert told("-o", "new/a.csv", "--quiet") == (0, "new/a.csv\n", "")
    assert Path("new/a.csv").read_text(encoding="utf-8").startswith("basis,level,station")
    assert told("-o", "b.csv", "--to", "geojson", "--quiet") == (0, "b.csv\n", "")
    assert json.loads(Path("b.csv").read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_how_journeys_are_drawn_can_be_said(told):
    """Draws, seed, level, and reports from a file, of which rows may not be placed."""
    Path("reports.csv").write_text(REPORTS, encoding="utf-8")
    status, _, err = told("-o", "a.csv", "--seed", "5", "--level", "0.5")
    assert (status, "row" in err) == (0, False)
    with Path("a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["draws"], row["seed"], row["level"]) for row in rows} == {("300", "5", "0.5")}
    assert {row["basis"] for row in rows} == {"headline", "as stated"}
    status, _, err = told("-o", "a.geojson", "--sightings", "reports.csv")
    assert (status, "Nowhere at all" in err) == (0, True)
    document = json.loads(Path("a.geojson").read_text(encoding="utf-8"))
    assert [each["basis"] for each in document["about"]["views"]] == ["headline", "as reported"]
    reports = [e for e in document["features"] if e["properties"]["kind"] == "report"]
    assert [each["properties"]["publisher"] for each in reports] == ["Press"]
    assert "could not be placed" in document["about"]["warnings"][-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "shp"), "--to 'shp': expected one of "),
        (("-o", "a.shp"), "a.shp: its ending says no format: expected one of "),
        ((), "--to: missing; expected one of "),
    ],
)
def test_a_format_that_is_unknown_is_told_in_one_line(told, arguments, said):
    """With the six that there are."""
    status, out, err = told(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said + "geojson, csv, parquet, kml, gpx, mfjson" in err


def test_a_place_that_cannot_be_written_is_told_in_one_line(told):
    """A file where a folder should be."""
    status, out, err = told("-o", "short.toml/a.kml")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "short.toml" in err


def test_without_pyarrow_nothing_is_simulated(told, monkeypatch):
    """One line names the remedy."""
    monkeypatch.setattr("journey.export.parquet.is_there", lambda _name: False)
    monkeypatch.setattr("journey.views.views_of", None)
    status, out, err = told("--to", "parquet")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "pip install 'journey[parquet]'" in err

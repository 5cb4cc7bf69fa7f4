"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from journey.cli import run
from journey.ensemble.windows import MOMENTS


def journey(*arguments, **environment):
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "journey", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def told(capsys):
    """What a command prints, run in this process: it starts at once."""

    def tell(*arguments):
        assert run(arguments) == 0
        return capsys.readouterr().out

    return tell


@pytest.fixture(scope="module")
def windows():
    """What ``journey windows --json`` says of the bundled scenario."""
    return json.loads(journey("windows", "--json").stdout)


def rows_of(windows, basis):
    """The rows of one view."""
    return [row for row in windows["stations"] if row["basis"] == basis]


def test_help_names_every_command():
    """And exits with 0."""
    told = journey("--help")
    assert told.returncode == 0
    for command in ("map", "windows", "route", "runtime", "whatif"):
        assert command in told.stdout


def test_help_and_version_load_nothing_heavy():
    """The answer must come at once: no numpy, pandas, geopandas, folium, pydantic or scipy."""
    code = (
        "import sys; from journey.cli import run; run(['--help']); "
        "heavy = {'numpy', 'pandas', 'geopandas', 'folium', 'pydantic', 'scipy'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "[]"


def test_windows_follow_the_published_format(windows):
    """Every key of the contract, and one window for every event."""
    assert windows["schema"] == "journey.windows/1"
    assert list(windows) == [
        "schema",
        "scenario",
        "draws",
        "seed",
        "level",
        "running",
        "speed_is",
        "effective_draws",
        "log_evidence",
        "pareto_k",
        "enough",
        "assumptions",
        "views",
        "stations",
        "reports",
        "left_out",
    ]
    headline, reported = windows["views"]
    assert headline["effective_draws"] == windows["draws"] == 10_000
    assert (headline["log_evidence"], windows["seed"], headline["level"]) == (0.0, 0, 1.0)
    assert windows["effective_draws"] == reported["effective_draws"] > 0
    assert windows["log_evidence"] == reported["log_evidence"] < 0
    assert windows["level"] == 0.9
    khasan = next(s for s in windows["stations"] if s["name"] == "Khasan")
    assert (khasan["lat"], khasan["lon"]) == pytest.approx((42.43, 130.65), abs=0.01)
    assert khasan["name_local"] == "Хасан"
    for station in windows["stations"]:
        assert set(station) == {
            *("id", "name", "name_local", "country", "km", "lat", "lon", "event"),
            *("earliest", "central", "latest", "timezone", "basis", "level"),
            *("standard_error_s", "rounded_to_s"),
        }
    for basis in ("headline", "as reported"):
        rows = rows_of(windows, basis)
        assert (rows[0]["event"], rows[-1]["event"]) == ("depart", "arrive")
    assert windows["stations"] == rows_of(windows, "headline") + rows_of(windows, "as reported")


def test_windows_at_59_kmh_are_what_a_pocket_calculator_gives(windows):
    """Khasan lies 857.9 km from Pyongyang: 14 h 32 min after any departure.

    The median is that of 10,000 draws.
    """
    (khasan,) = (s for s in rows_of(windows, "headline") if s["name"] == "Khasan")
    running = timedelta(hours=khasan["km"] / 59)
    assert khasan["km"] == pytest.approx(857.9)
    for bound, departure in (("earliest", "12:00"), ("central", "15:00"), ("latest", "18:00")):
        left = datetime.fromisoformat(f"2023-09-10T{departure}:00+09:00")
        arrived = datetime.fromisoformat(khasan[bound])
        assert abs(arrived - left - running) <= timedelta(seconds=2 if bound != "central" else 15)
        assert arrived.utcoffset() == timedelta(hours=10)


def test_windows_are_in_order(windows):
    """Earliest, central, latest at each station, and along the route, in either view."""
    for basis in ("headline", "as reported"):
        moments = [
            [datetime.fromisoformat(row[bound]) for bound in ("earliest", "central", "latest")]
            for row in rows_of(windows, basis)
        ]
        assert all(row == sorted(row) for row in moments)
        assert [row[1] for row in moments] == sorted(row[1] for row in moments)


def test_the_reports_make_it_later(windows):
    """At 59 km/h Khasan would be on Monday; with the reports taken in it is on Tuesday."""
    days = {
        basis: {row["central"][:10] for row in rows_of(windows, basis) if row["id"] == "khasan"}
        for basis in ("headline", "as reported")
    }
    assert days == {"headline": {"2023-09-11"}, "as reported": {"2023-09-12"}}


def test_windows_as_a_table_name_both_clocks(told):
    """Three lines for each event, local time beside UTC, the local script below the name."""
    table = told("windows", "vladivostok-2023", "--level", "0.9")
    lines = [" ".join(line.split()) for line in table.splitlines()]
    first = next(n for n, line in enumerate(lines) if line.startswith("857.9 Khasan earliest"))
    times = [line.partition(word)[2] for line, word in zip(lines[first:], MOMENTS, strict=False)]
    assert [each.strip()[:29] for each in times] == [
        "Mon 11 Sep 03:50 10 Sep 17:50",
        "Mon 11 Sep 06:32 10 Sep 20:32",
        "Mon 11 Sep 09:14 10 Sep 23:14",
    ]
    assert lines[first + 1].startswith("Хасан, arrive central")
    assert lines[first + 2].startswith("UTC+10 latest")
    assert "90 % of the drawn journeys" in table
    assert "2023-09-10 to 2023-09-12" in table
    words = " ".join(table.split())
    assert "Reports contradict the headline: " in words
    assert "Khasan 20 to 32 h later" in words
    assert "effective draws" in words
    assert "\x1b" not in table


def test_a_route_as_json_follows_the_published_format(told):
    """Lengths, sections, breaks of gauge, reversals, stations."""
    route = json.loads(told("route", "Pyongyang", "Khasan", "Vladivostok", "--json"))
    assert route["schema"] == "journey.route/1"
    assert route["places"] == ["Pyongyang", "Khasan", "Vladivostok"]
    assert route["length_km"] == pytest.approx(1183.9, abs=0.3)
    assert sum(s["km"] for s in route["sections"]) == pytest.approx(route["length_km"], abs=0.01)
    assert sum(s["geodesic_km"] for s in route["sections"]) == pytest.approx(
        route["geodesic_km"], abs=0.05
    )
    assert [change["station"] for change in route["gauge_breaks"]] == ["Khasan"]
    for section in route["sections"]:
        assert {"from", "to", "line", "km", "geodesic_km", "gauge_mm", "tracks"} <= set(section)
    for station in route["stations"]:
        assert {"name", "km", "lat", "lon", "timezone"} == set(station)


def test_a_route_as_a_table_says_what_happens_on_the_way(told):
    """Break of gauge and change of clock stand below the sections."""
    table = told("route", "Pyongyang", "Khasan")
    assert "Asia/Pyongyang to Asia/Vladivostok" in table
    assert "857.9" in table


def test_map_writes_one_file_and_prints_its_path(tmp_path, monkeypatch, capsys):
    """By default below output/, in the folder one is in; the message goes to stderr."""
    monkeypatch.chdir(tmp_path)
    assert run(["map", "vladivostok-2023"]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == os.path.join("output", "vladivostok-2023.html")  # noqa: PTH118
    assert "map written" in told.err
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["vladivostok-2023.html"]


@pytest.mark.parametrize(
    ("arguments", "status", "expected"),
    [
        (["windows", "vostochni-2023"], 2, "did you mean vostochny-2023"),
        (["windows", "none.toml"], 2, "none.toml: No such file"),
        (["windows", "--levle", "1"], 2, "--levle"),
        (["windows", "--level", "90"], 2, "expected a share"),
        (["windows", "--draws", "many"], 2, "many"),
        (["windows", "--draws", "0"], 2, "expected 1 to 1,000,000,000"),
        (["route", "Pyongyang", "Hasan"], 2, "Khasan"),
        (["route", "Pyongyang"], 2, "expected two places"),
        (["route"], 2, "expected two places or more"),
        (["route", "Pyongyang", ""], 2, "expected the name of a station"),
        (["map", "-o", ""], 2, "not a regular file"),
        (["windows", "--draws", "99999999999999"], 2, "expected 1 to 1,000,000,000"),
        (["map", "-o", "/dev/null/map.html"], 2, "choose another place"),
        (["fly"], 2, "fly"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(capsys, arguments, status, expected):
    """On stderr; nothing on stdout."""
    assert run(arguments) == status
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("journey: ")
    assert expected in told.err


def test_no_route_is_status_3(monkeypatch, capsys, fork):
    """One line that names the two places."""
    monkeypatch.setattr("journey.network.load_network", lambda _: fork)
    assert run(["route", "East", "Island"]) == 3
    assert "no track connects East and Island" in capsys.readouterr().err


PLACES = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {
        "TZ": "America/New_York",
        "LC_ALL": "de_DE.UTF-8",
        "PYTHONHASHSEED": "1",
        "OMP_NUM_THREADS": "1",
    },
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "cp1252"},
)
BOTH = """
import contextlib
from journey.cli import main
with contextlib.suppress(SystemExit):
    main(["map", "-o", "map.html"])
main(["windows", "few.toml", "--json"])
"""
FEW = """
based_on = "vostochny-2023"
name = "One report"
route = ["Pyongyang", "Khasan"]
stop = []
[[sighting]]
at = "Tumangang"
event = "arrive"
earliest = 2023-09-11T18:00:00+09:00
latest = 2023-09-12T06:00:00+09:00
trust = 0.9
"""


@pytest.mark.long
def test_the_same_input_gives_the_same_bytes_anywhere(tmp_path):
    """Whatever the time zone, locale, hash seed and number of threads: maps and windows."""

    def result(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "few.toml").write_text(FEW, encoding="utf-8")
        told = subprocess.run(
            [sys.executable, "-c", BOTH],
            capture_output=True,
            check=False,
            cwd=folder,
            env={**os.environ, **PLACES[number]},
        )
        assert told.returncode == 0, told.stderr
        return (folder / "map.html").read_bytes(), told.stdout

    with ThreadPoolExecutor() as pool:
        maps, windows = zip(*pool.map(result, range(len(PLACES))), strict=True)
    assert len(set(maps)) == 1
    assert len(set(windows)) == 1


def test_seed_draws_and_level_are_heeded(tmp_path, told):
    """A range drawn with another seed has other quantiles; a lower level a narrower window."""
    path = tmp_path / "test.toml"
    path.write_text(
        'name = "A"\nroute = ["Pyongyang", "Khasan"]\n[speed]\ndefault = 59\nKP = "25..40..55"\n'
        "[depart]\nearliest = 2023-09-10T12:00:00+09:00\nlatest = 2023-09-10T18:00:00+09:00\n",
        encoding="utf-8",
    )

    def last(*options):
        windows = json.loads(told("windows", str(path), "--json", *options))
        assert [view["basis"] for view in windows["views"]] == ["as stated"]
        return windows["draws"], windows["stations"][-1]

    assert last("--draws", "50")[0] == 50
    assert last("--draws", "50", "--seed", "1")[1] != last("--draws", "50", "--seed", "2")[1]
    assert last("--level", "0.5")[1]["earliest"] > last("--level", "0.9")[1]["earliest"]


CSV = """place,event,earliest_utc,latest_utc,confidence,source
Pyongyang,depart,2023-09-10T03:00Z,2023-09-10T09:00Z,high,KCNA
"Khasan, yard",arrive,2023-09-11T01:00Z,2023-09-11T02:00Z,high,KCNA
Near the border,pass,2023-09-10T21:30Z,2023-09-11T11:00Z,low,NPR
"""


@pytest.mark.long
def test_reports_of_a_file_take_the_place_of_the_own_ones(tmp_path, capsys):
    """In windows, whereabouts and map; what nothing places is told and left out."""
    path, page = tmp_path / "reports.csv", tmp_path / "map.html"
    path.write_text(CSV, encoding="utf-8")
    options = ["--sightings", str(path), "--draws", "2000"]
    assert run(["windows", "--json", *options]) == 0
    said = capsys.readouterr()
    assert said.err.startswith(f"{path}: row 4: place 'Near the border' is no station")
    document = json.loads(said.out)
    reported = rows_of(document, "as reported")
    khasan = next(row for row in reported if row["id"] == "khasan")
    assert khasan["central"].startswith("2023-09-11T1")
    assert [each["place"] for each in document["reports"]] == ["Pyongyang", "Khasan"] * 2
    (line,) = document["left_out"]
    assert line.startswith("row 4: place 'Near the border' is no station")
    assert [each["place"] for each in document["views"][-1]["reports"]] == ["Pyongyang", "Khasan"]
    assert run(["where", "--at", "2023-09-11T02:00Z", "--json", *options]) == 0
    where = json.loads(capsys.readouterr().out)
    assert where["central"]["km"] == pytest.approx(860, abs=50)
    assert where["left_out"] == [line]
    for command in (["windows"], ["where", "--at", "2023-09-11T02:00Z"]):
        assert run([*command, *options]) == 0
        words = " ".join(capsys.readouterr().out.split())
        assert "One row of the file of reports could not be placed" in words
    assert run(["map", "-o", str(page), "--quiet", *options]) == 0
    shown = page.read_text(encoding="utf-8")
    assert "KCNA" in shown
    assert "One row of the file of reports could not be placed" in shown


def test_a_file_of_reports_that_is_none_is_one_line(tmp_path, capsys):
    """With its name."""
    missing = tmp_path / "none.csv"
    assert run(["windows", "--sightings", str(missing)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "none.csv" in told


@pytest.mark.long
def test_all_lists_every_station(told):
    """And without it only principal ones."""
    every, principal = (
        told("windows", "vladivostok-2023", *options) for options in (["--all"], [])
    )
    assert "Saedong" in every
    assert "Saedong" not in principal


def test_map_heeds_its_options(tmp_path, capsys):
    """Level, online tiles, and silence."""
    path = tmp_path / "map.html"
    arguments = ["map", "vladivostok-2023", "-o", str(path), "--quiet"]
    assert run([*arguments, "--level", "0.9", "--online-tiles"]) == 0
    text = path.read_text(encoding="utf-8")
    assert "90 % of the drawn journeys" in text
    assert "tile.openstreetmap.org" in text
    assert capsys.readouterr().err == ""


def test_what_steers_a_terminal_is_not_printed(tmp_path, capsys):
    """Escape, bell and direction overrides in names and keys are replaced."""
    evil = "\\u001b[31m\\u0007\\u202e"
    depart = "earliest = 2023-09-10T12:00:00+09:00\nlatest = 2023-09-10T12:00:00+09:00\n"
    path = tmp_path / "evil.toml"
    path.write_text(
        f'name = "A{evil}"\nroute = ["Khasan", "Ussuriysk"]\n[depart]\n{depart}'
        "[speed]\ndefault = 59\n",
        encoding="utf-8",
    )
    statuses = [run(["windows", str(path)])]
    shown = capsys.readouterr().out
    statuses.append(run(["map", str(path), "-o", str(tmp_path / "map.html")]))
    drawn = capsys.readouterr().err
    path.write_text(f'"k{evil}" = 1\n', encoding="utf-8")
    statuses.append(run(["windows", str(path)]))
    refused = capsys.readouterr().err
    assert statuses == [0, 0, 2]
    for text in (shown, drawn, refused):
        assert text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.long
def test_a_full_disk_behind_stdout_is_one_line():
    """Status 2, no traceback."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        told = subprocess.run(
            [sys.executable, "-m", "journey", "windows", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert told.returncode == 2
    assert told.stderr == "journey: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("options", [["--json"], ["--all"]])
def test_a_reader_that_stops_reading_is_no_error(tmp_path, options):
    """``journey windows | head -1`` ends quietly."""
    path = tmp_path / "long.toml"
    path.write_text(
        'name = "A"\nroute = ["Pyongyang", "Vostochny"]\nspeed.default = 59\n'
        "[depart]\nearliest = 2023-09-10T12:00:00+09:00\nlatest = 2023-09-10T18:00:00+09:00\n",
        encoding="utf-8",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "journey", "windows", str(path), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""

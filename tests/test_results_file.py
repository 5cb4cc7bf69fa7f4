"""Results in a file: nothing that was computed is lost, and nothing else is touched."""

from __future__ import annotations

import csv
import io
import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from time import monotonic, sleep

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import journey
from journey.cases import run_study
from journey.cases.axes import axes_of
from journey.cases.grid import Grid
from journey.cases.keeping import kept
from journey.cases.long_table import cells_of, frame, line_of
from journey.cases.study import Study
from journey.cli import run
from journey.errors import InputError, OutputError
from tests.conftest import make_scenario

SPEEDS = (40, 45, 50, 55)
FILES = ("grid.csv", "grid.parquet")


@pytest.fixture(scope="module")
def study(fork):
    """Five cases of two rows each."""
    grid = Grid.of(make_scenario("west", "north", "far", name="=1+1"), axes_of(SPEEDS))
    return Study(grid, fork, (), 100, 0, 0.9)


@pytest.fixture(scope="module")
def whole(study, tmp_path_factory):
    """The file of results as it is without any interrupt."""
    path = tmp_path_factory.mktemp("whole") / "grid.csv"
    run_study(study, path)
    return path.read_bytes()


def interrupted(done, _total):
    """Progress that is interrupted after three cases."""
    if done == 3:
        raise KeyboardInterrupt


def interrupted_at_once(_done, _total):
    """Progress that is interrupted before the first case."""
    raise KeyboardInterrupt


def computed(study, monkeypatch):
    """Numbers of the cases that are computed from now on."""
    cases = []
    draw = type(study).ensemble
    monkeypatch.setattr(
        type(study), "ensemble", lambda self, case: cases.append(case) or draw(self, case)
    )
    return cases


def test_a_file_has_the_table(study, whole):
    """As any reader of CSV finds it; a name that a spreadsheet would run is harmless."""
    there = pd.read_csv(io.BytesIO(whole), dtype={"speed_kmh": str})
    expected = frame(study, run_study(study))
    assert set(there.scenario) == {"'=1+1"}
    columns = [name for name in expected.columns if name != "scenario"]
    pd.testing.assert_frame_equal(there[columns], expected[columns], check_dtype=False)


@pytest.mark.parametrize("name", FILES)
def test_an_interrupted_run_goes_on(study, tmp_path, monkeypatch, name):
    """What is done is said and not done again; the file is as without an interrupt."""
    path = tmp_path / name
    with pytest.raises(KeyboardInterrupt, match=rf"3 of 5 cases are done and kept in .*{name}"):
        run_study(study, path, progress=interrupted)
    assert not path.with_suffix(".parquet").exists()
    cases = computed(study, monkeypatch)
    outcomes = run_study(study, path)
    assert [case for case in cases if case != 0] == [3, 4]
    assert outcomes == run_study(study)
    assert [each.name for each in tmp_path.iterdir()] == [name]
    uninterrupted = tmp_path / "again" / name
    run_study(study, uninterrupted)
    assert path.read_bytes() == uninterrupted.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_what_is_all_there_is_not_computed_again(study, tmp_path, monkeypatch, name):
    """Nor is the file touched."""
    path = tmp_path / name
    first = run_study(study, path)
    os.utime(path, (0, 0))
    cases = computed(study, monkeypatch)
    assert run_study(study, path) == first
    assert cases == []
    assert path.stat().st_mtime == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_wherever_a_file_was_cut_off_it_comes_out_whole(study, whole, tmp_path, data):
    """Also in the header, in a letter of several bytes, or with what a crash leaves behind."""
    length = data.draw(st.integers(0, len(whole) - 1))
    behind = data.draw(st.sampled_from([b"", b"\0" * 7]) if length else st.just(b""))
    path = tmp_path / "grid.csv"
    path.write_bytes(whole[:length] + behind)
    if behind and whole[:length].count(b"\n") == 0:
        return
    run_study(study, path)
    assert path.read_bytes() == whole


def test_cases_are_in_order_in_whatever_order_they_came(study, whole, tmp_path):
    """Also if the run was interrupted in between."""
    path = tmp_path / "grid.csv"
    for cases in ([3, 1], [4, 0, 2]):
        with kept(path, study) as place:
            for case in cases:
                place.add(study.outcome(case))
            if len(place.outcomes) == 5:
                place.finish()
    assert path.read_bytes() == whole


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "content",
    [
        b"my notes\n",
        b"grid,case,scenario\n",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PAR1 no such table PAR1",
    ],
)
def test_a_file_of_something_else_is_left_as_it_is(study, tmp_path, name, content):
    """One line with the remedy."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(OutputError, match=r"holds something else than this grid.*-o FILE"):
        run_study(study, path)
    assert path.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("other", [{"seed": 1}, {"level": 0.5}, {"places": ("far",)}])
def test_a_file_of_another_grid_is_left_as_it_is(study, fork, tmp_path, name, other):
    """Results that cannot be told apart must not be mixed."""
    path = tmp_path / name
    terms = {"places": (), "draws": 100, "seed": 0, "level": 0.9, **other}
    run_study(Study(study.grid, fork, **terms), path)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="holds something else than this grid"):
        run_study(study, path)
    assert path.read_bytes() == before


def test_a_file_that_was_edited_is_left_as_it_is(study, whole, tmp_path):
    """A row that is none, in the middle."""
    path = tmp_path / "grid.csv"
    for edited in (
        whole.replace(b",north,", b",", 1),
        whole.replace(b"2023-09-10T", b"10.09.2023 ", 1),
        whole.replace(b",100,", b",100,\xff", 1),
        whole.replace(b"\n", b"\r\n"),
    ):
        path.write_bytes(edited)
        with pytest.raises(OutputError, match="holds something else"):
            run_study(study, path)
        assert path.read_bytes() == edited


def test_two_runs_do_not_write_one_file(study, tmp_path):
    """The second is told to wait."""
    path = tmp_path / "grid.csv"
    with kept(path, study), pytest.raises(OutputError, match="another run is writing it"):
        run_study(study, path)
    assert len(run_study(study, path)) == 5


def test_a_place_that_cannot_be_written_is_one_line(study, tmp_path):
    """A folder, a device, a name of another kind."""
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError, match="not a regular file"):
        run_study(study, tmp_path / "folder.csv")
    with pytest.raises(OutputError, match=r"expected a name that ends in \.csv or \.parquet"):
        run_study(study, tmp_path / "grid.xlsx")


def test_parquet_has_the_same_table(study, tmp_path):
    """Texts as they are, numbers as numbers."""
    path = tmp_path / "grid.parquet"
    run_study(study, path)
    there = pd.read_parquet(path)
    pd.testing.assert_frame_equal(there, frame(study, run_study(study)), check_dtype=False)
    assert there.scenario[0] == "=1+1"
    assert (there.case.dtype, there.km.dtype) == ("int64", "float64")


def test_parquet_without_pyarrow_is_one_line(study, tmp_path, monkeypatch):
    """It names the command that installs it, before anything is computed."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install pyarrow"):
        run_study(study, tmp_path / "grid.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_seed_beyond_what_parquet_holds_is_one_line(study, fork, tmp_path):
    """Before anything is computed."""
    large = Study(study.grid, fork, (), 100, 2**64, 0.9)
    with pytest.raises(InputError, match="seed 18446744073709551616: expected at most"):
        run_study(large, tmp_path / "grid.parquet")


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])), min_size=1)
)
def test_texts_come_back_as_they_were_and_run_nowhere(texts):
    """Whatever they begin with."""
    line = line_of(texts)
    assert cells_of(line) == texts
    for cell in next(csv.reader([line])):
        try:
            float(cell)
        except ValueError:
            assert not cell.startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("number", [-12.5, 0.0, 1e-7, 857.9, 40])
def test_numbers_stay_numbers(number):
    """To the last digit, and below zero too."""
    assert float(line_of([number])) == number
    assert line_of(["-12.5", "+40", None]) == "-12.5,+40,\n"


OPTIONS = [
    *("whatif", "vladivostok-2023", "--speed", "40..75/0.5", "--draws", "300", "--level", "0.9"),
    *("--quiet", "-o"),
]


def count_rows(path):
    """How many lines a file has, if there is one."""
    return path.read_bytes().count(b"\n") if path.exists() else 0


def stopped(path, stop, least):
    """Run the command, and send it a signal once its file has so many lines."""
    command = [sys.executable, "-m", "journey", *OPTIONS, str(path)]
    give_up_s = monotonic() + 60
    # What a shell runs in the background ignores interrupts, and so would its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        signal.signal(signal.SIGINT, before)
        while count_rows(path) < least and monotonic() < give_up_s:
            sleep(0.001)
        process.send_signal(stop)
        told = process.stderr.read().decode()
    return process.returncode, told


@pytest.mark.long
def test_a_command_that_is_killed_goes_on(tmp_path, capsys):
    """As often as one likes; the file is as without it, to the last byte."""
    path = tmp_path / "grid.csv"
    status, told = stopped(path, signal.SIGINT, least=5)
    assert status == 130
    assert told.startswith("journey: interrupted; ")
    assert "of 72 cases are done and kept in" in told
    assert told.endswith("the same command goes on from there\n")
    assert told.count("\n") == 1
    before = count_rows(path)
    status, told = stopped(path, signal.SIGKILL, least=before + 5)
    assert (status, told) == (-signal.SIGKILL, "")
    assert before < count_rows(path) < 1 + 2 * 72
    assert run([*OPTIONS, str(path)]) == 0
    assert run([*OPTIONS, str(tmp_path / "uninterrupted.csv")]) == 0
    assert path.read_bytes() == (tmp_path / "uninterrupted.csv").read_bytes()
    assert capsys.readouterr().err == ""


@contextmanager
def no_file_beyond(size):
    """No more than so many bytes in any file, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 100, 700, 1100])
def test_a_full_disk_loses_nothing(study, whole, tmp_path, size):
    """One line; with room again the same call goes on."""
    path = tmp_path / "grid.csv"
    told = "what was computed before stands there, and the same command goes on from it"
    with no_file_beyond(size), pytest.raises(OutputError, match=told):
        run_study(study, path)
    header = whole.index(b"\n") + 1
    assert (path.read_bytes() if path.exists() else b"") == (whole[:size] if size > header else b"")
    run_study(study, path)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("name", FILES)
def test_a_run_that_fails_at_once_leaves_nothing_behind(study, fork, tmp_path, name):
    """Another grid can then be given the name."""
    impossible = Study(study.grid, fork, (), 0, 0, 0.9)
    with pytest.raises(InputError, match="draws 0"):
        run_study(impossible, tmp_path / name)
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        run_study(study, tmp_path / name, progress=interrupted_at_once)
    assert list(tmp_path.iterdir()) == []


def test_what_was_done_before_a_case_that_cannot_be_stays(study, tmp_path, monkeypatch):
    """The error is that of the case."""
    path = tmp_path / "grid.csv"
    outcome = type(study).outcome

    def refuse(self, case):
        if case == 3:
            raise InputError("case 3: no such train")
        return outcome(self, case)

    monkeypatch.setattr(type(study), "outcome", refuse)
    with pytest.raises(InputError, match="case 3: no such train"):
        run_study(study, path)
    assert sorted(set(pd.read_csv(path).case)) == [0, 1, 2]


def test_the_public_function_keeps_results_too(fork, tmp_path):
    """And gives the same frame from the file."""
    arguments = {"speed": [40, 50], "draws": 100, "output": tmp_path / "new" / "grid.csv"}
    scenario = make_scenario("west", "east")
    first = journey.whatif(scenario, fork, **arguments)
    pd.testing.assert_frame_equal(journey.whatif(scenario, fork, **arguments), first)

"""Cases on a real Dask cluster of several processes on this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from time import monotonic, sleep

import distributed
import numpy as np
import pandas as pd
import pytest

import journey
from journey.cases import cluster as cluster_module
from journey.cli import run
from journey.errors import InputError
from journey.quantities import Range
from journey.statements import Departure
from journey.train_estimate import Figure, TrainEstimate
from tests.conftest import MIDNIGHT, at_speed, make_scenario

START_S = 60


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder, workers):
        """Start them, and wait until all have come together."""
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--host", "127.0.0.1")
        give_up_s = monotonic() + START_S
        while not self.file.exists() and monotonic() < give_up_s:
            sleep(0.02)
        nothing_else = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        self.workers = [self._start("worker", *nothing_else) for _ in range(workers)]
        self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]
        with self.client() as client:
            client.wait_for_workers(workers, timeout=START_S)

    def client(self):
        """A connection of the kind that a user of Dask makes."""
        return distributed.Client(self.address, set_as_default=False)

    def close(self):
        """End all processes that are left."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, role, *options):
        module = f"distributed.cli.dask_{role}"
        return subprocess.Popen(
            [
                *(sys.executable, "-m", module, "--scheduler-file", str(self.file)),
                *("--no-dashboard", *options),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def started(folder, workers):
    """A cluster as long as it is needed."""
    cluster = Cluster(folder, workers)
    try:
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two workers to begin with."""
    with started(tmp_path_factory.mktemp("cluster"), workers=2) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def uncertain():
    """A scenario of which nothing is certain."""
    departure = Departure(MIDNIGHT.earliest, MIDNIGHT.earliest.replace(hour=6))
    return make_scenario("west", "far", depart=departure, speeds=at_speed(40.0, 60.0))


GRID = {
    "speed": np.arange(20, 80),
    "stop": {"north": ["0:10..0:30", "log-normal 0:20 */ 2 in 0:01..6:00"]},
    "draws": 300,
    "level": 0.9,
}


@pytest.mark.long
def test_a_worker_that_dies_costs_time_only(cluster, fork, uncertain, tmp_path, capfd):
    """The numbers are those of this machine alone, to the last bit, and so is the file."""
    killed = []

    def kill(done, total):
        if not killed and total / 4 < done < total / 2:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
            killed.append(done)

    files = [tmp_path / f"{place}.csv" for place in ("here", "there")]
    here = journey.whatif(uncertain, fork, **GRID, output=files[0])
    there = journey.whatif(
        uncertain, fork, **GRID, output=files[1], scheduler=cluster.address, progress=kill
    )
    assert killed
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    pd.testing.assert_frame_equal(there, here, check_exact=True)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert capfd.readouterr().err == ""


def test_what_a_cluster_began_can_be_finished_here(cluster, fork, uncertain, tmp_path):
    """Results stand in the file as they come; the file is the same in the end."""

    def interrupt(done, total):
        if total / 4 < done < total:
            raise KeyboardInterrupt

    files = [tmp_path / f"{place}.csv" for place in ("here", "there")]
    with pytest.raises(KeyboardInterrupt, match="of 121 cases are done and kept"):
        journey.whatif(
            uncertain,
            fork,
            **GRID,
            output=files[1],
            scheduler=cluster.address,
            progress=interrupt,
        )
    for file in files:
        journey.whatif(uncertain, fork, **GRID, output=file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_connection_may_be_given(cluster, fork, uncertain):
    """It is used and stays open."""
    few = {**GRID, "speed": [40, 50]}
    with cluster.client() as client:
        there = journey.whatif(uncertain, fork, **few, scheduler=client)
        assert client.status == "running"
    pd.testing.assert_frame_equal(there, journey.whatif(uncertain, fork, **few), check_exact=True)


def test_a_case_that_cannot_be_computed_is_one_line(cluster, fork):
    """The same as on this machine."""
    figures = {"mass_t": 420, "max_speed_kmh": 120, "braking_mps2": 0.4, "acceleration_mps2": 0.2}
    train = TrainEstimate("T", **{key: Figure(Range(x, x)) for key, x in figures.items()})
    scenario = make_scenario("west", "far", running="profile", train=train)
    for scheduler in (None, cluster.address):
        with pytest.raises(InputError, match=r"case 2 \(speed_kmh 300\).*cannot be kept"):
            journey.whatif(scenario, fork, speed=[30, 300, 31], draws=10, scheduler=scheduler)


def test_workers_of_another_version_are_refused(cluster, fork, uncertain, monkeypatch):
    """Their numbers might be others."""
    monkeypatch.setattr(cluster_module, "__version__", "99.0")
    message = f"a worker has journey {journey.__version__}, and here is 99.0; install the same"
    with pytest.raises(InputError, match=message):
        journey.whatif(uncertain, fork, **GRID, scheduler=cluster.address)


@pytest.mark.long
def test_a_scheduler_that_is_lost_is_one_line(fork, uncertain, tmp_path, capfd):
    """What was done until then is kept."""

    def kill(done, _total):
        if done > 20:
            cluster.scheduler.kill()

    file = tmp_path / "grid.csv"
    with (
        started(tmp_path, workers=1) as cluster,
        pytest.raises(InputError, match="connection to the scheduler was lost; give the same"),
    ):
        journey.whatif(
            uncertain, fork, **GRID, output=file, scheduler=cluster.address, progress=kill
        )
    assert file.read_bytes().count(b"\n") > 20
    assert capfd.readouterr().err == ""


def test_a_scheduler_without_workers_is_one_line(fork, uncertain, monkeypatch):
    """It says how to start one."""
    monkeypatch.setattr(cluster_module, "CONNECT_S", 0.5)
    with (
        distributed.LocalCluster(
            n_workers=0, processes=False, dashboard_address=":0", protocol="tcp"
        ) as empty,
        pytest.raises(InputError, match=r"has no worker; start one with: dask worker tcp://"),
    ):
        journey.whatif(uncertain, fork, **GRID, scheduler=empty.scheduler_address)


def refused_in_one_line(capsys, address):
    """The command with a scheduler that it cannot have; what it says."""
    options = ["--speed", "40", "--draws", "10", "--scheduler", address]
    assert run(["whatif", "vladivostok-2023", *options]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("journey: scheduler ")
    return told.err


@pytest.mark.long
def test_where_nothing_listens_is_told_within_ten_seconds(capfd):
    """And that it may be left out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        started_s = monotonic()
        told = refused_in_one_line(capfd, f"tcp://127.0.0.1:{taken.getsockname()[1]}")
    assert monotonic() - started_s < 10
    assert "no Dask scheduler answered within 5 s; check that one runs there" in told


def test_what_listens_and_does_not_answer_is_no_scheduler(capfd, monkeypatch):
    """It is given no more time than one that is not there."""
    monkeypatch.setattr(cluster_module, "CONNECT_S", 0.5)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        started_s = monotonic()
        told = refused_in_one_line(capfd, f"tcp://127.0.0.1:{mute.getsockname()[1]}")
    assert monotonic() - started_s < 5
    assert "no Dask scheduler answered within 0.5 s" in told


@pytest.mark.parametrize(
    "address",
    [
        *("", "127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:8786"),
        *("tcp://host:0", "tcp://host:65536", "tcp://ho st:8786", "tcp://host:8786/"),
        "tcp://a:b:1",
    ],
)
def test_a_malformed_address_is_one_line(capsys, address):
    """With an example of a right one."""
    told = refused_in_one_line(capsys, address)
    assert "expected the address of a Dask scheduler such as tcp://10.0.0.5:8786" in told


def test_without_dask_there_is_one_line(capsys, monkeypatch):
    """It names the command that installs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = refused_in_one_line(capsys, "tcp://127.0.0.1:8786")
    assert "python -m pip install distributed" in told

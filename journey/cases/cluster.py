"""Cases on a Dask cluster: the study is shipped once, and a worker that dies costs time only."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, Any

from journey.errors import InputError, JourneyError
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from distributed import Client, Future

    from journey.cases.outcome import Outcome
    from journey.cases.study import Study

ADDRESS = re.compile(r"(?:tcp|tls)://(?:\[[0-9a-fA-F:.%]+\]|[^\s:/@\[\]]+):(?P<port>[0-9]{1,5})")
LAST_PORT = 65_535
CONNECT_S = 5.0
"""How long to wait for the scheduler, and then for its first worker."""
PATIENCE_S = 30.0
"""How long nothing may come back before it is asked whether there are workers left."""
TASK_S = 0.3
"""How long a task should take: long beside what it costs to send one, short beside the whole."""
TASKS_PER_THREAD = 4
LEAST_WAITING = 64
RETRIES = 3
LOGGERS = ("distributed", "tornado", "asyncio", "bokeh")


def outcomes_from(
    scheduler: str | Client, study: Study, cases: list[int]
) -> Generator[tuple[Outcome, ...]]:
    """Compute cases on a cluster.

    Parameters
    ----------
    scheduler : str or distributed.Client
        Address of the scheduler, such as ``tcp://10.0.0.5:8786``, or a connection to it.
    study : Study
        What they are of.
    cases : list of int
        Their numbers, one or more.

    Yields
    ------
    tuple of Outcome
        Some cases, as soon as they are known, in any order.

    Raises
    ------
    JourneyError
        If the cluster cannot be used, or a case cannot be computed.
    """
    with _connected(scheduler) as client:
        # The base goes along with the study; one case shows here what each of them costs.
        study.base  # noqa: B018
        started_s = perf_counter()
        last = study.outcome(cases[-1])
        each_s = perf_counter() - started_s
        yield (last,)
        yield from _collected(client, study, cases[:-1], each_s)


def compute(study: Study, cases: list[int], version: str) -> list[Outcome] | JourneyError:
    """Compute some cases on a worker; what is wrong with a case is no reason to try again."""
    if version != __version__:
        return InputError(
            f"a worker has journey {__version__}, and here is {version}; install the same version"
        )
    try:
        return [study.outcome(case) for case in cases]
    except JourneyError as error:
        return error


def ready(study: Study) -> Study:
    """Have a study on a worker, from where the others get it."""
    return study


def _collected(
    client: Client, study: Study, cases: list[int], each_s: float
) -> Iterator[tuple[Outcome, ...]]:
    from distributed import wait  # noqa: PLC0415

    threads = sum(client.nthreads().values())
    # A task and not scattered data: when a worker is lost, it is made again.
    shipped = client.submit(ready, study, pure=False)
    waiting = (
        client.submit(compute, shipped, batch, __version__, pure=False, retries=RETRIES)
        for batch in _batches(cases, each_s, threads)
    )
    under_way = set(islice(waiting, max(LEAST_WAITING, TASKS_PER_THREAD * threads)))
    while under_way:
        try:
            with client.as_current():
                done = wait(under_way, PATIENCE_S, "FIRST_COMPLETED").done
        except TimeoutError:
            _check_workers(client)
            continue
        except (CancelledError, asyncio.CancelledError):
            raise InputError(
                "the connection to the scheduler was lost; give the same command again once it "
                "runs (with -o FILE what is done is kept)"
            ) from None
        for future in done:
            yield _result(future)
        under_way -= done
        under_way.update(islice(waiting, len(done)))


def _batches(cases: list[int], each_s: float, threads: int) -> Iterator[list[int]]:
    """Divide cases so that a task takes some tenths of a second, and all threads have some."""
    share = ceil(len(cases) / (TASKS_PER_THREAD * max(threads, 1)))
    size = max(1, min(share, round(TASK_S / max(each_s, 1e-4))))
    return (cases[start : start + size] for start in range(0, len(cases), size))


def _result(future: Future[Any]) -> tuple[Outcome, ...]:
    from distributed import KilledWorker  # noqa: PLC0415

    try:
        found = future.result()
    except KilledWorker:
        raise InputError(
            "a task ended worker after worker; give them more memory, or ask for fewer --draws"
        ) from None
    except Exception as error:  # noqa: BLE001 - anything can go wrong on another machine
        raise InputError(
            f"the cluster gave no result ({type(error).__name__}: {error}); check its scheduler, "
            f"and that its workers have journey {__version__}"
        ) from None
    if isinstance(found, JourneyError):
        raise found
    return tuple(found)


@contextmanager
def _connected(scheduler: str | Client) -> Iterator[Client]:
    if not isinstance(scheduler, str):
        yield scheduler
        return
    _check_address(scheduler)
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError(
            f"scheduler {scheduler}: a cluster needs Dask; python -m pip install distributed"
        ) from None
    with _quietly(), _client(distributed.Client, scheduler) as client:
        _check_workers(client)
        yield client


def _check_address(address: str) -> None:
    match = ADDRESS.fullmatch(address)
    if match is None or not 0 < int(match["port"]) <= LAST_PORT:
        raise InputError(
            f"scheduler {address!r}: expected the address of a Dask scheduler such as "
            "tcp://10.0.0.5:8786"
        )


def _client(connect: type[Client], address: str) -> Client:
    try:
        # Dask itself would wait for ever where something else listens; a thread of its own, since
        # a notebook has a loop running in the first one.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, _shake_hands(address)).result()
        return connect(address, timeout=CONNECT_S, set_as_default=False)
    except Exception:  # noqa: BLE001 - what is no scheduler may answer anything
        raise InputError(
            f"scheduler {address}: no Dask scheduler answered within {CONNECT_S:g} s; check that "
            "one runs there, or leave out --scheduler"
        ) from None


async def _shake_hands(address: str) -> None:
    from distributed.comm.core import connect  # noqa: PLC0415

    comm = await asyncio.wait_for(connect(address, timeout=CONNECT_S), CONNECT_S)
    comm.abort()


def _check_workers(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError:
        address = client.scheduler.address if client.scheduler else "the scheduler"
        raise InputError(
            f"{address}: has no worker; start one with: dask worker {address}"
        ) from None


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what Dask logs and warns of from the terminal: what matters is said as an error."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in LOGGERS]
    loggers = [logging.getLogger(name) for name in {*names, *LOGGERS}]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)

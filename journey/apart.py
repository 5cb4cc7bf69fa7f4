"""Computing something in a process of its own, beside what goes on here."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from journey.errors import JourneyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

LEAST_CORES = 2
ENDED = "a process that computed a part of it was ended; run it again, with fewer --draws"


@contextmanager
def apart(function: Callable[..., Any], *given: object, alone: bool) -> Iterator[Callable[[], Any]]:
    """Begin to compute something, and give what waits for it.

    Parameters
    ----------
    function : callable
        Of a module, so that another process finds it.
    *given
        What it is called with; both ways only what can be pickled.
    alone : bool
        Whether it has a process of its own, if there is a core for it. Otherwise it is computed as
        soon as it is waited for.

    Yields
    ------
    callable
        Returns what the function does, or raises its `JourneyError`.
    """
    if not alone or (os.cpu_count() or 1) < LEAST_CORES:
        yield lambda: function(*given)
        return
    # The threads of this one would not live on in a process that is forked.
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_compute, args=(sender, function, given), daemon=True)
    process.start()
    sender.close()
    try:
        yield lambda: _received(receiver)
    finally:
        process.kill()
        process.join()


def _compute(sender: Connection, function: Callable[..., Any], given: tuple[object, ...]) -> None:
    # An interrupt is for the one who waits, and who then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sender.send((function(*given), None))
    except JourneyError as error:
        sender.send((None, error))


def _received(receiver: Connection) -> Any:  # noqa: ANN401 - whatever the function gives
    try:
        found, error = receiver.recv()
    except EOFError:
        raise JourneyError(ENDED) from None
    if error is not None:
        raise error
    return found

"""Computing something in a process of its own, beside what goes on here."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import contextmanager
from pkgutil import resolve_name
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from journey.errors import JourneyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEAST_CORES = 2
ANSWER = "from journey.apart import answer; answer()"
ENDED = "a process that computed a part of it was ended; run it again, with fewer --draws"


@contextmanager
def apart(function: str, *given: object) -> Iterator[Callable[[], Any]]:
    """Begin to compute something, and give what waits for it.

    Parameters
    ----------
    function : str
        Its full name, such as ``"journey.report.checking.checked_file"``, so that this process need
        not import it.
    *given
        What it is called with. These, and what it returns, can be pickled.

    Yields
    ------
    callable
        Returns what the function does, or raises what it raises. On a machine with one core it
        is computed here, as soon as it is waited for.
    """
    if (os.cpu_count() or 1) < LEAST_CORES:
        yield lambda: resolve_name(function)(*given)
        return
    with TemporaryFile() as question:
        pickle.dump((function, given), question)
        question.seek(0)
        process = _asked(question)
    with process:
        try:
            yield lambda: _answered(process)
        finally:
            process.kill()


def answer() -> None:
    """Answer the question on stdin: what runs in the other process."""
    # An interrupt is for the one who waits, and who then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    function, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from `apart` alone
    found, wrong = None, None
    try:
        found = resolve_name(function)(*given)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where one waits
        wrong = error
    pickle.dump((found, wrong), sys.stdout.buffer)


def _asked(question: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a process that finds the modules that this one does, and no others.

    What it says on stderr is of no use to anybody: of its end in the middle, for instance.
    """
    return subprocess.Popen(  # noqa: S603 - a constant
        [sys.executable, "-P", "-c", ANSWER],
        stdin=question,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
        stderr=subprocess.DEVNULL,
    )


def _answered(process: subprocess.Popen[bytes]) -> Any:  # noqa: ANN401 - whatever it returns
    text, _ = process.communicate()
    if process.returncode:
        raise JourneyError(ENDED)
    found, error = pickle.loads(text)  # noqa: S301 - from `answer` alone
    if error is not None:
        raise error
    return found

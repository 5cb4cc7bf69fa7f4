"""Results of a what-if in a CSV file: each case is appended as soon as it is known.

However a run ends, what was computed stands in the file, and the next run goes on from there.
"""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager, suppress
from time import monotonic
from typing import IO, TYPE_CHECKING, NamedTuple

from journey.cases.long_table import cells_of, columns, line_of, records, row_of
from journey.cases.outcome import Outcome
from journey.errors import OutputError
from journey.files import open_growing, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from journey.cases.outcome import Row
    from journey.cases.study import Study

SYNC_S = 2.0
"""How often written rows are forced to the disk: a crash of the machine loses no more."""


class Found(NamedTuple):
    """What a file holds: complete cases in their order there, and where they end, in bytes."""

    outcomes: dict[int, Outcome]
    end: int


class ResultsFile:
    """An open file of results.

    Attributes
    ----------
    path : Path
        Where it is.
    study : Study
        What it is of.
    outcomes : dict of int to Outcome
        The cases that it holds, by their numbers.
    """

    def __init__(self, path: Path, study: Study, file: IO[bytes]) -> None:
        """Read what is there, and drop what is only half there.

        Raises
        ------
        OutputError
            If the file holds anything but cases of this study; it is left as it is.
        """
        self.path = path
        self.study = study
        self.outcomes, end = found_in(file, path, study)
        self._file = file
        self._synced_s = monotonic()
        with self._losing_nothing():
            if file.seek(0, os.SEEK_END) > end:
                file.truncate(end)
            if end == 0:
                file.write(_header(study))
                file.flush()

    def add(self, outcome: Outcome) -> None:
        """Append a case."""
        self.outcomes[outcome.case] = outcome
        with self._losing_nothing():
            self._file.write(_lines(self.study, outcome).encode("utf-8"))
            self._file.flush()
            if monotonic() > self._synced_s + SYNC_S:
                self._sync()

    def finish(self) -> None:
        """Put the cases in order, whatever the order in which they came, and close the file."""
        with self._losing_nothing():
            self._sync()
            self._file.close()
        in_order = sorted(self.outcomes)
        if list(self.outcomes) != in_order:
            lines = (_lines(self.study, self.outcomes[case]) for case in in_order)
            write_text(self.path, _header(self.study).decode() + "".join(lines))

    def _sync(self) -> None:
        os.fsync(self._file.fileno())
        self._synced_s = monotonic()

    @contextmanager
    def _losing_nothing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"{self.path}: {reason}; what was computed before stands there, and the same "
                "command goes on from it"
            ) from None


@contextmanager
def open_results(path: Path, study: Study) -> Iterator[ResultsFile]:
    """Open a file of results, new or to go on with.

    Raises
    ------
    OutputError
        If it cannot be written, or holds anything else; it is then left as it is.
    """
    file = open_growing(path)
    try:
        yield ResultsFile(path, study, file)
    finally:
        with suppress(OSError):
            _remove_without_results(path, study)
        # What could not be written has been said, and would be tried again here.
        with suppress(OSError):
            file.close()


def _remove_without_results(path: Path, study: Study) -> None:
    """Leave nothing behind of a run that failed before its first result."""
    header = _header(study)
    if path.stat().st_size <= len(header) and header.startswith(path.read_bytes()):
        path.unlink()


def found_in(file: IO[bytes], path: Path, study: Study) -> Found:
    """Read the complete cases of a file from its beginning.

    Raises
    ------
    OutputError
        If it holds anything but cases of this study.
    """
    header = file.readline()
    if header != _header(study):
        # What a crash left of the header is as good as nothing.
        if _header(study).startswith(header) and not file.readline():
            return Found({}, 0)
        raise other_content(path)
    rows: dict[int, list[Row]] = {}
    starts: dict[int, int] = {}
    end = len(header)
    for line in file:
        # A line without its end was cut off.
        if not line.endswith(b"\n"):
            break
        case, row = _read(line, path, study)
        starts.setdefault(case, end)
        rows.setdefault(case, []).append(row)
        end += len(line)
    return _complete(rows, starts, end, study)


def other_content(path: Path) -> OutputError:
    """Make the error for a file that holds something else."""
    return OutputError(
        f"{path}: holds something else than this grid (another scenario, axis, place, number of "
        "draws, seed, level, network or version); choose another name with -o FILE, or delete it"
    )


def _header(study: Study) -> bytes:
    return line_of(columns(study)).encode("utf-8")


def _lines(study: Study, outcome: Outcome) -> str:
    return "".join(map(line_of, records(study, outcome)))


def _read(line: bytes, path: Path, study: Study) -> tuple[int, Row]:
    try:
        record = dict(zip(columns(study), cells_of(line.decode("utf-8")), strict=True))
        if record["grid"] == study.fingerprint:
            return int(record["case"]), row_of(record)
    except (ValueError, csv.Error):
        pass
    raise other_content(path)


def _complete(rows: dict[int, list[Row]], starts: dict[int, int], end: int, study: Study) -> Found:
    """Leave out the case that was written last if it is not whole."""
    outcomes = {case: Outcome(case, tuple(of_case)) for case, of_case in rows.items()}
    if outcomes:
        last = next(reversed(outcomes))
        if [(row.id, row.event) for row in outcomes[last].rows] != study.timed(last):
            del outcomes[last]
            end = starts[last]
    return Found(outcomes, end)

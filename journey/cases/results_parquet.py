"""Results of a what-if in a Parquet file: at the end, from a CSV file beside it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from journey.cases.in_memory import InMemory
from journey.cases.long_table import (
    FIGURES,
    columns,
    records,
    row_of,
)
from journey.cases.outcome import Outcome
from journey.cases.results_file import open_results, other_content
from journey.errors import InputError
from journey.extras import is_there
from journey.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from journey.cases.results_file import ResultsFile
    from journey.cases.study import Study

INTEGERS = frozenset({"case", "draws", "seed"})
NUMBERS = frozenset({"km", "level", *FIGURES})
LARGEST_SEED = 2**63 - 1


class ResultsParquet:
    """A Parquet file of results that is to be, and the CSV file that grows until then.

    Attributes
    ----------
    path : Path
        Where the Parquet file will be.
    growing : ResultsFile
        The CSV file beside it.
    """

    def __init__(self, path: Path, growing: ResultsFile) -> None:
        """Take note of both."""
        self.path = path
        self.growing = growing

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """The cases that are known, by their numbers."""
        return self.growing.outcomes

    def add(self, outcome: Outcome) -> None:
        """Append a case."""
        self.growing.add(outcome)

    def finish(self) -> None:
        """Write the Parquet file, and remove the CSV file beside it."""
        self.growing.finish()
        study, outcomes = self.growing.study, self.growing.outcomes
        write_whole(self.path, lambda file: _write(file, study, outcomes))
        self.growing.path.unlink()


@contextmanager
def open_parquet(path: Path, study: Study) -> Iterator[ResultsParquet | InMemory]:
    """Open a Parquet file of results, new, to go on with, or finished.

    Raises
    ------
    InputError
        If pyarrow is not installed, or the seed is too large for such a file.
    OutputError
        If the file cannot be written, or holds anything else; it is then left as it is.
    """
    if not is_there("pyarrow"):
        raise InputError(
            f"{path}: Parquet needs pyarrow; python -m pip install pyarrow, or write FILE.csv"
        )
    if study.seed > LARGEST_SEED:
        raise InputError(f"seed {study.seed}: expected at most {LARGEST_SEED} for a Parquet file")
    if path.exists():
        yield InMemory(_read(path, study))
        return
    with open_results(path.with_name(f"{path.name}.part.csv"), study) as growing:
        yield ResultsParquet(path, growing)


def _read(path: Path, study: Study) -> dict[int, Outcome]:
    from pyarrow import parquet  # noqa: PLC0415

    rows: dict[int, list[Any]] = {}
    try:
        records_there = parquet.read_table(path, columns=list(columns(study))).to_pylist()
        for record in records_there:
            if record["grid"] != study.fingerprint:
                raise other_content(path)
            rows.setdefault(record["case"], []).append(row_of(record))
    except (ValueError, KeyError, TypeError, OSError):
        raise other_content(path) from None
    if sorted(rows) != list(range(len(study.grid))):
        raise other_content(path)
    return {case: Outcome(case, tuple(of_case)) for case, of_case in rows.items()}


def _write(file: IO[bytes], study: Study, outcomes: dict[int, Outcome]) -> None:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    rows = [record for case in sorted(outcomes) for record in records(study, outcomes[case])]
    names = columns(study)
    schema = pa.schema([(name, getattr(pa, _kind(name))()) for name in names])
    arrays = [
        pa.array(values, field.type)
        for values, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), file)


def _kind(name: str) -> str:
    if name in INTEGERS:
        return "int64"
    return "float64" if name in NUMBERS else "string"

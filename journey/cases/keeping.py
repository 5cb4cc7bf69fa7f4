"""Where the outcomes of a what-if are kept while it runs: in memory, or in a file of results."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from journey.cases.in_memory import InMemory
from journey.cases.results_file import open_results
from journey.cases.results_parquet import open_parquet
from journey.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.cases.outcome import Outcome
    from journey.cases.study import Study


class Kept(Protocol):
    """What every place has where outcomes are kept."""

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """The cases that are known, by their numbers."""

    def add(self, outcome: Outcome) -> None:
        """Keep one more."""

    def finish(self) -> None:
        """Bring all that there are into their final form."""


@contextmanager
def kept(output: str | Path | None, study: Study) -> Iterator[Kept]:
    """Open the place where outcomes are kept.

    Parameters
    ----------
    output : str, Path or None
        A file that ends in ``.csv`` or ``.parquet``; None for memory.
    study : Study
        What they are of; the file may have some of them already.

    Raises
    ------
    JourneyError
        If the file cannot be written, or holds anything else; it is then left as it is.
    """
    if output is None:
        yield InMemory()
        return
    path = Path(output)
    openers = {".csv": open_results, ".parquet": open_parquet}
    if path.suffix.lower() not in openers:
        raise OutputError(f"{path}: expected a name that ends in .csv or .parquet")
    with openers[path.suffix.lower()](path, study) as place:
        yield place

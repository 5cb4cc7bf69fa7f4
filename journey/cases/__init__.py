"""What-if: one scenario in many variants, each held beside the scenario as it stands.

All cases are drawn with the same random numbers, so that what differs between two of them comes
from what is varied, and not from chance.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from journey.cases.axes import axes_of
from journey.cases.grid import Grid
from journey.cases.keeping import kept
from journey.cases.long_table import frame
from journey.cases.study import Study
from journey.defaults import DRAWS, LEVEL, SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from pathlib import Path

    import pandas as pd
    from distributed import Client

    from journey.cases.axes import Values
    from journey.cases.keeping import Kept
    from journey.cases.outcome import Outcome
    from journey.network import Network
    from journey.scenario import Scenario


def whatif(  # noqa: PLR0913 - what is varied, and how it is drawn, kept and computed
    scenario: Scenario | Iterable[Scenario],
    network: Network,
    *,
    speed: Values | Mapping[str | None, Values] = None,
    depart: Values = None,
    stop: Mapping[str, Values] | None = None,
    route: Values = None,
    places: Iterable[str] = (),
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
    output: str | Path | None = None,
    scheduler: str | Client | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> pd.DataFrame:
    """Compute a grid of cases: every combination of the given speeds, departures, halts and ways.

    Alternatives are texts as in a scenario file, numbers, quantities such as `Range`, or moments,
    in a sequence. A text may also have several, as ``"40..80/5"`` or ``"45, 50..70"``.

    Parameters
    ----------
    scenario : Scenario, or iterable of Scenario
        What is varied; or several scenarios that are compared with the first of them. Of a
        scenario with a headline, `Scenario.as_headline` is taken.
    network : Network
        The railway.
    speed : sequence, or mapping of str or None to sequence
        Speeds, km/h, that replace every speed of the scenario; or those that replace the one of a
        country, a line, a stretch or the default, by where they hold, and by None for every one.
    depart : sequence
        Departures: moments with offset, or ``EARLIEST..LATEST`` in one text.
    stop : mapping of str to sequence
        Durations of a halt by place, added or in the place of the one there; quantities in s, and
        0 for no halt.
    route : sequence
        Ways, each as the names of its places: ``"Pyongyang, Khasan"`` or a tuple.
    places : iterable of str
        Where windows are wanted; where each case's route is asked through by default, but for its
        first place.
    draws, seed : int
        As for `Scenario.simulate`.
    level : float
        Share of the drawn journeys that a window holds.
    output : str or Path, optional
        A file that ends in ``.csv`` or ``.parquet``. Cases stand in the CSV file (for Parquet, in
        one beside it) as soon as they are known; if the run is interrupted, the same call goes on.
    scheduler : str or distributed.Client, optional
        A Dask cluster, such as ``"tcp://10.0.0.5:8786"``; this machine by default. The numbers are
        the same.
    progress : callable, optional
        Called with the numbers of finished and of all cases.

    Returns
    -------
    DataFrame
        A row for each case, place and event. Columns: grid (a name for all that the results depend
        on), case (0 for the scenario as it stands), scenario, one for each axis (the text of the
        alternative; None as it stands), id, station, event, km, level, draws, seed, earliest,
        central, latest (ISO 8601 on the clock of the place), their standard errors, s, and
        change_earliest_s, change_central_s and change_latest_s: how much later the three are than
        in case 0, before they are rounded; not a number where case 0 does not pass.

    Raises
    ------
    JourneyError
        If a value cannot be read, a case cannot be computed, the file cannot be written or holds
        something else, or the cluster cannot be reached.

    Examples
    --------
    >>> import journey
    >>> scenario = journey.load_scenario("vladivostok-2023")
    >>> frame = journey.whatif(scenario, journey.load_network(), speed=[45, 59], draws=100)
    >>> later_h = frame[frame.station == "Vladivostok"].change_central_s / 3600
    >>> later_h.round(2).tolist()
    [0.0, 6.24, 0.0]
    """
    grid = Grid.of(scenario, axes_of(speed, depart, stop, route))
    study = Study(grid, network, tuple(places), draws, seed, level)
    return frame(study, run_study(study, output, scheduler, progress))


def run_study(
    study: Study,
    output: str | Path | None = None,
    scheduler: str | Client | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> list[Outcome]:
    """Compute the cases of a study that a file does not have yet; parameters as of `whatif`.

    Returns
    -------
    list of Outcome
        All cases, in the order of their numbers.

    Raises
    ------
    JourneyError
        As for `whatif`.
    KeyboardInterrupt
        If interrupted; the message says what is done.
    """
    study.check()
    with kept(output, study) as place:
        try:
            _fill(place, study, scheduler, progress or _silent)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_done(place, study, output)) from None
        place.finish()
        return [place.outcomes[case] for case in range(len(study.grid))]


def _fill(
    place: Kept,
    study: Study,
    scheduler: str | Client | None,
    progress: Callable[[int, int], object],
) -> None:
    total = len(study.grid)
    missing = [case for case in range(total) if case not in place.outcomes]
    progress(len(place.outcomes), total)
    if missing:
        with closing(_outcomes(study, missing, scheduler)) as found:
            for some in found:
                for outcome in some:
                    place.add(outcome)
                progress(len(place.outcomes), total)


def _outcomes(
    study: Study, cases: list[int], scheduler: str | Client | None
) -> Generator[tuple[Outcome, ...]]:
    if scheduler is None:
        return ((study.outcome(case),) for case in cases)
    from journey.cases.cluster import outcomes_from  # noqa: PLC0415 - for those who have one

    return outcomes_from(scheduler, study, cases)


def _done(place: Kept, study: Study, output: str | Path | None) -> str:
    if output is None or not place.outcomes:
        return ""
    return (
        f"{len(place.outcomes):,} of {len(study.grid):,} cases are done and kept in {output}; "
        "the same command goes on from there"
    )


def _silent(_done: int, _total: int) -> None:
    """Say nothing of the progress."""

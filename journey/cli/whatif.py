"""The command about many cases of a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from journey.cli.arrive import answer_arrival
from journey.cli.options import DEFAULT_DRAWING, Drawing, Flag, NetworkFile, OutputFile, app
from journey.defaults import LEVEL, SCENARIO
from journey.errors import InputError, shown
from journey.terminal import say, show

if TYPE_CHECKING:
    from journey.cases.grid import Grid
    from journey.cases.outcome import Outcome
    from journey.cases.study import Study

MANY_CASES = 1_000
"""More cases than this are computed only if one says so."""

Repeatable = Parameter(negative="", show_default=False)


@app.command
def whatif(
    *scenarios: str,
    speed: Annotated[tuple[str, ...], Repeatable] = (),
    depart: str | None = None,
    stop: Annotated[tuple[str, ...], Repeatable] = (),
    route: Annotated[tuple[str, ...], Repeatable] = (),
    place: Annotated[tuple[str, ...], Repeatable] = (),
    arrive: str | None = None,
    output: OutputFile = None,
    drawing: Drawing = DEFAULT_DRAWING,
    network: NetworkFile = None,
    scheduler: str | None = None,
    yes: Annotated[bool, Flag] = False,
    json: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Compute a scenario in many variants, and how each differs from it as it stands.

    Of a scenario with a headline, the headline is varied: one speed and no halt.

    VALUES are separated by commas: numbers and ranges as in a scenario file, or LOW..HIGH/STEP.

    Example: journey whatif --speed 40..80/5 --stop Khasan=0,1:00,6:00 -o grid.csv

    Parameters
    ----------
    scenarios
        Bundled name or path of a TOML file; several are compared with the first.
    speed
        VALUES in km/h for every speed, or WHERE=VALUES for a country, line or "A to B".
    depart
        Moments with offset: one, EARLIEST..LATEST, or FIRST..LAST/STEP.
    stop
        PLACE=VALUES: durations such as 0:30..6:00/0:30 of a halt; 0 for none.
    route
        Places of another way: "Pyongyang, Khasan, Vladivostok".
    place
        Where windows are wanted; the places of the route by default.
    arrive
        PLACE=TIME or PLACE=EARLIEST..LATEST: the speed, or the halts, that this arrival needs.
    output
        FILE.csv or FILE.parquet: all cases. After an interrupt the same command goes on from it.
    network
        Railway in the place of the embedded one: a GeoPackage, as network import writes it.
    scheduler
        Address of a Dask cluster, such as tcp://10.0.0.5:8786.
    yes
        Compute more than 1,000 cases without asking.
    json
        As JSON (schema journey.whatif/1).
    quiet
        Write no message and show no progress.
    """
    if arrive is not None:
        if speed or depart or stop or route or place or output or scheduler or len(scenarios) > 1:
            raise InputError(
                "--arrive: it answers for one scenario as it stands; give nothing else"
            )
        answer_arrival(scenarios[0] if scenarios else SCENARIO, arrive, drawing, network, json=json)
        return
    from journey.cases import run_study
    from journey.cases.study import Study
    from journey.network import load_network
    from journey.progress import progress_bar

    grid = _grid(scenarios or (SCENARIO,), speed, depart, stop, route)
    if grid.varied > MANY_CASES and not yes:
        raise InputError(f"{grid.varied:,} cases; --yes computes more than {MANY_CASES:,}")
    level = LEVEL if drawing.level is None else drawing.level
    study = Study(grid, load_network(network), place, drawing.draws, drawing.seed, level)
    with progress_bar("Cases", quiet=quiet) as progress:
        outcomes = run_study(study, output, scheduler, progress)
    if output:
        say(f"{len(outcomes):,} cases are in {output}", quiet=quiet)
    _tell(study, outcomes, json=json)


def _tell(study: Study, outcomes: list[Outcome], *, json: bool) -> None:
    if json:
        from journey.as_json import dump
        from journey.cases.document import whatif_document

        print(dump(whatif_document(study, outcomes)))
    else:
        from journey.cases_table import cases_table

        show([cases_table(study, outcomes)])


def _grid(
    scenarios: tuple[str, ...],
    speed: tuple[str, ...],
    depart: str | None,
    stop: tuple[str, ...],
    route: tuple[str, ...],
) -> Grid:
    from journey.cases.axes import axes_of
    from journey.cases.grid import Grid
    from journey.scenario_file import load_scenario

    axes = axes_of(by_place("speed", speed), depart, stops_by_place(stop), route or None)
    return Grid.of([load_scenario(each) for each in scenarios], axes)


def stops_by_place(stop: tuple[str, ...]) -> dict[str, str]:
    """Divide PLACE=VALUES of stops, none of which is without a place."""
    stops = by_place("stop", stop)
    if None in stops:
        raise InputError(f"--stop {shown(stops[None])}: expected PLACE=VALUES: Khasan=0:30,6:00")
    return {place or "": values for place, values in stops.items()}


def by_place(option: str, texts: tuple[str, ...]) -> dict[str | None, str]:
    """Divide PLACE=VALUES; values that stand alone have no place."""
    values_of: dict[str | None, str] = {}
    for text in texts:
        place, found, values = text.partition("=")
        key = place.strip() if found else None
        if key in values_of:
            where = "" if key is None else f" for {shown(key)}"
            raise InputError(f"--{option}: given twice{where}; separate alternatives by commas")
        values_of[key] = values if found else text
    return values_of

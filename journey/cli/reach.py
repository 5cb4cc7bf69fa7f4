"""The command that says how far a train can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from journey.cli.options import NO_FILES, Drawing, Files, Flag, OutputFile, app
from journey.cli.reports import network_of, simulated_views
from journey.defaults import AVERAGE_SPEED, DRAWS, GAUGE_CHANGE, HOURS, SCENARIO, SEED
from journey.errors import InputError, naming
from journey.terminal import say, show

NOT_THE_SCENARIOS = (
    f"{AVERAGE_SPEED.replace('..', ' to ')} km/h is assumed, and is not the scenario's speed; "
    "--speed says another."
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from journey.network import Network
    from journey.reaching import Start


@app.command
def reach(
    place: str | None = None,
    *,
    hours: str = HOURS,
    speed: str | None = None,
    after: str | None = None,
    gauge: str | None = None,
    gauge_change: str = GAUGE_CHANGE,
    scenario: str | None = None,
    at: str | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    files: Files = NO_FILES,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    output: OutputFile = None,
    json: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Say how far a train can be, on every line, from where it was seen.

    Example: journey reach Khasan --hours 24 --speed 50..70

    Example: journey reach --scenario vladivostok-2023 --at 2023-09-11T10:00+09:00 --hours 6

    Parameters
    ----------
    place
        The station where it was seen, by any of its names.
    hours
        The time since then, above 0, at most 744: 24, "6:30", "90 min".
    speed
        Average km/h with halts and reversals: 59, "40..55..70"; assumed as 50..70.
    after
        When it was seen, with its offset; the answer then has dates.
    gauge
        Gauge of its stock, such as 1435; by default any there, narrow ones only if alone.
    gauge_change
        How long a change of gauge takes; no source says, so the default is wide.
    scenario
        In the place of PLACE: where the journeys of a scenario are, reports taken in; with --at.
    at
        The moment of that, with its offset.
    draws
        How many journeys to draw for that.
    seed
        What the random draws are made from.
    every
        List all stations, not only principal ones; of no use with -o or --json.
    output
        A file to write: .geojson, or .html for a map.
    json
        As JSON (schema journey.reach/1); with -o the path of the file goes to stderr.
    quiet
        Write no message.
    """
    from journey.export.reach import write_reach
    from journey.reaching import reach as find_reach

    _check_forms(output, every=every, json=json)
    network = network_of(files)
    start: str | Start
    drawing = Drawing(draws, seed)
    seen = _moment("--after", after)
    if scenario is None and at is None:
        start = _seen(place, files, drawing)
    else:
        start = _whereabouts((scenario, at), (place, after), files, drawing, network)
        if speed is None:
            start = start._replace(notes=(NOT_THE_SCENARIOS, *start.notes))
    found = find_reach(
        network,
        start,
        hours=hours,
        speed=AVERAGE_SPEED if speed is None else speed,
        after=seen,
        gauge=gauge,
        gauge_change=gauge_change,
    )
    if output is not None:
        path = write_reach(found, output, network)
        said = f"{found.place}: {len(found.stations)} stations reached, written to"
        # What is asked for as JSON is all that stdout has.
        say(f"{said} {path}" if json else said, quiet=quiet)
        if not json:
            print(path)
    if json:
        from journey.as_json import dump
        from journey.reaching.document import reach_document

        print(dump(reach_document(found)))
    elif output is None:
        from journey.reach_table import reach_tables

        show(reach_tables(found, every_station=every))


def _check_forms(output: Path | None, *, every: bool, json: bool) -> None:
    from journey.export.reach import reach_format

    if output is not None:
        reach_format(output)
    if every and (json or output is not None):
        raise InputError("--all: of no use with --json or -o; take one out")


def _moment(option: str, text: str | None) -> datetime | None:
    from journey.clock import parse_moment

    with naming(option):
        return None if text is None else parse_moment(text)


def _seen(place: str | None, files: Files, drawing: Drawing) -> str:
    if place is None:
        raise InputError("PLACE: missing; name the station where it was seen, or give --at TIME")
    if files.sightings is not None:
        raise InputError("--sightings: of no use with a PLACE; give --scenario and --at, or leave")
    for option, value, unless in (("draws", drawing.draws, DRAWS), ("seed", drawing.seed, SEED)):
        if value != unless:
            raise InputError(f"--{option}: of no use with a PLACE, from which nothing is drawn")
    return place


def _whereabouts(
    journeys: tuple[str | None, str | None],
    seen: tuple[str | None, str | None],
    files: Files,
    drawing: Drawing,
    network: Network,
) -> Start:
    from journey.reaching import start_of
    from journey.view_words import doubt_in_words

    (scenario, at), (place, after) = journeys, seen
    if place is not None:
        raise InputError(
            f"{place} and --scenario or --at: expected one; with a PLACE write --after"
        )
    if after is not None:
        raise InputError("--after: of no use with --at, which says when; take one out")
    moment = _moment("--at", at)
    if moment is None:
        raise InputError("--at: missing; --scenario needs the moment at which to look")
    views, _ = simulated_views(scenario or SCENARIO, files, drawing, network)
    ensemble = views[-1].ensemble
    start = start_of(network, ensemble, moment)
    doubt = doubt_in_words(ensemble.evidence)
    return start._replace(notes=(*start.notes, doubt)) if doubt else start

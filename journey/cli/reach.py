"""The command that says how far a train can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from journey.cli.options import NO_FILES, Drawing, Files, Flag, OutputFile, app
from journey.cli.reports import network_of, simulated_views
from journey.defaults import AVERAGE_SPEED, DRAWS, GAUGE_CHANGE, HOURS, SCENARIO, SEED
from journey.errors import InputError, naming
from journey.terminal import say, show

if TYPE_CHECKING:
    from journey.network import Network
    from journey.reaching import Start


@app.command
def reach(
    place: str | None = None,
    *,
    hours: str = HOURS,
    speed: str = AVERAGE_SPEED,
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
        Average km/h with halts and reversals: 59, "50..70", "40..55..70".
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
        List all stations, not only principal ones.
    output
        A file to write: .geojson, or .html for a map.
    json
        As JSON (schema journey.reach/1).
    quiet
        Write no message.
    """
    from journey.export.reach import reach_format, write_reach
    from journey.reaching import reach as find_reach

    if output is not None:
        reach_format(output)
    network = network_of(files)
    start: str | Start
    if scenario is None and at is None:
        start = _seen(place, files)
    else:
        start = _whereabouts((scenario, at), (place, after), files, Drawing(draws, seed), network)
    found = find_reach(
        network,
        start,
        hours=hours,
        speed=speed,
        after=after,
        gauge=gauge,
        gauge_change=gauge_change,
    )
    if output is not None:
        path = write_reach(found, output, network)
        say(f"{found.place}: {len(found.stations)} stations reached, written to", quiet=quiet)
        print(path)
    elif json:
        from journey.as_json import dump
        from journey.reaching.document import reach_document

        print(dump(reach_document(found)))
    else:
        from journey.reach_table import reach_tables

        show(reach_tables(found, every_station=every))


def _seen(place: str | None, files: Files) -> str:
    if place is None:
        raise InputError("PLACE: missing; name the station where it was seen, or give --at TIME")
    if files.sightings is not None:
        raise InputError("--sightings: of no use with a PLACE; give --scenario and --at, or leave")
    return place


def _whereabouts(
    journeys: tuple[str | None, str | None],
    seen: tuple[str | None, str | None],
    files: Files,
    drawing: Drawing,
    network: Network,
) -> Start:
    from journey.clock import parse_moment
    from journey.reaching import start_of

    (scenario, at), (place, after) = journeys, seen
    if place is not None:
        raise InputError(
            f"{place} and --scenario or --at: expected one; with a PLACE write --after"
        )
    if after is not None:
        raise InputError("--after: of no use with --at, which says when; take one out")
    if at is None:
        raise InputError("--at: missing; --scenario needs the moment at which to look")
    with naming("--at"):
        moment = parse_moment(at)
    views, _ = simulated_views(scenario or SCENARIO, files, drawing, network)
    return start_of(network, views[-1].ensemble, moment)

"""Commands about railways and trains: a route, and a running time on a path."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from journey.cli.options import Flag, NetworkFile, app
from journey.cli.weighing import BY_LENGTH, Weighing
from journey.errors import InputError, naming
from journey.terminal import say, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.network import Network
    from journey.pathfinding.weighting import SteadyRun, Weighting
    from journey.route import Route


@app.command
def route(
    *places: str,
    alternatives: int | None = None,
    weighing: Weighing = BY_LENGTH,
    network: NetworkFile = None,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Find the route through places: sections, lengths, gauges, clocks.

    Example: journey route Pyongyang Khasan Vladivostok

    Example: journey route Chongjin Tumangang --alternatives 2

    Parameters
    ----------
    places
        Two stations or more in the order they are passed, by any of their names.
    alternatives
        How many other ways between two places to find at most, each a different railway for a
        fifth of its length or more.
    network
        Railway in the place of the embedded one: a GeoPackage, as network import writes it.
    json
        As JSON (schema journey.route/1).
    """
    from journey.network import load_network

    weighting = weighing.weighting()
    railway = load_network(network)
    found = _timed(_found(railway, places, alternatives, weighting), railway, weighting)
    if json:
        from journey.as_json import dump, route_document

        document, *others = [route_document(*each) for each in found]
        print(dump(document if alternatives is None else {**document, "alternatives": others}))
        return
    from journey.tables import route_tables

    show(chain.from_iterable(route_tables(*each) for each in found))
    if alternatives is not None and len(found) <= alternatives:
        say(f"other ways: {len(found) - 1}; any more would be much like those shown", quiet=False)


def _found(
    network: Network, places: tuple[str, ...], others: int | None, weighting: Weighting
) -> Sequence[Route]:
    if others is None:
        return [network.route(*places, weighting=weighting)]
    with naming("--alternatives"):
        if others < 0:
            raise InputError(f"{others}: expected 0 or more")
        if len(places) != 2:  # noqa: PLR2004 - a way has two ends
            raise InputError(f"{len(places)} places: expected two, with nothing between")
    return network.alternatives(*places, count=others + 1, weighting=weighting)


def _timed(
    routes: Sequence[Route], network: Network, weighting: Weighting
) -> list[tuple[Route, SteadyRun | None]]:
    """Add its running time to each route, if that is what it was found by."""
    from journey.pathfinding.weighting import steady_run

    if weighting.by == "length":
        return [(route, None) for route in routes]
    fastest_kmh = weighting.max_speed_kmh
    return [(route, steady_run(route.pieces, network.table, fastest_kmh)) for route in routes]


@app.command
def runtime(
    *,
    train: str,
    path: Path,
    running: Literal["dynamics", "profile", "cruise"] | None = None,
    from_m: float | None = None,
    to_m: float | None = None,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Compute the running time of a train on a path of limits and gradients.

    Example: journey runtime --train armoured --path path.csv

    Parameters
    ----------
    train
        Bundled name, or path of a TOML file or of RailToolKit rolling stock (YAML).
    path
        CSV file with the columns start_m, limit_kmh, gradient_permil and perhaps dwell_s, each
        row valid to the next, or a RailToolKit running path (YAML).
    running
        Model; dynamics where the train has a curve of tractive effort, else profile.
    from_m
        Where the train's front starts; the beginning of the path by default.
    to_m
        Where the run ends; the end of the path by default.
    json
        As JSON (schema journey.runtime/1).
    """
    from journey.path_file import load_path, part_of
    from journey.runtime import time_run
    from journey.train_file import load_train

    estimate = load_train(train)
    whole = load_path(path)
    with naming(f"{train} on {path}"):
        timed = time_run(estimate, part_of(whole, from_m, to_m), running)
    if json:
        from journey.as_json import dump, runtime_document

        print(dump(runtime_document(timed)))
    else:
        from journey.tables import runtime_tables

        show(runtime_tables(timed))

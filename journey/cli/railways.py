"""Commands about railways and trains: a route, and a running time on a path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from journey.cli.options import Flag, NetworkFile, app
from journey.errors import naming
from journey.terminal import show


@app.command
def route(
    *places: str,
    network: NetworkFile = None,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Find the route through places: sections, lengths, gauges, clocks.

    Example: journey route Pyongyang Khasan Vladivostok

    Parameters
    ----------
    places
        Two stations or more in the order they are passed, by any of their names.
    network
        Railway in the place of the embedded one: a GeoPackage, as network import writes it.
    json
        As JSON (schema journey.route/1).
    """
    from journey.network import load_network

    found = load_network(network).route(*places)
    if json:
        from journey.as_json import dump, route_document

        print(dump(route_document(found)))
    else:
        from journey.tables import route_tables

        show(route_tables(found))


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

"""Commands about networks: making one of an extract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from journey.cli.options import Flag, app
from journey.terminal import say

network = App(
    name="network",
    help=(
        "Make networks of other railways, and compare them.\n\n"
        "Example: journey network import liechtenstein.osm.pbf -o liechtenstein.gpkg"
    ),
)
app.command(network)


@network.command(name="import")
def import_(
    extract: Path,
    *,
    output: Annotated[Path, Parameter(name=["-o", "--output"])],
    with_: Annotated[str, Parameter(name="--with")] = "",
    kinds: str = "rail,narrow_gauge",
    gauge: str | None = None,
    json: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Make a network of an extract of OpenStreetMap, as a GeoPackage.

    Example: journey network import liechtenstein.osm.pbf -o liechtenstein.gpkg

    Parameters
    ----------
    extract
        .osm.pbf, .osm, .osm.gz, .osm.bz2, Overpass JSON or GeoJSON.
    output
        The file, such as NETWORK.gpkg; --network NETWORK.gpkg takes it.
    with_
        Service tracks to take too, comma-separated: siding, yard, spur.
    kinds
        Tracks to take, comma-separated: rail, narrow_gauge, light_rail, subway, tram and others.
    gauge
        Gauge of tracks that have none and continue no track that has one, such as 1520; the
        commonest of the extract by default.
    json
        What was found as JSON (schema journey.network-import/1).
    quiet
        Write no message but warnings.
    """
    from journey.osm import import_network
    from journey.progress import progress_bar

    with progress_bar("import", quiet=quiet) as progress:
        made = import_network(
            extract,
            output,
            kinds=_listed(kinds),
            services=_listed(with_),
            gauge=gauge,
            progress=progress,
        )
    for line in made.report.lines:
        say(line, quiet=quiet)
    for line in made.report.warnings:
        say(f"warning: {line}", quiet=False)
    if json:
        from journey.as_json import dump

        print(dump(made.report.document()))
    else:
        print(output)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))

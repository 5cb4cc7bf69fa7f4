"""Commands about networks: making one of an extract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from journey.cli.options import Flag, NetworkFile, OutputFile, app
from journey.errors import InputError
from journey.terminal import say

networks = App(
    name="network",
    help=(
        "Make networks of other railways, and compare them.\n\n"
        "Example: journey network import liechtenstein.osm.pbf -o liechtenstein.gpkg"
    ),
)
app.command(networks)


@networks.command(name="import")
def import_(
    extract: Path,
    *,
    output: OutputFile = None,
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
        The file, for --network; output/NAME.gpkg by default.
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

    path = output or _beside(extract, "")
    with progress_bar("import", quiet=quiet) as progress:
        made = import_network(
            extract,
            path,
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
        print(path)


@networks.command
def calibrate(
    network_file: Path,
    *,
    lengths: Path,
    output: OutputFile = None,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Scale the chainage of a network to official lengths.

    Example: journey network calibrate plain.gpkg --lengths lengths.csv -o calibrated.gpkg

    Parameters
    ----------
    network_file
        The network, a GeoPackage as network import writes it.
    lengths
        CSV file with the columns from, to (stations) and km, perhaps source.
    output
        The file of the calibrated network; output/NAME-calibrated.gpkg by default.
    json
        What became of each length as JSON (schema journey.network-calibrate/1).
    """
    from journey.as_json import dump
    from journey.calibration import calibrate as calibrated
    from journey.calibration import load_lengths
    from journey.network import load_network
    from journey.network_file import checked_name, read_about
    from journey.network_json import calibration_document

    path = checked_name(output or _beside(network_file, "-calibrated"))
    network = load_network(network_file)
    if path.resolve() == network_file.resolve():
        raise InputError(f"-o {path}: the network itself; write to another file")
    found = calibrated(network, load_lengths(lengths))
    document = calibration_document(found)
    about = {**read_about(network_file), "lengths": dump(document["lengths"])}
    found.network.save(path, about)
    say(f"calibrated network written to {path}", quiet=False)
    if json:
        print(dump(document))
    else:
        from journey.network_tables import calibration_tables
        from journey.terminal import show

        show(calibration_tables(found))


@networks.command
def compare(
    other: Path,
    *,
    network: NetworkFile = None,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Say how far the embedded network is from full-resolution track, and how lengths differ.

    Example: journey network compare region.gpkg

    Parameters
    ----------
    other
        What the network is held against: a GeoPackage as network import writes it.
    network
        Network in the place of the embedded one.
    json
        As JSON (schema journey.network-compare/1).
    """
    from journey.comparing import compare_networks
    from journey.network import load_network

    found = compare_networks(load_network(network), load_network(other))
    if json:
        from journey.as_json import dump
        from journey.network_json import comparison_document

        print(dump(comparison_document(found)))
    else:
        from journey.network_tables import comparison_tables
        from journey.terminal import show

        show(comparison_tables(found))


def _beside(file: Path, addition: str) -> Path:
    """Where a network made of a file goes unless something else is said."""
    return Path("output") / f"{file.name.partition('.')[0]}{addition}.gpkg"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))

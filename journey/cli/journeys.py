"""Commands about one scenario: its map and its windows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from journey.cli.options import DEFAULT_DRAWING, Drawing, Flag, OutputFile, app
from journey.defaults import SCENARIO
from journey.errors import naming
from journey.terminal import say, show

if TYPE_CHECKING:
    from journey.ensemble import Ensemble


@app.command(name="map")
def draw(
    scenario: str = SCENARIO,
    *,
    output: OutputFile = None,
    drawing: Drawing = DEFAULT_DRAWING,
    online_tiles: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Write the Folium map: one HTML file that needs no network.

    Example: journey map vladivostok-2023 -o vladivostok.html

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    output
        The HTML file; output/NAME.html by default.
    online_tiles
        Add OpenStreetMap tiles, which the reader's browser then fetches.
    quiet
        Write no message.
    """
    from journey.files import write_text
    from journey.maps import draw_map

    ensemble = _simulated(scenario, drawing)
    page = draw_map(ensemble, level=drawing.level, online_tiles=online_tiles).get_root().render()
    path = write_text(output or Path("output") / f"{Path(scenario).stem}.html", page)
    say(
        f"{ensemble.plan.name}: {ensemble.plan.route.length_km:.1f} km, map written to", quiet=quiet
    )
    print(path)


@app.command
def windows(
    scenario: str = SCENARIO,
    *,
    json: Annotated[bool, Flag] = False,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    drawing: Drawing = DEFAULT_DRAWING,
) -> None:
    """List arrival windows at every timing point, in local time and UTC.

    Example: journey windows vladivostok-2023 --level 0.9

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    json
        Every station, as JSON (schema journey.windows/1).
    every
        List all stations, not only principal ones.
    """
    ensemble = _simulated(scenario, drawing)
    if json:
        from journey.as_json import dump, windows_document

        print(dump(windows_document(ensemble, drawing.level)))
    else:
        from journey.tables import windows_table

        show([windows_table(ensemble, drawing.level, every_station=every)])


@app.command
def where(
    scenario: str = SCENARIO,
    *,
    at: str,
    json: Annotated[bool, Flag] = False,
    drawing: Drawing = DEFAULT_DRAWING,
) -> None:
    """Say where the train is at a moment: the least and the most advanced place.

    Example: journey where --at 2023-09-11T10:00+09:00 --level 0.9

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    at
        The moment, with its offset.
    json
        As JSON (schema journey.where/1).
    """
    from journey.clock import parse_moment

    with naming("--at"):
        moment = parse_moment(at)
    ensemble = _simulated(scenario, drawing)
    found = ensemble.at(moment, drawing.level)
    if json:
        from journey.as_json import dump, where_document

        print(dump(where_document(ensemble, found)))
    else:
        from journey.answers import where_tables

        show(where_tables(ensemble, found))


def _simulated(scenario: str, drawing: Drawing) -> Ensemble:
    from journey.network import load_network
    from journey.scenario_file import load_scenario

    return load_scenario(scenario).simulate(load_network(), draws=drawing.draws, seed=drawing.seed)

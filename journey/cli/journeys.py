"""Commands about one scenario: its map and its windows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from journey.cli.options import (
    DEFAULT_DRAWING,
    NO_FILES,
    Drawing,
    Files,
    Flag,
    OutputFile,
    app,
)
from journey.cli.reports import network_of, simulated_views
from journey.defaults import SCENARIO
from journey.errors import naming
from journey.terminal import say, show


@app.command(name="map")
def draw(
    *scenarios: str,
    output: OutputFile = None,
    files: Files = NO_FILES,
    drawing: Drawing = DEFAULT_DRAWING,
    fragment: Annotated[bool, Flag] = False,
    iframe: Annotated[bool, Flag] = False,
    online_tiles: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Write the Folium map: one HTML file that needs no network.

    Example: journey map vladivostok-2023 -o vladivostok.html

    Parameters
    ----------
    scenarios
        Bundled name or path of a TOML file; of several, the first is shown, and readers can choose
        the windows of the others.
    output
        The HTML file; output/NAME.html by default.
    fragment
        Write a part for a page that has styles of its own, not a page.
    iframe
        Write an iframe element with the whole page inside, for any other page.
    online_tiles
        Add OpenStreetMap tiles, which the reader's browser then fetches.
    quiet
        Write no message.
    """
    from journey.errors import InputError
    from journey.files import write_text
    from journey.maps import as_fragment, as_frame, draw_map

    if fragment and iframe:
        raise InputError("--fragment and --iframe: expected one of them; take one out")
    scenario, *others = scenarios or (SCENARIO,)
    network = network_of(files)
    views, left_out = simulated_views(scenario, files, drawing, network, quiet=quiet)
    result, beside = views[-1].ensemble, views[0].ensemble if views[1:] else None
    drawn = draw_map(
        result,
        level=drawing.level,
        online_tiles=online_tiles,
        beside=beside,
        left_out=left_out,
        others=[simulated_views(each, files, drawing, network)[0][-1].ensemble for each in others],
    )
    kind = ".fragment" if fragment else ".iframe" if iframe else ""
    page = as_fragment(drawn) if fragment else drawn.get_root().render()
    text = as_frame(page, result.plan.name) if iframe else page
    path = write_text(output or Path("output") / f"{Path(scenario).stem}{kind}.html", text)
    plan = result.plan
    say(f"{plan.name}: {plan.route.length_km:.1f} km, map written to", quiet=quiet)
    print(path)


@app.command
def windows(
    scenario: str = SCENARIO,
    *,
    json: Annotated[bool, Flag] = False,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    files: Files = NO_FILES,
    drawing: Drawing = DEFAULT_DRAWING,
) -> None:
    """List arrival windows, headline beside as reported, in local time and UTC.

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
    views, left_out = simulated_views(scenario, files, drawing)
    if json:
        from journey.as_json import dump
        from journey.views_json import windows_document

        print(dump(windows_document(views, left_out)))
    else:
        from journey.tables import windows_tables

        show(windows_tables(views, every_station=every, left_out=left_out))


@app.command
def where(
    scenario: str = SCENARIO,
    *,
    at: str,
    json: Annotated[bool, Flag] = False,
    files: Files = NO_FILES,
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
    views, left_out = simulated_views(scenario, files, drawing)
    found = [(view, view.ensemble.at(moment, view.level)) for view in views]
    if json:
        from journey.as_json import dump
        from journey.views_json import where_document

        print(dump(where_document(found, left_out)))
    else:
        from journey.answers import where_tables

        show(where_tables(found, left_out))

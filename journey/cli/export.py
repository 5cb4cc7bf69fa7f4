"""The command that writes a journey for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from journey.cli.options import DEFAULT_DRAWING, NO_FILES, Drawing, Files, Flag, OutputFile, app
from journey.cli.reports import simulated_views
from journey.defaults import SCENARIO
from journey.terminal import say


@app.command
def export(
    scenario: str = SCENARIO,
    *,
    to: str | None = None,
    output: OutputFile = None,
    files: Files = NO_FILES,
    drawing: Drawing = DEFAULT_DRAWING,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Write windows, reports and trajectories for other programs.

    Example: journey export vladivostok-2023 --to kml -o vladivostok.kml

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    to
        geojson, csv, parquet, kml, gpx or mfjson; by default what the ending of FILE says.
    output
        The file; output/NAME with the ending of the format by default.
    quiet
        Write no message.
    """
    from journey.errors import InputError
    from journey.export import FORMATS, content_of, format_of, write_export

    if to is None and output is None:
        raise InputError(f"--to: missing; expected one of {', '.join(FORMATS)}, or -o FILE")
    name = format_of(output, to)
    content = content_of(*simulated_views(scenario, files, drawing, quiet=quiet))
    path = write_export(content, output or Path("output") / f"{Path(scenario).stem}.{name}", name)
    say(f"{content.name}: export written to", quiet=quiet)
    print(path)

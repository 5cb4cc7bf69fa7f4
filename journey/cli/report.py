"""The command that writes a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from journey.cli.options import DEFAULT_DRAWING, NO_FILES, Drawing, Files, Flag, OutputFile, app
from journey.cli.reports import loaded, network_of
from journey.cli.whatif import Repeatable, by_place, stops_by_place
from journey.defaults import SCENARIO
from journey.terminal import say


@app.command
def report(
    scenario: str = SCENARIO,
    *,
    to: str | None = None,
    output: OutputFile = None,
    template: Annotated[Path | None, Parameter()] = None,
    files: Files = NO_FILES,
    speed: Annotated[tuple[str, ...], Repeatable] = (),
    stop: Annotated[tuple[str, ...], Repeatable] = (),
    drawing: Drawing = DEFAULT_DRAWING,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Write the report: summary, map, windows, train graph, what-if, evidence, method, sources.

    Example: journey report vostochny-2023 --to pdf -o report.pdf

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    to
        html, fragment (a part of another page), md, docx or pdf; by default as FILE ends.
    output
        The file; output/NAME-report.ENDING by default.
    template
        A file in the place of the own template: Jinja for html, fragment and md, Typst for pdf, a
        document whose styles are taken for docx.
    speed
        What if, as of whatif: VALUES in km/h for every speed, or WHERE=VALUES.
    stop
        What if, as of whatif: PLACE=VALUES, durations of a halt.
    quiet
        Write no message.
    """
    from journey.apart import apart
    from journey.report import FORMATS, check_ready, format_of

    kind = format_of(to, output)
    check_ready(kind, template)
    speeds, stops = by_place("speed", speed) or None, stops_by_place(stop) or None
    check = "journey.report.checking.checked_file"
    with apart(
        check, scenario, files.sightings, files.network, drawing.draws, drawing.seed
    ) as await_checked:
        # Imported once the other process is under way, since this takes its time.
        from journey.report import find, report_of, write_report

        network = network_of(files)
        stated, left_out = loaded(scenario, files, network, quiet=quiet)
        found = find(
            stated,
            network,
            draws=drawing.draws,
            seed=drawing.seed,
            level=drawing.level,
            speed=speeds,
            stop=stops,
            left_out=left_out,
            await_checked=await_checked,
        )
        path = output or Path("output") / f"{Path(scenario).stem}-report{FORMATS[kind]}"
        written = write_report(report_of(found), path, to=kind, template=template)
    say(f"{found.plan.name}: report written to", quiet=quiet)
    print(written)
